//! The index: tables of sorted rows, of which only the shards are read that a query needs.
//!
//! - terms: each term with its postings;
//! - words: the Latin terms alone, to find those that are nearly what was typed;
//! - pairs: pairs of syllables, the second first, to find those that differ in the first;
//! - sounds: Latin words by their first consonants, with how many entries hold them.
//!
//! A small index has the terms alone, from which the others follow. Where the list of a table's shards
//! is long, it is in pages, of which a query reads those that it needs.
//!
//! Not here: making it (`build`), and what a row looks like (`rows`, `postings`).

use std::cell::{Cell, OnceCell};
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::postings::{self, Posting, number};
use super::rows::Rows;
use super::sound;
use super::terms::is_latin;

/// Entries of an index that is small: a query can read all its terms.
const FEW: u32 = 64;
/// Latin words that may be meant by one with mistakes, in letters.
const SHORTEST_WORD: usize = 3;

/// What leads to the shards: the first script that a search loads.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Directory {
    pub entries: u32,
    tables: [List; TABLES],
}

/// The shards of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct List {
    /// The first key of each shard with its check; or of each page, which has the same of its shards.
    pub rows: String,
    pub is_paged: bool,
}

pub(super) const TABLES: usize = 4;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Table {
    Terms,
    Words,
    Pairs,
    Sounds,
}

impl Table {
    pub(super) const ALL: [Self; TABLES] = [Self::Terms, Self::Words, Self::Pairs, Self::Sounds];
    /// The names of their shards begin with these.
    const LETTERS: [char; TABLES] = ['t', 'w', 'p', 's'];

    /// Bytes of a shard below which it is not cut. Of the terms of a large index a query asks for
    /// single rows, of other tables, and of a small index, for many.
    pub(super) fn least(self, is_small: bool) -> usize {
        match self {
            Self::Terms if !is_small => 1_400,
            _ => 5_000,
        }
    }

    /// The name of a shard by its first key, of lower-case letters, digits, `-` and `_`: a letter that
    /// is not one of these is the hexadecimal digits of its units in UTF-16.
    pub(super) fn shard_name(self, first: &str) -> String {
        let mut name = format!("{}-", Self::LETTERS[self as usize]);
        for c in first.chars() {
            if c.is_ascii_lowercase() || c.is_ascii_digit() {
                name.push(c);
            } else {
                let mut units = [0; 2];
                let units = c.encode_utf16(&mut units).iter();
                name.extend(units.map(|unit| format!("_{unit:04x}")));
            }
        }
        name
    }

    /// The name of a page by the first key of its first shard.
    pub(super) fn page_name(self, first: &str) -> String {
        format!("d{}", self.shard_name(first))
    }
}

impl Directory {
    pub(super) fn new(entries: u32, tables: [List; TABLES]) -> Self {
        Self { entries, tables }
    }

    pub fn is_small(&self) -> bool {
        is_small(self.entries)
    }
}

/// Whether an index of so many entries is small.
pub fn is_small(entries: u32) -> bool {
    entries <= FEW
}

/// Whether a term is a Latin word that may be meant by one with mistakes.
pub(super) fn is_word(term: &str) -> bool {
    term.chars().next().is_some_and(is_latin) && term.chars().nth(SHORTEST_WORD - 1).is_some()
}

/// How many binary digits a number has; none for zero.
pub(super) fn bits(number: usize) -> u32 {
    usize::BITS - number.leading_zeros()
}

/// A shard that is read when it is needed.
#[derive(Debug)]
pub(super) struct Shard {
    pub first: String,
    pub check: String,
    rows: OnceCell<Rows>,
}

fn shards_in(rows: &Rows) -> Vec<Shard> {
    let shards = rows.from("").map(|(first, check)| Shard {
        first: first.to_owned(),
        check: check.to_owned(),
        rows: OnceCell::new(),
    });
    shards.collect()
}

/// The text of a shard or a page by its name and check.
type Load<'a> = Box<dyn Fn(&str, &str) -> Option<String> + 'a>;

/// Shards of a table that are listed together, in a script of their own if they have a check.
#[derive(Debug)]
struct Page {
    first: String,
    check: Option<String>,
    shards: OnceCell<Vec<Shard>>,
}

/// Reads shards of an index.
pub struct Index<'a> {
    entries: u32,
    tables: [Vec<Page>; TABLES],
    load: Load<'a>,
    is_broken: Cell<bool>,
    /// Of a small index: its words by the keys of their sounds.
    sounds: OnceCell<Sounds>,
}

/// Latin words with the bits of how many entries hold each, by a key of their sound.
type Sounds = BTreeMap<String, Vec<(String, u32)>>;

impl<'a> Index<'a> {
    /// The index with this directory; `load` gives the text of a shard or a page by its name and check.
    /// None if the directory was not written by a build.
    pub fn open(
        directory: &Directory,
        load: impl Fn(&str, &str) -> Option<String> + 'a,
    ) -> Option<Self> {
        let mut tables = std::array::from_fn(|_| Vec::new());
        for (list, pages) in directory.tables.iter().zip(&mut tables) {
            let rows = Rows::read(list.rows.clone())?;
            *pages = if list.is_paged {
                let listed = rows.from("");
                let page = |(first, check): (&str, &str)| Page {
                    first: first.to_owned(),
                    check: Some(check.to_owned()),
                    shards: OnceCell::new(),
                };
                listed.map(page).collect()
            } else {
                vec![Page {
                    first: String::new(),
                    check: None,
                    shards: shards_in(&rows).into(),
                }]
            };
        }
        Some(Self {
            entries: directory.entries,
            tables,
            load: Box::new(load),
            is_broken: Cell::new(false),
            sounds: OnceCell::new(),
        })
    }

