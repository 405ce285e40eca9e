//! Values that an earlier run made, by the hash of everything that they depend on, and those of this
//! run: what was made once is not made again.
//!
//! Kept between runs as bytes, in segments: the first has what was known when it was written, each of
//! the others what one later run added. A segment is the version of whoever wrote it, a checksum of the
//! rest, its length, then each entry: key, length, value. What is cut, damaged or of another version is
//! not used, nor is anything after it. Not here: the files (`store`), and what values mean. A value that
//! its owner cannot decode is made again.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::io;
use std::ops::{Deref, Range};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError, RwLock, RwLockReadGuard};

use crate::disk::{Piece, Spill, Spilled};
use crate::fingerprint::Fingerprint;

/// Bytes of values of a run that are kept in memory; what comes then is in a temporary file.
const MOST_HELD: usize = 8 << 20;
const LENGTH: usize = size_of::<u64>();
/// Version, checksum and length of a segment.
const HEAD: usize = 2 * Fingerprint::WIDTH + LENGTH;

/// Which entries of earlier runs are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looked {
    /// The run asked for everything that the site needs: an entry that it did not use has no use.
    Whole,
    /// The run asked for a part: the entries that it did not use are kept, as far as there is room.
    Part,
}

/// Bytes in pieces: of all values together there is no copy.
pub type Pieces<'a> = Vec<Piece<'a>>;

/// What is to be written for the next run.
#[derive(Debug, Clone)]
pub enum Written<'a> {
    /// In place of what was read.
    Whole(Pieces<'a>),
    /// After what was read: much less than that.
    Added {
        pieces: Pieces<'a>,
        /// How many bytes were read.
        after: u64,
    },
}

/// Values by key. Shared by all threads.
pub struct Memo {
    load: Load,
    /// Read when it is first asked for something.
    stored: RwLock<OnceLock<Stored>>,
    /// Before those that were stored.
    made: Mutex<Made>,
}

type Load = Box<dyn Fn() -> Stored + Send + Sync>;
type Values = BTreeMap<Fingerprint, Option<Value>>;

/// Values of this run; none for one that is to be forgotten.
#[derive(Default)]
struct Made {
    values: Values,
    /// In bytes.
    held: usize,
    spill: Option<Spill>,
    /// Whether they were passed to be written as they are.
    is_written: bool,
}

#[derive(Clone)]
enum Value {
    Held(Vec<u8>),
    Spilled(Spilled),
}

impl Made {
    fn put(&mut self, key: Fingerprint, value: Vec<u8>) {
        let value = if self.held + value.len() > MOST_HELD {
            self.spilled(value)
        } else {
            self.held += value.len();
            Value::Held(value)
        };
        self.change(key, Some(value));
    }

    fn change(&mut self, key: Fingerprint, value: Option<Value>) {
        self.is_written = false;
        self.values.insert(key, value);
    }

    /// In memory where there is no place for a file.
    fn spilled(&mut self, value: Vec<u8>) -> Value {
        if self.spill.is_none() {
            self.spill = Spill::new().ok();
        }
        let spilled = self
            .spill
            .as_ref()
            .and_then(|spill| spill.keep(&value).ok());
        spilled.map_or(Value::Held(value), Value::Spilled)
    }
}

impl Value {
    fn piece(&self) -> Piece<'_> {
        match self {
            Self::Held(bytes) => bytes.as_slice().into(),
            Self::Spilled(bytes) => Piece::Spilled(bytes),
        }
    }
}

impl Default for Memo {
    /// Knows nothing of earlier runs.
    fn default() -> Self {
        Self::new(Fingerprint::of(b""), Vec::new)
    }
}

impl fmt::Debug for Memo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memo").finish_non_exhaustive()
    }
}

impl Memo {
    /// `load` gives what the next run was to read.
    pub fn new(version: Fingerprint, load: impl Fn() -> Vec<u8> + Send + Sync + 'static) -> Self {
        Self {
            load: Box::new(move || Stored::read(load(), version)),
            stored: RwLock::default(),
            made: Mutex::default(),
        }
    }

