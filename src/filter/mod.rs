//! Which documents a typed text finds: the rules of `docsite status --filter`.
//!
//! `assets/docsite/filter/` has the same rules for the field of the catalogue, and
//! `tests/filter/cases.json` holds the two together: a change here is a change there.
//!
//! Every word of the query must occur in a document's haystack, each character as it is or as one of a
//! range of Hangul:
//!
//! - White space between Hangul, or between Hangul and Latin, need not be typed.
//! - The last syllable may be one that an input method has not finished.
//! - Consonants alone match the syllables that begin with them; of four or more in a row, one may
//!   be missing.
//! - A particle at the end of a word is not looked for.
//!
//! Not here: what a document's texts are, and any order of the results.

#[cfg(test)]
mod tests;

use std::iter;

use unicode_normalization::UnicodeNormalization;

use crate::hangul::particles::particle;
use crate::hangul::{is_hangul, is_initial, is_latin, is_syllable, moved, ranges, split, trim};

/// In characters. A longer word is cut, as in the page's script.
const LONGEST: usize = 64;
/// In a sequence of at least this many consonants, one may be missing.
const LENIENT: usize = 4;

#[derive(Clone, Debug, Default)]
pub struct Query {
    words: Vec<Word>,
}

impl Query {
    /// Parses what was typed; any text is a query.
    pub fn new(text: &str) -> Self {
        let words = fold(text).split_whitespace().map(word).collect();
        Self { words }
    }

    /// Whether it has no words, so that it matches everything.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether every word occurs in this haystack, which [`haystack`] made.
    pub fn matches(&self, haystack: &str) -> bool {
        let text: Vec<char> = haystack.chars().collect();
        let stands = |word: &Word| word.iter().any(|spelling| is_in(spelling, &text));
        self.words.iter().all(stands)
    }
}

/// The text that queries search for a document, of all that is said of it.
pub fn haystack<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let folded: Vec<String> = texts.into_iter().map(fold).collect();
    // A line feed is in no pattern: nothing is found across two texts.
    folded.join("\n")
}

/// Lower case, NFC, runs of white space as one space.
fn fold(text: &str) -> String {
    let text: String = text.to_lowercase().nfc().collect();
    // JavaScript counts the byte order mark among white space.
    let words = text.split(|c: char| c.is_whitespace() || c == '\u{feff}');
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// What one position of a word matches.
#[derive(Clone, Debug)]
struct Element {
    /// Ranges of characters, ends included.
    ranges: Vec<(u32, u32)>,
    /// White space may come before it.
    gap: bool,
    /// A syllable may be missing before it.
    skip: bool,
}

impl Element {
    fn has(&self, c: char) -> bool {
        let code = u32::from(c);
        let within = |(first, last): &(u32, u32)| (*first..=*last).contains(&code);
        self.ranges.iter().any(within)
    }

    /// The position after this element, if it matches at `place`.
    fn step(&self, text: &[char], place: usize) -> Option<usize> {
        let space = self.gap && text.get(place) == Some(&' ');
        let place = place + usize::from(space);
        text.get(place).filter(|c| self.has(**c))?;
        Some(place + 1)
    }

    /// The same with one additional syllable before it, which has no white space around it.
    fn leap(&self, text: &[char], place: usize) -> Option<usize> {
        text.get(place).filter(|c| self.skip && is_syllable(**c))?;
        text.get(place + 1).filter(|c| self.has(**c))?;
        Some(place + 2)
    }
}

type Spelling = Vec<Element>;
/// A word matches if one of its spellings does.
type Word = Vec<Spelling>;

fn is_in(spelling: &[Element], text: &[char]) -> bool {
    (0..text.len()).any(|start| begins(spelling, text, start))
}

/// Follows two states in parallel: nothing missing yet, and one syllable missing. Wherever it is
/// missing, the same number of characters was read, so that each state has one position.
fn begins(spelling: &[Element], text: &[char], start: usize) -> bool {
    let mut strict = Some(start);
    let mut skipped = None;
    for element in spelling {
        let step = |place| element.step(text, place);
        let leap = |place| element.leap(text, place);
        skipped = skipped.and_then(step).or_else(|| strict.and_then(leap));
        strict = strict.and_then(step);
        if strict.or(skipped).is_none() {
            return false;
        }
    }
    true
}

/// A text with the word and its particle also has the stem, so only the stem is searched.
fn word(text: &str) -> Word {
    let chars: Vec<char> = text.chars().take(LONGEST).collect();
    let chars = trim(&chars);
    let stem = &chars[..chars.len() - particle(chars, 2)];
    let open = stem.len() == chars.len();

    let base = split(stem);
    let moved = if open { moved(&base) } else { None };
    let typed = (base.len() > stem.len()).then(|| stem.to_vec());
    let spellings = iter::once(base).chain(moved).chain(typed);
    spellings.map(|chars| spelling(&chars, open)).collect()
}

fn spelling(chars: &[char], open: bool) -> Spelling {
    let skips = lenient(chars);
    let element = |(at, c): (usize, &char)| Element {
        ranges: ranges(*c, open && at + 1 == chars.len()),
        gap: at > 0 && is_joint(chars[at - 1], *c),
        skip: skips[at],
    };
    chars.iter().enumerate().map(element).collect()
}

/// The positions inside long sequences of consonants.
fn lenient(chars: &[char]) -> Vec<bool> {
    let runs = chars.chunk_by(|a, b| is_initial(*a) && is_initial(*b));
    runs.flat_map(|run| (0..run.len()).map(|at| at > 0 && run.len() >= LENIENT))
        .collect()
}

/// Whether white space between the two may be left out in a query.
fn is_joint(a: char, b: char) -> bool {
    (is_hangul(a) && (is_hangul(b) || is_latin(b))) || (is_latin(a) && is_hangul(b))
}
