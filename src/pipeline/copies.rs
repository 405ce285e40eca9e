//! Files that go to the output as they are: assets, attachments, the Markdown of published
//! documents, and what hosts look for.
//!
//! Not here: what happens to each (`plan`), the manifest of them, and a site with `output = "."`,
//! which copies nothing onto itself.

use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::diagnostic::BuildError;
use crate::disk::{self, Kind};
use crate::fingerprint::Fingerprint;
use crate::output::page_state::{self, Found, PageState};
use crate::rule::Cause;

use super::discover::contents::Unread;
use super::manifest::{self, Written};
use super::paths::{COPIED, HOST_FILES, is_own_asset};
use super::resolve::Resolved;
use super::same_file::Wanted;
use super::site::Site;
use super::stat_index::StatIndex;

#[derive(Debug)]
pub struct Copy {
    /// Relative to the output.
    pub path: String,
    pub source: PathBuf,
    /// Hash of the source's bytes.
    pub print: Fingerprint,
    /// In bytes.
    pub size: u64,
    pub found: Found,
    /// Hash of what docsite last wrote there, according to the manifest.
    pub written: Option<Fingerprint>,
}

/// A file in the output that is, or was, a copy.
#[derive(Debug)]
pub struct Old {
    /// Relative to the output.
    pub path: String,
    /// Hash of what docsite last wrote there, according to the manifest.
    pub written: Option<Fingerprint>,
    pub found: Found,
    /// Whether it belongs to a document that exists and is not published.
    pub is_withheld: bool,
}

impl Old {
    /// Whether its bytes are what docsite wrote.
    pub fn is_own(&self) -> bool {
        self.found.print().is_some() && self.found.print() == self.written
    }
}

/// The copies to make, and those made earlier.
#[derive(Debug, Default)]
pub struct Copies {
    /// Copies that the output must contain.
    pub wanted: Vec<Copy>,
    /// Copies whose originals no longer exist.
    pub gone: Vec<Old>,
    /// Copies whose originals cannot be read, and therefore may still exist.
    pub unread: Vec<Old>,
    /// Binary files that an earlier version left in the output.
    pub forgotten: Vec<Old>,
}

/// Determines the copies to make, and finds the existing ones.
pub fn find(site: &Site, resolved: &Resolved, errors: &mut Vec<BuildError>) -> Copies {
    if site.settings.is_flat() {
        return Copies::default();
    }
    let written = manifest::read(site);
    let (wanted, unread) = read_originals(site, resolved, &written, errors);
    let names: BTreeSet<&str> = wanted.iter().map(|copy| copy.path.as_str()).collect();
    let forgotten = forgotten(site, &written, &names, &unread);
    let documents = resolved.catalogue.corpus.iter();
    let documents = documents.map(|(_, document)| document.name.source());
    let documents = documents.collect();
    let (unread, gone) = old_copies(site, &written, &names, &forgotten, &documents)
        .into_iter()
        .partition(|old| unread.covers(&old.path));
    let mut copies = Copies {
        wanted,
        gone,
        unread,
        forgotten,
    };
    clear_ways(site, &mut copies);
    copies
}

/// The wanted copies, and what cannot be read.
fn read_originals(
    site: &Site,
    resolved: &Resolved,
    written: &Written,
    errors: &mut Vec<BuildError>,
) -> (Vec<Copy>, Unread) {
    let originals: Vec<_> = originals(site, resolved)
        .into_par_iter()
        .map(|original| read_original(&resolved.index, written, original))
        .collect();
    let mut wanted = Vec::new();
    let mut unread = resolved.unread.clone();
    for original in originals {
        match original {
            Ok(copy) => wanted.push(copy),
            Err(error) => {
                unread.add(error.path.clone());
                errors.push(error);
            }
        }
    }
    (wanted, unread)
}

/// Existing copies in the manifest that are no longer wanted.
fn old_copies(
    site: &Site,
    written: &Written,
    wanted: &BTreeSet<&str>,
    forgotten: &[Old],
    documents: &BTreeSet<String>,
) -> Vec<Old> {
    // Made for the first copy that is not wanted: there is hardly ever one.
    let output = site.output();
    let same = LazyCell::new(|| Wanted::new(&output, wanted.iter().copied()));
    let forgotten: BTreeSet<&str> = forgotten.iter().map(|old| old.path.as_str()).collect();
    let others = written.files.iter().filter(|(path, _)| {
        let path = path.as_str();
        !wanted.contains(path) && !forgotten.contains(path) && !same.is_at(path)
    });
    let others = others.map(|(path, print)| Old {
        path: path.clone(),
        written: Some(*print),
        found: page_state::look_at_copy(&output, path),
        is_withheld: documents.contains(path),
    });
    let others = others.filter(|old| old.found.state != PageState::Absent);
    others.collect()
}

fn read_original(
    index: &StatIndex,
    written: &Written,
    original: Original,
) -> Result<Copy, BuildError> {
    let Original { path, file, known } = original;
    let (print, size) = match known {
        Some(known) => known,
        None => print(index, &path, &file)?,
    };
    Ok(Copy {
        found: index.copy(&path),
        written: written.files.get(&path).copied(),
        print,
        size,
        source: file,
        path,
    })
}

