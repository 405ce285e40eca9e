//! Decides what an export does with each file, from what is published, what is there, and what an
//! earlier export wrote. Only reads.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::disk;
use crate::fingerprint::Fingerprint;
use crate::output::page_state::{self, Found, PageState};

use crate::pipeline::same_file::Wanted;

use super::record::Record;

/// A file to be exported.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) file: PathBuf,
    pub(super) print: Fingerprint,
}

#[derive(Debug)]
pub(super) enum Content {
    File(PathBuf),
    Made(Vec<u8>),
}

#[derive(Debug)]
pub(super) enum Step {
    /// It takes the place of these bytes, or of nothing.
    Write {
        content: Content,
        expected: Option<Fingerprint>,
    },
    /// It has these bytes, which are published.
    Fresh(Fingerprint),
    /// It is not docsite's; says why.
    Keep(String),
    /// It has these bytes, which docsite wrote.
    Remove(Fingerprint),
    /// Somebody removed it.
    Forget,
}

#[derive(Debug)]
pub(super) struct Plan<'a> {
    pub(super) folder: &'a Path,
    pub(super) record: &'a Record,
    recorded: Wanted<'a>,
    pub(super) steps: BTreeMap<String, Step>,
    /// What each plain file that is or will be there is made from.
    pub(super) sources: BTreeMap<String, Source>,
    /// What each compressed file is made from.
    pub(super) compressed: BTreeMap<String, Fingerprint>,
}

impl<'a> Plan<'a> {
    pub(super) fn new(folder: &'a Path, record: &'a Record) -> Self {
        Self {
            folder,
            record,
            recorded: Wanted::new(folder, record.files.keys().map(String::as_str)),
            steps: BTreeMap::new(),
            sources: BTreeMap::new(),
            compressed: BTreeMap::new(),
        }
    }

    /// Decides about a published file, which was read where it is.
    pub(super) fn want(&mut self, path: String, source: Source, found: &Found) {
        let content = Content::File(source.file.clone());
        let step = self.step(&path, content, source.print, found);
        if !matches!(step, Step::Keep(_)) {
            self.sources.insert(path.clone(), source);
        }
        self.steps.insert(path, step);
    }

    /// Decides about a file with this content.
    pub(super) fn step(
        &self,
        path: &str,
        content: Content,
        print: Fingerprint,
        found: &Found,
    ) -> Step {
        let write = |expected| Step::Write { content, expected };
        match (&found.state, found.print()) {
            (PageState::Absent, _) => write(None),
            (_, Some(there)) if there == print => Step::Fresh(print),
            (_, Some(there)) if self.own_print(path, found).is_some() => write(Some(there)),
            (PageState::Doubtful(why), _) => Step::Keep(why.clone()),
            _ if self.record.files.contains_key(path) => {
                Step::Keep("was changed since docsite wrote it".to_owned())
            }
            _ => Step::Keep("was not written by docsite".to_owned()),
        }
    }

    /// Decides about files of earlier exports that are no longer published.
    pub(super) fn leave(&mut self) {
        let wanted: Vec<String> = self.steps.keys().cloned().collect();
        let wanted = Wanted::new(self.folder, wanted.iter().map(String::as_str));
        for path in self.record.files.keys() {
            if self.steps.contains_key(path) {
                continue;
            }
            if wanted.is_at(path) {
                self.steps.insert(path.clone(), Step::Forget);
                continue;
            }
            let found = self.look(path);
            let step = match (&found.state, self.own_print(path, &found)) {
                (PageState::Absent, _) => Step::Forget,
                (_, Some(print)) => Step::Remove(print),
                _ => Step::Keep(
                    "is no longer published, and was changed since docsite wrote it".to_owned(),
                ),
            };
            self.steps.insert(path.clone(), step);
        }
    }

    /// The hash of what was found, if docsite wrote it.
    pub(super) fn own_print(&self, path: &str, found: &Found) -> Option<Fingerprint> {
        let other = || self.recorded.other_form(path);
        let is_own = |print: &Fingerprint| {
            let is_at = |path: &str| self.record.is_own(path, *print);
            is_at(path) || other().is_some_and(is_at)
        };
        found.print().filter(is_own)
    }

    pub(super) fn look(&self, path: &str) -> Found {
        page_state::look_at_copy(self.folder, path)
    }
}

/// The bytes of a file that was there a moment ago.
///
/// # Errors
///
/// If it cannot be read.
pub(super) fn bytes(file: &Path) -> Result<Vec<u8>> {
    disk::read_whole(file)?
        .with_context(|| format!("{} vanished while it was read", file.display()))
}