    /// What `read` makes of a value of an earlier run, or of this one; none if there is no value.
    pub fn read<T>(&self, key: Fingerprint, read: impl FnOnce(&[u8]) -> Option<T>) -> Option<T> {
        let stored = self.stored();
        if let Some(entry) = stored.entries.get(&key) {
            entry.used.store(true, Ordering::Relaxed);
            return read(&stored.bytes[entry.range.clone()]);
        }
        drop(stored);
        // Many threads read, each for a while.
        let made = self.made().values.get(&key).cloned().flatten()?;
        read(&made.piece().bytes().ok()?)
    }

    pub fn get(&self, key: Fingerprint) -> Option<Vec<u8>> {
        self.read(key, |value| Some(value.to_vec()))
    }

    /// Notes that a value is still of use.
    pub fn need(&self, key: Fingerprint) {
        self.read(key, |_| Some(()));
    }

    /// Keeps a value for the next run, in place of an earlier one.
    pub fn put(&self, key: Fingerprint, mut value: Vec<u8>) {
        value.shrink_to_fit();
        let stored = self.stored();
        match stored.entries.get(&key) {
            Some(entry) if stored.bytes[entry.range.clone()] == value => {
                entry.used.store(true, Ordering::Relaxed);
            }
            _ => self.made().put(key, value),
        }
    }

    /// Whether this run made or forgot anything that was not written yet.
    pub fn is_grown(&self) -> bool {
        let made = self.made();
        !made.is_written && !made.values.is_empty()
    }

    /// Keeps no value for the next run.
    pub fn forget(&self, key: Fingerprint) {
        if self.stored().entries.contains_key(&key) {
            self.made().change(key, None);
        } else {
            self.made().values.remove(&key);
        }
    }

    /// Frees the memory of all values: this run needs none of them any more.
    pub fn release(&self) {
        *self.made() = Made::default();
        self.replace(OnceLock::from(Stored::default()));
    }

    /// Frees the memory of all values: they are read again when one is asked for. One that was made
    /// and not written is made again. Those of a run that found none stay: what is more than a little
    /// of them is not in memory.
    pub fn rest(&self) {
        if self.stored().entries.is_empty() {
            return;
        }
        *self.made() = Made::default();
        self.replace(OnceLock::new());
    }

    fn replace(&self, stored: OnceLock<Stored>) {
        *self.stored.write().unwrap_or_else(PoisonError::into_inner) = stored;
    }

    /// Passes what is to be written for the next run, if there is anything new: no more than
    /// `largest` bytes in all. Entries that this run did not use are the first to go.
    pub fn write<R>(
        &self,
        version: Fingerprint,
        looked: Looked,
        largest: usize,
        write: impl FnOnce(Written<'_>) -> R,
    ) -> Option<R> {
        if !self.is_grown() {
            return None;
        }
        let mut made = self.made();
        made.is_written = true;
        let made = &made.values;
        let stored = self.stored();
        if stored.takes(made, looked, largest) {
            let added = made.iter();
            let added = added.filter_map(|(key, value)| Some((*key, value.as_ref()?.piece())));
            return Some(write(Written::Added {
                pieces: segment(added.collect(), version, largest).ok()?,
                after: stored.bytes.len() as u64,
            }));
        }
        let kept = stored.kept(made, looked, largest);
        Some(write(Written::Whole(segment(kept, version, largest).ok()?)))
    }

    fn stored(&self) -> Reading<'_> {
        Reading {
            stored: self.stored.read().unwrap_or_else(PoisonError::into_inner),
            load: &self.load,
        }
    }

    fn made(&self) -> MutexGuard<'_, Made> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is stored, while it is read.
struct Reading<'a> {
    stored: RwLockReadGuard<'a, OnceLock<Stored>>,
    load: &'a Load,
}

impl Deref for Reading<'_> {
    type Target = Stored;

    fn deref(&self) -> &Stored {
        self.stored.get_or_init(self.load)
    }
}

/// Bytes, and where each value is in them.
#[derive(Debug, Default)]
struct Stored {
    bytes: Vec<u8>,
    entries: HashMap<Fingerprint, Entry>,
    /// Whether all bytes are of use, so that others may follow them.
    is_whole: bool,
}

#[derive(Debug)]
struct Entry {
    range: Range<usize>,
    used: AtomicBool,
}

impl Stored {
    /// As much as is of this version, and not damaged.
    fn read(bytes: Vec<u8>, version: Fingerprint) -> Self {
        let mut stored = Self::default();
        let mut at = 0;
        while let Some((end, entries)) = read_segment(&bytes, at, version) {
            stored.entries.extend(entries);
            at = end;
        }
        stored.is_whole = at > 0 && at == bytes.len();
        stored.bytes = bytes;
        stored
    }

