//! `<basename>.json`: what programs want to know of a document without reading its page. The form is
//! that of `page.schema.json`.
//!
//! Not here: its text, which is the Markdown that the file names.

use anyhow::{Context as _, Result};
use serde::Serialize;

use crate::fingerprint::Fingerprint;
use crate::markdown::outline::Heading;
use crate::model::catalogue::Catalogue;
use crate::model::corpus::DocId;
use crate::model::flow::Step;
use crate::model::target::Target;
use crate::name::Basename;

use super::mark;
use super::views;

/// For programs; printed by `docsite schema page`.
pub const SCHEMA: &str = include_str!("page.schema.json");

#[derive(Serialize)]
struct About<'a> {
    basename: &'a str,
    title: &'a str,
    summary: &'a str,
    topic: &'a str,
    #[serde(rename = "type")]
    kind: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    updated: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    tags: &'a [String],
    /// The page and the Markdown, relative to the site's root.
    page: String,
    markdown: String,
    state: State<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<Place<'a>>,
    headings: Vec<HeadingOf<'a>>,
    links: Vec<LinkOf<'a>>,
    backlinks: Vec<&'a str>,
    attachments: Vec<FileOf<'a>>,
}

#[derive(Serialize)]
struct State<'a> {
    /// Whether a person changed or drew the page, so that it is no longer made from the Markdown.
    hand_made: bool,
    deprecated: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    superseded_by: Option<&'a str>,
}

/// The place on the reading path.
#[derive(Serialize)]
struct Place<'a> {
    /// From 1.
    stage: usize,
    title: &'a str,
    /// In the stage, from 1.
    position: usize,
    of: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    previous: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<&'a str>,
}

#[derive(Serialize)]
struct HeadingOf<'a> {
    level: u8,
    id: &'a str,
    text: &'a str,
}

/// A link of the text: to a document of the site, or to another host.
#[derive(Serialize)]
struct LinkOf<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    /// The words of the link.
    text: &'a str,
}

#[derive(Serialize)]
struct FileOf<'a> {
    /// Relative to the site's root.
    path: &'a str,
    bytes: u64,
    #[serde(skip_serializing_if = "str::is_empty")]
    text: &'a str,
}

/// The file with its mark.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn bytes(catalogue: &Catalogue, id: DocId) -> Result<Vec<u8>> {
    let text = serde_json::to_string_pretty(&about(catalogue, id));
    let text = text.with_context(|| catalogue.corpus.get(id).name.about())?;
    Ok(mark::json(&text, Fingerprint::of(text.as_bytes())))
}

fn about(catalogue: &Catalogue, id: DocId) -> About<'_> {
    let document = catalogue.corpus.get(id);
    let front = &document.front;
    About {
        basename: document.name.as_str(),
        title: &document.title,
        summary: &document.summary,
        topic: document.name.topic(),
        kind: document.name.kind(),
        date: catalogue.date(id),
        updated: catalogue.updated(id),
        tags: &front.tags,
        page: document.name.page(),
        markdown: document.name.source(),
        state: State {
            hand_made: catalogue.hand_made.contains_key(&id),
            deprecated: front.deprecated.is_some(),
            reason: front
                .deprecated
                .as_deref()
                .filter(|reason| !reason.is_empty()),
            superseded_by: front.superseded_by.as_ref().map(Basename::as_str),
        },
        path: place(catalogue, id),
        headings: document.outline.headings.iter().map(heading).collect(),
        links: links(catalogue, id),
        backlinks: names(catalogue, catalogue.links.incoming(id)),
        attachments: attachments(catalogue, id),
    }
}

fn heading(heading: &Heading) -> HeadingOf<'_> {
    HeadingOf {
        level: heading.level,
        id: &heading.id,
        text: &heading.text,
    }
}

fn names(catalogue: &Catalogue, ids: impl Iterator<Item = DocId>) -> Vec<&str> {
    ids.map(|id| catalogue.corpus.get(id).name.as_str())
        .collect()
}

fn place(catalogue: &Catalogue, id: DocId) -> Option<Place<'_>> {
    let (at, place) = *catalogue.places.get(&id)?;
    let stages = &catalogue.flow.stages;
    let name = |step: &Step| catalogue.corpus.get(step.doc).name.as_str();
    let before = stages[..at].iter().flat_map(|stage| &stage.docs);
    let before = before.chain(&stages[at].docs[..place]);
    let mut after = stages[at + 1..].iter().flat_map(|stage| &stage.docs);
    Some(Place {
        stage: at + 1,
        title: &stages[at].title,
        position: place + 1,
        of: stages[at].docs.len(),
        previous: before.last().map(name),
        next: stages[at]
            .docs
            .get(place + 1)
            .or_else(|| after.next())
            .map(name),
    })
}

/// Links of the text to published documents, and to other hosts.
fn links(catalogue: &Catalogue, id: DocId) -> Vec<LinkOf<'_>> {
    let links = catalogue.corpus.get(id).outline.links.iter();
    let links = catalogue.links.targets(id).zip(links);
    links
        .filter_map(|(target, link)| {
            let (document, url) = match target {
                Target::Document(to) => (Some(catalogue.corpus.get(*to).name.as_str()), None),
                Target::Outside => (None, Some(link.target.as_str())),
                _ => return None,
            };
            Some(LinkOf {
                document,
                url,
                text: &link.label,
            })
        })
        .collect()
}

fn attachments(catalogue: &Catalogue, id: DocId) -> Vec<FileOf<'_>> {
    let named = views::attachments(catalogue, id).into_iter();
    let files = named.map(|file| FileOf {
        path: file.path,
        bytes: catalogue.files.get(file.path).copied().unwrap_or_default(),
        text: file.label,
    });
    files.collect()
}
