//! Writes a body's pieces from the parser's events, one at a time.
//!
//! White space between blocks is as pulldown-cmark's own writer has it. Not here: the events
//! (`events`), facts and their numbers (`facts`), what joins the pieces (`html`).

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, CowStr, Event, Tag, TagEnd};

use super::alert::{self, Fold, Marker};
use super::body::{Body, Code, Image, Piece};
use super::clean::{self, Cleaner, Part};
use super::escape::{attribute as escaped, push_text, text as escaped_text};
use super::facts::Seen;
use super::fence::Fence;
use super::html::Labels;
use super::notes::{self, Numbers};
use super::outline::{Heading, Outline};

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
    open_links: Vec<usize>,
    table: Table,
    notes: Notes,
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

/// The cleaning of raw HTML.
#[derive(Default)]
struct RawHtml {
    cleaner: Cleaner,
    /// Where the drawing ends that came tag by tag and is written already.
    drawing_end: Option<usize>,
    /// Up to where no drawing begins among words, as far as it is known.
    undrawn: usize,
    /// Whether the last mark says that what comes is hidden.
    hides: bool,
    /// What is left of the piece that came last; offsets are those of the body.
    read: Vec<Part>,
}

/// A block of raw HTML whose lines are being gathered.
#[derive(Default)]
struct OpenBlock {
    html: String,
    /// Where each line begins: in `html`, and in the body.
    lines: Vec<(usize, usize)>,
}

impl OpenBlock {
    fn place(&self, offset: usize) -> usize {
        let next = self.lines.partition_point(|(start, _)| *start <= offset);
        let line = next.checked_sub(1).and_then(|at| self.lines.get(at));
        line.map_or(offset, |(start, place)| place + (offset - start))
    }
}

#[derive(Default)]
struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
}

/// Footnotes: their text is moved to the end.
#[derive(Default)]
struct Notes {
    bodies: HashMap<String, Vec<Piece>>,
    /// Names in the order in which the notes are defined.
    defined: Vec<String>,
    /// The notes that are open, each with what was written before it.
    open: Vec<(String, Pieces, RawHtml)>,
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
            open_links: Vec::new(),
            table: Table::default(),
            notes: Notes::default(),
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
            self.content();
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
            Event::Html(line) => match &mut self.block {
                Some(block) => {
                    block.lines.push((block.html.len(), span.start));
                    block.html.push_str(line);
                }
                None => self.raw(line.to_string(), |offset| span.start + offset),
            },
            Event::InlineHtml(html) => self.inline_raw(html, span),
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

    /// What of the raw HTML that came last is not in the body as it was written.
    pub(super) fn take_read(&mut self) -> Vec<Part> {
        std::mem::take(&mut self.raw_html.read)
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
            Tag::Table(_) | Tag::TableHead | Tag::TableRow | Tag::TableCell => {
                self.start_table(tag);
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
                self.notes.open.push((name.to_string(), outer, raw));
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
                    self.raw(html, |offset| block.place(offset));
                }
            }
            TagEnd::Link => {
                if let Some(number) = self.open_links.pop() {
                    self.leave();
                    self.out.piece(Piece::LinkEnd(number));
                }
            }
            TagEnd::Table => self.close("</tbody></table></div>\n"),
            TagEnd::TableHead => {
                self.table.in_head = false;
                self.out.html("</tr></thead><tbody>\n");
            }
            TagEnd::TableRow => self.out.html("</tr>\n"),
            TagEnd::TableCell if self.table.in_head => self.close("</th>"),
            TagEnd::TableCell => self.close("</td>"),
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

