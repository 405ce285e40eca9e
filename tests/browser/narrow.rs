//! On the narrowest screen nothing makes the page itself scroll to the side.

use crate::browser::tab;
use crate::samples::NOTES;
use crate::sites::{EVERYTHING, Open, bundled, everything, notes};
use crate::trial::{Test, tests};

pub const TESTS: &[Test] = tests![
    a_wide_element_is_found,
    no_page_of_the_notes_scrolls_to_the_side,
    no_page_of_our_own_archive_or_with_everything_scrolls_to_the_side,
    a_long_formula_scrolls_in_its_own_box,
];

const WIDTH: u32 = 360;

/// Every element that sticks out and is not in a box that scrolls by itself, the widest first.
const WIDE: &str = include_str!("wide.js");

pub fn no_page_scrolls_to_the_side(site: &Open, least: usize) {
    let tab = tab();
    tab.resize(WIDTH, 800);
    let pages = site.pages();
    assert!(pages.len() >= least, "{}", pages.len());
    let mut wide = Vec::new();
    for page in pages {
        tab.visit(&site.http(&page));
        // Folded text is part of the page too.
        tab.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true");
        let list = tab.list(WIDE);
        wide.extend(list.into_iter().map(|element| format!("{page}: {element}")));
    }
    assert_eq!(wide, [""; 0], "{} elements", wide.len());
}

/// Without this, an empty list would prove nothing.
fn a_wide_element_is_found() {
    let tab = tab();
    tab.resize(WIDTH, 800);
    let site = everything();
    tab.visit(&site.http(EVERYTHING));
    tab.evaluate("document.querySelector('.lede').style.width = '500px'");
    let list = tab.list(WIDE);
    assert!(list[0].contains("p.lede"), "{list:?}");
}

fn no_page_of_the_notes_scrolls_to_the_side() {
    let site = notes();
    no_page_scrolls_to_the_side(&site, NOTES + 2);
}

fn no_page_of_our_own_archive_or_with_everything_scrolls_to_the_side() {
    no_page_scrolls_to_the_side(&bundled(), 30);
    no_page_scrolls_to_the_side(&everything(), 5);
}

fn a_long_formula_scrolls_in_its_own_box() {
    let tab = tab();
    tab.resize(WIDTH, 800);
    tab.visit(&everything().http(EVERYTHING));
    let formula = "document.querySelector('.math:not(.in)')";
    assert!(tab.holds(&format!(
        "{formula}.scrollWidth > {formula}.clientWidth + 100"
    )));
    assert!(tab.holds(&format!(
        "{formula}.getBoundingClientRect().right <= innerWidth"
    )));
    tab.evaluate(&format!("{formula}.focus()"));
    tab.press("ArrowRight");
    tab.becomes(&format!("{formula}.scrollLeft > 10"), true);
    assert!(tab.holds("document.documentElement.scrollWidth <= innerWidth"));
}
