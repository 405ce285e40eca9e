//! Makes an index, or brings one up to date: rows that a change does not touch are not read.
//!
//! What comes out is the same as if it were made anew. Not here: the terms of an entry (`weights`),
//! and files.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::index::{Directory, Index, TABLES, Table, bits, is_small, is_word};
use super::postings::{self, Posting, digit};
use super::rows::{Shard, Text, Writer};
use super::sound;
use super::terms::is_pair;
use crate::fingerprint::Fingerprint;

/// Digits in a check.
pub const CHECK: usize = 3;

/// What is other than in an index.
#[derive(Debug, Default)]
pub struct Changes {
    /// How many entries there are now.
    entries: u32,
    /// The new numbers of the entries, in their order; none for those that are no more. Without it
    /// they stay.
    moved: Option<Vec<Option<u32>>>,
    /// By term: entries with their new weights; 0 where they do not have it any more.
    terms: HashMap<Box<str>, Vec<Packed>>,
}

/// A posting in four bytes: of a large site there are millions.
#[derive(Debug, Clone, Copy)]
struct Packed(u32);

/// Bits of a weight.
const WEIGHT: u32 = 4;

impl Packed {
    fn new(entry: u32, weight: u8) -> Self {
        Self(entry << WEIGHT | u32::from(weight.min(postings::MOST)))
    }

    fn posting(self) -> Posting {
        Posting {
            entry: self.0 >> WEIGHT,
            weight: (self.0 & 0xf) as u8,
        }
    }
}

/// An index as it is now.
#[derive(Debug, Default)]
pub struct Built {
    pub directory: Directory,
    /// By name: texts of shards; none of those that stay as they are.
    pub shards: BTreeMap<String, Option<String>>,
}

impl Changes {
    pub fn new(entries: u32) -> Self {
        Self {
            entries,
            ..Self::default()
        }
    }

    /// Entries have other numbers now: for each of the old ones the new, if it is still there and
    /// the same.
    pub fn renumber(&mut self, moved: Vec<Option<u32>>) {
        self.moved = Some(moved);
    }

    /// A new entry, or one that was changed and is not kept by `renumber`; in ascending order.
    pub fn add(&mut self, entry: u32, terms: BTreeMap<String, u8>) {
        for (term, weight) in terms {
            self.set(term, entry, weight);
        }
    }

    /// An entry that stays where it is and has other terms.
    pub fn change(&mut self, entry: u32, before: &BTreeMap<String, u8>, now: BTreeMap<String, u8>) {
        for term in before.keys().filter(|term| !now.contains_key(*term)) {
            self.set(term.clone(), entry, 0);
        }
        for (term, weight) in now {
            if before.get(&term) != Some(&weight) {
                self.set(term, entry, weight);
            }
        }
    }

    fn set(&mut self, term: String, entry: u32, weight: u8) {
        let postings = self.terms.entry(term.into_boxed_str()).or_default();
        postings.push(Packed::new(entry, weight));
    }

    /// The index with these changes; none if a shard of it cannot be read, or if it was small and is
    /// not any more, or the other way round.
    pub fn applied(mut self, index: &Index<'_>) -> Option<Built> {
        if !index.becomes(self.entries) {
            return None;
        }
        let mut keys: Vec<String> = self.terms.keys().map(ToString::to_string).collect();
        keys.sort_unstable();
        let is_small = is_small(self.entries);
        let mut derived = Derived::default();
        let terms = Edit {
            keys,
            is_everywhere: self.moved.is_some(),
        };
        let terms = terms.apply(index, Table::Terms, |term, value| {
            let before = value.map_or(Some(Vec::new()), postings::read)?;
            let count = before.len();
            let now = self.now(term, before);
            if !is_small {
                derived.note(term, count, now.len());
            }
            (!now.is_empty()).then(|| postings::write(&now))
        });
        let tables = [
            (Table::Words, derived.words),
            (Table::Pairs, derived.pairs),
            (Table::Sounds, derived.sounds),
        ];
        let mut all = vec![terms];
        for (table, rows) in tables {
            let edit = Edit {
                keys: rows.keys().cloned().collect(),
                is_everywhere: false,
            };
            all.push(edit.apply(index, table, |key, _| rows.get(key)?.clone()));
        }
        (!index.is_broken()).then(|| Built::of(self.entries, all))
    }

    /// The postings of a term after the changes.
    fn now(&mut self, term: &str, before: Vec<Posting>) -> Vec<Posting> {
        let mut all = before;
        if let Some(moved) = &self.moved {
            all = all
                .into_iter()
                .filter_map(|posting| {
                    let entry = moved.get(posting.entry as usize).copied().flatten()?;
                    Some(Posting { entry, ..posting })
                })
                .collect();
        }
        let Some(changed) = self.terms.remove(term) else {
            return all;
        };
        let changed: Vec<Posting> = changed.into_iter().map(Packed::posting).collect();
        if all.is_empty() {
            return changed
                .into_iter()
                .filter(|posting| posting.weight > 0)
                .collect();
        }
        let touched: BTreeSet<u32> = changed.iter().map(|posting| posting.entry).collect();
        all.retain(|posting| !touched.contains(&posting.entry));
        all.extend(changed.into_iter().filter(|posting| posting.weight > 0));
        all.sort_unstable_by_key(|posting| posting.entry);
        all
    }
}

