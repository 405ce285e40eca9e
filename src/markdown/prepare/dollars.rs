//! Dollar signs that begin no formula, escaped before the parser pairs them: `$HOME` and `$PATH` in a
//! sentence would hide the markup between them.
//!
//! Not here: what is a formula (`math::is_formula`).

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::edit::Edit;
use crate::markdown::math;

/// Each escape can make another pair. What is left after so many rounds is text without markup.
const ROUNDS: usize = 64;

/// The escapes that a text needs.
pub(super) fn dollars(text: &str, options: Options) -> Vec<Edit> {
    let mut at: Vec<usize> = Vec::new();
    if !options.contains(Options::ENABLE_MATH) || !text.contains('$') {
        return Vec::new();
    }
    for _ in 0..ROUNDS {
        let read = escaped(text, &at);
        let wrong = wrong(&read, options).into_iter();
        let mut found: Vec<usize> = wrong.map(|place| written(&at, place)).collect();
        found.retain(|place| !at.contains(place));
        if found.is_empty() {
            break;
        }
        at.append(&mut found);
        at.sort_unstable();
    }
    let escape = |at| Edit::replace(at..at, "\\".to_owned());
    at.into_iter().map(escape).collect()
}

/// Where dollar signs begin what is no formula. Of a block only as many as are certain: behind one
/// that swallows a backtick there may be code, in which a backslash would be seen.
fn wrong(text: &str, options: Options) -> Vec<usize> {
    let mut found = Vec::new();
    let mut is_certain = true;
    for (event, span) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::InlineMath(tex) | Event::DisplayMath(tex)
                if is_certain && !math::is_formula(text, &span, &tex) =>
            {
                found.push(span.start);
                is_certain = !tex.contains('`');
            }
            Event::Start(tag) => is_certain |= !is_inline(&tag),
            _ => {}
        }
    }
    found
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
    )
}

/// The text with a backslash at each of these places.
fn escaped(text: &str, at: &[usize]) -> String {
    let mut read = String::with_capacity(text.len() + at.len());
    let mut last = 0;
    for place in at {
        read.push_str(&text[last..*place]);
        read.push('\\');
        last = *place;
    }
    read.push_str(&text[last..]);
    read
}

/// Where a place of the escaped text is in the text as written.
fn written(at: &[usize], place: usize) -> usize {
    let escapes = at.iter().enumerate();
    let before = escapes.filter(|(number, at)| **at + number < place).count();
    place - before
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The texts of the spans of code.
    fn code(text: &str, options: Options) -> Vec<String> {
        let events = Parser::new_ext(text, options);
        let code = events.filter_map(|event| match event {
            Event::Code(text) => Some(text.into_string()),
            _ => None,
        });
        code.collect()
    }

    #[test]
    fn code_is_what_it_is_without_formulas() {
        const PARTS: [&str; 14] = [
            "$5",
            "`$HOME:$PATH`",
            "`$x$`",
            "`$$x$$`",
            "$x^2$",
            "$",
            "`",
            "``",
            " ",
            " ",
            "가격은",
            ", ",
            "*a*",
            "\n",
        ];
        let mut seed = 1_u32;
        for _ in 0..4_000 {
            let mut text = String::new();
            for _ in 0..12 {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                text.push_str(PARTS[(seed >> 16) as usize % PARTS.len()]);
            }
            let found = dollars(&text, Options::ENABLE_MATH).into_iter();
            let at: Vec<usize> = found.map(|edit| edit.at).collect();
            let read = escaped(&text, &at);
            assert_eq!(
                code(&read, Options::ENABLE_MATH),
                code(&text, Options::empty()),
                "{text:?} {read:?}"
            );
        }
    }
}
