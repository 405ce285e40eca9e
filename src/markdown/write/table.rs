//! The tags of a table, cell by cell.
//!
//! Not here: tables of raw HTML (`clean`).

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use super::rest::Rest;
use crate::markdown::clean::TableBox;
use crate::markdown::escape::attribute as escaped;
use crate::markdown::labels::Labels;

/// A column of longer texts keeps room for a few words in a line; a narrower one is as wide as its
/// words. Hangul counts twice.
const NARROW: usize = 16;
/// A table's name, from the texts of its head, in characters.
const LONGEST_NAME: usize = 80;

/// A table: its columns, and which cell comes next.
#[derive(Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    is_wide: Vec<bool>,
    column: usize,
    in_head: bool,
    in_cell: bool,
    /// The texts of its head.
    name: String,
}

impl Table {
    /// Of the events that come after its start.
    pub(super) fn new(alignments: &[Alignment], rest: Rest<'_, '_>) -> Self {
        let mut table = Self {
            alignments: alignments.to_vec(),
            is_wide: vec![false; alignments.len()],
            ..Self::default()
        };
        table.measure(rest);
        table
    }

    fn measure(&mut self, rest: Rest<'_, '_>) {
        let (mut column, mut width, mut in_head) = (0, 0, false);
        for (event, _) in rest {
            match event {
                Event::End(TagEnd::Table) => break,
                Event::Start(Tag::TableHead) => (column, in_head) = (0, true),
                Event::Start(Tag::TableRow) => (column, in_head) = (0, false),
                Event::Start(Tag::TableCell) => {
                    width = 0;
                    if in_head && !self.name.is_empty() {
                        self.name.push_str(", ");
                    }
                }
                Event::End(TagEnd::TableCell) => {
                    if let Some(is_wide) = self.is_wide.get_mut(column) {
                        *is_wide |= width > NARROW;
                    }
                    column += 1;
                }
                Event::Text(text) | Event::Code(text) => {
                    width += text
                        .chars()
                        .map(|c| 1 + usize::from(c >= '\u{1100}'))
                        .sum::<usize>();
                    if in_head {
                        self.name.push_str(text);
                    }
                }
                _ => {}
            }
        }
    }

    /// The start tags of the table, and of the box in which it scrolls.
    pub(super) fn open(&self, table_box: &TableBox) -> String {
        format!("{}<table>", open_box(table_box, &self.name))
    }

    /// Begins the row of the head, or one below it.
    pub(super) fn row(&mut self, in_head: bool) {
        self.in_head = in_head;
        self.column = 0;
    }

    /// The start tag of the next cell of the row.
    pub(super) fn cell(&mut self) -> (&'static str, String) {
        let name = if self.in_head { "th" } else { "td" };
        let alignment = match self.alignments.get(self.column) {
            Some(Alignment::Left) => "left",
            Some(Alignment::Center) => "center",
            Some(Alignment::Right) => "right",
            Some(Alignment::None) | None => "",
        };
        let is_wide = self.is_wide.get(self.column) == Some(&true);
        self.column += 1;
        self.in_cell = true;
        let tag = match (alignment, is_wide) {
            ("", false) => format!("<{name}>"),
            ("", true) => format!("<{name} class=\"w\">"),
            (class, false) => format!("<{name} class=\"{class}\">"),
            (class, true) => format!("<{name} class=\"{class} w\">"),
        };
        (name, tag)
    }

    pub(super) fn close_cell(&mut self) -> &'static str {
        self.in_cell = false;
        if self.in_head { "</th>" } else { "</td>" }
    }

    /// Code of the cell that is open, in parts between which a line may end: after `_`, `.` and `/`,
    /// and between camel-case words. In one part where it is short, or in no table.
    pub(super) fn code<'c>(&self, code: &'c str) -> Vec<&'c str> {
        let is_short = code.len() <= NARROW;
        if !self.in_cell || is_short {
            return vec![code];
        }
        let mut parts = Vec::new();
        let mut start = 0;
        let mut before = ' ';
        for (at, c) in code.char_indices() {
            let is_sign = |c| matches!(c, '_' | '.' | '/');
            let is_hump = before.is_lowercase() && c.is_uppercase();
            if at > start && (is_hump || is_sign(before) && !is_sign(c)) {
                parts.push(&code[start..at]);
                start = at;
            }
            before = c;
        }
        parts.push(&code[start..]);
        parts
    }
}

/// The box in which a wide table scrolls.
pub(super) fn table_box(labels: &Labels, heading: &str) -> TableBox {
    TableBox {
        open: open_box,
        close: "</div>",
        word: labels.table,
        heading: heading.to_owned(),
    }
}

/// It is called by what the table says of itself, or else by the heading above.
fn open_box(table_box: &TableBox, said: &str) -> String {
    let short = |name: &str| name.chars().take(LONGEST_NAME).collect::<String>();
    let names = [short(said), short(&table_box.heading)];
    let mut names = names.iter().map(|name| name.trim_matches([',', ' ']));
    let word = table_box.word;
    let name = match names.find(|name| !name.is_empty()) {
        Some(name) => escaped(&format!("{word}: {name}")),
        None => escaped(word),
    };
    format!("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"{name}\">")
}
