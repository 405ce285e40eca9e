//! Rounds the numbers in attributes.
//!
//! A value with a syntax error is left alone. Not here: paths (`path.rs`), and values with units
//! other than pixels.

use super::path;

/// Numbers with a larger absolute value have no meaningful digits after the point.
const MOST: f64 = 1e9;

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

/// A number with at most this many decimals.
pub(super) fn rounded(number: f64, decimals: usize) -> Option<String> {
    if !number.is_finite() || number.abs() > MOST {
        return None;
    }
    let text = format!("{number:.decimals$}");
    let text = match text.split_once('.') {
        Some(_) => text.trim_end_matches('0').trim_end_matches('.'),
        None => &text,
    };
    Some(if text == "-0" { "0" } else { text }.to_owned())
}

/// Appends a number after a blank: in some lists a sign alone does not separate.
fn spaced(out: &mut String, number: &str) {
    if !out.is_empty() {
        out.push(' ');
    }
    out.push_str(number);
}

/// Appends a number to a path, in which a minus sign separates it from the last one.
pub(super) fn append(out: &mut String, number: &str) {
    if out.ends_with(|c: char| c.is_ascii_digit()) && !number.starts_with('-') {
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

/// Reads numbers in SVG's grammar: separated by blanks, a comma, a sign, or a second point.
pub(super) struct Scanner<'a> {
    rest: &'a [u8],
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut scanner = Self {
            rest: text.as_bytes(),
        };
        scanner.skip_blanks();
        scanner
    }

    pub(super) fn at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// The next byte, not consumed.
    pub(super) fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    /// Consumes the next byte and the blanks after it.
    pub(super) fn take(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        self.skip_blanks();
        Some(*first)
    }

    /// Consumes a number and its separator.
    pub(super) fn number(&mut self) -> Option<f64> {
        let length = self.length()?;
        let (number, rest) = self.rest.split_at_checked(length)?;
        let number: f64 = std::str::from_utf8(number).ok()?.parse().ok()?;
        self.rest = rest;
        self.skip_separator();
        number.is_finite().then_some(number)
    }

    /// Consumes a flag of an arc, which needs no separator after it.
    pub(super) fn flag(&mut self) -> Option<bool> {
        let flag = match self.peek()? {
            b'0' => false,
            b'1' => true,
            _ => return None,
        };
        self.rest = self.rest.get(1..)?;
        self.skip_separator();
        Some(flag)
    }

    /// The length of the number here, in bytes.
    fn length(&self) -> Option<usize> {
        let at = |index: usize| self.rest.get(index).copied();
        let digits = |mut index: usize| {
            while at(index).is_some_and(|b| b.is_ascii_digit()) {
                index += 1;
            }
            index
        };
        let start = usize::from(matches!(at(0), Some(b'+' | b'-')));
        let whole = digits(start);
        let mut end = whole;
        let mut any = whole > start;
        if at(end) == Some(b'.') {
            let fraction = digits(end + 1);
            any |= fraction > end + 1;
            end = fraction;
        }
        if matches!(at(end), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(at(end + 1), Some(b'+' | b'-')));
            let exponent = digits(end + 1 + sign);
            if exponent > end + 1 + sign {
                end = exponent;
            }
        }
        any.then_some(end)
    }

    fn skip_blanks(&mut self) {
        while let Some((b' ' | b'\t' | b'\n' | b'\r' | b'\x0c', rest)) = self.rest.split_first() {
            self.rest = rest;
        }
    }

    fn skip_separator(&mut self) {
        self.skip_blanks();
        if self.peek() == Some(b',') {
            // A number must follow a comma; a value with a comma at its end is invalid.
            if let Some(rest) = self.rest.get(1..).filter(|rest| !rest.is_empty()) {
                self.rest = rest;
                self.skip_blanks();
            }
        }
    }
}
