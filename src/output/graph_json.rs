//! graph.json: the links of the site as data, for programs.
//!
//! ```json
//! {
//!   "generator": "docsite", "mark": "…", "version": 1,
//!   "nodes": [{ "basename", "title", "topic", "type", "in", "out", "deprecated", "viz" }],
//!   "links": [{ "source", "target", "count" }],
//!   "orphans": ["basename"],
//!   "broken": [{ "source", "file", "line", "column", "kind", "target" }],
//!   "unpublished": [{ "source", "file", "line", "column", "target" }]
//! }
//! ```
//!
//! `nodes` are the published documents by basename. `in` and `out` count documents, `count` counts
//! links. `kind` is `document`, `heading` or `attachment`. `target` of a broken link is as written;
//! of one to a document without a page, its basename. `line` and `column` count from 1, columns in
//! characters. A key may be added without a new version; none changes its meaning or goes without
//! one.
//!
//! Beyond [`super::parts::WHOLE`] documents the file is in parts, and its version is 2:
//!
//! ```json
//! {
//!   "generator": "docsite", "mark": "…", "version": 2,
//!   "parts": [{ "file": "graph-gw-1.json", "topic", "documents", "links" }]
//! }
//! ```
//!
//! A part is an object as above, of version 2, with what is in the documents of its range: links,
//! broken ones too, are in the part of their source. Not here: where a document is in the picture
//! (`data`).

use serde::Serialize;

use crate::model::catalogue::Catalogue;
use crate::model::corpus::DocId;
use crate::model::links::Failing;
use crate::model::target::Break;

use super::parts::Part;

const VERSION: u32 = 1;
const VERSION_IN_PARTS: u32 = 2;

#[derive(Debug, Serialize)]
struct Parts<'a> {
    version: u32,
    parts: Vec<PartOf<'a>>,
}

#[derive(Debug, Serialize)]
struct PartOf<'a> {
    file: String,
    topic: &'a str,
    documents: usize,
    links: usize,
}

#[derive(Debug, Serialize)]
struct Graph<'a> {
    version: u32,
    nodes: Vec<Node<'a>>,
    links: Vec<Edge<'a>>,
    orphans: Vec<&'a str>,
    broken: Vec<Broken<'a>>,
    unpublished: Vec<Unpublished<'a>>,
}

#[derive(Debug, Serialize)]
struct Node<'a> {
    basename: &'a str,
    title: &'a str,
    topic: &'a str,
    r#type: &'a str,
    r#in: usize,
    out: usize,
    deprecated: bool,
    viz: bool,
}

#[derive(Debug, Serialize)]
struct Edge<'a> {
    source: &'a str,
    target: &'a str,
    count: usize,
}

#[derive(Debug, Serialize)]
struct Place<'a> {
    source: &'a str,
    file: String,
    line: usize,
    column: usize,
}

#[derive(Debug, Serialize)]
struct Broken<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    kind: &'static str,
    target: &'a str,
}

#[derive(Debug, Serialize)]
struct Unpublished<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    target: &'a str,
}

/// The text of graph.json, without its mark. `parts`: those of a large site.
///
/// # Errors
///
/// If it cannot be written as JSON.
pub fn text(catalogue: &Catalogue, parts: &[Part<'_>]) -> serde_json::Result<String> {
    if parts.is_empty() {
        let all: Vec<DocId> = catalogue.published.iter().copied().collect();
        return serde_json::to_string_pretty(&graph(catalogue, VERSION, &all));
    }
    let parts = parts.iter().map(|part| PartOf {
        file: part.graph(),
        topic: part.topic,
        documents: part.docs.len(),
        links: edges(catalogue, &part.docs).count(),
    });
    serde_json::to_string_pretty(&Parts {
        version: VERSION_IN_PARTS,
        parts: parts.collect(),
    })
}

/// The text of a part, without its mark.
///
/// # Errors
///
/// If it cannot be written as JSON.
pub fn part(catalogue: &Catalogue, part: &Part<'_>) -> serde_json::Result<String> {
    let mut docs = part.docs.clone();
    docs.sort_unstable();
    serde_json::to_string_pretty(&graph(catalogue, VERSION_IN_PARTS, &docs))
}

/// What is in these documents, which are sorted.
fn graph<'a>(catalogue: &'a Catalogue, version: u32, docs: &[DocId]) -> Graph<'a> {
    let name = |id| catalogue.corpus.get(id).name.as_str();
    let orphans = docs.iter().filter(|id| catalogue.is_orphan(**id));
    Graph {
        version,
        nodes: nodes(catalogue, docs),
        links: edges(catalogue, docs).collect(),
        orphans: orphans.map(|id| name(*id)).collect(),
        broken: failing_in(&catalogue.links.broken, docs)
            .map(|(failing, kind)| broken(catalogue, failing, *kind))
            .collect(),
        unpublished: failing_in(&catalogue.links.unpublished, docs)
            .map(|(failing, to)| Unpublished {
                place: place(catalogue, failing),
                target: name(*to),
            })
            .collect(),
    }
}

/// The failing links of these documents; both lists are in the order of documents.
fn failing_in<'a, 'd, T>(
    all: &'a [(Failing, T)],
    docs: &'d [DocId],
) -> impl Iterator<Item = &'a (Failing, T)> + use<'a, 'd, T> {
    docs.iter().flat_map(move |id| {
        let start = all.partition_point(|(failing, _)| failing.from < *id);
        all[start..]
            .iter()
            .take_while(|(failing, _)| failing.from == *id)
    })
}

/// The links from these documents, in their order.
fn edges<'a, 'd>(
    catalogue: &'a Catalogue,
    docs: &'d [DocId],
) -> impl Iterator<Item = Edge<'a>> + use<'a, 'd> {
    let name = |id| catalogue.corpus.get(id).name.as_str();
    docs.iter().flat_map(move |from| {
        let edges = catalogue.links.edges_from(*from);
        edges.map(move |(to, count)| Edge {
            source: name(*from),
            target: name(to),
            count,
        })
    })
}

fn nodes<'a>(catalogue: &'a Catalogue, docs: &[DocId]) -> Vec<Node<'a>> {
    docs.iter()
        .map(|id| {
            let document = catalogue.corpus.get(*id);
            Node {
                basename: document.name.as_str(),
                title: &document.title,
                topic: document.name.topic(),
                r#type: document.name.kind(),
                r#in: catalogue.links.in_degree(*id),
                out: catalogue.links.out_degree(*id),
                deprecated: document.front.deprecated.is_some(),
                viz: catalogue.viz.contains(id),
            }
        })
        .collect()
}

fn place<'a>(catalogue: &'a Catalogue, failing: &Failing) -> Place<'a> {
    let document = catalogue.corpus.get(failing.from);
    Place {
        source: document.name.as_str(),
        file: document.name.source(),
        line: failing.position.line,
        column: failing.position.column,
    }
}

fn broken<'a>(catalogue: &'a Catalogue, failing: &Failing, kind: Break) -> Broken<'a> {
    let document = catalogue.corpus.get(failing.from);
    Broken {
        place: place(catalogue, failing),
        kind: kind.word(),
        target: &document.outline.links[failing.link].target,
    }
}
