//! SVG pictures made fit for a page under `style-src 'self'; script-src 'self'`.
//!
//! [`read`] takes the first `<svg>` of a text and keeps of it what is listed, so that neither
//! scripts nor foreign files remain. [`Cleaned::styled`] then resolves its style into presentation
//! attributes, typed; [`Styled::adapted`] makes its colours readable in both schemes, and
//! [`Polished::inline`] writes it for a page. The types hold this order. Not here: drawing, what only
//! one renderer's pictures need (`mermaid::polish`), and animation.

pub(super) mod adapt;
mod cascade;
pub(super) mod clean;
mod declaration;
pub(super) mod family;
pub(super) mod ground;
mod inline;
mod legible;
mod limits;
pub(super) mod links;
mod markers;
mod matching;
mod media;
pub(super) mod notes;
pub(super) mod parts;
pub(super) mod place;
mod property;
pub(super) mod read;
pub(super) mod references;
pub(super) mod scene;
mod selector;
pub(super) mod shade;
mod sheet;
mod shorthand;
pub(super) mod size;
mod styled;
pub(super) mod tree;
pub(super) mod typed;
mod value;
mod variables;
mod weight;
mod words;
pub(super) mod write;
pub(super) mod written;

#[cfg(test)]
pub(super) mod tests;

use std::ops::Deref;

use crate::svg_names as names;
use family::Family;
use notes::Notes;
use tree::{Node, What, said};

pub use limits::NotAPicture;

/// A cleaned picture: without scripts, and without references to other files.
#[derive(Clone, Debug, PartialEq)]
pub struct Cleaned {
    nodes: Vec<Node>,
    /// In user units.
    pub width: f64,
    /// In user units.
    pub height: f64,
    removed: Vec<String>,
}

/// A picture with all its style in presentation attributes.
#[derive(Clone, Debug, PartialEq)]
pub struct Styled {
    pub(crate) nodes: Vec<Node>,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

/// A picture in its final colours, of which only the names may change.
#[derive(Clone, Debug, PartialEq)]
pub struct Polished(pub(crate) Styled);

/// Reads the first `<svg>` element of a text: an SVG file, or HTML with a picture in it.
pub fn read(text: &str) -> Result<Cleaned, NotAPicture> {
    let mut removed = Notes::default();
    let nodes = read::tree(text, false, &mut removed)?;
    Ok(Cleaned {
        removed: removed.into_list(),
        ..checked(nodes)?
    })
}

/// A renderer's picture with its labels in HTML, for [`checked`].
pub(super) fn labelled(text: &str) -> Result<Vec<Node>, NotAPicture> {
    read::tree(text, true, &mut Notes::default())
}

/// The rules of a style sheet, for an element of a tree.
pub(super) fn rules(text: &str) -> What {
    What::Rules(sheet::rules(text, &mut Notes::default()))
}

/// The picture of a tree, without elements that are not of SVG.
pub(super) fn checked(mut nodes: Vec<Node>) -> Result<Cleaned, NotAPicture> {
    let is_foreign = |element: &tree::Element| names::element(element.name).is_none();
    nodes.retain(|node| !node.element().is_some_and(is_foreign));
    let root = nodes
        .first()
        .and_then(Node::element)
        .ok_or(NotAPicture::NoSvg)?;
    let (width, height) = size::size(root).ok_or(NotAPicture::NoSize)?;
    if !weight::is_light(&nodes) {
        return Err(NotAPicture::TooMuchUse);
    }
    if !draws(&nodes) {
        return Err(NotAPicture::Empty);
    }
    Ok(Cleaned {
        nodes,
        width,
        height,
        removed: Vec::new(),
    })
}

/// Whether an element of the tree is visible on the canvas.
fn draws(nodes: &[Node]) -> bool {
    let family = Family::of(nodes);
    nodes.iter().enumerate().any(|(index, node)| {
        let is_drawn = |element: &tree::Element| names::DRAWN.contains(&element.name);
        node.element().is_some_and(is_drawn) && !family.is_in(nodes, index, names::UNDRAWN)
    })
}

impl Cleaned {
    /// The picture's own `<title>`, else its root's `aria-label`.
    pub fn title(&self) -> Option<String> {
        let is_title = |node: &Node| node.element().is_some_and(|one| one.name == "title");
        let own = |node: &Node| node.depth == 1 && is_title(node);
        let text = self
            .nodes
            .iter()
            .position(own)
            .map(|at| said(&self.nodes, at));
        let label = || Some(self.root_attribute("aria-label")?.trim().to_owned());
        let named = text.filter(|text| !text.is_empty()).or_else(label);
        named.filter(|name| !name.is_empty())
    }

    /// An attribute of the root, as its author wrote it.
    pub fn root_attribute(&self, name: &str) -> Option<&str> {
        self.nodes.first()?.element()?.get(name)
    }

    /// What the cleaning removed, a few words each; at most fifty.
    pub fn removed(&self) -> &[String] {
        &self.removed
    }
}

impl Styled {
    /// Whether it has colours for both schemes, or of the page.
    pub fn follows_schemes(&self) -> bool {
        let elements = self.nodes.iter().filter_map(Node::element);
        let values = elements.flat_map(|element| &element.attributes);
        let mut styles = values.filter_map(|(_, value)| value.parts());
        styles.any(|style| parts::all(style).iter().any(|part| part.follows_schemes()))
    }

    /// The picture as it is drawn, for authors who chose colours for both schemes, or one for one.
    pub fn as_drawn(self) -> Polished {
        Polished(self)
    }
}

impl Deref for Polished {
    type Target = Styled;

    fn deref(&self) -> &Styled {
        &self.0
    }
}
