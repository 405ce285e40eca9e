//! The keys of a block with the ranges of their values, line by line.
//!
//! Keys are recognised by line, so that an error in one value does not hide the others, as it does
//! in a parser of the whole. Not here: reading a value (`value`), and values of keys that are kept
//! for templates (`extra`).

use std::ops::Range;

use super::block::Block;
use super::keys::{self, Key};
use super::syntax::Syntax;

/// A key and the range of its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// Without its quotes.
    pub(super) key: String,
    /// From the beginning of the key's line to the end of its value.
    pub(super) whole: Range<usize>,
    pub(super) key_at: usize,
    /// From the separator to the end of the last line.
    pub(super) value: Range<usize>,
    /// Whether the separator is correct in the block's syntax.
    pub(super) is_sound: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Entries {
    /// In the order of the block.
    pub(super) keyed: Vec<Entry>,
    /// Lines that belong to no key.
    pub(super) strays: Vec<Range<usize>>,
    /// TOML's tables: from the first `[name]` to the end.
    pub(super) tables: Option<Range<usize>>,
}

/// Splits a block of `text` into entries.
pub(super) fn read(text: &str, block: &Block) -> Entries {
    let mut reader = Reader {
        text,
        syntax: block.syntax,
        base: None,
        open: Open::No,
        found: Entries::default(),
    };
    let mut at = block.inner.start;
    for line in text[block.inner.clone()].split_inclusive('\n') {
        let end = at + line.len();
        let shown = line.trim_end();
        if !shown.is_empty() && !reader.line(at, shown) {
            reader.found.tables = Some(at..block.inner.end);
            break;
        }
        at = end;
    }
    reader.found
}

struct Reader<'a> {
    text: &'a str,
    syntax: Syntax,
    /// The indentation of the first key.
    base: Option<usize>,
    /// Whether the last value continues until its closing quote or bracket.
    open: Open,
    found: Entries,
}

impl Reader<'_> {
    /// Adds a line. Returns whether more keys may follow.
    fn line(&mut self, at: usize, line: &str) -> bool {
        let plain = line.trim_start();
        let indent = line.len() - plain.len();
        let in_value = self.syntax == Syntax::Yaml && self.base.is_some_and(|base| indent > base);
        if let Some(found) = keys::of_line(plain, self.syntax)
            && !in_value
            && self.open.ends_at(found.key)
        {
            self.base.get_or_insert(indent);
            let end = at + line.len();
            self.open = Open::after(found.key, found.value, self.syntax);
            self.found.keyed.push(Entry {
                key: found.key.to_owned(),
                whole: at..end,
                key_at: at + indent,
                value: end - found.value.len()..end,
                is_sound: found.is_sound,
            });
        } else if in_value || self.open.is_open() || self.is_item(plain) {
            self.open.feed(line);
            self.extend(at + line.len());
        } else if self.syntax == Syntax::Toml && plain.starts_with('[') {
            return false;
        } else if !plain.starts_with('#') {
            self.found.strays.push(at + indent..at + line.len());
        }
        true
    }

    fn extend(&mut self, end: usize) {
        if let Some(entry) = self.found.keyed.last_mut() {
            entry.whole.end = end;
            entry.value.end = end;
        }
    }

    /// Whether a line is an item of the last key's list, which need not be indented.
    fn is_item(&self, line: &str) -> bool {
        let is_item = line == "-" || line.starts_with("- ");
        let of = self.found.keyed.last();
        let is_list = of.is_some_and(|entry| {
            let value = self.text[entry.value.clone()].trim_start();
            value.is_empty() || value.starts_with(['-', '#'])
        });
        self.syntax == Syntax::Yaml && is_item && is_list
    }
}

/// A value that is closed on a later line, or never.
enum Open {
    No,
    /// A list or a table, and whether any key ends it.
    Brackets(Brackets, bool),
    /// A TOML string, and the quotes that close it.
    Text(&'static str),
}

impl Open {
    fn after(key: &str, value: &str, syntax: Syntax) -> Self {
        let value = value.trim();
        let quotes = ["\"\"\"", "'''"];
        let long = quotes.iter().find(|quotes| value.starts_with(**quotes));
        let key = keys::known(key).or(keys::known_elsewhere(key));
        let is_list = matches!(key, Some(Key::Tags | Key::Aliases));
        match (long, syntax) {
            (Some(quotes), Syntax::Toml) if !value[quotes.len()..].contains(quotes) => {
                Self::Text(quotes)
            }
            _ if value.starts_with(['[', '{']) && (key.is_none() || is_list) => {
                let mut brackets = Brackets::default();
                brackets.feed(value);
                if brackets.depth == 0 {
                    Self::No
                } else {
                    Self::Brackets(brackets, is_list)
                }
            }
            _ => Self::No,
        }
    }

    fn is_open(&self) -> bool {
        !matches!(self, Self::No)
    }

    /// Whether a line with this key ends the value: a list of texts contains no keys, and a known
    /// key always ends it.
    fn ends_at(&self, key: &str) -> bool {
        match self {
            Self::No => true,
            Self::Brackets(_, is_list) => *is_list || keys::known(key).is_some(),
            Self::Text(_) => false,
        }
    }

    fn feed(&mut self, line: &str) {
        let is_closed = match self {
            Self::No => return,
            Self::Brackets(brackets, _) => {
                brackets.feed(line);
                brackets.depth == 0
            }
            Self::Text(quotes) => line.contains(*quotes),
        };
        if is_closed {
            *self = Self::No;
        }
    }
}

/// Counts open brackets, except for those in quotes.
#[derive(Debug, Default)]
pub(super) struct Brackets {
    pub(super) depth: usize,
    quote: Option<char>,
    escaped: bool,
    in_word: bool,
}

impl Brackets {
    pub(super) fn feed(&mut self, text: &str) {
        for c in text.chars() {
            self.next(c);
        }
        self.in_word = false;
    }

    /// Whether the last character is in quotes.
    pub(super) fn in_quotes(&self) -> bool {
        self.quote.is_some()
    }

    /// Adds a character. A quote inside a word is an apostrophe.
    pub(super) fn next(&mut self, c: char) {
        match (self.quote, c) {
            _ if self.escaped => self.escaped = false,
            (Some('"'), '\\') => self.escaped = true,
            (Some(open), c) if open == c => self.quote = None,
            (None, '"' | '\'') if !self.in_word => self.quote = Some(c),
            (None, '[' | '{') => self.depth += 1,
            (None, ']' | '}') => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        self.in_word = !c.is_whitespace() && !matches!(c, '[' | '{' | ',' | ':' | '=');
    }
}
