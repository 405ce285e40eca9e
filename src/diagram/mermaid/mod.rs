//! Draws Mermaid sources. Uses no font, no browser and no clock.
//!
//! The renderer runs once, with a mark for each of the site's colours, which becomes a light and a
//! dark one afterwards (`marks`). Not here: cleaning what the renderer wrote (`svg`).

mod bodies;
mod budget;
mod failure;
mod hash;
mod labels;
mod listed;
mod marks;
mod palette;
mod polish;
mod remarks;
mod renderer;
mod rich;
mod source;
mod style;
mod theme;
mod title;
mod words;

#[cfg(test)]
mod tests;

use super::drawing::{Cause, Drawing, Failure};
use super::lost::lost;
use super::svg::notes::shortened;
use super::svg::tree::at;
use super::svg::{self, Cleaned, NotAPicture};
use failure::failure;
use renderer::{FOOT, ROOMS, TITLE, above_one_line, written};

/// In bytes of the renderer's output, to limit the size of pages.
const LONGEST_PICTURE: usize = 2_000_000;
/// In letters: what a message quotes of a picture's words.
const LONGEST_WORDS: usize = 60;
/// In pixels: a picture that is wider than a page's column is made narrower if it can be.
const COLUMN: f64 = 736.0;
/// Draws a picture.
///
/// # Errors
///
/// What is wrong with the source, or which limit it exceeds.
pub(super) fn draw(source: &str) -> Result<Drawing, Failure> {
    budget::count(source)?;
    let mut drawing = drawn(source)?;
    drawing.remarks = remarks::remarks(source);
    drawing.title = drawing.title.or_else(|| title::title(source));
    Ok(drawing)
}

fn drawn(source: &str) -> Result<Drawing, Failure> {
    // With more room, a mind map has a layout that costs less.
    let may_help = |cause| match cause {
        Cause::Broken => true,
        Cause::Large => source::kind(source) == Some("mindmap"),
        _ => false,
    };
    (1..ROOMS).fold(spaced(source, 0), |drawn, room| match drawn {
        Err(failure) if may_help(failure.cause) => spaced(source, room),
        drawn => drawn,
    })
}

fn spaced(source: &str, room: usize) -> Result<Drawing, Failure> {
    let rendered = |source: &str| Rendered::of(source, room);
    let closed = bodies::closed(source);
    let source = &source::lined(&closed);
    let literal = source::literal(source);
    let kept = hash::kept(&literal);
    let unquoted = source::unquoted(&kept);
    let boxed = source::boxed(&kept);
    // Not every name of the language may contain a joiner or an entity.
    let joined = source::joined(&boxed);
    let mut outcome = rendered(&joined);
    let mut tried = vec![joined.as_str()];
    for other in [&*boxed, &*kept, &**source, &*unquoted] {
        if outcome.is_err() && !tried.contains(&other) {
            outcome = rendered(other);
            tried.push(other);
        }
    }
    let whole = outcome?;
    if whole.picture.width <= COLUMN {
        return finished(&whole);
    }
    // A word that is broken may make it narrower; not every name may be broken.
    let narrower = source::broken(&boxed)
        .and_then(|broken| rendered(&source::joined(&broken)).ok())
        .filter(|broken| broken.picture.width < whole.picture.width);
    finished(&narrower.unwrap_or(whole))
}

fn finished(rendered: &Rendered) -> Result<Drawing, Failure> {
    let mut styled = rendered.picture.styled_keeping(&[TITLE, FOOT]);
    styled.recolour(marks::unmarked);
    let polished = polish::polished(styled, &rendered.kind, rendered.room);
    // An axis without a task, say: every source that says something has words.
    if polished.least_text().is_none() {
        return Err(Failure::from(NotAPicture::Empty));
    }
    let short = |words: &str| shortened(words, LONGEST_WORDS);
    let lack = if let Some([one, other]) = polished.met_words() {
        let (one, other) = (short(&one), short(&other));
        Some(format!(
            "the words “{one}” and “{other}” would lie on each other"
        ))
    } else if let Some(words) = polished.covered_words() {
        let words = short(&words);
        Some(format!(
            "the words “{words}” would lie under something else"
        ))
    } else {
        let lost = lost(&rendered.words, &words::texts(&polished.nodes));
        lost.map(|word| format!("the picture would lack the words “{}”", short(&word)))
    };
    match lack {
        Some(message) => Err(Failure::new(message).because(Cause::Broken)),
        None => Ok(Drawing::new(&rendered.picture, &polished)),
    }
}

/// What the renderer made of a source.
struct Rendered {
    /// For example `flowchart-v2`.
    kind: String,
    room: usize,
    words: Vec<String>,
    picture: Cleaned,
}

impl Rendered {
    fn of(source: &str, room: usize) -> Result<Self, Failure> {
        let tree = |more| {
            let written = written(source, room, more).map_err(|error| failure(source, &error))?;
            if written.len() > LONGEST_PICTURE {
                return Err(Failure::new("too large to draw").because(Cause::Large));
            }
            Ok(svg::labelled(&written)?)
        };
        let nested = source::above_nested(source);
        let mut nodes = tree(nested)?;
        let more = above_one_line(&nodes);
        if more > nested {
            nodes = tree(more)?;
        }
        let kind = at(&nodes, 0).and_then(|root| root.get("aria-roledescription"));
        let kind = kind.unwrap_or_default().to_owned();
        listed::list(&mut nodes, &kind, source);
        let words = words::texts(&nodes);
        let mut nodes = labels::placed(&nodes);
        style::add(&mut nodes, &kind);
        Ok(Self {
            kind,
            room,
            words,
            picture: svg::checked(nodes)?,
        })
    }
}
