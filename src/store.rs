//! What runs store for the next run, in `.docsite/cache/`: one file for each space of keys.
//!
//! It is a cache: it may be deleted at any time, and no damage to it changes the output. A file is
//! replaced as a whole, or something is added at its end; of two parallel runs one wins. Not here: the content of an entry, which
//! its owner encodes; and the bytes of a file (`memo`).

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::disk;
use crate::fingerprint::{Fingerprint, Parts, TOOL};
use crate::memo::{Looked, Memo, Written};

const MIB: usize = 1 << 20;

/// Entries of one kind, in a file of their own: a run reads and writes only the kinds that it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Space {
    /// What the last run reported.
    Run,
    /// What is known of files with the same stamp.
    Files,
    /// What documents say of themselves.
    Documents,
    /// What they show, as far as they alone decide it.
    Bodies,
    /// Drawings, and why there is none.
    Diagrams,
    /// Highlighted code.
    Code,
    /// The layout of the graph.
    Layout,
    /// The names that broken links may have meant.
    Suggestions,
    /// The days of documents in git.
    History,
    /// Addresses that answered.
    External,
}

impl Space {
    const ALL: [Self; 10] = [
        Self::Run,
        Self::Files,
        Self::Documents,
        Self::Bodies,
        Self::Diagrams,
        Self::Code,
        Self::Layout,
        Self::Suggestions,
        Self::History,
        Self::External,
    ];

    /// The file's name.
    fn name(self) -> &'static str {
        match self {
            Self::Run => "run",
            Self::Files => "files",
            Self::Documents => "documents",
            Self::Bodies => "bodies",
            Self::Diagrams => "diagrams",
            Self::Code => "code",
            Self::Layout => "layout",
            Self::Suggestions => "suggestions",
            Self::History => "history",
            Self::External => "external",
        }
    }

    /// What another program wrote is not used, except answers of other hosts, which do not depend on
    /// the program: theirs is the version of their format.
    fn version(self) -> Fingerprint {
        let version = match self {
            Self::External => "1",
            _ => TOOL,
        };
        Parts::default().with(self.name()).with(version).finish()
    }

    /// In bytes: a larger file is neither written nor read.
    fn largest(self) -> usize {
        match self {
            // Most runs render few pages, and do not know which entries the others use.
            // And one entry for each kind of request and for each state of the settings.
            Self::Code | Self::Run => 16 * MIB,
            _ => 1024 * MIB,
        }
    }
}

/// What earlier runs kept for a site. Shared by all threads.
#[derive(Debug)]
pub struct Store {
    site: PathBuf,
    memos: [Arc<Memo>; Space::ALL.len()],
}

impl Store {
    /// The store of a site. A file is read when something is first asked of its space.
    pub fn open(site: &Path) -> Self {
        let memos = Space::ALL.map(|space| {
            let site = site.to_owned();
            let load = move || disk::read_cache(&site, space.name(), space.largest() as u64);
            Arc::new(Memo::new(space.version(), move || {
                load().unwrap_or_default()
            }))
        });
        Self {
            site: site.to_owned(),
            memos,
        }
    }

    /// Entries of one kind.
    pub fn space(&self, space: Space) -> &Arc<Memo> {
        &self.memos[space as usize]
    }

    /// Keeps the entries of a space for the next run, if any is new.
    pub fn save(&self, space: Space, looked: Looked) {
        let memo = self.space(space);
        // Without it, the next run is only slower.
        let (site, name) = (&self.site, space.name());
        let write = |written: Written<'_>| match written {
            Written::Whole(pieces) => disk::write_cache(site, name, &pieces),
            Written::Added { pieces, after } => disk::append_cache(site, name, &pieces, after),
        };
        let _ = memo.write(space.version(), looked, space.largest(), write);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_space_has_its_own_place() {
        for (at, space) in Space::ALL.into_iter().enumerate() {
            assert_eq!(space as usize, at);
        }
    }

    #[test]
    fn what_is_saved_is_known_to_the_next_run_in_its_space_only() {
        let site = tempfile::tempdir().expect("a directory");
        let key = Fingerprint::of(b"key");
        let store = Store::open(site.path());
        store.space(Space::Code).put(key, b"value".to_vec());
        store.save(Space::Code, Looked::Part);
        let next = Store::open(site.path());
        let value = next.space(Space::Code).get(key);
        assert_eq!(value.as_deref(), Some(&b"value"[..]));
        assert_eq!(next.space(Space::Documents).get(key), None);
    }

    #[test]
    fn a_file_of_one_space_is_not_one_of_another() {
        let site = tempfile::tempdir().expect("a directory");
        let key = Fingerprint::of(b"key");
        let store = Store::open(site.path());
        store.space(Space::Code).put(key, b"value".to_vec());
        store.save(Space::Code, Looked::Part);
        let cache = site.path().join(disk::STATE).join("cache");
        std::fs::copy(cache.join("code"), cache.join("documents")).expect("copied");
        let next = Store::open(site.path());
        assert_eq!(next.space(Space::Documents).get(key), None);
    }

    #[test]
    fn more_than_a_document_may_hold_is_read_back() {
        let site = tempfile::tempdir().expect("a directory");
        let key = Fingerprint::of(b"key");
        let large = vec![7; usize::try_from(disk::LARGEST).expect("small") + 1];
        let store = Store::open(site.path());
        store.space(Space::Documents).put(key, large.clone());
        store.save(Space::Documents, Looked::Whole);
        let next = Store::open(site.path());
        let value = next.space(Space::Documents).get(key);
        assert!(value.is_some_and(|value| *value == *large));
    }
}
