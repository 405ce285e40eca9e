//! Makes room for the titles of frames that contain frames: the renderer draws the inner frame over
//! the outer one's title. Titles go beside lines.
//!
//! Only the inner frame's upper side moves, as far as its content allows. Not here: making the
//! outer frame larger, which would move it onto its neighbours.

use kurbo::{BezPath, Line as Straight, ParamCurve as _, Rect, Vec2};

use crate::diagram::svg::Styled;
use crate::diagram::svg::ground::Shape;
use crate::diagram::svg::place::{Line, holds};
use crate::diagram::svg::tree::at_mut;
use crate::diagram::svg::typed::moves;

/// The space below a title, in pixels.
const GAP: f64 = 3.0;
/// The largest distance of the middle of a title's first line from the upper side, in pixels.
const TOP: f64 = 32.0;
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

impl Styled {
    /// Moves the upper sides of frames off the titles of the frames around them.
    pub(crate) fn clear_titles(&mut self) {
        let scene = self.scene();
        let frames = scene.shapes.iter().enumerate();
        let frames = frames.filter_map(|(at, shape)| {
            let next = scene
                .shapes
                .get(at + 1)
                .map_or(usize::MAX, |next| next.index);
            frame(shape, next, &scene.words)
        });
        let mut frames: Vec<Frame> = frames.collect();
        if frames.is_empty() || frames.len() > MOST {
            return;
        }
        let (lines, things) = rest(scene.shapes, &scene.words, &frames);
        let area = |frame: &Frame| frame.bounds.area();
        frames.sort_by(|a, b| area(b).total_cmp(&area(a)));
        for outer in 0..frames.len() {
            for inner in outer + 1..frames.len() {
                let by = lowered(&frames, outer, inner, &things);
                if let Some(frame) = frames.get_mut(inner).filter(|_| by > 0.0) {
                    frame.bounds.y0 += by;
                    frame.title = frame.title + Vec2::new(0.0, by);
                    self.lower(frame, by);
                }
            }
        }
        // A box with words is none.
        frames.retain(|frame| {
            let mut inside = things
                .iter()
                .filter(|thing| holds(&frame.bounds, thing, 0.0));
            inside.next().is_some()
        });
        for frame in &frames {
            let way = aside(frame, &lines, &things);
            for text in &frame.texts {
                self.shift(*text, Vec2::new(way, 0.0));
            }
        }
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

/// The frame that a shape is, if its title comes before the `next` shape.
fn frame(shape: &Shape, next: usize, words: &[Line]) -> Option<Frame> {
    let (rect, bounds) = (shape.index, shape.bounds);
    let large = bounds.height() > TOP * 2.0 && shape.is_stroked;
    moves(&shape.transform).filter(|_| large && shape.name == "rect")?;
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

/// The open paths, and the boxes of everything else that is not a frame.
fn rest(shapes: Vec<Shape>, words: &[Line], frames: &[Frame]) -> (Vec<Shape>, Vec<Rect>) {
    let is_title = |line: &&Line| frames.iter().any(|frame| frame.texts.contains(&line.text));
    let words = words.iter().filter(|line| !is_title(line));
    let mut things: Vec<Rect> = words.map(|line| line.bounds).collect();
    let mut lines = Vec::new();
    for shape in shapes {
        let is_frame = frames.iter().any(|frame| frame.rect == shape.index);
        match shape.name {
            _ if is_frame => {}
            "path" if !shape.is_filled => lines.push(shape),
            _ if !shape.is_filled => {}
            "line" => {}
            _ => things.push(shape.bounds),
        }
    }
    (lines, things)
}

/// How far an inner frame's upper side must move off the outer one's title, if it can.
fn lowered(frames: &[Frame], outer: usize, inner: usize, things: &[Rect]) -> f64 {
    let (Some(outer), Some(inner)) = (frames.get(outer), frames.get(inner)) else {
        return 0.0;
    };
    let (own, title) = (&inner.bounds, &outer.title);
    let beside = title.x1 < own.x0 || title.x0 > own.x1;
    let need = title.y1 + GAP - own.y0;
    if !holds(&outer.bounds, own, 1.0) || beside || need <= 0.0 || need > TOP.max(title.height()) {
        return 0.0;
    }
    let others = frames.iter().map(|frame| frame.bounds);
    let inside = others.chain(things.iter().copied());
    let inside = inside.filter(|other| holds(own, other, 0.0) && other != own);
    let first = inside.map(|other| other.y0).fold(f64::INFINITY, f64::min);
    let room = first - GAP - inner.title.y1;
    need.min(room).max(0.0)
}

/// How far a title must move to the side to be beside the lines that cross it, if it can.
fn aside(frame: &Frame, lines: &[Shape], things: &[Rect]) -> f64 {
    let title = frame.title;
    let mut spans = Vec::new();
    for line in lines {
        let mut flat = BezPath::new();
        kurbo::flatten(&line.outline, 1.0, |step| flat.push(step));
        let steps = flat
            .segments()
            .map(|step| Straight::new(step.start(), step.end()));
        spans.extend(steps.filter_map(|step| across(step, title.y0, title.y1)));
    }
    let crosses = |[start, end]: &[f64; 2]| *start < title.x1 && *end > title.x0;
    if !spans.iter().any(crosses) {
        return 0.0;
    }
    let beside = things
        .iter()
        .filter(|thing| thing.y0 < title.y1 && thing.y1 > title.y0);
    spans.extend(beside.map(|thing| [thing.x0, thing.x1]));
    let half = title.width() / 2.0 + GAP;
    let middle = title.center().x;
    let room = frame.bounds.x0 + half..frame.bounds.x1 - half;
    let places = spans
        .iter()
        .flat_map(|[start, end]| [start - half, end + half]);
    let is_free = |place: &f64| {
        room.contains(place)
            && !spans
                .iter()
                .any(|[start, end]| *start < place + half - 0.5 && *end > place - half + 0.5)
    };
    let ways = places.filter(is_free).map(|place| place - middle);
    ways.min_by(|a, b| a.abs().total_cmp(&b.abs()))
        .unwrap_or(0.0)
}

/// The part of a line between two heights, from left to right.
fn across(line: Straight, top: f64, bottom: f64) -> Option<[f64; 2]> {
    // Of a level line, all or nothing.
    let [a, b] = [top, bottom].map(|y| (y - line.p0.y) / (line.p1.y - line.p0.y));
    let (from, to) = (a.min(b).max(0.0), a.max(b).min(1.0));
    let [one, other] = [from, to].map(|share| line.eval(share).x);
    (from <= to).then(|| [one.min(other), one.max(other)])
}
