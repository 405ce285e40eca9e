//! The catalogue's three views: tabs with a script, sections without one, each with an address.

use crate::browser::tab;
use crate::sites::{Open, bundled, bundled_source, everything};
use crate::tab::Tab;
use crate::trial::{Test, tests};

pub const TESTS: &[Test] = tests![
    the_views_are_tabs_with_panels_and_one_is_shown,
    a_click_an_address_and_the_arrows_open_a_view_and_back_returns,
    an_address_within_a_view_opens_it_and_goes_there,
    only_the_wanted_view_is_ever_painted,
    the_path_waits_for_no_data_and_the_lists_stand_without_it,
    a_site_without_stages_begins_with_its_topics,
    without_scripts_the_three_views_stand_one_under_the_other,
];

const SHOWN: &str = "[...document.querySelectorAll('.view')]
    .filter((view) => view.checkVisibility()).map((view) => view.id).join()";
const SELECTED: &str = "document.querySelector('[role=tab][aria-selected=true]').hash";

fn shows(tab: &Tab, view: &str) {
    tab.becomes(SHOWN, view);
    tab.becomes(SELECTED, format!("#{view}"));
}

fn the_views_are_tabs_with_panels_and_one_is_shown() {
    let tab = tab();
    for url in everything().both("index.html") {
        tab.visit(&url);
        shows(&tab, "flow");
        let roles = "['[role=tablist]', '[role=tab]', '[role=tabpanel]', \
                     '[role=tab][tabindex=\"0\"]', '[role=tab][aria-selected=true]']
            .map((selector) => String(document.querySelectorAll(selector).length))";
        assert_eq!(tab.list(roles), ["1", "3", "3", "1", "1"], "{url}");
        let tied = "[...document.querySelectorAll('[role=tab]')].every((tab) => {
            const panel = document.getElementById(tab.getAttribute('aria-controls'));
            return panel.getAttribute('aria-labelledby') === tab.id;
        })";
        assert!(tab.holds(tied), "{url}");
        assert_eq!(tab.complaints(), [""; 0]);
    }
}

fn a_click_an_address_and_the_arrows_open_a_view_and_back_returns() {
    let tab = tab();
    for (width, scheme) in [(1280, "light"), (390, "dark")] {
        tab.resize(width, 800);
        tab.prefer(&[("prefers-color-scheme", scheme)]);
        for url in everything().both("index.html") {
            tab.visit(&url);
            tab.click("#ds\\.tab-topics");
            shows(&tab, "topics");
            tab.becomes("location.hash", "#topics");
            tab.evaluate("document.activeElement.focus()");
            tab.evaluate("document.querySelector('[aria-selected=true]').focus()");
            tab.press("ArrowRight");
            shows(&tab, "graph");
            tab.press("ArrowRight");
            shows(&tab, "flow");
            tab.press("End");
            shows(&tab, "graph");
            tab.press("Home");
            shows(&tab, "flow");
            tab.press("ArrowLeft");
            shows(&tab, "graph");
            for view in ["flow", "graph", "flow", "graph", "topics"] {
                tab.back();
                shows(&tab, view);
            }
            tab.forward();
            shows(&tab, "graph");
            for view in ["topics", "graph", "flow"] {
                tab.visit("about:blank");
                tab.visit(&format!("{url}#{view}"));
                shows(&tab, view);
                // The tabs are in sight.
                assert_eq!(tab.count("scrollY"), 0, "{url}#{view}, {width} wide");
            }
            assert_eq!(tab.complaints(), [""; 0]);
        }
    }
}

fn an_address_within_a_view_opens_it_and_goes_there() {
    let tab = tab();
    for url in bundled().both("index.html") {
        tab.visit(&format!("{url}#stage-3"));
        shows(&tab, "flow");
        let top = "document.getElementById('stage-3').getBoundingClientRect().top";
        tab.becomes(&format!("{top} >= 0 && {top} < 200"), true);
        tab.click("#ds\\.tab-graph");
        shows(&tab, "graph");
        tab.evaluate("location.hash = '#stage-1'");
        shows(&tab, "flow");
        tab.evaluate("location.hash = '#nowhere-%E0%A4%A'");
        shows(&tab, "flow");
    }
}

fn only_the_wanted_view_is_ever_painted() {
    let tab = tab();
    // What was visible whenever something was laid out, from the first element on.
    tab.before_scripts(
        "globalThis.seen = new Set();
         const look = () => {
             for (const view of document.querySelectorAll('.view')) {
                 if (view.checkVisibility()) seen.add(view.id);
             }
             if (document.readyState !== 'complete') requestAnimationFrame(look);
         };
         requestAnimationFrame(look);
         new MutationObserver(look).observe(document, { childList: true, subtree: true });",
    );
    let site = bundled();
    tab.visit(&site.http("index.html#graph"));
    tab.becomes("[...seen].join()", "graph");
}

fn the_path_waits_for_no_data_and_the_lists_stand_without_it() {
    let tab = tab();
    let site = Open::new(bundled_source());
    tab.visit(&site.http("index.html"));
    tab.becomes("document.getElementById('ds.resume').hidden", false);
    let asked = tab.requests();
    assert!(asked.iter().all(|url| !url.contains("/data/")), "{asked:?}");
    // Where the data does not come, what is in the HTML stays.
    site.lose("assets/docsite/data");
    tab.visit(&site.http("index.html"));
    tab.click("#ds\\.tab-topics");
    shows(&tab, "topics");
    let rows = "[...document.querySelectorAll('#topics .rows li')]
        .filter((row) => row.checkVisibility()).length";
    assert_eq!(tab.count(rows), 28);
    tab.click("#ds\\.tab-graph");
    shows(&tab, "graph");
    assert_eq!(
        tab.count("document.querySelectorAll('#graph .web li').length"),
        28
    );
    let thrown = tab.complaints();
    assert!(
        thrown.iter().all(|what| !what.starts_with("exception")),
        "{thrown:?}"
    );
}

fn a_site_without_stages_begins_with_its_topics() {
    let tab = tab();
    let site = Open::new(
        crate::harness::SiteTest::new()
            .doc("gw__note-a", "# A\n\n[b](gw__note-b.html)\n")
            .doc("gw__note-b", "# B\n"),
    );
    for url in site.both("index.html") {
        tab.visit(&url);
        shows(&tab, "topics");
        assert_eq!(
            tab.count("document.querySelectorAll('[role=tab]').length"),
            2
        );
        // A link of another site, or of before.
        tab.visit(&format!("{url}#flow"));
        shows(&tab, "topics");
        tab.click("#ds\\.tab-graph");
        shows(&tab, "graph");
        assert_eq!(tab.complaints(), [""; 0]);
    }
}

fn without_scripts_the_three_views_stand_one_under_the_other() {
    let tab = tab();
    tab.without_scripts();
    for url in everything().both("index.html") {
        tab.visit(&url);
        assert_eq!(tab.text(SHOWN), "flow,topics,graph");
    }
}
