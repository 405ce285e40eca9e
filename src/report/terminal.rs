//! Text for terminals: colours, and text that cannot control the terminal.
//!
//! Not here: deciding whether there is a terminal (`Report::new`).

use std::fmt::Display;

use unicode_width::UnicodeWidthStr as _;

#[derive(Debug, Clone, Copy)]
pub(super) struct Palette {
    pub(super) colour: bool,
}

impl Palette {
    /// Text in a colour, given as the parameters of an SGR sequence.
    pub(super) fn paint(self, code: &str, text: impl Display) -> String {
        if self.colour {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_string()
        }
    }
}

/// Text that cannot control a terminal; its lines are kept.
pub(super) fn plain(text: &str) -> String {
    replaced(text, |c| c != '\n' && steers(c))
}

/// The same on one line, so that a document cannot forge a line of the report.
pub(super) fn one_line(text: &str) -> String {
    replaced(&text.replace('\n', " "), steers)
}

/// Control characters, line separators, and characters that change the direction of text.
pub(super) fn steers(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{2028}' | '\u{2029}' | '\u{61c}' | '\u{200e}' | '\u{200f}'
        )
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text and as many spaces as fill a column; Hangul is two cells wide.
pub(super) fn padded(text: &str, column: usize) -> String {
    text.to_owned() + &" ".repeat(column.saturating_sub(text.width()))
}

/// How wide a column must be for each of these texts.
pub(super) fn column(texts: impl Iterator<Item = impl AsRef<str>>) -> usize {
    let widths = texts.map(|text| text.as_ref().width());
    widths.max().unwrap_or_default()
}

fn replaced(text: &str, bad: impl Fn(char) -> bool) -> String {
    let shown = |c| if bad(c) { '\u{fffd}' } else { c };
    text.chars().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_in_cells() {
        let names = ["gw__note-한글", "gw__note-abc"];
        let width = column(names.iter());
        assert_eq!(width, 13);
        assert_eq!(names.map(|name| padded(name, width).len()), [15, 13]);
    }

    #[test]
    fn nothing_steers() {
        assert_eq!(
            plain("a\u{1b}[31m\nb\u{202e}c"),
            "a\u{fffd}[31m\nb\u{fffd}c"
        );
        assert_eq!(one_line("가\r\n나\u{2028}👩‍👧"), "가\u{fffd} 나\u{fffd}👩‍👧");
    }
}
