//! Draws Mermaid sources. Uses no font, no browser and no clock.
//!
//! The renderer runs once, with a mark for each of the site's colours, which becomes a light and a
//! dark one afterwards (`marks`). Not here: cleaning what the renderer wrote (`svg`).

mod budget;
mod failure;
mod hash;
mod labels;
mod listed;
mod marks;
mod palette;
mod polish;
mod remark;
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
use super::svg::{self, Cleaned, NotAPicture};
use failure::failure;
use renderer::{ROOMS, TITLE, written};

/// In bytes of the renderer's output, to limit the size of pages.
const LONGEST_PICTURE: usize = 1_500_000;
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
    drawing.remark = remark::remark(source);
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
    let source = &source::lined(source);
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
    let mut styled = rendered.picture.styled_keeping(&[TITLE]);
    styled.recolour(marks::unmarked);
    let polished = polish::polished(styled, &rendered.kind, rendered.room);
    // An axis without a task, say: every source that says something has words.
    if polished.least_text().is_none() {
        return Err(Failure::new(NotAPicture::Empty.to_string()).because(Cause::Empty));
    }
    if let Some([one, other]) = polished.met_words() {
        let message = format!("the words “{one}” and “{other}” would lie on each other");
        return Err(Failure::new(message).because(Cause::Broken));
    }
    if let Some(words) = polished.covered_words() {
        let message = format!("the words “{words}” would lie under something else");
        return Err(Failure::new(message).because(Cause::Broken));
    }
    let mut drawing = Drawing::new(&rendered.picture, &polished);
    // What was removed from it came from the renderer, and is no loss.
    drawing.removed.clear();
    match words::lost(&rendered.written, &drawing.placed("", "")) {
        None => Ok(drawing),
        Some(word) => {
            let message = format!("the picture would lack the words “{word}”");
            Err(Failure::new(message).because(Cause::Broken))
        }
    }
}

/// What the renderer made of a source.
struct Rendered {
    /// For example `flowchart-v2`.
    kind: String,
    room: usize,
    written: String,
    picture: Cleaned,
}

impl Rendered {
    fn of(source: &str, room: usize) -> Result<Self, Failure> {
        let written = written(source, room).map_err(|error| failure(source, &error))?;
        let kind = kind(&written).to_owned();
        let written = listed::listed(written, &kind, source);
        let text = style::added(&labels::placed(&written), &kind);
        if text.len() > LONGEST_PICTURE {
            return Err(Failure::new("too large to draw").because(Cause::Large));
        }
        let text = text.replace(source::INVISIBLE, "");
        let picture = svg::read(&text).map_err(|why| Failure::new(why.to_string()))?;
        Ok(Self {
            kind,
            room,
            written,
            picture,
        })
    }
}

fn kind(written: &str) -> &str {
    let (_, rest) = written
        .split_once("aria-roledescription=\"")
        .unwrap_or_default();
    rest.split('"').next().unwrap_or_default()
}
