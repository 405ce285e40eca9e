//! What a document says about itself: headings with their ids, links with their places, its first
//! paragraph, its diagrams, and what is wrong in its text. The HTML and the link check both read it
//! from here, so they agree.
//!
//! Not here: front matter, and whether a link leads anywhere.

use std::cell::RefCell;
use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd, html::push_html};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;

use super::events::Source;
use super::fence::Fence;
use super::foreign::{self, Foreign};
use super::framed;
use super::notes::{self, Numbers};
use super::raw::{self, Ignore};
use super::reading::Reading;
use super::sanitize;
use super::slug::{Ids, slug};
use super::spaced;

/// Fences that are pictures.
pub const DIAGRAM_LANGUAGES: [&str; 6] = ["mermaid", "dot", "graphviz", "d2", "plantuml", "svgbob"];
/// Fences whose pictures are drawn in letters: with a place's name (`{#name}`) they are diagrams.
pub const LETTER_LANGUAGES: [&str; 3] = ["text", "txt", "ascii"];
/// The name of a diagram's place is no longer than this, in characters.
const LONGEST_SLOT: usize = 60;
/// A summary longer than this, in characters, is cut.
const LONGEST_SUMMARY: usize = 200;
/// So many characters of what follows a heading are kept for the preview of a link to it.
const LONGEST_EXCERPT: usize = 160;
/// The name of a footnote is no longer than this, in bytes.
const LONGEST_NOTE: usize = 200;
/// How many characters before and after a link are kept for the page that it links to.
const CONTEXT: usize = 60;

/// The facts of one document's body.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outline {
    /// Every heading, in order.
    pub headings: Vec<Heading>,
    /// Whether the first thing in the document is a heading.
    pub opens_with_heading: bool,
    /// Every link and image, of Markdown and of raw HTML, in order.
    pub links: Vec<Link>,
    /// Every fenced diagram, in order.
    pub diagrams: Vec<Diagram>,
    /// The text of the first paragraph, in one line; empty without one.
    pub summary: String,
    /// What its author should know, in order.
    pub remarks: Vec<Remark>,
    /// Comments that silence a finding, in order; spans are bytes of the body.
    pub ignores: Vec<Ignore>,
    /// Ids that raw HTML and named blocks bring.
    pub html_ids: Vec<String>,
    /// Every whole `<svg>` of raw HTML: bytes of the body, in order.
    pub drawings: Vec<Range<usize>>,
    /// Ids of footnotes, and of the places that name them.
    pub note_ids: Vec<String>,
    /// How much there is to read.
    pub reading: Reading,
}

impl Outline {
    /// The heading that is the title where nothing else gives one: the first `#`, or a heading of
    /// another level that the document begins with.
    pub fn first_title(&self) -> Option<usize> {
        let first = self.headings.iter().position(|heading| heading.level == 1);
        first.or(self.opens_with_heading.then_some(0))
    }

