//! A document's metadata: YAML between `---` lines, or TOML between `+++` lines.
//!
//! Nothing in it makes a document unreadable: an invalid value is reported, and the rest is used.
//! Not here: the effects on a document (title, deprecation): see `document`.

mod block;
mod date;
mod edit;
mod entries;
mod extra;
mod keys;
mod syntax;
mod value;

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use unicode_normalization::UnicodeNormalization;

use crate::name::Basename;

use block::Why;
pub use block::{Block, Split, Unread, split};
pub use edit::with_draft;
use entries::Entry;
use keys::Key;
pub use syntax::Syntax;
use value::{Fault, Item, Read, Value};

/// The most characters of a value in a message.
const SHOWN: usize = 60;

/// The metadata at the top of a document.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct FrontMatter {
    /// Replaces the first heading.
    pub title: Option<String>,
    /// Replaces the first paragraph.
    pub description: Option<String>,
    /// `deprecated: true` gives an empty reason.
    pub deprecated: Option<String>,
    /// The document to read instead of a deprecated one.
    pub superseded_by: Option<Basename>,
    pub draft: bool,
    pub tags: Vec<String>,
    /// `YYYY-MM-DD`.
    pub date: Option<String>,
    /// `YYYY-MM-DD`.
    pub updated: Option<String>,
    /// Former names of the document.
    pub aliases: Vec<String>,
    /// Unknown keys, in their order.
    pub extra: Map<String, Json>,
}

/// Something in the block that is not used, or not as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub span: Range<usize>,
    pub kind: Kind,
    /// On one line.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Broken,
    /// A value or a key that is not used.
    Value,
    /// A block at a place where it is not read.
    Place,
}

impl FrontMatter {
    /// The former basenames of the document: its aliases without their endings, in NFC.
    pub fn old_names(&self) -> impl Iterator<Item = String> {
        self.aliases.iter().map(|alias| {
            let stem = alias.strip_suffix(".html").or(alias.strip_suffix(".md"));
            stem.unwrap_or(alias).nfc().collect()
        })
    }
}

/// Reads the front matter of a document after `split`.
pub fn read(text: &str, split: &Split) -> (FrontMatter, Vec<Problem>) {
    let mut reader = Reader {
        text,
        syntax: Syntax::Yaml,
        front: FrontMatter::default(),
        problems: Vec::new(),
    };
    if let Some(block) = &split.block {
        reader.block(block);
    }
    if let Some(unread) = &split.unread {
        reader.unread(unread);
    }
    // A document with a successor counts as deprecated without a further key.
    if reader.front.superseded_by.is_some() {
        reader.front.deprecated.get_or_insert_default();
    }
    reader.problems.sort_by_key(|problem| problem.span.start);
    (reader.front, reader.problems)
}

