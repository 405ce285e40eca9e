//! `mv`: documents with other names. The source, its page, its drawings, and everything that names it
//! go along; the old name becomes an alias.
//!
//! Not here: which names a pattern means (`pattern`), and headings (`headings`).

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;

use crate::diagnostic::BuildError;
use crate::disk::{self, Kind};
use crate::fingerprint::Fingerprint;
use crate::model::corpus::DocId;
use crate::model::front_matter::Change;
use crate::model::settings::{FILE, Label};
use crate::model::{drawing, links::HandMade};
use crate::name::{self, Basename};
use crate::output::mark;
use crate::output::page_state::{self, PageState};
use crate::pipeline::site::Site;
use crate::rule::{Cause, Rule};

use super::data;
use super::draft::Draft;
use super::flow;
use super::front;
use super::headings;
use super::known::Known;
use super::links::Names;
use super::plan::Plan;
use super::settings;

/// Documents that get other names.
#[derive(Debug, Clone, Default)]
pub struct Move {
    /// The old and the new name of each.
    pub names: Vec<(Basename, Basename)>,
    /// Whether the old names become aliases, so that readers of the old addresses are sent on.
    pub alias: bool,
    /// Documents whose hand-made pages may be changed.
    pub hand_made: Vec<Basename>,
}

/// Plans to rename documents.
///
/// # Errors
///
/// If there is no such document, a name is taken, or something that would have to change cannot be
/// read or edited.
pub fn moved(site: &Site, known: &Known, asked: &Move) -> Result<Plan> {
    let mut draft = Draft::new(site);
    move_into(&mut draft, known, asked)?;
    note_unlisted(&mut draft, &asked.names);
    settings::note_patterns(&mut draft, &asked.names);
    draft.finish()
}

/// The same, into a plan that has more to do.
pub(super) fn move_into(draft: &mut Draft<'_>, known: &Known, asked: &Move) -> Result<()> {
    let moving = Moving::new(draft, known, asked);
    if draft.is_refused() {
        return Ok(());
    }
    moving.links(draft)?;
    flow::rename_in_flow(draft, &asked.names)?;
    settings::rename_in_settings(draft, &asked.names)?;
    data::rename_in_baselines(draft, &asked.names)?;
    data::rename_in_drawings(draft, known, &asked.names)?;
    moving.hand_made(draft)?;
    data::note_attachments(draft, known, &asked.names)?;
    moving.successors(draft)?;
    moving.sources(draft)?;
    moving.marks(draft)?;
    moving.pages(draft)?;
    moving.drawings(draft)
}

/// Says which topics and types of the new names the site does not list.
fn note_unlisted(draft: &mut Draft<'_>, names: &[(Basename, Basename)]) {
    let settings = &draft.site().settings;
    let lists = |labels: &[Label], prefix: &str| labels.iter().any(|label| label.prefix == prefix);
    let mut notes = BTreeSet::new();
    for (old, to) in names {
        let is_listed = settings.topics.is_empty() || lists(&settings.topics, to.topic());
        if to.topic() != old.topic() && !is_listed {
            notes.insert(format!("does not list the topic `{}`", to.topic()));
        }
        if to.kind() != old.kind() && !lists(&settings.types, to.kind()) {
            notes.insert(format!("does not list the type `{}`", to.kind()));
        }
    }
    for note in notes {
        draft.note(FILE, None, note);
    }
}

struct Moving<'a> {
    known: &'a Known,
    asked: &'a Move,
    new: BTreeMap<DocId, &'a Basename>,
}

impl<'a> Moving<'a> {
    /// Finds the documents, and refuses what cannot be renamed.
    fn new(draft: &mut Draft<'_>, known: &'a Known, asked: &'a Move) -> Self {
        let mut new = BTreeMap::new();
        for (old, to) in &asked.names {
            match known.find(old) {
                Some(id) => drop(new.insert(id, to)),
                None => draft.refuse(known.no_such(old)),
            }
        }
        let moving = Self { known, asked, new };
        let mut taken: BTreeMap<String, &Basename> = BTreeMap::new();
        for (id, to) in &moving.new {
            let other = taken.insert(to.folded(), known.name(*id));
            let clash = match other {
                Some(other) => Some(format!("`{other}` would have the same name")),
                None => moving.clash(draft, *id, to),
            };
            if let Some(why) = clash {
                let path = known.name(*id).source();
                let message = format!("cannot become `{to}`: {why}");
                draft.refuse(BuildError::new(
                    Cause::Found(Rule::NameClash),
                    path,
                    message,
                ));
            }
        }
        moving
    }

