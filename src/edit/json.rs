//! Members of lists and objects in JSON text, taken out and put in with the bytes around them as they
//! are.
//!
//! A new member is set off as its neighbours are: on a line of its own, or after a comma. Not here:
//! what the members mean (`flow`).

use std::ops::Range;

/// Bytes of a text, and what they become.
pub(super) type Edit = (Range<usize>, String);

/// Where the members of a list or an object are.
#[derive(Debug, Clone)]
pub(super) struct Members {
    /// Between the brackets.
    pub(super) inner: Range<usize>,
    /// In order.
    pub(super) spans: Vec<Range<usize>>,
}

/// How a text is laid out, for lists that do not show it themselves.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style<'t> {
    /// A member of an empty list gets a line of its own.
    pub(super) stacked: bool,
    /// One step of indentation.
    pub(super) unit: &'t str,
    pub(super) line_end: &'static str,
    /// What follows a comma or a colon.
    pub(super) space: &'static str,
}

impl Members {
    /// Takes a member out, with the comma and the space on one side of it.
    pub(super) fn removed(&self, text: &str, at: usize) -> Edit {
        let own = &self.spans[at];
        let before = at.checked_sub(1).map(|before| self.spans[before].end);
        let after = self.spans.get(at + 1).map(|after| after.start);
        let span = match (before, after) {
            (None, None) => self.inner.clone(),
            (None, Some(after)) => own.start..after,
            // The others stay on the lines that they are on.
            (Some(before), Some(after)) if is_broken(&text[before..own.start]) => own.start..after,
            (Some(before), _) => before..own.end,
        };
        (span, String::new())
    }

    /// Puts a member in, so that it is the one of this number.
    pub(super) fn inserted(&self, text: &str, at: usize, new: &str, style: Style<'_>) -> Edit {
        if self.spans.is_empty() {
            let stacked = style.stacked || is_broken(&text[self.inner.clone()]);
            let indent = indent_at(text, self.inner.start);
            let list = in_brackets(new, indent, Style { stacked, ..style });
            return (self.inner.clone(), list);
        }
        let gap = self.gap(text, at, style);
        match at.checked_sub(1) {
            None => {
                let start = self.spans[0].start;
                (start..start, format!("{new}{gap}"))
            }
            Some(before) => {
                let end = self.spans[before].end;
                (end..end, format!("{gap}{new}"))
            }
        }
    }

    /// What is between a new member and its neighbour: the same as between two others.
    fn gap(&self, text: &str, at: usize, style: Style<'_>) -> String {
        let second = at.saturating_sub(1).max(1);
        if let Some(next) = self.spans.get(second) {
            return text[self.spans[second - 1].end..next.start].to_owned();
        }
        let lead = &text[self.inner.start..self.spans[0].start];
        if is_broken(lead) {
            format!(",{lead}")
        } else {
            format!(",{}", style.space)
        }
    }
}

/// What is between the brackets of a list with one member. `indent`: of the line with the first
/// bracket.
pub(super) fn in_brackets(member: &str, indent: &str, style: Style<'_>) -> String {
    if !style.stacked {
        return member.to_owned();
    }
    let (end, unit) = (style.line_end, style.unit);
    format!("{end}{indent}{unit}{member}{end}{indent}")
}

pub(super) fn is_broken(space: &str) -> bool {
    space.contains('\n')
}

/// The white space that a line begins with.
pub(super) fn indent_at(text: &str, at: usize) -> &str {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let line = &text[start..];
    &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
}
