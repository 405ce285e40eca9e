//! Files beside a document to be added, to which its text links: what would be copied to
//! `attachment/<basename>/`, and the text with links to the copies.
//!
//! Only files in the document's own folder are copied: a link must not publish other files of the
//! machine. Not here: writing (`commands::add`), and other documents beside it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::Result;
use unicode_normalization::UnicodeNormalization;

use crate::disk::{self, Kind};
use crate::markdown::destinations::{self, Destination, Form};
use crate::model::address::{self, Address};
use crate::model::front_matter;
use crate::model::settings::Wikilinks;
use crate::name::{Basename, is_leftover};

use super::paths::COPIED;
use super::site::Site;

/// The folder of copied files.
const ATTACHMENT: &str = "attachment";
/// Endings of documents, which are not copied: they are added one by one.
const DOCUMENTS: [&str; 2] = [".md", ".markdown"];

/// The files beside a document that its text links to.
#[derive(Debug, Default)]
pub struct Beside {
    named: Vec<Named>,
}

/// A link destination in the text, and its file.
#[derive(Debug)]
struct Named {
    destination: Destination,
    place: Place,
}

#[derive(Debug)]
enum Place {
    /// A file in the document's folder, and its path from there.
    Own {
        file: PathBuf,
        path: String,
    },
    /// An existing file of the site, by its path.
    Site(String),
    Elsewhere,
}

#[derive(Debug)]
pub struct Copy {
    /// As written in the document.
    pub from: String,
    /// Relative to the site.
    pub to: String,
    pub bytes: Vec<u8>,
}

impl Beside {
    /// Finds the files that `text`, the content of `file`, links to.
    pub fn find(site: &Site, file: &Path, text: &str) -> Self {
        let body = front_matter::body_in_file(text);
        let folder = file.parent().filter(|folder| *folder != Path::new(""));
        let finder = Finder {
            site,
            folder: folder.unwrap_or(Path::new(".")),
        };
        let found = destinations::find(&text[body..]).into_iter();
        let named = found.filter_map(|mut destination| {
            destination.span = body + destination.span.start..body + destination.span.end;
            let place = finder.place(&destination)?;
            Some(Named { destination, place })
        });
        Self {
            named: named.collect(),
        }
    }

    /// Whether a link's target is a file that would be copied.
    pub fn holds(&self, target: &str) -> bool {
        self.named.iter().any(|named| {
            let is_own = matches!(named.place, Place::Own { .. });
            is_own && named.destination.target == target
        })
    }

    /// Whether a link's target is an existing file in another folder.
    pub fn is_elsewhere(&self, target: &str) -> bool {
        self.named.iter().any(|named| {
            matches!(named.place, Place::Elsewhere) && named.destination.target == target
        })
    }

    /// The document's text with links to the copies.
    pub fn linked(&self, name: &Basename, text: &str) -> String {
        let targets = self.targets(name);
        let mut changed = String::with_capacity(text.len());
        let mut last = 0;
        for Named { destination, place } in &self.named {
            let to = match place {
                Place::Own { file, .. } => &targets[file.as_path()].1,
                Place::Site(path) if !leads_to(&destination.target, path) => path,
                Place::Site(_) | Place::Elsewhere => continue,
            };
            let span = destination.span.clone();
            changed.push_str(&text[last..span.start]);
            changed.push_str(&rewritten(&text[span.clone()], to, destination.form));
            last = span.end;
        }
        changed.push_str(&text[last..]);
        changed
    }

    /// The files, in the order of their copies' paths.
    ///
    /// # Errors
    ///
    /// If one cannot be read.
    pub fn files(&self, name: &Basename) -> Result<Vec<Copy>> {
        let mut files = Vec::new();
        for (file, (from, to)) in self.targets(name) {
            files.push(Copy {
                from: from.to_owned(),
                to,
                bytes: disk::read_named(file)?,
            });
        }
        files.sort_by(|one, other| one.to.cmp(&other.to));
        Ok(files)
    }

