//! Applies translations to coordinates, so that nothing says them.
//!
//! Not here: transforms that turn or scale.

use kurbo::{Affine, Vec2};

use crate::diagram::svg::family::Family;
use crate::diagram::svg::references::ids;
use crate::diagram::svg::tree::{Element, Node, at, at_mut, end};
use crate::diagram::svg::typed::{Value, moves};
use crate::svg_names::UNDRAWN;

/// Applies the translations of shapes and texts to their coordinates.
pub(super) fn settle(nodes: &mut [Node]) {
    let movable = movable(nodes);
    for index in 0..nodes.len() {
        shift(nodes, &movable, index);
    }
}

/// The same for groups.
pub(super) fn settle_groups(nodes: &mut [Node]) {
    let movable = movable(nodes);
    for index in 0..nodes.len() {
        sink(nodes, &movable, index);
        shift(nodes, &movable, index);
    }
}

/// Which elements can be moved by changing coordinates, with all that is in them.
fn movable(nodes: &[Node]) -> Vec<bool> {
    let family = Family::of(nodes);
    let mut movable = vec![true; nodes.len()];
    for index in (0..nodes.len()).rev() {
        let Some(element) = at(nodes, index).filter(|element| !is_apart(element)) else {
            continue;
        };
        movable[index] &= is_plain(element) && has_coordinates(element);
        if let Some(parent) = family.parent(index).filter(|_| !movable[index]) {
            movable[parent] = false;
        }
    }
    movable
}

/// Whether an element is not drawn where it is.
fn is_apart(element: &Element) -> bool {
    UNDRAWN.contains(&element.name) || matches!(element.name, "title" | "desc")
}

/// Whether nothing but coordinates and a translation places an element.
fn is_plain(element: &Element) -> bool {
    let mut attributes = element.attributes.iter();
    let is_hard = attributes.any(|(name, value)| {
        let refers = value.parts().is_some() && !ids(name, value).is_empty();
        name == "rotate" || refers && !name.starts_with("marker-")
    });
    !is_hard && element.transform().is_some_and(|own| moves(&own).is_some())
}

fn has_coordinates(element: &Element) -> bool {
    let numbers = |names: &[&str]| names.iter().all(|name| element.number_or_0(name).is_some());
    match element.name {
        "a" | "g" => true,
        "rect" | "text" | "tspan" => numbers(&["x", "y"]),
        "circle" | "ellipse" => numbers(&["cx", "cy"]),
        "line" => numbers(&["x1", "y1", "x2", "y2"]),
        "polygon" | "polyline" => element.numbers("points").is_some(),
        "path" => element.path().is_some(),
        _ => false,
    }
}

/// Moves the translation of a group to what is in it, unless more than one would have to keep it.
fn sink(nodes: &mut [Node], movable: &[bool], index: usize) {
    let Some((group, depth)) = at(nodes, index).zip(nodes.get(index).map(|node| node.depth)) else {
        return;
    };
    let by = group
        .transform()
        .filter(|_| matches!(group.name, "a" | "g") && is_plain(group));
    let Some(by) = by.filter(|by| *by != Affine::IDENTITY) else {
        return;
    };
    let inside = index + 1..end(nodes, index);
    let inside = inside.filter(|at| nodes.get(*at).is_some_and(|node| node.depth == depth + 1));
    let inside = inside.filter(|index| at(nodes, *index).is_some_and(|element| !is_apart(element)));
    let inside: Vec<usize> = inside.collect();
    let own = |index: usize| at(nodes, index).and_then(Element::transform);
    let transforms: Option<Vec<Affine>> = inside.iter().map(|index| own(*index)).collect();
    let keep = inside.iter().filter(|index| !movable[**index]).count();
    let Some(transforms) = transforms.filter(|_| keep < 2) else {
        return;
    };
    for (index, own) in inside.into_iter().zip(transforms) {
        if let Some(element) = at_mut(nodes, index) {
            element.set_transform(by * own);
        }
    }
    if let Some(group) = at_mut(nodes, index) {
        group.remove("transform");
    }
}

fn shift(nodes: &mut [Node], movable: &[bool], index: usize) {
    let Some(element) = at(nodes, index).filter(|_| movable[index]) else {
        return;
    };
    let is_group = matches!(element.name, "a" | "g") || is_apart(element);
    let by = element.transform().and_then(|own| moves(&own));
    let Some(by) = by.filter(|_| !is_group && element.value("transform").is_some()) else {
        return;
    };
    let stop = if element.name == "text" {
        end(nodes, index)
    } else {
        index + 1
    };
    for at in index..stop {
        if let Some(element) = at_mut(nodes, at) {
            element.remove("transform");
            element.shift(by);
        }
    }
}

impl Element {
    /// Moves an element that has coordinates.
    fn shift(&mut self, by: Vec2) {
        let names: [&[&'static str]; 2] = match self.name {
            "circle" | "ellipse" => [&["cx"], &["cy"]],
            "line" => [&["x1", "x2"], &["y1", "y2"]],
            _ => [&["x"], &["y"]],
        };
        match self.name {
            "polygon" | "polyline" => {
                let points = self.numbers("points").unwrap_or_default();
                let moved = points.iter().zip([by.x, by.y].into_iter().cycle());
                let moved: Vec<f64> = moved.map(|(point, by)| point + by).collect();
                self.set("points", Value::Numbers(moved));
            }
            "path" => {
                let moved = self.path().map(|path| Affine::translate(by) * path.clone());
                if let Some(moved) = moved {
                    self.set("d", moved);
                }
            }
            name => {
                for (names, by) in names.into_iter().zip([by.x, by.y]) {
                    for own in names {
                        // A part of a text goes on where the last one ends.
                        if name != "tspan" || self.value(own).is_some() {
                            let old = self.number_or_0(own).unwrap_or_default();
                            self.set(*own, old + by);
                        }
                    }
                }
            }
        }
    }
}