    /// The heading that a wikilink names, by its id or by its text.
    pub fn heading_called(&self, name: &str) -> Option<&Heading> {
        let by_id = self.headings.iter().find(|heading| heading.id == name);
        by_id.or_else(|| {
            let name = slug(&one_line(name));
            self.headings
                .iter()
                .find(|heading| slug(&heading.text) == name)
        })
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// 1 to 6, as written.
    pub level: u8,
    /// Unique in its document.
    pub id: String,
    /// Without markup, in one line.
    pub text: String,
    /// With its inline markup, without links.
    pub html: String,
    /// The text that follows it, up to the next heading, in one line and cut to a length.
    pub excerpt: String,
    /// Bytes of the body.
    pub span: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkKind {
    /// `[label](target)` and its kin.
    Link,
    /// `![alt](target)`.
    Image,
    /// `[[target]]`.
    Wiki,
    /// `![[target]]`.
    Embed,
    /// `<a href="target">`.
    HtmlLink,
    /// `<img src="target">`.
    HtmlImage,
}

impl LinkKind {
    /// Whether it is in raw HTML, which goes to the page as it is written.
    pub fn is_html(self) -> bool {
        matches!(self, Self::HtmlLink | Self::HtmlImage)
    }
}

/// A link or an image.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    pub kind: LinkKind,
    /// As written, escapes and entities resolved.
    pub target: String,
    /// Its text, in one line; of a picture its alternative text.
    pub label: String,
    /// The words of its paragraph before it, cut to a length.
    pub before: String,
    pub after: String,
    /// Bytes of the body.
    pub span: Range<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagram {
    /// `mermaid`, `dot` …
    pub language: String,
    /// The name of its place, unique in its document: `{#name}`, or its number.
    pub slot: String,
    /// `title="…"`.
    pub caption: Option<String>,
    pub source: String,
    /// Bytes of the body.
    pub span: Range<usize>,
}

impl Diagram {
    /// A name and no source: a place for a picture that somebody drew. It counts for no number, so
    /// that one more of these does not rename the diagrams behind it.
    pub fn is_blank(&self) -> bool {
        let is_number = self.slot.bytes().all(|b| b.is_ascii_digit());
        !is_number && self.source.trim().is_empty()
    }
}

/// Something in the text that does not come to the page as it was meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// Bytes of the body before it.
    pub offset: usize,
    pub what: What,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum What {
    /// Raw HTML that only a site that trusts it shows: `<script>`, `onclick of <p>`.
    RawHtml(String),
    /// `<String>`, `<your-name>`: a tag of no element, which was meant as text.
    UnknownElement(String),
    /// Syntax of another tool, for the first time.
    Foreign(Foreign),
    /// An id of raw HTML that a heading, a note, the page or other raw HTML has.
    DuplicateId(String),
    /// Raw HTML whose elements nest so deep that all of the document's is shown as text.
    DeepHtml,
    /// `[^name]` without its note, which stays text.
    UndefinedFootnote(String),
    /// `[text][name]` without the definition of its name, which stays text.
    UndefinedReference(String),
    /// `[label](a target)` with spaces, which stays text; what to write instead.
    SpacedLink(String),
    /// `<img>` without an `alt` attribute; its address.
    NoAlt(String),
    /// `{#name}` of a diagram that is not a name for a file, and the number that it has instead.
    BadSlot(String, String),
    /// `{#name}` of a second diagram, and the number that it has instead.
    SlotTwice(String, String),
}

/// Whether a fence is a picture.
pub fn is_diagram(fence: &Fence) -> bool {
    let language = fence.language.as_str();
    let is_named = || fence.id.is_some() && LETTER_LANGUAGES.contains(&language);
    DIAGRAM_LANGUAGES.contains(&language) || is_named()
}

/// Whether a name can be that of a diagram's place: letters and digits of any script, `-` and `_`,
/// and not a number, which is the name of a place without one.
pub fn is_slot_name(name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let is_number = name.bytes().all(|b| b.is_ascii_digit());
    !is_number && name.chars().count() <= LONGEST_SLOT && name.chars().all(is_part)
}

pub fn read(source: &Source<'_>) -> Outline {
    let undefined = RefCell::new(Vec::new());
    let tell = |name: &str, span: Range<usize>| {
        undefined.borrow_mut().push(Remark {
            offset: span.start,
            what: What::UndefinedReference(name.to_owned()),
        });
    };
    let mut reader = Reader {
        written: source.written(),
        ..Reader::default()
    };
    for (event, span) in source.events_and(tell) {
        reader.remark(&event, &span);
        reader.event(event, span);
    }
    reader.end_block();
    let deep = reader.deep_html();
    reader.outline.note_ids = reader.note_ids();
    let duplicates = reader.duplicate_ids();
    let foreign = reader.foreign();
    let raw_ids = reader.raw_ids.into_iter().map(|(id, _)| id);
    let mut outline = reader.outline;
    outline.html_ids.extend(raw_ids);
    outline.remarks.extend(duplicates);
    // A component is said as such, once.
    outline.remarks.retain(|remark| {
        let is_element = matches!(remark.what, What::UnknownElement(_));
        !is_element || !foreign::is_component_at(source.written(), remark.offset)
    });
    outline.remarks.extend(foreign);
    let blocks = source.block_ids().iter();
    outline
        .html_ids
        .extend(blocks.map(|block| block.id.clone()));
    outline.remarks.extend(deep);
    outline.remarks.extend(undefined.into_inner());
    outline.remarks.sort_by_key(|remark| remark.offset);
    outline
}

#[derive(Default)]
struct Reader<'a> {
    written: &'a str,
    outline: Outline,
    /// The raw HTML so far, and where it begins.
    html: String,
    first_html: usize,
    ids: Ids,
    notes: Numbers,
    /// The names of the notes whose text is there, in order.
    defined_notes: Vec<String>,
    note_places: Vec<String>,
    /// The text of the block that is open: a paragraph, a heading, a cell, a tight item.
    block: String,
    /// Links of that block: index, and the bytes of `block` that are its label.
    labels: Vec<(usize, Range<usize>)>,
    /// Links that are open: index, and where the label begins in `block`.
    open_links: Vec<(usize, usize)>,
    /// Nesting of containers in which a paragraph is not a summary.
    depth: usize,
    in_code: bool,
    in_diagram: bool,
    heading: Option<OpenHeading<'a>>,
    /// Whether anything a reader sees came before.
    has_content: bool,
    /// Blocks and spans of code, in order.
    code: Vec<Range<usize>>,
    /// Ids of raw HTML, with their places.
    raw_ids: Vec<(String, usize)>,
}

struct OpenHeading<'a> {
    level: u8,
    id: Option<CowStr<'a>>,
    span: Range<usize>,
    inline: Vec<Event<'a>>,
}

