//! Whether words of a picture lie on each other, or under something.
//!
//! Not here: moving them apart (`labels.rs`, `spread.rs`).

use std::collections::VecDeque;

use kurbo::{Point, Vec2};

use crate::diagram::svg::Polished;
use crate::diagram::svg::ground::Area;
use crate::diagram::svg::place::Line;
use crate::diagram::svg::tree::said;

/// Words that share less than this, in heights of the smaller line, can still be read: widths are
/// estimated, and a line's box has room for every accent.
const ACROSS: f64 = 0.2;
const DOWN: f64 = 0.4;
/// An area that hides what is below.
const OPAQUE: f32 = 0.9;
/// How far from its middle a line of words is looked at, in its size: not at its very ends.
const WITHIN: f64 = 0.3;
/// The most lines that one is compared with.
const MOST: usize = 256;

impl Polished {
    /// Two texts of which one lies on the other.
    pub(crate) fn met_words(&self) -> Option<[String; 2]> {
        let mut lines = self.scene().words;
        lines.sort_by(|a, b| a.bounds.y0.total_cmp(&b.bounds.y0));
        let mut above: VecDeque<&Line> = VecDeque::new();
        for line in &lines {
            above.retain(|other| other.bounds.y1 > line.bounds.y0);
            let met = above
                .iter()
                .find(|other| other.text != line.text && meet(line, other));
            if let Some(other) = met {
                return Some([said(&self.nodes, other.text), said(&self.nodes, line.text)]);
            }
            above.push_back(line);
            if above.len() > MOST {
                above.pop_front();
            }
        }
        None
    }

    /// A text that a shape, painted later, covers in part.
    pub(crate) fn covered_words(&self) -> Option<String> {
        let scene = self.scene();
        let mut areas: Vec<Area> = scene
            .shapes
            .iter()
            .filter_map(|shape| shape.area(&self.nodes, &scene.family))
            .collect();
        areas.retain(|area| area.alpha > OPAQUE);
        let covered = scene.words.into_iter().find(|line| {
            let Point { x, y } = line.bounds.center();
            let size = line.bounds.size() * WITHIN;
            let spots = [-size.width, 0.0, size.width].map(|across| {
                [-size.height, size.height].map(|down| Point::new(x + across, y + down))
            });
            let mut later = areas.iter().filter(|area| area.index > line.text);
            line.is_level() && later.any(|area| spots.as_flattened().iter().any(|at| area.has(*at)))
        });
        covered.map(|line| said(&self.nodes, line.text))
    }
}

/// Whether two lines of words share much, seen along the sides of either.
fn meet(line: &Line, other: &Line) -> bool {
    let sides = |line: &Line| {
        let [start, along, _, down] = line.corners();
        [along - start, down - start]
    };
    let least = |line: &Line| {
        sides(line)
            .map(Vec2::hypot)
            .into_iter()
            .fold(f64::MAX, f64::min)
    };
    let size = least(line).min(least(other));
    let shared = |side: Vec2| {
        let span = |line: &Line| {
            let along = line.corners().map(|at| at.to_vec2().dot(side.normalize()));
            let least = along.into_iter().fold(f64::INFINITY, f64::min);
            (least, along.into_iter().fold(f64::NEG_INFINITY, f64::max))
        };
        let (own, other) = (span(line), span(other));
        own.1.min(other.1) - own.0.max(other.0)
    };
    let [[a, b], [c, d]] = [sides(line), sides(other)];
    [a, c].into_iter().all(|side| shared(side) > size * ACROSS)
        && [b, d].into_iter().all(|side| shared(side) > size * DOWN)
}
