//! Draws what is straight as one line: the renderer writes links and shapes as curves through many
//! points.
//!
//! The ends of a path stay. Not here: curves instead of many short lines, which save less than a
//! hundredth of the bytes.

use kurbo::{BezPath, Line, PathEl, Point};

use crate::diagram::svg::Styled;
use crate::diagram::svg::tree::Node;

/// A point at most this far from a line, in user units, is on it.
const STRAIGHT: f64 = 0.05;
/// The most points of a line that are compared with it.
const MOST: usize = 64;
/// With how many parts before it a part is compared.
const NEAR: usize = 3;

impl Styled {
    /// Shortens all paths without markers between their pieces.
    pub(crate) fn shorten_paths(&mut self) {
        for element in self.nodes.iter_mut().filter_map(Node::element_mut) {
            let counts = ["marker-mid", "pathLength"];
            let counts = counts.iter().any(|name| element.value(name).is_some());
            if let Some(path) = element.path().filter(|_| !counts) {
                let short = shortened(path);
                element.set("d", short);
            }
        }
    }
}

/// The path with straight curves as lines, lines in one direction as one, and without what it draws
/// twice, which would be darker.
fn shortened(path: &BezPath) -> BezPath {
    let mut parts: Vec<BezPath> = Vec::new();
    for part in path.subpaths().map(straightened) {
        if !parts
            .iter()
            .rev()
            .take(NEAR)
            .any(|other| is_same(other, &part))
        {
            parts.push(part);
        }
    }
    parts.into_iter().flatten().collect()
}

fn straightened(subpath: &[PathEl]) -> BezPath {
    let mut short = BezPath::new();
    let start = subpath.first().and_then(PathEl::end_point);
    short.extend(start.map(PathEl::MoveTo));
    let mut from = start.unwrap_or_default();
    // The line that is not drawn yet, and the points between its ends.
    let mut line: Option<Line> = None;
    let mut between: Vec<Point> = Vec::new();
    let drawn = subpath.iter().filter(|one| **one != PathEl::ClosePath);
    for piece in kurbo::segments(drawn.copied()) {
        let curve = piece.to_cubic();
        let is_straight = is_between(from, curve.p3, &[curve.p1, curve.p2]);
        between.push(from);
        match &mut line {
            Some(line)
                if is_straight
                    && between.len() < MOST
                    && is_between(line.p0, curve.p3, &between) =>
            {
                line.p1 = curve.p3;
            }
            line => {
                short.extend(line.take().map(|done| PathEl::LineTo(done.p1)));
                between.clear();
                if is_straight {
                    *line = Some(Line::new(from, curve.p3));
                } else {
                    short.push(piece.as_path_el());
                }
            }
        }
        from = curve.p3;
    }
    short.extend(line.map(|line| PathEl::LineTo(line.p1)));
    if subpath.last() == Some(&PathEl::ClosePath) {
        short.close_path();
    }
    short
}

/// Whether two paths go through the same points.
fn is_same(a: &BezPath, b: &BezPath) -> bool {
    let points = |element: &PathEl| match *element {
        PathEl::MoveTo(to) | PathEl::LineTo(to) => [to; 3],
        PathEl::QuadTo(a, to) => [a, a, to],
        PathEl::CurveTo(a, b, to) => [a, b, to],
        PathEl::ClosePath => [Point::ZERO; 3],
    };
    let near = |(a, b): (Point, Point)| a.distance(b) <= STRAIGHT;
    let (a, b) = (a.elements(), b.elements());
    let mut both = a.iter().map(points).zip(b.iter().map(points));
    a.len() == b.len() && both.all(|(a, b)| a.into_iter().zip(b).all(near))
}

/// Whether all points are on the line between `from` and `to`.
fn is_between(from: Point, to: Point, points: &[Point]) -> bool {
    let way = to - from;
    let whole = way.hypot();
    points.iter().all(|point| {
        let step = *point - from;
        if whole < 1e-9 {
            return step.hypot() <= STRAIGHT;
        }
        let (far, off) = (step.dot(way) / whole, step.cross(way).abs() / whole);
        off <= STRAIGHT && far >= -STRAIGHT && far <= whole + STRAIGHT
    })
}
