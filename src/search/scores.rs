//! What a word of a query finds: how much of it each entry holds.
//!
//! Not here: the order of entries by all words (`rank`).

use std::collections::HashMap;

use super::index::Index;
use super::logarithm::rarity;

/// Beyond this, more of a word in an entry says little.
const ENOUGH: f64 = 2.0;
/// A share at least this large is the whole word: shares are sums of weights.
const WHOLE: f64 = 0.999;
/// An entry with less of a word does not have it.
const LEAST_SHARE: f64 = 0.34;

/// How much of something each entry has.
pub(super) type Amounts = HashMap<u32, f64>;

/// What an entry has of a word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Held {
    /// As much as of the part that it has least of.
    pub amount: f64,
    /// Which share of its parts, up to 1.
    pub share: f64,
}

pub(super) type Holders = HashMap<u32, Held>;

/// What an entry is worth for a word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Match {
    pub score: f64,
    pub share: f64,
}

/// A word of the query with what it found.
#[derive(Debug, Default)]
pub(super) struct Word {
    pub typed: String,
    /// What is looked for in the texts: folded, without particle.
    pub stem: String,
    /// Other words for it, squashed.
    pub others: Vec<String>,
    /// Other forms of it.
    pub inflected: Vec<String>,
    /// The terms that were found in its place, because nothing holds it as it is.
    pub near: Vec<String>,
    pub by_pairs: Option<ByPairs>,
    pub unfinished: Option<Unfinished>,
    pub rarity: f64,
    /// Whether an entry holds the whole word as it is.
    pub is_whole: bool,
    /// Whether it may be another word with a mistake: no more than a form of it, or a first syllable
    /// that is no word, was found.
    pub is_doubtful: bool,
    pub found: HashMap<u32, Match>,
}

/// That a word was found by its pairs of syllables: an entry may have them apart.
#[derive(Debug, Clone, Copy)]
pub(super) struct ByPairs {
    /// Whether most of its syllables are enough, in parts of two and more.
    pub is_in_part: bool,
    pub place: Place,
}

/// That a word may go on behind what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unfinished {
    /// What was typed are the initials of its syllables.
    Initials,
    /// Its last syllable may take a final.
    Final,
    /// Its next syllable begins with this consonant.
    Next(char),
}

/// Where in words of a text a word is no chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Anywhere,
    /// Where a word of the text begins: forms of verbs go on behind it.
    Beginning,
    /// Without any other syllable.
    Alone,
}

/// A part of a word: which entries hold it, and what it says of them.
pub(super) struct Slot {
    pub amounts: Amounts,
    pub weight: f64,
}

impl Slot {
    pub(super) fn new(index: &Index<'_>, amounts: Amounts) -> Self {
        let weight = slot_weight(index, amounts.len());
        Self { amounts, weight }
    }
}

/// Rare parts say more, but much less than rare words do.
pub(super) fn slot_weight(index: &Index<'_>, holders: usize) -> f64 {
    (rarity(index.entries(), count(holders)) + 0.2)
        .sqrt()
        .sqrt()
}

#[expect(clippy::cast_precision_loss, reason = "it is below 2^32")]
pub(super) fn count(entries: usize) -> f64 {
    entries as f64
}

/// The entries that hold one of some terms, with the most that one gives, times its factor.
pub(super) fn union<T: AsRef<str>>(index: &Index<'_>, terms: &[(T, f64)]) -> Amounts {
    let mut amounts = Amounts::new();
    for (term, factor) in terms {
        for posting in index.get(term.as_ref()) {
            let amount = posting.amount() * factor;
            let most = amounts.entry(posting.entry).or_insert(amount);
            *most = most.max(amount);
        }
    }
    amounts
}

/// What each entry holds of a word with these parts.
pub(super) fn combine(slots: &[Slot]) -> Holders {
    let total: f64 = slots.iter().map(|slot| slot.weight).sum();
    let mut holders = Holders::new();
    for slot in slots {
        for (entry, amount) in &slot.amounts {
            let held = holders.entry(*entry).or_insert(Held {
                amount: *amount,
                share: 0.0,
            });
            held.amount = held.amount.min(*amount);
            held.share += slot.weight;
        }
    }
    for held in holders.values_mut() {
        held.share /= if total > 0.0 { total } else { 1.0 };
    }
    holders
}

/// Those that hold all of it.
pub(super) fn whole(holders: &Holders) -> Holders {
    let whole = holders.iter().filter(|(_, held)| held.share > WHOLE);
    whole.map(|(entry, held)| (*entry, *held)).collect()
}

/// What stands for a word in part among those that are nowhere.
pub(super) fn in_part(word: &str) -> String {
    format!("{word}…")
}

impl Word {
    /// A word that these entries hold as it is.
    pub(super) fn simple(index: &Index<'_>, stem: &str, amounts: &Amounts) -> Self {
        let mut word = Self {
            typed: stem.to_owned(),
            stem: stem.to_owned(),
            rarity: rarity(index.entries(), count(amounts.len())),
            is_whole: !amounts.is_empty(),
            ..Self::default()
        };
        for (entry, amount) in amounts {
            let score = word.rarity * enough(*amount);
            word.found.insert(*entry, Match { score, share: 1.0 });
        }
        word
    }

    /// What says of the word, and of words in its place, that they are nowhere.
    pub(super) fn forms(&self) -> Vec<String> {
        if self.by_pairs.is_some_and(|pairs| pairs.is_in_part) {
            return vec![in_part(&self.stem)];
        }
        self.others.iter().chain([&self.stem]).cloned().collect()
    }

    /// Both words in one place of the query, where a word of a text begins.
    pub(super) fn or(mut self, other: Self) -> Self {
        if let Some(by_pairs) = &mut self.by_pairs {
            by_pairs.place = Place::Beginning;
        }
        self.rarity = self.rarity.max(other.rarity);
        self.others.extend(other.others);
        self.others.push(other.stem);
        for (entry, one) in other.found {
            let found = self.found.entry(entry).or_insert(one);
            found.score = found.score.max(one.score);
            found.share = found.share.max(one.share);
        }
        self
    }

    /// Adds what holders of the word, or of a form of it, are worth: `factor` by the form.
    pub(super) fn add(&mut self, index: &Index<'_>, holders: &Holders, count: f64, factor: f64) {
        let rarity = rarity(index.entries(), count.max(0.5));
        for (entry, held) in holders {
            if held.share < LEAST_SHARE {
                continue;
            }
            let score = factor * rarity * held.share * held.share * enough(held.amount);
            let share = held.share * factor.min(1.0);
            let found = self.found.entry(*entry).or_insert(Match { score, share });
            found.score = found.score.max(score);
            found.share = found.share.max(share);
        }
    }
}

/// More of a word is better, less and less so.
pub(super) fn enough(amount: f64) -> f64 {
    amount * (ENOUGH + 1.0) / (amount + ENOUGH)
}
