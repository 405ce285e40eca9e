//! Places in a text file: lines and columns, and how they follow from byte offsets.
//!
//! Not here: what is wrong there (`diagnostic`).

use std::cell::Cell;
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A place in a text file. Both count from 1; the column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

impl Position {
    /// The place of a problem with the file as a whole.
    pub const START: Self = Self { line: 1, column: 1 };
}

/// A part of a text file: where it begins, and what of that line belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub position: Position,
    /// In characters, up to the end of the line at most.
    pub length: usize,
}

/// Turns byte offsets into lines and columns.
#[derive(Debug, Clone)]
pub struct LineIndex<'a> {
    text: &'a str,
    starts: Vec<usize>,
    /// The last place that was asked for: a later one in the same line is counted from there, so that a
    /// line of megabytes is not counted once for each of its links.
    last: Cell<(usize, Position)>,
}

impl<'a> LineIndex<'a> {
    pub fn new(text: &'a str) -> Self {
        let starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        Self {
            text,
            starts,
            last: Cell::new((0, Position::START)),
        }
    }

    /// The place of a byte offset; one past the end, or inside a character, counts as the nearest
    /// place before it.
    pub fn position(&self, offset: usize) -> Position {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.starts.partition_point(|start| *start <= offset);
        let (from, last) = self.last.get();
        let (from, before) = if last.line == line && from <= offset {
            (from, last.column)
        } else {
            (self.starts[line - 1], 1)
        };
        let position = Position {
            line,
            column: before + self.text[from..offset].chars().count(),
        };
        self.last.set((offset, position));
        position
    }
}

/// Finds the places of a body's bytes in the file that the body is the end of.
#[derive(Debug)]
pub struct Locator<'a> {
    lines: LineIndex<'a>,
    /// Where the body begins, in bytes.
    start: usize,
}

impl<'a> Locator<'a> {
    /// For the body of `text` that begins at the byte `start`.
    pub fn new(text: &'a str, start: usize) -> Self {
        Self {
            lines: LineIndex::new(text),
            start,
        }
    }

    /// Of the file as a whole.
    pub fn lines(&self) -> &LineIndex<'a> {
        &self.lines
    }

    /// The position of a byte of the body.
    pub fn position(&self, offset: usize) -> Position {
        self.lines.position(self.start + offset)
    }

    /// The place of a span of the body's bytes.
    pub fn place(&self, span: &Range<usize>) -> Place {
        let written = self.start + span.start..self.start + span.end;
        let written = self.lines.text.get(written).unwrap_or_default();
        let line = written.split('\n').next().unwrap_or_default();
        Place {
            position: self.position(span.start),
            length: line.chars().count(),
        }
    }
}

/// The text with these ranges replaced, which are in order and do not overlap.
pub fn spliced(text: &str, edits: &[(Range<usize>, String)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut end = 0;
    for (span, new) in edits {
        out.push_str(&text[end..span.start]);
        out.push_str(new);
        end = span.end;
    }
    out.push_str(&text[end..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_lines_and_characters_from_one() {
        let index = LineIndex::new("가나\n다 라\n");
        let at = |offset| {
            let Position { line, column } = index.position(offset);
            (line, column)
        };
        assert_eq!(at(0), (1, 1));
        assert_eq!(at(3), (1, 2));
        assert_eq!(at(4), (1, 2), "inside a character");
        assert_eq!(at(7), (2, 1));
        assert_eq!(at(11), (2, 3));
        assert_eq!(at(999), (3, 1));
        assert_eq!(at(3), (1, 2), "back in an earlier line");
        assert_eq!(
            (at(7), at(8), at(10), at(7)),
            ((2, 1), (2, 1), (2, 2), (2, 1))
        );
    }
}
