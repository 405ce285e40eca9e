//! Names of documents outside of documents: in `flow.json`, in baselines, in hand-drawn pictures, and
//! in attachments, which are snapshots and stay as they are.
//!
//! Not here: `docsite.toml` (`settings`).

use std::ops::Range;

use anyhow::Result;
use jsonc_parser::ast::{Object, StringLit, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use unicode_normalization::UnicodeNormalization;

use crate::check::baseline::Baseline;
use crate::disk;
use crate::markdown::destinations;
use crate::model::address::{self, Address};
use crate::model::{drawing, flow};
use crate::name::{self, Basename};

use super::draft::Draft;
use super::known::Known;
use super::links::spliced;

/// In bytes. A longer attachment is not searched for names.
const LONGEST_SEARCHED: u64 = 1 << 20;

/// Renames documents in the reading path.
///
/// # Errors
///
/// If it cannot be read.
pub(super) fn rename_in_flow(draft: &mut Draft<'_>, pairs: &[(Basename, Basename)]) -> Result<()> {
    if disk::read(&draft.site().root.join(flow::FILE))?.is_none() {
        return Ok(());
    }
    let text = draft.text(flow::FILE)?;
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    let parsed = parse_to_ast(
        &text[mark..],
        &CollectOptions::default(),
        &ParseOptions::default(),
    )?;
    let mut edits = Vec::new();
    for written in documents(parsed.value.as_ref()) {
        let stem = flow::reading::normal(&written.value);
        let pair = pairs.iter().find(|(old, _)| old.as_str() == stem);
        if let Some((old, new)) = pair {
            let span = mark + written.range.start..mark + written.range.end;
            edits.push((span.clone(), literal(&text[span], &written.value, old, new)));
        }
    }
    draft.write(flow::FILE, spliced(&text, &edits), "the reading path")
}

/// Takes documents out of the reading path.
///
/// # Errors
///
/// If it cannot be read.
pub(super) fn remove_from_flow(draft: &mut Draft<'_>, names: &[Basename]) -> Result<()> {
    if disk::read(&draft.site().root.join(flow::FILE))?.is_none() {
        return Ok(());
    }
    let text = draft.text(flow::FILE)?;
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    let parsed = parse_to_ast(
        &text[mark..],
        &CollectOptions::default(),
        &ParseOptions::default(),
    )?;
    let mut edits = Vec::new();
    for docs in lists(parsed.value.as_ref()) {
        let goes = |doc: &Value<'_>| {
            let name = name_in(doc).map(|name| flow::reading::normal(&name.value));
            name.is_some_and(|stem| names.iter().any(|name| name.as_str() == stem))
        };
        let mut kept_end = None;
        for (number, doc) in docs.iter().enumerate() {
            if !goes(doc) {
                kept_end = Some(doc.range().end);
                continue;
            }
            // With what separates it from the next one, or, of the last, from the one before.
            let next = docs.get(number + 1).map(|next| next.range().start);
            let span = match (next, kept_end) {
                (Some(next), _) => doc.range().start..next,
                (None, Some(before)) => before..doc.range().end,
                (None, None) => doc.range().start..doc.range().end,
            };
            edits.push((mark + span.start..mark + span.end, String::new()));
        }
    }
    merge(&mut edits);
    draft.write(flow::FILE, spliced(&text, &edits), "the reading path")
}

/// Joins ranges that overlap.
fn merge(edits: &mut Vec<(Range<usize>, String)>) {
    edits.dedup_by(|later, before| {
        let overlaps = later.0.start <= before.0.end;
        if overlaps {
            before.0.end = before.0.end.max(later.0.end);
            before.0.start = before.0.start.min(later.0.start);
        }
        overlaps
    });
}

/// The names of documents in a flow, in order.
fn documents<'v, 'a>(flow: Option<&'v Value<'a>>) -> Vec<&'v StringLit<'a>> {
    let lists = lists(flow).into_iter().flatten();
    lists.filter_map(name_in).collect()
}

/// The lists of documents of a flow's stages.
fn lists<'v, 'a>(flow: Option<&'v Value<'a>>) -> Vec<&'v [Value<'a>]> {
    let Some(Value::Object(flow)) = flow else {
        return Vec::new();
    };
    let stages = array(flow, "stages").iter();
    let docs = stages.map(|stage| match stage {
        Value::Object(stage) => array(stage, "docs"),
        _ => &[],
    });
    docs.collect()
}

