//! Where links of a folder of notes lead: by paths as each tool writes them, and by names.
//!
//! Not here: what the link becomes (`links`).

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use crate::model::address::{self, Address};

use super::folder::{ENDINGS, Folder, is_markdown};
use super::habits::Habits;
use super::own::Own;
use super::words::{folded, is_index, parts, stem, without_number};

/// Folders that are no part of an address: what is in them is at the root of a built site.
const ROOTS: [&str; 10] = [
    "",
    "docs/",
    "content/",
    "src/",
    "static/",
    "public/",
    "assets/",
    "pages/",
    "source/",
    "content/docs/",
];
/// Names of a folder's own page.
const INDEXES: [&str; 3] = ["index", "readme", "_index"];
/// Endings of pages, as which other tools link to notes.
const PAGES: [&str; 2] = [".html", ".htm"];

/// What a link leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// A note, by its index.
    Note(usize),
    /// Another file, by its path.
    File(String),
    /// A folder without a page of its own.
    Folder,
    /// A document or an attachment of the site, by its address.
    Own(String),
    /// Something that is there, and is not read.
    Unread,
    /// Out of the imported folder.
    Beyond,
    Missing,
    /// Another host, a place in the same text: nothing to look for.
    Elsewhere,
}

#[derive(Debug, Default)]
pub(super) struct Places {
    paths: Vec<String>,
    /// By their folded paths.
    notes: BTreeMap<String, usize>,
    /// The same without the numbers that order files and folders.
    unnumbered: HashMap<String, usize>,
    /// By their folded names, without endings, in the order of their paths.
    stems: HashMap<String, Vec<usize>>,
    /// By titles and other names.
    titles: HashMap<String, usize>,
    files: BTreeMap<String, String>,
    file_names: HashMap<String, Vec<String>>,
    own: Own,
    /// Whether addresses are from the top, wherever a document is.
    is_archive: bool,
}

impl Places {
    pub(super) fn of(folder: &Folder, habits: &Habits, site: &Path) -> Self {
        let mut places = Self {
            own: Own::of(site, &folder.root),
            is_archive: habits.archive.is_some(),
            ..Self::default()
        };
        for (id, note) in folder.notes.iter().enumerate() {
            let path = folded(&note.path);
            places.paths.push(note.path.clone());
            places.unnumbered.entry(unnumbered(&path)).or_insert(id);
            let (number, bare) = without_number(stem(&path));
            if number.is_some() {
                places.stems.entry(bare.to_owned()).or_default().push(id);
            }
            let stem = habits
                .levels(stem(&path))
                .join(if habits.is_logseq { "/" } else { "." });
            places.stems.entry(folded(&stem)).or_default().push(id);
            places.notes.insert(path, id);
        }
        for path in folder.files.keys() {
            let (_, name) = parts(path);
            places.files.insert(folded(path), path.clone());
            places
                .file_names
                .entry(folded(name))
                .or_default()
                .push(path.clone());
        }
        places
    }

    /// One more name of a note, if nothing has it yet.
    pub(super) fn call(&mut self, name: &str, id: usize) {
        self.titles.entry(folded(name)).or_insert(id);
    }

    /// What the target of a Markdown or HTML link in a note leads to.
    pub(super) fn link(&self, from: &str, target: &str) -> Found {
        match address::read(target) {
            Address::Local(local) if local.path.is_empty() => Found::Elsewhere,
            Address::Local(local) => {
                let path = "../".repeat(local.up) + &local.path;
                let path = if local.is_absolute {
                    format!("/{}", local.path)
                } else {
                    path
                };
                let found = self.path(from, &path);
                // Hugo and Jekyll find a file by its name alone.
                let is_bare = found == Found::Missing && !path.contains('/') && is_markdown(&path);
                let found = if is_bare {
                    self.name(from, &path)
                } else {
                    found
                };
                match found {
                    Found::Missing | Found::Beyond | Found::Folder => {
                        self.outside(from, &path).unwrap_or(found)
                    }
                    found => found,
                }
            }
            _ => Found::Elsewhere,
        }
    }

    /// What is at a path, though it is no file of the folder that was read.
    fn outside(&self, from: &str, path: &str) -> Option<Found> {
        let (folder, _) = parts(from);
        let own = self.own.address(folder, path).map(Found::Own);
        own.or_else(|| {
            let is_unread =
                self.own.is_there(folder, path) && self.path(from, path) == Found::Missing;
            is_unread.then_some(Found::Unread)
        })
    }

    /// What a path in a note leads to, from its folder or from a root.
    pub(super) fn file(&self, from: &str, path: &str) -> Found {
        match self.path(from, path) {
            Found::Missing | Found::Folder => {
                let whole = self.path(from, &format!("/{path}"));
                if matches!(whole, Found::Note(_) | Found::File(_)) {
                    whole
                } else {
                    Found::Missing
                }
            }
            found => found,
        }
    }

