//! The files of a site and its output as a run finds them: listed and stat-ed once. One with the
//! same stamp as in an earlier run has the bytes that it had then, and is not opened.
//!
//! It is for deciding. Before a file is replaced its bytes are compared, whatever is known of it, so
//! no edit depends on the index. Not here: whether a stamp can be trusted (`disk::stamp`).

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use anyhow::Result;
use serde::{Deserialize, Serialize};

use crate::disk::{self, Entry, Kind, Lock, Moment, Node, Part, Stamp, Tree};
use crate::fingerprint::Fingerprint;
use crate::memo::Memo;
use crate::model::viewer;
use crate::model::{flow, settings};
use crate::output::page_state::{self, Found, Known};
use crate::progress::Stage;
use crate::store::{Space, Store};

use super::paths::HOST_FILES;
use super::site::Site;

const DOCUMENTS: &str = "markdown";
/// How long a run waits for files to settle, in ticks: the clock may be late by a part of one.
const TICKS: usize = 2;

#[derive(Debug)]
pub struct StatIndex {
    tree: Tree,
    output: PathBuf,
    /// The output's path relative to the site, with `/` at its end; empty for the site itself.
    prefix: String,
    memo: Arc<Memo>,
    /// When the run began to read, by the clock of the files; none for a run that keeps nothing.
    moment: Option<Moment>,
}

/// What is kept of a file.
#[derive(Serialize, Deserialize)]
struct Remembered {
    stamp: Stamp,
    known: Known,
}

impl StatIndex {
    /// Looks at a site's files.
    pub fn of(site: &Site, store: &Store) -> Self {
        Self {
            tree: look(site),
            output: site.output(),
            prefix: if site.settings.is_flat() {
                String::new()
            } else {
                format!("{}/", site.settings.output)
            },
            memo: Arc::clone(store.space(Space::Files)),
            moment: None,
        }
    }

    /// From now on, what is read is kept for the next run. Waits a moment for files that were written
    /// just before.
    pub fn begin(&mut self, lock: &Lock) {
        self.moment = lock.now();
        for _ in 0..TICKS {
            if self.moment.is_some() && !self.is_settled() {
                disk::pass_tick(Instant::now());
                self.moment = lock.now();
            }
        }
    }

    /// A hash of everything that was seen; none if it does not determine what a run does.
    pub fn print(&self) -> Option<Fingerprint> {
        self.tree.print()
    }

    /// The same without the stamps of the files in `markdown/`.
    pub fn print_beside_documents(&self) -> Option<Fingerprint> {
        self.tree.print_beside(DOCUMENTS)
    }

    /// What is directly in `markdown/`, by name, with the stamps of files.
    pub fn documents(&self) -> impl Iterator<Item = (&str, Option<Stamp>)> {
        let nodes = self.tree.list(DOCUMENTS).iter();
        nodes.map(|node| (node.name.as_str(), node.stamp))
    }

    /// Whether every later change will be seen.
    pub fn is_settled(&self) -> bool {
        self.moment
            .is_some_and(|moment| self.tree.is_settled(moment))
    }

    /// Whether a killed run left a temporary file.
    pub fn has_temporary(&self) -> bool {
        self.tree.any(|node| disk::is_temporary(&node.name))
    }

    /// A page or a derived file of the output.
    pub fn page(&self, path: &str) -> Found {
        let seen = self.seen(path);
        if let Some(page) = seen.and_then(|stamp| self.known_page(path, stamp)) {
            return page;
        }
        let found = page_state::look(&self.output, path);
        self.learn(path, seen, &found);
        found
    }

    /// A copy of another file in the output.
    pub fn copy(&self, path: &str) -> Found {
        let seen = self.seen(path);
        if let Some(stamp) = seen
            && let Some(known) = self.known(&self.key(path), stamp)
        {
            return Found::known_copy(&self.output, path, known, stamp.size);
        }
        let found = page_state::look_at_copy(&self.output, path);
        self.learn(path, seen, &found);
        found
    }

    /// The entries of a folder of the site, sorted by name; empty if it does not exist.
    ///
    /// # Errors
    ///
    /// If the folder cannot be read.
    pub fn list(&self, site: &Site, folder: &str) -> Result<Vec<Entry>> {
        if !self.tree.is_plain() {
            return disk::list(&site.root.join(folder));
        }
        let entry = |node: &Node| Entry {
            path: node.name.clone(),
            kind: node.kind,
            size: node.stamp.map_or(0, |stamp| stamp.size),
            readable: true,
        };
        Ok(self.tree.list(folder).iter().map(entry).collect())
    }

    /// The folder of the output.
    pub fn output(&self) -> &Path {
        &self.output
    }

