//! Typed values as text: numbers with few decimals, paths, and transforms.
//!
//! Not here: which decimals an element needs (`inline.rs`).

use kurbo::{Affine, BezPath, PathEl};

/// Factors keep more digits than distances, as they multiply.
const FACTORS: usize = 4;

/// A number, with at most so many decimals, and without a zero before them.
pub(crate) fn rounded(number: f64, decimals: Option<usize>) -> String {
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

/// Path data in absolute coordinates, so that errors of rounding do not add up.
pub(super) fn drawn(path: &BezPath, decimals: Option<usize>) -> String {
    let steps = path.elements().iter().map(|element| {
        let (letter, points) = match *element {
            PathEl::MoveTo(to) => ('M', vec![to]),
            PathEl::LineTo(to) => ('L', vec![to]),
            PathEl::QuadTo(a, to) => ('Q', vec![a, to]),
            PathEl::CurveTo(a, b, to) => ('C', vec![a, b, to]),
            PathEl::ClosePath => ('Z', Vec::new()),
        };
        let sides: Vec<f64> = points.iter().flat_map(|to| [to.x, to.y]).collect();
        format!("{letter}{}", list(&sides, decimals))
    });
    steps.collect()
}

/// A transform as an attribute: a translation if it is one, else a matrix.
pub(super) fn transformed(transform: &Affine, decimals: Option<usize>) -> String {
    let numbers = transform.as_coeffs();
    let (factors, moved) = numbers.split_at(4);
    let moved = list(moved, decimals);
    let factors = list(factors, decimals.map(|decimals| decimals + FACTORS));
    if factors == "1 0 0 1" {
        return format!("translate({moved})");
    }
    format!("matrix({factors} {moved})")
}
