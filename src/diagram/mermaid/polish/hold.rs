//! Makes a picture large enough for its words, and no larger than what is drawn: a renderer does not
//! count titles and labels that are wider than the rest, and may leave wide margins.
//!
//! Not here: shapes beyond the picture, which renderers count.

use kurbo::Rect;

use crate::diagram::svg::Styled;
use crate::diagram::svg::place::Line;
use crate::diagram::svg::size::view_box;
use crate::diagram::svg::tree::Node;
use crate::diagram::svg::typed::Value;
use crate::svg_names::{DRAWN, UNDRAWN};

/// Widths are estimated: words that stick out at a side by less, in user units, may be inside.
const SLACK: f64 = 2.0;
/// The space around words that made the picture grow, in user units.
const AROUND: f64 = 8.0;
/// Margins that are wider are cut to this, in user units.
const MARGIN: f64 = 32.0;
/// Words farther away than the picture's size, times this, are not meant to be seen.
const FARTHEST: f64 = 1.0;

impl Styled {
    /// Grows the `viewBox` to hold all words.
    pub(crate) fn hold_words(&mut self) {
        let root = self.nodes.first().and_then(Node::element);
        let Some(view) = root.and_then(view_box) else {
            return;
        };
        let near = view.inflate(view.width() * FARTHEST, view.height() * FARTHEST);
        let inside = view.inflate(SLACK, 0.0);
        let mut all = view;
        for Line { bounds, .. } in self.scene().words {
            if !inside.contains_rect(bounds) && near.contains_rect(bounds) {
                all = all.union(bounds.inflate(AROUND, AROUND));
            }
        }
        self.grow(all);
    }

    /// Grows the `viewBox` to hold a box as well.
    pub(super) fn grow(&mut self, more: Rect) {
        let root = self.nodes.first().and_then(Node::element);
        let Some(view) = root.and_then(view_box) else {
            return;
        };
        let all = view.union(more);
        if all == view {
            return;
        }
        self.show(all);
    }

    /// Cuts margins in which nothing is drawn.
    pub(crate) fn cut_margins(&mut self) {
        let root = self.nodes.first().and_then(Node::element);
        let Some((view, drawn)) = root.and_then(view_box).zip(self.drawn()) else {
            return;
        };
        let kept = drawn.inflate(MARGIN, MARGIN).intersect(view);
        if kept != view && kept.area() > 0.0 {
            self.show(kept);
        }
    }

    /// What holds all that is drawn; none where the place of something is not known.
    fn drawn(&self) -> Option<Rect> {
        let scene = self.scene();
        let all = self.nodes.iter().enumerate().filter(|(index, node)| {
            let is_drawn = node
                .element()
                .is_some_and(|element| DRAWN.contains(&element.name));
            is_drawn && !scene.family.is_in(&self.nodes, *index, UNDRAWN)
        });
        let texts = scene.words.chunk_by(|one, other| one.text == other.text);
        if scene.shapes.len() + texts.count() < all.count() {
            return None;
        }
        let shapes = scene.shapes.iter().map(|shape| shape.bounds);
        let words = scene.words.iter().map(|line| line.bounds);
        shapes.chain(words).reduce(|all, one| all.union(one))
    }

    /// Makes this part of the plane the picture.
    fn show(&mut self, part: Rect) {
        let part = part.expand();
        (self.width, self.height) = (part.width(), part.height());
        if let Some(root) = self.nodes.first_mut().and_then(Node::element_mut) {
            let numbers = [part.x0, part.y0, part.width(), part.height()];
            root.set("viewBox", Value::Numbers(numbers.to_vec()));
        }
    }
}
