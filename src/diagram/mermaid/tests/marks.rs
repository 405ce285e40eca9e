//! Tests of colours that stand for two.

use std::collections::HashSet;

use merman::theme_color;

use super::super::marks::{LIGHTER, hex, mark, unmarked};
use super::super::palette::{self, number};
use crate::diagram::svg::parts::{Kind, Part};
use crate::diagram::tokens::PAPER;

#[test]
fn every_pair_has_a_mark_of_its_own() {
    let all: HashSet<String> = palette::pairs().map(mark).collect();
    assert_eq!(all.len(), palette::pairs().count());
    assert!(palette::pairs().all(|both| !all.contains(&hex(number(&both.light)))));
}

#[test]
fn a_mark_and_what_is_made_of_it_become_a_pair() {
    let unmarked = |colour: &str| {
        let colour = Part::new(Kind::Colour, colour);
        unmarked(&colour).map(|colour| colour.to_string())
    };
    let mark = mark(PAPER);
    let [_, r, g, b] = u32::from_str_radix(&mark[1..], 16)
        .expect("a colour")
        .to_be_bytes();
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
        assert_eq!(unmarked(&colour).as_deref(), Some(expected), "{colour}");
    }
    let lighter = theme_color::lighten(&mark, LIGHTER).expect("a colour");
    let lighter = unmarked(&lighter);
    assert_eq!(lighter.as_deref(), Some("light-dark(#fcfcfb, #14171a)"));
    for other in ["#fcfcfb", "red", "rgb(1, 2)", "rgba(1, 2, 3, 0.5)", ""] {
        assert_eq!(unmarked(other), None, "{other}");
    }
}
