//! Where every link leads, and the graph that follows from it.
//!
//! Not here: findings beyond links that lead nowhere, links in hand-made pages, HTML links, and
//! addresses outside of the site (nobody is asked whether they answer).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::Position;
use crate::markdown::outline::{Link, LinkKind};

use super::corpus::{Corpus, DocId, Published};
use super::document::Place;
use super::settings::Wikilinks;

/// Pages that every site has beside its documents.
const OWN_PAGES: [&str; 3] = ["index.html", "files.html", "graph.json"];
/// Schemes that a page may link to.
const SCHEMES: [&str; 7] = ["http", "https", "mailto", "tel", "ftp", "sftp", "xmpp"];

/// What a link leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Another site, or a program that handles its scheme.
    Outside,
    /// A scheme that must not be followed (`javascript:` and its like).
    Refused,
    /// `[[x]]` in a site where wikilinks are marks.
    Wiki,
    /// One of the catalogue's pages.
    Catalogue,
    /// A place in the same document.
    Here,
    /// A published document, at a heading or at its top.
    Document(DocId),
    /// A document without a page.
    Unpublished(DocId),
    /// A file of the site that is there.
    File(String),
    /// Leads nowhere.
    Broken(Break),
    /// A path from a server's root, or out of the site: what is there, only a server knows.
    Unknown,
}

/// How a link is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Break {
    /// No document of this name.
    Document,
    /// The document has no such heading.
    Heading,
    /// No such attachment, image or other file.
    Attachment,
}

impl Break {
    /// As graph.json writes it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Heading => "heading",
            Self::Attachment => "attachment",
        }
    }
}

/// What a page that a person or another program made holds, and what stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HandMade {
    /// The places that links to it may name.
    pub ids: BTreeSet<String>,
    /// Its links and images, with their places in the page.
    pub links: Vec<(Link, Position)>,
}

/// A link of a published document that leads nowhere, or to a document without a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failing {
    /// The document that has it.
    pub from: DocId,
    /// Which of its links.
    pub link: usize,
    /// Where in its file.
    pub position: Position,
}

/// Links between published documents, counted.
#[derive(Debug, Default)]
pub struct LinkGraph {
    targets: Vec<Vec<Target>>,
    hand_made: BTreeMap<DocId, Vec<Target>>,
    /// By source, then target; a document's links to itself are not in it.
    edges: BTreeMap<(DocId, DocId), usize>,
    incoming: BTreeMap<DocId, BTreeSet<DocId>>,
    outgoing: BTreeMap<DocId, BTreeSet<DocId>>,
    /// Broken links of published documents, in the order of names and lines.
    pub broken: Vec<(Failing, Break)>,
    /// Links of published documents to documents without a page.
    pub unpublished: Vec<(Failing, DocId)>,
}

impl LinkGraph {
    /// Follows every link. `hand_made` are hand-made pages; `files` are the paths, relative to the output, of all files that a
    /// visitor can reach besides pages of documents: attachments, assets, pages of other origin.
    pub fn new(
        corpus: &Corpus,
        published: &Published,
        files: &BTreeSet<String>,
        hand_made: &BTreeMap<DocId, HandMade>,
        wikilinks: Wikilinks,
    ) -> Self {
        let resolver = Resolver {
            corpus,
            published,
            files,
            ids: page_ids(corpus, hand_made),
            wiki: (wikilinks == Wikilinks::Link).then(|| WikiNames::new(corpus, files)),
        };
        let mut graph = Self::default();
        for (from, document) in corpus.iter() {
            let targets: Vec<Target> = document
                .outline
                .links
                .iter()
                .map(|link| resolver.resolve(from, link))
                .collect();
            if published.contains(&from) {
                graph.count(from, &targets, &document.link_places);
            }
            graph.targets.push(targets);
        }
        graph.hand_made = hand_made
            .iter()
            .map(|(id, page)| {
                let links = page.links.iter();
                let targets = links.map(|(link, _)| resolver.resolve(*id, link));
                (*id, targets.collect())
            })
            .collect();
        graph
    }

