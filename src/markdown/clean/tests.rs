//! Tests of the cleaner on single pieces and across pieces.
//!
//! Not here: hostile input against a browser and another cleaner (`tests/it/hostile.rs`).

use super::drawings::drawings;
use super::{Cleaner, DEEPEST, Loss, Page, TableBox, join};
use crate::markdown::raw;

/// A page that changes nothing.
struct Plain;

impl Page for Plain {
    fn address(&self, _: &str) -> Option<String> {
        None
    }

    fn take_id(&mut self, _: &str) -> bool {
        true
    }

    fn picture(&mut self, _: &str) -> Option<String> {
        None
    }
}

/// The pieces cleaned one after the other, each but the first in a paragraph of Markdown of its own.
fn clean(pieces: &[&str]) -> String {
    let mut cleaner = Cleaner::new(
        TableBox {
            open: |_, _| "[".to_owned(),
            close: "]",
            word: "",
            heading: String::new(),
        },
        ["open", "done"],
    );
    let mut out = String::new();
    for (at, piece) in pieces.iter().enumerate() {
        if at > 0 {
            out.push_str(&cleaner.enter("p"));
            assert!(!cleaner.hides(), "{pieces:?}");
            out.push_str("<p>m");
            out.push_str(&cleaner.leave());
            out.push_str("</p>");
        }
        join(&cleaner.block(piece).parts, &mut out, &mut Plain);
    }
    out + &cleaner.finish()
}

fn removed(piece: &str) -> Vec<(usize, String, bool)> {
    let losses = Cleaner::default().raw(piece).read.losses;
    let removals = losses.into_iter().filter_map(|loss| match loss {
        Loss::Removed(removal) => Some((removal.offset, removal.what, removal.is_unknown)),
        Loss::TooDeep { .. } => None,
    });
    removals.collect()
}

#[test]
fn structure_and_drawings_pass() {
    for html in [
        "<details open=\"\"><summary>더</summary><p>글</p></details>",
        "<svg viewBox=\"0 0 9 9\" role=\"img\" aria-label=\"그림\"><path d=\"M0 0h9\" fill=\"url(#a)\"></path></svg>",
        "<svg><linearGradient gradientUnits=\"userSpaceOnUse\"></linearGradient><use href=\"#a\"></use></svg>",
        "<a class=\"ext\" href=\"https://istio.io\" rel=\"noopener\">x &amp; y &copy;</a>",
        "<ruby>漢<rp>(</rp><rt>한</rt><rp>)</rp></ruby>",
        "<div class=\"scroll\"><table><tbody><tr><td>x</td></tr></tbody></table></div>",
        "<dl><dt>a</dt><dd>b<br>c</dd></dl>",
    ] {
        assert_eq!(clean(&[html]), html);
    }
}

