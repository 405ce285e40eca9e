//! Lists folders, sorted. Links are listed and not followed.

use std::fs::Metadata;
use std::io;
use std::path::Path;

use anyhow::{Context, Result};
use walkdir::WalkDir;

use super::kind::{Kind, is_absent, kind, kind_of, slashed};

/// An entry of a folder, or of all folders below one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Relative to the listed folder, with `/`. A name that is not UTF-8 is shown with
    /// replacement characters, and `readable` is false.
    pub path: String,
    pub kind: Kind,
    /// In bytes; 0 for anything but a file.
    pub size: u64,
    /// Whether `path` is the file's exact name.
    pub readable: bool,
}

/// A folder whose content could not be listed.
#[derive(Debug)]
pub struct Unlisted {
    /// Relative to the folder that was walked; empty for that folder itself.
    pub path: String,
    pub why: io::Error,
}

/// The entries of one folder, sorted by name; empty if it does not exist.
///
/// # Errors
///
/// If the folder cannot be read.
pub fn list(folder: &Path) -> Result<Vec<Entry>> {
    walk(folder, 1, |_| true)
}

/// Everything below a folder, sorted; links are listed and not followed. `enter` decides, by the
/// path relative to the folder, which entries are listed and which folders are entered.
///
/// # Errors
///
/// If a folder cannot be read.
pub fn walk(folder: &Path, depth: usize, enter: impl Fn(&str) -> bool) -> Result<Vec<Entry>> {
    let mut failures = Vec::new();
    let entries = walk_what_can_be(folder, depth, enter, &mut failures);
    match failures.into_iter().next() {
        Some(Unlisted { why, .. }) => {
            Err(why).with_context(|| format!("cannot list {}", folder.display()))
        }
        None => Ok(entries),
    }
}

/// Like `walk`, but skips folders that cannot be read and adds them to `failures`.
pub fn walk_what_can_be(
    folder: &Path,
    depth: usize,
    enter: impl Fn(&str) -> bool,
    failures: &mut Vec<Unlisted>,
) -> Vec<Entry> {
    let relative = |path: &Path| {
        let path = path.strip_prefix(folder).unwrap_or(path);
        (path.to_str().is_some(), slashed(path))
    };
    match kind(folder) {
        Ok(Kind::Absent) => return Vec::new(),
        Ok(_) => {}
        Err(why) => {
            let path = String::new();
            failures.push(Unlisted { path, why });
            return Vec::new();
        }
    }
    let mut entries = Vec::new();
    let walker = WalkDir::new(folder)
        .min_depth(1)
        .max_depth(depth)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| enter(&relative(entry.path()).1));
    for entry in walker {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().map(|path| relative(path).1);
                let path = path.unwrap_or_default();
                let why = error.into_io_error();
                let why = why.unwrap_or_else(|| io::Error::other("is a loop of symbolic links"));
                // One that vanished while its parent was listed is gone.
                if !is_absent(&why) {
                    failures.push(Unlisted { path, why });
                }
                continue;
            }
        };
        let (readable, path) = relative(entry.path());
        let kind = kind_of(entry.file_type());
        let metadata = match kind {
            Kind::File => entry.metadata().ok(),
            _ => None,
        };
        entries.push(Entry {
            path,
            kind,
            size: metadata.as_ref().map_or(0, Metadata::len),
            readable,
        });
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk::read;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().expect("a folder")
    }

    #[cfg(unix)]
    #[test]
    fn links_are_listed_and_not_read() {
        let folder = folder();
        std::os::unix::fs::symlink("/etc/passwd", folder.path().join("x.md")).expect("linked");
        let entries = list(folder.path()).expect("listed");
        assert_eq!(entries[0].kind, Kind::Link);
        assert!(read(&folder.path().join("x.md")).is_err());
    }
}
