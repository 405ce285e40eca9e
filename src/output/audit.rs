//! The link check under the graph: broken links and documents without links, each with a link to
//! its position.
//!
//! It uses the same facts as `check`. Not here: codes, levels and suppressed findings, which are
//! for authors (`check`); this is for readers.

use std::cell::OnceCell;
use std::sync::Arc;

use serde::Serialize;

use crate::diagnostic::{Position, Words as Names, nearest};
use crate::fingerprint::{Fingerprint, Parts};
use crate::markdown::outline::{Link, LinkKind};
use crate::memo::Memo;
use crate::model::address::{self, Address};
use crate::model::catalogue::Catalogue;
use crate::model::corpus::DocId;
use crate::model::target::{Break, Resolved, Target, wiki_parts};
use crate::name::href;

use super::links;
use super::view::{AuditView, FailingView, FoundView, LinkView, RowView};
use super::views::{row, words};
use super::words::Words;

/// In bytes. Longer targets get no suggestion.
const COMPARED: usize = 300;

struct Failing {
    from: DocId,
    link: usize,
    position: Position,
    kind: Kind,
}

#[derive(Clone, Copy)]
enum Kind {
    Broken(Break),
    Unpublished(DocId),
    Wiki,
}

impl Kind {
    /// In the site's language; empty if the list's title says it.
    fn what(self, t: &'static Words) -> &'static str {
        match self {
            Self::Broken(Break::Document) => t.broken_document,
            Self::Broken(Break::Heading) => t.broken_heading,
            Self::Broken(Break::Attachment) => t.broken_attachment,
            Self::Unpublished(_) => t.unpublished_document,
            Self::Wiki => "",
        }
    }
}

/// Every entry of the link check, in the order of documents and lines.
struct Findings {
    broken: Vec<Failing>,
    wikilinks: Vec<Failing>,
    orphans: Vec<DocId>,
    dead_ends: Vec<DocId>,
    outside_flow: Vec<DocId>,
}

impl Findings {
    fn of(catalogue: &Catalogue) -> Self {
        let mut broken = Vec::new();
        let mut wikilinks = Vec::new();
        for id in &catalogue.published {
            let links = &catalogue.corpus.get(*id).outline.links;
            let places = links.iter().map(|link| link.place);
            let targets = catalogue.links.targets(*id).zip(places);
            for (link, (target, place)) in targets.enumerate() {
                let (kind, list) = match target {
                    Target::Broken(kind) => (Kind::Broken(*kind), &mut broken),
                    Target::Unpublished(to) => (Kind::Unpublished(*to), &mut broken),
                    Target::Wiki => (Kind::Wiki, &mut wikilinks),
                    _ => continue,
                };
                list.push(Failing {
                    from: *id,
                    link,
                    position: place.position,
                    kind,
                });
            }
        }
        Self {
            broken,
            wikilinks,
            orphans: catalogue.orphans(),
            dead_ends: catalogue.dead_ends(),
            outside_flow: catalogue.outside_flow(),
        }
    }
}

/// The link check, with at most this many entries in each list.
pub fn view<'a>(catalogue: &'a Catalogue, most: usize, near: &Near<'a>) -> AuditView<'a> {
    let found = Findings::of(catalogue);
    let failing = |list: &[Failing]| {
        let entries = list.iter().take(most);
        FoundView {
            entries: entries
                .map(|found| failing_view(catalogue, near, found))
                .collect(),
            count: list.len(),
        }
    };
    let rows = |ids: &[DocId]| -> FoundView<RowView<'_>> {
        let entries = ids.iter().take(most);
        FoundView {
            entries: entries.map(|id| row(catalogue, *id, "")).collect(),
            count: ids.len(),
        }
    };
    let lists = [&found.orphans, &found.dead_ends, &found.outside_flow];
    let longest = lists.into_iter().map(Vec::len).max().unwrap_or_default();
    let failures = found.broken.len().max(found.wikilinks.len());
    AuditView {
        broken: failing(&found.broken),
        orphans: rows(&found.orphans),
        dead_ends: rows(&found.dead_ends),
        wikilinks: failing(&found.wikilinks),
        outside_flow: rows(&found.outside_flow),
        is_cut: longest.max(failures) > most,
    }
}

fn failing_view<'a>(catalogue: &'a Catalogue, near: &Near<'a>, found: &Failing) -> FailingView<'a> {
    let document = catalogue.corpus.get(found.from);
    let link = &document.outline.links[found.link];
    let file = document.name.source();
    FailingView {
        from: LinkView {
            href: links::place(document, found.link),
            title: &document.title,
        },
        source: href(&file),
        file,
        line: found.position.line,
        column: found.position.column,
        target: target(catalogue, found, link),
        what: found.kind.what(words(&catalogue.settings)),
        near: near.to(found, link),
    }
}

fn target<'a>(catalogue: &'a Catalogue, found: &Failing, link: &'a Link) -> &'a str {
    match found.kind {
        Kind::Unpublished(to) => catalogue.corpus.get(to).name.as_str(),
        _ => &link.target,
    }
}

/// The names that a broken link may have meant.
#[derive(Debug)]
pub struct Near<'a> {
    catalogue: &'a Catalogue,
    documents: Known<'a>,
    files: Known<'a>,
}

