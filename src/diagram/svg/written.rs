//! Typed values as text: numbers with few decimals, paths, and transforms.
//!
//! Not here: which decimals an element needs (`inline.rs`).

use kurbo::{Affine, BezPath, PathEl, Point, Vec2};

/// A number, with at most so many decimals, and without a zero before them.
fn rounded(number: f64, decimals: Option<usize>) -> String {
    let text = match decimals {
        Some(decimals) => format!("{number:.decimals$}"),
        None => number.to_string(),
    };
    let text = match text.split_once('.') {
        Some(_) => text.trim_end_matches('0').trim_end_matches('.'),
        None => &text,
    };
    match text.strip_prefix("-0") {
        Some("") => "0".to_owned(),
        Some(rest) => format!("-{rest}"),
        None if text.len() > 1 => text.strip_prefix('0').unwrap_or(text).to_owned(),
        None => text.to_owned(),
    }
}

pub(super) fn list(numbers: &[f64], decimals: Option<usize>) -> String {
    let numbers = numbers.iter().map(|number| rounded(*number, decimals));
    numbers.collect::<Vec<_>>().join(" ")
}

/// Path data, each step by the way or to the place, whichever is shorter. Ways are counted from where
/// the last step ends as it is written, so that the errors of rounding do not add up.
pub(super) fn drawn(path: &BezPath, decimals: Option<usize>) -> String {
    let mut pen = Pen {
        decimals,
        ..Pen::default()
    };
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(to) => {
                pen.go('M', &[to]);
                pen.start = pen.at;
            }
            PathEl::LineTo(to) => pen.line(to),
            PathEl::QuadTo(a, to) => pen.go('Q', &[a, to]),
            PathEl::CurveTo(a, b, to) => pen.curve(a, b, to),
            PathEl::ClosePath => {
                pen.out.push('Z');
                pen.letter = 'Z';
                pen.at = pen.start;
            }
        }
    }
    pen.out
}

/// How far a curve's handle may be from the one that continues the last curve, in units of the last
/// decimal.
const SMOOTH: f64 = 2.0;

#[derive(Default)]
struct Pen {
    out: String,
    decimals: Option<usize>,
    /// The current point, as written.
    at: Point,
    start: Point,
    /// The second handle of the last curve, as written.
    handle: Option<Point>,
    /// The command that numbers without a letter continue.
    letter: char,
}

impl Pen {
    fn round(&self, point: Point) -> Point {
        let Some(decimals) = self.decimals.and_then(|d| i32::try_from(d).ok()) else {
            return point;
        };
        let factor = 10_f64.powi(decimals);
        Point::new(
            (point.x * factor).round() / factor,
            (point.y * factor).round() / factor,
        )
    }

    fn go(&mut self, letter: char, points: &[Point]) {
        let points: Vec<Point> = points.iter().map(|point| self.round(*point)).collect();
        let to: Vec<f64> = points.iter().flat_map(|point| [point.x, point.y]).collect();
        let way = points.iter().map(|point| *point - self.at.to_vec2());
        let way: Vec<f64> = way.flat_map(|way| [way.x, way.y]).collect();
        self.shorter(letter, &to, &way);
        self.handle = None;
        self.at = points.last().copied().unwrap_or(self.at);
    }

    fn line(&mut self, to: Point) {
        let to = self.round(to);
        let way = to - self.at;
        if way.y.abs() < 1e-9 {
            self.shorter('H', &[to.x], &[way.x]);
        } else if way.x.abs() < 1e-9 {
            self.shorter('V', &[to.y], &[way.y]);
        } else {
            self.go('L', &[to]);
        }
        self.handle = None;
        self.at = to;
    }

    fn curve(&mut self, a: Point, b: Point, to: Point) {
        let [a, b, to] = [a, b, to].map(|point| self.round(point));
        let smooth = self
            .handle
            .zip(self.decimals.and_then(|d| i32::try_from(d).ok()));
        let is_smooth = smooth.is_some_and(|(handle, decimals)| {
            let expected = self.at + (self.at - handle);
            expected.distance(a) <= SMOOTH / 10_f64.powi(decimals)
        });
        if is_smooth {
            self.go('S', &[b, to]);
        } else {
            self.go('C', &[a, b, to]);
        }
        self.handle = Some(b);
    }

    /// Writes a command with places, or with ways from the current point.
    fn shorter(&mut self, letter: char, places: &[f64], ways: &[f64]) {
        let small = letter.to_ascii_lowercase();
        let place = self.appended(letter, places);
        let way = self.decimals.map(|_| self.appended(small, ways));
        let (letter, text) = match way {
            Some(way) if way.len() < place.len() => (small, way),
            _ => (letter, place),
        };
        self.out.push_str(&text);
        self.letter = letter;
    }

    /// A command as it is appended: without its letter if that is the last one, and with blanks only
    /// between numbers that would be read as one.
    fn appended(&self, letter: char, numbers: &[f64]) -> String {
        let mut out = String::new();
        let mut last = String::new();
        // Numbers after those of an `M` would be lines.
        if letter == self.letter && letter != 'M' {
            let number = self.out.rsplit(|c: char| !c.is_ascii_digit() && c != '.');
            number.take(1).for_each(|number| last.push_str(number));
        } else {
            out.push(letter);
        }
        for number in numbers {
            let text = rounded(*number, self.decimals);
            let parts = text.starts_with('-') || text.starts_with('.') && last.contains('.');
            if !last.is_empty() && !parts {
                out.push(' ');
            }
            out.push_str(&text);
            last = text;
        }
        out
    }
}

/// A transform as an attribute: a translation, a turn and a scale if these give it, else a matrix.
/// Factors keep more digits than distances, as they multiply.
pub(super) fn transformed(transform: &Affine, decimals: Option<usize>) -> String {
    let [a, b, c, d, ..] = transform.as_coeffs();
    let Vec2 { x, y } = transform.translation();
    let more = |by: usize| decimals.map(|decimals| decimals + by);
    let moved = list(&[x, y], decimals);
    let mut parts = Vec::new();
    if moved != "0 0" {
        parts.push(format!("translate({moved})"));
    }
    if let Some(factor) = factor(transform) {
        if !near(b, 0.0) || a < 0.0 {
            let angle = rounded(b.atan2(a).to_degrees(), more(2));
            parts.push(format!("rotate({angle})"));
        }
        if !near(factor, 1.0) {
            parts.push(format!("scale({})", rounded(factor, more(4))));
        }
    } else if near(b, 0.0) && near(c, 0.0) {
        parts.push(format!("scale({})", list(&[a, d], more(4))));
    } else {
        return format!("matrix({} {moved})", list(&[a, b, c, d], more(4)));
    }
    if parts.is_empty() {
        parts.push(format!("translate({moved})"));
    }
    parts.join(" ")
}

/// How much larger a transform draws, if it keeps shapes.
fn factor(transform: &Affine) -> Option<f64> {
    let [a, b, c, d, ..] = transform.as_coeffs();
    (near(a, d) && near(b, -c)).then(|| a.hypot(b))
}

/// Whether a transform may draw something larger.
pub(super) fn scales(transform: &Affine) -> bool {
    factor(transform).is_none_or(|factor| !near(factor, 1.0))
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}
