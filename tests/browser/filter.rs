//! The filter that topics and graph share: what its words find, its chips and their counts, its
//! address, and the one key that clears it.

use serde_json::Value;

use crate::browser::tab;
use crate::samples::NOTES;
use crate::sites::{Open, bundled, notes};
use crate::tab::Tab;
use crate::trial::{Test, tests};

pub const TESTS: &[Test] = tests![
    the_script_finds_what_the_program_finds,
    typing_filters_immediately_and_one_key_shows_all_again,
    a_summary_and_a_basename_are_searched_too,
    chips_narrow_the_lists_and_count_what_they_would_give,
    deprecated_documents_hide,
    a_link_to_a_filtered_view_opens_it_for_somebody_else,
    any_text_in_the_address_is_accepted,
];

const CASES: &str = include_str!("../filter/cases.json");
/// Titles of the rows that are shown.
const ROWS: &str = "[...document.querySelectorAll('#topics .rows li')]
    .filter((row) => row.checkVisibility()).map((row) => row.querySelector('a').textContent)";
const FIELD: &str = "document.querySelector('#ds\\\\.filter input')";

fn type_in(tab: &Tab, words: &str) {
    tab.evaluate(&format!("{FIELD}.focus(); {FIELD}.select()"));
    // The focus brings the rules.
    tab.evaluate(
        "Promise.all(['filter', 'catalogue'].map((name) => docsite.need(name))).then(([, c]) => c.data()).then(Boolean)",
    );
    // As an input method hands it over.
    let words = Value::from(words);
    tab.evaluate(&format!(
        "document.execCommand('insertText', false, {words})"
    ));
}

/// Waits until the data is here, so that what is shown is final.
fn settled(tab: &Tab) {
    tab.becomes(
        "docsite.need('catalogue').then((c) => c.data().then(() => c.summaries !== null))",
        true,
    );
}

fn chip(name: &str) -> String {
    format!("#ds\\.filter [{name}]")
}

fn the_script_finds_what_the_program_finds() {
    let tab = tab();
    let site = bundled();
    tab.visit(&site.file("index.html"));
    let wrong = tab.list(&format!(
        "docsite.need('filter').then(({{ compile, haystack }}) => {CASES}
            .filter((c) => {{
                const finds = compile(c.query);
                return (finds ? finds(haystack(c.text)) : true) !== c.matches;
            }})
            .map((c) => `${{c.query}} in ${{c.text}}: ${{c.why}}`))"
    ));
    assert_eq!(wrong, [""; 0]);
    let cases: Vec<Value> = serde_json::from_str(CASES).unwrap();
    assert!(cases.len() > 90);
}

fn typing_filters_immediately_and_one_key_shows_all_again() {
    let tab = tab();
    let site = bundled();
    for (width, scheme) in [(1280, "light"), (390, "dark")] {
        tab.resize(width, 800);
        tab.prefer(&[("prefers-color-scheme", scheme)]);
        for url in site.both("index.html#topics") {
            tab.visit("about:blank");
            tab.visit(&url);
            settled(&tab);
            let all = tab.list(ROWS);
            assert_eq!(all.len(), 28, "{url}");
            type_in(&tab, "회로차단은");
            assert_eq!(tab.list(ROWS).len(), 1, "{url}");
            assert!(tab.list(ROWS)[0].contains("회로 차단"));
            let marked = tab.text("document.querySelector('#topics mark').textContent");
            assert_eq!(marked, "회로 차단");
            assert_eq!(
                tab.text("document.querySelector('.hits output').textContent"),
                "1편"
            );
            tab.becomes(
                "location.hash",
                "#topics?q=%ED%9A%8C%EB%A1%9C%EC%B0%A8%EB%8B%A8%EC%9D%80",
            );
            tab.press("Escape");
            assert_eq!(tab.list(ROWS), all);
            assert_eq!(tab.text(&format!("{FIELD}.value")), "");
            tab.becomes("location.hash", "#topics");
            assert!(!tab.holds("document.querySelector('#topics mark') !== null"));
            type_in(&tab, "그런것은없다");
            assert_eq!(tab.list(ROWS), [""; 0]);
            tab.click("#ds\\.filter .clear");
            assert_eq!(tab.list(ROWS), all);
            assert_eq!(tab.complaints(), [""; 0]);
        }
    }
}

fn a_summary_and_a_basename_are_searched_too() {
    let tab = tab();
    let site = bundled();
    tab.visit(&site.http("index.html#topics"));
    settled(&tab);
    type_in(&tab, "eastwest-gateway");
    assert_eq!(tab.list(ROWS).len(), 1);
    let summary = tab.text("docsite.need('catalogue').then((c) => c.summaries[3])");
    let words: Vec<&str> = summary.split_whitespace().take(5).collect();
    type_in(&tab, &words.join(" "));
    let title = tab.text("docsite.need('catalogue').then((c) => c.documents.titles[3])");
    assert!(tab.list(ROWS).contains(&title), "{words:?}");
}

