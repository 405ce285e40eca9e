//! A few smooth curves through many points, after Schneider.
//!
//! Not here: which points a path has (`shorten.rs`).

use super::matrix::Point;
use super::route::Segment;

/// How often a run of points is halved at most.
const DEEPEST: usize = 10;
/// The largest turn of one curve, in radians.
const FARTHEST: f64 = 1.75;
/// How often the parameters of the points on a curve are refined.
const ROUNDS: usize = 4;

/// Curves along the points, at most `error` away from each point; they begin at the first and end
/// at the last, in the given directions.
pub(super) fn curves(points: &[Point], [from, to]: [Point; 2], error: f64) -> Vec<Segment> {
    let mut out = Vec::new();
    fit(points, [from, to], error, DEEPEST, &mut out);
    out
}

fn fit(points: &[Point], ends: [Point; 2], error: f64, depth: usize, out: &mut Vec<Segment>) {
    let Some(&first) = points.first() else {
        return;
    };
    if points.len() <= 2 || depth == 0 {
        out.extend(points.iter().skip(1).map(|point| Segment::Line(*point)));
        return;
    }
    let mut places = places(points);
    let bend = bend(points);
    let mut worst = bend.unwrap_or(points.len() / 2);
    let rounds = if bend.is_some() { 0 } else { ROUNDS };
    for _ in 0..rounds {
        let curve = curve(points, &places, ends);
        let (off, at) = furthest(points, &places, first, &curve);
        if off <= error {
            out.push(curve);
            return;
        }
        worst = at;
        if off > error * 16.0 {
            break;
        }
        for (place, point) in places.iter_mut().zip(points) {
            *place = nearer(first, &curve, *point, *place);
        }
    }
    let split = worst.clamp(1, points.len() - 2);
    let (Some(left), Some(right)) = (points.get(..=split), points.get(split..)) else {
        return;
    };
    let around = points.get(split - 1).zip(points.get(split + 1));
    let through = around.map_or([0.0; 2], |(a, b)| unit(minus(*b, *a)));
    let back = [-through[0], -through[1]];
    fit(left, [ends[0], back], error, depth - 1, out);
    fit(right, [through, ends[1]], error, depth - 1, out);
}

/// The index at which points that turn by more than one curve can follow have made half of the
/// turn.
fn bend(points: &[Point]) -> Option<usize> {
    let turns = points.windows(3).map(|three| match three {
        [a, b, c] => {
            let (into, out) = (unit(minus(*b, *a)), unit(minus(*c, *b)));
            (into[0] * out[1] - into[1] * out[0])
                .atan2(dot(into, out))
                .abs()
        }
        _ => 0.0,
    });
    let turns: Vec<f64> = turns.collect();
    let whole: f64 = turns.iter().sum();
    if whole < FARTHEST {
        return None;
    }
    let mut turned = 0.0;
    let half = turns.iter().position(|turn| {
        turned += turn;
        turned >= whole / 2.0
    });
    half.map(|at| at + 1)
}

/// The parameter of each point, from 0 to 1, by the distances between the points.
fn places(points: &[Point]) -> Vec<f64> {
    let mut way = 0.0;
    let mut places = vec![0.0];
    for pair in points.windows(2) {
        if let [a, b] = pair {
            way += length(minus(*b, *a));
            places.push(way);
        }
    }
    let whole = way.max(1e-12);
    places.iter().map(|place| place / whole).collect()
}

/// The curve with these directions at its ends that is nearest to all points (least squares).
fn curve(points: &[Point], places: &[f64], [from, to]: [Point; 2]) -> Segment {
    let first = points.first().copied().unwrap_or_default();
    let last = points.last().copied().unwrap_or_default();
    let (mut aa, mut ab, mut bb, mut ax, mut bx) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for (point, t) in points.iter().zip(places) {
        let u = 1.0 - t;
        let (inner, outer) = (3.0 * u * u * t, 3.0 * u * t * t);
        let a = from.map(|side| side * inner);
        let b = to.map(|side| side * outer);
        let (head, tail) = (u * u * u + inner, t * t * t + outer);
        let rest = [
            point[0] - first[0] * head - last[0] * tail,
            point[1] - first[1] * head - last[1] * tail,
        ];
        aa += dot(a, a);
        ab += dot(a, b);
        bb += dot(b, b);
        ax += dot(a, rest);
        bx += dot(b, rest);
    }
    let whole = aa * bb - ab * ab;
    let chord = length(minus(last, first));
    let (mut left, mut right) = if whole.abs() > 1e-12 {
        ((ax * bb - bx * ab) / whole, (aa * bx - ab * ax) / whole)
    } else {
        (0.0, 0.0)
    };
    if left < chord * 1e-3 || right < chord * 1e-3 || left.max(right) > chord * 4.0 {
        (left, right) = (chord / 3.0, chord / 3.0);
    }
    let reach = |p: Point, d: Point, by: f64| [p[0] + d[0] * by, p[1] + d[1] * by];
    Segment::Curve(reach(first, from, left), reach(last, to, right), last)
}

/// The largest distance of a point from the curve, and the point's index.
fn furthest(points: &[Point], places: &[f64], start: Point, curve: &Segment) -> (f64, usize) {
    let off = points
        .iter()
        .zip(places)
        .enumerate()
        .map(|(at, (point, t))| {
            let on = curve.at(start, *t);
            (length(minus(on, *point)), at)
        });
    off.fold(
        (0.0, 0),
        |worst, one| if one.0 > worst.0 { one } else { worst },
    )
}

/// A parameter that is nearer to the point, by one step of Newton's method.
fn nearer(start: Point, curve: &Segment, point: Point, t: f64) -> f64 {
    let step = 1e-3;
    let at = |t: f64| minus(curve.at(start, t), point);
    let (here, before, after) = (at(t), at(t - step), at(t + step));
    let slope = minus(after, before).map(|side| side / (2.0 * step));
    let bend =
        [0, 1].map(|axis: usize| (after[axis] - 2.0 * here[axis] + before[axis]) / (step * step));
    let below = dot(slope, slope) + dot(here, bend);
    if below.abs() < 1e-9 {
        return t;
    }
    (t - dot(here, slope) / below).clamp(0.0, 1.0)
}

/// The vector from `b` to `a`.
pub(super) fn minus(a: Point, b: Point) -> Point {
    [a[0] - b[0], a[1] - b[1]]
}

pub(super) fn length(way: Point) -> f64 {
    way[0].hypot(way[1])
}

/// A vector of length 1 in the same direction; zero for a zero vector.
pub(super) fn unit(way: Point) -> Point {
    let length = length(way);
    if length < 1e-9 {
        [0.0; 2]
    } else {
        way.map(|side| side / length)
    }
}

pub(super) fn dot(a: Point, b: Point) -> f64 {
    a[0] * b[0] + a[1] * b[1]
}
