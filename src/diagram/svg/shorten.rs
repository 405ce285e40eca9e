//! Rewrites path data with fewer pieces that draw the same, within a tenth of a pixel.
//!
//! What is straight becomes one line, what is drawn twice is drawn once, and many small pieces
//! become few curves. The ends of a path stay. Not here: paths with arcs or relative steps, which
//! are left alone.

use super::fit::{curves, dot, length, minus, unit};
use super::matrix::Point;
use super::number::{append, rounded};
use super::route::{Route, Segment, is_plain, read};

/// A point at most this far from a line, in user units, is on it.
const STRAIGHT: f64 = 0.05;
/// How far curves may be off what they replace, in user units.
const OFF: f64 = 0.08;
/// Longer pieces, in user units, are kept.
const SHORT: f64 = 6.0;
/// A turn with a smaller cosine is a corner.
const CORNER: f64 = 0.94;
/// Decimals that are written.
const DECIMALS: usize = 3;

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

/// The shortened data; `None` if it cannot be shortened.
pub(super) fn shortened(data: &str, drawn: Drawn) -> Option<String> {
    if drawn.marked || !is_plain(data) {
        return None;
    }
    let mut routes = read(data)?;
    for route in &mut routes {
        straighten(route);
    }
    if !drawn.filled {
        routes = once(routes);
        if !drawn.fixed {
            routes = joined(routes);
            // A subpath of no length has no effect once it is joined to another.
            routes.iter_mut().for_each(straighten);
        }
    }
    let mut out = String::new();
    for route in &mut routes {
        *route = Route {
            segments: fewer(route),
            ..route.clone()
        };
        write(&mut out, route)?;
    }
    (out.len() < data.len()).then_some(out)
}

/// Whether each subpath is one straight line, so that a fill has no area.
pub(super) fn is_flat(data: &str) -> bool {
    let routes = read(data).filter(|_| is_plain(data));
    routes.is_some_and(|mut routes| {
        routes.iter_mut().all(|route| {
            straighten(route);
            matches!(route.segments.as_slice(), [] | [Segment::Line(_)])
        })
    })
}

/// Turns straight curves into lines, and removes pieces of length 0.
fn straighten(route: &mut Route) {
    let pieces: Vec<(Point, Segment)> = route.pieces().collect();
    let straight = pieces.iter().map(|(start, segment)| match *segment {
        Segment::Curve(a, b, end) if is_between(*start, end, &[a, b]) => Segment::Line(end),
        other => other,
    });
    let mut segments: Vec<Segment> = Vec::with_capacity(pieces.len());
    let mut at = route.start;
    for segment in straight {
        let still = matches!(segment, Segment::Line(end) if length(minus(end, at)) < 1e-3);
        if !still || pieces.len() == 1 {
            at = segment.end();
            segments.push(segment);
        }
    }
    // Dropping a short last piece must not move the end.
    if let (Some(last), Some((_, end))) = (segments.last_mut(), pieces.last()) {
        let end = end.end();
        *last = match *last {
            Segment::Line(_) => Segment::Line(end),
            Segment::Curve(a, b, _) => Segment::Curve(a, b, end),
        };
    }
    if segments.is_empty() {
        segments.extend(pieces.last().map(|(_, segment)| *segment));
    }
    route.segments = segments;
}

/// Whether all points are on the line between `from` and `to`.
fn is_between(from: Point, to: Point, points: &[Point]) -> bool {
    let way = minus(to, from);
    let whole = length(way);
    let along = unit(way);
    points.iter().all(|point| {
        let step = minus(*point, from);
        let far = dot(step, along);
        let off = (step[0] * along[1] - step[1] * along[0]).abs();
        let off = if whole < 1e-9 { length(step) } else { off };
        off <= STRAIGHT && far >= -STRAIGHT && far <= whole + STRAIGHT
    })
}

/// Removes subpaths that repeat the one beside them.
fn once(routes: Vec<Route>) -> Vec<Route> {
    let mut kept: Vec<Route> = Vec::with_capacity(routes.len());
    for route in routes {
        let again = kept
            .iter()
            .rev()
            .take(3)
            .any(|other| is_same(other, &route));
        if !again {
            kept.push(route);
        }
    }
    kept
}

fn is_same(a: &Route, b: &Route) -> bool {
    let near = |p: Point, q: Point| length(minus(p, q)) <= STRAIGHT;
    let controls = |segment: &Segment| match *segment {
        Segment::Line(_) => None,
        Segment::Curve(first, second, _) => Some((first, second)),
    };
    let same = |p: &Segment, q: &Segment| {
        let bent = match (controls(p), controls(q)) {
            (None, None) => true,
            (Some(own), Some(other)) => near(own.0, other.0) && near(own.1, other.1),
            _ => false,
        };
        bent && near(p.end(), q.end())
    };
    near(a.start, b.start)
        && a.closed == b.closed
        && a.segments.len() == b.segments.len()
        && a.segments.iter().zip(&b.segments).all(|(p, q)| same(p, q))
}

