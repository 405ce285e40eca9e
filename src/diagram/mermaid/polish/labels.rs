//! Moves overlapping labels of lines apart, and lines of a label that nearly touch.
//!
//! A label is recognised by the rectangle behind it. Not here: labels of anything but lines, which
//! are where the thing is.

use kurbo::{Affine, Rect, Vec2};

use super::prune::overlap;
use crate::diagram::svg::Styled;
use crate::diagram::svg::family::Family;
use crate::diagram::svg::ground::{Shape, shapes};
use crate::diagram::svg::place::{font_size, holds, lines, transforms, words as words_of};
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

/// A C4 label is next to its line, which may be short and between large boxes.
const FARTHEST_IN_C4: f64 = 90.0;
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
        let mut labels = Vec::new();
        let mut others = Vec::new();
        for Shape { index, bounds, .. } in shapes(&self.nodes, &family) {
            if self.is_label(&family, index) {
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
            self.leave(&mut labels, last, &others);
        }
        for at in 0..labels.len() {
            for other in at + 1..labels.len() {
                self.part(&mut labels, at, other, &others);
            }
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
        if matches!(
            kind,
            "sankey" | "venn" | "quadrantChart" | "wardley" | "wardley-beta"
        ) {
            let lines = words_of(&self.nodes, family).into_iter();
            let labels = lines.filter(|line| line.is_level).map(|line| Label {
                indices: vec![line.text],
                bounds: line.bounds,
            });
            return (labels.collect(), words);
        }
        if !matches!(kind, "c4" | "class" | "classDiagram") {
            return (labels, words);
        }
        let transforms = transforms(&self.nodes, family);
        // The element before, on the same level, and whether it is a line or its label.
        let mut last: Option<(usize, bool)> = None;
        for (index, node) in self.nodes.iter().enumerate() {
            let Some(element) = node.element().filter(|element| element.name != "tspan") else {
                continue;
            };
            let is_next = last.is_some_and(|(depth, of_line)| depth == node.depth && of_line);
            let is_text = element.name == "text";
            let of_line = match kind {
                "c4" => is_text && is_next,
                _ => is_text && font_size(&self.nodes, family, index) < SMALL,
            };
            let is_line = matches!(element.name, "line" | "path");
            let goes_on = is_text && matches!(last, Some((depth, true)) if depth == node.depth);
            last = Some((node.depth, is_line || of_line));
            let place = transforms.get(index).copied().flatten().filter(|_| is_text);
            let boxes = lines(&self.nodes, family, index).into_iter();
            let Some((place, bounds)) = place.zip(boxes.reduce(|all, line| all.union(line))) else {
                continue;
            };
            let bounds = place.transform_rect_bbox(bounds);
            match labels.last_mut() {
                // The lines of one label are texts of their own.
                Some(label)
                    if of_line && kind == "c4" && goes_on && is_below(&label.bounds, &bounds) =>
                {
                    label.indices.push(index);
                    label.bounds = label.bounds.union(bounds);
                }
                _ if of_line => labels.push(Label {
                    indices: vec![index],
                    bounds,
                }),
                _ => words.push(bounds),
            }
        }
        (labels, words)
    }

    /// Moves a label off what it overlaps, by the smallest distance to a free place.
    fn leave(&mut self, labels: &mut [Label], at: usize, others: &[Rect]) {
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
        let mut ways: Vec<Vec2> = met
            .flat_map(|other| {
                [
                    Vec2::new(other.x0 - GAP - own.x1, 0.0),
                    Vec2::new(other.x1 + GAP - own.x0, 0.0),
                    Vec2::new(0.0, other.y0 - GAP - own.y1),
                    Vec2::new(0.0, other.y1 + GAP - own.y0),
                ]
            })
            .filter(|way| way.hypot() <= FARTHEST_IN_C4)
            .collect();
        ways.sort_by(|a, b| a.hypot().total_cmp(&b.hypot()));
        let is_free = |way: &Vec2| !rest.iter().any(|other| meet(&(own + *way), other));
        if let Some(way) = ways.into_iter().find(is_free) {
            self.shift_label(labels, at, way);
        }
    }

    fn shift_label(&mut self, labels: &mut [Label], at: usize, way: Vec2) {
        let Some(label) = labels.get_mut(at) else {
            return;
        };
        label.bounds = label.bounds + way;
        for index in label.indices.clone() {
            self.shift(index, way);
        }
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
            self.shift_label(labels, label, way);
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
