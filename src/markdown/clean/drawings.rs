//! Whole drawings in raw HTML.
//!
//! Not here: what is in them.

use std::ops::Range;

use super::token::{Token, Tokens};
use crate::html::elements::goes_with_content;

/// A drawing that is longer, in bytes, is not offered as a picture.
const LONGEST_DRAWING: usize = 256 * 1024;

/// The bytes of each whole `<svg>` that is in no other, in order.
pub(super) fn drawings(piece: &str) -> Vec<Range<usize>> {
    let bytes = piece.as_bytes();
    if !bytes
        .windows(4)
        .any(|start| start.eq_ignore_ascii_case(b"<svg"))
    {
        return Vec::new();
    }
    let mut tokens = Tokens::new(piece);
    std::iter::from_fn(|| next_drawing(&mut tokens)).collect()
}

fn next_drawing(tokens: &mut Tokens<'_>) -> Option<Range<usize>> {
    // The start of the outermost one that is open, and how many are.
    let (mut start, mut depth) = (0, 0_usize);
    while let Some(token) = tokens.next(depth > 0) {
        match token {
            Token::Start(tag) if tag.name == "svg" && !tag.closes_itself => {
                start = if depth == 0 { tag.span.start } else { start };
                depth += 1;
            }
            Token::End(tag) if tag.name == "svg" && depth > 0 => {
                depth -= 1;
                if depth == 0 && tag.span.end - start <= LONGEST_DRAWING {
                    return Some(start..tag.span.end);
                }
            }
            Token::Start(tag) if depth == 0 && goes_with_content(&tag.name) => {
                tokens.skip_past_end_of(&tag.name);
            }
            _ => {}
        }
    }
    None
}

/// The end of the whole `<svg>` whose first tag is at `span` of a text, among the words of a block that
/// ends with the text. Up to `undrawn` it is known that there is none.
pub fn inline_drawing(text: &str, span: &Range<usize>, undrawn: &mut usize) -> Option<usize> {
    let tag = text.get(span.clone())?;
    if !is_drawing(tag) || span.start < *undrawn {
        return None;
    }
    let first = next_drawing(&mut Tokens::new(&text[span.start..]));
    let found = first.filter(|drawing| drawing.start == 0);
    *undrawn = found
        .as_ref()
        .map_or(text.len(), |drawing| span.start + drawing.end);
    found.map(|drawing| span.start + drawing.end)
}

fn is_drawing(tag: &str) -> bool {
    tag.get(..4)
        .is_some_and(|start| start.eq_ignore_ascii_case("<svg"))
}
