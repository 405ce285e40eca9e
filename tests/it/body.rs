//! The body of a page, feature by feature: what an author writes, and what a reader gets.
//!
//! Not here: `CommonMark` itself (`commonmark`), emphasis (`emphasis`), code, and raw HTML (`raw`).

use crate::harness::{Run, SiteTest};
use crate::reader::Page;

const HEAD: &str = "# T\n\n";

fn site(language: &str, text: &str) -> SiteTest {
    SiteTest::new()
        .file("docsite.toml", format!("language = {language:?}\n"))
        .doc("gw__note-a", format!("{HEAD}{text}"))
}

fn built(site: &SiteTest) -> (Run, Page) {
    let run = site.rebuild().ends(0);
    (run, site.page("public/gw__note-a.html"))
}

fn page(text: &str) -> Page {
    let (run, page) = built(&site("en", text));
    run.ok();
    page
}

#[test]
fn a_bare_address_is_a_marked_link_that_sends_no_referrer() {
    let page = page("https://istio.io/docs를 본다. www.envoyproxy.io, `https://a.io`\n");
    assert_eq!(
        page.attrs("article a", "href"),
        ["https://istio.io/docs", "https://www.envoyproxy.io"]
    );
    assert_eq!(page.attrs("article a", "class"), ["ext bare", "ext bare"]);
    assert_eq!(page.attrs("article a", "rel"), ["noopener", "noopener"]);
    assert!(
        page.text("article p")
            .starts_with("https://istio.io/docs를 본다.")
    );
}

#[test]
fn gfm_tables_tasks_and_strikethrough() {
    let page = page("| a | b |\n|:-:|--:|\n| 1 | ~~2~~ |\n\n- [x] done\n- [ ] open\n");
    assert_eq!(
        page.attrs(".scroll[tabindex='0'] td", "class"),
        ["center", "right"]
    );
    assert_eq!(page.text("td del"), "2");
    assert_eq!(page.count("li.task input[type=checkbox][disabled]"), 2);
    assert_eq!(page.count("li.task input[checked]"), 1);
}

#[test]
fn the_link_of_a_heading_is_called_by_it() {
    let page = page("## Proxy `a<b>`\n");
    assert_eq!(
        page.attrs("h2 .anchor", "aria-label"),
        ["Link to this section: Proxy a<b>"]
    );
}

#[test]
fn a_head_without_words_is_a_cell() {
    let page = page(
        "| | a |\n|--|--|\n| 1 | 2 |\n\n<table><tr><th> &nbsp;</th><th>b</th></tr><tr><th><td>3</table>\n",
    );
    assert_eq!(page.texts("th"), ["a", "b"]);
    assert_eq!(page.count("td"), 6);
}

#[test]
fn long_words_in_cells_of_all_tables_have_places_to_break() {
    let page = page(
        "RequestAuthentication\n\n| *RequestAuthentication* |\n|--|\n| foo_bar_baz_qux_quux |\n\n\
         <table><tr><td><code>RequestAuthentication</code> a.b</td></tr></table>\n\n\
         <table><tr><td>\n\nRequestAuthentication\n\n</td></tr></table>\n",
    );
    assert_eq!(page.count("p > wbr"), 1);
    assert_eq!(page.count("th wbr"), 1);
    assert_eq!(page.count("tbody wbr"), 6);
    assert_eq!(page.count("td code wbr"), 1);
}

#[test]
fn footnotes_are_numbered_in_the_order_of_the_text_and_link_back() {
    let page = page("A[^b] B[^a] C[^b]\n\n[^a]: first\n[^b]: second **note**\n");
    assert_eq!(page.texts("sup.fn"), ["1", "2", "1"]);
    assert_eq!(page.attrs("sup.fn a", "href"), ["#fn.1", "#fn.2", "#fn.1"]);
    assert_eq!(page.texts(".notes li"), ["second note ↩ ↩2", "first ↩"]);
    assert_eq!(
        page.attrs(".notes a", "href"),
        ["#fnref.1", "#fnref.1.2", "#fnref.2"]
    );
}

#[test]
fn a_footnote_without_its_text_is_a_finding_and_stays_text() {
    let (run, page) = built(&site("en", "여기[^none] `[^code]`\n"));
    run.complains(
        "markdown/gw__note-a.md:3:3: warning[undefined-footnote]: footnote `[^none]` has no text",
    );
    assert_eq!(page.text("article p"), "여기[^none] [^code]");
}

