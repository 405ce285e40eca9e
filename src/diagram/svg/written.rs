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

/// Path data. Its points are absolute, so that the errors of rounding do not add up.
pub(super) fn drawn(path: &BezPath, decimals: Option<usize>) -> String {
    let mut pen = Pen {
        decimals,
        ..Pen::default()
    };
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(to) => {
                pen.points('M', &[to]);
                pen.start.clone_from(&pen.at);
            }
            PathEl::LineTo(to) => pen.line(to),
            PathEl::QuadTo(a, to) => pen.points('Q', &[a, to]),
            PathEl::CurveTo(a, b, to) => pen.points('C', &[a, b, to]),
            PathEl::ClosePath => {
                pen.out.push('Z');
                pen.at.clone_from(&pen.start);
            }
        }
    }
    pen.out
}

#[derive(Default)]
struct Pen {
    out: String,
    decimals: Option<usize>,
    /// The current point, as written.
    at: [String; 2],
    start: [String; 2],
}

impl Pen {
    fn points(&mut self, letter: char, points: &[Point]) {
        self.out.push(letter);
        for point in points {
            self.at = [point.x, point.y].map(|side| rounded(side, self.decimals));
            for side in &self.at {
                append(&mut self.out, side);
            }
        }
    }

    fn line(&mut self, to: Point) {
        let [x, y] = [to.x, to.y].map(|side| rounded(side, self.decimals));
        let (letter, sides): (char, &[&String]) = match [x == self.at[0], y == self.at[1]] {
            [_, true] => ('H', &[&x]),
            [true, false] => ('V', &[&y]),
            [false, false] => ('L', &[&x, &y]),
        };
        self.out.push(letter);
        for side in sides {
            append(&mut self.out, side);
        }
        self.at = [x, y];
    }
}

/// Appends a number to a path, in which a minus sign separates it from the last one.
fn append(out: &mut String, number: &str) {
    if out.ends_with(|c: char| c.is_ascii_digit()) && !number.starts_with('-') {
        out.push(' ');
    }
    out.push_str(number);
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
