//! Attributes that say nothing: what holds anyway, and what has no effect where it is.
//!
//! Not here: what repeats the parent's attributes (`inline.rs`).

use crate::diagram::svg::family::Family;
use crate::diagram::svg::parts::{Part, all};
use crate::diagram::svg::tree::{Element, Node, at, at_mut};
use crate::diagram::svg::typed::Value;
use crate::svg_names::SHAPES;

/// Initial values of properties that are not inherited, as far as the renderer writes them.
const OWN: &[(&str, &str)] = &[("clip-path", "none"), ("opacity", "1")];

/// Initial values of inherited properties, as far as the renderer writes them.
const INHERITED: &[(&str, &str)] = &[
    ("dominant-baseline", "auto"),
    ("fill-opacity", "1"),
    ("font-style", "normal"),
    ("font-weight", "400"),
    ("marker-end", "none"),
    ("marker-mid", "none"),
    ("marker-start", "none"),
    ("paint-order", "normal"),
    ("stroke", "none"),
    ("stroke-dasharray", "none"),
    ("stroke-linecap", "butt"),
    ("stroke-linejoin", "miter"),
    ("stroke-miterlimit", "4"),
    ("stroke-opacity", "1"),
    ("stroke-width", "1"),
    ("text-anchor", "start"),
];

/// Removes attributes without an effect, from the root down.
pub(super) fn tidy(nodes: &mut [Node]) {
    let family = Family::of(nodes);
    let coloured = uses_colour(nodes);
    for index in 0..nodes.len() {
        let Some(element) = at(nodes, index) else {
            continue;
        };
        let given = |name: &str| family.given(nodes, index, name);
        let says = |name: &str, value: &Value| {
            !(says_nothing(element, name, value)
                || is_known(OWN, name, value)
                || name == "color" && !coloured
                || index > 0 && is_for_readers(element, name)
                || is_initial(name, value) && given(name).is_none())
        };
        let mut kept = element.clone();
        kept.attributes.retain(|(name, value)| says(name, value));
        if let Some(element) = at_mut(nodes, index) {
            *element = kept;
        }
    }
}

/// Whether something uses `currentColor`.
fn uses_colour(nodes: &[Node]) -> bool {
    let elements = nodes.iter().filter_map(Node::element);
    let values = elements.flat_map(|element| &element.attributes);
    let mut styles = values.filter_map(|(_, value)| value.parts());
    styles.any(|style| {
        let mut words = all(style).into_iter().filter_map(Part::text);
        words.any(|word| word.eq_ignore_ascii_case("currentcolor"))
    })
}

/// Attributes for screen readers: only the root and links keep them.
fn is_for_readers(element: &Element, name: &str) -> bool {
    element.name != "a" && (name == "role" || name.starts_with("aria-"))
}

fn is_initial(name: &str, own: &Value) -> bool {
    match (name, own) {
        ("stroke-dasharray", Value::Numbers(_)) => is_solid(own),
        ("font-weight", _) if own.text() == Some("normal") => true,
        _ => is_known(INHERITED, name, own),
    }
}

/// Whether a value is the one in the table. Only values of the table's names are written, not paths,
/// which are long.
fn is_known(table: &[(&str, &str)], name: &str, value: &Value) -> bool {
    let mut known = table.iter().filter(|(own, _)| *own == name);
    known.any(|(_, initial)| value.written(name, None) == *initial)
}

/// Whether dashes follow each other without a gap.
fn is_solid(dashes: &Value) -> bool {
    match dashes {
        Value::Numbers(lengths) => matches!(lengths.as_slice(), [0.0] | [_, 0.0]),
        dashes => dashes.is_none(),
    }
}

/// Whether an attribute has no effect on this element.
fn says_nothing(element: &Element, name: &str, value: &Value) -> bool {
    let on_group = matches!(element.name, "g" | "a" | "defs");
    match name {
        "xml:space" => true,
        "transform-origin" => element.value("transform").is_none(),
        "alignment-baseline" => {
            on_group || element.get("dominant-baseline") == Some(&value.written(name, None))
        }
        "x" | "y" | "dy" => on_group,
        "viewBox" => SHAPES.contains(&element.name),
        "fill" => element.name == "line",
        _ => false,
    }
}
