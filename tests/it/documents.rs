//! Documents: front matter, titles, summaries; and what is wrong with one, told with its place,
//! while the rest is built.

use crate::harness::SiteTest;
use crate::reader::Page;

const NAME: &str = "gw__note-이름";
const PAGE: &str = "public/gw__note-이름.html";

fn page(text: &str) -> Page {
    let site = SiteTest::new()
        .doc(NAME, text)
        .doc("gw__note-next", "# Next\n");
    site.rebuild().ok();
    site.page(PAGE)
}

#[test]
fn every_key_of_the_front_matter_is_shown() {
    let page = page(
        "---\ntitle: 제목 & more\ndescription: A summary.\ndeprecated: moved\n\
         superseded_by: gw__note-next\ntags: [one, 2]\ndate: 2026-06-01\nupdated: 2026-06-02\n\
         aliases: [old]\n---\ntext\n",
    );
    assert_eq!(page.text("h1"), "제목 & more");
    assert_eq!(
        page.attrs("meta[name=description]", "content"),
        ["A summary."]
    );
    assert!(page.text(".banner").contains("moved"));
    assert_eq!(page.attrs(".banner a", "href"), ["gw__note-next.html"]);
    assert_eq!(page.texts(".tags li"), ["#one", "#2"]);
    assert_eq!(page.texts("time"), ["2026-06-01", "2026-06-02"]);
    assert!(!page.source.contains("superseded_by"));
}

#[test]
fn deprecated_without_a_reason_or_successor_has_a_banner_all_the_same() {
    assert_eq!(
        page("---\ndeprecated: true\n---\n# T\n").count(".banner"),
        1
    );
    assert_eq!(
        page("---\ndeprecated: false\n---\n# T\n").count(".banner"),
        0
    );
}

#[test]
fn unknown_keys_are_kept_for_templates() {
    let site = SiteTest::new()
        .doc(NAME, "---\nowner:\n  team: net\n---\n# T\n")
        .file(
            "templates/page.html",
            "{% extends \"builtin/page.html\" %}\
             {% block footer %}{{ doc.extra.owner.team }}{% endblock %}",
        );
    site.rebuild().ok();
    assert_eq!(site.page(PAGE).text("footer"), "net");
}

#[test]
fn the_title_is_that_of_the_first_heading_with_its_markup_and_shown_once() {
    let page = page("# **A** `b` & *c*[^1]\n\ntext\n\n[^1]: note\n");
    assert_eq!(page.count("h1"), 1);
    assert_eq!(
        page.count("h1 strong") + page.count("h1 code") + page.count("h1 em"),
        3
    );
    assert!(
        page.text("title").starts_with("A b & c"),
        "{}",
        page.text("title")
    );
    assert!(!page.text("title").contains(['*', '`', '[']));
    assert!(
        !page.text("article").contains("A b & c"),
        "the title is not shown twice"
    );
}

#[test]
fn a_title_of_the_front_matter_wins_and_a_heading_that_says_the_same_is_not_repeated() {
    let same = page("---\ntitle: Same\n---\n# Same\n\ntext\n");
    assert_eq!(
        (same.text("h1"), same.text("article")),
        ("Same".into(), "text".into())
    );
    let other = page("---\ntitle: One\n---\n# Other\n\ntext\n");
    assert_eq!(other.text("h1"), "One");
    assert!(other.text("article").contains("Other"), "no text is lost");
}

#[test]
fn korean_emphasis_beside_a_particle_is_emphasis() {
    let page = page("# **게이트웨이(gateway)**의 원리\n\n**신원(identity)**을 확인한다.\n");
    assert_eq!(page.text("h1 strong"), "게이트웨이(gateway)");
    assert_eq!(page.text("article strong"), "신원(identity)");
    assert!(!page.text("main").contains("**"));
}

#[test]
fn without_a_heading_the_name_is_the_title() {
    assert_eq!(page("text only\n").text("h1"), "이름");
}

#[test]
fn the_summary_is_the_first_paragraph() {
    let page =
        page("# T\n\n> quote\n\nThe *first* `para` with [a link](gw__note-next.html).\n\nsecond\n");
    let summary = &page.attrs("meta[name=description]", "content")[0];
    assert_eq!(summary, "The first para with a link.");
}

