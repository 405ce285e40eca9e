//! The keyboard reaches all that a mouse does, in the order of the page, and shows where it is.

use crate::browser::tab;
use crate::sites::{EVERYTHING, everything};
use crate::tab::Tab;
use crate::trial::{Test, tests};

pub const TESTS: &[Test] = tests![
    tab_goes_through_a_document_in_order_and_is_seen,
    shift_and_tab_go_back_the_same_way,
    tab_goes_through_a_document_on_a_narrow_screen,
    tab_goes_through_the_catalogue_and_the_files,
    tab_goes_through_the_topics_and_the_graph,
    a_fold_opens_by_keyboard_and_its_links_are_reached,
    the_skip_link_is_first_and_skips_the_bar,
    what_scrolls_to_the_side_scrolls_by_keyboard,
    every_box_that_scrolls_is_made_for_the_focus,
];

/// Everything that can be reached, and what is wrong with the place that has the focus.
const STOPS: &str = include_str!("stops.js");

fn stops(tab: &Tab) -> Vec<String> {
    tab.evaluate(STOPS);
    tab.list("stops.all()")
}

/// Where each press leads. Every place on the way must be seen.
fn walk(tab: &Tab, presses: usize, press: impl Fn()) -> Vec<String> {
    let mut walked = Vec::new();
    for _ in 0..presses {
        press();
        let stop = tab.list("stops.here()");
        assert_eq!(stop[1..], [""; 0], "{}, after {walked:#?}", stop[0]);
        walked.extend(stop.into_iter().take(1));
    }
    walked
}

fn tab_goes_through(page: &str, width: u32) -> Vec<String> {
    let tab = tab();
    let site = everything();
    tab.resize(width, 800);
    tab.visit(&site.http(page));
    show_what_comes_near(&tab);
    let stops = stops(&tab);
    let forth = walk(&tab, stops.len(), || tab.press("Tab"));
    assert_eq!(forth, stops, "{page}, {width} wide");
    stops
}

/// Buttons that are shown once their script is there, which comes when they come near.
fn show_what_comes_near(tab: &Tab) {
    let near = "[...document.querySelectorAll('[data-need]')].filter((part) => part.parentElement.checkVisibility())";
    tab.evaluate(&format!(
        "{near}.forEach((part) => part.parentElement.scrollIntoView())"
    ));
    tab.becomes(
        &format!("{near}.every((part) => part.checkVisibility())"),
        true,
    );
    tab.evaluate("scrollTo({ top: 0, behavior: 'instant' })");
}

#[track_caller]
fn reaches(stops: &[String], parts: &[&str]) {
    if stops.is_empty() {
        return; // No browser.
    }
    for part in parts {
        assert!(
            stops.iter().any(|stop| stop.contains(part)),
            "no {part} in {stops:#?}"
        );
    }
}

fn tab_goes_through_a_document_in_order_and_is_seen() {
    let stops = tab_goes_through(EVERYTHING, 1280);
    reaches(
        &stops,
        &[
            "a.skip",
            "a.home",
            "button.theme",
            "span.src > a",
            "a.anchor",
            "a.ext",
            "a.file",
            "a.gone",
            "pre",
            "div.scroll",
            "summary",
            "a.previous",
            "a.next",
            "a.back-ref",
            "li > a: 알림",
        ],
    );
}

/// Upwards the bar at the top could hide where the focus is.
fn shift_and_tab_go_back_the_same_way() {
    let tab = tab();
    let site = everything();
    tab.visit(&site.http(EVERYTHING));
    // Read to its end, as it is after the way down.
    tab.evaluate("document.querySelector('.end').scrollIntoView()");
    tab.becomes("document.querySelector('.did').textContent", "✓ 읽음");
    tab.evaluate("scrollTo(0, 0)");
    let mut stops = stops(&tab);
    tab.evaluate("[...document.querySelectorAll('.foot :is(a, button)')].pop().focus()");
    let back = walk(&tab, stops.len() - 1, || tab.press_with_shift("Tab"));
    stops.pop();
    stops.reverse();
    assert_eq!(back, stops);
}

fn tab_goes_through_a_document_on_a_narrow_screen() {
    let stops = tab_goes_through(EVERYTHING, 390);
    reaches(
        &stops,
        &["details.toc-s > summary", "div.scroll", "button.theme"],
    );
}

fn tab_goes_through_the_catalogue_and_the_files() {
    let stops = tab_goes_through("index.html", 1280);
    reaches(
        &stops,
        &[
            "nav.tabs > a",
            "0 설치",
            "a.go",
            "button.station",
            "gateway.yaml",
        ],
    );
    reaches(&tab_goes_through("files.html", 1280), &["a.dir"]);
}

fn tab_goes_through_the_topics_and_the_graph() {
    let tab = tab();
    let site = everything();
    for (view, parts) in [
        ("topics", &["input", "div.chips > button", "첫 문서"][..]),
        (
            "graph",
            &[
                "canvas",
                "div.zoom > button",
                "span.colours > button",
                "summary",
            ],
        ),
    ] {
        tab.visit(&site.http("index.html"));
        tab.click(&format!("#ds\\.tab-{view}"));
        tab.becomes(
            "document.documentElement.dataset.view === 'topics'
                || document.getElementById('ds.picture').graph !== undefined",
            true,
        );
        let stops = stops(&tab);
        // An address with a place in it lets the keyboard begin there: this begins at the top.
        tab.evaluate("document.querySelector('.skip').focus()");
        let walked = walk(&tab, stops.len() - 1, || tab.press("Tab"));
        assert_eq!(walked, stops[1..], "{view}");
        reaches(&stops, parts);
    }
}

fn a_fold_opens_by_keyboard_and_its_links_are_reached() {
    let tab = tab();
    for url in everything().both(EVERYTHING) {
        tab.visit(&url);
        tab.evaluate("document.querySelector('.body details:not(.source) summary').focus()");
        tab.press("Enter");
        tab.becomes(
            "document.querySelector('.body details:not(.source)').open",
            true,
        );
        tab.press("Tab");
        tab.becomes("document.activeElement.innerText", "접힌 링크");
    }
}

fn the_skip_link_is_first_and_skips_the_bar() {
    let tab = tab();
    for url in everything().both(EVERYTHING) {
        tab.visit(&url);
        tab.press("Tab");
        assert_eq!(
            tab.text("document.activeElement.className"),
            "skip",
            "{url}"
        );
        tab.press("Enter");
        tab.becomes("location.hash", "#ds.main");
        tab.press("Tab");
        assert!(
            tab.holds("document.querySelector('main').contains(document.activeElement)"),
            "{url}"
        );
    }
}

fn what_scrolls_to_the_side_scrolls_by_keyboard() {
    let tab = tab();
    tab.resize(390, 800);
    let site = everything();
    tab.visit(&site.http(EVERYTHING));
    for selector in [".scroll", ".code pre"] {
        let element = format!("document.querySelector('{selector}')");
        tab.evaluate(&format!("{element}.focus()"));
        tab.press("ArrowRight");
        tab.becomes(&format!("{element}.scrollLeft > 0"), true);
    }
}

/// Other browsers than Chromium focus a box that scrolls only when it is told so.
fn every_box_that_scrolls_is_made_for_the_focus() {
    let tab = tab();
    let site = everything();
    for width in [390, 1280] {
        tab.resize(width, 800);
        for page in site.pages() {
            tab.visit(&site.http(&page));
            tab.evaluate(STOPS);
            assert_eq!(
                tab.list("stops.unreachable()"),
                [""; 0],
                "{page}, {width} wide"
            );
        }
    }
}