    /// The regular files in the output, with sizes; none in a folder with a dot.
    pub fn output_files(&self) -> impl Iterator<Item = (String, u64)> {
        let folder = self.prefix.trim_end_matches('/');
        self.tree.below(folder)
    }

    /// The paths of the files of a folder, which ends with `/` or is the output itself.
    pub fn files_in(&self, folder: &str) -> impl Iterator<Item = String> {
        let key = self.key(folder);
        let nodes = self.tree.list(key.trim_end_matches('/')).iter();
        let files = nodes.filter(|node| node.kind == Kind::File);
        files.map(move |node| format!("{folder}{}", node.name))
    }

    /// Whether there is anything at a path of the output.
    pub fn has(&self, path: &str) -> bool {
        let is_there = |kind| kind != Kind::Absent;
        self.tree.get(&self.key(path)).is_some()
            || !self.tree.is_plain() && disk::kind(&self.output.join(path)).is_ok_and(is_there)
    }

    /// The hash of a file of the site, by its path and its stamp, if it is known.
    pub fn source(&self, path: &str, stamp: Stamp) -> Option<Fingerprint> {
        self.known(path, stamp).map(|known| known.print)
    }

    /// The hash of a file of the output, if it is known.
    pub fn output_print(&self, path: &str) -> Option<Fingerprint> {
        self.source(&self.key(path), self.seen(path)?)
    }

    /// The stamp of a regular file of the site.
    pub fn stamp(&self, path: &str) -> Option<Stamp> {
        self.tree.stamp(path)
    }

    /// Keeps the hash of a file that was read after its stamp was.
    pub fn learn_source(&self, path: &str, stamp: Stamp, print: Fingerprint) {
        self.put(path, stamp, Known::copy(print));
    }

    /// Takes note of a file that took its place in the output; `written` is its stamp before.
    pub fn replaced(&mut self, path: &str, written: Stamp, known: Known) {
        let key = self.key(path);
        let stamp = disk::stamp(&self.output.join(path));
        let stamp = stamp.filter(|stamp| stamp.is_settled_since(&written));
        let Some(stamp) = stamp.filter(|_| self.moment.is_some()) else {
            self.tree.invalidate();
            return;
        };
        self.tree.set(&key, stamp);
        self.keep(&key, stamp, known);
    }

    /// Whether the run added files to the output.
    pub fn is_grown(&self) -> bool {
        self.tree.is_grown()
    }

    /// Looks again, so that files which the run added are known like others.
    pub fn look_again(&mut self, site: &Site) {
        self.tree.grow(look(site));
    }

    fn key(&self, path: &str) -> String {
        format!("{}{path}", self.prefix)
    }

    fn seen(&self, path: &str) -> Option<Stamp> {
        self.tree.stamp(&self.key(path))
    }

    fn known_page(&self, path: &str, stamp: Stamp) -> Option<Found> {
        let known = self.known(&self.key(path), stamp)?;
        Found::known_page(&self.output, path, known, stamp.size)
    }

    fn known(&self, key: &str, stamp: Stamp) -> Option<Known> {
        let read = |entry: &[u8]| rmp_serde::from_slice::<Remembered>(entry).ok();
        let entry = self.memo.read(Fingerprint::of(key.as_bytes()), read)?;
        (entry.stamp == stamp).then_some(entry.known)
    }

    fn learn(&self, path: &str, seen: Option<Stamp>, found: &Found) {
        if let (Some(stamp), Some(known)) = (seen, found.to_known())
            && stamp.size == found.size
        {
            self.put(&self.key(path), stamp, known);
        }
    }

    fn put(&self, key: &str, stamp: Stamp, known: Known) {
        if self.moment.is_some_and(|moment| stamp.is_settled(moment)) {
            self.keep(key, stamp, known);
        }
    }

    fn keep(&self, key: &str, stamp: Stamp, known: Known) {
        if let Ok(entry) = rmp_serde::to_vec(&Remembered { stamp, known }) {
            self.memo.put(Fingerprint::of(key.as_bytes()), entry);
        }
    }
}

/// Names, kinds and stamps of everything that a run of this site may read or replace.
fn look(site: &Site) -> Tree {
    let _looking = site.progress.begin(Stage::Look, 0);
    let inputs = [DOCUMENTS, "assets", "attachment", "templates"];
    let mut parts = inputs.map(Part::Whole).to_vec();
    if site.settings.is_flat() {
        parts.extend([
            Part::Folder(""),
            Part::Whole(viewer::FOLDER.trim_end_matches('/')),
        ]);
    } else {
        parts.extend([settings::FILE, flow::FILE].map(Part::File));
        parts.extend(HOST_FILES.map(Part::File));
        parts.push(Part::Whole(&site.settings.output));
    }
    Tree::of(&site.root, &parts)
}
