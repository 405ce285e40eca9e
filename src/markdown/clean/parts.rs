//! What is written of raw HTML: markup, and the places in it that the rest of the page decides.
//!
//! Not here: what stays (`allow`), and in which order (`open`).

use serde::{Deserialize, Serialize};

use super::allow;
use super::read::{Read, Removal, link_attribute};
use super::token::Tag;
use crate::markdown::escape;
use crate::markdown::raw;

/// What a piece of raw HTML becomes, and what it says.
#[derive(Debug, Default)]
pub struct Cleaned {
    pub parts: Vec<Part>,
    pub read: Read,
}

/// A part of what a piece of raw HTML becomes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    /// Clean HTML.
    Html(String),
    /// An `id`, or the `name` of an `<a>`, that stays where nothing else on the page has it.
    Id { attribute: String, id: String },
    /// The address of a link or an image, in a tag.
    Link { attribute: String, target: String },
    /// A whole `<svg>`, which may be a picture: as written, and what is there if it is none.
    Picture { text: String, clean: Vec<Part> },
}

/// What the rest of a page decides of its raw HTML.
pub trait Page {
    /// What a link has instead of the address that is written; none where that stays.
    fn address(&self, written: &str) -> Option<String>;

    /// Whether an id is nowhere else on the page; it is taken then.
    fn take_id(&mut self, id: &str) -> bool;

    /// The markup of a drawing; none where it is no picture.
    fn picture(&mut self, svg: &str) -> Option<String>;
}

/// Appends the HTML of the parts, with what the page says of links, ids and pictures.
pub fn join(parts: &[Part], out: &mut String, page: &mut dyn Page) {
    for part in parts {
        match part {
            Part::Html(html) => out.push_str(html),
            Part::Id { attribute, id } => {
                if page.take_id(id) {
                    push_attribute(out, attribute, id);
                }
            }
            Part::Link { attribute, target } => {
                let other = page.address(target);
                let address = other.as_ref().unwrap_or(target);
                if allow::is_followed(address) {
                    push_attribute(out, attribute, &encoded(address));
                }
            }
            Part::Picture { text, clean } => {
                let other = raw::rewrite(text, |written| page.address(written));
                match page.picture(other.as_ref().unwrap_or(text)) {
                    Some(picture) => out.push_str(&picture),
                    None => join(clean, out, page),
                }
            }
        }
    }
}

/// An address without the signs that none has, encoded as a browser does it.
fn encoded(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for c in address
        .trim_matches(|c: char| c.is_ascii_whitespace())
        .chars()
    {
        match c {
            ' ' | '"' | '<' | '>' | '^' | '`' | '{' | '|' | '}' => {
                out.push_str(&format!("%{:02X}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out
}

fn push_attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    out.push_str(&escape::attribute(value));
    out.push('"');
}

pub(super) fn short(name: &str) -> String {
    name.chars().take(40).collect()
}

/// Parts as they come, markup in as few as can be.
#[derive(Debug, Default)]
pub(super) struct List {
    parts: Vec<Part>,
    /// Markup behind the last of them.
    html: String,
    pub(super) read: Read,
}

impl List {
    pub(super) fn finish(mut self) -> Cleaned {
        self.end_markup();
        Cleaned {
            parts: self.parts,
            read: self.read,
        }
    }

    pub(super) fn push(&mut self, part: Part) {
        self.end_markup();
        self.parts.push(part);
    }

    fn end_markup(&mut self) {
        if !self.html.is_empty() {
            self.parts.push(Part::Html(std::mem::take(&mut self.html)));
        }
    }

    /// The end of what is written.
    pub(super) fn html(&mut self) -> &mut String {
        &mut self.html
    }

    /// Writes the start tag of an element that stays, with the attributes that do.
    pub(super) fn start(&mut self, name: &str, in_drawing: bool, tag: &Tag<'_>) {
        self.html().push('<');
        self.html().push_str(name);
        let mut names: Vec<String> = Vec::new();
        if name == "input" {
            self.html().push_str(" type=\"checkbox\" disabled=\"\"");
            names.extend(["type", "disabled"].map(str::to_owned));
        }
        // It scrolls, as code of Markdown does, and is reached by the keyboard.
        if name == "pre" && tag.get("tabindex").is_none() {
            self.html().push_str(" tabindex=\"0\"");
        }
        for attribute in &tag.attributes {
            let written = attribute.name.as_str();
            if name == "input" && matches!(written, "type" | "disabled") {
                continue;
            }
            match allow::attribute(name, in_drawing, attribute) {
                Some(kept) if names.contains(&kept) => {}
                Some(kept) => {
                    self.attribute(name, &kept, &attribute.value, tag);
                    names.push(kept);
                }
                None if in_drawing && written.starts_with("xmlns") => {}
                None => self.lost(tag, written),
            }
        }
        if name == "img" && !names.iter().any(|name| name == "alt") {
            self.html().push_str(" alt=\"\"");
        }
        self.html().push('>');
    }

    fn attribute(&mut self, element: &str, name: &str, value: &str, tag: &Tag<'_>) {
        let address = link_attribute(tag).filter(|address| *address == name);
        if let Some(target) = address.and_then(|address| tag.get(address)) {
            return self.push(Part::Link {
                attribute: name.to_owned(),
                target: target.to_owned(),
            });
        }
        let is_second = element == "a" && name == "name" && tag.get("id") != Some(value);
        if (name == "id" || is_second) && !value.is_empty() {
            return self.push(Part::Id {
                attribute: name.to_owned(),
                id: value.to_owned(),
            });
        }
        push_attribute(self.html(), name, value);
    }

    fn lost(&mut self, tag: &Tag<'_>, name: &str) {
        self.read.removed(Removal {
            offset: tag.span.start,
            what: format!("{} of <{}>", short(name), tag.name),
            is_unknown: false,
        });
    }
}
