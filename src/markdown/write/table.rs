//! The tags of a table, cell by cell.
//!
//! Not here: tables of raw HTML (`clean`).

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use super::rest::Rest;
use crate::markdown::breaks;
use crate::markdown::clean::TableBox;
use crate::markdown::escape::attribute as escaped;
use crate::markdown::labels::Labels;

/// A table's name, from the texts of its head, in characters.
const LONGEST_NAME: usize = 80;

/// A table: its columns, and which cell comes next.
#[derive(Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    is_wide: Vec<bool>,
    column: usize,
    in_head: bool,
    cell_name: &'static str,
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
                        // Such a column keeps room for a few words in a line.
                        *is_wide |= width > breaks::NARROW;
                    }
                    column += 1;
                }
                Event::Text(text) | Event::Code(text) => {
                    width += breaks::width(text);
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

    /// The start tag of the next cell of the row, in which `rest` comes. A head without words is the
    /// head of nothing.
    pub(super) fn cell(&mut self, rest: Rest<'_, '_>) -> String {
        self.cell_name = if self.in_head && !is_empty(rest) {
            "th"
        } else {
            "td"
        };
        let name = self.cell_name;
        let alignment = match self.alignments.get(self.column) {
            Some(Alignment::Left) => "left",
            Some(Alignment::Center) => "center",
            Some(Alignment::Right) => "right",
            Some(Alignment::None) | None => "",
        };
        let is_wide = self.is_wide.get(self.column) == Some(&true);
        self.column += 1;
        match (alignment, is_wide) {
            ("", false) => format!("<{name}>"),
            ("", true) => format!("<{name} class=\"w\">"),
            (class, false) => format!("<{name} class=\"{class}\">"),
            (class, true) => format!("<{name} class=\"{class} w\">"),
        }
    }

    /// The element of the cell that began last.
    pub(super) fn cell_name(&self) -> &'static str {
        self.cell_name
    }
}

fn is_empty(cell: Rest<'_, '_>) -> bool {
    let is_blank = |event: &Event<'_>| matches!(event, Event::Text(text) if text.trim().is_empty());
    let mut events = cell.iter().map(|(event, _)| event);
    let next = events.find(|event| !is_blank(event));
    matches!(next, Some(Event::End(TagEnd::TableCell)))
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
