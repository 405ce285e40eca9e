//! `docsite diagrams`: lists every diagram's slot with its state, shows one, and stores or removes
//! a hand-drawn picture.
//!
//! Not here: taking pictures out of hand-made pages (`lift`), and drawing (`diagram`).

mod insert;
mod lift;
mod looked;
mod picture_file;

use std::path::Path;

use anyhow::{Result, bail};

use crate::diagnostic::BuildError;
use crate::diagram::svg;
use crate::disk::{self, Lock, Placed};
use crate::fingerprint::Fingerprint;
use crate::model::catalogue::Catalogue;
use crate::model::corpus::DocId;
use crate::model::document::{self, Document};
use crate::model::drawing::{self, DRAWN_FROM, DrawingFile, source_print};
use crate::model::slot::{Slot, SlotContent, line_of};
use crate::name::Basename;
use crate::outcome::build::BuildOutcome;
use crate::outcome::diagrams::{SlotChange, SlotEntry, SlotList, SlotState};
use crate::output::page_state::{self, PageState};
use crate::pipeline;
use crate::pipeline::request::{Request, Scope};
use crate::pipeline::site::Site;
use crate::progress::Progress;
use crate::rule::{Cause, Rule};

use looked::{Looked, refused};
use picture_file::{check_way, drawn, replace};

pub use lift::{Lift, lift};

/// The guide for people and agents who draw pictures.
const STYLE: &str = include_str!("../../../docs/markdown/write__guide-drawing.md");

/// What `diagrams style` prints.
pub fn style() -> &'static str {
    STYLE
}

/// Which slots are listed; empty lists match every slot.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub states: Vec<SlotState>,
    pub documents: Vec<String>,
}

/// The index of a slot in a document's outline.
///
/// # Errors
///
/// If it has no such slot; lists its slots.
fn slot_index(document: &Document, slot: &str) -> Result<usize> {
    let diagrams = &document.outline.diagrams;
    if let Some(index) = diagrams.iter().position(|diagram| diagram.slot == slot) {
        return Ok(index);
    }
    let shown = slot.escape_debug();
    let problem = BuildError::new(
        Cause::NoSuchSlot,
        document.name.source(),
        format!("has no slot `{shown}`"),
    );
    let slots: Vec<&str> = diagrams.iter().map(|d| d.slot.as_str()).collect();
    Err(refused(problem.help(match slots.as_slice() {
        [] => "it has no diagram; write one, in a fence".to_owned(),
        slots => format!("its slots: {}", slots.join(", ")),
    })))
}

/// Lists slots.
///
/// # Errors
///
/// If the site cannot be read, or a document of the filter does not exist.
pub fn list(folder: Option<&Path>, filter: &Filter, progress: &Progress) -> Result<SlotList> {
    let looked = Looked::at(folder, progress)?;
    let wanted = filter
        .documents
        .iter()
        .map(|typed| Ok(looked.document(typed)?.0))
        .collect::<Result<Vec<DocId>>>()?;
    let catalogue = looked.catalogue();
    let passes = |id: Option<DocId>| wanted.is_empty() || id.is_some_and(|id| wanted.contains(&id));
    let mut entries: Vec<SlotEntry> = Vec::new();
    for (id, _) in catalogue.corpus.iter().filter(|(id, _)| passes(Some(*id))) {
        let slots = looked.slots().of(id).iter().enumerate();
        entries.extend(slots.map(|(index, slot)| entry(catalogue, id, index, slot)));
    }
    let unplaced = catalogue.drawings.unplaced.iter();
    let unplaced = unplaced.filter(|(id, _)| passes(*id));
    entries.extend(unplaced.map(|(id, picture)| unplaced_entry(catalogue, *id, picture)));
    if !filter.states.is_empty() {
        entries.retain(|entry| filter.states.contains(&entry.state));
    }
    Ok(SlotList::new(entries))
}

