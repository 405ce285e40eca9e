//! What a piece of raw HTML says beside its text, gathered as it is cleaned: links, ids, drawings, and
//! what it loses.
//!
//! Links and ids are as they are written, those of elements that go included: a site that trusts its
//! raw HTML shows them. Not here: what is written instead (`parts`).

use std::ops::Range;

use super::token::Tag;
use crate::markdown::raw::RawLink;

/// More removals than this, of one piece, are not listed one by one.
const MOST_LISTED: usize = 50;

/// What was read; offsets are bytes of the piece.
#[derive(Debug, Default)]
pub struct Read {
    /// `<a href>` and `<img src>`, in order.
    pub links: Vec<RawLink>,
    /// Every `id` outside of drawings, and the `name` of an `<a>`, with the offset of its tag.
    pub ids: Vec<(String, usize)>,
    /// Each whole `<svg>` that is in no other, in order.
    pub drawings: Vec<Range<usize>>,
    /// What is not in the page as it was written, outside of drawings.
    pub losses: Vec<Loss>,
    removals: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Loss {
    Removed(Removal),
    /// A tag that is shown as text, since it nests too deep.
    TooDeep {
        offset: usize,
    },
}

/// Something that is removed from raw HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removal {
    /// Byte offset in the piece.
    pub offset: usize,
    /// `<script>`, `onclick of <p>`.
    pub what: String,
    /// An element that neither HTML nor SVG has.
    pub is_unknown: bool,
}

impl Read {
    /// Gives its offsets the places that they have elsewhere.
    pub fn move_to(&mut self, place: impl Fn(usize) -> usize) {
        let spans = self.links.iter_mut().map(|link| &mut link.span);
        for span in spans.chain(&mut self.drawings) {
            *span = place(span.start)..place(span.end);
        }
        let losses = self.losses.iter_mut().map(|loss| match loss {
            Loss::Removed(Removal { offset, .. }) | Loss::TooDeep { offset } => offset,
        });
        for offset in losses.chain(self.ids.iter_mut().map(|(_, offset)| offset)) {
            *offset = place(*offset);
        }
    }

    pub(super) fn tag(&mut self, tag: &Tag<'_>) {
        let offset = tag.span.start;
        let id = tag.get("id");
        let name = tag
            .get("name")
            .filter(|name| tag.name == "a" && id != Some(name));
        let ids = id.into_iter().chain(name).filter(|id| !id.is_empty());
        self.ids.extend(ids.map(|id| (id.to_owned(), offset)));
        let target = link_attribute(tag).and_then(|name| tag.get(name));
        self.links.extend(target.map(|target| RawLink {
            span: tag.span.clone(),
            target: target.to_owned(),
            image: (tag.name == "img").then(|| tag.get("alt").map(str::to_owned)),
        }));
    }

    /// A drawing comes, which begins at an offset. Its ids are its own.
    pub(super) fn drawing(&mut self, drawing: Self, start: usize) {
        let mut links = drawing.links;
        for link in &mut links {
            link.span = start + link.span.start..start + link.span.end;
        }
        self.links.extend(links);
    }

    pub(super) fn removed(&mut self, removal: Removal) {
        self.removals += 1;
        if self.removals <= MOST_LISTED {
            self.losses.push(Loss::Removed(removal));
        }
    }

    pub(super) fn too_deep(&mut self, offset: usize) {
        self.losses.push(Loss::TooDeep { offset });
    }
}

/// The attribute with the address of a link or an image.
pub(super) fn link_attribute(tag: &Tag<'_>) -> Option<&'static str> {
    match tag.name.as_str() {
        "a" => Some("href"),
        "img" => Some("src"),
        _ => None,
    }
}
