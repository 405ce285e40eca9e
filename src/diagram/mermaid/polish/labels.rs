//! Moves overlapping labels of lines apart, and lines of a label that nearly touch.
//!
//! A label is recognised by the rectangle behind it. Not here: labels of anything but lines, which
//! are where the thing is.

use kurbo::{Affine, Rect, Shape as _, Vec2};

use crate::diagram::svg::Styled;
use crate::diagram::svg::family::Family;
use crate::diagram::svg::ground::Shape;
use crate::diagram::svg::place::{Line, corners, font_size, holds, overlap};
use crate::diagram::svg::scene::Scene;
use crate::diagram::svg::tree::{Node, at, end};
use crate::diagram::svg::typed::moves;

/// The gap between two labels, in pixels.
const GAP: f64 = 4.0;
/// A label farther from its line than this, in pixels, would seem to belong to another line.
const FARTHEST: f64 = 40.0;
/// The most labels that are compared with each other.
const MOST: usize = 400;
/// The most boxes beside which a place is looked for.
const NEAREST: usize = 24;
/// Lines with a smaller distance, in font sizes, are moved apart to the next larger one.
const CLOSE: f64 = 1.2;
const APART: f64 = 1.25;

/// A C4 label is next to its line, which may be short and between large boxes.
const FARTHEST_ALONE: f64 = 90.0;
/// A tag is above its commit, and nearer to it than to other branches.
const FARTHEST_TAG: f64 = 48.0;
/// Of a line, more is seen than this, in pixels: its way and its marker.
const LEAST_SEEN: f64 = 24.0;
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
        let scene = self.scene();
        let (mut labels, mut others, lines) = self.labels_and_shapes(&scene, kind);
        let (bare, words) = self.bare_labels(&scene, kind);
        if labels.len() + bare.len() > MOST {
            return;
        }
        // These are on the shapes that they name.
        if kind == "venn" {
            others.clear();
        }
        others.extend(words.into_iter().map(|bounds| (0, bounds)));
        let bare_from = labels.len();
        labels.extend(bare);
        for at in (bare_from..labels.len()).chain(0..bare_from) {
            let Some(own) = labels.get(at) else {
                continue;
            };
            let (first, own) = (own.indices.first().copied(), own.bounds);
            let is_obstacle = |(index, other): &&(usize, Rect)| match kind {
                "c4" => true,
                // What it is on already is none, unless that would hide it.
                _ if at < bare_from => Some(*index) > first || !other.contains(own.center()),
                _ => !holds(other, &own, 0.0),
            };
            let around = others.iter().map(|(_, other)| *other);
            let around = around.filter(|other| kind == "quadrantChart" && holds(other, &own, 0.0));
            let around = around.min_by(|a, b| a.area().total_cmp(&b.area()));
            let others = others.iter().filter(is_obstacle);
            let others: Vec<Rect> = others.map(|(_, other)| *other).collect();
            let farthest = match kind {
                "gitGraph" => FARTHEST_TAG,
                _ if at >= bare_from => FARTHEST_ALONE,
                _ => FARTHEST,
            };
            let hidden = lines.iter().filter(|line| hides(&own, line));
            let beside: Vec<Rect> = others.iter().chain(hidden).copied().collect();
            let is_beside = beside.len() > others.len()
                && self.leave(&mut labels, at, &beside, (FARTHEST_ALONE, around));
            if !is_beside {
                self.leave(&mut labels, at, &others, (farthest, around));
            }
        }
    }

    /// The labels that are groups, what they have to leave (filled shapes, and the sides of frames), and
    /// the lines.
    fn labels_and_shapes(
        &self,
        scene: &Scene,
        kind: &str,
    ) -> (Vec<Label>, Vec<(usize, Rect)>, Vec<Rect>) {
        let mut labels: Vec<Label> = Vec::new();
        let (mut others, mut lines) = (Vec::new(), Vec::new());
        for shape in &scene.shapes {
            let Shape {
                index,
                name,
                is_filled,
                bounds,
                ..
            } = *shape;
            let is_in = |label: &Label| label.indices.contains(&index);
            if labels.last().is_some_and(is_in) {
                continue;
            }
            if kind == "gitGraph" && name == "polygon" {
                // A tag, with its hole and its words.
                let indices = vec![index, index + 1, index + 2];
                labels.push(Label { indices, bounds });
            } else if self.is_label(&scene.family, index) {
                let indices = vec![scene.family.parent(index).unwrap_or_default()];
                labels.push(Label { indices, bounds });
            } else {
                if is_filled && name != "line" {
                    others.extend(pieces(shape).into_iter().map(|piece| (index, piece)));
                }
                // Frames are painted before labels, which are on none of their sides.
                let is_frame = match kind {
                    "c4" => !is_filled,
                    "quadrantChart" => true,
                    "class" | "classDiagram" | "flowchart-v2" => labels.is_empty(),
                    _ => false,
                };
                if name == "rect" && is_frame {
                    others.extend(sides(&bounds).map(|side| (usize::MAX, side)));
                } else if name == "path" && !is_filled {
                    lines.push(bounds.inflate(1.0, 1.0));
                }
            }
        }
        (labels, others, lines)
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
    fn bare_labels(&self, scene: &Scene, kind: &str) -> (Vec<Label>, Vec<Rect>) {
        let (mut labels, mut words): (Vec<Label>, Vec<Rect>) = Default::default();
        let mut inside =
            (1..self.nodes.len()).filter_map(|index| Some((index, at(&self.nodes, index)?)));
        let icon = inside.find(|(_, element)| element.name == "svg");
        for line in &scene.words {
            let Line { text, bounds, .. } = *line;
            let is_meant = match kind {
                "sankey" | "venn" | "quadrantChart" | "wardley" | "wardley-beta" => line.is_level(),
                "class" | "classDiagram" => font_size(&self.nodes, &scene.family, text) < SMALL,
                "c4" => self.is_after_line(text),
                // Names are after their icons.
                "architecture" => line.is_level() && icon.is_some_and(|(icon, _)| text < icon),
                "gitGraph" if at(&self.nodes, text - 1).is_none() => false,
                "gitGraph" => continue,
                _ => break,
            };
            let index = self.alone_in(&scene.family, text);
            let last = labels.last_mut();
            let goes_on = last.as_ref().is_some_and(|label| {
                let last = label.indices.last().copied().unwrap_or_default();
                // The lines of one label are texts of their own.
                let is_next = kind == "c4" && end(&self.nodes, last) == text;
                let step = bounds.y0 - label.bounds.y1;
                last == index || is_next && (0.0..bounds.height()).contains(&step)
            });
            match last.filter(|_| goes_on) {
                _ if !is_meant => words.push(bounds),
                Some(label) => {
                    label.indices.push(index);
                    label.indices.dedup();
                    label.bounds = label.bounds.union(bounds);
                }
                None => {
                    let indices = vec![index];
                    labels.push(Label { indices, bounds });
                }
            }
        }
        (labels, words)
    }

    /// The group that turns a text and holds nothing else, or the text.
    fn alone_in(&self, family: &Family, text: usize) -> usize {
        let turns = |group: &usize| {
            let is_alone = end(&self.nodes, *group) == end(&self.nodes, text);
            let group = at(&self.nodes, *group).filter(|_| is_alone && group + 1 == text);
            group.is_some_and(|group| group.value("transform").is_some())
        };
        family.parent(text).filter(turns).unwrap_or(text)
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
    /// free place, which is in the box around it, if that is given; whether there is one.
    fn leave(
        &mut self,
        labels: &mut [Label],
        at: usize,
        others: &[Rect],
        (farthest, around): (f64, Option<Rect>),
    ) -> bool {
        let Some(own) = labels.get(at).map(|label| label.bounds) else {
            return false;
        };
        let rest = labels.iter().enumerate().filter(|(index, _)| *index != at);
        let rest = rest.map(|(_, label)| &label.bounds).chain(others);
        let rest: Vec<Rect> = rest.copied().collect();
        let is_met = |other: &Rect| overlap(&own, other).min_side() > 1.0;
        if !rest.iter().any(is_met) {
            return true;
        }
        // Beside what is near, in both directions.
        let near = own.inflate(farthest, farthest);
        let is_outermost = |own: &Rect| {
            !rest
                .iter()
                .any(|other| other != own && holds(other, own, 0.0))
        };
        let near = rest
            .iter()
            .filter(|other| meet(other, &near) && is_outermost(other));
        let mut near: Vec<&Rect> = near.collect();
        let far = |other: &Rect| (other.center() - own.center()).hypot();
        near.sort_by(|a, b| far(a).total_cmp(&far(b)));
        let (mut across, mut down) = (vec![0.0], vec![0.0]);
        for other in near.into_iter().take(NEAREST) {
            across.extend([other.x0 - GAP - own.x1, other.x1 + GAP - own.x0]);
            down.extend([other.y0 - GAP - own.y1, other.y1 + GAP - own.y0]);
        }
        let ways = across
            .iter()
            .flat_map(|x| down.iter().map(|y| Vec2::new(*x, *y)));
        let mut ways: Vec<Vec2> = ways.filter(|way| way.hypot() <= farthest).collect();
        ways.sort_by(|a, b| a.hypot().total_cmp(&b.hypot()));
        let is_inside = |place: &Rect| around.is_none_or(|around| holds(&around, place, 0.0));
        let is_free = |way: &Vec2| {
            let place = own + *way;
            is_inside(&place) && !rest.iter().any(|other| meet(&place, other))
        };
        let Some((way, label)) = ways.into_iter().find(is_free).zip(labels.get_mut(at)) else {
            return false;
        };
        label.bounds = own + way;
        for index in &label.indices {
            self.shift(*index, way);
        }
        true
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
            self.set(*index, "dy", dy * APART);
        }
    }
}

