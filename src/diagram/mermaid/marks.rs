//! Colours that stand for a light and a dark one while the renderer draws.
//!
//! A mark is the light colour but for its lowest bits, so that the renderer judges it (is it dark,
//! is it readable on that) as it would the light one. What the renderer faded is faded in both
//! colours afterwards; what it lightened is what it was. Not here: which colours there are (`palette`).

use std::sync::OnceLock;

use merman::theme_color;

use super::super::svg::parts::Part;
use super::super::svg::shade::Both;
use super::palette::{self, number};

/// The renderer's sections of a kanban board are lighter than their colours by this, in percent.
pub(super) const LIGHTER: f64 = 10.0;

struct Mark {
    colour: u32,
    /// As the renderer writes it when it lightens it: the number alone may be that of white.
    lighter: Option<String>,
    both: Both,
}

/// The colour that stands for another, light and dark.
pub(super) fn mark(both: Both) -> String {
    let of_both = |mark: &&Mark| mark.both == both;
    let found = marks().iter().find(of_both).map(|mark| mark.colour);
    hex(found.unwrap_or_else(|| number(&both.light)))
}

/// The colour that a mark stands for, or what the renderer made of one.
pub(super) fn unmarked(colour: &Part) -> Option<Part> {
    let paint = colour.paint.filter(|paint| paint.is_single)?;
    let (code, written) = (number(&paint.colour.light), unspaced(&colour.to_string()));
    let is_marked = |mark: &&Mark| mark.colour == code || mark.lighter.as_ref() == Some(&written);
    let both = marks().iter().find(is_marked)?.both;
    Some(if paint.alpha < 1.0 {
        Part::faded(both, paint.alpha)
    } else {
        both.into()
    })
}

fn marks() -> &'static [Mark] {
    static MARKS: OnceLock<Vec<Mark>> = OnceLock::new();
    MARKS.get_or_init(|| {
        let numbered = palette::pairs().zip(0_u32..);
        let marks = numbered.map(|(both, at)| {
            // Three bits of its place in each channel.
            let low = (at & 0o700) << 10 | (at & 0o70) << 5 | at & 0o7;
            let colour = number(&both.light) & 0x00f8_f8f8 | low;
            let lighter = theme_color::lighten(&hex(colour), LIGHTER);
            Mark {
                colour,
                lighter: lighter.ok().map(|lighter| unspaced(&lighter)),
                both,
            }
        });
        marks.collect()
    })
}

fn unspaced(text: &str) -> String {
    text.split_whitespace().collect()
}

pub(super) fn hex(colour: u32) -> String {
    format!("#{colour:06x}")
}
