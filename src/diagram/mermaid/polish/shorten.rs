//! Rewrites paths with fewer pieces that draw the same, within a tenth of a pixel.
//!
//! What is straight becomes one line, what is drawn twice is drawn once, and many small pieces
//! become few curves. The ends of a path stay.

use kurbo::simplify::SimplifyBezPath;
use kurbo::{BezPath, CubicBez, Line, ParamCurve, PathEl, PathSeg, Point, Vec2, fit_to_bezpath};

/// A point at most this far from a line, in user units, is on it.
const STRAIGHT: f64 = 0.05;
/// How far curves may be off what they replace, in user units.
const OFF: f64 = 0.08;
/// Longer lines, in user units, are kept.
const SHORT: f64 = 6.0;
/// A turn with a smaller cosine is a corner.
const CORNER: f64 = 0.94;

/// What determines which changes of a path are invisible.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Drawn {
    /// It has a fill: its subpaths are areas.
    pub(super) filled: bool,
    /// It has dashes, which begin with each subpath, or markers, which are at each point.
    pub(super) fixed: bool,
    /// It has markers between its ends.
    pub(super) marked: bool,
}

/// A subpath: drawn without lifting the pen.
struct Route {
    pieces: Vec<PathSeg>,
    closed: bool,
}

/// The shortened path; `None` if it cannot be shortened.
pub(super) fn shortened(path: &BezPath, drawn: Drawn) -> Option<BezPath> {
    if drawn.marked {
        return None;
    }
    let mut routes = straight(path);
    if !drawn.filled {
        routes = once(routes);
        if !drawn.fixed {
            routes = joined(routes);
        }
    }
    let short = written(routes);
    let short = (cost(short.elements()) < cost(path.elements())).then_some(short);
    short.filter(|short| !short.is_empty())
}

/// Whether each subpath is one straight line, so that a fill has no area.
pub(super) fn is_flat(path: &BezPath) -> bool {
    let routes = straight(path);
    routes
        .iter()
        .all(|route| matches!(route.pieces.as_slice(), [] | [PathSeg::Line(_)]))
}

/// Whether two paths draw the same, whether closed or not.
pub(super) fn is_same_line(a: &BezPath, b: &BezPath) -> bool {
    let (a, b) = (straight(a), straight(b));
    a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| is_same(a, b))
}

/// The subpaths, straight curves as lines, and without pieces of length 0.
fn straight(path: &BezPath) -> Vec<Route> {
    let routes = path.subpaths().map(|elements| {
        let closed = elements.last() == Some(&PathEl::ClosePath);
        let drawn = elements
            .iter()
            .filter(|element| **element != PathEl::ClosePath);
        let pieces = kurbo::segments(drawn.copied()).collect();
        Route {
            pieces: straightened(pieces),
            closed,
        }
    });
    routes.filter(|route| !route.pieces.is_empty()).collect()
}

