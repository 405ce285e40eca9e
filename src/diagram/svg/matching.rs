//! The cleaned tree as the crate `selectors` walks it: as a tree of `scraper`.
//!
//! Not here: reading selectors (`selector.rs`), and which declaration wins (`cascade.rs`).

use markup5ever::{Attribute, LocalName, Namespace, QualName};
use scraper::selector::Simple;
use scraper::{CaseSensitivity, Element as _, ElementRef, Html, node};
use selectors::context::{
    MatchingContext, MatchingForInvalidation, MatchingMode, NeedsSelectorFlags, QuirksMode,
    SelectorCaches,
};
use selectors::matching::matches_selector;
use selectors::parser::{Component, Selector};

use super::read::SVG;
use super::tree::{Node, What};

/// The tree with what selectors ask for: its elements are in the same order.
pub(super) fn document(nodes: &[Node]) -> Html {
    let mut html = Html::new_document();
    let mut open = vec![html.tree.root().id()];
    let svg = Namespace::from(SVG);
    let named =
        |space: &Namespace, name: &str| QualName::new(None, space.clone(), LocalName::from(name));
    for one in nodes {
        let what = match &one.what {
            What::Element(element) => {
                let own = element.attributes.iter().map(|(name, value)| Attribute {
                    name: named(&Namespace::default(), name),
                    value: value.written(name, None).into(),
                });
                let own = node::Element::new(named(&svg, element.name), own.collect());
                node::Node::Element(own)
            }
            // Only whether there is one counts.
            What::Text(_) | What::Rules(_) => node::Node::Text(node::Text { text: "".into() }),
        };
        open.truncate(one.depth + 1);
        let above = open.last().and_then(|above| html.tree.get_mut(*above));
        open.extend(above.map(|mut above| above.append(what).id()));
    }
    html
}

/// Whether a selector matches an element.
pub(super) fn matches(selector: &Selector<Simple>, element: ElementRef) -> bool {
    // Most selectors fail here, which costs less than what matching needs.
    let is_possible = selector.iter().all(|condition| match condition {
        Component::Class(class) => element.has_class(class, CaseSensitivity::CaseSensitive),
        Component::LocalName(name) => element.has_local_name(&name.name),
        _ => true,
    });
    if !is_possible {
        return false;
    }
    let mut caches = SelectorCaches::default();
    let mut context = MatchingContext::new(
        MatchingMode::Normal,
        None,
        &mut caches,
        QuirksMode::NoQuirks,
        NeedsSelectorFlags::No,
        MatchingForInvalidation::No,
    );
    matches_selector(selector, 0, None, &element, &mut context)
}
