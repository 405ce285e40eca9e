//! Every note read, turned, named and linked.
//!
//! Not here: each of these steps, and what all of it changes in the site (`changes`).

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;
use rayon::prelude::*;

use crate::diagnostic::BuildError;
use crate::disk;
use crate::markdown::events::Dialect;
use crate::markdown::outline::Outline;
use crate::model::settings::{Label, Language};
use crate::name::Basename;
use crate::pipeline::site::{Refused, Site};
use crate::rule::Cause;

use super::archive::Archive;
use super::copies::{self, ATTACHMENT, Copy};
use super::existing::{self, Existing};
use super::facts::{self, Facts};
use super::fate::{self, Fate};
use super::folder::Folder;
use super::habits::Habits;
use super::imported::Kept;
use super::ledger::Ledger;
use super::left::Left;
use super::links::{self, Link, Linked, Targets};
use super::map::Map;
use super::names::{Named, Namer, Subject};
use super::obsidian;
use super::order::{self, Order};
use super::places::{Found, Places};
use super::text::Text;
use super::words::{parts, slug, stem};

/// How often names may change because the site has other documents of theirs.
const MOST_ROUNDS: usize = 4;

pub(super) struct Work<'a> {
    pub(super) site: &'a Site,
    pub(super) folder: Folder,
    pub(super) map: Map,
    /// What the folder says if it is an archive of docsite.
    pub(super) archive: Option<Archive>,
    pub(super) habits: Habits,
    pub(super) texts: Vec<Text>,
    pub(super) facts: Vec<Facts>,
    pub(super) outlines: Vec<Outline>,
    pub(super) bodies: Vec<String>,
    pub(super) links: Vec<Vec<Link>>,
    pub(super) order: Option<Order>,
    pub(super) kept: BTreeMap<String, Kept>,
    pub(super) left: Vec<Left>,
    /// Whether links are written as `[[name]]`.
    pub(super) has_wikilinks: bool,
    pub(super) language: Language,
    /// Of the notes, after `name_and_link`.
    pub(super) named: Vec<Option<Named>>,
    pub(super) linked: Vec<Linked>,
    pub(super) files: Vec<String>,
    pub(super) copies: Vec<Copy>,
    /// What of them the site has.
    pub(super) fates: Vec<Fate>,
    /// The bytes of the documents that are replaced.
    pub(super) there: Vec<Vec<u8>>,
    pub(super) ledger: Ledger,
}

impl<'a> Work<'a> {
    pub(super) fn of(site: &'a Site, mut folder: Folder, map: Map, is_new: bool) -> Self {
        let archive = Archive::of(&folder);
        let habits = Habits::of(&folder, archive.as_ref());
        let mut places = Places::of(&folder, &habits, &site.root);
        let mut left = std::mem::take(&mut folder.left);
        let texts = folder
            .notes
            .par_iter()
            .map(|note| Text::of(note, &folder, &places, &habits));
        let mut texts: Vec<Text> = texts.collect();
        let has_wikilinks = texts.iter().any(|text| text.body.contains("[["));
        let dialect = match (is_new, has_wikilinks) {
            (true, true) => Dialect::Obsidian { math: true },
            (true, false) => Dialect::Site { math: true },
            (false, _) => site.settings.dialect(),
        };
        if matches!(dialect, Dialect::Site { .. }) {
            obsidian::in_html(&mut texts, &habits);
        }
        let (facts, outlines) = known(&texts, dialect, &folder, &habits, &mut places);
        let links = texts.par_iter().zip(&folder.notes).enumerate();
        let links = links
            .map(|(id, (text, note))| links::find(&note.path, id, &text.body, &places, &habits));
        let links = links.collect();
        let order = order::said(&folder, &places, &mut left);
        let bodies: Vec<String> = texts
            .iter_mut()
            .map(|text| std::mem::take(&mut text.body))
            .collect();
        let mut work = Self {
            has_wikilinks,
            language: facts::language(&bodies),
            kept: BTreeMap::new(),
            named: Vec::new(),
            linked: Vec::new(),
            files: Vec::new(),
            copies: Vec::new(),
            fates: Vec::new(),
            there: Vec::new(),
            ledger: Ledger::of(&site.root),
            site,
            folder,
            map,
            archive,
            habits,
            texts,
            facts,
            outlines,
            bodies,
            links,
            order,
            left,
        };
        work.kept = work.without_document();
        work
    }

