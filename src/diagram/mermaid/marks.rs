//! Colours that stand for a light and a dark one while the renderer draws.
//!
//! A mark is the light colour but for its lowest bits, so that the renderer judges it (is it dark,
//! is it readable on that) as it would the light one. What the renderer faded is faded in both
//! colours afterwards; what it lightened is what it was. Not here: which colours there are (`palette`).

use std::sync::OnceLock;

use merman::theme_color;

use super::super::svg::shade;
use super::super::tokens::Pair;
use super::palette;

/// The renderer's sections of a kanban board are lighter than their colours by this, in percent.
const LIGHTER: f64 = 10.0;

struct Mark {
    colour: u32,
    pair: Pair,
    /// As the renderer writes it.
    lighter: Option<String>,
}

/// The colour that stands for a pair.
pub(super) fn mark(pair: Pair) -> String {
    let of_pair = |mark: &&Mark| mark.pair == pair;
    let found = marks().iter().find(of_pair).map(|mark| mark.colour);
    found.map_or_else(|| pair.0.to_owned(), hex)
}

/// A mark, or what the renderer made of one, as `light-dark(…)`.
pub(super) fn pair(colour: &str) -> Option<String> {
    let found = read(colour).and_then(|(code, alpha)| {
        let Pair(light, dark) = marks().iter().find(|mark| mark.colour == code)?.pair;
        if alpha >= 1.0 {
            return Some(format!("light-dark({light}, {dark})"));
        }
        let [light, dark] = [light, dark].map(|colour| faded(colour, alpha));
        Some(format!("light-dark({}, {})", light?, dark?))
    });
    found.or_else(|| {
        let written: String = colour.split_whitespace().collect();
        let is_lighter = |mark: &&Mark| mark.lighter.as_deref() == Some(&written);
        let Pair(light, dark) = marks().iter().find(is_lighter)?.pair;
        Some(format!("light-dark({light}, {dark})"))
    })
}

fn marks() -> &'static [Mark] {
    static MARKS: OnceLock<Vec<Mark>> = OnceLock::new();
    MARKS.get_or_init(|| {
        let numbered = palette::pairs().zip(0_u32..);
        let marks = numbered.filter_map(|(pair, number)| {
            let (light, _) = read(pair.0)?;
            // Three bits of the number in each channel.
            let low = (number & 0o700) << 10 | (number & 0o70) << 5 | number & 0o7;
            let colour = light & 0x00f8_f8f8 | low;
            let lighter = lighter(&hex(colour)).map(|text| text.replace(' ', ""));
            Some(Mark {
                colour,
                pair,
                lighter,
            })
        });
        marks.collect()
    })
}

fn hex(colour: u32) -> String {
    format!("#{colour:06x}")
}

fn lighter(colour: &str) -> Option<String> {
    theme_color::lighten(colour, LIGHTER).ok()
}

/// For example `rgba(252, 252, 251, 0.5)`.
fn faded(colour: &str, alpha: f32) -> Option<String> {
    let [_, r, g, b] = read(colour)?.0.to_be_bytes();
    Some(format!("rgba({r}, {g}, {b}, {alpha})"))
}

/// The number of a colour, as in `#fcfcfb`, and its opacity.
fn read(colour: &str) -> Option<(u32, f32)> {
    let (colour, alpha) = shade::read(colour)?;
    let [r, g, b, _] = colour.to_rgba8().to_u8_array();
    Some((u32::from_be_bytes([0, r, g, b]), alpha))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_pair_has_a_mark_of_its_own() {
        let all: HashSet<String> = palette::pairs().map(mark).collect();
        assert_eq!(all.len(), palette::pairs().count());
        assert!(palette::pairs().all(|pair| !all.contains(pair.0)));
    }

    #[test]
    fn a_mark_and_what_is_made_of_it_become_a_pair() {
        let paper = Pair("#fcfcfb", "#14171a");
        let mark = mark(paper);
        let [_, r, g, b] = read(&mark).expect("a colour").0.to_be_bytes();
        for (colour, expected) in [
            (mark.clone(), "light-dark(#fcfcfb, #14171a)"),
            (mark.to_uppercase(), "light-dark(#fcfcfb, #14171a)"),
            (
                format!("rgb({r}, {g}, {b})"),
                "light-dark(#fcfcfb, #14171a)",
            ),
            (
                format!("rgba({r}, {g}, {b}, 0.5)"),
                "light-dark(rgba(252, 252, 251, 0.5), rgba(20, 23, 26, 0.5))",
            ),
        ] {
            assert_eq!(pair(&colour).as_deref(), Some(expected), "{colour}");
        }
        let lighter = lighter(&mark).and_then(|colour| pair(&colour));
        assert_eq!(lighter.as_deref(), Some("light-dark(#fcfcfb, #14171a)"));
        for other in ["#fcfcfb", "red", "rgb(1, 2)", "rgba(1, 2, 3, 0.5)", ""] {
            assert_eq!(pair(other), None, "{other}");
        }
    }
}
