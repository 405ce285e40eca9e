//! Everything below a folder, as it was at one moment, and what another moment changed.
//!
//! Not here: what may change; each test says that.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::time::SystemTime;

use walkdir::WalkDir;

/// Everything below a folder, with bytes (or a link's target) and the time of its last change.
#[derive(Clone, PartialEq, Eq)]
pub struct Tree(BTreeMap<String, (Vec<u8>, SystemTime, u64)>);

impl Tree {
    pub fn of(folder: &Path) -> Self {
        let mut entries = BTreeMap::new();
        for entry in WalkDir::new(folder).sort_by_file_name() {
            let Ok(entry) = entry else { continue };
            let path = entry.path().strip_prefix(folder).unwrap();
            let metadata = entry.path().symlink_metadata().unwrap();
            let bytes = match entry.file_type() {
                kind if kind.is_symlink() => fs::read_link(entry.path())
                    .unwrap()
                    .into_os_string()
                    .into_encoded_bytes(),
                kind if kind.is_file() => fs::read(entry.path()).unwrap(),
                _ => Vec::new(),
            };
            let mut path = path.to_string_lossy().into_owned();
            if entry.file_type().is_dir() {
                path.push('/');
            }
            let facts = (bytes, metadata.modified().unwrap(), metadata.ino());
            entries.insert(path, facts);
        }
        Self(entries)
    }

    /// Forgets what lies in a folder.
    pub fn without(&mut self, folder: &str) {
        self.0.retain(|path, _| !path.starts_with(folder));
    }

    /// Forgets folders, not what lies in them.
    pub fn files_only(&mut self) {
        self.0.retain(|path, _| !path.ends_with('/'));
    }

    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        let files = self.0.iter().filter(|(path, _)| !path.ends_with('/'));
        files.map(|(path, (bytes, ..))| (path.as_str(), bytes.as_slice()))
    }

    pub fn paths(&self) -> Vec<&str> {
        self.files().map(|(path, _)| path).collect()
    }

    /// Files whose bytes are not the same in both, and those that only one has.
    pub fn changed(&self, after: &Self) -> Vec<String> {
        let bytes = |tree: &Self, path: &str| tree.0.get(path).map(|facts| facts.0.clone());
        self.differing(after, |path| bytes(self, path) != bytes(after, path))
    }

    /// The same, and files and folders that were written though their bytes are as before.
    pub fn touched(&self, after: &Self) -> Vec<String> {
        self.differing(after, |path| self.0.get(path) != after.0.get(path))
    }

    /// The same without folders, whose times tell of temporary files.
    pub fn touched_files(&self, after: &Self) -> Vec<String> {
        let mut touched = self.touched(after);
        touched.retain(|path| !path.ends_with('/'));
        touched
    }

    fn differing(&self, after: &Self, differs: impl Fn(&str) -> bool) -> Vec<String> {
        let paths: BTreeSet<&String> = self.0.keys().chain(after.0.keys()).collect();
        let paths = paths.into_iter().filter(|path| differs(path));
        paths.cloned().collect()
    }
}
