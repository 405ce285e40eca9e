//! Who is above whom in the flat tree, and the tree with some of its nodes removed.
//!
//! Not here: which nodes can go (`idle.rs`, `groups.rs`).

use super::tree::{Node, What, end, push_text};

/// The parent of each node.
pub(super) struct Family {
    parents: Vec<Option<usize>>,
}

impl Family {
    /// The family of these nodes.
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

    /// The node above a node.
    pub(super) fn parent(&self, index: usize) -> Option<usize> {
        self.parents.get(index).copied().flatten()
    }

    /// The nodes above a node, the nearest first.
    pub(super) fn above(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.parent(index), |at| self.parent(*at))
    }

    /// A node and the nodes above it, the nearest first.
    pub(super) fn line(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::once(index).chain(self.above(index))
    }

    /// What an inherited attribute is on an element: its own, or that of the nearest above.
    pub(super) fn held<'n>(&self, nodes: &'n [Node], index: usize, name: &str) -> Option<&'n str> {
        self.line(index)
            .find_map(|at| nodes.get(at)?.element()?.get(name))
    }

    /// What an inherited attribute is above an element.
    pub(super) fn given<'n>(&self, nodes: &'n [Node], index: usize, name: &str) -> Option<&'n str> {
        self.above(index)
            .find_map(|at| nodes.get(at)?.element()?.get(name))
    }

    /// Whether an element with one of these names is above a node.
    pub(super) fn is_in(&self, nodes: &[Node], index: usize, names: &[&str]) -> bool {
        let name = |at: usize| nodes.get(at)?.element().map(|element| element.name);
        self.above(index)
            .any(|at| name(at).is_some_and(|name| names.contains(&name)))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Stays,
    /// It is removed, with everything in it.
    Goes,
    /// It is removed, and its content takes its place.
    Opens,
}

/// The nodes after each has met its fate; texts that meet become one.
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
