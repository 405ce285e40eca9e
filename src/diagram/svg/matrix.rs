//! Transforms: read, combined, and applied to points.
//!
//! Not here: writing them, except for translations.

use super::number::{Scanner, rounded};
use super::tree::Element;

pub(super) type Point = [f64; 2];

/// An affine transform, as in `matrix(a b c d e f)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Matrix([f64; 6]);

impl Matrix {
    pub(super) const NONE: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    pub(super) const fn moving(by: Point) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, by[0], by[1]])
    }

    /// The transform of an element's attributes; `None` if they cannot be read.
    pub(super) fn of(element: &Element) -> Option<Self> {
        let Some(text) = element.get("transform") else {
            return Some(Self::NONE);
        };
        let matrix = Self::read(text)?;
        let Some(origin) = element.get("transform-origin") else {
            return Some(matrix);
        };
        let mut parts = origin.split_ascii_whitespace().map(|part| {
            let number = part.strip_suffix("px").unwrap_or(part);
            number.parse::<f64>().ok().filter(|n| n.is_finite())
        });
        let (x, y) = (parts.next()??, parts.next()??);
        Some(
            Self::moving([x, y])
                .then(&matrix)
                .then(&Self::moving([-x, -y])),
        )
    }

    /// Reads the value of a `transform` attribute.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut all = Self::NONE;
        let mut rest = text.trim();
        if rest == "none" {
            return Some(all);
        }
        while !rest.is_empty() {
            let (name, after) = rest.split_once('(')?;
            let (inner, after) = after.split_once(')')?;
            let mut scanner = Scanner::new(inner);
            let mut numbers = Vec::new();
            while !scanner.at_end() {
                numbers.push(scanner.number()?);
            }
            all = all.then(&one(name.trim(), &numbers)?);
            rest = after.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        }
        Some(all)
    }

    /// This transform applied after an inner one.
    pub(super) fn then(&self, inner: &Self) -> Self {
        let (m, n) = (self.0, inner.0);
        let place = self.apply([n[4], n[5]]);
        Self([
            m[0] * n[0] + m[2] * n[1],
            m[1] * n[0] + m[3] * n[1],
            m[0] * n[2] + m[2] * n[3],
            m[1] * n[2] + m[3] * n[3],
            place[0],
            place[1],
        ])
    }

    pub(super) fn apply(&self, [x, y]: Point) -> Point {
        let m = self.0;
        [m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]]
    }

    /// The translation, if the transform is one.
    pub(super) fn moves(&self) -> Option<Point> {
        let m = self.0;
        let off = (m[0] - 1.0).abs() + m[1].abs() + m[2].abs() + (m[3] - 1.0).abs();
        (off < 1e-9).then_some([m[4], m[5]])
    }
}

fn one(name: &str, numbers: &[f64]) -> Option<Matrix> {
    let turned = |degrees: f64| {
        let (sin, cos) = degrees.to_radians().sin_cos();
        Matrix([cos, sin, -sin, cos, 0.0, 0.0])
    };
    Some(match (name, numbers) {
        ("translate", [x]) => Matrix::moving([*x, 0.0]),
        ("translate", [x, y]) => Matrix::moving([*x, *y]),
        ("scale", [by]) => Matrix([*by, 0.0, 0.0, *by, 0.0, 0.0]),
        ("scale", [x, y]) => Matrix([*x, 0.0, 0.0, *y, 0.0, 0.0]),
        ("rotate", [by]) => turned(*by),
        ("rotate", [by, x, y]) => Matrix::moving([*x, *y])
            .then(&turned(*by))
            .then(&Matrix::moving([-x, -y])),
        ("skewX", [by]) => Matrix([1.0, 0.0, by.to_radians().tan(), 1.0, 0.0, 0.0]),
        ("skewY", [by]) => Matrix([1.0, by.to_radians().tan(), 0.0, 1.0, 0.0, 0.0]),
        ("matrix", numbers) => Matrix(numbers.try_into().ok()?),
        _ => return None,
    })
}

/// A translation as an attribute's value; `None` for zero.
pub(super) fn translate([x, y]: Point) -> Option<String> {
    let (x, y) = (rounded(x, 4)?, rounded(y, 4)?);
    (x != "0" || y != "0").then(|| format!("translate({x} {y})"))
}
