//! Writes what is drawn with fewer elements and attributes.
//!
//! Not here: style that neighbours have in common (`share.rs`).

use kurbo::BezPath;

use super::simplify::pruned;
use super::{settle, share};
use crate::diagram::svg::Polished;
use crate::diagram::svg::family::Family;
use crate::diagram::svg::parts::Part;
use crate::diagram::svg::place::outline;
use crate::diagram::svg::tree::{Element, Node, at, at_mut, end};
use crate::svg_names::property;

/// The attributes of paths that can become one.
const OF_JOINED: &[&str] = &[
    "d",
    "fill",
    "stroke",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "stroke-width",
];
/// Where a text is; its part may say otherwise.
const OF_PLACE: &[&str] = &["dx", "dy", "x", "y"];
/// Style under which one path is not the same as several.
const OF_APART: &[&str] = &["marker-end", "marker-mid", "marker-start", "stroke-opacity"];

impl Polished {
    /// The same picture in fewer bytes. Its elements are no longer where the renderer put them.
    pub(crate) fn compact(&mut self) {
        let nodes = &mut self.0.nodes;
        settle::settle_groups(nodes);
        *nodes = pruned(nodes);
        for index in 0..nodes.len() {
            merge_line(nodes, index);
            settle_step(nodes, index);
        }
        *nodes = pruned(nodes);
        nodes
            .iter_mut()
            .filter_map(Node::element_mut)
            .for_each(Element::shorten);
        *nodes = joined(nodes);
        share::share(nodes);
        *nodes = pruned(nodes);
        self.0.shorten_ids();
    }
}

/// Gives a text the attributes of its only part.
fn merge_line(nodes: &mut [Node], index: usize) {
    let last = end(nodes, index);
    let (Some(text), Some(line)) = (at(nodes, index), at(nodes, index + 1)) else {
        return;
    };
    let is_only = text.name == "text" && line.name == "tspan" && end(nodes, index + 1) == last;
    let is_free = |element: &Element| {
        let mut names = element.attributes.iter().map(|(name, _)| name.as_ref());
        names
            .all(|name| OF_PLACE.contains(&name) || property(name).is_some_and(|own| own.inherited))
    };
    if !is_only || !is_free(line) || !is_free(text) {
        return;
    }
    let attributes = line.attributes.clone();
    if let Some(line) = at_mut(nodes, index + 1) {
        line.attributes.clear();
    }
    if let Some(text) = at_mut(nodes, index) {
        for (name, value) in attributes {
            text.set(name, value);
        }
    }
}

/// Adds the step of a text without parts to its place.
fn settle_step(nodes: &mut [Node], index: usize) {
    let mut parts = (index + 1..end(nodes, index)).filter_map(|at_| at(nodes, at_));
    if !parts.all(|part| part.attributes.is_empty()) {
        return;
    }
    let Some(text) = at_mut(nodes, index).filter(|element| element.name == "text") else {
        return;
    };
    for (place, step) in [("x", "dx"), ("y", "dy")] {
        if let (Some(old), Some(by)) = (text.number_or_0(place), text.number(step)) {
            text.set(place, old + by);
            text.remove(step);
        }
    }
}

/// The nodes with neighbouring lines of one style in one path.
fn joined(nodes: &[Node]) -> Vec<Node> {
    let family = Family::of(nodes);
    let mut out: Vec<Node> = Vec::with_capacity(nodes.len());
    let mut is_open = false;
    for (index, node) in nodes.iter().enumerate() {
        let can_join = can_join(nodes, &family, index);
        let last = out
            .last_mut()
            .filter(|last| is_open && can_join && last.depth == node.depth);
        if last.is_some_and(|last| extend(last, node)) {
            continue;
        }
        is_open = can_join;
        out.push(node.clone());
    }
    out
}

/// Whether a path looks the same as a part of another one.
fn can_join(nodes: &[Node], family: &Family, index: usize) -> bool {
    let is_apart = |name: &&str| {
        family.value(nodes, index, name).is_some() && !family.is_none(nodes, index, name)
    };
    at(nodes, index).is_some_and(|path| {
        let mut names = path.attributes.iter().map(|(name, _)| name.as_ref());
        path.path().is_some()
            && end(nodes, index) == index + 1
            && names.all(|name| OF_JOINED.contains(&name))
            && family.is_none(nodes, index, "fill")
            && !OF_APART.iter().any(is_apart)
    })
}

/// Adds a path to another one if their attributes are the same.
fn extend(node: &mut Node, other: &Node) -> bool {
    let (Some(element), Some(other)) = (node.element_mut(), other.element()) else {
        return false;
    };
    let (Some(path), Some(more)) = (element.path(), other.path()) else {
        return false;
    };
    let both = path.iter().chain(more.iter()).collect::<BezPath>();
    let (own, others) = (&element.attributes, &other.attributes);
    let mut pairs = own.iter().zip(others);
    let is_same = pairs.all(|(own, other)| own == other || own.0 == "d" && other.0 == "d");
    if own.len() != others.len() || !is_same {
        return false;
    }
    element.set("d", both);
    true
}

impl Element {
    /// Writes the same shape or text with fewer attributes.
    fn shorten(&mut self) {
        if self.number("stroke-width") == Some(0.0) {
            self.set("stroke", Part::word("none"));
        }
        match self.name {
            "line" | "polygon" | "polyline" => {
                if let Some(path) = outline(self) {
                    if self.name == "line" {
                        self.set("fill", Part::word("none"));
                    }
                    for name in ["points", "x1", "x2", "y1", "y2"] {
                        self.remove(name);
                    }
                    self.name = "path";
                    self.set("d", path);
                }
            }
            "rect" if self.value("rx") == self.value("ry") => {
                self.remove("ry");
            }
            _ => {}
        }
        for name in ["x", "y", "cx", "cy"] {
            let is_zero = self.number(name).is_some_and(|number| number.abs() < 1e-3);
            if is_zero && self.name != "tspan" {
                self.remove(name);
            }
        }
    }
}
