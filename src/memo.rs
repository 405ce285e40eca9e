//! Values that an earlier run made, by the hash of everything that they depend on, and those of this
//! run: what was made once is not made again.
//!
//! Kept between runs as bytes: the version of whoever wrote them, a checksum of the rest, then each
//! entry: key, length, value. Bytes that are cut, damaged, or of another version hold nothing. Not
//! here: the files (`store`), and what values mean. A value that its owner cannot decode is made again.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{LazyLock, Mutex, PoisonError};

use crate::fingerprint::Fingerprint;

/// Version and checksum.
const HEAD: usize = 2 * Fingerprint::WIDTH;
const LENGTH: usize = size_of::<u64>();

/// Which entries of earlier runs are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looked {
    /// The run asked for everything that the site needs: an entry that it did not use has no use.
    Whole,
    /// The run asked for a part: the entries that it did not use are kept, as far as there is room.
    Part,
}

/// Values by key. Shared by all threads.
#[derive(Debug)]
pub struct Memo {
    /// Read when it is first asked for something.
    stored: LazyLock<Stored, Load>,
    /// Of this run, before those that were stored; none for what is to be forgotten.
    made: Mutex<BTreeMap<Fingerprint, Option<Vec<u8>>>>,
}

type Load = Box<dyn FnOnce() -> Stored + Send>;

impl Default for Memo {
    /// Knows nothing of earlier runs.
    fn default() -> Self {
        Self::new(Fingerprint::of(b""), Vec::new)
    }
}

impl Memo {
    /// `load` gives what `to_bytes` returned in an earlier run.
    pub fn new(version: Fingerprint, load: impl FnOnce() -> Vec<u8> + Send + 'static) -> Self {
        Self {
            stored: LazyLock::new(Box::new(move || {
                Stored::read(load(), version).unwrap_or_default()
            })),
            made: Mutex::default(),
        }
    }

    /// A value of an earlier run, or of this one.
    pub fn get(&self, key: Fingerprint) -> Option<Cow<'_, [u8]>> {
        if let Some(entry) = self.stored.entries.get(&key) {
            entry.used.store(true, Ordering::Relaxed);
            return Some(Cow::Borrowed(&self.stored.bytes[entry.range.clone()]));
        }
        let made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        made.get(&key).cloned().flatten().map(Cow::Owned)
    }

    /// Keeps a value for the next run, in place of an earlier one.
    pub fn put(&self, key: Fingerprint, value: Vec<u8>) {
        match self.stored.entries.get(&key) {
            Some(entry) if self.stored.bytes[entry.range.clone()] == value => {
                entry.used.store(true, Ordering::Relaxed);
            }
            _ => self.set(key, Some(value)),
        }
    }

    /// Whether this run made or forgot anything.
    pub fn is_grown(&self) -> bool {
        let made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        !made.is_empty()
    }

    /// Keeps no value for the next run.
    pub fn forget(&self, key: Fingerprint) {
        if self.stored.entries.contains_key(&key) {
            self.set(key, None);
        } else {
            let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
            made.remove(&key);
        }
    }

    fn set(&self, key: Fingerprint, value: Option<Vec<u8>>) {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        made.insert(key, value);
    }

    /// What the next run is to read, if this one made or forgot anything: no more than `largest`
    /// bytes. Entries that this run did not use are the first to go.
    pub fn to_bytes(
        &self,
        version: Fingerprint,
        looked: Looked,
        largest: usize,
    ) -> Option<Vec<u8>> {
        let made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if made.is_empty() {
            return None;
        }
        let stored = self.stored.entries.iter();
        let stored = stored.filter(|(key, _)| !made.contains_key(key));
        let (used, unused): (Vec<_>, Vec<_>) =
            stored.partition(|(_, entry)| entry.used.load(Ordering::Relaxed));
        let value = |entry: &Entry| &self.stored.bytes[entry.range.clone()];
        let new = made.iter();
        let new = new.filter_map(|(key, bytes)| Some((*key, bytes.as_deref()?)));
        let mut kept: BTreeMap<Fingerprint, &[u8]> = new.collect();
        kept.extend(used.into_iter().map(|(key, entry)| (*key, value(entry))));
        if looked == Looked::Part {
            let unused: Vec<_> = unused
                .into_iter()
                .map(|(key, entry)| (*key, value(entry)))
                .collect();
            let all = kept.values().chain(unused.iter().map(|(_, value)| value));
            if HEAD + all.map(|value| size(value)).sum::<usize>() <= largest {
                kept.extend(unused);
            }
        }
        Some(written(&kept, version, largest))
    }
}

/// Bytes, and where each value is in them.
#[derive(Debug, Default)]
struct Stored {
    bytes: Vec<u8>,
    entries: HashMap<Fingerprint, Entry>,
}

#[derive(Debug)]
struct Entry {
    range: Range<usize>,
    used: AtomicBool,
}

impl Stored {
    /// None of bytes that are of another version, or not whole.
    fn read(bytes: Vec<u8>, version: Fingerprint) -> Option<Self> {
        let print = |at: usize| {
            let bytes = bytes.get(at..at.checked_add(Fingerprint::WIDTH)?)?;
            Some(Fingerprint::from_bytes(bytes.try_into().ok()?))
        };
        if print(0)? != version || print(Fingerprint::WIDTH)? != Fingerprint::of(&bytes[HEAD..]) {
            return None;
        }
        let mut entries = HashMap::new();
        let mut at = HEAD;
        while at < bytes.len() {
            let key = print(at)?;
            at += Fingerprint::WIDTH;
            let length = bytes.get(at..at + LENGTH)?.try_into().ok()?;
            let length = usize::try_from(u64::from_le_bytes(length)).ok()?;
            let start = at + LENGTH;
            at = start
                .checked_add(length)
                .filter(|end| *end <= bytes.len())?;
            let used = AtomicBool::new(false);
            let range = start..at;
            entries.insert(key, Entry { range, used });
        }
        Some(Self { bytes, entries })
    }
}