fn entry(catalogue: &Catalogue, id: DocId, index: usize, slot: &Slot) -> SlotEntry {
    let document = catalogue.corpus.get(id);
    let diagram = &document.outline.diagrams[index];
    let (state, drawing, failure) = match &slot.content {
        SlotContent::Built(drawing) => (SlotState::Drawn, Some(drawing), None),
        SlotContent::ByHand {
            drawing,
            outdated: false,
        } => (SlotState::ByHand, Some(drawing), None),
        SlotContent::ByHand {
            drawing,
            outdated: true,
        } => (SlotState::Outdated, Some(drawing), None),
        SlotContent::Letters => (SlotState::Drawn, None, None),
        SlotContent::Undrawn(failure) => (SlotState::Undrawn, None, Some(failure)),
    };
    let mut remarks = slot.remarks().iter();
    let remark = remarks.next();
    // Each further one with its own line.
    let others = remarks.map(|other| {
        let line = line_of(document, index, other.line);
        format!("; line {line}: {}", other.message)
    });
    let remarked = remark.map(|first| first.message.clone() + &others.collect::<String>());
    let line = failure.and_then(|failure| failure.line);
    let unusable = slot.unusable.as_ref();
    let why = unusable.or(failure).map(ToString::to_string);
    SlotEntry {
        basename: Some(document.name.as_str().to_owned()),
        slot: diagram.slot.clone(),
        state,
        language: Some(diagram.language.clone()),
        caption: diagram.caption.clone(),
        line: Some(document.outline.diagrams[index].place.position.line),
        file: drawing::path(document.name.as_str(), &diagram.slot),
        width: drawing.map(|drawing| drawing.width),
        height: drawing.map(|drawing| drawing.height),
        bytes: drawing.map(|drawing| drawing.bytes()),
        why: why.or(remarked),
        why_line: line
            .or(remark.map(|remark| remark.line))
            .map(|line| line_of(document, index, line)),
        published: catalogue.published.contains(&id),
    }
}

fn unplaced_entry(catalogue: &Catalogue, id: Option<DocId>, picture: &DrawingFile) -> SlotEntry {
    let stem = picture.path.rsplit('/').next().unwrap_or(&picture.path);
    let document = id.map(|id| catalogue.corpus.get(id));
    SlotEntry {
        basename: document.map(|document| document.name.as_str().to_owned()),
        slot: stem.strip_suffix(".svg").unwrap_or(stem).to_owned(),
        state: SlotState::Unplaced,
        language: None,
        caption: None,
        line: None,
        file: picture.path.clone(),
        width: None,
        height: None,
        bytes: None,
        why: None,
        why_line: None,
        published: id.is_some_and(|id| catalogue.published.contains(&id)),
    }
}

/// What `show` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Facts,
    Source,
    /// The picture, as a standalone file.
    Svg,
}

/// What `show` found.
#[derive(Debug)]
pub enum Shown {
    /// Facts about the slot.
    Facts(SlotList),
    /// A text to print unchanged.
    Text(String),
}

/// Shows a slot.
///
/// # Errors
///
/// If the slot does not exist, or has no picture.
pub fn show(
    folder: Option<&Path>,
    typed: &str,
    slot: &str,
    part: Part,
    progress: &Progress,
) -> Result<Shown> {
    let looked = Looked::at(folder, progress)?;
    let (id, document) = looked.document(typed)?;
    let index = slot_index(document, slot)?;
    let found = &looked.slots().of(id)[index];
    let diagram = &document.outline.diagrams[index];
    Ok(match part {
        Part::Facts => {
            let entry = entry(looked.catalogue(), id, index, found);
            Shown::Facts(SlotList::new(vec![entry]))
        }
        Part::Source => Shown::Text(diagram.source.clone()),
        Part::Svg => match &found.content {
            SlotContent::Built(drawing) => Shown::Text(drawing.file()),
            SlotContent::ByHand { .. } => Shown::Text(hand_drawn(&looked, id, index)?),
            SlotContent::Letters => bail!("{} {slot} is a picture in letters", document.name),
            SlotContent::Undrawn(failure) => {
                bail!("{} {slot} could not be drawn: {failure}", document.name)
            }
        },
    })
}

fn hand_drawn(looked: &Looked, id: DocId, index: usize) -> Result<String> {
    let Some(picture) = looked.catalogue().drawings.get(id, index) else {
        bail!("there is no hand-drawn picture");
    };
    let bytes = disk::read_named(&looked.site.root.join(&picture.path))?;
    document::decode(&picture.path, &bytes).map_err(refused)
}

