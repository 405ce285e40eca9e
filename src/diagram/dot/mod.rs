//! Graphviz's DOT language, drawn as a Mermaid flowchart: the source of a `dot` fence is parsed,
//! and written as a flowchart's source.
//!
//! Not here: any layout or drawing (Mermaid's renderer does both), HTML labels (a language of their
//! own, rejected by a [`Problem`]), images, and attributes for placing things by hand (`pos`,
//! `splines`, ports, `weight`), which a flowchart cannot express and which are ignored.

mod cluster;
mod colour;
mod colour_names;
mod graph;
mod label;
mod lexer;
mod look;
mod mermaid;
mod parser;
mod rank;
mod record;
mod shape;
#[cfg(test)]
mod tests;

use std::fmt;

/// In bytes.
const MAX_SOURCE: usize = 256 * 1024;
const MAX_NODES: usize = 1_000;
/// Counted after `{a b} -> {c d}` became four.
const MAX_EDGES: usize = 2_000;
/// For subgraphs, and for the braces of a record's label.
const MAX_NESTING: usize = 100;
/// In bytes, after its escapes (`\N`, `\G`…) were replaced.
const MAX_LABEL: usize = 8 * 1024;
/// The longest flowchart, in bytes.
const MAX_OUTPUT: usize = 4 * 1024 * 1024;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Line of the source, from 1.
    pub line: usize,
    pub message: String,
}

impl Problem {
    fn new(line: usize, message: impl Into<String>) -> Self {
        Self {
            line,
            message: message.into(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for Problem {}

/// The Mermaid flowchart that shows the first graph of `source`.
///
/// # Errors
///
/// If `source` is not DOT, exceeds one of the limits above, has no node, or has an HTML label.
pub fn to_mermaid(source: &str) -> Result<String, Problem> {
    if source.len() > MAX_SOURCE {
        return Err(Problem::new(
            1,
            format!("the source is longer than {} KiB", MAX_SOURCE / 1024),
        ));
    }
    let graph = parser::parse(source)?;
    if graph.nodes.is_empty() {
        return Err(Problem::new(graph.line, "the graph has no nodes"));
    }
    mermaid::write(&graph)
}
