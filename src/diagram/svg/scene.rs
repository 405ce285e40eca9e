//! A picture as the passes over it see it: what inherits from what, the shapes that are drawn, and the
//! lines of words, each where it is.
//!
//! Not here: what is on what (`ground.rs`), and changing the picture.

use kurbo::Shape as _;

use super::Styled;
use super::family::Family;
use super::ground::Shape;
use super::place::{Line, is_shape, lines, outline, transforms};
use super::tree::{at, set};
use super::typed::Value;
use crate::svg_names::UNDRAWN;

/// What was drawn where when it was made: what moves afterwards is where it was.
pub(crate) struct Scene {
    pub(crate) family: Family,
    /// In painting order.
    pub(crate) shapes: Vec<Shape>,
    /// In the order of their texts.
    pub(crate) words: Vec<Line>,
}

impl Styled {
    pub(crate) fn scene(&self) -> Scene {
        let nodes = &self.nodes;
        let family = Family::of(nodes);
        let (mut shapes, mut words) = (Vec::new(), Vec::new());
        for (index, transform) in transforms(nodes, &family).into_iter().enumerate() {
            let drawn = at(nodes, index).filter(|one| is_shape(one) || one.name == "text");
            let drawn = drawn.filter(|_| !family.is_in(nodes, index, UNDRAWN));
            let Some((element, transform)) = drawn.zip(transform) else {
                continue;
            };
            shapes.extend(outline(element).map(|own| {
                let outline = transform * own;
                Shape {
                    index,
                    name: element.name,
                    is_filled: !family.is_none(nodes, index, "fill"),
                    is_stroked: !family.is_unstroked(nodes, index),
                    transform,
                    bounds: outline.bounding_box(),
                    outline,
                }
            }));
            if element.name == "text" {
                let own = lines(nodes, &family, index).into_iter();
                words.extend(own.map(|own| Line {
                    text: index,
                    own,
                    transform,
                    bounds: transform.transform_rect_bbox(own),
                }));
            }
        }
        Scene {
            family,
            shapes,
            words,
        }
    }

    /// Sets an attribute of the element at an index.
    pub(crate) fn set(&mut self, index: usize, name: &'static str, value: impl Into<Value>) {
        set(&mut self.nodes, index, name, value);
    }
}
