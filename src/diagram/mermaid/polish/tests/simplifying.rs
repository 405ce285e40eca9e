//! Tests of what is removed from machine-drawn pictures, and what must stay.
//!
//! Not here: whether they look the same, which needs a browser.

use super::{styled, written};

fn simple(inside: &str) -> String {
    let mut picture = styled(inside);
    picture.simplify();
    written(&picture)
}

#[test]
fn what_says_nothing_goes() {
    for (before, after) in [
        (
            "<rect width='2' height='2' clip-path='none' opacity='1' stroke-dasharray='0 0'/>",
            "<rect height=\"2\" width=\"2\"/>",
        ),
        (
            "<g stroke='red'><rect width='2' height='2' stroke='none'/><path d='M0 0H1'/></g>",
            "<g stroke=\"red\"><rect height=\"2\" stroke=\"none\" width=\"2\"/><path d=\"M0 0H1\"/></g>",
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
            "<marker id=\"m\"><path d=\"M0 0H1\"/></marker><path d=\"M0 0H1\" marker-end=\"url(#m)\"/>",
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
    let path = |d: &str, more: &str| simple(&format!("<path d='{d}' {more}/>"));
    let line = "fill='none' stroke='red'";
    for (d, more, after) in [
        ("M0 0L0 5C0 6 0 8 0 9L0 20", line, "M0 0V20"),
        (
            "M0 0C3 0 6 0 9 0M0 0C2 0 5 0 9 0M9 0C9 3 9 6 9 9",
            line,
            "M0 0H9V9",
        ),
        ("M0 0L9 0M9 0L9 9M9 9L0 9M0 9L0 0", line, "M0 0H9V9H0Z"),
        // Dashes begin again with each part.
        (
            "M0 0C3 0 6 0 9 0M9 0C9 3 9 6 9 9",
            "fill='none' stroke='red' stroke-dasharray='3 3'",
            "M0 0H9M9 0V9",
        ),
        // A line and the same line back.
        ("M0 0L90000 0L10000 0", line, "M0 0H90000 10000"),
        ("m0 0l5 0l4 0", line, "M0 0H9"),
        ("M0 0A5 5 0 0 1 5 5", line, "M0 0C2.76 0 5 2.24 5 5"),
        ("M0 0L1", line, "M0 0L1"),
    ] {
        let out = path(d, more);
        assert!(out.contains(&format!(" d=\"{after}\"")), "{d}: {out}");
    }
}

#[test]
fn a_fill_and_its_outline_are_one() {
    let out = simple(
        "<path d='M0 0L9 0L9 9L0 9' fill='tan'/><path d='M0 0L9 0M9 0L9 9M9 9L0 9M0 9L0 0' \
         fill='none' stroke='red'/>",
    );
    assert_eq!(out, "<path d=\"M0 0H9V9H0Z\" fill=\"tan\" stroke=\"red\"/>");
}
