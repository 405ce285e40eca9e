//! Boxes that hold their words, and rows of words that do not overlap, where the renderer gives
//! both a size of its own.
//!
//! Not here: labels of lines (`labels.rs`), and the picture's size (`hold.rs`).

use kurbo::Rect;

use super::super::widths;
use crate::diagram::svg::Styled;
use crate::diagram::svg::family::Family;
use crate::diagram::svg::place::{Line, font_size, lines, words};
use crate::diagram::svg::tree::{What, at, at_mut, end};
use crate::diagram::svg::typed::Value;

/// The space beside the words of a box, in pixels.
const BESIDE: f64 = 4.0;
/// A box is made wider by at most this share.
const MOST_WIDER: f64 = 0.4;
/// The distance of staggered rows, in font sizes, and their number.
const LEADING: f64 = 1.25;
const ROWS: usize = 4;

impl Styled {
    /// Makes notes of sequence diagrams and tasks of journeys as wide as their words, and writes dates
    /// of Gantt charts that overlap in several rows.
    pub(crate) fn fit_words(&mut self, kind: &str) {
        match kind {
            "sequence" | "journey" => self.widen_boxes(),
            "gantt" => self.stagger_dates(),
            _ => {}
        }
    }

    fn widen_boxes(&mut self) {
        let family = Family::of(&self.nodes);
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
                let boxes = lines(&self.nodes, &family, next);
                if boxes
                    .iter()
                    .all(|line| (line.center().x - middle).abs() < 1.0)
                {
                    need = need.max(self.width_of(&family, next) + BESIDE * 2.0);
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

    /// What follows the circles of a journey's task, which are drawn before its words.
    fn after_actors(&self, mut index: usize) -> usize {
        while at(&self.nodes, index).is_some_and(|actor| actor.name == "circle") {
            index = end(&self.nodes, index);
        }
        index
    }

    /// The width of a text's widest line.
    fn width_of(&self, family: &Family, index: usize) -> f64 {
        let weight = family.value(&self.nodes, index, "font-weight");
        let bold = matches!(
            weight.and_then(Value::text),
            Some("bold" | "bolder" | "600" | "700")
        );
        let inside = index..end(&self.nodes, index);
        let widths = inside.filter_map(|at| match &self.nodes.get(at)?.what {
            What::Text(text) => {
                let size = font_size(&self.nodes, family, at);
                Some(widths::width(text.trim(), size, bold))
            }
            _ => None,
        });
        widths.fold(0.0, f64::max)
    }

    /// Moves dates of the lowest row down that overlap the one before.
    fn stagger_dates(&mut self) {
        let family = Family::of(&self.nodes);
        let texts = words(&self.nodes, &family).into_iter();
        let texts = texts.map(|Line { text, bounds, .. }| {
            let more = self.width_of(&family, text) - bounds.width();
            (bounds.inflate(more.max(0.0) / 2.0, 0.0), text)
        });
        let mut texts: Vec<(Rect, usize)> = texts.collect();
        let lowest = texts
            .iter()
            .map(|(line, _)| line.y0)
            .fold(f64::MIN, f64::max);
        texts.retain(|(line, _)| lowest - line.y0 < 1.0);
        texts.sort_by(|(a, _), (b, _)| a.x0.total_cmp(&b.x0));
        let mut ends = [f64::MIN; ROWS];
        for (line, index) in texts {
            let row = ends.iter().position(|end| end + BESIDE <= line.x0);
            let row = row.unwrap_or_default();
            ends[row] = line.x1;
            let by = f64::from(u8::try_from(row).unwrap_or_default()) * line.height() * LEADING;
            if by > 0.0
                && let Some(text) = at_mut(&mut self.nodes, index)
                && let Some(y) = text.number_or_0("y")
            {
                text.set("y", y + by);
            }
        }
    }
}
