//! Machine-drawn pictures in fewer bytes, with no change that can be seen.
//!
//! Not here: colours (`adapt.rs`), and what was never good to begin with (`rows.rs`, `halo.rs`).

use super::Baked;
use super::family::Family;
use super::shorten::{Drawn, is_flat, shortened};
use super::tree::{Element, Name, Node};
use super::{groups, idle, initial};

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

impl Baked {
    /// Removes what has no visible effect, and shortens paths.
    ///
    /// Removes ids that nothing refers to, and roles within the picture. Labels are no longer
    /// clipped.
    pub fn simplify(&mut self) {
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

fn shorten(nodes: &mut [Node]) {
    let family = Family::of(nodes);
    for index in 0..nodes.len() {
        let Some(element) = nodes.get(index).and_then(Node::element) else {
            continue;
        };
        let Some(data) = element.get("d").filter(|_| element.name == "path") else {
            continue;
        };
        let held = |name: &str| family.held(nodes, index, name).unwrap_or("none");
        let has = |name: &str| held(name) != "none";
        let filled = family.held(nodes, index, "fill") != Some("none");
        let flat = filled && is_flat(data);
        let drawn = Drawn {
            filled: filled && !flat,
            fixed: has("stroke-dasharray") || has("marker-start") || has("marker-end"),
            marked: has("marker-mid") || element.get("pathLength").is_some(),
        };
        let short = shortened(data, drawn);
        if let Some(element) = nodes.get_mut(index).and_then(Node::element_mut) {
            if flat && short.is_some() {
                // Its lines may become the outline of an area now.
                element.set(Name::from("fill"), "none".to_owned());
                element.attributes.sort();
            }
            if let Some(short) = short {
                element.set(Name::from("d"), short);
            }
        }
    }
}

/// Merges each path that is only filled with a following path that draws the same outline.
fn outlined(nodes: &[Node]) -> Vec<Node> {
    let family = Family::of(nodes);
    let mut out: Vec<Node> = Vec::with_capacity(nodes.len());
    let mut fill: Option<Element> = None;
    for (index, node) in nodes.iter().enumerate() {
        let mut node = node.clone();
        let next = nodes.get(index + 1).filter(|next| next.depth == node.depth);
        if let (Some(element), Some(next)) = (node.element_mut(), next.and_then(Node::element)) {
            let unstroked = matches!(family.held(nodes, index, "stroke"), None | Some("none"));
            // Or it has an outline already, and the next one repeats it.
            let same = ["stroke", "stroke-width"]
                .iter()
                .all(|name| element.get(name) == next.get(name));
            let paints = element.get("fill").is_some() && (unstroked || same);
            if fill.is_none() && paints && is_outline(element, next) {
                fill = Some(element.clone());
                continue;
            }
        }
        if let (Some(fill), Some(element)) = (fill.take(), node.element_mut()) {
            for name in ["fill", "fill-opacity"] {
                if let Some(value) = fill.get(name) {
                    element.set(Name::from(name), value.to_owned());
                }
            }
        }
        out.push(node);
    }
    out
}

fn is_outline(fill: &Element, next: &Element) -> bool {
    let bare = |element: &Element| {
        let data = element.get("d").unwrap_or_default();
        data.trim_end_matches(['Z', 'z']).to_owned()
    };
    let known = |element: &Element, more: &[&str]| {
        element.attributes.iter().all(|(name, _)| {
            let name = name.as_ref();
            OF_FILL.contains(&name) || more.contains(&name)
        })
    };
    fill.name == "path"
        && next.name == "path"
        && next.get("fill") == Some("none")
        && next.get("stroke").is_some_and(|stroke| stroke != "none")
        && next.get("fill-opacity").is_none()
        && fill.get("transform") == next.get("transform")
        && !bare(fill).is_empty()
        && bare(fill) == bare(next)
        && known(fill, &[])
        && known(
            next,
            &["stroke-linejoin", "stroke-linecap", "stroke-opacity"],
        )
}
