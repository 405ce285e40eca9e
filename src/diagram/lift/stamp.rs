//! Prepares a page's text for the parser: each start tag gets its position as an attribute, because
//! the parser reports no positions, and what would take the parser quadratic time is left out.
//!
//! Not here: the tree itself, and whether the parser saw the same tags (see `tree`).

use std::collections::HashMap;
use std::ops::Range;

use super::scan::{Tag, Tags};

/// The attribute that holds the offset of a start tag's end.
pub(super) const STAMP: &str = "data-lift-at";

/// Browsers do not nest deeper either.
const DEEPEST: usize = 512;
/// Open formatting elements are opened again in every following paragraph.
const MOST_FORMATTING: usize = 16;
/// Each attribute is compared with the ones before it.
const MOST_ATTRIBUTES: usize = 1000;

const FORMATTING: [&str; 14] = [
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];
/// Void elements, and elements whose end tag is optional: they do not accumulate.
const UNCOUNTED: [&str; 29] = [
    "script", "style", "textarea", "area", "base", "br", "col", "embed", "hr", "img", "input",
    "link", "meta", "param", "source", "track", "wbr", "p", "li", "dt", "dd", "tr", "td", "th",
    "thead", "tbody", "tfoot", "html", "body",
];

/// The stamped text, and where the original has each `<svg>`.
pub(super) struct Stamped {
    pub(super) text: String,
    /// From the stamp of an `<svg>` to the bytes of the whole element.
    pub(super) svgs: HashMap<usize, Range<usize>>,
    pub(super) is_whole: bool,
}

/// Counts open elements, and drops those beyond the limit together with their end tags.
struct Gate {
    most: usize,
    open: usize,
    beyond: usize,
}

impl Gate {
    fn passes(&mut self, tag: &Tag) -> bool {
        if tag.is_end {
            let passes = self.beyond == 0;
            if passes {
                self.open = self.open.saturating_sub(1);
            } else {
                self.beyond -= 1;
            }
            return passes;
        }
        let passes = self.open < self.most;
        if passes {
            self.open += 1;
        } else {
            self.beyond += 1;
        }
        passes
    }
}

pub(super) fn stamped(html: &str) -> Stamped {
    let mut text = String::with_capacity(html.len() + html.len() / 2);
    let mut svgs = Svgs::default();
    let mut gates = [gate(DEEPEST), gate(MOST_FORMATTING)];
    let mut is_whole = true;
    let mut copied = 0;
    for tag in Tags::new(html) {
        svgs.pass(&tag);
        if !passes(&mut gates, &tag) {
            text.push_str(html.get(copied..tag.range.start).unwrap_or_default());
            copied = tag.range.end;
            is_whole = false;
        } else if !tag.is_end {
            text.push_str(html.get(copied..tag.name_end).unwrap_or_default());
            for part in [" ", STAMP, "=\"", &tag.range.end.to_string(), "\""] {
                text.push_str(part);
            }
            copied = tag.name_end;
        }
    }
    text.push_str(html.get(copied..).unwrap_or_default());
    Stamped {
        text,
        svgs: svgs.whole,
        is_whole,
    }
}

fn gate(most: usize) -> Gate {
    Gate {
        most,
        open: 0,
        beyond: 0,
    }
}

fn passes([depth, formatting]: &mut [Gate; 2], tag: &Tag) -> bool {
    let name = tag.name.as_str();
    if tag.attributes > MOST_ATTRIBUTES {
        return false;
    }
    if tag.is_empty || UNCOUNTED.contains(&name) {
        return true;
    }
    if FORMATTING.contains(&name) {
        return formatting.passes(tag);
    }
    depth.passes(tag)
}

/// Pairs `<svg>` with its `</svg>`.
#[derive(Default)]
struct Svgs {
    open: Vec<(usize, usize)>,
    whole: HashMap<usize, Range<usize>>,
}

impl Svgs {
    fn pass(&mut self, tag: &Tag) {
        if tag.name != "svg" || tag.is_empty {
            return;
        }
        if !tag.is_end {
            self.open.push((tag.range.end, tag.range.start));
        } else if let Some((stamp, start)) = self.open.pop() {
            self.whole.insert(stamp, start..tag.range.end);
        }
    }
}

/// The text without stamps.
pub(super) fn unstamped(text: &str) -> String {
    let opening = format!(" {STAMP}=\"");
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once(&opening) {
        out.push_str(before);
        rest = behind.split_once('"').map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    out
}
