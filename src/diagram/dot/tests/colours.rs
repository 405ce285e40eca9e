//! Every way to write a colour.

use super::super::colour::colour;

#[test]
fn values() {
    for (value, expected) in [
        ("red", "#ff0000"),
        ("Red", "#ff0000"),
        ("light blue", "#add8e6"),
        ("green", "#008000"),
        ("crimson", "#dc143c"),
        ("red3", "#cd0000"),
        ("blue1", "#0000ff"),
        ("gray0", "#000000"),
        ("gray90", "#e5e5e5"),
        ("grey100", "#ffffff"),
        ("gray10", "#1a1a1a"),
        ("gray50", "#7f7f7f"),
        ("lightgoldenrod", "#eedd82"),
        ("lightgoldenrod2", "#eedc82"),
        ("navyblue", "#000080"),
        ("violetred", "#d02090"),
        ("slategrey1", "#c6e2ff"),
        ("darkslategray4", "#528b8b"),
        ("rebeccapurple", "#663399"),
        ("#F0A", "#ff00aa"),
        ("#AbCdEf", "#abcdef"),
        ("#11223344", "#11223344"),
        ("#112233FF", "#112233"),
        ("#f00f", "#ff0000"),
        ("0 1 1", "#ff0000"),
        ("0.0,1.0,1.0", "#ff0000"),
        ("0.333 1 1", "#01ff00"),
        ("0.6 0.3 0.9", "#a1bce6"),
        (".5, 1, .5", "#008080"),
        ("0 0 0.5", "#808080"),
        ("1 1 1", "#ff0000"),
        ("/x11/red", "#ff0000"),
        ("/svg/navy", "#000080"),
        ("//red", "#ff0000"),
        ("red:blue", "#ff0000"),
        ("red;0.3:blue", "#ff0000"),
        ("transparent", "transparent"),
        ("none", "transparent"),
    ] {
        assert_eq!(colour(value).as_deref(), Some(expected), "{value}");
    }
}

#[test]
fn unknown_values() {
    for value in [
        "",
        " ",
        "#",
        "#12",
        "#12345",
        "#ggg",
        "reddish",
        "red5",
        "red0",
        "gray101",
        "gray",
        "/blues9/3",
        "1 2",
        "1 2 3 4 5",
        "0.1 x 1",
        ":",
        "한글",
        "é1",
        "99999999999999999999",
    ] {
        assert_eq!(
            colour(value).as_deref(),
            if value == "gray" {
                Some("#808080")
            } else {
                None
            },
            "{value}"
        );
    }
}
