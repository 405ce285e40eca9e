//! The small graph of a document's page: documents that link here, this one, its targets; and a
//! second step.

use crate::browser::tab;
use crate::sites::{Open, bundled, notes};
use crate::tab::Tab;
use crate::trial::{Test, tests};

pub const TESTS: &[Test] = tests![
    a_document_is_between_its_backlinks_and_its_targets,
    a_click_on_a_neighbour_opens_it,
    a_second_step_comes_on_demand_and_goes_again,
    the_lists_of_the_page_light_the_picture,
    the_way_to_the_whole_graph_shows_this_document_there,
    every_page_of_the_notes_has_its_graph_or_no_neighbour,
];

const PAGE: &str = "xds__note-xds-api-layers.html";
const GRAPH: &str = "document.querySelector('#ds\\\\.near .graph').graph";

fn drawn(tab: &Tab, url: &str) {
    tab.visit(url);
    tab.evaluate("document.getElementById('ds.near').scrollIntoView({ block: 'center' })");
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

fn a_document_is_between_its_backlinks_and_its_targets() {
    let tab = tab();
    for (width, scheme) in [(1280, "light"), (390, "dark")] {
        tab.resize(width, 800);
        tab.prefer(&[("prefers-color-scheme", scheme)]);
        for url in bundled().both(PAGE) {
            drawn(&tab, &url);
            let listed = tab.count(
                "new Set([...document.querySelectorAll('.back li > a, .leads li > a')]
                    .map((a) => a.href)).size",
            );
            assert_eq!(tab.count(&format!("{GRAPH}.state().drawn")), listed + 1);
            // This is the first; documents that only link here are on its left, its targets on its right.
            let here = spot(&tab, 0).0;
            assert!(spot(&tab, 1).0 < here, "{url}");
            let last = listed;
            assert!(spot(&tab, last).0 > here, "{url}");
            assert_eq!(tab.complaints(), [""; 0], "{url}");
        }
    }
}

fn a_click_on_a_neighbour_opens_it() {
    let tab = tab();
    for url in bundled().both(PAGE) {
        drawn(&tab, &url);
        let last = tab.count(&format!("{GRAPH}.state().drawn")) - 1;
        let to = tab.text("[...document.querySelectorAll('.leads li > a')].pop().href");
        tab.click_at(spot(&tab, last));
        tab.becomes("location.href", to);
    }
}

fn a_second_step_comes_on_demand_and_goes_again() {
    let tab = tab();
    for url in bundled().both(PAGE) {
        tab.requests();
        drawn(&tab, &url);
        let state = format!("{GRAPH}.state().drawn");
        let one = tab.count(&state);
        let loaded = tab.requests();
        assert!(
            loaded.iter().all(|url| !url.contains("data/graph")),
            "{loaded:?}"
        );
        tab.click("#ds\\.near .steps");
        tab.becomes(
            "document.querySelector('.steps').getAttribute('aria-pressed')",
            "true",
        );
        tab.becomes(&format!("{state} > {one}"), true);
        tab.click("#ds\\.near .steps");
        tab.becomes(
            "document.querySelector('.steps').getAttribute('aria-pressed')",
            "false",
        );
        tab.becomes(&state, one);
        assert_eq!(tab.complaints(), [""; 0], "{url}");
    }
}

fn the_lists_of_the_page_light_the_picture() {
    let tab = tab();
    drawn(&tab, &bundled().http(PAGE));
    tab.evaluate("document.querySelector('.leads li > a').focus()");
    tab.becomes(&format!("{GRAPH}.state().lit > 0"), true);
    tab.evaluate("document.activeElement.blur()");
    tab.becomes(&format!("{GRAPH}.state().lit"), -1);
}

fn the_way_to_the_whole_graph_shows_this_document_there() {
    let tab = tab();
    for url in bundled().both(PAGE) {
        drawn(&tab, &url);
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
