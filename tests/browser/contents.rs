//! The contents in the margin: the heading being read is marked. The signs beside headings.

use crate::browser::tab;
use crate::sites::{EVERYTHING, everything, sections};
use crate::tab::Tab;
use crate::trial::{Test, tests};

pub const TESTS: &[Test] = tests![
    the_heading_being_read_is_marked,
    a_link_of_the_contents_scrolls_below_the_bar_and_is_marked,
    an_address_with_a_heading_marks_it,
    at_the_end_of_the_page_the_last_heading_is_marked,
    a_heading_too_near_the_end_to_come_up_is_marked_when_it_was_asked_for,
    the_sign_of_a_heading_shows_under_the_mouse_and_under_the_focus,
    the_folded_contents_of_a_narrow_screen_open_and_lead,
];

/// What is marked, in the margin alone; the folded list of narrow screens says the same.
const MARKED: &str = "[...document.querySelectorAll('.side .toc [aria-current]')].map((link) => link.innerText).join()";

fn scroll_to(tab: &Tab, heading: &str) {
    tab.evaluate(&format!(
        "[...document.querySelectorAll('.body :is(h2, h3)')]
            .find((heading) => heading.firstChild.data === '{heading}').scrollIntoView()"
    ));
}

fn the_heading_being_read_is_marked() {
    let tab = tab();
    for url in sections().both("gw__note-sections.html") {
        tab.visit(&url);
        assert_eq!(tab.text(MARKED), "", "nothing is passed yet");
        for heading in ["절 1", "작은 절 1", "절 2"] {
            scroll_to(&tab, heading);
            tab.becomes(MARKED, heading);
        }
        scroll_to(&tab, "작은 절 5");
        tab.becomes(MARKED, "작은 절 5");
        scroll_to(&tab, "작은 절 1");
        tab.becomes(MARKED, "작은 절 1");
        tab.evaluate("scrollBy(0, 300)");
        tab.becomes(MARKED, "작은 절 1");
        tab.evaluate("scrollTo(0, 0)");
        tab.becomes(MARKED, "");
    }
}

fn a_link_of_the_contents_scrolls_below_the_bar_and_is_marked() {
    let tab = tab();
    for url in sections().both("gw__note-sections.html") {
        tab.visit(&url);
        tab.click(".side .toc a[href='#절-4']");
        tab.becomes(MARKED, "절 4");
        let top = tab.number("document.getElementById('절-4').getBoundingClientRect().top");
        let bar = tab.number("document.querySelector('.top').getBoundingClientRect().bottom");
        assert!(top >= bar && top < bar + 120.0, "{top} under {bar}");
    }
}

fn an_address_with_a_heading_marks_it() {
    let tab = tab();
    for url in sections().both("gw__note-sections.html") {
        tab.visit("about:blank");
        tab.visit(&format!("{url}#작은-절-3"));
        tab.becomes(MARKED, "작은 절 3");
    }
}

fn at_the_end_of_the_page_the_last_heading_is_marked() {
    let tab = tab();
    for url in sections().both("gw__note-sections.html") {
        tab.visit(&url);
        tab.evaluate("scrollTo(0, document.body.scrollHeight)");
        tab.becomes(MARKED, "끝 절");
        scroll_to(&tab, "절 6");
        tab.becomes(MARKED, "절 6");
    }
}

fn a_heading_too_near_the_end_to_come_up_is_marked_when_it_was_asked_for() {
    let tab = tab();
    for url in sections().both("gw__note-sections.html") {
        tab.visit(&url);
        for heading in ["짧은 절", "더 짧은 절", "끝 절", "더 짧은 절"] {
            tab.click(&format!(
                ".side .toc a[href='#{}']",
                heading.replace(' ', "-")
            ));
            tab.becomes(MARKED, heading);
        }
    }
}

fn the_sign_of_a_heading_shows_under_the_mouse_and_under_the_focus() {
    let tab = tab();
    let opacity = "getComputedStyle(document.querySelector('.body h2 > .anchor')).opacity";
    for url in everything().both(EVERYTHING) {
        tab.visit(&url);
        assert_eq!(tab.text(opacity), "0");
        tab.hover(".body h2");
        tab.becomes(opacity, "1");
        tab.hover(".doc h1");
        tab.becomes(opacity, "0");
        tab.evaluate("document.querySelector('.body h2 > .anchor').focus()");
        tab.becomes(opacity, "1");
    }
}

fn the_folded_contents_of_a_narrow_screen_open_and_lead() {
    let tab = tab();
    tab.resize(390, 800);
    for url in sections().both("gw__note-sections.html") {
        tab.visit(&url);
        let shown = "document.querySelector('.toc-s .toc a').checkVisibility()";
        assert!(!tab.holds(shown), "{url}");
        tab.click(".toc-s summary");
        tab.becomes(shown, true);
        tab.click(".toc-s a[href='#절-2']");
        tab.becomes("location.hash", "#%EC%A0%88-2");
        tab.becomes(
            "document.getElementById('절-2').getBoundingClientRect().top < 200",
            true,
        );
    }
}
