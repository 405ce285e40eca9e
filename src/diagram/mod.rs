//! Diagrams: draws a source as a safe inline picture, and makes hand-drawn pictures safe.
//!
//! Pure, with the same result on every machine: no font, no clock, no file. Not here: what a page
//! shows around a picture (`markdown::diagram`), and limiting the time and memory of a drawing
//! (`draw`).

pub mod dot;
mod drawing;
mod inline;
pub mod lift;
#[cfg(any(feature = "mermaid", feature = "svgbob"))]
mod lost;
#[cfg(feature = "mermaid")]
mod mermaid;
pub mod svg;
#[cfg(feature = "svgbob")]
mod svgbob;
#[cfg(test)]
mod tests;
mod tokens;
mod widths;

pub use drawing::{COLUMN, Cause, Drawing, Failure, Lack, Remark};
pub use inline::inline_picture;

use serde::{Deserialize, Serialize};

/// In bytes. A longer source is not drawn: nobody reads such a picture.
const LONGEST: usize = 128 * 1024;

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Work {
    Fence {
        /// For example `mermaid` or `dot`.
        language: String,
        source: String,
    },
    /// The text of a hand-drawn picture's file.
    Picture(String),
}

/// Whether a renderer for the language exists.
pub fn is_drawn(language: &str) -> bool {
    let by_mermaid = cfg!(feature = "mermaid") && matches!(language, "mermaid" | "dot");
    by_mermaid || cfg!(feature = "svgbob") && language == "svgbob"
}

/// Draws a picture.
///
/// # Errors
///
/// What is wrong with the source, or why it cannot be drawn.
pub fn draw(work: &Work) -> Result<Drawing, Failure> {
    match work {
        Work::Picture(text) => picture(text),
        Work::Fence { language, source } => fence(language, source),
    }
}

fn picture(text: &str) -> Result<Drawing, Failure> {
    let picture = svg::read(text)?;
    Ok(Drawing::new(&picture, &picture.styled().as_drawn()))
}

fn fence(language: &str, source: &str) -> Result<Drawing, Failure> {
    if source.trim().is_empty() {
        return Err(Failure::new("the diagram is empty").because(Cause::Empty));
    }
    if source.len() > LONGEST {
        let message = format!("the source is longer than {} KiB", LONGEST / 1024);
        return Err(Failure::new(message).because(Cause::Large));
    }
    match language {
        "mermaid" => mermaid(source),
        "dot" => {
            let translated = dot::to_mermaid(source)?;
            // A line of the translation is not one of the source.
            mermaid(&translated).map_err(|failure| Failure {
                line: None,
                ..failure
            })
        }
        #[cfg(feature = "svgbob")]
        "svgbob" => svgbob::draw(source),
        other => {
            let message = format!("docsite cannot draw {other}");
            Err(Failure::new(message).because(Cause::Language))
        }
    }
}

#[cfg(feature = "mermaid")]
fn mermaid(source: &str) -> Result<Drawing, Failure> {
    mermaid::draw(source)
}

#[cfg(not(feature = "mermaid"))]
fn mermaid(_: &str) -> Result<Drawing, Failure> {
    Err(Failure::new("this docsite was built without Mermaid").because(Cause::Language))
}
