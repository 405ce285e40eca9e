//! What the folders of a site hold beside documents, and how their names are judged and printed.

use std::collections::{BTreeMap, BTreeSet};

/// Files and folders of the site that cannot be read or used. They still exist, so pages made from
/// them stay.
#[derive(Debug, Clone, Default)]
pub struct Unread(BTreeSet<String>);

impl Unread {
    pub fn add(&mut self, path: String) {
        self.0.insert(path);
    }

    /// Whether a file is one of them, or is below one.
    pub fn covers(&self, path: &str) -> bool {
        let above = path.match_indices('/').map(|(at, _)| &path[..at]);
        above.chain([path]).any(|path| self.0.contains(path))
    }
}

/// The content of a site's folders besides documents.
#[derive(Default)]
pub struct Contents {
    pub files: BTreeMap<String, u64>,
    pub leftovers: Vec<String>,
    pub unread: Unread,
}

/// A name as messages show it.
pub fn shown(name: &str) -> String {
    name.chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect()
}

pub fn is_hidden(path: &str) -> bool {
    file_name(path).starts_with('.')
}

pub fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
