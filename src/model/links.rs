//! Resolves every link, and makes the graph of links between documents.
//!
//! Not here: what one link links to (`target`), findings other than broken links, and whether
//! addresses on other hosts answer.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;

use rayon::prelude::*;

use crate::diagnostic::Position;
use crate::markdown::outline::Link;

use super::corpus::{Corpus, DocId, Published};
use super::document::Document;
use super::settings::Settings;
use super::target::{Break, Holder, Resolved, Resolver, Target};

/// The anchors and links of a hand-made page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HandMade {
    /// The ids that links to it may name.
    pub ids: BTreeSet<String>,
    /// Its links and images, with their positions in the page.
    pub links: Vec<Link>,
}

/// A link of a published document that is broken, or that links to a document without a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failing {
    pub from: DocId,
    pub link: usize,
    pub position: Position,
}

/// Links between published documents, with their number.
#[derive(Debug, Default)]
pub struct LinkGraph {
    links: Vec<Vec<Resolved>>,
    hand_made: BTreeMap<DocId, Vec<Resolved>>,
    /// By source, then target; without a document's links to itself.
    edges: BTreeMap<(DocId, DocId), usize>,
    incoming: BTreeMap<DocId, BTreeSet<DocId>>,
    outgoing: BTreeMap<DocId, BTreeSet<DocId>>,
    /// Broken links of published documents, in the order of names and lines.
    pub broken: Vec<(Failing, Break)>,
    /// Links of published documents to documents without a page.
    pub unpublished: Vec<(Failing, DocId)>,
}

/// What links are resolved by.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings<'a> {
    pub corpus: &'a Corpus,
    pub published: &'a Published,
    /// The paths, relative to the output, of all files that a visitor can reach besides pages of
    /// documents: attachments, assets, pages of other origin.
    pub files: &'a BTreeSet<String>,
    pub hand_made: &'a BTreeMap<DocId, HandMade>,
    pub settings: &'a Settings,
}

impl<'a> Surroundings<'a> {
    fn resolver(&self) -> Resolver<'a> {
        let ids = page_ids(self.corpus, self.hand_made);
        Resolver::new(self.corpus, self.published, self.files, ids, self.settings)
    }
}

impl LinkGraph {
    /// Resolves every link.
    pub fn new(around: Surroundings<'_>) -> Self {
        let resolver = around.resolver();
        let mut graph = Self::default();
        let documents: Vec<(DocId, &Document)> = around.corpus.iter().collect();
        graph.links = documents
            .par_iter()
            .map(|(from, document)| {
                let links = document.outline.links.iter();
                let resolve = |link| resolver.resolve(Holder::Document, *from, link);
                links.map(resolve).collect()
            })
            .collect();
        for (from, document) in documents {
            if around.published.contains(&from) {
                let resolved = mem::take(&mut graph.links[from.index()]);
                graph.count(from, &resolved, &document.outline.links);
                graph.links[from.index()] = resolved;
            }
        }
        graph.hand_made = around
            .hand_made
            .iter()
            .map(|(id, page)| {
                let links = page.links.iter();
                let links = links.map(|link| resolver.resolve(Holder::Page, *id, link));
                (*id, links.collect())
            })
            .collect();
        graph
    }

    /// Resolves the links of one published document, whose text changed.
    pub fn replace(&mut self, from: DocId, around: Surroundings<'_>) {
        let links = &around.corpus.get(from).outline.links;
        let resolver = around.resolver();
        let resolve = |link| resolver.resolve(Holder::Document, from, link);
        let resolved: Vec<Resolved> = links.iter().map(resolve).collect();
        for to in self.outgoing.remove(&from).unwrap_or_default() {
            self.edges.remove(&(from, to));
            if let Some(incoming) = self.incoming.get_mut(&to) {
                incoming.remove(&from);
            }
        }
        self.broken.retain(|(failing, _)| failing.from != from);
        self.unpublished.retain(|(failing, _)| failing.from != from);
        self.count(from, &resolved, links);
        self.links[from.index()] = resolved;
    }

