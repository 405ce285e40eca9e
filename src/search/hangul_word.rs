//! A Hangul word of a query: whole with or without its particle, half-typed, or in part.
//!
//! Not here: words with a mistake (`corrections`), and English words written in Hangul (`loanwords`, `sound`).

use std::collections::{BTreeSet, HashMap};

use super::fold::alike;
use super::index::Index;
use super::logarithm::rarity;
use super::scores::{
    Amounts, ByPairs, Held, Holders, Place, Slot, Unfinished, Word, combine, count, in_part,
    slot_weight, union, whole,
};
use super::terms::{ALONE, INITIALS_SIGN, is_pair};
use crate::hangul::particles::particle;
use crate::hangul::verbs;
use crate::hangul::{FINAL, INITIALS, final_of, index as place, parts, syllable};

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
/// A word with a mistake less.
const CORRECTED: f64 = 0.7;
/// A pair of syllables that is in no entry: it may be where two words meet.
const UNKNOWN: f64 = 0.4;
/// Of fewer syllables, a form is more likely than a mistake.
const LEAST_DOUBTFUL: usize = 3;
/// An entry with this much of the syllables of a word has it in part.
pub(super) const MOST_OF_IT: f64 = 0.8;

/// A word as it was typed.
pub(super) struct Typed<'a> {
    /// Not folded: particles are recognized by their letters.
    pub syllables: &'a [char],
    /// Whether it may still be typed: it is the last of the query.
    pub is_open: bool,
    /// A consonant behind it, of the syllable that is being typed.
    pub tail: Option<char>,
    pub nowhere: &'a Nowhere,
}

/// Words, folded, that no text has, though entries have all their pairs, one here and one there.
pub(super) type Nowhere = BTreeSet<String>;

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

/// What a Hangul word finds as it is.
pub(super) fn find(index: &Index<'_>, typed: &Typed<'_>) -> Word {
    let finder = Finder::new(index, typed);
    match (&finder.word[..], typed.tail) {
        ([alone], None) => Word {
            typed: typed.syllables.iter().collect(),
            ..find_one(index, *alone)
        },
        _ => finder.find(),
    }
}

/// Which mistakes a word may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mistake {
    Any,
    /// One in the word with its particle: forms of it are held.
    OfWhole,
    /// A syllable that was left out: it sounds like another word.
    LeftOut,
}

/// What a word that nothing holds finds where one mistake is taken back, and how it was read; none
/// if nothing holds that.
pub(super) fn find_corrected(
    index: &Index<'_>,
    typed: &Typed<'_>,
    mistake: Mistake,
) -> Option<(Word, Vec<String>)> {
    let finder = Finder::new(index, typed);
    let lengths = match mistake {
        Mistake::OfWhole if finder.word.len() < LEAST_DOUBTFUL => return None,
        Mistake::OfWhole => vec![finder.word.len()],
        _ => vec![finder.word.len(), finder.base()],
    };
    let lengths = lengths
        .into_iter()
        .collect::<BTreeSet<usize>>()
        .into_iter()
        .rev();
    let mut all = lengths.map(|length| {
        let mut all = finder.corrections(length);
        all.retain(|one| mistake != Mistake::LeftOut || one.written.chars().count() > length);
        all
    });
    let all = all.find(|all| !all.is_empty())?;
    let mut word = finder.word(&all[0].word);
    if let Some(by_pairs) = word
        .by_pairs
        .as_mut()
        .filter(|_| typed.syllables.len() == 2)
    {
        by_pairs.place = Place::Alone;
    }
    let holders = all.iter().map(|one| one.holders.len()).max();
    word.rarity = rarity(index.entries(), count(holders.unwrap_or_default()));
    word.is_whole = true;
    for one in &all {
        word.add(index, &one.holders, count(one.holders.len()), CORRECTED);
    }
    word.others = all[1..].iter().map(|one| one.word.clone()).collect();
    Some((word, all.into_iter().map(|one| one.written).collect()))
}

/// What a word finds that is several words at once: entries with most of it.
pub(super) fn find_in_part(index: &Index<'_>, typed: &Typed<'_>) -> Word {
    Finder::new(index, typed).find_in_part()
}

/// The initials of a title's or heading's words.
pub(super) fn find_initials(index: &Index<'_>, consonants: &str) -> Word {
    let begin = format!("{INITIALS_SIGN}{consonants}");
    let terms: Vec<(&str, f64)> = index.beginning(&begin).map(|term| (term, 1.0)).collect();
    Word {
        unfinished: Some(Unfinished::Initials),
        ..Word::simple(index, consonants, &union(index, &terms))
    }
}

