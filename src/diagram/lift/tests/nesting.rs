//! Which element is inside which.

use crate::diagram::lift::tree::Tree;

/// The elements and texts of a page: `p(b("x"))`.
fn nested(html: &str) -> String {
    let tree = Tree::new(html);
    let mut out = String::new();
    let mut open = Vec::new();
    for node in tree.inside(0) {
        while open.pop_if(|end| *end <= node).is_some() {
            out.push(')');
        }
        if !out.is_empty() && !out.ends_with('(') {
            out.push(' ');
        }
        match tree.text(node) {
            Some(text) => out.push_str(&format!("{text:?}")),
            None => out.push_str(tree.name(node)),
        }
        if tree.end(node) > node + 1 {
            out.push('(');
            open.push(tree.end(node));
        }
    }
    out + &")".repeat(open.len())
}

#[test]
fn elements_are_nested_as_in_a_browser() {
    for (html, expected) in [
        ("<p>a<B>b</b></P>c", "p(\"a\" b(\"b\")) \"c\""),
        (
            "<p>a<p>b<div>c</div>d",
            "p(\"a\") p(\"b\") div(\"c\") \"d\"",
        ),
        ("<p>a<b>b<h2>c", "p(\"a\" b(\"b\")) h2(\"c\")"),
        (
            "<ul><li>a<ul><li>b</ul>c<li>d</ul>e",
            "ul(li(\"a\" ul(li(\"b\")) \"c\") li(\"d\")) \"e\"",
        ),
        (
            "<dl><dt>a<dd>b<dt>c</dl>",
            "dl(dt(\"a\") dd(\"b\") dt(\"c\"))",
        ),
        (
            "<table><caption>a<tr><td>b<td><p>c<tr><th>d<tbody><tr><td>e</table>f",
            "table(caption(\"a\") tr(td(\"b\") td(p(\"c\"))) tr(th(\"d\")) tbody(tr(td(\"e\")))) \"f\"",
        ),
        (
            "<table><tr><td><table><tr><td>a</table>b<td>c</table>",
            "table(tr(td(table(tr(td(\"a\"))) \"b\") td(\"c\")))",
        ),
        ("<a href=x>a<a href=y>b</a>c", "a(\"a\") a(\"b\") \"c\""),
        ("<b><i>a</b>b</i>c", "b(i(\"a\")) \"b\" \"c\""),
        ("</p>a</b></svg>", "\"a\""),
        ("a<br>b<img/>c", "\"a\" br \"b\" img \"c\""),
        // In SVG, a title or style has content like any element, until HTML begins again.
        ("<svg><g/><title>a<b>b", "svg(g title(\"a\" b(\"b\")))"),
        ("<svg><style><g></style></svg>a", "svg(style(g)) \"a\""),
        ("<svg><g><p>a</g></svg>b", "svg(g) p(\"a\" \"b\")"),
        (
            "<svg><foreignObject><p>a<p>b</foreignObject><g/></svg>",
            "svg(foreignobject(p(\"a\") p(\"b\")) g)",
        ),
        ("<svg><svg></svg><g/></svg><g>a", "svg(svg g) g(\"a\")"),
        (
            "<title><b></title><style><svg>",
            "title(\"<b>\") style(\"<svg>\")",
        ),
        ("<p title=\"<svg>\" a='</p>' b=<x>a", "p(\"a\")"),
        ("1 &lt; 2<!-- <svg> -->&amp;<p", "\"1 < 2\" \"&\""),
        ("<script>&lt;</script>", "script(\"&lt;\")"),
    ] {
        assert_eq!(nested(html), expected, "{html}");
    }
}

#[test]
fn what_nests_beyond_all_use_has_no_content() {
    let html = format!("{}x{}<p>y", "<div>".repeat(2000), "</div>".repeat(2000));
    let nested = nested(&html);
    assert_eq!(nested.matches("div(").count(), 511);
    assert!(nested.ends_with(" p(\"y\")"), "{nested}");
}