/// How much an entry takes.
fn size(value: &[u8]) -> usize {
    Fingerprint::WIDTH + LENGTH + value.len()
}

fn written(
    entries: &BTreeMap<Fingerprint, &[u8]>,
    version: Fingerprint,
    largest: usize,
) -> Vec<u8> {
    let mut bytes = vec![0; HEAD];
    for (key, value) in entries {
        if bytes.len() + size(value) <= largest {
            bytes.extend(key.to_bytes());
            bytes.extend((value.len() as u64).to_le_bytes());
            bytes.extend(*value);
        }
    }
    let sum = Fingerprint::of(&bytes[HEAD..]);
    bytes[..Fingerprint::WIDTH].copy_from_slice(&version.to_bytes());
    bytes[Fingerprint::WIDTH..HEAD].copy_from_slice(&sum.to_bytes());
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: usize = 1 << 20;

    fn version() -> Fingerprint {
        Fingerprint::of(b"1")
    }

    fn key(name: &str) -> Fingerprint {
        Fingerprint::of(name.as_bytes())
    }

    fn opened(bytes: &[u8]) -> Memo {
        let bytes = bytes.to_vec();
        Memo::new(version(), move || bytes)
    }

    /// What is kept of entries `a` and `b`, each its own value.
    fn filled() -> Vec<u8> {
        let memo = Memo::default();
        for name in ["a", "b"] {
            memo.put(key(name), name.into());
        }
        memo.to_bytes(version(), Looked::Whole, ROOM).expect("new")
    }

    /// The names of `a`, `b` and `c` that are known.
    fn known(bytes: &[u8]) -> String {
        let memo = opened(bytes);
        let names = ["a", "b", "c"].into_iter();
        names
            .filter(|name| {
                memo.get(key(name))
                    .is_some_and(|value| *value == *name.as_bytes())
            })
            .collect()
    }

    #[test]
    fn what_was_made_is_known_to_this_run_and_the_next() {
        assert_eq!(known(&filled()), "ab");
        let memo = opened(&filled());
        memo.put(key("c"), b"c".to_vec());
        assert_eq!(memo.get(key("c")).as_deref(), Some(&b"c"[..]));
        assert_eq!(memo.get(key("d")), None);
    }

    #[test]
    fn nothing_new_is_nothing_to_write() {
        let memo = opened(&filled());
        memo.get(key("a"));
        memo.forget(key("x"));
        assert_eq!(memo.to_bytes(version(), Looked::Whole, ROOM), None);
    }

    #[test]
    fn only_a_run_that_looked_at_everything_drops_what_it_did_not_use() {
        for (looked, expected) in [(Looked::Whole, "ac"), (Looked::Part, "abc")] {
            let memo = opened(&filled());
            memo.get(key("a"));
            memo.put(key("c"), b"c".to_vec());
            let bytes = memo.to_bytes(version(), looked, ROOM).expect("new");
            assert_eq!(known(&bytes), expected);
        }
    }

    #[test]
    fn a_forgotten_value_is_gone_from_the_next_run() {
        let memo = opened(&filled());
        memo.forget(key("a"));
        let bytes = memo.to_bytes(version(), Looked::Part, ROOM).expect("new");
        assert_eq!(known(&bytes), "b");
    }

    #[test]
    fn no_more_is_written_than_fits_and_the_unused_go_first() {
        let memo = opened(&filled());
        memo.get(key("a"));
        memo.put(key("c"), b"c".to_vec());
        let two = HEAD + 2 * size(b"x");
        for (largest, expected) in [(two + size(b"x"), "abc"), (two, "ac"), (HEAD, "")] {
            let bytes = memo.to_bytes(version(), Looked::Part, largest);
            let bytes = bytes.expect("new");
            assert!(bytes.len() <= largest);
            assert_eq!(known(&bytes), expected);
        }
    }

    #[test]
    fn bytes_that_are_not_whole_hold_nothing() {
        let bytes = filled();
        for cut in 0..bytes.len() {
            assert_eq!(known(&bytes[..cut]), "", "{cut}");
        }
        for at in 0..bytes.len() {
            let mut torn = bytes.clone();
            torn[at] ^= 1;
            assert_eq!(known(&torn), "", "{at}");
        }
        assert_eq!(known(&[bytes.clone(), bytes].concat()), "");
    }

    #[test]
    fn bytes_of_another_version_hold_nothing() {
        let bytes = filled();
        let memo = Memo::new(Fingerprint::of(b"2"), move || bytes);
        assert_eq!(memo.get(key("a")), None);
    }

    #[test]
    fn a_length_beyond_the_end_is_rejected() {
        for length in [2, 1 << 40, u64::MAX] {
            let mut bytes = filled();
            let at = HEAD + Fingerprint::WIDTH;
            bytes[at..at + LENGTH].copy_from_slice(&length.to_le_bytes());
            let sum = Fingerprint::of(&bytes[HEAD..]).to_bytes();
            bytes[Fingerprint::WIDTH..HEAD].copy_from_slice(&sum);
            assert_eq!(known(&bytes), "", "{length}");
        }
    }
}