    fn without_document(&self) -> BTreeMap<String, Kept> {
        let list = self.order.as_ref().and_then(|order| order.list);
        let included = self
            .texts
            .iter()
            .flat_map(|text| text.notes.iter().copied());
        let included: BTreeSet<usize> = included.collect();
        let is_unlisted = |id: usize| {
            let order = self.order.as_ref();
            order.is_some_and(|order| {
                !order
                    .sections
                    .iter()
                    .any(|section| section.notes.contains(&id))
            })
        };
        let notes = self.folder.notes.iter().enumerate();
        let kept = notes.filter_map(|(id, note)| {
            let (_, name) = parts(&note.path);
            let why = if self.map.skips(&note.path) {
                Kept::Skipped
            } else if list == Some(id)
                || matches!(name, "_sidebar.md" | "_navbar.md" | "_footer.md")
            {
                Kept::List
            } else if self.bodies[id].trim().is_empty() {
                Kept::Empty
            } else if included.contains(&id) && is_unlisted(id) {
                Kept::Included
            } else {
                return None;
            };
            Some((note.path.clone(), why))
        });
        kept.collect()
    }

    /// Names the documents and writes their links, until no name is that of another document of the
    /// site.
    pub(super) fn name_and_link(&mut self) -> Result<()> {
        let existing = existing::of(self.site)?;
        let mut blocked = BTreeSet::new();
        for round in 0.. {
            self.named = self.names(&existing, &blocked);
            let mut left = Vec::new();
            self.copies = self.copies(&mut left);
            self.link();
            let differs = self.compare(&existing)?;
            if differs.is_empty() {
                self.left.extend(left);
                break;
            }
            blocked.extend(differs);
            if round >= MOST_ROUNDS {
                blocked.extend(existing.keys().cloned());
            }
        }
        Ok(())
    }

    fn names(&self, existing: &Existing, blocked: &BTreeSet<String>) -> Vec<Option<Named>> {
        let mut topics = self.site.settings.topics.clone();
        let listed = self.map.topics.iter().map(|(prefix, name)| Label {
            prefix: prefix.clone(),
            name: name.clone(),
            description: String::new(),
            colour: None,
        });
        topics.extend(listed);
        let taken = blocked
            .iter()
            .map(|name| (name.clone(), "another document of the site".to_owned()));
        let mut namer = Namer {
            habits: &self.habits,
            topics: &topics,
            types: &self.site.settings.types,
            own_topic: own_topic(&self.folder.root),
            taken: taken.collect(),
        };
        for (path, (name, _)) in &self.map.documents {
            namer.take(name, path);
        }
        let known: BTreeMap<&str, &Basename> = self.known(existing);
        for (path, name) in &known {
            namer.take(name, path);
        }
        let notes = self.folder.notes.iter().zip(&self.facts);
        let named = notes.map(|(note, facts)| {
            if self.kept.contains_key(&note.path) {
                return None;
            }
            if let Some((name, _)) = self.map.documents.get(&note.path) {
                return Some(Named {
                    name: name.clone(),
                    why: Some("by the map".to_owned()),
                });
            }
            if let Some(name) = known.get(note.path.as_str()) {
                return Some(Named {
                    name: (*name).clone(),
                    why: None,
                });
            }
            namer.name(&Subject {
                path: &note.path,
                title: if facts.has_title { &facts.title } else { "" },
                kind: facts.kind.as_deref(),
            })
        });
        named.collect()
    }

