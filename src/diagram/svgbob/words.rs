//! Takes the words out of a picture made of characters, each with its cells; a wide letter has two.
//!
//! A word has letters, and two characters: a single `o`, `x` or `v` may be the end of a line. Signs
//! beside its letters belong to it, as in `main()`, unless they are strokes. What is in quotes is a
//! word whatever it has. Not here: what the other characters draw.

use std::iter;
use std::sync::LazyLock;

use regex::Regex;

use super::letters::{Letter, letters};
use super::strokes::kinds;

/// Where the styles of a picture begin, for names in braces (`{name}`) in it.
const LEGEND: &str = "# Legend:";
/// Where a shape gets a style of the legend.
#[expect(clippy::expect_used, reason = "the pattern is constant")]
static NAME: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\{[\w-]+\}").expect("a pattern"));
/// What is in quotes, or words with one blank between two of them, in a line of [`Letter::kind`]s;
/// or a name of the legend.
#[expect(clippy::expect_used, reason = "the pattern is constant")]
static FOUND: LazyLock<Regex> = LazyLock::new(|| {
    let sign = r"[!#-/:-@\[-`{-~]";
    let any = r"[AW!#-/:-@\[-`{-~]";
    let word = format!("(?:{sign}+[AW]|W|A{any}){any}*");
    let words = format!("{word}(?: (?:{any}+ )*?{word})*");
    let found = format!("\"(?<quoted>[^\"]*)\"|(?<name>\\{{[A_-]+\\}})|(?<plain>\"|{words})");
    Regex::new(&found).expect("a pattern")
});

#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// The source with blanks in the places of its words.
    pub(super) strokes: String,
    pub(super) words: Vec<Word>,
    /// What the picture must say whatever was taken for a stroke: runs of letters and digits.
    pub(super) said: Vec<String>,
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

impl Sheet {
    pub(super) fn of(source: &str) -> Self {
        let (picture, legend) = match source.find(LEGEND) {
            Some(at) => source.split_at(at),
            None => (source, ""),
        };
        let mut sheet = Self::default();
        let lines: Vec<Vec<Letter>> = picture.lines().map(letters).collect();
        for (line, kinds) in kinds(&lines).iter().enumerate() {
            sheet.add(line, &lines[line], kinds, !legend.is_empty());
        }
        // As the crate writes the smallest circle.
        sheet.strokes = sheet.strokes.replace(".-.", ",-.").replace("'-'", "`-'");
        sheet.strokes.push_str(legend);
        sheet.said = said(picture, !legend.is_empty());
        sheet
    }

    fn add(&mut self, line: usize, letters: &[Letter], kinds: &str, has_legend: bool) {
        let mut is_word = vec![false; letters.len()];
        for found in FOUND.captures_iter(kinds) {
            let name = found.name("name").filter(|_| !has_legend);
            let text = found.name("quoted").or_else(|| found.name("plain"));
            let (Some(text), Some(whole)) = (text.or(name), found.get(0)) else {
                continue;
            };
            is_word[whole.range()].fill(true);
            self.words.extend(made(&letters[text.range()], line));
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

/// Without single letters, which may be the ends of lines, and names of a legend.
fn said(picture: &str, has_legend: bool) -> Vec<String> {
    let picture = if has_legend {
        NAME.replace_all(picture, " ")
    } else {
        picture.into()
    };
    let runs = picture.split(|c: char| !c.is_alphanumeric());
    let words = runs.filter(|run| run.chars().nth(1).is_some());
    words.map(str::to_owned).collect()
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
