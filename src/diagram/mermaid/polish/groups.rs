//! Removes groups that have no effect: groups without attributes, and groups in groups.
//!
//! Not here: elements that draw nothing (`idle.rs`).

use super::initial::only_styles;
use crate::diagram::svg::family::Family;
use crate::diagram::svg::tree::{Element, Node, at, at_mut, end};
use crate::svg_names::UNDRAWN;

/// Elements that can take over the attributes of a group around them.
const TAKERS: &[&str] = &[
    "circle", "ellipse", "g", "line", "path", "polygon", "polyline", "rect", "text",
];

/// Whether an element can be replaced by its content: a group or a `tspan` without attributes, and
/// `<defs>` whose content is not drawn anyway.
pub(super) fn opens(nodes: &[Node], family: &Family, index: usize) -> bool {
    at(nodes, index).is_some_and(|element| match element.name {
        "g" | "tspan" => element.attributes.is_empty(),
        "defs" => needs_no_defs(nodes, family, index),
        _ => false,
    })
}

/// Whether everything in a `<defs>` would not be drawn outside of it either.
fn needs_no_defs(nodes: &[Node], family: &Family, index: usize) -> bool {
    (index + 1..end(nodes, index))
        .filter(|below| family.parent(*below) == Some(index))
        .all(|below| {
            let name = at(nodes, below).map(|element| element.name);
            name.is_some_and(|name| UNDRAWN.contains(&name) || name.ends_with("Gradient"))
        })
}

/// Moves a group's attributes to its only child, if that can take them over.
pub(super) fn merge(nodes: &mut [Node]) {
    for index in (1..nodes.len()).rev() {
        let has_one = |index: usize| end(nodes, index) == end(nodes, index + 1);
        let Some(group) = at(nodes, index).filter(|group| group.name == "g" && has_one(index))
        else {
            continue;
        };
        if !only_styles(group) || group.transform().is_none() {
            continue;
        }
        let group = group.clone();
        // A group below it may have passed on its attributes already.
        let is_passed = |index: &usize| {
            let group = at(nodes, *index).filter(|group| group.name == "g" && has_one(*index));
            group.is_some_and(|group| group.attributes.is_empty())
        };
        let below = (index + 1..nodes.len()).find(|below| !is_passed(below));
        let Some(inner) = below.and_then(|below| at_mut(nodes, below)) else {
            continue;
        };
        let takes = TAKERS.contains(&inner.name) && inner.value("id").is_none();
        if takes && inner.transform().is_some() {
            take(inner, &group);
            if let Some(group) = at_mut(nodes, index) {
                group.attributes.clear();
            }
        }
    }
}

/// Takes over the attributes of the group around an element.
fn take(inner: &mut Element, group: &Element) {
    if let (Some(own), Some(outer)) = (inner.transform(), group.transform()) {
        inner.set_transform(outer * own);
    }
    for (name, value) in &group.attributes {
        if name != "transform" && inner.value(name).is_none() {
            inner.set(name.clone(), value.clone());
        }
    }
}
