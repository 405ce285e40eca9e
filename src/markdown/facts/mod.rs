//! Gathers a document's facts from the parser's events, one at a time, as the body is compiled. What
//! raw HTML says comes from its cleaner, which reads it.
//!
//! Not here: the events (`events`), their HTML (`write`), front matter, and whether a link has a target.

mod block;
mod cut;
mod diagrams;
mod remarks;
mod unread;

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::html::push_html;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd, TextMergeStream};

use super::alert::Quotes;
use super::breaks::broken;
use super::clean::Read;
use super::fence::Fence;
use super::math;
use super::math_words;
use super::notes::{self, Numbers};
use super::outline::{Heading, Ignore, Link, LinkKind, Outline, What, is_diagram, one_line};
use super::prepare::BlockId;
use super::raw;
use super::scheme;
use super::slug::Ids;
use crate::place::Locator;
use block::Block;
use cut::{add_to_excerpt, shorten};
use remarks::Remarks;

/// A summary longer than this, in characters, is cut.
const LONGEST_SUMMARY: usize = 200;

/// What an event is in the facts, which its HTML refers to by number.
pub(super) enum Seen {
    /// Nothing that has a number.
    Other,
    /// The beginning of a link or an image.
    Link(usize),
    /// The beginning of a diagram's fence.
    Diagram(usize),
    /// A heading ended: its index in the outline.
    Heading(usize),
    /// A reference to a footnote: the note's number, and the id of the place that refers to it.
    Note(usize, String),
}

/// The facts so far.
pub(super) struct Facts<'a> {
    written: &'a str,
    places: &'a Locator<'a>,
    outline: Outline,
    remarks: Remarks<'a>,
    ids: Ids,
    notes: Numbers,
    /// The names of the notes whose text is there, in order.
    defined_notes: Vec<String>,
    note_places: Vec<String>,
    /// The block that is open.
    block: Block,
    quotes: Quotes,
    /// Nesting of containers in which a paragraph is not a summary.
    depth: usize,
    in_code: bool,
    /// Hashes of the lines of code so far.
    code: HashSet<u64>,
    in_diagram: bool,
    heading: Option<OpenHeading<'a>>,
    /// Whether anything a reader sees came before.
    has_content: bool,
}

struct OpenHeading<'a> {
    level: u8,
    id: Option<CowStr<'a>>,
    span: Range<usize>,
    inline: Vec<Event<'a>>,
    /// Its text, with formulas in TeX.
    written: String,
}

impl<'a> Facts<'a> {
    /// Of a body, as it is written. `has_formulas`: whether they are read in it.
    pub(super) fn new(written: &'a str, places: &'a Locator<'a>, has_formulas: bool) -> Self {
        Self {
            written,
            places,
            outline: Outline::default(),
            remarks: Remarks::new(written, has_formulas),
            ids: Ids::default(),
            notes: Numbers::default(),
            defined_notes: Vec::new(),
            note_places: Vec::new(),
            block: Block::default(),
            quotes: Quotes::default(),
            depth: 0,
            in_code: false,
            code: HashSet::new(),
            in_diagram: false,
            heading: None,
            has_content: false,
        }
    }

    /// What is known so far.
    pub(super) fn outline(&self) -> &Outline {
        &self.outline
    }

    /// Takes the next event, which is at `span` of the body.
    pub(super) fn see(&mut self, event: &Event<'a>, span: &Range<usize>) -> Seen {
        self.has_content |= is_content(event);
        match event {
            Event::Code(_) | Event::Start(Tag::CodeBlock(_)) => self.remarks.code(span),
            Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => self.ignores(span),
            Event::Text(_) if !self.in_code => {
                let last = self.outline.links.last();
                let link_end = last.map_or(0, |link| link.span.end);
                let is_in_link = self.block.open_links().next().is_some();
                self.remarks.text(span, (!is_in_link).then_some(link_end));
            }
            _ => {}
        }
        self.event(event, span)
    }

    /// Takes what the raw HTML says that came last, with its offsets in the body. Its links are among
    /// the others, with no words around them.
    pub(super) fn read(&mut self, mut read: Read) {
        self.remarks.raw_html(&mut read);
        self.outline.drawings.append(&mut read.drawings);
        for link in read.links {
            let kind = match link.image {
                Some(_) => LinkKind::HtmlImage,
                None => LinkKind::HtmlLink,
            };
            let label = link.image.flatten().unwrap_or_default();
            self.add_link(kind, link.target, label, link.span);
        }
    }

