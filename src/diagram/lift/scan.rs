//! The tags of an HTML text with their byte positions.
//!
//! Follows the tokenizer of the HTML standard to the extent that finding tags needs: comments,
//! quoted attributes, raw text, CDATA in foreign content, and the points where SVG turns back into
//! HTML.
//!
//! Not here: a tree, attribute values, character references, the doubly escaped state of scripts.

use std::ops::Range;

/// Elements whose content is text up to their end tag.
const RAW: [&str; 9] = [
    "script", "style", "xmp", "iframe", "noembed", "noframes", "noscript", "textarea", "title",
];
/// SVG elements whose content is HTML again.
const INTEGRATION: [&str; 3] = ["foreignobject", "desc", "title"];
/// Start tags that end foreign content.
const BREAKOUT: [&str; 44] = [
    "b",
    "big",
    "blockquote",
    "body",
    "br",
    "center",
    "code",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "hr",
    "i",
    "img",
    "li",
    "listing",
    "menu",
    "meta",
    "nobr",
    "ol",
    "p",
    "pre",
    "ruby",
    "s",
    "small",
    "span",
    "strong",
    "strike",
    "sub",
    "sup",
    "table",
    "tt",
    "u",
    "ul",
    "var",
];
/// How far up an end tag looks for its start tag, so that a page of nested tags is read in linear
/// time.
const LOOK_UP: usize = 512;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag {
    /// In lower case.
    pub(super) name: String,
    /// From `<` to after `>`.
    pub(super) range: Range<usize>,
    /// The offset after the last byte of the name.
    pub(super) name_end: usize,
    pub(super) is_end: bool,
    /// `/>` in foreign content. Elsewhere HTML ignores the slash.
    pub(super) is_empty: bool,
    pub(super) attributes: usize,
}

/// Reads the tags of a text in order.
pub(super) struct Tags<'a> {
    html: &'a str,
    at: usize,
    /// The raw text element that the last tag opened.
    raw: Option<String>,
    foreign: Vec<Open>,
}

/// An open element that determines how its content is read.
struct Open {
    name: String,
    is_foreign: bool,
}

enum Found {
    Tag(Tag),
    /// Not a tag; continue at this offset.
    Skip(usize),
    /// Something that is never closed: the rest is not markup.
    Nothing,
}

impl<'a> Tags<'a> {
    pub(super) fn new(html: &'a str) -> Self {
        Tags {
            html,
            at: 0,
            raw: None,
            foreign: Vec::new(),
        }
    }

    fn in_foreign(&self) -> bool {
        self.foreign.last().is_some_and(|open| open.is_foreign)
    }

