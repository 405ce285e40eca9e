//! What documents said of themselves when they were last read, in `.docsite/cache/`: a document
//! whose bytes and name are the same says the same.
//!
//! A cache: without it everything is read again, and comes out the same. Documents with a problem
//! are always read again, so that it is reported again. Not here: rendered pages.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use crate::disk;
use crate::fingerprint::{Fingerprint, Parts};
use crate::markdown::events::Dialect;
use crate::markdown::html::Labels;
use crate::model::document::{self, Document, Read};
use crate::model::front_matter;
use crate::name::Basename;

/// Under `.docsite/cache/`.
const NAME: &str = "documents";
/// The text of everything that decides what a document says of itself: another program's facts
/// are not believed.
const READER: [&str; 22] = [
    include_str!("../../Cargo.lock"),
    include_str!("../markdown/alert.rs"),
    include_str!("../markdown/autolink.rs"),
    include_str!("../markdown/escape.rs"),
    include_str!("../markdown/events.rs"),
    include_str!("../markdown/facts.rs"),
    include_str!("../markdown/fence.rs"),
    include_str!("../markdown/foreign.rs"),
    include_str!("../markdown/framed.rs"),
    include_str!("../markdown/notes.rs"),
    include_str!("../markdown/outline.rs"),
    include_str!("../markdown/prepare.rs"),
    include_str!("../markdown/raw.rs"),
    include_str!("../markdown/reading.rs"),
    include_str!("../markdown/sanitize.rs"),
    include_str!("../markdown/scheme.rs"),
    include_str!("../markdown/slug.rs"),
    include_str!("../markdown/spaced.rs"),
    include_str!("../model/document.rs"),
    include_str!("../diagnostic.rs"),
    include_str!("../name.rs"),
    include_str!("facts.rs"),
];
/// The file begins with the program's own hash, then that of the rest.
const HEAD: usize = 2 * WIDTH;
const WIDTH: usize = size_of::<u128>();

/// Facts of the run before, and those of this one. Shared by all threads.
#[derive(Debug, Default)]
pub struct Facts {
    stored: Vec<u8>,
    entries: HashMap<u128, Range<usize>>,
    used: Mutex<Used>,
}

#[derive(Debug, Default)]
struct Used {
    entries: BTreeMap<u128, Vec<u8>>,
    /// Whether any of them was not stored.
    grown: bool,
}

impl Facts {
    /// What the last run kept for this site; nothing where that cannot be read.
    pub fn open(site: &Path) -> Self {
        let stored = disk::read_cache(site, NAME).unwrap_or_default();
        let entries = entries(&stored).unwrap_or_default();
        Self {
            stored,
            entries,
            used: Mutex::default(),
        }
    }

    /// The facts of a document, from its file's bytes.
    pub fn read(&self, name: Basename, bytes: &[u8], dialect: Dialect, labels: &Labels) -> Read {
        let key = key(&name, bytes, dialect);
        if let Some(known) = self
            .entries
            .get(&key)
            .map(|range| &self.stored[range.clone()])
            && let Ok(document) = rmp_serde::from_slice::<Document>(known)
        {
            self.keep(key, known.to_vec(), false);
            return Read {
                document,
                body: None,
                sound: true,
                problems: Vec::new(),
            };
        }
        let read = document::read_whole(name, bytes, dialect, labels);
        if read.sound
            && read.problems.is_empty()
            && let Ok(known) = rmp_serde::to_vec(&read.document)
        {
            self.keep(key, known, true);
        }
        read
    }

    fn keep(&self, key: u128, known: Vec<u8>, is_new: bool) {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.entries.insert(key, known);
        used.grown |= is_new;
    }

    /// Keeps what this run used for the next one, if any of it is new.
    pub fn store(&self, site: &Path) {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        if used.grown {
            // Without it, the next run is slower; that is all.
            let _ = disk::write_cache(site, NAME, &bytes(&used.entries));
        }
    }
}

fn number(print: Fingerprint) -> u128 {
    u128::from_str_radix(&print.to_string(), 16).unwrap_or_default()
}

fn key(name: &Basename, bytes: &[u8], dialect: Dialect) -> u128 {
    let print = Fingerprint::of(bytes);
    number(
        Parts::default()
            .with(name.as_str())
            .with(print.to_string())
            .with(format!("{dialect:?}"))
            .finish(),
    )
}

fn version() -> u128 {
    let reader = READER.iter().chain(&front_matter::READER);
    let parts = reader.fold(Parts::default(), Parts::with);
    number(parts.finish())
}

/// Each entry: its key, its length, its bytes.
fn bytes(entries: &BTreeMap<u128, Vec<u8>>) -> Vec<u8> {
    let mut file = vec![0; HEAD];
    for (key, known) in entries {
        file.extend(key.to_le_bytes());
        file.extend((known.len() as u64).to_le_bytes());
        file.extend(known);
    }
    let rest = number(Fingerprint::of(&file[HEAD..]));
    file[..WIDTH].copy_from_slice(&version().to_le_bytes());
    file[WIDTH..HEAD].copy_from_slice(&rest.to_le_bytes());
    file
}

/// Where each entry's bytes are; none of a file that is not ours, or not whole.
fn entries(file: &[u8]) -> Option<HashMap<u128, Range<usize>>> {
    let head = |range: Range<usize>| Some(u128::from_le_bytes(file.get(range)?.try_into().ok()?));
    let is_ours = head(0..WIDTH)? == version();
    if !is_ours || head(WIDTH..HEAD)? != number(Fingerprint::of(&file[HEAD..])) {
        return None;
    }
    let mut entries = HashMap::new();
    let mut at = HEAD;
    while at < file.len() {
        let key = head(at..at + WIDTH)?;
        let length = file.get(at + WIDTH..at + WIDTH + size_of::<u64>())?;
        let length = usize::try_from(u64::from_le_bytes(length.try_into().ok()?)).ok()?;
        let start = at + WIDTH + size_of::<u64>();
        at = start.checked_add(length).filter(|end| *end <= file.len())?;
        entries.insert(key, start..at);
    }
    Some(entries)
}
