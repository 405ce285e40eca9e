//! The HTML of a document's body.
//!
//! Not here: the page around it (templates), heading ids (`outline` gives them), what links lead
//! to (the caller says, link by link), what raw HTML may hold (`sanitize`), blocks of code (`code`),
//! and what is in the places of diagrams (the caller says that, too; `diagram` frames it).

use std::collections::{HashMap, HashSet};
use std::vec::IntoIter;

use pulldown_cmark::{Alignment, CodeBlockKind, CowStr, Event, Tag, TagEnd, html::push_html};

use super::alert::{self, Fold, Kind};
use super::code;
use super::diagram::{self, DiagramHtml};
use super::escape::{address, attribute as escaped, text as escaped_text};
use super::events::Source;
use super::fence::Fence;
use super::framed;
use super::highlight::Highlighter;
use super::notes::{self, Numbers};
use super::outline::{self, LinkKind, Outline, Remark, What, is_diagram};
use super::raw;
use super::sanitize::{self, DEEPEST};

/// Where a link leads, as the page shows it. One for each of the outline's links, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LinkHtml {
    /// What is in `href` or `src`; none for a target that must not be followed. Of raw HTML: what
    /// is there instead of what is written; none where that stays.
    pub href: Option<String>,
    /// `ext`, `ext bare` (it shows its own address), `gone`, `file`, `wiki` or nothing.
    pub class: &'static str,
    /// A tooltip of ours; empty leaves the author's own.
    pub title: &'static str,
    /// What it is called instead of what is written: a wikilink without a label of its own.
    pub label: Option<String>,
    /// Width and height in pixels, of a picture whose file is known.
    pub size: Option<(u32, u32)>,
    /// Of a link that has no target, so that the link check can link to it.
    pub id: Option<String>,
}

/// The words of the interface that stand inside a body.
#[derive(Debug, Clone, Copy)]
pub struct Labels {
    /// Of a heading's `#`.
    pub anchor: &'static str,
    pub footnotes: &'static str,
    pub back_to_text: &'static str,
    /// Of the box in which a wide table scrolls.
    pub table: &'static str,
    /// Of a diagram that is shown as its source.
    pub undrawn: &'static str,
    /// Of the name of a diagram's place.
    pub slot: &'static str,
    /// What a picture without a name is called.
    pub diagram: &'static str,
    /// Of a diagram's source, folded under its picture.
    pub diagram_source: &'static str,
    /// The same, of a source that changed after somebody drew the picture.
    pub newer_source: &'static str,
    /// Titles of alerts: note, tip, important, warning, caution.
    pub alerts: [&'static str; 5],
}

const CLOSE_BOX: &str = "</div>";
/// Ends a stand-in, after the number of its diagram.
const STAND_IN_END: char = ';';

/// Everything a body needs beyond its text.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    pub outline: &'a Outline,
    /// The heading that the page shows as its title already: left out of the body.
    pub title_heading: Option<usize>,
    /// One for each link of the outline.
    pub links: &'a [LinkHtml],
    /// One for each diagram of the outline.
    pub diagrams: &'a [DiagramHtml],
    /// A text that the document cannot hold: a hash of itself, say. It stands for the diagrams
    /// while raw HTML is cleaned, which would take pictures out.
    pub stand_in: &'a str,
    pub labels: &'a Labels,
    /// Whether raw HTML passes as it is.
    pub trusted: bool,
    /// Reads an inline `<svg>`, the number of which on its page sets its ids apart; none where it is
    /// no picture.
    pub picture: fn(usize, &str) -> Option<String>,
    pub highlighter: &'a Highlighter,
}

