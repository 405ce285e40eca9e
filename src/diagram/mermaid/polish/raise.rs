//! Paints words after what may cross or cover them: titles of frames, the words of boxes that may
//! lie on each other; and lines before the boxes that they cross.
//!
//! Not here: recognising titles (they are in elements of a class), and the halo of words on a line (`halo`).

use crate::diagram::svg::Styled;
use crate::diagram::svg::family::Family;
use crate::diagram::svg::place::{is_shape, transforms};
use crate::diagram::svg::tree::{Node, at, end};
use crate::svg_names::{PROPERTIES, Property};

impl Styled {
    /// Paints the texts in elements of a class last, or all texts, as they are.
    pub(crate) fn raise_words(&mut self, class: Option<&str>) {
        let raised = self.taken(|nodes, family, index| {
            let of_class = |up: usize| at(nodes, up).and_then(|up| up.get("class")) == class;
            let is_text = at(nodes, index).is_some_and(|element| element.name == "text");
            is_text && (class.is_none() || family.line(index).any(of_class))
        });
        self.nodes.extend(raised);
    }

    /// Paints relations of C4 pictures first, and frames of architectures: boxes and words are on them.
    pub(crate) fn lower_lines(&mut self, kind: &str) {
        let what = match kind {
            "c4" => &["marker-end", "marker-start"][..],
            "architecture" => &["stroke-dasharray"],
            _ => return,
        };
        let lowered = self.taken(|nodes, family, index| {
            let is_line = at(nodes, index).is_some_and(is_shape);
            let mut own = what.iter();
            is_line && own.any(|name| family.value(nodes, index, name).is_some())
        });
        self.nodes.splice(1..1, lowered);
    }

    /// Takes elements out of the picture, with the transform and style that they have there.
    fn taken(&mut self, is_meant: impl Fn(&[Node], &Family, usize) -> bool) -> Vec<Node> {
        let family = Family::of(&self.nodes);
        let transforms = transforms(&self.nodes, &family);
        let (mut rest, mut taken) = (Vec::new(), Vec::new());
        let mut index = 0;
        while let Some(node) = self.nodes.get(index) {
            let free = is_meant(&self.nodes, &family, index)
                && !family.is_in(&self.nodes, index, &["a", "defs", "marker"]);
            let Some(transform) = transforms.get(index).copied().flatten().filter(|_| free) else {
                rest.push(node.clone());
                index += 1;
                continue;
            };
            let stop = end(&self.nodes, index);
            let mut part = self.nodes.get(index..stop).unwrap_or_default().to_vec();
            for inside in &mut part {
                inside.depth = inside.depth + 1 - node.depth;
            }
            if let Some(element) = part.first_mut().and_then(Node::element_mut) {
                // HTML knows no font of a shape.
                let is_meant = |held: &&Property| {
                    held.inherited && (element.name == "text" || !held.name.starts_with("font"))
                };
                let held: Vec<&Property> = PROPERTIES.iter().filter(is_meant).collect();
                for Property { name, .. } in held {
                    if let Some(value) = family.value(&self.nodes, index, name) {
                        element.set(*name, value.clone());
                    }
                }
                element.set_transform(transform);
            }
            taken.extend(part);
            index = stop;
        }
        self.nodes = rest;
        taken
    }
}
