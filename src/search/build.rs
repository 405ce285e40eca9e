//! Makes an index, or brings one up to date: which rows of its tables change, and into what.
//!
//! What comes out is the same as if it were made anew. Not here: the terms of an entry (`weights`),
//! which shards are read and made for that (`shards`), and files.

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::HashMap;

use super::index::{Directory, Index, List, Table, bits, is_small, is_word};
use super::postings::{self, Posting, digit};
use super::shards::{Edit, Scripts};
use super::sound;
use super::terms::is_pair;
use super::weights::Terms;

/// What is other than in an index.
#[derive(Debug, Default)]
pub struct Changes {
    /// How many entries there are now.
    entries: u32,
    /// The new numbers of the entries, in their order; none for those that are no more. Without it
    /// they stay.
    moved: Option<Vec<Option<u32>>>,
    /// By term: entries with their new weights; 0 where they do not have it any more.
    terms: HashMap<Box<str>, Packed>,
}

/// Postings in few bytes, as of a large site there are millions: of each how far its entry is from the
/// one before, and in the lowest bits its weight; seven bits a byte, the lowest first.
#[derive(Debug, Default)]
struct Packed {
    bytes: Vec<u8>,
    last: u32,
}

/// Bits of a weight.
const WEIGHT: u32 = 4;
/// Of a byte after which others of the same number come.
const MORE: u8 = 0x80;

impl Packed {
    fn push(&mut self, Posting { entry, weight }: Posting) {
        let gap = u64::from(entry.wrapping_sub(self.last));
        self.last = entry;
        let mut number = gap << WEIGHT | u64::from(weight.min(postings::MOST));
        while number >= u64::from(MORE) {
            self.bytes.push(number.to_le_bytes()[0] | MORE);
            number >>= 7;
        }
        self.bytes.push(number.to_le_bytes()[0]);
    }

    fn unpack(&self) -> impl Iterator<Item = Posting> {
        let mut entry = 0_u32;
        let numbers = self.bytes.split_inclusive(|byte| byte & MORE == 0);
        numbers.map(move |bytes| {
            let bits = bytes.iter().rev().map(|byte| u64::from(byte & !MORE));
            let number = bits.fold(0_u64, |number, bits| number << 7 | bits);
            let gap = u32::try_from(number >> WEIGHT).unwrap_or_default();
            entry = entry.wrapping_add(gap);
            let weight = number.to_le_bytes()[0] & postings::MOST;
            Posting { entry, weight }
        })
    }
}

/// An index as it is now.
#[derive(Debug, Default)]
pub struct Built<T = String> {
    pub directory: Directory,
    /// By name: what was made of the texts of shards and pages; none for those that stay as they are.
    pub shards: BTreeMap<String, Option<T>>,
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
    pub fn add(&mut self, entry: u32, terms: &Terms) {
        for (term, weight) in terms {
            self.set(term, entry, *weight);
        }
    }

    /// An entry that stays where it is and has other terms.
    pub fn change(&mut self, entry: u32, before: &Terms, now: &Terms) {
        for term in before.keys().filter(|term| !now.contains_key(*term)) {
            self.set(term, entry, 0);
        }
        for (term, weight) in now {
            if before.get(term) != Some(weight) {
                self.set(term, entry, *weight);
            }
        }
    }

    fn set(&mut self, term: &str, entry: u32, weight: u8) {
        let posting = Posting { entry, weight };
        match self.terms.get_mut(term) {
            Some(postings) => postings.push(posting),
            None => {
                let mut postings = Packed::default();
                postings.push(posting);
                self.terms.insert(term.into(), postings);
            }
        }
    }

    /// The index with these changes; none if a shard of it cannot be read, or if it was small and is
    /// not any more, or the other way round. What is kept of each new text is what `keep` makes of it,
    /// with the name of its script: all texts of a large index are too many for the memory.
    pub fn applied<T>(
        self,
        index: &Index<'_>,
        keep: &mut dyn FnMut(&str, String) -> T,
    ) -> Option<Built<T>> {
        if !index.becomes(self.entries) {
            return None;
        }
        let mut changed: Vec<(Box<str>, Packed)> = self.terms.into_iter().collect();
        changed.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        let (keys, mut postings): (Vec<_>, Vec<_>) = changed.into_iter().unzip();
        let mut derived = (!is_small(self.entries)).then(Derived::default);
        let mut scripts = Scripts::new(keep);
        let edit = Edit {
            keys: keys.iter().map(|key| &**key).collect(),
            is_everywhere: self.moved.is_some(),
            is_small: is_small(self.entries),
        };
        let terms = edit.apply(index, Table::Terms, &mut scripts, |term, value| {
            let mut now = value.map(postings::read).unwrap_or_default();
            let before = now.len();
            if let Some(moved) = &self.moved {
                renumber(&mut now, moved);
            }
            if let Ok(at) = keys.binary_search_by(|key| (**key).cmp(term)) {
                merge(&mut now, &std::mem::take(&mut postings[at]));
            }
            if let Some(derived) = &mut derived {
                derived.note(term, before, now.len());
            }
            (!now.is_empty()).then(|| postings::write(&now))
        });
        drop((keys, postings));
        let Derived {
            words,
            pairs,
            sounds,
        } = derived.unwrap_or_default();
        let words = words.apply(index, Table::Words, &mut scripts);
        let pairs = pairs.apply(index, Table::Pairs, &mut scripts);
        let sounds = sounds.apply(index, Table::Sounds, &mut scripts);
        (!index.is_broken()).then(|| Built {
            directory: Directory::new(self.entries, [terms, words, pairs, sounds]),
            shards: scripts.kept,
        })
    }
}

