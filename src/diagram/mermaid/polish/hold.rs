//! Makes a picture large enough for its words: a renderer does not count titles and labels that
//! are wider than the rest.
//!
//! Not here: shapes, which renderers count.

use crate::diagram::svg::Styled;
use crate::diagram::svg::family::Family;
use crate::diagram::svg::place::{lines, transforms};
use crate::diagram::svg::size::view_box;
use crate::diagram::svg::tree::Node;
use crate::diagram::svg::typed::Value;
use crate::svg_names::UNDRAWN;

/// Widths are estimated: words that stick out by less, in user units, may be inside.
const SLACK: f64 = 2.0;
/// The space around words that made the picture grow, in user units.
const AROUND: f64 = 8.0;
/// Words farther away than the picture's size, times this, are not meant to be seen.
const FARTHEST: f64 = 1.0;

impl Styled {
    /// Grows the `viewBox` to hold all words.
    pub(crate) fn hold_words(&mut self) {
        let root = self.nodes.first().and_then(Node::element);
        let Some(view) = root.and_then(view_box) else {
            return;
        };
        self.place_shares(view.width());
        let family = Family::of(&self.nodes);
        let transforms = transforms(&self.nodes, &family);
        let near = view.inflate(view.width() * FARTHEST, view.height() * FARTHEST);
        let mut all = view;
        for (index, node) in self.nodes.iter().enumerate() {
            let is_text = node.element().is_some_and(|element| element.name == "text");
            let transform = transforms.get(index).copied().flatten();
            let Some(transform) = transform.filter(|_| is_text) else {
                continue;
            };
            if family.is_in(&self.nodes, index, UNDRAWN) {
                continue;
            }
            for line in lines(&self.nodes, &family, index) {
                let line = transform.transform_rect_bbox(line);
                let is_out = !view.inflate(SLACK, SLACK).contains_rect(line);
                if is_out && near.contains_rect(line) {
                    all = all.union(line.inflate(AROUND, AROUND));
                }
            }
        }
        if all == view {
            return;
        }
        let all = all.expand();
        (self.width, self.height) = (all.width(), all.height());
        if let Some(root) = self.nodes.first_mut().and_then(Node::element_mut) {
            let numbers = [all.x0, all.y0, all.width(), all.height()];
            root.set("viewBox", Value::Numbers(numbers.to_vec()));
        }
    }

    /// Texts at a share of the picture's width stay where they are when it grows.
    fn place_shares(&mut self, width: f64) {
        for text in self.nodes.iter_mut().filter_map(Node::element_mut) {
            let share = match text.value("x").filter(|_| text.name == "text") {
                Some(Value::Text(share)) => share.strip_suffix('%'),
                _ => None,
            };
            if let Some(share) = share.and_then(|share| share.parse::<f64>().ok()) {
                text.set("x", width * share / 100.0);
            }
        }
    }
}
