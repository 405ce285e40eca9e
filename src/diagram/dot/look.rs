//! The look of nodes, clusters and edges: `style`, the colours, `penwidth`, and an edge's ends, as
//! the properties and link tokens that a flowchart has for them.
//!
//! Not here: labels, and shapes apart from the effects of `style` and `peripheries`. Gradients and
//! colour lists show their first colour; `weight`, `arrowsize` and fonts are not read.

use super::colour::colour;
use super::graph::Attrs;

/// Graphviz's fill for `filled` without a colour.
const LIGHTGREY: &str = "#d3d3d3";
/// The longest link that `minlen` makes, in ranks.
const MAX_LENGTH: usize = 10;

pub(super) fn has_style(attrs: &Attrs, item: &str) -> bool {
    let mut items = attrs.text("style").split(',');
    items.any(|part| part.trim().eq_ignore_ascii_case(item))
}

/// The properties of a node's `style` statement; empty for the default look.
pub(super) fn node_style(attrs: &Attrs, is_plain: bool, is_point: bool) -> Vec<String> {
    let default = if is_point { "#000000" } else { LIGHTGREY };
    let fills = ["filled", "radial", "striped", "wedged"];
    let none = is_plain.then(|| "none".to_owned());
    let fill = if is_point || fills.iter().any(|style| has_style(attrs, style)) {
        first_colour(attrs, &["fillcolor", "color"]).or_else(|| Some(default.to_owned()))
    } else {
        none.clone()
    };
    let border = none.or_else(|| first_colour(attrs, &["color"]));
    area_style(attrs, fill, border, false)
}

/// The properties of a cluster's `style` statement.
pub(super) fn cluster_style(attrs: &Attrs) -> Vec<String> {
    let fill = if has_style(attrs, "filled") || has_style(attrs, "radial") {
        let chosen = first_colour(attrs, &["fillcolor", "color", "bgcolor"]);
        chosen.or_else(|| Some(LIGHTGREY.to_owned()))
    } else {
        first_colour(attrs, &["bgcolor"])
    };
    let border = first_colour(attrs, &["pencolor", "color"]);
    area_style(attrs, fill, border, has_style(attrs, "rounded"))
}

/// The properties of an edge's `linkStyle` statement.
pub(super) fn edge_style(attrs: &Attrs) -> Vec<String> {
    written([
        ("stroke", first_colour(attrs, &["color"])),
        ("stroke-width", pen_width(attrs)),
        ("color", first_colour(attrs, &["fontcolor"])),
    ])
}

/// A border that is `none` has no width and no dashes.
fn area_style(
    attrs: &Attrs,
    fill: Option<String>,
    border: Option<String>,
    is_rounded: bool,
) -> Vec<String> {
    if has_style(attrs, "invis") {
        return ["fill:none", "stroke:none", "color:transparent"]
            .map(str::to_owned)
            .into();
    }
    let has_border = border.as_deref() != Some("none") && attrs.text("peripheries") != "0";
    let width = pen_width(attrs).or_else(|| has_style(attrs, "bold").then(|| "2px".into()));
    let mut dashes = [("dashed", "4 3"), ("dotted", "1 3")].into_iter();
    let dashes = dashes.find(|(style, _)| has_style(attrs, style));
    // The flowchart's theme has no rounded clusters.
    let corner = is_rounded.then(|| "8px".to_owned());
    written([
        ("fill", fill),
        (
            "stroke",
            if has_border {
                border
            } else {
                Some("none".into())
            },
        ),
        ("stroke-width", width.filter(|_| has_border)),
        (
            "stroke-dasharray",
            dashes
                .filter(|_| has_border)
                .map(|(_, dashes)| dashes.into()),
        ),
        ("rx", corner.clone()),
        ("ry", corner),
        // Other words get a colour that can be read on the fill (`svg::adapt`).
        ("color", first_colour(attrs, &["fontcolor"])),
    ])
}

fn written<const N: usize>(properties: [(&str, Option<String>); N]) -> Vec<String> {
    let properties = properties.into_iter();
    properties
        .filter_map(|(name, value)| Some(format!("{name}:{}", value?)))
        .collect()
}