struct Reader<'a> {
    text: &'a str,
    syntax: Syntax,
    front: FrontMatter,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn block(&mut self, block: &Block) {
        self.syntax = block.syntax;
        let found = entries::read(self.text, block);
        self.strays(&found.strays);
        let last = self.last_of_each(&found.keyed);
        let own: Vec<Key> = last.iter().filter_map(|e| keys::known(&e.key)).collect();
        let mut extras = Vec::new();
        for entry in last {
            let other = keys::known_elsewhere(&entry.key);
            match (keys::known(&entry.key), other) {
                (Some(Key::Draft), _) => self.draft(entry),
                (Some(key), _) => self.entry(key, entry),
                (None, Some(key)) => {
                    if !own.contains(&key) {
                        self.entry(key, entry);
                    }
                    let alone = [entry.whole.clone()];
                    if extra::read(self.text, &alone, self.syntax).1.is_none() {
                        extras.extend(alone);
                    }
                }
                (None, None) => {
                    self.unknown(entry);
                    extras.push(entry.whole.clone());
                }
            }
        }
        extras.extend(found.tables);
        let (extra, wrong) = extra::read(self.text, &extras, self.syntax);
        self.front.extra = extra;
        if let Some(wrong) = wrong {
            self.broken_extra(wrong);
        }
    }

    /// The last entry of each key, in their order. For `draft`, an entry that means true wins.
    fn last_of_each<'e>(&mut self, entries: &'e [Entry]) -> Vec<&'e Entry> {
        let mut of_keys: BTreeMap<String, (&Entry, &Entry)> = BTreeMap::new();
        for entry in entries {
            let known = keys::known(&entry.key);
            if known == Some(Key::Draft) {
                self.front.draft |= says_draft(&self.value(entry, true).value);
            }
            let name = known.map_or_else(|| entry.key.clone(), |key| key.name().to_owned());
            of_keys
                .entry(name)
                .and_modify(|(_, last)| *last = entry)
                .or_insert((entry, entry));
        }
        let mut last: Vec<&Entry> = Vec::new();
        for (first, counting) in of_keys.into_values() {
            if first.key_at != counting.key_at {
                self.twice(first, counting);
            }
            last.push(counting);
        }
        last.sort_by_key(|entry| entry.key_at);
        last
    }

    fn report(&mut self, span: Range<usize>, kind: Kind, message: String, help: String) {
        self.problems.push(Problem {
            span,
            kind,
            message,
            help,
        });
    }

    fn strays(&mut self, strays: &[Range<usize>]) {
        let Some(first) = strays.first() else {
            return;
        };
        let shown = shown(&self.text[first.clone()]);
        let example = self.syntax.line("key", "value");
        let message = format!("`{shown}` is not front matter: it has no key");
        let help = format!("write each line of the block as `{example}`");
        self.report(first.clone(), Kind::Broken, message, help);
        let said = strays.iter().map(|stray| &self.text[stray.clone()]);
        let is_draft = said.into_iter().any(block::is_draft);
        self.front.draft |= is_draft;
    }

    fn twice(&mut self, before: &Entry, entry: &Entry) {
        let line = self.text[..entry.key_at].matches('\n').count() + 1;
        let message = if keys::known(&entry.key) == Some(Key::Draft) {
            format!(
                "`{}` is set again on line {line}; a value that means true wins",
                before.key
            )
        } else {
            format!(
                "`{}` is set again on line {line}; that value is used",
                before.key
            )
        };
        let help = "keep one of the two lines".to_owned();
        self.report(span_of_key(before), Kind::Value, message, help);
    }

    fn unknown(&mut self, entry: &Entry) {
        let key = &entry.key;
        let value = self.text[entry.value.clone()].trim();
        let is_withheld = matches!(key.to_lowercase().as_str(), "publish" | "published");
        let (message, help) = if is_withheld && keys::says_no(value) {
            let message = format!("`{key}` does not keep a document off the site");
            (
                message,
                format!("write `{}`", self.syntax.line("draft", "true")),
            )
        } else if let Some(near) = keys::meant(key) {
            let message = format!("unknown key `{}`", shown(key));
            (message, format!("did you mean `{near}`?"))
        } else {
            return;
        };
        self.report(span_of_key(entry), Kind::Value, message, help);
    }

    fn broken_extra(&mut self, wrong: Range<usize>) {
        let text = &self.text[wrong.clone()];
        let at = wrong.start + text.len() - text.trim_start().len();
        let line = text.trim_start().lines().next().unwrap_or_default();
        let message = format!("`{}` is not {}", shown(line), self.syntax.name());
        let help = "put the value in quotes: `key: \"value\"`"
            .replace("key: \"value\"", &self.syntax.line("key", "\"value\""));
        self.report(at..at + line.len(), Kind::Broken, message, help);
        self.front.draft |= block::is_draft(text);
    }

    fn unread(&mut self, unread: &Unread) {
        let inner = &self.text[unread.inner.clone()];
        let end = unread.at + self.text[unread.at..].lines().next().map_or(0, str::len);
        let (kind, message, help) = match unread.why {
            Why::Unclosed(syntax) => (
                Kind::Broken,
                "front matter is not closed".to_owned(),
                format!("end it with a line `{}`", syntax.fence()),
            ),
            Why::NotFirst(_) => (
                Kind::Place,
                "this block is not read as front matter: it does not begin the file".to_owned(),
                "move it to the first line".to_owned(),
            ),
            Why::Json => (
                Kind::Place,
                "JSON is not read as front matter".to_owned(),
                "write it as YAML, between two lines `---`".to_owned(),
            ),
        };
        // Nobody should read a draft because its block is in the wrong place.
        self.front.draft |= block::is_draft(inner);
        self.report(unread.at..end, kind, message, help);
    }
}

fn span_of_key(entry: &Entry) -> Range<usize> {
    entry.key_at..entry.key_at + entry.key.len()
}

/// A part of the document as a message shows it: on one line, shortened.
fn shown(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut shown: String = line.chars().take(SHOWN).collect();
    if shown.len() < line.len() {
        shown.push('…');
    }
    shown
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

/// How the value of each key is read.
impl Reader<'_> {
    fn entry(&mut self, key: Key, entry: &Entry) {
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

    fn value(&self, entry: &Entry, wants_list: bool) -> Read {
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
    fn draft(&mut self, entry: &Entry) {
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

/// Whether a value of `draft` keeps the document off the site: any but false and an empty one.
fn says_draft(value: &Value) -> bool {
    match value {
        Value::Nothing => false,
        Value::Text(text) => !keys::says_no(text),
        Value::List(_) | Value::Table => true,
    }
}

#[cfg(test)]
mod tests;
