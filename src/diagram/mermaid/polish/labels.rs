//! Moves overlapping labels of lines apart, and lines of a label that nearly touch.
//!
//! A label is recognised by the rectangle behind it. Not here: labels of anything but lines, which
//! are where the thing is.

use kurbo::{Affine, Rect, Vec2};

use super::prune::overlap;
use crate::diagram::svg::Styled;
use crate::diagram::svg::family::Family;
use crate::diagram::svg::ground::{Shape, shapes};
use crate::diagram::svg::place::{font_size, holds};
use crate::diagram::svg::tree::{at, at_mut, end};
use crate::diagram::svg::typed::moves;

/// The gap between two labels, in pixels.
const GAP: f64 = 4.0;
/// A label farther from its line than this, in pixels, would seem to belong to another line.
const FARTHEST: f64 = 40.0;
/// The most labels that are compared with each other.
const MOST: usize = 400;
/// Lines with a smaller distance, in font sizes, are moved apart to the next larger one.
const CLOSE: f64 = 1.2;
const APART: f64 = 1.25;

/// A label of a line.
struct Label {
    index: usize,
    bounds: Rect,
}

impl Styled {
    /// Moves overlapping labels of lines apart, if there is room. Call after `simplify`.
    pub(crate) fn part_labels(&mut self) {
        let family = Family::of(&self.nodes);
        let mut labels = Vec::new();
        let mut others = Vec::new();
        for Shape { index, bounds, .. } in shapes(&self.nodes, &family) {
            if self.is_label(&family, index) {
                let index = family.parent(index).unwrap_or_default();
                labels.push(Label { index, bounds });
            } else if family.held(&self.nodes, index, "fill") != Some("none")
                && at(&self.nodes, index).is_some_and(|element| element.name != "line")
            {
                others.push(bounds);
            }
        }
        if labels.len() > MOST {
            return;
        }
        for at in 0..labels.len() {
            for other in at + 1..labels.len() {
                self.part(&mut labels, at, other, &others);
            }
        }
    }

    /// Whether an element is the background of a label: a rectangle without stroke that is first in
    /// a translated group of texts.
    fn is_label(&self, family: &Family, index: usize) -> bool {
        let element = |index: usize| at(&self.nodes, index);
        let Some(parent) = family.parent(index).filter(|parent| parent + 1 == index) else {
            return false;
        };
        let moved = element(parent).is_some_and(|group| {
            let own = group.transform().filter(|own| *own != Affine::IDENTITY);
            group.name == "g" && own.is_some_and(|own| moves(&own).is_some())
        });
        let depth = self.nodes.get(index).map_or(0, |node| node.depth);
        let inside = index + 1..end(&self.nodes, parent);
        let mut beside = inside.filter(|at| self.nodes.get(*at).is_some_and(|n| n.depth == depth));
        let is_text = |at: usize| element(at).is_some_and(|element| element.name == "text");
        moved
            && element(index).is_some_and(|element| element.name == "rect")
            && family.is_unstroked(&self.nodes, index)
            && is_text(index + 1)
            && beside.all(is_text)
    }

    /// Moves one of two labels, or both, by the smallest distance that separates them.
    fn part(&mut self, labels: &mut [Label], at: usize, other: usize, others: &[Rect]) {
        let (Some(a), Some(b)) = (labels.get(at), labels.get(other)) else {
            return;
        };
        let (a, b) = (a.bounds, b.bounds);
        let shared = overlap(&a, &b);
        if shared.min_side() <= 1.0 {
            return;
        }
        let away = a.center() - b.center();
        let sign = |way: f64| if way <= 0.0 { -1.0 } else { 1.0 };
        let steps = [
            Vec2::new(sign(away.x) * (shared.width + GAP), 0.0),
            Vec2::new(0.0, sign(away.y) * (shared.height + GAP)),
        ];
        let tries = steps.map(|step| {
            [
                [step * 0.5, step * -0.5],
                [step, Vec2::ZERO],
                [Vec2::ZERO, -step],
            ]
        });
        let mut tries = tries.concat();
        let far = |ways: &[Vec2; 2]| ways[0].hypot().max(ways[1].hypot());
        tries.sort_by(|a, b| far(a).total_cmp(&far(b)));
        let free = |moved: &Rect, from: &Rect| {
            let labels = labels.iter().enumerate();
            let mut labels = labels.filter(|(index, _)| *index != at && *index != other);
            // A shape around a label, or one that it overlapped before, is no obstacle.
            let blocks = |other: &Rect| {
                meet(moved, other) && !holds(other, moved, 0.0) && !meet(from, other)
            };
            !labels.any(|(_, label)| blocks(&label.bounds)) && !others.iter().any(blocks)
        };
        let found = tries.into_iter().find(|[first, second]| {
            far(&[*first, *second]) <= FARTHEST
                && free(&(a + *first), &a)
                && free(&(b + *second), &b)
        });
        for (label, way) in [at, other].into_iter().zip(found.into_iter().flatten()) {
            let Some(label) = labels.get_mut(label) else {
                continue;
            };
            label.bounds = label.bounds + way;
            if let Some(group) = at_mut(&mut self.nodes, label.index)
                && let Some(own) = group.transform()
            {
                group.set_transform(own.then_translate(way));
            }
        }
    }

    /// Moves lines of a text apart that overlap, such as those in the boxes of sequence diagrams.
    pub(crate) fn lead_lines(&mut self) {
        let family = Family::of(&self.nodes);
        // The only part of a text, with its step and the place of the text.
        let lines = (0..self.nodes.len()).filter_map(|index| {
            let line = at(&self.nodes, index).filter(|line| line.name == "tspan")?;
            let parent = family.parent(index)?;
            let text = at(&self.nodes, parent)?;
            let only = end(&self.nodes, parent) == end(&self.nodes, index) && parent + 1 == index;
            let place = (text.number("x")?, text.number("y")?);
            only.then_some((index, line.number("dy")?, place))
        });
        let lines: Vec<(usize, f64, (f64, f64))> = lines.collect();
        let is_close = |block: &&[(usize, f64, (f64, f64))]| {
            block.windows(2).any(|pair| {
                let size = font_size(&self.nodes, &family, pair[0].0);
                (0.0..size * CLOSE).contains(&(pair[1].1 - pair[0].1)) && pair[1].1 > pair[0].1
            })
        };
        let blocks = lines.chunk_by(|(_, _, a), (_, _, b)| a == b);
        let close: Vec<_> = blocks.filter(is_close).flatten().collect();
        for (index, dy, _) in close {
            if let Some(element) = at_mut(&mut self.nodes, *index) {
                element.set("dy", dy * APART);
            }
        }
    }
}

fn meet(a: &Rect, b: &Rect) -> bool {
    overlap(a, b).min_side() > 0.0
}