#[test]
fn the_five_alerts_have_their_titles_in_the_language_of_the_site() {
    let text: String = ["NOTE", "tip", "Important", "WARNING", "CAUTION"]
        .map(|kind| format!("> [!{kind}]\n> body *of* {kind}\n\n"))
        .concat();
    for (language, titles) in [
        ("ko", ["참고", "도움말", "중요", "주의", "위험"]),
        ("en", ["Note", "Tip", "Important", "Warning", "Caution"]),
    ] {
        let (run, page) = built(&site(language, &text));
        run.ok();
        assert_eq!(page.texts("aside.alert > .alert-title"), titles);
        let classes = ["note", "tip", "important", "warning", "caution"];
        let shown = page.attrs("aside.alert", "class");
        assert_eq!(shown, classes.map(|class| format!("alert {class}")));
        assert_eq!(page.texts("aside.alert > p:last-child")[1], "body of tip");
        assert_eq!(page.count("blockquote"), 0);
    }
}

#[test]
fn an_alert_takes_a_title_after_its_marker_and_any_block_after_its_first_line() {
    let page = page(
        "> [!WARNING] **포트** `15001`은 [여기](https://istio.io)\n> 첫 문단\n>\n> - 항목\n\n\
         > [!TIP]\n>\n> ```yaml\n> a: 1\n> ```\n\n> [!NOTE] only a title\n",
    );
    assert_eq!(
        page.texts(".alert-title"),
        ["포트 15001은 여기", "Tip", "only a title"]
    );
    assert_eq!(page.text(".warning .alert-title strong"), "포트");
    assert_eq!(page.text(".warning > p:nth-of-type(2)"), "첫 문단");
    assert_eq!(page.text(".warning li"), "항목");
    assert_eq!(page.text(".tip code"), "a: 1");
    assert_eq!(page.count(".note > *"), 1);
}

#[test]
fn a_kind_of_ones_own_is_a_note_under_its_name_and_an_alert_may_fold() {
    let page = page(
        "> [!예시]\n> a\n\n> [!EXAMPLE] 제목\n> b\n\n> [!faq]- 왜?\n> c\n\n> [!note]+\n> d\n\n\
         > [!] e\n\n> [!NOTE](x) f\n\n> plain\n",
    );
    assert_eq!(
        page.texts(".alert.note .alert-title"),
        ["예시", "제목", "왜?", "Note"]
    );
    assert_eq!(page.texts("details.alert > summary"), ["왜?", "Note"]);
    assert_eq!(page.count("details.alert[open]"), 1);
    assert_eq!(page.count("blockquote"), 3);
}

#[test]
fn definition_lists_and_heading_attributes() {
    let page =
        page("용어\n: 뜻 하나\n: 뜻 둘\n\n## 제목 {#my-id .wide onclick=x}\n\n[가기](#my-id)\n");
    assert_eq!(page.texts("dl dt, dl dd"), ["용어", "뜻 하나", "뜻 둘"]);
    assert_eq!(page.attrs("article h2", "id"), ["my-id"]);
    assert_eq!(page.attrs("article h2", "class"), ["wide"]);
    assert_eq!(page.count("[onclick]"), 0);
}

#[test]
fn headings_have_githubs_ids_numbered_and_an_anchor() {
    let page =
        page("## 설정 (기본)\n\n## Set Up\n\n## 설정 (기본)\n\n## \u{1112}\u{1161}\u{11ab}글\n");
    let ids = ["설정-기본", "set-up", "설정-기본-1", "한글"];
    assert_eq!(page.attrs("article h2", "id"), ids);
    let anchors = ids.map(|id| format!("#{id}"));
    assert_eq!(page.attrs("article h2 a.anchor", "href"), anchors);
}

#[test]
fn a_wikilink_is_a_mark_with_a_tooltip() {
    let site = site("en", "[[gw__note-a]] ![[p.png]] [[x|라벨]]\n");
    let (run, page) = built(&site);
    run.ok();
    assert_eq!(
        page.texts("article span.wiki"),
        ["gw__note-a", "p.png", "라벨"]
    );
    assert_eq!(page.attrs("article span.wiki", "title"), ["Wiki link"; 3]);
    assert_eq!(page.count("article a, article img"), 0);
}

