//! The Hangul syllables with which a spelling of a Latin word may go on.
//!
//! Each is a guess: many are never written. Not here: how well a whole word fits (`cost`), and which
//! words texts have (`by_sound`).

use std::collections::BTreeMap;

use super::cost::Spelt;
use crate::hangul::syllable;
use crate::search::fold::alike;

/// Letters by their places, without those that are folded into others or that English words do not have.
const INITIALS: [u32; 14] = [0, 2, 3, 5, 6, 7, 9, NO_INITIAL, 12, 14, 15, 16, 17, 18];
const NO_INITIAL: u32 = 11;
const VOWELS: [u32; 15] = [0, 2, 4, 5, 6, 8, 9, 11, 12, 13, 14, 16, 17, SEPARATING, 20];
/// It only separates consonants.
const SEPARATING: u32 = 18;
const FINALS: [u32; 7] = [1, 4, 8, 16, 17, 19, 21];
/// The second syllables of vowels that are written as two.
const SECOND: [char; 2] = ['이', '우'];

/// The syllables, folded, that may follow these in a spelling, with what it costs at least to go on so.
pub(in crate::search) fn next_syllables(before: &[char], word: &Spelt) -> BTreeMap<char, f64> {
    let begun = word.begun(before);
    let spelt = |parts| syllable(parts).map(alike);
    let with = |next: char| Some((next, begun.with(&[next])?));
    let mut next = BTreeMap::new();
    for initial in INITIALS {
        // What begins with a vowel may be one with the vowel before.
        let separating = spelt([initial, SEPARATING, 0]);
        if initial != NO_INITIAL && separating.and_then(with).is_none() {
            continue;
        }
        for vowel in VOWELS {
            if [initial, vowel] == [NO_INITIAL, SEPARATING] {
                continue;
            }
            let Some(open) = spelt([initial, vowel, 0]) else {
                continue;
            };
            if let Some((open, cost)) = with(open) {
                let closed = FINALS.iter();
                let closed = closed.filter_map(|last| spelt([initial, vowel, *last]));
                next.extend(closed.filter_map(with));
                next.insert(open, cost);
            } else {
                let two = SECOND.iter();
                let two = two.filter_map(|second| begun.with(&[open, *second]));
                next.extend(two.min_by(f64::total_cmp).map(|cost| (open, cost)));
            }
        }
    }
    next
}
