//! Graphviz's DOT language, drawn as a Mermaid flowchart: the source of a `dot` fence is parsed,
//! and written as a flowchart's source.
//!
//! Not here: any layout or drawing (Mermaid's renderer does both), the looks of HTML labels
//! (their text and its lines are kept), images, and attributes for placing things by hand (`pos`,
//! `splines`, ports, `weight`), which a flowchart cannot express and which are ignored.

mod blocks;
mod cluster;
mod colour;
mod graph;
mod html;
mod label;
mod lexer;
mod limits;
mod look;
mod mermaid;
mod parser;
mod rank;
mod record;
mod shape;
#[cfg(test)]
mod tests;

use self::limits::failure;
use super::drawing::Failure;

/// The Mermaid flowchart that shows the first graph of `source`.
///
/// # Errors
///
/// If `source` is not DOT, exceeds one of `limits`, or has no node.
pub fn to_mermaid(source: &str) -> Result<String, Failure> {
    let graph = parser::parse(source)?;
    if graph.nodes.is_empty() {
        return Err(failure(graph.line, "the graph has no nodes"));
    }
    mermaid::write(&graph)
}
