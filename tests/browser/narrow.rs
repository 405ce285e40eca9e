//! On the narrowest screen nothing makes the page itself scroll to the side.

use crate::browser::tab;
use crate::sites::{EVERYTHING, Open, beside, bundled, everything};

const WIDTH: u32 = 360;

/// Every element that sticks out and is not in a box that scrolls by itself, the widest first.
const WIDE: &str = include_str!("wide.js");

fn no_page_scrolls_to_the_side(site: &Open, least: usize) {
    let Some(tab) = tab() else { return };
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
#[test]
fn a_wide_element_is_found() {
    let Some(tab) = tab() else { return };
    tab.resize(WIDTH, 800);
    let site = everything();
    tab.visit(&site.http(EVERYTHING));
    tab.evaluate("document.querySelector('.lede').style.width = '500px'");
    let list = tab.list(WIDE);
    assert!(list[0].contains("p.lede"), "{list:?}");
}

#[test]
fn no_page_of_the_korean_vue_documentation_scrolls_to_the_side() {
    let Some(site) = beside("corpora/vue-ko") else {
        return;
    };
    no_page_scrolls_to_the_side(&site, 119);
}

#[test]
fn no_page_of_the_rust_book_scrolls_to_the_side() {
    let Some(site) = beside("corpora/rust-book") else {
        return;
    };
    no_page_scrolls_to_the_side(&site, 112);
}

#[test]
fn no_page_of_the_owners_archive_scrolls_to_the_side() {
    let Some(site) = beside("archive51") else {
        return;
    };
    no_page_scrolls_to_the_side(&site, 53);
}

#[test]
fn no_page_of_our_own_archive_or_with_everything_scrolls_to_the_side() {
    no_page_scrolls_to_the_side(&bundled(), 30);
    no_page_scrolls_to_the_side(&everything(), 5);
}
