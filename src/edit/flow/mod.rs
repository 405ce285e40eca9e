//! Documents in `flow.json`: listed, moved, taken out and renamed, with the author's layout as it is.
//!
//! The changed text is read again, and must say what was wanted. Not here: what the flow means
//! (`model::flow`), and how JSON text is edited (`json`).

mod place;
#[cfg(test)]
mod tests;
mod text;

use anyhow::{Result, bail};
use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::BuildError;
use crate::disk;
use crate::model::flow::FILE;
use crate::model::flow::reading::parse;
use crate::name::Basename;
use crate::pipeline::site::{Refused, Site};
use crate::rule::Rule;

use super::draft::Draft;
use super::known::Known;
use super::plan::Plan;
use crate::place::spliced;

use self::text::{Text, Written, json, refused};

pub use self::place::{Place, Spot};

const EMPTY: &str = "{\n  \"stages\": []\n}\n";

/// Plans to list a document.
///
/// # Errors
///
/// If there is no such document, stage or document before it, it is listed already, or the flow
/// cannot be read.
pub fn listed(
    site: &Site,
    known: &Known,
    (name, note): (&Basename, Option<&str>),
    place: &Place,
) -> Result<Plan> {
    let corpus = &known.catalogue().corpus;
    let Some(id) = corpus.find_by_any_name(name.as_str()) else {
        return Err(Refused::one(known.no_such(name)).into());
    };
    let name = known.name(id).as_str();
    let same = &|one: &str, other: &str| is_same(known, one, other);
    let mut draft = Draft::new(site);
    let has_file = disk::kind(&site.root.join(FILE))? != disk::Kind::Absent;
    let source = if has_file {
        draft.text(FILE)?
    } else {
        EMPTY.to_owned()
    };
    let text = Text::read(&source, same)?;
    if let Some((at, entry)) = text.find(name) {
        let stage = &text.stages[at];
        let message = format!("`{name}` is listed already, in stage `{}`", stage.title);
        let problem = text.problem(Rule::FlowDuplicateDocument, stage.entries[entry].own.start);
        let help = format!("`docsite flow move {name} --stage N` moves it");
        return refused(BuildError { message, ..problem }.help(help));
    }
    let entry = |at| text.entry(at, name, note);
    let (new, title) = text.placed(place, &entry)?;
    let mut wanted = text.flow.written();
    let note = note.unwrap_or_default().nfc().collect();
    text.put(&mut wanted, place, (name.to_owned(), note))?;
    check(&new, &wanted)?;
    let document = corpus.get(id);
    if document.front.draft {
        let text = format!("`{name}` is a draft: readers do not see it in the flow yet");
        draft.note(document.name.source(), None, text);
    } else if !known.catalogue().published.contains(&id) {
        let text = format!("`{name}` is not published; `docsite render {name}` publishes it");
        draft.note(document.name.source(), None, text);
    }
    let why = format!("`{name}` in stage `{title}`");
    let new = text.mark.to_owned() + &new;
    if has_file {
        draft.write(FILE, new, why)?;
    } else {
        draft.create(FILE, new, why)?;
    }
    draft.finish()
}

/// Plans to move a listed document.
///
/// # Errors
///
/// If it is not listed, there is no such stage or document before it, or the flow cannot be read.
pub fn moved_in_flow(site: &Site, known: &Known, name: &str, place: &Place) -> Result<Plan> {
    let same = &|one: &str, other: &str| is_same(known, one, other);
    let mut draft = Draft::new(site);
    let source = read(&mut draft)?;
    let text = Text::read(&source, same)?;
    let Some((from, number)) = text.find(name) else {
        let problem = text.not_listed(name);
        return refused(match known.catalogue().corpus.find_by_any_name(name) {
            Some(_) => problem.help(format!("`docsite flow add {name} --stage N` lists it")),
            None => problem,
        });
    };
    if let Place::In { spot, .. } = place
        && matches!(spot, Spot::After(other) if same(other, name))
    {
        bail!("`{name}` cannot come after itself");
    }
    let entry = &text.stages[from].entries[number];
    let element = text.json[entry.own.clone()].to_owned();
    let mut wanted = text.flow.written();
    let own = text.take(&mut wanted, name);
    while text.take(&mut wanted, name).is_some() {}
    text.put(&mut wanted, place, own.unwrap_or_default())?;
    let is_there = wanted == text.flow.written();
    if !is_there {
        let (without, _) = text.without(name)?;
        let (new, title) = Text::read(&without, same)?.placed(place, &|_| element.clone())?;
        check(&new, &wanted)?;
        let why = format!("`{name}` in stage `{title}`");
        draft.write(FILE, text.mark.to_owned() + &new, why)?;
    }
    draft.finish()
}