/// Rows of the other tables that a change of terms brings: none as value where one goes.
#[derive(Default)]
struct Derived {
    words: BTreeMap<String, Option<String>>,
    pairs: BTreeMap<String, Option<String>>,
    sounds: BTreeMap<String, Option<String>>,
}

impl Derived {
    /// Notes that a term has another number of holders.
    fn note(&mut self, term: &str, before: usize, now: usize) {
        let row = || (now > 0).then(String::new);
        let is_other = (before > 0) != (now > 0);
        if is_other && is_pair(term) {
            self.pairs.insert(term.chars().rev().collect(), row());
        }
        if is_other && is_word(term) {
            self.words.insert(term.to_owned(), row());
        }
        if bits(before) != bits(now) && sound::is_heard(term) {
            for key in sound::keys_of_latin(term) {
                let value = (now > 0).then(|| digit(bits(now) as usize).to_string());
                self.sounds.insert(format!("{key} {term}"), value);
            }
        }
    }
}

/// A shard with what is in its place.
enum Piece {
    Kept { first: String, check: String },
    Made(Shard),
}

/// Which rows of a table may change.
struct Edit {
    /// Keys of rows that are new, change or go, in ascending order.
    keys: Vec<String>,
    /// Whether all others may too.
    is_everywhere: bool,
}

impl Edit {
    /// Passes the rows through `change`, which gives the new value of one.
    fn apply(
        &self,
        index: &Index<'_>,
        table: Table,
        mut change: impl FnMut(&str, Option<&str>) -> Option<String>,
    ) -> Vec<Piece> {
        let shards = index.shards(table);
        let end_of = |at: usize| shards.get(at + 1).map(|next| next.first.as_str());
        let mut writer = Writer::default();
        let mut pieces = Vec::new();
        let mut keys = self.keys.iter().map(String::as_str).peekable();
        for (at, shard) in shards.iter().enumerate() {
            let next = end_of(at).unwrap_or_default();
            let is_cut = if writer.is_empty() {
                at == 0 || !pieces.is_empty()
            } else {
                writer.ends_before(&shard.first)
            };
            if is_cut && !self.is_read(shards, at) {
                pieces.extend(writer.cut(next).map(Piece::Made));
                pieces.push(Piece::Kept {
                    first: shard.first.clone(),
                    check: shard.check.clone(),
                });
                continue;
            }
            let mut put = |key: &str, value: Option<String>| {
                let ended = value.and_then(|value| writer.push(key, &value));
                pieces.extend(ended.map(Piece::Made));
            };
            for (key, value) in index.rows(table, shard).from("") {
                while let Some(new) = keys.next_if(|new| *new < key) {
                    put(new, change(new, None));
                }
                let is_changed = keys.next_if_eq(&key).is_some() || self.is_everywhere;
                let value = if is_changed {
                    change(key, Some(value))
                } else {
                    Some(value.to_owned())
                };
                put(key, value);
            }
            while let Some(new) = keys.next_if(|new| end_of(at).is_some_and(|end| *new < end)) {
                put(new, change(new, None));
            }
        }
        for new in keys {
            let ended = change(new, None).and_then(|value| writer.push(new, &value));
            pieces.extend(ended.map(Piece::Made));
        }
        pieces.extend(writer.cut("").map(Piece::Made));
        pieces
    }

    /// Whether a shard changes, or the one after it, of which it decides whether the first row is.
    fn is_read(&self, shards: &[super::index::Shard], at: usize) -> bool {
        let from = shards[at].first.as_str();
        let to = shards.get(at + 2).map(|shard| shard.first.as_str());
        let first = self.keys.partition_point(|key| key.as_str() < from);
        let key = self.keys.get(first);
        self.is_everywhere || key.is_some_and(|key| to.is_none_or(|to| key.as_str() < to))
    }
}

/// The index of entries with these terms, in their order.
pub fn whole(entries: impl IntoIterator<Item = BTreeMap<String, u8>>) -> Built {
    let mut changes = Changes::default();
    for (entry, terms) in (0..).zip(entries) {
        changes.entries += 1;
        changes.add(entry, terms);
    }
    let none = Index::open(&Directory::default(), |_, _| None);
    none.and_then(|none| changes.applied(&none))
        .unwrap_or_default()
}

