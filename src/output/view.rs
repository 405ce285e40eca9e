//! Every shape that a template sees. A view holds one page's own facts and its neighbours,
//! borrowed from the model: never the corpus, never a file path of the machine, no body.
//!
//! What is deliberately not here: the rendered body (a template gets it as `body`), and the shape
//! of graph.json (see `graph_json`).

use serde::Serialize;

use super::words::Words;

/// What every page knows about the site.
#[derive(Debug, Clone, Serialize)]
pub struct SiteView<'a> {
    pub title: &'a str,
    pub description: &'a str,
    /// `ko` or `en`.
    pub language: &'a str,
    /// Without a trailing slash; empty where the settings name none.
    pub base_url: &'a str,
}

/// A topic or a type as a mark: `■ gw / guide`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LabelView<'a> {
    /// `gw`, `guide`: as in the basename.
    pub prefix: &'a str,
    /// The settings' name; the prefix where they list none.
    pub name: &'a str,
    /// `topic-gw`: the class that carries the colour.
    pub class: String,
}

/// One document as a line of a list.
#[derive(Debug, Clone, Serialize)]
pub struct RowView<'a> {
    pub basename: &'a str,
    /// Percent-encoded, relative to the output.
    pub href: String,
    pub title: &'a str,
    /// Empty where the document says nothing.
    pub summary: &'a str,
    pub topic: LabelView<'a>,
    pub kind: LabelView<'a>,
    pub viz: bool,
    pub deprecated: bool,
    /// The flow's note on this document; empty elsewhere.
    pub note: &'a str,
}

/// A link to a document, by title.
#[derive(Debug, Clone, Serialize)]
pub struct LinkView<'a> {
    pub href: String,
    pub title: &'a str,
}

/// The banner of a deprecated document.
#[derive(Debug, Clone, Serialize)]
pub struct DeprecatedView<'a> {
    /// Empty where the front matter says only `true`.
    pub reason: &'a str,
    pub successor: Option<LinkView<'a>>,
}

/// A heading of the contents list: levels two and three, nested one deep.
#[derive(Debug, Clone, Serialize)]
pub struct ContentsView<'a> {
    pub id: &'a str,
    pub text: &'a str,
    pub children: Vec<ContentsView<'a>>,
}

/// The step before or after on the reading path.
#[derive(Debug, Clone, Serialize)]
pub struct StepView<'a> {
    pub href: String,
    pub title: &'a str,
    /// The flow's note; the document's summary where there is none; may be empty.
    pub why: &'a str,
    /// The stage, where it differs from the page's own; empty otherwise.
    pub stage: &'a str,
    /// Place in its stage, from 1, and how many the stage has.
    pub position: usize,
    pub total: usize,
}

/// A document of the page's own stage.
#[derive(Debug, Clone, Serialize)]
pub struct SiblingView<'a> {
    pub href: String,
    pub title: &'a str,
    pub here: bool,
}

/// Where a document is on the reading path.
#[derive(Debug, Clone, Serialize)]
pub struct PathView<'a> {
    /// As written in the flow: `2 트래픽 in/out`.
    pub stage: &'a str,
    /// `index.html#stage-2`.
    pub href: String,
    pub position: usize,
    pub total: usize,
    pub previous: Option<StepView<'a>>,
    pub next: Option<StepView<'a>>,
    pub siblings: Vec<SiblingView<'a>>,
}

/// A document that links here, with the words around its first link.
#[derive(Debug, Clone, Serialize)]
pub struct BacklinkView<'a> {
    pub row: RowView<'a>,
    pub before: &'a str,
    pub label: &'a str,
    pub after: &'a str,
}

/// An attachment that a document or a stage names.
#[derive(Debug, Clone, Serialize)]
pub struct AttachmentView<'a> {
    /// `attachment/egress/gateway.yaml`.
    pub path: &'a str,
    pub href: String,
    /// Empty where nobody labelled it.
    pub label: &'a str,
    /// `1.2 kB`.
    pub size: String,
}

/// The document of a page.
#[derive(Debug, Clone, Serialize)]
pub struct DocumentView<'a> {
    pub basename: &'a str,
    /// Plain text, for `<title>`.
    pub title: &'a str,
    /// The same with its inline markup, for the `h1`.
    pub title_html: &'a str,
    /// The heading's id, which links to the title use; empty where the title is not a heading.
    pub title_id: &'a str,
    pub summary: &'a str,
    /// The summary comes from front matter, so that the body does not begin with it.
    pub described: bool,
    pub topic: LabelView<'a>,
    pub kind: LabelView<'a>,
    pub viz: bool,
    pub draft: bool,
    pub deprecated: Option<DeprecatedView<'a>>,
    pub tags: &'a [String],
    /// `YYYY-MM-DD` or empty.
    pub date: &'a str,
    pub updated: &'a str,
    /// Whole minutes to read it; 0 for a document without text.
    pub minutes: usize,
    /// `markdown/<basename>.md`, percent-encoded.
    pub source: String,
    /// Front matter keys that docsite does not know.
    pub extra: &'a serde_json::Map<String, serde_json::Value>,
}

#[derive(Debug, Clone, Serialize)]
pub struct PageView<'a> {
    pub site: SiteView<'a>,
    pub t: &'static Words,
    pub doc: DocumentView<'a>,
    pub contents: Vec<ContentsView<'a>>,
    /// The contents are too many to be seen at once: parts that are not being read fold.
    pub contents_long: bool,
    pub path: Option<PathView<'a>>,
    pub backlinks: Vec<BacklinkView<'a>>,
    /// The documents that it links to, in the order of their basenames.
    pub outgoing: Vec<RowView<'a>>,
    pub attachments: Vec<AttachmentView<'a>>,
}

