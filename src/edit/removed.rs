//! `rm`: documents that go, with their page and drawings, and what becomes of the links to them.
//!
//! Not here: links that become text (`unlink`), and pages (the build that follows removes those it
//! wrote).

use std::collections::BTreeSet;
use std::ops::Range;

use anyhow::Result;

use crate::diagnostic::BuildError;
use crate::markdown::destinations::{self, Destination, Form};
use crate::markdown::outline::Diagram;
use crate::model::address;
use crate::model::corpus::DocId;
use crate::model::drawing;
use crate::model::front_matter::{self, Change};
use crate::model::links;
use crate::model::settings::FILE;
use crate::model::target::Resolver;
use crate::name::{self, Basename};
use crate::output::page_state::PageState;
use crate::pipeline::site::Site;
use crate::rule::Cause;

use super::draft::Draft;
use super::flow;
use super::front;
use super::headings;
use super::known::{Inbound, Known};
use super::links::Names;
use super::plan::Plan;
use super::settings::{self, Fate};
use crate::place::spliced;

/// Documents that go.
#[derive(Debug, Clone)]
pub struct Removal {
    pub names: Vec<Basename>,
    pub links: Links,
}

/// What becomes of links to a document that goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Links {
    /// If there are any, the document stays.
    Refuse,
    /// They lead to another document, which gets the name as an alias.
    Redirect(Basename),
    /// Their words stay, and lead nowhere.
    Unlink,
    /// They stay, and lead nowhere.
    Leave,
}

/// Plans to remove documents.
///
/// # Errors
///
/// If there is no such document, if something leads to one and nothing is said of links, or if
/// something that would have to change cannot be read or edited.
pub fn removed(site: &Site, known: &Known, asked: &Removal) -> Result<Plan> {
    let mut draft = Draft::new(site);
    let removing = Removing::new(&mut draft, known, asked);
    if draft.is_refused() {
        return draft.finish();
    }
    match &asked.links {
        Links::Refuse => removing.refuse(&mut draft),
        Links::Redirect(to) => removing.redirect(&mut draft, to)?,
        Links::Unlink => {
            removing.unlink(&mut draft)?;
            removing.note_diagrams(&mut draft);
        }
        Links::Leave => removing.note_diagrams(&mut draft),
    }
    flow::remove_from_flow(&mut draft, &asked.names)?;
    removing.hand_made(&mut draft);
    removing.files(&mut draft)?;
    draft.finish()
}

pub(super) struct Removing<'a> {
    pub(super) known: &'a Known,
    asked: &'a Removal,
    pub(super) ids: BTreeSet<DocId>,
}

impl<'a> Removing<'a> {
    fn new(draft: &mut Draft<'_>, known: &'a Known, asked: &'a Removal) -> Self {
        let mut ids = BTreeSet::new();
        for name in &asked.names {
            match known.find(name) {
                Some(id) => drop(ids.insert(id)),
                None => draft.refuse(known.no_such(name)),
            }
        }
        if let Links::Redirect(to) = &asked.links {
            match known.find(to) {
                Some(id) if ids.contains(&id) => {
                    let problem = BuildError::new(Cause::StillLinked, to.source(), "goes too");
                    draft.refuse(problem.help("name a document that stays: --redirect BASENAME"));
                }
                Some(_) => {}
                None => draft.refuse(known.no_such(to)),
            }
        }
        Self { known, asked, ids }
    }

    /// Names everything that leads to one.
    fn refuse(&self, draft: &mut Draft<'_>) {
        let problem = |path: String, what: &str, name: &Basename| {
            let message = format!("{what} `{name}`, which was to be removed");
            BuildError::new(Cause::StillLinked, path, message).help(
                "--redirect BASENAME leads the links there, --unlink makes them text, --force leaves them",
            )
        };
        for Inbound { from, link, to } in self.known.inbound(&self.ids) {
            let problem = problem(
                self.known.name(from).source(),
                "links to",
                self.known.name(to),
            );
            draft.refuse(problem.at(link.place.position).over(link.place.length));
        }
        for (from, diagram, name) in self.in_diagrams() {
            let path = self.known.name(from).source();
            let problem = problem(path, "has a diagram that links to", name);
            draft.refuse(problem.at(diagram.place.position));
        }
        for (id, _) in self.succeeded() {
            let name = self
                .known
                .catalogue()
                .corpus
                .get(id)
                .front
                .superseded_by
                .as_ref();
            if let Some(name) = name {
                let path = self.known.name(id).source();
                draft.refuse(problem(path, "is superseded by", name));
            }
        }
        for entry in &self.known.catalogue().settings.redirects {
            let leads = self
                .asked
                .names
                .iter()
                .find(|name| leads_to(&entry.to, name));
            if let Some(name) = leads {
                draft.refuse(problem(FILE.to_owned(), "has a redirect to", name).at(entry.at));
            }
        }
    }