    /// The documents that earlier imports made of notes, by the names that they have now.
    fn known<'s>(&'s self, existing: &'s Existing) -> BTreeMap<&'s str, &'s Basename> {
        let paths = self.folder.notes.iter().map(|note| note.path.as_str());
        let is_given =
            |path: &str| self.map.documents.contains_key(path) || self.kept.contains_key(path);
        let known = paths.filter(|path| !is_given(path)).filter_map(|path| {
            let written = self.ledger.find(&self.folder.root, path)?;
            Some((path, existing.get(&written.name.folded())?))
        });
        known.collect()
    }

    fn copies(&self, left: &mut Vec<Left>) -> Vec<Copy> {
        let mut wanted = BTreeMap::new();
        for (named, links) in self.named.iter().zip(&self.links) {
            let Some(named) = named else { continue };
            for link in links {
                if let Found::File(path) = &link.found {
                    let folder = || self.folder_of_copy(path, named.name.topic());
                    wanted.entry(path.clone()).or_insert_with(folder);
                }
            }
        }
        let listed = self.archive.as_ref().map(Archive::attachments);
        for path in listed.into_iter().flatten() {
            if self.folder.files.contains_key(&path) {
                let folder = self.folder_of_copy(&path, "");
                wanted.entry(path).or_insert(folder);
            }
        }
        copies::read(&self.folder, &self.site.root, &wanted, left)
    }

    /// Where a file is copied to: that of an archive stays where it is.
    fn folder_of_copy(&self, path: &str, topic: &str) -> String {
        let (folder, _) = parts(path);
        let is_kept = folder == ATTACHMENT || folder.starts_with(&format!("{ATTACHMENT}/"));
        if is_kept && self.archive.is_some() {
            return folder.to_owned();
        }
        format!("{ATTACHMENT}/{topic}")
    }

    fn link(&mut self) {
        let names: Vec<Option<Basename>> = self
            .named
            .iter()
            .map(|named| named.as_ref().map(|named| named.name.clone()))
            .collect();
        let copies = self
            .copies
            .iter()
            .map(|copy| (copy.from.clone(), copy.to.clone()));
        let targets = Targets {
            names: &names,
            outlines: &self.outlines,
            bodies: &self.bodies,
            links: &self.links,
            copies: &copies.collect(),
        };
        let ids = (0..names.len()).into_par_iter();
        self.linked = ids
            .map(|id| {
                if names[id].is_some() {
                    targets.linked(id)
                } else {
                    Linked::default()
                }
            })
            .collect();
        let files = (0..names.len()).map(|id| {
            let facts = &self.facts[id];
            let mut text = Text {
                yaml: self.texts[id].yaml.clone(),
                ..Text::default()
            };
            if !facts.has_title {
                text.add(
                    "title",
                    &facts::title_of(&self.folder.notes[id].path, &self.habits),
                );
            }
            text.file(&self.linked[id].text)
        });
        self.files = files.collect();
    }

    /// Compares with the documents of the site; returns the folded names whose documents differ.
    fn compare(&mut self, existing: &Existing) -> Result<Vec<String>> {
        let mut differs = Vec::new();
        let mut problems = Vec::new();
        self.fates = vec![Fate::New; self.named.len()];
        self.there = vec![Vec::new(); self.named.len()];
        for (id, named) in self.named.iter().enumerate() {
            let Some(Named { name, .. }) = named else {
                continue;
            };
            let Some(owner) = existing.get(&name.folded()) else {
                continue;
            };
            let path = &self.folder.notes[id].path;
            let written = self.ledger.find(&self.folder.root, path);
            let written =
                written.filter(|written| existing.get(&written.name.folded()) == Some(owner));
            // An alias is the name of no file.
            let there = disk::read(&self.site.root.join(name.source()));
            let there = there.ok().flatten().unwrap_or_default();
            let is_itself = self.folder.root.join(path) == self.site.root.join(name.source());
            let fate = match fate::of(self.files[id].as_bytes(), &there, written) {
                Some(Fate::Kept(_)) | None if is_itself => Some(Fate::Replaced),
                fate => fate,
            };
            if let Some(fate) = fate.filter(|_| owner == name) {
                self.fates[id] = fate;
                self.there[id] = there;
            } else if let Some((_, place)) = self.map.documents.get(path) {
                let message = format!("`{name}` is another document of the site");
                let problem = BuildError::new(Cause::DocumentExists, &self.map.file, message);
                problems.push(
                    problem
                        .at(*place)
                        .help("choose another name, or put the file into `skip`"),
                );
            } else {
                differs.push(name.folded());
            }
        }
        if problems.is_empty() {
            Ok(differs)
        } else {
            Err(Refused(problems).into())
        }
    }
}

/// The topic of files that are in no folder: the name of the folder that is imported.
fn own_topic(root: &Path) -> String {
    let (is_named, name) = root_name(root);
    let topic = slug(&name).replace('.', "-");
    let is_free =
        is_named && !topic.is_empty() && Basename::parse(&format!("{topic}__note-x")).is_ok();
    if is_free { topic } else { "notes".to_owned() }
}

/// The name of a folder, or of the one above where it is called `docs` or `src`; and whether it has
/// one.
pub(super) fn root_name(root: &Path) -> (bool, String) {
    let names = root
        .ancestors()
        .filter_map(|folder| folder.file_name()?.to_str());
    let mut names = names.take(2).filter(|name| {
        !matches!(
            *name,
            "docs" | "doc" | "src" | "content" | "markdown" | "tmp"
        )
    });
    match names.next() {
        Some(name) => (true, name.to_owned()),
        None => (false, "notes".to_owned()),
    }
}

/// What is known of each text; the names by which it is called are noted in `places`.
fn known(
    texts: &[Text],
    dialect: Dialect,
    folder: &Folder,
    habits: &Habits,
    places: &mut Places,
) -> (Vec<Facts>, Vec<Outline>) {
    let read = texts.par_iter().map(|text| facts::read(text, dialect));
    let read: Vec<(Facts, Outline, Vec<String>)> = read.collect();
    let known = read
        .into_iter()
        .enumerate()
        .map(|(id, (fact, outline, names))| {
            let path = &folder.notes[id].path;
            call(places, (id, path), &names);
            if habits.is_logseq {
                places.call(&facts::journal_day(stem(path)).unwrap_or_default(), id);
            }
            if fact.has_title {
                places.call(&fact.title, id);
            }
            (fact, outline)
        });
    known.unzip()
}

/// Gives a note the names that it says it has.
fn call(places: &mut Places, (id, path): (usize, &str), names: &[String]) {
    let near = format!("/{}/", parts(path).0).replace("//", "/");
    for name in names {
        // Docusaurus takes ids and relative addresses from the folder.
        if let Some(last) = name.strip_prefix('/') {
            places.call(&format!("{near}{last}"), id);
        }
        places.call(name, id);
    }
}
