//! The look of nodes, clusters and edges: `style`, the colours, `penwidth`, and an edge's ends, as
//! the properties and link tokens that a flowchart has for them.
//!
//! Not here: labels, and shapes apart from the effects of `style` and `peripheries`. Gradients and
//! colour lists show their first colour; `weight`, `arrowsize` and fonts are not read.

use super::colour::{colour, contrasting};
use super::graph::Attrs;

/// Graphviz's fill for `filled` without a colour.
const LIGHTGREY: &str = "#d3d3d3";
/// The longest link that `minlen` makes, in ranks.
const MAX_LENGTH: usize = 10;

const INVISIBLE: [&str; 3] = ["fill:none", "stroke:none", "color:transparent"];

pub(super) fn has_style(attrs: &Attrs, item: &str) -> bool {
    attrs
        .text("style")
        .split(',')
        .any(|part| part.trim().eq_ignore_ascii_case(item))
}

/// The properties of a node's `style` statement; empty for the default look.
pub(super) fn node_style(attrs: &Attrs, is_plain: bool, is_point: bool) -> Vec<String> {
    if has_style(attrs, "invis") {
        return INVISIBLE.map(str::to_owned).to_vec();
    }
    let border = colour(attrs.text("color"));
    let filled = ["filled", "radial", "striped", "wedged"]
        .iter()
        .any(|style| has_style(attrs, style));
    let fill = (filled || is_point).then(|| {
        let default = if is_point { "#000000" } else { LIGHTGREY };
        colour(attrs.text("fillcolor"))
            .or_else(|| border.clone())
            .unwrap_or_else(|| default.to_owned())
    });
    let mut style = Vec::new();
    match &fill {
        Some(fill) => style.push(format!("fill:{fill}")),
        None if is_plain => style.push("fill:none".to_owned()),
        None => {}
    }
    if is_plain || attrs.text("peripheries") == "0" {
        style.push("stroke:none".to_owned());
    } else {
        style.extend(border.map(|border| format!("stroke:{border}")));
        push_line_style(attrs, &mut style);
    }
    style.extend(text_colour(attrs, fill.as_deref()));
    style
}

/// The properties of a cluster's `style` statement.
pub(super) fn cluster_style(attrs: &Attrs) -> Vec<String> {
    if has_style(attrs, "invis") {
        return INVISIBLE.map(str::to_owned).to_vec();
    }
    let colour_of = |name| colour(attrs.text(name));
    let fill = if has_style(attrs, "filled") || has_style(attrs, "radial") {
        let chosen = colour_of("fillcolor")
            .or_else(|| colour_of("color"))
            .or_else(|| colour_of("bgcolor"));
        Some(chosen.unwrap_or_else(|| LIGHTGREY.to_owned()))
    } else {
        colour_of("bgcolor")
    };
    let mut style: Vec<String> = fill.iter().map(|fill| format!("fill:{fill}")).collect();
    if attrs.text("peripheries") == "0" {
        style.push("stroke:none".to_owned());
    } else {
        let border = colour_of("pencolor").or_else(|| colour_of("color"));
        style.extend(border.map(|border| format!("stroke:{border}")));
        push_line_style(attrs, &mut style);
    }
    // The flowchart's theme has no rounded clusters; this style draws one.
    if has_style(attrs, "rounded") {
        style.extend(["rx:8px".to_owned(), "ry:8px".to_owned()]);
    }
    style.extend(text_colour(attrs, fill.as_deref()));
    style
}

/// The properties of an edge's `linkStyle` statement.
pub(super) fn edge_style(attrs: &Attrs) -> Vec<String> {
    let mut style = Vec::new();
    style.extend(colour(attrs.text("color")).map(|colour| format!("stroke:{colour}")));
    style.extend(pen_width(attrs).map(|width| format!("stroke-width:{width}px")));
    style.extend(colour(attrs.text("fontcolor")).map(|colour| format!("color:{colour}")));
    style
}