/// Documents that pass, counted from what the page was made from.
fn count(site: &Open, passes: impl Fn(&Value) -> bool) -> usize {
    let nodes = site.json("graph.json");
    let nodes = nodes["nodes"].as_array().unwrap();
    nodes.iter().filter(|node| passes(node)).count()
}

fn chips_narrow_the_lists_and_count_what_they_would_give() {
    let tab = tab();
    let site = notes();
    for url in site.both("index.html#topics") {
        tab.visit("about:blank");
        tab.visit(&url);
        settled(&tab);
        let number = |name: &str| {
            let chip = chip(name);
            let text = tab.text(&format!(
                "document.querySelector({chip:?}).querySelector('small').textContent"
            ));
            text.parse::<usize>().unwrap()
        };
        let is = |key: &'static str, value: &'static str| move |node: &Value| node[key] == value;
        assert_eq!(number("data-type=note"), count(&site, is("type", "note")));
        tab.click(&chip("data-topic=gw"));
        let in_gw =
            |kind: &'static str| count(&site, |node| node["topic"] == "gw" && node["type"] == kind);
        assert_eq!(tab.list(ROWS).len(), count(&site, is("topic", "gw")));
        assert_eq!(number("data-type=note"), in_gw("note"));
        // Its own dimension counts as if it were not narrowed.
        assert_eq!(number("data-topic=xds"), count(&site, is("topic", "xds")));
        tab.click(&chip("data-type=note"));
        tab.click(&chip("data-type=guide"));
        assert_eq!(tab.list(ROWS).len(), in_gw("note") + in_gw("guide"));
        tab.becomes("location.hash", "#topics?type=note,guide&topic=gw");
        tab.click(&chip("data-viz"));
        tab.becomes("location.hash", "#topics?type=note,guide&topic=gw&viz");
        let pressed = "[...document.querySelectorAll('#ds\\\\.filter [aria-pressed=true]')].length";
        assert_eq!(tab.count(pressed), 4);
        // Each press is a step that the browser's own button takes back.
        tab.back();
        tab.becomes("location.hash", "#topics?type=note,guide&topic=gw");
        tab.becomes(pressed, 3);
        tab.becomes(&format!("({ROWS}).length"), in_gw("note") + in_gw("guide"));
        tab.press("Escape");
        assert_eq!(tab.list(ROWS).len(), NOTES);
    }
}

fn deprecated_documents_hide() {
    let tab = tab();
    let site = crate::harness::SiteTest::new()
        .doc("gw__note-a", "# A\n")
        .doc("gw__note-b", "---\ndeprecated: true\n---\n# B\n");
    let site = Open::new(site);
    for url in site.both("index.html") {
        tab.visit(&format!("{url}#topics?deprecated=hide"));
        tab.becomes(&format!("({ROWS}).join()"), "A");
        tab.click(&chip("data-deprecated"));
        tab.becomes(&format!("({ROWS}).join()"), "A,B");
        tab.becomes("location.hash", "#topics");
    }
}

fn a_link_to_a_filtered_view_opens_it_for_somebody_else() {
    let tab = tab();
    let site = notes();
    for url in site.both("index.html") {
        tab.visit("about:blank");
        tab.visit(&format!(
            "{url}#topics?q=mtls&type=note,guide&topic=gw,sec&deprecated=hide"
        ));
        settled(&tab);
        assert_eq!(tab.text(&format!("{FIELD}.value")), "mtls");
        let shown = tab.list(ROWS);
        assert!(!shown.is_empty() && shown.len() < 12, "{shown:?}");
        let pressed = "[...document.querySelectorAll('#ds\\\\.filter [aria-pressed=true]')]
            .map((chip) => chip.dataset.type ?? chip.dataset.topic ?? 'deprecated')";
        let all = tab.list(pressed);
        for name in ["note", "guide", "gw", "sec"] {
            assert!(all.contains(&name.to_owned()), "{all:?}");
        }
        // The graph has the same filter.
        tab.click("#ds\\.tab-graph");
        let passing = "document.querySelector('#ds\\\\.picture').graph?.state().passing";
        tab.becomes(passing, shown.len());
        assert_eq!(
            tab.text("location.hash.split('?')[1]"),
            "q=mtls&type=note,guide&topic=gw,sec&deprecated=hide"
        );
        let nodes = "[...document.querySelectorAll('#graph .web li')]
            .filter((item) => !item.hidden && !item.closest('.web').hidden).length";
        assert_eq!(tab.count(nodes), shown.len());
    }
}

fn any_text_in_the_address_is_accepted() {
    let tab = tab();
    let site = bundled();
    for hash in [
        "#topics?q=%E0%A4%A",
        "#topics?type=none&topic=,,&x=y&&=",
        "#topics?q=(*[\\&topic=%22%3E",
        "#graph?at=nothing&q=%00",
        "#?q=x",
        "#topics?",
    ] {
        tab.visit("about:blank");
        tab.visit(&format!("{}{hash}", site.file("index.html")));
        settled_calmly(&tab);
        assert_eq!(tab.complaints(), [""; 0], "{hash}");
    }
}

fn settled_calmly(tab: &Tab) {
    tab.becomes(
        "docsite.need('catalogue').then((c) => c.state.view !== '')",
        true,
    );
}
