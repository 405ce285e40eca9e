//! The box in which a table of raw HTML scrolls, what the table is called in it, and which of its rows
//! have no cell in the first column.
//!
//! Not here: tables of Markdown (`write`).

use crate::html::decoded;
use crate::html::elements::{Kind, goes_with_content, holds_text, kind};

use super::token::{Token, Tokens};
use crate::markdown::breaks;

/// What is written around a table that is in no other.
#[derive(Debug)]
pub struct TableBox {
    /// The start tag, by what the table says of itself; empty where it says nothing.
    pub open: fn(&TableBox, &str) -> String,
    pub close: &'static str,
    /// The word for a table.
    pub word: &'static str,
    /// The text of the heading above it.
    pub heading: String,
}

/// The first column of a table, of which cells may reach into the rows below them.
#[derive(Debug, Default)]
pub(super) struct FirstColumn {
    /// How many of the rows that come a cell reaches into.
    covered: usize,
    /// Whether the next cell of this row is in it.
    is_next: bool,
}

impl FirstColumn {
    /// Whether the next cell of this row is in it.
    pub(super) fn is_next(&self) -> bool {
        self.is_next
    }

    /// A part of the table begins: whether it is a row that has no cell of its own there. `rowspan` is
    /// what a cell says of itself.
    pub(super) fn is_under(&mut self, part: Kind, rowspan: Option<&str>) -> bool {
        match part {
            Kind::Table | Kind::Section => *self = Self::default(),
            Kind::Row => {
                let is_under = self.covered > 0;
                self.covered = self.covered.saturating_sub(1);
                self.is_next = !is_under;
                return is_under;
            }
            Kind::Cell if self.is_next => {
                let rows = rowspan.and_then(|rows| rows.trim().parse().ok());
                // None is all of the section.
                self.covered = rows.unwrap_or(1_usize).wrapping_sub(1);
                self.is_next = false;
            }
            _ => {}
        }
        false
    }
}

/// What a table says of itself, whose start tag is before this: its caption, or the heads of its first
/// row.
pub(super) fn name(rest: &str) -> String {
    let mut tokens = Tokens::new(rest);
    let mut name = String::new();
    let mut is_inside = false;
    let mut rows = 0;
    while let Some(token) = tokens.next(false) {
        match token {
            Token::Start(tag) => match tag.name.as_str() {
                "caption" | "th" => {
                    is_inside = true;
                    name.push_str(if name.is_empty() { "" } else { ", " });
                }
                "tr" if rows > 0 || !name.is_empty() => break,
                "tr" => rows += 1,
                "table" => break,
                "td" => is_inside = false,
                hidden if goes_with_content(hidden) && holds_text(hidden) => {
                    tokens.skip_past_end_of(hidden);
                }
                _ => {}
            },
            Token::End(tag) => match tag.name.as_str() {
                "caption" if !name.trim().is_empty() => break,
                "tr" | "table" => break,
                "caption" | "th" => is_inside = false,
                _ => {}
            },
            Token::Text(text) if is_inside => name.push_str(&decoded(text)),
            _ => {}
        }
    }
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a cell, whose start tag is before this, has a longer text: its column keeps room for a few
/// words in a line, as one of Markdown does.
pub(super) fn is_wide(rest: &str) -> bool {
    let mut tokens = Tokens::new(rest);
    let mut width = 0;
    while let Some(token) = tokens.next(false) {
        match token {
            Token::Text(text) => width += breaks::width(decoded(text).trim()),
            Token::Start(tag) | Token::End(tag) if kind(&tag.name).is_some_and(is_of_table) => {
                break;
            }
            _ => {}
        }
        if width > breaks::NARROW {
            return true;
        }
    }
    false
}

/// Whether a cell has no words, whose start tag is before this: the next is another part of the table.
pub(super) fn is_empty(rest: &str) -> bool {
    let (words, next) = rest.split_once('<').unwrap_or((rest, ""));
    let name = next
        .trim_start_matches('/')
        .split(|c: char| !c.is_ascii_alphanumeric())
        .next()
        .unwrap_or_default();
    decoded(words).trim().is_empty() && kind(&name.to_ascii_lowercase()).is_some_and(is_of_table)
}

fn is_of_table(kind: Kind) -> bool {
    kind == Kind::Table || kind.is_part()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_wide_by_its_own_text() {
        for (html, wide) in [
            (
                "<code>--concurrency</code></td><td>a text of many words",
                false,
            ),
            ("a <b>text of</b> many words</td>", true),
            ("긴 글이 온다 여기에", true),
            (
                "\n   short   \n\n\n            <tr><td>a text of many words",
                false,
            ),
        ] {
            assert_eq!(is_wide(html), wide, "{html}");
        }
    }

    #[test]
    fn a_table_is_called_by_its_caption_or_its_heads() {
        for (html, called) in [
            ("<caption>A &amp; <b>b</b></caption><tr><th>c", "A & b"),
            ("<thead><tr><th>a<th> b\n<tbody><tr><th>c", "a, b"),
            ("<tr><td>1</td><th>x</th></tr><tr><th>y", "x"),
            ("<tr><td>1</td></tr><tr><th>y</th></tr>", ""),
            ("<tr><th>a<script>x</script></th></tr>", "a"),
            ("</table><table><tr><th>no", ""),
        ] {
            assert_eq!(name(html), called, "{html}");
        }
    }
}
