//! The data of previews, which a reader sees before following a link: title, marks, summary, and
//! the beginning of the text under each heading that a link names. They are classic scripts in
//! `assets/docsite/data/`, as in `data`.
//!
//! They are not in the pages, so that a page does not change with every document that it names, and
//! are split (by a hash of the basename), so that a preview loads few other documents. Not here:
//! showing them (`assets/docsite/previews.js`).

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::markdown::outline::LinkKind;
use crate::model::catalogue::Catalogue;
use crate::model::corpus::DocId;
use crate::model::document::Document;
use crate::model::target::Target;

use super::data::{given, script};
use super::views;

/// A part has at most about this many documents, and at least half as many.
const PART: usize = 48;
/// The name of the script that says how many parts there are.
pub const INDEX: &str = "data/previews";

#[derive(Debug, Serialize)]
struct Preview<'a> {
    title: &'a str,
    topic: &'a str,
    class: String,
    r#type: &'a str,
    summary: &'a str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    deprecated: bool,
    /// Headings that links name, by id: their text, and the text after them.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    headings: BTreeMap<&'a str, (&'a str, &'a str)>,
}

#[derive(Debug, Serialize)]
struct Parts {
    parts: usize,
}

/// Which documents are in which part.
#[derive(Debug)]
pub struct Shelves<'a> {
    catalogue: &'a Catalogue,
    named: BTreeMap<DocId, BTreeSet<String>>,
    /// The documents of each part.
    ids: Vec<Vec<DocId>>,
}

impl<'a> Shelves<'a> {
    pub fn of(catalogue: &'a Catalogue) -> Self {
        let count = parts(catalogue.published.len());
        let mut ids = vec![Vec::new(); count];
        for id in &catalogue.published {
            let name = catalogue.corpus.get(*id).name.as_str();
            ids[hash(name) as usize % count].push(*id);
        }
        Self {
            catalogue,
            named: named_headings(catalogue),
            ids,
        }
    }

    pub fn count(&self) -> usize {
        self.ids.len()
    }

    /// `data/previews-1f`: the name of a part, as scripts ask for it.
    pub fn name(part: usize) -> String {
        format!("data/previews-{part:x}")
    }

    /// The text of a part.
    ///
    /// # Errors
    ///
    /// If a value cannot be written as JSON.
    pub fn script(&self, part: usize) -> serde_json::Result<String> {
        let ids = self.ids[part].iter();
        let previews: BTreeMap<&str, Preview<'_>> = ids
            .map(|id| {
                let document = self.catalogue.corpus.get(*id);
                let preview = preview(self.catalogue, document, self.named.get(id));
                (document.name.as_str(), preview)
            })
            .collect();
        script(&Self::name(part), &previews)
    }
}

/// The text of `data/previews`, which says how many parts there are.
///
/// # Errors
///
/// If it cannot be written as JSON.
pub fn index(catalogue: &Catalogue) -> serde_json::Result<String> {
    let parts = parts(catalogue.published.len());
    script(INDEX, &Parts { parts })
}

/// The name of the part with a document, by the text of `data/previews`.
pub fn part_with(index: &str, name: &str) -> Option<String> {
    let index: serde_json::Value = given(INDEX, index)?;
    let count = usize::try_from(index["parts"].as_u64()?).ok()?;
    let part = (hash(name) as usize).checked_rem(count)?;
    Some(Shelves::name(part))
}

/// The text of a part after the text under headings of this document changed. The part itself says
/// which of them links name. None if it is not the part of the document.
pub fn revised(part: &str, text: &str, document: &Document) -> Option<String> {
    let mut previews: serde_json::Value = given(part, text)?;
    let preview = previews.get_mut(document.name.as_str())?;
    if let Some(named) = preview.get_mut("headings") {
        for heading in &document.outline.headings {
            if let Some(shown) = named.get_mut(&heading.id) {
                *shown.get_mut(1)? = heading.excerpt.as_str().into();
            }
        }
    }
    script(part, &previews).ok()
}

/// A power of two, so that an additional document seldom moves the others to other parts.
fn parts(documents: usize) -> usize {
    documents.div_ceil(PART).next_power_of_two()
}

/// FNV-1a of 32 bits, which is short enough to repeat in the page's script.
pub(super) fn hash(name: &str) -> u32 {
    let step = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    name.bytes().fold(0x811c_9dc5, step)
}

fn preview<'a>(
    catalogue: &'a Catalogue,
    document: &'a Document,
    named: Option<&BTreeSet<String>>,
) -> Preview<'a> {
    let topic = views::topic(&catalogue.settings, document.name.topic());
    let headings = document.outline.headings.iter();
    Preview {
        title: &document.title,
        topic: topic.prefix,
        class: topic.class,
        r#type: document.name.kind(),
        summary: document.said_besides_title(),
        deprecated: document.front.deprecated.is_some(),
        headings: headings
            .filter(|heading| named.is_some_and(|ids| ids.contains(&heading.id)))
            .map(|heading| (heading.id.as_str(), (&*heading.text, &*heading.excerpt)))
            .collect(),
    }
}

/// The headings that links of other documents name, by document.
fn named_headings(catalogue: &Catalogue) -> BTreeMap<DocId, BTreeSet<String>> {
    let mut named: BTreeMap<DocId, BTreeSet<String>> = BTreeMap::new();
    for from in &catalogue.published {
        let links = &catalogue.corpus.get(*from).outline.links;
        for (link, followed) in links.iter().zip(catalogue.links.links(*from)) {
            let Target::Document(to) = &followed.target else {
                continue;
            };
            let fragment = followed.fragment.as_deref();
            let id = match link.kind {
                LinkKind::Wiki | LinkKind::Embed => {
                    let outline = &catalogue.corpus.get(*to).outline;
                    let heading = fragment.and_then(|name| outline.heading_called(name));
                    heading.map(|heading| heading.id.clone())
                }
                _ => fragment.map(str::to_owned),
            };
            if let Some(id) = id {
                named.entry(*to).or_default().insert(id);
            }
        }
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_that_of_the_page() {
        // Published values of FNV-1a.
        assert_eq!(hash(""), 0x811c_9dc5);
        assert_eq!(hash("a"), 0xe40c_292c);
        assert_eq!(hash("foobar"), 0xbf9c_f968);
        let cases = include_str!("../../tests/scripts/names.json");
        let cases: Vec<serde_json::Value> = serde_json::from_str(cases).expect("JSON");
        for case in &cases {
            let name = case["name"].as_str().expect("a name");
            assert_eq!(case["hash"], hash(name), "{name}");
        }
    }

    #[test]
    fn there_is_always_a_part_and_none_is_large() {
        let counts = [0, 1, 48, 49, 1_000, 10_000].map(parts);
        assert_eq!(counts, [1, 1, 1, 2, 32, 256]);
    }
}
