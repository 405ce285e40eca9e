//! Graphviz's DOT language, drawn as a Mermaid flowchart: what a `dot` fence says is parsed, and
//! said again as a flowchart's source.
//!
//! Not in here: any layout or drawing (Mermaid's renderer does both), HTML labels (they are a
//! language of their own: a [`Problem`] says so), images, and whatever places things by hand
//! (`pos`, `splines`, ports, `weight`), which a flowchart has no words for and which is ignored.

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

/// The longest source that is read, in bytes.
const MAX_SOURCE: usize = 256 * 1024;
/// The most nodes that are drawn.
const MAX_NODES: usize = 1_000;
/// The most edges that are drawn, counted after `{a b} -> {c d}` became four.
const MAX_EDGES: usize = 2_000;
/// How deep subgraphs, and the braces of a record's label, may be nested.
const MAX_NESTING: usize = 100;
/// The longest label, in bytes, after its escapes (`\N`, `\G`…) were replaced.
const MAX_LABEL: usize = 8 * 1024;
/// The longest flowchart that is written, in bytes.
const MAX_OUTPUT: usize = 4 * 1024 * 1024;

/// Why a source is not drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The line of the source it is about, from 1.
    pub line: usize,
    /// What is wrong, in one line of English.
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
/// A source that is not DOT, that is past one of the limits above, that has no node, or that draws
/// an HTML label.
pub fn to_mermaid(source: &str) -> Result<String, Problem> {
    if source.len() > MAX_SOURCE {
        return Err(Problem::new(
            1,
            format!("the source is longer than {} KiB", MAX_SOURCE / 1024),
        ));
    }
    let graph = parser::parse(source)?;
    if graph.nodes.is_empty() {
        return Err(Problem::new(
            graph.line,
            "the graph draws nothing: it has no node",
        ));
    }
    mermaid::write(&graph)
}
