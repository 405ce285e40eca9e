//! Style that is not a presentation attribute itself but sets some: `font`, `marker`, the geometry
//! properties, and `transform`.
//!
//! Not here: `font`'s system fonts, and transforms with units other than pixels and degrees.

use super::colour::{self, Kind, Part};

/// The longhands of a shorthand with their values; `None` if the value is invalid.
pub(super) fn expanded(name: &str, value: &str) -> Option<Vec<(&'static str, String)>> {
    const MARKERS: [&str; 3] = ["marker-start", "marker-mid", "marker-end"];
    match name {
        "marker" => Some(MARKERS.map(|name| (name, value.to_owned())).to_vec()),
        "font" => font(value),
        _ => None,
    }
}

/// Whether `expanded` knows the name.
pub(super) fn is_shorthand(name: &str) -> bool {
    matches!(name, "font" | "marker")
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
    if super::property::is_wide(value) {
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

/// The attribute of that element for a geometry property.
pub(super) fn geometry(name: &str, element: &str) -> Option<&'static str> {
    let (name, elements): (&'static str, &[&str]) = match name {
        "x" => ("x", &["rect", "image", "use", "svg"]),
        "y" => ("y", &["rect", "image", "use", "svg"]),
        "width" => ("width", &["rect", "image", "svg"]),
        "height" => ("height", &["rect", "image", "svg"]),
        "cx" => ("cx", &["circle", "ellipse"]),
        "cy" => ("cy", &["circle", "ellipse"]),
        "r" => ("r", &["circle"]),
        "rx" => ("rx", &["rect", "ellipse"]),
        "ry" => ("ry", &["rect", "ellipse"]),
        "d" => ("d", &["path"]),
        _ => return None,
    };
    elements.contains(&element).then_some(name)
}

pub(super) fn is_geometry(name: &str) -> bool {
    matches!(
        name,
        "x" | "y" | "width" | "height" | "cx" | "cy" | "r" | "rx" | "ry" | "d"
    )
}

/// The attribute's value for a geometry property's value: a number of pixels, or a path's data.
pub(super) fn geometry_value(name: &str, value: &str) -> Option<String> {
    if name == "d" {
        let inner = value.strip_prefix("path(")?.strip_suffix(')')?;
        let inner = inner.trim_matches('\'');
        let plain = inner
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b" ,.+-".contains(&b));
        return plain.then(|| inner.to_owned());
    }
    pixels(value).map(|number| number.to_string())
}

/// A plain number, or a number of pixels.
fn pixels(text: &str) -> Option<f64> {
    let lower = text.to_ascii_lowercase();
    let number = lower.strip_suffix("px").unwrap_or(&lower);
    number
        .parse()
        .ok()
        .filter(|number: &f64| number.is_finite())
}

/// The attribute's value for a transform in style; `None` if an attribute cannot express it.
pub(super) fn transform(value: &str) -> Option<String> {
    let mut calls = Vec::new();
    for part in colour::parts(value) {
        match part.kind {
            Kind::Call => calls.push(transform_call(&part)?),
            Kind::Between => {}
            _ => return None,
        }
    }
    (!calls.is_empty()).then(|| calls.join(" "))
}

fn transform_call(part: &Part) -> Option<String> {
    let (name, inner) = part.text.split_once('(')?;
    let inner = inner.strip_suffix(')')?;
    let arguments: Vec<&str> = inner.split(',').map(str::trim).collect();
    let name = name.to_ascii_lowercase();
    let read: fn(&str) -> Option<f64> = match name.as_str() {
        "translate" | "translatex" | "translatey" => pixels,
        "scale" | "scalex" | "scaley" | "matrix" => |text| text.parse().ok(),
        "rotate" | "skewx" | "skewy" => degrees,
        _ => return None,
    };
    let numbers: Vec<f64> = arguments.into_iter().map(read).collect::<Option<_>>()?;
    let text: Vec<String> = numbers.iter().map(f64::to_string).collect();
    match (name.as_str(), text.as_slice()) {
        ("translate" | "scale", [_] | [_, _])
        | ("rotate", [_])
        | ("matrix", [_, _, _, _, _, _]) => Some(format!("{name}({})", text.join(" "))),
        ("translatex", [x]) => Some(format!("translate({x} 0)")),
        ("translatey", [y]) => Some(format!("translate(0 {y})")),
        ("scalex", [x]) => Some(format!("scale({x} 1)")),
        ("scaley", [y]) => Some(format!("scale(1 {y})")),
        ("skewx", [angle]) => Some(format!("skewX({angle})")),
        ("skewy", [angle]) => Some(format!("skewY({angle})")),
        _ => None,
    }
}

fn degrees(text: &str) -> Option<f64> {
    let lower = text.to_ascii_lowercase();
    let (number, factor) = if let Some(turns) = lower.strip_suffix("turn") {
        (turns, 360.0)
    } else {
        (lower.strip_suffix("deg").unwrap_or(&lower), 1.0)
    };
    let number: f64 = number.parse().ok()?;
    number.is_finite().then_some(number * factor)
}
