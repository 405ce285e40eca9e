//! The optional YAML block at a document's top.
//!
//! Not here: what follows from it (title, deprecation of a page): see `document`.

use std::fmt;
use std::ops::Range;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};
use serde_saphyr::{Location, Spanned};
use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::Position;
use crate::name::Basename;

/// Keys that docsite knows; others are kept for templates.
pub const KEYS: [&str; 9] = [
    "title",
    "description",
    "deprecated",
    "superseded_by",
    "draft",
    "tags",
    "date",
    "updated",
    "aliases",
];

/// What a document says of itself before it begins.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct FrontMatter {
    /// Instead of the first heading.
    pub title: Option<String>,
    /// Instead of the first paragraph.
    pub description: Option<String>,
    /// `deprecated: true` gives an empty reason.
    pub deprecated: Option<String>,
    /// The document to read instead.
    pub superseded_by: Option<Basename>,
    /// Not to be published yet.
    pub draft: bool,
    /// As written.
    pub tags: Vec<String>,
    /// `YYYY-MM-DD`.
    pub date: Option<String>,
    /// `YYYY-MM-DD`.
    pub updated: Option<String>,
    /// Names that the document had before.
    pub aliases: Vec<String>,
    /// Keys that docsite does not know, in their order.
    pub extra: Map<String, Value>,
}

/// A problem in the block: where in the document, and what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// In the whole document.
    pub position: Position,
    /// In one line.
    pub message: String,
}

/// Where the block stands in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// Bytes of the YAML, without its fences; none where there is no block.
    pub yaml: Option<Range<usize>>,
    /// Where the body begins.
    pub body: usize,
    /// A first line `---` that no later one closes, though what follows looks like YAML.
    pub unclosed: bool,
}

/// Finds the block: a first line `---` up to the next line `---` or `...`.
pub fn split(text: &str) -> Split {
    let none = |unclosed| Split {
        yaml: None,
        body: 0,
        unclosed,
    };
    let Some(start) = text.strip_prefix("---").and_then(|rest| {
        let line = rest.split('\n').next()?;
        (line.trim().is_empty() && line.len() < rest.len()).then_some(3 + line.len() + 1)
    }) else {
        return none(false);
    };
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        let end = at + line.len();
        if matches!(line.trim_end(), "---" | "...") {
            let yaml = &text[start..at];
            // A rule, prose, and another rule: no front matter.
            if !looks_like_yaml(yaml) && !yaml.trim().is_empty() {
                return none(false);
            }
            return Split {
                yaml: Some(start..at),
                body: end,
                unclosed: false,
            };
        }
        at = end;
    }
    none(looks_like_yaml(&text[start..]))
}

/// Whether the first line that says something is a key, a comment, a directive or a list, rather
/// than prose after a rule.
fn looks_like_yaml(text: &str) -> bool {
    let Some(line) = text.lines().next().map(str::trim) else {
        return false;
    };
    line.starts_with(['#', '%', '-', '[', '{', '!', '&', '"'])
        || line.contains(':')
        || line.parse::<f64>().is_ok()
        || line == "null"
        || line == "~"
}

/// Reads the YAML that `split` found; `text` is the whole document.
///
/// # Errors
/// The first thing that is wrong, with its place in the document.
pub fn parse(text: &str, yaml: Range<usize>) -> Result<FrontMatter, Problem> {
    let first_line = text[..yaml.start].matches('\n').count();
    let yaml = &text[yaml];
    if yaml.trim().is_empty() {
        return Ok(FrontMatter::default());
    }
    let entries: Entries = serde_saphyr::from_str(yaml).map_err(|error| Problem {
        position: place(first_line, error.location()),
        message: first_sentence(&error.without_snippet().to_string()),
    })?;
    let mut front = FrontMatter::default();
    for (key, value) in entries.0 {
        let position = place(first_line, Some(value.referenced));
        front
            .set(&key, value.value)
            .map_err(|message| Problem { position, message })?;
    }
    // Whoever names a successor need not say twice that the document is out of use.
    if front.superseded_by.is_some() {
        front.deprecated.get_or_insert_default();
    }
    Ok(front)
}

/// A place of the YAML in the document that it begins.
fn place(first_line: usize, at: Option<Location>) -> Position {
    let number = |of: fn(&Location) -> u64| {
        let number = at.as_ref().map_or(1, of);
        usize::try_from(number).unwrap_or(usize::MAX).max(1)
    };
    Position {
        line: first_line.saturating_add(number(Location::line)),
        column: number(Location::column),
    }
}

/// An error of the YAML reader in one line, without its excerpt.
fn first_sentence(message: &str) -> String {
    let line = message.lines().next().unwrap_or("not valid YAML");
    let mut line: String = line.chars().take(200).collect();
    line = line.trim_start_matches("error: ").to_owned();
    line
}

impl FrontMatter {
    /// The basenames that the document had before: its aliases without their endings, in NFC.
    pub fn old_names(&self) -> impl Iterator<Item = String> {
        self.aliases.iter().map(|alias| {
            let stem = alias.strip_suffix(".html").or(alias.strip_suffix(".md"));
            stem.unwrap_or(alias).nfc().collect()
        })
    }
}

impl FrontMatter {
    fn set(&mut self, key: &str, value: Value) -> Result<(), String> {
        match key {
            "title" => self.title = text(key, value)?,
            "description" => self.description = text(key, value)?,
            "deprecated" => self.deprecated = reason(value)?,
            "superseded_by" => self.superseded_by = successor(value)?,
            "draft" => self.draft = flag(key, &value)?,
            "tags" => self.tags = texts(key, value)?,
            "date" => self.date = date(key, value)?,
            "updated" => self.updated = date(key, value)?,
            "aliases" => self.aliases = texts(key, value)?,
            _ => {
                self.extra.insert(key.to_owned(), value);
            }
        }
        Ok(())
    }
}

