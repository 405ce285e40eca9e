//! Gathers a document's facts from the parser's events, one at a time, as the body is compiled.
//!
//! Not here: the events (`events`), their HTML (`write`), front matter, and whether a link has a target.

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd, html::push_html};
use unicode_normalization::UnicodeNormalization as _;

use super::clean::{self, Part};
use super::fence::Fence;
use super::foreign;
use super::notes::{self, Numbers};
use super::outline::{
    Diagram, Heading, Ignore, Link, LinkKind, Outline, Remark, What, is_diagram, is_reserved,
    is_slot_name, one_line,
};
use super::prepare::BlockId;
use super::raw;
use super::slug::Ids;
use super::spaced;
use crate::place::Locator;

/// A summary longer than this, in characters, is cut.
const LONGEST_SUMMARY: usize = 200;
/// So many characters of what follows a heading are kept for the preview of a link to it.
const LONGEST_EXCERPT: usize = 160;
/// The name of a footnote is no longer than this, in bytes.
const LONGEST_NOTE: usize = 200;
/// How many characters before and after a link are kept for the page that it links to.
const CONTEXT: usize = 60;

/// What an event is in the facts, which its HTML refers to by number.
pub(super) enum Seen {
    /// Nothing that has a number.
    Other,
    /// The beginning of a link or an image.
    Link(usize),
    /// The beginning of a diagram's fence.
    Diagram(usize),
    /// The end of a heading.
    Heading(usize),
    /// A reference to a footnote: the note's number, and the id of the place that refers to it.
    Note(usize, String),
}

/// The facts so far.
pub(super) struct Facts<'a> {
    written: &'a str,
    places: &'a Locator<'a>,
    outline: Outline,
    /// Remarks with the offsets in the body that they are about.
    remarks: Vec<(usize, What)>,
    is_too_deep: bool,
    /// Up to where no drawing begins among words, as far as it is known.
    undrawn: usize,
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
    /// Ids of raw HTML, with their offsets.
    raw_ids: Vec<(String, usize)>,
}

struct OpenHeading<'a> {
    level: u8,
    id: Option<CowStr<'a>>,
    span: Range<usize>,
    inline: Vec<Event<'a>>,
}

impl<'a> Facts<'a> {
    /// Of a body, as it is written.
    pub(super) fn new(written: &'a str, places: &'a Locator<'a>) -> Self {
        Self {
            written,
            places,
            outline: Outline::default(),
            remarks: Vec::new(),
            is_too_deep: false,
            undrawn: 0,
            ids: Ids::default(),
            notes: Numbers::default(),
            defined_notes: Vec::new(),
            note_places: Vec::new(),
            block: String::new(),
            labels: Vec::new(),
            open_links: Vec::new(),
            depth: 0,
            in_code: false,
            in_diagram: false,
            heading: None,
            has_content: false,
            code: Vec::new(),
            raw_ids: Vec::new(),
        }
    }

    /// What is known so far.
    pub(super) fn outline(&self) -> &Outline {
        &self.outline
    }

