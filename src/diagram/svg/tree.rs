//! The picture's tree, flat and in document order: every node knows its depth.
//!
//! A flat list needs no recursion to walk, copy or write, whatever its depth. Not here: what a
//! name or a value means.

use std::borrow::Cow;

/// The name of an attribute: one of the lists' names, or an `aria-…` of the picture.
pub(super) type Name = Cow<'static, str>;

/// An element of the picture, with its attributes in a settled order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) name: &'static str,
    pub(super) attributes: Vec<(Name, String)>,
}

impl Element {
    /// The value of an attribute.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(own, _)| own == name)
            .map(|(_, value)| value.as_str())
    }

    /// Sets an attribute, in its place if it is there already.
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
    /// The node's element, if it is one.
    pub(super) fn element(&self) -> Option<&Element> {
        match &self.what {
            What::Element(element) => Some(element),
            What::Text(_) => None,
        }
    }

    /// The node's element, to change it.
    pub(super) fn element_mut(&mut self) -> Option<&mut Element> {
        match &mut self.what {
            What::Element(element) => Some(element),
            What::Text(_) => None,
        }
    }
}

/// Appends text; text that follows its sibling text joins it, as a parser would have it.
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

/// The index after the last node below `index`.
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

/// The names of the elements above a node while the list is walked in order.
#[derive(Default)]
pub(super) struct Above {
    names: Vec<&'static str>,
}

impl Above {
    /// Comes to a node: afterwards the names are those of its ancestors.
    pub(super) fn enter(&mut self, depth: usize) {
        self.names.truncate(depth);
    }

    /// Notes the element just come to, for those below it.
    pub(super) fn push(&mut self, name: &'static str) {
        self.names.push(name);
    }

    /// Whether one of the ancestors is called so.
    pub(super) fn has(&self, name: &str) -> bool {
        self.names.contains(&name)
    }

    /// Whether one of the ancestors is in the list.
    pub(super) fn has_any(&self, names: &[&str]) -> bool {
        self.names.iter().any(|own| names.contains(own))
    }

    pub(super) fn parent(&self) -> Option<&'static str> {
        self.names.last().copied()
    }
}