    /// Each file with its path from the document and its copy's path: its name, or, if two files
    /// have the same name, its whole path.
    fn targets(&self, name: &Basename) -> BTreeMap<&Path, (&str, String)> {
        let own: BTreeMap<&Path, &str> = self
            .named
            .iter()
            .filter_map(|named| match &named.place {
                Place::Own { file, path } => Some((file.as_path(), path.as_str())),
                _ => None,
            })
            .collect();
        let last = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
        let mut seen = BTreeSet::new();
        let mut shared = BTreeSet::new();
        for path in own.values() {
            let folded = last(path).to_lowercase();
            if !seen.insert(folded.clone()) {
                shared.insert(folded);
            }
        }
        own.into_iter()
            .map(|(file, path)| {
                let short = last(path);
                let is_shared = shared.contains(&short.to_lowercase());
                let short = if is_shared { path.to_owned() } else { short };
                (file, (path, format!("{ATTACHMENT}/{name}/{short}")))
            })
            .collect()
    }
}

struct Finder<'a> {
    site: &'a Site,
    folder: &'a Path,
}

impl Finder<'_> {
    fn place(&self, destination: &Destination) -> Option<Place> {
        let target = destination.target.trim();
        if destination.form == Form::Wiki && self.site.settings.wikilinks != Wikilinks::Link {
            return None;
        }
        let path = match address::read(target) {
            Address::Local(local) if !local.is_absolute && !local.path.is_empty() => {
                "../".repeat(local.up) + &local.path
            }
            _ => return None,
        };
        let lower = path.to_lowercase();
        if DOCUMENTS.iter().any(|ending| lower.ends_with(ending)) {
            return None;
        }
        let file = disk::real(&self.locate(&path)?)?;
        if disk::kind(&file).ok()? != Kind::File {
            return None;
        }
        Some(self.place_of(file))
    }

    fn place_of(&self, file: PathBuf) -> Place {
        let below = |folder: &Path| disk::within(&disk::real(folder)?, &file);
        let is_hidden = |path: &str| {
            let mut parts = path.split('/');
            parts.any(|part| part.starts_with('.') || is_leftover(part))
        };
        let in_site = below(&self.site.root).filter(|path| {
            let top = path.split('/').next().unwrap_or_default();
            COPIED.contains(&top) && !is_hidden(path)
        });
        if let Some(path) = in_site {
            return Place::Site(path.nfc().collect());
        }
        match below(self.folder) {
            Some(path) if !is_hidden(&path) && !path.contains(char::is_control) => Place::Own {
                path: path.nfc().collect(),
                file,
            },
            _ => Place::Elsewhere,
        }
    }

    /// The file at a path, in any Unicode form of its name.
    fn locate(&self, path: &str) -> Option<PathBuf> {
        let mut at = self.folder.to_owned();
        for part in path.split('/').filter(|part| !matches!(*part, "" | ".")) {
            let exact = at.join(part);
            at = match disk::kind(&exact).ok()? {
                Kind::Absent => {
                    let composed: String = part.nfc().collect();
                    let entries = disk::list(&at).ok()?.into_iter();
                    let mut entries = entries.filter(|entry| entry.readable);
                    let found = entries.find(|entry| entry.path.nfc().eq(composed.chars()))?;
                    at.join(found.path)
                }
                _ => exact,
            };
        }
        Some(at)
    }
}

/// Whether a link, as it is written, links to a path of the site.
fn leads_to(target: &str, path: &str) -> bool {
    let Address::Local(local) = address::read(target) else {
        return false;
    };
    !local.is_absolute && local.up == 0 && local.path.nfc().eq(path.chars())
}

/// A destination that links to `path` and keeps the query and fragment of the old one.
fn rewritten(written: &str, path: &str, form: Form) -> String {
    if form == Form::Wiki {
        return path.to_owned();
    }
    let rest = written.find(['#', '?']).map_or("", |at| &written[at..]);
    let mut link = String::with_capacity(path.len() + rest.len());
    for c in path.chars() {
        let is_plain = !c.is_ascii()
            || c.is_ascii_alphanumeric()
            || matches!(c, '/' | '-' | '_' | '.' | '~' | '+' | '@' | ',' | '=');
        if is_plain && !c.is_whitespace() {
            link.push(c);
        } else {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                link.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    link.push_str(rest);
    link
}