/// The first of the attributes that is a colour.
fn first_colour(attrs: &Attrs, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| colour(attrs.text(name)))
}

/// In pixels, with their unit.
fn pen_width(attrs: &Attrs) -> Option<String> {
    let style = attrs.text("style").split_once("setlinewidth(");
    let style = style.and_then(|(_, rest)| Some(rest.split_once(')')?.0));
    let widths = [Some(attrs.text("penwidth")), style].into_iter().flatten();
    let mut widths = widths.filter_map(|width| width.trim().parse::<f64>().ok());
    let width = widths.find(|width| width.is_finite())?;
    let tenths = (width.clamp(0.0, 20.0) * 10.0).round() / 10.0;
    Some(format!("{tenths}px"))
}

/// An edge's line and ends, as a Mermaid link token.
#[derive(Debug)]
pub(super) struct Link {
    pub(super) token: String,
    /// Only the tail has a marker. Mermaid draws no marker only at a link's beginning, so the link
    /// is written from head to tail.
    pub(super) is_backward: bool,
    /// Both ends are the same, so either may be written first.
    pub(super) is_symmetric: bool,
    pub(super) is_invisible: bool,
}

pub(super) fn link(attrs: &Attrs, directed: bool) -> Link {
    let length = attrs.text("minlen").parse().unwrap_or(1);
    let length = length.clamp(1, MAX_LENGTH);
    let is_invisible = has_style(attrs, "invis");
    let (tail, head) = markers(attrs, directed);
    // Two different ends would be drawn as one: the head's marker is at both.
    let (first, last) = match (tail, head) {
        (Some(_), Some(head)) => (Some(head), Some(head)),
        (tail, head) => (None, head.or(tail)),
    };
    Link {
        token: if is_invisible {
            invisible_link(length)
        } else {
            link_token(attrs, first, last, length)
        },
        is_backward: !is_invisible && head.is_none() && tail.is_some(),
        is_symmetric: is_invisible || first == last,
        is_invisible,
    }
}

/// A link that only affects the layout.
pub(super) fn invisible_link(length: usize) -> String {
    "~".repeat(length + 2)
}

/// What is drawn at an edge's end, as Mermaid writes it at a link's end: an arrow, a dot or a cross.
type Marker = Option<char>;

fn link_token(attrs: &Attrs, first: Marker, last: Marker, length: usize) -> String {
    let start = first.map(|marker| if marker == '>' { '<' } else { marker });
    let start: String = start.into_iter().collect();
    let end = |open: &str| last.map_or_else(|| open.to_owned(), String::from);
    if has_style(attrs, "dashed") || has_style(attrs, "dotted") {
        format!("{start}-{}-{}", ".".repeat(length), end(""))
    } else if has_style(attrs, "bold") {
        format!("{start}{}{}", "=".repeat(length + 1), end("="))
    } else {
        format!("{start}{}{}", "-".repeat(length + 1), end("-"))
    }
}

/// The markers at the tail and at the head.
fn markers(attrs: &Attrs, directed: bool) -> (Marker, Marker) {
    let (at_tail, at_head) = match attrs.text("dir").to_ascii_lowercase().as_str() {
        "forward" => (false, true),
        "back" => (true, false),
        "both" => (true, true),
        "none" => (false, false),
        _ => (false, directed),
    };
    let tail = at_tail.then(|| marker(attrs.text("arrowtail")));
    let head = at_head.then(|| marker(attrs.text("arrowhead")));
    (tail.flatten(), head.flatten())
}

/// The nearest marker to an arrow type; of a compound type (`teeodot`) the first part counts.
fn marker(name: &str) -> Marker {
    let lower = name.to_ascii_lowercase();
    // `o` open, `l` and `r` half: the same to a flowchart.
    let plain = lower.trim_start_matches(['o', 'l', 'r']);
    match plain {
        "none" => None,
        _ if plain.starts_with("dot") => Some('o'),
        _ if plain.starts_with("tee") || plain.starts_with("box") => Some('x'),
        _ => Some('>'),
    }
}
