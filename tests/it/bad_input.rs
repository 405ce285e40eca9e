//! Documents that nobody writes on purpose: each gives a page, in bounded time, without a panic.
//!
//! Not here: what such input may not do to a page (`raw`), and code (`code`).

use std::fmt::Write as _;

use crate::harness::SiteTest;

#[track_caller]
fn becomes_a_page(text: &str) -> SiteTest {
    let site = SiteTest::new().doc("gw__note-a", text);
    site.rebuild().ends(0);
    let page = site.read("public/gw__note-a.html");
    assert!(page.trim_end().ends_with("</html>"));
    site
}

#[test]
fn brackets_quotes_and_marks_thousands_deep() {
    for piece in [
        "[", "![", "[[", "(", "*", "**가", "_a", "~~", "`", "<", "<a ", "[^", "> ", "- ", "<div>",
        "&",
    ] {
        becomes_a_page(&format!("# T\n\n{}\n", piece.repeat(5_000)));
    }
    becomes_a_page(&format!(
        "{}글{}\n",
        "[".repeat(5_000),
        "](x)".repeat(5_000)
    ));
    becomes_a_page(&format!(
        "{}글{}\n",
        "**(".repeat(3_000),
        ")**은".repeat(3_000)
    ));
}

#[test]
fn html_that_is_never_closed() {
    for open in [
        "<div",
        "<div>",
        "<!--",
        "<![CDATA[",
        "<?php",
        "<script>",
        "<svg><g>",
        "<a href=\"",
    ] {
        let site = becomes_a_page(&format!("# T\n\n{open}\n\n## 뒤\n\n글\n"));
        assert_eq!(
            site.page("public/gw__note-a.html").count("footer"),
            1,
            "{open}"
        );
    }
}

#[test]
fn a_document_of_five_megabytes_is_a_page_with_all_of_its_headings() {
    let mut text = "# 큰 문서\n\n".to_owned();
    let mut sections = 0;
    while text.len() < 5_000_000 {
        sections += 1;
        writeln!(
            text,
            "## 절 {sections}\n\n**\"인용\"**은 `code`와 [링크](gw__note-a.html#절-1), https://istio.io/{sections}를 본다[^{sections}].\n\n\
             | a | b |\n|---|---|\n| 1 | 2 |\n\n[^{sections}]: 각주\n"
        )
        .unwrap();
    }
    let site = becomes_a_page(&text);
    let page = site.read("public/gw__note-a.html");
    assert_eq!(page.matches("<h2 id=\"절-").count(), sections);
    assert_eq!(page.matches("<li id=\"fn.").count(), sections);
}

#[test]
fn a_line_of_a_megabyte_and_a_hundred_thousand_links() {
    becomes_a_page(&"가나다 ".repeat(100_000));
    becomes_a_page(&"https://a.io/x ".repeat(50_000));
    becomes_a_page(&"[a](b.html) ".repeat(50_000));
    becomes_a_page(&"[[a]] ".repeat(50_000));
    becomes_a_page(&"[^x] ".repeat(50_000));
}

#[test]
fn characters_that_nobody_sees() {
    let site = becomes_a_page(
        "# T\u{0}\u{7}\n\n\u{202e}뒤\u{200b}집\u{feff}힘 \u{10a7f} **\"가\"**는 \u{fffe}\n",
    );
    let page = site.read("public/gw__note-a.html");
    assert!(!page.contains('\u{0}') && !page.contains('\u{7}'));
}
