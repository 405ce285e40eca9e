//! Tests of the pictures, and what they share: the check that markup is harmless.
//!
//! Not here: how a browser draws it.

mod adapting;
mod cascade;
mod cleaning;
mod hostile;
mod legible;
mod limits;
mod pairing;
pub(crate) mod soup;
mod writing;

use scraper::{ElementRef, Html};

use super::{Polished, Styled, read};
use crate::svg_names as names;
use crate::svg_names::property;

/// A picture with this content and a circle, so that something is drawn.
pub(crate) fn picture(inside: &str) -> String {
    format!("<svg viewBox='0 0 100 100'>{inside}<circle r='1'/></svg>")
}

/// The inline markup of a text, without a scope.
fn inline(text: &str) -> String {
    match read(text) {
        Ok(picture) => picture.styled().as_drawn().inline("", &[]),
        Err(error) => panic!("{error}: {text}"),
    }
}

/// The inline markup of a picture's content, without the picture's own tags.
fn inside(inside: &str) -> String {
    inline(&picture(inside))
        .replace("<svg viewBox=\"0 0 100 100\">", "")
        .replace("<circle r=\"1\"/></svg>", "")
}

/// What is harmful in markup that goes into a page, parsed as a browser does; `None` if it is
/// harmless.
pub(crate) fn harm(markup: &str) -> Option<String> {
    let html = Html::parse_fragment(&format!("<figure>{markup}</figure>"));
    let elements: Vec<ElementRef> = html.root_element().descendent_elements().collect();
    let [_, figure, drawn @ ..] = elements.as_slice() else {
        return Some("no figure".to_owned());
    };
    if figure.value().name() != "figure" || figure.child_elements().count() != 1 {
        return Some("something broke out of the figure".to_owned());
    }
    drawn.iter().find_map(|element| harm_of(*element))
}

fn harm_of(element: ElementRef) -> Option<String> {
    let name = element.value().name();
    if &*element.value().name.ns != "http://www.w3.org/2000/svg" {
        return Some(format!("<{name}> is not SVG"));
    }
    if names::element(name).is_none() || name == "style" {
        return Some(format!("<{name}>"));
    }
    for (key, value) in &element.value().attrs {
        let key = &*key.local;
        let listed = names::attribute(key).is_some() || property(key).is_some();
        if !listed && !matches!(key, "rel" | "space") {
            return Some(format!("{key} of <{name}>"));
        }
        if key == "style" || key.starts_with("on") {
            return Some(format!("{key} of <{name}>"));
        }
        let said = value.to_ascii_lowercase();
        let local = said.replace("url(#", "").replace("url('#", "");
        if property(key).is_some() && key != "font-family" && local.contains("url(") {
            return Some(format!("{key}={value}"));
        }
        if key == "href" && said.trim().starts_with("javascript") {
            return Some(format!("{key}={value}"));
        }
    }
    None
}

/// A picture with this content, styled.
pub(crate) fn styled(inside: &str) -> Styled {
    match read(&picture(inside)) {
        Ok(picture) => picture.styled(),
        Err(error) => panic!("{error}: {inside}"),
    }
}

/// The content of a picture, without its own tags and the circle.
pub(crate) fn written(picture: &Polished) -> String {
    let out = picture.inline("", &[]);
    let start = out.find('>').map_or(0, |at| at + 1);
    out[start..].replace("<circle r=\"1\"/></svg>", "")
}
