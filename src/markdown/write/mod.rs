//! Writes a body's pieces from the parser's events, one at a time.
//!
//! White space between blocks is as pulldown-cmark's own writer has it. Not here: the events
//! (`events`), facts and their numbers (`facts`), what joins the pieces (`html`).

mod notes;
mod pieces;
mod raw;
mod table;

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag, TagEnd};

use super::alert::{self, Fold, Marker};
use super::body::{Body, Code, Image, Piece};
use super::clean::Read;
use super::escape::{attribute as escaped, text as escaped_text};
use super::facts::Seen;
use super::fence::Fence;
use super::labels::Labels;
use super::notes::{Numbers, id as note_id};
use super::outline::{Heading, Outline};
use notes::Notes;
use pieces::Pieces;
use raw::{OpenBlock, RawHtml};
use table::{Table, open_box};

/// Events that are still to come, with their places.
type Rest<'e, 'a> = &'e [(Event<'a>, Range<usize>)];

pub(super) struct Writer<'l> {
    labels: &'l Labels,
    /// The body as written.
    written: &'l str,
    out: Pieces,
    raw_html: RawHtml,
    code: Vec<Code>,
    /// What was written before the heading that is open, and the heading's class.
    heading: Option<(Pieces, String)>,
    /// What closes each quote or alert that is open.
    open_quotes: Vec<&'static str>,
    title: Option<AlertTitle>,
    /// The caption of the picture that is alone in the open paragraph.
    caption: Option<String>,
    image: Option<OpenImage>,
    fence: Option<OpenFence>,
    block: Option<OpenBlock>,
    /// Where the block ends in which raw HTML came last among words.
    block_end: usize,
    open_links: Vec<usize>,
    table: Table,
    notes: Notes,
    /// The footnotes that are open, each with what was written before it.
    open_notes: Vec<(String, Pieces, RawHtml)>,
}

/// The title of an alert, which is being written.
struct AlertTitle {
    /// Its kind's own title, where the author wrote none.
    untitled: String,
    /// How many bytes of the first text are the marker.
    marker: Option<usize>,
    /// What had been written before it.
    before: (usize, usize),
    close: &'static str,
}

