//! Whether an `<svg>` of a page is a drawing, an icon or nothing, and the words in it.
//!
//! Not here: its position in the page, and its original text (see `tree`).

use scraper::Html;

use super::tree::{Kind, Tree};
use crate::svg_names::DRAWN_IN_PAGES;

/// The longest side of an icon, in CSS pixels.
const ICON: f64 = 24.0;
/// The browsers' default font size, in CSS pixels.
const EM: f64 = 16.0;

/// Whether an `<svg>` is a picture: it draws something and is not an icon.
pub(super) fn is_picture(tree: &Tree<'_>, svg: usize) -> bool {
    is_drawn(tree, svg) && !is_icon(tree, svg)
}

pub(super) fn is_drawn(tree: &Tree<'_>, svg: usize) -> bool {
    inside(tree, svg).any(|node| DRAWN_IN_PAGES.contains(&tree.name(node)))
}

/// An icon has no text, is no larger than a letter, and is hidden from screen readers.
fn is_icon(tree: &Tree<'_>, svg: usize) -> bool {
    let is_hidden = tree.attribute(svg, "aria-hidden") == Some("true");
    is_hidden && is_small(tree, svg) && !has_label(tree, svg)
}

fn has_label(tree: &Tree<'_>, svg: usize) -> bool {
    inside(tree, svg)
        .filter(|node| matches!(tree.name(*node), "text" | "foreignObject"))
        .any(|label| has_text(tree, label))
}

fn has_text(tree: &Tree<'_>, node: usize) -> bool {
    inside(tree, node)
        .any(|node| matches!(tree.kind(node), Kind::Text(text) if !text.trim().is_empty()))
}

fn is_small(tree: &Tree<'_>, svg: usize) -> bool {
    let side = |name| tree.attribute(svg, name).and_then(length);
    let sides = match (side("width"), side("height")) {
        (None, None) => tree.attribute(svg, "viewBox").and_then(view_box),
        (width, height) => width.or(height).zip(height.or(width)),
    };
    sides.is_some_and(|(width, height)| width <= ICON && height <= ICON)
}

/// A length in CSS pixels; `None` for a relative one.
fn length(text: &str) -> Option<f64> {
    let text = text.trim();
    let (number, unit) = match text.strip_suffix("em") {
        Some(number) => (number.strip_suffix('r').unwrap_or(number), EM),
        None => (text.strip_suffix("px").unwrap_or(text), 1.0),
    };
    number
        .trim()
        .parse::<f64>()
        .ok()
        .map(|number| number * unit)
}

fn view_box(text: &str) -> Option<(f64, f64)> {
    let mut numbers = text
        .split(|c: char| c == ',' || c.is_whitespace())
        .filter(|part| !part.is_empty())
        .skip(2);
    let width = numbers.next()?.parse().ok()?;
    let height = numbers.next()?.parse().ok()?;
    Some((width, height))
}

/// All text of an `<svg>`, separated by blanks: labels, title, description, ARIA labels.
pub(super) fn words(tree: &Tree<'_>, svg: usize) -> String {
    let mut words = Vec::new();
    let mut node = svg;
    while node < tree.end(svg) {
        if matches!(tree.name(node), "style" | "script") {
            node = tree.end(node);
            continue;
        }
        let said = match tree.kind(node) {
            Kind::Text(text) => Some(text),
            _ => tree.attribute(node, "aria-label"),
        };
        words.extend(said.unwrap_or_default().split_whitespace());
        node += 1;
    }
    words.join(" ")
}

/// Whether a page's style has a rule for a class or an id of this picture, or for any `<svg>`.
#[must_use]
pub fn is_styled_by(svg: &str, style: &str) -> bool {
    if style.trim().is_empty() {
        return false;
    }
    let names = |key: &str, sign: char| -> Vec<String> {
        let values = attributes(svg, key);
        let names = values.iter().flat_map(|value| value.split_whitespace());
        names.map(|name| format!("{sign}{name}")).collect()
    };
    let mut named = names("class", '.').into_iter().chain(names("id", '#'));
    named.any(|name| style.contains(&name)) || style.contains("svg")
}

/// An id that a picture refers to and does not define.
#[must_use]
pub fn borrowed(svg: &str) -> Option<String> {
    let ids = attributes(svg, "id");
    let urls = svg.match_indices("url(").filter_map(|(at, open)| {
        let inside = svg.get(at + open.len()..)?.split_once(')')?.0;
        let inside = inside.replace("&quot;", "").replace("&apos;", "");
        let inside = inside.trim().trim_matches(['"', '\'']);
        inside.strip_prefix('#').map(str::to_owned)
    });
    let parsed = Html::parse_fragment(svg);
    let used = parsed.tree.values().filter_map(|node| {
        let element = node.as_element().filter(|element| element.name() != "a")?;
        let mut attributes = element.attrs();
        let (_, href) = attributes.find(|(key, _)| *key == "href")?;
        href.strip_prefix('#').map(str::to_owned)
    });
    let used: Vec<String> = urls.chain(used).collect();
    used.into_iter().find(|id| !ids.contains(id))
}

fn attributes(svg: &str, key: &str) -> Vec<String> {
    let parsed = Html::parse_fragment(svg);
    let elements = parsed.tree.values().filter_map(|node| node.as_element());
    elements
        .filter_map(|element| element.attr(key).map(str::to_owned))
        .collect()
}

fn inside(tree: &Tree<'_>, node: usize) -> std::ops::Range<usize> {
    node + 1..tree.end(node)
}
