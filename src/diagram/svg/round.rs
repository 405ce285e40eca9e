//! Rounds the numbers in attributes.
//!
//! A value with a syntax error is left alone. Not here: a number by itself (`number`), and values with
//! units other than pixels.

use super::number::{Scanner, rounded};
use super::path;

/// The value of an attribute with its coordinates rounded to this many decimals, if it has any.
pub(super) fn attribute(name: &str, value: &str, decimals: usize) -> Option<String> {
    match name {
        "x" | "y" | "width" | "height" | "cx" | "cy" | "r" | "rx" | "ry" | "x1" | "y1" | "x2"
        | "y2" | "dx" | "dy" | "fx" | "fy" => {
            let bare = value.trim();
            list(bare.strip_suffix("px").unwrap_or(bare), decimals)
        }
        "points" | "viewBox" => list(value, decimals),
        "d" => path::rounded_path(value, decimals),
        "transform" | "gradientTransform" | "patternTransform" => transform(value, decimals),
        _ => None,
    }
}

/// Appends a number after a blank: in some lists a sign alone does not separate.
fn spaced(out: &mut String, number: &str) {
    if !out.is_empty() {
        out.push(' ');
    }
    out.push_str(number);
}

fn list(value: &str, decimals: usize) -> Option<String> {
    let mut scanner = Scanner::new(value);
    let mut out = String::new();
    while !scanner.at_end() {
        spaced(&mut out, &rounded(scanner.number()?, decimals)?);
    }
    (!out.is_empty()).then_some(out)
}

/// A list of transforms; factors keep more digits than distances, as they multiply.
fn transform(value: &str, decimals: usize) -> Option<String> {
    let mut out = String::new();
    let mut rest = value.trim();
    while !rest.is_empty() {
        let (name, after) = rest.split_once('(')?;
        let (inner, after) = after.split_once(')')?;
        let name = name.trim();
        let mut scanner = Scanner::new(inner);
        let mut numbers = String::new();
        let mut count = 0;
        while !scanner.at_end() {
            let digits = match (name, count) {
                ("translate", _) | ("matrix", 4..) | ("rotate", 1..) => decimals,
                ("rotate" | "skewX" | "skewY", _) => decimals + 2,
                _ => decimals + 4,
            };
            spaced(&mut numbers, &rounded(scanner.number()?, digits)?);
            count += 1;
        }
        let fits = match name {
            "translate" | "scale" => matches!(count, 1 | 2),
            "rotate" => matches!(count, 1 | 3),
            "skewX" | "skewY" => count == 1,
            "matrix" => count == 6,
            _ => false,
        };
        if !fits {
            return None;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&format!("{name}({numbers})"));
        rest = after.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
    }
    (!out.is_empty()).then_some(out)
}
