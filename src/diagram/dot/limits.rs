//! The limits of the sources that are drawn, and what is wrong with others.

use crate::diagram::drawing::Failure;

pub(super) const MAX_NODES: usize = 1_000;
/// Counted after `{a b} -> {c d}` became four.
pub(super) const MAX_EDGES: usize = 2_000;
/// For subgraphs, and for the braces of a record's label.
pub(super) const MAX_NESTING: usize = 100;
/// In bytes, after its escapes (`\N`, `\G`…) were replaced.
pub(super) const MAX_LABEL: usize = 8 * 1024;
/// The longest flowchart, in bytes.
pub(super) const MAX_OUTPUT: usize = 4 * 1024 * 1024;

/// What is wrong with a line of the source, from 1.
pub(super) fn failure(line: usize, message: impl Into<String>) -> Failure {
    Failure::new(message).at(line)
}

pub(super) fn long_label(line: usize) -> Failure {
    failure(
        line,
        format!("a label is longer than {} KiB", MAX_LABEL / 1024),
    )
}