    fn start_table(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Table(alignments) => {
                self.table.alignments.clone_from(alignments);
                let open = open_box(self.labels);
                self.open("table", &format!("{open}<table>"));
            }
            Tag::TableHead => {
                self.table.in_head = true;
                self.table.column = 0;
                self.out.html("<thead><tr>");
            }
            Tag::TableRow => {
                self.table.column = 0;
                self.out.html("<tr>");
            }
            _ => self.cell(),
        }
    }

    fn cell(&mut self) {
        let class = match self.table.alignments.get(self.table.column) {
            Some(Alignment::Left) => " class=\"left\"",
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"right\"",
            Some(Alignment::None) | None => "",
        };
        self.table.column += 1;
        let tag = if self.table.in_head { "th" } else { "td" };
        self.open(tag, &format!("<{tag}{class}>"));
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
            let note = notes::id(*number);
            self.out.html(&format!(
                "<sup class=\"fn\"><a href=\"#{note}\" id=\"{place}\">{number}</a></sup>"
            ));
        }
    }

    fn end_note(&mut self) {
        if let Some((name, outer, raw)) = self.notes.open.pop() {
            self.end_raw();
            self.raw_html = raw;
            let body = std::mem::replace(&mut self.out, outer).finish();
            self.notes.defined.push(name.clone());
            self.notes.bodies.entry(name).or_insert(body);
        }
    }

    /// The body. `numbers` are those of its footnotes.
    pub(super) fn finish(mut self, mut numbers: Numbers) -> Body {
        self.end_raw();
        for name in &self.notes.defined {
            numbers.number(name);
        }
        let bodies = std::mem::take(&mut self.notes.bodies).into_iter();
        let mut notes: Vec<_> = bodies
            .map(|(name, body)| (numbers.number(&name), body))
            .collect();
        notes.sort_by_key(|(number, _)| *number);
        if !notes.is_empty() {
            self.write_notes(notes, &numbers);
        }
        Body {
            pieces: self.out.finish(),
            code: self.code,
        }
    }

    fn write_notes(&mut self, notes: Vec<(usize, Vec<Piece>)>, numbers: &Numbers) {
        let label = escaped(self.labels.footnotes);
        self.out.html(&format!(
            "<section class=\"notes\" aria-label=\"{label}\"><ol>\n"
        ));
        for (number, body) in notes {
            self.out.html(&format!("<li id=\"{}\">", notes::id(number)));
            self.out.extend(body);
            let places = numbers.places(number).zip(1..);
            let ways_back: String = places
                .map(|(place, time)| way_back(&place, time, self.labels.back_to_text))
                .collect();
            self.out.put_in_last_paragraph(&ways_back);
            self.out.html("</li>\n");
        }
        self.out.html("</ol></section>\n");
    }
}

/// Raw HTML, and what it leaves open around what is of Markdown.
impl Writer<'_> {
    /// Raw HTML, with the places in the body of its offsets.
    fn raw(&mut self, html: String, place: impl Fn(usize) -> usize) {
        if self.raw_html.drawing_end.is_none() && !html.is_empty() {
            let parts = self.raw_html.cleaner.raw(&html);
            self.clean(parts, place);
        }
        self.out.piece(Piece::Raw(html));
    }

    fn clean(&mut self, mut parts: Vec<Part>, place: impl Fn(usize) -> usize) {
        for part in &mut parts {
            part.move_to(&place);
        }
        self.raw_html
            .read
            .extend(parts.iter().filter(|part| part.is_about_loss()).cloned());
        parts.retain(|part| !part.is_about_loss());
        if !parts.is_empty() {
            self.out.mark(Piece::Clean(parts));
        }
        self.mark_hidden();
    }

    /// A drawing among words comes tag by tag: it is taken as a whole at its first one.
    fn inline_raw(&mut self, html: &str, span: &Range<usize>) {
        if self.raw_html.drawing_end.is_none()
            && let Some(end) = clean::inline_drawing(self.written, span, &mut self.raw_html.undrawn)
        {
            let parts = self
                .raw_html
                .cleaner
                .drawing(&self.written[span.start..end]);
            self.raw_html.drawing_end = Some(end);
            self.clean(parts, |offset| span.start + offset);
        }
        self.raw(html.to_owned(), |offset| span.start + offset);
        if self.raw_html.drawing_end.is_some_and(|end| end <= span.end) {
            self.raw_html.drawing_end = None;
            self.mark_hidden();
        }
    }

    fn mark_hidden(&mut self) {
        let hides = self.raw_html.cleaner.hides() || self.raw_html.drawing_end.is_some();
        if hides != self.raw_html.hides {
            self.raw_html.hides = hides;
            self.out.mark(Piece::Hidden(hides));
        }
    }

    fn add_clean(&mut self, html: String) {
        if !html.is_empty() {
            self.out.mark(Piece::Clean(vec![Part::Html(html)]));
        }
    }

    fn enter(&mut self, name: &'static str) {
        let before = self.raw_html.cleaner.enter(name);
        self.add_clean(before);
    }

    fn leave(&mut self) {
        let before = self.raw_html.cleaner.leave();
        self.mark_hidden();
        self.add_clean(before);
    }

    fn content(&mut self) {
        let before = self.raw_html.cleaner.content();
        self.add_clean(before);
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

    /// Closes what raw HTML left open.
    fn end_raw(&mut self) {
        let before = self.raw_html.cleaner.finish();
        self.raw_html.drawing_end = None;
        self.mark_hidden();
        self.add_clean(before);
    }
}

