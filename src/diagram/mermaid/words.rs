//! The words of a picture that the renderer wrote, and of the finished one.
//!
//! Not here: comparing them (`lost`), where they are, and words that the renderer itself left out.

use super::source::INVISIBLE;
use super::style::is_hidden;
use crate::diagram::svg::family::Family;
use crate::diagram::svg::read::LABEL;
use crate::diagram::svg::tree::{Node, What, at};

/// The texts and HTML labels of a picture that are shown, without characters that are not seen.
pub(super) fn texts(nodes: &[Node]) -> Vec<String> {
    let family = Family::of(nodes);
    let mut texts = Vec::new();
    for (index, node) in nodes.iter().enumerate() {
        if let What::Text(text) = &node.what
            && family.is_in(nodes, index, &["text", LABEL])
            && !family
                .above(index)
                .any(|up| at(nodes, up).is_some_and(is_hidden))
        {
            texts.push(text.replace(INVISIBLE, ""));
        }
    }
    texts
}
