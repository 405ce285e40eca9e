//! What is written: pieces, and the raw HTML among them that may still be open.
//!
//! Not here: which elements those are (`super`).

use super::pieces::Pieces;
use super::raw::RawHtml;
use crate::markdown::labels::Labels;

pub(super) struct Output {
    pub(super) pieces: Pieces,
    pub(super) raw: RawHtml,
}

impl Output {
    pub(super) fn new(labels: &Labels, size: usize) -> Self {
        Self {
            pieces: Pieces::with_capacity(size),
            raw: RawHtml::of(labels),
        }
    }

    /// Text comes, or something in a line that is not entered.
    pub(super) fn content(&mut self) {
        self.raw.content(&mut self.pieces);
    }

    /// Text comes that was read from Markdown.
    pub(super) fn text(&mut self, text: &str) {
        if self.raw.is_in_cell() {
            self.pieces.cell_text(text);
        } else {
            self.pieces.text(text);
        }
    }

    /// Closes what raw HTML left open.
    pub(super) fn finish(&mut self) {
        self.raw.finish(&mut self.pieces);
    }

    pub(super) fn enter(&mut self, name: &'static str) {
        self.raw.enter(&mut self.pieces, name);
    }

    pub(super) fn leave(&mut self) {
        self.raw.leave(&mut self.pieces);
    }

    /// Something comes that has no raw HTML in it.
    pub(super) fn between(&mut self, name: &'static str) {
        self.enter(name);
        self.leave();
    }

    pub(super) fn open(&mut self, name: &'static str, html: &str) {
        self.enter(name);
        self.pieces.html(html);
    }

    pub(super) fn open_block(&mut self, name: &'static str, html: &str) {
        self.enter(name);
        self.pieces.block(html);
    }

    pub(super) fn close(&mut self, html: &str) {
        self.leave();
        self.pieces.html(html);
    }
}
