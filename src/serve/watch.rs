//! Waits until somebody changed what a site is made of.
//!
//! Editors save by renaming, or write twice, and git changes a hundred files: what happens at nearly
//! the same time is one change, and so is what a program does until it closes the file, where the
//! system tells. Not here: what to do then (`commands::serve`).

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind};
use notify::{EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer};

use crate::disk::{self, Kind};
use crate::git;
use crate::model::{flow, settings};
use crate::name::is_leftover;
use crate::pipeline::paths::HOST_FILES;

const FOLDERS: [&str; 4] = ["markdown", "attachment", "assets", "templates"];
/// Events of one file within this time are one; so often it is looked whether that is over.
const SETTLED: Duration = Duration::from_millis(20);
const TICK: Duration = Duration::from_millis(5);
/// A change is over when nothing happened for so long, and at the latest after this.
const QUIET: Duration = Duration::from_millis(15);
/// The same once more than a few files changed: git, which goes on for a while.
const QUIET_AFTER_MANY: Duration = Duration::from_millis(80);
const MANY: usize = 6;
const LONGEST: Duration = Duration::from_secs(2);
/// Whether the system tells that a file was closed.
const TELLS_OF_END: bool = cfg!(any(target_os = "linux", target_os = "android"));

/// The sources of a site, watched.
pub struct Watch {
    site: PathBuf,
    /// The output's name, if it is a folder of the site.
    output: Option<String>,
    /// What git has while it changes files.
    git_lock: Option<PathBuf>,
    watching: Debouncer<RecommendedWatcher, RecommendedCache>,
    heard: Receiver<Vec<Heard>>,
}

/// What happened to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    /// A program that wrote to it may go on.
    Written,
    Closed,
    Other,
}

/// A file, and what happened to it.
type Heard = (PathBuf, Act);

impl Act {
    /// None where nothing was written.
    fn of(kind: EventKind) -> Option<Self> {
        match kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => Some(Self::Closed),
            EventKind::Access(_) => None,
            EventKind::Modify(ModifyKind::Data(_)) | EventKind::Create(CreateKind::File) => {
                Some(Self::Written)
            }
            _ => Some(Self::Other),
        }
    }
}

/// What is one change, as far as it was heard.
#[derive(Debug, Default)]
struct Change {
    /// Relative to the site.
    names: Vec<String>,
    /// Files that somebody writes to.
    open: BTreeSet<String>,
}

impl Change {
    fn hear(&mut self, site: &Path, heard: Vec<Heard>) {
        for (path, act) in heard {
            let name = disk::slashed(path.strip_prefix(site).unwrap_or(&path));
            if act == Act::Written && TELLS_OF_END && is_source(&name) {
                self.open.insert(name.clone());
            } else {
                self.open.remove(&name);
            }
            if act != Act::Closed {
                self.names.push(name);
            }
        }
    }

    /// How long nothing has to happen until it is over.
    fn quiet(&self) -> Duration {
        match self.names.len() {
            0..=MANY => QUIET,
            _ => QUIET_AFTER_MANY,
        }
    }
}

impl Watch {
    /// # Errors
    ///
    /// If the system cannot watch.
    pub fn new(site: &Path, output: &Path) -> Result<Self> {
        let (sender, heard) = channel();
        let hear = move |events: DebounceEventResult| {
            // Nobody waits any more when the program ends.
            let _ = sender.send(acts(events));
        };
        let watching = new_debouncer(SETTLED, Some(TICK), hear).context("cannot watch files")?;
        let output = output.strip_prefix(site).ok().map(disk::slashed);
        let mut watch = Self {
            site: site.to_owned(),
            output: output.filter(|name| !name.is_empty()),
            git_lock: git::lock(site),
            watching,
            heard,
        };
        let about = || format!("cannot watch {}", site.display());
        let mode = RecursiveMode::NonRecursive;
        watch.watching.watch(site, mode).with_context(about)?;
        for folder in FOLDERS {
            watch.begin(folder);
        }
        Ok(watch)
    }

    /// Waits for a change: the sources that changed, relative to the site. None if there will be
    /// none.
    pub fn wait(&mut self) -> Option<Vec<String>> {
        loop {
            let mut change = Change::default();
            change.hear(&self.site, self.heard.recv().ok()?);
            let begun = Instant::now();
            while begun.elapsed() < LONGEST {
                match self.heard.recv_timeout(change.quiet()) {
                    Ok(more) => change.hear(&self.site, more),
                    Err(RecvTimeoutError::Timeout) if self.goes_on(&change) => {}
                    Err(_) => break,
                }
            }
            let mut names = change.names;
            for folder in FOLDERS
                .iter()
                .filter(|folder| names.iter().any(|name| name == *folder))
            {
                self.begin(folder);
            }
            names.retain(|name| is_source(name) || self.is_lost(name));
            if !names.is_empty() {
                return Some(names);
            }
        }
    }

    /// Whether somebody is not done: a file is open or was emptied to be written, or git is at it.
    fn goes_on(&self, change: &Change) -> bool {
        let is_git = self.git_lock.as_deref().is_some_and(is_there);
        let is_empty = |name: &String| {
            let is_document = name.starts_with("markdown/") && is_source(name);
            is_document && disk::stamp(&self.site.join(name)).is_some_and(|it| it.size == 0)
        };
        is_git || !change.open.is_empty() || change.names.iter().any(is_empty)
    }

    /// Whether it is the output, which somebody removed.
    fn is_lost(&self, name: &str) -> bool {
        self.output.as_deref() == Some(name) && !is_there(&self.site.join(name))
    }

    /// Watches a folder of the site, which may not be there yet, or be another of the same name.
    fn begin(&mut self, folder: &str) {
        let folder = self.site.join(folder);
        // It is not watched, or no longer: that is what is wanted.
        let _ = self.watching.unwatch(&folder);
        let _ = self.watching.watch(&folder, RecursiveMode::Recursive);
    }
}

fn is_there(path: &Path) -> bool {
    disk::kind(path).is_ok_and(|kind| kind != Kind::Absent)
}

/// What the system told of files, in its order; what says nothing of their content is left out.
fn acts(events: DebounceEventResult) -> Vec<Heard> {
    // What was lost may have been anything.
    let Ok(events) = events else {
        return vec![(PathBuf::from(settings::FILE), Act::Other)];
    };
    let events = events.into_iter().map(|event| event.event);
    let acts = events.filter_map(|event| Some((Act::of(event.kind)?, event.paths)));
    acts.flat_map(|(act, paths)| paths.into_iter().map(move |path| (path, act)))
        .collect()
}

/// Whether a site is made of it; relative to the site.
pub fn is_source(path: &str) -> bool {
    let is_ours = match path.split_once('/') {
        Some((folder, _)) => FOLDERS.contains(&folder),
        None => {
            FOLDERS.contains(&path)
                || HOST_FILES.contains(&path)
                || [flow::FILE, settings::FILE].contains(&path)
        }
    };
    let is_passing = |part: &str| part.starts_with('.') || is_leftover(part);
    is_ours && !path.split('/').any(is_passing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sources_count() {
        for path in [
            "markdown/a.md",
            "flow.json",
            "docsite.toml",
            "assets/viz.css",
            "markdown",
        ] {
            assert!(is_source(path), "{path}");
        }
        for path in [
            "public/a.html",
            ".docsite/cache",
            "markdown/.a.md.swp",
            "markdown/4913",
            "markdown/a.md~",
            "README.md",
            "target/x",
        ] {
            assert!(!is_source(path), "{path}");
        }
    }
}
