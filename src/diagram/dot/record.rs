//! The label of a `record` node, `{<p> a | b | {c | d}}`, as lines of plain text: the fields of a
//! row side by side, the rows one below the other.
//!
//! Not here: cells of equal width (a flowchart's label is centred text), and ports, which are read
//! and dropped.

use std::iter::Peekable;
use std::str::Chars;

use super::blocks::{below, beside};
use super::graph::Value;
use super::label::{Escapes, too_long};
use super::problem::{MAX_LABEL, MAX_NESTING, Problem};

enum Field {
    Text(String),
    Group(Vec<Field>),
}

/// The text of a record's label. `in_rows`: whether its outermost fields are side by side, which
/// they are unless the graph is drawn from left to right.
pub(super) fn text(value: &Value, escapes: &Escapes<'_>, in_rows: bool) -> Result<String, Problem> {
    if value.html {
        return escapes.text(value);
    }
    if value.text.len() > MAX_LABEL {
        return Err(too_long(value.line));
    }
    let mut reader = Reader {
        chars: value.text.chars().peekable(),
    };
    let fields = reader.fields(0).map_err(|what| {
        Problem::new(
            value.line,
            format!("the label of a record is broken: {what}"),
        )
    })?;
    let lines = arrange(&fields, escapes, in_rows).ok_or_else(|| too_long(value.line))?;
    Ok(lines.join("\n"))
}

struct Reader<'a> {
    chars: Peekable<Chars<'a>>,
}

impl Reader<'_> {
    /// Reads fields up to the closing `}` or the end of the label.
    fn fields(&mut self, depth: usize) -> Result<Vec<Field>, String> {
        if depth > MAX_NESTING {
            return Err(format!(
                "its braces are nested more than {MAX_NESTING} deep"
            ));
        }
        let mut fields = Vec::new();
        loop {
            let field = self.field(depth)?;
            fields.push(field);
            match self.chars.next() {
                Some('|') => {}
                Some('}') if depth > 0 => return Ok(fields),
                Some(_) => return Err("a `}` has no `{`".to_owned()),
                None if depth > 0 => return Err("a `{` has no `}`".to_owned()),
                None => return Ok(fields),
            }
        }
    }

    /// Reads one field, up to the `|` or `}` after it.
    fn field(&mut self, depth: usize) -> Result<Field, String> {
        let mut text = String::new();
        let mut group = None;
        while let Some(&c) = self.chars.peek() {
            if c == '|' || c == '}' {
                break;
            }
            self.chars.next();
            match c {
                '{' if group.is_some() || !text.trim().is_empty() => {
                    return Err("a field has text before its `{`".to_owned());
                }
                '{' => group = Some(self.fields(depth + 1)?),
                '<' => self.skip_port()?,
                '\\' => self.escape(&mut text),
                _ => text.push(c),
            }
        }
        match group {
            Some(_) if !text.trim().is_empty() => Err("a field has text after its `}`".to_owned()),
            Some(fields) => Ok(Field::Group(fields)),
            None => Ok(Field::Text(text)),
        }
    }

    fn skip_port(&mut self) -> Result<(), String> {
        if self.chars.any(|c| c == '>') {
            return Ok(());
        }
        Err("a `<` has no `>`".to_owned())
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
}

/// `None` if the text is longer than [`MAX_LABEL`]: rows times columns can exceed it.
fn arrange(fields: &[Field], escapes: &Escapes<'_>, in_rows: bool) -> Option<Vec<String>> {
    let mut blocks = Vec::new();
    for field in fields {
        blocks.push(match field {
            Field::Text(text) => text_lines(&escapes.expand(text)?),
            Field::Group(inner) => arrange(inner, escapes, !in_rows)?,
        });
    }
    if in_rows {
        beside(&blocks)
    } else {
        Some(below(&blocks))
    }
}

fn text_lines(text: &str) -> Vec<String> {
    let words = |line: &str| {
        line.split([' ', '\t', '\r'])
            .filter(|w| !w.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    };
    text.trim_matches(['\n', ' ', '\t', '\r'])
        .split('\n')
        .map(words)
        .collect()
}
