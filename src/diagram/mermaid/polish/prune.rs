//! The tree with some of its nodes removed; and what its passes ask of ancestors and of boxes.
//!
//! Not here: which nodes can be removed (`idle.rs`, `groups.rs`).

use kurbo::{Point, Rect, Size};

use crate::diagram::svg::family::Family;
use crate::diagram::svg::tree::{Node, What, at, end, push_text};
use crate::diagram::svg::typed::Value;

impl Family {
    /// The value of an inherited attribute of an element's ancestors.
    pub(crate) fn given<'n>(
        &self,
        nodes: &'n [Node],
        index: usize,
        name: &str,
    ) -> Option<&'n Value> {
        self.above(index).find_map(|up| at(nodes, up)?.value(name))
    }
}

/// How far two boxes overlap along both axes; negative if they do not.
pub(crate) fn overlap(a: &Rect, b: &Rect) -> Size {
    Size::new(
        a.x1.min(b.x1) - a.x0.max(b.x0),
        a.y1.min(b.y1) - a.y0.max(b.y0),
    )
}

pub(crate) fn corners(rect: &Rect) -> [Point; 4] {
    [
        Point::new(rect.x0, rect.y0),
        Point::new(rect.x1, rect.y0),
        Point::new(rect.x1, rect.y1),
        Point::new(rect.x0, rect.y1),
    ]
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    Stays,
    /// Removed, with everything in it.
    Goes,
    /// Replaced by its content.
    Opens,
}

/// The nodes after each was kept, removed or opened; adjacent texts are joined.
pub(crate) fn decided(nodes: &[Node], fate: impl Fn(usize) -> Fate) -> Vec<Node> {
    let mut kept: Vec<Node> = Vec::with_capacity(nodes.len());
    let mut opened: Vec<usize> = Vec::new();
    let mut index = 0;
    while let Some(node) = nodes.get(index) {
        while opened.last().is_some_and(|depth| *depth >= node.depth) {
            opened.pop();
        }
        match fate(index) {
            Fate::Goes => {
                index = end(nodes, index);
                continue;
            }
            Fate::Opens => opened.push(node.depth),
            Fate::Stays => {
                let depth = node.depth - opened.len();
                match &node.what {
                    What::Text(text) => push_text(&mut kept, depth, text),
                    what => kept.push(Node {
                        depth,
                        what: what.clone(),
                    }),
                }
            }
        }
        index += 1;
    }
    kept
}
