//! The picture's tree, flat and in document order: every node knows its depth.
//!
//! A flat list needs no recursion to walk, copy or write, whatever its depth. Attributes are text in
//! a cleaned picture, and typed in a styled one. Not here: what a name or a value means.

use std::borrow::Cow;

/// A name from the lists in `names`, or an `aria-…` of the picture.
pub(crate) type Name = Cow<'static, str>;

/// An element with its attributes, sorted by name.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Element<V> {
    pub(crate) name: &'static str,
    pub(crate) attributes: Vec<(Name, V)>,
}

impl<V> Element<V> {
    pub(crate) fn new(name: &'static str) -> Self {
        Self {
            name,
            attributes: Vec::new(),
        }
    }

    fn find(&self, name: &str) -> Result<usize, usize> {
        self.attributes
            .binary_search_by(|(own, _)| own.as_ref().cmp(name))
    }

    pub(crate) fn value(&self, name: &str) -> Option<&V> {
        let at = self.find(name).ok()?;
        self.attributes.get(at).map(|(_, value)| value)
    }

    /// Replaces the value of an existing attribute, or adds one.
    pub(crate) fn set(&mut self, name: impl Into<Name>, value: impl Into<V>) {
        let (name, value) = (name.into(), value.into());
        match self.find(&name) {
            Ok(at) => {
                if let Some((_, old)) = self.attributes.get_mut(at) {
                    *old = value;
                }
            }
            Err(at) => self.attributes.insert(at, (name, value)),
        }
    }

    pub(crate) fn remove(&mut self, name: &str) {
        self.attributes.retain(|(own, _)| own != name);
    }
}

impl Element<String> {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.value(name).map(String::as_str)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum What<V> {
    Element(Element<V>),
    Text(String),
}

/// A node and its depth: the root `<svg>` is at 0.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node<V> {
    pub(crate) depth: usize,
    pub(crate) what: What<V>,
}

impl<V> Node<V> {
    pub(crate) fn element(&self) -> Option<&Element<V>> {
        match &self.what {
            What::Element(element) => Some(element),
            What::Text(_) => None,
        }
    }

    pub(crate) fn element_mut(&mut self) -> Option<&mut Element<V>> {
        match &mut self.what {
            What::Element(element) => Some(element),
            What::Text(_) => None,
        }
    }
}

/// The element at an index; `None` for a text.
pub(crate) fn at<V>(nodes: &[Node<V>], index: usize) -> Option<&Element<V>> {
    nodes.get(index)?.element()
}

/// The element at an index; `None` for a text.
pub(crate) fn at_mut<V>(nodes: &mut [Node<V>], index: usize) -> Option<&mut Element<V>> {
    nodes.get_mut(index)?.element_mut()
}

/// Appends text; joins it with a preceding sibling text, as a parser does.
pub(crate) fn push_text<V>(nodes: &mut Vec<Node<V>>, depth: usize, text: &str) {
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
pub(crate) fn end<V>(nodes: &[Node<V>], index: usize) -> usize {
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
