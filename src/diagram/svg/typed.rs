//! The value of an attribute as what it is — numbers, a path, a transform, or text — parsed once.
//!
//! Not here: writing them (`written.rs`); colours, which keep their author's spelling, and lengths in units other than pixels;
//! both are texts.

use std::str::FromStr;

use kurbo::{Affine, BezPath, PathEl, Point, Vec2};
use svgtypes::{
    Length, LengthListParser, LengthUnit, SimplePathSegment, SimplifyingPathParser,
    TransformListParser, TransformListToken, TransformOrigin,
};

use super::tree::Element;
use super::written::{drawn, list, transformed};

/// Numbers with a larger absolute value have no meaningful digits after the point.
const MOST: f64 = 1e9;

/// Attributes in user units, as coordinates.
#[rustfmt::skip]
const COORDINATES: &[&str] = &[
    "cx", "cy", "dx", "dy", "fx", "fy", "height", "points", "r", "rx", "ry", "viewBox", "width",
    "x", "x1", "x2", "y", "y1", "y2",
];

/// Style of numbers, and of lengths in which pixels need no unit.
#[rustfmt::skip]
const NUMBERS: &[&str] = &[
    "fill-opacity", "flood-opacity", "font-size", "opacity", "stop-opacity", "stroke-dasharray",
    "stroke-dashoffset", "stroke-miterlimit", "stroke-opacity", "stroke-width",
];

const TRANSFORMS: &[&str] = &["gradientTransform", "patternTransform", "transform"];

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Text(String),
    Numbers(Vec<f64>),
    Path(BezPath),
    Transform(Affine),
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Numbers(vec![number])
    }
}

impl From<BezPath> for Value {
    fn from(path: BezPath) -> Self {
        Self::Path(path)
    }
}

impl From<Affine> for Value {
    fn from(transform: Affine) -> Self {
        Self::Transform(transform)
    }
}

impl Value {
    /// The value of the attribute `name`; a text if it has an error.
    pub(crate) fn of(name: &str, text: String) -> Self {
        let typed = if COORDINATES.contains(&name) || NUMBERS.contains(&name) {
            numbers(&text).map(Self::Numbers)
        } else if TRANSFORMS.contains(&name) {
            transform(&text).map(Self::Transform)
        } else if name == "d" {
            path(&text).map(Self::Path)
        } else {
            None
        };
        typed.unwrap_or(Self::Text(text))
    }

    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number, if it is a single one.
    pub(crate) fn number(&self) -> Option<f64> {
        match self {
            Self::Numbers(numbers) => match numbers.as_slice() {
                [number] => Some(*number),
                _ => None,
            },
            _ => None,
        }
    }

    /// The value of the attribute `name` as text, with coordinates of at most so many decimals.
    pub(crate) fn written(&self, name: &str, decimals: Option<usize>) -> String {
        let exact = NUMBERS.contains(&name);
        match self {
            Self::Text(text) => text.clone(),
            Self::Numbers(numbers) => list(numbers, decimals.filter(|_| !exact)),
            Self::Path(path) => drawn(path, decimals),
            Self::Transform(transform) => transformed(transform, decimals),
        }
    }
}

impl Element<String> {
    /// The element with its values typed. Paths with arcs stay texts if `arcs_stay`: an arc becomes
    /// several curves, and markers would be drawn between them.
    pub(crate) fn typed(self, arcs_stay: bool) -> Element<Value> {
        let mut typed = Element::new(self.name);
        for (name, text) in self.attributes {
            let is_arc = arcs_stay && name == "d" && text.contains(['a', 'A']);
            let value = if is_arc {
                Value::Text(text)
            } else {
                Value::of(&name, text)
            };
            typed.attributes.push((name, value));
        }
        typed.settle_origin();
        typed
    }
}

