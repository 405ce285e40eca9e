//! Words that a renderer puts on others, or on an edge, in places where they can be read.
//!
//! Not here: labels of lines and of points (`labels.rs`), and whether it was enough (`meet.rs`).

use std::f64::consts::TAU;

use kurbo::{Affine, Point, Rect, Vec2};

use crate::diagram::svg::Styled;
use crate::diagram::svg::place::{Line, holds, overlap};
use crate::diagram::svg::scene::Scene;
use crate::diagram::svg::tree::{Element, What, at, at_mut, end};

/// The space around words, in pixels.
const AROUND: f64 = 5.0;
/// From a message's number to what is beside its disc, in pixels.
const DISC: f64 = 7.0;
/// Labels outside of a pie are at most this many lines away from it.
const ROWS: u8 = 6;
/// Font size of the title of a group, in pixels.
const TITLE: f64 = 12.0;

impl Styled {
    /// Moves words of pies, quadrants, messages and groups of blocks off what they cannot be read on.
    pub(crate) fn spread_words(&mut self, kind: &str) {
        match kind {
            "pie" => self.leave_slices(),
            "quadrantChart" => self.keep_in_quadrants(),
            "block" => self.lift_titles(),
            "gitGraph" => self.lift_title(),
            "sequence" => self.clear_numbers(),
            _ => {}
        }
    }

    /// Shares that are wider than their slices go outside, and the title above them.
    fn leave_slices(&mut self) {
        let Scene { shapes, words, .. } = self.scene();
        let Some(pie) = shapes.iter().find(|shape| shape.name == "circle") else {
            return;
        };
        let pie = pie.bounds;
        let mut outside: Vec<Rect> = Vec::new();
        let mut titles = Vec::new();
        for Line { text, bounds, .. } in words {
            let share = match self.nodes.get(text + 1).map(|node| &node.what) {
                Some(What::Text(text)) => text
                    .trim()
                    .strip_suffix('%')
                    .and_then(|share| share.parse::<f64>().ok()),
                _ => None,
            };
            let from = bounds.center() - pie.center();
            let Some(share) = share.filter(|_| holds(&pie, &bounds, 0.0)) else {
                if bounds.y1 < pie.y0 {
                    titles.push((text, bounds));
                }
                continue;
            };
            let out = from.normalize();
            let (width, height) = (bounds.width(), bounds.height());
            let need = width * out.y.abs() + height * out.x.abs();
            if share / 100.0 * TAU * from.hypot() >= need {
                continue;
            }
            let depth = f64::midpoint(width * out.x.abs(), height * out.y.abs());
            let place = |row: u8| {
                let far = pie.width() / 2.0 + AROUND + depth + f64::from(row) * height;
                bounds + (out * far - from)
            };
            let meets = |place: &Rect, other| overlap(place, other).min_side() > 0.0;
            let is_free = |place: &Rect| !outside.iter().any(|other| meets(place, other));
            if let Some(place) = (0..ROWS).map(place).find(is_free) {
                self.shift(text, place.center() - bounds.center());
                outside.push(place);
            }
        }
        for (text, bounds) in titles {
            let met = outside
                .iter()
                .filter(|place| overlap(place, &bounds).width > 0.0);
            let top = met.map(|place| place.y0 - AROUND).fold(bounds.y1, f64::min);
            self.shift(text, Vec2::new(0.0, top - bounds.y1));
        }
    }

    /// The name of a point stays on the point's side of every edge.
    fn keep_in_quadrants(&mut self) {
        let Scene { shapes, words, .. } = self.scene();
        let point = |text: usize| -> Option<Point> {
            let before = text.checked_sub(1)?;
            let circle = at(&self.nodes, before).filter(|circle| circle.name == "circle")?;
            circle.value("cx")?;
            let mut shapes = shapes.iter().filter(|shape| shape.index == before);
            shapes.next().map(|shape| shape.bounds.center())
        };
        let mut ways = Vec::new();
        for Line { text, bounds, .. } in words {
            let Some(point) = point(text) else {
                continue;
            };
            let around = shapes.iter().map(|shape| shape.bounds);
            let around = around
                .filter(|own| own.contains(point) && own.width() > bounds.width() + AROUND * 2.0);
            let Some(quadrant) = around.min_by(|a, b| a.area().total_cmp(&b.area())) else {
                continue;
            };
            let inside = quadrant.inflate(-AROUND, -AROUND);
            let way = |low: f64, high: f64| low.max(0.0) + high.min(0.0);
            let x = way(inside.x0 - bounds.x0, inside.x1 - bounds.x1);
            let y = way(inside.y0 - bounds.y0, inside.y1 - bounds.y1);
            ways.push((text, Vec2::new(x, y)));
        }
        self.shift_all(ways);
    }

