//! A plan: which files are what before and after, and what else there is to know.
//!
//! Not here: making one (`draft`).

use std::collections::BTreeMap;

use anyhow::Result;

use crate::disk::{self, Lock};
use crate::pipeline::site::Site;

/// What becomes of which files. Nothing is changed yet.
#[derive(Debug, Default)]
pub struct Plan {
    /// Sorted by the path that each has before.
    pub files: Vec<FileChange>,
    /// What follows, and what is not changed and may have to be.
    pub notes: Vec<Note>,
}

/// A file before and after, with its paths relative to the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileChange {
    /// `None` of a new file.
    pub from: Option<String>,
    /// `None` of a file that is removed.
    pub to: Option<String>,
    pub before: Vec<u8>,
    pub after: Vec<u8>,
    /// In the order of the changes.
    pub why: Vec<String>,
}

/// Something to know about a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// Relative to the site.
    pub path: String,
    pub line: Option<usize>,
    pub text: String,
}

impl Plan {
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Carries it out: all files are new afterwards, or all are old. Returns where bytes were set
    /// aside that no file has any more. `words`: the command, for the log of those.
    ///
    /// # Errors
    ///
    /// If a file changed since, or cannot be written: then nothing is changed.
    pub fn apply(&self, site: &Site, words: &str, lock: &Lock) -> Result<Vec<String>> {
        disk::change_all(&site.root, &self.changes(), words, lock)
    }

    /// Each path before and after: a file that moves leaves one and comes to another, which a third
    /// may leave.
    fn changes(&self) -> Vec<disk::Change> {
        type State = (Option<Vec<u8>>, Option<Vec<u8>>);
        let mut paths: BTreeMap<&str, State> = BTreeMap::new();
        for file in &self.files {
            if let Some(from) = &file.from {
                paths.entry(from).or_default().0 = Some(file.before.clone());
            }
            if let Some(to) = &file.to {
                paths.entry(to).or_default().1 = Some(file.after.clone());
            }
        }
        let changes = paths
            .into_iter()
            .map(|(path, (before, after))| disk::Change {
                path: path.to_owned(),
                before,
                after,
            });
        changes
            .filter(|change| change.before != change.after)
            .collect()
    }
}
