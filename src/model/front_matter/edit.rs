//! Changes to a document's front matter that leave every other byte as it is.
//!
//! Not here: writing the file.

use std::ops::Range;

use super::block::{Block, split};
use super::entries::{self, Entry};
use super::keys::{self, Key};
use super::meta::FrontMatter;
use super::syntax::Syntax;
use super::value;
use crate::name::{self, Basename};

/// A change of what a document's front matter says.
#[derive(Debug, Clone, Copy)]
pub enum Change<'a> {
    /// `draft: true`, or no `draft`.
    Draft(bool),
    /// Out of date, with an optional reason.
    Deprecated(Option<&'a str>),
    /// The document to read instead.
    Successor(Option<&'a Basename>),
    /// The document to read instead has another name.
    SuccessorRenamed(&'a Basename, &'a Basename),
    /// Another title, where there is one.
    Title(&'a str),
    /// One more former name.
    Alias(&'a Basename),
    /// One former name less; without a front matter that says nothing else.
    NoAlias(&'a Basename),
}

impl Change<'_> {
    /// A file's text with this change. A form that cannot be edited may come out wrong: read it.
    pub fn apply(self, text: &str) -> String {
        match self {
            Self::Draft(true) => with(text, Key::Draft, "true"),
            Self::Draft(false) => edited(text, |text| {
                let (block, entry) = find(text, Key::Draft)?;
                // A comment that somebody wrote there stays.
                if text[entry.value.clone()].contains(" #") {
                    return Some(set(text, Key::Draft, "false"));
                }
                Some((whole(text, &block, &entry), String::new()))
            }),
            Self::Deprecated(None) => with(text, Key::Deprecated, "true"),
            Self::Deprecated(Some(reason)) => with(text, Key::Deprecated, &quoted(reason)),
            Self::Successor(Some(name)) => {
                let value = item_text(text, name.as_str());
                with(text, Key::SupersededBy, &value)
            }
            Self::Successor(None) => without(text, Key::SupersededBy),
            Self::SuccessorRenamed(from, to) => renamed(text, from.as_str(), to.as_str()),
            Self::Title(title) => edited(text, |text| {
                find(text, Key::Title)?;
                Some(set(text, Key::Title, &quoted(title)))
            }),
            Self::Alias(alias) => with_alias(text, alias.as_str()),
            Self::NoAlias(alias) => without_alias(text, alias.as_str()),
        }
    }

    /// What a front matter says after this change.
    pub fn expect(self, front: &mut FrontMatter) {
        match self {
            Self::Draft(draft) => front.draft = draft,
            Self::Deprecated(reason) => {
                front.deprecated = Some(reason.unwrap_or_default().to_owned());
            }
            Self::Successor(name) => {
                front.superseded_by = name.cloned();
                if name.is_some() {
                    front.deprecated.get_or_insert_default();
                } else if front.deprecated.as_deref() == Some("") {
                    // It followed from the successor, or is said besides.
                    front.deprecated = None;
                }
            }
            Self::SuccessorRenamed(_, to) => front.superseded_by = Some(to.clone()),
            Self::Title(title) => front.title = front.title.as_ref().map(|_| title.to_owned()),
            Self::Alias(alias) => front.aliases.push(alias.to_string()),
            Self::NoAlias(alias) => {
                let is_other = |name: &String| name != alias.as_str();
                let names: Vec<String> = front.old_names().collect();
                let mut kept = names.iter().map(is_other);
                front.aliases.retain(|_| kept.next().unwrap_or(true));
            }
        }
    }
}

fn renamed(text: &str, from: &str, to: &str) -> String {
    edited(text, |text| {
        let (_, entry) = find(text, Key::SupersededBy)?;
        let start = entry.value.start;
        let at = name::mentions(&text[entry.value], from).next()?;
        Some((start + at.start..start + at.end, to.to_owned()))
    })
}

fn with_alias(text: &str, alias: &str) -> String {
    edited(text, |text| match find(text, Key::Aliases) {
        Some((block, entry)) => Some(one_more(text, &block, &entry, alias)),
        None => {
            let list = format!("[{}]", item_text(text, alias));
            Some(set(text, Key::Aliases, &list))
        }
    })
}

fn without_alias(text: &str, alias: &str) -> String {
    edited(text, |text| {
        let (block, entry) = find(text, Key::Aliases)?;
        let start = entry.value.start;
        let value = &text[entry.value.clone()];
        let found = name::mentions(value, alias).next()?;
        let cut = match item(value, &found) {
            Some(span) => start + span.start..start + span.end,
            None if value.trim_start().starts_with('-') => start..start + value.trim_end().len(),
            None if value.trim_start().starts_with("[ ") => {
                let open = start + value.find('[').unwrap_or_default() + 1;
                open..start + value.rfind(']').unwrap_or(value.len())
            }
            None => whole(text, &block, &entry),
        };
        Some((cut, String::new()))
    })
}

fn with(text: &str, key: Key, value: &str) -> String {
    edited(text, |text| Some(set(text, key, value)))
}

fn without(text: &str, key: Key) -> String {
    edited(text, |text| {
        let (block, entry) = find(text, key)?;
        Some((whole(text, &block, &entry), String::new()))
    })
}

/// The text with a range replaced. A byte order mark stays in front.
fn edited(text: &str, edit: impl FnOnce(&str) -> Option<(Range<usize>, String)>) -> String {
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    let (mark, document) = text.split_at(mark);
    let mut changed = mark.to_owned();
    match edit(document) {
        Some((place, new)) => {
            changed.push_str(&document[..place.start]);
            changed.push_str(&new);
            changed.push_str(&document[place.end..]);
        }
        None => changed.push_str(document),
    }
    changed
}

fn line_end(text: &str) -> &'static str {
    match text.split_once('\n') {
        Some((first, _)) if first.ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

/// The block, and the entry of a key in it.
fn find(text: &str, key: Key) -> Option<(Block, Entry)> {
    let block = split(text).block?;
    let entries = entries::read(text, &block).keyed.into_iter();
    let entries: Vec<Entry> = entries.collect();
    let last = |named: fn(&str) -> Option<Key>| {
        let mut of_key = entries.iter().rev();
        of_key.find(|entry| named(&entry.key) == Some(key)).cloned()
    };
    let entry = last(keys::known).or_else(|| last(keys::known_elsewhere))?;
    Some((block, entry))
}

/// The bytes to replace so that a key has this value, and their replacement.
fn set(text: &str, key: Key, value: &str) -> (Range<usize>, String) {
    let end = line_end(text);
    match split(text).block {
        Some(block) => in_block(text, &block, key, value),
        None => {
            let line = Syntax::Yaml.line(key.name(), value);
            (0..0, format!("---{end}{line}{end}---{end}"))
        }
    }
}

fn in_block(text: &str, block: &Block, key: Key, new: &str) -> (Range<usize>, String) {
    if let Some((_, entry)) = find(text, key) {
        let value = &text[entry.value.clone()];
        let shown = value.trim_start();
        let start = entry.value.start + value.len() - shown.len();
        let space = if start == entry.value.start { " " } else { "" };
        return if shown.starts_with('#') {
            (entry.value.start..entry.value.start, format!(" {new}"))
        } else {
            let length = written_length(shown, block.syntax);
            (start..start + length, format!("{space}{new}"))
        };
    }
    let entries = entries::read(text, block).keyed;
    let indent = entries
        .first()
        .map_or("", |entry| &text[entry.whole.start..entry.key_at]);
    let line = block.syntax.line(key.name(), new);
    let at = block.inner.start;
    (at..at, format!("{indent}{line}{}", line_end(text)))
}

/// The length of a value without the comment behind it.
fn written_length(shown: &str, syntax: Syntax) -> usize {
    if shown.starts_with(['"', '\'']) {
        let end = value::quoted_end(shown, syntax);
        return end.unwrap_or(shown.trim_end().len());
    }
    if shown.trim_end().contains('\n') {
        return shown.trim_end().len();
    }
    shown.find(" #").unwrap_or(shown.trim_end().len())
}

/// An alias behind the others, as they are written.
fn one_more(text: &str, block: &Block, entry: &Entry, alias: &str) -> (Range<usize>, String) {
    let value = &text[entry.value.clone()];
    let shown = value.trim();
    let alias = item_text(text, alias);
    if keys::is_null(shown) {
        let start = entry.value.start + value.len() - value.trim_start().len();
        return (start..start + shown.len(), format!("[{alias}]"));
    }
    let at = entry.value.start;
    // On a line of its own, the item can go again and leave the key.
    if shown.is_empty() && block.syntax == Syntax::Yaml {
        let indent = &text[entry.whole.start..entry.key_at];
        return (at..at, format!("{}{indent}  - {alias}", line_end(text)));
    }
    if shown.is_empty() || shown.starts_with('#') {
        return (at..at, format!(" [{alias}]"));
    }
    if shown.starts_with('[') {
        let close = entry.value.start + value.rfind(']').unwrap_or(value.len());
        let inside = text[..close].trim_end();
        let item = match inside.chars().next_back() {
            // With spaces, so that the list stays when the item goes.
            Some('[') => format!(" {alias} "),
            Some(',') => format!(" {alias},"),
            _ => format!(", {alias}"),
        };
        return (inside.len()..inside.len(), item);
    }
    let end = entry.value.start + value.trim_end().len();
    let mut items = value
        .lines()
        .filter(|line| line.trim_start().starts_with('-'));
    if let Some(last) = items.next_back().filter(|_| block.syntax == Syntax::Yaml) {
        let indent = &last[..last.len() - last.trim_start().len()];
        return (end..end, format!("{}{indent}- {alias}", line_end(text)));
    }
    let start = end - shown.len();
    let end = start
        + shown[..written_length(shown, block.syntax)]
            .trim_end()
            .len();
    if shown.starts_with(['"', '\'']) {
        return (start..end, format!("[{}, {alias}]", &text[start..end]));
    }
    (end..end, format!(", {alias}"))
}

/// The bytes of one item of several in a list, with what separates it from the others; `None` if it
/// is the only one.
fn item(value: &str, found: &Range<usize>) -> Option<Range<usize>> {
    let is_lines = value.trim_start().starts_with('-');
    if is_lines {
        let items = value
            .lines()
            .filter(|line| line.trim_start().starts_with('-'));
        let before = value[..found.start].rfind('\n')?;
        let after = value[found.end..].find('\n');
        let after = after.map_or(value.len(), |at| found.end + at);
        // From the end of the line before to that of its own.
        let end_of = |at: usize| at - usize::from(value[..at].ends_with('\r'));
        return (items.count() > 1).then(|| end_of(before)..end_of(after));
    }
    let before = value[..found.start].rfind(['[', ',']);
    let after = value[found.end..].find([',', ']']);
    let after = after.map_or(value.len(), |at| found.end + at);
    let is_last = !value[after..].starts_with(',');
    match before {
        Some(before) if value[before..].starts_with(',') => {
            Some(before..value[..after].trim_end().len().max(found.end))
        }
        _ if is_last => None,
        before => {
            let rest = &value[after + 1..];
            let next = after + 1 + rest.len() - rest.trim_start().len();
            let start = before.map_or_else(
                || value.len() - value.trim_start().len(),
                |bracket| bracket + 1,
            );
            Some(start..next)
        }
    }
}

/// The lines of an entry; with their fences, where the block has nothing else.
fn whole(text: &str, block: &Block, entry: &Entry) -> Range<usize> {
    let line = entry.whole.start
        ..text[entry.whole.end..]
            .find('\n')
            .map_or(text.len(), |at| entry.whole.end + at + 1);
    let others = [block.inner.start..line.start, line.end..block.inner.end];
    if others
        .iter()
        .any(|other| !text[other.clone()].trim().is_empty())
    {
        return line;
    }
    0..split(text).body
}

/// A name as an item in the front matter of this text: TOML has quotes around every text.
fn item_text(text: &str, name: &str) -> String {
    match split(text).block.map(|block| block.syntax) {
        Some(Syntax::Toml) => quoted(name),
        _ => name.to_owned(),
    }
}

/// A text in quotes, which YAML, JSON and TOML read alike.
fn quoted(text: &str) -> String {
    let mut written = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => written.extend(['\\', c]),
            c if c.is_control() => written.push(' '),
            c => written.push(c),
        }
    }
    written.push('"');
    written
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::front_matter;

    #[test]
    fn a_document_becomes_a_draft_and_no_other_byte_changes() {
        for (before, after) in [
            ("# T\n", "---\ndraft: true\n---\n# T\n"),
            ("", "---\ndraft: true\n---\n"),
            ("# T\r\n", "---\r\ndraft: true\r\n---\r\n# T\r\n"),
            ("\u{feff}# T\n", "\u{feff}---\ndraft: true\n---\n# T\n"),
            ("---\n\n# T\n", "---\ndraft: true\n---\n---\n\n# T\n"),
            (
                "---\ntitle: x\n---\n# T\n",
                "---\ndraft: true\ntitle: x\n---\n# T\n",
            ),
            (
                "---\n  title: x\n---\n",
                "---\n  draft: true\n  title: x\n---\n",
            ),
            (
                "---\r\ntitle: x\r\n---\r\n",
                "---\r\ndraft: true\r\ntitle: x\r\n---\r\n",
            ),
            (
                "---\ndraft: false\ntitle: x\n---\n",
                "---\ndraft: true\ntitle: x\n---\n",
            ),
            (
                "---\ndraft:  \"no\" # yet\n---\n",
                "---\ndraft:  true # yet\n---\n",
            ),
            ("---\ndraft:\n---\n", "---\ndraft: true\n---\n"),
            ("---\ndraft: # yet\n---\n", "---\ndraft: true # yet\n---\n"),
            ("---\nDraft:off\n---\n", "---\nDraft: true\n---\n"),
            (
                "---\ndraft: \"no # yet\" # x\n---\n",
                "---\ndraft: true # x\n---\n",
            ),
            (
                "+++\n[params]\nx = 1\n+++\n",
                "+++\ndraft = true\n[params]\nx = 1\n+++\n",
            ),
            ("+++\ndraft = false\n+++\n", "+++\ndraft = true\n+++\n"),
            ("---\na: b\n말\n---\n", "---\ndraft: true\na: b\n말\n---\n"),
        ] {
            let changed = Change::Draft(true).apply(before);
            assert_eq!(changed, after);
            let text = changed.trim_start_matches('\u{feff}');
            let (front, _) = front_matter::read(text, &split(text));
            assert!(front.draft, "{before}");
        }
    }

    #[test]
    fn an_alias_comes_and_goes_and_no_other_byte_changes() {
        let old = Basename::parse("gw__note-old").expect("valid");
        for (before, after) in [
            ("# T\n", "---\naliases: [gw__note-old]\n---\n# T\n"),
            (
                "\u{feff}# T\r\n",
                "\u{feff}---\r\naliases: [gw__note-old]\r\n---\r\n# T\r\n",
            ),
            (
                "---\ntitle: x\n---\n",
                "---\naliases: [gw__note-old]\ntitle: x\n---\n",
            ),
            (
                "---\naliases: [a, 'b'] # former\n---\n",
                "---\naliases: [a, 'b', gw__note-old] # former\n---\n",
            ),
            (
                "---\naliases:\n  - gw__note-a.html\nx: 1\n---\n",
                "---\naliases:\n  - gw__note-a.html\n  - gw__note-old\nx: 1\n---\n",
            ),
            (
                "---\r\naliases:\r\n- a\r\n- b\r\n---\r\n",
                "---\r\naliases:\r\n- a\r\n- b\r\n- gw__note-old\r\n---\r\n",
            ),
            (
                "---\naliases: a, b\n---\n",
                "---\naliases: a, b, gw__note-old\n---\n",
            ),
            ("---\nalias: a\n---\n", "---\nalias: a, gw__note-old\n---\n"),
            (
                "---\naliases: []\n---\n",
                "---\naliases: [ gw__note-old ]\n---\n",
            ),
            (
                "---\naliases: [a,] # why\n---\n",
                "---\naliases: [a, gw__note-old,] # why\n---\n",
            ),
            (
                "---\naliases:\nx: 1\n---\n",
                "---\naliases:\n  - gw__note-old\nx: 1\n---\n",
            ),
            (
                "+++\naliases = [\"a\"]\n+++\n",
                "+++\naliases = [\"a\", \"gw__note-old\"]\n+++\n",
            ),
            (
                "+++\n[params]\nx = 1\n+++\n",
                "+++\naliases = [\"gw__note-old\"]\n[params]\nx = 1\n+++\n",
            ),
        ] {
            let changed = Change::Alias(&old).apply(before);
            assert_eq!(changed, after);
            assert_eq!(Change::NoAlias(&old).apply(&changed), before);
        }
        for (before, after) in [
            (
                "---\naliases: [gw__note-old, b]\n---\n",
                "---\naliases: [b]\n---\n",
            ),
            (
                "---\naliases: gw__note-old, b\n---\n",
                "---\naliases: b\n---\n",
            ),
            (
                "---\naliases:\n- gw__note-old\n- b\n---\n",
                "---\naliases:\n- b\n---\n",
            ),
            (
                "---\naliases:\n- gw__note-old.html\nx: 1\n---\n",
                "---\naliases:\nx: 1\n---\n",
            ),
            (
                "---\naliases: [gw__note-older]\n---\n",
                "---\naliases: [gw__note-older]\n---\n",
            ),
        ] {
            assert_eq!(Change::NoAlias(&old).apply(before), after);
        }
    }
}
