//! The tags of a table, cell by cell.
//!
//! Not here: tables of raw HTML (`clean`).

use pulldown_cmark::Alignment;

use crate::markdown::escape::attribute as escaped;
use crate::markdown::labels::Labels;

/// A table: the alignments of its columns, and which cell comes next.
#[derive(Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
}

impl Table {
    pub(super) fn new(alignments: &[Alignment]) -> Self {
        Self {
            alignments: alignments.to_vec(),
            ..Self::default()
        }
    }

    /// Begins the row of the head, or one below it.
    pub(super) fn row(&mut self, in_head: bool) {
        self.in_head = in_head;
        self.column = 0;
    }

    /// Begins the next cell of the row: its element, and its attributes.
    pub(super) fn cell(&mut self) -> (&'static str, &'static str) {
        let class = match self.alignments.get(self.column) {
            Some(Alignment::Left) => " class=\"left\"",
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"right\"",
            Some(Alignment::None) | None => "",
        };
        self.column += 1;
        (if self.in_head { "th" } else { "td" }, class)
    }

    pub(super) fn close_cell(&self) -> &'static str {
        if self.in_head { "</th>" } else { "</td>" }
    }
}

/// The start tag of the box in which a wide table scrolls.
pub(super) fn open_box(labels: &Labels) -> String {
    let label = escaped(labels.table);
    format!("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{label}\">")
}
