//! Documents: front matter, titles, summaries; and findings about them, each with its position,
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
    assert!(site.page(PAGE).text("footer").starts_with("net "));
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
fn an_address_alone_is_no_summary() {
    let page = page("# T\n\nhttps://example.com/a/long/address\n\nWhat it is about.\n");
    let summary = page.attrs("meta[name=description]", "content");
    assert_eq!(summary, ["What it is about."]);
}

#[test]
fn a_link_around_a_block_stays_one() {
    let page = page("# T\n\n<a href=\"gw__note-next.html\"><div>a card</div></a>\n");
    assert_eq!(
        page.text("article a[href='gw__note-next.html'] div"),
        "a card"
    );
    assert_eq!(page.attrs("article p:empty", "class"), [""; 0]);
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

#[test]
fn a_document_that_is_not_text_is_reported_with_its_place_and_keeps_its_page() {
    let bytes = b"# ok\n\ncaf\xe9\n";
    let site = SiteTest::new().doc(NAME, bytes).doc("gw__note-b", "# B\n");
    let run = site.rebuild().ends(1).complains("UTF-8");
    run.complains(&format!("markdown/{NAME}.md:3:4"));
    assert!(site.has("public/gw__note-b.html") && !site.has(PAGE));
    assert_eq!(site.bytes(&format!("markdown/{NAME}.md")), bytes);

    let site = SiteTest::new().doc(NAME, "# T\n");
    site.rebuild().ok();
    let before = site.bytes(PAGE);
    site.write(&format!("markdown/{NAME}.md"), bytes);
    site.rebuild().ends(1);
    site.run(&["render", NAME, "--adopt", "--discard-hand-edits", NAME])
        .ends(1);
    assert_eq!(site.bytes(PAGE), before);
}

/// A value that cannot be used as it is written, its place, and what the help says to write.
const VALUES: [(&str, &str, &str); 12] = [
    ("updated: 1653409628830", "2:10", "`updated: 2022-05-24`"),
    ("date: 25/01/2024", "2:7", "`date: 2024-01-25`"),
    ("title: ok\ndate: 2026-02-30", "3:7", "`date: 2026-01-31`"),
    ("tags: {a: {b: c}}", "2:7", "`tags: [a, b]`"),
    ("aliases: x y", "2:10", "`aliases: [\"x y\"]`"),
    ("description: [a]", "2:14", "`description: \"[a]\"`"),
    ("title: 배포: 카나리", "2:8", "`title: \"배포: 카나리\"`"),
    ("title: 하나\ntitle: 둘", "2:1", "keep one"),
    ("superseded_by: ../x", "2:16", "one document"),
    ("deprecated: {a: b}", "2:13", "`deprecated: \"{a: b}\"`"),
    ("titel: x", "2:1", "did you mean `title`?"),
    ("title:\n  ko: 제목", "3:3", "`title: \"…\"`"),
];

#[test]
fn a_value_that_cannot_be_used_is_a_warning_and_the_document_is_published() {
    for (block, place, help) in VALUES {
        let text = format!("---\n{block}\n---\n# T\n\n본문\n");
        let site = SiteTest::new().doc(NAME, text);
        let run = site.rebuild().ends(0).complains(help);
        let place = format!("markdown/{NAME}.md:{place}: warning[front-matter-value]");
        let run = run.complains(&place);
        assert_eq!(
            run.err.matches("warning").count(),
            1,
            "{block}: {}",
            run.err
        );
        assert!(site.page(PAGE).text("article").contains("본문"), "{block}");
    }
}

#[test]
fn every_value_of_every_known_key_leaves_the_document_published() {
    let keys = [
        "title",
        "description",
        "deprecated",
        "superseded_by",
        "tags",
        "date",
        "updated",
        "aliases",
    ];
    let values = [
        "1.30",
        "on",
        "null",
        "~",
        "",
        "[a]",
        "[[a]]",
        "{a: {b: c}}",
        "2024/01/25",
        "@x",
        "- x",
        "\n  - a\n  - {b: c}",
        "\n  a: b",
        "|\n  a",
        "\"open",
        "[a",
        "*x",
        "!x",
        "x y",
        "true",
    ];
    let mut site = SiteTest::new();
    for (at, key) in keys.into_iter().enumerate() {
        for (number, value) in values.into_iter().enumerate() {
            let text = format!("---\n{key}: {value}\n---\n# T\n\n본문\n");
            site = site.doc(&format!("gw__note-{at}-{number}"), text);
        }
    }
    site.rebuild();
    for (at, key) in keys.into_iter().enumerate() {
        for (number, value) in values.into_iter().enumerate() {
            let page = site.page(&format!("public/gw__note-{at}-{number}.html"));
            assert!(page.text("article").contains("본문"), "{key} {value}");
        }
    }
}

/// A block that is broken, and the line.
const BROKEN: [(&str, usize); 8] = [
    ("title: \"open", 2),
    ("title: 제목\na: &a [*b]", 3),
    ("title: 제목\na: b: c", 3),
    ("title: 제목\n말", 3),
    ("tags: [a, b", 2),
    ("\ttitle: 제목\n\ta: [", 3),
    ("{title: 제목}", 2),
    (": : :", 2),
];

#[test]
fn of_a_broken_block_the_body_is_rendered_and_the_error_has_one_place() {
    for (block, line) in BROKEN {
        let site = SiteTest::new().doc(NAME, format!("---\n{block}\n---\n# T\n\n본문\n"));
        let run = site.rebuild().ends(1);
        let place = format!("markdown/{NAME}.md:{line}:");
        let errors: Vec<&str> = run
            .err
            .lines()
            .filter(|line| line.contains("error[front-matter]"))
            .collect();
        let [error] = errors[..] else {
            panic!("{block}: {}", run.err);
        };
        assert!(error.starts_with(&place), "{block}: {error}");
        for words in [" at line", "column", "mapping", "scan", "token", "Options"] {
            assert!(!error.contains(words), "{error}");
        }
        assert!(run.err.contains("help: "), "{}", run.err);
        assert!(site.page(PAGE).text("article").contains("본문"), "{block}");
        site.run(&["check"]).ends(1).complains(&place);
    }
}

#[test]
fn a_broken_block_with_a_draft_line_is_a_draft_unless_that_says_no() {
    for (line, is_draft) in [
        ("draft: true", true),
        ("draft:true", true),
        ("Draft: yes", true),
        ("draft: perhaps", true),
        ("draft: \"false\"", false),
        ("draft: off", false),
    ] {
        for broken in ["title: \"open", "말", "a: b: c", "tags: [a"] {
            for block in [format!("{broken}\n{line}"), format!("{line}\n{broken}")] {
                let text = format!("---\n{block}\n---\n# T\n\n본문\n");
                let site = SiteTest::new().doc(NAME, text).doc("gw__note-b", "# B\n");
                site.rebuild().ends(1);
                assert_eq!(site.has(PAGE), !is_draft, "{block}");
            }
        }
    }
}

#[test]
fn a_title_and_a_description_are_shown_as_they_are_written() {
    for written in [
        "1.30",
        "on",
        "No",
        "0755",
        "20260607123456789012345",
        "배포: 카나리",
        "[공지] 배포",
        "`istiod` 재시작",
        "@팀 안내",
        "Issue #12 회고",
        "null",
        "*x",
        "- x",
    ] {
        let block =
            format!("---\ntitle: {written}\ndescription: {written}\ntags: [{written}]\n---\n글\n");
        let site = SiteTest::new().doc(NAME, block);
        site.rebuild().ends(0);
        let page = site.page(PAGE);
        assert_eq!(page.text("h1"), written);
        let summary = page.attrs("meta[name=description]", "content");
        assert_eq!(summary, [written]);
    }
}

#[test]
fn days_are_read_in_the_usual_spellings() {
    for written in [
        "2024-1-25",
        "2024/01/25",
        "2024.1.25",
        "2024년 1월 25일",
        "2024-01-25T10:00:00+09:00",
        "\"2024-01-25 10:00\"",
        "Jan 25, 2024",
        "25 January 2024",
    ] {
        let page = page(&format!("---\ndate: {written}\n---\n# T\n"));
        assert_eq!(page.texts("time"), ["2024-01-25"], "{written}");
    }
}

#[test]
fn toml_front_matter_is_read() {
    let page = page(
        "+++\ntitle = \"제목\"\ndescription = \"한 줄\"\ndate = 2026-01-01\ntags = [\"a\"]\n+++\n\n# 본문\n\n글\n",
    );
    assert_eq!(page.text("h1"), "제목");
    assert_eq!(page.texts("time"), ["2026-01-01"]);
    assert_eq!(page.texts(".tags li"), ["#a"]);
    assert!(!page.text("main").contains("+++"));
}

#[test]
fn a_block_that_does_not_begin_the_file_is_reported_and_hides_no_draft() {
    for (text, place) in [
        ("\n---\ntitle: 빈 줄 뒤\n---\n\n# T\n", "2:1"),
        ("<!-- 메모 -->\n\n---\ntitle: x\n---\n", "3:1"),
        ("# T\n\n---\ntags: [a]\n---\n", "3:1"),
        ("\n+++\ntitle = \"x\"\n+++\n", "2:1"),
        ("{\n  \"title\": \"x\"\n}\n\n# T\n", "1:1"),
    ] {
        let site = SiteTest::new().doc(NAME, text);
        let place = format!("markdown/{NAME}.md:{place}: warning[front-matter-place]");
        site.rebuild().ends(0).complains(&place);
        assert!(site.has(PAGE), "{text}");
        site.run(&["check"]).complains(&place);
    }
    let text = "\n---\ndraft: true\n---\n\n# T\n";
    let site = SiteTest::new().doc(NAME, text).doc("gw__note-b", "# B\n");
    site.rebuild();
    assert!(!site.has(PAGE));
}

#[test]
fn an_empty_document_is_a_page_and_a_finding() {
    for text in ["", "\n\n", "---\ntitle: T\n---\n"] {
        let site = SiteTest::new().doc(NAME, text);
        site.rebuild()
            .ends(0)
            .complains(&format!("markdown/{NAME}.md:1:1"));
        assert_eq!(site.page(PAGE).count("h1"), 1);
    }
}

#[test]
fn front_matter_that_does_not_end_is_reported_and_loses_no_text() {
    let site = SiteTest::new().doc(NAME, "---\ntitle: T\n\nthe text\n");
    site.rebuild()
        .ends(1)
        .complains(&format!("markdown/{NAME}.md:1:1"));
    assert!(site.page(PAGE).text("main").contains("the text"));
}

#[test]
fn a_rule_at_the_top_is_not_front_matter() {
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
