//! What is wrong with a source that is not drawn, and the limits of those that are.

use std::fmt;

pub(super) const MAX_NODES: usize = 1_000;
/// Counted after `{a b} -> {c d}` became four.
pub(super) const MAX_EDGES: usize = 2_000;
/// For subgraphs, and for the braces of a record's label.
pub(super) const MAX_NESTING: usize = 100;
/// In bytes, after its escapes (`\N`, `\G`…) were replaced.
pub(super) const MAX_LABEL: usize = 8 * 1024;
/// The longest flowchart, in bytes.
pub(super) const MAX_OUTPUT: usize = 4 * 1024 * 1024;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Line of the source, from 1.
    pub line: usize,
    pub message: String,
}

impl Problem {
    pub(super) fn new(line: usize, message: impl Into<String>) -> Self {
        Self {
            line,
            message: message.into(),
        }
    }

    /// The problem of a label longer than [`MAX_LABEL`].
    pub(super) fn long_label(line: usize) -> Self {
        let limit = MAX_LABEL / 1024;
        Self::new(line, format!("a label is longer than {limit} KiB"))
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}
