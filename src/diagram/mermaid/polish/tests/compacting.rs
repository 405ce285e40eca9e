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
fn neighbours_share_their_style_on_a_group() {
    let out = compact(
        "<path d='M0 0L9 9' fill='none' stroke='red'/><path d='M0 1L9 8' fill='none' stroke='red'/>\
         <text>a</text><text>b</text>",
    );
    let both = "<g fill=\"none\" stroke=\"red\"><path d=\"M0 0L9 9\"/><path d=\"M0 1L9 8\"/></g>";
    assert!(
        out.contains(&format!("{both}<text>a</text><text>b</text>")),
        "{out}"
    );
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
    assert!(
        out.contains("<text stroke=\"none\">") || out.contains("<g stroke=\"blue\""),
        "{out}"
    );
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
