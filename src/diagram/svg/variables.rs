//! Custom properties: substitutes `var(--x)` for each `--x` that the picture defines.
//!
//! A `var()` of a property that the picture does not define stays: it is a token of the site. Not
//! here: where declarations come from (`cascade.rs`).

use std::collections::BTreeMap;
use std::rc::Rc;

use super::parts::{Kind, Part, all, length};
use super::property::has_var;
use super::value::{LONGEST, trimmed};

/// The custom properties of an element; `None` for an invalid one.
pub(super) type Known = BTreeMap<String, Option<Vec<Part>>>;
pub(super) type Scope = Rc<Known>;

/// The longest chain of properties that are defined by each other.
const CHAIN: usize = 16;

/// The most custom properties of an element.
const MOST: usize = 512;

/// The value with every known `var()` replaced; `None` if that makes it invalid.
pub(super) fn substituted(value: &[Part], known: &Known) -> Option<Vec<Part>> {
    if !has_var(value) {
        return Some(value.to_vec());
    }
    let value = trimmed(substitute(value, known)?);
    (!value.is_empty()).then_some(value)
}

/// The scope below an element that declares `own` properties.
pub(super) fn extended(parent: &Scope, mut own: BTreeMap<String, Vec<Part>>) -> Scope {
    if own.is_empty() {
        return Rc::clone(parent);
    }
    let mut all = (**parent).clone();
    for _ in 0..CHAIN {
        // Those that depend on none that is not resolved yet.
        let is_ready = |value: &[Part]| !names(value).iter().any(|name| own.contains_key(*name));
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
fn names(value: &[Part]) -> Vec<&str> {
    let calls = all(value).into_iter().filter(|part| part.kind == Kind::Var);
    calls
        .filter_map(|call| call.called()?.1.first()?.text())
        .collect()
}

fn substitute(value: &[Part], known: &Known) -> Option<Vec<Part>> {
    let mut out = Vec::new();
    for part in value {
        match part.called() {
            Some((_, inside)) if part.kind == Kind::Var => out.extend(variable(inside, known)?),
            Some((name, inside)) => out.push(Part::call(name, substitute(inside, known)?)),
            None => out.push(part.clone()),
        }
        // The limit is checked while writing, so that the value never grows beyond it.
        if length(&out) > LONGEST {
            return None;
        }
    }
    Some(out)
}

/// The value of a `var()`, given its arguments.
fn variable(arguments: &[Part], known: &Known) -> Option<Vec<Part>> {
    let comma = arguments.iter().position(Part::is_comma);
    let (name, fallback) = arguments.split_at(comma.unwrap_or(arguments.len()));
    let [name] = name else {
        return None;
    };
    let name = name.text().filter(|name| is_custom(name))?;
    let fallback = fallback.split_first().map(|(_, fallback)| fallback);
    match known.get(name) {
        Some(Some(value)) => Some(value.clone()),
        Some(None) => substitute(fallback?, known),
        None => {
            let mut kept = vec![Part::word(name)];
            if let Some(fallback) = fallback {
                kept.push(Part::comma());
                kept.extend(substitute(fallback, known)?);
            }
            Some(vec![Part::call("var", kept)])
        }
    }
}

pub(super) fn is_custom(name: &str) -> bool {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    (3..=80).contains(&name.len()) && name.starts_with("--") && name.chars().all(is_plain)
}
