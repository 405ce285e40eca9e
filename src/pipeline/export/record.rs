//! The list, in an exported folder, of the files that docsite wrote there.
//!
//! Before files are replaced it has the hashes of the old and the new bytes of each, so that a run
//! that is killed leaves no file that the next one does not know. Not here: what follows (`plan`).

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

use crate::disk::{self, Placed};
use crate::fingerprint::Fingerprint;
use crate::output::mark;
use crate::output::page_state;

/// Relative to the exported folder.
pub(super) const PATH: &str = "assets/docsite/exported.json";
const VERSION: u32 = 1;

#[derive(Debug, Default, Serialize, Deserialize)]
struct Written {
    version: u32,
    /// Hashes by path, with a space between those of one file.
    files: BTreeMap<String, String>,
    /// For each compressed file, the hash of what it was made from.
    compressed: BTreeMap<String, String>,
}

#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Record {
    /// The hashes of bytes that docsite wrote at each path.
    pub(super) files: BTreeMap<String, BTreeSet<Fingerprint>>,
    pub(super) compressed: BTreeMap<String, Fingerprint>,
    /// The hash of the list itself, where there is one.
    own: Option<Fingerprint>,
}

impl Record {
    /// # Errors
    ///
    /// If there is a list that cannot be trusted.
    pub(super) fn read(folder: &Path) -> Result<Self> {
        let file = folder.join(PATH);
        if let Some((link, _)) = page_state::obstacle(folder, PATH) {
            bail!("{} is not a directory", folder.join(link).display());
        }
        let Some(bytes) = disk::read_whole(&file)? else {
            return Ok(Self::default());
        };
        let about = || {
            format!(
                "{} was changed: it says which files docsite may replace. Restore it, or export to \
                 an empty directory",
                file.display()
            )
        };
        if !mark::read(&bytes).is_some_and(|mark| mark.intact) {
            bail!(about());
        }
        let written: Written = serde_json::from_slice(&bytes).with_context(about)?;
        if written.version != VERSION {
            bail!("{} is of another version of docsite", file.display());
        }
        let is_inside = |path: &str| path.split('/').all(|part| !matches!(part, "" | "." | ".."));
        let files = written
            .files
            .into_iter()
            .filter(|(path, _)| is_inside(path));
        let prints = |text: String| text.split(' ').filter_map(Fingerprint::parse).collect();
        let compressed = written.compressed.into_iter();
        Ok(Self {
            files: files.map(|(path, text)| (path, prints(text))).collect(),
            compressed: compressed
                .filter_map(|(path, text)| Some((path, Fingerprint::parse(&text)?)))
                .collect(),
            own: Some(Fingerprint::of(&bytes)),
        })
    }

    /// Whether docsite wrote these bytes at this path.
    pub(super) fn is_own(&self, path: &str, print: Fingerprint) -> bool {
        self.files.get(path).is_some_and(|own| own.contains(&print))
    }

    /// Takes note of what is written at a path, besides what was before.
    pub(super) fn add(&mut self, path: &str, print: Fingerprint) {
        self.files.entry(path.to_owned()).or_default().insert(print);
    }

    /// Whether there is a list in the folder.
    pub(super) fn is_there(&self) -> bool {
        self.own.is_some()
    }

    /// It is to replace another list.
    pub(super) fn follow(&mut self, other: &Self) {
        self.own = other.own;
    }

    /// Writes it, if it is not the same already.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub(super) fn write(&mut self, folder: &Path) -> Result<()> {
        let bytes = self.bytes()?;
        let print = Fingerprint::of(&bytes);
        if self.own == Some(print) {
            return Ok(());
        }
        let file = folder.join(PATH);
        disk::make_folder(file.parent().unwrap_or(folder))?;
        if disk::replace(&file, &bytes, self.own)? == Placed::Changed {
            bail!("{} was changed by another program", file.display());
        }
        self.own = Some(print);
        Ok(())
    }

    fn bytes(&self) -> Result<Vec<u8>> {
        let joined = |prints: &BTreeSet<Fingerprint>| {
            let prints: Vec<String> = prints.iter().map(Fingerprint::to_string).collect();
            prints.join(" ")
        };
        let files = self.files.iter();
        let compressed = self.compressed.iter();
        let written = Written {
            version: VERSION,
            files: files
                .map(|(path, prints)| (path.clone(), joined(prints)))
                .collect(),
            compressed: compressed
                .map(|(path, print)| (path.clone(), print.to_string()))
                .collect(),
        };
        let text = serde_json::to_string_pretty(&written).context(PATH)?;
        Ok(mark::json(&text, Fingerprint::of(text.as_bytes())))
    }
}
