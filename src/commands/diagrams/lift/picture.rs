//! The file that a picture of a page becomes, and the slot that it fills.
//!
//! Not here: which picture fills which slot (`diagram::lift`), and writing files.

use crate::commands::diagrams::looked::Looked;
use crate::commands::diagrams::picture_file::drawn;
use crate::diagram::lift::{Drawn, PlacedBy, Placement};
use crate::diagram::svg;
use crate::disk;
use crate::fingerprint::Fingerprint;
use crate::markdown::outline::is_slot_name;
use crate::model::document::Document;
use crate::model::drawing::{self, DRAWN_FROM, source_print};
use crate::outcome::diagrams::LiftedPicture;

pub(super) enum Target<'a> {
    /// One that the document has.
    Slot(&'a Placement),
    /// A slot to be added to the document.
    New(String),
}

/// A picture, and the text of its file.
pub(super) struct PictureText {
    pub(super) lifted: LiftedPicture,
    pub(super) text: String,
}

impl PictureText {
    /// Or why a reader would see something else than before.
    pub(super) fn new(
        document: &Document,
        found: &Drawn,
        target: &Target<'_>,
    ) -> Result<Self, String> {
        let cannot = |why: String| format!("has a picture that cannot be shown from a file: {why}");
        // In another process first, as with any picture from outside.
        drawn(found.svg.clone()).map_err(|failure| cannot(failure.message))?;
        let picture = svg::read(&found.svg).map_err(|why| cannot(why.to_string()))?;
        let lost = picture.removed().iter().find(|what| is_seen(what));
        if let Some(lost) = lost {
            return Err(cannot(format!("{lost} would be removed")));
        }
        let diagram = match target {
            Target::Slot(placement) => {
                placement.and_then(|(slot, _)| document.outline.diagrams.get(slot))
            }
            Target::New(_) => None,
        };
        let slot = match (target, diagram) {
            (Target::New(slot), _) => slot,
            (Target::Slot(_), Some(diagram)) => &diagram.slot,
            (Target::Slot(_), None) => return Err(cannot("its slot is not there".to_owned())),
        };
        let print = match (&found.source, diagram) {
            (Some(kept), Some(_)) => Fingerprint::of(kept.trim_end().as_bytes()),
            (None, Some(diagram)) => source_print(diagram),
            (_, None) => Fingerprint::of(b""),
        };
        let text = picture.to_file(&[(DRAWN_FROM, &print.to_string())]);
        let lifted = LiftedPicture {
            file: drawing::path(document.name.as_str(), slot),
            slot: slot.clone(),
            placed_by: match target {
                Target::Slot(placement) => placement.map_or("", |(_, placed_by)| words(placed_by)),
                Target::New(_) => "new: a fence is inserted where the picture is",
            },
            removed: picture.removed().to_vec(),
        };
        Ok(Self { lifted, text })
    }
}

/// Whether what is removed from a picture was visible.
fn is_seen(removed: &str) -> bool {
    ["<foreignObject>", "<image>", "<use>"]
        .iter()
        .any(|element| removed.contains(element))
}

fn words(placed_by: PlacedBy) -> &'static str {
    match placed_by {
        PlacedBy::Named => "the page names the slot",
        PlacedBy::Source => "it is beside the same source",
        PlacedBy::Caption => "the same caption",
        PlacedBy::Words => "words in common",
        PlacedBy::Order => "by order",
    }
}

/// Chooses the names of new slots.
pub(super) struct NewSlots<'a> {
    looked: &'a Looked,
    document: &'a Document,
    given: Vec<String>,
}

impl<'a> NewSlots<'a> {
    pub(super) fn new(looked: &'a Looked, document: &'a Document) -> Self {
        Self {
            looked,
            document,
            given: Vec::new(),
        }
    }

    /// The wanted name, if it is free, or else the next number.
    pub(super) fn next(&mut self, wanted: Option<&str>) -> String {
        let wanted = wanted.filter(|slot| is_slot_name(slot) && self.is_free(slot));
        let mut numbered = (1..).map(|number| format!("picture-{number}"));
        let slot = match wanted {
            Some(slot) => Some(slot.to_owned()),
            None => numbered.find(|slot| self.is_free(slot)),
        };
        let slot = slot.unwrap_or_default();
        self.given.push(slot.clone());
        slot
    }

    fn is_free(&self, slot: &str) -> bool {
        let path = drawing::path(self.document.name.as_str(), slot);
        let target = self.looked.site.root.join(&path);
        let mut slots = self.document.outline.diagrams.iter().map(|d| &d.slot);
        let is_taken = slots.any(|other| other.eq_ignore_ascii_case(slot))
            || self.given.iter().any(|other| other == slot);
        !is_taken && disk::kind(&target).is_ok_and(|kind| kind == disk::Kind::Absent)
    }
}
