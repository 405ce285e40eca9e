//! Whether an `<svg>` of a page is a drawing, an icon or nothing, and what it says and uses.
//!
//! Not here: its position in the page, and its original text (see `tree`).

use std::str::FromStr;

use svgtypes::ViewBox;

use super::blocks::one_line;
use super::tree::Tree;
use crate::diagram::svg::size::length;
use crate::svg_names::DRAWN_IN_PAGES;

/// The longest side of an icon, in CSS pixels.
const ICON: f64 = 24.0;

/// Whether an `<svg>` is a picture: it draws something and is not an icon.
pub(super) fn is_picture(tree: &Tree<'_>, svg: usize) -> bool {
    is_drawn(tree, svg) && !is_icon(tree, svg)
}

pub(super) fn is_drawn(tree: &Tree<'_>, svg: usize) -> bool {
    let is_drawn = |name: &str| {
        DRAWN_IN_PAGES
            .iter()
            .any(|known| known.eq_ignore_ascii_case(name))
    };
    tree.inside(svg).any(|node| is_drawn(tree.name(node)))
}

/// An icon has no text, is no larger than a letter, and is hidden from screen readers.
fn is_icon(tree: &Tree<'_>, svg: usize) -> bool {
    let is_label = |node: &usize| matches!(tree.name(*node), "text" | "foreignobject");
    let mut labels = tree.inside(svg).filter(is_label);
    tree.attribute(svg, "aria-hidden") == Some("true")
        && is_small(tree, svg)
        && labels.all(|label| tree.text_inside(label, None).trim().is_empty())
}

fn is_small(tree: &Tree<'_>, svg: usize) -> bool {
    let side = |name| tree.attribute(svg, name).and_then(length);
    let sides = match (side("width"), side("height")) {
        (None, None) => tree.attribute(svg, "viewbox").and_then(|text| {
            let view = ViewBox::from_str(text).ok()?;
            Some((view.w, view.h))
        }),
        (width, height) => width.or(height).zip(height.or(width)),
    };
    sides.is_some_and(|(width, height)| width <= ICON && height <= ICON)
}

/// All text of an `<svg>`, separated by blanks: labels, title, description, ARIA labels.
pub(super) fn words(tree: &Tree<'_>, svg: usize) -> String {
    let is_passed = |node| matches!(tree.name(node), "style" | "script");
    let said = |node| {
        tree.text(node)
            .or_else(|| tree.attribute(node, "aria-label"))
    };
    let nodes = tree.walk(svg..tree.end(svg), is_passed);
    let said: Vec<&str> = nodes.filter_map(said).collect();
    one_line(&said.join(" "))
}

/// Whether a page's style has a rule for a class or an id of this picture, or for any `<svg>`.
#[must_use]
pub fn is_styled_by(svg: &str, style: &str) -> bool {
    if style.trim().is_empty() {
        return false;
    }
    let tree = Tree::new(svg);
    let mut named = (0..tree.len()).flat_map(|node| {
        let classes = tree.classes(node).split_whitespace();
        let classes = classes.map(|class| format!(".{class}"));
        classes.chain(tree.attribute(node, "id").map(|id| format!("#{id}")))
    });
    style.contains("svg") || named.any(|name| style.contains(&name))
}

/// An id that a picture refers to and does not define.
#[must_use]
pub fn borrowed(svg: &str) -> Option<String> {
    let tree = Tree::new(svg);
    let ids: Vec<&str> = (0..tree.len())
        .filter_map(|node| tree.attribute(node, "id"))
        .collect();
    let urls = svg.match_indices("url(").filter_map(|(at, open)| {
        let inside = svg.get(at + open.len()..)?.split_once(')')?.0;
        let inside = inside.replace("&quot;", "").replace("&apos;", "");
        Some(inside.trim().trim_matches(['"', '\'']).to_owned())
    });
    let hrefs = (0..tree.len())
        .filter(|node| tree.name(*node) != "a")
        .flat_map(|node| ["href", "xlink:href"].map(|name| tree.attribute(node, name)))
        .flatten()
        .map(str::to_owned);
    let used = urls.chain(hrefs);
    let mut used = used.filter_map(|address| address.strip_prefix('#').map(str::to_owned));
    used.find(|id| !ids.contains(&id.as_str()))
}

/// An attribute of the first `<svg>` of a file; `None` if it is missing, or the file is not an SVG.
#[must_use]
pub fn root_attribute(file: &[u8], name: &str) -> Option<String> {
    let tree = Tree::new(str::from_utf8(file).ok()?);
    let root = tree.svgs(0..tree.len()).next()?;
    tree.attribute(root, name).map(str::to_owned)
}