    fn value(&self, entry: &Entry) -> &[u8] {
        &self.bytes[entry.range.clone()]
    }

    /// Whether what this run made can follow what is there: it is little, and most of that is of use.
    fn takes(&self, made: &Values, looked: Looked, largest: usize) -> bool {
        if !self.is_whole || made.values().any(Option::is_none) {
            return false;
        }
        let is_idle = |key: &Fingerprint, entry: &Entry| {
            let is_used = looked == Looked::Part || entry.used.load(Ordering::Relaxed);
            !is_used || made.contains_key(key)
        };
        let entries = self.entries.iter();
        let of_use = entries.filter(|(key, entry)| !is_idle(key, entry));
        let of_use: usize = of_use
            .map(|(_, entry)| size(&self.value(entry).into()))
            .sum();
        let added = made.values().flatten();
        let added = HEAD + added.map(|value| size(&value.piece())).sum::<usize>();
        let all = self.bytes.len() + added;
        all <= largest && added <= of_use / 4 && of_use + added > all / 2
    }

    /// What was made, then what is used, then what is not, as far as there is room.
    fn kept<'a>(
        &'a self,
        made: &'a Values,
        looked: Looked,
        largest: usize,
    ) -> BTreeMap<Fingerprint, Piece<'a>> {
        let stored = self.entries.iter();
        let stored = stored.filter(|(key, _)| !made.contains_key(key));
        let (used, unused): (Vec<_>, Vec<_>) =
            stored.partition(|(_, entry)| entry.used.load(Ordering::Relaxed));
        let new = made.iter();
        let new = new.filter_map(|(key, value)| Some((*key, value.as_ref()?.piece())));
        let mut kept: BTreeMap<Fingerprint, Piece<'_>> = new.collect();
        let used = used.into_iter();
        kept.extend(used.map(|(key, entry)| (*key, self.value(entry).into())));
        if looked == Looked::Part {
            let unused = unused.into_iter();
            let unused: Vec<_> = unused
                .map(|(key, entry)| (*key, self.value(entry).into()))
                .collect();
            let all = kept.values().chain(unused.iter().map(|(_, value)| value));
            if HEAD + all.map(|value| size(value)).sum::<usize>() <= largest {
                kept.extend(unused);
            }
        }
        kept
    }
}

/// The entries of the segment at `at`, and its end; none if it is of another version, or not whole.
fn read_segment(
    bytes: &[u8],
    at: usize,
    version: Fingerprint,
) -> Option<(usize, Vec<(Fingerprint, Entry)>)> {
    let start = at.checked_add(HEAD)?;
    let sum = at + Fingerprint::WIDTH;
    if print(bytes, at)? != version {
        return None;
    }
    let end = start.checked_add(length(bytes, sum + Fingerprint::WIDTH)?)?;
    if print(bytes, sum)? != Fingerprint::of(bytes.get(sum + Fingerprint::WIDTH..end)?) {
        return None;
    }
    let mut entries = Vec::new();
    let mut at = start;
    while at < end {
        let key = print(bytes, at)?;
        at += Fingerprint::WIDTH;
        let value = at.checked_add(LENGTH)?;
        at = value.checked_add(length(bytes, at)?)?;
        if at > end {
            return None;
        }
        let used = AtomicBool::new(false);
        let range = value..at;
        entries.push((key, Entry { range, used }));
    }
    Some((end, entries))
}

fn print(bytes: &[u8], at: usize) -> Option<Fingerprint> {
    let bytes = bytes.get(at..at.checked_add(Fingerprint::WIDTH)?)?;
    Some(Fingerprint::from_bytes(bytes.try_into().ok()?))
}

fn length(bytes: &[u8], at: usize) -> Option<usize> {
    let bytes = bytes.get(at..at.checked_add(LENGTH)?)?;
    usize::try_from(u64::from_le_bytes(bytes.try_into().ok()?)).ok()
}

/// How much an entry takes.
fn size(value: &Piece<'_>) -> usize {
    Fingerprint::WIDTH + LENGTH + value.length()
}

