//! Removes elements that draw nothing: shapes without paint, texts without words, empty groups, and
//! markers without references; and ids without references.
//!
//! Not here: drawing the same with fewer elements (`groups.rs`).

use std::collections::HashSet;

use crate::diagram::svg::Styled;
use crate::diagram::svg::family::Family;
use crate::diagram::svg::references::ids;
use crate::diagram::svg::tree::{Node, What, at, end};
use crate::diagram::svg::typed::Value;
use crate::svg_names::{SHAPES, UNDRAWN};

/// Elements in which a shape matters even without paint, or can be clicked without paint.
const KEEPERS: &[&str] = &["a", "clipPath", "defs", "mask", "pattern", "symbol"];
/// Elements that only have an effect through a reference.
const REFERRED: &[&str] = &["linearGradient", "radialGradient"];

impl Styled {
    /// Removes every id that nothing refers to.
    pub(crate) fn drop_idle_ids(&mut self) {
        let elements = self.nodes.iter().filter_map(Node::element);
        let used: HashSet<String> = elements
            .flat_map(|element| &element.attributes)
            .filter(|(name, _)| name != "id")
            .filter_map(|(name, value)| Some(ids(name, value.text()?)))
            .flatten()
            .collect();
        for element in self.nodes.iter_mut().filter_map(Node::element_mut) {
            if element.get("id").is_some_and(|id| !used.contains(id)) {
                element.remove("id");
            }
        }
    }
}

/// Whether an element draws nothing. Unused ids must have been removed.
pub(super) fn is_idle(nodes: &[Node<Value>], family: &Family, index: usize) -> bool {
    let Some(element) = at(nodes, index) else {
        return false;
    };
    if element.value("id").is_some() {
        return false;
    }
    if element.get("display") == Some("none") {
        return true;
    }
    let is_empty = end(nodes, index) == index + 1;
    match element.name {
        "g" | "a" | "defs" | "svg" | "tspan" => is_empty,
        "text" => is_wordless(nodes, index),
        name if UNDRAWN.contains(&name) || REFERRED.contains(&name) => true,
        name if SHAPES.contains(&name) => {
            is_empty && !family.is_in(nodes, index, KEEPERS) && is_unseen(nodes, family, index)
        }
        _ => false,
    }
}

fn is_wordless(nodes: &[Node<Value>], index: usize) -> bool {
    let inside = nodes.get(index..end(nodes, index)).unwrap_or_default();
    !inside
        .iter()
        .any(|node| matches!(&node.what, What::Text(text) if !text.trim().is_empty()))
}

/// Whether a shape paints nothing.
fn is_unseen(nodes: &[Node<Value>], family: &Family, index: usize) -> bool {
    let Some(element) = at(nodes, index) else {
        return false;
    };
    let held = |name: &str| family.held(nodes, index, name);
    let zero = |value: Option<&Value>| {
        let number = value.and_then(Value::number);
        number.is_some_and(|number| number.abs() < 1e-9)
    };
    let none = |name: &str| zero(family.value(nodes, index, name));
    let clear = |paint: Option<&str>| matches!(paint, Some("none" | "transparent"));
    let unfilled = clear(held("fill")) || none("fill-opacity") || element.name == "line";
    let unstroked =
        clear(held("stroke").or(Some("none"))) || none("stroke-width") || none("stroke-opacity");
    let marked = ["marker-start", "marker-mid", "marker-end"]
        .iter()
        .any(|name| held(name).is_some_and(|marker| marker != "none"));
    let sides = element.name == "rect"
        && ["width", "height"]
            .iter()
            .any(|side| zero(element.value(side)));
    zero(element.value("opacity")) || sides || unfilled && unstroked && !marked
}
