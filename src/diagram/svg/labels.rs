//! Moves overlapping labels of lines apart, and lines of a label that nearly touch.
//!
//! A label is recognised by the rectangle behind it. Not here: labels of anything but lines, which
//! are where the thing is.

use super::Baked;
use super::family::Family;
use super::matrix::{Matrix, Point, translate};
use super::place::{Bounds, is_shape, matrices, outlines};
use super::tree::{Element, Name, Node, end};

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
    bounds: Bounds,
}

impl Baked {
    /// Moves overlapping labels of lines apart, if there is room. Call after `simplify`.
    pub fn part_labels(&mut self) {
        let family = Family::of(&self.nodes);
        let matrices = matrices(&self.nodes, &family);
        let mut labels = Vec::new();
        let mut others = Vec::new();
        for (index, node) in self.nodes.iter().enumerate() {
            let (Some(element), Some(matrix)) =
                (node.element(), matrices.get(index).copied().flatten())
            else {
                continue;
            };
            let parent = family.parent(index).unwrap_or_default();
            let bounds = bounds(element, &matrix);
            if self.is_label(&family, index) {
                labels.extend(bounds.map(|bounds| Label {
                    index: parent,
                    bounds,
                }));
            } else if family.held(&self.nodes, index, "fill") != Some("none") {
                others.extend(bounds);
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
        let element = |at: usize| self.nodes.get(at).and_then(Node::element);
        let Some(parent) = family.parent(index).filter(|parent| parent + 1 == index) else {
            return false;
        };
        let moved = element(parent).is_some_and(|group| {
            let matrix = group.get("transform").and_then(Matrix::read);
            group.name == "g" && matrix.is_some_and(|matrix| matrix.moves().is_some())
        });
        let depth = self.nodes.get(index).map_or(0, |node| node.depth);
        let inside = index + 1..end(&self.nodes, parent);
        let mut beside = inside.filter(|at| self.nodes.get(*at).is_some_and(|n| n.depth == depth));
        let is_text = |at: usize| element(at).is_some_and(|element| element.name == "text");
        let stroke = family.held(&self.nodes, index, "stroke");
        moved
            && element(index).is_some_and(|element| element.name == "rect")
            && matches!(stroke, None | Some("none"))
            && is_text(index + 1)
            && beside.all(is_text)
    }

    /// Moves one of two labels, or both, by the smallest distance that separates them.
    fn part(&mut self, labels: &mut [Label], at: usize, other: usize, others: &[Bounds]) {
        let (Some(a), Some(b)) = (labels.get(at), labels.get(other)) else {
            return;
        };
        let (a, b) = (a.bounds, b.bounds);
        let overlap = a.overlap(&b);
        if overlap.iter().any(|side| *side <= 1.0) {
            return;
        }
        let mut tries: Vec<[Point; 2]> = Vec::new();
        for axis in 0..2 {
            let sign = if a.centre()[axis] <= b.centre()[axis] {
                -1.0
            } else {
                1.0
            };
            let by = |share: f64| {
                let mut way = [0.0; 2];
                way[axis] = sign * (overlap[axis] + GAP) * share;
                way
            };
            tries.extend([[by(0.5), by(-0.5)], [by(1.0), by(0.0)], [by(0.0), by(-1.0)]]);
        }
        let far = |ways: &[Point; 2]| {
            ways.iter()
                .map(|way| way[0].hypot(way[1]))
                .fold(0.0, f64::max)
        };
        tries.sort_by(|a, b| far(a).total_cmp(&far(b)));
        let free = |moved: &Bounds, from: &Bounds| {
            let labels = labels.iter().enumerate();
            let mut labels = labels.filter(|(index, _)| *index != at && *index != other);
            // A shape around a label, or one that it overlapped before, is no obstacle.
            let blocks = |other: &Bounds| {
                meet(moved, other) && !other.holds(moved, 0.0) && !meet(from, other)
            };
            !labels.any(|(_, label)| blocks(&label.bounds)) && !others.iter().any(blocks)
        };
        let found = tries.into_iter().find(|[first, second]| {
            far(&[*first, *second]) <= FARTHEST
                && free(&moved(&a, *first), &a)
                && free(&moved(&b, *second), &b)
        });
        for (label, way) in [at, other].into_iter().zip(found.into_iter().flatten()) {
            let Some(label) = labels.get_mut(label) else {
                continue;
            };
            label.bounds = moved(&label.bounds, way);
            if let Some(element) = self.nodes.get_mut(label.index).and_then(Node::element_mut) {
                shift(element, way);
            }
        }
    }

    /// Moves lines of a text apart that overlap, such as those in the boxes of sequence diagrams.
    pub fn lead_lines(&mut self) {
        let family = Family::of(&self.nodes);
        let size = |index: usize| {
            let size = family.held(&self.nodes, index, "font-size");
            let size = size.and_then(|size| size.strip_suffix("px").unwrap_or(size).parse().ok());
            size.unwrap_or(16.0)
        };
        let lines: Vec<(usize, f64, f64)> = (0..self.nodes.len())
            .filter_map(|index| {
                let line = self
                    .nodes
                    .get(index)?
                    .element()
                    .filter(|e| e.name == "tspan")?;
                let dy = line
                    .get("dy")?
                    .parse::<f64>()
                    .ok()
                    .filter(|dy| dy.is_finite())?;
                let text = family.parent(index)?;
                let only = end(&self.nodes, text) == end(&self.nodes, index) && text + 1 == index;
                only.then(|| (index, dy, size(index)))
            })
            .collect();
        let place = |index: usize| {
            let text = self.nodes.get(family.parent(index)?)?;
            let element = text.element()?;
            Some((
                text.depth,
                element.get("x")?.to_owned(),
                element.get("y")?.to_owned(),
            ))
        };
        let mut wider: Vec<(usize, f64)> = Vec::new();
        let mut start = 0;
        while let Some((first, ..)) = lines.get(start).copied() {
            let rest = lines.get(start..).unwrap_or_default();
            let same = rest
                .iter()
                .take_while(|(index, ..)| place(*index) == place(first));
            let stop = start + same.count().max(1);
            let block = lines.get(start..stop).unwrap_or_default();
            let close = block.windows(2).any(|pair| match pair {
                [(_, a, size), (_, b, _)] => b > a && b - a < size * CLOSE,
                _ => false,
            });
            if close && place(first).is_some() {
                wider.extend(block.iter().map(|(index, dy, _)| (*index, dy * APART)));
            }
            start = stop;
        }
        for (index, dy) in wider {
            if let Some(element) = self.nodes.get_mut(index).and_then(Node::element_mut) {
                element.set(Name::from("dy"), dy.to_string());
            }
        }
    }
}

fn bounds(element: &Element, matrix: &Matrix) -> Option<Bounds> {
    if !is_shape(element) || element.name == "line" {
        return None;
    }
    let points = outlines(element)?;
    Bounds::around(
        points
            .into_iter()
            .flatten()
            .map(|point| matrix.apply(point)),
    )
}

fn meet(a: &Bounds, b: &Bounds) -> bool {
    a.overlap(b).iter().all(|side| *side > 0.0)
}

fn moved(bounds: &Bounds, [x, y]: Point) -> Bounds {
    let [left, top, right, bottom] = bounds.0;
    Bounds([left + x, top + y, right + x, bottom + y])
}

/// Adds to the translation of a group.
fn shift(group: &mut Element, way: Point) {
    let own = group.get("transform").and_then(Matrix::read);
    let Some([x, y]) = own.and_then(|own| own.moves()) else {
        return;
    };
    match translate([x + way[0], y + way[1]]) {
        Some(text) => group.set(Name::from("transform"), text),
        None => group.remove("transform"),
    }
}
