//! A Hangul word of a query as the Latin words that it sounds like, and the other way round.
//!
//! Not here: how well a spelling fits a word (`sound`), and when it is tried (`query`).

use std::collections::{BTreeMap, BTreeSet};

use super::answer::Reading;
use super::hangul_word::{self, Mistake, Typed, stem};
use super::query::{BY_SOUND, Query};
use super::scores::Word;
use super::sound::{self, Heard, Spelt, is_foreign, is_heard, next_syllables};
use crate::hangul::verbs;

/// The cost of a sound that is near enough for a word of two and three syllables, which sounds like
/// another by chance.
const NEAR_SHORTEST: f64 = 0.04;
const NEAR_SHORT: f64 = 0.06;
/// The same for one that may be the form of a Korean verb.
const NEAR_VERB: f64 = 0.02;
/// Of two words that sound like one, the other may cost so much more.
const AS_NEAR: f64 = 0.02;
/// The words that sound most like one are looked for, so many.
const MOST_SOUNDING: usize = 2;
/// Of the beginnings of Hangul words that sound like that of a Latin one, so many are gone on with.
const MOST_SPELLINGS: usize = 8;
/// Longer words, in letters, are several.
const LONGEST_SPELT: usize = 14;
/// What it says for a word that more entries hold, by the bits of their number.
const USUAL: f64 = 0.004;

