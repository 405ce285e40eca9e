//! The picture's tree, flat and in document order: every node knows its depth.
//!
//! A flat list needs no recursion to walk, copy or write, whatever its depth. Not here: what a
//! name or a value means.

use std::borrow::Cow;

/// A name from the lists in `names`, or an `aria-…` of the picture.
pub(super) type Name = Cow<'static, str>;

/// An element with its attributes, sorted by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) name: &'static str,
    pub(super) attributes: Vec<(Name, String)>,
}

impl Element {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(own, _)| own == name)
            .map(|(_, value)| value.as_str())
    }

    /// Replaces the value of an existing attribute, or adds one.
    pub(super) fn set(&mut self, name: Name, value: String) {
        match self.attributes.iter_mut().find(|(own, _)| *own == name) {
            Some((_, old)) => *old = value,
            None => self.attributes.push((name, value)),
        }
    }

    pub(super) fn remove(&mut self, name: &str) {
        self.attributes.retain(|(own, _)| own != name);
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    Element(Element),
    Text(String),
}

/// A node and its depth: the root `<svg>` is at 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) depth: usize,
    pub(super) what: What,
}

impl Node {
    pub(super) fn element(&self) -> Option<&Element> {
        match &self.what {
            What::Element(element) => Some(element),
            What::Text(_) => None,
        }
    }

    pub(super) fn element_mut(&mut self) -> Option<&mut Element> {
        match &mut self.what {
            What::Element(element) => Some(element),
            What::Text(_) => None,
        }
    }
}

/// Appends text; joins it with a preceding sibling text, as a parser does.
pub(super) fn push_text(nodes: &mut Vec<Node>, depth: usize, text: &str) {
    if text.is_empty() {
        return;
    }
    if let Some(Node {
        depth: last,
        what: What::Text(before),
    }) = nodes.last_mut()
        && *last == depth
    {
        before.push_str(text);
        return;
    }
    nodes.push(Node {
        depth,
        what: What::Text(text.to_owned()),
    });
}

/// The index after the last descendant of `index`.
pub(super) fn end(nodes: &[Node], index: usize) -> usize {
    let Some(top) = nodes.get(index) else {
        return nodes.len();
    };
    nodes
        .iter()
        .enumerate()
        .skip(index + 1)
        .find(|(_, node)| node.depth <= top.depth)
        .map_or(nodes.len(), |(at, _)| at)
}

/// The names of a node's ancestors while the list is walked in order.
#[derive(Default)]
pub(super) struct Above {
    names: Vec<&'static str>,
}

impl Above {
    /// Enters a node: afterwards the names are those of its ancestors.
    pub(super) fn enter(&mut self, depth: usize) {
        self.names.truncate(depth);
    }

    /// Records the element just entered, for its descendants.
    pub(super) fn push(&mut self, name: &'static str) {
        self.names.push(name);
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.names.contains(&name)
    }

    pub(super) fn has_any(&self, names: &[&str]) -> bool {
        self.names.iter().any(|own| names.contains(own))
    }

    pub(super) fn parent(&self) -> Option<&'static str> {
        self.names.last().copied()
    }
}
