//! Common commands of TeX that the library of formulas does not know, in those that it knows.
//!
//! Not here: reading formulas (`math`).

use std::borrow::Cow;

/// Commands that are written in others, or left out.
const COMMANDS: [&str; 6] = [
    "\\bm",
    "\\boxed",
    "\\tag",
    "\\notag",
    "\\nonumber",
    "\\label",
];

/// A formula without `\bm`, `\boxed`, `\tag`, `\label` and their kin.
pub fn known(tex: &str) -> Cow<'_, str> {
    if !COMMANDS.iter().any(|command| tex.contains(command)) {
        return Cow::Borrowed(tex);
    }
    let mut out = String::with_capacity(tex.len() + 16);
    let mut rest = tex;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let behind = &rest[at + 1..];
        let end = behind.find(|c: char| !c.is_ascii_alphabetic());
        let (name, after) = behind.split_at(end.unwrap_or(behind.len()));
        rest = match (name, argument(after)) {
            ("bm", _) => {
                out.push_str("\\boldsymbol");
                after
            }
            // At the end of its line, as in print.
            ("tag", Some((tag, after))) => {
                out.push_str(&format!("\\qquad\\text{{({tag})}}"));
                after
            }
            ("label", Some((_, after))) => after,
            ("boxed", _) if let Some((inner, after)) = group(after) => {
                // An array of one cell, with a line on each side.
                let inner = known(inner);
                out.push_str(r"\begin{array}{|c|}\hline\displaystyle ");
                out.push_str(&inner);
                out.push_str(r"\\\hline\end{array}");
                after
            }
            ("notag" | "nonumber", _) => after,
            ("", _) => {
                // `\\` and `\{`: the sign belongs to it.
                let length = behind.chars().next().map_or(0, char::len_utf8);
                out.push('\\');
                out.push_str(&behind[..length]);
                &behind[length..]
            }
            _ => {
                out.push('\\');
                out.push_str(name);
                after
            }
        };
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// A text in braces without others in it, and what is after them.
fn argument(text: &str) -> Option<(&str, &str)> {
    let (argument, after) = text.trim_start().strip_prefix('{')?.split_once('}')?;
    (!argument.contains(['{', '\\', '$'])).then_some((argument, after))
}

/// What is in braces, with others in it, and what is after them.
fn group(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start().strip_prefix('{')?;
    let (mut depth, mut is_escaped) = (1, false);
    for (at, c) in text.char_indices() {
        match c {
            '{' if !is_escaped => depth += 1,
            '}' if !is_escaped => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((&text[..at], &text[at + 1..]));
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_library_does_not_know_is_written_otherwise() {
        for (tex, other) in [
            (r"\bm{x} + \bmod y", r"\boldsymbol{x} + \bmod y"),
            (r"a = b \tag{1}", r"a = b \qquad\text{(1)}"),
            (r"a \label{eq:a} \\ b \notag", r"a  \\ b "),
            (r"\tag{\frac12}", r"\tag{\frac12}"),
            (r"\\bm \{ \bm 가 \", r"\\bm \{ \boldsymbol 가 \"),
            (r"\frac12", r"\frac12"),
            (
                r"\boxed{\frac{a}{\}}} = \bm b",
                r"\begin{array}{|c|}\hline\displaystyle \frac{a}{\}}\\\hline\end{array} = \boldsymbol b",
            ),
            (r"\boxed x", r"\boxed x"),
        ] {
            assert_eq!(known(tex), other);
        }
    }
}