impl<'a> Reader<'a> {
    fn remark(&mut self, event: &Event<'_>, span: &Range<usize>) {
        match event {
            Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => {
                let piece = self.without_drawings(event, span);
                let found = sanitize::removals(&piece);
                self.outline
                    .remarks
                    .extend(found.into_iter().map(|removal| Remark {
                        offset: span.start + removal.offset,
                        what: if removal.is_unknown {
                            What::UnknownElement(removal.what)
                        } else {
                            What::RawHtml(removal.what)
                        },
                    }));
                self.raw_html(span, &piece);
            }
            Event::Text(_) if !self.in_code => {
                let found = undefined_notes(&self.written[span.clone()]);
                self.outline
                    .remarks
                    .extend(found.into_iter().map(|(at, name)| Remark {
                        offset: span.start + at,
                        what: What::UndefinedFootnote(name.to_owned()),
                    }));
                self.spaced_links(span);
            }
            _ => {}
        }
    }

    /// `](` in text: the parser has taken what is a link.
    fn spaced_links(&mut self, span: &Range<usize>) {
        let link_end = self.outline.links.last().map_or(0, |link| link.span.end);
        let text = &self.written[span.clone()];
        for (at, _) in text.match_indices('(') {
            let at = span.start + at;
            if !self.open_links.is_empty() || at == link_end {
                continue;
            }
            if let Some((offset, instead)) = spaced::link(self.written, at) {
                self.outline.remarks.push(Remark {
                    offset,
                    what: What::SpacedLink(instead),
                });
            }
        }
    }

    fn deep_html(&self) -> Option<Remark> {
        (sanitize::depth(&self.html) > sanitize::DEEPEST).then_some(Remark {
            offset: self.first_html,
            what: What::DeepHtml,
        })
    }

    /// A piece of raw HTML without its drawings, which are noted. A drawing among words comes tag
    /// by tag, so it is looked for at its first one.
    fn without_drawings(&mut self, event: &Event<'_>, span: &Range<usize>) -> String {
        let is_block = matches!(event, Event::Start(_));
        let end = if is_block {
            span.end
        } else {
            paragraph_end(self.written, span.start)
        };
        let drawings = framed::drawings(&self.written[span.start..end]).into_iter();
        let drawings = drawings.map(|inner| span.start + inner.start..span.start + inner.end);
        let last = self.outline.drawings.last().map_or(0, |last| last.end);
        let new = drawings
            .filter(|drawing| drawing.start >= last && (is_block || drawing.start == span.start));
        self.outline.drawings.extend(new);
        let mut piece = self.written[span.clone()].to_owned();
        for drawing in self.outline.drawings.iter().rev() {
            let (start, end) = (drawing.start.max(span.start), drawing.end.min(span.end));
            if start >= end {
                break;
            }
            let inside = start - span.start..end - span.start;
            piece.replace_range(inside.clone(), &" ".repeat(inside.len()));
        }
        piece
    }

