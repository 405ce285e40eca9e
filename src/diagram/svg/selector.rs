//! The selectors of a rule, read by the crate `selectors`; and the colour schemes.
//!
//! Not here: the grammar (`grammar.rs`), and matching (`matching.rs`).

use selectors::parser::{Component, ParseRelative, Selector, SelectorList};

use super::grammar::Grammar;
use super::value::parser;

/// A colour scheme that a rule is limited to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scheme {
    Light,
    Dark,
}

impl Scheme {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// The most conditions of a selector.
const MOST: usize = 256;

/// Reads a list of selectors; those that can never match are left out.
pub(super) fn listed(text: &str) -> Vec<Selector<Grammar>> {
    let list = SelectorList::parse_forgiving(&Grammar, &mut parser(text), ParseRelative::No);
    let mut all = list.map_or_else(|_| Vec::new(), |list| list.slice().to_vec());
    let is_invalid = |condition: &Component<Grammar>| matches!(condition, Component::Invalid(_));
    all.retain(|one| one.len() <= MOST && !one.iter_raw_match_order().any(is_invalid));
    all
}

/// The classes that a selector speaks of.
pub(super) fn classes(selector: &Selector<Grammar>) -> Vec<String> {
    let mut found = Vec::new();
    let mut ahead = vec![selector];
    while let Some(selector) = ahead.pop() {
        for condition in selector.iter_raw_match_order() {
            match condition {
                Component::Class(class) => found.push(class.0.clone()),
                Component::Is(list) | Component::Where(list) | Component::Negation(list) => {
                    ahead.extend(list.slice());
                }
                _ => {}
            }
        }
    }
    found
}
