//! The one place that makes a Markdown parser: which extensions are on, Korean emphasis, and bare
//! addresses as links (`autolink`).
//!
//! The flanking rule of `CommonMark` leaves `**"인용"**은` as literal asterisks, because a closing run
//! after punctuation must be followed by white space or punctuation, and Korean puts a particle
//! there. A sentinel, itself punctuation, is set beside such a run before parsing and removed from
//! the events afterwards; byte ranges are those of the text as written.
//!
//! Not here: smart punctuation (`--flag` must stay `--flag`).

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag};
use unicode_properties::{GeneralCategoryGroup as Group, UnicodeGeneralCategory};

use super::autolink::Autolinks;

/// Punctuation that no document uses: OLD SOUTH ARABIAN NUMERIC INDICATOR.
const SENTINEL: char = '\u{10A7F}';

/// What a Markdown text may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// The specification and nothing else.
    CommonMark,
    /// What a site's documents are written in: GFM's extensions, footnotes, definition lists,
    /// heading attributes, wikilinks, and emphasis that Korean can close.
    Site,
}

/// A Markdown text, made ready for the parser.
#[derive(Debug)]
pub struct Source<'a> {
    written: &'a str,
    dialect: Dialect,
    text: Cow<'a, str>,
    /// Byte offsets, in the text as written, that a sentinel precedes. Ascending.
    inserted: Vec<usize>,
}

impl<'a> Source<'a> {
    /// Reads `text`, which is the body of a site's document without its front matter.
    pub fn new(text: &'a str) -> Self {
        Self::of(text, Dialect::Site)
    }

    /// Reads `text` in a dialect.
    pub fn of(text: &'a str, dialect: Dialect) -> Self {
        let inserted = if dialect == Dialect::CommonMark || text.contains(SENTINEL) {
            Vec::new()
        } else {
            sentinels(text)
        };
        Self {
            written: text,
            dialect,
            text: marked(text, &inserted),
            inserted,
        }
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
                undefined(&link.reference, self.original(link.span));
            }
            None
        };
        let options = options(self.dialect);
        let parser = Parser::new_with_broken_link_callback(&self.text, options, Some(broken))
            .into_offset_iter()
            .map(|(event, range)| (self.clean(event), self.original(range)));
        Autolinks::new(parser, self.dialect == Dialect::Site)
    }

    /// The definitions of references, `[name]: target`: each target, and the bytes of all of it in
    /// the text as written.
    pub fn definitions(&self) -> Vec<(String, Range<usize>)> {
        let parser = Parser::new_ext(&self.text, options(self.dialect));
        let definitions = parser.reference_definitions().iter();
        definitions
            .map(|(_, found)| {
                let target = strip(found.dest.clone()).to_string();
                (target, self.original(found.span.clone()))
            })
            .collect()
    }

    fn clean<'e>(&self, event: Event<'e>) -> Event<'e> {
        if self.inserted.is_empty() {
            event
        } else {
            strip_event(event)
        }
    }

    fn original(&self, range: Range<usize>) -> Range<usize> {
        self.original_offset(range.start)..self.original_offset(range.end)
    }

    /// The sentinels before `at` moved it by four bytes each: find how many there are.
    fn original_offset(&self, at: usize) -> usize {
        let width = SENTINEL.len_utf8();
        let mut before = 0;
        let mut step = self.inserted.len();
        while step > 0 {
            let half = step / 2;
            let probe = before + half;
            if self.inserted[probe] + probe * width < at {
                before = probe + 1;
                step -= half + 1;
            } else {
                step = half;
            }
        }
        at.saturating_sub(before * width)
    }
}

/// The text with a sentinel at each of these offsets.
fn marked<'a>(text: &'a str, inserted: &[usize]) -> Cow<'a, str> {
    if inserted.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut marked = String::with_capacity(text.len() + inserted.len() * SENTINEL.len_utf8());
    let mut last = 0;
    for &at in inserted {
        marked.push_str(&text[last..at]);
        marked.push(SENTINEL);
        last = at;
    }
    marked.push_str(&text[last..]);
    Cow::Owned(marked)
}

/// Alerts are not an option here: the parser's know neither titles nor kinds of one's own (`alert`).
fn options(dialect: Dialect) -> Options {
    if dialect == Dialect::CommonMark {
        return Options::empty();
    }
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_WIKILINKS
}

/// Where a delimiter run is between punctuation and a Korean, Chinese or Japanese letter.
fn sentinels(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let mark = bytes[at];
        if mark != b'*' && mark != b'~' {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len() && bytes[at] == mark {
            at += 1;
        }
        let before = text[..start].chars().next_back();
        let after = text[at..].chars().next();
        let (Some(before), Some(after)) = (before, after) else {
            continue;
        };
        if before.is_whitespace() || after.is_whitespace() || before == '\\' {
            continue;
        }
        if !is_cjk(before) && !is_cjk(after) {
            continue;
        }
        match (is_punctuation(before), is_punctuation(after)) {
            (false, true) => found.push(start),
            (true, false) => found.push(at),
            _ => {}
        }
    }
    found
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(
            c.general_category_group(),
            Group::Punctuation | Group::Symbol
        )
}

fn is_cjk(c: char) -> bool {
    matches!(c as u32,
        0x1100..=0x11FF | 0x2E80..=0x33FF | 0x3400..=0x4DBF | 0x4E00..=0xA4CF
        | 0xA960..=0xA97F | 0xAC00..=0xD7FF | 0xF900..=0xFAFF | 0xFE10..=0xFE1F
        | 0xFE30..=0xFE6F | 0xFF00..=0xFFEF | 0x20000..=0x3FFFF)
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
