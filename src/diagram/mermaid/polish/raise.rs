//! Paints words after what may cross or cover them: titles of frames, and the words of boxes that may
//! lie on each other.
//!
//! Not here: recognising titles (they are in elements of a class), and the halo of words on a line (`halo`).

use crate::diagram::svg::Styled;
use crate::diagram::svg::family::Family;
use crate::diagram::svg::place::transforms;
use crate::diagram::svg::tree::{Node, at, end};
use crate::svg_names::{PROPERTIES, Property};

impl Styled {
    /// Paints the texts in elements of a class last, or all texts, as they are.
    pub(crate) fn raise_words(&mut self, class: Option<&str>) {
        let family = Family::of(&self.nodes);
        let transforms = transforms(&self.nodes, &family);
        let is_of_class = |up: usize| at(&self.nodes, up).and_then(|up| up.get("class")) == class;
        let (mut rest, mut raised) = (Vec::new(), Vec::new());
        let mut index = 0;
        while let Some(node) = self.nodes.get(index) {
            let text = node.element().filter(|element| element.name == "text");
            let is_meant = class.is_none() || family.line(index).any(is_of_class);
            let free = text.is_some()
                && is_meant
                && !family.is_in(&self.nodes, index, &["a", "defs", "marker"]);
            let Some(transform) = transforms.get(index).copied().flatten().filter(|_| free) else {
                rest.push(node.clone());
                index += 1;
                continue;
            };
            let stop = end(&self.nodes, index);
            let mut text = self.nodes.get(index..stop).unwrap_or_default().to_vec();
            for part in &mut text {
                part.depth = part.depth + 1 - node.depth;
            }
            if let Some(element) = text.first_mut().and_then(Node::element_mut) {
                for Property { name, .. } in PROPERTIES.iter().filter(|held| held.inherited) {
                    if let Some(value) = family.value(&self.nodes, index, name) {
                        element.set(*name, value.clone());
                    }
                }
                element.set_transform(transform);
            }
            raised.extend(text);
            index = stop;
        }
        rest.extend(raised);
        self.nodes = rest;
    }
}
