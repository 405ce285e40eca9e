//! Makes room for the titles of frames that contain frames: the renderer draws the inner frame over
//! the outer one's title.
//!
//! Only the inner frame's upper side moves, as far as its content allows. Not here: making the
//! outer frame larger, which would move it onto its neighbours.

use kurbo::{ParamCurve as _, Point, Rect, Vec2};

use crate::diagram::svg::Styled;
use crate::diagram::svg::family::Family;
use crate::diagram::svg::ground::{Shape, shapes};
use crate::diagram::svg::place::{Line, holds, words};
use crate::diagram::svg::tree::{at, at_mut};
use crate::diagram::svg::typed::moves;

/// The space below a title, in pixels.
const GAP: f64 = 3.0;
/// The largest distance of the middle of a title's first line from the upper side, in pixels.
const TOP: f64 = 32.0;
/// A line that ends this close to a frame's side, in pixels, ends at the frame.
const NEAR: f64 = 8.0;
/// The most frames that are compared.
const MOST: usize = 200;

/// A rectangle with a title at its upper side.
struct Frame {
    rect: usize,
    /// The texts of its title, one a line.
    texts: Vec<usize>,
    bounds: Rect,
    title: Rect,
}

/// Everything that is not a frame, and the ends of lines.
struct Rest {
    things: Vec<Rect>,
    ends: Vec<Point>,
}

impl Styled {
    /// Moves the upper sides of frames off the titles of the frames around them.
    pub(crate) fn clear_titles(&mut self) {
        let family = Family::of(&self.nodes);
        let (shapes, words) = (shapes(&self.nodes, &family), words(&self.nodes, &family));
        let frames = shapes.iter().enumerate();
        let frames = frames.filter_map(|(at, shape)| {
            let next = shapes.get(at + 1).map_or(usize::MAX, |next| next.index);
            self.frame(&family, shape, next, &words)
        });
        let mut frames: Vec<Frame> = frames.collect();
        if frames.len() < 2 || frames.len() > MOST {
            return;
        }
        let rest = self.rest(&family, &shapes, &words, &frames);
        let area = |frame: &Frame| frame.bounds.area();
        frames.sort_by(|a, b| area(b).total_cmp(&area(a)));
        for outer in 0..frames.len() {
            for inner in outer + 1..frames.len() {
                let by = lowered(&frames, outer, inner, &rest);
                if let Some(frame) = frames.get_mut(inner).filter(|_| by > 0.0) {
                    frame.bounds.y0 += by;
                    frame.title = frame.title + Vec2::new(0.0, by);
                    self.lower(frame, by);
                }
            }
        }
    }

    /// The frame that a shape is, if its title comes before the `next` shape.
    fn frame(&self, family: &Family, shape: &Shape, next: usize, words: &[Line]) -> Option<Frame> {
        let (rect, bounds) = (shape.index, shape.bounds);
        let large = bounds.height() > TOP * 2.0 && !family.is_unstroked(&self.nodes, rect);
        at(&self.nodes, rect).filter(|element| element.name == "rect" && large)?;
        moves(&shape.transform)?;
        let lines = words
            .iter()
            .filter(|line| (rect..next).contains(&line.text));
        let mut lines = lines
            .filter(|line| holds(&bounds, &line.bounds, 1.0))
            .peekable();
        let at_top = |line: &&Line| line.bounds.center().y - bounds.y0 < TOP;
        let first = lines.peek().copied().filter(at_top)?;
        let (texts, boxes): (_, Vec<Rect>) = lines.map(|line| (line.text, line.bounds)).unzip();
        let title = boxes
            .into_iter()
            .fold(first.bounds, |all, line| all.union(line));
        Some(Frame {
            rect,
            texts,
            bounds,
            title,
        })
    }

    fn rest(&self, family: &Family, shapes: &[Shape], words: &[Line], frames: &[Frame]) -> Rest {
        let is_title = |line: &&Line| frames.iter().any(|frame| frame.texts.contains(&line.text));
        let words = words.iter().filter(|line| !is_title(line));
        let mut rest = Rest {
            things: words.map(|line| line.bounds).collect(),
            ends: Vec::new(),
        };
        for shape in shapes {
            let is_line = at(&self.nodes, shape.index).is_some_and(|line| line.name == "line");
            if frames.iter().any(|frame| frame.rect == shape.index) {
                continue;
            }
            if is_line || family.is_none(&self.nodes, shape.index, "fill") {
                let ends = (
                    shape.outline.segments().next(),
                    shape.outline.segments().last(),
                );
                rest.ends.extend(ends.0.map(|first| first.start()));
                rest.ends.extend(ends.1.map(|last| last.end()));
            } else {
                rest.things.push(shape.bounds);
            }
        }
        rest
    }

    /// Moves the upper side of a frame and its title down.
    fn lower(&mut self, frame: &Frame, by: f64) {
        for text in &frame.texts {
            self.shift(*text, Vec2::new(0.0, by));
        }
        if let Some(rect) = at_mut(&mut self.nodes, frame.rect) {
            for (name, by) in [("y", by), ("height", -by)] {
                let old = rect.number_or_0(name).unwrap_or_default();
                rect.set(name, old + by);
            }
        }
    }
}

/// How far an inner frame's upper side must move off the outer one's title, if it can.
fn lowered(frames: &[Frame], outer: usize, inner: usize, rest: &Rest) -> f64 {
    let (Some(outer), Some(inner)) = (frames.get(outer), frames.get(inner)) else {
        return 0.0;
    };
    let (own, title) = (&inner.bounds, &outer.title);
    let beside = title.x1 < own.x0 || title.x0 > own.x1;
    let need = title.y1 + GAP - own.y0;
    if !holds(&outer.bounds, own, 1.0) || beside || need <= 0.0 || need > TOP.max(title.height()) {
        return 0.0;
    }
    let ends_there =
        |end: &Point| (end.y - own.y0).abs() < NEAR && end.x >= own.x0 && end.x <= own.x1;
    if rest.ends.iter().any(ends_there) {
        return 0.0;
    }
    let others = frames.iter().map(|frame| frame.bounds);
    let inside = others.chain(rest.things.iter().copied());
    let inside = inside.filter(|other| holds(own, other, 0.0) && other != own);
    let first = inside.map(|other| other.y0).fold(f64::INFINITY, f64::min);
    let room = first - GAP - inner.title.y1;
    need.min(room).max(0.0)
}