    fn count(&mut self, from: DocId, targets: &[Target], places: &[Place]) {
        for (link, (target, place)) in targets.iter().zip(places).enumerate() {
            let failing = Failing {
                from,
                link,
                position: place.position,
            };
            match target {
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

    /// What each link of a document leads to, in the order of its outline.
    pub fn targets(&self, of: DocId) -> &[Target] {
        &self.targets[of.index()]
    }

    /// What each link of a hand-made page leads to, in the order of the page. They are no part of
    /// the graph: that is read from documents.
    pub fn hand_made_targets(&self, of: DocId) -> &[Target] {
        self.hand_made.get(&of).map_or(&[], Vec::as_slice)
    }

    /// Source, target and how many links, in order.
    pub fn edges(&self) -> impl ExactSizeIterator<Item = (DocId, DocId, usize)> {
        self.edges
            .iter()
            .map(|((from, to), count)| (*from, *to, *count))
    }

    /// The published documents that link to this one, in order.
    pub fn incoming(&self, to: DocId) -> impl Iterator<Item = DocId> {
        self.incoming.get(&to).into_iter().flatten().copied()
    }

    /// The published documents that this one links to, in order.
    pub fn outgoing(&self, from: DocId) -> impl Iterator<Item = DocId> {
        self.outgoing.get(&from).into_iter().flatten().copied()
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

/// The places of each document that a link may name: its headings, ids of its raw HTML, and those
/// that a hand-made page of it has besides.
fn page_ids<'a>(
    corpus: &'a Corpus,
    hand_made: &'a BTreeMap<DocId, HandMade>,
) -> Vec<BTreeSet<&'a str>> {
    corpus
        .iter()
        .map(|(id, document)| {
            let headings = document.outline.headings.iter();
            let raw = document.outline.html_ids.iter();
            headings
                .map(|heading| &heading.id)
                .chain(raw)
                .chain(hand_made.get(&id).into_iter().flat_map(|page| &page.ids))
                .map(String::as_str)
                .collect()
        })
        .collect()
}

struct Resolver<'a> {
    corpus: &'a Corpus,
    published: &'a Published,
    files: &'a BTreeSet<String>,
    ids: Vec<BTreeSet<&'a str>>,
    /// None where wikilinks are marks.
    wiki: Option<WikiNames<'a>>,
}

/// What a wikilink may name beside basenames and paths.
struct WikiNames<'a> {
    /// The first document of each title, in lower case.
    titles: HashMap<String, DocId>,
    /// The first file of each name, whatever its folder.
    files: HashMap<&'a str, &'a str>,
}

impl<'a> WikiNames<'a> {
    fn new(corpus: &Corpus, files: &'a BTreeSet<String>) -> Self {
        let mut names = Self {
            titles: HashMap::new(),
            files: HashMap::new(),
        };
        for (id, document) in corpus.iter() {
            names.titles.entry(folded(&document.title)).or_insert(id);
        }
        for path in files {
            let name = path.rsplit('/').next().unwrap_or(path);
            names.files.entry(name).or_insert(path);
        }
        names
    }
}

fn folded(title: &str) -> String {
    title.nfc().flat_map(char::to_lowercase).collect()
}

/// A wikilink's target, taken apart: `basename#heading`. Obsidian writes the headings above one
/// too; the last is meant.
pub fn wiki_parts(target: &str) -> (&str, Option<&str>) {
    match target.split_once('#') {
        Some((name, headings)) => {
            let heading = headings.rsplit('#').next().unwrap_or(headings);
            (name.trim(), Some(heading.trim()))
        }
        None => (target.trim(), None),
    }
}

impl Resolver<'_> {
    fn resolve(&self, from: DocId, link: &Link) -> Target {
        if matches!(link.kind, LinkKind::Wiki | LinkKind::Embed) {
            return match &self.wiki {
                None => Target::Wiki,
                Some(names) => self.wikilink(names, from, link),
            };
        }
        match parse_target(&link.target) {
            Address::Outside => Target::Outside,
            Address::Refused => Target::Refused,
            Address::Unknown => Target::Unknown,
            Address::Local { path, fragment } if path.is_empty() => {
                self.heading(from, fragment.as_deref(), Target::Here)
            }
            Address::Local { path, fragment } => self.local(link.kind, path, fragment.as_deref()),
        }
    }

    fn wikilink(&self, names: &WikiNames<'_>, from: DocId, link: &Link) -> Target {
        let (name, heading) = wiki_parts(&link.target);
        let stem = name.strip_suffix(".md").unwrap_or(name);
        let stem: String = stem.nfc().collect();
        let to = if name.is_empty() {
            Some(from)
        } else {
            let by_name = self.corpus.find_by_any_name(&stem);
            by_name.or_else(|| names.titles.get(&folded(&stem)).copied())
        };
        let Some(to) = to else {
            return self.wiki_file(names, link, name);
        };
        let outline = &self.corpus.get(to).outline;
        let is_there = heading.is_none_or(|text| outline.heading_called(text).is_some());
        if !self.published.contains(&to) {
            Target::Unpublished(to)
        } else if !is_there {
            Target::Broken(Break::Heading)
        } else {
            Target::Document(to)
        }
    }

    /// A wikilink to no document: a file of this path, or of this name in any folder.
    fn wiki_file(&self, names: &WikiNames<'_>, link: &Link, name: &str) -> Target {
        let path = self.files.get(name).map(String::as_str);
        match path.or_else(|| names.files.get(name).copied()) {
            Some(path) => Target::File(path.to_owned()),
            None if link.kind == LinkKind::Embed => Target::Broken(Break::Attachment),
            None => Target::Broken(Break::Document),
        }
    }

