//! The terms of a text: pairs of syllables, identifiers whole and by their endings.
//!
//! Not here: spellings (`fold`), and what a query makes of its words.

use std::ops::Range;

use super::fold::{alike, fold, is_written, usual};
use crate::hangul::{INITIALS, is_syllable, is_vowel, parts};

/// Longer identifiers are cut, in characters.
const LONGEST: usize = 40;
const LONGEST_ENDING: usize = 28;
const LONGEST_OTHER: usize = 20;
/// An identifier has at most this many endings.
const MOST_ENDINGS: usize = 8;
/// The initials of at most this many syllables are one term.
const MOST_INITIALS: usize = 10;
/// What an ending counts, against the whole.
const ENDING: f64 = 0.5;
/// What a pair of syllables over a blank counts.
const ACROSS: f64 = 0.7;

/// The sign that a term is a syllable alone, and what a term of initials begins with.
pub(super) const ALONE: char = '$';
pub(super) const INITIALS_SIGN: char = '^';

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Hangul,
    /// Letters of Hangul that are no syllable.
    Jamo,
    Latin,
    Other,
}

/// A run of one script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    pub kind: Kind,
    pub written: String,
    /// Folded, but for Latin: its case has boundaries.
    pub word: String,
    /// In characters of the text in its compatibility form.
    pub start: usize,
    pub end: usize,
}

pub(super) fn runs(text: &str) -> Vec<Run> {
    let chars: Vec<char> = usual(text).chars().collect();
    let run = |(kind, range): (Kind, Range<usize>)| {
        let written: String = chars[range.clone()].iter().collect();
        let word = match kind {
            Kind::Latin => written.clone(),
            _ => fold(&written),
        };
        Run {
            kind,
            word,
            written,
            start: range.start,
            end: range.end,
        }
    };
    stretches(&chars).map(run).collect()
}

/// Where runs of one script are.
fn stretches(chars: &[char]) -> impl Iterator<Item = (Kind, Range<usize>)> {
    let mut next = 0;
    std::iter::from_fn(move || {
        let start = next + chars[next..].iter().position(|c| is_in_a_word(*c))?;
        let (kind, end) = match chars[start] {
            c if is_syllable(c) => (Kind::Hangul, end_of(chars, start, is_syllable)),
            c if is_jamo(c) => (Kind::Jamo, end_of(chars, start, is_jamo)),
            c if is_latin(c) => (Kind::Latin, end_of_identifier(chars, start)),
            _ => {
                let is_other = |c| is_written(c) && !is_syllable(c) && !is_jamo(c) && !is_latin(c);
                (Kind::Other, end_of(chars, start, is_other))
            }
        };
        next = end;
        Some((kind, start..end))
    })
}

fn is_in_a_word(c: char) -> bool {
    is_latin(c) || is_syllable(c) || is_jamo(c) || is_written(c)
}

fn end_of(chars: &[char], start: usize, is_in: impl Fn(char) -> bool) -> usize {
    let rest = chars[start..].iter();
    start + rest.take_while(|c| is_in(**c)).count()
}

/// Signs between two letters belong to it: `outlier-detection`, `app.config`.
fn end_of_identifier(chars: &[char], start: usize) -> usize {
    let mut at = start;
    loop {
        at = end_of(chars, at, is_latin);
        let is_joint = chars.get(at).is_some_and(|c| ".-/'".contains(*c))
            && chars
                .get(at + 1)
                .is_some_and(|c| c.is_ascii_alphanumeric() || "_$".contains(*c));
        if !is_joint {
            return at;
        }
        at += 1;
    }
}

pub(super) fn is_jamo(c: char) -> bool {
    ('ㄱ'..='ㅎ').contains(&c) || is_vowel(c)
}

pub(super) fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '$' | '\u{c0}'..='\u{24f}')
}

/// An identifier in lower case without its signs.
pub(super) fn plain(word: &[char]) -> String {
    let mut plain = String::with_capacity(word.len());
    for c in word {
        match c.to_ascii_lowercase() {
            c if c.is_ascii_alphanumeric() => plain.push(c),
            c if c.is_ascii() => {}
            c => plain.extend(c.to_lowercase().filter(|c| is_letter(*c))),
        }
    }
    plain
}

fn is_letter(c: char) -> bool {
    matches!(c, 'a'..='z' | '\u{e0}'..='\u{24f}')
}

