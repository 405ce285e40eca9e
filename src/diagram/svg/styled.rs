//! From the cleaned tree to the styled one: no style but in presentation attributes, no reference
//! without a target, no blanks that are not drawn.
//!
//! Not here: what depends on the page it goes to (`inline.rs`).

use std::collections::HashSet;

use super::cascade::{self, Sheets};
use super::family::Family;
use super::matching::Tree;
use super::parts::mapped;
use super::references;
use super::tree::{Element, Node, What, push_text};
use super::typed::Value;
use super::{Cleaned, Styled};
use crate::svg_names::PAINTS;

impl Cleaned {
    /// The picture with its cascade resolved into presentation attributes.
    pub fn styled(&self) -> Styled {
        let sheets = Sheets::of(&self.nodes);
        let mut nodes = self.nodes.clone();
        cascade::resolve(&mut nodes, &sheets, &Tree::of(&self.nodes));
        let mut nodes = drawn(&nodes);
        let ids = unique_ids(&mut nodes);
        for element in nodes.iter_mut().filter_map(Node::element_mut) {
            keep_classes(element, &sheets.classes);
            references::drop_lost(element, &ids);
        }
        if let Some(root) = nodes.first_mut().and_then(Node::element_mut) {
            self.settle(root);
        }
        let elements = || nodes.iter().filter_map(Node::element);
        let marked = elements().any(|element| element.value("marker-mid").is_some());
        let typed = nodes.into_iter().map(|node| Node {
            depth: node.depth,
            what: match node.what {
                What::Element(element) => What::Element(element.typed(marked)),
                What::Text(text) => What::Text(text),
            },
        });
        Styled {
            nodes: typed.collect(),
            width: self.width,
            height: self.height,
        }
    }

    /// Gives the root its `viewBox`, and removes its size and position, which the page sets.
    fn settle(&self, root: &mut Element<String>) {
        if !super::size::has_view_box(root) {
            let (width, height) = (self.width, self.height);
            root.set("viewBox", format!("0 0 {width} {height}"));
        }
        for name in ["width", "height", "x", "y"] {
            root.remove(name);
        }
    }
}

impl Styled {
    /// Replaces each colour in paint attributes by what `map` returns, if it returns something.
    ///
    /// The paint attributes are `fill`, `stroke`, `stop-color`, `flood-color`, `lighting-color` and
    /// `color`; a colour is passed as it is written, `light-dark(…)` as a whole.
    pub fn recolour(&mut self, mut map: impl FnMut(&str) -> Option<String>) {
        for element in self.nodes.iter_mut().filter_map(Node::element_mut) {
            for (name, value) in &mut element.attributes {
                if let Value::Text(value) = value
                    && PAINTS.contains(&name.as_ref())
                {
                    *value = mapped(value, &mut map);
                }
            }
        }
    }

    /// Removes an attribute, such as `font-family` or `class`, from every element.
    pub fn without(&mut self, attribute: &str) {
        for element in self.nodes.iter_mut().filter_map(Node::element_mut) {
            element.remove(attribute);
        }
    }
}

/// The nodes without style sheets and without blanks outside of texts.
fn drawn(nodes: &[Node<String>]) -> Vec<Node<String>> {
    let family = Family::of(nodes);
    let is_drawn = |index: usize, node: &Node<String>| match &node.what {
        What::Element(element) => element.name != "style",
        What::Text(text) => {
            let is_seen = family.is_in(nodes, index, &["text"]) || !text.trim().is_empty();
            is_seen && !family.is_in(nodes, index, &["style"])
        }
    };
    let mut kept: Vec<Node<String>> = Vec::new();
    for (index, node) in nodes.iter().enumerate() {
        match &node.what {
            _ if !is_drawn(index, node) => {}
            What::Element(_) => kept.push(node.clone()),
            // The style between two texts was removed, so they become one text.
            What::Text(text) => push_text(&mut kept, node.depth, text),
        }
    }
    kept
}

/// Removes every id that is already in use; returns all ids.
fn unique_ids(nodes: &mut [Node<String>]) -> HashSet<String> {
    let mut ids = HashSet::new();
    for element in nodes.iter_mut().filter_map(Node::element_mut) {
        let id = element.get("id").map(str::to_owned);
        if id.is_some_and(|id| !ids.insert(id)) {
            element.remove("id");
        }
    }
    ids
}

/// Drops classes that the picture's own style uses: what remains may be the site's.
fn keep_classes(element: &mut Element<String>, own: &HashSet<String>) {
    let Some(classes) = element.get("class") else {
        return;
    };
    let others: Vec<&str> = classes
        .split_ascii_whitespace()
        .filter(|class| !own.contains(*class))
        .collect();
    let others = others.join(" ");
    if others.is_empty() {
        element.remove("class");
    } else {
        element.set("class", others);
    }
}
