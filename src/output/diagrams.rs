//! What a page shows in the slot of each diagram of its document.
//!
//! Not here: what a slot contains (`model::slot`), and the HTML (`markdown::diagram`).

use crate::diagram::{COLUMN, Drawing, inline_picture};
use crate::fingerprint::Fingerprint;
use crate::html::decoded;
use crate::markdown::diagram::DiagramHtml;
use crate::markdown::escape::attribute;
use crate::markdown::outline::Diagram;
use crate::model::catalogue::Catalogue;
use crate::model::corpus::DocId;
use crate::model::document::Document;
use crate::model::slot::{Slot, SlotContent, Slots, line_of};

use super::words::Words;

/// One for each diagram of a document's outline, in their order.
pub fn shown(document: &Document, slots: &[Slot], t: &Words) -> Vec<DiagramHtml> {
    let diagrams = document.outline.diagrams.iter();
    let slots = diagrams.zip(slots);
    slots
        .enumerate()
        .map(|(index, (diagram, slot))| match &slot.content {
            SlotContent::Built(drawing) => drawn(diagram, drawing, None, t),
            SlotContent::ByHand { drawing, outdated } => {
                drawn(diagram, drawing, Some(*outdated), t)
            }
            SlotContent::Letters => DiagramHtml::Undrawn(None),
            SlotContent::Undrawn(failure) => {
                let line = failure.line.map(|line| {
                    let line = line_of(document, index, line);
                    format!("{}:{line}: ", document.name.source())
                });
                let reason = t.failure(failure, &diagram.language);
                let why = format!("{}{reason}", line.unwrap_or_default());
                DiagramHtml::Undrawn(Some(why))
            }
        })
        .collect()
}

/// A picture; `hand` is whether a hand-drawn one is outdated.
fn drawn(diagram: &Diagram, drawing: &Drawing, hand: Option<bool>, t: &Words) -> DiagramHtml {
    let name = diagram.caption.as_ref().or(drawing.title.as_ref());
    let name = name.map_or_else(|| t.diagram.to_owned(), Clone::clone);
    let svg = drawing.placed(&diagram.slot, &attribute(&name));
    DiagramHtml::Drawn {
        print: Fingerprint::of_text(&svg),
        wide: drawing.width > COLUMN,
        least_width: pixels(drawing.least_width),
        caption: caption(diagram, drawing, &svg),
        svg,
        name,
        by_hand: hand.is_some(),
        outdated: hand.unwrap_or_default(),
    }
}

/// What the author called a picture: in its fence, or else the picture's title, which nobody sees
/// unless it is drawn too.
fn caption(diagram: &Diagram, drawing: &Drawing, svg: &str) -> Option<String> {
    let is_drawn = |title: &&String| {
        let title = letters(title);
        let mut texts = svg.split("<text").skip(1);
        texts.any(|rest| {
            let inside = rest.split("</text>").next().unwrap_or_default();
            let words = inside.split('<').filter_map(|part| part.split_once('>'));
            letters(&decoded(&words.map(|(_, words)| words).collect::<String>())) == title
        })
    };
    let own = || drawing.title.as_ref().filter(|title| !is_drawn(title));
    diagram.caption.as_ref().or_else(own).cloned()
}

/// A title without what a renderer does to it: lines, spaces and signs.
fn letters(title: &str) -> String {
    let title = title.replace("<br>", "");
    title.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A length as an attribute takes it.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a float is cast to the nearest value of the type"
)]
fn pixels(length: f64) -> u32 {
    length.ceil() as u32
}

/// An inline `<svg>` of raw HTML, cleaned like a picture in a slot, in colours of both schemes, and
/// with unique ids; `None` if it is not a picture.
pub fn inline(number: usize, svg: &str) -> Option<String> {
    inline_picture(svg, &format!("ds.svg.{number}."))
}

/// The inputs of a page's slots besides the document itself and the program.
pub fn key(catalogue: &Catalogue, slots: &Slots, id: DocId) -> Vec<String> {
    let slots = slots.of(id).iter().enumerate();
    slots
        .map(|(index, slot)| match &slot.content {
            SlotContent::Built(_) => "built".to_owned(),
            SlotContent::ByHand { outdated, .. } => {
                let picture = catalogue.drawings.get(id, index);
                let print = picture.map(|picture| picture.print.to_string());
                format!("{} {outdated}", print.unwrap_or_default())
            }
            SlotContent::Letters => "letters".to_owned(),
            SlotContent::Undrawn(failure) => format!("{:?} {failure}", failure.line),
        })
        .collect()
}
