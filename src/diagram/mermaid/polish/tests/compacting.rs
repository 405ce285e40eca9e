//! Tests of what is written once instead of many times, and of what must not be.
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
fn the_children_of_a_group_share_their_style_on_it() {
    let circle = "<circle r='3' fill='none' stroke='red'/>";
    let out = compact(&format!(
        "<g opacity='.5'>{}</g><text>a</text><text>b</text>",
        circle.repeat(2)
    ));
    let both =
        "<g fill=\"none\" opacity=\".5\" stroke=\"red\"><circle r=\"3\"/><circle r=\"3\"/></g>";
    assert!(
        out.contains(&format!("{both}<text>a</text><text>b</text>")),
        "{out}"
    );
}

#[test]
fn fewer_elements_and_attributes_draw_the_same() {
    let line = "fill='none' stroke='red'";
    for (before, after) in [
        // Lines of one style are one path.
        (
            format!("<line x2='9' stroke='red'/><path d='M0 5V9' {line}/>"),
            "<path d=\"M0 0H9M0 5V9\" fill=\"none\" stroke=\"red\"/>",
        ),
        (
            format!("<path d='M0 0H9' {line}/><path d='M0 5V9' {line} stroke-opacity='.5'/>"),
            "<path d=\"M0 0H9\" stroke=\"red\"/><path d=\"M0 5V9\" stroke=\"red\" stroke-opacity=\".5\"/>",
        ),
        (
            "<polygon points='0 0 9 0 9 9'/>".to_owned(),
            "<path d=\"M0 0H9V9Z\"/>",
        ),
        (
            "<rect width='9' height='9' rx='3' ry='3'/>".to_owned(),
            "<rect height=\"9\" rx=\"3\" width=\"9\"/>",
        ),
        // A part of a text says where that is, not the text.
        (
            "<text x='1' y='2'><tspan x='3' dy='4'>a</tspan></text>".to_owned(),
            "<text x=\"3\" y=\"6\">a</text>",
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
            "<text x=\"1\" y=\"2\">a</text><text transform=\"translate(1 2) rotate(90)\">b</text>",
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
fn the_root_holds_what_most_have() {
    let text = |y: u32, anchor: &str| format!("<text y='{y}' text-anchor='{anchor}'>a</text>");
    let out = compact(&[text(1, "middle"), text(2, "end"), text(3, "middle")].concat());
    assert!(out.starts_with("<svg text-anchor=\"middle\""), "{out}");
    assert!(out.contains("<text text-anchor=\"end\" y=\"2\">"), "{out}");
    assert_eq!(out.matches("text-anchor").count(), 2, "{out}");
}

#[test]
fn an_initial_value_is_said_where_it_differs_from_what_is_around() {
    let shape = "<circle r='2' fill='red' stroke='blue' stroke-width='3'/>";
    let out = compact(&format!("{}<text fill='red'>a</text>", shape.repeat(4)));
    assert!(out.contains("<text fill=\"red\" stroke=\"none\">"), "{out}");
    // Without a stroke its width has no effect.
    assert_eq!(out.matches("stroke-width").count(), 1, "{out}");
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

#[test]
fn lines_with_arrows_stay_apart() {
    let line = |y: u8| format!("<path d='M0 {y}H9' fill='none' stroke='red'/>");
    let arrow = "<marker id='m'><path d='M0 0L9 9L0 9Z'/></marker>";
    let lines = format!("<g marker-end='url(#m)'>{}{}</g>", line(1), line(5));
    let out = compact(&format!("{arrow}{lines}"));
    assert!(
        out.contains("\"M0 1H9\"") && out.contains("\"M0 5H9\""),
        "{out}"
    );
}