/// Whether a label on the middle of a line leaves less of it than can be seen.
fn hides(label: &Rect, line: &Rect) -> bool {
    let share = (label.width() / line.width()).min(label.height() / line.height());
    meet(label, line) && line.size().to_vec2().hypot() * (1.0 - share) < LEAST_SEEN
}

fn meet(a: &Rect, b: &Rect) -> bool {
    overlap(a, b).min_side() > 0.0
}

/// The box of a shape; of a turned one that is long, the boxes of its parts.
fn pieces(shape: &Shape) -> Vec<Rect> {
    let [_, turn, ..] = shape.transform.as_coeffs();
    let own = (shape.transform.inverse() * shape.outline.clone()).bounding_box();
    let step = own.height();
    if turn == 0.0 || step <= 0.0 || own.width() <= step {
        return vec![shape.bounds];
    }
    let starts = std::iter::successors(Some(own.x0), |x| Some(x + step));
    let starts = starts.take_while(|x| *x < own.x1).take(MOST);
    let parts = starts.map(|x| Rect::new(x, own.y0, (x + step).min(own.x1), own.y1));
    let boxes = parts.map(|part| shape.transform.transform_rect_bbox(part));
    boxes.collect()
}

/// The sides of a box, as thin boxes.
fn sides(own: &Rect) -> [Rect; 4] {
    let [a, b, c, d] = corners(own);
    let sides = [(a, b), (c, d), (a, d), (b, c)];
    sides.map(|(start, end)| Rect::from_points(start, end).inflate(1.0, 1.0))
}
