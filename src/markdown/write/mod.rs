//! Writes a body's pieces from the parser's events, one at a time.
//!
//! White space between blocks is as pulldown-cmark's own writer has it. Not here: the events
//! (`events`), facts and their numbers (`facts`), what joins the pieces (`html`).

mod images;
mod notes;
mod output;
mod pieces;
mod quotes;
mod raw;
mod rest;
mod table;

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag, TagEnd};

use super::body::{Body, Code, Piece};
use super::clean::{self, Read};
use super::escape::{attribute as escaped, text as escaped_text};
use super::facts::Seen;
use super::fence::Fence;
use super::labels::Labels;
use super::math;
use super::notes::{Numbers, id as note_id};
use super::outline::{Heading, Outline};
use images::{OpenImage, lone_picture};
use notes::Notes;
use output::Output;
use pieces::Pieces;
use quotes::Quotes;
use raw::OpenBlock;
use rest::{Rest, block_end, raw_pieces};
use table::{Table, table_box};

pub(super) struct Writer<'l> {
    labels: &'l Labels,
    /// The body as written.
    written: &'l str,
    out: Output,
    code: Vec<Code>,
    /// What was written before the heading that is open, and the heading's class.
    heading: Option<(Pieces, String)>,
    quotes: Quotes,
    /// The caption of the picture that is alone in the open paragraph.
    caption: Option<String>,
    /// The open paragraph is a block in which there can be others.
    is_div: bool,
    image: Option<OpenImage>,
    fence: Option<OpenFence>,
    block: Option<OpenBlock>,
    /// Where the block ends in which raw HTML came last among words.
    block_end: usize,
    open_links: Vec<usize>,
    table: Table,
    /// Text that goes on in the next event.
    words: String,
    /// The text of the heading that came last.
    above: String,
    notes: Notes,
    /// The footnotes that are open, each with what was written before it.
    open_notes: Vec<(String, Output)>,
}

struct OpenFence {
    fence: Fence,
    diagram: Option<usize>,
    text: String,
}

impl<'l> Writer<'l> {
    /// Of a body, as it is written.
    pub(super) fn new(labels: &'l Labels, written: &'l str) -> Self {
        Self {
            labels,
            written,
            out: Output::new(labels, written.len() * 2),
            code: Vec::new(),
            heading: None,
            quotes: Quotes::default(),
            caption: None,
            is_div: false,
            image: None,
            fence: None,
            block: None,
            block_end: 0,
            open_links: Vec::new(),
            table: Table::default(),
            words: String::new(),
            above: String::new(),
            notes: Notes::default(),
            open_notes: Vec::new(),
        }
    }

