//! Raw HTML in documents: structure and drawings pass, what is active goes and is told, unless the
//! site trusts it.
//!
//! Not here: the cleaner's rules one by one (`markdown::clean`).

use crate::harness::SiteTest;

const ACTIVE: &str = "# T\n\n글\n\n<script>steal()</script>\n\n<p onclick=\"x()\">문단 <b>굵게</b></p>\n\n\
    줄 속 <a href=\"javascript:x()\">나쁜</a> <img src=\"a.png\" onerror=\"x()\" alt=\"\">\n\n\
    <details><summary>더</summary>\n\n**안**\n\n</details>\n\n\
    <svg viewBox=\"0 0 9 9\" role=\"img\" aria-label=\"그림\"><path d=\"M0 0h9\"/><script>y()</script></svg>\n";

fn site(policy: &str) -> SiteTest {
    SiteTest::new()
        .file(
            "docsite.toml",
            format!("language = \"en\"\nhtml = {policy:?}\n"),
        )
        .doc("gw__note-a", ACTIVE)
}

#[test]
fn structure_and_drawings_pass_and_what_is_active_goes_and_is_reported_with_its_place() {
    let site = site("safe");
    let run = site.rebuild().ends(0);
    for (place, what) in [
        ("5:1", "<script>"),
        ("7:1", "onclick of <p>"),
        ("9:5", "href of <a>"),
        ("9:37", "onerror of <img>"),
        ("17:69", "<script>"),
    ] {
        let line = format!(
            "markdown/gw__note-a.md:{place}: warning[raw-html]: raw HTML: {what} is removed"
        );
        assert!(run.err.contains(&line), "no {line} in {}", run.err);
    }
    let page = site.page("public/gw__note-a.html");
    assert_eq!(page.count("article script, [onclick], [onerror]"), 0);
    assert!(!page.source.contains("javascript:") && !page.source.contains("steal"));
    assert_eq!(page.text("article p b"), "굵게");
    assert_eq!(page.text("details strong"), "안");
    assert_eq!(page.count("article svg[aria-label] path"), 1);
}

#[test]
fn a_site_that_trusts_raw_html_passes_everything_and_says_nothing() {
    let site = site("trusted");
    site.rebuild().ok();
    let page = site.read("public/gw__note-a.html");
    for text in [
        "<script>steal()</script>",
        "onclick=\"x()\"",
        "javascript:x()",
        "onerror=",
    ] {
        assert!(page.contains(text), "{text}");
    }
}

#[test]
fn elements_that_nest_beyond_reason_are_text_and_that_is_reported() {
    let text = format!("# T\n\n글\n\n{}안\n", "<div>".repeat(3000));
    let site = SiteTest::new().doc("gw__note-a", text);
    let run = site.rebuild().ends(0);
    run.complains("markdown/gw__note-a.md:5:1281: warning[raw-html]: raw HTML is nested too deep");
    let page = site.page("public/gw__note-a.html");
    assert!(page.count("article div") < 300);
    assert!(page.source.contains("&lt;div&gt;"));
}

#[test]
fn elements_that_a_document_leaves_open_do_not_swallow_the_page() {
    let text = "# T\n\n<div><b>열림\n\n<table><tr><td>x\n\n</main></body>\n\n## 뒤\n";
    let site = SiteTest::new().doc("gw__note-a", text);
    site.rebuild().ends(0);
    let page = site.page("public/gw__note-a.html");
    assert_eq!(page.count("body > footer"), 1);
    assert_eq!(page.count("article h2"), 1);
    assert_eq!(page.count("main > article"), 1);
}

#[test]
fn a_heading_keeps_its_id_against_raw_html() {
    let text = "# T\n\n<p id=\"설치\">먼저</p>\n\n## 설치\n\n<b id=x>1</b> <b id=x>2</b> <i id=ds.main>3</i> [갈](#설치)\n";
    let site = SiteTest::new().doc("gw__note-a", text);
    let run = site.rebuild().ends(0);
    let page = site.page("public/gw__note-a.html");
    assert_eq!(page.count("[id='설치']"), 1);
    assert_eq!(page.count("h2[id='설치']"), 1);
    assert_eq!(page.texts("[id=x]"), ["1"]);
    assert_eq!(page.count("[id='ds.main']"), 1);
    for place in ["3:1", "7:15", "7:29"] {
        let finding = format!("gw__note-a.md:{place}: warning[duplicate-id]");
        assert!(run.err.contains(&finding), "{finding}: {run:?}");
    }
}

