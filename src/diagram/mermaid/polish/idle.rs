//! Removes elements that draw nothing: shapes without paint, texts without words, empty groups, and
//! markers without references; and ids without references.
//!
//! Not here: groups that do nothing (`simplify.rs`).

use std::collections::HashSet;

use crate::diagram::svg::Styled;
use crate::diagram::svg::family::Family;
use crate::diagram::svg::parts::referring;
use crate::diagram::svg::references::ids;
use crate::diagram::svg::tree::{Node, What, at, end};
use crate::diagram::svg::typed::Value;
use crate::svg_names::{SHAPES, UNDRAWN};

/// Elements in which a shape matters even without paint, or can be clicked without paint.
const KEEPERS: &[&str] = &["a", "clipPath", "defs", "mask", "pattern", "symbol"];
/// A rectangle without stroke and with a smaller side, in user units, is not seen.
const SPECK: f64 = 0.2;
/// Elements that only have an effect through a reference.
const REFERRED: &[&str] = &["linearGradient", "radialGradient"];

impl Styled {
    /// Removes every id that nothing refers to.
    pub(crate) fn drop_idle_ids(&mut self) {
        let elements = self.nodes.iter().filter_map(Node::element);
        let used: HashSet<String> = elements
            .flat_map(|element| &element.attributes)
            .filter(|(name, _)| name != "id")
            .flat_map(|(name, value)| ids(name, value))
            .map(str::to_owned)
            .collect();
        for element in self.nodes.iter_mut().filter_map(Node::element_mut) {
            if element.get("id").is_some_and(|id| !used.contains(id)) {
                element.remove("id");
            }
        }
    }

    /// Gives ids that only style refers to short names.
    pub(crate) fn shorten_ids(&mut self) {
        let elements = || self.nodes.iter().filter_map(Node::element);
        let mut attributes = elements().flat_map(|element| &element.attributes);
        if attributes.any(|(name, value)| value.text().is_some() && !ids(name, value).is_empty()) {
            return;
        }
        let old = elements().filter_map(|element| element.get("id").map(str::to_owned));
        let old: Vec<String> = old.collect();
        let new = |id: &str| match old.iter().position(|known| known == id) {
            Some(place) => format!("{place}"),
            None => id.to_owned(),
        };
        for element in self.nodes.iter_mut().filter_map(Node::element_mut) {
            for (name, value) in &mut element.attributes {
                match value {
                    Value::Style(parts) if !ids(name, &Value::Style(parts.clone())).is_empty() => {
                        *parts = referring(parts, &new);
                    }
                    Value::Text(id) if name == "id" => *id = new(id),
                    _ => {}
                }
            }
        }
    }
}

/// Whether an element draws nothing. Unused ids must have been removed.
pub(super) fn is_idle(nodes: &[Node], family: &Family, index: usize) -> bool {
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

fn is_wordless(nodes: &[Node], index: usize) -> bool {
    let inside = nodes.get(index..end(nodes, index)).unwrap_or_default();
    !inside
        .iter()
        .any(|node| matches!(&node.what, What::Text(text) if !text.trim().is_empty()))
}

/// Whether a shape paints nothing.
fn is_unseen(nodes: &[Node], family: &Family, index: usize) -> bool {
    let Some(element) = at(nodes, index) else {
        return false;
    };
    let held = |name: &str| family.value(nodes, index, name);
    let zero = |value: Option<&Value>| {
        let number = value.and_then(Value::number);
        number.is_some_and(|number| number.abs() < 1e-9)
    };
    let none = |name: &str| zero(held(name));
    let clear = |paint: &Value| matches!(paint.text(), Some("none" | "transparent"));
    let unfilled =
        held("fill").is_some_and(clear) || none("fill-opacity") || element.name == "line";
    let unstroked =
        held("stroke").is_none_or(clear) || none("stroke-width") || none("stroke-opacity");
    let marked = ["marker-start", "marker-mid", "marker-end"]
        .iter()
        .any(|name| held(name).is_some_and(|marker| !marker.is_none()));
    let sides = element.name == "rect"
        && ["width", "height"]
            .iter()
            .any(|side| zero(element.value(side)));
    // The background of a label that was not measured.
    let is_speck = element.name == "rect"
        && unstroked
        && ["width", "height"]
            .iter()
            .any(|side| element.number(side).is_some_and(|side| side < SPECK));
    zero(element.value("opacity")) || sides || is_speck || unfilled && unstroked && !marked
}
