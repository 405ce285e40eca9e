//! Tests of the size of an `<svg>` within a text.

use super::super::inline_picture;

/// The attributes of a picture's box, its root and its strut.
fn shown(root: &str, size: u32) -> String {
    let text = format!("<svg {root}><text font-size='{size}'>a</text></svg>");
    let html = inline_picture(&text, "").expect("a picture");
    let (before, inside) = html.split_once("<text").expect("a text");
    let (_, after) = inside.split_once("</svg>").expect("an end");
    before.to_owned() + after
}

#[test]
fn a_picture_is_as_large_as_its_letters_need() {
    let wide = "<span class=\"scroll-x wide\" tabindex=\"0\">";
    let fits = "<span class=\"scroll-x\" tabindex=\"0\">";
    for (root, size, expected) in [
        (
            "viewBox='0 0 40 20' width='40'",
            14,
            "<svg viewBox=\"0 0 40 20\" width=\"40\">".to_owned(),
        ),
        (
            "viewBox='0 0 40 20' width='2em' height='1em'",
            10,
            "<svg viewBox=\"0 0 40 20\" width=\"44\" height=\"22\">".to_owned(),
        ),
        (
            "width='900' height='20'",
            1,
            format!("{wide}<svg viewBox=\"0 0 900 20\" width=\"3600\" height=\"80\"></span>"),
        ),
        (
            "viewBox='0 0 600 60' width='50%' height='10'",
            11,
            format!(
                "{wide}<svg viewBox=\"0 0 600 60\" width=\"50%\" height=\"60\"><canvas width=\"1200\" height=\"0\"></canvas></span>"
            ),
        ),
        (
            "viewBox='0 0 600 60' width='100%' height='99'",
            22,
            format!(
                "{fits}<svg viewBox=\"0 0 600 60\" width=\"100%\" height=\"99\"><canvas width=\"300\" height=\"0\"></canvas></span>"
            ),
        ),
        (
            "viewBox='0 0 1600 300' height='100%'",
            16,
            format!(
                "{wide}<svg viewBox=\"0 0 1600 300\" width=\"1600\"><canvas width=\"1100\" height=\"0\"></canvas></span>"
            ),
        ),
    ] {
        assert_eq!(shown(root, size), expected, "{root}");
    }
    let plain = "<svg viewBox='0 0 16 16'><path d='M0 0h9v9z'/></svg>";
    assert!(inline_picture(plain, "").is_some_and(|html| html.starts_with("<svg")));
}
