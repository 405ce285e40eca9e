//! Compounds of a loanword and another word, written as one: their parts.
//!
//! Not here: compounds of which texts have the parts in Hangul too (`hangul_word`).

use super::hangul_word::stem;
use super::joined::Joined;
use super::query::{Query, USUAL_WORD};

/// A part has so many syllables.
const SHORTEST_PART: usize = 2;
/// A longer word is no compound that anybody writes.
const LONGEST: usize = 24;
/// Shorter loanwords are in other words by chance: 로그 is in 블로그.
const SHORTEST_SURE: usize = 3;

impl Query<'_> {
    /// The parts of a word that nothing holds, one of them a loanword and both held: `타임아웃설정` is
    /// `timeout` and `설정`.
    pub(super) fn compound(&self, typed: &Joined, is_last: bool) -> Option<[Joined; 2]> {
        let syllables: Vec<char> = typed.run.written.chars().collect();
        let tail = typed.tail;
        let is_begun = || {
            let is_ended = tail.is_none() && self.loanwords.english(&syllables).is_some();
            is_last && !is_ended && !self.begun(&syllables, tail).is_empty()
        };
        let is_unknown = !typed.is_row()
            && (2 * SHORTEST_PART..=LONGEST).contains(&syllables.len())
            && !(tail.is_none() && self.is_listed(&syllables))
            && self.as_is(&syllables, tail, is_last).found.is_empty()
            && !is_begun();
        if !is_unknown {
            return None;
        }
        let is_part = |part: &[char], tail: Option<char>, is_last: bool| {
            let word = self.as_is(part, tail, is_last);
            let is_held = word.is_whole && !word.is_doubtful;
            is_held || is_last && !self.begun(part, tail).is_empty()
        };
        let mut cuts = (SHORTEST_PART..=syllables.len() - SHORTEST_PART).rev();
        let cut = cuts.find(|cut| {
            let (first, second) = syllables.split_at(*cut);
            if self.is_listed(first) {
                tail.is_none() && self.is_listed(second) || is_part(second, tail, is_last)
            } else {
                tail.is_none() && self.is_listed(second) && is_part(first, None, false)
            }
        })?;
        let (first, second) = syllables.split_at(cut);
        Some([typed.part(first, None), typed.part(second, tail)])
    }

    /// The parts of a word that finds nothing as one, the longest loanword and what is before or behind
    /// it: another word with a mistake, or the beginning of one, as in `타임아웃설`.
    pub(super) fn with_loanword(&self, typed: &Joined) -> Vec<Joined> {
        let syllables: Vec<char> = typed.run.written.chars().collect();
        if typed.is_row() || syllables.len() > LONGEST {
            return Vec::new();
        }
        let cut = |at: usize| syllables.split_at(at);
        let mut first = (SHORTEST_SURE..syllables.len()).rev();
        let mut last = 1..syllables.len();
        let is_last = |second: &[char]| {
            typed.tail.is_none() && stem(second) >= SHORTEST_SURE && self.is_listed(second)
        };
        let at = first.find(|at| self.is_listed(cut(*at).0));
        let at = at.or_else(|| last.find(|at| is_last(cut(*at).1)));
        let Some((first, second)) = at.map(cut) else {
            return Vec::new();
        };
        vec![typed.part(first, None), typed.part(second, typed.tail)]
    }

    /// Whether entries enough have each of these words in Hangul: they may have them together, too.
    pub(super) fn are_usual(&self, words: &[Joined]) -> bool {
        words.iter().all(|word| {
            let syllables: Vec<char> = word.run.written.chars().collect();
            self.as_is(&syllables, None, false).found.len() >= USUAL_WORD
        })
    }

    /// Whether the table has English for a Hangul word that entries hold.
    fn is_listed(&self, syllables: &[char]) -> bool {
        let english = self.possible_english(syllables).unwrap_or_default();
        english.iter().any(|phrase| self.is_held(phrase))
    }
}
