//! Which values the style properties accept, and which attributes repeat an inherited value.
//!
//! Not here: which properties are allowed (`svg_names`), shorthands (`shorthand.rs`) and the
//! cascade (`cascade.rs`).

use super::parts::{Kind, Part, all};
use crate::svg_names::{Property, Takes};

/// The colour of a property that is not set.
pub(super) fn initial_colour(name: &str) -> Option<Vec<Part>> {
    let initial = match name {
        "fill" | "stop-color" | "flood-color" => Part::new(Kind::Colour, "black"),
        "stroke" => Part::word("none"),
        "lighting-color" => Part::new(Kind::Colour, "white"),
        _ => return None,
    };
    Some(vec![initial])
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

    /// Whether a child's attribute that is equal to its parent's is redundant.
    ///
    /// It is not for values that are relative to the element's own font or its parent's.
    pub(super) fn repeats(&self, value: &[Part]) -> bool {
        let relative = ["larger", "smaller", "bolder", "lighter"];
        self.inherited
            && !relative.iter().any(|word| is_word(value, word))
            && !all(value).iter().any(|part| is_relative(part))
    }
}

/// Whether a value depends on a custom property.
pub(super) fn has_var(value: &[Part]) -> bool {
    all(value).iter().any(|part| part.kind == Kind::Var)
}

fn is_relative(part: &Part) -> bool {
    const ABSOLUTE: &[&str] = &["", "px", "pt", "pc", "mm", "cm", "in", "q"];
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | '+' | '-');
    match (part.kind, part.text(), part.called()) {
        (Kind::Number, Some(text), _) => {
            let unit = text.trim_start_matches(is_number).to_ascii_lowercase();
            !ABSOLUTE.contains(&unit.as_str())
        }
        (_, _, Some((name, _))) => name.eq_ignore_ascii_case("calc"),
        _ => false,
    }
}