/// Gives each entry its new number; those that have none are no more.
fn renumber(postings: &mut Vec<Posting>, moved: &[Option<u32>]) {
    postings.retain_mut(|posting| {
        let entry = moved.get(posting.entry as usize).copied().flatten();
        posting.entry = entry.unwrap_or(posting.entry);
        entry.is_some()
    });
}

/// Puts the changed postings in the place of those of the same entries.
fn merge(all: &mut Vec<Posting>, changed: &Packed) {
    let is_new = all.is_empty();
    if !is_new {
        let touched: BTreeSet<u32> = changed.unpack().map(|one| one.entry).collect();
        all.retain(|posting| !touched.contains(&posting.entry));
    }
    all.extend(changed.unpack().filter(|posting| posting.weight > 0));
    if !is_new {
        all.sort_unstable_by_key(|posting| posting.entry);
    }
}

/// Rows of the other tables that a change of terms brings.
#[derive(Default)]
struct Derived {
    words: Rows,
    pairs: Rows,
    sounds: Rows,
}

/// Keys that are new, change or go, with what is then in their values, which are a digit or empty.
#[derive(Default)]
struct Rows(Vec<(Box<str>, Option<Bits>)>);

/// The number that a value says.
type Bits = Option<u8>;

impl Derived {
    /// Notes that a term has another number of holders.
    fn note(&mut self, term: &str, before: usize, now: usize) {
        let row = (now > 0).then_some(None);
        let is_other = (before > 0) != (now > 0);
        if is_other && is_pair(term) {
            let key: String = term.chars().rev().collect();
            self.pairs.0.push((key.into(), row));
        }
        if is_other && is_word(term) {
            self.words.0.push((term.into(), row));
        }
        if bits(before) != bits(now) && sound::is_heard(term) {
            let value = (now > 0).then(|| u8::try_from(bits(now)).ok());
            let keys = sound::keys_of_latin(term).into_iter();
            let rows = keys.map(|key| (format!("{key} {term}").into(), value));
            self.sounds.0.extend(rows);
        }
    }
}

impl Rows {
    fn apply<T>(mut self, index: &Index<'_>, table: Table, scripts: &mut Scripts<'_, T>) -> List {
        self.0.sort_unstable();
        let edit = Edit {
            keys: self.0.iter().map(|(key, _)| &**key).collect(),
            is_everywhere: false,
            is_small: false,
        };
        edit.apply(index, table, scripts, |key, _| {
            let at = self.0.binary_search_by(|(own, _)| (**own).cmp(key)).ok()?;
            let bits = self.0[at].1?;
            Some(bits.map_or(String::new(), |bits| digit(usize::from(bits)).into()))
        })
    }
}

/// The index of entries with these terms, in their order.
pub fn whole(entries: impl IntoIterator<Item = Terms>) -> Built {
    let mut changes = Changes::default();
    for (entry, terms) in (0..).zip(entries) {
        changes.entries += 1;
        changes.add(entry, &terms);
    }
    let none = Index::open(&Directory::default(), |_, _| None);
    none.and_then(|none| changes.applied(&none, &mut |_, text| text))
        .unwrap_or_default()
}

impl Built {
    /// The index, if all its shards were made.
    pub fn open(&self) -> Option<Index<'_>> {
        Index::open(&self.directory, |name, _| self.shards.get(name)?.clone())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn terms() -> impl Strategy<Value = Terms> {
        let terms = proptest::collection::btree_map(
            "[가-갏][나-낳]|[a-c]{1,5}|[가-갏]\\$",
            1_u8..=15,
            0..60,
        );
        terms.prop_map(Terms::from_iter)
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
                        None => changes.add(number, terms),
                    }
                }
                changes.renumber(moved);
            } else {
                for (at, terms) in &changed {
                    changes.change(u32::try_from(*at).unwrap(), &before[*at], terms);
                }
            }
            let built = changes.applied(&index, &mut |_, text| text).unwrap();
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
        changes.change(7, &before[7], &now[7]);
        let built = changes.applied(&index, &mut |_, text| text).unwrap();
        let made = built.shards.values().flatten().count();
        assert!(
            built.shards.len() > 10 && made < 8,
            "{made} of {}",
            built.shards.len()
        );
        assert_eq!(built.directory, whole(now).directory);
    }
}
