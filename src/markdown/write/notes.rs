//! The text of footnotes, which is moved to the end of the body.
//!
//! Not here: numbers and ids (`markdown::notes`).

use std::collections::HashMap;

use crate::markdown::body::Piece;
use crate::markdown::escape::attribute as escaped;
use crate::markdown::labels::Labels;
use crate::markdown::notes::{self, Numbers};

use super::pieces::Pieces;

/// Notes by name, as far as they are written.
#[derive(Default)]
pub(super) struct Notes {
    bodies: HashMap<String, Vec<Piece>>,
    /// Names in the order in which the notes are defined.
    defined: Vec<String>,
}

impl Notes {
    /// Adds a note; of two with one name the first stays.
    pub(super) fn add(&mut self, name: String, body: Vec<Piece>) {
        self.defined.push(name.clone());
        self.bodies.entry(name).or_insert(body);
    }

    /// Writes all notes in the order of their numbers.
    pub(super) fn write(self, out: &mut Pieces, mut numbers: Numbers, labels: &Labels) {
        for name in &self.defined {
            numbers.number(name);
        }
        let bodies = self.bodies.into_iter();
        let mut notes: Vec<_> = bodies
            .map(|(name, body)| (numbers.number(&name), body))
            .collect();
        if notes.is_empty() {
            return;
        }
        notes.sort_by_key(|(number, _)| *number);
        let label = escaped(labels.footnotes);
        out.html(&format!(
            "<section class=\"notes\" aria-label=\"{label}\"><ol>\n"
        ));
        for (number, body) in notes {
            out.html(&format!("<li id=\"{}\">", notes::id(number)));
            out.extend(body);
            let places = numbers.places(number).zip(1..);
            let ways_back: String = places
                .map(|(place, time)| way_back(&place, time, labels.back_to_text))
                .collect();
            out.put_in_last_paragraph(&ways_back);
            out.html("</li>\n");
        }
        out.html("</ol></section>\n");
    }
}

/// Back to one of the places that name a note; from the second on the arrow has a number.
fn way_back(place: &str, time: usize, label: &str) -> String {
    let label = escaped(label);
    // A name has what is seen in it.
    let (time, label) = match time {
        1 => (String::new(), label),
        time => (format!("<sup>{time}</sup>"), format!("↩{time} {label}")),
    };
    format!(" <a class=\"back-ref\" href=\"#{place}\" aria-label=\"{label}\">↩{time}</a>")
}
