//! A change of a text, and the lines that changes are looked for in.
//!
//! Not here: what is changed.

use std::ops::Range;

/// A punctuation character that documents do not use: OLD SOUTH ARABIAN NUMERIC INDICATOR.
pub const SENTINEL: char = '\u{10A7F}';
const MARK: &str = "\u{10A7F}";

/// A change at one position of the text as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Byte offset in the text as written.
    pub at: usize,
    /// The number of bytes removed there.
    pub removed: usize,
    pub inserted: String,
}

impl Edit {
    pub(super) fn mark(at: usize) -> Self {
        Self {
            at,
            removed: 0,
            inserted: MARK.to_owned(),
        }
    }

    pub(super) fn replace(span: Range<usize>, inserted: String) -> Self {
        Self {
            at: span.start,
            removed: span.len(),
            inserted,
        }
    }
}

/// The lines of a text with their offsets, without their ends.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line.trim_end_matches(['\n', '\r']))
    })
}
