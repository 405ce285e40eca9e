//! `docsite diagrams lift`: takes the pictures that somebody drew into a page, stores each in the
//! slot of the diagram that it shows, and renders the page from its Markdown again, with them.
//!
//! The old page is set aside, and one that says more than its pictures and its Markdown is left
//! alone. Not here: which picture belongs where, and what was edited (`diagram::lift`).

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result};

use crate::build::outcome::{Lift as Outcome, Lifted, LiftedPicture};
use crate::build::site::Site;
use crate::build::{self, Request, Scope};
use crate::diagram::lift::{self, Block, Drawn, Ground, Page, Placement, edits, place, read_page};
use crate::diagram::svg;
use crate::disk;
use crate::fingerprint::Fingerprint;
use crate::model::corpus::DocId;
use crate::model::document::{self, Document};
use crate::model::drawing::{self, DRAWN_FROM, source_print};
use crate::output::page_state::{self, Found, State};
use crate::output::render::Renderer;

use super::{Looked, drawn, refused, replace};

/// What is asked of it.
#[derive(Debug, Clone)]
pub struct Lift {
    /// Of these documents' pages.
    pub basenames: Vec<String>,
    /// Write nothing.
    pub dry_run: bool,
    /// Give up what is written by hand beside the pictures.
    pub discard: bool,
}

/// A page that was taken apart, and the files that come out of it.
struct Plan {
    lifted: Lifted,
    files: Vec<(String, String)>,
}

/// Lifts.
///
/// # Errors
/// When the site cannot be read, a document of the list is none, or something cannot be written.
/// Files that took their place stay; a page is replaced only after all its pictures are stored.
pub fn lift(folder: Option<&Path>, asked: &Lift) -> Result<Outcome> {
    let site = Site::open(folder)?;
    let lock = (!asked.dry_run)
        .then(|| disk::lock(&site.root))
        .transpose()?;
    let looked = Looked::site(site)?;
    let ids = asked
        .basenames
        .iter()
        .map(|typed| Ok(looked.document(typed)?.0))
        .collect::<Result<BTreeSet<DocId>>>()?;
    let plans = ids
        .into_iter()
        .map(|id| plan(&looked, id, asked.discard))
        .collect::<Result<Vec<Plan>>>()?;
    let mut outcome = None;
    if let Some(lock) = &lock {
        for (path, text) in plans.iter().flat_map(|plan| &plan.files) {
            replace(&looked.site, path, text.as_bytes())?;
        }
        let ready = plans.iter().filter(|plan| plan.lifted.is_ready());
        let names: Vec<_> = ready.map(|plan| plan.lifted.name.clone()).collect();
        if !names.is_empty() {
            let request = Request {
                discard: names.clone(),
                ..Request::new(Scope::Pages(names))
            };
            outcome = Some(build::build_locked(lock, &looked.site, &request)?);
        }
    }
    Ok(Outcome {
        pages: plans.into_iter().map(|plan| plan.lifted).collect(),
        outcome,
    })
}

fn plan(looked: &Looked, id: DocId, discard: bool) -> Result<Plan> {
    let document = looked.catalogue().corpus.get(id);
    let mut lifted = Lifted {
        name: document.name.clone(),
        pictures: Vec::new(),
        edits: Vec::new(),
        discarded: discard,
        refused: None,
    };
    let page = document.name.page();
    let found = page_state::look(&looked.site.output(), &page);
    let shown = looked.site.shown(&page);
    let mut files = Vec::new();
    let html = match why_not(&found, &shown) {
        Some(why) => {
            lifted.refused = Some(why);
            return Ok(Plan { lifted, files });
        }
        None => read(looked, &page)?,
    };
    // Another program's page writes its links otherwise; only what can be read is compared.
    let mark = found.mark();
    let old = read_page(&html, mark.is_some());
    if old.pictures.is_empty() {
        lifted.refused = Some(format!("{shown} has no hand-drawn picture in its text"));
        return Ok(Plan { lifted, files });
    }
    let is_exact = mark.is_some_and(|mark| mark.source == document.source);
    let new = rendered_now(looked, id, mark.is_some())?;
    lifted.edits = lift::shown(&edits(&old.blocks, &new, is_exact));
    lifted.edits.extend(beside(&old));
    (lifted.pictures, files) = pictures(looked, id, &old.pictures);
    if !lifted.is_ready() {
        files.clear();
    }
    Ok(Plan { lifted, files })
}

/// Why nothing can be lifted out of a page.
fn why_not(found: &Found, shown: &str) -> Option<String> {
    match &found.state {
        State::HandMade(_) => None,
        State::Absent => Some(format!(
            "{shown} is not there: the document is not published"
        )),
        State::Generated(_) => Some(format!("{shown} is as docsite wrote it")),
        State::Unknown => Some(format!("{shown} has no picture in it")),
        State::Damaged => Some(format!("{shown} is empty")),
        State::Doubtful(why) => Some(format!("{shown} {why}")),
    }
}

