//! The selectors of a rule, and the cleaned tree as the crate `selectors` walks it: as a tree of
//! `scraper`.
//!
//! Not here: which declaration wins (`cascade.rs`), and what a picture cannot have: states such as
//! `:hover`, pseudo-elements, and `:has()`.

use std::collections::HashSet;

use cssparser::{ParseError, Parser as Input};
use markup5ever::{Attribute, LocalName, Namespace, QualName};
use scraper::selector::Simple;
use scraper::{CaseSensitivity, Element as _, ElementRef, Html, node};
use selectors::context::{
    MatchingContext, MatchingForInvalidation, MatchingMode, NeedsSelectorFlags, QuirksMode,
    SelectorCaches,
};
use selectors::matching::matches_selector;
use selectors::parser::{
    Component, ParseRelative, Parser, Selector, SelectorList, SelectorParseErrorKind,
};

use super::read::SVG;
use super::tree::{Node, What};

/// The most conditions of a selector.
const MOST: usize = 256;

struct Grammar;

impl Parser<'_> for Grammar {
    type Impl = Simple;
    type Error = SelectorParseErrorKind;

    fn parse_is_and_where(&self) -> bool {
        true
    }
}

/// Reads a list of selectors, each with its text; those that can never match are left out.
pub(super) fn listed(input: &mut Input) -> Vec<(Selector<Simple>, String)> {
    let one = |input: &mut Input<'_>| {
        let start = input.position();
        let list = SelectorList::parse(&Grammar, input, ParseRelative::No)?;
        Ok::<_, ParseError<SelectorParseErrorKind>>((
            list,
            input.slice_from(start).trim().to_owned(),
        ))
    };
    let all = input.parse_comma_separated_ignoring_errors(one).into_iter();
    let all = all.filter_map(|(list, text)| Some((list.slice().first()?.clone(), text)));
    all.filter(|(one, _)| one.len() <= MOST).collect()
}

/// The classes that selectors speak of.
pub(super) fn classes<'s>(
    selectors: impl Iterator<Item = &'s Selector<Simple>>,
) -> HashSet<String> {
    let mut found = HashSet::new();
    let mut ahead: Vec<_> = selectors.collect();
    while let Some(selector) = ahead.pop() {
        for condition in selector.iter_raw_match_order() {
            match condition {
                Component::Class(class) => {
                    found.insert(class.0.to_string());
                }
                Component::Is(list) | Component::Where(list) | Component::Negation(list) => {
                    ahead.extend(list.slice());
                }
                _ => {}
            }
        }
    }
    found
}

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
