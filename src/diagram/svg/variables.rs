//! Custom properties: substitutes `var(--x)` for each `--x` that the picture defines.
//!
//! A `var()` of a property that the picture does not define stays: it is a token of the site. Not
//! here: where declarations come from (`cascade.rs`).

use std::collections::BTreeMap;
use std::rc::Rc;

use cssparser::{Parser, Token};

use super::value::{self, LONGEST};

/// The custom properties of an element; `None` for an invalid one.
pub(super) type Scope = Rc<BTreeMap<String, Option<String>>>;

/// The longest chain of properties that are defined by each other.
const CHAIN: usize = 16;

/// The most custom properties of an element.
const MOST: usize = 512;

enum Known {
    Value(String),
    Invalid,
    Foreign,
}

/// The value with every known `var()` replaced; `None` if that makes it invalid.
pub(super) fn substituted(text: &str, scope: &Scope) -> Option<String> {
    if !text.contains("var(") {
        return Some(text.to_owned());
    }
    substitute(text, &mut |name| match scope.get(name) {
        Some(Some(value)) => Known::Value(value.clone()),
        Some(None) => Known::Invalid,
        None => Known::Foreign,
    })
}

/// The scope below an element that declares `own` properties.
pub(super) fn extended(parent: &Scope, own: BTreeMap<String, String>) -> Scope {
    if own.is_empty() {
        return Rc::clone(parent);
    }
    let names: Vec<String> = own.keys().cloned().collect();
    let mut defined = Defined {
        own,
        parent,
        done: BTreeMap::new(),
        open: Vec::new(),
    };
    for name in &names {
        defined.resolve(name);
    }
    let mut all = (**parent).clone();
    for (name, value) in defined.done {
        if all.len() < MOST || all.contains_key(&name) {
            all.insert(name, value);
        }
    }
    Rc::new(all)
}

/// The properties of one element while they are resolved against each other.
struct Defined<'a> {
    own: BTreeMap<String, String>,
    parent: &'a Scope,
    done: BTreeMap<String, Option<String>>,
    open: Vec<String>,
}

impl Defined<'_> {
    fn resolve(&mut self, name: &str) -> Known {
        if let Some(done) = self.done.get(name) {
            return done.clone().map_or(Known::Invalid, Known::Value);
        }
        let Some(raw) = self.own.get(name).cloned() else {
            return match self.parent.get(name) {
                Some(Some(value)) => Known::Value(value.clone()),
                Some(None) => Known::Invalid,
                None => Known::Foreign,
            };
        };
        if self.open.len() >= CHAIN || self.open.iter().any(|open| open == name) {
            return Known::Invalid;
        }
        self.open.push(name.to_owned());
        let value = substitute(&raw, &mut |inner| self.resolve(inner));
        self.open.pop();
        self.done.insert(name.to_owned(), value.clone());
        value.map_or(Known::Invalid, Known::Value)
    }
}

fn substitute(text: &str, known: &mut dyn FnMut(&str) -> Known) -> Option<String> {
    let mut out = String::new();
    walk(&mut value::parser(text), known, &mut out)?;
    let out = out.trim();
    (!out.is_empty() && out.len() <= LONGEST).then(|| out.to_owned())
}

fn walk(input: &mut Parser, known: &mut dyn FnMut(&str) -> Known, out: &mut String) -> Option<()> {
    loop {
        let start = input.position();
        let Ok(token) = input.next_including_whitespace().cloned() else {
            return Some(());
        };
        match token {
            Token::Function(name) if name.eq_ignore_ascii_case("var") => {
                out.push_str(&value::inside(input, None, |block| call(block, known))?);
            }
            Token::Function(_) | Token::ParenthesisBlock => {
                out.push_str(input.slice_from(start));
                value::inside(input, None, |block| walk(block, known, out))?;
                out.push(')');
            }
            _ => out.push_str(input.slice_from(start)),
        }
        // The limit is checked while writing, so that the value never grows beyond it.
        if out.len() > LONGEST {
            return None;
        }
    }
}

/// The value of a `var()`, given its arguments.
fn call(input: &mut Parser, known: &mut dyn FnMut(&str) -> Known) -> Option<String> {
    let name = input.expect_ident_cloned().ok()?;
    if !name.starts_with("--") {
        return None;
    }
    let has_fallback = input.expect_comma().is_ok();
    match known(&name) {
        Known::Value(value) => return Some(value),
        Known::Invalid if !has_fallback => return None,
        Known::Foreign if !has_fallback => return Some(format!("var({name})")),
        Known::Invalid | Known::Foreign => {}
    }
    let foreign = matches!(known(&name), Known::Foreign);
    let mut fallback = String::new();
    walk(input, known, &mut fallback)?;
    let fallback = fallback.trim();
    Some(if foreign {
        format!("var({name}, {fallback})")
    } else {
        fallback.to_owned()
    })
}

pub(super) fn is_custom(name: &str) -> bool {
    name.len() > 2
        && name.len() <= 80
        && name.starts_with("--")
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}
