//! Tests of the text of HTML labels.

use super::super::rich::{Rich, literal, read};
use crate::diagram::svg;
use crate::diagram::svg::tree::What;

fn label(html: &str) -> Rich {
    let svg = format!(
        "<svg><foreignObject>{}</foreignObject></svg>",
        literal(html, "&lt;")
    );
    read(&svg::labelled(&svg).expect("a label")[1..])
}

/// The lines of a label, if a letter is as wide as 1, with the styles of its parts.
fn lines(html: &str, limit: f64) -> Vec<String> {
    let lines = label(html).lines(Some(limit), &|_, _| 1.0);
    let lines = lines.iter().map(|line| {
        let words = line.nodes(0).into_iter().map(|node| match node.what {
            What::Text(text) => text,
            What::Element(span) => {
                let own = span.attributes.iter();
                let own =
                    own.map(|(name, value)| format!("<{name}: {}>", value.written(name, None)));
                own.collect()
            }
            What::Rules(_) => String::new(),
        });
        words.collect::<String>()
    });
    lines.filter(|line| !line.is_empty()).collect()
}

#[test]
fn elements_keep_their_meaning() {
    for (html, expected) in [
        ("<p>a<br />b</p>", &["a", "b"] as &[&str]),
        ("<p>a</p><p>b</p>", &["a", "b"]),
        ("<p></p><ul><li>a</li><li>b</li></ul>", &["• a", "• b"]),
        ("<ol><li>a</li><li>b</li></ol>", &["1. a", "2. b"]),
        (
            "a <b>b</b> <i>c</i>",
            &["a <font-weight: bold>b <font-style: italic>c"],
        ),
        ("<b>a</b>", &["a"]),
        (
            "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
            &["a b", "c"],
        ),
        ("a  \n b", &["a b"]),
        ("x<sup>2</sup>, a<sub>10</sub>", &["x², a₁₀"]),
        ("<b>x<sup>n-1</sup></b>", &["xⁿ⁻¹"]),
        ("1<sup>st</sup>", &["1st"]),
        (
            "<p>Map<String,Integer> a<b and c>d</p>",
            &["Map<String,Integer> a<b and c>d"],
        ),
        ("List<B> <B>a</B>", &["List<B> <font-weight: bold>a"]),
        (
            "[1] &#91;1&#93; &lt;a&gt; &amp;amp; &copy;",
            &["[1] [1] <a> &amp; ©"],
        ),
        ("<p></p>", &[]),
    ] {
        assert_eq!(lines(html, 1000.0), expected, "{html}");
    }
    let ruled = label("<p>a<br/></p><hr/>b").lines(None, &|_, _| 0.0);
    let ruled: Vec<bool> = ruled.iter().map(|line| line.is_ruled).collect();
    assert_eq!(ruled, [false, true]);
}

#[test]
fn lines_end_where_a_browser_ends_them() {
    for (html, limit, expected) in [
        ("aa bb cc", 4.0, &["aa ", "bb ", "cc"] as &[&str]),
        ("aa bb cc", 6.0, &["aa bb ", "cc"]),
        ("aa-bb|cc", 4.0, &["aa-", "bb|", "cc"]),
        ("/aa/bb", 4.0, &["/aa/bb"]),
        ("aaaaaa", 4.0, &["aaaaaa"]),
        ("한글로", 2.0, &["한글", "로"]),
        ("한\u{2060}글 로", 4.0, &["한\u{2060}글 ", "로"]),
    ] {
        assert_eq!(lines(html, limit), expected, "{html}");
    }
}
