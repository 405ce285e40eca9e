//! The HTML of a document's body.
//!
//! Not here: the page around it (templates), heading ids (`outline` gives them), what links lead
//! to (the caller says, link by link), what raw HTML may hold (`sanitize`), highlighting, and
//! drawing diagrams.

use std::collections::HashMap;
use std::vec::IntoIter;

use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd, html::push_html,
};
use pulldown_cmark_escape::{escape_href, escape_html, escape_html_body_text};

use super::events::Source;
use super::outline::{Outline, fence_language, is_diagram};
use super::sanitize::{self, DEEPEST};

/// Where a link leads, as the page shows it. One for each of the outline's links, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LinkHtml {
    /// What stands in `href` or `src`; none for a target that must not be followed.
    pub href: Option<String>,
    /// `ext`, `gone`, `file` or nothing.
    pub class: &'static str,
    /// A tooltip of ours; empty leaves the author's own.
    pub title: &'static str,
}

/// The words of the interface that stand inside a body.
#[derive(Debug, Clone, Copy)]
pub struct Labels {
    /// Of a heading's `#`.
    pub anchor: &'static str,
    /// Of the section of footnotes.
    pub footnotes: &'static str,
    /// Of a footnote's way back.
    pub back_to_text: &'static str,
    /// Of the box in which a wide table scrolls.
    pub table: &'static str,
    /// Of a diagram that is not drawn yet.
    pub undrawn: &'static str,
    /// Of a wikilink that cannot be followed.
    pub wikilink: &'static str,
    /// Titles of alerts: note, tip, important, warning, caution.
    pub alerts: [&'static str; 5],
    /// Of links to no document, no heading, no file.
    pub broken: [&'static str; 3],
    /// Of a link to a document without a page.
    pub unpublished: &'static str,
}

/// Everything a body needs beyond its text.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// Of the same text.
    pub outline: &'a Outline,
    /// The heading that the page shows as its title already: left out of the body.
    pub title_heading: Option<usize>,
    /// One for each link of the outline.
    pub links: &'a [LinkHtml],
    /// In the site's language.
    pub labels: &'a Labels,
    /// Whether raw HTML passes as it is.
    pub trusted: bool,
}

/// Renders `body`, of which `context.outline` was read.
pub fn render(body: &str, context: &Context<'_>) -> String {
    let source = Source::new(body);
    let events: Vec<Event<'_>> = source.events().map(|(event, _)| event).collect();
    let mut writer = Writer::new(context, events.len());
    let mut events = events.into_iter();
    while let Some(event) = events.next() {
        writer.event(event, &mut events);
    }
    let is_raw = writer.raw && !context.trusted;
    let html = writer.finish(body.len());
    if !is_raw {
        return html;
    }
    if sanitize::depth(&html) > DEEPEST {
        return as_text(&source, context, body.len());
    }
    // The page's title is its one h1; what the cleaner wrote has no `<` of its own in text.
    let clean = sanitize::clean(&html);
    clean.replace("<h1", "<h2").replace("</h1>", "</h2>")
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
    /// What closes each link that is open.
    open_links: Vec<&'static str>,
    alignments: Vec<Alignment>,
    column: usize,
    in_table_head: bool,
    notes: Notes<'a>,
    /// Whether the document has HTML of its own.
    raw: bool,
}

/// Footnotes, numbered in the order in which the text first names them.
#[derive(Default)]
struct Notes<'a> {
    numbers: HashMap<CowStr<'a>, usize>,
    references: HashMap<usize, usize>,
    bodies: HashMap<CowStr<'a>, Vec<Event<'a>>>,
    /// Definitions in the order of the text.
    defined: Vec<CowStr<'a>>,
    /// The notes whose definitions are open, each with what was being written before it.
    open: Vec<(CowStr<'a>, Vec<Event<'a>>)>,
}

impl<'a> Notes<'a> {
    fn number(&mut self, name: &CowStr<'a>) -> usize {
        let next = self.numbers.len() + 1;
        *self.numbers.entry(name.clone()).or_insert(next)
    }
}

impl<'a, 'c> Writer<'a, 'c> {
    fn new(context: &'c Context<'c>, capacity: usize) -> Self {
        Self {
            context,
            out: Vec::with_capacity(capacity),
            headings: 0,
            links: 0,
            open_links: Vec::new(),
            alignments: Vec::new(),
            column: 0,
            in_table_head: false,
            notes: Notes::default(),
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
            Event::Html(_) | Event::InlineHtml(_) => {
                self.raw = true;
                self.out.push(event);
            }
            other => self.out.push(other),
        }
    }

