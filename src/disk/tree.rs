//! One look at the files of a site: names, kinds and stamps, of everything that a run may read or
//! replace. Nothing is opened.
//!
//! Folders with a dot are not entered: they are nobody's documents or pages. Not here: what follows
//! from a difference (`pipeline`).

use std::collections::BTreeMap;
use std::fs::{self, DirEntry};
use std::io;
use std::path::Path;

use rayon::prelude::*;

use crate::fingerprint::{Fingerprint, Parts};

use super::kind::{Kind, is_absent, kind, kind_of};
use super::stamp::{Moment, Stamp};

/// So many files are looked at by one core at least.
const PIECE: usize = 256;

/// Folders and their content, as one look found them.
#[derive(Debug, Default)]
pub struct Tree {
    /// By the path of the folder, relative to the root; each sorted by name.
    folders: BTreeMap<String, Vec<Node>>,
    /// Files that the run added, by path.
    added: BTreeMap<String, Stamp>,
    is_plain: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    pub name: String,
    pub kind: Kind,
    /// None for anything but a regular file.
    pub stamp: Option<Stamp>,
    /// Whether its stamp is settled whatever the moment.
    is_own: bool,
}

/// What is looked at, by its path relative to the root; empty for the root itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'a> {
    File(&'a str),
    /// What is directly in a folder.
    Folder(&'a str),
    /// A folder and everything below it.
    Whole(&'a str),
}

impl Tree {
    /// Looks at these parts; one that does not exist is empty.
    pub fn of(root: &Path, parts: &[Part<'_>]) -> Self {
        let mut tree = Self {
            is_plain: true,
            ..Self::default()
        };
        for part in parts {
            match part {
                Part::File(path) => tree.look_at_file(root, path),
                Part::Folder(folder) => tree.look(root, (*folder).to_owned(), false),
                Part::Whole(folder) => match kind(&root.join(folder)) {
                    Ok(Kind::Absent) => {}
                    found => {
                        tree.is_plain &= found.is_ok_and(|kind| kind == Kind::Folder);
                        tree.look(root, (*folder).to_owned(), true);
                    }
                },
            }
        }
        tree
    }

    /// Whether nothing else can matter to a run: there is no link to follow, no folder that cannot be
    /// listed, no name that is not UTF-8.
    pub fn is_plain(&self) -> bool {
        self.is_plain
    }

    /// What is directly in a folder, sorted by name.
    pub fn list(&self, folder: &str) -> &[Node] {
        self.folders.get(folder).map_or(&[], Vec::as_slice)
    }

    /// The regular files below a folder, sorted by their paths relative to it, with sizes.
    pub fn below(&self, folder: &str) -> impl Iterator<Item = (String, u64)> {
        let inside = if folder.is_empty() {
            String::new()
        } else {
            format!("{folder}/")
        };
        let own = folder.to_owned();
        let folders = self.folders.iter().filter_map(move |(path, nodes)| {
            let above = if *path == own {
                ""
            } else {
                path.strip_prefix(&inside)?
            };
            Some((above, nodes))
        });
        folders.flat_map(|(above, nodes)| {
            let file = move |node: &Node| Some((joined(above, &node.name), node.stamp?.size));
            nodes.iter().filter_map(file)
        })
    }

    /// What is at a path, relative to the root.
    pub fn get(&self, path: &str) -> Option<&Node> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let nodes = self.folders.get(folder)?;
        let at = nodes.binary_search_by(|node| node.name.as_str().cmp(name));
        at.ok().map(|at| &nodes[at])
    }

    /// The stamp of a regular file.
    pub fn stamp(&self, path: &str) -> Option<Stamp> {
        self.get(path)?.stamp
    }

    /// Whether anything has this property.
    pub fn any(&self, property: impl Fn(&Node) -> bool) -> bool {
        self.folders.values().flatten().any(property)
    }

    /// A hash of all names, kinds and stamps: as long as it is the same, no file was added, removed
    /// or changed. `None` if not everything was seen as it is, or files were added meanwhile.
    pub fn print(&self) -> Option<Fingerprint> {
        self.print_but(None)
    }

    /// The same without the stamps of the files directly in a folder.
    pub fn print_beside(&self, folder: &str) -> Option<Fingerprint> {
        self.print_but(Some(folder))
    }

    fn print_but(&self, unstamped: Option<&str>) -> Option<Fingerprint> {
        let mut parts = Parts::default();
        for (folder, nodes) in &self.folders {
            let is_stamped = unstamped != Some(folder);
            parts.push(folder);
            parts.push(nodes.len().to_le_bytes());
            for node in nodes {
                parts.push(&node.name);
                parts.push([node.kind as u8]);
                if is_stamped {
                    parts.push(node.stamp.unwrap_or_default().to_bytes());
                }
            }
        }
        (self.is_plain && self.added.is_empty()).then(|| parts.finish())
    }

    /// Whether each file will have another stamp after a change, if its bytes were read after
    /// `moment`.
    pub fn is_settled(&self, moment: Moment) -> bool {
        let is_settled = |node: &Node| {
            let settled = |stamp: Stamp| stamp.is_settled(moment);
            node.is_own || node.kind != Kind::File || node.stamp.is_some_and(settled)
        };
        self.folders.values().flatten().all(is_settled)
    }

    /// Notes the stamp of a file that the run wrote.
    pub fn set(&mut self, path: &str, stamp: Stamp) {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let mut nodes = self.folders.get_mut(folder).into_iter().flatten();
        match nodes.find(|node| node.name == name && node.kind == Kind::File) {
            Some(node) => {
                node.stamp = Some(stamp);
                node.is_own = true;
            }
            None => drop(self.added.insert(path.to_owned(), stamp)),
        }
    }

    /// Whether the run added files.
    pub fn is_grown(&self) -> bool {
        !self.added.is_empty()
    }

    /// Takes a later look in place of this one, if it shows nothing else but the files that the run
    /// wrote and the folders of those that it added.
    pub fn grow(&mut self, mut later: Self) {
        let is_above = |folder: &str| {
            let inside = format!("{folder}/");
            let below = self.added.range(inside.clone()..).next();
            below.is_some_and(|(path, _)| path.starts_with(&inside))
        };
        let (mut known, mut new) = (0, 0);
        for (folder, nodes) in &mut later.folders {
            self.is_plain &= self.folders.contains_key(folder) || is_above(folder);
            for node in nodes {
                let path = joined(folder, &node.name);
                let before = self.get(&path);
                known += usize::from(before.is_some());
                let is_same = match before {
                    Some(before) => {
                        node.is_own = before.is_own;
                        node == before
                    }
                    None if node.kind == Kind::Folder => is_above(&path),
                    None => {
                        node.is_own = true;
                        new += 1;
                        node.stamp.is_some() && node.stamp.as_ref() == self.added.get(&path)
                    }
                };
                self.is_plain &= is_same;
            }
        }
        let all: usize = self.folders.values().map(Vec::len).sum();
        later.is_plain &= self.is_plain && (known, new) == (all, self.added.len());
        *self = later;
    }

    /// After a change that is not followed up here.
    pub fn invalidate(&mut self) {
        self.is_plain = false;
    }

    fn look_at_file(&mut self, root: &Path, path: &str) {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        match fs::symlink_metadata(root.join(path)) {
            Ok(metadata) => {
                let nodes = self.folders.entry(folder.to_owned()).or_default();
                let kind = kind_of(metadata.file_type());
                let node = Node {
                    name: name.to_owned(),
                    kind,
                    stamp: (kind == Kind::File).then(|| Stamp::of(&metadata)),
                    is_own: false,
                };
                if let Err(at) = nodes.binary_search_by(|other| other.name.cmp(&node.name)) {
                    nodes.insert(at, node);
                }
            }
            Err(error) => self.is_plain &= is_absent(&error),
        }
    }

    fn look(&mut self, root: &Path, folder: String, is_whole: bool) {
        let entries = match fs::read_dir(root.join(&folder)) {
            Ok(entries) => entries,
            Err(error) => {
                self.is_plain &= is_absent(&error);
                return;
            }
        };
        let mut nodes = Vec::new();
        let entries: Vec<_> = entries.collect();
        let found = entries.into_par_iter().with_min_len(PIECE);
        let found: Vec<_> = found
            .map(|entry| entry.and_then(|entry| node(&entry)))
            .collect();
        for found in found {
            match found {
                Ok(Some(node)) => nodes.push(node),
                Ok(None) => self.is_plain = false,
                Err(error) => self.is_plain &= is_absent(&error),
            }
        }
        nodes.sort_unstable_by(|one, other| one.name.cmp(&other.name));
        let mut inner = Vec::new();
        if is_whole {
            self.is_plain &= !nodes.iter().any(|node| node.kind == Kind::Link);
            let enters = |node: &&Node| node.kind == Kind::Folder && !node.name.starts_with('.');
            let folders = nodes.iter().filter(enters);
            inner.extend(folders.map(|node| joined(&folder, &node.name)));
        }
        self.folders.insert(folder, nodes);
        for folder in inner {
            self.look(root, folder, is_whole);
        }
    }
}

fn joined(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        name.to_owned()
    } else {
        format!("{folder}/{name}")
    }
}

/// `None` if the name is not UTF-8.
fn node(entry: &DirEntry) -> io::Result<Option<Node>> {
    let Ok(name) = entry.file_name().into_string() else {
        return Ok(None);
    };
    let kind = kind_of(entry.file_type()?);
    let stamp = match kind {
        Kind::File => Some(Stamp::of(&entry.metadata()?)),
        _ => None,
    };
    Ok(Some(Node {
        name,
        kind,
        stamp,
        is_own: false,
    }))
}
