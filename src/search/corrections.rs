//! Words that a Hangul word becomes where one mistake is taken back: a wrong letter, a syllable that
//! was left out, two that were swapped. Only words that an entry holds as a whole.
//!
//! Not here: what a word finds as it is (`hangul_word`).

use std::cmp::Reverse;

use super::fold::alike;
use super::hangul_word::{Finder, stem};
use super::scores::{Holders, whole};
use super::terms::is_pair;
use crate::hangul::{FINAL, parts, syllable};

/// Words that are tried, and those of them that are taken.
const MOST_TRIED: usize = 200;
/// A longer word is looked for as it is.
const LONGEST: usize = 24;
const MOST: usize = 3;

/// A word that is held in place of the typed one.
pub(super) struct Corrected {
    /// With the spelling of what was typed, where that is the same.
    pub written: String,
    pub word: String,
    pub holders: Holders,
    is_swapped: bool,
}

impl Finder<'_> {
    /// What the first syllables of the word may have been meant as, the likeliest first.
    pub(super) fn corrections(&self, length: usize) -> Vec<Corrected> {
        if length > LONGEST {
            return Vec::new();
        }
        let is_end = length == self.word.len();
        let words = self.candidates(length).into_iter();
        let mut corrected: Vec<Corrected> = words
            .filter_map(|(written, is_swapped)| {
                let word: Vec<char> = folded(&written).collect();
                let holders = whole(&self.holders(&self.pairs(&word, is_end)));
                let word = String::from_iter(word);
                let is_replaced = !is_swapped && written.len() == length;
                let is_enough = !is_replaced || !is_short(&written);
                let is_held = !holders.is_empty() && !self.typed.nowhere.contains(&word);
                (is_held && is_enough).then(|| Corrected {
                    written: written.into_iter().collect(),
                    word,
                    holders,
                    is_swapped,
                })
            })
            .collect();
        // The longer a word, the less it is held by chance.
        corrected
            .sort_by_cached_key(|one| Reverse((one.is_swapped, one.word.len(), one.holders.len())));
        corrected.truncate(MOST);
        corrected
    }

    /// Different words, and whether it is that two syllables were swapped.
    fn candidates(&self, length: usize) -> Vec<(Vec<char>, bool)> {
        let candidates = Candidates {
            finder: self,
            written: &self.typed.syllables[..length],
            word: &self.word[..length],
            unknown: self.unknown(length),
        };
        let swapped = candidates.swapped().map(|word| (word, true));
        let is_enough = length > 2 || length == self.word.len();
        let others = candidates.replaced().chain(candidates.inserted());
        let others = others.filter(|_| is_enough);
        let mut words: Vec<(Vec<char>, bool)> = Vec::new();
        for (word, is_swapped) in swapped.chain(others.map(|word| (word, false))) {
            let is_same = |(other, _): &(Vec<char>, bool)| folded(other).eq(folded(&word));
            if words.len() < MOST_TRIED && !words.iter().any(is_same) {
                words.push((word, is_swapped));
            }
        }
        words
    }

    /// The pairs of the first syllables that no entry holds.
    fn unknown(&self, length: usize) -> Vec<usize> {
        let pairs = self.pairs(&self.word[..length], length == self.word.len());
        let is_unknown =
            |terms: &[(String, f64)]| !terms.iter().any(|(term, _)| self.index.has(term));
        let pairs = pairs.iter().enumerate();
        pairs
            .filter(|(_, terms)| is_unknown(terms))
            .map(|(at, _)| at)
            .collect()
    }
}

/// Whether a word is two syllables before a particle: they are too much like others.
fn is_short(word: &[char]) -> bool {
    word.len() > 2 && stem(word) <= 2
}

fn folded(word: &[char]) -> impl Iterator<Item = char> {
    word.iter().copied().map(alike)
}

struct Candidates<'a> {
    finder: &'a Finder<'a>,
    written: &'a [char],
    word: &'a [char],
    /// A mistake is in all of these pairs.
    unknown: Vec<usize>,
}

impl Candidates<'_> {
    /// Whether there may be one mistake, and this many pairs from the one at a place on have it.
    fn is_in(&self, first: usize, pairs: usize) -> bool {
        let is_in = |at: &usize| (first..first + pairs).contains(&(at + 1));
        self.unknown.iter().all(is_in)
    }

    /// With two neighbours changed.
    fn swapped(&self) -> impl Iterator<Item = Vec<char>> {
        let places = 1..self.word.len();
        let places =
            places.filter(|at| self.word[at - 1] != self.word[*at] && self.is_in(at - 1, 3));
        places.map(|at| {
            let mut other = self.written.to_vec();
            other.swap(at - 1, at);
            other
        })
    }

    /// With one other letter in a syllable.
    fn replaced(&self) -> impl Iterator<Item = Vec<char>> {
        let places = (0..self.word.len()).filter(|at| self.is_in(*at, 2));
        places.flat_map(move |at| {
            let letters = other_letters(self.written[at]);
            letters
                .filter(move |c| self.fits(at, alike(*c)))
                .map(move |c| {
                    let mut other = self.written.to_vec();
                    other[at] = c;
                    other
                })
        })
    }

    /// Whether a syllable makes known pairs with its neighbours.
    fn fits(&self, at: usize, c: char) -> bool {
        let index = self.finder.index;
        let before = at.checked_sub(1).map(|at| self.word[at]);
        let fits_before = before.is_none_or(|before| index.has(&String::from_iter([before, c])));
        let after = self.word.get(at + 1);
        c != self.word[at] && fits_before && after.is_none_or(|after| index.has_pair([c, *after]))
    }

    /// With one more syllable between two.
    fn inserted(&self) -> impl Iterator<Item = Vec<char>> {
        let places = (1..self.word.len()).filter(|at| self.is_in(*at, 1));
        places.flat_map(move |at| {
            self.between(at).into_iter().map(move |c| {
                let mut other = self.written.to_vec();
                other.insert(at, c);
                other
            })
        })
    }

    /// The syllables that make known pairs with the one before a place and the one at it.
    fn between(&self, at: usize) -> Vec<char> {
        let index = self.finder.index;
        let before = self.word[at - 1].to_string();
        let pairs = index.beginning(&before).filter(|term| is_pair(term));
        let seconds = pairs.filter_map(|pair| pair.chars().nth(1));
        seconds
            .filter(|c| index.has_pair([*c, self.word[at]]))
            .collect()
    }
}

/// The syllables that differ from one in one letter.
fn other_letters(c: char) -> impl Iterator<Item = char> {
    let own = parts(c);
    let changed = move |at: usize, most: u32| {
        (0..most).filter_map(move |letter| {
            let mut other = own?;
            other[at] = letter;
            syllable(other).filter(|other| *other != c)
        })
    };
    changed(0, 19)
        .chain(changed(1, 21))
        .chain(changed(2, FINAL))
}