    fn from(&self, at: usize) -> &'a str {
        self.html.get(at..).unwrap_or_default()
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.html.as_bytes().get(at).copied()
    }

    /// The offset after the first `needle` from `at` on.
    fn behind(&self, needle: &str, at: usize) -> Option<usize> {
        self.from(at).find(needle).map(|i| at + i + needle.len())
    }

    fn markup(&self, at: usize) -> Found {
        match self.byte(at + 1) {
            Some(b'!') => self.declaration(at),
            Some(b'?') => self.bogus(at + 2),
            Some(b'/') => match self.byte(at + 2) {
                Some(letter) if letter.is_ascii_alphabetic() => self.tag(at, true),
                _ => self.bogus(at + 2),
            },
            Some(letter) if letter.is_ascii_alphabetic() => self.tag(at, false),
            _ => Found::Skip(at + 1),
        }
    }

    fn bogus(&self, at: usize) -> Found {
        self.behind(">", at).map_or(Found::Nothing, Found::Skip)
    }

    fn declaration(&self, at: usize) -> Found {
        let text = self.from(at);
        if text.starts_with("<!--") {
            return self.comment(at + 4);
        }
        if self.in_foreign() && text.starts_with("<![CDATA[") {
            return self.behind("]]>", at).map_or(Found::Nothing, Found::Skip);
        }
        self.bogus(at + 2)
    }

    /// A comment whose text begins at `at`. `<!-->` and `<!--->` are whole comments.
    fn comment(&self, at: usize) -> Found {
        for whole in [">", "->"] {
            if self.from(at).starts_with(whole) {
                return Found::Skip(at + whole.len());
            }
        }
        let mut from = at;
        while let Some(dashes) = self.behind("--", from) {
            let rest = self.from(dashes);
            for (end, length) in [(">", 1), ("!>", 2)] {
                if rest.starts_with(end) {
                    return Found::Skip(dashes + length);
                }
            }
            from = dashes - 1;
        }
        Found::Nothing
    }

    fn tag(&self, at: usize, is_end: bool) -> Found {
        let name_start = at + 1 + usize::from(is_end);
        let name_end = self.until(name_start, |byte| {
            byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>')
        });
        let Some((end, has_slash, attributes)) = self.attributes(name_end) else {
            return Found::Nothing;
        };
        Found::Tag(Tag {
            name: self
                .html
                .get(name_start..name_end)
                .unwrap_or_default()
                .to_ascii_lowercase(),
            range: at..end,
            name_end,
            is_end,
            is_empty: has_slash,
            attributes,
        })
    }

    /// The offset after the tag, whether it ends with a slash, and its number of attributes.
    fn attributes(&self, mut at: usize) -> Option<(usize, bool, usize)> {
        let mut count = 0;
        let mut has_slash = false;
        loop {
            match self.byte(at)? {
                b'>' => return Some((at + 1, has_slash, count)),
                b'/' => {
                    has_slash = true;
                    at += 1;
                }
                byte if byte.is_ascii_whitespace() => {
                    has_slash = false;
                    at += 1;
                }
                _ => {
                    has_slash = false;
                    count += 1;
                    at = self.attribute(at)?;
                }
            }
        }
    }

    /// The offset after the attribute that begins at `at`. A leading `=` belongs to its name.
    fn attribute(&self, at: usize) -> Option<usize> {
        let name_end = self.until(at + 1, |byte| {
            byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>' | b'=')
        });
        let equals = self.until(name_end, |byte| !byte.is_ascii_whitespace());
        if self.byte(equals)? != b'=' {
            return Some(name_end);
        }
        let value = self.until(equals + 1, |byte| !byte.is_ascii_whitespace());
        match self.byte(value)? {
            b'"' => self.behind("\"", value + 1),
            b'\'' => self.behind("'", value + 1),
            b'>' => Some(value),
            _ => Some(self.until(value, |byte| byte.is_ascii_whitespace() || byte == b'>')),
        }
    }

    fn until(&self, at: usize, is_end: impl Fn(u8) -> bool) -> usize {
        let bytes = self.html.as_bytes().get(at..).unwrap_or_default();
        at + bytes
            .iter()
            .position(|byte| is_end(*byte))
            .unwrap_or(bytes.len())
    }

    /// The offset of a raw text element's end tag.
    fn raw_end(&self, name: &str) -> Option<usize> {
        let mut at = self.at;
        loop {
            let behind = self.behind("</", at)?;
            let rest = self.html.as_bytes().get(behind..).unwrap_or_default();
            let is_name = rest
                .get(..name.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()));
            let is_whole = rest
                .get(name.len())
                .is_some_and(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'));
            if is_name && is_whole {
                return Some(behind - 2);
            }
            at = behind;
        }
    }

    /// Updates how the text after the tag is read.
    fn pass(&mut self, tag: &mut Tag) {
        if tag.is_end {
            tag.is_empty = false;
            self.close(&tag.name);
            return;
        }
        if self.in_foreign() && BREAKOUT.contains(&tag.name.as_str()) {
            self.leave_foreign();
        }
        let is_foreign = matches!(tag.name.as_str(), "svg" | "math");
        let was_foreign = self.in_foreign();
        tag.is_empty &= was_foreign || is_foreign;
        if tag.is_empty {
            return;
        }
        if is_foreign || (was_foreign && INTEGRATION.contains(&tag.name.as_str())) {
            self.foreign.push(Open {
                name: tag.name.clone(),
                is_foreign,
            });
        } else if !was_foreign && RAW.contains(&tag.name.as_str()) {
            self.raw = Some(tag.name.clone());
        }
    }

    fn close(&mut self, name: &str) {
        if self.in_foreign() && matches!(name, "p" | "br") {
            self.leave_foreign();
        }
        let floor = self.foreign.len().saturating_sub(LOOK_UP);
        let open = self.foreign.iter().skip(floor);
        if let Some(found) = open.rev().position(|open| open.name == name) {
            self.foreign.truncate(self.foreign.len() - found - 1);
        }
    }

    fn leave_foreign(&mut self) {
        while self.in_foreign() {
            self.foreign.pop();
        }
    }
}

impl Iterator for Tags<'_> {
    type Item = Tag;

    fn next(&mut self) -> Option<Tag> {
        if let Some(name) = self.raw.take() {
            self.at = self.raw_end(&name).unwrap_or(self.html.len());
        }
        loop {
            let at = self.at + self.from(self.at).find('<')?;
            match self.markup(at) {
                Found::Tag(mut tag) => {
                    self.at = tag.range.end;
                    self.pass(&mut tag);
                    return Some(tag);
                }
                Found::Skip(to) => self.at = to,
                Found::Nothing => {
                    self.at = self.html.len();
                    return None;
                }
            }
        }
    }
}
