//! Finding tags, and carrying positions through the parser.

use crate::diagram::lift::scan::Tags;
use crate::diagram::lift::stamp::{stamped, unstamped};

/// Tags as `name`, `/name` or `name/`.
fn tags(html: &str) -> String {
    let tags = Tags::new(html).map(|tag| {
        let (end, empty) = (
            if tag.is_end { "/" } else { "" },
            if tag.is_empty { "/" } else { "" },
        );
        format!("{end}{}{empty}", tag.name)
    });
    tags.collect::<Vec<_>>().join(" ")
}

#[test]
fn tags_are_found_where_a_browser_finds_them() {
    for (html, expected) in [
        ("<p>a<B>b</b></P>", "p b /b /p"),
        ("1 < 2 <3 </ x> <> <p>", "p"),
        ("<!-- <svg> --><p>", "p"),
        ("<!--><svg>", "svg"),
        ("<!---><svg>", "svg"),
        ("<!-- a --!><svg>", "svg"),
        ("<!-- a -- > <p> --><svg>", "svg"),
        ("<!----><svg>", "svg"),
        ("<!-- never closed <svg>", ""),
        ("<!DOCTYPE html><?php <a ?><p>", "p"),
        ("<p title=\"<svg>\" a='</p>' b=<x><i>", "p i"),
        ("<p a = \"x>y\" b>c", "p"),
        ("<p ===>c<i>", "p i"),
        ("<p a=><i>", "p i"),
        ("<p title=\"never closed><svg>", ""),
        (
            "<script>'<svg>' </scriptx></script ><p>",
            "script /script p",
        ),
        ("<style><svg></STYLE><p>", "style /style p"),
        (
            "<title><b></title><textarea><i></textarea>",
            "title /title textarea /textarea",
        ),
        ("<script>no end <svg>", "script"),
        ("<br/><svg/><svg><path/></svg>", "br svg/ svg path/ /svg"),
        // In SVG, a title or style has content like any element, until HTML begins again.
        ("<svg><title><b>", "svg title b"),
        ("<svg><style><g></style></svg>", "svg style g /style /svg"),
        ("<svg><![CDATA[<g>]]><g/></svg>", "svg g/ /svg"),
        ("<![CDATA[<g>]]>", ""),
        (
            "<svg><foreignObject><style><g></style></foreignObject><g/>",
            "svg foreignobject style /style /foreignobject g/",
        ),
        ("<svg><p><style><g></style>", "svg p style /style"),
        ("<svg><svg></svg><g/></svg><g/>", "svg svg /svg g/ /svg g"),
    ] {
        assert_eq!(tags(html), expected, "{html}");
    }
}

#[test]
fn a_tag_knows_its_bytes() {
    let html = "가<svg  viewBox='0 0 1 1'\n>나</svg >";
    let ranges: Vec<&str> = Tags::new(html).map(|tag| &html[tag.range]).collect();
    assert_eq!(ranges, ["<svg  viewBox='0 0 1 1'\n>", "</svg >"]);
}

#[test]
fn stamps_can_be_taken_off() {
    for html in [
        "<p>a</p>",
        "<svg viewBox='0 0 1 1'><path/></svg>",
        "a < b",
        "",
        "<p",
    ] {
        let stamped = stamped(html);
        assert_eq!(unstamped(&stamped.text), html);
        assert!(stamped.is_whole);
    }
    assert_eq!(
        stamped("<p>a<br/>").text,
        "<p data-lift-at=\"3\">a<br data-lift-at=\"9\"/>"
    );
}

#[test]
fn what_nests_beyond_all_use_is_left_out() {
    let html = format!("{}x{}<p>y", "<div>".repeat(2000), "</div>".repeat(2000));
    let stamped = stamped(&html);
    assert!(!stamped.is_whole);
    assert_eq!(stamped.text.matches("<div").count(), 512);
    assert_eq!(stamped.text.matches("</div").count(), 512);
}
