//! Raw HTML in documents: structure and drawings pass, what is active goes and is told, unless the
//! site trusts it.
//!
//! Not here: the cleaner's rules one by one (`markdown::sanitize`).

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
            "markdown/gw__note-a.md:{place}: warning[raw-html]: raw HTML: {what} is taken out"
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
    run.complains("markdown/gw__note-a.md:5:1: warning[raw-html]: raw HTML nests too deep");
    let page = site.page("public/gw__note-a.html");
    assert!(page.count("article div") < 10);
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