    fn is_in_drawing(&self, at: usize) -> bool {
        let last = self.outline.drawings.last();
        last.is_some_and(|drawing| drawing.contains(&at))
    }

    fn foreign(&self) -> Vec<Remark> {
        let found = foreign::find(self.written, &self.code).into_iter();
        found
            .map(|(kind, offset)| Remark {
                offset,
                what: What::Foreign(kind),
            })
            .collect()
    }

    /// Ids of raw HTML that something else on the page has.
    fn duplicate_ids(&self) -> Vec<Remark> {
        let headings = self.outline.headings.iter().map(|heading| &heading.id);
        let mut taken: HashSet<&str> = headings
            .chain(&self.outline.note_ids)
            .map(String::as_str)
            .collect();
        let twice = self
            .raw_ids
            .iter()
            .filter(|(id, _)| is_reserved(id) || !taken.insert(id));
        let remarks = twice.map(|(id, offset)| Remark {
            offset: *offset,
            what: What::DuplicateId(id.clone()),
        });
        remarks.collect()
    }

    /// Links of raw HTML stand among the others, with no words around them.
    fn raw_html(&mut self, span: &Range<usize>, undrawn: &str) {
        let piece = &self.written[span.clone()];
        if self.html.is_empty() {
            self.first_html = span.start;
        }
        self.html.push_str(piece);
        let moved = |inner: Range<usize>| span.start + inner.start..span.start + inner.end;
        let ids = raw::read(undrawn).ids.into_iter();
        self.raw_ids
            .extend(ids.map(|(id, offset)| (id, span.start + offset)));
        let found = raw::read(piece);
        for link in found.links {
            let span = moved(link.span);
            if link.image == Some(None) {
                self.outline.remarks.push(Remark {
                    offset: span.start,
                    what: What::NoAlt(link.target.clone()),
                });
            }
            self.outline.links.push(Link {
                kind: match link.image {
                    Some(_) => LinkKind::HtmlImage,
                    None => LinkKind::HtmlLink,
                },
                target: link.target,
                label: link.image.flatten().unwrap_or_default(),
                before: String::new(),
                after: String::new(),
                span,
            });
        }
        let ignores = raw::ignores(piece).into_iter();
        self.outline.ignores.extend(ignores.map(|ignore| Ignore {
            span: moved(ignore.span),
            ..ignore
        }));
    }

