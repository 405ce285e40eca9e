//! References by id within a picture: dropped where they have no target, and renamed with the ids.
//!
//! Not here: what a reference may look like; the cleaning settled that.

use std::collections::HashSet;

use super::links;
use super::parts::{Part, all, referring, written};
use super::tree::Element;
use super::typed::Value;
use crate::svg_names::ID_LISTS;

/// The ids that an attribute refers to.
pub(crate) fn ids<'v>(name: &str, value: &'v Value) -> Vec<&'v str> {
    match value {
        Value::Text(text) if name == "href" => links::fragment(text).into_iter().collect(),
        Value::Text(text) if ID_LISTS.contains(&name) => text.split_whitespace().collect(),
        Value::Style(parts) => all(parts).into_iter().filter_map(Part::id).collect(),
        _ => Vec::new(),
    }
}

/// Drops references to ids that the picture does not have.
///
/// A link to a place in the page stays, as the page may have it.
pub(super) fn drop_lost(element: &mut Element, known: &HashSet<String>) {
    let link = element.name == "a";
    for (name, value) in std::mem::take(&mut element.attributes) {
        let is_lost = ids(&name, &value).iter().any(|id| !known.contains(*id));
        if !is_lost || link && name == "href" {
            element.attributes.push((name, value));
        } else if let Some(left) = left(&name, &value, known) {
            element.attributes.push((name, left));
        }
    }
}

/// What a browser makes of a value with a reference that has no target.
fn left(name: &str, value: &Value, known: &HashSet<String>) -> Option<Value> {
    let none = || Part::word("none");
    match name {
        "fill" | "stroke" => {
            let fallback = value.parts()?.get(2).cloned();
            Some(fallback.unwrap_or_else(none).into())
        }
        name if name.starts_with("marker-") => Some(none().into()),
        name if ID_LISTS.contains(&name) => listed(value.text()?, "", known).map(Value::from),
        _ => None,
    }
}

/// Prefixes every id of a text, and every reference to one, with `scope`.
pub(super) fn scoped(name: &str, text: &str, scope: &str, known: &HashSet<String>) -> String {
    match name {
        "id" => format!("{scope}{text}"),
        "href" => match links::fragment(text).filter(|id| known.contains(*id)) {
            Some(id) => format!("#{scope}{id}"),
            None => text.to_owned(),
        },
        name if ID_LISTS.contains(&name) => listed(text, scope, known).unwrap_or_default(),
        _ => text.to_owned(),
    }
}

/// The same for style.
pub(super) fn scoped_style(style: &[Part], scope: &str) -> String {
    written(&referring(style, &|id| format!("{scope}{id}")))
}

fn listed(value: &str, scope: &str, known: &HashSet<String>) -> Option<String> {
    let ids = value.split_whitespace().filter(|id| known.contains(*id));
    let ids: Vec<String> = ids.map(|id| format!("{scope}{id}")).collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}