fn find_one(index: &Index<'_>, c: char) -> Word {
    Word::simple(index, &c.to_string(), &one_syllable(index, c, true))
}

/// What entries hold of a syllable alone; `may_go_on`: also of words that begin with it.
fn one_syllable(index: &Index<'_>, c: char, may_go_on: bool) -> Amounts {
    let alone = format!("{c}{ALONE}");
    let beginning = c.to_string();
    let pairs = index
        .beginning(&beginning)
        .filter(|term| may_go_on && is_pair(term));
    let mut terms: Vec<(&str, f64)> = pairs.map(|term| (term, BEGINS)).collect();
    terms.push((&alone, 1.0));
    union(index, &terms)
}

pub(super) struct Finder<'a> {
    pub(super) index: &'a Index<'a>,
    pub(super) typed: &'a Typed<'a>,
    /// Folded.
    pub(super) word: Vec<char>,
    stem: usize,
}

impl<'a> Finder<'a> {
    fn new(index: &'a Index<'a>, typed: &'a Typed<'a>) -> Self {
        Self {
            index,
            typed,
            word: typed.syllables.iter().copied().map(alike).collect(),
            stem: typed.stem(),
        }
    }

    /// The length without particle, unless that leaves one syllable.
    fn base(&self) -> usize {
        if self.stem < 2 {
            self.word.len()
        } else {
            self.stem
        }
    }

    /// It finds nothing yet.
    fn word(&self, stem: &str) -> Word {
        let typed = self.typed.syllables.iter();
        let is_open = self.typed.is_open && stem.ends_with(|c| final_of(c) == Some(' '));
        let next = self.typed.tail.map(Unfinished::Next);
        Word {
            typed: typed.chain(&self.typed.tail).collect(),
            stem: stem.to_owned(),
            by_pairs: Some(ByPairs {
                is_in_part: false,
                place: Place::Anywhere,
            }),
            unfinished: next.or(is_open.then_some(Unfinished::Final)),
            ..Word::default()
        }
    }

    fn find(&self) -> Word {
        let length = self.word.len();
        let all = self.holders(&self.pairs(&self.word, true));
        let all_whole = whole(&all);
        let stem = match self.stem {
            stem if stem == length => None,
            1 => None,
            stem => Some(self.holders(&self.pairs(&self.word[..stem], false))),
        };
        let stem_whole = stem.as_ref().map(whole).unwrap_or_default();
        let mut word = self.word(&String::from_iter(&self.word[..self.stem]));
        self.add_short_stem(&mut word);
        let is_held = !all_whole.is_empty() || !stem_whole.is_empty();
        if !is_held || self.typed.nowhere.contains(&word.stem) {
            return self.as_verb().unwrap_or(word);
        }
        word.is_whole = true;
        word.is_doubtful = false;
        let holders = count(all_whole.len().max(stem_whole.len()));
        word.rarity = rarity(self.index.entries(), holders);
        word.add(self.index, &all_whole, count(all_whole.len()), 1.0);
        word.add(self.index, &stem_whole, count(stem_whole.len()), STEM);
        if all_whole.is_empty() || all_whole.len() <= 2 && length >= 4 {
            word.add(self.index, &all, count(all_whole.len().max(1)), IN_PART);
        }
        word
    }

    /// What other forms of the same verb find, if an entry holds one.
    fn as_verb(&self) -> Option<Word> {
        let forms = verbs::forms(self.typed.syllables);
        let is_noun = forms.len() == 1;
        let folded = |form: String| form.chars().map(alike).collect::<String>();
        let forms: BTreeSet<String> = forms.into_iter().map(folded).collect();
        let nowhere = self.typed.nowhere;
        // Many forms have the same pairs.
        let mut read: HashMap<String, Amounts> = HashMap::new();
        let mut holders = Holders::new();
        let mut known = Vec::new();
        for form in forms.into_iter().filter(|form| !nowhere.contains(form)) {
            let all = self.with_all_pairs(&form, &mut read);
            for (entry, amount) in &all {
                let most = holders.entry(*entry).or_insert(Held {
                    amount: *amount,
                    share: 1.0,
                });
                most.amount = most.amount.max(*amount);
            }
            if !all.is_empty() {
                known.push(form);
            }
        }
        let mut word = self.word(known.first()?);
        if let Some(by_pairs) = word.by_pairs.as_mut().filter(|_| !is_noun) {
            by_pairs.place = Place::Beginning;
        }
        word.others = known.into_iter().skip(1).collect();
        word.is_whole = true;
        word.is_doubtful = true;
        word.rarity = rarity(self.index.entries(), count(holders.len()));
        word.add(self.index, &holders, count(holders.len()), STEM);
        Some(word)
    }

