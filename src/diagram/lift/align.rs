//! Matches pictures and slots by the words they have in common, in the same order on both sides.
//!
//! Not here: evidence other than words (see `place`), what a word is.

use std::collections::BTreeSet;

use super::words::Words;

/// With more on either side nothing is matched by words, and by order only if the numbers are
/// equal.
const MOST: usize = 500;
/// The least similarity at which a picture belongs to a slot, if enough words are in common.
/// Different diagrams of one field are less similar, pictures drawn from a source more: see the
/// tests.
const LIKE: f64 = 0.2;
/// A single word in common is chance, unless the picture has hardly any other.
const WORDS: usize = 2;
/// The similarity at which a single word in common is enough.
const VERY_LIKE: f64 = 0.6;
/// If a second choice is this close to the first, neither is taken.
const RIVAL: f64 = 0.9;

/// Indexes into the given pictures and slots.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Match {
    pub(super) picture: usize,
    pub(super) slot: usize,
    /// From 0, where the match is only by order, to 1.
    pub(super) like: f64,
}

/// Matches pictures with free slots.
pub(super) fn align(pictures: &[Words], slots: &[Words]) -> Vec<Match> {
    let matched = |picture: usize, slot: usize| Match {
        picture,
        slot,
        like: like(&pictures[picture], &slots[slot]),
    };
    if pictures.len() == slots.len() {
        return (0..slots.len()).map(|at| matched(at, at)).collect();
    }
    if pictures.len().max(slots.len()) > MOST {
        return Vec::new();
    }
    let pairs =
        (0..pictures.len()).flat_map(|picture| (0..slots.len()).map(move |slot| (picture, slot)));
    let pairs = pairs.map(|(picture, slot)| matched(picture, slot));
    let mut pairs: Vec<Match> = pairs.filter(|pair| pair.like > 0.0).collect();
    pairs.sort_by(|a, b| b.like.total_cmp(&a.like));
    let mut kept: Vec<Match> = Vec::new();
    for new in &pairs {
        let is_rival = |old: &Match| {
            let is_one = (old.picture == new.picture) != (old.slot == new.slot);
            is_one && old.like >= new.like * RIVAL
        };
        let is_crossing = |old: &Match| (old.picture < new.picture) != (old.slot < new.slot);
        if !pairs.iter().any(is_rival) && !kept.iter().any(is_crossing) {
            kept.push(*new);
        }
    }
    kept
}

/// From 0 to 1; 0 where too few words are in common.
fn like(picture: &Words, slot: &Words) -> f64 {
    let (like, words) = measured(picture, slot);
    let is_enough = (words >= WORDS && like >= LIKE) || like >= VERY_LIKE;
    if is_enough { like } else { 0.0 }
}

/// The share of words in common (the cosine of the two), and their number.
#[expect(clippy::cast_precision_loss, reason = "few words")]
pub(super) fn measured<T: Ord>(one: &BTreeSet<T>, other: &BTreeSet<T>) -> (f64, usize) {
    let common = one.intersection(other).count();
    let most = (one.len() as f64 * other.len() as f64).sqrt();
    let like = if common > 0 {
        common as f64 / most
    } else {
        0.0
    };
    (like, common)
}
