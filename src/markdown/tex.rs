//! Common commands of TeX that the library of formulas does not know, in those that it knows.
//!
//! Not here: reading formulas (`math`).

use std::borrow::Cow;

/// A formula without `\bm`, `\tag`, `\label` and their kin.
pub fn known(tex: &str) -> Cow<'_, str> {
    if !["\\bm", "\\tag", "\\notag", "\\nonumber", "\\label"]
        .iter()
        .any(|command| tex.contains(command))
    {
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
        ] {
            assert_eq!(known(tex), other);
        }
    }
}
