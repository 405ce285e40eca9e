//! What both the program and the scripts of the pages know, in one table that the build writes at
//! the head of `assets/docsite.js`: scripts read it as `docsite.shared`.
//!
//! Rules that are code on both sides are not here but held by cases that both run:
//! `tests/filter/cases.json`, `tests/scripts/names.json`.

use serde::Serialize;

use crate::layout;

use super::data::{DEPRECATED, ORPHAN, VIZ};
use super::tabs::{TABS, Tab};
use super::views::{TOPIC_CLASS, VERSION_DIGITS};
use super::words::Words;

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Shared {
    views: &'static [Tab],
    marks: Marks,
    words: Labels,
    forces: Forces,
    radius: Radius,
    version_digits: usize,
    topic_class: &'static str,
}

/// The bits of a document's marks in `data/documents`.
#[derive(Debug, Serialize)]
struct Marks {
    viz: u8,
    deprecated: u8,
    orphan: u8,
}

/// The words on the marks of a row.
#[derive(Debug, Serialize)]
struct Labels {
    viz: &'static str,
    deprecated: &'static str,
}

/// The forces that placed the documents: the neighbours of a document that is dragged follow it by
/// the same ones.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Forces {
    distance: f32,
    charge: f32,
    /// Nearer nodes repel as if they were at this distance.
    distance_min: f32,
    x: f32,
    y: f32,
    velocity_decay: f32,
}

/// A node's radius: `least`, and `growth` times the root of how many documents link to it, but no
/// more than `most`.
#[derive(Debug, Serialize)]
struct Radius {
    least: f32,
    growth: f32,
    most: f32,
}

/// The table as a statement of JavaScript.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn script(words: &Words) -> serde_json::Result<String> {
    let table = serde_json::to_string(&Shared {
        views: &TABS,
        marks: Marks {
            viz: VIZ,
            deprecated: DEPRECATED,
            orphan: ORPHAN,
        },
        words: Labels {
            viz: words.viz,
            deprecated: words.deprecated,
        },
        forces: Forces {
            distance: layout::LINK_LENGTH,
            charge: layout::CHARGE,
            distance_min: layout::NEAREST,
            x: layout::PULL_X,
            y: layout::PULL_Y,
            velocity_decay: 1.0 - layout::VELOCITY_KEPT,
        },
        radius: Radius {
            least: layout::RADIUS_MIN,
            growth: layout::RADIUS_GROWTH,
            most: layout::RADIUS_MAX,
        },
        version_digits: VERSION_DIGITS,
        topic_class: TOPIC_CLASS,
    })?;
    Ok(format!("window.docsite = {{ shared: {table} }};\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TYPES: &str = include_str!("../../tests/scripts/docsite.d.ts");

    fn keys(value: &serde_json::Value, found: &mut Vec<String>) {
        for (key, value) in value.as_object().into_iter().flatten() {
            found.push(key.clone());
            keys(value, found);
        }
    }

    #[test]
    fn the_types_of_the_scripts_have_every_key() {
        for words in [&super::super::words::KO, &super::super::words::EN] {
            let script = script(words).expect("JSON");
            let json = script
                .trim_start_matches("window.docsite = { shared: ")
                .trim_end_matches(" };\n");
            let mut found = Vec::new();
            keys(&serde_json::from_str(json).expect("JSON"), &mut found);
            assert!(found.len() > 10);
            for key in found {
                assert!(TYPES.contains(&format!("{key}: ")), "{key}");
            }
        }
    }
}