    fn path(&self, from: &str, path: &str) -> Found {
        let (folder, _) = parts(from);
        if let Some(path) = path
            .strip_prefix('/')
            .or_else(|| path.strip_prefix("@site/"))
        {
            let found = ROOTS.iter().map(|root| self.at(&format!("{root}{path}")));
            // A site below the root of its host has one more part in its addresses.
            let below = path.split_once('/').map(|(_, rest)| rest);
            let below = below.into_iter().flat_map(|rest| {
                ROOTS
                    .iter()
                    .map(move |root| self.at(&format!("{root}{rest}")))
            });
            return best(found.chain(below));
        }
        let near = joined(folder, path);
        // As an address: the page of a note is a folder of its own.
        let own = if is_index(from) {
            folder.to_owned()
        } else {
            format!("{folder}/{}", without_number(stem(from)).1)
        };
        let far = joined(own.trim_start_matches('/'), path);
        let Some(near) = near else {
            return match far.map(|far| self.at(&far)) {
                Some(found @ (Found::Note(_) | Found::File(_))) => found,
                _ => Found::Beyond,
            };
        };
        let top = joined("", path).filter(|_| self.is_archive);
        let paths = [Some(near), top, far].into_iter().flatten();
        best(paths.map(|path| self.at(&path)))
    }

    /// What is at a path from the top.
    fn at(&self, path: &str) -> Found {
        let path = folded(path.trim_matches('/'));
        let page = PAGES.iter().find_map(|ending| path.strip_suffix(ending));
        let stem = page.unwrap_or(&path);
        // A page beside its note was made from it.
        let is_made = page.is_some() && self.notes.contains_key(&format!("{stem}.md"));
        if let Some(file) = self.files.get(&path).filter(|_| !is_made) {
            return Found::File(file.clone());
        }
        let within = if path.is_empty() {
            String::new()
        } else {
            format!("{path}/")
        };
        let names = std::iter::once(path.clone())
            .chain(ENDINGS.iter().map(|ending| format!("{stem}{ending}")))
            .chain(INDEXES.iter().flat_map(|index| {
                ENDINGS
                    .iter()
                    .map(|ending| format!("{within}{index}{ending}"))
                    .collect::<Vec<_>>()
            }))
            // Hugo and mdBook make a folder's page of either.
            .chain(stem.strip_suffix("/index").into_iter().flat_map(|folder| {
                INDEXES
                    .iter()
                    .map(move |index| format!("{folder}/{index}.md"))
            }));
        for name in names {
            let found = self
                .notes
                .get(&name)
                .or_else(|| self.unnumbered.get(&unnumbered(&name)));
            if let Some(id) = found {
                return Found::Note(*id);
            }
        }
        if let Some(id) = self.titles.get(&format!("/{stem}")) {
            return Found::Note(*id);
        }
        let is_in = |path: Option<&String>| path.is_some_and(|path| path.starts_with(&within));
        let file = self
            .files
            .range(within.clone()..)
            .next()
            .map(|(path, _)| path);
        let note = self
            .notes
            .range(within.clone()..)
            .next()
            .map(|(path, _)| path);
        let is_there = is_in(file) || is_in(note);
        if is_there {
            Found::Folder
        } else {
            Found::Missing
        }
    }

    /// What a wikilink's name leads to: a path, a name, a title, another name, a file.
    pub(super) fn name(&self, from: &str, name: &str) -> Found {
        let name = name.trim();
        let bare = ENDINGS
            .iter()
            .find_map(|ending| name.strip_suffix(ending))
            .unwrap_or(name);
        let key = folded(bare.trim_start_matches('/'));
        if key.is_empty() {
            return Found::Elsewhere;
        }
        let by_stem = self
            .stems
            .get(&key)
            .and_then(|found| self.nearest(from, found.iter().copied()));
        if let Some(id) = by_stem {
            return Found::Note(id);
        }
        if let Some((_, last)) = key.rsplit_once('/') {
            let ending = format!("/{key}.");
            let same = self.stems.get(last).into_iter().flatten().copied();
            let by_path =
                same.filter(|id| format!("/{}", folded(&self.paths[*id])).contains(&ending));
            if let Some(id) = self.nearest(from, by_path) {
                return Found::Note(id);
            }
        }
        if let Some(id) = self.titles.get(&key) {
            return Found::Note(*id);
        }
        let (_, last) = parts(name);
        let files = self.file_names.get(&folded(last)).into_iter().flatten();
        let ends = format!("/{}", folded(name.trim_start_matches(['/', '.'])));
        let mut files = files.filter(|path| format!("/{}", folded(path)).ends_with(&ends));
        match files.next() {
            Some(file) => Found::File(file.clone()),
            None => match self.path(from, name) {
                found @ (Found::Note(_) | Found::File(_)) => found,
                _ => self.own.document(bare).map_or(Found::Missing, Found::Own),
            },
        }
    }

    /// The note that shares most folders with another, then the one with the shortest path.
    fn nearest(&self, from: &str, notes: impl Iterator<Item = usize>) -> Option<usize> {
        let (folder, _) = parts(from);
        notes.min_by_key(|id| {
            let path = &self.paths[*id];
            let (own, _) = parts(path);
            (usize::from(own != folder), path.len())
        })
    }
}

/// The first note or file; otherwise the first that is a folder.
fn best(found: impl Iterator<Item = Found>) -> Found {
    let mut second = Found::Missing;
    for found in found {
        match found {
            Found::Note(_) | Found::File(_) => return found,
            Found::Folder => second = Found::Folder,
            _ => {}
        }
    }
    second
}

/// A path from a folder; `None` if it leads out of the top.
fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => _ = parts.pop()?,
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn unnumbered(path: &str) -> String {
    let parts: Vec<&str> = path.split('/').map(|part| without_number(part).1).collect();
    parts.join("/")
}