#[test]
fn what_runs_or_loads_goes() {
    for (html, cleaned) in [
        ("<p>a<script>alert(1)</script>b</p>", "<p>ab</p>"),
        (
            "<p onclick=\"x()\" style=\"position:fixed\">a</p>",
            "<p>a</p>",
        ),
        ("<a href=\"javascript:x()\">a</a>", "<a>a</a>"),
        ("<a href=\"java&Tab;script&colon;x()\">a</a>", "<a>a</a>"),
        (
            "<svg><animate onbegin=\"x()\"></animate></svg>",
            "<svg></svg>",
        ),
        (
            "<svg><rect fill=\"url(https://e.example/x)\"/></svg>",
            "<svg><rect></rect></svg>",
        ),
        (
            "<svg><rect fill=\"url(#a) url(//x)\"/></svg>",
            "<svg><rect></rect></svg>",
        ),
        (
            "<svg><rect fill=\"u\\72l(//x)\"/></svg>",
            "<svg><rect></rect></svg>",
        ),
        (
            "<svg><use href=\"other.svg#a\"></use></svg>",
            "<svg><use></use></svg>",
        ),
        ("<svg><script/>a<style>b</style></svg>", "<svg>a</svg>"),
        ("</article></main><p>x", "<p>x</p>"),
        ("<b>open", "<b>open</b>"),
        (
            "<input type=text><input type=CHECKBOX checked>",
            "<input type=\"checkbox\" disabled=\"\" checked=\"\" aria-label=\"done\">",
        ),
        ("<template><p>x</p><template></template>y</template>z", "z"),
        ("a <b title=\"> x</b>", "a &lt;b title=\"&gt; x&lt;/b&gt;"),
        ("Vec<String> a<3", "Vec a&lt;3"),
        (
            "<path d=x>a</path><svg><p>b</p></svg>",
            "a<svg></svg><p>b</p>",
        ),
        (
            "<svg><title>a<b>c</title><desc><p>d</desc></svg>",
            "<svg><title>ac</title><desc>d</desc></svg>",
        ),
        (
            "<svg><![CDATA[<b>&lt;]]></svg>",
            "<svg>&lt;b&gt;&amp;lt;</svg>",
        ),
        (
            "<p data-x=1 data-<b=2 aria-label=\"<img src=x>\">",
            "<p data-x=\"1\" aria-label=\"&lt;img src=x&gt;\"></p>",
        ),
    ] {
        assert_eq!(clean(&[html]), cleaned, "{html}");
    }
}

#[test]
fn a_stray_item_ends_where_a_block_of_markdown_begins() {
    assert_eq!(
        clean(&["<li>a", "b", "<li>c"]),
        "<div>a</div><p>m</p>b<p>m</p><div>c</div>"
    );
}

#[test]
fn elements_end_where_a_browser_ends_them() {
    for (html, cleaned) in [
        ("<p>a<p>b<div>c</div>", "<p>a</p><p>b</p><div>c</div>"),
        ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
        (
            "<dl><dt>a<dd>b<dt>c</dl>",
            "<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>",
        ),
        ("<h3>a<h4>b</h4>", "<h3>a</h3><h4>b</h4>"),
        ("<h1>a</h2>", "<h2>a</h2>"),
        (
            "<a href=x>b<a href=y>c</a></a>",
            "<a href=\"x\">b</a><a href=\"y\">c</a>",
        ),
        ("<b><i>a</b>c</i>", "<b><i>a</i></b>c"),
        ("<b>1<div>2</b>3</div>4", "<b>1<div>23</div></b>4"),
        ("<span><p>a</span>b</p>c", "<span><p>ab</p></span>c"),
        (
            "<ruby>a<rp>(<rt>b<rp>)</ruby>",
            "<ruby>a<rp>(</rp><rt>b</rt><rp>)</rp></ruby>",
        ),
        ("</p></br><div/>a", "<br><div>a</div>"),
        (
            "<ul>a<div>b</div><li>c</ul>",
            "<ul><li>a<div>b</div></li><li>c</li></ul>",
        ),
        ("<dl>a<dt>b</dl>", "<dl><dd>a</dd><dt>b</dt></dl>"),
        (
            "<dl><div><dt>a<dd>b</div></dl>",
            "<dl><div><dt>a</dt><dd>b</dd></div></dl>",
        ),
        ("<li>a</li><li>b</li>c", "<div>a</div><div>b</div>c"),
        (
            "<figcaption>a</figcaption><summary>b</summary>",
            "<div>a</div><div>b</div>",
        ),
        (
            "<bdo>a</bdo><bdo dir=rtl>b</bdo>",
            "<span>a</span><bdo dir=\"rtl\">b</bdo>",
        ),
        ("<img src=\" a b.png\">", "<img src=\"a%20b.png\" alt=\"\">"),
    ] {
        assert_eq!(clean(&[html]), cleaned, "{html}");
    }
}

