//! The label of a `record` node, `{<p> a | b | {c | d}}`, as lines of plain text: the fields of a
//! row side by side, the rows one below the other.
//!
//! Not here: cells of equal width (a flowchart's label is centred text), and ports, which are read
//! and dropped.

use std::str::Chars;

use super::blocks::{below, beside};
use super::graph::Value;
use super::label::Escapes;
use super::limits::{MAX_LABEL, MAX_NESTING, failure, long_label};
use crate::diagram::drawing::Failure;

/// The text of a record's label. `in_rows`: whether its outermost fields are side by side, which
/// they are unless the graph is drawn from left to right.
pub(super) fn text(value: &Value, escapes: &Escapes<'_>, in_rows: bool) -> Result<String, Failure> {
    if value.html {
        return escapes.text(value);
    }
    if value.text.len() > MAX_LABEL {
        return Err(long_label(value.line));
    }
    let mut reader = Reader {
        chars: value.text.chars(),
        escapes,
        line: value.line,
    };
    Ok(reader.fields(in_rows, 0)?.join("\n"))
}

struct Reader<'a> {
    chars: Chars<'a>,
    escapes: &'a Escapes<'a>,
    line: usize,
}

impl Reader<'_> {
    /// The lines of fields up to the closing `}` or the end of the label.
    fn fields(&mut self, in_rows: bool, depth: usize) -> Result<Vec<String>, Failure> {
        if depth > MAX_NESTING {
            let what = format!("its braces are nested more than {MAX_NESTING} deep");
            return Err(self.broken(&what));
        }
        let mut fields = Vec::new();
        loop {
            let (lines, end) = self.field(in_rows, depth)?;
            fields.push(lines);
            match end {
                Some('|') => {}
                Some(_) if depth == 0 => return Err(self.broken("a `}` has no `{`")),
                None if depth > 0 => return Err(self.broken("a `{` has no `}`")),
                _ => break,
            }
        }
        if in_rows {
            // Rows times columns can exceed the limit.
            return beside(&fields).ok_or_else(|| long_label(self.line));
        }
        Ok(below(&fields, true))
    }

    /// The lines of one field, and the `|` or `}` after it.
    fn field(
        &mut self,
        in_rows: bool,
        depth: usize,
    ) -> Result<(Vec<String>, Option<char>), Failure> {
        let mut text = String::new();
        let mut group = None;
        let end = loop {
            match self.chars.next() {
                end @ (None | Some('|' | '}')) => break end,
                Some('{') if group.is_some() || !text.trim().is_empty() => {
                    return Err(self.broken("a field has text before its `{`"));
                }
                Some('{') => group = Some(self.fields(!in_rows, depth + 1)?),
                Some('<') if self.chars.any(|c| c == '>') => {}
                Some('<') => return Err(self.broken("a `<` has no `>`")),
                Some('\\') => self.escape(&mut text),
                Some(c) => text.push(c),
            }
        };
        let lines = match group {
            Some(_) if !text.trim().is_empty() => {
                return Err(self.broken("a field has text after its `}`"));
            }
            Some(lines) => lines,
            None => text_lines(&self.escapes.expand(&text, self.line)?),
        };
        Ok((lines, end))
    }

    /// Keeps the escapes of any label and resolves those of records.
    fn escape(&mut self, text: &mut String) {
        match self.chars.next() {
            Some(c @ ('{' | '}' | '|')) => text.push(c),
            // As entities these survive the reading of the other escapes as text.
            Some('<') => text.push_str("&lt;"),
            Some('>') => text.push_str("&gt;"),
            Some(' ') => text.push('\u{a0}'),
            Some(c) => text.extend(['\\', c]),
            None => text.push('\\'),
        }
    }

    fn broken(&self, what: &str) -> Failure {
        failure(
            self.line,
            format!("the label of a record is broken: {what}"),
        )
    }
}

fn text_lines(text: &str) -> Vec<String> {
    let blanks = [' ', '\t', '\r'];
    let words = |line: &str| {
        let words = line.split(blanks).filter(|word| !word.is_empty());
        words.collect::<Vec<_>>().join(" ")
    };
    let text = text.trim_matches(['\n', ' ', '\t', '\r']);
    text.split('\n').map(words).collect()
}
