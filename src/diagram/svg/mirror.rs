//! The cleaned tree as a document of `scraper`, for its selectors to match on.
//!
//! The root `<svg>` is the document's root element, so that `:root` means it. Not here: matching
//! (`cascade.rs`).

use scraper::selector::CssLocalName;
use scraper::{ElementRef, Html, StrTendril};

use super::tree::{Node, What};

/// An HTML document with the same elements and texts in the same order.
pub(super) fn document(nodes: &[Node<String>]) -> Html {
    let mut html = Html::new_document();
    // Names cannot be made from here, but a parsed element's can be changed.
    let sample = Html::parse_fragment("<svg id=x></svg>");
    let sample = sample
        .root_element()
        .child_elements()
        .next()
        .map(|svg| svg.value().clone());
    let Some(sample) = sample else {
        return html;
    };
    let mut path = vec![html.tree.root().id()];
    for node in nodes {
        path.truncate(node.depth + 1);
        let Some(mut parent) = path.last().and_then(|id| html.tree.get_mut(*id)) else {
            continue;
        };
        match &node.what {
            What::Text(text) => {
                let text = StrTendril::from(text.as_str());
                parent.append(scraper::Node::Text(scraper::node::Text { text }));
            }
            What::Element(element) => {
                let mut copy = sample.clone();
                let name = copy.attrs.first().map(|(name, _)| name.clone());
                copy.name.local = CssLocalName::from(element.name).0;
                copy.attrs.clear();
                for (own, value) in &element.attributes {
                    if let Some(mut name) = name.clone() {
                        name.local = CssLocalName::from(own.as_ref()).0;
                        copy.attrs.push((name, StrTendril::from(value.as_str())));
                    }
                }
                copy.attrs.sort_by(|a, b| a.0.cmp(&b.0));
                path.push(parent.append(scraper::Node::Element(copy)).id());
            }
        }
    }
    html
}

/// The document's elements, in the order of the tree's.
pub(super) fn elements(html: &Html) -> Vec<ElementRef<'_>> {
    html.tree
        .root()
        .descendants()
        .filter_map(ElementRef::wrap)
        .collect()
}
