//! The content of each diagram's slot: the build's picture, a hand-drawn one, or none, and why.
//!
//! Not here: drawing, and the HTML around a picture.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Position};
use crate::diagram::{Drawing, Failure, Lack, Remark};
use crate::rule::Rule;

use super::catalogue::Catalogue;
use super::corpus::DocId;
use super::document::Document;
use super::drawing::{self, DrawingFile, source_print};

#[derive(Debug, Clone, PartialEq)]
pub struct Slot {
    pub content: SlotContent,
    /// Why the hand-drawn picture cannot be shown; the slot is then filled as if there were none.
    pub unusable: Option<Failure>,
}

/// What a reader sees in a diagram's place.
#[derive(Debug, Clone, PartialEq)]
pub enum SlotContent {
    /// A picture drawn by the build.
    Built(Arc<Drawing>),
    /// A hand-drawn picture.
    ByHand {
        drawing: Arc<Drawing>,
        /// The diagram changed after it was drawn.
        outdated: bool,
    },
    /// An ASCII picture, shown as it is written.
    Letters,
    /// Only the source, and why.
    Undrawn(Failure),
}

#[derive(Debug, Clone, Default)]
pub struct Slots(BTreeMap<DocId, Vec<Slot>>);

impl Slot {
    /// What the author should know about the build's picture.
    pub fn remarks(&self) -> &[Remark] {
        match &self.content {
            SlotContent::Built(drawing) => &drawing.remarks,
            _ => &[],
        }
    }
}

impl Slots {
    /// The slots of each document that has any, in the order of its outline.
    pub fn new(slots: BTreeMap<DocId, Vec<Slot>>) -> Self {
        Self(slots)
    }

    /// Puts the slots of some documents in the place of theirs.
    pub fn replace(&mut self, id: DocId, slots: BTreeMap<DocId, Vec<Slot>>) {
        self.0.remove(&id);
        self.0.extend(slots);
    }

    /// One for each diagram of a document's outline.
    pub fn of(&self, id: DocId) -> &[Slot] {
        self.0.get(&id).map_or(&[], Vec::as_slice)
    }

    /// Whether no attempt to draw one failed in a way that another may not.
    pub fn are_final(&self) -> bool {
        let mut slots = self.0.values().flatten();
        !slots.any(|slot| {
            let undrawn = match &slot.content {
                SlotContent::Undrawn(failure) => Some(failure),
                _ => None,
            };
            undrawn
                .into_iter()
                .chain(&slot.unusable)
                .any(|it| it.passing)
        })
    }

    /// The slots of a document whose hand-drawn picture is older than its diagram.
    pub fn outdated(&self, document: &Document, id: DocId) -> Vec<String> {
        let slots = self.of(id).iter().zip(&document.outline.diagrams);
        let outdated = slots
            .filter(|(slot, _)| matches!(slot.content, SlotContent::ByHand { outdated: true, .. }));
        outdated.map(|(_, diagram)| diagram.slot.clone()).collect()
    }

    /// Findings about a document's diagrams.
    pub fn problems(&self, catalogue: &Catalogue, id: DocId) -> Vec<Diagnostic> {
        let document = catalogue.corpus.get(id);
        let slots = self.of(id).iter().enumerate();
        let of_slots = slots.flat_map(|(index, slot)| {
            let picture = catalogue.drawings.get(id, index);
            let lacks = slot.remarks().iter();
            let lacks = lacks.map(move |remark| lacking(document, index, remark));
            let others = [
                undrawn(document, index, slot),
                picture.and_then(|picture| unusable(picture, slot)),
                picture.and_then(|picture| outdated(document, index, slot, picture)),
            ];
            lacks.chain(others.into_iter().flatten())
        });
        of_slots.collect()
    }
}

/// The line of a document that contains a line of a diagram's source; both count from 1.
pub fn line_of(document: &Document, index: usize, line: usize) -> usize {
    document.outline.diagrams[index].place.position.line + line
}

