//! Reads the keys of front matter: those that are there twice, unknown, in the wrong place.
//!
//! Not here: the value of each key (`values`), and where front matter begins and ends (`block`).

use std::collections::BTreeMap;
use std::ops::Range;

use super::block::{self, Block, Split, Unread, Why};
use super::entries::{self, Entry};
use super::extra;
use super::keys::{self, Key};
use super::meta::{FrontMatter, Kind, Problem};
use super::syntax::Syntax;
use super::value::says_draft;

/// The most characters of a value in a message.
pub(super) const SHOWN: usize = 60;

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

pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) syntax: Syntax,
    pub(super) front: FrontMatter,
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

    pub(super) fn report(&mut self, span: Range<usize>, kind: Kind, message: String, help: String) {
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

pub(super) fn span_of_key(entry: &Entry) -> Range<usize> {
    entry.key_at..entry.key_at + entry.key.len()
}

/// A part of the document as a message shows it: on one line, shortened.
pub(super) fn shown(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut shown: String = line.chars().take(SHOWN).collect();
    if shown.len() < line.len() {
        shown.push('…');
    }
    shown
}
