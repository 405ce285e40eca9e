//! Lines that stand in for code without being any: `{{#include …}}` and other templates alone on a
//! line, and dots for what was left out. A parser spends ten times the work of the rest on them.
//!
//! Not here: what is highlighted of the others.

use std::borrow::Cow;

/// The code with spaces in the place of such lines, every other byte where it was. `dots`: whether
/// `...` alone on a line is such a line, as it is in a language where it is no statement.
pub(super) fn without_stand_ins(code: &str, dots: bool) -> Cow<'_, str> {
    let is_stand_in = |line: &str| {
        let line = line.trim();
        let is_template = line.len() >= 4 && line.starts_with("{{") && line.ends_with("}}");
        is_template || line == "…" || (dots && line == "...")
    };
    if !code.lines().any(is_stand_in) {
        return Cow::Borrowed(code);
    }
    let mut out = String::with_capacity(code.len());
    for line in code.split_inclusive('\n') {
        if is_stand_in(line) {
            let text = line.trim_end_matches(['\n', '\r']);
            out.extend(std::iter::repeat_n(' ', text.len()));
            out.push_str(&line[text.len()..]);
        } else {
            out.push_str(line);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_are_no_code_are_spaces() {
        let code = "a\n{{#include ../x.rs:1:}}\r\n  …\n...\n\t{{- if .가 }}\nb {{c}}\n{{\n}}";
        let blank = without_stand_ins(code, true);
        assert_eq!(blank.len(), code.len());
        let lines: Vec<&str> = blank.split('\n').map(str::trim).collect();
        assert_eq!(lines, ["a", "", "", "", "", "b {{c}}", "{{", "}}"]);
        assert_eq!(
            blank.match_indices('\n').collect::<Vec<_>>(),
            code.match_indices('\n').collect::<Vec<_>>()
        );
        assert!(blank.contains("\r\n"));
    }

    #[test]
    fn dots_that_are_a_statement_stay() {
        let code = "def f():\n    ...\n";
        assert!(matches!(without_stand_ins(code, false), Cow::Borrowed(_)));
    }
}