#[test]
fn tables_have_all_of_their_parts_and_a_box() {
    for (html, cleaned) in [
        (
            "<table><tr><td>a<td>b<tr><th>c</table>d",
            "[<table><tbody><tr><td>a</td><td>b</td></tr><tr><th>c</th></tr></tbody></table>]d",
        ),
        (
            "<table><caption>a<col><td>b</table>",
            "[<table><caption>a</caption><colgroup><col></colgroup><tbody><tr><td>b</td></tr></tbody></table>]",
        ),
        (
            "<table>a<tr>b<img>",
            "[<table><tbody><tr><td>a</td></tr><tr><td>b<img alt=\"\"></td></tr></tbody></table>]",
        ),
        (
            "<table><tr><td><table><td>a</table></table>",
            "[<table><tbody><tr><td><table><tbody><tr><td>a</td></tr></tbody></table></td></tr></tbody></table>]",
        ),
        (
            "<table><table><td>a",
            "[<table></table>][<table><tbody><tr><td>a</td></tr></tbody></table>]",
        ),
        ("<td>a</td><tr>b", "ab"),
        (
            "<table><td><div>a</td>b</table>",
            "[<table><tbody><tr><td><div>a</div></td><td>b</td></tr></tbody></table>]",
        ),
    ] {
        assert_eq!(clean(&[html]), cleaned, "{html}");
    }
}

#[test]
fn what_is_open_goes_on_over_markdown_and_ends_with_the_document() {
    for (pieces, cleaned) in [
        (
            ["<details><summary>a</summary>", "</details>b"],
            "<details><summary>a</summary><p>m</p></details>b",
        ),
        (["<p>a", "</p>b"], "<p>a</p><p>m</p>b"),
        (["<div><b>", "c"], "<div><b><p>m</p>c</b></div>"),
        (
            ["<table>\n", "<td>a</table>"],
            "[<table>\n<tbody><tr><td><p>m</p></td><td>a</td></tr></tbody></table>]",
        ),
        (["<!-- a", "b --> c"], "<p>m</p>b --&gt; c"),
    ] {
        assert_eq!(clean(&pieces), cleaned, "{pieces:?}");
    }
}

#[test]
fn an_element_that_goes_takes_nothing_behind_its_block() {
    for (pieces, cleaned) in [
        (["<object>a", "b</object>c"], "<p>m</p>bc"),
        (["<script>a", "b</script>c"], "<p>m</p>bc"),
        (
            ["<div><iframe>a", "</iframe></div>b"],
            "<div><p>m</p></div>b",
        ),
        (
            ["<div>\n<style>", "</style>\n</div>"],
            "<div>\n<p>m</p>\n</div>",
        ),
        (["a<iframe/>b", "<b>c</b>"], "a<p>m</p><b>c</b>"),
        (["<template><noscript>", "</template>a"], "<p>m</p>a"),
    ] {
        assert_eq!(clean(&pieces), cleaned, "{pieces:?}");
    }
}

#[test]
fn an_element_that_goes_among_words_ends_where_a_block_begins_or_ends() {
    let mut cleaner = Cleaner::default();
    for name in ["p", "ul", "li"] {
        cleaner.enter("li");
        cleaner.raw("<script>");
        assert!(cleaner.hides());
        cleaner.enter("em");
        assert!(cleaner.hides());
        cleaner.leave();
        assert!(cleaner.hides());
        cleaner.enter(name);
        assert!(!cleaner.hides(), "{name}");
        cleaner.raw("<object>");
        assert!(cleaner.hides());
        cleaner.leave();
        assert!(!cleaner.hides(), "{name}");
    }
}