    fn count(&mut self, from: DocId, resolved: &[Resolved], links: &[Link]) {
        for (number, (resolved, link)) in resolved.iter().zip(links).enumerate() {
            let failing = Failing {
                from,
                link: number,
                position: link.place.position,
            };
            match &resolved.target {
                Target::Document(to) if *to != from => {
                    *self.edges.entry((from, *to)).or_default() += 1;
                    self.incoming.entry(*to).or_default().insert(from);
                    self.outgoing.entry(from).or_default().insert(*to);
                }
                Target::Broken(kind) => self.broken.push((failing, *kind)),
                Target::Unpublished(to) => self.unpublished.push((failing, *to)),
                _ => {}
            }
        }
    }

    /// The resolved links of a document, in the order of its outline.
    pub fn links(&self, of: DocId) -> &[Resolved] {
        &self.links[of.index()]
    }

    /// The targets of a document's links, in the order of its outline.
    pub fn targets(&self, of: DocId) -> impl Iterator<Item = &Target> {
        self.links(of).iter().map(|link| &link.target)
    }

    /// The resolved links of a hand-made page, in the order of the page. They are not part of the
    /// graph, which is made from documents.
    pub fn links_of_page(&self, of: DocId) -> &[Resolved] {
        self.hand_made.get(&of).map_or(&[], Vec::as_slice)
    }

    /// Source, target and number of links, in order.
    pub fn edges(&self) -> impl ExactSizeIterator<Item = (DocId, DocId, usize)> {
        self.edges
            .iter()
            .map(|((from, to), count)| (*from, *to, *count))
    }

    /// Target and number of links from this document, in order.
    pub fn edges_from(&self, from: DocId) -> impl Iterator<Item = (DocId, usize)> {
        self.outgoing(from).map(move |to| {
            let count = self.edges.get(&(from, to));
            (to, count.copied().unwrap_or_default())
        })
    }

    /// The published documents that link to this one, in order.
    pub fn incoming(&self, to: DocId) -> impl Iterator<Item = DocId> {
        self.incoming.get(&to).into_iter().flatten().copied()
    }

    /// The published documents that this one links to, in order.
    pub fn outgoing(&self, from: DocId) -> impl Iterator<Item = DocId> {
        self.outgoing.get(&from).into_iter().flatten().copied()
    }

    /// Whether one document links to another.
    pub fn has(&self, from: DocId, to: DocId) -> bool {
        self.edges.contains_key(&(from, to))
    }

    /// How many documents link to this one.
    pub fn in_degree(&self, of: DocId) -> usize {
        self.incoming.get(&of).map_or(0, BTreeSet::len)
    }

    /// How many documents this one links to.
    pub fn out_degree(&self, of: DocId) -> usize {
        self.outgoing.get(&of).map_or(0, BTreeSet::len)
    }
}

fn page_ids<'a>(
    corpus: &'a Corpus,
    hand_made: &'a BTreeMap<DocId, HandMade>,
) -> Vec<BTreeSet<&'a str>> {
    let documents: Vec<(DocId, &Document)> = corpus.iter().collect();
    documents
        .into_par_iter()
        .map(|(id, document)| ids(document, hand_made.get(&id)).collect())
        .collect()
}

