//! Puts a changed text into a finished page: where nothing but text and code differs between two
//! compiled bodies, what is between the links, diagrams and raw HTML of one is replaced by what is
//! between those of the other.
//!
//! So a page is made anew without knowing where its links go. What cannot be found with certainty is
//! not replaced. Not here: whether the rest of the page is the same (`pipeline::revision`).

use std::ops::Range;

use super::body::{Body, Code, Piece};
use super::code;
use super::highlight::Highlighter;

/// Text and code between two pieces of other kinds.
#[derive(Debug, Default, PartialEq)]
struct Run<'b> {
    parts: Vec<Part<'b>>,
    /// Whether it is in a heading or a link, which a page may show otherwise or not at all.
    is_inside: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Part<'b> {
    Html(&'b str),
    Code(&'b Code),
}

/// The page with the body `now` in place of `before`; `after` is what the page has right after a
/// body. None where more differs than text and code, or where it is not certain what to replace.
pub fn revise(
    page: &str,
    (before, now): (&Body, &Body),
    after: &str,
    highlighter: &Highlighter,
) -> Option<String> {
    let (old, old_others) = runs(before);
    let (new, new_others) = runs(now);
    // What raw HTML hides is not on the page.
    let hides = |piece: &&Piece| matches!(piece, Piece::Hidden(_));
    if old_others != new_others || old_others.iter().any(hides) {
        return None;
    }
    let last = old.len() - 1;
    let mut revised = String::with_capacity(page.len());
    let mut end = 0;
    for (at, (old, new)) in old.iter().zip(&new).enumerate() {
        if old == new {
            continue;
        }
        if old.is_inside {
            return None;
        }
        let follows = if at == last { after } else { "" };
        let place = only(page, &(old.html(highlighter) + follows))?;
        revised.push_str(page.get(end..place.start)?);
        revised.push_str(&new.html(highlighter));
        revised.push_str(follows);
        end = place.end;
    }
    revised.push_str(&page[end..]);
    Some(revised)
}

impl Run<'_> {
    fn html(&self, highlighter: &Highlighter) -> String {
        let mut html = String::new();
        for part in &self.parts {
            match part {
                Part::Html(text) => html.push_str(text),
                Part::Code(code) => {
                    html.push_str(&code::figure(&code.fence, &code.text, highlighter));
                }
            }
        }
        html
    }
}

/// The runs of a body, and the pieces between them: one less.
fn runs(body: &Body) -> (Vec<Run<'_>>, Vec<&Piece>) {
    let mut runs = vec![Run::default()];
    let mut others = Vec::new();
    let mut depth = 0_usize;
    for piece in &body.pieces {
        let part = match piece {
            Piece::Html(html) => Some(Part::Html(html)),
            Piece::Code(number) => body.code.get(*number).map(Part::Code),
            _ => None,
        };
        if let (Some(part), Some(run)) = (part, runs.last_mut()) {
            run.parts.push(part);
            continue;
        }
        match piece {
            Piece::HeadingStart(_) | Piece::LinkStart(..) => depth += 1,
            Piece::HeadingEnd(_) | Piece::LinkEnd(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        others.push(piece);
        runs.push(Run {
            parts: Vec::new(),
            is_inside: depth > 0,
        });
    }
    (runs, others)
}

/// Where a text is, if it is in exactly one place.
fn only(page: &str, text: &str) -> Option<Range<usize>> {
    if text.is_empty() {
        return None;
    }
    let start = page.find(text)?;
    let again = page.get(start..)?.char_indices().nth(1)?.0;
    let is_twice = page[start + again..].contains(text);
    (!is_twice).then(|| start..start + text.len())
}