fn array<'v, 'a>(object: &'v Object<'a>, key: &str) -> &'v [Value<'a>] {
    match object.get(key).map(|property| &property.value) {
        Some(Value::Array(array)) => &array.elements,
        _ => &[],
    }
}

fn name_in<'v, 'a>(doc: &'v Value<'a>) -> Option<&'v StringLit<'a>> {
    match doc {
        Value::StringLit(text) => Some(text),
        Value::Object(object) => match &object.get("doc")?.value {
            Value::StringLit(text) => Some(text),
            _ => None,
        },
        _ => None,
    }
}

/// A JSON text that names a document by its new name, with the ending that it has.
fn literal(written: &str, value: &str, old: &Basename, new: &Basename) -> String {
    if written.contains(old.as_str()) {
        return written.replacen(old.as_str(), new.as_str(), 1);
    }
    let value: String = value.nfc().collect();
    serde_json::Value::from(value.replacen(old.as_str(), new.as_str(), 1)).to_string()
}

/// Renames documents in the baselines at the top of the site.
///
/// # Errors
///
/// If one cannot be read.
pub(super) fn rename_in_baselines(
    draft: &mut Draft<'_>,
    pairs: &[(Basename, Basename)],
) -> Result<()> {
    for entry in disk::list(&draft.site().root)? {
        if entry.kind != disk::Kind::File || !entry.path.ends_with(".json") {
            continue;
        }
        let bytes = disk::read_whole(&draft.site().root.join(&entry.path))?;
        let is_baseline = bytes.is_some_and(|bytes| Baseline::parse(&bytes).is_ok());
        if is_baseline {
            let text = draft.text(&entry.path)?;
            let new = name::renamed(&text, pairs);
            draft.write(&entry.path, new, "accepted findings")?;
        }
    }
    Ok(())
}

/// Renames documents in the links of hand-drawn pictures. `at`: where a picture is after the change.
///
/// # Errors
///
/// If one cannot be read.
pub(super) fn rename_in_drawings(
    draft: &mut Draft<'_>,
    known: &Known,
    pairs: &[(Basename, Basename)],
) -> Result<()> {
    let folder = format!("{}/", drawing::FOLDER);
    let files = known.catalogue().files.keys();
    let drawings = files.filter(|path| path.starts_with(&folder) && path.ends_with(".svg"));
    for path in drawings {
        let file = draft.site().root.join(path);
        let bytes = disk::read_whole(&file)?.unwrap_or_default();
        let Ok(text) = std::str::from_utf8(&bytes) else {
            continue;
        };
        let new = links_renamed(text, pairs);
        if new != text {
            draft.write(path, new, "links of a picture")?;
        }
    }
    Ok(())
}

/// A page or a picture whose links name documents by their new names.
pub(super) fn links_renamed(text: &str, pairs: &[(Basename, Basename)]) -> String {
    let found = destinations::of_markup(text).into_iter();
    let edits = found.filter_map(|found| {
        let Address::Local(_) = address::read(&found.target) else {
            return None;
        };
        let written = &text[found.span.clone()];
        let new = name::renamed(&address::decoded(written), pairs);
        (new != address::decoded(written)).then(|| (found.span, href_of(written, &new)))
    });
    spliced(text, &edits.collect::<Vec<_>>())
}

/// A changed address, encoded if the old one was.
fn href_of(written: &str, new: &str) -> String {
    if !written.contains('%') {
        return new.to_owned();
    }
    let (path, suffix) = new.split_at(new.find(['?', '#']).unwrap_or(new.len()));
    name::href(path) + suffix
}

/// Says which attachments name a document: they are snapshots, and stay as they are.
///
/// # Errors
///
/// If one cannot be read.
pub(super) fn note_attachments(
    draft: &mut Draft<'_>,
    known: &Known,
    pairs: &[(Basename, Basename)],
) -> Result<()> {
    let files = known.catalogue().files.iter();
    let attachments =
        files.filter(|(path, size)| path.starts_with("attachment/") && **size <= LONGEST_SEARCHED);
    for (path, _) in attachments {
        let bytes = disk::read_whole(&draft.site().root.join(path))?.unwrap_or_default();
        let Ok(text) = std::str::from_utf8(&bytes) else {
            continue;
        };
        for (old, _) in pairs {
            if let Some(at) = name::mentions(text, old.as_str()).next() {
                let line = text[..at.start].matches('\n').count() + 1;
                draft.note(
                    path.clone(),
                    Some(line),
                    format!("names `{old}`; an attachment is a snapshot, and stays as it is"),
                );
            }
        }
    }
    Ok(())
}
