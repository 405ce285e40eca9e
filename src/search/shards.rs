//! Makes the shards of tables: those that a change does not touch stay, and are not read. Each script is
//! passed on as soon as it is made.
//!
//! Not here: which rows change, and into what (`build`).

use std::collections::BTreeMap;

use super::index::{self, Index, List, Table};
use super::postings::digit;
use super::rows::{Shard, Text, Writer};
use crate::fingerprint::Fingerprint;

/// Bytes of a list of shards from which on it is in pages, and of a page below which it is not cut.
const LONG_LIST: usize = 1_000;
const PAGE: usize = 400;
/// Digits in a check.
pub const CHECK: usize = 3;

/// Which rows of a table may change.
pub(super) struct Edit<'k> {
    /// Keys of rows that are new, change or go, in ascending order.
    pub keys: Vec<&'k str>,
    /// Whether all others may too.
    pub is_everywhere: bool,
    /// Whether the index is small with them.
    pub is_small: bool,
}

impl Edit<'_> {
    /// Passes the rows through `change`, which gives the new value of one.
    pub(super) fn apply<T>(
        &self,
        index: &Index<'_>,
        table: Table,
        scripts: &mut Scripts<'_, T>,
        mut change: impl FnMut(&str, Option<&str>) -> Option<String>,
    ) -> List {
        let shards = index.shards(table);
        let end_of = |at: usize| shards.get(at + 1).map(|next| next.first.as_str());
        let mut writer = Writer::new(table.least(self.is_small));
        let mut made = Shards {
            table,
            scripts,
            listed: Listed::new(),
        };
        let mut keys = self.keys.iter().copied().peekable();
        for (at, shard) in shards.iter().enumerate() {
            let next = end_of(at).unwrap_or_default();
            let is_cut = if writer.is_empty() {
                at == 0 || !made.listed.is_empty()
            } else {
                writer.ends_before(&shard.first)
            };
            if is_cut && !self.is_read(&shards, at) {
                made.made(writer.cut(next));
                made.stays(shard);
                continue;
            }
            let mut put = |key: &str, value: Option<String>| {
                made.made(value.and_then(|value| writer.push(key, &value)));
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
            made.made(change(new, None).and_then(|value| writer.push(new, &value)));
        }
        made.made(writer.cut(""));
        made.list()
    }

    /// Whether a shard changes, or the one after it, of which it decides whether the first row is.
    fn is_read(&self, shards: &[&index::Shard], at: usize) -> bool {
        let from = shards[at].first.as_str();
        let to = shards.get(at + 2).map(|shard| shard.first.as_str());
        let first = self.keys.partition_point(|key| *key < from);
        let key = self.keys.get(first);
        self.is_everywhere || key.is_some_and(|key| to.is_none_or(|to| *key < to))
    }
}

/// The scripts of an index, each of which is passed on as soon as it is made.
pub(super) struct Scripts<'k, T> {
    keep: &'k mut dyn FnMut(&str, String) -> T,
    pub kept: BTreeMap<String, Option<T>>,
}

/// The first keys of the shards of a table, or of its pages, and their checks.
type Listed = Vec<(String, String)>;

impl<'k, T> Scripts<'k, T> {
    pub(super) fn new(keep: &'k mut dyn FnMut(&str, String) -> T) -> Self {
        Self {
            keep,
            kept: BTreeMap::new(),
        }
    }

    /// A new script; how it is listed.
    fn made(&mut self, name: String, Shard { first, text }: Shard) -> (String, String) {
        let check = check(Fingerprint::of(text.as_bytes()));
        let kept = (self.keep)(&name, text);
        self.kept.insert(name, Some(kept));
        (first, check)
    }
}

/// The shards of a table, in order.
struct Shards<'s, 'k, T> {
    table: Table,
    scripts: &'s mut Scripts<'k, T>,
    listed: Listed,
}

impl<T> Shards<'_, '_, T> {
    fn made(&mut self, shard: Option<Shard>) {
        self.listed.extend(shard.map(|shard| {
            let name = self.table.shard_name(&shard.first);
            self.scripts.made(name, shard)
        }));
    }

    fn stays(&mut self, index::Shard { first, check, .. }: &index::Shard) {
        let name = self.table.shard_name(first);
        self.scripts.kept.insert(name, None);
        self.listed.push((first.clone(), check.clone()));
    }

    /// How they are listed; the pages of a long list are scripts too.
    fn list(self) -> List {
        let rows = rows_of(&self.listed);
        if rows.len() < LONG_LIST {
            return List {
                rows,
                is_paged: false,
            };
        }
        let mut writer = Writer::new(PAGE);
        let ended = self.listed.iter();
        let ended = ended.filter_map(|(first, check)| writer.push(first, check));
        let mut pages: Vec<Shard> = ended.collect();
        pages.extend(writer.cut(""));
        let pages = pages.into_iter().map(|page| {
            let name = self.table.page_name(&page.first);
            self.scripts.made(name, page)
        });
        List {
            rows: rows_of(&pages.collect::<Listed>()),
            is_paged: true,
        }
    }
}

fn rows_of(listed: &[(String, String)]) -> String {
    let mut rows = Text::default();
    for (first, check) in listed {
        rows.push(first, check);
    }
    rows.finish()
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
