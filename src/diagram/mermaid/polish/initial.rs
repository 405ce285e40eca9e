//! Attributes that say nothing: what holds anyway, and what has no effect where it is.
//!
//! Not here: what repeats the parent's attributes (`inline.rs`).

use crate::diagram::svg::family::Family;
use crate::diagram::svg::tree::{Element, Node, at, at_mut};
use crate::diagram::svg::typed::Value;
use crate::svg_names::{SHAPES, property};

/// Initial values of properties that are not inherited, as far as the renderer writes them.
const OWN: &[(&str, &str)] = &[("clip-path", "none"), ("opacity", "1")];

/// Initial values of inherited properties, as far as the renderer writes them.
const INHERITED: &[(&str, &str)] = &[
    ("font-style", "normal"),
    ("font-weight", "400"),
    ("font-weight", "normal"),
    ("stroke", "none"),
    ("stroke-width", "1"),
    ("text-anchor", "start"),
];

/// Removes attributes without an effect, from the root down.
pub(super) fn tidy(nodes: &mut [Node<Value>]) {
    let family = Family::of(nodes);
    let coloured = uses_colour(nodes);
    for index in 0..nodes.len() {
        let Some(element) = at(nodes, index) else {
            continue;
        };
        let given = |name: &str| family.given(nodes, index, name);
        let says = |name: &str, value: &Value| {
            let text = value.written(name, None);
            !(says_nothing(element, name, &text)
                || OWN.contains(&(name, &text))
                || name == "color" && !coloured
                || index > 0 && is_for_readers(element, name)
                || is_initial(name, value, &text) && given(name).is_none())
        };
        let mut kept = element.clone();
        kept.attributes.retain(|(name, value)| says(name, value));
        if is_unstroked(nodes, &family, index, &kept) {
            kept.attributes
                .retain(|(name, _)| name == "stroke" || !name.starts_with("stroke-"));
        }
        if let Some(element) = at_mut(nodes, index) {
            *element = kept;
        }
    }
}

/// Whether something uses `currentColor`.
fn uses_colour(nodes: &[Node<Value>]) -> bool {
    let elements = nodes.iter().filter_map(Node::element);
    let mut values = elements.flat_map(|element| &element.attributes);
    values.any(|(_, value)| {
        let text = value.text().unwrap_or_default();
        text.to_ascii_lowercase().contains("currentcolor")
    })
}

/// Attributes for screen readers: only the root and links keep them.
fn is_for_readers(element: &Element<Value>, name: &str) -> bool {
    element.name != "a" && (name == "role" || name.starts_with("aria-"))
}

fn is_initial(name: &str, value: &Value, text: &str) -> bool {
    INHERITED.contains(&(name, text)) || name == "stroke-dasharray" && is_solid(value)
}

/// Whether dashes follow each other without a gap.
fn is_solid(dashes: &Value) -> bool {
    match dashes {
        Value::Numbers(lengths) => matches!(lengths.as_slice(), [0.0] | [_, 0.0]),
        dashes => dashes.text() == Some("none"),
    }
}

/// Whether an attribute has no effect on this element.
fn says_nothing(element: &Element<Value>, name: &str, value: &str) -> bool {
    let on_group = matches!(element.name, "g" | "a" | "defs");
    match name {
        "xml:space" => true,
        "transform-origin" => element.value("transform").is_none(),
        "alignment-baseline" => on_group || element.get("dominant-baseline") == Some(value),
        "x" | "y" | "dy" => on_group,
        "viewBox" => SHAPES.contains(&element.name),
        "fill" => element.name == "line",
        _ => false,
    }
}

/// Whether an element is a shape, or a text without parts, that has no stroke.
fn is_unstroked(
    nodes: &[Node<Value>],
    family: &Family,
    index: usize,
    kept: &Element<Value>,
) -> bool {
    let below = nodes.get(index + 1);
    let has_parts = below
        .is_some_and(|next| next.element().is_some() && family.parent(index + 1) == Some(index));
    let own = kept.get("stroke");
    let stroke = own.or_else(|| family.given(nodes, index, "stroke")?.text());
    let marked = kept
        .attributes
        .iter()
        .any(|(name, _)| name.starts_with("marker"))
        || ["marker-start", "marker-mid", "marker-end"]
            .iter()
            .any(|name| family.given(nodes, index, name).is_some());
    (SHAPES.contains(&kept.name) || kept.name == "text")
        && !has_parts
        && !marked
        && stroke.is_none_or(|stroke| stroke == "none")
}

/// Whether an element's attributes, except for a transform, only set style for its content.
pub(super) fn only_styles(element: &Element<Value>) -> bool {
    element.attributes.iter().all(|(name, _)| {
        name == "transform" || property(name).is_some_and(|property| property.inherited)
    })
}
