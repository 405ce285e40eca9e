//! Names of documents, topics and types in `docsite.toml`: only their bytes change.
//!
//! Not here: what the settings mean (`model::settings`).

use std::ops::Range;

use anyhow::Result;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::disk;
use crate::model::settings::{FILE, built_in_types};
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
        let mut texts = Vec::new();
        texts_of_table(table, &mut texts);
        let edits = texts.into_iter().filter_map(|span| {
            let new = name::renamed(&text[span.clone()], pairs);
            (new != text[span.clone()]).then_some((span, new))
        });
        edits.collect()
    })
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
        let redirects = table.get("redirects").map(Spanned::get_ref);
        let Some(DeValue::Table(redirects)) = redirects else {
            return Vec::new();
        };
        let mut edits = Vec::new();
        for (key, value) in redirects {
            let Some(to) = value.get_ref().as_str() else {
                continue;
            };
            match fate(to) {
                Fate::Stays => {}
                Fate::Leads(new) => {
                    edits.push((value.span(), text[value.span()].replacen(to, &new, 1)));
                }
                Fate::Goes => {
                    let start = text[..key.span().start].rfind('\n').map_or(0, |at| at + 1);
                    let end = text[value.span().end..].find('\n');
                    let end = end.map_or(text.len(), |at| value.span().end + at + 1);
                    edits.push((start..end, String::new()));
                }
            }
        }
        edits.sort_by_key(|(span, _)| span.start);
        edits
    })
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
                let prefix = label.get("prefix");
                if let Some(prefix) = prefix.filter(|prefix| prefix.get_ref().as_str() == Some(old))
                {
                    edits.push((prefix.span(), text[prefix.span()].replacen(old, new, 1)));
                }
            }
        }
        edits
    })?;
    let is_built_in = built_in_types(language)
        .iter()
        .any(|label| label.prefix == old);
    if what == Prefix::Topic || is_listed || !is_built_in {
        return Ok(());
    }
    let is_there = disk::read(&draft.site().root.join(FILE))?.is_some();
    let text = if is_there {
        draft.text(FILE)?
    } else {
        String::new()
    };
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut listed = text.clone();
    if !listed.ends_with('\n') && !listed.is_empty() {
        listed.push_str(end);
    }
    for label in built_in_types(language) {
        let prefix = if label.prefix == old {
            new
        } else {
            &label.prefix
        };
        let name = &label.name;
        let space = if listed.is_empty() { "" } else { end };
        listed.push_str(&format!(
            "{space}[[types]]{end}prefix = \"{prefix}\"{end}name = \"{name}\"{end}"
        ));
    }
    if !is_there {
        return draft.create(FILE, listed, "lists the types");
    }
    draft.write(FILE, listed, "lists the types")
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
    let new = text[..mark].to_owned() + &spliced(&text[mark..], &edits);
    draft.write(FILE, new, why)
}

/// Where keys and texts are, in order.
fn texts_of_table(table: &DeTable<'_>, found: &mut Vec<Range<usize>>) {
    let mut own = Vec::new();
    for (key, value) in table {
        own.push(key.span());
        texts_of_value(value, &mut own);
    }
    own.sort_by_key(|span| span.start);
    own.dedup();
    found.extend(own);
}

fn texts_of_value(value: &Spanned<DeValue<'_>>, found: &mut Vec<Range<usize>>) {
    match value.get_ref() {
        DeValue::String(_) => found.push(value.span()),
        DeValue::Array(items) => items.iter().for_each(|item| texts_of_value(item, found)),
        DeValue::Table(table) => texts_of_table(table, found),
        _ => {}
    }
}
