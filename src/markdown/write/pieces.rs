//! Pieces of a body that are being written: HTML is gathered until another kind of piece comes.
//!
//! Not here: what is written (`super`).

use crate::markdown::body::Piece;
use crate::markdown::breaks;
use crate::markdown::escape::push_text;

/// Pieces that are being written.
pub(super) struct Pieces {
    done: Vec<Piece>,
    /// HTML behind them.
    html: String,
    pub(super) at_line_start: bool,
}

impl Default for Pieces {
    fn default() -> Self {
        Self::with_capacity(0)
    }
}

impl Pieces {
    pub(super) fn with_capacity(size: usize) -> Self {
        Self {
            done: Vec::new(),
            html: String::with_capacity(size),
            at_line_start: true,
        }
    }

    pub(super) fn html(&mut self, html: &str) {
        if !html.is_empty() {
            self.html.push_str(html);
            self.at_line_start = html.ends_with('\n');
        }
    }

    /// Writes the beginning of a block, on a line of its own.
    pub(super) fn block(&mut self, html: &str) {
        if !self.at_line_start {
            self.html.push('\n');
        }
        self.html(html);
    }

    pub(super) fn text(&mut self, text: &str) {
        push_text(&mut self.html, text);
        self.at_line_start = text.ends_with('\n');
    }

    /// Text in a table's cell.
    pub(super) fn cell_text(&mut self, text: &str) {
        breaks::push(&mut self.html, text, push_text);
        self.at_line_start = text.ends_with('\n');
    }

    /// Text in a heading.
    pub(super) fn heading_text(&mut self, text: &str) {
        self.html(&breaks::broken(text));
    }

    pub(super) fn piece(&mut self, piece: Piece) {
        self.at_line_start = matches!(&piece, Piece::Raw(html) if html.ends_with('\n'));
        self.mark(piece);
    }

    /// A piece that shows nothing.
    pub(super) fn mark(&mut self, piece: Piece) {
        if !self.html.is_empty() {
            self.done.push(Piece::Html(std::mem::take(&mut self.html)));
        }
        self.done.push(piece);
    }

    /// How much is written: it grows with everything that is.
    pub(super) fn length(&self) -> (usize, usize) {
        (self.done.len(), self.html.len())
    }

    pub(super) fn append(&mut self, inside: Self) {
        self.extend(inside.done);
        self.html.push_str(&inside.html);
        self.at_line_start = inside.at_line_start;
    }

    pub(super) fn extend(&mut self, pieces: Vec<Piece>) {
        for piece in pieces {
            match piece {
                Piece::Html(html) => self.html(&html),
                piece => self.piece(piece),
            }
        }
    }

    /// Writes at the end of the paragraph that ends here; where none does, behind everything.
    pub(super) fn put_in_last_paragraph(&mut self, html: &str) {
        let end = self.html.strip_suffix("</p>\n").unwrap_or(&self.html).len();
        self.html.insert_str(end, html);
    }

    pub(super) fn finish(mut self) -> Vec<Piece> {
        if !self.html.is_empty() {
            self.done.push(Piece::Html(self.html));
        }
        self.done
    }
}
