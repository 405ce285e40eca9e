//! Removes groups that have no effect: frames that clip labels, groups without attributes, and
//! groups in groups.
//!
//! Not here: elements that draw nothing (`idle.rs`).

use kurbo::Vec2;

use super::initial::only_styles;
use crate::diagram::svg::family::Family;
use crate::diagram::svg::size::view_box;
use crate::diagram::svg::tree::{Element, Node, at, at_mut, end};
use crate::svg_names::UNDRAWN;

/// Attributes of a frame that have no meaning on the group that replaces it.
const OF_FRAME: &[&str] = &[
    "height",
    "overflow",
    "preserveAspectRatio",
    "viewBox",
    "width",
    "x",
    "y",
];
/// Elements that can take over the attributes of a group around them.
const TAKERS: &[&str] = &[
    "circle", "ellipse", "g", "line", "path", "polygon", "polyline", "rect", "text",
];

/// Turns inner `<svg>` elements that draw in their own size into groups: they only clip.
pub(super) fn unframe(nodes: &mut [Node]) {
    for element in nodes.iter_mut().skip(1).filter_map(Node::element_mut) {
        if element.name == "svg"
            && element.transform().is_some()
            && let Some(by) = framed(element)
        {
            element.name = "g";
            element
                .attributes
                .retain(|(name, _)| !OF_FRAME.contains(&name.as_ref()));
            if let Some(own) = element.transform() {
                element.set_transform(own.pre_translate(by));
            }
        }
    }
}

/// The translation of a frame's content; `None` if the frame does more than that.
fn framed(element: &Element) -> Option<Vec2> {
    let number = |name| element.number_or_0(name);
    let at = Vec2::new(number("x")?, number("y")?);
    if element.value("viewBox").is_none() {
        let sized = ["width", "height"].iter();
        let mut sized = sized.filter(|name| element.value(name).is_some());
        return sized.next().is_none().then_some(at);
    }
    let view = view_box(element)?;
    let near = |a: f64, b: f64| (a - b).abs() < 0.01;
    let same = near(view.width(), number("width")?) && near(view.height(), number("height")?);
    same.then_some(at - view.origin().to_vec2())
}

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
