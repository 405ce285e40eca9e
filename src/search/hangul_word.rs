//! A Hangul word of a query: whole with or without its particle, half-typed, or with one mistake.
//!
//! Not here: English words written in Hangul (`loanwords`, `sound`).

use std::collections::HashSet;

use super::fold::alike;
use super::index::Index;
use super::logarithm::rarity;
use super::scores::{
    Amounts, Held, Holders, MISSPELT, Slot, Word, combine, count, slot_weight, union, whole,
};
use super::terms::{ALONE, INITIALS_SIGN, is_pair};
use crate::hangul::particles::particle;
use crate::hangul::{FINAL, INITIALS, index as place, parts, syllable};

/// What a form of a word counts against the word itself: without its particle, and where that
/// leaves one syllable.
const STEM: f64 = 0.9;
const SHORT_STEM: f64 = 0.3;
/// Words that begin with a syllable typed alone.
const BEGINS: f64 = 0.6;
/// The syllables that a half-typed one may become.
const UNFINISHED: f64 = 0.8;
/// Parts of a long word that nothing, or nearly nothing, holds as a whole.
const IN_PART: f64 = 0.7;
/// Two neighbouring syllables that were swapped.
const SWAPPED: f64 = 0.75;
/// The first pair of three syllables, of which the one in the middle was left out.
const MISSING: f64 = 0.5;
/// A pair of syllables that is in no entry, in any spelling.
const UNKNOWN: f64 = 0.4;

/// A word as it was typed.
pub(super) struct Typed<'a> {
    /// Not folded: particles are recognized by their letters.
    pub syllables: &'a [char],
    /// Whether it may still be typed: it is the last of the query.
    pub is_open: bool,
    /// A consonant behind it, of the syllable that is being typed.
    pub tail: Option<char>,
}

impl Typed<'_> {
    /// How many syllables there are without particle.
    pub(super) fn stem(&self) -> usize {
        if self.tail.is_some() {
            return self.syllables.len();
        }
        stem(self.syllables)
    }
}

/// The length of a word without its particle and the sign of the plural.
pub(super) fn stem(syllables: &[char]) -> usize {
    let stem = syllables.len() - particle(syllables, 1);
    match syllables[..stem] {
        [_, _, .., '들'] => stem - 1,
        _ => stem,
    }
}

/// What a Hangul word finds.
pub(super) fn find(index: &Index<'_>, typed: &Typed<'_>) -> Word {
    let syllables: Vec<char> = typed.syllables.iter().copied().map(alike).collect();
    let found = match (&syllables[..], typed.tail) {
        ([alone], None) => one_syllable(index, *alone),
        _ => Finder {
            index,
            word: &syllables,
            stem: typed.stem(),
            typed,
        }
        .find(),
    };
    Word {
        typed: typed.syllables.iter().chain(&typed.tail).collect(),
        ..found
    }
}

/// The initials of a title's or heading's words.
pub(super) fn find_initials(index: &Index<'_>, consonants: &str) -> Word {
    let begin = format!("{INITIALS_SIGN}{consonants}");
    let terms: Vec<(&str, f64)> = index.beginning(&begin).map(|term| (term, 1.0)).collect();
    Word::simple(index, consonants, &union(index, &terms))
}

fn one_syllable(index: &Index<'_>, c: char) -> Word {
    let alone = format!("{c}{ALONE}");
    let beginning = c.to_string();
    let pairs = index.beginning(&beginning).filter(|term| is_pair(term));
    let mut terms: Vec<(&str, f64)> = pairs.map(|term| (term, BEGINS)).collect();
    terms.push((&alone, 1.0));
    Word::simple(index, &beginning, &union(index, &terms))
}

struct Finder<'a> {
    index: &'a Index<'a>,
    /// Folded.
    word: &'a [char],
    stem: usize,
    typed: &'a Typed<'a>,
}

