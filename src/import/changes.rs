//! What an import changes in the site, and what it says of each file.
//!
//! Not here: names and texts (`work`).

use std::collections::BTreeMap;

use crate::disk::{self, Kind};
use crate::edit::{FileChange, Plan};
use crate::fingerprint::Fingerprint;
use crate::markdown::foreign::Foreign;

use super::archive::FLOW;
use super::asked::NewSite;
use super::facts;
use super::fate::Fate;
use super::flow;
use super::imported::{Copied, Imported, Kept, Moved, Topic};
use super::ledger::{Ledger, Written};
use super::left::Left;
use super::map;
use super::names::Named;
use super::order::{self, Order, Placed};
use super::settings;
use super::text::line_of;
use super::words::{slug, stem, without_number};
use super::work::Work;
use super::written::new_file;

/// What becomes of the folder, and what that changes in the site.
pub(super) fn of(mut work: Work<'_>, new: Option<&NewSite<'_>>) -> (Imported, Plan) {
    work.say_what_is_left();
    let documents = work.documents();
    let ledger = work.written();
    let topics = work.topics(&documents);
    let mut files = work.changes(new);
    let flow = work.reading_path(&topics);
    if let Some((text, _)) = &flow {
        files.push(new_file(
            FLOW.to_owned(),
            text.clone().into_bytes(),
            "the reading path",
        ));
    }
    files.extend(settings::change(&mut work, new, &topics));
    files.sort_by(|one, other| (&one.from, &one.to).cmp(&(&other.from, &other.to)));
    work.left.sort();
    work.left.dedup();
    let copied = work.copies.iter().map(|copy| Copied {
        from: copy.from.clone(),
        to: copy.to.clone(),
        is_there: copy.is_there,
    });
    let named = work.named.iter().zip(&work.facts);
    let drafts = named.filter(|(named, facts)| named.is_some() && facts.is_draft);
    let is_ordered = flow.is_some() && work.archive.is_none();
    let drafts = if is_ordered { drafts.count() } else { 0 };
    let mut imported = Imported {
        documents,
        topics,
        files: copied.collect(),
        kept: work.kept,
        left: work.left,
        drafts,
        flow: flow.map(|(_, from)| from),
        map: String::new(),
        ledger,
    };
    imported.map = map::written(&imported);
    (
        imported,
        Plan {
            files,
            notes: Vec::new(),
        },
    )
}

