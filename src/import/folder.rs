//! The files of a folder of notes: the Markdown files with their texts, and the others by their paths.
//!
//! Links are not followed, so a folder that links to itself is walked once. Not here: what becomes of
//! them (`names`), and the files that are copied, which are read when they are (`copies`).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use rayon::prelude::*;

use crate::disk::{self, Entry, Kind};
use crate::model::document::decode;
use crate::name::is_leftover;

use super::left::Left;

/// Endings of Markdown files.
pub(super) const ENDINGS: [&str; 6] = [".md", ".markdown", ".mdx", ".mdown", ".mkd", ".qmd"];
/// Endings of texts in other languages, which somebody may expect to be moved.
const OTHER_TEXTS: [&str; 6] = [".rst", ".adoc", ".org", ".ipynb", ".textile", ".wiki"];
/// How deep folders are entered.
const DEPTH: usize = 64;
/// Folders that programs fill: what makes them known, and their names.
const MADE: [(&[&str], &[&str]); 5] = [
    (&["book.toml"], &["book"]),
    (&["mkdocs.yml", "mkdocs.yaml"], &["site"]),
    (
        &["hugo.toml", "hugo.yaml", "config.toml"],
        &["public", "resources", "themes", "archetypes", "layouts"],
    ),
    (
        &["docusaurus.config.js", "docusaurus.config.ts"],
        &["build"],
    ),
    (&["logseq/config.edn"], &["logseq"]),
];
/// The same for folders anywhere.
const MADE_ANYWHERE: [&str; 4] = ["node_modules", "_site", "__pycache__", "vendor"];

/// A Markdown file.
#[derive(Debug, Clone)]
pub(super) struct Note {
    /// From the folder, with `/`.
    pub(super) path: String,
    /// Without a byte order mark, and with `\n` at the end of each line.
    pub(super) text: String,
}

#[derive(Debug)]
pub(super) struct Folder {
    pub(super) root: PathBuf,
    /// Sorted by path.
    pub(super) notes: Vec<Note>,
    /// The other files, with their sizes.
    pub(super) files: BTreeMap<String, u64>,
    pub(super) left: Vec<Left>,
}

impl Folder {
    /// Reads a folder, without what is in `skip` (paths of files and folders).
    ///
    /// # Errors
    ///
    /// If it is not a folder, or cannot be listed.
    pub(super) fn read(root: &Path, skip: &[PathBuf]) -> Result<Self> {
        let shown = root.display();
        let Some(root) = disk::real(root) else {
            bail!("{shown} does not exist");
        };
        if disk::kind(&root)? != Kind::Folder {
            bail!("{shown} is not a directory; to add one file: `docsite add FILE BASENAME`");
        }
        let made = made(&root);
        let enter = |path: &str| {
            let name = path.rsplit('/').next().unwrap_or(path);
            let is_made = made.contains(&path) || MADE_ANYWHERE.contains(&name);
            let is_hidden = name.starts_with('.') || is_leftover(name);
            !is_made && !is_hidden && !skip.contains(&root.join(path))
        };
        let mut failures = Vec::new();
        let entries = disk::walk_what_can_be(&root, DEPTH, enter, &mut failures);
        let mut folder = Self {
            root: root.clone(),
            notes: Vec::new(),
            files: BTreeMap::new(),
            left: Vec::new(),
        };
        for failed in failures {
            if failed.path.is_empty() {
                bail!("cannot list {shown}: {}", failed.why);
            }
            folder.leave(
                failed.path,
                "a folder that cannot be read",
                failed.why.to_string(),
            );
        }
        let markdown = folder.sort(entries);
        let read = markdown.into_par_iter().map(|path| read(&root, path));
        for note in read.collect::<Vec<_>>() {
            match note {
                Ok(note) => folder.notes.push(note),
                Err(left) => folder.left.push(left),
            }
        }
        Ok(folder)
    }

    /// Takes note of what is no Markdown, and returns the paths of what is.
    fn sort(&mut self, entries: Vec<Entry>) -> Vec<String> {
        let mut markdown = Vec::new();
        for entry in entries {
            match entry.kind {
                Kind::Folder | Kind::Absent => {}
                _ if !entry.readable => {
                    self.leave(entry.path, "a file whose name is not UTF-8", String::new());
                }
                Kind::Link => {
                    self.leave(
                        entry.path,
                        "a symbolic link, which is not followed",
                        String::new(),
                    );
                }
                Kind::Other => self.leave(entry.path, "not a regular file", String::new()),
                Kind::File if is_markdown(&entry.path) => markdown.push(entry.path),
                Kind::File => {
                    if ends_with(&entry.path, &OTHER_TEXTS) {
                        let why = "a text that is not Markdown";
                        self.leave(entry.path.clone(), why, String::new());
                    }
                    self.files.insert(entry.path, entry.size);
                }
            }
        }
        markdown
    }

    fn leave(&mut self, path: String, why: &'static str, what: String) {
        self.left.push(Left::new(path, None, why, what));
    }

    /// The text of a file that is not Markdown; `None` if there is none, or it is not text.
    pub(super) fn text(&self, path: &str) -> Option<String> {
        if !self.files.contains_key(path) {
            return None;
        }
        let bytes = disk::read(&self.root.join(path)).ok()??;
        decoded(&bytes).ok()
    }
}

pub(super) fn is_markdown(path: &str) -> bool {
    ends_with(path, &ENDINGS)
}

fn ends_with(path: &str, endings: &[&str]) -> bool {
    let lower = path.to_lowercase();
    endings.iter().any(|ending| lower.ends_with(ending))
}

/// Folders at the top that a program fills.
fn made(root: &Path) -> Vec<&'static str> {
    let is_there =
        |file: &&'static str| disk::kind(&root.join(file)).is_ok_and(|kind| kind == Kind::File);
    let made = MADE.iter().filter(|(marks, _)| marks.iter().any(is_there));
    made.flat_map(|(_, folders)| folders.iter().copied())
        .collect()
}

fn read(root: &Path, path: String) -> Result<Note, Left> {
    let bytes = match disk::read(&root.join(&path)) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => {
            return Err(Left::new(
                path,
                None,
                "gone while it was read",
                String::new(),
            ));
        }
        Err(error) => {
            let what = format!("{:#}", error.root_cause());
            return Err(Left::new(path, None, "a file that cannot be read", what));
        }
    };
    match decoded(&bytes) {
        Ok(text) => Ok(Note { path, text }),
        Err((line, what)) => Err(Left::new(path, line, "neither UTF-8 nor UTF-16", what)),
    }
}

/// Decodes UTF-8, and UTF-16 with a byte order mark.
fn decoded(bytes: &[u8]) -> Result<String, (Option<usize>, String)> {
    let wide: Option<fn([u8; 2]) -> u16> = match bytes {
        [0xff, 0xfe, ..] => Some(u16::from_le_bytes),
        [0xfe, 0xff, ..] => Some(u16::from_be_bytes),
        _ => None,
    };
    let utf8 = match wide {
        None => None,
        Some(unit) => {
            let units = bytes[2..]
                .chunks_exact(2)
                .map(|pair| unit([pair[0], pair[1]]));
            let text: Result<String, _> = char::decode_utf16(units).collect();
            Some(text.map_err(|_| (None, "not valid UTF-16".to_owned()))?)
        }
    };
    let bytes = utf8.as_ref().map_or(bytes, String::as_bytes);
    if bytes.contains(&0) {
        return Err((None, "a file of zero bytes, not text".to_owned()));
    }
    decode("", bytes).map_err(|problem| {
        let line = problem.position.map(|position| position.line);
        (line, String::new())
    })
}
