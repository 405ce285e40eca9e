//! One selector of a rule: read by the crate `selectors`, and what to look it up by — its last
//! compound's name, the classes it speaks of, and whether it holds in one colour scheme only.
//!
//! Not here: the grammar (`grammar.rs`), and matching (`matching.rs`).

use cssparser::{Parser, Token};
use selectors::parser::{Component, ParseRelative, Selector, SelectorList};

use super::grammar::Grammar;
use super::value::{inside, parser};

/// A colour scheme that a rule is limited to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scheme {
    Light,
    Dark,
}

/// The most selective condition of a selector's last compound.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Key {
    Any,
    Type(String),
    Class(String),
    Id(String),
}

/// The longest selector, in bytes.
const LONGEST: usize = 1024;

/// Reads a selector without top-level commas; `None` if it can never match.
pub(super) fn compile(text: &str) -> Option<Selector<Grammar>> {
    if text.len() > LONGEST {
        return None;
    }
    let list = SelectorList::parse(&Grammar, &mut parser(text), ParseRelative::No).ok()?;
    match list.slice() {
        [one] => Some(one.clone()),
        _ => None,
    }
}

/// What every element has that a selector matches.
pub(super) fn key(selector: &Selector<Grammar>) -> Key {
    let conditions = selector.iter().map(|condition| match condition {
        Component::ID(id) => Key::Id(id.0.clone()),
        Component::Class(class) => Key::Class(class.0.clone()),
        Component::LocalName(name) => Key::Type(name.name.0.clone()),
        _ => Key::Any,
    });
    conditions.max().unwrap_or(Key::Any)
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

/// The scheme that a selector's first compound names (`.dark …`, `:root[data-theme="dark"] …`), and
/// the selector without that compound.
pub(super) fn scheme(text: &str) -> Option<(Scheme, String)> {
    let mut input = parser(text);
    let mut scheme = None;
    let mut first = String::new();
    let mut rest_from = text.len();
    loop {
        let start = input.position();
        let Ok(token) = input.next_including_whitespace().cloned() else {
            break;
        };
        if matches!(token, Token::WhiteSpace(_) | Token::Delim('>' | '+' | '~')) {
            let seen = input.slice_from(start).len();
            rest_from = text.len().saturating_sub(remaining(&mut input) + seen);
            break;
        }
        let named = match &token {
            Token::Delim('.') => input
                .expect_ident_cloned()
                .ok()
                .and_then(|name| word(&name)),
            Token::SquareBracketBlock => inside(&mut input, None, attribute),
            Token::Function(_) => {
                inside(&mut input, (), |block| while block.next().is_ok() {});
                None
            }
            _ => None,
        };
        if named.is_some() {
            scheme = named;
        } else {
            first.push_str(input.slice_from(start));
        }
    }
    let rest = text.get(rest_from..).unwrap_or_default();
    let page = matches!(first.as_str(), "" | "*" | ":root" | "html" | "body");
    let below =
        rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '>' | '+' | '~'));
    let effective = match (page, below.is_empty()) {
        (true, true) => ":root".to_owned(),
        (true, false) => below.to_owned(),
        (false, _) => format!("{first}{rest}"),
    };
    scheme.map(|scheme| (scheme, effective))
}

/// The bytes that the parser has not consumed.
fn remaining(input: &mut Parser) -> usize {
    let here = input.position();
    while input.next_including_whitespace_and_comments().is_ok() {}
    input.slice_from(here).len()
}

fn word(name: &str) -> Option<Scheme> {
    match name.to_ascii_lowercase().as_str() {
        "dark" | "theme-dark" | "dark-theme" | "dark-mode" => Some(Scheme::Dark),
        "light" | "theme-light" | "light-theme" | "light-mode" => Some(Scheme::Light),
        _ => None,
    }
}

fn attribute(input: &mut Parser) -> Option<Scheme> {
    const NAMES: &[&str] = &[
        "data-theme",
        "data-color-scheme",
        "data-mode",
        "data-bs-theme",
        "theme",
    ];
    let name = input.expect_ident_cloned().ok()?;
    if !NAMES.contains(&name.to_ascii_lowercase().as_str()) {
        return None;
    }
    input.expect_delim('=').ok()?;
    let value = input.expect_ident_or_string().ok()?.to_string();
    word(&value)
}
