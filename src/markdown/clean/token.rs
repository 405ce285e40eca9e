//! Raw HTML in tokens, by the rules of the HTML standard's tokenizer, with their places.
//!
//! It knows nothing of elements: what is in `<script>` is read as anything else is, and the cleaner
//! skips it. Not here: the references in text, which stay as they are written.

use std::borrow::Cow;
use std::ops::Range;

use crate::html::decoded;

/// A tag with more attributes than this loses the rest: each is compared with those before it.
const MOST_ATTRIBUTES: usize = 100;

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Text(&'a str),
    /// Text in which nothing is markup or a reference: a CDATA section of a drawing.
    Characters(&'a str),
    Start(Tag<'a>),
    End(Tag<'a>),
    /// A comment, a doctype, a processing instruction.
    Comment,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// In lower case.
    pub(super) name: String,
    /// In the order of the text, without those that are there already.
    pub(super) attributes: Vec<Attribute<'a>>,
    pub(super) closes_itself: bool,
    /// Bytes of the text.
    pub(super) span: Range<usize>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Attribute<'a> {
    /// In lower case.
    pub(super) name: String,
    /// References resolved.
    pub(super) value: Cow<'a, str>,
}

impl Tag<'_> {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        let found = attributes.find(|attribute| attribute.name == name)?;
        Some(&found.value)
    }
}

/// Reads a text from a place on.
pub(super) struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn skip_to(&mut self, at: usize) {
        self.at = self.text.floor_char_boundary(at.max(self.at));
    }

    /// Skips text up to the end tag of an element in which no other tag counts, and over it. Whether
    /// there is one.
    pub(super) fn skip_past_end_of(&mut self, name: &str) -> bool {
        let bytes = self.text.as_bytes();
        while let Some(found) = self.text[self.at..].find("</") {
            let start = self.at + found;
            let end = start + 2 + name.len();
            self.at = start + 2;
            let is_name = bytes
                .get(start + 2..end)
                .is_some_and(|written| written.eq_ignore_ascii_case(name.as_bytes()));
            let ends = matches!(
                bytes.get(end),
                Some(b' ' | b'\t' | b'\n' | b'\x0c' | b'\r' | b'/' | b'>')
            );
            if is_name && ends {
                self.at = start;
                // Its attributes go with it.
                self.next(false);
                return true;
            }
        }
        self.at = self.text.len();
        false
    }

    /// The next token; `in_drawing` says whether a CDATA section can be here.
    pub(super) fn next(&mut self, in_drawing: bool) -> Option<Token<'a>> {
        let rest = &self.text[self.at..];
        if rest.is_empty() {
            return None;
        }
        if !rest.starts_with('<') {
            let end = rest.find('<').unwrap_or(rest.len());
            return Some(self.text_to(end));
        }
        let after = &rest[1..];
        let is_letter = |text: &str| text.starts_with(|c: char| c.is_ascii_alphabetic());
        if is_letter(after) {
            return Some(self.tag(1).map_or_else(|| self.unfinished(), Token::Start));
        }
        match after.as_bytes().first() {
            Some(b'/') if is_letter(&after[1..]) => {
                Some(self.tag(2).map_or_else(|| self.unfinished(), Token::End))
            }
            Some(b'/') if after.len() > 1 => Some(self.bogus_comment()),
            Some(b'!') if after.starts_with("!--") => Some(self.comment()),
            Some(b'!') if in_drawing && after.starts_with("![CDATA[") => Some(self.characters()),
            Some(b'!' | b'?') => Some(self.bogus_comment()),
            _ => Some(self.text_to(1)),
        }
    }

    fn text_to(&mut self, length: usize) -> Token<'a> {
        let text = &self.text[self.at..self.at + length];
        self.at += length;
        Token::Text(text)
    }

    /// A tag that does not end is text, and so is all that is behind it: nothing of it is lost.
    fn unfinished(&mut self) -> Token<'a> {
        self.text_to(self.text.len() - self.at)
    }

    fn skip_over(&mut self, end: &str) -> Option<&'a str> {
        let rest = &self.text[self.at..];
        let found = rest.find(end);
        self.at = found.map_or(self.text.len(), |found| self.at + found + end.len());
        found.map(|found| &rest[..found])
    }

    fn bogus_comment(&mut self) -> Token<'a> {
        self.skip_over(">");
        Token::Comment
    }

    fn comment(&mut self) -> Token<'a> {
        self.at += "<!--".len();
        let rest = &self.text[self.at..];
        for early in [">", "->"] {
            if rest.starts_with(early) {
                self.at += early.len();
                return Token::Comment;
            }
        }
        let mut ends = rest.match_indices('>').map(|(at, _)| at);
        let end = ends.find(|at| rest[..*at].ends_with("--") || rest[..*at].ends_with("--!"));
        self.at = end.map_or(self.text.len(), |end| self.at + end + 1);
        Token::Comment
    }

    fn characters(&mut self) -> Token<'a> {
        self.at += "<![CDATA[".len();
        let from = self.at;
        let found = self.skip_over("]]>");
        Token::Characters(found.unwrap_or(&self.text[from..]))
    }

    /// A tag whose name begins after `skip` bytes; none where it does not end.
    fn tag(&mut self, skip: usize) -> Option<Tag<'a>> {
        let mut reader = TagReader {
            text: self.text,
            at: self.at + skip,
        };
        let name = reader.take_while(|b| !is_space(b) && !matches!(b, b'/' | b'>'));
        let mut tag = Tag {
            name: name.to_ascii_lowercase(),
            attributes: Vec::new(),
            closes_itself: false,
            span: self.at..self.at,
        };
        tag.closes_itself = reader.attributes(&mut tag.attributes)?;
        tag.span.end = reader.at;
        self.at = reader.at;
        Some(tag)
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\x0c' | b'\r')
}