#[test]
fn raw_html_cannot_end_the_markdown_around_it_and_ends_with_it() {
    let mut cleaner = Cleaner::default();
    let mut out = String::new();
    let mut raw = |cleaner: &mut Cleaner, piece: &str| {
        join(&cleaner.raw(piece).parts, &mut out, &mut Plain);
        std::mem::take(&mut out)
    };
    assert_eq!(cleaner.enter("td"), "");
    assert_eq!(cleaner.enter("a"), "");
    assert_eq!(
        raw(&mut cleaner, "<a href=x><b>x</a></td></table><td>y"),
        "<b>xy"
    );
    assert_eq!(cleaner.leave(), "</b>");
    assert_eq!(raw(&mut cleaner, "<script>"), "");
    assert_eq!(cleaner.enter("strong"), "");
    assert!(cleaner.hides());
    assert_eq!((cleaner.leave(), cleaner.hides()), (String::new(), true));
    assert_eq!((cleaner.leave(), cleaner.hides()), (String::new(), false));
    assert_eq!(raw(&mut cleaner, "<i>z"), "<i>z");
    assert_eq!(cleaner.finish(), "</i>");
}

#[test]
fn bold_words_links_and_headings_of_markdown_hold_no_block() {
    for (block, around) in [("p", "strong"), ("p", "em"), ("p", "a"), ("div", "h2")] {
        let mut cleaner = Cleaner::default();
        let mut out = cleaner.enter(block) + &cleaner.enter(around);
        let cleaned = cleaner.raw("a<table><tr><td>b</td></tr></table><div>c</div><i>d</i><br>");
        assert_eq!(cleaned.read.losses.len(), 2, "{around}: {:?}", cleaned.read);
        join(&cleaned.parts, &mut out, &mut Plain);
        assert_eq!(out, "abc<i>d</i><br>", "{around}");
        assert_eq!(cleaner.leave(), "", "{around}");
    }
}

#[test]
fn what_goes_is_reported_with_its_place() {
    let shown = |html| {
        let list = removed(html).into_iter();
        list.map(|(offset, what, is_unknown)| {
            format!("{offset} {what}{}", if is_unknown { "?" } else { "" })
        })
        .collect::<Vec<_>>()
    };
    for (html, what) in [
        (
            "<p>x</p>\n<iframe src=\"//x\"></iframe><a href=\"java\tscript:x\" onclick=x>",
            vec!["9 <iframe>", "36 href of <a>", "36 onclick of <a>"],
        ),
        ("<details><summary>a</summary>b</details>", vec![]),
        (
            "<td bgcolor=red align=right valign=top width=9>x</td>",
            vec![],
        ),
        (
            "<table><td bgcolor=red align=right valign=top width=9>x</td>",
            vec!["7 bgcolor of <td>"],
        ),
        ("<a href=x target=_blank>x</a>", vec!["0 target of <a>"]),
        ("<input type=checkbox checked>", vec![]),
        ("<input type=text>", vec!["0 <input>"]),
        (
            "<svg viewBox='0 0 9 9' xmlns='http://www.w3.org/2000/svg'><clipPath id=a clipPathUnits=userSpaceOnUse></clipPath><text textLength=9 font-style=italic>x</text></svg>",
            vec![],
        ),
        (
            "Vec<String> <your-name> <iframe>",
            vec!["3 <String>?", "12 <your-name>?", "24 <iframe>"],
        ),
    ] {
        assert_eq!(shown(html), what, "{html}");
    }
}

/// A page that moves every link, has one id, and draws what has a link.
struct Moved;

impl Page for Moved {
    fn address(&self, written: &str) -> Option<String> {
        Some(format!("to/{written}"))
    }

    fn take_id(&mut self, id: &str) -> bool {
        id != "q"
    }

    fn picture(&mut self, svg: &str) -> Option<String> {
        svg.contains("href").then(|| format!("({svg})"))
    }
}

#[test]
fn links_ids_and_pictures_are_left_to_the_page() {
    let piece = "<a href=x.md name=n id=n>l</a><img src='javascript:x'><svg><a href=y></a></svg><p id=q><svg/><svg><g onclick=x></svg>";
    let cleaned = Cleaner::default().raw(piece);
    let mut out = String::new();
    join(&cleaned.parts, &mut out, &mut Moved);
    assert_eq!(
        out,
        "<a href=\"to/x.md\" name=\"n\" id=\"n\">l</a><img alt=\"\">(<svg><a href=\"to/y\"></a></svg>)<p><svg></svg><svg><g></g></svg>"
    );
}

