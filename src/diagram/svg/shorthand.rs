//! Style that is not a presentation attribute itself but sets some: `font`, `marker`, the geometry
//! properties, and `transform`.
//!
//! Not here: `font`'s system fonts and sizes by name, skewing, and transforms with units other than
//! pixels and degrees.

use kurbo::Affine;
use svgtypes::FontShorthand;

use super::parts::{self, Kind, Part};
use super::property::{is_wide, is_word};
use super::typed::Value;
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

fn geometry(name: &str) -> Option<&'static (&'static str, &'static [&'static str])> {
    GEOMETRY.iter().find(|(known, _)| *known == name)
}

/// Whether an attribute has an effect on a shape: a circle has no width, and a rectangle no markers.
pub(crate) fn has_effect(name: &str, shape: &str) -> bool {
    const WITHOUT_VERTICES: [&str; 3] = ["rect", "circle", "ellipse"];
    match geometry(name) {
        Some((_, elements)) => elements.contains(&shape),
        None => !(MARKERS.contains(&name) && WITHOUT_VERTICES.contains(&shape)),
    }
}

/// The attributes of an element that a property sets, with their values; none for an invalid value,
/// or one that no attribute can express.
pub(super) fn attributes(name: &str, value: &[Part], element: &str) -> Vec<(&'static str, Value)> {
    let style = |(name, value): (&'static str, Vec<Part>)| (name, Value::Style(value));
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

/// The attribute's value for a geometry property's value: a number of pixels, or a path's data.
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
    number(value, "px").map(Value::from)
}

/// A number with that unit or without one.
fn number(part: &Part, unit: &str) -> Option<f64> {
    let lower = part.text()?.to_ascii_lowercase();
    let number = lower.strip_suffix(unit).unwrap_or(&lower);
    number
        .parse()
        .ok()
        .filter(|number: &f64| number.is_finite())
}

/// The attribute's value for a transform in style; `None` if an attribute cannot express it.
fn transform(value: &[Part]) -> Option<Value> {
    if is_word(value, "none") {
        return Some(Affine::IDENTITY.into());
    }
    let mut all = Affine::IDENTITY;
    for part in value.iter().filter(|part| part.kind != Kind::Between) {
        let (name, inside) = part.called()?;
        let name = name.to_ascii_lowercase();
        let unit = match name.as_str() {
            "translate" | "translatex" | "translatey" => "px",
            "rotate" => "deg",
            _ => "",
        };
        let numbers = inside.split(Part::is_comma).map(|one| match one {
            [one] => number(one, unit),
            _ => None,
        });
        let numbers: Vec<f64> = numbers.collect::<Option<_>>()?;
        all *= match (name.as_str(), numbers.as_slice()) {
            ("translate" | "translatex", [x]) => Affine::translate((*x, 0.0)),
            ("translate", [x, y]) => Affine::translate((*x, *y)),
            ("translatey", [y]) => Affine::translate((0.0, *y)),
            ("scale", [factor]) => Affine::scale(*factor),
            ("scale", [x, y]) => Affine::scale_non_uniform(*x, *y),
            ("scalex", [x]) => Affine::scale_non_uniform(*x, 1.0),
            ("scaley", [y]) => Affine::scale_non_uniform(1.0, *y),
            ("rotate", [angle]) => Affine::rotate(angle.to_radians()),
            ("matrix", all) => Affine::new(<[f64; 6]>::try_from(all).ok()?),
            _ => return None,
        };
    }
    Some(all.into())
}
