//! Real archives from beside the repository, and a site of ten thousand documents made from them:
//! light, quick to filter, and drawn.
//!
//! Not here: how fast the large site is; the bytes of its `index.html` and the rows in the page are
//! bounded.

use crate::beside::shared;
use crate::browser::tab;
use crate::harness::SiteTest;
use crate::narrow::no_page_scrolls_to_the_side;
use crate::near::every_page_has_its_graph_or_no_neighbour;
use crate::sites::{Open, beside};
use crate::tab::Tab;
use crate::trial::{Test, tests};

pub const TESTS: &[Test] = tests![
    no_page_of_the_korean_vue_documentation_scrolls_to_the_side,
    no_page_of_the_rust_book_scrolls_to_the_side,
    no_page_of_the_owners_archive_scrolls_to_the_side,
    every_page_of_the_owners_archive_has_its_graph_or_no_neighbour,
    ten_thousand_documents_are_listed_filtered_and_drawn,
];

const DOCUMENTS: usize = 10_000;
const ROWS: &str = "document.querySelectorAll('#topics .rows li').length";

/// The beginnings of two archives' documents with their links, again and again under other names.
fn large() -> Open {
    let mut originals = Vec::new();
    for corpus in ["corpora/vue-ko", "corpora/rust-book"] {
        let tree = crate::tree::Tree::of(&shared(corpus).expect(corpus).join("markdown"));
        originals.extend(tree.files().filter_map(|(path, bytes)| {
            let name = path.strip_suffix(".md")?.to_owned();
            Some((name, shortened(&String::from_utf8_lossy(bytes))))
        }));
    }
    let site = SiteTest::new().file(
        "docsite.toml",
        "language = \"ko\"\ntitle = \"큰 문서 모음\"\n",
    );
    for number in 0..DOCUMENTS {
        let (name, (head, links)) = &originals[number % originals.len()];
        let copy = number / originals.len();
        let links: Vec<String> = links
            .iter()
            .map(|to| format!("[{to}]({to}-{copy}.html)"))
            .collect();
        let text = format!("{head}\n\n{}\n", links.join(" "));
        site.write(&format!("markdown/{name}-{copy}.md"), text);
    }
    Open::new(site)
}

/// The first lines, and the documents that the rest links to.
fn shortened(text: &str) -> (String, Vec<String>) {
    let head: Vec<&str> = text.lines().take(12).collect();
    let mut links = Vec::new();
    for (at, _) in text.match_indices("](") {
        let target = text[at + 2..]
            .split([')', '#', ' '])
            .next()
            .unwrap_or_default();
        let name = target.strip_suffix(".html").or(target.strip_suffix(".md"));
        if let Some(name) = name.filter(|name| name.contains("__")) {
            links.push(name.to_owned());
        }
    }
    links.sort_unstable();
    links.dedup();
    links.truncate(12);
    (head.join("\n"), links)
}

fn no_page_of_the_korean_vue_documentation_scrolls_to_the_side() {
    no_page_scrolls_to_the_side(&beside("corpora/vue-ko"), 119);
}

fn no_page_of_the_rust_book_scrolls_to_the_side() {
    no_page_scrolls_to_the_side(&beside("corpora/rust-book"), 112);
}

fn no_page_of_the_owners_archive_scrolls_to_the_side() {
    no_page_scrolls_to_the_side(&beside("archive51"), 53);
}

fn every_page_of_the_owners_archive_has_its_graph_or_no_neighbour() {
    every_page_has_its_graph_or_no_neighbour(&beside("archive51"));
}

