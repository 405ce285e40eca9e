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
//! one. Not here: where a document is in the picture (`data`).

use serde::Serialize;

use crate::model::catalogue::Catalogue;
use crate::model::links::Failing;
use crate::model::target::Break;

const VERSION: u32 = 1;

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

/// The text of graph.json, without its mark.
pub fn text(catalogue: &Catalogue) -> Result<String, serde_json::Error> {
    let name = |id| catalogue.corpus.get(id).name.as_str();
    let graph = Graph {
        version: VERSION,
        nodes: nodes(catalogue),
        links: catalogue
            .links
            .edges()
            .map(|(from, to, count)| Edge {
                source: name(from),
                target: name(to),
                count,
            })
            .collect(),
        orphans: catalogue.orphans().into_iter().map(name).collect(),
        broken: catalogue
            .links
            .broken
            .iter()
            .map(|(failing, kind)| broken(catalogue, failing, *kind))
            .collect(),
        unpublished: catalogue
            .links
            .unpublished
            .iter()
            .map(|(failing, to)| Unpublished {
                place: place(catalogue, failing),
                target: name(*to),
            })
            .collect(),
    };
    serde_json::to_string_pretty(&graph)
}

fn nodes(catalogue: &Catalogue) -> Vec<Node<'_>> {
    let published = catalogue.published.iter();
    published
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
