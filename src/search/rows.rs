//! Sorted rows as texts: of each key what it does not share with the one before, then its value.
//! Rows are cut into shards where their own keys say so, so that a change leaves the cuts elsewhere.
//!
//! `Ccomb:A5,Dination:B` has two keys that begin with the two and three letters (UTF-16) of the one
//! before. Keys have letters, digits, `$`, `^` and blanks; values have no comma. Not here: what the
//! rows are (`index`).

use std::ops::Range;

use super::postings::{digit, number};
use crate::fingerprint::Fingerprint;

/// From its least size to twice that, a shard is cut before one row in so many; then before any.
const ONE_IN: u16 = 32;
/// Letters that a key may share with the one before: one digit.
const MOST_SHARED: usize = 63;

/// Rows as they are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shard {
    /// Its first key; empty for the first shard of a table, whatever it begins with.
    pub first: String,
    pub text: String,
}

/// Rows as one text, in the order of their keys.
#[derive(Debug, Default)]
pub(super) struct Text {
    text: String,
    last: String,
}

impl Text {
    pub(super) fn push(&mut self, key: &str, value: &str) {
        if !self.text.is_empty() {
            self.text.push(',');
        }
        let (units, bytes) = shared(&self.last, key);
        self.text.push(digit(units));
        self.text.push_str(&key[bytes..]);
        self.text.push(':');
        self.text.push_str(value);
        key.clone_into(&mut self.last);
    }

    pub(super) fn finish(self) -> String {
        self.text
    }
}

/// Rows as shards, in the order of their keys.
#[derive(Debug)]
pub(super) struct Writer {
    /// Bytes of a shard below which it is not cut.
    least: usize,
    first: String,
    rows: Text,
}

impl Writer {
    pub(super) fn new(least: usize) -> Self {
        Self {
            least,
            first: String::new(),
            rows: Text::default(),
        }
    }

    /// Whether a shard ends before this key.
    pub(super) fn ends_before(&self, key: &str) -> bool {
        let is_cut = || {
            Fingerprint::of(key.as_bytes())
                .short()
                .is_multiple_of(ONE_IN)
        };
        let length = self.rows.text.len();
        length >= 2 * self.least || length >= self.least && is_cut()
    }

    /// Adds a row; returns the shard that ends before it.
    pub(super) fn push(&mut self, key: &str, value: &str) -> Option<Shard> {
        let ended = if self.ends_before(key) {
            self.cut(key)
        } else {
            None
        };
        self.rows.push(key, value);
        ended
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.text.is_empty()
    }

    /// The rows so far, if there are some; `next` is the first key of what follows.
    pub(super) fn cut(&mut self, next: &str) -> Option<Shard> {
        let text = std::mem::take(&mut self.rows).finish();
        let first = std::mem::replace(&mut self.first, next.to_owned());
        (!text.is_empty()).then_some(Shard { first, text })
    }
}

/// What two keys share at their beginning, in units of UTF-16 and in bytes.
fn shared(one: &str, other: &str) -> (usize, usize) {
    let (mut units, mut bytes) = (0, 0);
    for (a, b) in one.chars().zip(other.chars()) {
        if a != b || units + a.len_utf16() > MOST_SHARED {
            break;
        }
        units += a.len_utf16();
        bytes += a.len_utf8();
    }
    (units, bytes)
}

/// Rows that were read.
#[derive(Debug, Default)]
pub(super) struct Rows {
    text: String,
    rows: Vec<(String, Range<usize>)>,
}

impl Rows {
    /// Reads what `Writer` wrote; nothing from a text that it did not.
    pub(super) fn read(text: String) -> Option<Self> {
        let mut rows: Vec<(String, Range<usize>)> = Vec::new();
        let mut at = 0;
        for row in text.split(',').filter(|row| !row.is_empty()) {
            let end = at + row.len();
            let shared = number(row.bytes().next()?)? as usize;
            let (own, value) = row.get(1..)?.split_once(':')?;
            let before = rows.last().map_or("", |(key, _)| key.as_str());
            let key = [&before[..bytes_of(before, shared)?], own].concat();
            if !rows.is_empty() && *key <= *before {
                return None;
            }
            rows.push((key, end - value.len()..end));
            at = end + 1;
        }
        Some(Self { text, rows })
    }

    /// Keys with values, ascending, from the first that is not before `key`.
    pub(super) fn from<'a>(
        &'a self,
        key: &str,
    ) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        let start = self.rows.partition_point(|(other, _)| other.as_str() < key);
        let rows = self.rows[start..].iter();
        rows.map(|(key, value)| (key.as_str(), &self.text[value.clone()]))
    }
}

fn bytes_of(text: &str, units: usize) -> Option<usize> {
    let mut left = units;
    for (at, c) in text.char_indices() {
        if left == 0 {
            return Some(at);
        }
        left = left.checked_sub(c.len_utf16())?;
    }
    (left == 0).then_some(text.len())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    const LEAST: usize = 4_000;

    fn shards(rows: &BTreeMap<String, String>) -> Vec<Shard> {
        let mut writer = Writer::new(LEAST);
        let mut all: Vec<Shard> = rows
            .iter()
            .filter_map(|(key, value)| writer.push(key, value))
            .collect();
        all.extend(writer.cut(""));
        all
    }

    proptest! {
        #[test]
        fn rows_read_back(rows in proptest::collection::btree_map("[가-힣a-z𝒜^$]{1,4}", "[A-Z;]{0,90}", 0..400)) {
            let mut read = BTreeMap::new();
            for shard in shards(&rows) {
                prop_assert!(shard.text.len() < 2 * LEAST + 200);
                let rows = Rows::read(shard.text).unwrap();
                read.extend(rows.from("").map(|(key, value)| (key.to_owned(), value.to_owned())));
            }
            prop_assert_eq!(read, rows);
        }

        #[test]
        fn any_text_is_read(text in ".{0,40}|[A-E가:,]{0,30}") {
            let _ = Rows::read(text);
        }
    }

    #[test]
    fn a_new_row_leaves_the_cuts_elsewhere() {
        let mut rows: BTreeMap<String, String> = (0..4000)
            .map(|number| (format!("k{number:04}"), "A".repeat(number % 50)))
            .collect();
        let before = shards(&rows);
        rows.insert("k1000a".to_owned(), "A".repeat(300));
        let after = shards(&rows);
        let same = after.iter().filter(|shard| before.contains(shard)).count();
        assert!(before.len() > 12, "{}", before.len());
        assert!(same + 3 >= before.len(), "{same} of {}", before.len());
    }
}
