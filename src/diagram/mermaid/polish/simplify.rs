//! Removes what draws nothing: shapes without paint, texts without words, empty groups, markers and
//! ids without references, and attributes without an effect.
//!
//! The passes after it look at what is beside what. Not here: paths (`shorten.rs`).

use std::collections::HashSet;

use crate::diagram::svg::Styled;
use crate::diagram::svg::family::Family;
use crate::diagram::svg::ground::opacity;
use crate::diagram::svg::references::ids;
use crate::diagram::svg::tree::{Element, Node, What, at, end, push_text};
use crate::svg_names::{SHAPES, UNDRAWN};

/// How often elements that have become empty are searched again.
const ROUNDS: usize = 8;
/// Elements in which a shape matters even without paint, or can be clicked without paint.
const KEEPERS: &[&str] = &["a", "clipPath", "defs", "mask", "pattern", "symbol"];
/// A rectangle without stroke and with a smaller side, in user units, is not seen: the background of a
/// label that was not measured.
const SPECK: f64 = 0.2;
/// Attributes without an effect where no ancestor has others: values that the renderer writes often.
const INITIAL: [(&str, &[&str]); 8] = [
    ("font-style", &["normal"]),
    ("font-weight", &["400", "normal"]),
    ("opacity", &["1"]),
    ("stroke", &["none"]),
    ("stroke-dasharray", &["0", "0 0", "1 0", "none"]),
    ("stroke-linecap", &["butt"]),
    ("stroke-width", &["1"]),
    ("text-anchor", &["start"]),
];

impl Styled {
    /// Removes what has no visible effect.
    pub(crate) fn simplify(&mut self) {
        self.drop_initial();
        for _ in 0..ROUNDS {
            let before = self.nodes.len();
            self.drop_idle_ids();
            self.nodes = pruned(&self.nodes);
            if self.nodes.len() == before {
                break;
            }
        }
    }

    /// Removes attributes that say what holds anyway, from the root down, and those for readers of what
    /// is one image to them.
    fn drop_initial(&mut self) {
        let family = Family::of(&self.nodes);
        let elements = self.nodes.iter().filter_map(Node::element);
        let mut values = elements.flat_map(|element| &element.attributes);
        let is_coloured = values.any(|(_, value)| {
            let word = value.text();
            word.is_some_and(|word| word.eq_ignore_ascii_case("currentcolor"))
        });
        for index in 0..self.nodes.len() {
            let Some(mut element) = at(&self.nodes, index).cloned() else {
                continue;
            };
            let in_group = matches!(element.name, "g" | "a" | "defs");
            let for_readers = index > 0 && element.name != "a";
            element.attributes.retain(|(name, value)| {
                let mut known = INITIAL.iter().filter(|(own, _)| own == name);
                let is_initial = known.any(|(_, values)| {
                    values.contains(&value.written(name, None).as_str())
                        && family.given(&self.nodes, index, name).is_none()
                });
                let is_idle = match name.as_ref() {
                    "color" => !is_coloured,
                    "x" | "y" | "dy" => in_group,
                    "role" => for_readers,
                    name => for_readers && name.starts_with("aria-"),
                };
                !is_initial && !is_idle
            });
            if let Some(node) = self.nodes.get_mut(index) {
                node.what = What::Element(element);
            }
        }
    }

    /// Removes every id that nothing refers to.
    fn drop_idle_ids(&mut self) {
        let elements = self.nodes.iter().filter_map(Node::element);
        let used: HashSet<String> = elements
            .flat_map(|element| &element.attributes)
            .filter(|(name, _)| name != "id")
            .flat_map(|(name, value)| ids(name, value))
            .map(str::to_owned)
            .collect();
        for element in self.nodes.iter_mut().filter_map(Node::element_mut) {
            if element.get("id").is_some_and(|id| !used.contains(id)) {
                element.remove("id");
            }
        }
    }
}

/// The nodes without those that draw nothing, and with the content of groups that do nothing in their
/// places; adjacent texts are joined.
fn pruned(nodes: &[Node]) -> Vec<Node> {
    let family = Family::of(nodes);
    let mut kept: Vec<Node> = Vec::with_capacity(nodes.len());
    // The depths of the groups around the node that are not kept.
    let mut opened: Vec<usize> = Vec::new();
    let mut index = 0;
    while let Some(node) = nodes.get(index) {
        while opened.pop_if(|depth| *depth >= node.depth).is_some() {}
        let depth = node.depth - opened.len();
        match &node.what {
            What::Element(element) if index > 0 && is_idle(nodes, &family, index, element) => {
                index = end(nodes, index);
                continue;
            }
            What::Element(Element {
                name: "g" | "tspan",
                attributes,
            }) if index > 0 && attributes.is_empty() => {
                opened.push(node.depth);
            }
            What::Text(text) => push_text(&mut kept, depth, text),
            what => kept.push(Node {
                depth,
                what: what.clone(),
            }),
        }
        index += 1;
    }
    kept
}

/// Whether an element draws nothing, nor is referred to.
fn is_idle(nodes: &[Node], family: &Family, index: usize, element: &Element) -> bool {
    if element.value("id").is_some() {
        return false;
    }
    let stop = end(nodes, index);
    let is_empty = stop == index + 1;
    let is_hidden = element.get("display") == Some("none");
    is_hidden
        || match element.name {
            "g" | "a" | "defs" | "svg" | "tspan" => is_empty,
            "text" => nodes[index..stop].iter().all(|node| match &node.what {
                What::Text(text) => text.trim().is_empty(),
                _ => true,
            }),
            "linearGradient" | "radialGradient" => true,
            name if UNDRAWN.contains(&name) => true,
            name if SHAPES.contains(&name) => {
                !family.is_in(nodes, index, KEEPERS) && is_unseen(nodes, family, index, element)
            }
            _ => false,
        }
}

/// Whether a shape paints nothing.
fn is_unseen(nodes: &[Node], family: &Family, index: usize, element: &Element) -> bool {
    let is_clear = |name: &str, alpha: &str| {
        let paint = family.paint(nodes, index, name);
        family.is_none(nodes, index, name)
            || paint.is_some_and(|paint| paint.alpha <= 0.0)
            || opacity(nodes, family, index, alpha) <= 0.0
    };
    let is_unfilled = element.name == "line" || is_clear("fill", "fill-opacity");
    let is_unstroked = family.is_unstroked(nodes, index)
        || is_clear("stroke", "stroke-opacity")
        || family.number(nodes, index, "stroke-width") == Some(0.0);
    let mut markers = ["marker-start", "marker-mid", "marker-end"].iter();
    let is_marked = markers.any(|name| {
        let marker = family.value(nodes, index, name);
        marker.is_some_and(|marker| !marker.is_none())
    });
    let is_speck = element.name == "rect"
        && ["width", "height"].iter().any(|side| {
            let side = element.number(side);
            side.is_some_and(|side| side <= 0.0 || is_unstroked && side < SPECK)
        });
    is_speck || is_unfilled && is_unstroked && !is_marked
}
