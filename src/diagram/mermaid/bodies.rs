//! Braces of classes and namespaces that share a line with what is in them, `class A { +x }`: the
//! renderer takes the rest of such a line for a member.
//!
//! Not here: all other ends of lines (`source`).

use std::borrow::Cow;

use super::source::{Is, kind, lines};

/// The end of a line that the source does not have; blanks at the end of a line mean nothing.
pub(super) const ADDED: &str = "\t \t\n";

/// The source with the end of each body, and what is in a namespace, in lines of their own.
pub(super) fn closed(source: &str) -> Cow<'_, str> {
    if kind(source) != Some("classDiagram") {
        return source.into();
    }
    let mut closed = String::with_capacity(source.len());
    // In a body, how many braces are open in it; and how many namespaces are.
    let (mut body, mut spaces) = (None, 0_usize);
    for (is, line) in lines(source) {
        let mut quote = None;
        for c in line.chars() {
            let is_brace = matches!(c, '{' | '}') && is == Is::Statement && quote.is_none();
            let before = closed.rsplit('\n').next().filter(|_| is_brace);
            let word = before.and_then(|before| before.split_whitespace().next());
            let is_named = |name| word.is_some_and(|word| word == name);
            let (is_class, is_space) = (is_named("class"), is_named("namespace"));
            let (has_words, mut is_end) = (word.is_some(), false);
            match (body, c) {
                (None, '"' | '`') if quote.is_none_or(|own| own == c) => {
                    quote = Some(c).filter(|_| quote.is_none());
                }
                _ if !is_brace => {}
                (None, '{') if is_class => body = Some(0_usize),
                (None, '{') if is_space => spaces += 1,
                (None, '}') if spaces > 0 => {
                    spaces -= 1;
                    is_end = true;
                }
                (Some(0), '}') => {
                    body = None;
                    is_end = true;
                }
                (Some(open), '{') => body = Some(open + 1),
                (Some(open), _) => body = Some(open - 1),
                (None, _) => {}
            }
            if is_end && has_words {
                closed.push_str(ADDED);
            }
            closed.push(c);
            if is_space {
                closed.push_str(ADDED);
            }
        }
    }
    closed.into()
}
