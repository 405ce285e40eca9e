//! What the author of a document should know about its text.
//!
//! Not here: how it is worded (`model::remark`), what a drawing loses, and findings that need the rest of
//! the site.

use std::collections::HashSet;
use std::ops::Range;

use super::unread;
use crate::markdown::clean::{Loss, Read};
use crate::markdown::foreign;
use crate::markdown::outline::{Outline, Remark, What, is_reserved};
use crate::markdown::spaced;
use crate::place::Locator;

/// The name of a footnote is no longer than this, in bytes.
const LONGEST_NOTE: usize = 200;

/// The remarks so far, with the offsets in the body that they are about.
pub(super) struct Remarks<'a> {
    written: &'a str,
    found: Vec<(usize, What)>,
    is_too_deep: bool,
    /// Blocks and spans of code, in order.
    code: Vec<Range<usize>>,
    /// Dollar signs in running text, in order; none are noted where no formulas are read.
    dollars: Option<Vec<usize>>,
    /// Ids of raw HTML, with their offsets.
    raw_ids: Vec<(String, usize)>,
}

impl<'a> Remarks<'a> {
    /// About a body, as it is written.
    pub(super) fn new(written: &'a str, has_formulas: bool) -> Self {
        Self {
            written,
            found: Vec::new(),
            is_too_deep: false,
            code: Vec::new(),
            dollars: has_formulas.then(Vec::new),
            raw_ids: Vec::new(),
        }
    }

    pub(super) fn push(&mut self, offset: usize, what: What) {
        self.found.push((offset, what));
    }

    /// Code comes, in which nothing is syntax of another tool.
    pub(super) fn code(&mut self, span: &Range<usize>) {
        self.code.push(span.clone());
    }

    /// `[^name]`, `](` and `$` in text: the parser has taken what is a reference, a link, a formula.
    /// `link_end` is where the last link ends; none in a link.
    pub(super) fn text(&mut self, span: &Range<usize>, link_end: Option<usize>) {
        let text = &self.written[span.clone()];
        let notes = undefined_notes(text).into_iter();
        let notes = notes.map(|(at, name)| {
            let what = What::UndefinedFootnote(name.to_owned());
            (span.start + at, what)
        });
        self.found.extend(notes);
        if let Some(dollars) = &mut self.dollars {
            let places = text.match_indices('$').map(|(at, _)| span.start + at);
            dollars.extend(places);
        }
        let Some(link_end) = link_end else {
            return;
        };
        let opens = text.match_indices('(').map(|(at, _)| span.start + at);
        let links = opens
            .filter(|at| *at != link_end)
            .filter_map(|at| spaced::link(self.written, at));
        let links = links.map(|(offset, instead)| (offset, What::SpacedLink(instead)));
        self.found.extend(links);
    }

    /// What raw HTML says, with its offsets in the body.
    pub(super) fn raw_html(&mut self, read: &mut Read) {
        self.raw_ids.append(&mut read.ids);
        for link in &read.links {
            if link.image == Some(None) {
                let what = What::NoAlt(link.target.clone());
                self.found.push((link.span.start, what));
            }
        }
        for loss in read.losses.drain(..) {
            match loss {
                Loss::Removed(removal) => {
                    let what = if removal.is_unknown {
                        What::UnknownElement(removal.what)
                    } else {
                        What::RawHtml(removal.what)
                    };
                    self.found.push((removal.offset, what));
                }
                Loss::TooDeep { offset } if !self.is_too_deep => {
                    self.is_too_deep = true;
                    self.found.push((offset, What::DeepHtml));
                }
                Loss::TooDeep { .. } => {}
            }
        }
    }

    /// Adds the remarks to an outline that is otherwise complete, and the ids of raw HTML.
    /// `undefined` are references without a definition, with their offsets.
    pub(super) fn finish(
        mut self,
        outline: &mut Outline,
        undefined: Vec<(usize, What)>,
        places: &Locator<'_>,
    ) {
        self.duplicate_ids(outline);
        let written = self.written;
        // A component is reported as such, once.
        self.found.retain(|(offset, what)| {
            let is_element = matches!(what, What::UnknownElement(_));
            !is_element || !foreign::is_component_at(written, *offset)
        });
        let foreign = foreign::find(written, &self.code).into_iter();
        let foreign = foreign.map(|(kind, offset)| (offset, What::Foreign(kind)));
        self.found.extend(foreign);
        let dollars = self.dollars.take().unwrap_or_default();
        let formulas = unread::formulas(written, &dollars, &self.code).into_iter();
        let formulas = formulas.map(|(offset, why)| (offset, What::Formula(why.to_owned())));
        self.found.extend(formulas);
        self.found.extend(undefined);
        self.found.sort_by_key(|(offset, _)| *offset);
        let remarks = self.found.into_iter().map(|(offset, what)| Remark {
            position: places.position(offset),
            what,
        });
        outline.remarks.extend(remarks);
        let raw_ids = self.raw_ids.into_iter().map(|(id, _)| id);
        outline.html_ids.extend(raw_ids);
    }

    /// Ids of raw HTML that something else on the page has.
    fn duplicate_ids(&mut self, outline: &Outline) {
        let headings = outline.headings.iter().map(|heading| &heading.id);
        let mut taken: HashSet<&str> = headings
            .chain(&outline.note_ids)
            .map(String::as_str)
            .collect();
        let twice = self
            .raw_ids
            .iter()
            .filter(|(id, _)| is_reserved(id) || !taken.insert(id));
        let remarks = twice.map(|(id, offset)| (*offset, What::DuplicateId(id.clone())));
        self.found.extend(remarks);
    }
}

/// `[^name]` in running text: the parser has taken those that have a note. Bytes before, and name.
fn undefined_notes(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("[^") {
        let escapes = text[..at].bytes().rev().take_while(|b| *b == b'\\').count();
        let rest = &text[at + 2..];
        let Some(end) = rest.bytes().take(LONGEST_NOTE).position(|b| b == b']') else {
            continue;
        };
        let name = &rest[..end];
        let is_name = !name.is_empty() && !name.contains([' ', '\n', '\t', '[', '^', '\\']);
        if is_name && escapes % 2 == 0 {
            found.push((at, name));
        }
    }
    found
}
