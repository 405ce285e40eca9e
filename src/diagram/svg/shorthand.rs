//! Style that is not a presentation attribute itself but sets some: `font`, `marker`, the geometry
//! properties, and `transform`.
//!
//! Not here: `font`'s system fonts, and transforms with units other than pixels and degrees.

use super::parts::{Kind, parts};
use super::property::is_wide;

/// The geometry properties, with the elements that have an attribute for them.
const GEOMETRY: &[(&str, &[&str])] = &[
    ("cx", &["circle", "ellipse"]),
    ("cy", &["circle", "ellipse"]),
    ("d", &["path"]),
    ("height", &["rect", "image", "svg"]),
    ("r", &["circle"]),
    ("rx", &["rect", "ellipse"]),
    ("ry", &["rect", "ellipse"]),
    ("width", &["rect", "image", "svg"]),
    ("x", &["rect", "image", "use", "svg"]),
    ("y", &["rect", "image", "use", "svg"]),
];
const MARKERS: [&str; 3] = ["marker-start", "marker-mid", "marker-end"];

pub(super) fn is_known(name: &str) -> bool {
    matches!(name, "font" | "marker" | "transform") || geometry(name).is_some()
}

fn geometry(name: &str) -> Option<&'static (&'static str, &'static [&'static str])> {
    GEOMETRY.iter().find(|(known, _)| *known == name)
}

/// The attributes of an element that a property sets, with their values; none for an invalid value,
/// or one that no attribute can express.
pub(super) fn attributes(name: &str, value: &str, element: &str) -> Vec<(&'static str, String)> {
    let set = match name {
        "marker" => Some(MARKERS.map(|name| (name, value.to_owned())).to_vec()),
        "font" => font(value),
        "transform" => transform(value).map(|value| vec![("transform", value)]),
        _ => geometry(name)
            .filter(|(_, elements)| elements.contains(&element))
            .and_then(|(name, _)| Some(vec![(*name, length(name, value)?)])),
    };
    set.unwrap_or_default()
}

fn font(value: &str) -> Option<Vec<(&'static str, String)>> {
    const NAMES: [&str; 6] = [
        "font-style",
        "font-variant",
        "font-weight",
        "font-stretch",
        "font-size",
        "font-family",
    ];
    if is_wide(value) {
        return Some(NAMES.map(|name| (name, value.to_owned())).to_vec());
    }
    let mut found: Vec<(&'static str, String)> = NAMES[..4]
        .iter()
        .map(|name| (*name, "normal".to_owned()))
        .collect();
    let mut words = value.split_whitespace().peekable();
    while let Some(&word) = words.peek() {
        let Some(name) = before_size(word) else {
            break;
        };
        if let Some(entry) = found.iter_mut().find(|(own, _)| *own == name) {
            word.clone_into(&mut entry.1);
        }
        words.next();
    }
    // The slash of the line height may be apart or not: only what is before it counts.
    let rest = words.collect::<Vec<_>>().join(" ").replace(" / ", "/");
    let (size, family) = rest.split_once(' ')?;
    let size = size.split('/').next().filter(|size| is_size(size))?;
    found.push(("font-size", size.to_owned()));
    found.push(("font-family", family.to_owned()));
    Some(found)
}

/// The longhand that a word of `font` before the size belongs to.
fn before_size(word: &str) -> Option<&'static str> {
    match word {
        "italic" | "oblique" => Some("font-style"),
        "small-caps" => Some("font-variant"),
        "bold" | "bolder" | "lighter" | "normal" => Some("font-weight"),
        _ if word.ends_with("condensed") || word.ends_with("expanded") => Some("font-stretch"),
        _ => {
            let weight: f64 = word.parse().ok()?;
            (1.0..=1000.0).contains(&weight).then_some("font-weight")
        }
    }
}

fn is_size(word: &str) -> bool {
    const KEYWORDS: &[&str] = &[
        "xx-small", "x-small", "small", "medium", "large", "x-large", "xx-large", "larger",
        "smaller",
    ];
    let first = word
        .chars()
        .next()
        .is_some_and(|c| c.is_ascii_digit() || c == '.');
    KEYWORDS.contains(&word) || first && word.parse::<f64>().is_err() || word.contains('(')
}

/// The attribute's value for a geometry property's value: a number of pixels, or a path's data.
fn length(name: &str, value: &str) -> Option<String> {
    if name == "d" {
        let inner = value.strip_prefix("path(")?.strip_suffix(')')?;
        let inner = inner.trim_matches('\'');
        let plain = |b: u8| b.is_ascii_alphanumeric() || b" ,.+-".contains(&b);
        return inner.bytes().all(plain).then(|| inner.to_owned());
    }
    number(value, "px").map(|number| number.to_string())
}

/// A number with that unit or without one.
fn number(text: &str, unit: &str) -> Option<f64> {
    let lower = text.trim().to_ascii_lowercase();
    let number = lower.strip_suffix(unit).unwrap_or(&lower);
    number
        .parse()
        .ok()
        .filter(|number: &f64| number.is_finite())
}

/// The attribute's value for a transform in style; `None` if an attribute cannot express it.
fn transform(value: &str) -> Option<String> {
    if value.eq_ignore_ascii_case("none") {
        return Some("none".to_owned());
    }
    let parts = parts(value);
    let calls = parts.iter().filter(|part| part.kind != Kind::Between);
    let calls = calls.map(|part| {
        let (name, inside) = part.call()?;
        let name = name.to_ascii_lowercase();
        let unit = match name.as_str() {
            "translate" | "translatex" | "translatey" => "px",
            "rotate" | "skewx" | "skewy" => "deg",
            _ => "",
        };
        let numbers = inside.split(',').map(|text| number(text, unit));
        let numbers: Vec<String> = numbers
            .map(|n| n.map(|n| n.to_string()))
            .collect::<Option<_>>()?;
        match (name.as_str(), numbers.as_slice()) {
            ("translate" | "scale", [_] | [_, _])
            | ("rotate", [_])
            | ("matrix", [_, _, _, _, _, _]) => Some(format!("{name}({})", numbers.join(" "))),
            ("translatex", [x]) => Some(format!("translate({x} 0)")),
            ("translatey", [y]) => Some(format!("translate(0 {y})")),
            ("scalex", [x]) => Some(format!("scale({x} 1)")),
            ("scaley", [y]) => Some(format!("scale(1 {y})")),
            ("skewx", [angle]) => Some(format!("skewX({angle})")),
            ("skewy", [angle]) => Some(format!("skewY({angle})")),
            _ => None,
        }
    });
    Some(calls.collect::<Option<Vec<_>>>()?.join(" "))
}