/// Renders the text of which `context.outline` was read.
pub fn render(source: &Source<'_>, context: &Context<'_>) -> String {
    let size = source.written().len();
    let events: Vec<Event<'_>> = source.events().map(|(event, _)| event).collect();
    let mut writer = Writer::new(context, events.len());
    let mut events = events.into_iter();
    while let Some(event) = events.next() {
        writer.event(event, &mut events);
    }
    let is_raw = writer.raw && !context.trusted;
    let html = writer.finish(size);
    if !is_raw {
        return with_figures(html, context, &[]);
    }
    let mut drawings = Vec::new();
    let html = framed::with_drawings(&html, |drawing| {
        let number = context.diagrams.len() + drawings.len();
        drawings.push((context.picture)(drawings.len() + 1, drawing)?);
        Some(format!("{}{number}{STAND_IN_END}", context.stand_in))
    });
    if sanitize::depth(&html) > DEEPEST {
        return with_figures(as_text(source, context, size), context, &[]);
    }
    // The page's title is its one h1; what the cleaner wrote has no `<` of its own in text.
    let clean = sanitize::clean(&html);
    let clean = clean.replace("<h1", "<h2").replace("</h1>", "</h2>");
    let boxed = framed::with_boxes(clean, &open_box(context.labels), CLOSE_BOX);
    with_figures(boxed, context, &drawings)
}

/// The beginning of the box in which a wide table scrolls.
fn open_box(labels: &Labels) -> String {
    let label = escaped(labels.table);
    format!("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{label}\">")
}

/// Puts each diagram's figure, and after those each drawing of raw HTML, where its stand-in is.
fn with_figures(html: String, context: &Context<'_>, drawings: &[String]) -> String {
    if context.diagrams.is_empty() && drawings.is_empty() {
        return html;
    }
    let figure = |index: usize| {
        let Some(about) = context.outline.diagrams.get(index) else {
            let number = index.checked_sub(context.diagrams.len())?;
            return drawings.get(number).cloned();
        };
        let shown = context.diagrams.get(index)?;
        Some(diagram::figure(about, shown, context.labels))
    };
    let mut pieces = html.split(context.stand_in);
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (index, rest) = piece.split_once(STAND_IN_END).unwrap_or(("", piece));
        let figure = index.parse().ok().and_then(figure);
        out.push_str(&figure.unwrap_or_default());
        out.push_str(rest);
    }
    out
}

/// Renders with raw HTML shown as text: a document that nests its elements beyond reason.
fn as_text(source: &Source<'_>, context: &Context<'_>, size: usize) -> String {
    let events: Vec<Event<'_>> = source
        .events()
        .map(|(event, _)| match event {
            Event::Html(html) | Event::InlineHtml(html) => Event::Text(html),
            other => other,
        })
        .collect();
    let mut writer = Writer::new(context, events.len());
    let mut events = events.into_iter();
    while let Some(event) = events.next() {
        writer.event(event, &mut events);
    }
    writer.finish(size)
}

struct Writer<'a, 'c> {
    context: &'c Context<'c>,
    out: Vec<Event<'a>>,
    headings: usize,
    links: usize,
    diagrams: usize,
    /// What closes each link that is open.
    open_links: Vec<&'static str>,
    /// What closes each quote or alert that is open.
    open_quotes: Vec<&'static str>,
    alignments: Vec<Alignment>,
    column: usize,
    in_table_head: bool,
    notes: Notes<'a>,
    /// Addresses in raw HTML that are other than what is written, by that.
    addresses: HashMap<&'c str, &'c str>,
    /// Ids that raw HTML may not bring; none where nothing on the page has an id twice.
    taken: Option<HashSet<String>>,
    /// Whether the document has HTML of its own.
    raw: bool,
}

/// Footnotes, numbered in the order in which the text first names them.
#[derive(Default)]
struct Notes<'a> {
    numbers: Numbers,
    bodies: HashMap<CowStr<'a>, Vec<Event<'a>>>,
    /// Definitions in the order of the text.
    defined: Vec<CowStr<'a>>,
    /// The notes whose definitions are open, each with what was being written before it.
    open: Vec<(CowStr<'a>, Vec<Event<'a>>)>,
}

