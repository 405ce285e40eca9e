//! Words next to each other, in the order in which they were typed.
//!
//! Texts are squashed, so that a compound is the same with and without blanks. Not here: how near words
//! are that are not next to each other (`wanted`).

use super::fold::alike;
use super::wanted::{Wanted, WantedWord};
use crate::hangul::is_syllable;
use crate::hangul::particles::particle;

/// What a word may go on with before the next one: forms of `하` and `되`, and of English words.
const FORMS: &str = "하한할함해했되된될됨돼됐";
const ENDINGS: [&str; 4] = ["s", "es", "ed", "ing"];
/// A longer part between two words is a word: in characters.
const LONGEST_ENDING: usize = 3;

impl Wanted {
    /// Whether each word that is found at all is in one of these texts.
    pub(super) fn all_in(&self, texts: &[&str]) -> bool {
        let words = self.found();
        let is_in = |word: &&WantedWord| {
            let mut all = word.texts();
            all.any(|word| texts.iter().any(|text| text.contains(word)))
        };
        !words.is_empty() && words.iter().all(is_in)
    }

    /// Whether a text has these words as a phrase; one word as it is.
    pub(super) fn is_phrase_in(&self, text: &str) -> bool {
        let words = self.found();
        let Some((first, others)) = words.split_first().filter(|_| self.all_in(&[text])) else {
            return false;
        };
        let mut places = first.texts().flat_map(|word| text.match_indices(word));
        places.any(|(at, word)| goes_on(text, at + word.len(), others))
    }

    fn found(&self) -> Vec<&WantedWord> {
        self.words.iter().filter(|word| word.is_found).collect()
    }
}

/// Whether the words follow in a text behind a place, which is behind another word.
fn goes_on(text: &str, at: usize, words: &[&WantedWord]) -> bool {
    let Some((word, others)) = words.split_first() else {
        return true;
    };
    let begins = |from: usize| {
        let mut texts = word.texts();
        texts.any(|word| text[from..].starts_with(word) && goes_on(text, from + word.len(), others))
    };
    let before = text[..at].chars().next_back();
    let ends = text[at..].char_indices().take(LONGEST_ENDING);
    let mut ends = ends.map(|(length, c)| at + length + c.len_utf8());
    begins(at) || ends.any(|end| is_ending(before, &text[at..end]) && begins(end))
}

/// Whether a part behind a character belongs to the same word.
fn is_ending(before: Option<char>, part: &str) -> bool {
    let is_hangul = part.chars().all(is_syllable);
    if !is_hangul {
        return before.is_some_and(|c| !is_syllable(c)) && ENDINGS.contains(&part);
    }
    let chars: Vec<char> = before.into_iter().chain(part.chars()).collect();
    let mut forms = FORMS.chars().map(alike);
    particle(&chars, 1) + 1 == chars.len() || forms.any(|form| part.starts_with(form))
}