/// An outside link of a stage.
#[derive(Debug, Clone, Serialize)]
pub struct OutsideView<'a> {
    pub label: &'a str,
    pub url: &'a str,
    /// `istio.io`.
    pub host: &'a str,
}

/// A document on the reading path.
#[derive(Debug, Clone, Serialize)]
pub struct StationView<'a> {
    #[serde(flatten)]
    pub row: RowView<'a>,
    /// Which version of the document this is: the first digits of its hash, as its page has them.
    pub version: String,
}

/// A stage of the reading path.
#[derive(Debug, Clone, Serialize)]
pub struct StageView<'a> {
    /// `stage-2`: the element's id.
    pub id: String,
    /// The number that the title begins with, or the stage's place from 0.
    pub number: String,
    /// The title without its number.
    pub name: &'a str,
    pub why: &'a str,
    pub docs: Vec<StationView<'a>>,
    pub attachments: Vec<AttachmentView<'a>>,
    pub links: Vec<OutsideView<'a>>,
}

/// A topic with its documents.
#[derive(Debug, Clone, Serialize)]
pub struct TopicView<'a> {
    pub label: LabelView<'a>,
    pub description: &'a str,
    pub docs: Vec<RowView<'a>>,
    /// Its documents as nodes of the graph; of a large site only those that most others link to.
    pub nodes: Vec<NodeView<'a>>,
}

/// How many documents are of a topic or a type.
#[derive(Debug, Clone, Serialize)]
pub struct CountView<'a> {
    pub label: LabelView<'a>,
    pub count: usize,
}

/// One node of the graph as text.
#[derive(Debug, Clone, Serialize)]
pub struct NodeView<'a> {
    pub row: RowView<'a>,
    /// How many documents link to it, and how many it links to.
    pub incoming: usize,
    pub outgoing: usize,
    /// The documents it links to, in the order of their basenames; none on a page of many.
    pub targets: Vec<LinkView<'a>>,
}

/// A link that the link check reports: it has no target, or is a wikilink.
#[derive(Debug, Clone, Serialize)]
pub struct FailingView<'a> {
    /// The document, and the place of the link in its page.
    pub from: LinkView<'a>,
    /// `markdown/gw__note-x.md`, and the line and column of the link, from 1.
    pub file: String,
    /// The same file as a link.
    pub source: String,
    pub line: usize,
    pub column: usize,
    /// As written in the document; the basename, where that document has no page.
    pub target: &'a str,
    /// What is wrong, in the site's language; empty where the list's title says it.
    pub what: &'static str,
    /// The nearest right name; empty where none is near.
    pub near: String,
}

/// What the link check found of one kind: the first entries, and how many there are.
#[derive(Debug, Clone, Serialize)]
pub struct FoundView<T> {
    pub entries: Vec<T>,
    pub count: usize,
}

/// 🔎 The link check under the graph.
#[derive(Debug, Clone, Serialize)]
pub struct AuditView<'a> {
    /// Links to a document, a heading or a file that is not there, or to a document without a page.
    pub broken: FoundView<FailingView<'a>>,
    /// Documents that no document and no stage links to.
    pub orphans: FoundView<RowView<'a>>,
    /// Documents that link to no other.
    pub dead_ends: FoundView<RowView<'a>>,
    /// `[[x]]`, where those are marks.
    pub wikilinks: FoundView<FailingView<'a>>,
    /// Documents in no stage; none where there is no flow.
    pub outside_flow: FoundView<RowView<'a>>,
    /// Whether a list has more entries than are shown here.
    pub is_cut: bool,
}

/// index.html.
#[derive(Debug, Clone, Serialize)]
pub struct IndexView<'a> {
    pub site: SiteView<'a>,
    pub t: &'static Words,
    /// The flow's own title; empty where there is no flow.
    pub flow_title: &'a str,
    pub stages: Vec<StageView<'a>>,
    pub topics: Vec<TopicView<'a>>,
    pub kinds: Vec<CountView<'a>>,
    pub audit: AuditView<'a>,
    /// Whether every document is among the topics' nodes.
    pub all_nodes: bool,
    /// Whether the topics' rows have their summaries.
    pub summaries: bool,
    /// Published documents, those with ◆viz, deprecated ones, and links between documents.
    pub documents: usize,
    pub viz: usize,
    pub deprecated: usize,
    pub links: usize,
}

/// One line of files.html, in the order of a walk: a folder, then what is in it.
#[derive(Debug, Clone, Serialize)]
pub struct FileView {
    /// The entry's own name, without the folders above it.
    pub name: String,
    pub href: String,
    pub folder: bool,
    /// `1.2 kB`; for a folder, of all below it. Empty where it is not known (files.html itself).
    pub size: String,
    /// How many files are below a folder.
    pub files: usize,
    /// How many nested lists end after this entry (a folder's list begins right after it).
    pub closes: usize,
}

/// files.html.
#[derive(Debug, Clone, Serialize)]
pub struct FilesView<'a> {
    pub site: SiteView<'a>,
    pub t: &'static Words,
    pub entries: Vec<FileView>,
    pub files: usize,
    pub size: String,
}