impl RawHtml {
    fn of(labels: &Labels) -> Self {
        Self {
            cleaner: Cleaner::with_table_box(open_box(labels), "</div>"),
            ..Self::default()
        }
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

/// Pieces that are being written.
struct Pieces {
    done: Vec<Piece>,
    /// HTML behind them.
    html: String,
    at_line_start: bool,
}

impl Default for Pieces {
    fn default() -> Self {
        Self::with_capacity(0)
    }
}

impl Pieces {
    fn with_capacity(size: usize) -> Self {
        Self {
            done: Vec::new(),
            html: String::with_capacity(size),
            at_line_start: true,
        }
    }

    fn html(&mut self, html: &str) {
        if !html.is_empty() {
            self.html.push_str(html);
            self.at_line_start = html.ends_with('\n');
        }
    }

    /// Writes the beginning of a block, on a line of its own.
    fn block(&mut self, html: &str) {
        if !self.at_line_start {
            self.html.push('\n');
        }
        self.html(html);
    }

    fn text(&mut self, text: &str) {
        push_text(&mut self.html, text);
        self.at_line_start = text.ends_with('\n');
    }

    fn piece(&mut self, piece: Piece) {
        self.at_line_start = matches!(&piece, Piece::Raw(html) if html.ends_with('\n'));
        self.mark(piece);
    }

    /// A piece that shows nothing.
    fn mark(&mut self, piece: Piece) {
        if !self.html.is_empty() {
            self.done.push(Piece::Html(std::mem::take(&mut self.html)));
        }
        self.done.push(piece);
    }

    /// How much is written: it grows with everything that is.
    fn length(&self) -> (usize, usize) {
        (self.done.len(), self.html.len())
    }

    fn append(&mut self, inside: Self) {
        self.extend(inside.done);
        self.html.push_str(&inside.html);
        self.at_line_start = inside.at_line_start;
    }

    fn extend(&mut self, pieces: Vec<Piece>) {
        for piece in pieces {
            match piece {
                Piece::Html(html) => self.html(&html),
                piece => self.piece(piece),
            }
        }
    }

    /// Writes at the end of the paragraph that ends here; where none does, behind everything.
    fn put_in_last_paragraph(&mut self, html: &str) {
        let end = self.html.strip_suffix("</p>\n").unwrap_or(&self.html).len();
        self.html.insert_str(end, html);
    }

    fn finish(mut self) -> Vec<Piece> {
        if !self.html.is_empty() {
            self.done.push(Piece::Html(self.html));
        }
        self.done
    }
}

/// The beginning of the box in which a wide table scrolls.
pub(super) fn open_box(labels: &Labels) -> String {
    let label = escaped(labels.table);
    format!("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{label}\">")
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

/// Back to one of the places that name a note; from the second on the arrow has a number.
fn way_back(place: &str, time: usize, label: &str) -> String {
    let label = escaped(label);
    let (time, label) = match time {
        1 => (String::new(), label),
        time => (format!("<sup>{time}</sup>"), format!("{label} ({time})")),
    };
    format!(" <a class=\"back-ref\" href=\"#{place}\" aria-label=\"{label}\">↩{time}</a>")
}