    /// Takes the next event, which is at `span` of the body.
    pub(super) fn see(&mut self, event: &Event<'a>, span: &Range<usize>) -> Seen {
        self.remark(event, span);
        self.has_content |= is_content(event);
        if matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_))) {
            self.code.push(span.clone());
        }
        self.event(event, span)
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
        self.remarks.extend(self.duplicate_ids());
        let written = self.written;
        // A component is reported as such, once.
        self.remarks.retain(|(offset, what)| {
            let is_element = matches!(what, What::UnknownElement(_));
            !is_element || !foreign::is_component_at(written, *offset)
        });
        let foreign = foreign::find(written, &self.code).into_iter();
        self.remarks
            .extend(foreign.map(|(kind, offset)| (offset, What::Foreign(kind))));
        self.remarks.extend(undefined);
        self.remarks.sort_by_key(|(offset, _)| *offset);
        let raw_ids = self.raw_ids.into_iter().map(|(id, _)| id);
        let block_ids = blocks.iter().map(|block| block.id.clone());
        let mut outline = self.outline;
        outline.html_ids.extend(raw_ids.chain(block_ids));
        let places = self.places;
        let remarks = self.remarks.into_iter().map(|(offset, what)| Remark {
            position: places.position(offset),
            what,
        });
        outline.remarks.extend(remarks);
        (outline, self.notes)
    }

    fn remark(&mut self, event: &Event<'_>, span: &Range<usize>) {
        match event {
            Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => {
                let piece = self.without_drawings(event, span);
                self.raw_html(span, &piece);
            }
            Event::Text(_) if !self.in_code => {
                let found = undefined_notes(&self.written[span.clone()]).into_iter();
                self.remarks.extend(
                    found.map(|(at, name)| {
                        (span.start + at, What::UndefinedFootnote(name.to_owned()))
                    }),
                );
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
                self.remarks.push((offset, What::SpacedLink(instead)));
            }
        }
    }

    /// What the cleaner took out of the raw HTML that came last.
    pub(super) fn lose(&mut self, parts: Vec<Part>) {
        for part in parts {
            match part {
                Part::Removed(removal) => {
                    let what = if removal.is_unknown {
                        What::UnknownElement(removal.what)
                    } else {
                        What::RawHtml(removal.what)
                    };
                    self.remarks.push((removal.offset, what));
                }
                Part::TooDeep { offset } if !self.is_too_deep => {
                    self.is_too_deep = true;
                    self.remarks.push((offset, What::DeepHtml));
                }
                _ => {}
            }
        }
    }

    /// A piece of raw HTML without its drawings, which are noted. A drawing among words comes tag
    /// by tag, so it is looked for at its first one.
    fn without_drawings(&mut self, event: &Event<'_>, span: &Range<usize>) -> String {
        let is_block = matches!(event, Event::Start(_));
        let drawings = if is_block {
            clean::drawings(&self.written[span.clone()])
        } else {
            let first = clean::inline_drawing(self.written, span, &mut self.undrawn);
            first.into_iter().map(|end| 0..end - span.start).collect()
        };
        let drawings = drawings
            .into_iter()
            .map(|inner| span.start + inner.start..span.start + inner.end);
        let last = self.outline.drawings.last().map_or(0, |last| last.end);
        let new = drawings.filter(|drawing| drawing.start >= last);
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

    /// Ids of raw HTML that something else on the page has.
    fn duplicate_ids(&self) -> Vec<(usize, What)> {
        let headings = self.outline.headings.iter().map(|heading| &heading.id);
        let mut taken: HashSet<&str> = headings
            .chain(&self.outline.note_ids)
            .map(String::as_str)
            .collect();
        let twice = self
            .raw_ids
            .iter()
            .filter(|(id, _)| is_reserved(id) || !taken.insert(id));
        let remarks = twice.map(|(id, offset)| (*offset, What::DuplicateId(id.clone())));
        remarks.collect()
    }

    /// Links of raw HTML stand among the others, with no words around them.
    fn raw_html(&mut self, span: &Range<usize>, undrawn: &str) {
        let piece = &self.written[span.clone()];
        let moved = |inner: Range<usize>| span.start + inner.start..span.start + inner.end;
        let ids = raw::read(undrawn).ids.into_iter();
        self.raw_ids
            .extend(ids.map(|(id, offset)| (id, span.start + offset)));
        let found = raw::read(piece);
        for link in found.links {
            let span = moved(link.span);
            if link.image == Some(None) {
                self.remarks
                    .push((span.start, What::NoAlt(link.target.clone())));
            }
            let kind = match link.image {
                Some(_) => LinkKind::HtmlImage,
                None => LinkKind::HtmlLink,
            };
            let label = link.image.flatten().unwrap_or_default();
            self.add_link(kind, link.target, label, span);
        }
        let places = self.places;
        let ignores = raw::ignores(piece).into_iter().map(|ignore| {
            let span = moved(ignore.span);
            Ignore {
                code: ignore.code,
                reason: ignore.reason,
                position: places.position(span.start),
                line: places.position(span.end).line + 1,
            }
        });
        self.outline.ignores.extend(ignores);
    }

    fn event(&mut self, event: &Event<'a>, span: &Range<usize>) -> Seen {
        match event {
            Event::Start(tag) => return self.start(tag, span),
            Event::End(tag) => return self.end(*tag),
            Event::Text(text) if self.in_code => {
                self.outline.reading.code(text);
                if self.in_diagram
                    && let Some(diagram) = self.outline.diagrams.last_mut()
                {
                    diagram.source.push_str(text);
                }
            }
            // Words in a drawing do not belong to the paragraph.
            Event::Text(_) if self.is_in_drawing(span.start) => {}
            Event::Text(text) | Event::Code(text) => {
                self.outline.reading.text(text);
                self.block.push_str(text);
                self.inline(event);
            }
            Event::SoftBreak | Event::HardBreak => {
                // GitHub's ids leave a line's end out, and keep a space.
                let end = if self.heading.is_some() { '\n' } else { ' ' };
                self.block.push(end);
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

    fn is_in_image(&self) -> bool {
        self.open_links.iter().any(|(index, _)| {
            let kind = self.outline.links[*index].kind;
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
                if self.depth == 0 && self.outline.summary.is_empty() {
                    self.outline.summary = shorten(self.block.trim(), LONGEST_SUMMARY);
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
            self.remarks.extend(problem.map(|what| (span.start, what)));
        }
        self.in_diagram = true;
        self.outline.diagrams.push(Diagram {
            language: fence.language,
            slot,
            caption: fence.title,
            source: String::new(),
            span: span.clone(),
            place: self.places.place(span),
        });
        Seen::Diagram(self.outline.diagrams.len() - 1)
    }

    fn start_link(&mut self, kind: LinkKind, target: String, span: &Range<usize>) -> Seen {
        let number = self.outline.links.len();
        self.open_links.push((number, self.block.len()));
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
            None => self.ids.assign(self.block.trim()),
        };
        let mut html = String::new();
        push_html(&mut html, open.inline.into_iter());
        self.outline.headings.push(Heading {
            level: open.level,
            id,
            text: one_line(&self.block),
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
