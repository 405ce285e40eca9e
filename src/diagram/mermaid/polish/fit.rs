//! Boxes that hold their words, and rows of words that do not overlap, where the renderer gives
//! both a size of its own.
//!
//! Not here: labels of lines (`labels.rs`), and the picture's size (`hold.rs`).

use kurbo::{Rect, Vec2};

use crate::diagram::svg::Styled;
use crate::diagram::svg::ground::Shape;
use crate::diagram::svg::place::{Line, font_size, of_text};
use crate::diagram::svg::scene::Scene;
use crate::diagram::svg::tree::{at, at_mut, end};
use crate::diagram::svg::typed::Value;

/// The space beside the words of a box, in pixels.
const BESIDE: f64 = 4.0;
/// Words that have no room get smaller letters, but none smaller than these.
const SMALLEST: f64 = 12.0;
/// A box is made wider by at most this share.
const MOST_WIDER: f64 = 0.4;
/// Where the renderer begins names of sections, in pixels.
const SECTION: f64 = 10.0;
/// The distance of staggered rows, in font sizes, and their number.
const LEADING: f64 = 1.25;
const ROWS: usize = 4;
/// An axis is longer than one of its marks, by this factor.
const LINE: f64 = 2.0;

impl Styled {
    /// Makes notes of sequence diagrams and tasks of journeys as wide as their words, and writes marks
    /// of axes that overlap in several rows, and names of sections of Gantt charts beside the tasks.
    pub(crate) fn fit_words(&mut self, kind: &str) {
        match kind {
            "sequence" => {
                self.widen_boxes();
                self.widen_tabs();
            }
            "journey" => self.widen_boxes(),
            "gantt" => {
                self.clear_tasks();
                self.stagger_marks();
            }
            "xychart" => self.stagger_marks(),
            _ => {}
        }
    }

    fn widen_boxes(&mut self) {
        let words = self.scene().words;
        for index in 0..self.nodes.len() {
            let Some((own, middle)) = at(&self.nodes, index)
                .filter(|element| element.name == "rect")
                .and_then(|rect| rect.number("width").zip(rect.number_or_0("x")))
                .map(|(width, x)| (width, x + width / 2.0))
            else {
                continue;
            };
            let depth = self.nodes.get(index).map_or(0, |node| node.depth);
            let mut need: f64 = 0.0;
            let mut next = self.after_actors(index + 1);
            while let Some(text) = at(&self.nodes, next).filter(|text| text.name == "text")
                && self.nodes.get(next).is_some_and(|node| node.depth == depth)
                && text.value("transform").is_none()
            {
                let boxes = of_text(&words, next).iter().map(|line| line.own);
                let is_there = |line: Rect| (line.center().x - middle).abs() < 1.0;
                if boxes.clone().all(is_there) {
                    let wide = boxes.map(|line| line.width()).fold(0.0, f64::max);
                    need = need.max(wide + BESIDE * 2.0);
                }
                next = end(&self.nodes, next);
            }
            let more = need - own;
            if more > 0.0
                && more < own * MOST_WIDER
                && let Some(rect) = at_mut(&mut self.nodes, index)
            {
                rect.set("width", need);
                rect.set("x", middle - need / 2.0);
            }
        }
    }

    /// Makes the tabs of frames as wide as their words, and moves the title of a frame off its tab.
    fn widen_tabs(&mut self) {
        let Scene { family, words, .. } = self.scene();
        for (number, name) in words.iter().enumerate() {
            let Some(index) = name.text.checked_sub(1) else {
                continue;
            };
            let tab = at(&self.nodes, index).filter(|tab| tab.name == "polygon");
            let points = tab
                .and_then(|tab| tab.numbers("points"))
                .map(<[f64]>::to_vec);
            let Some(mut points) = points else {
                continue;
            };
            let across = points.iter().step_by(2).copied();
            let left = across.clone().fold(f64::INFINITY, f64::min);
            let right = across.fold(f64::NEG_INFINITY, f64::max);
            let more = (name.bounds.width() + BESIDE * 2.0 - (right - left)).max(0.0);
            for x in points.iter_mut().step_by(2).filter(|x| **x > left) {
                *x += more;
            }
            let mut before = self.nodes.get(..index).unwrap_or_default().iter().rev();
            let edge = before.find_map(|node| node.element()?.number("x2"));
            self.shift(name.text, Vec2::new(more / 2.0, 0.0));
            if let Some(tab) = at_mut(&mut self.nodes, index).filter(|_| more > 0.0) {
                tab.set("points", Value::Numbers(points));
            }
            let start = right + more + BESIDE;
            let room = edge.unwrap_or(f64::INFINITY).max(start) - BESIDE - start;
            let rest = words.get(number + 1..).unwrap_or_default().iter();
            let rest =
                rest.take_while(|line| line.bounds.y0 < name.bounds.y1 && line.bounds.x1 > right);
            for line in rest.filter(|line| line.bounds.x0 < start) {
                let fits = (room / line.bounds.width()).min(1.0);
                let size = font_size(&self.nodes, &family, line.text);
                let way = start + room / 2.0 - line.bounds.center().x;
                self.shift(line.text, Vec2::new(way, 0.0));
                if let Some(text) = at_mut(&mut self.nodes, line.text).filter(|_| fits < 1.0) {
                    text.set("font-size", (size * fits).max(SMALLEST));
                }
            }
        }
    }

