//! Parents and ancestors in the flat tree, and the tree with some of its nodes removed.
//!
//! Not here: which nodes can be removed (`idle.rs`, `groups.rs`).

use super::tree::{Node, What, at, end, push_text};
use super::typed::Value;

/// The parent of each node.
pub(super) struct Family {
    parents: Vec<Option<usize>>,
}

impl Family {
    pub(super) fn of<V>(nodes: &[Node<V>]) -> Self {
        let mut above: Vec<usize> = Vec::new();
        let mut parents = Vec::with_capacity(nodes.len());
        for (index, node) in nodes.iter().enumerate() {
            above.truncate(node.depth);
            parents.push(above.last().copied());
            above.push(index);
        }
        Self { parents }
    }

    pub(super) fn parent(&self, index: usize) -> Option<usize> {
        self.parents.get(index).copied().flatten()
    }

    /// The ancestors of a node, the nearest first.
    pub(super) fn above(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.parent(index), |at| self.parent(*at))
    }

    /// A node and its ancestors, the nearest first.
    pub(super) fn line(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::once(index).chain(self.above(index))
    }

    /// The value of an inherited attribute: the element's own, or that of the nearest ancestor.
    pub(super) fn value<'n>(
        &self,
        nodes: &'n [Node<Value>],
        index: usize,
        name: &str,
    ) -> Option<&'n Value> {
        self.line(index).find_map(|up| at(nodes, up)?.value(name))
    }

    /// The same, if it is a text.
    pub(super) fn held<'n>(
        &self,
        nodes: &'n [Node<Value>],
        index: usize,
        name: &str,
    ) -> Option<&'n str> {
        self.value(nodes, index, name)?.text()
    }

    /// The same, if it is a single number.
    pub(super) fn number(&self, nodes: &[Node<Value>], index: usize, name: &str) -> Option<f64> {
        self.value(nodes, index, name)?.number()
    }

    /// The value of an inherited attribute of an element's ancestors.
    pub(super) fn given<'n>(
        &self,
        nodes: &'n [Node<Value>],
        index: usize,
        name: &str,
    ) -> Option<&'n Value> {
        self.above(index).find_map(|up| at(nodes, up)?.value(name))
    }

    /// Whether an element has no stroke.
    pub(super) fn is_unstroked(&self, nodes: &[Node<Value>], index: usize) -> bool {
        matches!(self.held(nodes, index, "stroke"), None | Some("none"))
    }

    /// Whether a node has an ancestor with one of these names.
    pub(super) fn is_in<V>(&self, nodes: &[Node<V>], index: usize, names: &[&str]) -> bool {
        let mut above = self.above(index).filter_map(|up| at(nodes, up));
        above.any(|element| names.contains(&element.name))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Stays,
    /// Removed, with everything in it.
    Goes,
    /// Replaced by its content.
    Opens,
}

/// The nodes after each was kept, removed or opened; adjacent texts are joined.
pub(super) fn decided(nodes: &[Node<Value>], fate: impl Fn(usize) -> Fate) -> Vec<Node<Value>> {
    let mut kept: Vec<Node<Value>> = Vec::with_capacity(nodes.len());
    let mut opened: Vec<usize> = Vec::new();
    let mut index = 0;
    while let Some(node) = nodes.get(index) {
        while opened.last().is_some_and(|depth| *depth >= node.depth) {
            opened.pop();
        }
        match fate(index) {
            Fate::Goes => {
                index = end(nodes, index);
                continue;
            }
            Fate::Opens => opened.push(node.depth),
            Fate::Stays => {
                let depth = node.depth - opened.len();
                match &node.what {
                    What::Text(text) => push_text(&mut kept, depth, text),
                    What::Element(_) => kept.push(Node {
                        depth,
                        what: node.what.clone(),
                    }),
                }
            }
        }
        index += 1;
    }
    kept
}
