//! Names of documents, topics and types in `docsite.toml`: only their bytes change.
//!
//! Not here: what the settings mean (`model::settings`).

use std::collections::BTreeSet;
use std::ops::Range;

use anyhow::Result;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use crate::disk;
use crate::model::check::matches;
use crate::model::settings::{FILE, built_in_types, reading};
use crate::name::{self, Basename};

use super::draft::Draft;
use crate::place::spliced;

/// The beginning of a basename that the site lists in its settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prefix {
    Topic,
    Type,
}

impl Prefix {
    pub fn word(self) -> &'static str {
        match self {
            Self::Topic => "topic",
            Self::Type => "type",
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Topic => "topics",
            Self::Type => "types",
        }
    }
}

/// Renames documents in the values and keys of the settings.
///
/// # Errors
///
/// If they cannot be read.
pub(super) fn rename_in_settings(
    draft: &mut Draft<'_>,
    pairs: &[(Basename, Basename)],
) -> Result<()> {
    edit(draft, "names in it", |text, table| {
        let edits = words_of(table).into_iter().filter_map(|word| {
            // A pattern may mean others too.
            let is_pattern = word.is_key && word.says.contains('*');
            let new = name::renamed(&word.says, pairs);
            let is_other = new != word.says && !is_pattern;
            is_other.then(|| word.saying(text, &new))
        });
        edits.collect()
    })
}

/// The patterns of paths that fit a document and no longer do by its new name.
pub(super) fn note_patterns(draft: &mut Draft<'_>, pairs: &[(Basename, Basename)]) {
    let patterns = draft.site().settings.check.paths.iter();
    let mut notes = BTreeSet::new();
    for (pattern, _) in patterns.filter(|(pattern, _)| pattern.contains('*')) {
        let lost = |(old, new): &&(Basename, Basename)| {
            matches(pattern, &old.source()) && !matches(pattern, &new.source())
        };
        if let Some((_, new)) = pairs.iter().find(lost) {
            notes.insert(format!("`{pattern}` of [check.paths] does not fit `{new}`"));
        }
    }
    for note in notes {
        draft.note(FILE, None, note);
    }
}

/// What becomes of a redirect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fate {
    Stays,
    /// It leads here.
    Leads(String),
    Goes,
}

/// Changes redirects by where they lead.
///
/// # Errors
///
/// If the settings cannot be read.
pub(super) fn change_redirects(draft: &mut Draft<'_>, fate: &dyn Fn(&str) -> Fate) -> Result<()> {
    edit(draft, "redirects", |text, table| {
        let words = redirects(table).filter_map(|(_, to)| match fate(&to.says) {
            Fate::Leads(new) => Some(to.saying(text, &new)),
            Fate::Stays | Fate::Goes => None,
        });
        words.collect()
    })?;
    // Two that go may share the comma between them.
    loop {
        let mut is_done = true;
        edit(draft, "redirects", |text, table| {
            let goes = redirects(table).find(|(_, to)| fate(&to.says) == Fate::Goes);
            is_done = goes.is_none();
            let cut = goes.map(|(from, to)| (entry(text, &from.span, &to.span), String::new()));
            cut.into_iter().collect()
        })?;
        if is_done {
            return Ok(());
        }
    }
}

/// The redirects: each with its former path.
fn redirects<'t>(table: &'t DeTable<'_>) -> impl Iterator<Item = (Word, Word)> + 't {
    let redirects = table.get("redirects").map(Spanned::get_ref);
    let redirects = redirects.and_then(DeValue::as_table).into_iter().flatten();
    redirects.filter_map(|(key, value)| Some((Word::of_key(key), Word::of_value(value)?)))
}