impl<'a, 'c> Writer<'a, 'c> {
    fn new(context: &'c Context<'c>, capacity: usize) -> Self {
        Self {
            context,
            out: Vec::with_capacity(capacity),
            headings: 0,
            links: 0,
            diagrams: 0,
            open_links: Vec::new(),
            open_quotes: Vec::new(),
            alignments: Vec::new(),
            column: 0,
            in_table_head: false,
            notes: Notes::default(),
            addresses: addresses(context),
            taken: taken_ids(context),
            raw: false,
        }
    }

    fn html(&mut self, html: impl Into<CowStr<'a>>) {
        self.out.push(Event::Html(html.into()));
    }

    fn inline_html(&mut self, html: impl Into<CowStr<'a>>) {
        self.out.push(Event::InlineHtml(html.into()));
    }

    fn event(&mut self, event: Event<'a>, rest: &mut IntoIter<Event<'a>>) {
        match event {
            Event::Start(tag) => self.start(tag, rest),
            Event::End(tag) => self.end(tag),
            Event::FootnoteReference(name) => self.reference(&name),
            Event::TaskListMarker(done) => {
                let checked = if done { " checked" } else { "" };
                self.inline_html(format!("<input type=\"checkbox\" disabled{checked}> "));
            }
            Event::Html(html) => {
                self.raw = true;
                self.out.push(Event::Html(html));
            }
            Event::InlineHtml(html) => {
                self.raw = true;
                let html = self.rewritten(html);
                self.out.push(Event::InlineHtml(html));
            }
            other => self.out.push(other),
        }
    }

    fn start(&mut self, tag: Tag<'a>, rest: &mut IntoIter<Event<'a>>) {
        match tag {
            Tag::Paragraph => self.paragraph(rest),
            Tag::Heading { classes, .. } => self.heading(&classes, rest),
            Tag::CodeBlock(kind) => self.code(&kind, rest),
            Tag::BlockQuote(_) => self.quote(rest),
            Tag::HtmlBlock => self.html_block(rest),
            Tag::Link { title, .. } => self.link(&title, rest),
            Tag::Image { title, .. } => self.image(&title, rest),
            Tag::Table(alignments) => {
                self.alignments = alignments;
                self.html(format!("{}<table>", open_box(self.context.labels)));
            }
            Tag::TableHead => {
                self.in_table_head = true;
                self.column = 0;
                self.html("<thead><tr>");
            }
            Tag::TableRow => {
                self.column = 0;
                self.html("<tr>");
            }
            Tag::TableCell => self.cell(),
            Tag::Item => self.item(rest),
            Tag::FootnoteDefinition(name) => {
                let outer = std::mem::take(&mut self.out);
                self.notes.open.push((name, outer));
            }
            other => self.out.push(Event::Start(other)),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::BlockQuote(_) => {
                if let Some(close) = self.open_quotes.pop() {
                    self.html(close);
                }
            }
            TagEnd::Link => {
                if let Some(close) = self.open_links.pop() {
                    self.inline_html(close);
                }
            }
            TagEnd::Table => self.html(format!("</tbody></table>{CLOSE_BOX}\n")),
            TagEnd::TableHead => {
                self.in_table_head = false;
                self.html("</tr></thead><tbody>\n");
            }
            TagEnd::TableRow => self.html("</tr>\n"),
            TagEnd::TableCell => {
                self.html(if self.in_table_head { "</th>" } else { "</td>" });
            }
            TagEnd::FootnoteDefinition => {
                if let Some((name, outer)) = self.notes.open.pop() {
                    let body = std::mem::replace(&mut self.out, outer);
                    self.notes.defined.push(name.clone());
                    self.notes.bodies.entry(name).or_insert(body);
                }
            }
            other => self.out.push(Event::End(other)),
        }
    }

