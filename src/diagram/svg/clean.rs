//! The cleaning of attributes: what stays on an element, and in which form.
//!
//! Works on names and values as the parser read them. Not here: which elements stay (`read.rs`).

use std::borrow::Cow;

use scraper::ElementRef;

use super::links::{self, is_id};
use super::notes::{Notes, shortened};
use super::sheet;
use super::tree::Element;
use super::typed::Value;
use super::value::{self, Refused};
use crate::svg_names as names;
use crate::svg_names::property;

const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// The element with its allowed attributes, sorted by name.
pub(super) fn element(name: &'static str, read: ElementRef<'_>, notes: &mut Notes) -> Element {
    let mut element = Element::new(name);
    for (name, value) in &read.value().attrs {
        keep(&mut element, (&name.ns, &name.local), value, notes);
    }
    if element.name == "a" && element.get("href").is_some_and(links::is_outside) {
        element.set("rel", "noopener");
    }
    element
}

/// An element with these attributes, as if they were read.
pub(crate) fn made(name: &'static str, attributes: &[(&str, &str)]) -> Element {
    let mut element = Element::new(name);
    for (name, value) in attributes {
        set(&mut element, name, value, &mut Notes::default());
    }
    element
}

/// `name` is an attribute's namespace and its name.
fn keep(element: &mut Element, name: (&str, &str), value: &str, notes: &mut Notes) {
    let value = legible(value);
    match name {
        // The plain name wins over the old one, in any order.
        ("", "href") => href(element, &value, true, notes),
        (XLINK, "href") => href(element, &value, false, notes),
        (XML, "space") if value == "preserve" => element.set("xml:space", "preserve"),
        (XML, "lang") if element.get("lang").is_none() => set(element, "lang", &value, notes),
        ("", name) if is_handler(name) => {
            let name = shortened(name, 30);
            notes.add(&format!("`{name}` of `<{}>`", element.name));
        }
        ("", name) => set(element, name, &value, notes),
        _ => {}
    }
}

fn is_handler(name: &str) -> bool {
    name.get(..2)
        .is_some_and(|start| start.eq_ignore_ascii_case("on"))
}

/// The text without characters that XML cannot hold, its line ends normalised as in XML.
pub(super) fn legible(text: &str) -> Cow<'_, str> {
    let is_illegible = |c: char| matches!(c, '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    if !text.contains(|c| c == '\r' || is_illegible(c)) {
        return text.into();
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.replace(is_illegible, "").into()
}

fn href(element: &mut Element, value: &str, first: bool, notes: &mut Notes) {
    if !first && element.get("href").is_some() {
        return;
    }
    let kept = match element.name {
        "a" => links::target(value),
        "image" => links::pixels(value),
        "use" | "textPath" | "linearGradient" | "radialGradient" | "pattern" => {
            links::fragment(value).map(|id| format!("#{id}"))
        }
        _ => return,
    };
    match kept {
        Some(kept) => element.set("href", kept),
        None => notes.add(&format!("`href` of `<{}>`", element.name)),
    }
}

fn set(element: &mut Element, name: &str, value: &str, notes: &mut Notes) {
    if let Some(property) = property(name) {
        match value::clean(value) {
            Ok(clean) => element.set(property.name, Value::Style(clean.into())),
            Err(refused) => note(&refused, notes),
        }
        return;
    }
    let Some(name) = names::attribute(name) else {
        return;
    };
    if name == "style" {
        let declarations = sheet::declarations(value, notes);
        if !declarations.is_empty() {
            element.set(name, Value::Declarations(declarations));
        }
        return;
    }
    let kept = match name.as_ref() {
        "class" => {
            let classes: Vec<&str> = value.split_ascii_whitespace().collect();
            (!classes.is_empty()).then(|| classes.join(" "))
        }
        "id" => is_id(value).then(|| value.to_owned()),
        "type" | "media" if element.name == "style" => Some(value.to_owned()),
        "media" => None,
        "role" | "lang" => is_word(value).then(|| value.to_owned()),
        name if name.starts_with("aria-") => Some(value.to_owned()),
        _ => harmless(value, notes),
    };
    if let Some(kept) = kept {
        element.set(name, kept);
    }
}

fn is_word(value: &str) -> bool {
    value
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b' ' | b'_'))
}

/// A value that is not style, unchanged; only function calls in it are checked.
fn harmless(value: &str, notes: &mut Notes) -> Option<String> {
    if value.contains('(')
        && let Err(refused) = value::clean(value)
    {
        note(&refused, notes);
        return None;
    }
    Some(value.to_owned())
}

fn note(refused: &Refused, notes: &mut Notes) {
    if let Refused::Reaches(what) = refused {
        notes.add(what);
    }
}