#[test]
fn wikilinks_link_to_basenames_headings_and_titles_where_the_settings_say_so() {
    let text = "# 가\n\n[[gw__guide-b]] [[gw__guide-b#Deep End|라벨]] [[둘째 문서]] \
        [[gw__guide-b#deep-end]] [[#끝]] [[none]] [[gw__guide-b#none]] ![[p.svg]] ![[둘째 문서]]\n\n## 끝\n";
    let site = SiteTest::new()
        .file("docsite.toml", "language = \"en\"\nwikilinks = \"link\"\n")
        .file("attachment/x/p.svg", "<svg viewBox=\"0 0 40 20\"/>")
        .doc("gw__note-a", text)
        .doc("gw__guide-b", "# 둘째 문서\n\n## Deep End\n");
    site.rebuild().ok();
    let page = site.page("public/gw__note-a.html");
    assert_eq!(
        page.attrs("article p > a", "href"),
        [
            "gw__guide-b.html",
            "gw__guide-b.html#deep-end",
            "gw__guide-b.html",
            "gw__guide-b.html#deep-end",
            "gw__note-a.html#%EB%81%9D",
            "gw__guide-b.html",
        ]
    );
    assert_eq!(
        page.texts("article p > a"),
        [
            "둘째 문서",
            "라벨",
            "둘째 문서",
            "둘째 문서 › Deep End",
            "끝",
            "둘째 문서"
        ]
    );
    assert_eq!(
        page.texts("article span.gone"),
        ["none", "gw__guide-b#none"]
    );
    assert_eq!(
        page.attrs("article span.gone", "title"),
        ["no such document", "no such heading"]
    );
    assert_eq!(page.attrs("article img", "src"), ["attachment/x/p.svg"]);
    let graph = site.json("public/graph.json");
    assert_eq!(graph["broken"].as_array().unwrap().len(), 2);
    let linked = site.page("public/gw__guide-b.html");
    assert_eq!(linked.attrs(".back li > a", "href"), ["gw__note-a.html"]);
}

#[test]
fn a_picture_of_the_archive_keeps_its_place_and_its_caption() {
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\x40\0\0\0\xc8\x08\x02\0\0\0";
    let text = "![하나](attachment/p.png \"그림 **1**\")\n\n글 속 ![둘](assets/s.svg \"작은\") 그림\n\n\
        ![셋](https://a.io/x.png)\n\n[![넷](attachment/p.png)](https://istio.io)\n";
    let site = site("ko", text).file("attachment/p.png", png).file(
        "assets/s.svg",
        "<svg width=\"12\" height=\"9px\" viewBox=\"0 0 1 1\"/>",
    );
    let (run, page) = built(&site);
    run.ok();
    assert_eq!(page.attrs("article img", "loading"), ["lazy"; 4]);
    assert_eq!(page.attrs("article img", "width"), ["320", "12", "320"]);
    assert_eq!(page.attrs("article img", "height"), ["200", "9", "200"]);
    assert_eq!(page.text("figure.pic figcaption"), "그림 **1**");
    assert_eq!(page.attrs("figure.pic img", "alt"), ["하나"]);
    assert_eq!(page.attrs("p > img", "title"), ["작은"]);
    assert_eq!(page.attrs("article p > a > img", "alt"), ["넷"]);
    // A picture that changes its size changes the page.
    site.write("assets/s.svg", "<svg width=\"99\" height=\"9\"/>");
    site.rebuild().ok();
    let page = site.page("public/gw__note-a.html");
    assert_eq!(page.attrs("article img", "width"), ["320", "99", "320"]);
}

#[test]
fn a_page_says_how_long_it_takes_to_read() {
    let long = "가나다라마바사아자차 ".repeat(200);
    for (language, said) in [("ko", "읽는 시간 4분"), ("en", "Reading time 4 min")] {
        let (_, page) = built(&site(language, &long));
        assert!(
            page.text(".facts").contains(said),
            "{}",
            page.text(".facts")
        );
    }
    let (_, page) = built(&SiteTest::new().doc("gw__note-a", "```mermaid\n```\n"));
    assert!(!page.text(".facts").contains("Reading"));
}

#[test]
fn contents_that_do_not_fit_on_a_screen_may_fold() {
    let text = |sections: usize| -> String { "## S\n\n### A\n\n### B\n\n".repeat(sections) };
    assert_eq!(page(&text(8)).count(".toc.long"), 0);
    let long = page(&text(9));
    assert_eq!(long.count(".side .toc.long"), 1);
    assert_eq!(long.count(".toc-s .toc.long"), 0);
    assert_eq!(long.count(".side .toc a"), 27);
}

#[test]
fn links_to_headings_of_other_documents_become_links_to_pages() {
    let site = SiteTest::new()
        .doc(
            "gw__note-a",
            "[x](gw__note-b.md#개요) [y](gw__note-b.html#개요)\n",
        )
        .doc("gw__note-b", "# B\n\n## 개요\n");
    site.rebuild().ok();
    let page = site.page("public/gw__note-a.html");
    let to = "gw__note-b.html#%EA%B0%9C%EC%9A%94";
    assert_eq!(page.attrs("article a", "href"), [to, to]);
    assert_eq!(page.count("article .gone"), 0);
}
