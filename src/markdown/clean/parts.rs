//! What is written of raw HTML: markup, and the places in it that the rest of the page decides.
//!
//! Not here: what stays (`allow`), and in which order (`open`).

use serde::{Deserialize, Serialize};

use super::allow;
use super::open::written;
use super::token::Tag;
use crate::markdown::escape;
use crate::markdown::raw::{self, RawLink};

/// More removals than this, of one piece, are not listed one by one.
const MOST_LISTED: usize = 50;

/// A part of what a piece of raw HTML becomes. Offsets are bytes of the piece.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    /// Clean HTML.
    Html(String),
    /// An `id`, or the `name` of an `<a>`, that stays where nothing else on the page has it.
    Id {
        attribute: String,
        id: String,
        offset: usize,
    },
    /// The address of a link or an image, in a tag.
    Link(RawLink),
    /// A link whose address is not written, since nobody may follow it.
    LostLink(RawLink),
    /// A whole `<svg>`, which may be a picture: as written, and what is there if it is none, with
    /// offsets of its own text.
    Picture {
        text: String,
        offset: usize,
        clean: Vec<Part>,
    },
    /// Something that is not there any more.
    Removed(Removal),
    /// A tag that is shown as text, since it nests too deep.
    TooDeep { offset: usize },
}

impl Part {
    /// Whether it is nothing that is written, but something to report.
    pub fn is_about_loss(&self) -> bool {
        matches!(self, Self::Removed(_) | Self::TooDeep { .. })
    }

    /// Gives its offsets the places that they have elsewhere. Those in a drawing stay its own.
    pub fn move_to(&mut self, place: &impl Fn(usize) -> usize) {
        match self {
            Self::Html(_) => {}
            Self::Link(link) | Self::LostLink(link) => {
                link.span = place(link.span.start)..place(link.span.end);
            }
            Self::Id { offset, .. }
            | Self::Picture { offset, .. }
            | Self::Removed(Removal { offset, .. })
            | Self::TooDeep { offset } => *offset = place(*offset),
        }
    }
}

/// Something that is removed from raw HTML.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removal {
    /// Byte offset in the piece.
    pub offset: usize,
    /// `<script>`, `onclick of <p>`.
    pub what: String,
    /// An element that neither HTML nor SVG has.
    pub is_unknown: bool,
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
            Part::Id { attribute, id, .. } => {
                if page.take_id(id) {
                    push_attribute(out, attribute, id);
                }
            }
            Part::Link(link) => {
                let other = page.address(&link.target);
                let address = other.as_ref().unwrap_or(&link.target);
                if allow::is_followed(address) {
                    push_attribute(out, link.attribute(), address);
                }
            }
            Part::Picture { text, clean, .. } => {
                let other = raw::rewrite(text, |written| page.address(written));
                match page.picture(other.as_ref().unwrap_or(text)) {
                    Some(picture) => out.push_str(&picture),
                    None => join(clean, out, page),
                }
            }
            Part::LostLink(_) | Part::Removed(_) | Part::TooDeep { .. } => {}
        }
    }
}

impl RawLink {
    fn attribute(&self) -> &'static str {
        if self.image.is_some() { "src" } else { "href" }
    }

    fn is_in(&self, attribute: &str) -> bool {
        self.attribute() == attribute
    }
}

fn push_attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    out.push_str(&escape::attribute(value));
    out.push('"');
}

/// The link that a tag is, if it is one.
pub(super) fn link(tag: &Tag<'_>) -> Option<RawLink> {
    let (address, image) = match tag.name.as_str() {
        "a" => ("href", None),
        "img" => ("src", Some(tag.get("alt").map(str::to_owned))),
        _ => return None,
    };
    Some(RawLink {
        span: tag.span.clone(),
        target: tag.get(address)?.to_owned(),
        image,
    })
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
    removals: usize,
}

impl List {
    pub(super) fn into_inner(mut self) -> Vec<Part> {
        self.end_markup();
        self.parts
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

    pub(super) fn removed(&mut self, removal: Removal) {
        self.removals += 1;
        if self.removals <= MOST_LISTED {
            self.push(Part::Removed(removal));
        }
    }

    /// The end of what is written.
    pub(super) fn html(&mut self) -> &mut String {
        &mut self.html
    }

    /// Writes the start tag of an element that stays, with the attributes that do.
    pub(super) fn start(&mut self, name: &str, in_drawing: bool, tag: &Tag<'_>) {
        self.html().push('<');
        self.html().push_str(written(name));
        let mut names: Vec<String> = Vec::new();
        if name == "input" {
            self.html().push_str(" type=\"checkbox\" disabled=\"\"");
            names.extend(["type", "disabled"].map(str::to_owned));
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
        self.html().push('>');
    }

    fn attribute(&mut self, element: &str, name: &str, value: &str, tag: &Tag<'_>) {
        if let Some(link) = link(tag).filter(|link| link.is_in(name)) {
            return self.push(Part::Link(link));
        }
        let is_second = element == "a" && name == "name" && tag.get("id") != Some(value);
        if (name == "id" || is_second) && !value.is_empty() {
            return self.push(Part::Id {
                attribute: name.to_owned(),
                id: value.to_owned(),
                offset: tag.span.start,
            });
        }
        push_attribute(self.html(), name, value);
    }

    fn lost(&mut self, tag: &Tag<'_>, name: &str) {
        self.removed(Removal {
            offset: tag.span.start,
            what: format!("{} of <{}>", short(name), tag.name),
            is_unknown: false,
        });
        if let Some(link) = link(tag).filter(|link| link.is_in(name)) {
            self.push(Part::LostLink(link));
        }
    }
}
