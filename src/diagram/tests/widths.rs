//! Tests of the widths of text.

use super::super::widths::width;

fn at_16(text: &str) -> u32 {
    let rounded = width(text, 16.0, false).round();
    format!("{rounded}").parse().expect("a number")
}

#[test]
fn scripts_have_their_widths() {
    for (text, expected) in [
        ("", 0),
        ("한글", 31),
        ("漢字", 33),
        ("iii", 13),
        ("WWW", 46),
        ("a\u{301}", 9),
        ("한\u{2060}글", 31),
        ("🏠", 21),
        ("→", 16),
    ] {
        assert_eq!(at_16(text), expected, "{text}");
    }
}

#[test]
fn bold_is_wider() {
    assert!(width("리스너", 16.0, true) > width("리스너", 16.0, false));
}
