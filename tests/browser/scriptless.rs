//! Without scripts a page lacks nothing that is read, and offers nothing that does not work.

use crate::browser::tab;
use crate::sites::{EVERYTHING, everything};

const CONTROLS: &str = "[...document.querySelectorAll('button, input:not([disabled]), select')]
    .filter((element) => element.checkVisibility()).map((element) => element.outerHTML)";
/// With what is folded, and without what a script put there to be pressed.
const TEXT: &str = "(() => {
    for (const fold of document.querySelectorAll('details')) fold.open = true;
    for (const button of document.querySelectorAll('button')) button.remove();
    return document.body.innerText;
})()";

#[test]
fn without_scripts_there_is_no_control_that_does_nothing() {
    let Some(tab) = tab() else { return };
    let site = everything();
    tab.without_scripts();
    for page in [EVERYTHING, "index.html", "files.html"] {
        for url in site.both(page) {
            tab.visit(&url);
            assert_eq!(tab.list(CONTROLS), [""; 0], "{url}");
        }
    }
}

#[test]
fn without_scripts_the_text_is_all_there() {
    let (Some(with), Some(without)) = (tab(), tab()) else {
        return;
    };
    let site = everything();
    without.without_scripts();
    for page in [EVERYTHING, "index.html", "files.html"] {
        let url = site.http(page);
        with.visit(&url);
        without.visit(&url);
        assert_eq!(without.text(TEXT), with.text(TEXT), "{page}");
    }
}

#[test]
fn without_scripts_the_theme_is_the_systems() {
    let Some(tab) = tab() else { return };
    let site = everything();
    tab.without_scripts();
    tab.prefer(&[("prefers-color-scheme", "dark")]);
    for url in site.both(EVERYTHING) {
        tab.visit(&url);
        let paper = tab.text("getComputedStyle(document.body).backgroundColor");
        assert_eq!(paper, "rgb(20, 23, 26)", "{url}");
    }
}
