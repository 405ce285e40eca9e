//! Tests of the steps that a drawn picture goes through, and what they share.
//!
//! Not here: real pictures of the renderer (`mermaid::tests`).

mod figures;
mod placing;
mod simplifying;
mod soup;

use crate::diagram::svg::Styled;
use crate::diagram::svg::tests::{picture, styled, written as content};

/// The content of a picture, without its own tags.
fn written(picture: &Styled) -> String {
    content(&picture.clone().as_drawn())
}
