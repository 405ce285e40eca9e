//! Files that are found under another form of their name: where the file system does not tell case or
//! Unicode form apart, or lists names in a form of its own, that is no other file, and what removes
//! it removes the one that is wanted.
//!
//! Not here: two names of one file among the sources, which are findings.

use std::collections::BTreeMap;
use std::path::Path;

use crate::disk;
use crate::portable::folded;

/// The wanted files of a folder by their folded paths.
#[derive(Debug)]
pub(super) struct Wanted<'a> {
    folder: &'a Path,
    paths: BTreeMap<String, &'a str>,
}

impl<'a> Wanted<'a> {
    pub(super) fn new(folder: &'a Path, paths: impl Iterator<Item = &'a str>) -> Self {
        Self {
            folder,
            paths: paths.map(|path| (folded(path), path)).collect(),
        }
    }

    /// Whether a path is another form of a wanted one's, and the same file.
    pub(super) fn is_at(&self, path: &str) -> bool {
        self.other_form(path).is_some()
    }

    /// The wanted path of which this one is another form.
    pub(super) fn other_form(&self, path: &str) -> Option<&'a str> {
        let other = *self.paths.get(&folded(path))?;
        let file = |path: &str| self.folder.join(path);
        (other != path && disk::is_same(&file(path), &file(other))).then_some(other)
    }
}
