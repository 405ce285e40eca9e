//! Which values the style properties accept, and which attributes repeat an inherited value.
//!
//! Not here: which properties are allowed (`svg_names`), shorthands (`shorthand.rs`) and the
//! cascade (`cascade.rs`).

use super::parts::{Kind, Part, parts};
use crate::svg_names::{Property, Takes};

/// The colour of a property that is not set.
pub(super) fn initial_colour(name: &str) -> Option<&'static str> {
    match name {
        "fill" | "stop-color" | "flood-color" => Some("black"),
        "stroke" => Some("none"),
        "lighting-color" => Some("white"),
        _ => None,
    }
}

/// Whether a value is allowed for every property, such as `inherit`.
pub(super) fn is_wide(value: &str) -> bool {
    ["inherit", "initial", "unset", "revert", "revert-layer"]
        .iter()
        .any(|wide| value.eq_ignore_ascii_case(wide))
}

impl Property {
    /// Whether a declaration with that value counts; browsers skip others.
    pub(super) fn accepts(&self, value: &str) -> bool {
        if is_wide(value) || value.contains("var(") {
            return true;
        }
        let parts = parts(value);
        let Some(first) = parts.first() else {
            return false;
        };
        let alone = parts.len() == 1;
        let is_zero = || value.parse::<f64>().is_ok_and(|number| number == 0.0);
        match (self.takes, first.kind) {
            (Takes::Any, _) => true,
            (Takes::Colour | Takes::Paint, Kind::Colour) => alone,
            (Takes::Paint, Kind::Reference) => parts.len() <= 3,
            (Takes::Paint, Kind::Other) => {
                let words = ["none", "context-fill", "context-stroke"];
                words.iter().any(|word| value.eq_ignore_ascii_case(word))
            }
            (Takes::Number, kind) => alone && matches!(kind, Kind::Number | Kind::Call),
            (Takes::Size, Kind::Number) => alone && (value.parse::<f64>().is_err() || is_zero()),
            (Takes::Size, kind) => alone && kind != Kind::Colour,
            _ => false,
        }
    }

    /// Whether a child's attribute that is equal to its parent's is redundant.
    ///
    /// It is not for values that are relative to the element's own font or its parent's.
    pub(super) fn repeats(&self, value: &str) -> bool {
        let lower = value.to_ascii_lowercase();
        self.inherited
            && !matches!(lower.as_str(), "larger" | "smaller" | "bolder" | "lighter")
            && !lower.contains("calc(")
            && !parts(&lower).iter().any(is_relative)
    }
}

fn is_relative(part: &Part) -> bool {
    const ABSOLUTE: &[&str] = &["", "px", "pt", "pc", "mm", "cm", "in", "q"];
    let unit = part
        .text
        .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '+' | '-'));
    part.kind == Kind::Number && !ABSOLUTE.contains(&unit)
}
