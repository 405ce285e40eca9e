//! What raw HTML may hold: elements, attributes, values.
//!
//! What can run, load, submit or restyle is in no list, and goes. Not here: how HTML is read (`token`),
//! the table of elements (`elements`), where one may be (`open`), and the names of SVG (`svg_names`).

use url::{ParseError, Url};

use super::token::{Attribute, Tag};
use crate::html::elements::{self, Kind};
use crate::markdown::scheme::{self, Scheme};
use crate::svg_names;

/// Attributes of every element.
const ATTRIBUTES: &[&str] = &[
    "class",
    "id",
    "title",
    "lang",
    "dir",
    "role",
    "tabindex",
    "datetime",
    "cite",
    "hidden",
    "translate",
    "value",
];
/// Attributes that single elements have besides.
const OWN: &[(&str, &[&str])] = &[
    ("a", &["href", "rel", "name"]),
    (
        "img",
        &["src", "alt", "width", "height", "loading", "align"],
    ),
    ("input", &["checked"]),
    ("ol", &["start", "reversed", "type"]),
    ("li", &["value"]),
    ("details", &["open", "name"]),
    (
        "td",
        &[
            "colspan", "rowspan", "headers", "align", "valign", "width", "height",
        ],
    ),
    (
        "th",
        &[
            "colspan", "rowspan", "headers", "scope", "align", "valign", "width", "height",
        ],
    ),
    ("col", &["span", "align", "valign", "width"]),
    ("colgroup", &["span", "align", "valign", "width"]),
    ("del", &["cite"]),
    ("ins", &["cite"]),
    ("q", &["cite"]),
    ("data", &["value"]),
    ("table", &["align", "width"]),
    ("caption", &["align"]),
    ("thead", &["align", "valign"]),
    ("tbody", &["align", "valign"]),
    ("tfoot", &["align", "valign"]),
    ("tr", &["align", "valign"]),
    ("p", &["align"]),
    ("div", &["align"]),
    ("h1", &["align"]),
    ("h2", &["align"]),
    ("h3", &["align"]),
    ("h4", &["align"]),
    ("h5", &["align"]),
    ("h6", &["align"]),
    ("use", &["href"]),
    ("textPath", &["href"]),
];
/// The name of an `aria-` or `data-` attribute is no longer than this, in bytes.
const LONGEST_NAME: usize = 80;

/// The element of HTML of that name, where it may stay.
pub(super) fn element(name: &str) -> Option<(&'static str, Kind)> {
    elements::find(name).filter(|(_, kind)| kind.may_stay())
}

/// The element of that name inside a drawing.
pub(super) fn drawing_element(name: &str) -> Option<&'static str> {
    svg_names::raw_element(name)
}

/// Whether HTML or SVG has such an element, though it may be removed.
pub(super) fn is_known(name: &str) -> bool {
    let mut drawing = svg_names::ELEMENTS.iter();
    elements::find(name).is_some() || drawing.any(|known| known.eq_ignore_ascii_case(name))
}

/// Whether a tag is one of the boxes that are the only `<input>`.
pub(super) fn is_check_box(tag: &Tag<'_>) -> bool {
    tag.get("type")
        .is_some_and(|kind| kind.eq_ignore_ascii_case("checkbox"))
}

/// The name under which an attribute of an element stays, if it does. `element` is named as `element` and
/// `drawing_element` name it.
pub(super) fn attribute(
    element: &str,
    in_drawing: bool,
    attribute: &Attribute<'_>,
) -> Option<String> {
    let name = listed(element, in_drawing, &attribute.name)?;
    let value = &attribute.value;
    let stays = match name.as_str() {
        "href" if in_drawing && element != "a" => value.starts_with('#'),
        "href" | "src" | "cite" => is_followed(value),
        // As style, `u\72l(…)` is `url(…)`.
        name if svg_names::property(name).is_some() => !value.contains('\\'),
        _ => true,
    };
    (stays && !loads(value)).then_some(name)
}

fn listed(element: &str, in_drawing: bool, name: &str) -> Option<String> {
    let name = match name {
        "xlink:href" if in_drawing => "href",
        name => name,
    };
    let is_own = || {
        OWN.iter()
            .any(|(of, names)| *of == element && names.contains(&name))
    };
    if ATTRIBUTES.contains(&name) || is_own() || is_prefixed(name) {
        return Some(name.to_owned());
    }
    if !in_drawing || element == "a" {
        return None;
    }
    svg_names::raw_attribute(name).map(str::to_owned)
}

/// `aria-` and `data-`, with no character in the rest that another reading could take for markup.
fn is_prefixed(name: &str) -> bool {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    (name.starts_with("aria-") || name.starts_with("data-"))
        && name.len() <= LONGEST_NAME
        && name.bytes().all(is_plain)
}

/// Whether a page may link to an address: its scheme, if it has one, is one of the list.
pub(super) fn is_followed(address: &str) -> bool {
    let can_be_read = match Url::parse(address) {
        Ok(url) => scheme::is_known(url.scheme()),
        Err(error) => error == ParseError::RelativeUrlWithoutBase,
    };
    can_be_read && scheme::of(address) != Some(Scheme::Refused)
}

/// Whether a value can make a browser load something: as style, only a part of the drawing itself
/// (`url(#a)`) may be called.
fn loads(value: &str) -> bool {
    const CALLS: [&str; 6] = [
        "image(",
        "image-set(",
        "src(",
        "cross-fade(",
        "element(",
        "paint(",
    ];
    let value = value.to_ascii_lowercase();
    if CALLS.iter().any(|call| value.contains(call)) {
        return true;
    }
    let compact = value.replace(' ', "");
    let mut urls = compact
        .match_indices("url(")
        .map(|(at, call)| &compact[at + call.len()..]);
    urls.any(|target| !target.starts_with('#'))
        || value.contains("url(") && !compact.starts_with("url(#")
}
