//! Dollar signs that begin no formula, escaped before the parser pairs them: `$HOME` and `$PATH` in a
//! sentence would hide the markup between them.
//!
//! Not here: what is a formula (`math::is_formula`).

use pulldown_cmark::{Event, Options, Parser};

use super::edit::Edit;
use crate::markdown::math;

/// Each escape can make another pair. What is left after so many rounds is text without markup.
const ROUNDS: usize = 16;

/// The escapes that a text needs.
pub(super) fn dollars(text: &str, options: Options) -> Vec<Edit> {
    let mut at: Vec<usize> = Vec::new();
    if !options.contains(Options::ENABLE_MATH) || !text.contains('$') {
        return Vec::new();
    }
    for _ in 0..ROUNDS {
        let read = escaped(text, &at);
        let events = Parser::new_ext(&read, options).into_offset_iter();
        let wrong = events.filter_map(|(event, span)| {
            let (Event::InlineMath(tex) | Event::DisplayMath(tex)) = event else {
                return None;
            };
            (!math::is_formula(&read, &span, &tex)).then_some(span.start)
        });
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
