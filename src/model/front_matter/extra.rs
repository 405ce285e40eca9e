//! Values of unknown keys, typed by their syntax, for templates.
//!
//! Not here: keys that docsite knows; their values are texts as written (`value`).

use std::fmt;
use std::ops::Range;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::syntax::Syntax;

/// The values of these parts of a text, and the first part that is invalid.
pub(super) fn read(
    text: &str,
    parts: &[Range<usize>],
    syntax: Syntax,
) -> (Map<String, Value>, Option<Range<usize>>) {
    let all: Vec<&str> = parts.iter().map(|part| &text[part.clone()]).collect();
    if let Some(values) = values(&all.join("\n"), syntax) {
        return (values, None);
    }
    let mut map = Map::new();
    let mut wrong = None;
    for part in parts {
        match values(&text[part.clone()], syntax) {
            Some(values) => map.extend(values),
            None => wrong = wrong.or_else(|| Some(part.clone())),
        }
    }
    // Each is sound, but not all of them together.
    (map, wrong.or_else(|| parts.first().cloned()))
}

fn values(text: &str, syntax: Syntax) -> Option<Map<String, Value>> {
    if text.trim().is_empty() {
        return Some(Map::new());
    }
    match syntax {
        Syntax::Yaml => {
            let entries: Entries = serde_saphyr::from_str(text).ok()?;
            Some(entries.0)
        }
        Syntax::Toml => {
            let table: toml::Table = toml::from_str(text).ok()?;
            let values = table.into_iter();
            Some(values.map(|(key, value)| (key, json(value))).collect())
        }
    }
}

fn json(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => Value::from(number),
        toml::Value::Float(number) => Value::from(number),
        toml::Value::Boolean(flag) => Value::Bool(flag),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(items) => Value::Array(items.into_iter().map(json).collect()),
        toml::Value::Table(table) => {
            let values = table.into_iter();
            Value::Object(values.map(|(key, value)| (key, json(value))).collect())
        }
    }
}

/// Keys in their order; a key that is not a string becomes its source text.
struct Entries(Map<String, Value>);

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Keys;
        impl<'de> Visitor<'de> for Keys {
            type Value = Entries;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("keys and values")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries, A::Error> {
                let mut entries = Map::new();
                while let Some((key, value)) = map.next_entry::<String, Value>()? {
                    entries.insert(key, value);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(Keys)
    }
}
