//! The data that the catalogue's script loads when a view needs it: documents, summaries, the
//! graph, the whole link check. They are classic scripts in `assets/docsite/data/`, since a page
//! opened from disk may run scripts but may not fetch.
//!
//! Each passes one value to `docsite.give(name, value)`. Documents come in columns, in the order of
//! the topics; the other files refer to a document by its index there. Not here: previews of links
//! (`previews`), and data for other programs (`graph_json`).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::layout::Point;
use crate::model::catalogue::Catalogue;
use crate::model::corpus::DocId;
use crate::model::document::Document;

use super::audit;
use super::views;

/// The script with the documents.
pub const DOCUMENTS: &str = "data/documents";

/// The order in which every data file numbers documents.
#[derive(Debug)]
pub struct Order {
    ids: Vec<DocId>,
    places: HashMap<DocId, usize>,
}

impl Order {
    /// The order of the topics, and of the documents in each.
    pub fn of(catalogue: &Catalogue) -> Self {
        let topics = catalogue.topics().into_iter();
        let ids: Vec<DocId> = topics.flat_map(|(_, ids)| ids).collect();
        let places = ids.iter().enumerate().map(|(at, id)| (*id, at)).collect();
        Self { ids, places }
    }

    /// The number of a published document.
    fn place(&self, id: DocId) -> usize {
        self.places.get(&id).copied().unwrap_or_default()
    }

    /// Basenames, and the links between them: the input of a layout.
    pub fn graph<'a>(&self, catalogue: &'a Catalogue) -> (Vec<&'a str>, Vec<(u32, u32)>) {
        let names = self.ids.iter();
        let names = names.map(|id| catalogue.corpus.get(*id).name.as_str());
        let number = |id| u32::try_from(self.place(id)).unwrap_or(u32::MAX);
        let links = catalogue.links.edges();
        let links = links.map(|(from, to, _)| (number(from), number(to)));
        (names.collect(), links.collect())
    }
}

/// The bits of a document's marks: it has a drawn picture, is deprecated, is an orphan.
pub const VIZ: u8 = 1;
pub const DEPRECATED: u8 = 2;
pub const ORPHAN: u8 = 4;

#[derive(Debug, Serialize)]
struct Documents<'a> {
    topics: Vec<Topic<'a>>,
    types: Vec<Kind<'a>>,
    names: Vec<&'a str>,
    titles: Vec<&'a str>,
    /// Indexes in `topics` and `types`.
    topic: Vec<usize>,
    r#type: Vec<usize>,
    /// `VIZ`, `DEPRECATED`, `ORPHAN`.
    marks: Vec<u8>,
    /// Titles of the stages, and of each document the number of its own from 1, or 0; both empty
    /// without a flow.
    stages: Vec<&'a str>,
    stage: Vec<usize>,
    /// All tags, and of each document indexes in them; both empty where there is none.
    tags: Vec<&'a str>,
    tagged: Vec<Vec<usize>>,
}

#[derive(Debug, Serialize)]
struct Topic<'a> {
    prefix: &'a str,
    name: &'a str,
    class: String,
}

#[derive(Debug, Serialize)]
struct Kind<'a> {
    prefix: &'a str,
    name: &'a str,
}

/// `docsite.give(name, value)`, with the value as JSON, which is JavaScript as well.
///
/// # Errors
///
/// If it cannot be written as JSON.
pub fn script(name: &str, value: &impl Serialize) -> serde_json::Result<String> {
    let value = serde_json::to_string(value)?;
    Ok(format!("docsite.give({name:?},{value});\n"))
}

/// The value that `script` wrote with this name.
pub fn given<T: DeserializeOwned>(name: &str, script: &str) -> Option<T> {
    let value = script.strip_prefix(&format!("docsite.give({name:?},"))?;
    serde_json::from_str(value.strip_suffix(");\n")?).ok()
}

