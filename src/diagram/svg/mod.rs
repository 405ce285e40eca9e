//! SVG pictures made fit for a page under `style-src 'self'; script-src 'self'`.
//!
//! [`read`] takes the first `<svg>` of a text and keeps of it what is listed, so that neither
//! scripts nor foreign files remain. [`Picture::bake`] then resolves its style into presentation
//! attributes, and [`Baked::inline`] writes it for a page. What a renderer drew is polished between
//! the two: labels apart from each other ([`Baked::part_labels`]), fewer bytes
//! ([`Baked::simplify`]), authors' colours readable in both schemes ([`Baked::adapt`]).
//! Not here: drawing, and animation.

mod adapt;
mod bake;
mod cascade;
mod clean;
mod colour;
mod family;
mod frames;
mod grammar;
mod ground;
mod groups;
mod halo;
mod hold;
mod idle;
mod initial;
mod inline;
mod labels;
mod legible;
mod limits;
mod links;
mod matching;
mod media;
mod notes;
mod pair;
mod place;
mod property;
mod raise;
mod read;
mod references;
mod selector;
mod shade;
mod sheet;
mod shorten;
mod shorthand;
mod simplify;
mod size;
mod tree;
mod typed;
mod value;
mod variables;
mod weight;
mod words;
mod write;
mod written;

#[cfg(test)]
mod tests;

use crate::svg_names as names;
use limits::{MOST_DRAWN, MOST_TEXT};
use notes::Notes;
use tree::{Above, Node, What};
use typed::Value;

pub use limits::NotAPicture;

/// A cleaned picture: without scripts, and without references to other files.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    nodes: Vec<Node<String>>,
    width: f64,
    height: f64,
    removed: Vec<String>,
}

/// A picture with all its style in presentation attributes.
#[derive(Clone, Debug, PartialEq)]
pub struct Baked {
    nodes: Vec<Node<Value>>,
    width: f64,
    height: f64,
}

/// Reads the first `<svg>` element of a text: an SVG file, or HTML with a picture in it.
pub fn read(text: &str) -> Result<Picture, NotAPicture> {
    if text.len() > MOST_TEXT {
        return Err(NotAPicture::TooLong);
    }
    let mut removed = Notes::default();
    let nodes = read::tree(text, &mut removed)?;
    let root = nodes
        .first()
        .and_then(Node::element)
        .ok_or(NotAPicture::NoSvg)?;
    let (width, height) = size::size(root).ok_or(NotAPicture::NoSize)?;
    if weight::drawn(&nodes).is_none_or(|drawn| drawn > MOST_DRAWN) {
        return Err(NotAPicture::TooMuchUse);
    }
    if !draws(&nodes) {
        return Err(NotAPicture::Empty);
    }
    Ok(Picture {
        nodes,
        width,
        height,
        removed: removed.into_list(),
    })
}

/// Whether an element of the tree is visible on the canvas.
fn draws(nodes: &[Node<String>]) -> bool {
    let mut above = Above::default();
    nodes.iter().any(|node| {
        above.enter(node.depth);
        let Some(element) = node.element() else {
            return false;
        };
        let drawn = names::DRAWN.contains(&element.name) && !above.has_any(names::UNDRAWN);
        above.push(element.name);
        drawn
    })
}

impl Picture {
    /// In user units.
    pub fn width(&self) -> f64 {
        self.width
    }

    /// In user units.
    pub fn height(&self) -> f64 {
        self.height
    }

    /// The picture's own `<title>`, else its root's `aria-label`.
    pub fn title(&self) -> Option<&str> {
        let own = self
            .nodes
            .iter()
            .position(|node| node.depth == 1 && node.element().is_some_and(|e| e.name == "title"));
        let text = match own.and_then(|at| self.nodes.get(at + 1)) {
            Some(Node {
                depth: 2,
                what: What::Text(text),
            }) => Some(text.trim()),
            _ => None,
        };
        let label = || self.nodes.first()?.element()?.get("aria-label");
        text.filter(|text| !text.is_empty())
            .or_else(|| label().map(str::trim).filter(|label| !label.is_empty()))
    }

    /// The words of all texts, titles and descriptions, in order, separated by blanks.
    pub fn words(&self) -> String {
        let mut above = Above::default();
        let mut words: Vec<&str> = Vec::new();
        for node in &self.nodes {
            above.enter(node.depth);
            match &node.what {
                What::Element(element) => above.push(element.name),
                What::Text(text) if above.has_any(names::WORDED) => {
                    words.extend(text.split_whitespace());
                }
                What::Text(_) => {}
            }
        }
        words.join(" ")
    }

    /// What the cleaning removed, a few words each; at most fifty.
    pub fn removed(&self) -> &[String] {
        &self.removed
    }

    /// Whether the cleaning removed nothing worth a note.
    pub fn is_clean(&self) -> bool {
        self.removed.is_empty()
    }
}

impl Baked {
    /// In user units.
    pub fn width(&self) -> f64 {
        self.width
    }

    /// In user units.
    pub fn height(&self) -> f64 {
        self.height
    }
}
