//! How the value of each key is read, and what is wrong with it.
//!
//! Not here: which kinds of values there are (`value`).

use std::ops::Range;

use super::block;
use super::date;
use super::entries::Entry;
use super::keys::{self, Key};
use super::meta::Kind;
use super::reading::{Reader, SHOWN, shown, span_of_key};
use super::value::{self, Fault, Item, Read, Value};
use crate::name::Basename;

impl Reader<'_> {
    pub(super) fn entry(&mut self, key: Key, entry: &Entry) {
        let read = self.value(entry, matches!(key, Key::Tags | Key::Aliases));
        self.faults(key, entry, &read);
        self.swallowed_draft(entry);
        match key {
            Key::Title => self.front.title = self.one_text(key, entry, &read),
            Key::Description => self.front.description = self.one_text(key, entry, &read),
            Key::Deprecated => self.deprecated(entry, &read),
            Key::SupersededBy => self.superseded_by(entry, &read),
            Key::Draft => {}
            Key::Tags => self.front.tags = self.texts(key, entry, &read),
            Key::Date => self.front.date = self.day(key, entry, &read),
            Key::Updated => self.front.updated = self.day(key, entry, &read),
            Key::Aliases => self.front.aliases = self.texts(key, entry, &read),
            Key::Lang => self.lang(key, entry, &read),
        }
    }

    /// A `draft` line that is indented by mistake would belong to the text before it; it still
    /// counts.
    fn swallowed_draft(&mut self, entry: &Entry) {
        let value = self.text[entry.value.clone()].trim_start();
        let is_plain = !value.starts_with(['|', '>', '"', '\'']);
        let later = value.split_once('\n').map_or("", |(_, later)| later);
        self.front.draft |= is_plain && block::is_draft(later);
    }

    pub(super) fn value(&self, entry: &Entry, wants_list: bool) -> Read {
        value::read(&self.text[entry.value.clone()], self.syntax, wants_list)
    }

    /// The first line of a value; the key if there is no value.
    fn span(&self, entry: &Entry, read: &Read) -> Range<usize> {
        let Some(at) = read.at else {
            return span_of_key(entry);
        };
        let start = entry.value.start + at;
        let line = self.text[start..entry.value.end].lines().next();
        start..start + line.map_or(0, |line| line.trim_end().len())
    }

    /// Reports a value that is not used.
    fn refuse(&mut self, entry: &Entry, read: &Read, message: String, help: String) {
        let span = self.span(entry, read);
        self.report(span, Kind::Value, message, help);
    }

    fn line(&self, key: &str, value: &str) -> String {
        format!("write `{}`", self.syntax.line(key, value))
    }

    /// Reports what other programs would read differently, or not at all.
    fn faults(&mut self, key: Key, entry: &Entry, read: &Read) {
        let name = entry.key.as_str();
        let written = shown(&self.text[entry.value.clone()]);
        let text = match &read.value {
            Value::Text(text) => Some(text.as_str()),
            _ => None,
        };
        // A value that is not a date is reported once, and `superseded_by: [[name]]` is what Obsidian writes.
        let may_be_bare = matches!(key, Key::Date | Key::Updated | Key::SupersededBy);
        let (kind, message) = match read.fault {
            Some(Fault::Open(mark)) => (Kind::Broken, format!("`{mark}` is not closed")),
            Some(Fault::Bare) if !may_be_bare => {
                let syntax = self.syntax.name();
                let message =
                    format!("`{written}` is read as it is written, but {syntax} needs quotes here");
                (Kind::Value, message)
            }
            _ if !entry.is_sound => {
                let syntax = self.syntax.name();
                let separator = self.syntax.separator();
                let message = format!("{syntax} needs `{separator}` and a space after `{name}`");
                let help = self.line(name, &written);
                return self.report(span_of_key(entry), Kind::Value, message, help);
            }
            _ => return,
        };
        let help = match text {
            Some(text) => {
                let text = text.trim_matches(|c| c == '"' || kind == Kind::Broken && c == '\'');
                let text = if text.chars().count() > SHOWN {
                    "…"
                } else {
                    text
                };
                self.line(name, &in_quotes(text))
            }
            None => self.line(name, "[a, b]"),
        };
        let span = self.span(entry, read);
        self.report(span, kind, message, help);
    }

    fn one_text(&mut self, key: Key, entry: &Entry, read: &Read) -> Option<String> {
        match &read.value {
            Value::Nothing => None,
            Value::Text(text) => Some(text.clone()),
            Value::List(_) | Value::Table => {
                let message = format!("`{}` is not text, and is not used", entry.key);
                let help = self.line(key.name(), "\"…\"");
                self.refuse(entry, read, message, help);
                None
            }
        }
    }

    /// The texts of a list; a text is one item, or several if it has commas.
    fn texts(&mut self, key: Key, entry: &Entry, read: &Read) -> Vec<String> {
        let name = key.name();
        match &read.value {
            Value::Nothing => Vec::new(),
            Value::List(items) => {
                if items.contains(&Item::Other) {
                    let message =
                        format!("`{name}` has items that are not text; only texts are used");
                    let help = self.line(name, "[a, b]");
                    self.refuse(entry, read, message, help);
                }
                let texts = items.iter().filter_map(Item::text);
                texts.map(str::to_owned).collect()
            }
            Value::Text(text) => {
                let is_quoted = self.text[entry.value.clone()]
                    .trim_start()
                    .starts_with(['"', '\'']);
                if keys::is_null(text) && !is_quoted {
                    return Vec::new();
                }
                let items = items(text, is_quoted);
                if items.len() == 1 && text.contains(' ') && !is_quoted {
                    let message = format!("`{}` is read as one name", shown(text));
                    let one = self.syntax.line(name, &format!("[{}]", in_quotes(text)));
                    let several = text.split(' ').collect::<Vec<_>>().join(", ");
                    let several = self.syntax.line(name, &format!("[{several}]"));
                    let help = format!("write `{one}`, or `{several}` for several");
                    self.refuse(entry, read, message, help);
                }
                items
            }
            Value::Table => {
                let message = format!("`{name}` is not a list, and is not used");
                let help = self.line(name, "[a, b]");
                self.refuse(entry, read, message, help);
                Vec::new()
            }
        }
    }

    fn day(&mut self, key: Key, entry: &Entry, read: &Read) -> Option<String> {
        let name = entry.key.clone();
        let example = "2026-01-31";
        let (message, meant) = match &read.value {
            Value::Nothing => return None,
            Value::Text(text) if keys::is_null(text) => return None,
            Value::Text(text) => match date::read(text) {
                Ok(day) => return Some(day),
                Err(meant) => {
                    let message =
                        format!("`{name}: {}` is not a date that can be read", shown(text));
                    (message, meant)
                }
            },
            Value::List(_) | Value::Table => (format!("`{name}` is not a date"), None),
        };
        let help = match meant {
            Some(day) => self.line(key.name(), &day),
            None => format!("{}: year, month, day", self.line(key.name(), example)),
        };
        self.refuse(entry, read, message, help);
        None
    }

    fn lang(&mut self, key: Key, entry: &Entry, read: &Read) {
        let Some(text) = self.one_text(key, entry, read) else {
            return;
        };
        if is_language(&text) {
            self.front.lang = Some(text);
            return;
        }
        let message = format!(
            "`{}` is not the tag of a language",
            shown(&text).escape_debug()
        );
        let help = format!(
            "{}: two or three letters, as in HTML",
            self.line(key.name(), "ko")
        );
        self.refuse(entry, read, message, help);
    }

    fn deprecated(&mut self, entry: &Entry, read: &Read) {
        self.front.deprecated = match &read.value {
            Value::Nothing => None,
            Value::Text(text) if keys::says_no(text) => None,
            Value::Text(text) if keys::says_yes(text) => Some(String::new()),
            Value::Text(text) => Some(text.clone()),
            Value::List(_) | Value::Table => {
                let message = "`deprecated` is not a reason; the document counts as deprecated";
                let help = "write `true`, `false` or why it is not used any more".to_owned();
                self.refuse(entry, read, message.to_owned(), help);
                Some(String::new())
            }
        };
    }

    fn superseded_by(&mut self, entry: &Entry, read: &Read) {
        let text = match &read.value {
            Value::Nothing => return,
            Value::Text(text) if keys::is_null(text) => return,
            Value::Text(text) => text.clone(),
            Value::List(_) | Value::Table => String::new(),
        };
        let link = text.trim_start_matches('[').trim_end_matches(']');
        let name = link.split(['|', '#']).next().unwrap_or(link).trim();
        let name = name.strip_prefix("markdown/").unwrap_or(name);
        let stem = name
            .strip_suffix(".md")
            .or_else(|| name.strip_suffix(".html"))
            .unwrap_or(name);
        match Basename::parse(stem) {
            Ok(name) => self.front.superseded_by = Some(name),
            Err(why) => {
                let message = format!("`superseded_by: {}` {why}", shown(&text).escape_debug());
                let help =
                    "write the basename of one document: `<topic>__<type>-<name>`".to_owned();
                self.refuse(entry, read, message, help);
            }
        }
    }

    /// Reports a value of `draft` that is not a boolean.
    pub(super) fn draft(&mut self, entry: &Entry) {
        let read = self.value(entry, true);
        let message = match &read.value {
            Value::Text(text) if keys::says_no(text) || keys::says_yes(text) => {
                self.faults(Key::Draft, entry, &read);
                return;
            }
            Value::Nothing => "`draft` has no value, and counts as false".to_owned(),
            Value::Text(text) => format!("`draft: {}` counts as true", shown(text)),
            Value::List(_) | Value::Table => {
                "`draft` is neither true nor false, and counts as true".to_owned()
            }
        };
        let help = "write `true` or `false`".to_owned();
        self.refuse(entry, &read, message, help);
    }
}

/// Whether a text has the form of a language's tag (BCP 47): `ko`, `en-GB`, `zh-Hant-TW`.
fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    let is_first = (2..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_alphabetic());
    is_first
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        })
}

/// A text in quotes that both syntaxes allow.
fn in_quotes(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    quoted.push('"');
    quoted
}

/// The items of a list that is written as a text: `a, b` and `#a #b` have two.
fn items(text: &str, is_quoted: bool) -> Vec<String> {
    let is_tags = text
        .split(' ')
        .all(|word| word.starts_with('#') && word.len() > 1);
    let items: Vec<&str> = if is_quoted {
        vec![text]
    } else if is_tags {
        text.split(' ').map(|word| &word[1..]).collect()
    } else {
        text.split(',').collect()
    };
    let items = items.into_iter().map(|item| item.trim().to_owned());
    items.filter(|item| !item.is_empty()).collect()
}