/// Plans to take documents out.
///
/// # Errors
///
/// If one is not listed, or the flow cannot be read.
pub fn unlisted(site: &Site, known: &Known, names: &[String]) -> Result<Plan> {
    let same = &|one: &str, other: &str| is_same(known, one, other);
    let mut draft = Draft::new(site);
    let source = read(&mut draft)?;
    let whole = Text::read(&source, same)?;
    let mut text = whole.json.to_owned();
    let mut wanted = whole.flow.written();
    for name in names {
        let (without, count) = Text::read(&text, same)?.without(name)?;
        if count == 0 && whole.find(name).is_none() {
            draft.refuse(whole.not_listed(name));
        }
        while whole.take(&mut wanted, name).is_some() {}
        text = without;
    }
    check(&text, &wanted)?;
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    let why = format!("without {}", names.join(", "));
    draft.write(FILE, whole.mark.to_owned() + &text, why)?;
    draft.finish()
}

/// Takes documents out that are removed.
///
/// # Errors
///
/// If the flow cannot be read.
pub(super) fn remove_from_flow(draft: &mut Draft<'_>, names: &[Basename]) -> Result<()> {
    if disk::read(&draft.site().root.join(FILE))?.is_none() {
        return Ok(());
    }
    let source = draft.text(FILE)?;
    let same = &|one: &str, other: &str| one == other;
    let whole = Text::read(&source, same)?;
    let mut text = whole.json.to_owned();
    for name in names {
        let (without, _) = Text::read(&text, same)?.without(name.as_str())?;
        text = without;
    }
    draft.write(FILE, whole.mark.to_owned() + &text, "the reading path")
}

/// Renames documents.
///
/// # Errors
///
/// If the flow cannot be read.
pub(super) fn rename_in_flow(draft: &mut Draft<'_>, pairs: &[(Basename, Basename)]) -> Result<()> {
    if disk::read(&draft.site().root.join(FILE))?.is_none() {
        return Ok(());
    }
    let source = draft.text(FILE)?;
    let text = Text::read(&source, &|one, other| one == other)?;
    let mut edits = Vec::new();
    for entry in text.stages.iter().flat_map(|stage| &stage.entries) {
        let Some(span) = &entry.literal else {
            continue;
        };
        let pair = pairs.iter().find(|(old, _)| old.as_str() == entry.name);
        if let Some((old, new)) = pair {
            let new = renamed(&text.json[span.clone()], old, new)?;
            edits.push((span.clone(), new));
        }
    }
    let new = text.mark.to_owned() + &spliced(text.json, &edits);
    draft.write(FILE, new, "the reading path")
}

/// A JSON text that names a document by its new name, with the ending that it has.
fn renamed(written: &str, old: &Basename, new: &Basename) -> Result<String> {
    if written.contains(old.as_str()) {
        return Ok(written.replacen(old.as_str(), new.as_str(), 1));
    }
    let value: String = serde_json::from_str(written)?;
    let value: String = value.nfc().collect();
    Ok(json(&value.replacen(old.as_str(), new.as_str(), 1)))
}

/// Whether two names are one document's: also a former one, and one that no document has.
fn is_same(known: &Known, one: &str, other: &str) -> bool {
    let corpus = &known.catalogue().corpus;
    let found = |name: &str| corpus.find_by_any_name(name);
    one == other || found(one).is_some_and(|id| found(other) == Some(id))
}

/// Reads a changed text: it must say what was wanted.
fn check(text: &str, wanted: &Written) -> Result<()> {
    let said = parse(text.as_bytes()).map(|(flow, _)| flow.written());
    if said.is_ok_and(|said| said == *wanted) {
        return Ok(());
    }
    bail!("{FILE} is written in a way that docsite cannot edit; nothing was changed")
}

fn read(draft: &mut Draft<'_>) -> Result<String> {
    let is_absent = disk::kind(&draft.site().root.join(FILE))? == disk::Kind::Absent;
    if is_absent {
        bail!("there is no {FILE}; `docsite flow add BASENAME --stage TITLE` begins it");
    }
    draft.text(FILE)
}