    /// Diagrams of documents that stay, which link to one.
    fn in_diagrams(&self) -> impl Iterator<Item = (DocId, &'a Diagram, &'a Basename)> {
        let documents = self.known.catalogue().corpus.iter();
        let staying = documents.filter(|(id, _)| !self.ids.contains(id));
        let diagrams = staying.flat_map(|(id, document)| {
            let diagrams = document.outline.diagrams.iter();
            diagrams.map(move |diagram| (id, diagram))
        });
        diagrams.flat_map(|(id, diagram)| {
            let links = |name: &&Basename| {
                let mut mentions = name::mentions(&diagram.source, name.as_str());
                let rest = |at: Range<usize>| &diagram.source[at.end..];
                mentions
                    .any(|at| rest(at.clone()).starts_with(".html") || rest(at).starts_with(".md"))
            };
            let names = self.asked.names.iter().filter(links);
            names.map(move |name| (id, diagram, name))
        })
    }

    /// Diagrams are not changed where links become text.
    fn note_diagrams(&self, draft: &mut Draft<'_>) {
        for (from, diagram, name) in self.in_diagrams() {
            let text = format!("has a diagram that links to `{name}`: not changed");
            let line = Some(diagram.place.position.line);
            draft.note(self.known.source(from), line, text);
        }
    }

    /// Documents that stay and name one as the one to read instead.
    pub(super) fn succeeded(&self) -> impl Iterator<Item = (DocId, &'a Basename)> {
        let documents = self.known.catalogue().corpus.iter();
        documents.filter_map(|(id, document)| {
            let name = document.front.superseded_by.as_ref()?;
            let goes = self
                .known
                .find(name)
                .is_some_and(|to| self.ids.contains(&to));
            (goes && !self.ids.contains(&id)).then_some((id, name))
        })
    }

