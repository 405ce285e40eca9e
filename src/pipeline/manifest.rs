//! The manifest of copies in the output, by which docsite knows, even with its cache gone, what it
//! wrote there itself.
//!
//! Not here: what is copied (`copies`).

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::disk;
use crate::fingerprint::Fingerprint;
use crate::output::mark;

use super::paths::{COPIED, HOST_FILES, MANIFEST};
use super::site::Site;

/// Version 1 listed what was wanted, even if it could not be written, and did not list binary files
/// whose originals were removed.
const VERSION: u32 = 2;

/// A copy by its path in the output, with the hash of its bytes.
pub type Entry = (String, Fingerprint);

#[derive(Debug, Default, Serialize, Deserialize)]
struct Manifest {
    version: u32,
    files: BTreeMap<String, String>,
}

/// The copies that docsite wrote, according to an unmodified manifest.
#[derive(Debug, Default)]
pub struct Written {
    pub version: u32,
    pub files: BTreeMap<String, Fingerprint>,
}

impl Written {
    /// Whether this version wrote it.
    pub fn is_current(&self) -> bool {
        self.version == VERSION
    }
}

/// Ignores paths outside of the copied folders.
pub fn read(site: &Site) -> Written {
    let Ok(Some(bytes)) = disk::read_whole(&site.output_file(MANIFEST)) else {
        return Written::default();
    };
    if !mark::read(&bytes).is_some_and(|mark| mark.intact) {
        return Written::default();
    }
    let manifest: Manifest = serde_json::from_slice(&bytes).unwrap_or_default();
    let is_ours = |path: &str| {
        let folder = path.split('/').next().unwrap_or_default();
        (COPIED.contains(&folder) || folder == "markdown" || HOST_FILES.contains(&path))
            && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
    };
    let files = manifest
        .files
        .into_iter()
        .filter(|(path, _)| is_ours(path))
        .filter_map(|(path, print)| Some((path, Fingerprint::parse(&print)?)))
        .collect();
    Written {
        version: manifest.version,
        files,
    }
}

/// The manifest's bytes.
///
/// # Errors
///
/// If it cannot be written as JSON.
pub fn bytes(copies: impl Iterator<Item = Entry>) -> Result<Vec<u8>> {
    let files = copies.map(|(path, print)| (path, print.to_string()));
    let manifest = Manifest {
        version: VERSION,
        files: files.collect(),
    };
    let text = serde_json::to_string_pretty(&manifest).context(MANIFEST)?;
    Ok(mark::json(&text, Fingerprint::of(text.as_bytes())))
}