fn ten_thousand_documents_are_listed_filtered_and_drawn() {
    let tab = tab();
    let site = large();
    let weight = site.weight("index.html");
    assert!(weight <= 150_000 + 200 * DOCUMENTS, "{weight}");
    for (url, width, scheme) in [
        (site.http("index.html"), 1280, "light"),
        (site.file("index.html"), 390, "dark"),
    ] {
        tab.resize(width, 800);
        tab.prefer(&[("prefers-color-scheme", scheme)]);
        tab.visit(&url);
        topics_hold_only_what_is_in_sight(&tab);
        typing_filters(&tab);
        the_graph_is_drawn(&tab);
        previews_come_from_their_part(&tab, &url);
        assert_eq!(tab.complaints(), [""; 0], "{url}");
    }
    without_scripts_the_parts_name_each_document(&site);
}

fn topics_hold_only_what_is_in_sight(tab: &Tab) {
    tab.becomes(&format!("{ROWS} > 5 && {ROWS} < 300"), true);
    tab.becomes(
        "docsite.need('catalogue').then((c) => c.summaries?.length)",
        DOCUMENTS,
    );
    // Far down, other rows are shown, and the list keeps its height.
    let first = "document.querySelector('#topics .rows li a').href";
    let before = tab.text(first);
    tab.evaluate("scrollTo(0, document.documentElement.scrollHeight / 2)");
    tab.becomes(
        &format!("{first} !== {before:?} && {ROWS} > 5 && {ROWS} < 300"),
        true,
    );
    let covered = "(() => { const at = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
        return at.closest('#topics .rows li') !== null; })()";
    tab.becomes(covered, true);
    tab.evaluate("scrollTo(0, 0)");
    tab.becomes(first, before);
    // The keyboard continues where the rows of the screen end.
    tab.evaluate("document.querySelector('#topics .rows li a').focus()");
    for _ in 0..40 {
        tab.press("Tab");
    }
    tab.becomes(
        "document.activeElement.closest('li').getAttribute('aria-posinset')",
        "41",
    );
    tab.evaluate("scrollTo(0, 0)");
}

fn typing_filters(tab: &Tab) {
    let field = "document.querySelector('#ds\\\\.filter input')";
    tab.evaluate(&format!("{field}.focus(); {field}.select()"));
    tab.evaluate("document.execCommand('insertText', false, '반응성')");
    let hits = "parseInt(document.querySelector('.hits output').textContent)";
    let found = tab.number(hits);
    assert!(found > 40.0 && found < 2_000.0, "{found}");
    let shown = "[...document.querySelectorAll('#topics .rows li')].every((row) =>
        row.innerText.includes('반응') || row.querySelector('mark'))";
    assert!(tab.number(ROWS) > 5.0 && tab.holds(shown));
    tab.press("Escape");
    assert_eq!(tab.count(hits), DOCUMENTS);
}

fn the_graph_is_drawn(tab: &Tab) {
    tab.click("#ds\\.tab-graph");
    let graph = "document.getElementById('ds.picture').graph";
    tab.becomes(&format!("{graph}?.state().drawn"), DOCUMENTS);
    // Lists of so many documents come when they are opened.
    tab.click(".web summary");
    tab.becomes(
        "document.querySelectorAll('.web[open] li').length > 50",
        true,
    );
    tab.evaluate("scrollTo(0, 0)");
}

fn previews_come_from_their_part(tab: &Tab, index: &str) {
    let (folder, _) = index.rsplit_once('/').unwrap();
    tab.visit(&format!("{folder}/top__MOC-glossary-3.html"));
    tab.evaluate("document.querySelector('article a[href*=__]').focus({ focusVisible: true })");
    tab.becomes(
        "document.querySelector('.preview strong')?.textContent.length > 0",
        true,
    );
    tab.visit(&format!("{index}#topics"));
}

fn without_scripts_the_parts_name_each_document(site: &Open) {
    let tab = tab();
    tab.without_scripts();
    tab.visit(&site.file("index.html"));
    let hrefs = "[...document.querySelectorAll('#topics .rows a')].map((link) => link.href)";
    let parts = tab.list(hrefs);
    let mut documents = 0;
    for part in &parts {
        tab.visit(part);
        documents += tab.count("document.querySelectorAll('.topic .rows li').length");
    }
    assert_eq!(documents, DOCUMENTS);
}
