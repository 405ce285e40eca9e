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
    let fill = if is_point || fills.iter().any(|style| has_style(attrs, style)) {
        Some(first_colour(attrs, &["fillcolor", "color"]).unwrap_or_else(|| default.to_owned()))
    } else {
        is_plain.then(|| "none".to_owned())
    };
    Area {
        fill,
        border: first_colour(attrs, &["color"]),
        has_border: !is_plain,
        is_rounded: false,
    }
    .style(attrs)
}

/// The properties of a cluster's `style` statement.
pub(super) fn cluster_style(attrs: &Attrs) -> Vec<String> {
    let fill = if has_style(attrs, "filled") || has_style(attrs, "radial") {
        let chosen = first_colour(attrs, &["fillcolor", "color", "bgcolor"]);
        Some(chosen.unwrap_or_else(|| LIGHTGREY.to_owned()))
    } else {
        first_colour(attrs, &["bgcolor"])
    };
    Area {
        fill,
        border: first_colour(attrs, &["pencolor", "color"]),
        has_border: true,
        is_rounded: has_style(attrs, "rounded"),
    }
    .style(attrs)
}

/// The properties of an edge's `linkStyle` statement.
pub(super) fn edge_style(attrs: &Attrs) -> Vec<String> {
    let stroke = first_colour(attrs, &["color"]).map(|colour| format!("stroke:{colour}"));
    let width = pen_width(attrs).map(|width| format!("stroke-width:{width}px"));
    let text = first_colour(attrs, &["fontcolor"]).map(|colour| format!("color:{colour}"));
    [stroke, width, text].into_iter().flatten().collect()
}

/// What differs between the looks of nodes and of clusters.
struct Area {
    fill: Option<String>,
    border: Option<String>,
    has_border: bool,
    /// The flowchart's theme has no rounded clusters; a style draws one.
    is_rounded: bool,
}

impl Area {
    fn style(&self, attrs: &Attrs) -> Vec<String> {
        if has_style(attrs, "invis") {
            return ["fill:none", "stroke:none", "color:transparent"]
                .map(str::to_owned)
                .into();
        }
        let mut style = Vec::new();
        let mut push = |name: &str, value: Option<&str>| {
            style.extend(value.map(|value| format!("{name}:{value}")));
        };
        push("fill", self.fill.as_deref());
        if self.has_border && attrs.text("peripheries") != "0" {
            let width = pen_width(attrs).or_else(|| has_style(attrs, "bold").then(|| "2".into()));
            let dashes = has_style(attrs, "dashed").then_some("4 3");
            let dots = has_style(attrs, "dotted").then_some("1 3");
            push("stroke", self.border.as_deref());
            push("stroke-width", width.map(|width| width + "px").as_deref());
            push("stroke-dasharray", dashes.or(dots));
        } else {
            push("stroke", Some("none"));
        }
        push("rx", self.is_rounded.then_some("8px"));
        push("ry", self.is_rounded.then_some("8px"));
        // Other words get a colour that can be read on the fill (`svg::adapt`).
        push("color", first_colour(attrs, &["fontcolor"]).as_deref());
        style
    }
}

/// The first of the attributes that is a colour.
fn first_colour(attrs: &Attrs, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| colour(attrs.text(name)))
}

fn pen_width(attrs: &Attrs) -> Option<String> {
    let width = attrs
        .text("penwidth")
        .parse()
        .ok()
        .filter(|width: &f64| width.is_finite());
    let width = width.or_else(|| {
        let (_, rest) = attrs.text("style").split_once("setlinewidth(")?;
        rest.split_once(')')?.0.trim().parse().ok()
    })?;
    let tenths = (width.clamp(0.0, 20.0) * 10.0).round() / 10.0;
    tenths.is_finite().then(|| tenths.to_string())
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
    let length = attrs
        .text("minlen")
        .parse()
        .unwrap_or(1)
        .clamp(1, MAX_LENGTH);
    if has_style(attrs, "invis") {
        return Link {
            token: invisible_link(length),
            is_backward: false,
            is_symmetric: true,
            is_invisible: true,
        };
    }
    let (tail, head) = markers(attrs, directed);
    // Two different ends would be drawn as one: the head's marker is at both.
    let (first, last) = match (tail, head) {
        (Some(_), Some(head)) => (Some(head), Some(head)),
        (tail, head) => (None, head.or(tail)),
    };
    Link {
        token: link_token(attrs, first, last, length),
        is_backward: head.is_none() && tail.is_some(),
        is_symmetric: first == last,
        is_invisible: false,
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