    /// A picture that is alone and has a title is a figure with that caption.
    fn paragraph(&mut self, rest: &mut IntoIter<Event<'a>>) {
        let Some(caption) = lone_picture(rest.as_slice()) else {
            self.out.push(Event::Start(Tag::Paragraph));
            return;
        };
        rest.next();
        self.html("<figure class=\"pic\">");
        self.image("", rest);
        self.html(format!(
            "<figcaption>{}</figcaption></figure>\n",
            escaped_text(&caption)
        ));
        rest.next();
    }

    fn heading(&mut self, classes: &[CowStr<'a>], rest: &mut IntoIter<Event<'a>>) {
        let index = self.headings;
        self.headings += 1;
        let hidden = self.context.title_heading == Some(index);
        let heading = &self.context.outline.headings[index];
        // The page's title is its one h1.
        let level = heading.level.max(2);
        let id = escaped(&heading.id);
        let before = self.out.len();
        let class = match classes {
            [] => String::new(),
            some => format!(" class=\"{}\"", escaped(&some.join(" "))),
        };
        self.html(format!("<h{level} id=\"{id}\"{class}>"));
        while let Some(event) = rest.next() {
            if matches!(event, Event::End(TagEnd::Heading(_))) {
                break;
            }
            self.event(event, rest);
        }
        if hidden {
            self.out.truncate(before);
            return;
        }
        let label = escaped(self.context.labels.anchor);
        self.html(format!(
            "<a class=\"anchor\" href=\"#{id}\" aria-label=\"{label}\">#</a></h{level}>\n"
        ));
    }

    fn code(&mut self, kind: &CodeBlockKind<'a>, rest: &mut IntoIter<Event<'a>>) {
        let mut code = String::new();
        for event in rest.by_ref() {
            match event {
                Event::End(TagEnd::CodeBlock) => break,
                Event::Text(text) => code.push_str(&text),
                _ => {}
            }
        }
        let fence = match kind {
            CodeBlockKind::Fenced(info) => Fence::parse(info),
            CodeBlockKind::Indented => Fence::default(),
        };
        let html = if is_diagram(&fence) {
            // With its number: a note's text is moved to the end of the page.
            let index = self.diagrams;
            self.diagrams += 1;
            format!("{}{index}{STAND_IN_END}", self.context.stand_in)
        } else {
            code::figure(&fence, &code, self.context.highlighter)
        };
        self.html(html);
    }

    /// A quote, or an alert: then its first line is a marker and perhaps a title.
    fn quote(&mut self, rest: &mut IntoIter<Event<'a>>) {
        let marker = match rest.as_slice() {
            [Event::Start(Tag::Paragraph), Event::Text(text), ..] => alert::marker(text),
            _ => None,
        };
        let Some(marker) = marker else {
            self.out.push(Event::Start(Tag::BlockQuote(None)));
            self.open_quotes.push("</blockquote>\n");
            return;
        };
        let (kind, fold, end) = (marker.kind, marker.fold, marker.end);
        let untitled = match marker.custom {
            Some(word) => alert::custom_title(word),
            None => self.context.labels.alerts[kind as usize].to_owned(),
        };
        self.open_alert(kind, fold);
        rest.next();
        self.alert_title(&untitled, end, rest);
        self.html(if fold.is_some() {
            "</summary>\n"
        } else {
            "</p>\n"
        });
        match rest.as_slice().first() {
            Some(Event::End(TagEnd::Paragraph)) => drop(rest.next()),
            _ => self.out.push(Event::Start(Tag::Paragraph)),
        }
    }

    fn open_alert(&mut self, kind: Kind, fold: Option<Fold>) {
        let class = kind.class();
        let Some(fold) = fold else {
            self.html(format!(
                "<aside class=\"alert {class}\"><p class=\"alert-title\">"
            ));
            self.open_quotes.push("</aside>\n");
            return;
        };
        let open = match fold {
            Fold::Open => " open",
            Fold::Closed => "",
        };
        self.html(format!(
            "<details class=\"alert {class}\"{open}><summary class=\"alert-title\">"
        ));
        self.open_quotes.push("</details>\n");
    }

    /// Writes the rest of the marker's line, or the kind's own title where there is none; takes
    /// the line's end.
    fn alert_title(&mut self, untitled: &str, end: usize, rest: &mut IntoIter<Event<'a>>) {
        let before = self.out.len();
        if let Some(Event::Text(text)) = rest.next()
            && end < text.len()
        {
            self.out.push(Event::Text(text[end..].to_owned().into()));
        }
        loop {
            match rest.as_slice().first() {
                Some(Event::End(TagEnd::Paragraph)) | None => break,
                Some(Event::SoftBreak | Event::HardBreak) => {
                    rest.next();
                    break;
                }
                Some(_) => {
                    if let Some(event) = rest.next() {
                        self.event(event, rest);
                    }
                }
            }
        }
        if self.out.len() == before {
            self.out.push(Event::Text(untitled.to_owned().into()));
        }
    }

    /// The parser gives a block of HTML in lines; a tag may reach over several.
    fn html_block(&mut self, rest: &mut IntoIter<Event<'a>>) {
        self.out.push(Event::Start(Tag::HtmlBlock));
        let mut block = String::new();
        while let Some(Event::Html(line)) = rest.as_slice().first() {
            block.push_str(line);
            rest.next();
        }
        if !block.is_empty() {
            self.raw = true;
            let block = self.rewritten(block.into());
            self.out.push(Event::Html(block));
        }
    }

    /// Raw HTML with the addresses that its links have from the page, and with no id that the page
    /// has already.
    fn rewritten(&mut self, html: CowStr<'a>) -> CowStr<'a> {
        if self.addresses.is_empty() && self.taken.is_none() {
            return html;
        }
        let address = |written: &str| self.addresses.get(written).map(|to| (*to).to_owned());
        let taken = &mut self.taken;
        let is_free = |id: &str| {
            let taken = taken.as_mut();
            taken.is_none_or(|taken| !outline::is_reserved(id) && taken.insert(id.to_owned()))
        };
        raw::rewrite(&html, address, is_free).map_or(html, CowStr::from)
    }

    fn next_link(&mut self) -> LinkHtml {
        self.skip_html_links();
        let link = self.context.links.get(self.links).cloned();
        self.links += 1;
        link.unwrap_or_default()
    }

    fn link(&mut self, title: &str, rest: &mut IntoIter<Event<'a>>) {
        let link = self.next_link();
        let Some(href) = &link.href else {
            self.inline_html(format!("{}>", with_marks("<span", &link, title)));
            self.open_links.push("</span>");
            return;
        };
        let html = open_link(&link, href, title);
        self.inline_html(html);
        self.open_links.push("</a>");
        if let Some(label) = link.label {
            self.skip_inside(rest);
            self.out.push(Event::Text(label.into()));
            self.end(TagEnd::Link);
        }
    }

    /// Links of raw HTML are in the outline, and are written with the HTML that holds them.
    fn skip_html_links(&mut self) {
        let links = &self.context.outline.links;
        while links
            .get(self.links)
            .is_some_and(|link| link.kind.is_html())
        {
            self.links += 1;
        }
    }

    /// Takes the events of a link or an image and its end. The text in it, without markup.
    fn skip_inside(&mut self, rest: &mut IntoIter<Event<'a>>) -> String {
        let mut text = String::new();
        let mut open = 1;
        for event in rest.by_ref() {
            match event {
                Event::Start(Tag::Image { .. } | Tag::Link { .. }) => {
                    self.skip_html_links();
                    self.links += 1;
                    open += 1;
                }
                Event::End(TagEnd::Image | TagEnd::Link) => open -= 1,
                Event::Text(piece) | Event::Code(piece) => text.push_str(&piece),
                Event::SoftBreak | Event::HardBreak => text.push(' '),
                _ => {}
            }
            if open == 0 {
                break;
            }
        }
        text
    }

    fn image(&mut self, title: &str, rest: &mut IntoIter<Event<'a>>) {
        let link = self.next_link();
        let at = self.links - 1;
        let mut size = link.size.unzip();
        let mut text = self.skip_inside(rest);
        if let Some(embed) = self.context.outline.links.get(at)
            && embed.kind == LinkKind::Embed
            && let Some((width, height)) = embed_size(&text, link.size)
        {
            size = (Some(width), height);
            file_stem(&embed.target).clone_into(&mut text);
        }
        let Some(src) = &link.href else {
            let open = with_marks("<span", &link, title);
            self.inline_html(format!("{open}>{}</span>", escaped_text(&text)));
            return;
        };
        // What is embedded is a document: a link is what a page can give.
        if let Some(label) = &link.label {
            let open = open_link(&link, src, title);
            self.inline_html(format!("{open}{}</a>", escaped_text(label)));
            return;
        }
        let mut html = format!(
            "<img src=\"{}\" alt=\"{}\" loading=\"lazy\"",
            address(src),
            escaped(&text)
        );
        for (name, pixels) in [("width", size.0), ("height", size.1)] {
            if let Some(pixels) = pixels {
                html.push_str(&format!(" {name}=\"{pixels}\""));
            }
        }
        if !title.is_empty() {
            html.push_str(&format!(" title=\"{}\"", escaped(title)));
        }
        html.push('>');
        self.inline_html(html);
    }

    fn cell(&mut self) {
        let class = match self.alignments.get(self.column) {
            Some(Alignment::Left) => " class=\"left\"",
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"right\"",
            Some(Alignment::None) | None => "",
        };
        self.column += 1;
        let tag = if self.in_table_head { "th" } else { "td" };
        self.html(format!("<{tag}{class}>"));
    }

    /// A task's item is marked, so that its box takes the bullet's place.
    fn item(&mut self, rest: &mut IntoIter<Event<'a>>) {
        let task = match rest.as_slice() {
            [Event::TaskListMarker(_), ..]
            | [Event::Start(Tag::Paragraph), Event::TaskListMarker(_), ..] => " class=\"task\"",
            _ => "",
        };
        self.html(format!("<li{task}>"));
    }

    fn reference(&mut self, name: &CowStr<'a>) {
        let (number, place) = self.notes.numbers.reference(name);
        let note = notes::id(number);
        self.inline_html(format!(
            "<sup class=\"fn\"><a href=\"#{note}\" id=\"{place}\">{number}</a></sup>"
        ));
    }

    fn finish(mut self, size: usize) -> String {
        let mut html = String::with_capacity(size * 2);
        let body = std::mem::take(&mut self.out);
        push_html(&mut html, body.into_iter());
        self.write_notes(&mut html);
        html
    }

    fn write_notes(&mut self, html: &mut String) {
        for name in std::mem::take(&mut self.notes.defined) {
            self.notes.numbers.number(&name);
        }
        let mut notes: Vec<_> = std::mem::take(&mut self.notes.bodies)
            .into_iter()
            .map(|(name, body)| (self.notes.numbers.number(&name), body))
            .collect();
        if notes.is_empty() {
            return;
        }
        notes.sort_by_key(|(number, _)| *number);
        let labels = self.context.labels;
        html.push_str(&format!(
            "<section class=\"notes\" aria-label=\"{}\"><ol>\n",
            escaped(labels.footnotes)
        ));
        for (number, body) in notes {
            html.push_str(&format!("<li id=\"{}\">", notes::id(number)));
            push_html(html, body.into_iter());
            let places = self.notes.numbers.places(number);
            let ways_back: String = places
                .zip(1..)
                .map(|(place, time)| way_back(&place, time, labels.back_to_text))
                .collect();
            html.insert_str(last_line(html), &ways_back);
            html.push_str("</li>\n");
        }
        html.push_str("</ol></section>\n");
    }
}

/// The ids of headings and notes, where raw HTML has one of them, or one twice.
fn taken_ids(context: &Context<'_>) -> Option<HashSet<String>> {
    let outline = context.outline;
    let is_twice = |remark: &Remark| matches!(remark.what, What::DuplicateId(_));
    let has_any = !context.trusted && outline.remarks.iter().any(is_twice);
    has_any.then(|| {
        let headings = outline.headings.iter().map(|heading| heading.id.clone());
        headings.chain(outline.note_ids.iter().cloned()).collect()
    })
}

/// What the page writes in raw HTML instead of what is written, by that.
fn addresses<'c>(context: &Context<'c>) -> HashMap<&'c str, &'c str> {
    let links = context.outline.links.iter().zip(context.links);
    links
        .filter(|(link, _)| link.kind.is_html())
        .filter_map(|(link, shown)| Some((link.target.as_str(), shown.href.as_deref()?)))
        .collect()
}

/// The size that Obsidian reads in `![[p.png|100]]` and `![[p.png|100x80]]`; of the width alone, in
/// the proportions of the file where they are known.
fn embed_size(label: &str, natural: Option<(u32, u32)>) -> Option<(u32, Option<u32>)> {
    let (width, height) = match label.split_once('x') {
        Some((width, height)) => (width, Some(height.parse().ok()?)),
        None => (label, None),
    };
    let width: u32 = width.parse().ok()?;
    let scaled = |(natural_width, natural_height): (u32, u32)| {
        let height = u64::from(width) * u64::from(natural_height);
        let height = height.checked_div(u64::from(natural_width))?;
        u32::try_from(height).ok()
    };
    Some((width, height.or_else(|| natural.and_then(scaled))))
}

/// The name of a file without its folders and its ending.
fn file_stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// The title of the picture, where a paragraph's events are one picture that has a title.
fn lone_picture(events: &[Event<'_>]) -> Option<String> {
    let [Event::Start(Tag::Image { title, .. }), inside @ ..] = events else {
        return None;
    };
    let mut open = 1;
    for (at, event) in inside.iter().enumerate() {
        match event {
            Event::Start(Tag::Image { .. }) => open += 1,
            Event::End(TagEnd::Image) => open -= 1,
            // The title is searched no further than its paragraph.
            Event::End(TagEnd::Paragraph) => return None,
            _ => {}
        }
        if open == 0 {
            let is_alone = matches!(inside.get(at + 1), Some(Event::End(TagEnd::Paragraph)));
            return (is_alone && !title.is_empty()).then(|| title.to_string());
        }
    }
    None
}

fn open_link(link: &LinkHtml, href: &str, title: &str) -> String {
    let open = format!("<a href=\"{}\"", address(href));
    let rel = if link.class.starts_with("ext") {
        " rel=\"noopener\""
    } else {
        ""
    };
    format!("{}{rel}>", with_marks(&open, link, title))
}

/// The beginning of a tag with a link's class and tooltip; ours goes before the author's.
fn with_marks(open: &str, link: &LinkHtml, title: &str) -> String {
    let mut html = open.to_owned();
    if let Some(id) = &link.id {
        html.push_str(&format!(" id=\"{id}\""));
    }
    if !link.class.is_empty() {
        html.push_str(&format!(" class=\"{}\"", link.class));
    }
    let title = if link.title.is_empty() {
        title
    } else {
        link.title
    };
    if !title.is_empty() {
        html.push_str(&format!(" title=\"{}\"", escaped(title)));
    }
    html
}

/// Where a note's last paragraph ends: the way back is in it, not under it.
fn last_line(html: &str) -> usize {
    html.strip_suffix("</p>\n").unwrap_or(html).len()
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
