//! The terms of a text: pairs of syllables, identifiers whole and by their endings.
//!
//! Not here: spellings (`fold`), and what a query makes of its words.

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
    let chars: Vec<char> = usual(text).collect();
    let mut runs = Vec::new();
    let mut at = 0;
    while let Some(c) = chars.get(at) {
        let (kind, end) = match *c {
            c if is_syllable(c) => (Kind::Hangul, end_of(&chars, at, is_syllable)),
            c if is_jamo(c) => (Kind::Jamo, end_of(&chars, at, is_jamo)),
            c if is_latin(c) => (Kind::Latin, end_of_identifier(&chars, at)),
            c if is_written(c) => {
                let is_other = |c| is_written(c) && !is_syllable(c) && !is_jamo(c) && !is_latin(c);
                (Kind::Other, end_of(&chars, at, is_other))
            }
            _ => {
                at += 1;
                continue;
            }
        };
        let written: String = chars[at..end].iter().collect();
        runs.push(Run {
            kind,
            word: match kind {
                Kind::Latin => written.clone(),
                _ => fold(&written),
            },
            written,
            start: at,
            end,
        });
        at = end;
    }
    runs
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
    let lower = word.iter().flat_map(|c| c.to_lowercase());
    lower
        .filter(|c| matches!(c, 'a'..='z' | '0'..='9' | '\u{e0}'..='\u{24f}'))
        .collect()
}

/// An identifier whole, and each ending that begins at one of its parts; none without letters.
pub(super) fn identifier(word: &str) -> Option<(String, Vec<String>)> {
    let chars: Vec<char> = word.chars().collect();
    let whole = plain(&chars);
    if whole.is_empty() {
        return None;
    }
    let starts = (1..chars.len()).filter(|at| begins_part(&chars, *at));
    let endings = starts.take(MOST_ENDINGS).map(|at| {
        let ending = plain(&chars[at..]);
        ending.chars().take(LONGEST_ENDING).collect::<String>()
    });
    let endings = endings.filter(|ending| ending.len() >= 2 && *ending != whole);
    Some((whole.chars().take(LONGEST).collect(), endings.collect()))
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
pub(super) fn terms(text: &str, across: bool, term: &mut impl FnMut(String, f64)) {
    let mut before: Option<char> = None;
    for run in runs(text) {
        let last = run.word.chars().last();
        match run.kind {
            Kind::Hangul => {
                let syllables: Vec<char> = run.word.chars().collect();
                if let [alone] = syllables[..] {
                    term(format!("{alone}{ALONE}"), 1.0);
                }
                for pair in syllables.windows(2) {
                    term(pair.iter().collect(), 1.0);
                }
                if let Some(before) = before.filter(|_| across) {
                    term([before, syllables[0]].iter().collect(), ACROSS);
                }
            }
            Kind::Latin => {
                if let Some((whole, endings)) = identifier(&run.word) {
                    term(whole, 1.0);
                    for ending in endings {
                        term(ending, ENDING);
                    }
                }
            }
            Kind::Other => term(other(&run.word), 1.0),
            Kind::Jamo => {}
        }
        before = last.filter(|_| run.kind == Kind::Hangul);
    }
}

/// The term of a run of another script.
pub(super) fn other(word: &str) -> String {
    word.chars().take(LONGEST_OTHER).collect()
}

/// Passes a term of initials from each Hangul word of a title or heading: `서킷 브레이커` gives
/// ㅅㅋㅂㄹㅇㅋ and ㅂㄹㅇㅋ.
pub(super) fn initials(text: &str, term: &mut impl FnMut(String, f64)) {
    let words: Vec<Vec<char>> = runs(text)
        .into_iter()
        .filter(|run| run.kind == Kind::Hangul)
        .map(|run| run.word.chars().filter_map(initial).collect())
        .collect();
    for at in 0..words.len() {
        let from_here = words[at..].iter().flatten().take(MOST_INITIALS);
        let joined: String = from_here.collect();
        if joined.chars().nth(1).is_some() {
            term(format!("{INITIALS_SIGN}{joined}"), 1.0);
        }
    }
}

/// The initial of a syllable.
pub(super) fn initial(c: char) -> Option<char> {
    let [initial, ..] = parts(alike(c))?;
    INITIALS.chars().nth(initial as usize)
}
