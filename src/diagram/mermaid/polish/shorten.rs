//! Rewrites paths with fewer pieces that draw the same, within a tenth of a pixel.
//!
//! What is straight becomes one line, and what is drawn twice is drawn once. The ends of a path stay.
//! Not here: curves instead of many short lines, which save less than a hundredth of the bytes.

use kurbo::{BezPath, Line, ParamCurve, PathEl, PathSeg, Point, Vec2};

use crate::diagram::svg::family::Family;
use crate::diagram::svg::parts::Part;
use crate::diagram::svg::tree::{Node, at, at_mut};
use crate::diagram::svg::typed::Value;

/// A point at most this far from a line, in user units, is on it.
const STRAIGHT: f64 = 0.05;
/// A turn with a smaller cosine is a corner.
const CORNER: f64 = 0.94;
/// The most points of a line that are compared with it.
const MOST: usize = 64;

/// Attributes that a path may have whose outline is the next path.
const OF_FILL: [&str; 5] = ["d", "fill", "stroke", "stroke-width", "transform"];

/// A subpath: drawn without lifting the pen.
struct Route {
    pieces: Vec<PathSeg>,
    closed: bool,
}

/// Shortens all paths.
pub(super) fn shorten(nodes: &mut [Node]) {
    let family = Family::of(nodes);
    for index in 0..nodes.len() {
        let Some(element) = at(nodes, index) else {
            continue;
        };
        let marked = ["marker-mid", "pathLength"];
        let Some(path) = element
            .path()
            .filter(|_| marked.iter().all(|name| element.value(name).is_none()))
        else {
            continue;
        };
        let has = |name: &str| {
            let value = family.value(nodes, index, name);
            value.is_some_and(|value| !value.is_none())
        };
        let mut routes = routes(path);
        // Straight lines have no area, but would have one once they are joined.
        let is_line = routes.iter().all(is_flat);
        if is_line || family.is_none(nodes, index, "fill") {
            routes = once(routes);
            // Dashes begin with each subpath, and markers are at its ends.
            if !["stroke-dasharray", "marker-start", "marker-end"]
                .into_iter()
                .any(has)
            {
                routes = joined(routes);
            }
        }
        let short = written(routes);
        if !short.is_empty()
            && cost(&short) < cost(path)
            && let Some(element) = at_mut(nodes, index)
        {
            if is_line {
                element.set("fill", Part::word("none"));
            }
            element.set("d", short);
        }
    }
}

/// Gives outlines the fill of the path before them if that is the same shape, which is then not drawn:
/// lines drawn twice are darker.
pub(super) fn join_outlines(nodes: &mut Vec<Node>) {
    let family = Family::of(nodes);
    let fills: Vec<Option<Value>> = (0..nodes.len())
        .map(|index| fill_of_next(nodes, &family, index))
        .collect();
    for (index, fill) in fills.iter().enumerate() {
        if let (Some(fill), Some(next)) = (fill, at_mut(nodes, index + 1)) {
            next.set("fill", fill.clone());
        }
    }
    let mut fills = fills.iter();
    nodes.retain(|_| fills.next().is_none_or(Option::is_none));
}

/// The fill of a path whose outline is the next path.
fn fill_of_next(nodes: &[Node], family: &Family, index: usize) -> Option<Value> {
    let (path, next) = (at(nodes, index)?, at(nodes, index + 1)?);
    let mut names = path.attributes.iter().map(|(name, _)| name.as_ref());
    let is_plain = names.all(|name| OF_FILL.contains(&name));
    let beside = family.parent(index) == family.parent(index + 1);
    let same = |name: &str| path.value(name) == next.value(name);
    let is_bare = family.is_unstroked(nodes, index) || same("stroke") && same("stroke-width");
    let is_line = next.get("fill") == Some("none")
        && next.value("stroke").is_some_and(|stroke| !stroke.is_none())
        && next.value("stroke-dasharray").is_none();
    let fill = path.value("fill").filter(|fill| !fill.is_none())?;
    let (own, other) = (opened(path.path()?), opened(next.path()?));
    let mut both = own.iter().zip(&other);
    let is_one = own.len() == other.len() && both.all(|(a, b)| is_same(a, b));
    let is_outlined = is_plain && beside && is_bare && is_line && is_one && same("transform");
    is_outlined.then(|| fill.clone())
}