/// Valid names, sorted, and what `memo` keeps of earlier comparisons with them: comparing one name
/// with thousands takes longer than all else that is in a list of broken links.
#[derive(Debug)]
struct Known<'a> {
    names: Vec<&'a str>,
    memo: Arc<Memo>,
    /// The hash of all names, which a kept suggestion depends on.
    print: OnceCell<Fingerprint>,
    letters: OnceCell<Names<'a>>,
}

impl<'a> Known<'a> {
    fn new(names: impl Iterator<Item = &'a str>, memo: &Arc<Memo>) -> Self {
        Self {
            names: names.collect(),
            memo: Arc::clone(memo),
            print: OnceCell::new(),
            letters: OnceCell::new(),
        }
    }

    fn nearest(&self, written: &str) -> Option<&'a str> {
        let all = self.print.get_or_init(|| {
            let names = self.names.iter();
            let parts = names.fold(Parts::default(), Parts::with);
            parts.finish()
        });
        let key = Parts::default().with(all.to_bytes()).with(written).finish();
        if let Some(kept) = self.memo.get(key).and_then(|bytes| self.kept(&bytes)) {
            return Some(kept).filter(|name| !name.is_empty());
        }
        let letters = || Names::new(self.names.iter().copied());
        let near = self.letters.get_or_init(letters).nearest(written);
        self.memo.put(key, near.unwrap_or_default().into());
        near
    }

    /// What an earlier run found, empty if no name is near; `None` if its entry is of no use.
    fn kept(&self, bytes: &[u8]) -> Option<&'a str> {
        if bytes.is_empty() {
            return Some("");
        }
        let name = std::str::from_utf8(bytes).ok()?;
        let at = self.names.binary_search(&name).ok()?;
        Some(self.names[at])
    }
}

impl<'a> Near<'a> {
    /// `memo` has what earlier runs found.
    pub fn new(catalogue: &'a Catalogue, memo: &Arc<Memo>) -> Self {
        let ids = catalogue.published.iter();
        let names = ids.map(|id| catalogue.corpus.get(*id).name.as_str());
        Self {
            catalogue,
            documents: Known::new(names, memo),
            files: Known::new(catalogue.files.keys().map(String::as_str), memo),
        }
    }

    /// The nearest valid name, or an empty text.
    fn to(&self, found: &Failing, link: &Link) -> String {
        let Kind::Broken(kind) = found.kind else {
            return String::new();
        };
        let followed = &self.catalogue.links.links(found.from)[found.link];
        if let Some(meant) = &followed.meant {
            return meant.written.clone();
        }
        if link.target.len() > COMPARED {
            return String::new();
        }
        let near = match kind {
            Break::Document => self.documents.nearest(&stem(link)).map(str::to_owned),
            Break::Attachment => self.files.nearest(&path(link)).map(str::to_owned),
            Break::Heading => self.heading(followed),
        };
        near.unwrap_or_default()
    }

    fn heading(&self, followed: &Resolved) -> Option<String> {
        let document = self.catalogue.corpus.get(followed.document?);
        let headings = document.outline.headings.iter();
        let fragment = followed.fragment.as_deref()?;
        let near = nearest(fragment, headings.map(|heading| heading.id.as_str()))?;
        Some(format!("#{near}"))
    }
}

fn path(link: &Link) -> String {
    match (link.kind, address::read(&link.target)) {
        (LinkKind::Wiki | LinkKind::Embed, _) => wiki_parts(&link.target).0.to_owned(),
        (_, Address::Local(local)) => local.path,
        _ => link.target.clone(),
    }
}

/// The path without a document's ending.
fn stem(link: &Link) -> String {
    let path = path(link);
    let stem = path.strip_suffix(".html").or(path.strip_suffix(".md"));
    stem.map(str::to_owned).unwrap_or(path)
}

/// The whole link check for the page's script: documents by their index in `documents`, see `data`.
#[derive(Debug, Serialize)]
pub struct AuditData<'a> {
    broken: Vec<FailingData<'a>>,
    orphans: Vec<usize>,
    dead_ends: Vec<usize>,
    wikilinks: Vec<FailingData<'a>>,
    outside_flow: Vec<usize>,
}

/// Document, anchor in its page, line, target, what is wrong.
type FailingData<'a> = (usize, String, usize, &'a str, &'static str);

/// Every entry; `place` gives each document's index in the script's list.
pub fn data(catalogue: &Catalogue, place: impl Fn(DocId) -> usize) -> AuditData<'_> {
    let found = Findings::of(catalogue);
    let t = words(&catalogue.settings);
    let failing = |list: Vec<Failing>| {
        let entries = list.into_iter().map(|found| {
            let document = catalogue.corpus.get(found.from);
            let link = &document.outline.links[found.link];
            (
                place(found.from),
                links::place(document, found.link),
                found.position.line,
                target(catalogue, &found, link),
                found.kind.what(t),
            )
        });
        entries.collect()
    };
    let rows = |ids: Vec<DocId>| ids.into_iter().map(&place).collect();
    AuditData {
        broken: failing(found.broken),
        orphans: rows(found.orphans),
        dead_ends: rows(found.dead_ends),
        wikilinks: failing(found.wikilinks),
        outside_flow: rows(found.outside_flow),
    }
}