/// Checks and stores a picture, and renders its page with it.
///
/// # Errors
///
/// If the slot does not exist, or no page can show the picture; nothing is changed then.
pub fn put(
    folder: Option<&Path>,
    typed: &str,
    slot: &str,
    file: &Path,
    progress: &Progress,
) -> Result<SlotChange> {
    let site = Site::watched(folder, progress)?;
    let bytes = disk::read_named(file)?;
    let shown = file.display().to_string();
    let text = document::decode(&shown, &bytes).map_err(refused)?;
    let unusable = |why: String| {
        refused(BuildError::new(
            Cause::Found(Rule::DrawingUnusable),
            &shown,
            why,
        ))
    };
    // In another process first: a file from outside may be made to crash its reader.
    drawn(text.clone()).map_err(|failure| unusable(failure.message))?;
    let picture = svg::read(&text).map_err(|why| unusable(why.to_string()))?;
    let lock = disk::lock(&site.root)?;
    let looked = Looked::site(site)?;
    let (_, document) = looked.document(typed)?;
    let index = slot_index(document, slot)?;
    let name = document.name.clone();
    let print = source_print(&document.outline.diagrams[index]).to_string();
    let path = drawing::path(name.as_str(), slot);
    let stored = picture.to_file(&[(DRAWN_FROM, &print)]);
    let set_aside = replace(&looked.site, &path, stored.as_bytes(), None, "diagrams put")?;
    Ok(SlotChange {
        file: path,
        stored: true,
        set_aside,
        removed: picture.removed().to_vec(),
        unseen: unseen(&looked, &name, true),
        build: rendered(&lock, &looked.site, &name)?,
    })
}

/// Removes a hand-drawn picture, and renders its page without it.
///
/// # Errors
///
/// If there is none.
pub fn remove(
    folder: Option<&Path>,
    typed: &str,
    slot: &str,
    progress: &Progress,
) -> Result<SlotChange> {
    let site = Site::watched(folder, progress)?;
    let lock = disk::lock(&site.root)?;
    let looked = Looked::site(site)?;
    let (id, document) = looked.document(typed)?;
    let name = document.name.clone();
    let path = drawing::path(name.as_str(), slot);
    let drawings = &looked.catalogue().drawings;
    let mut of_document = drawings
        .placed()
        .filter(|(of, _, _)| *of == id)
        .map(|(_, _, picture)| picture)
        .chain(drawings.unplaced_of(id));
    if !of_document.any(|picture| picture.path == path) {
        slot_index(document, slot)?;
        bail!("{path}: there is no hand-drawn picture");
    }
    let target = looked.site.root.join(&path);
    check_way(&looked.site, &path)?;
    let old = disk::read_named(&target)?;
    let kept = disk::set_aside(&looked.site.root, &path, &old, "diagrams remove")?;
    if disk::remove(&target, Fingerprint::of(&old))? == Placed::Changed {
        bail!("{path} was changed by another program meanwhile; it is kept");
    }
    if let Some(folder) = target.parent() {
        disk::remove_empty_folder(folder);
    }
    Ok(SlotChange {
        file: path,
        stored: false,
        set_aside: Some(kept),
        removed: Vec::new(),
        unseen: unseen(&looked, &name, false),
        build: rendered(&lock, &looked.site, &name)?,
    })
}

/// Why readers do not see a change of a slot, and what to do; `None` if docsite renders the page.
fn unseen(looked: &Looked, name: &Basename, is_stored: bool) -> Option<String> {
    let document = looked.catalogue().corpus.find(name.as_str());
    let is_draft = document.is_some_and(|id| looked.catalogue().corpus.get(id).front.draft);
    let page = looked.site.shown(&name.page());
    let picture = if is_stored {
        "the new picture"
    } else {
        "that the picture is gone"
    };
    let found = page_state::look(&looked.site.output(), &name.page());
    Some(match found.state {
        PageState::HandMade(_) if is_draft => format!(
            "{page} is made by hand and stays as it is, and its document is a draft: nothing is \
             rendered"
        ),
        _ if is_draft => format!("{name} is a draft: it has no page that would show {picture}"),
        PageState::Generated(_) => return None,
        PageState::HandMade(_) => format!(
            "{page} is made by hand: readers see what is drawn in it, not {picture}; `docsite \
             diagrams lift {name}` stores what is drawn in it, and renders the page again"
        ),
        PageState::Absent => {
            format!("{page} does not exist: `docsite render {name}` makes it and shows {picture}")
        }
        PageState::Unknown => format!(
            "{page} was made by another program: readers do not see {picture}; `docsite render \
             {name} --adopt` renders it"
        ),
        PageState::Damaged => {
            format!("{page} is empty: `docsite render {name}` makes it again")
        }
        PageState::Doubtful(why) => format!("{page} {why}: it is not rendered"),
    })
}

/// Renders a document's page, if docsite made it.
fn rendered(lock: &Lock, site: &Site, name: &Basename) -> Result<Option<BuildOutcome>> {
    let found = page_state::look(&site.output(), &name.page());
    if !matches!(found.state, PageState::Generated(_)) {
        return Ok(None);
    }
    let request = Request::new(Scope::Pages(vec![name.clone()]));
    Ok(Some(pipeline::build_locked(lock, site, request)?.into()))
}
