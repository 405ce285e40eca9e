//! A document's relations, each shown once: a picture of lists, and on demand one of two steps.

use crate::browser::tab;
use crate::sites::{Open, bundled, notes};
use crate::tab::Tab;
use crate::trial::{Test, tests};

pub const TESTS: &[Test] = tests![
    each_relation_is_shown_once_around_the_document,
    a_second_step_comes_on_demand_and_goes_again,
    a_click_on_a_document_opens_it,
    the_way_to_the_whole_graph_shows_this_document_there,
    every_page_of_the_notes_has_its_graph_or_no_neighbour,
];

const PAGE: &str = "xds__note-xds-api-layers.html";
const GRAPH: &str = "document.querySelector('#ds\\\\.near .graph').graph";

fn drawn(tab: &Tab, url: &str) {
    tab.visit(url);
    tab.evaluate("document.getElementById('ds.near').scrollIntoView({ block: 'center' })");
    let steps = "document.querySelector('#ds\\\\.near .steps')";
    tab.becomes(&format!("{steps}.checkVisibility()"), true);
    tab.click("#ds\\.near .steps");
    tab.becomes(&format!("{GRAPH}?.state().drawn > 0"), true);
}

fn spot(tab: &Tab, of: usize) -> (f64, f64) {
    let at = |axis: &str, edge: &str| {
        tab.number(&format!(
            "{GRAPH}.positions({of}).{axis} + \
             document.querySelector('#ds\\\\.near canvas').getBoundingClientRect().{edge}"
        ))
    };
    (at("x", "left"), at("y", "top"))
}

fn each_relation_is_shown_once_around_the_document() {
    let tab = tab();
    let count =
        |selector: &str| tab.count(&format!("document.querySelectorAll('{selector}').length"));
    for (width, scheme) in [(1280, "light"), (390, "dark")] {
        tab.resize(width, 800);
        tab.prefer(&[("prefers-color-scheme", scheme)]);
        for url in bundled().both(PAGE) {
            tab.visit(&url);
            for side in [".into", ".both", ".leads"] {
                assert!(count(&format!(".rel > {side} li > a")) > 0, "{side}");
            }
            let names =
                "new Set([...document.querySelectorAll('.rel li > a')].map((a) => a.href)).size";
            assert_eq!(tab.count(names), count(".rel li"), "{url}");
            assert!(!tab.holds("document.querySelector('.near canvas').checkVisibility()"));
            // A frame around nothing would be a broken picture.
            let frame = "getComputedStyle(document.querySelector('.near .graph')).borderTopWidth";
            assert_eq!(tab.text(frame), "0px");
            let arrows = "[...document.querySelectorAll('.rel li')].filter((item) =>
                getComputedStyle(item, '::after').content !== 'none').length";
            let drawn = if width > 1000 { count(".rel li") } else { 0 };
            assert_eq!(tab.count(arrows), drawn, "{url}");
            // On a wide screen they are on the two sides of a disc; on a phone below each other.
            let edge = |of: &str, edge: &str| {
                let box_of =
                    format!("document.querySelector('.rel > {of}').getBoundingClientRect()");
                tab.number(&format!("{box_of}.{edge}"))
            };
            if width > 1000 {
                assert!(
                    edge(".into", "right") + 40.0 < edge(".leads", "left"),
                    "{url}"
                );
            } else {
                assert!(edge(".into", "bottom") <= edge(".both", "top"), "{url}");
            }
            assert!(edge(".both", "bottom") <= edge(".leads", "top"), "{url}");
            assert!(tab.holds("document.documentElement.scrollWidth <= innerWidth"));
            assert_eq!(tab.complaints(), [""; 0], "{url}");
        }
    }
}

fn a_second_step_comes_on_demand_and_goes_again() {
    let tab = tab();
    for url in bundled().both(PAGE) {
        tab.requests();
        tab.visit(&url);
        let one = tab.count("document.querySelectorAll('.rel li').length");
        let loaded = tab.requests();
        assert!(
            loaded.iter().all(|url| !url.contains("data/graph")),
            "{loaded:?}"
        );
        drawn(&tab, &url);
        let expanded = "document.querySelector('.steps').ariaExpanded";
        tab.becomes(expanded, "true");
        assert!(tab.count(&format!("{GRAPH}.state().drawn")) > one + 1);
        tab.click("#ds\\.near .steps");
        tab.becomes(expanded, "false");
        assert!(!tab.holds("document.querySelector('.near canvas').checkVisibility()"));
        assert_eq!(tab.complaints(), [""; 0], "{url}");
    }
}

fn a_click_on_a_document_opens_it() {
    let tab = tab();
    for url in bundled().both(PAGE) {
        drawn(&tab, &url);
        tab.evaluate("document.querySelector('.near canvas').scrollIntoView({ block: 'center' })");
        let last = tab.count(&format!("{GRAPH}.state().drawn")) - 1;
        tab.click_at(spot(&tab, last));
        tab.becomes(&format!("location.pathname.endsWith('/{PAGE}')"), false);
        tab.becomes("/__.*[.]html$/.test(location.pathname)", true);
    }
}

fn the_way_to_the_whole_graph_shows_this_document_there() {
    let tab = tab();
    for url in bundled().both(PAGE) {
        tab.visit(&url);
        tab.click("#ds\\.near .hint a");
        tab.becomes("document.documentElement.dataset.view", "graph");
        let lit = "(() => { const graph = document.getElementById('ds.picture')?.graph;
            return graph ? docsite.need('catalogue').then((c) => c.documents.names[graph.state().lit])
                : null; })()";
        tab.becomes(
            &format!("Promise.resolve({lit}).then(String)"),
            "xds__note-xds-api-layers",
        );
    }
}

fn every_page_of_the_notes_has_its_graph_or_no_neighbour() {
    every_page_has_its_graph_or_no_neighbour(&notes());
}

pub fn every_page_has_its_graph_or_no_neighbour(site: &Open) {
    let tab = tab();
    for page in site
        .pages()
        .iter()
        .filter(|page| page.contains("__"))
        .step_by(6)
    {
        tab.visit(&site.http(page));
        if tab.holds("document.getElementById('ds.near') !== null") {
            drawn(&tab, &site.http(page));
        }
        assert_eq!(tab.complaints(), [""; 0], "{page}");
    }
}