    fn local(&self, kind: LinkKind, path: String, fragment: Option<&str>) -> Target {
        if OWN_PAGES.contains(&path.as_str()) {
            return Target::Catalogue;
        }
        let name = match kind {
            LinkKind::Link => document_name(&path),
            // What stands in raw HTML is not rewritten: only a page is a page.
            LinkKind::HtmlLink => document_name(&path).filter(|_| path.ends_with(".html")),
            _ => None,
        };
        if let Some(name) = name {
            // A name that a document had before is no page.
            let to = match kind {
                LinkKind::HtmlLink => self.corpus.find(name),
                _ => self.corpus.find_by_any_name(name),
            };
            if let Some(to) = to {
                return if self.published.contains(&to) {
                    self.heading(to, fragment, Target::Document(to))
                } else {
                    Target::Unpublished(to)
                };
            }
            if !self.files.contains(&path) {
                return Target::Broken(Break::Document);
            }
        }
        let is_folder = path.ends_with('/')
            && self
                .files
                .range(path.clone()..)
                .next()
                .is_some_and(|file| file.starts_with(&path));
        if is_folder || self.files.contains(&path) || self.is_source(&path) {
            Target::File(path)
        } else {
            Target::Broken(Break::Attachment)
        }
    }

    /// `markdown/<basename>.md` of a published document.
    fn is_source(&self, path: &str) -> bool {
        path.strip_prefix("markdown/")
            .and_then(|file| file.strip_suffix(".md"))
            .and_then(|name| self.corpus.find(name))
            .is_some_and(|id| self.published.contains(&id))
    }

    fn heading(&self, of: DocId, fragment: Option<&str>, found: Target) -> Target {
        match fragment {
            // The top of a page needs no id.
            None | Some("" | "top") => found,
            Some(id) if self.ids[of.index()].contains(id) => found,
            Some(_) => Target::Broken(Break::Heading),
        }
    }
}

/// A link's address, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// A scheme that a page may link to, or `//host`.
    Outside,
    /// Any other scheme.
    Refused,
    /// `/path` or `../path`.
    Unknown,
    /// Relative to the page: decoded, NFC, without `./` and a query.
    Local {
        /// Empty for a place in the same page.
        path: String,
        /// After `#`, decoded.
        fragment: Option<String>,
    },
}

/// Takes a link's target apart.
pub fn parse_target(target: &str) -> Address {
    let target = target.trim();
    if let Some(scheme) = scheme(target) {
        return if SCHEMES.contains(&scheme.as_str()) {
            Address::Outside
        } else {
            Address::Refused
        };
    }
    if target.starts_with("//") {
        return Address::Outside;
    }
    let (path, fragment) = match target.split_once('#') {
        Some((path, fragment)) => (path, Some(decoded(fragment))),
        None => (target, None),
    };
    let path = decoded(path.split('?').next().unwrap_or_default());
    let path = path.replace('\\', "/");
    if path.starts_with('/') || path.split('/').any(|part| part == "..") {
        return Address::Unknown;
    }
    let mut parts: Vec<&str> = path.split('/').filter(|part| *part != ".").collect();
    let is_folder = parts.len() > 1 && parts.last() == Some(&"");
    parts.retain(|part| !part.is_empty());
    let mut path = parts.join("/");
    if is_folder {
        path.push('/');
    }
    Address::Local { path, fragment }
}

/// The scheme as a browser reads it: letters in any case, white space and control characters
/// skipped, so that `java\tscript:` is seen for what it is.
fn scheme(target: &str) -> Option<String> {
    let mut name = String::new();
    for c in target
        .chars()
        .filter(|c| !c.is_control() && !c.is_whitespace())
    {
        match c {
            ':' => return (!name.is_empty()).then_some(name),
            'a'..='z' | 'A'..='Z' => name.push(c.to_ascii_lowercase()),
            '0'..='9' | '+' | '-' | '.' if !name.is_empty() => name.push(c),
            _ => return None,
        }
    }
    None
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().nfc().collect()
}

/// The basename that a path without folders means: `x.html` and `x.md` are both the document `x`.
fn document_name(path: &str) -> Option<&str> {
    let stem = path
        .strip_suffix(".html")
        .or_else(|| path.strip_suffix(".md"))?;
    (!stem.contains('/')).then_some(stem)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document;
    use crate::name::Basename;

    fn targets(body: &str, wikilinks: Wikilinks) -> Vec<String> {
        let read = |name: &str, text: &str| {
            let name = Basename::parse(name).expect("valid");
            document::read(name, text.as_bytes()).document
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
        let graph = LinkGraph::new(&corpus, &published, &files, &BTreeMap::new(), wikilinks);
        let a = corpus.find("gw__note-a").expect("there");
        graph
            .targets(a)
            .iter()
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
                "Catalogue",
                "File(\"attachment/egress/gateway.yaml\")",
                "Broken(Attachment)",
                "File(\"attachment/egress/\")",
                "Outside",
                "Unpublished",
                "File(\"old.html\")",
                "Unknown",
                "Unknown",
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

    #[test]
    fn a_scheme_hidden_from_the_eye_is_still_a_scheme() {
        for target in [
            "java\tscript:x",
            "\u{1}javascript:x",
            "DATA:text/html,x",
            "vbscript:x",
        ] {
            assert_eq!(parse_target(target), Address::Refused, "{target:?}");
        }
    }
}
