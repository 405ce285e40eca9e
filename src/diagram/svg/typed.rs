//! The value of an attribute as what it is — style, numbers, a path, a transform, or text — parsed
//! once.
//!
//! Not here: writing them (`written.rs`, `parts.rs`); lengths in units other than pixels, which are
//! texts.

use kurbo::{Affine, BezPath, Vec2};
use smol_str::SmolStr;
use svgtypes::{Length, LengthListParser, LengthUnit, TransformListParser, TransformListToken};

use super::declaration::{self, Declaration};
use super::parts::{self, Paint, Part, Style};
use super::shade::Both;
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
    Text(SmolStr),
    /// Of a presentation attribute; its colours keep their author's spelling.
    Style(Style),
    /// Of the `style` of an element that is not styled yet.
    Declarations(Vec<Declaration>),
    Numbers(Vec<f64>),
    Path(BezPath),
    Transform(Affine),
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<Part> for Value {
    fn from(part: Part) -> Self {
        Self::Style([part].into())
    }
}

impl From<Both> for Value {
    fn from(colour: Both) -> Self {
        Part::from(colour).into()
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
    pub(crate) fn of(name: &str, text: SmolStr) -> Self {
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

    /// The value as it is in a styled picture.
    pub(crate) fn typed(self, name: &str) -> Self {
        match self {
            Self::Text(text) => Self::of(name, text),
            Self::Style(style) if NUMBERS.contains(&name) => {
                numbers(&parts::written(&style)).map_or(Self::Style(style), Self::Numbers)
            }
            value => value,
        }
    }

    /// A text, or a style of one word.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => match self.parts()? {
                [part] => part.text(),
                _ => None,
            },
        }
    }

    pub(crate) fn is_none(&self) -> bool {
        self.text() == Some("none")
    }

    pub(crate) fn parts(&self) -> Option<&[Part]> {
        self.style().map(|style| &**style)
    }

    pub(super) fn style(&self) -> Option<&Style> {
        match self {
            Self::Style(style) => Some(style),
            _ => None,
        }
    }

    /// What it paints, if it is one colour that does not depend on the page.
    pub(crate) fn paint(&self) -> Option<Paint> {
        match self.parts()? {
            [part] => part.paint,
            _ => None,
        }
    }

    /// The number, if it is a single one.
    pub(crate) fn number(&self) -> Option<f64> {
        match self.numbers()? {
            [number] => Some(*number),
            _ => None,
        }
    }

    pub(crate) fn numbers(&self) -> Option<&[f64]> {
        match self {
            Self::Numbers(numbers) => Some(numbers),
            _ => None,
        }
    }

    /// The value of the attribute `name` as text, with coordinates of at most so many decimals.
    pub(crate) fn written(&self, name: &str, decimals: Option<usize>) -> String {
        let exact = NUMBERS.contains(&name);
        match self {
            Self::Text(text) => text.to_string(),
            Self::Style(style) => parts::written(style),
            Self::Declarations(declarations) => declaration::written(declarations),
            Self::Numbers(numbers) => list(numbers, decimals.filter(|_| !exact)),
            Self::Path(path) => drawn(path, decimals),
            Self::Transform(transform) => transformed(transform, decimals),
        }
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
fn numbers(text: &str) -> Option<Vec<f64>> {
    let numbers = LengthListParser::from(text).map(|length| pixels(length.ok()?));
    let numbers: Vec<f64> = numbers.collect::<Option<_>>()?;
    (!numbers.is_empty()).then_some(numbers)
}

fn path(text: &str) -> Option<BezPath> {
    let path = BezPath::from_svg(text).ok()?;
    let known = !path.is_empty() && path.is_finite();
    let sides = path.control_box();
    let mut sides = [sides.x0, sides.y0, sides.x1, sides.y1].into_iter();
    (known && sides.all(|side| side.abs() <= MOST)).then_some(path)
}

pub(super) fn transform(text: &str) -> Option<Affine> {
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
