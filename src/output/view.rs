//! Every data type that a template gets. A view holds one page's own facts and its neighbours,
//! borrowed from the model: never the corpus, a file path of the machine, or a body.
//!
//! Not here: the rendered body (a template gets it as `body`), the words of the interface (`t`), which
//! follow from the program and the language, and the shape of graph.json (see
//! `graph_json`).

use serde::Serialize;

/// What every template gets about the site.
#[derive(Debug, Clone, Serialize)]
pub struct SiteView<'a> {
    pub title: &'a str,
    pub description: &'a str,
    /// `ko` or `en`.
    pub language: &'a str,
    /// Without a trailing slash; empty if the settings have none.
    pub base_url: &'a str,
    /// From the page to the site's root: empty, or `../` for each folder.
    pub root: String,
}

/// A page that shows nothing but its own words.
#[derive(Debug, Clone, Serialize)]
pub struct BareView<'a> {
    pub site: SiteView<'a>,
}

/// A topic or a type as a mark: `■ gw / guide`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LabelView<'a> {
    /// `gw`, `guide`: as in the basename.
    pub prefix: &'a str,
    /// The name in the settings; the prefix if they do not list it.
    pub name: &'a str,
    /// The class that sets the colour, such as `topic-gw`.
    pub class: String,
}

/// One document as a line of a list.
#[derive(Debug, Clone, Serialize)]
pub struct RowView<'a> {
    pub basename: &'a str,
    /// Percent-encoded, relative to the output.
    pub href: String,
    pub title: &'a str,
    /// Empty if the document has no summary.
    pub summary: &'a str,
    pub topic: LabelView<'a>,
    pub kind: LabelView<'a>,
    pub viz: bool,
    pub deprecated: bool,
    /// The flow's note on this document, or empty.
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
    /// Empty if the front matter only says `true`.
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
    /// The flow's note, or else the document's summary; may be empty.
    pub why: &'a str,
    /// The stage, if it differs from the page's own; else empty.
    pub stage: &'a str,
    /// The position in its stage, from 1, and the number of steps in it.
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

/// A document that links to the page, with the words around its first link.
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
    /// Where it is read, and the file itself.
    pub href: String,
    pub raw: String,
    /// Empty if there is no label.
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
    /// The heading's id, for links to the title; empty if the title is not a heading.
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
    /// The tag of its language, where that is not the site's; or empty.
    pub lang: &'a str,
    /// `YYYY-MM-DD`, or empty.
    pub date: &'a str,
    pub updated: &'a str,
    /// Whole minutes to read it; 0 for a document without text.
    pub minutes: usize,
    /// `markdown/<basename>.md`, percent-encoded.
    pub source: String,
    /// `<basename>.json`, percent-encoded.
    pub about: String,
    /// `<basename>.html`, percent-encoded.
    pub href: String,
    /// Where the repository's host edits the document, and where it shows its history; empty where
    /// the settings do not say.
    pub edit: String,
    pub history: String,
    /// Unknown front matter keys.
    pub extra: &'a serde_json::Map<String, serde_json::Value>,
}

#[derive(Debug, Clone, Serialize)]
pub struct PageView<'a> {
    pub site: SiteView<'a>,
    pub doc: DocumentView<'a>,
    /// Structured data as JSON-LD, safe in a `<script>`.
    pub linked: String,
    pub contents: Vec<ContentsView<'a>>,
    /// The contents do not fit on a screen, so parts that are not being read are folded.
    pub contents_long: bool,
    pub path: Option<PathView<'a>>,
    /// The same of its topic, for a document outside of the path: the documents near it, without
    /// position and total.
    pub shelf: Option<PathView<'a>>,
    /// A document that links here is in one of these two, by whether this one also links to it.
    pub backlinks: Vec<BacklinkView<'a>>,
    pub mutual: Vec<BacklinkView<'a>>,
    /// The other documents that it links to, in the order of their basenames.
    pub outgoing: Vec<RowView<'a>>,
    pub attachments: Vec<AttachmentView<'a>>,
}

