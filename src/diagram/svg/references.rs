//! References by id within a picture: dropped where they have no target, and renamed with the ids.
//!
//! Not here: what a reference may look like; the cleaning settled that.

use std::collections::HashSet;

use cssparser::{Parser, Token};

use super::links;
use super::tree::{Element, Name};
use super::value::{inside, parser, reference};
use crate::svg_names::{ID_LISTS, property};

/// Drops references to ids that the picture does not have.
///
/// A link to a place in the page stays, as the page may have it.
pub(crate) fn drop_lost(element: &mut Element<String>, ids: &HashSet<String>) {
    let link = element.name == "a";
    let mut kept: Vec<(Name, String)> = Vec::new();
    for (name, value) in std::mem::take(&mut element.attributes) {
        let value = match name.as_ref() {
            "href" if !link => found(&value, ids),
            name if ID_LISTS.contains(&name) => listed(&value, ids, ""),
            name if value.contains("url(") => without_lost(name, &value, ids),
            _ => Some(value),
        };
        kept.extend(value.map(|value| (name, value)));
    }
    element.attributes = kept;
}

/// Prefixes every id and every reference to one with `scope`.
pub(crate) fn scoped(name: &str, value: &str, scope: &str, ids: &HashSet<String>) -> String {
    match name {
        "id" => format!("{scope}{value}"),
        "href" => match links::fragment(value).filter(|id| ids.contains(*id)) {
            Some(id) => format!("#{scope}{id}"),
            None => value.to_owned(),
        },
        name if ID_LISTS.contains(&name) => listed(value, ids, scope).unwrap_or_default(),
        _ if value.contains("url(") && property(name).is_some() => {
            let mut out = String::new();
            rewrite(&mut parser(value), &mut out, &mut |id| {
                reference(&format!("{scope}{id}"))
            });
            out
        }
        _ => value.to_owned(),
    }
}

fn found(value: &str, ids: &HashSet<String>) -> Option<String> {
    match links::fragment(value) {
        Some(id) if !ids.contains(id) => None,
        _ => Some(value.to_owned()),
    }
}

fn listed(value: &str, ids: &HashSet<String>, scope: &str) -> Option<String> {
    let known: Vec<String> = value
        .split_whitespace()
        .filter(|id| ids.contains(*id))
        .map(|id| format!("{scope}{id}"))
        .collect();
    (!known.is_empty()).then(|| known.join(" "))
}

/// A style value as a browser draws it if its `url()` has no target.
fn without_lost(name: &str, value: &str, ids: &HashSet<String>) -> Option<String> {
    if property(name).is_none() {
        return Some(value.to_owned());
    }
    let mut lost = false;
    rewrite(&mut parser(value), &mut String::new(), &mut |id| {
        lost |= !ids.contains(id);
        String::new()
    });
    if !lost {
        return Some(value.to_owned());
    }
    let paint = matches!(name, "fill" | "stroke");
    let fallback = value.split_once(')').map(|(_, rest)| rest.trim());
    match fallback {
        Some(fallback) if paint && !fallback.is_empty() => Some(fallback.to_owned()),
        _ if paint || name.starts_with("marker-") => Some("none".to_owned()),
        _ => None,
    }
}

/// Copies a value, with each `url(#id)` replaced by what `map` returns.
pub(crate) fn rewrite(input: &mut Parser, out: &mut String, map: &mut dyn FnMut(&str) -> String) {
    loop {
        let start = input.position();
        let Ok(token) = input.next_including_whitespace().cloned() else {
            return;
        };
        match token {
            Token::UnquotedUrl(target) => out.push_str(&map(target.trim_start_matches('#'))),
            Token::Function(name) if name.eq_ignore_ascii_case("url") => {
                let target = inside(input, String::new(), |block| {
                    block
                        .expect_string()
                        .map(ToString::to_string)
                        .unwrap_or_default()
                });
                out.push_str(&map(target.trim_start_matches('#')));
            }
            Token::Function(_) | Token::ParenthesisBlock => {
                out.push_str(input.slice_from(start));
                inside(input, (), |block| rewrite(block, out, map));
                out.push(')');
            }
            _ => out.push_str(input.slice_from(start)),
        }
    }
}