fn straightened(pieces: Vec<PathSeg>) -> Vec<PathSeg> {
    let count = pieces.len();
    let end = pieces.last().map(ParamCurve::end);
    let mut kept: Vec<PathSeg> = Vec::with_capacity(count);
    for piece in pieces {
        let start = kept.last().map_or(piece.start(), ParamCurve::end);
        let curve = piece.to_cubic();
        let piece = if is_between(start, curve.p3, &[curve.p1, curve.p2]) {
            PathSeg::Line(Line::new(start, curve.p3))
        } else {
            piece
        };
        let still = matches!(piece, PathSeg::Line(line) if (line.p1 - line.p0).hypot() < 1e-3);
        if !still || count == 1 {
            kept.push(piece);
        }
    }
    // Dropping a short last piece must not move the end.
    if let (Some(PathSeg::Line(last)), Some(end)) = (kept.last_mut(), end) {
        last.p1 = end;
    }
    kept
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

fn near(a: Point, b: Point) -> bool {
    a.distance(b) <= STRAIGHT
}

/// Removes subpaths that repeat the one beside them.
fn once(routes: Vec<Route>) -> Vec<Route> {
    let mut kept: Vec<Route> = Vec::with_capacity(routes.len());
    for route in routes {
        let mut last = kept.iter().rev().take(3);
        if !last.any(|other| other.closed == route.closed && is_same(other, &route)) {
            kept.push(route);
        }
    }
    kept
}

fn is_same(a: &Route, b: &Route) -> bool {
    let same = |(a, b): (&PathSeg, &PathSeg)| {
        let (p, q) = (a.to_cubic(), b.to_cubic());
        let points = [(p.p0, q.p0), (p.p1, q.p1), (p.p2, q.p2), (p.p3, q.p3)];
        points.into_iter().all(|(p, q)| near(p, q))
    };
    a.pieces.len() == b.pieces.len() && a.pieces.iter().zip(&b.pieces).all(same)
}

/// Joins subpaths that begin where the last one ends, and closes those that return to their start.
fn joined(routes: Vec<Route>) -> Vec<Route> {
    let start = |route: &Route| route.pieces.first().map(ParamCurve::start);
    let end = |route: &Route| route.pieces.last().map(ParamCurve::end);
    let meet = |a: Option<Point>, b: Option<Point>| a.zip(b).is_some_and(|(a, b)| near(a, b));
    let mut kept: Vec<Route> = Vec::with_capacity(routes.len());
    for route in routes {
        match kept.last_mut() {
            Some(last) if !last.closed && !route.closed && meet(end(last), start(&route)) => {
                last.pieces.extend(route.pieces);
                // A subpath of no length has no effect once it is joined to another.
                last.pieces = straightened(std::mem::take(&mut last.pieces));
            }
            _ => kept.push(route),
        }
    }
    for route in &mut kept {
        route.closed |= route.pieces.len() > 2 && meet(end(route), start(route));
    }
    kept
}

fn written(routes: Vec<Route>) -> BezPath {
    let mut path = BezPath::new();
    for route in routes {
        let pieces = fewer(&route.pieces);
        let Some(start) = pieces.first().map(ParamCurve::start) else {
            continue;
        };
        path.move_to(start);
        let count = pieces.len();
        for (index, piece) in pieces.iter().enumerate() {
            let home = matches!(piece, PathSeg::Line(_)) && near(piece.end(), start);
            if !(route.closed && home && index + 1 == count && count > 1) {
                path.push(piece.as_path_el());
            }
        }
        if route.closed {
            path.close_path();
        }
    }
    path
}

/// As few pieces as draw the same subpath.
fn fewer(pieces: &[PathSeg]) -> Vec<PathSeg> {
    let mut out = Vec::new();
    let mut run: Vec<PathSeg> = Vec::new();
    for piece in lines(pieces) {
        let goes_on = run.last().is_some_and(|last| is_smooth(last, &piece));
        let is_long = matches!(piece, PathSeg::Line(line) if (line.p1 - line.p0).hypot() > SHORT);
        if !goes_on || is_long {
            smooth(&mut run, &mut out);
        }
        if is_long {
            out.push(piece);
        } else {
            run.push(piece);
        }
    }
    smooth(&mut run, &mut out);
    out
}

/// The pieces with consecutive lines in one direction joined.
fn lines(pieces: &[PathSeg]) -> Vec<PathSeg> {
    let mut out: Vec<PathSeg> = Vec::with_capacity(pieces.len());
    // The points between the ends of the current line.
    let mut between: Vec<Point> = Vec::new();
    for piece in pieces {
        if let (PathSeg::Line(next), Some(PathSeg::Line(last))) = (piece, out.last_mut()) {
            between.push(next.p0);
            let turns = cosine(last.p1 - last.p0, next.p1 - next.p0) < CORNER;
            if !turns && between.len() < 64 && is_between(last.p0, next.p1, &between) {
                last.p1 = next.p1;
                continue;
            }
        }
        between.clear();
        out.push(*piece);
    }
    out
}

fn cosine(a: Vec2, b: Vec2) -> f64 {
    a.dot(b) / (a.hypot() * b.hypot()).max(1e-12)
}

/// Whether one piece continues in the direction of the last.
fn is_smooth(last: &PathSeg, next: &PathSeg) -> bool {
    let (to, from) = (last.to_cubic(), next.to_cubic());
    let first = |ways: [Vec2; 3]| ways.into_iter().find(|way| way.hypot() > 1e-6);
    let into = first([to.p3 - to.p2, to.p3 - to.p1, to.p3 - to.p0]);
    let out = first([from.p1 - from.p0, from.p2 - from.p0, from.p3 - from.p0]);
    into.zip(out)
        .is_some_and(|(into, out)| cosine(into, out) > CORNER)
}

/// Appends a run of smooth pieces, as fewer curves if possible.
fn smooth(run: &mut Vec<PathSeg>, out: &mut Vec<PathSeg>) {
    let pieces = std::mem::take(run);
    if pieces.len() > 2 {
        let curved = BezPath::from_path_segments(curved(&pieces).into_iter());
        let found = fit_to_bezpath(&SimplifyBezPath::new(curved), OFF);
        let before = BezPath::from_path_segments(pieces.iter().copied());
        if found.is_finite() && cost(found.elements()) < cost(before.elements()) {
            out.extend(found.segments());
            return;
        }
    }
    out.extend(pieces);
}

/// The pieces of a run with a curve through the ends of each line, in the direction in which the
/// run passes them.
fn curved(pieces: &[PathSeg]) -> Vec<PathSeg> {
    let end = |index: Option<usize>, otherwise: Point| {
        let piece = index.and_then(|index| pieces.get(index));
        piece.map_or([otherwise; 2], |piece| [piece.start(), piece.end()])
    };
    let curves = pieces.iter().enumerate().map(|(index, piece)| match piece {
        PathSeg::Line(line) => {
            let [before, _] = end(index.checked_sub(1), line.p0);
            let [_, after] = end(Some(index + 1), line.p1);
            let (from, to) = ((line.p1 - before) / 6.0, (after - line.p0) / 6.0);
            PathSeg::Cubic(CubicBez::new(
                line.p0,
                line.p0 + from,
                line.p1 - to,
                line.p1,
            ))
        }
        curve => *curve,
    });
    curves.collect()
}

/// The number of points to be written.
fn cost(elements: &[PathEl]) -> usize {
    let points = elements.iter().map(|element| match element {
        PathEl::ClosePath => 0,
        PathEl::MoveTo(_) | PathEl::LineTo(_) => 1,
        PathEl::QuadTo(..) => 2,
        PathEl::CurveTo(..) => 3,
    });
    points.sum()
}
