//! One selector of a rule, read by the crate `selectors`; and the names of the colour schemes of
//! pages, which selectors ask for.
//!
//! Not here: the grammar (`grammar.rs`), and matching (`matching.rs`).

use cssparser::{Delimiter, ParseError};
use selectors::parser::{Component, ParseRelative, Selector, SelectorList};

use super::grammar::Grammar;
use super::value::parser;

/// A colour scheme that a rule is limited to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scheme {
    Light,
    Dark,
}

/// The attributes by which pages name their scheme.
pub(super) const SCHEME_ATTRIBUTES: [&str; 5] = [
    "data-theme",
    "data-color-scheme",
    "data-mode",
    "data-bs-theme",
    "theme",
];

impl Scheme {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Whether a class names this scheme of a page.
    pub(super) fn is_class(self, class: &str) -> bool {
        let rest = class.strip_prefix("theme-").unwrap_or(class);
        let rest = rest.strip_suffix("-theme").unwrap_or(rest);
        rest.strip_suffix("-mode").unwrap_or(rest) == self.name()
    }
}

/// The longest selector, in bytes.
const LONGEST: usize = 1024;

/// Reads a list of selectors; those that can never match are left out.
pub(super) fn listed(text: &str) -> Vec<Selector<Grammar>> {
    let mut input = parser(text);
    let mut all = Vec::new();
    loop {
        let start = input.position();
        let _: Result<(), ParseError<()>> = input.parse_until_before(Delimiter::Comma, |part| {
            while part.next().is_ok() {}
            Ok(())
        });
        let one = input.slice_from(start);
        if one.len() <= LONGEST
            && let Ok(list) = SelectorList::parse(&Grammar, &mut parser(one), ParseRelative::No)
        {
            all.extend(list.slice().iter().cloned());
        }
        if input.next().is_err() {
            return all;
        }
    }
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
