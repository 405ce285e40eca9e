//! References by id within a picture: dropped where they have no target, and renamed with the ids.
//!
//! Not here: what a reference may look like; the cleaning settled that.

use std::collections::HashSet;

use super::links;
use super::parts::{parts, referring};
use super::tree::Element;
use super::value::reference;
use crate::svg_names::{ID_LISTS, property};

/// The ids that an attribute refers to.
pub(crate) fn ids(name: &str, value: &str) -> Vec<String> {
    let mut found = Vec::new();
    if name == "href" {
        found.extend(links::fragment(value).map(str::to_owned));
    } else if ID_LISTS.contains(&name) {
        found.extend(value.split_whitespace().map(str::to_owned));
    } else if value.contains("url(") && property(name).is_some() {
        referring(value, &mut |id| {
            found.push(id.to_owned());
            String::new()
        });
    }
    found
}

/// Drops references to ids that the picture does not have.
///
/// A link to a place in the page stays, as the page may have it.
pub(super) fn drop_lost(element: &mut Element<String>, known: &HashSet<String>) {
    let link = element.name == "a";
    for (name, value) in std::mem::take(&mut element.attributes) {
        let is_lost = ids(&name, &value).iter().any(|id| !known.contains(id));
        if !is_lost || link && name == "href" {
            element.attributes.push((name, value));
        } else if let Some(left) = left(&name, &value, known) {
            element.attributes.push((name, left));
        }
    }
}

/// What a browser makes of a value with a reference that has no target.
fn left(name: &str, value: &str, known: &HashSet<String>) -> Option<String> {
    match name {
        "fill" | "stroke" => {
            let fallback = parts(value).get(2).map(|part| part.text.to_owned());
            fallback.or_else(|| Some("none".to_owned()))
        }
        name if name.starts_with("marker-") => Some("none".to_owned()),
        name if ID_LISTS.contains(&name) => listed(value, "", known),
        _ => None,
    }
}

/// Prefixes every id and every reference to one with `scope`.
pub(super) fn scoped(name: &str, value: &str, scope: &str, known: &HashSet<String>) -> String {
    match name {
        "id" => format!("{scope}{value}"),
        "href" => match links::fragment(value).filter(|id| known.contains(*id)) {
            Some(id) => format!("#{scope}{id}"),
            None => value.to_owned(),
        },
        name if ID_LISTS.contains(&name) => listed(value, scope, known).unwrap_or_default(),
        name if value.contains("url(") && property(name).is_some() => {
            referring(value, &mut |id| reference(&format!("{scope}{id}")))
        }
        _ => value.to_owned(),
    }
}

fn listed(value: &str, scope: &str, known: &HashSet<String>) -> Option<String> {
    let ids = value.split_whitespace().filter(|id| known.contains(*id));
    let ids: Vec<String> = ids.map(|id| format!("{scope}{id}")).collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}
