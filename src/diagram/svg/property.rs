//! The properties of style that SVG knows as presentation attributes.
//!
//! Not here: shorthands (`shorthand.rs`) and the cascade (`cascade.rs`).

use super::colour::{self, Kind};

/// What values a property takes, as far as it is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Takes {
    /// `none`, a colour, or `url(#id)` with one of both behind it.
    Paint,
    Colour,
    /// One number, with or without unit.
    Number,
    /// One length with its unit, or a keyword.
    Size,
    Any,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Property {
    pub(super) name: &'static str,
    pub(super) takes: Takes,
    pub(super) inherited: bool,
}

const fn own(name: &'static str, takes: Takes) -> Property {
    Property {
        name,
        takes,
        inherited: false,
    }
}

const fn inherited(name: &'static str, takes: Takes) -> Property {
    Property {
        name,
        takes,
        inherited: true,
    }
}

pub(super) const PROPERTIES: &[Property] = &[
    own("alignment-baseline", Takes::Any),
    own("baseline-shift", Takes::Size),
    own("clip-path", Takes::Any),
    inherited("clip-rule", Takes::Any),
    inherited("color", Takes::Colour),
    inherited("color-interpolation", Takes::Any),
    inherited("color-interpolation-filters", Takes::Any),
    inherited("direction", Takes::Any),
    own("display", Takes::Any),
    own("dominant-baseline", Takes::Any),
    inherited("fill", Takes::Paint),
    inherited("fill-opacity", Takes::Number),
    inherited("fill-rule", Takes::Any),
    own("filter", Takes::Any),
    own("flood-color", Takes::Colour),
    own("flood-opacity", Takes::Number),
    inherited("font-family", Takes::Any),
    inherited("font-size", Takes::Size),
    inherited("font-size-adjust", Takes::Any),
    inherited("font-stretch", Takes::Any),
    inherited("font-style", Takes::Any),
    inherited("font-variant", Takes::Any),
    inherited("font-weight", Takes::Any),
    inherited("image-rendering", Takes::Any),
    inherited("letter-spacing", Takes::Size),
    own("lighting-color", Takes::Colour),
    inherited("marker-end", Takes::Any),
    inherited("marker-mid", Takes::Any),
    inherited("marker-start", Takes::Any),
    own("mask", Takes::Any),
    own("mask-type", Takes::Any),
    own("opacity", Takes::Number),
    own("overflow", Takes::Any),
    inherited("paint-order", Takes::Any),
    inherited("pointer-events", Takes::Any),
    inherited("shape-rendering", Takes::Any),
    own("stop-color", Takes::Colour),
    own("stop-opacity", Takes::Number),
    inherited("stroke", Takes::Paint),
    inherited("stroke-dasharray", Takes::Any),
    inherited("stroke-dashoffset", Takes::Number),
    inherited("stroke-linecap", Takes::Any),
    inherited("stroke-linejoin", Takes::Any),
    inherited("stroke-miterlimit", Takes::Number),
    inherited("stroke-opacity", Takes::Number),
    inherited("stroke-width", Takes::Number),
    inherited("text-anchor", Takes::Any),
    own("text-decoration", Takes::Any),
    inherited("text-rendering", Takes::Any),
    own("transform-origin", Takes::Any),
    own("unicode-bidi", Takes::Any),
    own("vector-effect", Takes::Any),
    inherited("visibility", Takes::Any),
    inherited("word-spacing", Takes::Size),
    inherited("writing-mode", Takes::Any),
];

/// The property of that name.
pub(super) fn property(name: &str) -> Option<&'static Property> {
    let at = PROPERTIES
        .binary_search_by(|property| property.name.cmp(name))
        .ok()?;
    PROPERTIES.get(at)
}

/// The attributes that hold paint: what `recolour` looks at.
pub(super) const PAINTS: &[&str] = &[
    "fill",
    "stroke",
    "stop-color",
    "flood-color",
    "lighting-color",
    "color",
];

/// The colour that a property has where nothing gives it one.
pub(super) fn initial_colour(name: &str) -> Option<&'static str> {
    match name {
        "fill" | "stop-color" | "flood-color" => Some("black"),
        "stroke" => Some("none"),
        "lighting-color" => Some("white"),
        _ => None,
    }
}

/// A value that every property takes.
pub(super) fn is_wide(value: &str) -> bool {
    ["inherit", "initial", "unset", "revert", "revert-layer"]
        .iter()
        .any(|wide| value.eq_ignore_ascii_case(wide))
}

impl Property {
    /// Whether a declaration of that value counts; a browser skips one that does not.
    pub(super) fn accepts(&self, value: &str) -> bool {
        if is_wide(value) || value.contains("var(") {
            return true;
        }
        let parts = colour::parts(value);
        let Some(first) = parts.first() else {
            return false;
        };
        let alone = parts.len() == 1;
        match self.takes {
            Takes::Any => true,
            Takes::Colour => alone && first.kind == Kind::Colour,
            Takes::Number => alone && matches!(first.kind, Kind::Number | Kind::Call),
            Takes::Size => {
                let unitless = value
                    .bytes()
                    .all(|b| b.is_ascii_digit() || b"+-.".contains(&b));
                let zero = value.parse::<f64>().is_ok_and(|number| number == 0.0);
                alone && first.kind != Kind::Colour && (!unitless || zero)
            }
            Takes::Paint => match first.kind {
                Kind::Colour => alone,
                Kind::Call => first.text.starts_with("url(") && parts.len() <= 3,
                Kind::Other => {
                    alone
                        && ["none", "context-fill", "context-stroke"]
                            .iter()
                            .any(|word| value.eq_ignore_ascii_case(word))
                        || first.text.starts_with("url(") && parts.len() <= 3
                }
                _ => false,
            },
        }
    }

    /// Whether a child's attribute that says the same as its parent's says nothing new.
    ///
    /// Not so for values that are measured against the element's own font or its parent's.
    pub(super) fn repeats(&self, value: &str) -> bool {
        let lower = value.to_ascii_lowercase();
        self.inherited
            && !matches!(lower.as_str(), "larger" | "smaller" | "bolder" | "lighter")
            && !lower.contains("calc(")
            && !colour::parts(&lower).iter().any(|part| is_relative(part))
    }
}

fn is_relative(part: &colour::Part) -> bool {
    const ABSOLUTE: &[&str] = &["", "px", "pt", "pc", "mm", "cm", "in", "q"];
    let unit = part
        .text
        .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '+' | '-'));
    part.kind == Kind::Number && !ABSOLUTE.contains(&unit)
}
