//! Diagrams among fences: each with a name of its own.
//!
//! Not here: which fence is a diagram (`outline`), and pictures.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;

use crate::markdown::diagram_words::diagram_language;
use crate::markdown::fence::Fence;
use crate::markdown::outline::{Diagram, What, is_slot_name};
use crate::place::Locator;
use crate::portable::folded;

/// The diagram of a fence behind others, and what is wrong with the name that it gives.
pub(super) fn diagram(
    fence: Fence,
    before: &[Diagram],
    span: &Range<usize>,
    places: &Locator<'_>,
) -> (Diagram, Option<What>) {
    let (slot, problem) = slot(fence.id, before);
    let language = diagram_language(&fence.language).map(str::to_owned);
    let diagram = Diagram {
        language: language.unwrap_or(fence.language),
        slot,
        caption: fence.title,
        source: String::new(),
        span: span.clone(),
        place: places.place(span),
    };
    (diagram, problem)
}

/// The name that a fence gives, or its number.
fn slot(name: Option<String>, before: &[Diagram]) -> (String, Option<What>) {
    let numbered = before.iter().filter(|before| !before.is_blank());
    let number = (numbered.count() + 1).to_string();
    let Some(name) = name.filter(|name| *name != number) else {
        return (number, None);
    };
    // File systems that take two spellings for one name must not mix two pictures up.
    let is_taken = |other: &Diagram| folded(&other.slot) == folded(&name);
    if !is_slot_name(&name) {
        (number.clone(), Some(What::BadSlot(name, number)))
    } else if before.iter().any(is_taken) {
        (number.clone(), Some(What::SlotTwice(name, number)))
    } else {
        (name.nfc().collect(), None)
    }
}
