//! Parents and ancestors in the flat tree, and what an element inherits from them.
//!
//! Not here: changing the tree (`mermaid::polish`).

use super::parts::Paint;
use super::tree::{Node, at};
use super::typed::Value;

/// The parent of each node.
pub(crate) struct Family {
    parents: Vec<Option<usize>>,
}

impl Family {
    pub(crate) fn of(nodes: &[Node]) -> Self {
        let mut above: Vec<usize> = Vec::new();
        let mut parents = Vec::with_capacity(nodes.len());
        for (index, node) in nodes.iter().enumerate() {
            above.truncate(node.depth);
            parents.push(above.last().copied());
            above.push(index);
        }
        Self { parents }
    }

    pub(crate) fn parent(&self, index: usize) -> Option<usize> {
        self.parents.get(index).copied().flatten()
    }

    /// The ancestors of a node, the nearest first.
    pub(crate) fn above(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.parent(index), |at| self.parent(*at))
    }

    /// A node and its ancestors, the nearest first.
    pub(crate) fn line(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::once(index).chain(self.above(index))
    }

    /// The value of an inherited attribute: the element's own, or that of the nearest ancestor.
    pub(crate) fn value<'n>(
        &self,
        nodes: &'n [Node],
        index: usize,
        name: &str,
    ) -> Option<&'n Value> {
        self.line(index).find_map(|up| at(nodes, up)?.value(name))
    }

    /// The same of its ancestors only.
    pub(crate) fn given<'n>(
        &self,
        nodes: &'n [Node],
        index: usize,
        name: &str,
    ) -> Option<&'n Value> {
        self.above(index).find_map(|up| at(nodes, up)?.value(name))
    }

    /// Whether the value is `none`.
    pub(crate) fn is_none(&self, nodes: &[Node], index: usize, name: &str) -> bool {
        self.value(nodes, index, name).is_some_and(Value::is_none)
    }

    /// The value, if it is a single number.
    pub(crate) fn number(&self, nodes: &[Node], index: usize, name: &str) -> Option<f64> {
        self.value(nodes, index, name)?.number()
    }

    /// What a paint that is a property of an element and its content paints there.
    pub(crate) fn paint(&self, nodes: &[Node], index: usize, name: &str) -> Option<Paint> {
        self.value(nodes, index, name)?.paint()
    }

    /// The same for its fill, which is black where nothing sets one.
    pub(crate) fn fill(&self, nodes: &[Node], index: usize) -> Option<Paint> {
        let fill = self.value(nodes, index, "fill");
        fill.map_or(Some(Paint::BLACK), Value::paint)
    }

    /// Whether an element has no stroke.
    pub(crate) fn is_unstroked(&self, nodes: &[Node], index: usize) -> bool {
        let stroke = self.value(nodes, index, "stroke");
        stroke.is_none_or(Value::is_none)
    }

    /// Whether a node has an ancestor with one of these names.
    pub(crate) fn is_in(&self, nodes: &[Node], index: usize, names: &[&str]) -> bool {
        let mut above = self.above(index).filter_map(|up| at(nodes, up));
        above.any(|element| names.contains(&element.name))
    }
}