impl Query<'_> {
    /// The Latin words that a word sounds like that is a whole one and looks like an English one.
    pub(super) fn sounding_foreign(&self, asked: &Typed<'_>) -> Option<Vec<String>> {
        let stem = &asked.syllables[..stem(asked.syllables)];
        let is_foreign = asked.tail.is_none() && is_foreign(stem);
        let sounding = is_foreign.then(|| self.by_sound(asked.syllables, NEAR_SHORTEST));
        sounding.flatten()
    }

    /// The Latin words that sound like a Hangul word, best first, if the best costs no more than
    /// `most`. One of two syllables must look like an English one, also where it has a particle.
    pub(super) fn by_sound(&self, syllables: &[char], most: f64) -> Option<Vec<String>> {
        let stem = &syllables[..stem(syllables)];
        [syllables, stem].iter().find_map(|word| {
            if word.len() < 2 || stem.len() < 3 && !is_foreign(word) {
                return None;
            }
            let near = self.sounding_like(word, most);
            let most = near.first()?.0 + AS_NEAR;
            let near = near.into_iter().filter(|(cost, _)| *cost <= most);
            let near = near
                .take(MOST_SOUNDING)
                .flat_map(|(_, term)| self.with_spellings(term));
            Some(near.collect())
        })
    }

    /// A word with those of the table for it that entries hold.
    fn with_spellings(&self, word: String) -> Vec<String> {
        let others = self.loanwords.others(&word).iter();
        let held = others.filter(|other| self.is_held(other));
        let held: Vec<String> = held.cloned().collect();
        [vec![word], held].concat()
    }

    pub(super) fn sounding_like(&self, word: &[char], most: f64) -> Vec<(f64, String)> {
        let most = near_enough(word, most);
        let keys = sound::keys_of_hangul(word);
        let words: BTreeMap<String, u32> = keys
            .iter()
            .flat_map(|key| self.index.sounding(key))
            .collect();
        let mut near: Vec<(f64, String)> = words
            .into_iter()
            .filter_map(|(term, bits)| {
                let cost = sound::cost(word, &Heard::new(&term), most)?;
                // Of two that sound alike, the usual one.
                Some((cost - USUAL * f64::from(bits), term))
            })
            .collect();
        near.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
        near
    }

    /// The Hangul words, folded, that entries hold and that sound like a Latin word in lower case, best
    /// first, if the best costs no more than `most`. One of two syllables must look like an English one.
    pub(super) fn hangul_by_sound(&self, word: &str, most: f64) -> Vec<String> {
        if !is_heard(word) || word.len() > LONGEST_SPELT {
            return Vec::new();
        }
        let spelt = Spelt::new(word);
        let mut near: Vec<(f64, String)> = Vec::new();
        let mut begun = vec![Spelling::default()];
        // No spelling has more syllables than the word has letters.
        for _ in 0..word.len() {
            begun = self.longer(&begun, &spelt);
            near.extend(begun.iter().filter_map(|Spelling { syllables, .. }| {
                let is_one = may_be_english(syllables);
                let is_verb = !is_foreign(syllables) && verbs::forms(syllables).len() > 1;
                let most = near_enough(syllables, if is_verb { NEAR_VERB } else { most });
                let cost = sound::cost(syllables, spelt.latin(), most);
                let word = String::from_iter(syllables);
                let cost = cost.filter(|_| is_one && !self.nowhere.contains(&word))?;
                Some((cost, word))
            }));
        }
        near.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
        let most = near.first().map_or(0.0, |(cost, _)| cost + AS_NEAR);
        let mut best: Vec<String> = Vec::new();
        for (_, word) in near.into_iter().filter(|(cost, _)| *cost <= most) {
            // The end of a word is no other one.
            if best.len() < MOST_SOUNDING && !best.iter().any(|one| one.contains(&word)) {
                best.push(word);
            }
        }
        best
    }

    /// These with one syllable more, where an entry holds all pairs of that.
    fn longer(&self, begun: &[Spelling], word: &Spelt) -> Vec<Spelling> {
        let mut longer = Vec::new();
        for Spelling {
            syllables, holders, ..
        } in begun
        {
            for (next, cost) in next_syllables(syllables, word) {
                let pair = syllables
                    .last()
                    .map(|last| String::from_iter([*last, next]));
                let own = pair.map(|pair| self.index.get(&pair));
                let own = own.map(|own| own.iter().map(|posting| posting.entry).collect());
                let holders = match (own, holders) {
                    (Some(own), Some(holders)) => Some(&own & holders),
                    (own, _) => own,
                };
                if holders.as_ref().is_some_and(BTreeSet::is_empty) {
                    continue;
                }
                let syllables = [&syllables[..], &[next]].concat();
                longer.push(Spelling {
                    syllables,
                    holders,
                    cost,
                });
            }
        }
        longer.sort_by(|a, b| {
            let by_cost = a.cost.total_cmp(&b.cost);
            by_cost.then_with(|| a.syllables.cmp(&b.syllables))
        });
        if longer.iter().any(|one| one.holders.is_some()) {
            longer.truncate(MOST_SPELLINGS);
        }
        longer
    }

    /// A word as English ones that it sounds like. A short one sounds like some by chance: it may as
    /// well lack a syllable.
    pub(super) fn sounding_or_corrected(
        &self,
        word: Word,
        english: &[String],
        asked: &Typed<'_>,
        readings: &mut Vec<Reading>,
    ) -> Word {
        let written = word.typed.clone();
        let word = self.with_others(word, &written, english, BY_SOUND, readings);
        let is_short = stem(asked.syllables) <= 2;
        let mistake = Mistake::LeftOut;
        let corrected = is_short.then(|| hangul_word::find_corrected(self.index, asked, mistake));
        let Some((other, meant)) = corrected.flatten() else {
            return word;
        };
        readings.push(Reading {
            typed: written,
            meant: meant.join(", "),
        });
        word.or(other)
    }
}

/// Whether it may be English in Hangul.
fn may_be_english(word: &[char]) -> bool {
    match word.len() {
        ..=1 => false,
        2 => is_foreign(word),
        length => is_foreign(word) || stem(word) == length,
    }
}

/// The beginning of a Hangul word.
#[derive(Debug, Default)]
struct Spelling {
    syllables: Vec<char>,
    /// The entries with all its pairs; none where it has no pair.
    holders: Option<BTreeSet<u32>>,
    /// What the word costs at least.
    cost: f64,
}

/// A word of two and three syllables sounds like others by chance: it must cost less than `most`.
fn near_enough(word: &[char], most: f64) -> f64 {
    match word.len() {
        ..=2 => most.min(NEAR_SHORTEST),
        3 => most.min(NEAR_SHORT),
        _ => most,
    }
}