#[test]
fn a_byte_order_mark_and_line_ends_leave_no_trace() {
    let text = "---\ntitle: T\n---\n# T\n\npara [b](gw__note-next.html)\n\n```mermaid\ngraph TD\n  a --> b\n```\n";
    let plain = page(text);
    let odd = page(&format!("\u{feff}{}", text.replace('\n', "\r\n")));
    let body = |page: &Page| {
        let start = page.source.find("<body").unwrap();
        page.source[start..].to_owned()
    };
    assert_eq!(body(&plain), body(&odd));
}

#[test]
fn a_draft_has_no_page_until_it_is_none() {
    let site = SiteTest::new()
        .doc("gw__note-a", "---\ndraft: true\n---\n# A\n")
        .doc("gw__note-b", "# B\n");
    site.rebuild().ends(0).says("draft");
    assert!(!site.has("public/gw__note-a.html") && !site.has("public/markdown/gw__note-a.md"));
    site.render("gw__note-a").complains("draft");
    assert!(!site.has("public/gw__note-a.html"));
    site.write("markdown/gw__note-a.md", "# A\n");
    site.render("gw__note-a").ok();
    assert!(site.has("public/gw__note-a.html"));
}

/// A wrong text, where it is wrong, and a word of the message.
const WRONG: [(&[u8], &str, &str); 7] = [
    (b"# ok\n\ncaf\xe9\n", "3:4", "UTF-8"),
    (
        b"---\ntitle: ok\ndraft: perhaps\n---\n# T\n",
        "3:8",
        "draft",
    ),
    (b"---\ntitle: [a, b]\n---\n# T\n", "2:8", "title"),
    (b"---\ndate: 2026-02-30\n---\n# T\n", "2:7", "date"),
    (
        b"---\nsuperseded_by: ../x\n---\n# T\n",
        "2:16",
        "superseded_by",
    ),
    (b"---\ntitle: \"open\n---\n# T\n", "2:", "front-matter"),
    (b"---\na: &a [*b]\n---\n# T\n", "2:", "front-matter"),
];

#[test]
fn a_wrong_document_is_told_with_line_and_column_and_the_rest_is_built() {
    for (bytes, place, word) in WRONG {
        let site = SiteTest::new().doc(NAME, bytes).doc("gw__note-b", "# B\n");
        let run = site.rebuild().ends(1).complains(word);
        run.complains(&format!("markdown/{NAME}.md:{place}"));
        assert!(site.has("public/gw__note-b.html"), "{place}");
        assert!(!site.has(PAGE), "{place}");
        assert_eq!(site.bytes(&format!("markdown/{NAME}.md")), bytes);
    }
}

#[test]
fn a_document_that_became_wrong_keeps_its_page() {
    for (bytes, ..) in WRONG {
        let site = SiteTest::new().doc(NAME, "# T\n");
        site.rebuild().ok();
        let before = site.bytes(PAGE);
        site.write(&format!("markdown/{NAME}.md"), bytes);
        site.rebuild().ends(1);
        site.run(&["render", NAME, "--adopt", "--discard-hand-edits", NAME])
            .ends(1);
        assert_eq!(site.bytes(PAGE), before);
    }
}

#[test]
fn an_empty_document_is_a_page_and_a_remark() {
    for text in ["", "\n\n", "---\ntitle: T\n---\n"] {
        let site = SiteTest::new().doc(NAME, text);
        site.rebuild()
            .ends(0)
            .complains(&format!("markdown/{NAME}.md:1:1"));
        assert_eq!(site.page(PAGE).count("h1"), 1);
    }
}

#[test]
fn front_matter_that_does_not_end_is_remarked_and_loses_no_text() {
    let site = SiteTest::new().doc(NAME, "---\ntitle: T\n\nthe text\n");
    site.rebuild()
        .ends(0)
        .complains(&format!("markdown/{NAME}.md:1:1"));
    assert!(site.page(PAGE).text("main").contains("the text"));
}

#[test]
fn a_rule_at_the_top_is_no_front_matter() {
    let site = SiteTest::new().doc(NAME, "---\n\n# T\n\ntext\n\n---\n");
    site.rebuild().ok();
    assert_eq!(site.page(PAGE).text("h1"), "T");
}

#[test]
fn an_alias_bomb_is_an_error_and_no_fire() {
    let mut yaml = "a0: &a0 [x, x]\n".to_owned();
    for at in 1..40 {
        let before = at - 1;
        yaml += &format!("a{at}: &a{at} [*a{before}, *a{before}]\n");
    }
    let site = SiteTest::new().doc(NAME, format!("---\n{yaml}---\n# T\n"));
    site.rebuild().ends(1).complains("front-matter");
}
