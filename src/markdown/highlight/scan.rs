//! What the small lexers share: a cursor over a text that collects tokens.
//!
//! Each method moves forward, so a lexer that always moves is linear. Not here: any language.

use std::ops::Range;

use super::token::{Class, Token};

/// A position in a text, and the tokens before it.
#[derive(Debug)]
pub(super) struct Scanner<'a> {
    text: &'a str,
    at: usize,
    tokens: Vec<Token>,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            tokens: Vec::new(),
        }
    }

    pub(super) fn finish(self) -> Vec<Token> {
        self.tokens
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn starts(&self, with: &str) -> bool {
        self.rest().starts_with(with)
    }

    pub(super) fn tokens_seen(&self) -> bool {
        !self.tokens.is_empty()
    }

    /// The text from `start` to the current position.
    pub(super) fn since(&self, start: usize) -> &'a str {
        &self.text[start..self.at]
    }

    pub(super) fn step(&mut self) {
        self.at += self.peek().map_or(0, char::len_utf8);
    }

    /// Skips the characters for which `wanted` is true.
    pub(super) fn pass(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        let start = self.at;
        let rest = self.rest();
        self.at += rest.find(|c| !wanted(c)).unwrap_or(rest.len());
        self.since(start)
    }

    /// Skips the rest of the line, without its end.
    pub(super) fn line(&mut self) -> &'a str {
        self.pass(|c| c != '\n')
    }

    /// Skips everything up to and including `end`; all the rest if it is missing.
    pub(super) fn through(&mut self, end: &str) {
        let rest = self.rest();
        self.at += rest.find(end).map_or(rest.len(), |at| at + end.len());
    }

    /// Skips a string that begins here, including its quotes. `escapes`: whether a backslash
    /// escapes. A string without an end ends with its line.
    pub(super) fn quoted(&mut self, escapes: bool) {
        self.string(escapes, false);
    }

    /// Skips a string that may continue over lines.
    pub(super) fn quoted_lines(&mut self, escapes: bool) {
        self.string(escapes, true);
    }

    fn string(&mut self, escapes: bool, over_lines: bool) {
        let Some(quote) = self.peek() else { return };
        self.step();
        while let Some(c) = self.peek() {
            if c == '\n' && !over_lines {
                return;
            }
            self.step();
            if c == quote {
                return;
            }
            if c == '\\' && escapes && self.peek() != Some('\n') {
                self.step();
            }
        }
    }

    /// Assigns a class to the text from `start` to here.
    pub(super) fn mark(&mut self, start: usize, class: Class) {
        self.mark_range(start..self.at, class);
    }

    pub(super) fn mark_range(&mut self, range: Range<usize>, class: Class) {
        if !range.is_empty() {
            self.tokens.push(Token { range, class });
        }
    }
}

/// Letters of any script, digits and `_`.
pub(super) fn is_word(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

/// `10`, `1.5`, `10m`, `0x1F`, `1e9`: a number, with or without a unit.
pub(super) fn is_number(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
    let is_plain = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    let is_long = word.len() > digits.len() + 4;
    let starts = word.starts_with(|c: char| c.is_ascii_digit());
    let hex = word
        .strip_prefix("0x")
        .is_some_and(|hex| !hex.is_empty() && hex.chars().all(|c| c.is_ascii_hexdigit()));
    hex || (starts && is_plain && !is_long)
}