/// The subpaths without the lines that return to their starts.
fn opened(path: &BezPath) -> Vec<Route> {
    let mut routes = routes(path);
    for Route { pieces, .. } in &mut routes {
        let ends = pieces.first().zip(pieces.last());
        let is_home = ends.is_some_and(|(first, last)| {
            matches!(last, PathSeg::Line(_)) && near(last.end(), first.start())
        });
        pieces.truncate(pieces.len() - usize::from(is_home));
    }
    routes
}

fn routes(path: &BezPath) -> Vec<Route> {
    let routes = path.subpaths().map(|elements| {
        let drawn = elements.iter().copied();
        let drawn = drawn.filter(|element| *element != PathEl::ClosePath);
        Route {
            pieces: straightened(kurbo::segments(drawn)),
            closed: elements.last() == Some(&PathEl::ClosePath),
        }
    });
    routes.filter(|route| !route.pieces.is_empty()).collect()
}

/// The pieces with straight curves as lines, lines in one direction as one, and without those of
/// length 0 unless there is no other.
fn straightened(pieces: impl Iterator<Item = PathSeg>) -> Vec<PathSeg> {
    let mut kept: Vec<PathSeg> = Vec::new();
    let mut still = None;
    // The points between the ends of the last line.
    let mut between: Vec<Point> = Vec::new();
    for piece in pieces {
        let start = kept.last().map_or(piece.start(), ParamCurve::end);
        let curve = piece.to_cubic();
        if !is_between(start, curve.p3, &[curve.p1, curve.p2]) {
            between.clear();
            kept.push(piece);
            continue;
        }
        let line = Line::new(start, curve.p3);
        if start.distance(curve.p3) < 1e-3 {
            still = still.or(Some(PathSeg::Line(line)));
            continue;
        }
        if let Some(PathSeg::Line(last)) = kept.last_mut() {
            between.push(start);
            let turns = cosine(last.p1 - last.p0, line.p1 - line.p0) < CORNER;
            if !turns && between.len() < MOST && is_between(last.p0, line.p1, &between) {
                last.p1 = line.p1;
                continue;
            }
        }
        between.clear();
        kept.push(PathSeg::Line(line));
    }
    if kept.is_empty() {
        kept.extend(still);
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

fn is_flat(route: &Route) -> bool {
    matches!(route.pieces.as_slice(), [PathSeg::Line(_)])
}

fn cosine(a: Vec2, b: Vec2) -> f64 {
    a.dot(b) / (a.hypot() * b.hypot()).max(1e-12)
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
                let all = last.pieces.drain(..).chain(route.pieces);
                last.pieces = straightened(all.collect::<Vec<_>>().into_iter());
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
    for Route { pieces, closed } in routes {
        let Some(start) = pieces.first().map(ParamCurve::start) else {
            continue;
        };
        path.move_to(start);
        let count = pieces.len();
        for (index, piece) in pieces.iter().enumerate() {
            let home = matches!(piece, PathSeg::Line(_)) && near(piece.end(), start);
            if !(closed && home && index + 1 == count && count > 1) {
                path.push(piece.as_path_el());
            }
        }
        if closed {
            path.close_path();
        }
    }
    path
}

/// The number of points to be written.
fn cost(path: &BezPath) -> usize {
    let points = path.elements().iter().map(|element| match element {
        PathEl::ClosePath => 0,
        PathEl::MoveTo(_) | PathEl::LineTo(_) => 1,
        PathEl::QuadTo(..) => 2,
        PathEl::CurveTo(..) => 3,
    });
    points.sum()
}