/// The bytes of an entry: with its line, or in a table on one line with a comma.
fn entry(text: &str, key: &Range<usize>, value: &Range<usize>) -> Range<usize> {
    let start = text[..key.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[value.end..].find('\n');
    let end = end.map_or(text.len(), |at| value.end + at + 1);
    let after = text[value.end..end].trim();
    let is_alone = !text[start..key.start].contains(['{', ',']);
    if is_alone && (after.is_empty() || after.starts_with('#')) {
        return start..end;
    }
    let rest = &text[value.end..];
    let blank = rest.len() - rest.trim_start().len();
    if rest.trim_start().starts_with(',') {
        let rest = &rest[blank + 1..];
        let next = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        return key.start..value.end + blank + 1 + next;
    }
    let before = text[..key.start].trim_end();
    let comma = before.strip_suffix(',').map_or(key.start, str::len);
    comma..value.end
}

/// Renames a listed topic or type. Built-in types that are not listed yet are listed then.
///
/// # Errors
///
/// If the settings cannot be read.
pub(super) fn rename_prefix(
    draft: &mut Draft<'_>,
    what: Prefix,
    old: &str,
    new: &str,
) -> Result<()> {
    let language = draft.site().settings.language;
    let mut is_listed = false;
    let listed = format!("the {} `{old}`", what.word());
    edit(draft, &listed, |text, table| {
        let mut edits = Vec::new();
        let lists = table.get(what.key()).map(Spanned::get_ref);
        if let Some(DeValue::Array(labels)) = lists {
            is_listed = what == Prefix::Type;
            for label in labels {
                let DeValue::Table(label) = label.get_ref() else {
                    continue;
                };
                let prefix = label.get("prefix").and_then(Word::of_value);
                let prefix = prefix.filter(|prefix| prefix.says == old);
                edits.extend(prefix.map(|prefix| prefix.saying(text, new)));
            }
        }
        edits.extend(patterns_with(text, table, what, (old, new)));
        edits.sort_by_key(|(span, _)| span.start);
        edits
    })?;
    if what == Prefix::Topic {
        return Ok(());
    }
    if is_listed {
        return unlist_types(draft);
    }
    let built_in = built_in_types(language);
    if !built_in.iter().any(|label| label.prefix == old) {
        return Ok(());
    }
    let is_there = disk::read(&draft.site().root.join(FILE))?.is_some();
    let text = if is_there {
        draft.text(FILE)?
    } else {
        String::new()
    };
    let end = line_end(&text);
    let mut listed = text.clone();
    if !listed.is_empty() {
        if !listed.ends_with('\n') {
            listed.push_str(end);
        }
        listed.push_str(end);
    }
    let renamed = |prefix: &str| if prefix == old { new } else { prefix }.to_owned();
    listed.push_str(&type_list(draft, end, renamed));
    if !is_there {
        return draft.create(FILE, listed, "lists the types");
    }
    draft.write(FILE, listed, "lists the types")
}

/// The built-in types as a list at the end of the settings, with these prefixes.
fn type_list(draft: &Draft<'_>, end: &str, prefix: impl Fn(&str) -> String) -> String {
    let types = built_in_types(draft.site().settings.language);
    let types = types.iter().map(|label| {
        let (prefix, name) = (prefix(&label.prefix), &label.name);
        format!("[[types]]{end}prefix = \"{prefix}\"{end}name = \"{name}\"{end}")
    });
    types.collect::<Vec<_>>().join(end)
}

/// A list at the end that says what is built in goes again: a renamed type has its name back.
fn unlist_types(draft: &mut Draft<'_>) -> Result<()> {
    let text = draft.text(FILE)?;
    let end = line_end(&text);
    let list = type_list(draft, end, str::to_owned);
    let Some(rest) = text.strip_suffix(&list) else {
        return Ok(());
    };
    if rest.trim().is_empty() {
        return draft.remove(FILE, "says what is built in");
    }
    let rest = rest.strip_suffix(end).unwrap_or(rest).to_owned();
    draft.write(FILE, rest, "no list of types: it says what is built in")
}

fn line_end(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

fn edit(
    draft: &mut Draft<'_>,
    why: &str,
    edits: impl FnOnce(&str, &DeTable<'_>) -> Vec<(Range<usize>, String)>,
) -> Result<()> {
    if disk::read(&draft.site().root.join(FILE))?.is_none() {
        return Ok(());
    }
    let text = draft.text(FILE)?;
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    let table = DeTable::parse(&text[mark..])?;
    let edits = edits(&text[mark..], table.get_ref());
    let new = spliced(&text[mark..], &edits);
    match reading::parse(&new) {
        Ok(_) => draft.write(FILE, text[..mark].to_owned() + &new, why),
        Err(problems) => {
            for problem in problems {
                let help = "the change would make this of the line: change it by hand first";
                draft.refuse(problem.help(help));
            }
            Ok(())
        }
    }
}

/// Patterns of paths that begin with a topic, or have a type: `markdown/gw__*`, `markdown/*__note-*`.
fn patterns_with(
    text: &str,
    table: &DeTable<'_>,
    what: Prefix,
    (old, new): (&str, &str),
) -> Vec<(Range<usize>, String)> {
    let check = table
        .get("check")
        .and_then(|check| check.get_ref().as_table());
    let paths = check.and_then(|check| check.get("paths")?.get_ref().as_table());
    let patterns = paths
        .into_iter()
        .flatten()
        .map(|(key, _)| Word::of_key(key));
    let edits = patterns
        .filter(|word| word.says.contains('*'))
        .filter_map(|word| {
            let said = match what {
                Prefix::Topic => {
                    let rest = word.says.strip_prefix(&format!("markdown/{old}__"))?;
                    format!("markdown/{new}__{rest}")
                }
                Prefix::Type => {
                    let (topic, rest) = word.says.split_once(&format!("__{old}-"))?;
                    format!("{topic}__{new}-{rest}")
                }
            };
            Some(word.saying(text, &said))
        });
    edits.collect()
}

/// A key or a text: what it says, and where it is written.
struct Word {
    says: String,
    span: Range<usize>,
    is_key: bool,
}

impl Word {
    fn of_key(key: &Spanned<DeString<'_>>) -> Self {
        Self {
            says: key.get_ref().to_string(),
            span: key.span(),
            is_key: true,
        }
    }

    fn of_value(value: &Spanned<DeValue<'_>>) -> Option<Self> {
        let DeValue::String(says) = value.get_ref() else {
            return None;
        };
        Some(Self {
            says: says.to_string(),
            span: value.span(),
            is_key: false,
        })
    }

    /// Where to write what, so that it says something else: with its quotes, where it can keep them.
    fn saying(self, text: &str, new: &str) -> (Range<usize>, String) {
        let written = &text[self.span.clone()];
        let is_bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let is_plain = !new.contains(['"', '\'', '\\']) && !new.contains(char::is_control);
        let new = match written.find(&self.says) {
            Some(0) if new.chars().all(is_bare) => new.to_owned(),
            Some(at) if at > 0 && is_plain => written.replacen(&self.says, new, 1),
            _ => toml::Value::from(new).to_string(),
        };
        (self.span, new)
    }
}

/// All keys and texts, in order.
fn words_of(table: &DeTable<'_>) -> Vec<Word> {
    let mut words = Vec::new();
    gather(table, &mut words);
    words.sort_by_key(|word| word.span.start);
    // A table that is named more than once has its key in each.
    words.dedup_by_key(|word| word.span.start);
    words
}

fn gather(table: &DeTable<'_>, words: &mut Vec<Word>) {
    for (key, value) in table {
        words.push(Word::of_key(key));
        gather_value(value, words);
    }
}

fn gather_value(value: &Spanned<DeValue<'_>>, words: &mut Vec<Word>) {
    match value.get_ref() {
        DeValue::String(_) => words.extend(Word::of_value(value)),
        DeValue::Array(items) => items.iter().for_each(|item| gather_value(item, words)),
        DeValue::Table(table) => gather(table, words),
        _ => {}
    }
}
