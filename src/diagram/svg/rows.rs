//! Rows of tables from the left: the renderer centres each in the width that it guessed.
//!
//! Not here: labels that are centred in what they are on; and pictures of other kinds.

use super::Baked;
use super::matrix::Matrix;
use super::size::view_box;
use super::tree::{Element, Name, Node, end};

/// `aria-roledescription` of pictures with tables.
const TABLES: &[&str] = &["classDiagram", "er"];
/// The most translated groups around a label within its node.
const GROUPS: usize = 4;
/// A label at most this far off the middle, in pixels, is centred.
const CENTRED: f64 = 0.6;

impl Baked {
    /// Left-aligns the rows of class and entity diagrams.
    ///
    /// Call before `simplify`, and before `aria-roledescription` is removed: both remove what rows
    /// are recognised by.
    pub fn start_rows(&mut self) {
        let kind = self.nodes.first().and_then(Node::element);
        let kind = kind.and_then(|root| root.get("aria-roledescription"));
        if !kind.is_some_and(|kind| TABLES.contains(&kind)) {
            return;
        }
        for index in 1..self.nodes.len() {
            let Some(width) = self
                .nodes
                .get(index)
                .and_then(|node| width(node.element()?))
            else {
                continue;
            };
            if !self.is_row(index, width) {
                continue;
            }
            let stop = end(&self.nodes, index);
            for node in self.nodes.iter_mut().take(stop).skip(index) {
                if let Some(element) = node.element_mut() {
                    start(element, width);
                }
            }
        }
    }

    /// Whether a label is off the middle of its node, without a background.
    fn is_row(&self, index: usize, width: f64) -> bool {
        let inside = self.nodes.get(index..end(&self.nodes, index));
        let mut rects = inside.into_iter().flatten().filter_map(Node::element);
        let backed = rects
            .any(|rect| rect.name == "rect" && rect.get("fill").is_some_and(|fill| fill != "none"));
        // Where it is in the groups around it: in one of them its middle is that of the node.
        let mut depth = self.nodes.get(index).map_or(0, |node| node.depth);
        let above = self.nodes.iter().take(index).rev().filter_map(|node| {
            let nearer = node.depth < depth;
            if nearer {
                depth = node.depth;
            }
            node.element().filter(|_| nearer)
        });
        let moves = above.filter_map(|element| Matrix::read(element.get("transform")?)?.moves());
        let mut left = 0.0;
        let mut centred = moves.take(GROUPS).map(|[x, _]| {
            left += x;
            (left + width / 2.0).abs() <= CENTRED
        });
        !backed && !centred.any(|centred| centred)
    }
}

/// The width of a label's frame.
fn width(element: &Element) -> Option<f64> {
    let [left, _, width, _] = view_box(element).filter(|_| element.name == "svg")?;
    (left.abs() < 1e-9).then_some(width)
}

/// Left-aligns a text that is centred in its frame.
fn start(element: &mut Element, width: f64) {
    let centred = |text: &str| {
        let x: Option<f64> = text.parse().ok();
        x.is_some_and(|x| (x - width / 2.0).abs() < 0.01)
    };
    if !matches!(element.name, "text" | "tspan") || !element.get("x").is_some_and(centred) {
        return;
    }
    element.set(Name::from("x"), "0".to_owned());
    if element.name == "text" {
        element.set(Name::from("text-anchor"), "start".to_owned());
    }
}