impl Element<Value> {
    /// The value of an attribute that is a text.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.value(name)?.text()
    }

    /// The value of an attribute that is a single number.
    pub(crate) fn number(&self, name: &str) -> Option<f64> {
        self.value(name)?.number()
    }

    /// The same, 0 for a missing attribute.
    pub(crate) fn number_or_0(&self, name: &str) -> Option<f64> {
        self.value(name).map_or(Some(0.0), Value::number)
    }

    /// The numbers of an attribute.
    pub(crate) fn numbers(&self, name: &str) -> Option<&[f64]> {
        match self.value(name)? {
            Value::Numbers(numbers) => Some(numbers),
            _ => None,
        }
    }

    pub(crate) fn path(&self) -> Option<&BezPath> {
        match self.value("d")? {
            Value::Path(path) => Some(path),
            _ => None,
        }
    }

    /// The element's transform; `None` if it is not known.
    pub(crate) fn transform(&self) -> Option<Affine> {
        if self.value("transform-origin").is_some() {
            return None;
        }
        match self.value("transform") {
            None => Some(Affine::IDENTITY),
            Some(Value::Transform(transform)) => Some(*transform),
            Some(_) => None,
        }
    }

    /// Sets the transform, or removes it if it changes nothing.
    pub(crate) fn set_transform(&mut self, transform: Affine) {
        if moves(&transform).is_some_and(|way| way.x.abs() < 5e-5 && way.y.abs() < 5e-5) {
            self.remove("transform");
        } else {
            self.set("transform", transform);
        }
    }

    /// Makes an origin in pixels a part of the transform.
    fn settle_origin(&mut self) {
        let Some(Value::Transform(transform)) = self.value("transform") else {
            return;
        };
        let mut transform = *transform;
        if let Some(origin) = self.get("transform-origin") {
            let Ok(origin) = TransformOrigin::from_str(origin) else {
                return;
            };
            let (Some(x), Some(y)) = (pixels(origin.x_offset), pixels(origin.y_offset)) else {
                return;
            };
            transform = Affine::translate((x, y)) * transform * Affine::translate((-x, -y));
            self.remove("transform-origin");
        }
        self.set_transform(transform);
    }
}

/// The translation, if the transform is one.
pub(crate) fn moves(transform: &Affine) -> Option<Vec2> {
    let way = transform.translation();
    let rest = transform.with_translation(Vec2::ZERO).as_coeffs();
    let still = Affine::IDENTITY.as_coeffs();
    let mut sides = rest.iter().zip(still);
    sides
        .all(|(side, own)| (side - own).abs() < 1e-9)
        .then_some(way)
}

/// A number of pixels.
pub(crate) fn pixels(length: Length) -> Option<f64> {
    let plain = matches!(length.unit, LengthUnit::None | LengthUnit::Px);
    (plain && length.number.abs() <= MOST).then_some(length.number)
}

/// Numbers, each without a unit or in pixels.
pub(crate) fn numbers(text: &str) -> Option<Vec<f64>> {
    let numbers = LengthListParser::from(text).map(|length| pixels(length.ok()?));
    let numbers: Vec<f64> = numbers.collect::<Option<_>>()?;
    (!numbers.is_empty()).then_some(numbers)
}

fn path(text: &str) -> Option<BezPath> {
    let mut path = BezPath::new();
    for segment in SimplifyingPathParser::from(text) {
        path.push(match segment.ok()? {
            SimplePathSegment::MoveTo { x, y } => PathEl::MoveTo(Point::new(x, y)),
            SimplePathSegment::LineTo { x, y } => PathEl::LineTo(Point::new(x, y)),
            SimplePathSegment::Quadratic { x1, y1, x, y } => {
                PathEl::QuadTo(Point::new(x1, y1), Point::new(x, y))
            }
            SimplePathSegment::CurveTo {
                x1,
                y1,
                x2,
                y2,
                x,
                y,
            } => PathEl::CurveTo(Point::new(x1, y1), Point::new(x2, y2), Point::new(x, y)),
            SimplePathSegment::ClosePath => PathEl::ClosePath,
        });
    }
    let known = !path.is_empty() && path.is_finite();
    let small = || {
        let sides = path.control_box();
        [sides.x0, sides.y0, sides.x1, sides.y1].map(f64::abs)
    };
    (known && small().iter().all(|side| *side <= MOST)).then_some(path)
}

fn transform(text: &str) -> Option<Affine> {
    if text.trim() == "none" {
        return Some(Affine::IDENTITY);
    }
    let mut all = Affine::IDENTITY;
    for token in TransformListParser::from(text) {
        all *= match token.ok()? {
            TransformListToken::Matrix { a, b, c, d, e, f } => Affine::new([a, b, c, d, e, f]),
            TransformListToken::Translate { tx, ty } => Affine::translate((tx, ty)),
            TransformListToken::Scale { sx, sy } => Affine::scale_non_uniform(sx, sy),
            TransformListToken::Rotate { angle } => Affine::rotate(angle.to_radians()),
            TransformListToken::SkewX { angle } => Affine::skew(angle.to_radians().tan(), 0.0),
            TransformListToken::SkewY { angle } => Affine::skew(0.0, angle.to_radians().tan()),
        };
    }
    all.as_coeffs()
        .iter()
        .all(|number| number.abs() <= MOST)
        .then_some(all)
}