    /// The title of a group of blocks goes above the blocks in it.
    fn lift_titles(&mut self) {
        let scene = self.scene();
        for Line { text, bounds, .. } in scene.words {
            let mut before = scene.shapes.iter().rev().filter(|shape| shape.index < text);
            let Some(frame) = before.next().map(|frame| frame.bounds) else {
                continue;
            };
            let inside = scene.shapes.iter().filter(|shape| {
                shape.index > text && shape.is_stroked && holds(&frame, &shape.bounds, 0.0)
            });
            let top = inside
                .map(|shape| shape.bounds.y0)
                .fold(f64::INFINITY, f64::min);
            if top.is_finite() {
                let middle = f64::midpoint(frame.y0, top);
                self.shift(text, Vec2::new(0.0, middle - bounds.center().y));
                self.set(text, "font-size", TITLE);
            }
        }
    }

    /// The title of a history goes above its tags. It follows words, others follow a shape of theirs.
    fn lift_title(&mut self) {
        let Scene { shapes, words, .. } = self.scene();
        let title = words
            .last()
            .filter(|title| at(&self.nodes, title.text - 1).is_none());
        let Some(title) = title else {
            return;
        };
        let tops = shapes.iter().map(|shape| shape.bounds.y0);
        let up = tops.fold(f64::INFINITY, f64::min) - AROUND - title.bounds.y1;
        self.shift(title.text, Vec2::new(0.0, up.min(0.0)));
    }

    /// Ids of commits are level where time runs down: turned, they would lie on those above them.
    pub(crate) fn level_ids(&mut self) {
        for text in 1..self.nodes.len() {
            let is = |index: usize, name: &str| {
                let element = at(&self.nodes, index).filter(|element| element.name == name);
                let turn = element.and_then(Element::transform).map(Affine::as_coeffs);
                turn.is_some_and(|[_, turn, ..]| turn != 0.0)
            };
            if is(text - 1, "rect") && is(text, "text") {
                for index in [text - 1, text] {
                    at_mut(&mut self.nodes, index).and_then(|own| own.remove("transform"));
                }
            }
        }
    }

    /// The words of a message to oneself go above its number, which is on the disc of a marker.
    fn clear_numbers(&mut self) {
        let words = self.scene().words;
        let is_number = |line: &Line| {
            let before = line.text.checked_sub(1);
            let disc = before.and_then(|before| at(&self.nodes, before));
            disc.is_some_and(|disc| disc.name == "line" && disc.value("marker-start").is_some())
        };
        let numbers = words.iter().filter(|line| is_number(line));
        let discs: Vec<Rect> = numbers
            .map(|number| number.bounds.inflate(DISC, DISC))
            .collect();
        let mut ways = Vec::new();
        // One in the box that ends a participant goes to where its message begins.
        for number in words.iter().filter(|line| is_number(line)) {
            let mut others = words.iter().filter(|line| line.text != number.text);
            let met = others.any(|line| overlap(&line.bounds, &number.bounds).min_side() > 0.0);
            let before = self.nodes.get(..number.text - 1).unwrap_or_default();
            let message = before.iter().rev().find_map(|node| {
                let line = node.element()?;
                Some((line.number("x1")?, line.number("x2")?))
            });
            if let Some((from, to)) = message.filter(|_| met) {
                let way = from + DISC.copysign(to - from) - number.bounds.center().x;
                let both = [number.text - 1, number.text];
                ways.extend(both.map(|index| (index, Vec2::new(way, 0.0))));
            }
        }
        // The lines of one message are texts of their own, one after the other.
        let goes_on =
            |line: &Line, next: &Line| end(&self.nodes, line.text) == next.text && !is_number(line);
        for message in words.chunk_by(goes_on) {
            let up = |line: &Line| {
                let met = discs.iter().filter(|disc| {
                    line.bounds.center().y < disc.center().y
                        && overlap(disc, &line.bounds).min_side() > 0.0
                });
                met.map(|disc| line.bounds.y1 - disc.y0).fold(0.0, f64::max)
            };
            let most = message.iter().map(up).fold(0.0, f64::max);
            let way = Vec2::new(0.0, -most);
            ways.extend(message.iter().map(|line| (line.text, way)));
        }
        self.shift_all(ways);
    }

    pub(super) fn shift_all(&mut self, ways: Vec<(usize, Vec2)>) {
        for (index, way) in ways {
            self.shift(index, way);
        }
    }

    /// Moves an element that is in nothing but translated groups.
    pub(super) fn shift(&mut self, index: usize, way: Vec2) {
        if let Some(element) = at_mut(&mut self.nodes, index)
            && let Some(own) = element.transform()
        {
            element.set_transform(own.then_translate(way));
        }
    }
}
