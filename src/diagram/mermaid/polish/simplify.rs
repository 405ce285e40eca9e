//! Machine-drawn pictures in fewer bytes, with no change that can be seen.
//!
//! Not here: colours (`adapt.rs`), and what was never good to begin with (`halo.rs`).

use super::{idle, initial, shorten};
use crate::diagram::svg::Styled;
use crate::diagram::svg::family::Family;
use crate::diagram::svg::tree::{Node, What, at, end, push_text};
use crate::svg_names::UNDRAWN;

/// How often elements that have become empty are searched again.
const ROUNDS: usize = 8;

impl Styled {
    /// Removes what has no visible effect, and shortens paths.
    ///
    /// Removes ids that nothing refers to, and roles within the picture.
    pub(crate) fn simplify(&mut self) {
        initial::tidy(&mut self.nodes);
        shorten::shorten(&mut self.nodes);
        for _ in 0..ROUNDS {
            let before = self.nodes.len();
            self.drop_idle_ids();
            initial::tidy(&mut self.nodes);
            self.nodes = pruned(&self.nodes);
            if self.nodes.len() == before {
                break;
            }
        }
        shorten::join_outlines(&mut self.nodes);
    }
}

/// The nodes without those that draw nothing, and with the content of groups that do nothing in their
/// places; adjacent texts are joined.
pub(super) fn pruned(nodes: &[Node]) -> Vec<Node> {
    let family = Family::of(nodes);
    let mut kept: Vec<Node> = Vec::with_capacity(nodes.len());
    // The depths of the groups around the node that are not kept.
    let mut opened: Vec<usize> = Vec::new();
    let mut index = 0;
    while let Some(node) = nodes.get(index) {
        while opened.last().is_some_and(|depth| *depth >= node.depth) {
            opened.pop();
        }
        if index > 0 && idle::is_idle(nodes, &family, index) {
            index = end(nodes, index);
            continue;
        }
        let depth = node.depth - opened.len();
        match &node.what {
            _ if index > 0 && opens(nodes, &family, index) => opened.push(node.depth),
            What::Text(text) => push_text(&mut kept, depth, text),
            what => kept.push(Node {
                depth,
                what: what.clone(),
            }),
        }
        index += 1;
    }
    kept
}

/// Whether an element can be replaced by its content: a group or a `tspan` without attributes, and
/// `<defs>` whose content is not drawn anyway.
fn opens(nodes: &[Node], family: &Family, index: usize) -> bool {
    at(nodes, index).is_some_and(|element| match element.name {
        "g" | "tspan" => element.attributes.is_empty(),
        "defs" => needs_no_defs(nodes, family, index),
        _ => false,
    })
}

/// Whether everything in a `<defs>` would not be drawn outside of it either.
fn needs_no_defs(nodes: &[Node], family: &Family, index: usize) -> bool {
    (index + 1..end(nodes, index))
        .filter(|below| family.parent(*below) == Some(index))
        .all(|below| {
            let name = at(nodes, below).map(|element| element.name);
            name.is_some_and(|name| UNDRAWN.contains(&name) || name.ends_with("Gradient"))
        })
}
