//! Without scripts a page lacks nothing that is read, and offers nothing that does not work.

use crate::browser::tab;
use crate::sites::{EVERYTHING, everything};
use crate::trial::{Test, tests};

pub const TESTS: &[Test] = tests![
    without_scripts_there_is_no_control_that_does_nothing,
    without_scripts_the_text_is_all_there,
    without_scripts_the_theme_is_the_systems,
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
const ADDED: [&str; 8] = [
    "둘레",
    "전체 관계도",
    "처음부터 읽기",
    "읽기 시작",
    "읽음",
    "읽은 기록",
    "크기 =",
    "올리면",
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
