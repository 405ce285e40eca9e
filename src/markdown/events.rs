//! The one place that makes a Markdown parser: which extensions are on, what is changed in the text
//! before it is read (`prepare`), and bare addresses as links (`autolink`).
//!
//! A sentinel that `prepare` put in is removed from the events; byte ranges are those of the text
//! as written.
//!
//! Not here: smart punctuation (`--flag` must stay `--flag`).

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag};

use super::autolink::Autolinks;
use super::math;
pub use super::prepare::obsidian_comments;
use super::prepare::{BlockId, Edit, Prepared, SENTINEL, prepare};

/// What a Markdown text may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// The specification and nothing else.
    CommonMark,
    /// What a site's documents are written in: GFM's extensions, footnotes, definition lists,
    /// heading attributes, wikilinks, and emphasis that Korean can close. `math`: formulas too.
    Site { math: bool },
    /// The same with Obsidian's comments and block ids: where wikilinks are links.
    Obsidian { math: bool },
}

/// A Markdown text, made ready for the parser.
#[derive(Debug)]
pub struct Source<'a> {
    written: &'a str,
    dialect: Dialect,
    options: Options,
    text: Cow<'a, str>,
    /// Where the two texts differ, ascending.
    shifts: Vec<Shift>,
    blocks: Vec<BlockId>,
}

/// An event and its bytes.
type Placed<'e> = (Event<'e>, Range<usize>);

/// A part of the text as written, and what is in its place in the text that the parser reads.
#[derive(Debug)]
struct Shift {
    written: Range<usize>,
    read: Range<usize>,
}

impl<'a> Source<'a> {
    /// Reads `text`, which is the body of a site's document without its front matter.
    pub fn new(text: &'a str) -> Self {
        Self::of(text, Dialect::Site { math: true })
    }

    /// Reads `text` in a dialect.
    pub fn of(text: &'a str, dialect: Dialect) -> Self {
        let options = options(dialect);
        let prepared = match dialect {
            Dialect::CommonMark => Prepared {
                edits: Vec::new(),
                blocks: Vec::new(),
                options,
            },
            Dialect::Site { .. } => prepare(text, options, false),
            Dialect::Obsidian { .. } => prepare(text, options, true),
        };
        let (read, shifts) = edited(text, &prepared.edits);
        Self {
            written: text,
            dialect,
            options: prepared.options,
            text: read,
            shifts,
            blocks: prepared.blocks,
        }
    }

    /// The blocks that have a name of Obsidian's, in order.
    pub fn block_ids(&self) -> &[BlockId] {
        &self.blocks
    }

    /// Whether it begins with a paragraph, and with no other block.
    pub fn begins_paragraph(&self) -> bool {
        let first = self.events().next();
        matches!(first, Some((Event::Start(Tag::Paragraph), _)))
    }

    /// Whether formulas are read.
    pub fn has_formulas(&self) -> bool {
        self.options.contains(Options::ENABLE_MATH)
    }