    /// What entries with all pairs of a form have of the one that they have least of.
    fn with_all_pairs(&self, form: &str, read: &mut HashMap<String, Amounts>) -> Amounts {
        let syllables: Vec<char> = form.chars().collect();
        let pairs = syllables.windows(2).map(String::from_iter);
        let pairs: Vec<String> = pairs.collect();
        if !pairs.iter().all(|pair| self.index.has(pair)) {
            return Amounts::new();
        }
        let mut all: Option<Amounts> = None;
        for pair in pairs {
            let own = read
                .entry(pair)
                .or_insert_with_key(|pair| union(self.index, &[(pair, 1.0)]));
            all = Some(match all {
                None => own.clone(),
                Some(mut all) => {
                    all.retain(|entry, amount| {
                        let other = own.get(entry);
                        *amount = other.map_or(*amount, |other| amount.min(*other));
                        other.is_some()
                    });
                    all
                }
            });
        }
        all.unwrap_or_default()
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
        word.is_doubtful = !self.index.has(&alone);
        let amounts = union(self.index, &terms);
        let holders: Holders = amounts
            .into_iter()
            .map(|(entry, amount)| (entry, Held { amount, share: 1.0 }))
            .collect();
        word.add(self.index, &holders, count(holders.len()), SHORT_STEM);
    }

    /// Entries that hold pairs with most of the syllables.
    fn find_in_part(&self) -> Word {
        let base = &self.word[..self.base()];
        let mut word = self.word(&String::from_iter(base));
        let is_all = base.len() == self.word.len();
        let slots: Vec<Slot> = self
            .pairs(base, is_all)
            .iter()
            .map(|terms| {
                let mut slot = Slot::new(self.index, union(self.index, terms));
                if slot.amounts.is_empty() {
                    slot.weight = slot_weight(self.index, 1) * UNKNOWN;
                }
                slot
            })
            .collect();
        if self.typed.nowhere.contains(&in_part(&word.stem)) {
            return word;
        }
        if let Some(by_pairs) = &mut word.by_pairs {
            by_pairs.is_in_part = true;
        }
        let mut holders = combine(&slots);
        let covered = covered(&slots);
        let least = MOST_OF_IT * count(base.len());
        holders.retain(|entry, _| count(covered[entry]) >= least);
        if holders.is_empty() {
            holders = self.with_short_part(base);
        }
        let size = count(holders.len().max(1));
        word.add(self.index, &holders, size, 1.0);
        word.rarity = rarity(self.index.entries(), size);
        word
    }

    /// Entries that hold a word of which one syllable, the last or the first, is a word of its own.
    fn with_short_part(&self, word: &[char]) -> Holders {
        let (Some((last, begin)), Some((first, end))) = (word.split_last(), word.split_first())
        else {
            return Holders::new();
        };
        let held_with = |long: &[char], short: char, may_go_on: bool| {
            let mut all = whole(&self.holders(&self.pairs(long, false)));
            if long.len() > 1 && !all.is_empty() {
                let alone = one_syllable(self.index, short, may_go_on);
                all.retain(|entry, _| alone.contains_key(entry));
                return all;
            }
            Holders::new()
        };
        let all = held_with(begin, *last, true);
        if all.is_empty() {
            held_with(end, *first, false)
        } else {
            all
        }
    }

    /// The pairs of a word, each with the terms that are it. `is_end`: the last syllable may be half
    /// typed.
    pub(super) fn pairs(&self, word: &[char], is_end: bool) -> Vec<Vec<(String, f64)>> {
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

    pub(super) fn holders(&self, pairs: &[Vec<(String, f64)>]) -> Holders {
        let slots = pairs.iter().map(|terms| union(self.index, terms));
        let slots: Vec<Slot> = slots
            .map(|amounts| Slot::new(self.index, amounts))
            .collect();
        combine(&slots)
    }
}

/// How many syllables of a word each entry has in the pairs that it holds.
fn covered(slots: &[Slot]) -> HashMap<u32, usize> {
    let mut covered: HashMap<u32, (usize, usize)> = HashMap::new();
    for (at, slot) in slots.iter().enumerate() {
        for entry in slot.amounts.keys() {
            let (number, end) = covered.entry(*entry).or_default();
            *number += if *end == at && *number > 0 { 1 } else { 2 };
            *end = at + 1;
        }
    }
    let covered = covered.into_iter();
    covered
        .map(|(entry, (number, _))| (entry, number))
        .collect()
}
