//! From the cleaned tree to the styled one: no style but in presentation attributes, no reference
//! without a target, no blanks that are not drawn.
//!
//! Not here: what depends on the page it goes to (`inline.rs`).

use std::collections::HashSet;
use std::sync::Arc;

use super::cascade::{self, Sheets};
use super::family::Family;
use super::matching::document;
use super::parts::{Kind, Part, change};
use super::references;
use super::shorthand::is_of;
use super::tree::{Element, Node, What};
use super::typed::Value;
use super::{Cleaned, Styled};
use crate::svg_names::{PAINTS, SHAPES};

impl Cleaned {
    /// The picture with its cascade resolved into presentation attributes. Classes that its own
    /// style uses are gone: what remains may be the site's.
    pub fn styled(&self) -> Styled {
        self.styled_with(|_, is_styled| !is_styled)
    }

    /// The same with only these classes.
    pub(crate) fn styled_keeping(&self, classes: &[&str]) -> Styled {
        self.styled_with(|class, _| classes.contains(&class))
    }

    /// `stays` takes a class, and whether the picture's own style uses it.
    fn styled_with(&self, stays: impl Fn(&str, bool) -> bool) -> Styled {
        let sheets = Sheets::of(&self.nodes);
        let mut nodes = self.nodes.clone();
        cascade::resolve(&mut nodes, &sheets, &document(&self.nodes));
        let mut nodes = drawn(nodes);
        let ids = unique_ids(&mut nodes);
        for element in nodes.iter_mut().filter_map(Node::element_mut) {
            keep_classes(element, |class| {
                stays(class, sheets.classes.contains(class))
            });
            references::drop_lost(element, &ids);
            let shape = element.name;
            if SHAPES.contains(&shape) {
                element.attributes.retain(|(name, _)| is_of(name, shape));
            }
        }
        if let Some(root) = nodes.first_mut().and_then(Node::element_mut) {
            self.settle(root);
        }
        let mut elements = nodes.iter().filter_map(Node::element);
        let marked = elements.any(|element| element.value("marker-mid").is_some());
        for element in nodes.iter_mut().filter_map(Node::element_mut) {
            element.settle(marked);
        }
        Styled {
            nodes,
            width: self.width,
            height: self.height,
        }
    }

    /// Gives the root its `viewBox`, and removes its size and position, which the page sets.
    fn settle(&self, root: &mut Element) {
        if super::size::view_box(root).is_none() {
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
    /// `color`; `light-dark(…)` is passed as a whole.
    pub(crate) fn recolour(&mut self, mut map: impl FnMut(&Part) -> Option<Part>) {
        let mut recolour = |part: &mut Part| {
            let is_colour = part.kind == Kind::Colour;
            if is_colour && let Some(new) = map(part) {
                *part = new;
            }
            is_colour
        };
        for element in self.nodes.iter_mut().filter_map(Node::element_mut) {
            for (name, value) in &mut element.attributes {
                if let Value::Style(value) = value
                    && PAINTS.contains(&name.as_ref())
                {
                    change(Arc::make_mut(value), &mut recolour);
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
fn drawn(mut nodes: Vec<Node>) -> Vec<Node> {
    let family = Family::of(&nodes);
    let is_drawn = |(index, node): (usize, &Node)| match &node.what {
        What::Element(element) => element.name != "style",
        What::Text(text) => family.is_in(&nodes, index, &["text"]) || !text.trim().is_empty(),
        What::Rules(_) => false,
    };
    let kept: Vec<bool> = nodes.iter().enumerate().map(is_drawn).collect();
    let mut kept = kept.into_iter();
    nodes.retain(|_| kept.next().unwrap_or_default());
    nodes
}

/// Removes every id that is already in use; returns all ids.
fn unique_ids(nodes: &mut [Node]) -> HashSet<String> {
    let mut ids = HashSet::new();
    for element in nodes.iter_mut().filter_map(Node::element_mut) {
        let id = element.get("id").map(str::to_owned);
        if id.is_some_and(|id| !ids.insert(id)) {
            element.remove("id");
        }
    }
    ids
}

/// Removes the classes of an element but for those that stay.
fn keep_classes(element: &mut Element, stays: impl Fn(&str) -> bool) {
    let Some(classes) = element.get("class") else {
        return;
    };
    let classes = classes.split_ascii_whitespace();
    let kept: Vec<&str> = classes.filter(|class| stays(class)).collect();
    if kept.is_empty() {
        element.remove("class");
    } else {
        element.set("class", kept.join(" "));
    }
}