fn text(key: &str, value: Value) -> Result<Option<String>, String> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(one_line(&text)).filter(|text| !text.is_empty())),
        Value::Number(number) => Ok(Some(number.to_string())),
        Value::Bool(flag) => Ok(Some(flag.to_string())),
        Value::Array(_) | Value::Object(_) => Err(format!("`{key}` must be a text")),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn reason(value: Value) -> Result<Option<String>, String> {
    match value {
        Value::Null | Value::Bool(false) => Ok(None),
        Value::Bool(true) => Ok(Some(String::new())),
        Value::String(why) => Ok(Some(one_line(&why))),
        _ => Err("`deprecated` must be true, false or a reason".to_owned()),
    }
}

fn successor(value: Value) -> Result<Option<Basename>, String> {
    let Some(name) = text("superseded_by", value)? else {
        return Ok(None);
    };
    let stem = name
        .strip_suffix(".md")
        .or_else(|| name.strip_suffix(".html"))
        .unwrap_or(&name);
    Basename::parse(stem)
        .map(Some)
        .map_err(|why| format!("`superseded_by: {}` {why}", name.escape_debug()))
}

fn flag(key: &str, value: &Value) -> Result<bool, String> {
    match value {
        Value::Null => Ok(false),
        Value::Bool(flag) => Ok(*flag),
        _ => Err(format!("`{key}` must be true or false")),
    }
}

fn texts(key: &str, value: Value) -> Result<Vec<String>, String> {
    match value {
        Value::Null => Ok(Vec::new()),
        Value::Array(items) => items
            .into_iter()
            .map(|item| text(key, item).map_err(|_| format!("`{key}` must be a list of texts")))
            .filter_map(Result::transpose)
            .collect(),
        one => Ok(text(key, one)?.into_iter().collect()),
    }
}

/// A day, also when a time of day follows it.
fn date(key: &str, value: Value) -> Result<Option<String>, String> {
    let Some(written) = text(key, value)? else {
        return Ok(None);
    };
    let day = written.split(['T', ' ']).next().unwrap_or_default();
    if is_day(day) {
        Ok(Some(day.to_owned()))
    } else {
        let shown: String = written.chars().take(40).collect();
        Err(format!(
            "`{key}: {}` is no day; write YYYY-MM-DD",
            shown.escape_debug()
        ))
    }
}

fn is_day(day: &str) -> bool {
    let parts: Vec<&str> = day.split('-').collect();
    let [year, month, date] = parts[..] else {
        return false;
    };
    let number = |text: &str, digits: usize| {
        (text.len() == digits && text.bytes().all(|b| b.is_ascii_digit()))
            .then(|| text.parse::<u32>().ok())
            .flatten()
    };
    let (Some(year), Some(month), Some(date)) =
        (number(year, 4), number(month, 2), number(date, 2))
    else {
        return false;
    };
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let last = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return false,
    };
    (1..=last).contains(&date)
}

/// The block's keys in their order, each value with its place.
struct Entries(Vec<(String, Spanned<Value>)>);

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Keys;
        impl<'de> Visitor<'de> for Keys {
            type Value = Entries;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("keys and values (`title: …`)")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries, A::Error> {
                let mut entries = Vec::new();
                while let Some(key) = map.next_key()? {
                    entries.push((key, map.next_value()?));
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(Keys)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<FrontMatter, Problem> {
        let split = split(text);
        parse(text, split.yaml.expect("a block"))
    }

    #[test]
    fn known_keys_are_read_and_the_rest_is_kept() {
        let front = read(
            "---\ntitle: 제목\ndeprecated: 새 문서로 옮김\nsuperseded_by: gw__note-b\ndraft: false\n\
             tags: [a, 1]\ndate: 2026-06-11\nowner:\n  team: net\n---\n본문\n",
        )
        .expect("valid");
        assert_eq!(front.title.as_deref(), Some("제목"));
        assert_eq!(front.deprecated.as_deref(), Some("새 문서로 옮김"));
        assert_eq!(front.superseded_by.expect("one").as_str(), "gw__note-b");
        assert_eq!(front.tags, ["a", "1"]);
        assert_eq!(front.date.as_deref(), Some("2026-06-11"));
        assert_eq!(front.extra["owner"]["team"], "net");
    }

    #[test]
    fn problems_have_their_place_in_the_document() {
        let at = |text: &str| {
            let problem = read(text).expect_err("a problem");
            (problem.position.line, problem.position.column)
        };
        assert_eq!(at("---\ntitle: ok\ndraft: maybe\n---\n"), (3, 8));
        assert_eq!(at("---\ntitle: [a]\n---\n"), (2, 8));
        assert_eq!(at("---\ndate: 2026-02-30\n---\n"), (2, 7));
        assert_eq!(at("---\ntitle: ok\na: \"open\n---\n").0, 3);
    }

    #[test]
    fn a_rule_is_no_front_matter() {
        assert_eq!(split("---\n\n본문\n").yaml, None);
        assert_eq!(split("---\n본문\n---\n").yaml, None);
        assert_eq!(split("본문\n---\n").yaml, None);
        assert!(split("---\ntitle: x\n\n# 본문\n").unclosed);
        assert_eq!(split("---\n---\n본문").body, 8);
    }
}