impl Built {
    /// The index, if all its shards were made.
    pub fn open(&self) -> Option<Index<'_>> {
        Index::open(&self.directory, |name, _| self.shards.get(name)?.clone())
    }

    fn of(entries: u32, tables: Vec<Vec<Piece>>) -> Self {
        let mut shards = BTreeMap::new();
        let mut directories: [String; TABLES] = Default::default();
        for ((table, pieces), directory) in Table::ALL.into_iter().zip(tables).zip(&mut directories)
        {
            let mut rows = Text::default();
            for piece in pieces {
                let (first, check, text) = match piece {
                    Piece::Kept { first, check } => (first, check, None),
                    Piece::Made(Shard { first, text }) => {
                        (first, check(Fingerprint::of(text.as_bytes())), Some(text))
                    }
                };
                rows.push(&first, &check);
                shards.insert(table.shard_name(&first), text);
            }
            *directory = rows.finish();
        }
        Self {
            directory: Directory::new(entries, directories),
            shards,
        }
    }
}

/// Digits of a hash, by which a text is known.
pub fn check(print: Fingerprint) -> String {
    digits(print, CHECK)
}

/// So many digits of a hash.
pub fn digits(print: Fingerprint, count: usize) -> String {
    let bytes = print.to_bytes();
    let digits = bytes.iter().take(count);
    digits.map(|byte| digit(usize::from(byte % 64))).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    type Terms = BTreeMap<String, u8>;

    fn terms() -> impl Strategy<Value = Terms> {
        proptest::collection::btree_map("[가-갏][나-낳]|[a-c]{1,5}|[가-갏]\\$", 1_u8..=15, 0..60)
    }

    /// The texts of a built index, with those that it kept from another.
    fn texts(built: &Built, before: Option<&BTreeMap<String, String>>) -> BTreeMap<String, String> {
        let shards = built.shards.iter().map(|(name, text)| {
            let kept = || before.and_then(|before| before.get(name).cloned());
            let text = text.clone().or_else(kept).expect("a text");
            (name.clone(), text)
        });
        shards.collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn a_changed_index_is_the_one_made_anew(
            before in prop_oneof![
                proptest::collection::vec(terms(), 1..60),
                proptest::collection::vec(terms(), 67..90),
            ],
            others in proptest::collection::vec((any::<prop::sample::Index>(), terms()), 0..4),
            gone in proptest::option::of(any::<prop::sample::Index>()),
            new in proptest::option::of((any::<prop::sample::Index>(), terms())),
        ) {
            let old = whole(before.clone());
            let texts_before = texts(&old, None);
            let index = old.open().unwrap();
            // The entries now, each with its number before if it is the same.
            let mut now: Vec<(Option<usize>, Terms)> = before.iter().cloned().enumerate()
                .map(|(at, terms)| (Some(at), terms)).collect();
            let changed: BTreeMap<usize, Terms> = others.into_iter()
                .map(|(at, terms)| (at.index(before.len()), terms)).collect();
            let is_moved = gone.is_some() || new.is_some();
            for (at, terms) in &changed {
                now[*at] = (None, terms.clone());
            }
            if let Some(at) = gone {
                now.remove(at.index(before.len()));
            }
            if let Some((at, terms)) = new {
                now.insert(at.index(now.len() + 1), (None, terms));
            }
            let mut changes = Changes::new(u32::try_from(now.len()).unwrap());
            if is_moved {
                let mut moved = vec![None; before.len()];
                for (number, (old, terms)) in (0..).zip(&now) {
                    match old {
                        Some(old) => moved[*old] = Some(number),
                        None => changes.add(number, terms.clone()),
                    }
                }
                changes.renumber(moved);
            } else {
                for (at, terms) in &changed {
                    changes.change(u32::try_from(*at).unwrap(), &before[*at], terms.clone());
                }
            }
            let built = changes.applied(&index).unwrap();
            let anew = whole(now.into_iter().map(|(_, terms)| terms));
            prop_assert_eq!(&built.directory, &anew.directory);
            prop_assert_eq!(texts(&built, Some(&texts_before)), texts(&anew, None));
        }
    }

    #[test]
    fn a_change_leaves_most_shards_unread() {
        let entries = |word: &str| {
            (0..200_u32)
                .map(|entry| {
                    let words =
                        (0..60).map(|at| (format!("w{:04}", (entry * 37 + at * 101) % 5000), 3));
                    let mut terms: Terms = words.collect();
                    if entry == 7 {
                        terms.insert(word.to_owned(), 9);
                    }
                    terms
                })
                .collect::<Vec<_>>()
        };
        let (before, now) = (entries("w2000a"), entries("w2000b"));
        let old = whole(before.clone());
        let index = old.open().unwrap();
        let mut changes = Changes::new(200);
        changes.change(7, &before[7], now[7].clone());
        let built = changes.applied(&index).unwrap();
        let made = built.shards.values().flatten().count();
        assert!(
            built.shards.len() > 10 && made < 8,
            "{made} of {}",
            built.shards.len()
        );
        assert_eq!(built.directory, whole(now).directory);
    }
}
