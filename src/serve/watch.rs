//! Waits until somebody changed what a site is made of.
//!
//! Editors save by renaming, or write twice, and git changes a hundred files: what happens at nearly
//! the same time is one change. Not here: what to do then (`commands::serve`).

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use notify::{EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer};

use crate::disk;
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

/// The sources of a site, watched.
pub struct Watch {
    site: PathBuf,
    watching: Debouncer<RecommendedWatcher, RecommendedCache>,
    changed: Receiver<Vec<PathBuf>>,
}

impl Watch {
    /// # Errors
    ///
    /// If the system cannot watch.
    pub fn new(site: &Path) -> Result<Self> {
        let (sender, changed) = channel();
        let hear = move |events: DebounceEventResult| {
            // What was lost may have been anything.
            let paths = events.map_or_else(
                |_| vec![PathBuf::from(settings::FILE)],
                |events| {
                    let events = events.into_iter().map(|event| event.event);
                    let written =
                        events.filter(|event| !matches!(event.kind, EventKind::Access(_)));
                    written.flat_map(|event| event.paths).collect()
                },
            );
            // Nobody waits any more when the program ends.
            let _ = sender.send(paths);
        };
        let watching = new_debouncer(SETTLED, Some(TICK), hear).context("cannot watch files")?;
        let mut watch = Self {
            site: site.to_owned(),
            watching,
            changed,
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
            let mut paths = self.changed.recv().ok()?;
            let begun = Instant::now();
            let quiet = |paths: &[PathBuf]| match paths.len() {
                0..=MANY => QUIET,
                _ => QUIET_AFTER_MANY,
            };
            while begun.elapsed() < LONGEST
                && let Ok(more) = self.changed.recv_timeout(quiet(&paths))
            {
                paths.extend(more);
            }
            let (site, paths) = (&self.site, paths.iter());
            let names = paths.map(|path| path.strip_prefix(site).unwrap_or(path));
            let mut names: Vec<String> = names.map(disk::slashed).collect();
            for folder in FOLDERS
                .iter()
                .filter(|folder| names.iter().any(|name| name == *folder))
            {
                self.begin(folder);
            }
            names.retain(|name| is_source(name));
            if !names.is_empty() {
                return Some(names);
            }
        }
    }

    /// Watches a folder of the site, which may not be there yet, or be another of the same name.
    fn begin(&mut self, folder: &str) {
        let folder = self.site.join(folder);
        // It is not watched, or no longer: that is what is wanted.
        let _ = self.watching.unwatch(&folder);
        let _ = self.watching.watch(&folder, RecursiveMode::Recursive);
    }
}

/// Whether a site is made of it; relative to the site.
fn is_source(path: &str) -> bool {
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