/// An identifier whole, and each ending that begins at one of its parts; none without letters.
pub(super) fn identifier(word: &[char]) -> Option<(String, Vec<String>)> {
    let mut whole = plain(word);
    if whole.is_empty() {
        return None;
    }
    let starts = (1..word.len()).filter(|at| begins_part(word, *at));
    let endings = starts.take(MOST_ENDINGS).map(|at| {
        let ending = plain(&word[at..]);
        ending.chars().take(LONGEST_ENDING).collect::<String>()
    });
    let endings = endings.filter(|ending| ending.len() >= 2 && *ending != whole);
    let endings = endings.collect();
    if let Some((end, _)) = whole.char_indices().nth(LONGEST) {
        whole.truncate(end);
    }
    Some((whole, endings))
}

fn begins_part(chars: &[char], at: usize) -> bool {
    let (before, c) = (chars[at - 1], chars[at]);
    let starts_word = !before.is_ascii_alphanumeric()
        || before.is_ascii_lowercase() && c.is_ascii_uppercase()
        || before.is_ascii_uppercase()
            && c.is_ascii_uppercase()
            && chars.get(at + 1).is_some_and(char::is_ascii_lowercase);
    c.is_ascii_alphanumeric() && starts_word
}

/// Whether a term is a pair of syllables.
pub(super) fn is_pair(term: &str) -> bool {
    let mut chars = term.chars();
    chars.next().is_some_and(is_syllable)
        && chars.next().is_some_and(is_syllable)
        && chars.next().is_none()
}

/// Passes each term of a text, with what it counts. `across`: also those over a blank between Hangul.
pub(super) fn terms(text: &str, across: bool, term: &mut impl FnMut(&str, f64)) {
    let chars: Vec<char> = usual(text).chars().collect();
    let mut before: Option<char> = None;
    for (kind, range) in stretches(&chars) {
        let word = &chars[range];
        let last = match kind {
            Kind::Hangul => {
                if let Some(before) = before.filter(|_| across) {
                    pass(term, [before, alike(word[0])], ACROSS);
                }
                hangul(word, term)
            }
            Kind::Latin => {
                if let Some((whole, endings)) = identifier(word) {
                    term(&whole, 1.0);
                    for ending in &endings {
                        term(ending, ENDING);
                    }
                }
                None
            }
            Kind::Other => {
                let word: String = word.iter().collect();
                term(&other(&fold(&word)), 1.0);
                None
            }
            Kind::Jamo => None,
        };
        before = last;
    }
}

/// Passes the pairs of syllables of a word, or the only one; the last syllable.
fn hangul(word: &[char], term: &mut impl FnMut(&str, f64)) -> Option<char> {
    let mut syllables = word.iter().map(|c| alike(*c));
    let mut last = syllables.next()?;
    if word.len() == 1 {
        pass(term, [last, ALONE], 1.0);
    }
    for next in syllables {
        pass(term, [last, next], 1.0);
        last = next;
    }
    Some(last)
}

fn pass(term: &mut impl FnMut(&str, f64), pair: [char; 2], counts: f64) {
    let mut bytes = [0; 8];
    let first = pair[0].encode_utf8(&mut bytes).len();
    let length = first + pair[1].encode_utf8(&mut bytes[first..]).len();
    if let Ok(pair) = std::str::from_utf8(&bytes[..length]) {
        term(pair, counts);
    }
}

/// The term of a run of another script.
pub(super) fn other(word: &str) -> String {
    word.chars().take(LONGEST_OTHER).collect()
}

/// Passes a term of initials from each Hangul word of a title or heading: `서킷 브레이커` gives
/// ㅅㅋㅂㄹㅇㅋ and ㅂㄹㅇㅋ.
pub(super) fn initials(text: &str, term: &mut impl FnMut(&str, f64)) {
    let words: Vec<Vec<char>> = runs(text)
        .into_iter()
        .filter(|run| run.kind == Kind::Hangul)
        .map(|run| run.word.chars().filter_map(initial).collect())
        .collect();
    for at in 0..words.len() {
        let from_here = words[at..].iter().flatten().take(MOST_INITIALS);
        let joined: String = from_here.collect();
        if joined.chars().nth(1).is_some() {
            term(&format!("{INITIALS_SIGN}{joined}"), 1.0);
        }
    }
}

/// The initial of a syllable.
pub(super) fn initial(c: char) -> Option<char> {
    let [initial, ..] = parts(alike(c))?;
    INITIALS.chars().nth(initial as usize)
}
