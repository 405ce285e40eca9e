//! Tests of the site's colours in pictures.

use super::super::svg::parts::{Kind, Part};
use super::super::tokens::{PAPER, TOKENS, token};

const STYLE: &str = include_str!("../../../assets/docsite/style/base.css");

#[test]
fn a_pair_of_a_token_is_recognised() {
    let named = |light: &str, dark: &str| {
        let sides = [light, dark].map(|side| Part::new(Kind::Colour, side));
        token(&Part::pair(sides)).map(|token| token.to_string())
    };
    let paper = Some("var(--paper)".to_owned());
    assert_eq!(named("#FCFCFB", "#14171a"), paper);
    assert_eq!(named("#fcfcfb", "#fcfcfb"), None);
    assert_eq!(token(&Part::new(Kind::Colour, "#fcfcfb")), None);
    assert_eq!(token(&Part::faded(PAPER, 0.5)), None);
}

#[test]
fn tokens_have_the_values_of_the_style() {
    for (name, colour) in TOKENS {
        let line = format!("  {name}: {};\n", Part::from(colour));
        assert!(STYLE.contains(&line), "base.css does not say {line}");
    }
}
