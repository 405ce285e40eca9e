//! Takes the words out of a picture made of characters, each with its cells; a wide letter has two.
//!
//! A word has a wide letter or two letters side by side: a single `o`, `x` or `v` may be the end of
//! a line. What is in quotes is a word whatever it has. Not here: what the other characters draw.

use std::iter;
use std::sync::LazyLock;

use regex::Regex;
use unicode_width::UnicodeWidthChar as _;

/// Where the styles of a picture begin, for names in braces (`{name}`) in it.
const LEGEND: &str = "# Legend:";
/// A tab goes on to a multiple of this.
const TAB: usize = 8;
/// A word may end with one of these.
const SIGNS: [char; 6] = [',', ':', ';', '!', '?', '%'];

/// What is in quotes, or words with one blank between two of them, in a line of [`Letter::kind`]s. A
/// name of the legend is found too, but is neither.
#[expect(clippy::expect_used, reason = "the pattern is constant")]
static FOUND: LazyLock<Regex> = LazyLock::new(|| {
    // Letters, one sign between two, with a wide letter or two side by side.
    let sign = "[-_./:'&@#,]";
    let word = format!("(?:A{sign})*(?:W|A[AW])(?:{sign}?[AW])*[,:;!?%]?");
    let words = format!("{word}(?: {word})*");
    let found = format!("\"(?<quoted>[^\"]*)\"|\\{{{words}\\}}|(?<plain>\"|\\({words}\\)|{words})");
    Regex::new(&found).expect("a pattern")
});

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
        let kinds: String = letters.iter().map(Letter::kind).collect();
        let mut is_word = vec![false; letters.len()];
        for found in FOUND.captures_iter(&kinds) {
            let text = found.name("quoted").or_else(|| found.name("plain"));
            let (Some(text), Some(whole)) = (text, found.get(0)) else {
                continue;
            };
            // A sign belongs to the word before it only where a blank follows.
            let goes_on = kinds[whole.end()..].starts_with(|next| next != ' ');
            let cut = usize::from(goes_on && whole.as_str().ends_with(SIGNS));
            is_word[whole.start()..whole.end() - cut].fill(true);
            self.words
                .extend(made(&letters[text.start()..text.end() - cut], line));
        }
        for (letter, is_word) in letters.iter().zip(is_word) {
            if is_word {
                self.strokes.extend(iter::repeat_n(' ', letter.cells));
            } else {
                self.strokes.push(letter.first);
            }
        }
        self.strokes.push('\n');
        if let Some(last) = letters.iter().rfind(|letter| letter.first != ' ') {
            self.width = self.width.max(last.column + last.cells);
            self.height = line + 1;
        }
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

    /// `W` for a wide letter, `A` for another; any other sign is itself.
    fn kind(&self) -> char {
        match self.first {
            _ if self.cells > 1 => 'W',
            c if c.is_alphanumeric() => 'A',
            c if c.is_ascii() => c,
            _ => '\0',
        }
    }
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
