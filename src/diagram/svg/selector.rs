//! The selectors of a rule, read by the crate `selectors`.
//!
//! Not here: matching (`matching.rs`), and what a picture cannot have: states such as `:hover`,
//! pseudo-elements, and `:has()`.

use std::collections::HashSet;

use cssparser::{ParseError, Parser as Input};
use scraper::selector::Simple;
use selectors::parser::{
    Component, ParseRelative, Parser, Selector, SelectorList, SelectorParseErrorKind,
};

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
