//! Text has enough contrast to its background, in both themes, as WCAG AA requires.

use crate::browser::tab;
use crate::sites::{EVERYTHING, Open, bundled, everything};
use crate::tab::Tab;
use crate::trial::{Test, tests};

pub const TESTS: &[Test] = tests![
    every_text_of_our_own_archive_has_contrast,
    every_text_on_the_page_with_everything_has_contrast,
    on_a_narrow_screen_it_does_too,
    faint_text_is_found,
];

/// Every piece of text that stands out too little, with its ratio.
const FAINT: &str = include_str!("faint.js");

fn faint(tab: &Tab, site: &Open, page: &str) -> Vec<String> {
    let mut faint = Vec::new();
    for scheme in ["light", "dark"] {
        tab.prefer(&[("prefers-color-scheme", scheme)]);
        tab.visit(&site.http(page));
        tab.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true");
        let list = tab.list(FAINT);
        faint.extend(
            list.into_iter()
                .map(|text| format!("{page}, {scheme}: {text}")),
        );
    }
    faint
}

fn every_text_stands_out(site: &Open, pages: &[&str]) {
    let tab = tab();
    let all: Vec<String> = pages
        .iter()
        .flat_map(|page| faint(&tab, site, page))
        .collect();
    assert_eq!(all, [""; 0]);
}

fn every_text_of_our_own_archive_has_contrast() {
    every_text_stands_out(
        &bundled(),
        &[
            "index.html",
            "files.html",
            "gw__guide-egress-gateway-https.html",
            "arch__runbook-helm-reinstall.html",
        ],
    );
}

fn every_text_on_the_page_with_everything_has_contrast() {
    every_text_stands_out(&everything(), &[EVERYTHING, "index.html", "files.html"]);
}

fn on_a_narrow_screen_it_does_too() {
    let tab = tab();
    tab.resize(390, 800);
    assert_eq!(faint(&tab, &everything(), EVERYTHING), [""; 0]);
}

/// Without this, an empty list would prove nothing.
fn faint_text_is_found() {
    let tab = tab();
    let site = everything();
    tab.visit(&site.http(EVERYTHING));
    tab.evaluate("document.querySelector('.body p').style.color = '#999'");
    let list = tab.list(FAINT);
    assert!(list.iter().any(|text| text.starts_with("2.7")), "{list:?}");
}
