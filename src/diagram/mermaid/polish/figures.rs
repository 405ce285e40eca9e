//! Names of several lines below figures of sequences: the renderer leaves room for one, and the others
//! lie on the figure and on its line.
//!
//! Not here: names in boxes.

use std::collections::BTreeMap;

use kurbo::{Rect, Vec2};

use crate::diagram::mermaid::FOOT;
use crate::diagram::mermaid::style::has_class;
use crate::diagram::svg::Styled;
use crate::diagram::svg::ground::Shape;
use crate::diagram::svg::place::Line;
use crate::diagram::svg::tree::{Node, at, at_mut, end};

/// From a figure to the picture's edge, in pixels.
const AROUND: f64 = 8.0;
/// From a name to the line below it, in pixels.
const GAP: f64 = 4.0;

impl Styled {
    /// Moves figures above the first line of their names, and those names below their last figures.
    pub(crate) fn clear_figures(&mut self) {
        let scene = self.scene();
        let goes_on = |line: &Line, next: &Line| {
            let is_beside = scene.family.parent(line.text) == scene.family.parent(next.text);
            is_beside && end(&self.nodes, line.text) == next.text
        };
        let names: Vec<&[Line]> = scene
            .words
            .chunk_by(goes_on)
            .filter(|n| n.len() > 1)
            .collect();
        let (mut ways, mut frames) = (Vec::new(), BTreeMap::new());
        for name in names {
            let Some(group) = scene.family.parent(name[0].text) else {
                continue;
            };
            let inside = group..end(&self.nodes, group);
            let (own, others): (Vec<&Shape>, Vec<&Shape>) = scene
                .shapes
                .iter()
                .partition(|shape| inside.contains(&shape.index));
            let figure = own
                .iter()
                .map(|shape| shape.bounds)
                .reduce(|a, b| a.union(b));
            let whole = name.iter().map(|line| line.bounds);
            let whole = whole.reduce(|a, b| a.union(b));
            let Some((figure, whole)) = figure
                .zip(whole)
                .filter(|(figure, whole)| !figure.contains(whole.center()))
            else {
                continue;
            };
            let more = whole.height() - name[0].bounds.height();
            let is_last = self.nodes[inside.clone()]
                .iter()
                .filter_map(Node::element)
                .any(|one| has_class(one, FOOT));
            let around = others.iter().filter(|it| it.bounds.contains_rect(figure));
            frames.extend(around.map(|frame| ((frame.index, is_last), (frame.bounds, more))));
            let way = Vec2::new(0.0, if is_last { more } else { -more });
            ways.extend(name.iter().map(|line| (line.text, way / 2.0)));
            if !is_last {
                let depth = self.nodes[group].depth + 1;
                let parts = inside.filter(|part| {
                    let is_part = at(&self.nodes, *part).is_some_and(|part| part.name != "text");
                    is_part && self.nodes[*part].depth == depth
                });
                ways.extend(parts.map(|part| (part, way)));
                self.grow((figure + way).inflate(AROUND, AROUND));
                self.begin_below(&others, whole + way / 2.0);
            }
        }
        self.shift_all(ways);
        for ((frame, is_last), grown) in frames {
            self.heighten(frame, is_last, grown);
        }
    }

    /// Lets the line of a participant begin below its name.
    fn begin_below(&mut self, shapes: &[&Shape], name: Rect) {
        let is_own = |shape: &&&Shape| {
            let Rect { x0, y0, x1, .. } = shape.bounds;
            x1 - x0 < 1.0 && (x0 - name.center().x).abs() < 1.0 && y0 < name.y1 + GAP
        };
        for line in shapes.iter().filter(is_own) {
            self.set(line.index, "y1", name.y1 + GAP);
        }
    }

    /// Makes a frame higher at its lower side, or at its upper one, with the title there.
    fn heighten(&mut self, frame: usize, is_last: bool, (bounds, more): (Rect, f64)) {
        let up = if is_last { 0.0 } else { -more };
        let Some(rect) = at_mut(&mut self.nodes, frame) else {
            return;
        };
        let Some((y, height)) = rect.number_or_0("y").zip(rect.number("height")) else {
            return;
        };
        rect.set("y", y + up);
        rect.set("height", height + more);
        self.shift(frame + 1, Vec2::new(0.0, up));
        self.grow(bounds.inflate(AROUND, AROUND + more));
    }
}