fn segment(
    entries: BTreeMap<Fingerprint, Piece<'_>>,
    version: Fingerprint,
    largest: usize,
) -> io::Result<Pieces<'_>> {
    let mut length = 0;
    let mut pieces: Pieces<'_> = vec![Piece::from(Vec::new()), Piece::from(Vec::new())];
    for (key, value) in entries {
        if HEAD + length + size(&value) <= largest {
            length += size(&value);
            let head = [&key.to_bytes()[..], &(value.length() as u64).to_le_bytes()];
            pieces.push(head.concat().into());
            pieces.push(value);
        }
    }
    pieces[1] = (length as u64).to_le_bytes().to_vec().into();
    let sum = Fingerprint::of_pieces(pieces.iter().map(Piece::bytes))?;
    let prints = [version.to_bytes(), sum.to_bytes()];
    pieces[0] = prints.concat().into();
    Ok(pieces)
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
        Memo::new(version(), move || bytes.clone())
    }

    fn whole(memo: &Memo, looked: Looked, largest: usize) -> Vec<u8> {
        let written = memo.write(version(), looked, largest, |written| match written {
            Written::Whole(pieces) => joined(&pieces),
            other @ Written::Added { .. } => panic!("{other:?}"),
        });
        written.expect("something to write")
    }

    fn joined(pieces: &[Piece<'_>]) -> Vec<u8> {
        let bytes = pieces.iter().map(|piece| piece.bytes().expect("read"));
        bytes.collect::<Vec<_>>().concat()
    }

    fn writes(memo: &Memo) -> bool {
        memo.write(version(), Looked::Whole, ROOM, |_| ()).is_some()
    }

    /// The bytes that the next run reads.
    fn next(memo: &Memo, before: &[u8]) -> Vec<u8> {
        let next = memo.write(version(), Looked::Whole, ROOM, |written| match written {
            Written::Whole(pieces) => joined(&pieces),
            Written::Added { pieces, after } => {
                assert_eq!(after, before.len() as u64);
                [before, &joined(&pieces)].concat()
            }
        });
        next.unwrap_or_else(|| before.to_vec())
    }

    /// A hundred values of 100 bytes, written at once.
    fn large() -> Vec<u8> {
        let memo = Memo::default();
        for number in 0..100 {
            memo.put(key(&number.to_string()), vec![number; 100]);
        }
        whole(&memo, Looked::Whole, ROOM)
    }

    #[test]
    fn values_that_are_too_many_for_the_memory_are_kept_and_written() {
        let memo = Memo::default();
        let large = |number: u8| vec![number; MOST_HELD / 3];
        for number in 0..6 {
            memo.put(key(&number.to_string()), large(number));
        }
        assert!(memo.made().held <= MOST_HELD);
        memo.rest();
        let bytes = whole(&memo, Looked::Whole, MOST_HELD * 3);
        for memo in [memo, opened(&bytes)] {
            for number in 0..6 {
                let value = memo.get(key(&number.to_string()));
                assert!(value == Some(large(number)), "{number}");
            }
        }
    }

    fn use_all(memo: &Memo, numbers: Range<u8>) -> usize {
        let known = |number: &u8| {
            let value = memo.get(key(&number.to_string()));
            value.is_some_and(|value| value.contains(number))
        };
        numbers.filter(known).count()
    }

    /// What is kept of entries `a` and `b`, each its own value.
    fn filled() -> Vec<u8> {
        let memo = Memo::default();
        for name in ["a", "b"] {
            memo.put(key(name), name.into());
        }
        whole(&memo, Looked::Whole, ROOM)
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
    fn what_rests_is_read_again() {
        let stored = large();
        let memo = opened(&stored);
        assert!(memo.get(key("7")).is_some());
        memo.rest();
        assert_eq!(memo.get(key("7")), Some(vec![7; 100]));
        memo.release();
        assert_eq!(memo.get(key("7")), None);
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
        assert!(!writes(&memo));
    }

    #[test]
    fn only_a_run_that_looked_at_everything_drops_what_it_did_not_use() {
        for (looked, expected) in [(Looked::Whole, "ac"), (Looked::Part, "abc")] {
            let memo = opened(&filled());
            memo.get(key("a"));
            memo.put(key("c"), b"c".to_vec());
            let bytes = whole(&memo, looked, ROOM);
            assert_eq!(known(&bytes), expected);
        }
    }

    #[test]
    fn a_forgotten_value_is_gone_from_the_next_run() {
        let memo = opened(&filled());
        memo.forget(key("a"));
        let bytes = whole(&memo, Looked::Part, ROOM);
        assert_eq!(known(&bytes), "b");
    }

    #[test]
    fn no_more_is_written_than_fits_and_the_unused_go_first() {
        let one = size(&Piece::from(&b"x"[..]));
        let two = HEAD + 2 * one;
        for (largest, expected) in [(two + one, "abc"), (two, "ac"), (HEAD, "")] {
            let memo = opened(&filled());
            memo.get(key("a"));
            memo.put(key("c"), b"c".to_vec());
            let bytes = whole(&memo, Looked::Part, largest);
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
    }

    #[test]
    fn a_little_is_added_after_what_is_there() {
        let mut bytes = large();
        for number in 100..110 {
            let memo = opened(&bytes);
            assert_eq!(use_all(&memo, 0..110), usize::from(number));
            memo.put(key(&number.to_string()), vec![number; 100]);
            let after = next(&memo, &bytes);
            assert!(after.starts_with(&bytes), "{number}");
            bytes = after;
        }
        assert_eq!(use_all(&opened(&bytes), 0..110), 110);
    }

    #[test]
    fn a_later_value_is_used_in_place_of_an_earlier_one() {
        let bytes = large();
        let memo = opened(&bytes);
        use_all(&memo, 0..100);
        memo.put(key("7"), b"new".to_vec());
        let memo = opened(&next(&memo, &bytes));
        assert_eq!(memo.get(key("7")).as_deref(), Some(&b"new"[..]));
    }

    #[test]
    fn an_addition_that_is_cut_or_damaged_leaves_what_was_there() {
        let before = large();
        let memo = opened(&before);
        use_all(&memo, 0..100);
        memo.put(key("100"), vec![100; 100]);
        let bytes = next(&memo, &before);
        for cut in before.len()..bytes.len() {
            assert_eq!(use_all(&opened(&bytes[..cut]), 0..110), 100, "{cut}");
        }
        for at in before.len()..bytes.len() {
            let mut torn = bytes.clone();
            torn[at] ^= 1;
            let memo = opened(&torn);
            assert_eq!(use_all(&memo, 0..110), 100, "{at}");
            // Nothing follows what cannot be read.
            memo.put(key("101"), vec![101; 100]);
            assert!(!next(&memo, &torn).starts_with(&torn), "{at}");
        }
    }

    #[test]
    fn a_file_that_is_mostly_of_no_use_is_written_anew() {
        let bytes = large();
        let memo = opened(&bytes);
        use_all(&memo, 0..30);
        memo.put(key("100"), vec![100; 100]);
        let after = next(&memo, &bytes);
        assert!(after.len() < bytes.len() / 2);
        assert_eq!(use_all(&opened(&after), 0..110), 31);
        let mut bytes = large();
        for round in 0..300_u16 {
            let memo = opened(&bytes);
            use_all(&memo, 0..100);
            memo.put(key("0"), round.to_le_bytes().repeat(50));
            bytes = next(&memo, &bytes);
        }
        assert!(bytes.len() < 3 * large().len());
    }

    #[test]
    fn released_values_are_gone_from_this_run() {
        let memo = opened(&filled());
        memo.put(key("c"), b"c".to_vec());
        memo.release();
        for name in ["a", "c"] {
            assert_eq!(memo.get(key(name)), None);
        }
        assert!(!writes(&memo));
    }

    #[test]
    fn bytes_of_another_version_hold_nothing() {
        let bytes = filled();
        let memo = Memo::new(Fingerprint::of(b"2"), move || bytes.clone());
        assert_eq!(memo.get(key("a")), None);
    }

    #[test]
    fn a_length_beyond_the_end_is_rejected() {
        for length in [2, 1 << 40, u64::MAX] {
            let mut bytes = filled();
            let at = HEAD + Fingerprint::WIDTH;
            bytes[at..at + LENGTH].copy_from_slice(&length.to_le_bytes());
            let summed = 2 * Fingerprint::WIDTH;
            let sum = Fingerprint::of(&bytes[summed..]).to_bytes();
            bytes[Fingerprint::WIDTH..summed].copy_from_slice(&sum);
            assert_eq!(known(&bytes), "", "{length}");
        }
    }
}
