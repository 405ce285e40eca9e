//! Tests of rejected pictures, and of the time that large pictures take.

use super::super::{NotAPicture, read};
use super::picture;

fn refused(text: &str) -> Option<NotAPicture> {
    read(text).err()
}

#[test]
fn what_is_not_a_picture_is_reported() {
    for (text, error) in [
        ("", NotAPicture::NoSvg),
        ("<p>no picture</p>", NotAPicture::NoSvg),
        (
            "<!-- <svg viewBox='0 0 1 1'><rect/></svg> -->",
            NotAPicture::NoSvg,
        ),
        ("<svg><rect/></svg>", NotAPicture::NoSize),
        (
            "<svg width='100%' height='5'><rect/></svg>",
            NotAPicture::NoSize,
        ),
        ("<svg viewBox='0 0 0 5'><rect/></svg>", NotAPicture::NoSize),
        ("<svg viewBox='0 0 1 1'><g/></svg>", NotAPicture::Empty),
        (
            "<svg viewBox='0 0 1 1'><defs><path/></defs></svg>",
            NotAPicture::Empty,
        ),
        (
            "<svg viewBox='0 0 1 1'><image href='x.png'/></svg>",
            NotAPicture::Empty,
        ),
        (
            "<svg viewBox='0 0 1 1'><g id='a'><use href='#a'/></g></svg>",
            NotAPicture::TooMuchUse,
        ),
        (
            "<svg viewBox='0 0 1 1'><use id='a' href='#b'/><use id='b' href='#a'/></svg>",
            NotAPicture::TooMuchUse,
        ),
    ] {
        assert_eq!(refused(text), Some(error), "{text}");
        assert_eq!(error.to_string().lines().count(), 1);
    }
}

#[test]
fn bombs_are_refused() {
    let mut uses = "<g id='a0'><rect/></g>".to_owned();
    for level in 1..40 {
        let below = format!("<use href='#a{}'/>", level - 1).repeat(10);
        uses.push_str(&format!("<g id='a{level}'>{below}</g>"));
    }
    assert_eq!(refused(&picture(&uses)), Some(NotAPicture::TooMuchUse));
    let mut chain = String::new();
    for n in 0..9000 {
        chain.push_str(&format!("<use id='u{n}' href='#u{}'/>", n + 1));
    }
    assert_eq!(refused(&picture(&chain)), Some(NotAPicture::TooMuchUse));
    assert_eq!(
        refused(&picture(&"<g>".repeat(20_000))),
        Some(NotAPicture::TooDeep)
    );
    assert!(refused(&picture(&"<a><p>".repeat(20_000))).is_some());
    assert_eq!(
        refused(&picture(&"<g/>".repeat(50_000))),
        Some(NotAPicture::TooManyElements)
    );
    assert_eq!(
        refused(&"<svg>".repeat(1_000_000)),
        Some(NotAPicture::TooLong)
    );
    let entities = "<!DOCTYPE svg [<!ENTITY a 'x'><!ENTITY b '&a;&a;&a;'>]><svg viewBox='0 0 1 1'><text>&b;</text></svg>";
    assert!(super::inline(entities).contains("<text>&amp;b;</text>"));
}

#[test]
fn properties_defined_by_properties_stay_small() {
    let mut style = "--a0:red red red red;".to_owned();
    for level in 1..200 {
        style.push_str(&format!(
            "--a{level}:{};",
            format!("var(--a{})", level - 1).repeat(9)
        ));
    }
    let out = super::inside(&format!("<rect style='{style}fill:var(--a199)'/>"));
    assert_eq!(out, "<rect/>");
    let deep = format!("<rect fill='{}red'/>", "var(--x,".repeat(5000));
    assert_eq!(super::inside(&deep), "<rect/>");
    let selector = format!(
        "<style>{}rect{{fill:red}}</style><rect/>",
        ":is(".repeat(5000)
    );
    assert_eq!(super::inside(&selector), "<rect/>");
    let blocks = format!("<style>{}</style><rect/>", "@media screen{".repeat(5000));
    assert_eq!(super::inside(&blocks), "<rect/>");
}

#[test]
fn large_pictures_are_baked() {
    let mut text = "<style>".to_owned();
    for rule in 0..150 {
        text.push_str(&format!(
            "#m .c{rule} rect, #m g > .c{rule}, .k{rule}{{fill:#{rule:03};stroke-width:{rule}px}}"
        ));
    }
    text.push_str("@media (prefers-color-scheme:dark){rect{stroke:#fff}}</style>");
    for n in 0..2500 {
        let (a, b) = (n % 150, n * 7 % 150);
        text.push_str(&format!(
            "<g class='c{a} k{b}'><rect class='k{a} c{b}' x='{n}.123' style='opacity:.5'/></g>"
        ));
    }
    let text = format!("<svg id='m' viewBox='0 0 900 900'>{text}</svg>");
    let Ok(picture) = read(&text) else {
        panic!("it is a picture");
    };
    let out = picture.styled().as_drawn().inline("x-", &[]);
    // Of each pair, the group's rule gives way to the inner one's, and style comes last.
    assert_eq!(out.matches("<rect").count(), 2500);
    assert_eq!(out.matches("opacity=\".5\"").count(), 2500);
}

#[test]
fn hostile_nesting_ends() {
    for (open, close) in [("<g>", "</x>"), ("<g>", ""), ("<a>", "</g>")] {
        let text = format!("{}{}", open.repeat(39_000), close.repeat(39_000));
        assert!(read(&picture(&text)).is_err());
        let text = format!("{}{}", open.repeat(39_000), close.repeat(39_000));
        assert!(read(&format!("<div>{text}")).is_err());
    }
    let mut crowd = String::new();
    for n in 0..600_000 {
        crowd.push_str(&format!("{n:x} "));
    }
    let crowded = format!("<rect {crowd}/><rect y='<g'/>");
    assert_eq!(
        refused(&picture(&crowded)),
        Some(NotAPicture::TooManyElements)
    );
    let data = "QUJD".repeat(700_000);
    let image = format!("<image href='data:image/png;base64,{data}'/>");
    assert!(read(&picture(&image)).is_ok());
    let close = "</x>".repeat(900_000);
    assert!(read(&picture(&format!("{}{close}", "<g>".repeat(40_000)))).is_err());
    let rules = "*,g *,g~g{fill:red}".repeat(4000);
    let many = "<g/>".repeat(5_000);
    let ruled = read(&picture(&format!("<style>{rules}</style>{many}<rect/>")));
    assert!(ruled.is_ok_and(|picture| picture.styled().as_drawn().inline("", &[]).contains("red")));
}