    /// What follows the circles of a journey's task, which are drawn before its words.
    fn after_actors(&self, mut index: usize) -> usize {
        while at(&self.nodes, index).is_some_and(|actor| actor.name == "circle") {
            index = end(&self.nodes, index);
        }
        index
    }

    /// Moves names of sections to the left that would reach tasks, with the bands behind them.
    fn clear_tasks(&mut self) {
        let left = |index: usize| {
            let rect = at(&self.nodes, index).filter(|element| element.name == "rect")?;
            rect.number_or_0("x")
        };
        let rects: Vec<(usize, f64)> = (0..self.nodes.len())
            .filter_map(|index| Some((index, left(index)?)))
            .collect();
        let bars = rects.iter().map(|(_, x)| *x).filter(|x| *x > 0.0);
        let tasks = bars.fold(f64::INFINITY, f64::min);
        let mut names: Vec<(usize, f64)> = self
            .scene()
            .words
            .iter()
            .filter(|line| (line.bounds.x0 - SECTION).abs() < 1.0 && line.bounds.x0 < tasks)
            .map(|line| (line.text, line.bounds.x1))
            .collect();
        let ends = names.iter().map(|(_, end)| end + BESIDE);
        let over = ends.fold(f64::MIN, f64::max) - tasks;
        names.dedup_by_key(|(text, _)| *text);
        if over <= 0.0 || !over.is_finite() {
            return;
        }
        for (index, _) in names {
            self.shift(index, Vec2::new(-over, 0.0));
        }
        for (index, _) in rects.iter().filter(|(_, x)| *x == 0.0) {
            if let Some(band) = at_mut(&mut self.nodes, *index)
                && let Some(width) = band.number("width")
            {
                band.set("x", -over);
                band.set("width", width + over);
            }
        }
    }

    /// Moves marks of an axis down that overlap the one before, and what is below them.
    fn stagger_marks(&mut self) {
        let scene = self.scene();
        let mut texts = scene.words;
        texts.retain(Line::is_level);
        let beside = |one: &Line, other: &Line| (one.bounds.y0 - other.bounds.y0).abs() < 1.0;
        // A title is alone in its row.
        let is_mark = |line: &&Line| texts.iter().filter(|other| beside(line, other)).count() > 1;
        let lowest = |a: &&Line, b: &&Line| a.bounds.y0.total_cmp(&b.bounds.y0);
        let Some(axis) = texts.iter().filter(is_mark).max_by(lowest) else {
            return;
        };
        let mut marks: Vec<&Line> = texts.iter().filter(|line| beside(line, axis)).collect();
        marks.sort_by(|a, b| a.bounds.x0.total_cmp(&b.bounds.x0));
        let mut ends = [f64::MIN; ROWS];
        let mut ways = Vec::new();
        for Line { text, bounds, .. } in marks {
            let row = ends.iter().position(|end| end + BESIDE <= bounds.x0);
            let row = row.unwrap_or_default();
            ends[row] = bounds.x1;
            let down = f64::from(u8::try_from(row).unwrap_or_default());
            ways.push((*text, down * bounds.height() * LEADING));
        }
        let most = ways.iter().map(|(_, way)| *way).fold(0.0, f64::max);
        // Marks above their axis go up.
        let side = if is_above_line(&scene.shapes, &axis.bounds) {
            -1.0
        } else {
            1.0
        };
        let beyond = texts
            .iter()
            .filter(|line| (line.bounds.y0 - axis.bounds.y0) * side > 1.0);
        ways.extend(beyond.map(|line| (line.text, most)));
        for (text, way) in ways {
            if let Some(text) = at_mut(&mut self.nodes, text)
                && let Some(y) = text.number_or_0("y").filter(|_| way > 0.0)
            {
                text.set("y", y + way * side);
            }
        }
    }
}

/// Whether the nearest level line is below some words, not above them.
fn is_above_line(shapes: &[Shape], words: &Rect) -> bool {
    let lines = shapes.iter().map(|shape| shape.bounds);
    let lines = lines.filter(|line| line.height() < 1.0 && line.width() > words.width() * LINE);
    let ways = lines.map(|line| line.center().y - words.center().y);
    let nearest = ways.min_by(|a, b| a.abs().total_cmp(&b.abs()));
    nearest.is_some_and(|way| way > 0.0)
}
