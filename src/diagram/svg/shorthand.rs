//! Style that is not a presentation attribute itself but sets some: `font`, `marker`, the geometry
//! properties, and `transform`.
//!
//! Not here: `font`'s system fonts and sizes by name, `scaleX()`, and transforms with units other
//! than pixels and degrees.

use svgtypes::{FontShorthand, Length};

use super::parts::{self, Part};
use super::property::is_wide;
use super::typed::{self, Value};
use super::value;

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

/// Whether a shape may have an attribute: a circle has no width.
pub(super) fn is_of(name: &str, shape: &str) -> bool {
    geometry(name).is_none_or(|(_, elements)| elements.contains(&shape))
}

fn geometry(name: &str) -> Option<&'static (&'static str, &'static [&'static str])> {
    GEOMETRY.iter().find(|(known, _)| *known == name)
}

/// The attributes of an element that a property sets, with their values; none for an invalid value,
/// or one that no attribute can express.
pub(super) fn attributes(name: &str, value: &[Part], element: &str) -> Vec<(&'static str, Value)> {
    let style = |(name, value): (&'static str, Vec<Part>)| (name, Value::Style(value.into()));
    let set = match name {
        "marker" => Some(MARKERS.map(|name| style((name, value.to_vec()))).to_vec()),
        "font" => font(value).map(|all| all.into_iter().map(style).collect()),
        "transform" => transform(value).map(|value| vec![("transform", value)]),
        _ => geometry(name)
            .filter(|(_, elements)| elements.contains(&element))
            .and_then(|(name, _)| Some(vec![(*name, length(name, value)?)])),
    };
    set.unwrap_or_default()
}

fn font(value: &[Part]) -> Option<Vec<(&'static str, Vec<Part>)>> {
    const NAMES: [&str; 6] = [
        "font-style",
        "font-variant",
        "font-weight",
        "font-stretch",
        "font-size",
        "font-family",
    ];
    if is_wide(value) {
        return Some(NAMES.map(|name| (name, value.to_vec())).to_vec());
    }
    let text = parts::written(value);
    let font = FontShorthand::from_str(&text).ok()?;
    let own = [
        font.font_style,
        font.font_variant,
        font.font_weight,
        font.font_stretch,
        Some(font.font_size),
        Some(font.font_family),
    ];
    let read = |own: Option<&str>| value::clean(own.unwrap_or("normal")).ok();
    let all = NAMES.into_iter().zip(own);
    all.map(|(name, own)| Some((name, read(own)?))).collect()
}

/// The attribute's value for a geometry property's value: a length, or a path's data.
fn length(name: &str, value: &[Part]) -> Option<Value> {
    let [value] = value else {
        return None;
    };
    if name == "d" {
        let (_, inside) = value.called().filter(|(name, _)| *name == "path")?;
        let [data] = inside else {
            return None;
        };
        let data = data.text()?.trim_matches('\'');
        let plain = |b: u8| b.is_ascii_alphanumeric() || b" ,.+-".contains(&b);
        return data.bytes().all(plain).then(|| Value::from(data));
    }
    let length = value.text()?.to_ascii_lowercase();
    length.parse::<Length>().is_ok().then(|| length.into())
}

/// The attribute's value for a transform in style; `None` if an attribute cannot express it.
fn transform(value: &[Part]) -> Option<Value> {
    const UNITS: [(&str, &str); 7] = [
        ("px", ""),
        ("deg", ""),
        ("translatex(", "translate("),
        ("translatey(", "translate(0 "),
        ("scaley(", "scale(1 "),
        ("skewx(", "skewX("),
        ("skewy(", "skewY("),
    ];
    let text = parts::written(value).to_ascii_lowercase();
    let text = UNITS
        .iter()
        .fold(text, |text, (css, svg)| text.replace(css, svg));
    typed::transform(&text).map(Value::from)
}