    /// Why a name is not free.
    fn clash(&self, draft: &Draft<'_>, id: DocId, to: &Basename) -> Option<String> {
        let corpus = &self.known.catalogue().corpus;
        let own = &corpus.get(id).name;
        if own == to {
            return Some("it has that name".to_owned());
        }
        let folded = to.folded();
        if own.folded() == folded {
            let why = format!(
                "it differs from `{own}` only in case, and macOS and Windows treat them as one file; \
                 take two steps, by a third name"
            );
            return Some(why);
        }
        let same = corpus.iter().find(|(other, document)| {
            !self.new.contains_key(other) && document.name.folded() == folded
        });
        if let Some((_, document)) = same {
            return Some(if document.name == *to {
                format!("{} exists", to.source())
            } else {
                format!(
                    "it differs from `{}` only in case, and macOS and Windows treat them as one file",
                    document.name
                )
            });
        }
        let alias = corpus.iter().find(|(other, document)| {
            *other != id && document.front.old_names().any(|name| name == to.as_str())
        });
        if let Some((_, document)) = alias {
            return Some(format!("it is an alias of `{}`", document.name));
        }
        let redirects = &self.known.catalogue().settings.redirects;
        let is_from = |from: &str| from.strip_suffix(".html").unwrap_or(from) == to.as_str();
        if redirects.iter().any(|entry| is_from(&entry.from)) {
            return Some(format!("[redirects] sends `{}` elsewhere", to.page()));
        }
        let is_vacated = |path: &str| {
            let mut sources = self.new.keys().map(|id| self.known.source(*id));
            sources.any(|source| source == path)
        };
        let path = to.source();
        let kind = disk::kind(&draft.site().root.join(&path));
        let is_free = kind.is_ok_and(|kind| kind == Kind::Absent) || is_vacated(&path);
        (!is_free).then(|| format!("{path} exists"))
    }

    /// Links of all documents, also those that are renamed themselves.
    fn links(&self, draft: &mut Draft<'_>) -> Result<()> {
        let new = |id: DocId| self.new.get(&id).copied();
        let names = Names {
            known: self.known,
            new: &new,
            titles_go: false,
            pairs: &self.asked.names,
        };
        let resolver = self.known.resolver();
        let mut linking: BTreeSet<DocId> = self
            .known
            .links_to(|id| self.new.contains_key(&id))
            .into_keys()
            .collect();
        linking.extend(self.naming(&names));
        // A heading that writes a name gets another id with it.
        for id in &linking {
            let text = draft.text(&self.known.source(*id))?;
            let (after, _) = names.rewritten(&resolver, *id, &text);
            headings::follow(draft, self.known, *id, &after)?;
        }
        for id in linking {
            names.rewrite(draft, &resolver, id)?;
        }
        Ok(())
    }

    /// Documents that name a renamed one in a diagram, in a comment for `check`, or by its drawings.
    fn naming(&self, names: &Names<'_>) -> impl Iterator<Item = DocId> {
        let names_one = |text: &str| {
            let mut old = self.asked.names.iter();
            old.any(|(old, _)| name::mentions(text, old.as_str()).next().is_some())
        };
        let documents = self.known.catalogue().corpus.iter();
        let naming = documents.filter(move |(_, document)| {
            let outline = &document.outline;
            outline
                .diagrams
                .iter()
                .any(|diagram| names_one(&diagram.source))
                || outline
                    .ignores
                    .iter()
                    .any(|ignore| names_one(&ignore.reason))
                || outline
                    .links
                    .iter()
                    .any(|link| names.names_drawing(&link.target))
        });
        naming.map(|(id, _)| id)
    }

    /// Documents that name a renamed one as the one to read instead.
    fn successors(&self, draft: &mut Draft<'_>) -> Result<()> {
        for (id, document) in self.known.catalogue().corpus.iter() {
            let Some(old) = &document.front.superseded_by else {
                continue;
            };
            let pair = self.asked.names.iter().find(|(name, _)| name == old);
            if let Some((_, new)) = pair {
                let change = Change::SuccessorRenamed(old, new);
                front::edit(draft, self.known, id, (&[change], "superseded_by"))?;
            }
        }
        Ok(())
    }