/// An outside link of a stage.
#[derive(Debug, Clone, Serialize)]
pub struct OutsideView<'a> {
    pub label: &'a str,
    pub url: &'a str,
    /// For example `istio.io`.
    pub host: &'a str,
}

/// A document that the catalogue says of whether it was read.
#[derive(Debug, Clone, Serialize)]
pub struct StationView<'a> {
    #[serde(flatten)]
    pub row: RowView<'a>,
    /// The first digits of the document's hash, as in its page; empty in the topics of a large site.
    pub version: String,
}

/// A stage of the reading path.
#[derive(Debug, Clone, Serialize)]
pub struct StageView<'a> {
    /// `stage-2`: the element's id.
    pub id: String,
    /// The number at the start of the title, or the stage's index from 0.
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
    pub docs: Vec<StationView<'a>>,
    /// How many documents it has.
    pub count: usize,
    /// The pages that list its documents, on a site that is too large for one: then `docs` is empty.
    pub parts: Vec<PartView<'a>>,
    /// Its documents as nodes of the graph; on a large site only those with the most links to them.
    pub nodes: Vec<NodeView<'a>>,
}

/// A page that lists a range of a topic's documents.
#[derive(Debug, Clone, Serialize)]
pub struct PartView<'a> {
    pub href: String,
    /// The basenames of the first and the last document, without the topic.
    pub first: &'a str,
    pub last: &'a str,
    pub count: usize,
}

/// What `topic.html` gets: the page of a part.
#[derive(Debug, Clone, Serialize)]
pub struct TopicPageView<'a> {
    pub site: SiteView<'a>,
    pub topic: LabelView<'a>,
    pub description: &'a str,
    pub part: PartView<'a>,
    pub docs: Vec<RowView<'a>>,
    /// The parts before and after it, of the same topic.
    pub previous: Option<PartView<'a>>,
    pub next: Option<PartView<'a>>,
}

/// The number of documents of a topic or a type.
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
    /// The documents it links to, by basename; empty on a large site.
    pub targets: Vec<LinkView<'a>>,
}

/// A link that the link check reports: it is broken, or an unresolved wikilink.
#[derive(Debug, Clone, Serialize)]
pub struct FailingView<'a> {
    /// The document, and the anchor of the link in its page.
    pub from: LinkView<'a>,
    /// `markdown/gw__note-x.md`, and the line and column of the link, from 1.
    pub file: String,
    /// The same file as a link.
    pub source: String,
    pub line: usize,
    pub column: usize,
    /// As written in the document; the basename if that document has no page.
    pub target: &'a str,
    /// What is wrong, in the site's language; empty if the list's title says it.
    pub what: &'static str,
    /// The nearest valid name; empty if none is near.
    pub near: String,
}

/// The first entries of one kind, and how many there are.
#[derive(Debug, Clone, Serialize)]
pub struct FoundView<T> {
    pub entries: Vec<T>,
    pub count: usize,
}

/// The link check under the graph.
#[derive(Debug, Clone, Serialize)]
pub struct AuditView<'a> {
    /// Links to a missing document, heading or file, or to a document without a page.
    pub broken: FoundView<FailingView<'a>>,
    /// Documents that no document and no stage links to.
    pub orphans: FoundView<RowView<'a>>,
    /// Documents that link to no other.
    pub dead_ends: FoundView<RowView<'a>>,
    /// `[[x]]`, where those are marks.
    pub wikilinks: FoundView<FailingView<'a>>,
    /// Documents in no stage; empty if there is no flow.
    pub outside_flow: FoundView<RowView<'a>>,
    /// Whether a list has more entries than are shown.
    pub is_cut: bool,
}

