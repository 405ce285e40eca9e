//! Takes the words out of a picture made of characters, each with its cells; a wide letter has two.
//!
//! A word has a wide letter or two letters side by side: a single `o`, `x` or `v` may be the end of
//! a line. What is in quotes is a word whatever it has. Not here: what the other characters draw.

use unicode_width::UnicodeWidthChar as _;

/// Where the styles of a picture begin, for names in braces (`{name}`) in it.
const LEGEND: &str = "# Legend:";
/// A tab goes on to a multiple of this.
const TAB: usize = 8;

#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// The source with blanks in the places of its words.
    pub(super) strokes: String,
    pub(super) words: Vec<Word>,
    /// In cells.
    pub(super) width: usize,
    /// In lines.
    pub(super) height: usize,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) cells: usize,
}

/// A character with the zero-width ones behind it.
struct Letter {
    text: String,
    first: char,
    column: usize,
    cells: usize,
}

impl Sheet {
    pub(super) fn of(source: &str) -> Self {
        let (picture, legend) = match source.find(LEGEND) {
            Some(at) => source.split_at(at),
            None => (source, ""),
        };
        let mut sheet = Self::default();
        for (line, text) in picture.lines().enumerate() {
            sheet.add(line, &letters(text));
        }
        sheet.strokes.push_str(legend);
        sheet
    }

    fn add(&mut self, line: usize, letters: &[Letter]) {
        let mut at = 0;
        while let Some(letter) = letters.get(at) {
            let found = quoted(letters, at).or_else(|| word(letters, at));
            let end = found.as_ref().map_or(at + 1, |found| found.end);
            let behind = letters
                .get(end - 1)
                .map_or(0, |last| last.column + last.cells);
            if let Some(Found { text, .. }) = found {
                self.words.extend(made(&letters[text], line));
                self.strokes.push_str(&" ".repeat(behind - letter.column));
            } else {
                self.strokes.push(letter.first);
            }
            at = end;
            if letters.get(end - 1).is_some_and(|last| last.first != ' ') {
                self.width = self.width.max(behind);
                self.height = line + 1;
            }
        }
        self.strokes.push('\n');
    }
}

fn letters(line: &str) -> Vec<Letter> {
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

    fn is_wide(&self) -> bool {
        self.cells > 1
    }

    fn is_of_word(&self) -> bool {
        self.is_wide() || self.first.is_alphanumeric()
    }
}

struct Found {
    /// Which letters are shown.
    text: std::ops::Range<usize>,
    /// Where the picture goes on.
    end: usize,
}

/// `"a -> b"`; a quote without another in its line is a word.
fn quoted(letters: &[Letter], at: usize) -> Option<Found> {
    let is_quote = |letter: &Letter| letter.first == '"';
    letters.get(at).filter(|letter| is_quote(letter))?;
    let inside = letters.get(at + 1..).unwrap_or_default();
    Some(match inside.iter().position(is_quote) {
        Some(length) => Found {
            text: at + 1..at + 1 + length,
            end: at + length + 2,
        },
        None => Found {
            text: at..at + 1,
            end: at + 1,
        },
    })
}

/// The words that begin at `at`, with one blank between two of them.
fn word(letters: &[Letter], at: usize) -> Option<Found> {
    let is = |at: usize, c: char| letters.get(at).is_some_and(|letter| letter.first == c);
    let is_inside = at > 0 && is_part(letters, at - 1);
    if is_inside {
        return None;
    }
    if is(at, '(') {
        let end = words_end(letters, at + 1).filter(|end| is(*end, ')'))?;
        return Some(Found {
            text: at..end + 1,
            end: end + 1,
        });
    }
    let end = words_end(letters, at)?;
    // A name of the legend.
    if at > 0 && is(at - 1, '{') && is(end, '}') {
        return None;
    }
    Some(Found { text: at..end, end })
}

fn words_end(letters: &[Letter], at: usize) -> Option<usize> {
    let is = |at: usize, c: char| letters.get(at).is_some_and(|letter| letter.first == c);
    let mut end = word_end(letters, at)?;
    while is(end, ' ') {
        match word_end(letters, end + 1) {
            Some(next) => end = next,
            None => break,
        }
    }
    Some(end)
}

fn word_end(letters: &[Letter], at: usize) -> Option<usize> {
    let length = (at..letters.len())
        .take_while(|at| is_part(letters, *at))
        .count();
    let word = letters.get(at..at + length)?;
    let is_plain = |letter: &Letter| letter.is_of_word();
    let has_two = word.windows(2).any(|two| two.iter().all(is_plain));
    if !has_two && !word.iter().any(Letter::is_wide) {
        return None;
    }
    let end = at + length;
    let is_last = letters.get(end + 1).is_none_or(|next| next.first == ' ');
    let sign = letters.get(end).map(|letter| letter.first);
    let takes = is_last && matches!(sign, Some(',' | ':' | ';' | '!' | '?' | '%'));
    Some(end + usize::from(takes))
}

/// Whether a letter is part of a word: a letter, or one sign between two.
fn is_part(letters: &[Letter], at: usize) -> bool {
    let is_of_word = |at: usize| letters.get(at).is_some_and(Letter::is_of_word);
    let sign = letters.get(at).map(|letter| letter.first);
    is_of_word(at)
        || (matches!(
            sign,
            Some('_' | '-' | '.' | '/' | ':' | '\'' | '&' | '@' | '#' | ',')
        ) && at > 0
            && is_of_word(at - 1)
            && is_of_word(at + 1))
}

fn made(letters: &[Letter], line: usize) -> Option<Word> {
    let (first, last) = (letters.first()?, letters.last()?);
    Some(Word {
        text: letters.iter().map(|letter| letter.text.as_str()).collect(),
        line,
        column: first.column,
        cells: last.column + last.cells - first.column,
    })
}