    fn sources(&self, draft: &mut Draft<'_>) -> Result<()> {
        for (id, to) in &self.new {
            let document = self.known.catalogue().corpus.get(*id);
            let mut changes = Vec::new();
            if document.front.old_names().any(|name| name == to.as_str()) {
                changes.push(Change::NoAlias(to));
            }
            // Another document may have that name from now on.
            let is_free = !self.new.values().any(|new| **new == document.name);
            let has_alias = self.asked.alias && is_free;
            if has_alias {
                changes.push(Change::Alias(&document.name));
            }
            let why = if has_alias {
                format!("alias `{}`", document.name)
            } else {
                format!("no alias `{to}`")
            };
            front::edit(draft, self.known, *id, (&changes, &why))?;
            draft.rename(&self.known.source(*id), &to.source())?;
        }
        Ok(())
    }

    /// A page goes along, so that one that a person changed stays what it is, and a published
    /// document stays published.
    fn pages(&self, draft: &mut Draft<'_>) -> Result<()> {
        let site = draft.site();
        for (id, to) in &self.new {
            let old = site.shown(&self.known.name(*id).page());
            let new = site.shown(&to.page());
            match &self.known.connected.pages[id].state {
                PageState::Absent | PageState::Damaged => continue,
                PageState::Doubtful(why) => {
                    draft.note(old, None, format!("{why}, and stays"));
                    continue;
                }
                PageState::Generated(_) | PageState::HandMade(_) | PageState::Unknown => {}
            }
            let is_vacated = self.new.keys().any(|id| self.known.name(*id) == *to);
            if !is_vacated && disk::kind(&site.root.join(&new))? != Kind::Absent {
                Self::make_way(draft, &new)?;
            }
            draft.rename(&old, &new)?;
        }
        Ok(())
    }

    /// A page at the new address that docsite wrote makes way; another one is in the way.
    fn make_way(draft: &mut Draft<'_>, page: &str) -> Result<()> {
        let site = draft.site();
        let name = page.rsplit('/').next().unwrap_or(page);
        let found = page_state::look(&site.output(), name);
        if found.mark().is_some() {
            return draft.remove(page, "made by docsite, and in the way");
        }
        let problem = BuildError::new(Cause::FileExists, page, "is in the way of a renamed page");
        draft.refuse(problem.help("move it away: docsite did not write it"));
        Ok(())
    }

    fn drawings(&self, draft: &mut Draft<'_>) -> Result<()> {
        for (id, to) in &self.new {
            let folder = format!("{}/{}/", drawing::FOLDER, self.known.name(*id));
            let files = self.known.catalogue().files.range(folder.clone()..);
            let own = files.take_while(|(path, _)| path.starts_with(&folder));
            for (path, _) in own {
                let name = &path[folder.len()..];
                draft.rename(path, &format!("{}/{to}/{name}", drawing::FOLDER))?;
            }
        }
        Ok(())
    }

    /// Links in hand-made pages: only those of pages that the request names are changed.
    fn hand_made(&self, draft: &mut Draft<'_>) -> Result<()> {
        let catalogue = self.known.catalogue();
        for (id, page) in &catalogue.hand_made {
            let name = self.known.name(*id);
            let path = draft.site().shown(&name.page());
            let is_named = self.asked.hand_made.contains(name);
            let lines = self.lines_of_page(*id, page);
            if is_named && !lines.is_empty() {
                let text = draft.text(&path)?;
                let new = data::links_renamed(&text, &self.asked.names);
                draft.write(&path, new, "links of a hand-made page")?;
                continue;
            }
            for (line, old) in lines {
                let text = format!("links to `{old}`, and is hand-made: not changed");
                draft.note(path.clone(), Some(line), text);
            }
        }
        Ok(())
    }

    /// A hand-made page that was changed along with its document is not behind it.
    fn marks(&self, draft: &mut Draft<'_>) -> Result<()> {
        for id in self.known.catalogue().hand_made.keys() {
            let document = self.known.catalogue().corpus.get(*id);
            if !self.asked.hand_made.contains(&document.name) {
                continue;
            }
            let source = Fingerprint::of(&draft.bytes(&self.known.source(*id))?);
            let path = draft.site().shown(&document.name.page());
            let text = draft.text(&path)?;
            let marked = mark::with_source(&text, document.source, source);
            draft.write(&path, marked, "its mark")?;
        }
        Ok(())
    }

    fn lines_of_page(&self, id: DocId, page: &HandMade) -> Vec<(usize, &Basename)> {
        let resolved = self.known.catalogue().links.links_of_page(id);
        let links = page.links.iter().zip(resolved);
        let named = links.filter_map(|(link, resolved)| {
            let to = self.known.named(&resolved.target, resolved.document)?;
            let old = self.known.name(to);
            self.new
                .contains_key(&to)
                .then_some((link.place.position.line, old))
        });
        named.collect()
    }
}