/// The tab of a view of the catalogue.
#[derive(Debug, Clone, Serialize)]
pub struct TabView {
    /// The id of the view's section.
    pub id: &'static str,
    pub sign: &'static str,
    pub name: &'static str,
    /// Whether it shows the number of documents.
    pub counted: bool,
}

/// A line of a label in the picture of the graph, and the middle of its foot.
#[derive(Debug, Clone, Serialize)]
pub struct LabelLineView<'a> {
    pub text: &'a str,
    pub x: i32,
    pub y: i32,
}

/// A document in the picture of the graph: a disc that links to it.
#[derive(Debug, Clone, Serialize)]
pub struct PictureNodeView<'a> {
    pub href: String,
    pub title: &'a str,
    /// The class of its topic.
    pub class: String,
    pub x: i32,
    pub y: i32,
    pub r: i32,
    /// Its title, where there is room.
    pub lines: Vec<LabelLineView<'a>>,
}

/// The picture of the graph that needs no script, in pixels.
#[derive(Debug, Clone, Serialize)]
pub struct PictureView<'a> {
    /// `broad`, `middle` or `slim`: for which windows it is.
    pub class: &'static str,
    pub width: i32,
    pub height: i32,
    /// All links, as one path.
    pub links: String,
    pub nodes: Vec<PictureNodeView<'a>>,
}

/// A document that changed lately.
#[derive(Debug, Clone, Serialize)]
pub struct RecentView<'a> {
    pub row: RowView<'a>,
    /// `YYYY-MM-DD`.
    pub day: &'a str,
}

#[derive(Debug, Clone, Serialize)]
pub struct IndexView<'a> {
    pub site: SiteView<'a>,
    /// Whether there is a `feed.xml`.
    pub feed: bool,
    /// The flow's own title; empty if there is no flow.
    pub flow_title: &'a str,
    pub views: Vec<TabView>,
    pub stages: Vec<StageView<'a>>,
    pub topics: Vec<TopicView<'a>>,
    pub kinds: Vec<CountView<'a>>,
    /// The newest first; empty where all have the same day.
    pub recent: Vec<RecentView<'a>>,
    pub audit: AuditView<'a>,
    /// The graph of a small site.
    pub pictures: Vec<PictureView<'a>>,
    /// Whether every document is among the topics' nodes.
    pub all_nodes: bool,
    /// Whether the topics' rows have their summaries.
    pub summaries: bool,
    /// Numbers of published documents, those with a drawing, deprecated ones, and links between
    /// documents.
    pub documents: usize,
    pub viz: usize,
    pub deprecated: usize,
    pub links: usize,
}

/// One line of files.html, in the order of a walk: a folder, then what is in it.
#[derive(Debug, Clone, Serialize)]
pub struct FileView {
    /// The entry's name, without the folders above it.
    pub name: String,
    pub href: String,
    pub folder: bool,
    /// Whether it is a range of files or folders with a page of its own.
    pub part: bool,
    /// `1.2 kB`; for a folder, the total. Empty if unknown (files.html itself).
    pub size: String,
    /// How many files are below a folder or in a range.
    pub files: usize,
    /// How many nested lists end after this entry (a folder's list begins right after it).
    pub closes: usize,
}

/// The page of a document among files.
#[derive(Debug, Clone, Serialize)]
pub struct TitledView<'a> {
    pub title: &'a str,
    /// `gw__note-a.html`.
    pub name: &'a str,
    pub href: String,
    pub size: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct FilesView<'a> {
    pub site: SiteView<'a>,
    /// The folder and the range that a part lists; empty on files.html itself.
    pub folder: String,
    pub range: String,
    /// Pages of documents, and the tree of the attachments; empty where one tree has all.
    pub documents: Vec<TitledView<'a>>,
    pub attachments: Vec<FileView>,
    /// The tree of all others.
    pub entries: Vec<FileView>,
    /// How many these are, and their size, where they are apart.
    pub others: usize,
    pub others_size: String,
    pub files: usize,
    pub size: String,
}