impl Work<'_> {
    fn say_what_is_left(&mut self) {
        let mut left = Vec::new();
        for (id, note) in self.folder.notes.iter().enumerate() {
            if self.kept.get(&note.path) == Some(&Kept::Empty) {
                left.push(Left::new(&note.path, None, "an empty file", ""));
            }
            if self.named[id].is_none() {
                continue;
            }
            if let Fate::Kept(why) = self.fates[id] {
                let name = self.named[id].as_ref().map(|named| named.name.to_string());
                left.push(Left::new(&note.path, None, why, name.unwrap_or_default()));
            }
            let kind = self.named[id]
                .as_ref()
                .map_or("", |named| named.name.kind());
            if !self
                .site
                .settings
                .types
                .iter()
                .any(|label| label.prefix == kind)
            {
                left.push(Left::new(
                    &note.path,
                    None,
                    "a type that the site does not list",
                    kind,
                ));
            }
            for (why, written) in &self.linked[id].left {
                let line = line_of(&note.text, written);
                left.push(Left::new(&note.path, line, why, written));
            }
            let has_said = !self.texts[id].left.is_empty();
            let remarks = self.facts[id].remarks.iter();
            let remarks = remarks.filter(|why| !has_said || **why != Foreign::Include.what());
            left.extend(remarks.map(|why| Left::new(&note.path, None, why, "")));
            left.append(&mut self.texts[id].left);
        }
        self.left.append(&mut left);
    }

    fn documents(&self) -> Vec<Moved> {
        let named = self.named.iter().enumerate();
        let documents = named.filter_map(|(id, named)| {
            let named = named.as_ref()?;
            let path = &self.folder.notes[id].path;
            let facts = &self.facts[id];
            Some(Moved {
                from: path.clone(),
                name: named.name.clone(),
                title: if facts.has_title {
                    facts.title.clone()
                } else {
                    facts::title_of(path, &self.habits)
                },
                why: named.why.clone(),
                fate: self.fates[id],
                links: self.linked[id].changed,
                included: self.texts[id].included + self.linked[id].embedded,
                turned: self.texts[id].turned,
            })
        });
        documents.collect()
    }

    /// What is known of the documents once all of it is written.
    fn written(&self) -> Ledger {
        let mut ledger = self.ledger.clone();
        for (id, named) in self.named.iter().enumerate() {
            // Of a note that did not change, what was written stays known.
            let is_written = matches!(self.fates[id], Fate::New | Fate::Replaced);
            let is_known = ledger
                .find(&self.folder.root, &self.folder.notes[id].path)
                .is_some();
            let is_new = is_written || (self.fates[id] == Fate::There && !is_known);
            let Some(named) = named.as_ref().filter(|_| is_new) else {
                continue;
            };
            let written = Written {
                name: named.name.clone(),
                bytes: Fingerprint::of(self.files[id].as_bytes()),
            };
            ledger.add(&self.folder.root, &self.folder.notes[id].path, written);
        }
        ledger
    }

    fn topics(&self, documents: &[Moved]) -> Vec<Topic> {
        let mut topics: Vec<Topic> = Vec::new();
        for document in documents {
            let prefix = document.name.topic();
            if let Some(topic) = topics.iter_mut().find(|topic| topic.prefix == prefix) {
                topic.count += 1;
                continue;
            }
            let listed = self.site.settings.topic(prefix);
            let given = self
                .map
                .topics
                .iter()
                .find(|(given, _)| given == prefix)
                .map(|(_, name)| name.clone());
            let mut folders = document.from.split('/').map(|part| without_number(part).1);
            let folder = folders.find(|part| slug(part) == prefix);
            let own = self.archive.iter().flat_map(|archive| &archive.topics);
            let mut own = own
                .filter(|label| label.prefix == prefix)
                .map(|label| label.name.clone());
            let name = listed
                .map(|label| label.name.clone())
                .or(given)
                .or(own.next());
            topics.push(Topic {
                prefix: prefix.to_owned(),
                name: name.unwrap_or_else(|| facts::readable(folder.unwrap_or(prefix))),
                count: 1,
                is_new: listed.is_none(),
            });
        }
        topics
    }

    /// The files that are written, without the settings and the flow.
    fn changes(&mut self, new: Option<&NewSite<'_>>) -> Vec<FileChange> {
        let mut files = Vec::new();
        let is_own = disk::real(&self.site.root).is_some_and(|root| root == self.folder.root);
        for (id, named) in self.named.iter().enumerate() {
            let fate = self.fates[id];
            let is_written = matches!(fate, Fate::New | Fate::Replaced);
            let Some(Named { name, .. }) = named.as_ref().filter(|_| is_written) else {
                continue;
            };
            let path = &self.folder.notes[id].path;
            let bytes = std::mem::take(&mut self.files[id]).into_bytes();
            let mut file = new_file(name.source(), bytes, &format!("from {path}"));
            if fate == Fate::Replaced {
                file.from.clone_from(&file.to);
                file.before = std::mem::take(&mut self.there[id]);
            }
            // What lies in `markdown/` of a new site under another name would be a second document.
            if is_own && path.starts_with("markdown/") {
                let before = disk::read(&self.folder.root.join(path)).ok().flatten();
                file.from = before.is_some().then(|| path.clone());
                file.before = before.unwrap_or_default();
            }
            files.push(file);
        }
        for copy in self.copies.iter_mut().filter(|copy| !copy.is_there) {
            let bytes = std::mem::take(&mut copy.bytes);
            files.push(new_file(
                copy.to.clone(),
                bytes,
                &format!("from {}", copy.from),
            ));
        }
        let others = new.iter().flat_map(|new| &new.files);
        for (path, text) in others {
            if disk::kind(&self.site.root.join(path)).is_ok_and(|kind| kind == Kind::Absent) {
                files.push(new_file(
                    path.clone(),
                    text.clone().into_bytes(),
                    "of the new site",
                ));
            }
        }
        files
    }

    /// The text of `flow.json`, and what it is from; `None` where the site has one.
    fn reading_path(&mut self, topics: &[Topic]) -> Option<(String, String)> {
        let is_there = disk::kind(&self.site.root.join(FLOW));
        let has_flow = is_there.is_ok_and(|kind| kind != Kind::Absent);
        let own = self
            .archive
            .as_ref()
            .and_then(|archive| archive.flow(&self.renamed()));
        if let Some(text) = own {
            if !has_flow {
                return Some((text, FLOW.to_owned()));
            }
            let why = "a reading path, since the site has its own";
            self.left.push(Left::new(FLOW, None, why, ""));
        }
        let order = self.order.take().or_else(|| self.order_of_folders());
        let order = order.filter(|_| !has_flow)?;
        let named = self.named.iter().zip(&self.facts);
        // A draft is not published, so nothing may lead to it.
        let names = named
            .map(|(named, facts)| Some(named.as_ref().filter(|_| !facts.is_draft)?.name.clone()));
        let title = |title: &str| {
            let topic = topics.iter().find(|topic| topic.prefix == title);
            match topic.map_or(title, |topic| topic.name.as_str()) {
                "" => "Start".to_owned(),
                title => title.to_owned(),
            }
        };
        let text = flow::written(&order, &names.collect::<Vec<_>>(), &title)?;
        Some((text, order.from))
    }

    /// The names of an archive's documents and files, and those that they get.
    fn renamed(&self) -> BTreeMap<String, String> {
        let notes = self.folder.notes.iter().zip(&self.named);
        let notes = notes.filter_map(|(note, named)| {
            let name = named.as_ref()?.name.to_string();
            self.habits
                .keeps_name(&note.path)
                .then(|| (stem(&note.path).to_owned(), name))
        });
        let copies = self.copies.iter();
        notes
            .chain(copies.map(|copy| (copy.from.clone(), copy.to.clone())))
            .collect()
    }

    fn order_of_folders(&self) -> Option<Order> {
        let named = self.named.iter().enumerate();
        let placed = named.filter_map(|(id, named)| {
            Some(Placed {
                id,
                topic: named.as_ref()?.name.topic(),
                path: &self.folder.notes[id].path,
                weight: order::weight(&self.texts[id].yaml),
            })
        });
        order::of_folders(placed.collect())
    }
}