#[test]
fn a_raw_table_scrolls_in_a_box_as_a_markdown_table_does() {
    let text = "# T\n\n<table><tr><td><table><tr><td>안</td></tr></table></td></tr></table>\n\n| a |\n|---|\n| b |\n";
    let site = SiteTest::new().doc("gw__note-a", text);
    site.rebuild().ends(0);
    let page = site.page("public/gw__note-a.html");
    assert_eq!(page.count("article div.scroll[tabindex='0'] > table"), 2);
    assert_eq!(page.count("article table"), 3);
}

#[test]
fn a_table_is_called_by_its_caption_its_heads_or_the_heading_above() {
    let text = "# T\n\n<table><caption>한도</caption><tr><th>x</th></tr></table>\n\n\
        <table><tr><th>이름</th><th>값</th></tr></table>\n\n## 포트 $n^2$\n\n\
        <table><tr><td>1</td></tr></table>\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n\
        |  |  |\n|---|---|\n| 1 | 2 |\n\n<pre>\nx\n</pre>\n";
    let site = SiteTest::new().doc("gw__note-a", text);
    site.rebuild().ends(0);
    let page = site.page("public/gw__note-a.html");
    assert_eq!(
        page.attrs("article .scroll", "aria-label"),
        [
            "Table: 한도",
            "Table: 이름, 값",
            "Table: 포트 n²",
            "Table: a, b",
            "Table: 포트 n²"
        ]
    );
    assert_eq!(page.attrs("article pre", "tabindex"), ["0"]);
}

#[test]
fn an_inline_drawing_loses_nothing_that_a_slots_picture_may_have() {
    let svg = "<svg viewBox=\"0 0 90 20\" width=\"90\" class=\"mine\"><defs><linearGradient id=\"g\" spreadMethod=\"reflect\"><stop offset=\"0\" stop-color=\"red\"/></linearGradient><clipPath id=\"c\" clipPathUnits=\"objectBoundingBox\"><rect width=\"1\" height=\"1\"/></clipPath><filter id=\"f\"><feGaussianBlur stdDeviation=\"1\"/></filter></defs><rect fill=\"url(#g)\" clip-path=\"url(#c)\" filter=\"url(#f)\" width=\"9\" height=\"9\"/><text textLength=\"40\" font-style=\"italic\">글</text></svg>";
    let text = format!(
        "# T\n\n{svg}\n\n앞 {svg} 뒤 <b title=\"{}\">x</b>\n",
        "<svg><path d='M0 0h9'/></svg>"
    );
    let site = SiteTest::new().doc("gw__note-a", text);
    let run = site.rebuild().ends(0);
    run.ok();
    let page = site.read("public/gw__note-a.html");
    for part in [
        "spreadMethod=\"reflect\"",
        "clipPathUnits=\"objectBoundingBox\"",
        "feGaussianBlur",
        "textLength=\"40\"",
        "font-style=\"italic\"",
        "class=\"mine\"",
    ] {
        assert_eq!(page.matches(part).count(), 2, "{part}: {page}");
    }
    for id in ["ds.svg.1.g", "ds.svg.2.g"] {
        assert!(page.contains(&format!("id=\"{id}\"")), "{id}");
        assert!(page.contains(&format!("url(#{id})")), "{id}");
    }
    // A drawing in an attribute is text.
    assert!(!page.contains("ds.svg.3"), "{page}");
}

#[test]
fn a_table_within_a_sentence_ends_the_paragraph() {
    let text = "# A\n\n앞 <b>글</b> <table><tr><td>칸</td></tr></table> 뒤\n\n끝\n";
    let site = SiteTest::new().doc("gw__note-a", text);
    site.rebuild().ends(0);
    let html = site.read("public/gw__note-a.html");
    let body = html
        .split_once("<article")
        .unwrap()
        .1
        .split_once("</article>")
        .unwrap()
        .0;
    let before = body.split_once("<div class=\"scroll\"").unwrap().0;
    assert_eq!(
        before.matches("<p>").count(),
        before.matches("</p>").count(),
        "{body}"
    );
    assert_eq!(
        body.matches("<p>").count(),
        body.matches("</p>").count(),
        "{body}"
    );
}

