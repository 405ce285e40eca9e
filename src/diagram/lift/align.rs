//! Matches pictures and slots by what their words have in common, in the same order on both sides.
//!
//! Words are compared with their pairs of neighbouring letters: then particles and joined names need
//! no rules, and a source's syntax hardly counts. Not here: evidence other than words (see `place`).

use std::collections::BTreeSet;

/// Words and the pairs of neighbouring letters in them, in lower case.
pub(super) type Said = BTreeSet<String>;

/// With more on either side nothing is matched by words, and by order only if the numbers are
/// equal.
const MOST: usize = 500;
/// The least similarity at which a picture belongs to a slot. Pictures of other sources of one field
/// are less similar, pictures drawn from a source more: see the tests.
const LIKE: f64 = 0.25;
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
pub(super) fn align(pictures: &[Said], slots: &[Said]) -> Vec<Match> {
    let matched = |picture: usize, slot: usize| {
        let like = measured(&pictures[picture], &slots[slot]);
        Match {
            picture,
            slot,
            like: if like >= LIKE { like } else { 0.0 },
        }
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

/// What some texts say; single letters are names of nodes, or chance.
pub(super) fn said(texts: &[&str]) -> Said {
    let texts = texts.join(" ").to_lowercase();
    let words = texts.split(|c: char| !c.is_alphanumeric());
    let words: Vec<Vec<char>> = words.map(|word| word.chars().collect()).collect();
    let pairs = words.iter().flat_map(|word| word.windows(2));
    let long = words.iter().filter(|word| word.len() > 1);
    long.map(Vec::as_slice)
        .chain(pairs)
        .map(String::from_iter)
        .collect()
}

/// The share of what two sets have in common: their cosine.
#[expect(clippy::cast_precision_loss, reason = "few words")]
pub(super) fn measured(one: &Said, other: &Said) -> f64 {
    let common = one.intersection(other).count();
    let most = (one.len() as f64 * other.len() as f64).sqrt();
    common as f64 / most.max(1.0)
}