    /// The text as written.
    pub fn written(&self) -> &'a str {
        self.written
    }

    /// The events with their byte ranges in the text as written.
    pub fn events(&self) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
        self.events_and(|_, _| {})
    }

    /// The same; `undefined` is passed each `[text][name]` whose name is not defined, which stays
    /// text: its name, and its bytes in the text as written.
    pub fn events_and<'s>(
        &'s self,
        mut undefined: impl FnMut(&str, Range<usize>) + 's,
    ) -> impl Iterator<Item = (Event<'s>, Range<usize>)> {
        let broken = move |link: BrokenLink<'s>| {
            // `[x]` alone is more often a bracket than a reference.
            if matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) {
                undefined(&strip(link.reference), self.original(link.span));
            }
            None
        };
        let parser = Parser::new_with_broken_link_callback(&self.text, self.options, Some(broken))
            .into_offset_iter()
            .flat_map(|(event, range)| {
                let (whole, pieces) = self.pieces(event, range);
                whole.into_iter().chain(pieces)
            })
            .map(|(event, range)| (self.clean(event), self.original(range)))
            .map(|(event, range)| (self.formula(event, &range), range));
        Autolinks::new(parser, self.dialect != Dialect::CommonMark)
    }

    /// The definitions of references, `[name]: target`: each target, and the bytes of all of it in
    /// the text as written.
    pub fn definitions(&self) -> Vec<(String, Range<usize>)> {
        let parser = Parser::new_ext(&self.text, self.options);
        let definitions = parser.reference_definitions().iter();
        definitions
            .map(|(_, found)| {
                let target = strip(found.dest.clone()).to_string();
                (target, self.original(found.span.clone()))
            })
            .collect()
    }

    /// Running text in which something was put in or left out, in pieces that hold neither: the
    /// places in each are then those of the text as written. Any other event is whole, and costs no
    /// allocation.
    fn pieces<'e>(
        &self,
        event: Event<'e>,
        range: Range<usize>,
    ) -> (Option<Placed<'e>>, Vec<Placed<'e>>) {
        let first = self
            .shifts
            .partition_point(|shift| shift.read.end <= range.start);
        let inside = self.shifts[first..]
            .iter()
            .take_while(|shift| shift.read.start < range.end);
        let text = match event {
            Event::Text(text) if text.len() == range.len() && inside.clone().count() > 0 => text,
            event => return (Some((event, range)), Vec::new()),
        };
        let mut pieces = Vec::new();
        let mut from = range.start;
        let ends = inside.map(|shift| (shift.read.start, shift.read.end));
        for (start, end) in ends.chain([(range.end, range.end)]) {
            let start = start.max(from);
            if start > from {
                let piece = text[from - range.start..start - range.start].to_owned();
                pieces.push((Event::Text(piece.into()), from..start));
            }
            from = end.min(range.end);
        }
        (None, pieces)
    }

    fn clean<'e>(&self, event: Event<'e>) -> Event<'e> {
        let event = without_escape(event);
        if self.shifts.is_empty() {
            event
        } else {
            strip_event(event)
        }
    }

    /// What is left of dollar signs that begin no formula is the text that was written.
    fn formula<'e>(&self, event: Event<'e>, range: &Range<usize>) -> Event<'e> {
        let (tex, is_block) = match event {
            Event::DisplayMath(tex) => (tex, true),
            Event::InlineMath(tex) => (tex, false),
            event => return event,
        };
        if !math::is_formula(self.written, range, &tex) {
            Event::Text(math::written(&tex, is_block).into())
        } else if is_block {
            Event::DisplayMath(tex)
        } else {
            Event::InlineMath(tex)
        }
    }

    fn original(&self, range: Range<usize>) -> Range<usize> {
        let start = self.original_start(range.start);
        start..self.original_end(range.end).max(start)
    }

    /// What begins behind an edit begins behind what was written there.
    fn original_start(&self, at: usize) -> usize {
        let next = self.shifts.partition_point(|shift| shift.read.end <= at);
        match self.shifts.get(next) {
            Some(within) if within.read.start < at => within.written.start,
            _ => moved(self.shifts[..next].last(), at),
        }
    }

    /// What ends before an edit ends before what was written there.
    fn original_end(&self, at: usize) -> usize {
        let next = self.shifts.partition_point(|shift| shift.read.start < at);
        match self.shifts[..next].last() {
            Some(within) if at < within.read.end => within.written.end,
            last => moved(last, at),
        }
    }
}

/// An offset behind an edit, in the text as written.
fn moved(last: Option<&Shift>, at: usize) -> usize {
    last.map_or(at, |shift| shift.written.end + (at - shift.read.end))
}

/// The text with its edits, and where the two differ.
fn edited<'a>(text: &'a str, edits: &[Edit]) -> (Cow<'a, str>, Vec<Shift>) {
    if edits.is_empty() {
        return (Cow::Borrowed(text), Vec::new());
    }
    let inserted: usize = edits.iter().map(|edit| edit.inserted.len()).sum();
    let mut read = String::with_capacity(text.len() + inserted);
    let mut shifts = Vec::with_capacity(edits.len());
    let mut last = 0;
    for edit in edits {
        read.push_str(&text[last..edit.at]);
        let start = read.len();
        read.push_str(&edit.inserted);
        last = edit.at + edit.removed;
        shifts.push(Shift {
            written: edit.at..last,
            read: start..read.len(),
        });
    }
    read.push_str(&text[last..]);
    (Cow::Owned(read), shifts)
}

