//! The parts of a text in which nothing is rewritten: code, comments, and HTML whose text is shown
//! or run as it is.
//!
//! Not here: which lines are rewritten (`lines`).

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use crate::markdown::events::Source;

/// What is not Markdown inside: a comment, and elements by their names.
const RAW: [&str; 5] = ["!--", "pre", "script", "style", "textarea"];

/// The ranges of a text that stay as they are, ascending. `is_mdx`: no code is made by indentation.
pub(super) fn of(text: &str, is_mdx: bool) -> Vec<Range<usize>> {
    let code = code(text, is_mdx);
    let mut found = raw(text, &code, &RAW);
    found.extend(code);
    found.sort_by_key(|span| span.start);
    // Code in a raw element is a part of it.
    found.dedup_by(|later, before| later.end <= before.end);
    found
}

/// The range that a place is in.
pub(super) fn around(ranges: &[Range<usize>], at: usize) -> Option<&Range<usize>> {
    let next = ranges.partition_point(|span| span.start <= at);
    ranges[..next].last().filter(|span| at < span.end)
}

/// The comments of a text, also of one that is not read as Markdown yet.
pub(super) fn comments(text: &str) -> Vec<Range<usize>> {
    raw(text, &[], &RAW[..1])
}

/// Comments and elements of these names that are closed, outside of code.
fn raw(text: &str, code: &[Range<usize>], names: &[&str]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    // What is not closed after one place is not after a later one.
    let mut names = names.to_vec();
    let mut from = 0;
    while let Some(at) = text[from..].find('<').map(|at| from + at) {
        from = at + 1;
        if let Some(inside) = around(code, at) {
            from = inside.end.max(from);
            continue;
        }
        let Some(kind) = names.iter().position(|name| is_named(&text[from..], name)) else {
            continue;
        };
        match length(&text[at..], names[kind]) {
            Some(length) => {
                found.push(at..at + length);
                from = at + length;
            }
            None => _ = names.remove(kind),
        }
    }
    found
}

/// Code; of a block made by indentation, from the beginning of its first line.
fn code(text: &str, is_mdx: bool) -> Vec<Range<usize>> {
    let source = Source::new(text);
    let mut found = Vec::new();
    let mut block = None;
    for (event, span) in source.events() {
        match event {
            Event::Code(_) => found.push(span),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
                block = (!is_mdx).then_some(start);
            }
            Event::Start(Tag::CodeBlock(_)) => block = Some(span.start),
            Event::End(TagEnd::CodeBlock) => {
                found.extend(block.take().map(|start| start..span.end.max(start)));
            }
            _ => {}
        }
    }
    found
}

/// The length of a comment or an element at the beginning of a text, with what closes it.
fn length(text: &str, name: &str) -> Option<usize> {
    if name == "!--" {
        return text.find("-->").map(|end| end + 3);
    }
    let mut closing = text.match_indices("</");
    let (at, _) = closing.find(|(at, _)| is_named(&text[at + 2..], name))?;
    Some(at + 2 + name.len())
}

/// Whether a text begins with the name of an element, or with what begins a comment.
fn is_named(text: &str, name: &str) -> bool {
    let own = text.get(..name.len());
    own.is_some_and(|own| own.eq_ignore_ascii_case(name))
        && (name == "!--"
            || text[name.len()..].starts_with(|c: char| c == '>' || c.is_ascii_whitespace()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_comments_and_raw_elements_stay() {
        for (text, expected) in [
            ("a `x` b", "`x`"),
            (
                "<div><PRE class=\"x\">\n\nx</Pre></div>",
                "<PRE class=\"x\">\n\nx</Pre",
            ),
            ("<!-- a\n\nb --> c", "<!-- a\n\nb -->"),
            ("x\n\n    y\n", "    y\n"),
            ("`<pre>` </pre>", "`<pre>`"),
            ("<preview> <pre> x", ""),
        ] {
            let found = of(text, false);
            let found = found.first().map_or("", |span| &text[span.clone()]);
            assert_eq!(found, expected, "{text}");
        }
        assert!(of("x\n\n    y\n", true).is_empty());
    }
}