/// The hash and the size of a file's bytes. It is read if it changed since an earlier run.
pub(super) fn print(
    index: &StatIndex,
    path: &str,
    file: &Path,
) -> Result<(Fingerprint, u64), BuildError> {
    let seen = index.stamp(path);
    if let Some(stamp) = seen
        && let Some(print) = index.source(path, stamp)
    {
        return Ok((print, stamp.size));
    }
    match disk::read_whole(file) {
        Ok(Some(bytes)) => {
            let print = Fingerprint::of(&bytes);
            if let Some(stamp) = seen {
                index.learn_source(path, stamp, print);
            }
            Ok((print, bytes.len() as u64))
        }
        Ok(None) => Err(unreadable(path, "vanished while it was read")),
        Err(error) => Err(unreadable(path, &error.root_cause().to_string())),
    }
}

/// The finding about a file of the site whose copy is not updated.
pub fn unreadable(path: &str, why: &str) -> BuildError {
    BuildError::new(Cause::Unreadable, path, why).help("its copy in the output is not updated")
}

/// The finding about a copy that cannot be made. `shown` is its path in the site.
pub fn not_copied(shown: &str, why: &str) -> BuildError {
    BuildError::new(
        Cause::CopyFailed,
        shown,
        format!("cannot be written: {why}"),
    )
    .help("move away what is at its path, or make it writable; then run docsite rebuild")
}

struct Original {
    /// In the site, and in the output.
    path: String,
    file: PathBuf,
    /// The hash and the size of its bytes, if they were read before.
    known: Option<(Fingerprint, u64)>,
}

fn originals(site: &Site, resolved: &Resolved) -> Vec<Original> {
    let is_copied = |path: &str| {
        path.split_once('/')
            .is_some_and(|(folder, _)| COPIED.contains(&folder))
    };
    let files = resolved
        .catalogue
        .files
        .keys()
        .filter(|path| is_copied(path) && !resolved.unread.covers(path))
        .map(|path| Original {
            path: path.clone(),
            file: site.root.join(path),
            known: None,
        });
    let published = resolved.catalogue.published.iter().filter_map(|id| {
        let document = resolved.catalogue.corpus.get(*id);
        let path = document.name.source();
        let file = resolved.documents.get(id)?.clone();
        (!resolved.unread.covers(&path)).then_some(Original {
            path,
            file,
            known: Some((document.source, document.size)),
        })
    });
    let for_hosts = HOST_FILES.into_iter();
    let for_hosts = for_hosts.filter(|path| resolved.index.stamp(path).is_some());
    let for_hosts = for_hosts.map(|path| Original {
        path: path.to_owned(),
        file: site.root.join(path),
        known: None,
    });
    files.chain(published).chain(for_hosts).collect()
}

/// Binary files that the version before this left among the copies: it could not replace or remove
/// what is not text.
fn forgotten(site: &Site, written: &Written, wanted: &BTreeSet<&str>, unread: &Unread) -> Vec<Old> {
    if written.version != 1 {
        return Vec::new();
    }
    let mut old = Vec::new();
    for folder in COPIED {
        let above = site.output_file(folder);
        for entry in disk::walk_what_can_be(&above, usize::MAX, |_| true, &mut Vec::new()) {
            let path = format!("{folder}/{}", entry.path);
            let is_old = entry.kind == Kind::File
                && entry.readable
                && !is_own_asset(&path)
                && !wanted.contains(path.as_str())
                && !unread.covers(&path);
            let found = is_old.then(|| page_state::look(&site.output(), &path));
            if let Some(found) = found.filter(Found::is_binary)
                && written.files.get(&path).copied() != found.print()
            {
                old.push(Old {
                    path,
                    written: None,
                    found,
                    is_withheld: false,
                });
            }
        }
    }
    old
}

/// Handles a file that became a folder, or the reverse: an old copy at the path of a new one is
/// removed first.
fn clear_ways(site: &Site, copies: &mut Copies) {
    let output = site.output();
    let removed: BTreeSet<&str> = copies
        .gone
        .iter()
        .filter(|old| old.is_own())
        .chain(&copies.forgotten)
        .map(|old| old.path.as_str())
        .collect();
    for copy in &mut copies.wanted {
        if copy.found.print().is_some() || copy.found.state == PageState::Absent {
            continue;
        }
        let is_cleared = match page_state::obstacle(&output, &copy.path) {
            Some((above, Kind::File)) => removed.contains(above),
            Some(_) => false,
            None => is_emptied(&output.join(&copy.path), &copy.path, &removed),
        };
        if is_cleared {
            copy.found = copy.found.cleared();
        }
    }
}

/// Whether a folder contains only files that are removed. A folder from which nothing is removed
/// stays, even if it is empty.
fn is_emptied(folder: &Path, path: &str, removed: &BTreeSet<&str>) -> bool {
    let loses_a_file = |path: &str| {
        let inside = format!("{path}/");
        removed.iter().any(|file| file.starts_with(&inside))
    };
    let entries = disk::walk(folder, usize::MAX, |_| true);
    disk::kind(folder).is_ok_and(|kind| kind == Kind::Folder)
        && loses_a_file(path)
        && entries.is_ok_and(|entries| {
            entries.iter().all(|entry| {
                let path = format!("{path}/{}", entry.path);
                match entry.kind {
                    Kind::Folder => loses_a_file(&path),
                    _ => removed.contains(path.as_str()),
                }
            })
        })
}