fn push_line_style(attrs: &Attrs, style: &mut Vec<String>) {
    let width = pen_width(attrs).or_else(|| has_style(attrs, "bold").then(|| "2".to_owned()));
    style.extend(width.map(|width| format!("stroke-width:{width}px")));
    if has_style(attrs, "dashed") {
        style.push("stroke-dasharray:4 3".to_owned());
    } else if has_style(attrs, "dotted") {
        style.push("stroke-dasharray:1 3".to_owned());
    }
}

fn text_colour(attrs: &Attrs, fill: Option<&str>) -> Option<String> {
    let chosen = colour(attrs.text("fontcolor"));
    let chosen = chosen.or_else(|| fill.and_then(contrasting).map(str::to_owned))?;
    Some(format!("color:{chosen}"))
}

fn pen_width(attrs: &Attrs) -> Option<String> {
    let width = attrs.number("penwidth").or_else(|| {
        let style = attrs.text("style");
        let (_, rest) = style.split_once("setlinewidth(")?;
        rest.split_once(')')?.0.trim().parse().ok()
    })?;
    let tenths = (width.clamp(0.0, 20.0) * 10.0).round() / 10.0;
    tenths.is_finite().then(|| tenths.to_string())
}

/// What is drawn at an edge's end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Marker {
    None,
    Arrow,
    Dot,
    Cross,
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
    let length = link_length(attrs);
    if has_style(attrs, "invis") {
        return Link {
            token: invisible_link(length),
            is_backward: false,
            is_symmetric: true,
            is_invisible: true,
        };
    }
    let (tail, head) = markers(attrs, directed);
    let is_backward = head == Marker::None && tail != Marker::None;
    // Two different ends would be drawn as one: the head's marker is at both.
    let (first, last) = match (tail, head) {
        (tail, Marker::None) => (Marker::None, tail),
        (Marker::None, head) => (Marker::None, head),
        (_, head) => (head, head),
    };
    Link {
        token: link_token(attrs, first, last, length),
        is_backward,
        is_symmetric: first == last,
        is_invisible: false,
    }
}

/// A link that only affects the layout.
pub(super) fn invisible_link(length: usize) -> String {
    "~".repeat(length + 2)
}

fn link_length(attrs: &Attrs) -> usize {
    let asked: usize = attrs.text("minlen").parse().unwrap_or(1);
    asked.clamp(1, MAX_LENGTH)
}

fn link_token(attrs: &Attrs, first: Marker, last: Marker, length: usize) -> String {
    let start = match first {
        Marker::None => "",
        Marker::Arrow => "<",
        Marker::Dot => "o",
        Marker::Cross => "x",
    };
    let end = |open: &'static str| match last {
        Marker::None => open,
        Marker::Arrow => ">",
        Marker::Dot => "o",
        Marker::Cross => "x",
    };
    if has_style(attrs, "dashed") || has_style(attrs, "dotted") {
        format!("{start}-{}-{}", ".".repeat(length), end(""))
    } else if has_style(attrs, "bold") {
        format!("{start}{}{}", "=".repeat(length + 1), end("="))
    } else {
        format!("{start}{}{}", "-".repeat(length + 1), end("-"))
    }
}

fn markers(attrs: &Attrs, directed: bool) -> (Marker, Marker) {
    let (at_tail, at_head) = match attrs.text("dir").to_ascii_lowercase().as_str() {
        "forward" => (false, true),
        "back" => (true, false),
        "both" => (true, true),
        "none" => (false, false),
        _ => (false, directed),
    };
    let of = |shown: bool, name: &str| {
        if shown {
            marker(attrs.text(name))
        } else {
            Marker::None
        }
    };
    (of(at_tail, "arrowtail"), of(at_head, "arrowhead"))
}

/// The nearest marker to an arrow type; of a compound type (`teeodot`) the first part counts.
fn marker(name: &str) -> Marker {
    let lower = name.to_ascii_lowercase();
    // `o` open, `l` and `r` half: the same to a flowchart.
    let plain = lower.trim_start_matches(['o', 'l', 'r']);
    match plain {
        "none" => Marker::None,
        _ if plain.starts_with("dot") => Marker::Dot,
        _ if plain.starts_with("tee") || plain.starts_with("box") => Marker::Cross,
        _ => Marker::Arrow,
    }
}
