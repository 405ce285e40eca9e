//! Graphviz's colours, written in the one way that CSS and flowcharts share: `#rrggbb` in lower
//! case, followed by the opacity if there is one, or `transparent`.
//!
//! Not here: gradients (the first colour of a list counts) and colour schemes with numbered
//! colours; an unknown colour is `None`, and its attribute is ignored.

use super::colour_names::{FAMILIES, NAMES};

/// Dark and light text, for a fill whose source sets no `fontcolor`.
const DARK: (&str, u32) = ("#111111", 0x11_1111);
const LIGHT: (&str, u32) = ("#ffffff", 0xff_ffff);

pub(super) fn colour(value: &str) -> Option<String> {
    // `red:blue` is a list, `red;0.3:blue` one with weights.
    let first = value.split([':', ';']).next().unwrap_or_default().trim();
    if first.is_empty() {
        return None;
    }
    if let Some(digits) = first.strip_prefix('#') {
        return hex(digits);
    }
    if first.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return hsv(first).map(written);
    }
    let name = first.rsplit('/').next().unwrap_or_default();
    let name: String = name.to_ascii_lowercase().split_whitespace().collect();
    match name.as_str() {
        "transparent" | "none" | "invis" => Some("transparent".to_owned()),
        _ => named(&name).map(written),
    }
}

/// The text colour that is easier to read on `fill`; `None` where the fill is transparent.
pub(super) fn contrasting(fill: &str) -> Option<&'static str> {
    let digits = fill.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let back = luminance(u32::from_str_radix(digits, 16).ok()?);
    let on_dark = contrast(back, luminance(DARK.1));
    let on_light = contrast(back, luminance(LIGHT.1));
    Some(if on_dark >= on_light { DARK.0 } else { LIGHT.0 })
}

fn written(rgb: u32) -> String {
    format!("#{rgb:06x}")
}

fn hex(digits: &str) -> Option<String> {
    if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let long = match digits.len() {
        3 | 4 => digits.chars().flat_map(|c| [c, c]).collect(),
        6 | 8 => digits.to_owned(),
        _ => return None,
    };
    let long = long.to_ascii_lowercase();
    let opaque = long.strip_suffix("ff").filter(|_| long.len() == 8);
    Some(format!("#{}", opaque.unwrap_or(&long)))
}

/// `0.6 0.3 0.9` or `0.6,0.3,0.9`: hue, saturation and value from 0 to 1.
fn hsv(text: &str) -> Option<u32> {
    let parts: Vec<f64> = text
        .split(|c: char| c == ',' || c.is_whitespace())
        .filter(|part| !part.is_empty())
        .map(|part| part.parse::<f64>().ok().filter(|number| number.is_finite()))
        .collect::<Option<_>>()?;
    let (hue, saturation, value) = match parts.as_slice() {
        [h, s, v] | [h, s, v, _] => (h.clamp(0.0, 1.0), s.clamp(0.0, 1.0), v.clamp(0.0, 1.0)),
        _ => return None,
    };
    // The share of each primary colour falls from its own hue to the opposite one.
    let share = |offset: f64| {
        let sector = (offset + hue * 6.0) % 6.0;
        value - value * saturation * sector.min(4.0 - sector).clamp(0.0, 1.0)
    };
    Some(byte(share(5.0)) << 16 | byte(share(3.0)) << 8 | byte(share(1.0)))
}

/// A share from 0 to 1 as one byte, counted up so that no float has to be cast.
fn byte(share: f64) -> u32 {
    (0..=255_u32)
        .take_while(|step| f64::from(*step) <= share.mul_add(255.0, 0.5))
        .last()
        .unwrap_or_default()
}

fn named(name: &str) -> Option<u32> {
    if let Ok(found) = NAMES.binary_search_by_key(&name, |(known, _)| known) {
        return NAMES.get(found).map(|(_, rgb)| *rgb);
    }
    let start = name.find(|c: char| c.is_ascii_digit())?;
    let (family, number) = name.split_at_checked(start)?;
    let number: usize = number.parse().ok()?;
    if matches!(family, "gray" | "grey") {
        return gray(number);
    }
    let family = family.replace("grey", "gray");
    let found = FAMILIES
        .binary_search_by_key(&family.as_str(), |(known, _)| known)
        .ok()?;
    let (_, shades) = FAMILIES.get(found)?;
    shades.get(number.checked_sub(1)?).copied()
}

fn gray(percent: usize) -> Option<u32> {
    let percent = u32::try_from(percent)
        .ok()
        .filter(|percent| *percent <= 100)?;
    // The two halves that X11's table rounds down.
    let rounding = if matches!(percent, 50 | 90) { 49 } else { 50 };
    let level = (percent * 255 + rounding) / 100;
    Some(level << 16 | level << 8 | level)
}

/// The relative luminance of WCAG 2.
fn luminance(rgb: u32) -> f64 {
    let channel = |shift: u32| {
        let share = f64::from((rgb >> shift) & 0xff) / 255.0;
        if share <= 0.03928 {
            share / 12.92
        } else {
            ((share + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0)
}

fn contrast(one: f64, other: f64) -> f64 {
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}