/// Alerts are not an option here: the parser's know neither titles nor kinds of one's own (`alert`).
fn options(dialect: Dialect) -> Options {
    let math = match dialect {
        Dialect::CommonMark => return Options::empty(),
        Dialect::Site { math } | Dialect::Obsidian { math } => math,
    };
    let formulas = if math {
        Options::ENABLE_MATH
    } else {
        Options::empty()
    };
    formulas
        | Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_WIKILINKS
}

/// In a table, Obsidian writes `[[note\|label]]`: the backslash belongs to the cell.
fn without_escape(event: Event<'_>) -> Event<'_> {
    let unescaped = |target: CowStr<'_>| match target.strip_suffix('\\') {
        Some(name) => name.to_owned().into(),
        None => target.into_string().into(),
    };
    match event {
        Event::Start(Tag::Link {
            link_type: link_type @ LinkType::WikiLink { has_pothole: true },
            dest_url,
            title,
            id,
        }) => Event::Start(Tag::Link {
            link_type,
            dest_url: unescaped(dest_url),
            title,
            id,
        }),
        Event::Start(Tag::Image {
            link_type: link_type @ LinkType::WikiLink { has_pothole: true },
            dest_url,
            title,
            id,
        }) => Event::Start(Tag::Image {
            link_type,
            dest_url: unescaped(dest_url),
            title,
            id,
        }),
        other => other,
    }
}

fn strip(text: CowStr<'_>) -> CowStr<'_> {
    if text.contains(SENTINEL) {
        text.replace(SENTINEL, "").into()
    } else {
        text
    }
}

fn strip_event(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Text(text) => Event::Text(strip(text)),
        Event::Code(text) => Event::Code(strip(text)),
        Event::InlineMath(tex) => Event::InlineMath(strip(tex)),
        Event::DisplayMath(tex) => Event::DisplayMath(strip(tex)),
        Event::Html(text) => Event::Html(strip(text)),
        Event::InlineHtml(text) => Event::InlineHtml(strip(text)),
        Event::FootnoteReference(name) => Event::FootnoteReference(strip(name)),
        Event::Start(tag) => Event::Start(strip_tag(tag)),
        other => other,
    }
}

fn strip_tag(tag: Tag<'_>) -> Tag<'_> {
    match tag {
        Tag::Link {
            link_type,
            dest_url,
            title,
            id,
        } => Tag::Link {
            link_type,
            dest_url: strip(dest_url),
            title: strip(title),
            id: strip(id),
        },
        Tag::Image {
            link_type,
            dest_url,
            title,
            id,
        } => Tag::Image {
            link_type,
            dest_url: strip(dest_url),
            title: strip(title),
            id: strip(id),
        },
        Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
            Tag::CodeBlock(CodeBlockKind::Fenced(strip(info)))
        }
        Tag::FootnoteDefinition(name) => Tag::FootnoteDefinition(strip(name)),
        Tag::Heading {
            level,
            id,
            classes,
            attrs,
        } => Tag::Heading {
            level,
            id: id.map(strip),
            classes,
            attrs,
        },
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str) -> String {
        let source = Source::new(text);
        let mut out = String::new();
        pulldown_cmark::html::push_html(&mut out, source.events().map(|(event, _)| event));
        out
    }

    #[test]
    fn emphasis_closes_before_a_particle() {
        assert_eq!(
            html("**\"인용\"**은"),
            "<p><strong>\"인용\"</strong>은</p>\n"
        );
        assert_eq!(
            html("앞**`c`**뒤 ~~취소(x)~~는"),
            "<p>앞<strong><code>c</code></strong>뒤 <del>취소(x)</del>는</p>\n"
        );
        assert_eq!(
            html("`**\"인용\"**은`"),
            "<p><code>**\"인용\"**은</code></p>\n"
        );
        assert_eq!(html("2 * 3 * 4"), "<p>2 * 3 * 4</p>\n");
    }

    #[test]
    fn ranges_are_those_of_the_text_as_written() {
        let text = "**\"인용\"**은 **(나)**를 [라벨](gw__note-a.html) 끝";
        let source = Source::new(text);
        let link = source
            .events()
            .find_map(|(event, range)| {
                matches!(event, Event::Start(Tag::Link { .. })).then_some(range)
            })
            .expect("a link");
        assert_eq!(&text[link], "[라벨](gw__note-a.html)");
    }
}
