//! Which values the style properties accept.
//!
//! Not here: which properties are allowed (`svg_names`), shorthands (`shorthand.rs`) and the
//! cascade (`cascade.rs`).

use super::parts::{Kind, Part, Style, all};
use crate::svg_names::{Property, Takes};

/// The colour of a property that is not set.
pub(super) fn initial_colour(name: &str) -> Option<Style> {
    let initial = match name {
        "fill" | "stop-color" | "flood-color" => Part::new(Kind::Colour, "black"),
        "stroke" => Part::word("none"),
        "lighting-color" => Part::new(Kind::Colour, "white"),
        _ => return None,
    };
    Some([initial].into())
}

/// Whether a value is allowed for every property, such as `inherit`.
pub(super) fn is_wide(value: &[Part]) -> bool {
    let wide = ["inherit", "initial", "unset", "revert", "revert-layer"];
    wide.iter().any(|wide| is_word(value, wide))
}

/// Whether a value is this word, in any case.
pub(super) fn is_word(value: &[Part], word: &str) -> bool {
    match value {
        [part] => part
            .text()
            .is_some_and(|own| own.eq_ignore_ascii_case(word)),
        _ => false,
    }
}

impl Property {
    /// Whether a declaration with that value counts; browsers skip others.
    pub(super) fn accepts(&self, value: &[Part]) -> bool {
        if is_wide(value) || has_var(value) {
            return true;
        }
        let Some(first) = value.first() else {
            return false;
        };
        let alone = value.len() == 1;
        match (self.takes, first.kind) {
            (Takes::Any, _) => true,
            (Takes::Colour | Takes::Paint, Kind::Colour) => alone,
            (Takes::Paint, Kind::Reference) => value.len() <= 3,
            (Takes::Paint, Kind::Other) => {
                let words = ["none", "context-fill", "context-stroke"];
                words.iter().any(|word| is_word(value, word))
            }
            (Takes::Number, kind) => alone && matches!(kind, Kind::Number | Kind::Call),
            (Takes::Size, Kind::Number) => {
                let plain = first.text().and_then(|text| text.parse::<f64>().ok());
                alone && plain.is_none_or(|number| number == 0.0)
            }
            (Takes::Size, kind) => alone && kind != Kind::Colour,
            _ => false,
        }
    }
}

/// Whether a value depends on a custom property.
pub(super) fn has_var(value: &[Part]) -> bool {
    all(value).iter().any(|part| part.kind == Kind::Var)
}