    fn event(&mut self, event: Event<'a>, span: Range<usize>) {
        self.has_content |= is_content(&event);
        if matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_))) {
            self.code.push(span.clone());
        }
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.in_code => {
                self.outline.reading.code(&text);
                if self.in_diagram
                    && let Some(diagram) = self.outline.diagrams.last_mut()
                {
                    diagram.source.push_str(&text);
                }
            }
            // Words in a drawing are none of the paragraph's.
            Event::Text(_) if self.is_in_drawing(span.start) => {}
            Event::Text(text) => {
                self.outline.reading.text(&text);
                self.block.push_str(&text);
                self.inline(Event::Text(text));
            }
            Event::Code(text) => {
                self.outline.reading.text(&text);
                self.block.push_str(&text);
                self.inline(Event::Code(text));
            }
            Event::SoftBreak | Event::HardBreak => {
                // GitHub's ids leave a line's end out, and keep a space.
                let end = if self.heading.is_some() { '\n' } else { ' ' };
                self.block.push(end);
                self.inline(Event::Text(" ".into()));
            }
            Event::FootnoteReference(name) => {
                self.note_places.push(self.notes.reference(&name).1);
            }
            _ => {}
        }
    }

    /// Ids of notes that the text has, and of the places that lead there and back.
    fn note_ids(&mut self) -> Vec<String> {
        let mut ids = std::mem::take(&mut self.note_places);
        for name in std::mem::take(&mut self.defined_notes) {
            ids.push(notes::id(self.notes.number(&name)));
        }
        ids
    }

    fn inline(&mut self, event: Event<'a>) {
        if let Some(heading) = &mut self.heading {
            heading.inline.push(event);
        }
    }

    fn start(&mut self, tag: Tag<'a>, span: Range<usize>) {
        match tag {
            Tag::Paragraph => self.end_block(),
            Tag::Heading { level, id, .. } => {
                self.end_block();
                if self.outline.headings.is_empty() {
                    self.outline.opens_with_heading = !self.has_content;
                }
                self.heading = Some(OpenHeading {
                    level: level as u8,
                    id,
                    span,
                    inline: Vec::new(),
                });
            }
            Tag::CodeBlock(kind) => self.start_code(&kind, span),
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => self.inline(Event::Start(tag)),
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => {
                let kind = match link_type {
                    LinkType::WikiLink { .. } => LinkKind::Wiki,
                    _ => LinkKind::Link,
                };
                let target = match link_type {
                    LinkType::Email => format!("mailto:{dest_url}"),
                    _ => dest_url.into_string(),
                };
                self.start_link(kind, target, span);
            }
            Tag::Image {
                link_type,
                dest_url,
                ..
            } => {
                let kind = match link_type {
                    LinkType::WikiLink { .. } => LinkKind::Embed,
                    _ => LinkKind::Image,
                };
                self.start_link(kind, dest_url.into_string(), span);
            }
            tag => {
                if let Tag::FootnoteDefinition(name) = tag {
                    self.defined_notes.push(name.to_string());
                }
                self.end_block();
                self.depth += 1;
            }
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => {
                if self.depth == 0 && self.outline.summary.is_empty() {
                    self.outline.summary = shorten(self.block.trim(), LONGEST_SUMMARY);
                }
                self.end_block();
            }
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::CodeBlock => {
                self.in_code = false;
                self.in_diagram = false;
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => {
                self.inline(Event::End(tag));
            }
            TagEnd::Link | TagEnd::Image => {
                if let Some((index, from)) = self.open_links.pop() {
                    let from = from.min(self.block.len());
                    self.labels.push((index, from..self.block.len()));
                }
            }
            _ => {
                self.end_block();
                self.depth = self.depth.saturating_sub(1);
            }
        }
    }

    fn start_code(&mut self, kind: &CodeBlockKind<'_>, span: Range<usize>) {
        self.end_block();
        self.in_code = true;
        if let CodeBlockKind::Fenced(info) = kind {
            let fence = Fence::parse(info);
            if is_diagram(&fence) {
                self.start_diagram(fence, span);
            }
        }
    }

    fn start_diagram(&mut self, fence: Fence, span: Range<usize>) {
        let before = self.outline.diagrams.iter();
        let number = before.filter(|before| !before.is_blank()).count() + 1;
        let number = number.to_string();
        let mut slot = number.clone();
        // File systems that take two spellings for one name must not mix two pictures up.
        let key = |name: &str| name.nfc().collect::<String>().to_lowercase();
        if let Some(name) = fence.id.filter(|name| *name != number) {
            let is_taken = |other: &Diagram| key(&other.slot) == key(&name);
            let problem = if !is_slot_name(&name) {
                Some(What::BadSlot(name, number))
            } else if self.outline.diagrams.iter().any(is_taken) {
                Some(What::SlotTwice(name, number))
            } else {
                slot = name.nfc().collect();
                None
            };
            self.outline.remarks.extend(problem.map(|what| Remark {
                offset: span.start,
                what,
            }));
        }
        self.in_diagram = true;
        self.outline.diagrams.push(Diagram {
            language: fence.language,
            slot,
            caption: fence.title,
            source: String::new(),
            span,
        });
    }

    fn start_link(&mut self, kind: LinkKind, target: String, span: Range<usize>) {
        self.open_links
            .push((self.outline.links.len(), self.block.len()));
        self.outline.links.push(Link {
            kind,
            target,
            label: String::new(),
            before: String::new(),
            after: String::new(),
            span,
        });
    }

    fn end_heading(&mut self) {
        if let Some(open) = self.heading.take() {
            let text = one_line(&self.block);
            let id = match open.id {
                Some(id) => self.ids.reserve(&id),
                // White space within it counts, as it does on GitHub.
                None => self.ids.assign(self.block.trim()),
            };
            let mut html = String::new();
            push_html(&mut html, open.inline.into_iter());
            self.outline.headings.push(Heading {
                level: open.level,
                id,
                text,
                html: html.trim().to_owned(),
                excerpt: String::new(),
                span: open.span,
            });
        }
        self.take_block();
    }

    /// Ends a block of text, which belongs to the heading above it.
    fn end_block(&mut self) {
        let block = self.take_block();
        if let Some(heading) = self.outline.headings.last_mut() {
            add_to_excerpt(&mut heading.excerpt, &block);
        }
    }

    /// Takes the block's text, and gives its links the words around them.
    fn take_block(&mut self) -> String {
        let block = std::mem::take(&mut self.block);
        self.open_links.clear();
        for (index, label) in self.labels.drain(..) {
            let link = &mut self.outline.links[index];
            link.label = one_line(&block[label.clone()]);
            link.before = tail(&block[..label.start], CONTEXT);
            link.after = head(&block[label.end..], CONTEXT);
        }
        block
    }
}