    fn start(&mut self, tag: Tag<'a>, rest: &mut IntoIter<Event<'a>>) {
        match tag {
            Tag::Heading { .. } => self.heading(rest),
            Tag::CodeBlock(kind) => self.code(&kind, rest),
            Tag::BlockQuote(Some(kind)) => self.alert(kind),
            Tag::Link {
                link_type, title, ..
            } => self.link(link_type, &title),
            Tag::Image { title, .. } => self.image(&title, rest),
            Tag::Table(alignments) => {
                self.alignments = alignments;
                let label = escaped(self.context.labels.table);
                self.html(format!(
                    "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{label}\"><table>"
                ));
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
            TagEnd::BlockQuote(Some(_)) => self.html("</aside>\n"),
            TagEnd::Link => {
                if let Some(close) = self.open_links.pop() {
                    self.inline_html(close);
                }
            }
            TagEnd::Table => self.html("</tbody></table></div>\n"),
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

    fn heading(&mut self, rest: &mut IntoIter<Event<'a>>) {
        let index = self.headings;
        self.headings += 1;
        let hidden = self.context.title_heading == Some(index);
        let heading = &self.context.outline.headings[index];
        // The page's title is its one h1.
        let level = heading.level.max(2);
        let id = escaped(&heading.id);
        let before = self.out.len();
        self.html(format!("<h{level} id=\"{id}\">"));
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
        let language = match kind {
            CodeBlockKind::Fenced(info) => fence_language(info),
            CodeBlockKind::Indented => "",
        };
        let html = if is_diagram(language) {
            self.undrawn(language, &code)
        } else {
            code_figure(language, &code)
        };
        self.html(html);
    }

    fn undrawn(&self, language: &str, source: &str) -> String {
        format!(
            "<figure class=\"dia\" data-language=\"{}\"><pre tabindex=\"0\"><code>{}</code></pre>\
             <figcaption>{}</figcaption></figure>\n",
            escaped(language),
            escaped_text(source),
            escaped_text(self.context.labels.undrawn)
        )
    }

    fn alert(&mut self, kind: BlockQuoteKind) {
        let (class, at) = match kind {
            BlockQuoteKind::Note => ("note", 0),
            BlockQuoteKind::Tip => ("tip", 1),
            BlockQuoteKind::Important => ("important", 2),
            BlockQuoteKind::Warning => ("warning", 3),
            BlockQuoteKind::Caution => ("caution", 4),
        };
        let title = escaped_text(self.context.labels.alerts[at]);
        self.html(format!(
            "<aside class=\"alert {class}\"><p class=\"alert-title\">{title}</p>\n"
        ));
    }

    fn next_link(&mut self) -> LinkHtml {
        let link = self.context.links.get(self.links).cloned();
        self.links += 1;
        link.unwrap_or_default()
    }

    fn link(&mut self, link_type: LinkType, title: &str) {
        let link = self.next_link();
        if matches!(link_type, LinkType::WikiLink { .. }) {
            let tooltip = escaped(self.context.labels.wikilink);
            self.inline_html(format!("<span class=\"wiki\" title=\"{tooltip}\">"));
            self.open_links.push("</span>");
            return;
        }
        let Some(href) = &link.href else {
            self.inline_html("<span class=\"gone\">");
            self.open_links.push("</span>");
            return;
        };
        let mut html = format!("<a href=\"{}\"", escaped_href(href));
        if !link.class.is_empty() {
            html.push_str(&format!(" class=\"{}\"", link.class));
        }
        if link.class == "ext" {
            html.push_str(" rel=\"noopener\"");
        }
        let title = if link.title.is_empty() {
            title
        } else {
            link.title
        };
        if !title.is_empty() {
            html.push_str(&format!(" title=\"{}\"", escaped(title)));
        }
        html.push('>');
        self.inline_html(html);
        self.open_links.push("</a>");
    }

    fn image(&mut self, title: &str, rest: &mut IntoIter<Event<'a>>) {
        let link = self.next_link();
        let mut alt = String::new();
        let mut open = 1;
        for event in rest.by_ref() {
            match event {
                Event::Start(Tag::Image { .. }) => {
                    self.links += 1;
                    open += 1;
                }
                Event::Start(Tag::Link { .. }) => self.links += 1,
                Event::End(TagEnd::Image) => open -= 1,
                Event::Text(text) | Event::Code(text) => alt.push_str(&text),
                Event::SoftBreak | Event::HardBreak => alt.push(' '),
                _ => {}
            }
            if open == 0 {
                break;
            }
        }
        let alt = escaped(&alt);
        let Some(src) = link.href else {
            self.inline_html(format!("<span class=\"gone\">{alt}</span>"));
            return;
        };
        let mut html = format!(
            "<img src=\"{}\" alt=\"{alt}\" loading=\"lazy\"",
            escaped_href(&src)
        );
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
        let number = self.notes.number(name);
        let times = self.notes.references.entry(number).or_default();
        *times += 1;
        let id = if *times == 1 {
            format!("fnref.{number}")
        } else {
            format!("fnref.{number}.{times}")
        };
        self.inline_html(format!(
            "<sup class=\"fn\"><a href=\"#fn.{number}\" id=\"{id}\">{number}</a></sup>"
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
            self.notes.number(&name);
        }
        let mut notes: Vec<_> = std::mem::take(&mut self.notes.bodies)
            .into_iter()
            .map(|(name, body)| (self.notes.number(&name), body))
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
            html.push_str(&format!("<li id=\"fn.{number}\">"));
            push_html(html, body.into_iter());
            if self.notes.references.contains_key(&number) {
                html.push_str(&format!(
                    " <a class=\"back-ref\" href=\"#fnref.{number}\" aria-label=\"{}\">↩</a>",
                    escaped(labels.back_to_text)
                ));
            }
            html.push_str("</li>\n");
        }
        html.push_str("</ol></section>\n");
    }
}

fn code_figure(language: &str, code: &str) -> String {
    let code = escaped_text(code);
    if language.is_empty() {
        return format!(
            "<figure class=\"code\"><pre tabindex=\"0\"><code>{code}</code></pre></figure>\n"
        );
    }
    let name = escaped(language);
    format!(
        "<figure class=\"code\"><figcaption><span>{name}</span></figcaption>\
         <pre tabindex=\"0\"><code class=\"language-{name}\">{code}</code></pre></figure>\n"
    )
}

/// Safe in an attribute and in text.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Writing to a string cannot fail.
    let _ = escape_html(&mut out, text);
    out
}

/// Safe in `href`, percent-encoded where it must be.
fn escaped_href(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    let _ = escape_href(&mut out, address);
    out
}

/// Safe in text; quotes stay as they are.
fn escaped_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let _ = escape_html_body_text(&mut out, text);
    out
}
