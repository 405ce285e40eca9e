//! The theme: the system's, until a reader chooses.

use crate::browser::{tab, tab_beside};
use crate::sites::{EVERYTHING, everything};
use crate::tab::Tab;
use crate::trial::{Test, tests};

pub const TESTS: &[Test] = tests![
    a_page_follows_the_system_until_somebody_chooses,
    the_button_goes_from_auto_to_light_to_dark_and_says_where_it_is,
    the_button_works_by_keyboard,
    a_choice_holds_after_a_reload_and_on_other_pages,
    a_page_that_is_open_beside_follows_the_choice,
    a_browser_that_keeps_nothing_still_switches,
];

const PAPER: &str = "getComputedStyle(document.body).backgroundColor";
const LIGHT: &str = "rgb(252, 252, 251)";
const DARK: &str = "rgb(20, 23, 26)";
const ATTRIBUTE: &str = "document.documentElement.dataset.theme ?? ''";
const LABEL: &str = "document.querySelector('.theme').getAttribute('aria-label')";

fn prefer(tab: &Tab, scheme: &str) {
    tab.prefer(&[("prefers-color-scheme", scheme)]);
}

fn a_page_follows_the_system_until_somebody_chooses() {
    let tab = tab();
    for url in everything().both(EVERYTHING) {
        tab.visit(&url);
        for (scheme, paper) in [("light", LIGHT), ("dark", DARK), ("light", LIGHT)] {
            prefer(&tab, scheme);
            assert_eq!(tab.text(PAPER), paper, "{url}");
            assert_eq!(tab.text(ATTRIBUTE), "", "{url}");
        }
    }
}

fn the_button_goes_from_auto_to_light_to_dark_and_says_where_it_is() {
    let tab = tab();
    for url in everything().both(EVERYTHING) {
        prefer(&tab, "dark");
        tab.visit(&url);
        let mut seen = vec![(tab.text(PAPER), tab.text(LABEL))];
        for _ in 0..3 {
            tab.click(".theme");
            seen.push((tab.text(PAPER), tab.text(LABEL)));
        }
        let wanted = [
            (DARK, "화면 색: 자동"),
            (LIGHT, "화면 색: 밝게"),
            (DARK, "화면 색: 어둡게"),
            (DARK, "화면 색: 자동"),
        ];
        let wanted = wanted.map(|(paper, label)| (paper.to_owned(), label.to_owned()));
        assert_eq!(seen, wanted, "{url}");
        assert_eq!(
            tab.text("document.querySelector('.theme').innerText"),
            "자동"
        );
        assert_eq!(tab.complaints(), [""; 0], "{url}");
    }
}

fn the_button_works_by_keyboard() {
    let tab = tab();
    prefer(&tab, "dark");
    let site = everything();
    tab.visit(&site.http(EVERYTHING));
    tab.evaluate("document.querySelector('.theme').focus()");
    tab.press("Enter");
    assert_eq!(tab.text(PAPER), LIGHT);
    tab.press(" ");
    assert_eq!(tab.text(ATTRIBUTE), "dark");
}

fn a_choice_holds_after_a_reload_and_on_other_pages() {
    let tab = tab();
    prefer(&tab, "light");
    let site = everything();
    let [urls, others] = [EVERYTHING, "index.html"].map(|page| site.both(page));
    for (url, other) in urls.iter().zip(&others) {
        tab.visit(url);
        tab.click(".theme");
        tab.click(".theme");
        tab.reload();
        assert_eq!(tab.text(PAPER), DARK, "{url}");
        assert_eq!(tab.text(LABEL), "화면 색: 어둡게");
        tab.visit(other);
        assert_eq!(tab.text(PAPER), DARK, "{other}");
        tab.click(".theme");
        tab.reload();
        assert_eq!(tab.text(PAPER), LIGHT, "{other}");
        assert_eq!(tab.text(ATTRIBUTE), "", "{other}");
    }
}

fn a_page_that_is_open_beside_follows_the_choice() {
    let tab = tab();
    let site = everything();
    let beside = tab_beside(&tab);
    for tab in [&tab, &beside] {
        prefer(tab, "light");
        tab.visit(&site.http(EVERYTHING));
    }
    tab.click(".theme");
    tab.click(".theme");
    beside.becomes(PAPER, DARK);
}

fn a_browser_that_keeps_nothing_still_switches() {
    let tab = tab();
    prefer(&tab, "dark");
    tab.before_scripts(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } })",
    );
    for url in everything().both(EVERYTHING) {
        tab.visit(&url);
        tab.click(".theme");
        assert_eq!(tab.text(PAPER), LIGHT, "{url}");
        assert_eq!(tab.complaints(), [""; 0], "{url}");
    }
}