/// What is gathered while cleaning is what a reader of HTML finds that cleans nothing.
#[test]
fn links_and_ids_are_read_as_they_are_written() {
    for piece in [
        "<a href=x.md name=n id=n>l</a><img src='javascript:x' alt=a><p id=q>",
        "<object id=o><a href=x id=a><img src=y></a></object><form id=f><a href=z>",
        "<script id=s>'<a href=x id=a>'</script><style><img src=x></style><p id=p>",
        "<!-- <a href=x> --><p title=\"<a href=y>\"><a href='z&ouml;&#246;?a&amp;b&copy=1'>",
        "<A HREF=x NAME=N\nhref=y><a name=''><a id='' name=m><a href><a href=unfinished",
        "<textarea><a href=x></textarea><iframe><a href=y></iframe><template><a href=z id=t>",
        "<template id=a><p><a href=b></template></template><td><a href=c>",
        "<template><script></template><a href=x></script><a href=y></template><a href=z>",
        "<object><textarea><a href=x></textarea><iframe><a href=y></iframe><a href=z></object>",
        "<p><svg><a href=y><text>x</text></a><img src=z></svg><svg><a href=w>",
        "<svg><title><a href=a></title><![CDATA[<a href=b>]]><a xlink:href=c></a></svg>",
        "<a href=a><a href=b><table><a href=c><tr><a href=d></table>",
    ] {
        let read = Cleaner::default().raw(piece).read;
        let raw = raw::read(piece);
        assert_eq!(read.links, raw.links, "{piece}");
        assert_eq!(read.ids, raw.ids, "{piece}");
    }
    let read = Cleaner::default()
        .raw("<p id=a><svg id=b><g id=c></svg><svg id=d>")
        .read;
    assert_eq!(read.ids, [("a".to_owned(), 0), ("d".to_owned(), 32)]);
    assert_eq!(read.drawings.first(), Some(&(8..32)));
    assert_eq!(read.drawings.len(), 1);
}

#[test]
fn whole_drawings_are_found_where_a_browser_sees_them() {
    let html =
        "<!-- <svg></svg> --><p title=\"<svg></svg>\"><SVG><g><svg></svg></g></SVG> x <svg> y";
    let found: Vec<&str> = drawings(html).into_iter().map(|span| &html[span]).collect();
    assert_eq!(found, ["<SVG><g><svg></svg></g></SVG>"]);
}

#[test]
fn what_nests_too_deep_is_text() {
    let html = format!("{}a{}b", "<div>".repeat(300), "</div>".repeat(300));
    let cleaned = clean(&[&html]);
    assert_eq!(cleaned.matches("<div>").count(), DEEPEST);
    assert_eq!(cleaned.matches("</div>").count(), DEEPEST);
    assert_eq!(cleaned.matches("&lt;div&gt;").count(), 44);
    assert_eq!(cleaned.matches("&lt;/div&gt;").count(), 44);
    assert!(cleaned.ends_with("</div>b"));
}

#[test]
fn much_of_anything_is_quick() {
    let start = std::time::Instant::now();
    for unit in [
        "<",
        "<b>",
        "</b>",
        "<!--",
        "<!-- -->",
        "<a ",
        "<svg>",
        "<svg></svg>",
        "<script>",
        "</script",
        "<td>",
        "<table>",
        "<p id=a>",
        "&",
        "&amp",
        "<![CDATA[",
        "<a x=\"",
        "<svg><desc>",
        "<b><div></b>",
        "<a a=1 b=2",
    ] {
        let text = unit.repeat(200_000 / unit.len());
        assert!(clean(&[&text]).len() < 5_000_000, "{unit}");
    }
    let attributes: Vec<String> = (0..20_000).map(|at| format!("data-a{at}=1")).collect();
    clean(&[&format!("<p {}>", attributes.join(" "))]);
    let seconds = start.elapsed().as_secs();
    assert!(seconds < 30, "{seconds} s");
}
