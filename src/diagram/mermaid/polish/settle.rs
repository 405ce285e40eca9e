//! Applies translations to coordinates, so that nothing says them.
//!
//! Not here: transforms that turn or scale, and groups with something that cannot be moved so.

use kurbo::{Affine, Vec2};

use crate::diagram::svg::family::Family;
use crate::diagram::svg::references::ids;
use crate::diagram::svg::tree::{Element, Node, at, at_mut};
use crate::diagram::svg::typed::moves;
use crate::svg_names::UNDRAWN;

/// Applies the translations of elements, and of groups, to the coordinates of what is in them. Shapes
/// other than circles, ellipses and rectangles must be paths.
pub(super) fn settle(nodes: &mut [Node]) {
    let family = Family::of(nodes);
    let movable = movable(nodes, &family);
    let mut ways = vec![Vec2::ZERO; nodes.len()];
    for index in (0..nodes.len()).filter(|index| movable[*index]) {
        let outer = family.parent(index).filter(|parent| movable[*parent]);
        let outer = outer.map_or(Vec2::ZERO, |parent| ways[parent]);
        if let Some(element) = at_mut(nodes, index) {
            let own = element.transform().and_then(|own| moves(&own));
            ways[index] = outer + own.unwrap_or_default();
            element.remove("transform");
            element.shift(ways[index]);
        }
    }
}

/// Which elements can be moved by changing coordinates, with all that is in them.
fn movable(nodes: &[Node], family: &Family) -> Vec<bool> {
    let mut movable = vec![true; nodes.len()];
    for index in (0..nodes.len()).rev() {
        let Some(element) = at(nodes, index) else {
            continue;
        };
        let is_apart = UNDRAWN.contains(&element.name) || matches!(element.name, "title" | "desc");
        movable[index] &= !is_apart && is_plain(element);
        if let Some(parent) = family
            .parent(index)
            .filter(|_| !movable[index] && !is_apart)
        {
            movable[parent] = false;
        }
    }
    movable
}

/// Whether nothing but coordinates and a translation places an element.
fn is_plain(element: &Element) -> bool {
    let mut attributes = element.attributes.iter();
    let is_hard = attributes.any(|(name, value)| {
        let refers = value.parts().is_some() && !ids(name, value).is_empty();
        name == "rotate" || refers && !name.starts_with("marker-")
    });
    let has_coordinates = match element.name {
        "a" | "g" => true,
        "path" => element.path().is_some(),
        name => places(name).is_some_and(|places| {
            let mut places = places.iter();
            places.all(|place| element.number_or_0(place).is_some())
        }),
    };
    let own = element.transform();
    !is_hard && has_coordinates && own.is_some_and(|own| moves(&own).is_some())
}

/// The attributes that place an element.
fn places(name: &str) -> Option<[&'static str; 2]> {
    match name {
        "rect" | "text" | "tspan" => Some(["x", "y"]),
        "circle" | "ellipse" => Some(["cx", "cy"]),
        _ => None,
    }
}

impl Element {
    /// Moves an element that has coordinates.
    fn shift(&mut self, by: Vec2) {
        if let Some(path) = self.path() {
            let moved = Affine::translate(by) * path.clone();
            self.set("d", moved);
        }
        for (place, by) in places(self.name).into_iter().flatten().zip([by.x, by.y]) {
            // A part of a text goes on where the last one ends.
            if self.name != "tspan" || self.value(place).is_some() {
                let old = self.number_or_0(place).unwrap_or_default();
                self.set(place, old + by);
            }
        }
    }
}
