//! Compounds of a loanword and another word, written as one: their parts.
//!
//! Not here: compounds of which texts have the parts in Hangul too (`hangul_word`).

use super::fold::squash;
use super::joined::Joined;
use super::query::{Query, USUAL_WORD};

/// A part has so many syllables.
const SHORTEST_PART: usize = 2;

impl Query<'_> {
    /// The parts of a word that nothing holds, one of them a loanword and both held: `타임아웃설정` is
    /// `timeout` and `설정`.
    pub(super) fn compound(&self, typed: &Joined, is_last: bool) -> Option<[Joined; 2]> {
        let syllables: Vec<char> = typed.run.written.chars().collect();
        let begun = || self.begun(&syllables, None);
        let is_unknown = typed.is_single()
            && syllables.len() >= 2 * SHORTEST_PART
            && !self.is_listed(&syllables)
            && self.as_is(&syllables, is_last).found.is_empty()
            && !(is_last && begun().iter().any(|phrase| self.is_possible(phrase)));
        if !is_unknown {
            return None;
        }
        let is_part = |part: &[char], is_last: bool| {
            let word = self.as_is(part, is_last);
            let is_held = word.is_whole && !word.is_doubtful;
            is_held || is_last && !self.begun(part, None).is_empty()
        };
        let mut cuts = (SHORTEST_PART..=syllables.len() - SHORTEST_PART).rev();
        let cut = cuts.find(|cut| {
            let (first, second) = syllables.split_at(*cut);
            if self.is_listed(first) {
                self.is_listed(second) || is_part(second, is_last)
            } else {
                self.is_listed(second) && is_part(first, false)
            }
        })?;
        let (first, second) = syllables.split_at(cut);
        Some([first, second].map(|part| typed.part(&part.iter().collect::<String>())))
    }

    /// Whether entries enough have each of these words in Hangul: they may have them together, too.
    pub(super) fn are_usual(&self, words: &[Joined]) -> bool {
        words.iter().all(|word| {
            let syllables: Vec<char> = word.run.written.chars().collect();
            self.as_is(&syllables, false).found.len() >= USUAL_WORD
        })
    }

    /// Whether the table has English for a Hangul word that entries hold.
    fn is_listed(&self, syllables: &[char]) -> bool {
        let english = self.loanwords.english(syllables).unwrap_or_default();
        let mut english = english.iter();
        english.any(|phrase| self.is_possible(phrase) && self.is_held(phrase))
    }

    /// Whether it is not known that no text has these words in a row.
    fn is_possible(&self, phrase: &str) -> bool {
        !self.nowhere.contains(&squash(phrase))
    }
}
