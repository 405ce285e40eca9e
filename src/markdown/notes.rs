//! The numbers and ids of footnotes, which the page and the link check both take from here.
//!
//! Not here: the text of the notes (`html`), and references to notes that are not there (`outline`).

use std::collections::HashMap;

/// Footnotes, numbered in the order in which the text first refers to them; those without a
/// reference are last.
#[derive(Debug, Default)]
pub struct Numbers {
    numbers: HashMap<String, usize>,
    /// The number of references to each note.
    references: HashMap<usize, usize>,
}

impl Numbers {
    /// The number of a note, assigned if it has none yet.
    pub fn number(&mut self, name: &str) -> usize {
        let next = self.numbers.len() + 1;
        *self.numbers.entry(name.to_owned()).or_insert(next)
    }

    /// Adds a reference to a note: returns the note's number, and the id of the reference.
    pub fn reference(&mut self, name: &str) -> (usize, String) {
        let number = self.number(name);
        let times = self.references.entry(number).or_default();
        *times += 1;
        (number, place(number, *times))
    }

    /// The ids of the references to a note, in order.
    pub fn places(&self, number: usize) -> impl Iterator<Item = String> + use<> {
        let times = self.references.get(&number).copied().unwrap_or_default();
        (1..=times).map(move |time| place(number, time))
    }
}

pub fn id(number: usize) -> String {
    format!("fn.{number}")
}

fn place(number: usize, time: usize) -> String {
    if time == 1 {
        format!("fnref.{number}")
    } else {
        format!("fnref.{number}.{time}")
    }
}