    /// Writes an event. `seen` is what the facts say of it, `rest` are the events after it.
    pub(super) fn write(
        &mut self,
        (event, span): &(Event<'_>, Range<usize>),
        seen: &Seen,
        outline: &Outline,
        rest: Rest<'_, '_>,
    ) {
        if let Some(mut image) = self.image.take() {
            if image.take(event) {
                self.out.pieces.piece(Piece::Image(image.finish()));
            } else {
                self.image = Some(image);
            }
            return;
        }
        if let Some(fence) = &mut self.fence {
            match event {
                Event::End(TagEnd::CodeBlock) => self.end_fence(),
                Event::Text(text) => fence.text.push_str(text),
                _ => {}
            }
            return;
        }
        if is_inline(event) {
            self.out.content();
        }
        match event {
            Event::Start(tag) => self.start(tag, seen, rest),
            Event::End(tag) => self.end(*tag, seen, outline),
            Event::Text(text) => self.text(text, rest),
            Event::Code(text) => {
                self.out.pieces.html("<code>");
                self.put(text);
                self.out.pieces.html("</code>");
            }
            Event::Html(line) => self.html_line(line, span),
            Event::InlineHtml(html) => self.inline_html(html, span, rest),
            Event::SoftBreak | Event::HardBreak if self.quotes.is_in_title() => {
                self.quotes.end_title(&mut self.out);
                if !matches!(rest, [(Event::End(TagEnd::Paragraph), _), ..]) {
                    self.out.enter("p");
                    self.out.pieces.block("<p>");
                }
            }
            Event::SoftBreak => self.out.pieces.html("\n"),
            Event::HardBreak => self.out.pieces.html("<br />\n"),
            Event::Rule => {
                self.out.between("hr");
                self.out.pieces.block("<hr />\n");
            }
            Event::FootnoteReference(_) => self.reference(seen),
            Event::TaskListMarker(done) => {
                let (checked, name) = if *done {
                    (" checked", self.labels.done)
                } else {
                    ("", self.labels.open)
                };
                let tag =
                    format!("<input type=\"checkbox\" disabled{checked} aria-label=\"{name}\"> ");
                self.out.pieces.html(&tag);
            }
            Event::InlineMath(tex) => self.formula(tex, false),
            Event::DisplayMath(tex) => self.formula(tex, true),
        }
    }

    /// A formula, or what is written where it cannot be read.
    fn formula(&mut self, tex: &str, is_block: bool) {
        match math::mathml(tex, is_block) {
            Ok(math) => self.out.pieces.html(&math),
            Err(_) => self.out.pieces.text(&math::written(tex, is_block)),
        }
    }

    fn html_line(&mut self, line: &str, span: &Range<usize>) {
        match &mut self.block {
            Some(block) => block.push(line, span.start),
            None => {
                let place = |offset| span.start + offset;
                let out = &mut self.out;
                out.raw.block(&mut out.pieces, line.to_owned(), place);
            }
        }
    }

    fn inline_html(&mut self, html: &str, span: &Range<usize>, rest: Rest<'_, '_>) {
        if self.block_end <= span.start {
            self.block_end = block_end(rest).unwrap_or(self.written.len());
        }
        let block = self.written.get(..self.block_end).unwrap_or_default();
        let out = &mut self.out;
        out.raw.inline(&mut out.pieces, block, span, html);
    }

    /// What the raw HTML says that came last.
    pub(super) fn take_read(&mut self) -> Read {
        self.out.raw.take_read()
    }

    fn start(&mut self, tag: &Tag<'_>, seen: &Seen, rest: Rest<'_, '_>) {
        match tag {
            Tag::Paragraph => self.paragraph(rest),
            Tag::Heading { classes, .. } => self.heading(classes),
            Tag::CodeBlock(kind) => self.start_fence(kind, seen),
            Tag::BlockQuote(_) => self.quotes.start(&mut self.out, self.labels, rest),
            Tag::HtmlBlock => self.block = Some(OpenBlock::default()),
            Tag::Link { title, .. } => {
                if let Seen::Link(number) = *seen {
                    self.open_links.push(number);
                    self.out.enter("a");
                    self.out
                        .pieces
                        .piece(Piece::LinkStart(number, title.to_string()));
                }
            }
            Tag::Image { title, .. } => self.start_image(title, seen),
            Tag::Table(alignments) => {
                self.table = Table::new(alignments, rest);
                self.out.open(
                    "table",
                    &self.table.open(&table_box(self.labels, &self.above)),
                );
            }
            Tag::TableHead => {
                self.table.row(true);
                self.out.pieces.html("<thead><tr>");
            }
            Tag::TableRow => {
                self.table.row(false);
                self.out.pieces.html("<tr>");
            }
            Tag::TableCell => {
                let tag = self.table.cell(rest);
                self.out.open(self.table.cell_name(), &tag);
            }
            Tag::Item => self.item(rest),
            Tag::List(Some(1)) => self.out.open_block("ol", "<ol>\n"),
            Tag::List(Some(start)) => self
                .out
                .open_block("ol", &format!("<ol start=\"{start}\">\n")),
            Tag::List(None) => self.out.open_block("ul", "<ul>\n"),
            Tag::DefinitionList => self.out.open_block("dl", "<dl>\n"),
            Tag::DefinitionListTitle => self.out.open_block("dt", "<dt>"),
            Tag::DefinitionListDefinition => self.out.open_block("dd", "<dd>"),
            Tag::FootnoteDefinition(name) => {
                let out = &mut self.out;
                out.raw.end_hidden(&mut out.pieces);
                // Its text is moved: what is open here is not open there.
                let note = Output::new(self.labels, 0);
                let outer = std::mem::replace(&mut self.out, note);
                self.open_notes.push((name.to_string(), outer));
            }
            Tag::Emphasis => self.out.open("em", "<em>"),
            Tag::Strong => self.out.open("strong", "<strong>"),
            Tag::Strikethrough => self.out.open("del", "<del>"),
            Tag::Superscript => self.out.open("sup", "<sup>"),
            Tag::Subscript => self.out.open("sub", "<sub>"),
            Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd, seen: &Seen, outline: &Outline) {
        match tag {
            TagEnd::Paragraph => self.end_paragraph(),
            TagEnd::Heading(_) => self.end_heading(seen, outline),
            TagEnd::BlockQuote(_) => self.quotes.end(&mut self.out),
            TagEnd::HtmlBlock => {
                if let Some(mut block) = self.block.take() {
                    let html = std::mem::take(&mut block.html);
                    let place = |offset| block.place(offset);
                    let out = &mut self.out;
                    out.raw.block(&mut out.pieces, html, place);
                }
            }
            TagEnd::Link => {
                if let Some(number) = self.open_links.pop() {
                    self.out.leave();
                    self.out.pieces.piece(Piece::LinkEnd(number));
                }
            }
            TagEnd::Table => self.out.close("</tbody></table></div>\n"),
            TagEnd::TableHead => self.out.pieces.html("</tr></thead><tbody>\n"),
            TagEnd::TableRow => self.out.pieces.html("</tr>\n"),
            TagEnd::TableCell => self.out.close(&format!("</{}>", self.table.cell_name())),
            TagEnd::Item => self.out.close("</li>\n"),
            TagEnd::List(true) => self.out.close("</ol>\n"),
            TagEnd::List(false) => self.out.close("</ul>\n"),
            TagEnd::DefinitionList => self.out.close("</dl>\n"),
            TagEnd::DefinitionListTitle => self.out.close("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.out.close("</dd>\n"),
            TagEnd::FootnoteDefinition => self.end_note(),
            TagEnd::Emphasis => self.out.close("</em>"),
            TagEnd::Strong => self.out.close("</strong>"),
            TagEnd::Strikethrough => self.out.close("</del>"),
            TagEnd::Superscript => self.out.close("</sup>"),
            TagEnd::Subscript => self.out.close("</sub>"),
            TagEnd::CodeBlock | TagEnd::Image | TagEnd::MetadataBlock(_) => {}
        }
    }

    /// The parser divides text at signs that could have been markup: it is written as a whole, since
    /// where a word breaks depends on all of it.
    fn text(&mut self, text: &str, rest: Rest<'_, '_>) {
        let marker = self.quotes.take_marker();
        self.words.push_str(text.get(marker..).unwrap_or_default());
        if !matches!(rest, [(Event::Text(_), _), ..]) {
            let words = std::mem::take(&mut self.words);
            self.put(&words);
        }
    }

    fn put(&mut self, text: &str) {
        if self.heading.is_some() {
            self.out.pieces.heading_text(text);
        } else {
            self.out.text(text);
        }
    }

    /// A picture that is alone and has a title is a figure with that caption.
    fn paragraph(&mut self, rest: Rest<'_, '_>) {
        if self.quotes.is_in_title() {
            return;
        }
        self.caption = lone_picture(rest);
        if self.caption.is_some() {
            self.out.open("figure", "<figure class=\"pic\">");
        } else if clean::has_block_in_link(raw_pieces(rest)) {
            self.is_div = true;
            self.out.open_block("div", "<div>");
        } else {
            self.out.open_block("p", "<p>");
        }
    }

    fn end_paragraph(&mut self) {
        if self.quotes.is_in_title() {
            self.quotes.end_title(&mut self.out);
        } else if let Some(caption) = self.caption.take() {
            let caption = escaped_text(&caption);
            self.out
                .close(&format!("<figcaption>{caption}</figcaption></figure>\n"));
        } else {
            let is_div = std::mem::take(&mut self.is_div);
            self.out.close(if is_div { "</div>\n" } else { "</p>\n" });
        }
    }

    fn heading(&mut self, classes: &[CowStr<'_>]) {
        let class = match classes {
            [] => String::new(),
            some => format!(" class=\"{}\"", escaped(&some.join(" "))),
        };
        self.out.enter("h2");
        let before = std::mem::take(&mut self.out.pieces);
        self.out.pieces.at_line_start = false;
        self.heading = Some((before, class));
    }

    /// A heading's id is known at its end.
    fn end_heading(&mut self, seen: &Seen, outline: &Outline) {
        let (Seen::Heading(number), Some((before, class))) = (seen, self.heading.take()) else {
            return;
        };
        self.out.leave();
        let inside = std::mem::replace(&mut self.out.pieces, before);
        let heading = &outline.headings[*number];
        self.out.raw.below(&heading.text);
        self.above.clone_from(&heading.text);
        // The page's title is its one h1.
        let level = heading.level.max(2);
        let id = escaped(&heading.id);
        let is_one = |other: &Heading| other.level == 1;
        let is_first_one = is_one(heading) && !outline.headings[..*number].iter().any(is_one);
        let may_be_title = *number == 0 || is_first_one;
        if may_be_title {
            self.out.pieces.piece(Piece::HeadingStart(*number));
        }
        self.out
            .pieces
            .html(&format!("<h{level} id=\"{id}\"{class}>"));
        self.out.pieces.append(inside);
        let label = escaped(&format!("{}: {}", self.labels.anchor, heading.text));
        self.out.pieces.html(&format!(
            "<a class=\"anchor\" href=\"#{id}\" aria-label=\"{label}\">#</a></h{level}>\n"
        ));
        if may_be_title {
            self.out.pieces.mark(Piece::HeadingEnd(*number));
        }
    }

    fn start_fence(&mut self, kind: &CodeBlockKind<'_>, seen: &Seen) {
        let fence = match kind {
            CodeBlockKind::Fenced(info) => Fence::parse(info),
            CodeBlockKind::Indented => Fence::default(),
        };
        let diagram = match *seen {
            Seen::Diagram(number) => Some(number),
            _ => None,
        };
        self.fence = Some(OpenFence {
            fence,
            diagram,
            text: String::new(),
        });
    }

    fn end_fence(&mut self) {
        let Some(open) = self.fence.take() else {
            return;
        };
        self.out.between("figure");
        if let Some(number) = open.diagram {
            self.out.pieces.piece(Piece::Diagram(number));
            return;
        }
        self.out.pieces.piece(Piece::Code(self.code.len()));
        self.out.pieces.at_line_start = true;
        self.code.push(Code {
            fence: open.fence,
            text: open.text,
        });
    }

    fn start_image(&mut self, title: &str, seen: &Seen) {
        if let Seen::Link(link) = *seen {
            // The title of a picture that is alone is its caption.
            let title = if self.caption.is_some() { "" } else { title };
            self.image = Some(OpenImage::new(link, title));
        }
    }

    /// A task's item is marked, so that its box takes the bullet's place.
    fn item(&mut self, rest: Rest<'_, '_>) {
        let task = match rest {
            [(Event::TaskListMarker(_), _), ..]
            | [
                (Event::Start(Tag::Paragraph), _),
                (Event::TaskListMarker(_), _),
                ..,
            ] => " class=\"task\"",
            _ => "",
        };
        self.out.open("li", &format!("<li{task}>"));
    }

    fn reference(&mut self, seen: &Seen) {
        if let Seen::Note(number, place) = seen {
            let note = note_id(*number);
            self.out.pieces.html(&format!(
                "<sup class=\"fn\"><a href=\"#{note}\" id=\"{place}\">{number}</a></sup>"
            ));
        }
    }

    fn end_note(&mut self) {
        if let Some((name, outer)) = self.open_notes.pop() {
            let mut note = std::mem::replace(&mut self.out, outer);
            note.finish();
            self.notes.add(name, note.pieces.finish());
        }
    }

    /// The body. `numbers` are those of its footnotes.
    pub(super) fn finish(mut self, numbers: Numbers) -> Body {
        self.out.finish();
        let mut pieces = self.out.pieces;
        self.notes.write(&mut pieces, numbers, self.labels);
        Body {
            pieces: pieces.finish(),
            code: self.code,
        }
    }
}

/// Whether an event is something in a line that is not entered.
fn is_inline(event: &Event<'_>) -> bool {
    matches!(
        event,
        Event::Text(_)
            | Event::Code(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::HardBreak
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_)
            | Event::Start(Tag::Image { .. })
    )
}
