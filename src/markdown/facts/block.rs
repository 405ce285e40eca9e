//! The text of the block that is open, and the links in it: their labels, and the words around them.
//!
//! Not here: links beside their text, and which block belongs to which heading.

use std::ops::Range;

use super::cut::{head, tail};
use crate::markdown::outline::{Link, one_line};

/// How many characters before and after a link are kept for the page that it links to.
const CONTEXT: usize = 60;

/// A paragraph, a heading, a cell, a tight item.
#[derive(Default)]
pub(super) struct Block {
    text: String,
    /// Its links: index, and the bytes of the text that are their label.
    labels: Vec<(usize, Range<usize>)>,
    /// Links that are open: index, and where the label begins.
    open: Vec<(usize, usize)>,
}

impl Block {
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    pub(super) fn start_link(&mut self, index: usize) {
        self.open.push((index, self.text.len()));
    }

    pub(super) fn end_link(&mut self) {
        if let Some((index, from)) = self.open.pop() {
            let from = from.min(self.text.len());
            self.labels.push((index, from..self.text.len()));
        }
    }

    /// The indices of the links that are open.
    pub(super) fn open_links(&self) -> impl Iterator<Item = usize> {
        self.open.iter().map(|(index, _)| *index)
    }

    /// Ends the block: gives its links the words around them, and returns its text.
    pub(super) fn end(&mut self, links: &mut [Link]) -> String {
        let text = std::mem::take(&mut self.text);
        self.open.clear();
        for (index, label) in self.labels.drain(..) {
            let link = &mut links[index];
            link.label = one_line(&text[label.clone()]);
            link.before = tail(&text[..label.start], CONTEXT);
            link.after = head(&text[label.end..], CONTEXT);
        }
        text
    }
}