    /// The names of all shards and pages, with the check that the text of each has.
    pub fn scripts(&self) -> impl Iterator<Item = (String, &str)> {
        Table::ALL.into_iter().flat_map(|table| {
            let pages = self.tables[table as usize].iter();
            let pages = pages.filter_map(move |page| {
                let check = page.check.as_deref()?;
                Some((table.page_name(&page.first), check))
            });
            let shards = self.shards(table).into_iter();
            let shards =
                shards.map(move |shard| (table.shard_name(&shard.first), shard.check.as_str()));
            pages.chain(shards)
        })
    }

    /// Whether a shard that was needed, or a page, could not be read: answers lack what it holds.
    pub fn is_broken(&self) -> bool {
        self.is_broken.get()
    }

    /// How many entries there are.
    pub fn entries(&self) -> f64 {
        f64::from(self.entries)
    }

    /// Whether an index of so many entries is made from it by changes of its rows.
    pub(super) fn becomes(&self, entries: u32) -> bool {
        let is_empty = self.shards(Table::Terms).is_empty();
        is_empty || is_small(self.entries) == is_small(entries)
    }

    /// The entries that hold a term, in order.
    pub fn get(&self, term: &str) -> Vec<Posting> {
        let value = self.value(Table::Terms, term);
        value.map(postings::read).unwrap_or_default()
    }

    pub fn has(&self, term: &str) -> bool {
        self.value(Table::Terms, term).is_some()
    }

    /// Whether a pair of syllables is a term. Pairs with the same second syllable are in one place.
    pub fn has_pair(&self, [first, second]: [char; 2]) -> bool {
        if is_small(self.entries) {
            return self.has(&String::from_iter([first, second]));
        }
        let key: String = [second, first].iter().collect();
        self.value(Table::Pairs, &key).is_some()
    }

    /// The terms that begin with a text, in order.
    pub fn beginning<'s>(&'s self, text: &'s str) -> impl Iterator<Item = &'s str> {
        self.keys(Table::Terms, text)
    }

    /// The Latin words that begin with a text, in order.
    pub fn words<'s>(&'s self, text: &'s str) -> impl Iterator<Item = &'s str> {
        let table = if is_small(self.entries) {
            Table::Terms
        } else {
            Table::Words
        };
        self.keys(table, text).filter(|term| is_word(term))
    }

    /// The Latin words with a key of their sound, and the bits of how many entries hold each.
    pub fn sounding(&self, key: &str) -> Vec<(String, u32)> {
        if is_small(self.entries) {
            let sounds = self.sounds.get_or_init(|| self.sounds_of_terms());
            return sounds.get(key).cloned().unwrap_or_default();
        }
        let begin = format!("{key} ");
        let rows = self.rows_from(Table::Sounds, &begin);
        let rows = rows.take_while(|(row, _)| row.starts_with(&begin));
        let words = rows.filter_map(|(row, bits)| {
            let word = row.get(begin.len()..)?;
            Some((word.to_owned(), number(bits.bytes().next()?)?))
        });
        words.collect()
    }

    fn sounds_of_terms(&self) -> Sounds {
        let mut sounds = Sounds::new();
        let latin = self.rows_from(Table::Terms, "a");
        for (term, postings) in latin.take_while(|(term, _)| *term < "{") {
            if sound::is_heard(term) {
                let holders = postings::read(postings).len();
                for key in sound::keys_of_latin(term) {
                    let words = sounds.entry(key).or_default();
                    words.push((term.to_owned(), bits(holders)));
                }
            }
        }
        sounds
    }

    fn keys<'s>(&'s self, table: Table, begin: &'s str) -> impl Iterator<Item = &'s str> {
        let rows = self.rows_from(table, begin);
        rows.map(|(key, _)| key)
            .take_while(move |key| key.starts_with(begin))
    }

    fn value(&self, table: Table, key: &str) -> Option<&str> {
        let (found, value) = self.rows_from(table, key).next()?;
        (found == key).then_some(value)
    }

    fn rows_from(&self, table: Table, key: &str) -> impl Iterator<Item = (&str, &str)> {
        let pages = &self.tables[table as usize];
        let after = pages.partition_point(|page| page.first.as_str() <= key);
        let pages = pages[after.saturating_sub(1)..].iter();
        let key = key.to_owned();
        let from = key.clone();
        let shards = pages.flat_map(move |page| {
            let shards = self.listed(table, page);
            let after = shards.partition_point(|shard| shard.first <= from);
            &shards[after.saturating_sub(1)..]
        });
        shards.flat_map(move |shard| self.rows(table, shard).from(&key))
    }

    pub(super) fn shards(&self, table: Table) -> Vec<&Shard> {
        let pages = self.tables[table as usize].iter();
        pages.flat_map(|page| self.listed(table, page)).collect()
    }

    /// The shards of a page; none if it cannot be read.
    fn listed<'s>(&'s self, table: Table, page: &'s Page) -> &'s [Shard] {
        page.shards.get_or_init(|| {
            let name = table.page_name(&page.first);
            let text = page
                .check
                .as_ref()
                .and_then(|check| (self.load)(&name, check));
            let rows = text.and_then(Rows::read);
            self.is_broken.set(self.is_broken.get() || rows.is_none());
            rows.map_or_else(Vec::new, |rows| shards_in(&rows))
        })
    }

    /// The rows of a shard; none if it cannot be read.
    pub(super) fn rows<'s>(&'s self, table: Table, shard: &'s Shard) -> &'s Rows {
        shard.rows.get_or_init(|| {
            let text = (self.load)(&table.shard_name(&shard.first), &shard.check);
            let rows = text.and_then(Rows::read);
            self.is_broken.set(self.is_broken.get() || rows.is_none());
            rows.unwrap_or_default()
        })
    }
}