    /// The part to which a redirect leads, of a document that goes; empty for its top.
    pub(super) fn goes<'t>(&self, target: &'t str) -> Option<&'t str> {
        let mut names = self.asked.names.iter();
        let goes = names.any(|name| leads_to(target, name));
        goes.then(|| target.split_once('#').map_or("", |(_, id)| id))
    }

    fn redirect(&self, draft: &mut Draft<'_>, to: &Basename) -> Result<()> {
        let Some(goal) = self.known.find(to) else {
            return Ok(());
        };
        self.cut_fragments(draft, goal)?;
        let pairs: Vec<(Basename, Basename)> = self
            .asked
            .names
            .iter()
            .map(|name| (name.clone(), to.clone()))
            .collect();
        let names = Names {
            known: self.known,
            new: &|id| self.ids.contains(&id).then_some(to),
            titles_go: true,
            pairs: &pairs,
        };
        let resolver = self.known.resolver();
        for id in self.linking() {
            let text = draft.text(&self.known.source(id))?;
            let (after, _) = names.rewritten(&resolver, id, &text);
            headings::follow(draft, self.known, id, &after)?;
        }
        for id in self.linking() {
            names.rewrite(draft, &resolver, id)?;
        }
        for (id, name) in self.succeeded() {
            // A document is not the one to read instead of itself.
            let change = if id == goal {
                Change::Successor(None)
            } else {
                Change::SuccessorRenamed(name, to)
            };
            front::edit(draft, self.known, id, (&[change], "superseded_by"))?;
        }
        let ids: BTreeSet<&str> =
            links::ids(self.known.catalogue().corpus.get(goal), None).collect();
        settings::change_redirects(draft, &|target| match self.goes(target) {
            None => Fate::Stays,
            Some("") => Fate::Leads(to.to_string()),
            Some(id) if !ids.contains(id) => Fate::Leads(to.to_string()),
            Some(id) => Fate::Leads(format!("{to}#{id}")),
        })?;
        self.give_names(draft, goal)
    }

    /// A document gets the names, and the former names, of those that go.
    fn give_names(&self, draft: &mut Draft<'_>, goal: DocId) -> Result<()> {
        let corpus = &self.known.catalogue().corpus;
        let mut former = Vec::new();
        for id in &self.ids {
            let document = corpus.get(*id);
            former.push(document.name.clone());
            let names = document.front.old_names();
            former.extend(names.filter_map(|name| Basename::parse(&name).ok()));
        }
        let own = corpus.get(goal);
        let has: BTreeSet<String> = own.front.old_names().collect();
        former.retain(|name| !has.contains(name.as_str()) && *name != own.name);
        let changes: Vec<Change<'_>> = former.iter().map(Change::Alias).collect();
        front::edit(draft, self.known, goal, (&changes, "aliases"))
    }

    /// A part of a document that goes is not in the other one: links lead to its top, unless it has
    /// such a part.
    fn cut_fragments(&self, draft: &mut Draft<'_>, goal: DocId) -> Result<()> {
        let document = self.known.catalogue().corpus.get(goal);
        let ids: BTreeSet<&str> = links::ids(document, None).collect();
        let resolver = self.known.resolver();
        for from in self.linking() {
            let path = self.known.source(from);
            let text = draft.text(&path)?;
            let mut edits = Vec::new();
            for found in self.destinations(&resolver, from, &text) {
                let written = &text[found.span.clone()];
                if found.form == Form::Wiki {
                    let rest = &text[found.span.end..];
                    let end = rest.find(['|', ']']).unwrap_or_default();
                    let heading = rest[..end].trim_end_matches('\\');
                    let name = heading.trim_start_matches('#').trim();
                    if heading.starts_with('#') && document.outline.heading_called(name).is_none() {
                        let span = found.span.end..found.span.end + heading.len();
                        edits.push((span, String::new()));
                    }
                } else if let Some(hash) = written.find('#') {
                    let id = address::decoded(&written[hash + 1..]);
                    if !ids.contains(id.as_str()) {
                        let span = found.span.start + hash..found.span.end;
                        edits.push((span, String::new()));
                    }
                }
            }
            draft.write(&path, spliced(&text, &edits), "links without their parts")?;
        }
        Ok(())
    }

    /// Documents that stay and lead to one.
    pub(super) fn linking(&self) -> BTreeSet<DocId> {
        let inbound = self.known.inbound(&self.ids);
        let inbound = inbound.map(|inbound| inbound.from);
        let drawn = self.in_diagrams().map(|(from, ..)| from);
        inbound.chain(drawn).collect()
    }

    /// The destinations in a document that lead to one.
    fn destinations(&self, resolver: &Resolver<'_>, from: DocId, text: &str) -> Vec<Destination> {
        let start = front_matter::body_in_file(text);
        let found = destinations::find(&text[start..]).into_iter();
        let found = found.map(|found| Destination {
            span: start + found.span.start..start + found.span.end,
            ..found
        });
        let leads = |found: &Destination| {
            let to = self.known.leads_to(resolver, from, found);
            to.is_some_and(|to| self.ids.contains(&to))
        };
        found.filter(leads).collect()
    }

    fn hand_made(&self, draft: &mut Draft<'_>) {
        let catalogue = self.known.catalogue();
        for (id, page) in &catalogue.hand_made {
            let path = draft.site().shown(&self.known.name(*id).page());
            if self.ids.contains(id) {
                let text = "is hand-made, and stays: delete it, if nobody needs it";
                draft.note(path, None, text);
                continue;
            }
            let resolved = catalogue.links.links_of_page(*id).iter();
            for (link, resolved) in page.links.iter().zip(resolved) {
                let to = self.known.named(&resolved.target, resolved.document);
                if let Some(to) = to.filter(|to| self.ids.contains(to)) {
                    let name = self.known.name(to);
                    let text = format!("links to `{name}`, and is hand-made: not changed");
                    draft.note(path.clone(), Some(link.place.position.line), text);
                }
            }
        }
    }

    /// The source, the page that docsite wrote, and the drawings.
    fn files(&self, draft: &mut Draft<'_>) -> Result<()> {
        for id in &self.ids {
            let name = self.known.name(*id);
            draft.remove(&self.known.source(*id), "the document")?;
            if let PageState::Generated(_) = self.known.connected.pages[id].state {
                let page = draft.site().shown(&name.page());
                draft.remove(&page, "its page")?;
            }
            let folder = format!("{}/{name}/", drawing::FOLDER);
            let files = self.known.catalogue().files.range(folder.clone()..);
            for (path, _) in files.take_while(|(path, _)| path.starts_with(&folder)) {
                draft.remove(path, "its drawing")?;
            }
        }
        Ok(())
    }
}

/// Whether the target of a redirect is a document.
fn leads_to(target: &str, name: &Basename) -> bool {
    let path = target.split(['#', '?']).next().unwrap_or(target);
    path.strip_suffix(".html").unwrap_or(path) == name.as_str()
}
