//! Machine-drawn pictures in fewer bytes, with no change that can be seen.
//!
//! Not here: colours (`adapt.rs`), and what was never good to begin with (`halo.rs`).

use super::shorten::{Drawn, is_flat, is_same_line, shortened};
use super::{groups, idle, initial};
use crate::diagram::svg::Styled;
use crate::diagram::svg::family::Family;
use crate::diagram::svg::tree::{Element, Node, at, at_mut};
use crate::diagram::svg::typed::Value;

/// How often elements that have become empty are searched again.
const ROUNDS: usize = 8;

/// Attributes that a path which is only filled may have, if the next path draws its outline.
const OF_FILL: &[&str] = &[
    "d",
    "fill",
    "fill-opacity",
    "stroke",
    "stroke-width",
    "transform",
];

impl Styled {
    /// Removes what has no visible effect, and shortens paths.
    ///
    /// Removes ids that nothing refers to, and roles within the picture. Labels are no longer
    /// clipped.
    pub(crate) fn simplify(&mut self) {
        for _ in 0..ROUNDS {
            let before = self.nodes.len();
            self.drop_idle_ids();
            initial::tidy(&mut self.nodes);
            groups::unframe(&mut self.nodes);
            self.nodes = idle::without(&self.nodes);
            self.nodes = groups::opened(&self.nodes);
            groups::merged(&mut self.nodes);
            if self.nodes.len() == before {
                break;
            }
        }
        groups::settle(&mut self.nodes);
        shorten(&mut self.nodes);
        self.nodes = outlined(&self.nodes);
    }
}

fn shorten(nodes: &mut [Node<Value>]) {
    let family = Family::of(nodes);
    for index in 0..nodes.len() {
        let Some(element) = at(nodes, index).filter(|element| element.name == "path") else {
            continue;
        };
        let Some(path) = element.path() else {
            continue;
        };
        let held = |name: &str| family.value(nodes, index, name);
        let has = |name: &str| held(name).is_some_and(|value| value.text() != Some("none"));
        let filled = family.held(nodes, index, "fill") != Some("none");
        let flat = filled && is_flat(path);
        let drawn = Drawn {
            filled: filled && !flat,
            fixed: has("stroke-dasharray") || has("marker-start") || has("marker-end"),
            marked: has("marker-mid") || element.value("pathLength").is_some(),
        };
        if let (Some(short), Some(element)) = (shortened(path, drawn), at_mut(nodes, index)) {
            if flat {
                // Its lines may become the outline of an area now.
                element.set("fill", "none");
            }
            element.set("d", short);
        }
    }
}

/// Merges each path that is only filled with a following path that draws the same outline.
fn outlined(nodes: &[Node<Value>]) -> Vec<Node<Value>> {
    let family = Family::of(nodes);
    let mut out: Vec<Node<Value>> = Vec::with_capacity(nodes.len());
    let mut fill: Option<Element<Value>> = None;
    for (index, node) in nodes.iter().enumerate() {
        let mut node = node.clone();
        let next = nodes.get(index + 1).filter(|next| next.depth == node.depth);
        if let (Some(element), Some(next)) = (node.element_mut(), next.and_then(Node::element)) {
            let unstroked = family.is_unstroked(nodes, index);
            // Or it has an outline already, and the next one repeats it.
            let same = ["stroke", "stroke-width"]
                .iter()
                .all(|name| element.value(name) == next.value(name));
            let paints = element.value("fill").is_some() && (unstroked || same);
            if fill.is_none() && paints && is_outline(element, next) {
                fill = Some(element.clone());
                continue;
            }
        }
        if let (Some(fill), Some(element)) = (fill.take(), node.element_mut()) {
            for name in ["fill", "fill-opacity"] {
                if let Some(value) = fill.value(name) {
                    element.set(name, value.clone());
                }
            }
        }
        out.push(node);
    }
    out
}

fn is_outline(fill: &Element<Value>, next: &Element<Value>) -> bool {
    let known = |element: &Element<Value>, more: &[&str]| {
        element.attributes.iter().all(|(name, _)| {
            let name = name.as_ref();
            OF_FILL.contains(&name) || more.contains(&name)
        })
    };
    fill.name == "path"
        && next.name == "path"
        && next.get("fill") == Some("none")
        && next.get("stroke").is_some_and(|stroke| stroke != "none")
        && next.value("fill-opacity").is_none()
        && fill.value("transform") == next.value("transform")
        && fill
            .path()
            .zip(next.path())
            .is_some_and(|(fill, next)| is_same_line(fill, next))
        && known(fill, &[])
        && known(
            next,
            &["stroke-linejoin", "stroke-linecap", "stroke-opacity"],
        )
}
