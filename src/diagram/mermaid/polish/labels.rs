//! Moves overlapping labels of lines apart, and lines of a label that nearly touch.
//!
//! A label is recognised by the rectangle behind it. Not here: labels of anything but lines, which
//! are where the thing is.

use kurbo::{Affine, Rect, Vec2};

use crate::diagram::svg::Styled;
use crate::diagram::svg::family::Family;
use crate::diagram::svg::ground::{Shape, shapes};
use crate::diagram::svg::place::{Line, font_size, holds, overlap, words as words_of};
use crate::diagram::svg::tree::{Node, at, at_mut, end};
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

/// A C4 label is next to its line, which may be short and between large boxes; a tag is above its commit.
const FARTHEST_ALONE: f64 = 90.0;
/// The renderer writes the ends of a class diagram's lines in letters smaller than this.
const SMALL: f64 = 12.0;

/// A label of a line.
struct Label {
    /// A group, or texts.
    indices: Vec<usize>,
    bounds: Rect,
}

impl Styled {
    /// Moves overlapping labels of lines apart, if there is room. Call after `simplify`.
    pub(crate) fn part_labels(&mut self, kind: &str) {
        let family = Family::of(&self.nodes);
        let mut labels: Vec<Label> = Vec::new();
        let mut others = Vec::new();
        for Shape { index, bounds, .. } in shapes(&self.nodes, &family) {
            let is_polygon = at(&self.nodes, index).is_some_and(|shape| shape.name == "polygon");
            if labels
                .last()
                .is_some_and(|label| label.indices.contains(&index))
            {
                continue;
            }
            if kind == "gitGraph" && is_polygon {
                // A tag, with its hole and its words.
                labels.push(Label {
                    indices: vec![index, index + 1, index + 2],
                    bounds,
                });
            } else if self.is_label(&family, index) {
                let index = family.parent(index).unwrap_or_default();
                labels.push(Label {
                    indices: vec![index],
                    bounds,
                });
            } else if !family.is_none(&self.nodes, index, "fill")
                && at(&self.nodes, index).is_some_and(|element| element.name != "line")
            {
                others.push(bounds);
            }
        }
        let (bare, words) = self.bare_labels(&family, kind);
        if labels.len() + bare.len() > MOST {
            return;
        }
        // These are on the shapes that they name.
        if kind == "venn" {
            others.clear();
        }
        others.extend(words);
        for label in bare {
            labels.push(label);
            let last = labels.len() - 1;
            self.leave(&mut labels, last, &others, FARTHEST_ALONE);
        }
        let farthest = if kind == "gitGraph" {
            FARTHEST_ALONE
        } else {
            FARTHEST
        };
        for at in 0..labels.len() {
            let own = labels.get(at).map_or(Rect::ZERO, |label| label.bounds);
            // What it overlapped before is no obstacle.
            let others = others.iter().filter(|other| !meet(other, &own));
            let others: Vec<Rect> = others.copied().collect();
            self.leave(&mut labels, at, &others, farthest);
        }
    }

    /// Whether an element is the background of a label: a rectangle without stroke that is first in
    /// a translated group of texts.
    pub(super) fn is_label(&self, family: &Family, index: usize) -> bool {
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

    /// Labels without a background, and the boxes of all other texts.
    fn bare_labels(&self, family: &Family, kind: &str) -> (Vec<Label>, Vec<Rect>) {
        let (mut labels, mut words): (Vec<Label>, Vec<Rect>) = Default::default();
        for line in words_of(&self.nodes, family) {
            let Line { text, bounds, .. } = line;
            let is_meant = match kind {
                "sankey" | "venn" | "quadrantChart" | "wardley" | "wardley-beta" => line.is_level,
                "class" | "classDiagram" => font_size(&self.nodes, family, text) < SMALL,
                "c4" => self.is_after_line(text),
                _ => break,
            };
            let last = labels.last_mut();
            let goes_on = last.as_ref().is_some_and(|label| {
                let last = label.indices.last().copied().unwrap_or_default();
                // The lines of one label are texts of their own.
                let is_next = kind == "c4" && end(&self.nodes, last) == text;
                last == text || is_next && is_below(&label.bounds, &bounds)
            });
            match last.filter(|_| goes_on) {
                _ if !is_meant => words.push(bounds),
                Some(label) => {
                    label.indices.push(text);
                    label.indices.dedup();
                    label.bounds = label.bounds.union(bounds);
                }
                None => labels.push(Label {
                    indices: vec![text],
                    bounds,
                }),
            }
        }
        (labels, words)
    }

    /// Whether a text comes after a line, or after others that do.
    fn is_after_line(&self, text: usize) -> bool {
        let (before, rest) = self.nodes.split_at(text);
        let depth = rest.first().map_or(0, |node| node.depth);
        let before = before.iter().rev().take_while(|node| node.depth >= depth);
        let mut beside = before
            .filter(|node| node.depth == depth)
            .filter_map(Node::element);
        let line = beside.find(|element| element.name != "text");
        line.is_some_and(|line| matches!(line.name, "line" | "path"))
    }

    /// Moves a label off the labels and other boxes that it overlaps, by the smallest distance to a
    /// free place.
    fn leave(&mut self, labels: &mut [Label], at: usize, others: &[Rect], farthest: f64) {
        let Some(own) = labels.get(at).map(|label| label.bounds) else {
            return;
        };
        let rest = labels.iter().enumerate().filter(|(index, _)| *index != at);
        let rest = rest.map(|(_, label)| &label.bounds).chain(others);
        let rest: Vec<Rect> = rest
            .filter(|other| !holds(other, &own, 0.0))
            .copied()
            .collect();
        let met = rest
            .iter()
            .filter(|other| overlap(&own, other).min_side() > 1.0);
        let row = Vec2::new(0.0, own.height() + GAP);
        let mut ways: Vec<Vec2> = met
            .flat_map(|other| {
                let up = Vec2::new(0.0, other.y0 - GAP - own.y1);
                [
                    Vec2::new(other.x0 - GAP - own.x1, 0.0),
                    Vec2::new(other.x1 + GAP - own.x0, 0.0),
                    Vec2::new(0.0, other.y1 + GAP - own.y0),
                    up,
                    up - row,
                ]
            })
            .filter(|way| way.hypot() <= farthest)
            .collect();
        ways.sort_by(|a, b| a.hypot().total_cmp(&b.hypot()));
        let is_free = |way: &Vec2| !rest.iter().any(|other| meet(&(own + *way), other));
        let way = ways.into_iter().find(is_free);
        if let (Some(way), Some(label)) = (way, labels.get_mut(at)) {
            label.bounds = own + way;
            for index in &label.indices {
                self.shift(*index, way);
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

/// Whether a line of text goes on below another one.
fn is_below(above: &Rect, line: &Rect) -> bool {
    let step = line.y0 - above.y1;
    (above.center().x - line.center().x).abs() < 1.0 && (0.0..line.height()).contains(&step)
}

fn meet(a: &Rect, b: &Rect) -> bool {
    overlap(a, b).min_side() > 0.0
}
