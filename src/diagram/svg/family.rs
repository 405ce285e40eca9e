//! Parents and ancestors in the flat tree, and the tree with some of its nodes removed.
//!
//! Not here: which nodes can be removed (`idle.rs`, `groups.rs`).

use super::tree::{Node, What, end, push_text};

/// The parent of each node.
pub(super) struct Family {
    parents: Vec<Option<usize>>,
}

impl Family {
    pub(super) fn of(nodes: &[Node]) -> Self {
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

    /// An inherited attribute of an element: its own, or that of the nearest ancestor.
    pub(super) fn held<'n>(&self, nodes: &'n [Node], index: usize, name: &str) -> Option<&'n str> {
        self.line(index)
            .find_map(|at| nodes.get(at)?.element()?.get(name))
    }

    /// An inherited attribute of an element's ancestors.
    pub(super) fn given<'n>(&self, nodes: &'n [Node], index: usize, name: &str) -> Option<&'n str> {
        self.above(index)
            .find_map(|at| nodes.get(at)?.element()?.get(name))
    }

    /// Whether a node has an ancestor with one of these names.
    pub(super) fn is_in(&self, nodes: &[Node], index: usize, names: &[&str]) -> bool {
        let name = |at: usize| nodes.get(at)?.element().map(|element| element.name);
        self.above(index)
            .any(|at| name(at).is_some_and(|name| names.contains(&name)))
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
pub(super) fn decided(nodes: &[Node], fate: impl Fn(usize) -> Fate) -> Vec<Node> {
    let mut kept: Vec<Node> = Vec::with_capacity(nodes.len());
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