struct TagReader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> TagReader<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Every byte that ends something is ASCII, so that this cuts between characters.
    fn take_while(&mut self, holds: impl Fn(u8) -> bool) -> &'a str {
        let from = self.at;
        let rest = &self.text.as_bytes()[from..];
        let length = rest.iter().position(|byte| !holds(*byte));
        self.at = from + length.unwrap_or(rest.len());
        &self.text[from..self.at]
    }

    /// Reads up to the end of the tag. Whether it closes itself; none where it does not end.
    fn attributes(&mut self, found: &mut Vec<Attribute<'a>>) -> Option<bool> {
        loop {
            self.take_while(is_space);
            match self.peek()? {
                b'>' => {
                    self.at += 1;
                    return Some(false);
                }
                b'/' => {
                    self.at += 1;
                    if self.peek()? == b'>' {
                        self.at += 1;
                        return Some(true);
                    }
                }
                _ => {
                    let attribute = self.attribute()?;
                    if found.len() < MOST_ATTRIBUTES
                        && !found.iter().any(|known| known.name == attribute.name)
                    {
                        found.push(attribute);
                    }
                }
            }
        }
    }

    fn attribute(&mut self) -> Option<Attribute<'a>> {
        let from = self.at;
        // An equals sign at its beginning belongs to a name.
        self.at += usize::from(self.peek()? == b'=');
        self.take_while(|b| !is_space(b) && !matches!(b, b'/' | b'>' | b'='));
        let name = self.text[from..self.at].to_ascii_lowercase();
        let end = self.at;
        self.take_while(is_space);
        if self.peek()? != b'=' {
            self.at = end;
            let value = Cow::Borrowed("");
            return Some(Attribute { name, value });
        }
        self.at += 1;
        self.take_while(is_space);
        let value = self.value()?;
        Some(Attribute {
            name,
            value: decoded(value),
        })
    }

    fn value(&mut self) -> Option<&'a str> {
        match self.peek()? {
            quote @ (b'"' | b'\'') => {
                self.at += 1;
                let value = self.take_while(|b| b != quote);
                self.peek()?;
                self.at += 1;
                Some(value)
            }
            b'>' => Some(""),
            _ => Some(self.take_while(|b| !is_space(b) && b != b'>')),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let mut tokens = Tokens::new(text);
        let mut found = Vec::new();
        while let Some(token) = tokens.next(false) {
            found.push(match token {
                Token::Text(text) | Token::Characters(text) => text.to_owned(),
                Token::Comment => "#".to_owned(),
                Token::Start(tag) => format!("+{}", listed(&tag)),
                Token::End(tag) => format!("-{}", listed(&tag)),
            });
        }
        assert_eq!(tokens.at(), text.len());
        found
    }

    fn listed(tag: &Tag<'_>) -> String {
        let attributes = tag.attributes.iter();
        let list = attributes.map(|attribute| format!(" {}={}", attribute.name, attribute.value));
        let end = if tag.closes_itself { "/" } else { "" };
        format!("{}{}{end}", tag.name, list.collect::<String>())
    }

    #[test]
    fn tags_are_read_as_a_browser_reads_them() {
        for (text, tokens) in [
            ("a<b>c</b>", vec!["a", "+b", "c", "-b"]),
            ("<A HREF='x'id=\"y\"z>", vec!["+a href=x id=y z="]),
            ("<a/href=x/>", vec!["+a href=x/"]),
            ("<br/><br / ><p/x=1>", vec!["+br/", "+br", "+p x=1"]),
            ("<a =x=y = z=>", vec!["+a =x=y == z="]),
            ("<a b\n=\n\"&lt;>\" b=2 c>", vec!["+a b=<> c="]),
            ("<a\"b'<c=d>", vec!["+a\"b'<c=d"]),
            ("<a \"b'<c=d>", vec!["+a \"b'<c=d"]),
            ("</b x=1>", vec!["-b x=1"]),
            (
                "</ b></>x<3 < <",
                vec!["#", "#", "x", "<", "3 ", "<", " ", "<"],
            ),
            ("</", vec!["<", "/"]),
            ("a <b title=\"> x</b>", vec!["a ", "<b title=\"> x</b>"]),
        ] {
            assert_eq!(shown(text), tokens, "{text}");
        }
    }

    #[test]
    fn comments_end_where_they_end_in_a_browser() {
        for (text, tokens) in [
            ("<!-->a", vec!["#", "a"]),
            ("<!--->a", vec!["#", "a"]),
            ("<!-- a -- > --!> b", vec!["#", " b"]),
            ("<!----!>b<!---->c", vec!["#", "b", "#", "c"]),
            ("<!--a--->b", vec!["#", "b"]),
            ("<!-- <b>", vec!["#"]),
            ("<!doctype html>a<?php x > b", vec!["#", "a", "#", " b"]),
            ("<![CDATA[<b>]]>", vec!["#", "]]>"]),
        ] {
            assert_eq!(shown(text), tokens, "{text}");
        }
        let mut tokens = Tokens::new("<![CDATA[<b>]]>");
        assert_eq!(tokens.next(true), Some(Token::Characters("<b>")));
        assert_eq!(tokens.next(true), None);
    }
}
