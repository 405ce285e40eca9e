//! Statements of MDX: `import` and `export`, which are no text.
//!
//! Not here: which texts may have them (`text`).

use crate::markdown::foreign::{self, Foreign};

/// The first line after the statements that begin in a line; `None` where none does, or one does not
/// end.
pub(super) fn end(lines: &[&str], at: usize) -> Option<usize> {
    let mut end = at;
    while lines.get(end).is_some_and(|line| begins(line)) {
        let mut open = 0_i32;
        let length = lines[end..].iter().position(|line| {
            open += depth(line);
            open <= 0
        })?;
        end += length + 1;
    }
    (end > at).then_some(end)
}

fn begins(line: &str) -> bool {
    let is_known = foreign::find(line, &[])
        .iter()
        .any(|(kind, at)| *kind == Foreign::Import && *at == 0);
    let shown = line.trim_end();
    is_known || shown == "import {" || shown == "export {"
}

/// How many more brackets a line opens than it closes.
fn depth(line: &str) -> i32 {
    line.chars().fold(0, |depth, c| match c {
        '{' | '[' | '(' => depth + 1,
        '}' | ']' | ')' => depth - 1,
        _ => depth,
    })
}