/// An image whose alternative text is being gathered.
struct OpenImage {
    image: Image,
    /// Links and images that are open, itself among them.
    depth: usize,
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
            out: Pieces::with_capacity(written.len() * 2),
            raw_html: RawHtml::of(labels),
            code: Vec::new(),
            heading: None,
            open_quotes: Vec::new(),
            title: None,
            caption: None,
            image: None,
            fence: None,
            block: None,
            block_end: 0,
            open_links: Vec::new(),
            table: Table::default(),
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
        if self.image.is_some() {
            return self.in_image(event);
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
            self.raw_html.content(&mut self.out);
        }
        match event {
            Event::Start(tag) => self.start(tag, seen, rest),
            Event::End(tag) => self.end(*tag, seen, outline),
            Event::Text(text) => self.text(text),
            Event::Code(text) => {
                self.out.html("<code>");
                self.out.text(text);
                self.out.html("</code>");
            }
            Event::Html(line) => self.html_line(line, span),
            Event::InlineHtml(html) => self.inline_html(html, span, rest),
            Event::SoftBreak | Event::HardBreak if self.title.is_some() => {
                self.end_title();
                if !matches!(rest, [(Event::End(TagEnd::Paragraph), _), ..]) {
                    self.enter("p");
                    self.out.block("<p>");
                }
            }
            Event::SoftBreak => self.out.html("\n"),
            Event::HardBreak => self.out.html("<br />\n"),
            Event::Rule => {
                self.between("hr");
                self.out.block("<hr />\n");
            }
            Event::FootnoteReference(_) => self.reference(seen),
            Event::TaskListMarker(done) => {
                let checked = if *done { " checked" } else { "" };
                self.out
                    .html(&format!("<input type=\"checkbox\" disabled{checked}> "));
            }
            Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn html_line(&mut self, line: &str, span: &Range<usize>) {
        match &mut self.block {
            Some(block) => block.push(line, span.start),
            None => {
                let place = |offset| span.start + offset;
                self.raw_html.raw(&mut self.out, line.to_owned(), place);
            }
        }
    }

    fn inline_html(&mut self, html: &str, span: &Range<usize>, rest: Rest<'_, '_>) {
        if self.block_end <= span.start {
            self.block_end = block_end(rest).unwrap_or(self.written.len());
        }
        let block = self.written.get(..self.block_end).unwrap_or_default();
        self.raw_html.inline(&mut self.out, block, span, html);
    }

    /// What the raw HTML says that came last.
    pub(super) fn take_read(&mut self) -> Read {
        self.raw_html.take_read()
    }

    fn start(&mut self, tag: &Tag<'_>, seen: &Seen, rest: Rest<'_, '_>) {
        match tag {
            Tag::Paragraph => self.paragraph(rest),
            Tag::Heading { classes, .. } => self.heading(classes),
            Tag::CodeBlock(kind) => self.start_fence(kind, seen),
            Tag::BlockQuote(_) => self.quote(rest),
            Tag::HtmlBlock => self.block = Some(OpenBlock::default()),
            Tag::Link { title, .. } => {
                if let Seen::Link(number) = *seen {
                    self.open_links.push(number);
                    self.enter("a");
                    self.out.piece(Piece::LinkStart(number, title.to_string()));
                }
            }
            Tag::Image { title, .. } => self.start_image(title, seen),
            Tag::Table(alignments) => {
                self.table = Table::new(alignments);
                self.open("table", &format!("{}<table>", open_box(self.labels)));
            }
            Tag::TableHead => {
                self.table.row(true);
                self.out.html("<thead><tr>");
            }
            Tag::TableRow => {
                self.table.row(false);
                self.out.html("<tr>");
            }
            Tag::TableCell => {
                let (name, class) = self.table.cell();
                self.open(name, &format!("<{name}{class}>"));
            }
            Tag::Item => self.item(rest),
            Tag::List(Some(1)) => self.open_block("ol", "<ol>\n"),
            Tag::List(Some(start)) => self.open_block("ol", &format!("<ol start=\"{start}\">\n")),
            Tag::List(None) => self.open_block("ul", "<ul>\n"),
            Tag::DefinitionList => self.open_block("dl", "<dl>\n"),
            Tag::DefinitionListTitle => self.open_block("dt", "<dt>"),
            Tag::DefinitionListDefinition => self.open_block("dd", "<dd>"),
            Tag::FootnoteDefinition(name) => {
                let outer = std::mem::take(&mut self.out);
                // Its text is moved: what is open here is not open there.
                let raw = std::mem::replace(&mut self.raw_html, RawHtml::of(self.labels));
                self.open_notes.push((name.to_string(), outer, raw));
            }
            Tag::Emphasis => self.open("em", "<em>"),
            Tag::Strong => self.open("strong", "<strong>"),
            Tag::Strikethrough => self.open("del", "<del>"),
            Tag::Superscript => self.open("sup", "<sup>"),
            Tag::Subscript => self.open("sub", "<sub>"),
            Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd, seen: &Seen, outline: &Outline) {
        match tag {
            TagEnd::Paragraph => self.end_paragraph(),
            TagEnd::Heading(_) => self.end_heading(seen, outline),
            TagEnd::BlockQuote(_) => {
                let close = self.open_quotes.pop();
                self.close(close.unwrap_or_default());
            }
            TagEnd::HtmlBlock => {
                if let Some(mut block) = self.block.take() {
                    let html = std::mem::take(&mut block.html);
                    let place = |offset| block.place(offset);
                    self.raw_html.raw(&mut self.out, html, place);
                }
            }
            TagEnd::Link => {
                if let Some(number) = self.open_links.pop() {
                    self.leave();
                    self.out.piece(Piece::LinkEnd(number));
                }
            }
            TagEnd::Table => self.close("</tbody></table></div>\n"),
            TagEnd::TableHead => self.out.html("</tr></thead><tbody>\n"),
            TagEnd::TableRow => self.out.html("</tr>\n"),
            TagEnd::TableCell => self.close(self.table.close_cell()),
            TagEnd::Item => self.close("</li>\n"),
            TagEnd::List(true) => self.close("</ol>\n"),
            TagEnd::List(false) => self.close("</ul>\n"),
            TagEnd::DefinitionList => self.close("</dl>\n"),
            TagEnd::DefinitionListTitle => self.close("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.close("</dd>\n"),
            TagEnd::FootnoteDefinition => self.end_note(),
            TagEnd::Emphasis => self.close("</em>"),
            TagEnd::Strong => self.close("</strong>"),
            TagEnd::Strikethrough => self.close("</del>"),
            TagEnd::Superscript => self.close("</sup>"),
            TagEnd::Subscript => self.close("</sub>"),
            TagEnd::CodeBlock | TagEnd::Image | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn text(&mut self, text: &str) {
        let marker = self.title.as_mut().and_then(|title| title.marker.take());
        match marker {
            Some(end) => self.out.text(text.get(end..).unwrap_or_default()),
            None => self.out.text(text),
        }
    }

    /// A picture that is alone and has a title is a figure with that caption.
    fn paragraph(&mut self, rest: Rest<'_, '_>) {
        if self.title.is_some() {
            return;
        }
        self.caption = lone_picture(rest);
        if self.caption.is_some() {
            self.open("figure", "<figure class=\"pic\">");
        } else {
            self.open_block("p", "<p>");
        }
    }

    fn end_paragraph(&mut self) {
        if self.title.is_some() {
            self.end_title();
        } else if let Some(caption) = self.caption.take() {
            let caption = escaped_text(&caption);
            self.close(&format!("<figcaption>{caption}</figcaption></figure>\n"));
        } else {
            self.close("</p>\n");
        }
    }

    fn heading(&mut self, classes: &[CowStr<'_>]) {
        let class = match classes {
            [] => String::new(),
            some => format!(" class=\"{}\"", escaped(&some.join(" "))),
        };
        self.enter("h2");
        let before = std::mem::take(&mut self.out);
        self.out.at_line_start = false;
        self.heading = Some((before, class));
    }

    /// A heading's id is known at its end.
    fn end_heading(&mut self, seen: &Seen, outline: &Outline) {
        let (Seen::Heading(number), Some((before, class))) = (seen, self.heading.take()) else {
            return;
        };
        self.leave();
        let inside = std::mem::replace(&mut self.out, before);
        let heading = &outline.headings[*number];
        // The page's title is its one h1.
        let level = heading.level.max(2);
        let id = escaped(&heading.id);
        let is_one = |other: &Heading| other.level == 1;
        let is_first_one = is_one(heading) && !outline.headings[..*number].iter().any(is_one);
        let may_be_title = *number == 0 || is_first_one;
        if may_be_title {
            self.out.piece(Piece::HeadingStart(*number));
        }
        self.out.html(&format!("<h{level} id=\"{id}\"{class}>"));
        self.out.append(inside);
        let label = escaped(self.labels.anchor);
        self.out.html(&format!(
            "<a class=\"anchor\" href=\"#{id}\" aria-label=\"{label}\">#</a></h{level}>\n"
        ));
        if may_be_title {
            self.out.mark(Piece::HeadingEnd(*number));
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
        self.between("figure");
        if let Some(number) = open.diagram {
            self.out.piece(Piece::Diagram(number));
            return;
        }
        self.out.piece(Piece::Code(self.code.len()));
        self.out.at_line_start = true;
        self.code.push(Code {
            fence: open.fence,
            text: open.text,
        });
    }

    /// A quote, or an alert: then its first line is a marker and perhaps a title.
    fn quote(&mut self, rest: Rest<'_, '_>) {
        let marker = match rest {
            [
                (Event::Start(Tag::Paragraph), _),
                (Event::Text(text), _),
                ..,
            ] => alert::marker(text),
            _ => None,
        };
        let Some(marker) = marker else {
            self.open_block("blockquote", "<blockquote>\n");
            self.open_quotes.push("</blockquote>\n");
            return;
        };
        let close = self.open_alert(&marker);
        self.title = Some(AlertTitle {
            untitled: match marker.custom {
                Some(word) => alert::custom_title(word),
                None => self.labels.alerts[marker.kind as usize].to_owned(),
            },
            marker: Some(marker.end),
            before: self.out.length(),
            close,
        });
    }

    /// Opens an alert and its title, and gives what closes the title.
    fn open_alert(&mut self, marker: &Marker<'_>) -> &'static str {
        let class = marker.kind.class();
        let open = match marker.fold {
            Some(Fold::Open) => " open",
            Some(Fold::Closed) => "",
            None => {
                self.open("aside", &format!("<aside class=\"alert {class}\">"));
                self.open("p", "<p class=\"alert-title\">");
                self.open_quotes.push("</aside>\n");
                return "</p>\n";
            }
        };
        self.open(
            "details",
            &format!("<details class=\"alert {class}\"{open}>"),
        );
        self.open("summary", "<summary class=\"alert-title\">");
        self.open_quotes.push("</details>\n");
        "</summary>\n"
    }

    fn end_title(&mut self) {
        if let Some(title) = self.title.take() {
            if self.out.length() == title.before {
                self.out.text(&title.untitled);
            }
            self.close(title.close);
        }
    }

    fn start_image(&mut self, title: &str, seen: &Seen) {
        if let Seen::Link(link) = *seen {
            // The title of a picture that is alone is its caption.
            let is_alone = self.caption.is_some();
            let title = if is_alone { "" } else { title };
            self.image = Some(OpenImage {
                image: Image {
                    link,
                    title: title.to_owned(),
                    alt: String::new(),
                },
                depth: 1,
            });
        }
    }

    fn in_image(&mut self, event: &Event<'_>) {
        let Some(open) = &mut self.image else {
            return;
        };
        match event {
            Event::Start(Tag::Image { .. } | Tag::Link { .. }) => open.depth += 1,
            Event::End(TagEnd::Image | TagEnd::Link) => open.depth -= 1,
            Event::Text(text) | Event::Code(text) => open.image.alt.push_str(text),
            Event::SoftBreak | Event::HardBreak => open.image.alt.push(' '),
            _ => {}
        }
        if open.depth == 0
            && let Some(open) = self.image.take()
        {
            self.out.piece(Piece::Image(open.image));
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
        self.open("li", &format!("<li{task}>"));
    }

    fn reference(&mut self, seen: &Seen) {
        if let Seen::Note(number, place) = seen {
            let note = note_id(*number);
            self.out.html(&format!(
                "<sup class=\"fn\"><a href=\"#{note}\" id=\"{place}\">{number}</a></sup>"
            ));
        }
    }

    fn end_note(&mut self) {
        if let Some((name, outer, raw)) = self.open_notes.pop() {
            self.raw_html.finish(&mut self.out);
            self.raw_html = raw;
            let body = std::mem::replace(&mut self.out, outer).finish();
            self.notes.add(name, body);
        }
    }

    /// The body. `numbers` are those of its footnotes.
    pub(super) fn finish(mut self, numbers: Numbers) -> Body {
        self.raw_html.finish(&mut self.out);
        self.notes.write(&mut self.out, numbers, self.labels);
        Body {
            pieces: self.out.finish(),
            code: self.code,
        }
    }

    fn enter(&mut self, name: &'static str) {
        self.raw_html.enter(&mut self.out, name);
    }

    fn leave(&mut self) {
        self.raw_html.leave(&mut self.out);
    }

    /// Something comes that has no raw HTML in it.
    fn between(&mut self, name: &'static str) {
        self.enter(name);
        self.leave();
    }

    fn open(&mut self, name: &'static str, html: &str) {
        self.enter(name);
        self.out.html(html);
    }

    fn open_block(&mut self, name: &'static str, html: &str) {
        self.enter(name);
        self.out.block(html);
    }

    fn close(&mut self, html: &str) {
        self.leave();
        self.out.html(html);
    }
}

/// Whether an event is something in a line that is not entered.
fn is_inline(event: &Event<'_>) -> bool {
    matches!(
        event,
        Event::Text(_)
            | Event::Code(_)
            | Event::HardBreak
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_)
            | Event::Start(Tag::Image { .. })
    )
}

/// Where the block ends that these events are in, or another begins in it.
fn block_end(rest: Rest<'_, '_>) -> Option<usize> {
    rest.iter().find_map(|(event, span)| match event {
        Event::Start(
            Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. },
        )
        | Event::End(
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image,
        ) => None,
        Event::Start(_) => Some(span.start),
        Event::End(_) => Some(span.end),
        _ => None,
    })
}

/// The title of the picture, where a paragraph's events are one picture that has a title.
fn lone_picture(events: Rest<'_, '_>) -> Option<String> {
    let [(Event::Start(Tag::Image { title, .. }), _), inside @ ..] = events else {
        return None;
    };
    let mut open = 1;
    for (at, (event, _)) in inside.iter().enumerate() {
        match event {
            Event::Start(Tag::Image { .. }) => open += 1,
            Event::End(TagEnd::Image) => open -= 1,
            // The title is searched no further than its paragraph.
            Event::End(TagEnd::Paragraph) => return None,
            _ => {}
        }
        if open == 0 {
            let after = inside.get(at + 1).map(|(event, _)| event);
            let is_alone = matches!(after, Some(Event::End(TagEnd::Paragraph)));
            return (is_alone && !title.is_empty()).then(|| title.to_string());
        }
    }
    None
}
