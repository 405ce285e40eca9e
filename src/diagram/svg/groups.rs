//! Removes groups that have no effect: frames that clip labels, groups without attributes, and
//! groups in groups.
//!
//! Not here: elements that draw nothing (`idle.rs`).

use super::family::{Family, Fate, decided};
use super::initial::only_styles;
use super::matrix::{Matrix, Point, translate};
use super::number::rounded;
use super::size::view_box;
use super::tree::{Element, Name, Node, end};
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
            && let Some(by) = framed(element)
        {
            element.name = "g";
            element
                .attributes
                .retain(|(name, _)| !OF_FRAME.contains(&name.as_ref()));
            move_by(element, &Matrix::moving(by));
        }
    }
}

/// The translation of a frame's content; `None` if the frame does more than that.
fn framed(element: &Element) -> Option<Point> {
    let number = |name: &str| match element.get(name) {
        None => Some(0.0),
        Some(text) => text.parse::<f64>().ok().filter(|n| n.is_finite()),
    };
    let at = [number("x")?, number("y")?];
    if element.get("viewBox").is_none() {
        return (element.get("width").is_none() && element.get("height").is_none()).then_some(at);
    }
    let [x, y, width, height] = view_box(element)?;
    let same = (width - number("width")?).abs() < 0.01 && (height - number("height")?).abs() < 0.01;
    same.then_some([at[0] - x, at[1] - y])
}

/// Appends a transform to an element's own.
fn move_by(element: &mut Element, by: &Matrix) {
    let own = element.get("transform").unwrap_or_default();
    let whole = combined(own, by);
    match whole {
        Some(whole) => element.set(Name::from("transform"), whole),
        None => element.remove("transform"),
    }
}

/// A transform followed by a translation, as an attribute.
fn combined(outer: &str, inner: &Matrix) -> Option<String> {
    let moves = Matrix::read(outer).and_then(|outer| outer.then(inner).moves());
    match (moves, inner.moves().and_then(translate)) {
        (Some(by), _) => translate(by),
        (None, Some(inner)) => Some(format!("{outer} {inner}").trim().to_owned()),
        (None, None) => Some(outer.to_owned()),
    }
}

/// Removes groups and `tspan`s without attributes, keeping their content, and `<defs>` whose
/// content is not drawn anyway.
pub(super) fn opened(nodes: &[Node]) -> Vec<Node> {
    let family = Family::of(nodes);
    decided(nodes, |index| {
        let Some(element) = nodes.get(index).and_then(Node::element) else {
            return Fate::Stays;
        };
        let opens = match element.name {
            "g" | "tspan" => element.attributes.is_empty(),
            "defs" => needs_no_defs(nodes, &family, index),
            _ => false,
        };
        if opens && index > 0 {
            Fate::Opens
        } else {
            Fate::Stays
        }
    })
}

/// Whether everything in a `<defs>` would not be drawn outside of it either.
fn needs_no_defs(nodes: &[Node], family: &Family, index: usize) -> bool {
    (index + 1..end(nodes, index))
        .filter(|at| family.parent(*at) == Some(index))
        .all(|at| {
            let name = nodes.get(at).and_then(Node::element).map(|e| e.name);
            name.is_some_and(|name| UNDRAWN.contains(&name) || name.ends_with("Gradient"))
        })
}

/// Moves a group's attributes to its only child, if that can take them over.
pub(super) fn merged(nodes: &mut Vec<Node>) {
    let family = Family::of(nodes);
    let mut gone = vec![false; nodes.len()];
    for index in (1..nodes.len()).rev() {
        let Some(group) = nodes.get(index).and_then(Node::element) else {
            continue;
        };
        let only = end(nodes, index) == end(nodes, index + 1);
        if group.name != "g" || !only || !only_styles(group) {
            continue;
        }
        let group = group.clone();
        // The group below it may have been replaced by its content already.
        let mut at = index + 1;
        while gone.get(at).copied().unwrap_or(false) {
            at += 1;
        }
        let Some(inner) = nodes.get_mut(at).and_then(Node::element_mut) else {
            continue;
        };
        let is_hard = |element: &Element| element.get("transform-origin").is_some();
        if TAKERS.contains(&inner.name) && !is_hard(inner) && inner.get("id").is_none() {
            take(inner, &group);
            if let Some(gone) = gone.get_mut(index) {
                *gone = true;
            }
        }
    }
    drop(family);
    *nodes = decided(nodes, |index| {
        if gone.get(index).copied().unwrap_or(false) {
            Fate::Opens
        } else {
            Fate::Stays
        }
    });
}

/// Takes over the attributes of the group around an element.
fn take(inner: &mut Element, group: &Element) {
    for (name, value) in &group.attributes {
        if name == "transform" {
            let own = inner.get("transform").unwrap_or_default().to_owned();
            let own_moves = Matrix::read(&own).filter(|own| own.moves().is_some());
            let whole = match own_moves {
                Some(own) => combined(value, &own),
                None => Some(format!("{value} {own}")),
            };
            match whole {
                Some(whole) => inner.set(name.clone(), whole),
                None => inner.remove("transform"),
            }
        } else if inner.get(name).is_none() {
            inner.set(name.clone(), value.clone());
        }
    }
    inner.attributes.sort();
}

/// Applies plain translations of rectangles, circles and texts to their coordinates.
pub(super) fn settle(nodes: &mut [Node]) {
    for index in 0..nodes.len() {
        let Some(element) = nodes.get(index).and_then(Node::element) else {
            continue;
        };
        let names = match element.name {
            "rect" | "text" => ["x", "y"],
            "circle" | "ellipse" => ["cx", "cy"],
            _ => continue,
        };
        let is_hard = |(name, value): &(Name, String)| {
            name == "transform-origin" || name == "rotate" || value.contains("url(")
        };
        let moves = element.get("transform").and_then(Matrix::read);
        let Some(by) = moves.and_then(|matrix| matrix.moves()) else {
            continue;
        };
        if element.attributes.iter().any(is_hard) {
            continue;
        }
        let stop = if element.name == "text" {
            end(nodes, index)
        } else {
            index + 1
        };
        let Some(moved) = (index..stop)
            .map(|at| moved(nodes.get(at)?, names, by, at == index))
            .collect::<Option<Vec<Node>>>()
        else {
            continue;
        };
        for (node, moved) in nodes.iter_mut().skip(index).zip(moved) {
            *node = moved;
        }
    }
}

/// A node with its coordinates moved; the `top` one gets coordinates even if it had none.
fn moved(node: &Node, names: [&'static str; 2], by: Point, top: bool) -> Option<Node> {
    let mut node = node.clone();
    let Some(element) = node.element_mut() else {
        return Some(node);
    };
    if !top && element.name != "tspan" {
        return None;
    }
    for (name, step) in names.into_iter().zip(by) {
        match element.get(name) {
            None if !top => {}
            old => {
                let old: f64 = old.unwrap_or("0").parse().ok()?;
                element.set(Name::from(name), rounded(old + step, 4)?);
            }
        }
    }
    if top {
        element.remove("transform");
        element.attributes.sort();
    }
    Some(node)
}
