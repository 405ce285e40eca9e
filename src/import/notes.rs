//! The notes of other tools: their kinds and titles, as the first line of an alert.
//!
//! Not here: where a note ends (`blocks`).

use super::attributes;
use super::tags::Tag;

/// Kinds of notes, and the alert that each becomes.
const KINDS: [(&str, &str); 31] = [
    ("note", "NOTE"),
    ("info", "NOTE"),
    ("abstract", "NOTE"),
    ("summary", "NOTE"),
    ("tldr", "NOTE"),
    ("example", "NOTE"),
    ("quote", "NOTE"),
    ("cite", "NOTE"),
    ("question", "NOTE"),
    ("faq", "NOTE"),
    ("help", "NOTE"),
    ("todo", "NOTE"),
    ("seealso", "NOTE"),
    ("details", "NOTE"),
    ("spoiler", "NOTE"),
    ("expand", "NOTE"),
    ("tip", "TIP"),
    ("hint", "TIP"),
    ("success", "TIP"),
    ("check", "TIP"),
    ("done", "TIP"),
    ("important", "IMPORTANT"),
    ("warning", "WARNING"),
    ("warn", "WARNING"),
    ("attention", "WARNING"),
    ("caution", "CAUTION"),
    ("danger", "CAUTION"),
    ("error", "CAUTION"),
    ("failure", "CAUTION"),
    ("bug", "CAUTION"),
    ("critical", "CAUTION"),
];
/// Kinds whose alert says what they are; the others get their name as a title.
const PLAIN: [&str; 12] = [
    "note",
    "info",
    "tip",
    "hint",
    "important",
    "warning",
    "warn",
    "attention",
    "caution",
    "danger",
    "error",
    "details",
];
/// Shortcodes and components whose attribute says the kind.
const HOLDERS: [&str; 8] = [
    "notice",
    "alert",
    "callout",
    "hint",
    "admonition",
    "aside",
    "panel",
    "block",
];

/// A note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Note {
    kind: &'static str,
    /// May be empty.
    title: String,
}

impl Note {
    fn new(word: &str, title: &str) -> Option<Self> {
        let word = word.to_lowercase();
        let (name, kind) = KINDS.iter().find(|(name, _)| *name == word)?;
        let title = title.trim();
        let title = if title.is_empty() && !PLAIN.contains(name) {
            crate::markdown::alert::custom_title(name)
        } else {
            title.to_owned()
        };
        Some(Self { kind, title })
    }

    pub(super) fn first_line(&self) -> String {
        format!("> [!{}] {}", self.kind, self.title)
            .trim_end()
            .to_owned()
    }
}

/// `tip Title`, `tip[Title]`, `tip{title="Title"}` after `:::`.
pub(super) fn of_container(words: &str) -> Option<Note> {
    let end = words
        .find(|c: char| !c.is_alphanumeric())
        .unwrap_or(words.len());
    let (word, rest) = words.split_at(end);
    let rest = rest.trim();
    let inside = rest.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    let title = match (inside, rest.strip_prefix('{')) {
        (Some((title, _)), _) => title.to_owned(),
        (None, Some(rest)) => {
            let found = attributes::read(rest.trim_end_matches('}'));
            attributes::get(&found, &["title", "label"])
                .unwrap_or_default()
                .to_owned()
        }
        (None, None) => rest.split(" {").next().unwrap_or(rest).to_owned(),
    };
    Note::new(word, &title)
}

/// ` note "Title"` after `!!!` or `???`: `MkDocs` makes a note of any word.
pub(super) fn of_admonition(rest: &str) -> Option<Note> {
    let rest = rest.strip_prefix('+').unwrap_or(rest);
    let rest = rest.strip_prefix(' ')?.trim();
    let end = rest
        .find(|c: char| !c.is_alphanumeric() && !"-_".contains(c))
        .unwrap_or(rest.len());
    let (word, rest) = rest.split_at(end);
    let title = rest
        .find('"')
        .map(|at| rest[at + 1..].trim_end().trim_end_matches('"'));
    if !word.is_ascii() || word.is_empty() || !(rest.is_empty() || rest.starts_with(' ')) {
        return None;
    }
    Note::new(word, title.unwrap_or_default()).or_else(|| {
        let word = crate::markdown::alert::custom_title(word);
        Note::new("note", title.unwrap_or(&word))
    })
}

/// ```` ```{note} Title ````, ```` ```admonish warning title="x" ````.
pub(super) fn of_fence(line: &str) -> Option<Note> {
    let info = line.trim_start_matches(['`', '~']);
    if info.len() + 3 > line.len() {
        return None;
    }
    if let Some(rest) = info.trim().strip_prefix('{') {
        let (word, title) = rest.split_once('}')?;
        return Note::new(word, title);
    }
    let rest = info.trim().strip_prefix("admonish")?;
    let found = attributes::read(rest);
    let word = found
        .iter()
        .find(|(name, _)| name.is_empty())
        .map_or("note", |(_, value)| value);
    Note::new(
        word,
        attributes::get(&found, &["title"]).unwrap_or_default(),
    )
}

/// `> **Note**` and `> **Note:**` alone in a line, as GitHub had it before.
pub(super) fn of_quote(line: &str) -> Option<Note> {
    let bold = line
        .strip_prefix('>')?
        .trim()
        .strip_prefix("**")?
        .strip_suffix("**")?;
    let word = bold.trim_end_matches(':').trim();
    PLAIN
        .contains(&word.to_lowercase().as_str())
        .then(|| Note::new(word, ""))?
}

/// `{{< note "Title" >}}`, `{% hint style="info" %}`, `<Aside type="tip">`.
pub(super) fn of_tag(tag: &Tag) -> Option<Note> {
    let found = attributes::read(&tag.attributes);
    let name = tag.name.to_lowercase();
    let said = attributes::get(
        &found,
        &[
            "type", "style", "kind", "color", "class", "level", "context",
        ],
    );
    let mut plain = found
        .iter()
        .filter(|(name, _)| name.is_empty())
        .map(|(_, value)| value.as_str());
    let title = attributes::get(&found, &["title", "label", "summary", "header"]);
    if HOLDERS.contains(&name.as_str()) && (said.is_some() || !found.is_empty() || name != "hint") {
        let word = said.or_else(|| plain.next()).unwrap_or("note");
        let title = title.or_else(|| plain.next()).unwrap_or_default();
        return Note::new(word, title).or_else(|| Note::new("note", title));
    }
    Note::new(&name, title.or_else(|| plain.next()).unwrap_or_default())
}

/// The title of `=== "Tab"`.
pub(super) fn tab(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("===")?;
    let rest = rest.strip_prefix(['+', '!']).unwrap_or(rest).trim_start();
    rest.strip_prefix('"')?.strip_suffix('"')
}
