//! What earlier imports wrote into a site, so that a note which changed since is the same document
//! again: kept in the site's cache, and of no other use.
//!
//! Not here: which document stays as it is (`fate`).

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use serde::{Deserialize, Serialize};

use crate::disk;
use crate::fingerprint::Fingerprint;
use crate::name::Basename;

const FILE: &str = "imports.json";
/// In bytes.
const LARGEST: u64 = 64 << 20;

/// By the notes' whole paths, what each became.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ledger {
    written: BTreeMap<String, Written>,
}

/// A document that an import wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Written {
    pub(super) name: Basename,
    /// The hash of its file as the import wrote it: another one means that somebody edited it.
    pub(super) bytes: Fingerprint,
}

impl Ledger {
    /// Reads that of a site; an empty one if there is none.
    pub(super) fn of(site: &Path) -> Self {
        let bytes = disk::read_cache(site, FILE, LARGEST).unwrap_or_default();
        serde_json::from_slice(&bytes).unwrap_or_default()
    }

    /// The document that an import made of a note, by the path of the note in its folder.
    pub(super) fn find(&self, folder: &Path, note: &str) -> Option<&Written> {
        self.written.get(&key(folder, note))
    }

    pub(super) fn add(&mut self, folder: &Path, note: &str, written: Written) {
        self.written.insert(key(folder, note), written);
    }

    /// Writes it into a site.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn write(&self, site: &Path) -> Result<()> {
        let bytes = serde_json::to_vec(self)?;
        disk::write_cache(site, FILE, &[bytes.into()])
    }
}

fn key(folder: &Path, note: &str) -> String {
    folder.join(note).to_string_lossy().into_owned()
}
