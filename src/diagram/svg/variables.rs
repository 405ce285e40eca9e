//! Custom properties: substitutes `var(--x)` for each `--x` that the picture defines.
//!
//! A `var()` of a property that the picture does not define stays: it is a token of the site. Not
//! here: where declarations come from (`cascade.rs`).

use std::collections::BTreeMap;
use std::rc::Rc;

use super::parts::{Kind, parts};
use super::value::LONGEST;

/// The custom properties of an element; `None` for an invalid one.
pub(super) type Scope = Rc<BTreeMap<String, Option<String>>>;

/// The longest chain of properties that are defined by each other.
const CHAIN: usize = 16;

/// The most custom properties of an element.
const MOST: usize = 512;

/// The value with every known `var()` replaced; `None` if that makes it invalid.
pub(super) fn substituted(text: &str, scope: &BTreeMap<String, Option<String>>) -> Option<String> {
    if !text.contains("var(") {
        return Some(text.to_owned());
    }
    let out = substitute(text, scope)?;
    let out = out.trim();
    (!out.is_empty()).then(|| out.to_owned())
}

/// The scope below an element that declares `own` properties.
pub(super) fn extended(parent: &Scope, mut own: BTreeMap<String, String>) -> Scope {
    if own.is_empty() {
        return Rc::clone(parent);
    }
    let mut all = (**parent).clone();
    for _ in 0..CHAIN {
        // Those that depend on none that is not resolved yet.
        let is_ready = |value: &str| !names(value).any(|name| own.contains_key(name));
        let ready = own.iter().filter(|(_, value)| is_ready(value));
        let ready: Vec<String> = ready.map(|(name, _)| name.clone()).collect();
        for name in ready {
            let value = own
                .remove(&name)
                .and_then(|value| substituted(&value, &all));
            if all.len() < MOST || all.contains_key(&name) {
                all.insert(name, value);
            }
        }
    }
    // What is left depends on itself.
    all.extend(own.into_keys().take(MOST).map(|name| (name, None)));
    Rc::new(all)
}

/// The custom properties that a value asks for.
fn names(value: &str) -> impl Iterator<Item = &str> {
    let calls = value.split("var(").skip(1);
    calls.filter_map(|rest| rest.split([',', ')']).next().map(str::trim))
}

fn substitute(text: &str, scope: &BTreeMap<String, Option<String>>) -> Option<String> {
    let mut out = String::new();
    for part in parts(text) {
        match part.call() {
            Some((_, inside)) if part.kind == Kind::Var => out.push_str(&value(inside, scope)?),
            Some((name, inside)) => {
                out.push_str(&format!("{name}({})", substitute(inside, scope)?));
            }
            None => out.push_str(part.text),
        }
        // The limit is checked while writing, so that the value never grows beyond it.
        if out.len() > LONGEST {
            return None;
        }
    }
    Some(out)
}

/// The value of a `var()`, given its arguments.
fn value(arguments: &str, scope: &BTreeMap<String, Option<String>>) -> Option<String> {
    let (name, fallback) = match arguments.split_once(',') {
        Some((name, fallback)) => (name.trim(), Some(fallback.trim())),
        None => (arguments.trim(), None),
    };
    if !is_custom(name) {
        return None;
    }
    let fallback = || Some(substitute(fallback?, scope));
    match scope.get(name) {
        Some(Some(value)) => Some(value.clone()),
        Some(None) => fallback()?,
        None => match fallback() {
            Some(fallback) => Some(format!("var({name}, {})", fallback?)),
            None => Some(format!("var({name})")),
        },
    }
}

pub(super) fn is_custom(name: &str) -> bool {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    (3..=80).contains(&name.len()) && name.starts_with("--") && name.chars().all(is_plain)
}