/// Names, titles, topics, types, marks, stages and tags.
///
/// # Errors
/// As `script`.
pub fn documents(catalogue: &Catalogue, order: &Order) -> serde_json::Result<String> {
    let topics = topics(catalogue);
    let types = types(catalogue);
    let all = || order.ids.iter().map(|id| catalogue.corpus.get(*id));
    let topic_places = places(topics.iter().map(|topic| topic.prefix));
    let kind_places = places(types.iter().map(|kind| kind.prefix));
    let ids = order.ids.iter();
    let stages = ids.map(|id| catalogue.places.get(id).map_or(0, |(stage, _)| stage + 1));
    let tags: BTreeSet<&str> = all().flat_map(tags_of).collect();
    let tags: Vec<&str> = tags.into_iter().collect();
    let tag_places = places(tags.iter().copied());
    let tagged = all().map(|document| tags_of(document).map(|tag| tag_places[tag]).collect());
    let value = Documents {
        names: all().map(|document| document.name.as_str()).collect(),
        titles: order.ids.iter().map(|id| catalogue.title(*id)).collect(),
        topic: all()
            .map(|document| topic_places[document.name.topic()])
            .collect(),
        r#type: all()
            .map(|document| kind_places[document.name.kind()])
            .collect(),
        marks: marks(catalogue, order),
        stage: if catalogue.flow.stages.is_empty() {
            Vec::new()
        } else {
            stages.collect()
        },
        stages: catalogue
            .flow
            .stages
            .iter()
            .map(|stage| &*stage.title)
            .collect(),
        tagged: if tags.is_empty() {
            Vec::new()
        } else {
            tagged.collect()
        },
        tags,
        topics,
        types,
    };
    script(DOCUMENTS, &value)
}

fn marks(catalogue: &Catalogue, order: &Order) -> Vec<u8> {
    let orphans: BTreeSet<DocId> = catalogue.orphans().into_iter().collect();
    let marks = order.ids.iter().map(|id| {
        let is_deprecated = catalogue.corpus.get(*id).front.deprecated.is_some();
        (VIZ * u8::from(catalogue.shows_viz(*id)))
            | (DEPRECATED * u8::from(is_deprecated))
            | (ORPHAN * u8::from(orphans.contains(id)))
    });
    marks.collect()
}

fn topics(catalogue: &Catalogue) -> Vec<Topic<'_>> {
    let topics = catalogue.topics().into_iter().map(|(prefix, _)| {
        let label = views::topic(&catalogue.settings, prefix);
        Topic {
            prefix: label.prefix,
            name: label.name,
            class: label.class,
        }
    });
    topics.collect()
}

fn types(catalogue: &Catalogue) -> Vec<Kind<'_>> {
    let types = catalogue.kinds().into_iter().map(|(prefix, _)| {
        let label = views::kind(&catalogue.settings, prefix);
        Kind {
            prefix: label.prefix,
            name: label.name,
        }
    });
    types.collect()
}

/// The titles of all documents by their pages, as lists show them.
pub fn titles(catalogue: &Catalogue) -> BTreeMap<String, String> {
    let page = |id| catalogue.corpus.get(id).name.page();
    let published = catalogue.published.iter();
    published
        .map(|id| (page(*id), catalogue.title(*id).to_owned()))
        .collect()
}

/// The same of the script with the documents.
pub fn given_titles(script: &str) -> Option<BTreeMap<String, String>> {
    #[derive(Deserialize)]
    struct Titles {
        names: Vec<String>,
        titles: Vec<String>,
    }
    let Titles { names, titles } = given(DOCUMENTS, script)?;
    let pages = names.iter().map(|name| format!("{name}.html"));
    Some(pages.zip(titles).collect())
}

fn tags_of(document: &Document) -> impl Iterator<Item = &str> {
    document.front.tags.iter().map(String::as_str)
}

fn places<'a>(prefixes: impl Iterator<Item = &'a str>) -> HashMap<&'a str, usize> {
    prefixes
        .enumerate()
        .map(|(at, prefix)| (prefix, at))
        .collect()
}

/// One summary for each document, possibly empty.
///
/// # Errors
///
/// As `script`.
pub fn summaries(catalogue: &Catalogue, order: &Order) -> serde_json::Result<String> {
    let ids = order.ids.iter();
    let summaries: Vec<&str> = ids
        .map(|id| catalogue.corpus.get(*id).said_besides_title())
        .collect();
    script("data/summaries", &summaries)
}

#[derive(Debug, Serialize)]
struct Graph {
    x: Vec<i32>,
    y: Vec<i32>,
    from: Vec<u32>,
    to: Vec<u32>,
}

/// The positions of the documents in the graph, and its links.
///
/// # Errors
///
/// As `script`.
pub fn graph(points: &[Point], links: &[(u32, u32)]) -> serde_json::Result<String> {
    let value = Graph {
        x: points.iter().map(|point| point.x).collect(),
        y: points.iter().map(|point| point.y).collect(),
        from: links.iter().map(|(from, _)| *from).collect(),
        to: links.iter().map(|(_, to)| *to).collect(),
    };
    script("data/graph", &value)
}

/// Every entry of the link check.
///
/// # Errors
/// As `script`.
pub fn audit(catalogue: &Catalogue, order: &Order) -> serde_json::Result<String> {
    script("data/audit", &audit::data(catalogue, |id| order.place(id)))
}
