//! Formulas that the parser took for text, because their braces do not match, a space is beside a
//! dollar sign, or there is no second sign.
//!
//! Not here: formulas with commands that nobody knows (`math`), and dollar signs that begin no formula:
//! only what has a command (`\frac`), or begins with `$$` on a line of its own, was meant as one.

use std::ops::Range;

use crate::markdown::math;

/// A dollar sign, or two, in running text.
struct Mark {
    at: usize,
    is_block: bool,
}

impl Mark {
    fn end(&self) -> usize {
        self.at + 1 + usize::from(self.is_block)
    }
}

/// Where each such formula begins, and why it cannot be read. `dollars` are the places of the signs
/// in running text, and `code` the ranges of code and of formulas that were read, both in order.
pub(super) fn formulas(
    text: &str,
    dollars: &[usize],
    code: &[Range<usize>],
) -> Vec<(usize, &'static str)> {
    let mut found = Vec::new();
    let marks = marks(text, dollars);
    let mut rest = marks.as_slice();
    while let [open, after @ ..] = rest {
        rest = after;
        let paragraph = open.end()..end_of_paragraph(text, open.end());
        let is_within = |mark: &&Mark| mark.is_block == open.is_block && mark.at < paragraph.end;
        let close = after.iter().find(is_within);
        let span = open.at..close.map_or(paragraph.end, Mark::end);
        if code
            .iter()
            .any(|code| code.start < span.end && span.start < code.end)
        {
            continue;
        }
        let tex = &text[paragraph.start..close.map_or(paragraph.end, |mark| mark.at)];
        let why = match close {
            None if open.is_block => Some("its `$$` has no second one in the paragraph"),
            None => None,
            Some(_) if !is_balanced(tex) => Some("its braces do not match"),
            Some(_) if open.is_block => None,
            Some(_) => (tex.starts_with(' ') && tex.ends_with(' '))
                .then_some("there is a space behind its first `$`"),
        };
        if open.is_block && close.is_none() && is_alone(text, open.at) {
            found.push((open.at, "an empty line is between its two `$$`"));
            // The second one begins nothing.
            rest = after.get(1..).unwrap_or_default();
            continue;
        }
        let Some(why) = why.filter(|_| math::has_command(tex)) else {
            continue;
        };
        if math::is_formula(text, &span, tex) {
            found.push((open.at, why));
            rest = &after[after.partition_point(|mark| mark.at < span.end)..];
        }
    }
    found
}

/// The signs that are not escaped.
fn marks(text: &str, dollars: &[usize]) -> Vec<Mark> {
    let is_escaped = |at: usize| {
        let before = text[..at].bytes().rev();
        before.take_while(|byte| *byte == b'\\').count() % 2 == 1
    };
    let mut marks: Vec<Mark> = Vec::new();
    for at in dollars.iter().copied().filter(|at| !is_escaped(*at)) {
        match marks.last_mut() {
            Some(last) if last.at + 1 == at && !last.is_block => last.is_block = true,
            _ => marks.push(Mark {
                at,
                is_block: false,
            }),
        }
    }
    marks
}

/// Whether the two signs at a place are a line of their own, and others are later.
fn is_alone(text: &str, at: usize) -> bool {
    let is_line = |line: &str| line.trim_start_matches([' ', '\t', '>']).trim_end() == "$$";
    let begin = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let mut lines = text[begin..].lines();
    lines.next().is_some_and(is_line) && lines.any(is_line)
}

/// Where the next empty line begins.
fn end_of_paragraph(text: &str, from: usize) -> usize {
    let mut at = from;
    for line in text[from..].split_inclusive('\n') {
        let is_first = at == from;
        if !is_first && line.trim_start_matches([' ', '\t', '>']).trim().is_empty() {
            return at;
        }
        at += line.len();
    }
    text.len()
}

/// Whether each brace has its partner; `\{` is a letter.
fn is_balanced(tex: &str) -> bool {
    let mut depth = 0_usize;
    let mut letters = tex.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => drop(letters.next()),
            '{' => depth += 1,
            '}' => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return false,
            },
            _ => {}
        }
    }
    depth == 0
}
