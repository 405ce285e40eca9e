//! A catalogue in parts: one list with scripts, pages that link to every document without.

use crate::browser::tab;
use crate::harness::SiteTest;
use crate::sites::{Open, shared};
use crate::trial::{Test, tests};

pub const TESTS: &[Test] = tests![
    with_scripts_the_topics_are_one_list_that_is_filtered,
    without_scripts_the_parts_link_to_the_documents,
    a_part_of_the_files_links_to_them_and_back,
    no_part_scrolls_to_the_side,
];

const DOCUMENTS: usize = 1_010;
const ROWS: &str = "document.querySelectorAll('#topics .rows li').length";
const PARTS: &str = "document.querySelectorAll('#topics .rows.parts li').length";
/// The widths and schemes that are looked at.
const SCREENS: [(u32, &str); 2] = [(1280, "light"), (390, "dark")];

fn source() -> SiteTest {
    let site = SiteTest::new().file("docsite.toml", "language = \"ko\"\n");
    for at in 0..DOCUMENTS {
        let (topic, next) = (["gw", "sec"][at % 2], (at + 2) % DOCUMENTS);
        let text = format!(
            "# {at}번 게이트웨이 문서\n\n무엇을 다루는지 한 줄로 적는다.\n\n[다음]({topic}__note-{next:04}.html)\n"
        );
        site.write(&format!("markdown/{topic}__note-{at:04}.md"), text);
    }
    site
}

pub fn large() -> Open {
    shared("large", source)
}

fn with_scripts_the_topics_are_one_list_that_is_filtered() {
    let tab = tab();
    for (width, scheme) in SCREENS {
        tab.resize(width, 800);
        tab.prefer(&[("prefers-color-scheme", scheme)]);
        for url in large().both("index.html#topics") {
            tab.visit(&url);
            tab.becomes(PARTS, 0);
            tab.becomes(&format!("{ROWS} > 5 && {ROWS} < 300"), true);
            let field = "document.querySelector('#ds\\\\.filter input')";
            tab.evaluate(&format!("{field}.focus()"));
            tab.evaluate("document.execCommand('insertText', false, '777번')");
            tab.becomes("document.querySelector('.hits output').textContent", "1편");
            tab.becomes(ROWS, 1);
            tab.press("Escape");
            assert_eq!(tab.complaints(), [""; 0], "{url}");
        }
    }
}

fn without_scripts_the_parts_link_to_the_documents() {
    let tab = tab();
    tab.without_scripts();
    for url in large().both("index.html") {
        tab.visit(&url);
        assert!(tab.holds(&format!("{PARTS} > 2")));
        let follow = |selector: &str| {
            let link = format!("document.querySelector('{selector}').href");
            tab.visit(&tab.text(&link));
        };
        follow("#topics .rows.parts a");
        assert!(tab.holds("document.querySelectorAll('.topic .rows li').length > 100"));
        follow(".step .next");
        assert!(tab.holds("document.querySelectorAll('.topic .rows li').length > 100"));
        follow(".topic .rows a");
        assert!(tab.holds("document.querySelector('article') !== null"));
    }
}

fn a_part_of_the_files_links_to_them_and_back() {
    let tab = tab();
    for url in large().both("files.html") {
        tab.visit(&url);
        assert!(tab.holds("document.querySelectorAll('.tree li').length < 300"));
        tab.click(".tree > li > div > .part");
        tab.becomes("document.querySelectorAll('.tree li').length > 100", true);
        tab.click(".legend a");
        tab.becomes("document.querySelectorAll('.tree .part').length > 2", true);
        assert_eq!(tab.complaints(), [""; 0], "{url}");
    }
}

fn no_part_scrolls_to_the_side() {
    let tab = tab();
    tab.resize(360, 800);
    let site = large();
    let pages = site.pages();
    let mut parts = pages.iter().filter(|page| !page.contains("__")).peekable();
    assert!(parts.peek().is_some());
    for page in parts {
        tab.visit(&site.http(page));
        assert_eq!(tab.list(include_str!("wide.js")), [""; 0], "{page}");
    }
}