/// The ids of a document that a link may name: its headings, ids of its raw HTML, and those that its
/// hand-made page has besides.
pub fn ids<'a>(
    document: &'a Document,
    hand_made: Option<&'a HandMade>,
) -> impl Iterator<Item = &'a str> {
    let outline = &document.outline;
    let headings = outline.headings.iter();
    headings
        .map(|heading| &heading.id)
        .chain(&outline.html_ids)
        .chain(&outline.note_ids)
        .chain(hand_made.into_iter().flat_map(|page| &page.ids))
        .map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document;
    use crate::model::settings::{Language, Wikilinks};
    use crate::name::Basename;

    fn targets(body: &str, wikilinks: Wikilinks) -> Vec<String> {
        let settings = Settings {
            wikilinks,
            ..Settings::default_for(Language::English)
        };
        let dialect = settings.dialect();
        let read = |name: &str, text: &str| {
            let name = Basename::parse(name).expect("valid");
            document::read(name, text.as_bytes(), dialect).document
        };
        let (corpus, _) = Corpus::new(
            vec![
                read("gw__note-a", body),
                read("gw__note-한글", "# 제목\n\n## 개요\n"),
                read("gw__note-z", "# 안 나온 문서\n"),
            ],
            |_| false,
        );
        let published = corpus
            .iter()
            .map(|(id, _)| id)
            .filter(|id| corpus.get(*id).name.as_str() != "gw__note-z")
            .collect();
        let files = [
            "attachment/egress/gateway.yaml".to_owned(),
            "attachment/pictures/p.png".to_owned(),
            "old.html".to_owned(),
        ]
        .into();
        let graph = LinkGraph::new(Surroundings {
            corpus: &corpus,
            published: &published,
            files: &files,
            hand_made: &BTreeMap::new(),
            settings: &settings,
        });
        let a = corpus.find("gw__note-a").expect("there");
        graph
            .targets(a)
            .map(|target| match target {
                Target::Document(_) => "Document".to_owned(),
                Target::Unpublished(_) => "Unpublished".to_owned(),
                other => format!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn links_lead_where_a_browser_would_go() {
        let targets = targets(
            "# T\n\n[1](gw__note-한글.html) [2](gw__note-%ED%95%9C%EA%B8%80.md#%EA%B0%9C%EC%9A%94) \
             [3](gw__note-한글.html#없음) [4](none__note-x.html) [5](#t) [6](#u) [7](index.html#graph) \
             [8](attachment/egress/gateway.yaml) [9](./attachment/none.yaml) [10](attachment/egress/) \
             [11](https://istio.io) [12](gw__note-z.html) [13](old.html) [14](/x) [15](../x) \
             [16](JavaScript:alert(1)) [[17]] [18](markdown/gw__note-a.md) [19](mailto:a@b.c) [20](#top)\n",
            Wikilinks::Mark,
        );
        assert_eq!(
            targets,
            [
                "Document",
                "Document",
                "Broken(Heading)",
                "Broken(Document)",
                "Here",
                "Broken(Heading)",
                "Catalogue(\"index.html\")",
                "File(\"attachment/egress/gateway.yaml\")",
                "Broken(Attachment)",
                "File(\"attachment/egress/\")",
                "Outside",
                "Unpublished",
                "File(\"old.html\")",
                "Absolute",
                "Beyond",
                "Refused",
                "Wiki",
                "File(\"markdown/gw__note-a.md\")",
                "Outside",
                "Here",
            ]
        );
    }

    #[test]
    fn wikilinks_lead_to_basenames_titles_headings_and_files() {
        let targets = targets(
            "# T\n\n## Two Words\n\n[[gw__note-한글]] [[gw__note-한글#개요|라벨]] [[제목]] \
             [[gw__note-한글.md]] [[gw__note-한글#없음]] [[none]] [[gw__note-z]] [[#Two Words]] \
             [[#two-words]] ![[p.png]] [[attachment/egress/gateway.yaml]] ![[none.png]] ![[제목]] \
             [[제목#제목#개요]]\n",
            Wikilinks::Link,
        );
        assert_eq!(
            targets,
            [
                "Document",
                "Document",
                "Document",
                "Document",
                "Broken(Heading)",
                "Broken(Document)",
                "Unpublished",
                "Document",
                "Document",
                "File(\"attachment/pictures/p.png\")",
                "File(\"attachment/egress/gateway.yaml\")",
                "Broken(Attachment)",
                "Document",
                "Document",
            ]
        );
    }
}
