//! A picture's size in user units.
//!
//! Not here: sizes relative to the page, which no picture knows.

use super::tree::Element;

/// The root's `viewBox` if it is valid: minimum x and y, width and height.
pub(super) fn view_box(root: &Element) -> Option<[f64; 4]> {
    let numbers = root
        .get("viewBox")?
        .split(|c: char| c.is_ascii_whitespace() || c == ',')
        .filter(|word| !word.is_empty())
        .map(|word| word.parse().ok().filter(|number: &f64| number.is_finite()))
        .collect::<Option<Vec<f64>>>()?;
    let numbers: [f64; 4] = numbers.try_into().ok()?;
    (numbers[2] > 0.0 && numbers[3] > 0.0).then_some(numbers)
}

/// Width and height: of the `viewBox`, else of the root's attributes.
pub(super) fn size(root: &Element) -> Option<(f64, f64)> {
    if let Some([_, _, width, height]) = view_box(root) {
        return Some((width, height));
    }
    let side = |name| root.get(name).and_then(length).filter(|side| *side > 0.0);
    Some((side("width")?, side("height")?))
}

/// A length in user units; `None` for a relative one.
fn length(text: &str) -> Option<f64> {
    const UNITS: &[(&str, f64)] = &[
        ("px", 1.0),
        ("pt", 96.0 / 72.0),
        ("pc", 16.0),
        ("mm", 96.0 / 25.4),
        ("cm", 96.0 / 2.54),
        ("in", 96.0),
        ("q", 96.0 / 101.6),
    ];
    let text = text.trim().to_ascii_lowercase();
    let (number, factor) = UNITS
        .iter()
        .find_map(|(unit, factor)| Some((text.strip_suffix(unit)?, *factor)))
        .unwrap_or((&text, 1.0));
    let number: f64 = number.trim().parse().ok()?;
    number.is_finite().then_some(number * factor)
}
