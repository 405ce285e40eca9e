//! Without scripts a page lacks nothing that is read, and offers nothing that does not work.

use crate::browser::tab;
use crate::sites::{EVERYTHING, bundled, everything};
use crate::trial::{Test, tests};

pub const TESTS: &[Test] = tests![
    without_scripts_there_is_no_control_that_does_nothing,
    without_scripts_the_text_is_all_there,
    without_scripts_the_theme_is_the_systems,
    without_scripts_the_graph_is_a_picture_that_links_to_the_documents,
];

const CONTROLS: &str = "[...document.querySelectorAll('button, input:not([disabled]), select')]
    .filter((element) => element.checkVisibility()).map((element) => element.outerHTML)";
/// The lines of a page with what is folded, whichever view is shown; without buttons, and without
/// the numbers of the stages, which a script makes others.
const TEXT: &str = "(() => {
    for (const fold of document.querySelectorAll('details')) fold.open = true;
    for (const part of document.querySelectorAll('button, .map small')) part.remove();
    delete document.documentElement.dataset.view;
    return document.body.innerText.split('\\n').map((line) => line.trim()).filter(Boolean);
})()";

fn without_scripts_there_is_no_control_that_does_nothing() {
    let tab = tab();
    let site = everything();
    tab.without_scripts();
    for page in [EVERYTHING, "index.html", "files.html"] {
        for url in site.both(page) {
            tab.visit(&url);
            assert_eq!(tab.list(CONTROLS), [""; 0], "{url}");
        }
    }
}

fn without_scripts_the_text_is_all_there() {
    let (with, without) = (tab(), tab());
    let site = everything();
    without.without_scripts();
    // The path comes first: a document that was opened changes what it says.
    for page in ["index.html", "files.html", EVERYTHING] {
        let url = site.http(page);
        with.visit(&url);
        without.visit(&url);
        let (without, with) = (without.list(TEXT), with.list(TEXT));
        let lost = without.iter().filter(|line| !with.contains(line));
        assert_eq!(
            lost.collect::<Vec<_>>(),
            [""; 0],
            "{page}: only without scripts"
        );
        // What a script adds is about itself: the filter, the picture, what was read.
        let added = with.iter().filter(|line| !without.contains(line));
        let added: Vec<_> = added.map(String::as_str).collect();
        let known = |line: &&str| ADDED.iter().any(|known| line.contains(known));
        let unknown = added.iter().filter(|line| !known(line));
        assert_eq!(
            unknown.collect::<Vec<_>>(),
            [&""; 0],
            "{page}: only with scripts"
        );
    }
}

/// What the lines that a script adds have in them.
const ADDED: [&str; 11] = [
    "둘레",
    "여기로 오는 링크",
    "여기서 나가는 링크",
    "전체 관계도",
    "처음부터 읽기",
    "읽기 시작",
    "읽음",
    "읽은 기록",
    "크기 =",
    "올리면",
    "누르면",
];

fn without_scripts_the_theme_is_the_systems() {
    let tab = tab();
    let site = everything();
    tab.without_scripts();
    tab.prefer(&[("prefers-color-scheme", "dark")]);
    for url in site.both(EVERYTHING) {
        tab.visit(&url);
        let paper = tab.text("getComputedStyle(document.body).backgroundColor");
        assert_eq!(paper, "rgb(20, 23, 26)", "{url}");
    }
}

fn without_scripts_the_graph_is_a_picture_that_links_to_the_documents() {
    let (with, without) = (tab(), tab());
    without.without_scripts();
    let site = bundled();
    let hrefs = "[...document.querySelectorAll('.still a')].filter((a) => a.closest('svg').checkVisibility())
        .map((a) => a.getAttribute('href')).sort()";
    let listed =
        "[...document.querySelectorAll('.webs li > a')].map((a) => a.getAttribute('href')).sort()";
    for url in site.both("index.html") {
        for (width, scheme) in [(1280, "light"), (390, "dark")] {
            without.resize(width, 800);
            without.prefer(&[("prefers-color-scheme", scheme)]);
            without.visit(&url);
            assert_eq!(without.list(hrefs), without.list(listed), "{url}");
            assert!(without.holds("document.querySelector('.still').checkVisibility()"));
            // No name on a disc or another name, in the fonts of this browser.
            let covered = "(() => {
                const boxes = (what) => [...document.querySelectorAll('.still ' + what)]
                    .filter((one) => one.closest('svg').checkVisibility())
                    .map((one) => [one.parentNode, one.getBoundingClientRect()]);
                const meets = (a, b) => a.left + 3 < b.right && b.left + 3 < a.right
                    && a.top + 3 < b.bottom && b.top + 3 < a.bottom;
                return boxes('text').flatMap(([own, text]) =>
                    [...boxes('circle'), ...boxes('text')].filter(([other, box]) =>
                        other !== own && meets(text, box))).length;
            })()";
            assert_eq!(without.count(covered), 0, "{width}");
            let names = without.count(
                "[...document.querySelectorAll('.still a:has(text)')].filter((a) => a.closest('svg').checkVisibility()).length",
            );
            assert!(names > if width > 600 { 20 } else { 8 }, "{names}");
            // All of it is in the window, as large as it is drawn.
            assert!(without.holds(
                "[...document.querySelectorAll('.still svg')].filter((svg) => svg.checkVisibility())
                    .every((svg) => svg.getBoundingClientRect().width <= innerWidth
                        && svg.getScreenCTM().a > 0.85)"
            ));
            let ink = "new Set([...document.querySelectorAll('.still circle')]
                .map((circle) => getComputedStyle(circle).fill)).size";
            assert!(without.count(ink) > 3, "a colour for each topic");
            assert!(!without.holds("document.documentElement.scrollWidth > innerWidth"));
        }
        assert_eq!(without.complaints(), [""; 0], "{url}");
        with.visit(&format!("{url}#graph"));
        // With them, it stays until the reader does anything.
        with.becomes(
            "document.querySelector('#graph .zoom')?.checkVisibility()",
            true,
        );
        assert!(with.holds("document.querySelector('.still').checkVisibility()"));
        with.hover(".tabs a");
        with.becomes("document.querySelector('.still').checkVisibility()", false);
        assert!(with.holds("document.querySelector('#graph canvas').checkVisibility()"));
    }
}
