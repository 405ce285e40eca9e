//! A picture's size in user units.
//!
//! Not here: sizes relative to the page, which no picture knows.

use std::str::FromStr;

use kurbo::Rect;
use svgtypes::{Length, LengthUnit};

use super::tree::Element;

/// Width and height: of the `viewBox` if it is valid, else of the root's attributes.
pub(crate) fn size(root: &Element) -> Option<(f64, f64)> {
    if let Some(view) = view_box(root) {
        return Some((view.width(), view.height()));
    }
    let side = |name| root.get(name).and_then(length).filter(|side| *side > 0.0);
    Some((side("width")?, side("height")?))
}

/// An element's `viewBox`, if it is valid.
pub(crate) fn view_box(element: &Element) -> Option<Rect> {
    let value = element.value("viewBox")?.clone().typed("viewBox");
    match *value.numbers()? {
        [x, y, width, height] if width > 0.0 && height > 0.0 => {
            Some(Rect::new(x, y, x + width, y + height))
        }
        _ => None,
    }
}

/// A length in pixels, with letters of the usual size; `None` for one that is relative to something
/// else.
pub(crate) fn length(text: &str) -> Option<f64> {
    let text = text.trim().to_ascii_lowercase().replace("rem", "em");
    let length = Length::from_str(&text).ok()?;
    let factor = match length.unit {
        LengthUnit::None | LengthUnit::Px => 1.0,
        LengthUnit::Pt => 96.0 / 72.0,
        LengthUnit::Pc | LengthUnit::Em => 16.0,
        LengthUnit::Mm => 96.0 / 25.4,
        LengthUnit::Cm => 96.0 / 2.54,
        LengthUnit::In => 96.0,
        LengthUnit::Ex | LengthUnit::Percent => return None,
    };
    let length = length.number * factor;
    length.is_finite().then_some(length)
}
