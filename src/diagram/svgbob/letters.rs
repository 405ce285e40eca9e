//! The characters of a line with their cells: a wide letter has two.
//!
//! Not here: which of them are words, and which are strokes.

use unicode_width::UnicodeWidthChar as _;

/// No character of a source: it stands for a sign that is drawn, where words have none.
pub(super) const STROKE: char = '\0';
/// A tab goes on to a multiple of this.
const TAB: usize = 8;

/// A character with the zero-width ones behind it.
pub(super) struct Letter {
    pub(super) text: String,
    pub(super) first: char,
    pub(super) column: usize,
    pub(super) cells: usize,
}

pub(super) fn letters(line: &str) -> Vec<Letter> {
    let mut letters: Vec<Letter> = Vec::new();
    let mut column = 0;
    for c in line.chars() {
        let (c, cells) = match c {
            '\t' => (' ', TAB - column % TAB),
            _ if c.is_whitespace() => (' ', c.width().unwrap_or(1)),
            _ => (c, c.width().unwrap_or_default()),
        };
        if c == ' ' {
            letters.extend((0..cells).map(|cell| Letter::new(' ', column + cell, 1)));
        } else if cells > 0 {
            letters.push(Letter::new(c, column, cells));
        } else if let Some(last) = letters.last_mut().filter(|_| !c.is_control()) {
            last.text.push(c);
        }
        column += cells;
    }
    letters
}

impl Letter {
    fn new(c: char, column: usize, cells: usize) -> Self {
        Self {
            text: c.to_string(),
            first: c,
            column,
            cells,
        }
    }

    /// `W` for a wide letter, `A` for another; a sign of a keyboard is itself, one for drawing nothing.
    pub(super) fn kind(&self) -> char {
        match self.first {
            _ if self.cells > 1 => 'W',
            c if c.is_ascii() && !c.is_alphanumeric() => c,
            '\u{2190}'..='\u{25ff}' => STROKE,
            _ => 'A',
        }
    }
}
