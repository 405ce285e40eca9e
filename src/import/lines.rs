//! The lines of a text: which are code, and how far each is indented.
//!
//! Not here: what lines become (`blocks`).

use super::verbatim;

/// The lines of a text, each with its end.
#[derive(Debug)]
pub(super) struct Lines<'t> {
    pub(super) all: Vec<&'t str>,
    /// Of each, whether it is in code or in raw HTML. A line that only begins such a block is not.
    is_verbatim: Vec<bool>,
}

/// A fence that is open: its character and its length.
type Fence = (char, usize);

impl<'t> Lines<'t> {
    /// Fences count at any indentation, since what is around them may be a block of another tool.
    pub(super) fn of(text: &'t str, is_mdx: bool) -> Self {
        let ranges = verbatim::of(text, is_mdx);
        let all: Vec<&str> = text.split_inclusive('\n').collect();
        let mut fence: Option<Fence> = None;
        let mut start = 0;
        let is_verbatim = all.iter().map(|line| {
            let at = start + line.len() - line.trim_start().len();
            let is_raw = verbatim::around(&ranges, at).is_some_and(|span| span.start < at);
            start += line.len();
            let is_verbatim = fence.is_some() || is_raw;
            fence = match fence {
                Some(open) if closes(line, open) => None,
                None if !is_raw => opens(line),
                open => open,
            };
            is_verbatim
        });
        let is_verbatim = is_verbatim.collect();
        Self { all, is_verbatim }
    }

    /// A line that is neither code nor raw HTML.
    pub(super) fn text(&self, at: usize) -> Option<&'t str> {
        (!self.is_verbatim[at]).then(|| self.all[at])
    }

    /// The lines from one on that are neither code nor raw HTML, with their numbers.
    pub(super) fn texts_from(&self, at: usize) -> impl Iterator<Item = (usize, &'t str)> {
        (at..self.all.len()).filter_map(|at| Some((at, self.text(at)?)))
    }

    /// Whether a line begins a block: the one before it is empty.
    pub(super) fn begins_block(&self, at: usize) -> bool {
        at == 0 || self.all[at - 1].trim().is_empty()
    }

    /// The lines up to another, without the white space that all of them begin with.
    pub(super) fn dedented(&self, from: usize, to: usize) -> String {
        let lines = &self.all[from..to];
        dedented(lines, least(lines))
    }

    /// The lines after one that are indented further, without that, and where they end.
    pub(super) fn indented(&self, at: usize) -> (usize, String) {
        let own = columns(self.all[at]);
        let mut end = at + 1;
        let mut indent = None;
        for (number, line) in self.all.iter().enumerate().skip(at + 1) {
            if line.trim().is_empty() {
                continue;
            }
            let width = columns(line);
            // Four, or as far as the first line is.
            let least = *indent.get_or_insert((own + 4).min(width));
            if width < least || width < own + 2 {
                break;
            }
            end = number + 1;
        }
        let text = dedented(&self.all[at + 1..end], indent.unwrap_or(own + 4));
        (end, text)
    }

    /// The white space before the text of the list item that a line is in; none outside of lists.
    pub(super) fn item_indent(&self, at: usize) -> String {
        let mut width = columns(self.all[at]);
        for line in self.all[..at].iter().rev() {
            if width == 0 {
                break;
            }
            let own = columns(line);
            if line.trim().is_empty() || own >= width {
                continue;
            }
            match item_text(line) {
                Some(text) if text <= width => return " ".repeat(text),
                _ => width = own,
            }
        }
        String::new()
    }
}

/// The column where the text of the list item begins that a line begins.
fn item_text(line: &str) -> Option<usize> {
    let shown = line.trim_start();
    let digits = shown.len() - shown.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = match digits {
        0 => shown.strip_prefix(['-', '*', '+'])?,
        _ => shown[digits..].strip_prefix(['.', ')'])?,
    };
    let own = columns(line) + shown.len() - rest.len();
    let space = columns(&rest[..rest.len() - rest.trim_start().len()]);
    (space > 0).then_some(own + if space > 4 { 1 } else { space })
}

/// The fence that a line opens.
pub(super) fn opens(line: &str) -> Option<Fence> {
    let shown = line.trim_start_matches([' ', '\t', '>']);
    let shown = shown.strip_prefix("- ").unwrap_or(shown).trim_start();
    let c = shown.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = shown.len() - shown.trim_start_matches(c).len();
    let is_fence = length >= 3 && (c == '~' || !shown[length..].contains('`'));
    is_fence.then_some((c, length))
}

pub(super) fn closes(line: &str, (c, length): Fence) -> bool {
    let shown = line.trim_start_matches([' ', '\t', '>']).trim_end();
    shown.len() >= length && shown.chars().all(|other| other == c)
}

/// How wide the white space is that a line begins with.
fn columns(line: &str) -> usize {
    let space = line.chars().take_while(|c| matches!(c, ' ' | '\t'));
    space.fold(0, |width, c| {
        if c == '\t' {
            width + 4 - width % 4
        } else {
            width + 1
        }
    })
}

/// Lines with at most so much less white space before them.
fn dedented(lines: &[&str], indent: usize) -> String {
    let mut out = String::new();
    for line in lines {
        let mut rest = *line;
        let mut taken = 0;
        while taken < indent && rest.starts_with([' ', '\t']) {
            taken += if rest.starts_with('\t') { 4 } else { 1 };
            rest = &rest[1..];
        }
        out.push_str(rest);
    }
    out
}

/// A text without the white space that all of its lines begin with.
pub(super) fn flush(text: &str) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    dedented(&lines, least(&lines))
}

fn least(lines: &[&str]) -> usize {
    let shown = lines.iter().filter(|line| !line.trim().is_empty());
    shown.map(|line| columns(line)).min().unwrap_or_default()
}

pub(super) fn indented_by(text: &str, indent: &str) -> String {
    if indent.is_empty() {
        return text.to_owned();
    }
    let lines = text.split_inclusive('\n');
    lines
        .map(|line| {
            if line.trim().is_empty() {
                line.to_owned()
            } else {
                format!("{indent}{line}")
            }
        })
        .collect()
}