/// Joins subpaths that begin where the last one ends, and closes those that return to their start.
fn joined(routes: Vec<Route>) -> Vec<Route> {
    let near = |p: Point, q: Point| length(minus(p, q)) <= STRAIGHT;
    let mut kept: Vec<Route> = Vec::with_capacity(routes.len());
    for route in routes {
        match kept.last_mut() {
            Some(last) if !last.closed && !route.closed && near(last.end(), route.start) => {
                last.segments.extend(route.segments);
            }
            _ => kept.push(route),
        }
    }
    for route in &mut kept {
        let back = route.segments.len() > 2 && near(route.end(), route.start);
        route.closed |= back;
    }
    kept
}

/// As few segments as draw the same subpath.
fn fewer(route: &Route) -> Vec<Segment> {
    let pieces: Vec<(Point, Segment)> = route.pieces().collect();
    let mut out = Vec::new();
    let mut run: Vec<(Point, Segment)> = Vec::new();
    for piece in lines(&pieces) {
        let goes_on = run.last().is_some_and(|last| is_smooth(last, &piece));
        let is_long = matches!(piece.1, Segment::Line(end) if length(minus(end, piece.0)) > SHORT);
        if !goes_on || is_long {
            smooth(&mut run, &mut out);
        }
        if is_long {
            out.push(piece.1);
        } else {
            run.push(piece);
        }
    }
    smooth(&mut run, &mut out);
    out
}

/// The pieces with consecutive lines in one direction joined.
fn lines(pieces: &[(Point, Segment)]) -> Vec<(Point, Segment)> {
    let mut out: Vec<(Point, Segment)> = Vec::with_capacity(pieces.len());
    // The points between the ends of the current line.
    let mut between: Vec<Point> = Vec::new();
    for &(start, segment) in pieces {
        if let (Segment::Line(end), Some((from, last @ Segment::Line(_)))) =
            (segment, out.last_mut())
        {
            between.push(start);
            let turns = dot(unit(minus(start, *from)), unit(minus(end, start))) < CORNER;
            if !turns && between.len() < 64 && is_between(*from, end, &between) {
                *last = segment;
                continue;
            }
        }
        between.clear();
        out.push((start, segment));
    }
    out
}

/// Whether one piece continues in the direction of the last.
fn is_smooth(last: &(Point, Segment), next: &(Point, Segment)) -> bool {
    let [_, to] = directions(last);
    let [from, _] = directions(next);
    dot([-to[0], -to[1]], from) > CORNER
}

/// The directions of a piece at its start, and at its end backwards.
fn directions((start, segment): &(Point, Segment)) -> [Point; 2] {
    let (start, end) = (*start, segment.end());
    let first = |points: [Point; 3], from: Point| {
        let ways = points.map(|point| minus(point, from));
        let far = ways.into_iter().find(|way| length(*way) > 1e-6);
        unit(far.unwrap_or_default())
    };
    match *segment {
        Segment::Line(_) => [first([end; 3], start), first([start; 3], end)],
        Segment::Curve(a, b, _) => [first([a, b, end], start), first([b, a, start], end)],
    }
}

/// Appends a run of smooth pieces, as fewer curves if possible.
fn smooth(run: &mut Vec<(Point, Segment)>, out: &mut Vec<Segment>) {
    let pieces = std::mem::take(run);
    let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else {
        return;
    };
    if pieces.len() > 2 {
        let mut points = vec![first.0];
        for (start, segment) in &pieces {
            let steps: u32 = match segment {
                Segment::Line(_) => 2,
                Segment::Curve(..) => 8,
            };
            let places = (1..steps).map(|step| f64::from(step) / f64::from(steps));
            points.extend(places.map(|t| segment.at(*start, t)));
            points.push(segment.end());
        }
        let found = curves(&points, [directions(first)[0], directions(last)[1]], OFF);
        if cost(&found) < cost(pieces.iter().map(|(_, segment)| segment)) {
            out.extend(found);
            return;
        }
    }
    out.extend(pieces.into_iter().map(|(_, segment)| segment));
}

/// The number of points to be written.
fn cost<'s>(segments: impl IntoIterator<Item = &'s Segment>) -> usize {
    let points = segments.into_iter().map(|segment| match segment {
        Segment::Line(_) => 1,
        Segment::Curve(..) => 3,
    });
    points.sum()
}

fn write(out: &mut String, route: &Route) -> Option<()> {
    let mut at = route.start;
    let pair = |out: &mut String, point: Point| {
        append(out, &rounded(point[0], DECIMALS)?);
        append(out, &rounded(point[1], DECIMALS)?);
        Some(())
    };
    out.push('M');
    pair(out, at)?;
    let count = route.segments.len();
    for (index, segment) in route.segments.iter().enumerate() {
        match *segment {
            Segment::Line(end) => {
                let home = length(minus(end, route.start)) <= STRAIGHT;
                if route.closed && home && index + 1 == count && count > 1 {
                    break;
                }
                let [x, y] = minus(end, at);
                if y.abs() < 0.0005 {
                    out.push('H');
                    append(out, &rounded(end[0], DECIMALS)?);
                } else if x.abs() < 0.0005 {
                    out.push('V');
                    append(out, &rounded(end[1], DECIMALS)?);
                } else {
                    out.push('L');
                    pair(out, end)?;
                }
            }
            Segment::Curve(a, b, end) => {
                // Of one control point, as it may have been written, two make the same curve.
                out.push('C');
                pair(out, a)?;
                pair(out, b)?;
                pair(out, end)?;
            }
        }
        at = segment.end();
    }
    if route.closed {
        out.push('Z');
    }
    Some(())
}