/// Whether an id is one of the page's own parts.
pub fn is_reserved(id: &str) -> bool {
    id.starts_with("ds.")
}

/// Where the paragraph ends that holds an offset.
fn paragraph_end(text: &str, at: usize) -> usize {
    text[at..].find("\n\n").map_or(text.len(), |end| at + end)
}

/// Whether a reader sees something of it that is not a heading.
fn is_content(event: &Event<'_>) -> bool {
    match event {
        Event::Start(Tag::Heading { .. } | Tag::HtmlBlock) | Event::End(_) => false,
        Event::Html(html) => !html.trim_start().starts_with("<!--"),
        _ => true,
    }
}

/// Goes on with an excerpt until it is long enough.
fn add_to_excerpt(excerpt: &mut String, block: &str) {
    let is_full = excerpt.ends_with('…');
    if is_full || block.trim().is_empty() {
        return;
    }
    let longer = format!("{excerpt} {block}");
    *excerpt = shorten(longer.trim(), LONGEST_EXCERPT);
}

/// `[^name]` in running text: the parser has taken those that have a note. Bytes before, and name.
fn undefined_notes(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("[^") {
        let escapes = text[..at].bytes().rev().take_while(|b| *b == b'\\').count();
        let rest = &text[at + 2..];
        let Some(end) = rest.bytes().take(LONGEST_NOTE).position(|b| b == b']') else {
            continue;
        };
        let name = &rest[..end];
        let is_name = !name.is_empty() && !name.contains([' ', '\n', '\t', '[', '^', '\\']);
        if is_name && escapes % 2 == 0 {
            found.push((at, name));
        }
    }
    found
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text in one line, cut at a word where it is too long.
fn shorten(text: &str, longest: usize) -> String {
    let line = one_line(text);
    match line.char_indices().nth(longest) {
        None => line,
        Some((at, _)) => {
            let kept = &line[..at];
            let kept = kept.rsplit_once(' ').map_or(kept, |(words, _)| words);
            format!("{}…", kept.trim_end_matches([',', '.', ' ']))
        }
    }
}

fn head(text: &str, longest: usize) -> String {
    let Some((at, _)) = text.char_indices().nth(longest) else {
        return text.trim_end().to_owned();
    };
    let kept = &text[..at];
    let kept = kept.rsplit_once(' ').map_or(kept, |(words, _)| words);
    format!("{kept}…")
}

fn tail(text: &str, longest: usize) -> String {
    let Some((at, _)) = text.char_indices().rev().nth(longest) else {
        return text.trim_start().to_owned();
    };
    let kept = &text[at..];
    let kept = kept.split_once(' ').map_or(kept, |(_, words)| words);
    format!("…{kept}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Outline {
        super::read(&Source::new(body))
    }

    #[test]
    fn headings_have_text_html_and_ids() {
        let outline =
            read("# **굵은** `code` <x> [링크](a.html)\n\n## 개요\n\n## 개요\n\n## 나 {#my}\n");
        let first = &outline.headings[0];
        assert_eq!(first.text, "굵은 code 링크");
        assert_eq!(first.html, "<strong>굵은</strong> <code>code</code>  링크");
        let ids: Vec<_> = outline.headings.iter().map(|h| h.id.as_str()).collect();
        assert_eq!(ids, ["굵은-code--링크", "개요", "개요-1", "my"]);
    }

    #[test]
    fn the_summary_is_the_first_paragraph_outside_of_lists_and_quotes() {
        let outline = read("# T\n\n> 인용\n\n- 항목\n\n첫 **문단**의\n두 줄.\n\n다음\n");
        assert_eq!(outline.summary, "첫 문단의 두 줄.");
        let long = read(&"낱말 ".repeat(100));
        assert_eq!(long.summary.chars().count(), 198, "cut at a word");
        assert!(long.summary.ends_with('…'));
    }

    #[test]
    fn a_heading_knows_how_its_text_begins() {
        let outline = read(
            "앞\n\n# 제목\n\n첫 **문단**.\n\n## 목록\n\n- 하나\n- 둘\n\n```\ncode\n```\n\n뒤\n\n## 긴\n\n",
        );
        let excerpts = |outline: &Outline| -> Vec<String> {
            let headings = outline.headings.iter();
            headings.map(|heading| heading.excerpt.clone()).collect()
        };
        assert_eq!(excerpts(&outline), ["첫 문단.", "하나 둘 뒤", ""]);
        let long = read(&format!("# 긴\n\n{}\n\n끝\n", "낱말 ".repeat(100)));
        assert_eq!(long.headings[0].excerpt.chars().count(), 159);
        assert!(long.headings[0].excerpt.ends_with('…'));
    }

    #[test]
    fn links_know_the_words_around_them() {
        let outline = read("앞말 [라벨 **굵게**](b.html#x) 뒷말\n\n- 항목 ![그림](p.png)\n");
        let link = &outline.links[0];
        assert_eq!(link.kind, LinkKind::Link);
        assert_eq!(link.target, "b.html#x");
        assert_eq!(
            (&*link.before, &*link.label, &*link.after),
            ("앞말 ", "라벨 굵게", " 뒷말")
        );
        assert_eq!(outline.links[1].kind, LinkKind::Image);
        assert_eq!(outline.links[1].label, "그림");
    }

    #[test]
    fn links_in_code_are_no_links() {
        let outline = read("```md\n[x](gone.html)\n```\n\n`[y](gone.html)`\n");
        assert_eq!(outline.links, []);
    }

    #[test]
    fn diagrams_are_found_by_their_language() {
        let outline = read("```mermaid\ngraph TD\n```\n\n```yaml\na: 1\n```\n");
        assert_eq!(outline.diagrams.len(), 1);
        assert_eq!(outline.diagrams[0].language, "mermaid");
    }

    #[test]
    fn a_footnote_without_its_text_is_remarked_where_it_stands() {
        let text = "**\"앞\"**은 [^a] `[^code]` \\[^escaped] [^없음] [^x y]\n\n[^a]: 있다\n";
        let outline = read(text);
        let found: Vec<_> = outline
            .remarks
            .iter()
            .map(|remark| (&text[remark.offset..remark.offset + 2], &remark.what))
            .collect();
        assert_eq!(found, [("[^", &What::UndefinedFootnote("없음".to_owned()))]);
    }
}
