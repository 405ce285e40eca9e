//! Front matter of other programs as the YAML that a document has: TOML turned, properties of Logseq
//! taken from the text, days written as `YYYY-MM-DD`.
//!
//! Unknown keys stay, for templates. Not here: reading the values (`model::front_matter`).

use std::fmt::Write as _;

use serde_json::Value;

use crate::model::front_matter::{self, Split, Syntax};

use super::habits::Habits;
use super::left::Left;

/// A file's metadata, and the text after it.
#[derive(Debug)]
pub(super) struct Front<'a> {
    /// Lines of YAML, without fences.
    pub(super) yaml: String,
    pub(super) body: &'a str,
    /// The line of the file where the body begins, from 1.
    pub(super) line: usize,
}

/// Splits a file's text. `left` gets what cannot be turned.
pub(super) fn read<'a>(
    path: &str,
    text: &'a str,
    habits: &Habits,
    left: &mut Vec<Left>,
) -> Front<'a> {
    let split = front_matter::split(text);
    let (yaml, start) = turned(path, text, &split, left);
    let (properties, length) = if habits.is_logseq {
        properties(&text[start..])
    } else {
        (String::new(), 0)
    };
    let start = start + length;
    Front {
        yaml: yaml + &properties,
        body: &text[start..],
        line: text[..start].matches('\n').count() + 1,
    }
}

/// The block as YAML, and where the body begins.
fn turned(path: &str, text: &str, split: &Split, left: &mut Vec<Left>) -> (String, usize) {
    let Some(block) = &split.block else {
        return of_json(path, text, left);
    };
    let inner = &text[block.inner.clone()];
    if block.syntax == Syntax::Yaml {
        let ambiguous = |line: &str| {
            let why = "a day that can be read in two ways";
            left.push(Left::new(path, None, why, line.trim()));
        };
        return (with_days(inner, ambiguous), split.body);
    }
    match toml::from_str::<toml::Table>(inner) {
        Ok(table) => (yaml_of(table), split.body),
        Err(error) => {
            left.push(Left::new(
                path,
                None,
                "front matter that is not valid TOML",
                error.message(),
            ));
            (String::new(), split.body)
        }
    }
}

/// An object at the beginning of a text, as Hugo has it.
fn of_json(path: &str, text: &str, left: &mut Vec<Left>) -> (String, usize) {
    if !text.starts_with('{') {
        return (String::new(), 0);
    }
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<toml::Table>();
    match values.next() {
        Some(Ok(table)) if !table.is_empty() => (yaml_of(table), values.byte_offset()),
        Some(Err(error))
            if text
                .lines()
                .next()
                .is_some_and(|line| line.trim_end() == "{") =>
        {
            let why = "front matter that is not valid JSON";
            left.push(Left::new(path, Some(error.line()), why, error.to_string()));
            (String::new(), 0)
        }
        _ => (String::new(), 0),
    }
}

/// YAML in which values that are days are written as docsite writes them.
fn with_days(yaml: &str, mut ambiguous: impl FnMut(&str)) -> String {
    let mut out = String::new();
    for line in yaml.split_inclusive('\n') {
        let day = line
            .split_once(':')
            .filter(|(key, _)| !key.starts_with([' ', '\t', '#']) && front_matter::is_day(key));
        let written = day.map(|(key, value)| (key, value.trim().trim_matches(['"', '\''])));
        match written.filter(|(_, value)| !value.is_empty()) {
            None => out.push_str(line),
            Some((key, value)) => match front_matter::day(value) {
                Ok(day) | Err(Some(day)) => out.push_str(&format!("{key}: {day}\n")),
                Err(None) => {
                    if value.starts_with(|c: char| c.is_ascii_digit()) {
                        ambiguous(line);
                    }
                    out.push_str(line);
                }
            },
        }
    }
    out
}

/// TOML as lines of YAML: values in the form that JSON shares with YAML. Hugo's and Zola's tables of
/// terms come out of their tables.
fn yaml_of(table: toml::Table) -> String {
    let mut out = String::new();
    for (key, value) in table {
        match (key.as_str(), value) {
            ("taxonomies" | "extra", toml::Value::Table(inner)) => out.push_str(&yaml_of(inner)),
            (_, toml::Value::Datetime(day)) => {
                let text = day.to_string();
                let day = if front_matter::is_day(&key) {
                    front_matter::day(&text).ok()
                } else {
                    None
                };
                let _ = writeln!(out, "{key}: {}", day.unwrap_or(text));
            }
            (_, value) => {
                let text = value.as_str().filter(|_| front_matter::is_day(&key));
                match text.and_then(|text| front_matter::day(text).ok()) {
                    Some(day) => _ = writeln!(out, "{key}: {day}"),
                    None => _ = writeln!(out, "{key}: {}", json(value)),
                }
            }
        }
    }
    out
}

fn json(value: toml::Value) -> Value {
    match value {
        toml::Value::Datetime(time) => Value::from(time.to_string()),
        toml::Value::Array(items) => items.into_iter().map(json).collect(),
        toml::Value::Table(table) => table
            .into_iter()
            .map(|(key, value)| (key, json(value)))
            .collect(),
        toml::Value::String(text) => Value::from(text),
        toml::Value::Integer(number) => Value::from(number),
        toml::Value::Float(number) => Value::from(number),
        toml::Value::Boolean(yes) => Value::from(yes),
    }
}

/// `key:: value` at the beginning of a text as YAML, and its length.
fn properties(text: &str) -> (String, usize) {
    let (mut yaml, mut length) = (String::new(), 0);
    for line in text.split_inclusive('\n') {
        let shown = line.trim().strip_prefix("- ").unwrap_or(line.trim());
        let Some((key, value)) = property(shown) else {
            break;
        };
        length += line.len();
        let key = match key {
            "alias" => "aliases",
            "tag" => "tags",
            key => key,
        };
        let plain = value.replace(['[', ']', '#'], "");
        let value = if matches!(key, "tags" | "aliases") {
            plain
                .split(',')
                .map(str::trim)
                .filter(|item| !item.is_empty())
                .map(Value::from)
                .collect()
        } else {
            Value::from(plain.trim())
        };
        match front_matter::day(plain.trim()) {
            Ok(day) if front_matter::is_day(key) => _ = writeln!(yaml, "{key}: {day}"),
            _ => _ = writeln!(yaml, "{key}: {value}"),
        }
    }
    (yaml, length)
}

/// A property of Logseq: its key and its value.
pub(super) fn property(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once("::")?;
    let is_key = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let is_property =
        !key.is_empty() && key.chars().all(is_key) && (value.is_empty() || value.starts_with(' '));
    is_property.then(|| (key, value.trim()))
}