    /// The outline of a body whose events are all seen, and the numbers of its footnotes.
    /// `undefined` are references without a definition, with their offsets.
    pub(super) fn finish(
        mut self,
        blocks: &[BlockId],
        undefined: Vec<(usize, What)>,
    ) -> (Outline, Numbers) {
        self.end_block();
        self.outline.note_ids = self.note_ids();
        let mut outline = self.outline;
        self.remarks.finish(&mut outline, undefined, self.places);
        let block_ids = blocks.iter().map(|block| block.id.clone());
        outline.html_ids.extend(block_ids);
        (outline, self.notes)
    }

    fn is_in_drawing(&self, at: usize) -> bool {
        let last = self.outline.drawings.last();
        last.is_some_and(|drawing| drawing.contains(&at))
    }

    /// Comments that silence a finding.
    fn ignores(&mut self, span: &Range<usize>) {
        let places = self.places;
        let ignores = raw::ignores(&self.written[span.clone()]).into_iter();
        let ignores = ignores.map(|ignore| Ignore {
            code: ignore.code,
            reason: ignore.reason,
            position: places.position(span.start + ignore.span.start),
            line: places.position(span.start + ignore.span.end).line + 1,
        });
        self.outline.ignores.extend(ignores);
    }

    fn event(&mut self, event: &Event<'a>, span: &Range<usize>) -> Seen {
        let marker = self.quotes.marker(event);
        match event {
            Event::Start(tag) => return self.start(tag, span),
            Event::End(tag) => return self.end(*tag),
            Event::Text(text) if self.in_code => {
                if !self.in_diagram {
                    self.outline.reading.code(text, &mut self.code);
                } else if let Some(diagram) = self.outline.diagrams.last_mut() {
                    diagram.source.push_str(text);
                }
            }
            Event::InlineMath(tex) => self.formula(tex, false, span),
            Event::DisplayMath(tex) => self.formula(tex, true, span),
            // Words in a drawing do not belong to the paragraph.
            Event::Text(_) if self.is_in_drawing(span.start) => {}
            Event::Text(text) | Event::Code(text) => {
                let shown = marker.map_or(Cow::Borrowed(&**text), |marker| marker.without(text));
                self.outline.reading.text(&shown);
                self.say(&shown);
                self.inline(event);
            }
            Event::SoftBreak | Event::HardBreak => {
                // GitHub's ids leave a line's end out, and keep a space.
                let end = if self.heading.is_some() { "\n" } else { " " };
                self.say(end);
                self.inline(&Event::Text(" ".into()));
            }
            // The alternative text of an image cannot contain links.
            Event::FootnoteReference(name) if !self.is_in_image() => {
                let (number, place) = self.notes.reference(name);
                self.note_places.push(place.clone());
                return Seen::Note(number, place);
            }
            _ => {}
        }
        Seen::Other
    }

    /// A heading's id is that of the source; everything else has its plain words. One that cannot be
    /// read is remarked on, and is text.
    fn formula(&mut self, tex: &str, is_block: bool, span: &Range<usize>) {
        self.remarks.code(span);
        self.outline.reading.text(tex);
        self.block.push(&math_words::words(tex, is_block));
        if let Some(heading) = &mut self.heading {
            heading.written.push_str(tex);
        }
        match math::mathml(tex, is_block) {
            Ok(math) => self.inline(&Event::InlineHtml(math.into())),
            Err(why) => {
                self.remarks.push(span.start, What::Formula(why));
                self.inline(&Event::Text(math::written(tex, is_block).into()));
            }
        }
    }

    fn is_in_image(&self) -> bool {
        self.block.open_links().any(|index| {
            let kind = self.outline.links[index].kind;
            matches!(kind, LinkKind::Image | LinkKind::Embed)
        })
    }

    /// Ids of notes that the text has, and of the places that lead there and back.
    fn note_ids(&mut self) -> Vec<String> {
        let mut ids = std::mem::take(&mut self.note_places);
        for name in std::mem::take(&mut self.defined_notes) {
            ids.push(notes::id(self.notes.number(&name)));
        }
        ids
    }

    fn say(&mut self, text: &str) {
        self.block.push(text);
        if let Some(heading) = &mut self.heading {
            heading.written.push_str(text);
        }
    }

    fn inline(&mut self, event: &Event<'a>) {
        if let Some(heading) = &mut self.heading {
            heading.inline.push(event.clone());
        }
    }

