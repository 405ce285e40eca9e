//! Writes what is drawn with fewer elements and attributes.
//!
//! Only what pays once a page is compressed. Not here: what has no effect (`simplify.rs`).

use super::settle::settle;
use super::simplify::pruned;
use crate::diagram::svg::Polished;
use crate::diagram::svg::parts::Part;
use crate::diagram::svg::place::outline;
use crate::diagram::svg::tree::{Element, Node};

impl Polished {
    /// The same picture in fewer bytes. Its elements are no longer where the renderer put them.
    pub(crate) fn compact(&mut self) {
        let nodes = &mut self.0.nodes;
        let elements = nodes.iter_mut().filter_map(Node::element_mut);
        elements.for_each(Element::become_path);
        settle(nodes);
        *nodes = pruned(nodes);
        let elements = nodes.iter_mut().filter_map(Node::element_mut);
        elements.for_each(Element::drop_zeros);
        self.0.shorten_ids();
    }
}

impl Element {
    /// Makes a line or a polygon a path, and a stroke without a width none.
    fn become_path(&mut self) {
        if self.number("stroke-width") == Some(0.0) {
            self.set("stroke", Part::word("none"));
        }
        let is_straight = matches!(self.name, "line" | "polygon" | "polyline");
        if let Some(path) = outline(self).filter(|_| is_straight) {
            if self.name == "line" {
                self.set("fill", Part::word("none"));
            }
            for name in ["points", "x1", "x2", "y1", "y2"] {
                self.remove(name);
            }
            self.name = "path";
            self.set("d", path);
        }
    }

    fn drop_zeros(&mut self) {
        if self.name == "rect" && self.value("rx") == self.value("ry") {
            self.remove("ry");
        }
        for name in ["x", "y", "cx", "cy"] {
            let is_zero = self.number(name).is_some_and(|number| number.abs() < 1e-3);
            if is_zero && self.name != "tspan" {
                self.remove(name);
            }
        }
    }
}