fn undrawn(document: &Document, index: usize, slot: &Slot) -> Option<Diagnostic> {
    let SlotContent::Undrawn(failure) = &slot.content else {
        return None;
    };
    let diagram = &document.outline.diagrams[index];
    let place = document.outline.diagrams[index].place;
    let message = format!("slot {}: {failure}", diagram.slot);
    let problem = Diagnostic::new(Rule::DiagramUndrawn, document.name.source(), message);
    let problem = match failure.line {
        Some(line) => problem.at(Position {
            line: line_of(document, index, line),
            column: 1,
        }),
        None => problem.at(place.position).over(place.length),
    };
    let (name, slot) = (&document.name, &diagram.slot);
    Some(problem.help(format!(
        "fix its source, or draw it: docsite diagrams put {name} {slot} FILE.svg"
    )))
}

fn lacking(document: &Document, index: usize, remark: &Remark) -> Diagnostic {
    let (name, slot) = (&document.name, &document.outline.diagrams[index].slot);
    let message = format!("slot {slot}: {}", remark.message);
    let position = Position {
        line: line_of(document, index, remark.line),
        column: 1,
    };
    let (rule, what) = match remark.lack {
        Lack::Layout => (Rule::DiagramLayout, "the setting"),
        Lack::Image => (Rule::DiagramImage, "it"),
    };
    let problem = Diagnostic::new(rule, name.source(), message).at(position);
    problem.help(format!(
        "remove {what}, or draw the picture: docsite diagrams put {name} {slot} FILE.svg"
    ))
}

fn unusable(picture: &DrawingFile, slot: &Slot) -> Option<Diagnostic> {
    let failure = slot.unusable.as_ref()?;
    Some(
        Diagnostic::new(Rule::DrawingUnusable, &picture.path, failure.to_string())
            .help("until it is fixed, the file is ignored"),
    )
}

fn outdated(
    document: &Document,
    index: usize,
    slot: &Slot,
    picture: &DrawingFile,
) -> Option<Diagnostic> {
    let SlotContent::ByHand { outdated: true, .. } = slot.content else {
        return None;
    };
    let diagram = &document.outline.diagrams[index];
    let place = document.outline.diagrams[index].place;
    let message = format!(
        "slot {}: {} was drawn before this diagram was changed",
        diagram.slot, picture.path
    );
    // A diagram that somebody put in before it moved it down, and its picture stayed.
    let moved = document.outline.diagrams.iter().find(|other| {
        other.slot != diagram.slot && picture.drawn_from == Some(source_print(other))
    });
    let (name, slot) = (&document.name, &diagram.slot);
    let help = match moved {
        Some(other) => {
            let right = drawing::path(name.as_str(), &other.slot);
            format!(
                "it was drawn from what is slot {} now: rename it to {right}",
                other.slot
            )
        }
        None => format!("draw it again: docsite diagrams put {name} {slot} FILE.svg"),
    };
    Some(
        Diagnostic::new(Rule::DrawingOutdated, document.name.source(), message)
            .at(place.position)
            .over(place.length)
            .help(help),
    )
}

/// Hand-drawn pictures without a diagram.
pub fn unplaced(catalogue: &Catalogue) -> impl Iterator<Item = Diagnostic> {
    catalogue.drawings.unplaced.iter().map(|(id, picture)| {
        let slots: Vec<&str> = id.map_or_else(Vec::new, |id| {
            let diagrams = catalogue.corpus.get(id).outline.diagrams.iter();
            diagrams.map(|diagram| diagram.slot.as_str()).collect()
        });
        let message = match (id, slots.as_slice()) {
            (None, _) => "belongs to no document".to_owned(),
            (Some(_), []) => "its document has no diagram".to_owned(),
            (Some(_), _) => "its document has no slot of this name".to_owned(),
        };
        let help = match slots.as_slice() {
            [] => "put a diagram into the document, or move the file away".to_owned(),
            slots => format!("rename it to a slot of its document: {}", slots.join(", ")),
        };
        Diagnostic::new(Rule::DrawingUnplaced, &picture.path, message).help(help)
    })
}