impl Finder<'_> {
    fn find(&self) -> Word {
        let length = self.word.len();
        let all = self.holders(&self.pairs(self.word, true));
        let all_whole = whole(&all);
        let stem = match self.stem {
            stem if stem == length => None,
            1 => None,
            stem => Some(self.holders(&self.pairs(&self.word[..stem], false))),
        };
        let stem_whole = stem.as_ref().map(whole).unwrap_or_default();
        let mut word = Word {
            stem: self.word[..self.stem].iter().collect(),
            ..Word::default()
        };
        if all_whole.is_empty() && stem_whole.is_empty() {
            return self.in_other_spellings(word);
        }
        word.is_whole = true;
        let holders = count(all_whole.len().max(stem_whole.len()));
        word.rarity = rarity(self.index.entries(), holders);
        word.add(self.index, &all_whole, count(all_whole.len()), 1.0);
        word.add(self.index, &stem_whole, count(stem_whole.len()), STEM);
        self.add_short_stem(&mut word);
        if all_whole.is_empty() || all_whole.len() <= 2 && length >= 4 {
            word.add(self.index, &all, count(all_whole.len().max(1)), IN_PART);
        }
        word
    }

    /// A stem of one syllable is in too many words to say much.
    fn add_short_stem(&self, word: &mut Word) {
        if self.stem != 1 || self.word.len() == 1 {
            return;
        }
        let first = self.word[0].to_string();
        let alone = format!("{first}{ALONE}");
        let pairs = self.index.beginning(&first).filter(|term| is_pair(term));
        let mut terms: Vec<(&str, f64)> = pairs.map(|term| (term, IN_PART)).collect();
        terms.push((&alone, 1.0));
        let amounts = union(self.index, &terms);
        let holders: Holders = amounts
            .into_iter()
            .map(|(entry, amount)| (entry, Held { amount, share: 1.0 }))
            .collect();
        word.add(self.index, &holders, count(holders.len()), SHORT_STEM);
    }

    /// No entry holds the word: its pairs one by one, in spellings with one other letter; or two
    /// syllables were swapped.
    fn in_other_spellings(&self, mut word: Word) -> Word {
        let base = match self.stem {
            0 | 1 => self.word,
            stem => &self.word[..stem],
        };
        let is_all = base.len() == self.word.len();
        let slots: Vec<Slot> = self
            .pairs(base, is_all)
            .into_iter()
            .map(|terms| self.misspelt(&terms))
            .collect();
        let holders = combine(&slots);
        let most = holders.values().map(|held| held.share).fold(0.0, f64::max);
        let near = holders.values().filter(|held| held.share > most * 0.9);
        let mut size = near.count();
        word.add(self.index, &holders, count(size.max(1)), 1.0);
        self.add_short_stem(&mut word);
        if let Some((swapped, holders)) = self.swapped(base).or_else(|| self.swapped(self.word)) {
            size = holders.len();
            word.add(self.index, &holders, count(size), SWAPPED);
            word.stem = swapped;
            word.is_whole = true;
        } else {
            word.stem = base.iter().collect();
        }
        word.rarity = rarity(self.index.entries(), count(size.max(1)));
        word
    }

    fn swapped(&self, word: &[char]) -> Option<(String, Holders)> {
        if word.len() < 3 {
            return None;
        }
        (1..word.len()).find_map(|at| {
            let mut other = word.to_vec();
            other.swap(at - 1, at);
            if other == word {
                return None;
            }
            let holders = whole(&self.holders(&self.pairs(&other, false)));
            (!holders.is_empty()).then(|| (other.iter().collect(), holders))
        })
    }

    /// The pairs of a word, each with the terms that are it. `is_end`: the last syllable may be half
    /// typed.
    fn pairs(&self, word: &[char], is_end: bool) -> Vec<Vec<(String, f64)>> {
        let mut pairs: Vec<Vec<(String, f64)>> = word
            .windows(2)
            .map(|pair| vec![(pair.iter().collect(), 1.0)])
            .collect();
        let is_open = is_end && self.typed.is_open;
        match (self.typed.tail.filter(|_| is_end), pairs.last_mut(), word) {
            (Some(tail), _, [.., last]) => {
                if let Some(initial) = place(INITIALS, tail) {
                    pairs.push(self.begun(*last, initial));
                }
            }
            (None, Some(pair), [.., before, last]) if is_open => {
                pair.extend(self.unfinished(*before, *last));
            }
            _ => {}
        }
        pairs
    }

    /// The pairs with the finals that may still be typed.
    fn unfinished(&self, before: char, last: char) -> Vec<(String, f64)> {
        let Some([initial, vowel, 0]) = parts(last) else {
            return Vec::new();
        };
        let finals = (1..FINAL).filter_map(|last| syllable([initial, vowel, last]));
        let pairs = finals.map(|last| [before, last].iter().collect::<String>());
        let known = pairs.filter(|pair| self.index.has(pair));
        known.map(|pair| (pair, UNFINISHED)).collect()
    }

    /// The pairs whose second syllable begins with a consonant.
    fn begun(&self, before: char, initial: u32) -> Vec<(String, f64)> {
        let second = |pair: &str| pair.chars().nth(1).and_then(parts);
        let begins =
            |pair: &&str| is_pair(pair) && second(pair).is_some_and(|[i, ..]| i == initial);
        let before = before.to_string();
        let pairs = self.index.beginning(&before).filter(begins);
        pairs.map(|pair| (pair.to_owned(), 1.0)).collect()
    }

    fn holders(&self, pairs: &[Vec<(String, f64)>]) -> Holders {
        let slots = pairs.iter().map(|terms| union(self.index, terms));
        let slots: Vec<Slot> = slots
            .map(|amounts| Slot::new(self.index, amounts))
            .collect();
        combine(&slots)
    }

    /// A pair as it is, or, if no entry has it, with one other letter.
    fn misspelt(&self, terms: &[(String, f64)]) -> Slot {
        let exact = union(self.index, terms);
        let Some((pair, _)) = terms.first().filter(|_| exact.is_empty()) else {
            return Slot::new(self.index, exact);
        };
        let variants = self.variants(pair);
        let amounts: Amounts = union(self.index, &variants);
        if variants.is_empty() {
            let weight = slot_weight(self.index, 1) * UNKNOWN;
            return Slot {
                amounts,
                weight,
                exact: None,
            };
        }
        Slot {
            weight: slot_weight(self.index, amounts.len()),
            amounts,
            exact: Some(HashSet::new()),
        }
    }

    /// The known pairs that differ from one in one letter, or begin what it is without the syllable
    /// in the middle.
    fn variants(&self, pair: &str) -> Vec<(String, f64)> {
        let chars: Vec<char> = pair.chars().collect();
        let [first, second] = chars[..] else {
            return Vec::new();
        };
        let of_first = other_letters(first)
            .map(|c| [alike(c), second])
            .filter(|pair| self.index.has_pair(*pair))
            .map(|pair| (pair.iter().collect(), MISSPELT * 0.9));
        let of_second = other_letters(second)
            .map(|c| [first, alike(c)].iter().collect::<String>())
            .filter(|pair| self.index.has(pair))
            .map(|pair| (pair, MISSPELT));
        let first_alone = first.to_string();
        let seconds = self
            .index
            .beginning(&first_alone)
            .filter(|term| is_pair(term));
        let of_missing = seconds
            .filter(|term| {
                let between = term.chars().nth(1);
                between.is_some_and(|between| self.index.has_pair([between, second]))
            })
            .map(|term| (term.to_owned(), MISSING));
        of_first.chain(of_second).chain(of_missing).collect()
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
