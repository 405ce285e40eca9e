//! The picture's tree, flat and in document order: every node knows its depth.
//!
//! A flat list needs no recursion to walk, copy or write, whatever its depth. Style is
//! parsed in a cleaned picture already, other attributes in a styled one. Not here: what a name or a value means.

use std::borrow::Cow;
use std::str::FromStr;

use kurbo::{Affine, BezPath};
use svgtypes::TransformOrigin;

use super::sheet::Rule;
use super::typed::{Value, moves, pixels};

/// A name from the lists in `svg_names`, or an `aria-…` of the picture.
pub(crate) type Name = Cow<'static, str>;

/// An element with its attributes, sorted by name.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Element {
    pub(crate) name: &'static str,
    pub(crate) attributes: Vec<(Name, Value)>,
}

impl Element {
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

    pub(crate) fn value(&self, name: &str) -> Option<&Value> {
        let at = self.find(name).ok()?;
        self.attributes.get(at).map(|(_, value)| value)
    }

    /// Replaces the value of an existing attribute, or adds one.
    pub(crate) fn set(&mut self, name: impl Into<Name>, value: impl Into<Value>) {
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

    pub(crate) fn remove(&mut self, name: &str) -> Option<Value> {
        let at = self.find(name).ok()?;
        Some(self.attributes.remove(at).1)
    }

    /// Makes its values what they are in a styled picture. Paths with arcs stay texts if `arcs_stay`: an arc
    /// becomes several curves, and markers would be drawn between them.
    pub(crate) fn settle(&mut self, arcs_stay: bool) {
        for (name, value) in &mut self.attributes {
            let has_arcs = || value.text().is_some_and(|text| text.contains(['a', 'A']));
            if !(arcs_stay && name == "d" && has_arcs()) {
                let own = std::mem::replace(value, Value::from(""));
                *value = own.typed(name);
            }
        }
        self.settle_origin();
    }

    /// The value of an attribute that is a text.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.value(name)?.text()
    }

    /// The value of an attribute that is a single number.
    pub(crate) fn number(&self, name: &str) -> Option<f64> {
        self.value(name)?.number()
    }

    /// The same, 0 for a missing attribute.
    pub(crate) fn number_or_0(&self, name: &str) -> Option<f64> {
        self.value(name).map_or(Some(0.0), Value::number)
    }

    /// The numbers of an attribute.
    pub(crate) fn numbers(&self, name: &str) -> Option<&[f64]> {
        self.value(name)?.numbers()
    }

    pub(crate) fn path(&self) -> Option<&BezPath> {
        match self.value("d")? {
            Value::Path(path) => Some(path),
            _ => None,
        }
    }

    /// The element's transform; `None` if it is not known.
    pub(crate) fn transform(&self) -> Option<Affine> {
        if self.value("transform-origin").is_some() {
            return None;
        }
        match self.value("transform") {
            None => Some(Affine::IDENTITY),
            Some(Value::Transform(transform)) => Some(*transform),
            Some(_) => None,
        }
    }

    /// Sets the transform, or removes it if it changes nothing.
    pub(crate) fn set_transform(&mut self, transform: Affine) {
        if moves(&transform).is_some_and(|way| way.x.abs() < 5e-5 && way.y.abs() < 5e-5) {
            self.remove("transform");
        } else {
            self.set("transform", transform);
        }
    }

    /// Makes an origin in pixels a part of the transform.
    fn settle_origin(&mut self) {
        let Some(Value::Transform(transform)) = self.value("transform") else {
            return;
        };
        let mut transform = *transform;
        if let Some(origin) = self.value("transform-origin") {
            let origin = origin.written("transform-origin", None);
            let Ok(origin) = TransformOrigin::from_str(&origin) else {
                return;
            };
            let (Some(x), Some(y)) = (pixels(origin.x_offset), pixels(origin.y_offset)) else {
                return;
            };
            transform = Affine::translate((x, y)) * transform * Affine::translate((-x, -y));
            self.remove("transform-origin");
        }
        self.set_transform(transform);
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum What {
    Element(Element),
    Text(String),
    /// What is in a `<style>` of a picture that is not styled yet.
    Rules(Vec<Rule>),
}

/// A node and its depth: the root `<svg>` is at 0.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    pub(crate) depth: usize,
    pub(crate) what: What,
}

impl Node {
    pub(crate) fn element(&self) -> Option<&Element> {
        match &self.what {
            What::Element(element) => Some(element),
            _ => None,
        }
    }

    pub(crate) fn element_mut(&mut self) -> Option<&mut Element> {
        match &mut self.what {
            What::Element(element) => Some(element),
            _ => None,
        }
    }
}

/// The element at an index; `None` for a text.
pub(crate) fn at(nodes: &[Node], index: usize) -> Option<&Element> {
    nodes.get(index)?.element()
}

/// The element at an index; `None` for a text.
pub(crate) fn at_mut(nodes: &mut [Node], index: usize) -> Option<&mut Element> {
    nodes.get_mut(index)?.element_mut()
}

/// Sets an attribute of the element at an index.
pub(crate) fn set(nodes: &mut [Node], index: usize, name: &'static str, value: impl Into<Value>) {
    if let Some(element) = at_mut(nodes, index) {
        element.set(name, value);
    }
}

/// Appends text; joins it with a preceding sibling text, as a parser does.
pub(crate) fn push_text(nodes: &mut Vec<Node>, depth: usize, text: &str) {
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

/// The texts in an element, separated by blanks.
pub(crate) fn said(nodes: &[Node], index: usize) -> String {
    let texts = nodes[index..end(nodes, index)].iter();
    let texts = texts.filter_map(|node| match &node.what {
        What::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
        _ => None,
    });
    texts.collect::<Vec<_>>().join(" ")
}

/// The index after the last descendant of `index`.
pub(crate) fn end(nodes: &[Node], index: usize) -> usize {
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
