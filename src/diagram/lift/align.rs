//! Matches pictures and slots by the words they have in common, in the same order on both sides.
//!
//! Not here: evidence other than words (see `place`), what a word is.

use std::collections::HashMap;

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

/// Matches pictures with free slots. `all` are the words of every slot; they determine the weight
/// of a word.
pub(super) fn align(pictures: &[Words], free: &[&Words], all: &[Words]) -> Vec<Match> {
    let weights = Weights::new(all);
    if pictures.len() == free.len() {
        let pairs = pictures.iter().zip(free).enumerate();
        let same = |(place, (picture, slot)): (usize, (&Words, &&Words))| Match {
            picture: place,
            slot: place,
            like: weights.like(picture, slot),
        };
        return pairs.map(same).collect();
    }
    if pictures.len().max(free.len()) > MOST {
        return Vec::new();
    }
    let row = |picture| {
        free.iter()
            .map(|slot| weights.like(picture, slot))
            .collect()
    };
    let mut matches = clear(&pictures.iter().map(row).collect::<Vec<_>>());
    matches.sort_by(|a, b| b.like.total_cmp(&a.like));
    let mut kept: Vec<Match> = Vec::new();
    for new in matches {
        let is_crossing = |old: &Match| (old.picture < new.picture) != (old.slot < new.slot);
        if !kept.iter().any(is_crossing) {
            kept.push(new);
        }
    }
    kept
}

/// For each picture, a row of the similarities of the slots: the pairs that have no rival of nearly
/// the same similarity.
fn clear(rows: &[Vec<f64>]) -> Vec<Match> {
    let mut matches = Vec::new();
    for (picture, row) in rows.iter().enumerate() {
        let best = row.iter().copied().enumerate();
        let Some((slot, like)) = best.max_by(|(_, a), (_, b)| a.total_cmp(b)) else {
            continue;
        };
        let column = rows.iter().filter_map(|row| row.get(slot));
        let rivals = row
            .iter()
            .chain(column)
            .filter(|other| **other >= like * RIVAL);
        // The pair itself is in its row and in its column.
        if like > 0.0 && rivals.count() == 2 {
            matches.push(Match {
                picture,
                slot,
                like,
            });
        }
    }
    matches
}

/// The fewer slots have a word, the more it weighs.
pub(super) struct Weights<'w> {
    weights: HashMap<&'w str, f64>,
    /// Weight of a word that no slot has.
    strange: f64,
}

impl<'w> Weights<'w> {
    pub(super) fn new(slots: &'w [Words]) -> Self {
        let mut counts: HashMap<&str, f64> = HashMap::new();
        for word in slots.iter().flatten() {
            *counts.entry(word).or_default() += 1.0;
        }
        let all = u32::try_from(slots.len()).map_or(f64::MAX, f64::from) + 1.0;
        let weights = counts.into_iter();
        Weights {
            weights: weights
                .map(|(word, count)| (word, (all / count).ln()))
                .collect(),
            strange: all.ln(),
        }
    }

    /// From 0 to 1; 0 where too few words are in common.
    fn like(&self, picture: &Words, slot: &Words) -> f64 {
        let (like, words) = self.measured(picture, slot);
        let is_enough = (words >= WORDS && like >= LIKE) || like >= VERY_LIKE;
        if is_enough { like } else { 0.0 }
    }

    /// The cosine of the two, and the number of words in common.
    pub(super) fn measured(&self, one: &Words, other: &Words) -> (f64, usize) {
        let common: Vec<&String> = one.intersection(other).collect();
        if common.is_empty() {
            return (0.0, 0);
        }
        let weight = self.sum(common.iter().copied());
        let most = (self.sum(one) * self.sum(other)).sqrt();
        let like = if most > 0.0 { weight / most } else { 0.0 };
        (like, common.len())
    }

    fn sum<'a>(&self, words: impl IntoIterator<Item = &'a String>) -> f64 {
        let weight = |word: &String| self.weights.get(word.as_str());
        let words = words.into_iter();
        words
            .map(|word| weight(word).copied().unwrap_or(self.strange))
            .sum()
    }
}
