//! The keys that docsite reads, their names in other programs, and the words for true and false.
//!
//! Not here: which values a key accepts (`mod`).

use super::syntax::Syntax;
use crate::diagnostic::nearest;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each is its own name")]
pub(super) enum Key {
    Title,
    Description,
    Deprecated,
    SupersededBy,
    Draft,
    Tags,
    Date,
    Updated,
    Aliases,
    Lang,
}

/// Each key, its name, and its names in other programs.
const NAMES: [(Key, &str, &[&str]); 10] = [
    (Key::Title, "title", &[]),
    (Key::Description, "description", &["summary"]),
    (Key::Deprecated, "deprecated", &[]),
    (
        Key::SupersededBy,
        "superseded_by",
        &["superseded", "supersededby"],
    ),
    (Key::Draft, "draft", &[]),
    (Key::Tags, "tags", &["tag"]),
    (
        Key::Date,
        "date",
        &["created", "date_created", "created_at"],
    ),
    (
        Key::Updated,
        "updated",
        &[
            "lastmod",
            "modified",
            "date_modified",
            "last_modified",
            "last_modified_at",
            "updated_at",
        ],
    ),
    (Key::Aliases, "aliases", &["alias"]),
    (Key::Lang, "lang", &[]),
];
/// An unknown key is a typing error if its similarity to a known one is at least this.
const LIKENESS: f64 = 0.8;
const NO: [&str; 12] = [
    "false",
    "no",
    "off",
    "n",
    "f",
    "0",
    "never",
    "~",
    "null",
    "아니오",
    "아니요",
    "아님",
];
const YES: [&str; 8] = ["true", "yes", "on", "y", "t", "1", "예", "네"];

impl Key {
    /// The canonical name.
    pub(super) fn name(self) -> &'static str {
        let found = NAMES.iter().find(|(key, ..)| *key == self);
        found.map_or("", |(_, name, _)| name)
    }
}

/// The key with this name, in any case.
pub(super) fn known(name: &str) -> Option<Key> {
    let plain = plain(name);
    let own = NAMES.iter().find(|(_, own, _)| *own == plain);
    own.map(|(key, ..)| *key)
}

/// The key for another program's name.
pub(super) fn known_elsewhere(name: &str) -> Option<Key> {
    let plain = plain(name);
    let found = NAMES
        .iter()
        .find(|(_, _, others)| others.contains(&plain.as_str()));
    found.map(|(key, ..)| *key)
}

/// Whether a key, in docsite or elsewhere, has a day as its value.
pub fn is_day(name: &str) -> bool {
    let key = known(name).or_else(|| known_elsewhere(name));
    matches!(key, Some(Key::Date | Key::Updated))
}

/// The known key that a name was probably meant to be.
pub(super) fn meant(name: &str) -> Option<&'static str> {
    let plain = plain(name);
    let near = nearest(&plain, NAMES.iter().map(|(_, own, _)| *own))?;
    (strsim::normalized_damerau_levenshtein(&plain, near) >= LIKENESS).then_some(near)
}

fn plain(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '-'], "_")
}

/// Whether a value means false, in any spelling.
pub(super) fn says_no(value: &str) -> bool {
    NO.contains(&bare(value).as_str())
}

/// Whether a value is YAML's null.
pub(super) fn is_null(value: &str) -> bool {
    matches!(bare(value).as_str(), "~" | "null")
}

/// Whether a value means true, in any spelling.
pub(super) fn says_yes(value: &str) -> bool {
    YES.contains(&bare(value).as_str())
}

/// A value without its comment and quotes, in lower case.
fn bare(value: &str) -> String {
    let value = value.split(" #").next().unwrap_or(value);
    value
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '.' | '“' | '”'))
        .to_lowercase()
}

/// A line `key: value`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line<'a> {
    /// Without its quotes.
    pub(super) key: &'a str,
    pub(super) value: &'a str,
    /// Whether the separator is correct in the block's syntax.
    pub(super) is_sound: bool,
}

/// Reads a line without its indentation. After a known key the separator may be a colon without a
/// space, or a full-width one.
pub(super) fn of_line(line: &str, syntax: Syntax) -> Option<Line<'_>> {
    if line.starts_with([
        '#', '-', '[', '{', '?', '|', '>', '%', '@', '`', '&', '*', '!',
    ]) {
        return None;
    }
    let (key, rest) = match line.chars().next()? {
        quote @ ('"' | '\'') => line[1..].split_once(quote)?,
        _ => line.split_at(key_end(line, syntax)?),
    };
    let rest = rest.trim_start();
    let exact = rest.strip_prefix(syntax.separator());
    let value = exact.or(rest.strip_prefix('：'))?;
    let is_spaced = value.is_empty() || value.starts_with(char::is_whitespace);
    let is_sound = exact.is_some() && (is_spaced || syntax == Syntax::Toml);
    let key = key.trim();
    let is_key = !key.is_empty() && (is_sound || known(key).is_some());
    is_key.then_some(Line {
        key,
        value,
        is_sound,
    })
}

/// Where an unquoted key ends. In YAML an unknown key ends only at a colon before a space.
fn key_end(line: &str, syntax: Syntax) -> Option<usize> {
    let first = line.find([syntax.separator(), '：'])?;
    if syntax == Syntax::Toml || known(&line[..first]).is_some() {
        return Some(first);
    }
    let mut colons = line.match_indices(':').map(|(at, _)| at);
    colons.find(|at| {
        let after = line[at + 1..].chars().next();
        after.is_none_or(char::is_whitespace)
    })
}
