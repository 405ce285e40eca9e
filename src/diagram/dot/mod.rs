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
mod look;
mod mermaid;
mod parser;
mod problem;
mod rank;
mod record;
mod shape;
#[cfg(test)]
mod tests;

pub use self::problem::Problem;

/// The Mermaid flowchart that shows the first graph of `source`.
///
/// # Errors
///
/// If `source` is not DOT, exceeds one of the limits above, or has no node.
pub fn to_mermaid(source: &str) -> Result<String, Problem> {
    let graph = parser::parse(source)?;
    if graph.nodes.is_empty() {
        return Err(Problem::new(graph.line, "the graph has no nodes"));
    }
    mermaid::write(&graph)
}
