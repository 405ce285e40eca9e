//! Raw HTML among what is written, as it is and clean, and what is added where it leaves something open
//! around Markdown.
//!
//! Not here: cleaning (`clean`).

use std::ops::Range;

use crate::markdown::body::Piece;
use crate::markdown::clean::{self, Cleaned, Cleaner, Part, Read};
use crate::markdown::labels::Labels;

use super::pieces::Pieces;
use super::table::table_box;

/// The cleaning of raw HTML.
#[derive(Default)]
pub(super) struct RawHtml {
    cleaner: Cleaner,
    /// Where the drawing ends that came tag by tag and is written already.
    drawing_end: Option<usize>,
    /// Up to where no drawing begins among words, as far as it is known.
    undrawn: usize,
    /// Whether the last mark says that what comes is hidden.
    hides: bool,
    /// What the piece says that came last; offsets are those of the body.
    read: Read,
}

/// A block of raw HTML whose lines are being gathered.
#[derive(Default)]
pub(super) struct OpenBlock {
    pub(super) html: String,
    /// Where each line begins: in `html`, and in the body.
    lines: Vec<(usize, usize)>,
}

impl OpenBlock {
    /// Adds a line, which is at `place` of the body.
    pub(super) fn push(&mut self, line: &str, place: usize) {
        self.lines.push((self.html.len(), place));
        self.html.push_str(line);
    }

    /// Where an offset of its HTML is in the body.
    pub(super) fn place(&self, offset: usize) -> usize {
        let next = self.lines.partition_point(|(start, _)| *start <= offset);
        let line = next.checked_sub(1).and_then(|at| self.lines.get(at));
        line.map_or(offset, |(start, place)| place + (offset - start))
    }
}

/// Every method may write to the pieces `out`.
impl RawHtml {
    pub(super) fn of(labels: &Labels) -> Self {
        Self {
            cleaner: Cleaner::new(table_box(labels, ""), [labels.open, labels.done]),
            ..Self::default()
        }
    }

    /// Whether what comes is in a table's cell.
    pub(super) fn is_in_cell(&self) -> bool {
        self.cleaner.is_in_cell()
    }

    /// A heading is above the tables that come.
    pub(super) fn below(&mut self, heading: &str) {
        self.cleaner.below(heading);
    }

    /// Takes what the piece says that came last; offsets are those of the body.
    pub(super) fn take_read(&mut self) -> Read {
        std::mem::take(&mut self.read)
    }

    /// Writes a block of raw HTML; `place` gives the place in the body of its offsets.
    pub(super) fn block(&mut self, out: &mut Pieces, html: String, place: impl Fn(usize) -> usize) {
        self.end_hidden(out);
        let cleaned = self.cleaner.block(&html);
        self.clean(out, cleaned, place);
        out.piece(Piece::Raw(html));
    }

    /// Writes raw HTML among words; `place` gives the place in the body of its offsets.
    fn raw(&mut self, out: &mut Pieces, html: String, place: impl Fn(usize) -> usize) {
        if self.drawing_end.is_none() && !html.is_empty() {
            let cleaned = self.cleaner.raw(&html);
            self.clean(out, cleaned, place);
        }
        out.piece(Piece::Raw(html));
    }

    fn clean(&mut self, out: &mut Pieces, cleaned: Cleaned, place: impl Fn(usize) -> usize) {
        self.read = cleaned.read;
        self.read.move_to(place);
        if !cleaned.parts.is_empty() {
            out.mark(Piece::Clean(cleaned.parts));
        }
        self.mark_hidden(out);
    }

    /// A drawing among words comes tag by tag: it is taken as a whole at its first one. `block` is the
    /// body up to the end of the block that the words are in, which is where the drawing must end.
    pub(super) fn inline(
        &mut self,
        out: &mut Pieces,
        block: &str,
        span: &Range<usize>,
        html: &str,
    ) {
        if self.drawing_end.is_none()
            && let Some(end) = clean::inline_drawing(block, span, &mut self.undrawn)
        {
            let cleaned = self.cleaner.drawing(&block[span.start..end]);
            self.drawing_end = Some(end);
            self.clean(out, cleaned, |offset| span.start + offset);
        }
        self.raw(out, html.to_owned(), |offset| span.start + offset);
        if self.drawing_end.is_some_and(|end| end <= span.end) {
            self.drawing_end = None;
            self.mark_hidden(out);
        }
    }

    fn mark_hidden(&mut self, out: &mut Pieces) {
        let hides = self.cleaner.hides() || self.drawing_end.is_some();
        if hides != self.hides {
            self.hides = hides;
            out.mark(Piece::Hidden(hides));
        }
    }

    /// A start tag of Markdown comes.
    pub(super) fn enter(&mut self, out: &mut Pieces, name: &'static str) {
        let before = self.cleaner.enter(name);
        self.mark_hidden(out);
        add_clean(out, before);
    }

    /// The end tag comes of the element that was entered last.
    pub(super) fn leave(&mut self, out: &mut Pieces) {
        let before = self.cleaner.leave();
        self.mark_hidden(out);
        add_clean(out, before);
    }

    /// What comes is in no block that is open: nothing hides it.
    pub(super) fn end_hidden(&mut self, out: &mut Pieces) {
        self.cleaner.end_hidden();
        self.mark_hidden(out);
    }

    /// Text comes, or something in a line that is not entered.
    pub(super) fn content(&mut self, out: &mut Pieces) {
        let before = self.cleaner.content();
        add_clean(out, before);
    }

    /// Closes what raw HTML left open.
    pub(super) fn finish(&mut self, out: &mut Pieces) {
        let before = self.cleaner.finish();
        self.drawing_end = None;
        self.mark_hidden(out);
        add_clean(out, before);
    }
}

fn add_clean(out: &mut Pieces, html: String) {
    if !html.is_empty() {
        out.mark(Piece::Clean(vec![Part::Html(html)]));
    }
}
