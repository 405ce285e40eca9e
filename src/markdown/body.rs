//! A document's body, compiled: what its page shows, in pieces, as far as the document alone
//! decides it.
//!
//! Not here: compiling it (`compile`), where links go, what is in the places of diagrams, highlighting: `html` joins these
//! with the pieces.

use serde::{Deserialize, Serialize};

use super::clean::Part;
use super::fence::Fence;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    pub pieces: Vec<Piece>,
    /// Every block of code that is not a diagram, in order.
    pub code: Vec<Code>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Piece {
    Html(String),
    /// Raw HTML as written, where the site trusts it.
    Raw(String),
    /// The same, clean, and what is added where it leaves something open: where the site does not.
    Clean(Vec<Part>),
    /// There too: whether what follows is not shown, since raw HTML around it goes with its content.
    Hidden(bool),
    /// Around the heading that a page may show as its title instead, by its number.
    HeadingStart(usize),
    HeadingEnd(usize),
    /// Around a link's text: its number, and the author's tooltip.
    LinkStart(usize, String),
    LinkEnd(usize),
    Image(Image),
    /// Its index in `Outline::diagrams`.
    Diagram(usize),
    /// Its index in `Body::code`.
    Code(usize),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// Its number among the links.
    pub link: usize,
    /// The author's tooltip.
    pub title: String,
    pub alt: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    pub fence: Fence,
    pub text: String,
}
