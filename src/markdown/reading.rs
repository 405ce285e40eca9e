//! The time to read a document: letters of Korean, Chinese and Japanese, words of other scripts,
//! and lines of code, each at a different pace. A line that code repeats is skimmed: a tutorial shows
//! the same file at every step.
//!
//! Not here: pictures.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::{Deserialize, Serialize};

/// Hangul syllables, Han and kana for each minute.
const LETTERS: usize = 500;
/// Words of other scripts for each minute.
const WORDS: usize = 230;
/// Lines of code for each minute.
const LINES: usize = 60;
/// Lines of code that were there before, for each minute.
const SKIMMED: usize = 600;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    letters: usize,
    words: usize,
    lines: usize,
    repeated: usize,
}

impl Reading {
    pub fn text(&mut self, text: &str) {
        let mut in_word = false;
        for c in text.chars() {
            if is_dense(c) {
                self.letters += 1;
                in_word = false;
            } else if c.is_alphanumeric() {
                self.words += usize::from(!in_word);
                in_word = true;
            } else if !matches!(c, '\'' | '’' | '-' | '_' | '.' | '/') {
                in_word = false;
            }
        }
    }

    /// `known` has hashes of the lines of the code before, and gets those of this.
    pub fn code(&mut self, text: &str, known: &mut HashSet<u64>) {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let hashes = lines.map(|line| {
            let mut hasher = DefaultHasher::new();
            line.hash(&mut hasher);
            hasher.finish()
        });
        for hash in hashes {
            let is_new = known.insert(hash);
            self.lines += usize::from(is_new);
            self.repeated += usize::from(!is_new);
        }
    }

    /// Rounded up to whole minutes; 0 for an empty text.
    pub fn minutes(self) -> usize {
        // In one unit, so that three thirds of a minute are one.
        const UNIT: usize = LETTERS * WORDS * LINES;
        let spent = self
            .letters
            .saturating_mul(UNIT / LETTERS)
            .saturating_add(self.words.saturating_mul(UNIT / WORDS))
            .saturating_add(self.lines.saturating_mul(UNIT / LINES))
            .saturating_add(self.repeated.saturating_mul(UNIT / SKIMMED));
        match spent {
            0 => 0,
            _ => ((spent + UNIT / 2) / UNIT).max(1),
        }
    }
}

/// Scripts that are read letter by letter.
fn is_dense(c: char) -> bool {
    matches!(c as u32,
        0x1100..=0x11FF | 0x3040..=0x30FF | 0x3130..=0x318F | 0x3400..=0x4DBF | 0x4E00..=0x9FFF
        | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minutes(text: &str, code: &str) -> usize {
        let mut reading = Reading::default();
        reading.text(text);
        reading.code(code, &mut HashSet::new());
        reading.minutes()
    }

    #[test]
    fn each_script_has_its_pace() {
        assert_eq!(minutes("", ""), 0);
        assert_eq!(minutes("한 줄", ""), 1);
        assert_eq!(minutes(&"가나다라마 ".repeat(300), ""), 3);
        assert_eq!(minutes(&"two words ".repeat(345), ""), 3);
        let lines: Vec<String> = (0..180).map(|line| format!("a: {line}\n\n")).collect();
        let code = lines.concat();
        assert_eq!(minutes("", &code), 3);
        assert_eq!(minutes("", &code.repeat(11)), 6);
        let mixed = format!("{}{}", "가".repeat(500), " istio".repeat(230));
        assert_eq!(minutes(&mixed, &code[..code.len() / 3]), 3);
    }

    #[test]
    fn an_identifier_is_one_word() {
        let mut reading = Reading::default();
        reading.text("outlier_detection istio.io/v1 don't VirtualService를");
        assert_eq!((reading.words, reading.letters), (4, 1));
    }
}