fn read(looked: &Looked, page: &str) -> Result<String> {
    let bytes = disk::read_named(&looked.site.output_file(page))?;
    document::decode(page, &bytes).map_err(refused)
}

/// What the page would say, rendered from its Markdown now.
fn rendered_now(looked: &Looked, id: DocId, is_own: bool) -> Result<Vec<Block>> {
    let document = looked.catalogue().corpus.get(id);
    let source = disk::read_named(&looked.site.root.join(document.name.source()))?;
    let survey = &looked.survey;
    let renderer = Renderer::new(&survey.catalogue, &survey.theme, &survey.slots);
    let draft = renderer.draft(id)?;
    let page = renderer.page(id, &draft, &source).map_err(refused)?;
    let page = String::from_utf8(page).context("a page that is not UTF-8")?;
    let mut blocks = read_page(&page, is_own).blocks;
    if !is_own {
        // In docsite's pages these stand outside of the text that is compared.
        let about = [&document.title, &document.summary];
        blocks.extend(about.map(|text| Block {
            text: text.clone(),
            line: None,
        }));
    }
    Ok(blocks)
}

/// Words in a picture's figure that neither its caption nor its source holds.
fn beside(page: &Page) -> impl Iterator<Item = String> {
    let words = page.pictures.iter().filter_map(|p| p.beside.as_deref());
    words.map(|text| format!("+ {text}"))
}

/// Where each picture goes, and the files that they become.
fn pictures(
    looked: &Looked,
    id: DocId,
    found: &[Drawn],
) -> (Vec<LiftedPicture>, Vec<(String, String)>) {
    let document = looked.catalogue().corpus.get(id);
    let drawings = &looked.catalogue().drawings;
    let diagrams = document.outline.diagrams.iter().enumerate();
    let slots: Vec<lift::Slot<'_>> = diagrams
        .map(|(index, diagram)| lift::Slot {
            name: &diagram.slot,
            caption: diagram.caption.as_deref(),
            source: &diagram.source,
            taken: drawings.get(id, index).is_some(),
        })
        .collect();
    let mut names = Unplaced::new(looked, document);
    let placements = place(found, &slots);
    let pairs = found.iter().zip(placements);
    pairs
        .map(|(drawn, placement)| picture(document, drawn, &placement, &mut names))
        .unzip()
}

fn picture(
    document: &Document,
    found: &Drawn,
    placement: &Placement,
    names: &mut Unplaced<'_>,
) -> (LiftedPicture, (String, String)) {
    // Away from this process first, as with any picture that somebody hands in.
    let readable = drawn(found.svg.clone()).is_ok();
    let picture = readable.then(|| svg::read(&found.svg).ok()).flatten();
    let slot = placement.slot.filter(|_| picture.is_some());
    let diagram = slot.and_then(|index| document.outline.diagrams.get(index));
    let file = match diagram {
        Some(diagram) => drawing::path(document.name.as_str(), &diagram.slot),
        None => names.next(),
    };
    let print = diagram.map(|diagram| match &found.source {
        Some(kept) => Fingerprint::of(kept.trim_end().as_bytes()).to_string(),
        None => source_print(diagram).to_string(),
    });
    let root = print.as_deref().map(|print| (DRAWN_FROM, print));
    let text = match &picture {
        Some(picture) => picture.to_file(root.as_slice()),
        // What cannot be shown is kept as it stood in the page.
        None => found.svg.clone(),
    };
    let lifted = LiftedPicture {
        file: file.clone(),
        slot: diagram.map(|diagram| diagram.slot.clone()),
        ground: diagram.and(placement.ground).map(words),
        removed: picture.map_or_else(Vec::new, |picture| picture.removed().to_vec()),
    };
    (lifted, (file, text))
}

fn words(ground: Ground) -> &'static str {
    match ground {
        Ground::Named => "the page names the slot",
        Ground::Source => "it stands beside the same source",
        Ground::Caption => "the same caption",
        Ground::Words => "words in common",
        Ground::Order => "by order",
    }
}

/// Names of files for pictures that no slot takes.
struct Unplaced<'a> {
    looked: &'a Looked,
    document: &'a Document,
    number: usize,
}

impl<'a> Unplaced<'a> {
    fn new(looked: &'a Looked, document: &'a Document) -> Self {
        Self {
            looked,
            document,
            number: 0,
        }
    }

    /// The next one that is free.
    fn next(&mut self) -> String {
        loop {
            self.number += 1;
            let slot = format!("unplaced-{}", self.number);
            let path = drawing::path(self.document.name.as_str(), &slot);
            let target = self.looked.site.root.join(&path);
            let is_slot = self
                .document
                .outline
                .diagrams
                .iter()
                .any(|d| d.slot == slot);
            if !is_slot && disk::kind(&target).is_ok_and(|kind| kind == disk::Kind::Absent) {
                return path;
            }
        }
    }
}