#[test]
fn an_inline_drawing_can_be_seen_in_both_color_schemes() {
    let icon =
        "<svg viewBox=\"0 0 24 24\" width=\"24\" height=\"2em\"><path d=\"M2 2h20v20z\"/></svg>";
    let chosen = "<svg viewBox=\"0 0 9 9\"><path d=\"M0 0h9v9z\" fill=\"light-dark(#111, #eee)\"/><text fill=\"#123\">a</text></svg>";
    let card = "<svg viewBox=\"0 0 90 40\"><rect width=\"90\" height=\"40\" fill=\"#e0f2fe\" stroke=\"#1e3a8a\"/><text x=\"9\" y=\"20\" id=\"t\">글</text></svg>";
    let site = SiteTest::new().doc(
        "gw__note-a",
        format!("# T\n\n{icon}\n\n{chosen}\n\n앞 {card} 뒤\n"),
    );
    site.rebuild().ok();
    let page = site.read("public/gw__note-a.html");
    // Black is the page's ink; the author's size stays.
    assert!(
        page.contains("<svg viewBox=\"0 0 24 24\" width=\"24\" height=\"2em\"><path d=\"M2 2L22 2L22 22Z\" fill=\"var(--ink)\"/></svg>"),
        "{page}"
    );
    // Who chose colours for both schemes chose all of them.
    assert!(page.contains("fill=\"#123\""), "{page}");
    for part in [
        "fill=\"light-dark(#e0f2fe, #",
        "stroke=\"light-dark(#1e3a8a, #",
        "id=\"ds.svg.3.t\"",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
}

#[test]
fn what_an_inline_drawing_loses_is_reported() {
    let text = "# T\n\n<svg viewBox=\"0 0 9 9\"><path d=\"M0 0h9\" onclick=\"x()\"/><script>x()</script></svg>\n";
    let site = SiteTest::new().doc("gw__note-a", text);
    let run = site.rebuild().ends(0);
    for finding in [
        "3:41: warning[raw-html]: raw HTML: onclick of <path>",
        "3:56: warning[raw-html]: raw HTML: <script>",
    ] {
        assert!(run.err.contains(finding), "{finding}: {run:?}");
    }
    assert!(!site.read("public/gw__note-a.html").contains("x()"));
}

#[test]
fn a_drawing_among_words_ends_with_their_block_and_hides_nothing_after_it() {
    let text = "# T\n\n앞 <svg><path d=\"M0 0\">\n## 다음\n</svg>\n\n남는 글\n\n- 하나 <svg>\n- </svg> 둘\n\n끝 <b>굵게</b>\n";
    let site = SiteTest::new().doc("gw__note-a", text);
    site.rebuild().ends(0);
    let page = site.page("public/gw__note-a.html");
    let body = page.text("article");
    for words in ["앞", "다음", "남는 글", "하나", "둘", "끝", "굵게"] {
        assert_eq!(body.matches(words).count(), 1, "{words}: {body}");
    }
    assert_eq!(page.count("article svg h2, article svg p"), 0);
}

/// As in a table of Markdown: a column of text is not as narrow as its longest word.
#[test]
fn a_longer_text_in_a_raw_table_has_room_for_a_few_words_in_a_line() {
    let text = "# A\n\n<div class=\"tbl\">\n<table><tr><th>플래그</th><td>2</td>\n\
                <td>워커 스레드의 수를 정한다.</td><td class=\"num\">워커 스레드의 수를 정한다.</td></tr></table>\n</div>\n";
    let site = SiteTest::new().doc("gw__note-a", text);
    site.rebuild().ok();
    let page = site.page("public/gw__note-a.html");
    assert_eq!(
        page.texts(".tbl .scroll td.w"),
        ["워커 스레드의 수를 정한다."]
    );
    assert_eq!(page.count(".tbl th, .tbl td"), 4);
}
