//! A picture's size in user units.
//!
//! Not here: sizes relative to the page, which no picture knows.

use std::str::FromStr;

use kurbo::Rect;
use svgtypes::{Length, LengthUnit};

use super::tree::Element;
use super::typed::{Value, numbers};

/// Width and height: of the `viewBox` if it is valid, else of the root's attributes.
pub(crate) fn size(root: &Element<String>) -> Option<(f64, f64)> {
    if let Some(view) = written_box(root) {
        return Some((view.width(), view.height()));
    }
    let side = |name| root.get(name).and_then(length).filter(|side| *side > 0.0);
    Some((side("width")?, side("height")?))
}

/// Whether a cleaned element has a valid `viewBox`.
pub(crate) fn has_view_box(element: &Element<String>) -> bool {
    written_box(element).is_some()
}

fn written_box(element: &Element<String>) -> Option<Rect> {
    valid(&numbers(element.get("viewBox")?)?)
}

/// An element's `viewBox`, if it is valid.
pub(crate) fn view_box(element: &Element<Value>) -> Option<Rect> {
    valid(element.numbers("viewBox")?)
}

fn valid(numbers: &[f64]) -> Option<Rect> {
    match *numbers {
        [x, y, width, height] if width > 0.0 && height > 0.0 => {
            Some(Rect::new(x, y, x + width, y + height))
        }
        _ => None,
    }
}

/// A length in user units; `None` for a relative one.
fn length(text: &str) -> Option<f64> {
    let length = Length::from_str(&text.trim().to_ascii_lowercase()).ok()?;
    let factor = match length.unit {
        LengthUnit::None | LengthUnit::Px => 1.0,
        LengthUnit::Pt => 96.0 / 72.0,
        LengthUnit::Pc => 16.0,
        LengthUnit::Mm => 96.0 / 25.4,
        LengthUnit::Cm => 96.0 / 2.54,
        LengthUnit::In => 96.0,
        LengthUnit::Em | LengthUnit::Ex | LengthUnit::Percent => return None,
    };
    let length = length.number * factor;
    length.is_finite().then_some(length)
}
