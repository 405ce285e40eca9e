//! Tests of what is written shorter, and of what must not be.
//!
//! Not here: whether the pictures look the same, which needs a browser.

use super::{styled, written};

fn compact(inside: &str) -> String {
    let mut polished = styled(inside).as_drawn();
    polished.compact();
    let out = polished.inline("", &[]);
    out.trim_end_matches("</svg>").to_owned()
}

#[test]
fn fewer_elements_and_attributes_draw_the_same() {
    for (before, after) in [
        (
            "<polygon points='0 0 9 0 9 9'/>".to_owned(),
            "<path d=\"M0 0H9V9Z\"/>",
        ),
        (
            "<rect width='9' height='9' rx='3' ry='3'/>".to_owned(),
            "<rect height=\"9\" rx=\"3\" width=\"9\"/>",
        ),
        (
            "<text x='1' y='2'><tspan dy='4'>a</tspan><tspan x='1' dy='5'>b</tspan></text>".to_owned(),
            "<text x=\"1\" y=\"2\"><tspan dy=\"4\">a</tspan><tspan dy=\"5\" x=\"1\">b</tspan></text>",
        ),
        (
            "<g transform='translate(1 2)'><g transform='translate(3 0)'><rect width='9' height='9'/>\
             <path d='M0 0H9V9Z'/></g><text>a</text></g>"
                .to_owned(),
            "<rect height=\"9\" width=\"9\" x=\"4\" y=\"2\"/><path d=\"M4 2h9v9Z\"/>\
             <text x=\"1\" y=\"2\">a</text>",
        ),
        // One that turns goes on saying where.
        (
            "<g transform='translate(1 2)'><text>a</text><text transform='rotate(90)'>b</text></g>"
                .to_owned(),
            "<g transform=\"translate(1 2)\"><text>a</text><text transform=\"rotate(90)\">b</text></g>",
        ),
        (
            "<g transform='translate(1 2)' clip-path='url(#c)'><rect width='9' height='9'/></g>\
             <clipPath id='c'><circle r='9'/></clipPath>"
                .to_owned(),
            "<g clip-path=\"url(#0)\" transform=\"translate(1 2)\"><rect height=\"9\" width=\"9\"/></g>",
        ),
    ] {
        let out = compact(&before);
        assert!(out.contains(after), "{before}: {out}");
    }
}

#[test]
fn moves_are_put_together() {
    for (before, after) in [
        (
            "<g transform='translate(1, 2)'><g transform='translate(3)'><g/><text y='1'>a</text></g></g>",
            "<text x=\"4\" y=\"3\">a</text>",
        ),
        (
            "<g transform='rotate(9)'><g transform='translate(1 2)'><path d='M0 0H1'/></g></g>",
            "<g transform=\"rotate(9)\"><path d=\"M1 2H2\"/></g>",
        ),
        (
            "<g opacity='.5'><g transform='translate(1 2)'><text>a</text><text>b</text></g></g>",
            "<g opacity=\".5\"><text x=\"1\" y=\"2\">a</text><text x=\"1\" y=\"2\">b</text></g>",
        ),
        (
            "<g transform='translate(1 2)'><text x='1'><tspan x='1' y='1em'>a</tspan></text></g>",
            "<g transform=\"translate(1 2)\"><text x=\"1\"><tspan x=\"1\" y=\"1em\">a</tspan></text></g>",
        ),
    ] {
        let out = compact(before);
        assert!(out.contains(after), "{before}: {out}");
    }
}

#[test]
fn what_is_drawn_elsewhere_stays_as_it_is() {
    let inside = "<circle id=\"a\" r=\"2\" stroke=\"red\"/><circle r=\"2\" stroke=\"red\"/><use href=\"#a\"/>";
    assert!(compact(inside).contains(inside));
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
