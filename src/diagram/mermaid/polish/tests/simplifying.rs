//! Tests of what is removed from machine-drawn pictures, and what must stay.
//!
//! Not here: whether they look the same, which needs a browser.

use super::{styled, written};

fn simple(inside: &str) -> String {
    let mut picture = styled(inside);
    picture.shorten_paths();
    picture.simplify();
    written(&picture)
}

#[test]
fn what_says_nothing_goes() {
    for (before, after) in [
        (
            "<rect width='2' height='2' opacity='1' stroke-dasharray='0 0'/>",
            "<rect height=\"2\" width=\"2\"/>",
        ),
        (
            "<g stroke='red'><rect width='2' height='2' stroke='none'/><path d='M0 0H1'/></g>",
            "<g stroke=\"red\"><rect height=\"2\" stroke=\"none\" width=\"2\"/><path d=\"M0 0L1 0\"/></g>",
        ),
        (
            "<g font-weight='bold'><text>a</text><text font-weight='normal'>b</text></g>",
            "<g font-weight=\"bold\"><text>a</text><text font-weight=\"normal\">b</text></g>",
        ),
        (
            "<rect width='2' height='2' fill='none'/><g><g/></g><text> </text>",
            "",
        ),
        (
            "<a href='https://x'><rect width='2' height='2' fill='transparent'/></a>",
            "<a href=\"https://x\" rel=\"noopener\"><rect fill=\"transparent\" height=\"2\" width=\"2\"/></a>",
        ),
        (
            "<defs><marker id='m'><path d='M0 0H1'/></marker></defs>",
            "",
        ),
        (
            "<defs><marker id='m'><path d='M0 0H1'/></marker></defs><path d='M0 0H1' marker-end='url(#m)'/>",
            "<defs><marker id=\"m\"><path d=\"M0 0L1 0\"/></marker></defs><path d=\"M0 0L1 0\" marker-end=\"url(#m)\"/>",
        ),
        (
            "<g role='img' aria-label='x'><text><tspan font-style='normal'>a</tspan><tspan> b</tspan></text></g>",
            "<text>a b</text>",
        ),
    ] {
        assert_eq!(simple(before), after, "{before}");
    }
}

#[test]
fn paths_are_made_shorter() {
    for (d, after) in [
        ("M0 0L0 5C0 6 0 8 0 9L0 20", "M0 0L0 20"),
        (
            "M0 0C3 0 6 0 9 0M0 0C2 0 5 0 9 0M9 0C9 3 9 6 9 9",
            "M0 0L9 0M9 0L9 9",
        ),
        // A line and the same line back.
        ("M0 0L90000 0L10000 0", "M0 0L90000 0L10000 0"),
        ("m0 0l5 0l4 0z", "M0 0L9 0Z"),
        ("M0 0A5 5 0 0 1 5 5", "M0 0C2.76 0 5 2.24 5 5"),
        ("M0 0L1", "M0 0L1"),
    ] {
        let out = simple(&format!("<path d='{d}' fill='none' stroke='red'/>"));
        assert!(out.contains(&format!(" d=\"{after}\"")), "{d}: {out}");
    }
}

#[test]
fn sizes_of_letters_become_numbers() {
    let mut picture = styled(
        "<g font-size='20'><text font-size='.5em' dy='2em'>a</text><text font-size='150%' y='50%'>b</text>\
         <text font-size='4ex' x='1px'>c</text></g>",
    );
    picture.settle_units();
    assert_eq!(
        written(&picture),
        "<g font-size=\"20\"><text dy=\"20\" font-size=\"10\">a</text>\
         <text font-size=\"30\" y=\"50%\">b</text><text font-size=\"40\" x=\"1\">c</text></g>"
    );
}