    fn start(&mut self, tag: &Tag<'a>, span: &Range<usize>) -> Seen {
        match tag {
            Tag::Paragraph => self.end_block(),
            Tag::Heading { level, id, .. } => {
                self.end_block();
                if self.outline.headings.is_empty() {
                    self.outline.opens_with_heading = !self.has_content;
                }
                self.heading = Some(OpenHeading {
                    level: *level as u8,
                    id: id.clone(),
                    span: span.clone(),
                    inline: Vec::new(),
                    written: String::new(),
                });
            }
            Tag::CodeBlock(kind) => return self.start_code(kind, span),
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => {
                self.inline(&Event::Start(tag.clone()));
            }
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
                    _ => dest_url.to_string(),
                };
                return self.start_link(kind, target, span);
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
                return self.start_link(kind, dest_url.to_string(), span);
            }
            tag => {
                if let Tag::FootnoteDefinition(name) = tag {
                    self.defined_notes.push(name.to_string());
                }
                self.end_block();
                self.depth += 1;
            }
        }
        Seen::Other
    }

    fn end(&mut self, tag: TagEnd) -> Seen {
        match tag {
            TagEnd::Paragraph => {
                let text = self.block.text().trim();
                if self.depth == 0 && self.outline.summary.is_empty() && !is_address(text) {
                    self.outline.summary = shorten(text, LONGEST_SUMMARY);
                }
                self.end_block();
            }
            TagEnd::Heading(_) => return self.end_heading(),
            TagEnd::CodeBlock => {
                self.in_code = false;
                self.in_diagram = false;
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => {
                self.inline(&Event::End(tag));
            }
            TagEnd::Link | TagEnd::Image => self.block.end_link(),
            _ => {
                self.end_block();
                self.depth = self.depth.saturating_sub(1);
            }
        }
        Seen::Other
    }

    fn start_code(&mut self, kind: &CodeBlockKind<'_>, span: &Range<usize>) -> Seen {
        self.end_block();
        self.in_code = true;
        match kind {
            CodeBlockKind::Fenced(info) => match Fence::parse(info) {
                fence if is_diagram(&fence) => self.start_diagram(fence, span),
                _ => Seen::Other,
            },
            CodeBlockKind::Indented => Seen::Other,
        }
    }

    fn start_diagram(&mut self, fence: Fence, span: &Range<usize>) -> Seen {
        let before = &self.outline.diagrams;
        let (diagram, problem) = diagrams::diagram(fence, before, span, self.places);
        if let Some(what) = problem {
            self.remarks.push(span.start, what);
        }
        self.in_diagram = true;
        self.outline.diagrams.push(diagram);
        Seen::Diagram(self.outline.diagrams.len() - 1)
    }

    fn start_link(&mut self, kind: LinkKind, target: String, span: &Range<usize>) -> Seen {
        let number = self.outline.links.len();
        self.block.start_link(number);
        self.add_link(kind, target, String::new(), span.clone());
        Seen::Link(number)
    }

    fn add_link(&mut self, kind: LinkKind, target: String, label: String, span: Range<usize>) {
        self.outline.links.push(Link {
            kind,
            target,
            label,
            before: String::new(),
            after: String::new(),
            place: self.places.place(&span),
            span,
        });
    }

    fn end_heading(&mut self) -> Seen {
        let Some(open) = self.heading.take() else {
            return Seen::Other;
        };
        let id = match open.id {
            Some(id) => self.ids.reserve(&id),
            // White space within it counts, as it does on GitHub.
            None => self.ids.assign(open.written.trim()),
        };
        let mut html = String::new();
        let inline = TextMergeStream::new(open.inline.into_iter());
        push_html(&mut html, inline.map(breakable));
        self.outline.headings.push(Heading {
            level: open.level,
            id,
            text: one_line(self.block.text()),
            html: html.trim().to_owned(),
            excerpt: String::new(),
            place: self.places.place(&open.span),
            span: open.span,
        });
        self.take_block();
        Seen::Heading(self.outline.headings.len() - 1)
    }

    /// Ends a block of text, which belongs to the heading above it.
    fn end_block(&mut self) {
        let block = self.take_block();
        if let Some(heading) = self.outline.headings.last_mut() {
            add_to_excerpt(&mut heading.excerpt, &block);
        }
    }

    fn take_block(&mut self) -> String {
        self.block.end(&mut self.outline.links)
    }
}

/// Whether a paragraph is an address alone, which sums up nothing.
fn is_address(text: &str) -> bool {
    let has_scheme = |text: &str| {
        text.split_once("://")
            .is_some_and(|(scheme, _)| scheme::is_known(scheme))
    };
    has_scheme(text) && !text.contains(char::is_whitespace)
}

/// Words of a heading, with their places to break.
fn breakable(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Text(text) => Event::InlineHtml(broken(&text).into()),
        Event::Code(code) => Event::InlineHtml(format!("<code>{}</code>", broken(&code)).into()),
        event => event,
    }
}

/// Whether a reader sees something of it that is not a heading.
fn is_content(event: &Event<'_>) -> bool {
    match event {
        Event::Start(Tag::Heading { .. } | Tag::HtmlBlock) | Event::End(_) => false,
        Event::Html(html) => !html.trim_start().starts_with("<!--"),
        _ => true,
    }
}
