//! An HTML label as lines of plain text: a line for each `<br/>` and each row of a table, the cells
//! of a row side by side.
//!
//! Not here: what letters look like (bold, colours, sizes), images, the widths of cells and ports,
//! all of which are read and dropped, and which labels are HTML.

use scraper::{ElementRef, Html, Node};

use super::blocks::{below, beside};
use super::limits::{MAX_LABEL, MAX_NESTING};

/// `None` if the label or its text is longer than [`MAX_LABEL`].
pub(super) fn text(label: &str) -> Option<String> {
    if label.len() > MAX_LABEL {
        return None;
    }
    let tree = Html::parse_fragment(label);
    let mut flow = Flow::default();
    flow.read(tree.root_element(), 0)?;
    Some(flow.finish().join("\n"))
}

/// Whether a label has a table, which Graphviz draws with borders of its own.
pub(super) fn has_table(label: &str) -> bool {
    label.to_ascii_lowercase().contains("<table")
}

#[derive(Default)]
struct Flow {
    lines: Vec<String>,
    /// The line that is being written.
    open: String,
}

impl Flow {
    /// `None` if a table's text is longer than [`MAX_LABEL`].
    fn read(&mut self, element: ElementRef<'_>, depth: usize) -> Option<()> {
        if depth > MAX_NESTING {
            element.text().for_each(|text| self.open.push_str(text));
            return Some(());
        }
        for child in element.children() {
            if let Node::Text(text) = child.value() {
                self.open.push_str(text);
            }
            let Some(inner) = ElementRef::wrap(child) else {
                continue;
            };
            match inner.value().name() {
                "br" => self.end_line(),
                "table" => {
                    self.end_line_with_text();
                    self.lines.extend(table_lines(inner, depth)?);
                }
                _ => self.read(inner, depth + 1)?,
            }
        }
        Some(())
    }

    fn end_line(&mut self) {
        let words = self.open.split_ascii_whitespace().collect::<Vec<_>>();
        self.lines.push(words.join(" "));
        self.open.clear();
    }

    fn end_line_with_text(&mut self) {
        if !self.open.trim_ascii().is_empty() {
            self.end_line();
        }
        self.open.clear();
    }

    fn finish(mut self) -> Vec<String> {
        self.end_line_with_text();
        self.lines
    }
}

/// The text of a table: its rows, one below the other.
fn table_lines(table: ElementRef<'_>, depth: usize) -> Option<Vec<String>> {
    // The parser puts every row into a `<tbody>`.
    let rows = children(table, "tbody").flat_map(|body| children(body, "tr"));
    let rows = rows.map(|row| {
        let cells = children(row, "td").map(|cell| cell_lines(cell, depth));
        beside(&cells.collect::<Option<Vec<_>>>()?)
    });
    let rows = rows.collect::<Option<Vec<_>>>()?;
    Some(below(&rows, rows.iter().any(|row| row.len() > 1)))
}

fn children<'a>(
    element: ElementRef<'a>,
    name: &'static str,
) -> impl Iterator<Item = ElementRef<'a>> {
    let children = element.child_elements();
    children.filter(move |child| child.value().name() == name)
}

fn cell_lines(cell: ElementRef<'_>, depth: usize) -> Option<Vec<String>> {
    let mut flow = Flow::default();
    flow.read(cell, depth + 1)?;
    Some(flow.finish())
}
