//! The button that copies a block of code: the content of the clipboard afterwards.

use std::sync::{Mutex, PoisonError};

use crate::browser::tab;
use crate::harness::SiteTest;
use crate::sites::{Open, shared};
use crate::tab::Tab;
use crate::trial::{Test, tests};

pub const TESTS: &[Test] = tests![
    the_button_copies_the_code_alone,
    the_button_works_by_keyboard_and_keeps_the_focus,
    a_browser_that_refuses_its_clipboard_copies_a_selection,
    the_link_of_a_heading_is_copied,
];

const PAGE: &str = "gw__note-code.html";
const CODE: &str = "# 코드\n\n\
    ```yaml title=\"a.yaml\" showLineNumbers {2}\nkind: Gateway  # <b>이름</b> & 값\nspec:\n\n  a: \"b\"\n```\n\n\
    ```console\n$ kubectl get pods \\\n  --all\nNAME   READY\n$ istioctl version\nclient: 1.30\n```\n\n\
    ```\nno language\n```\n";

/// The browser has one clipboard for all of its tabs.
static CLIPBOARD: Mutex<()> = Mutex::new(());

fn code() -> Open {
    shared("code", || SiteTest::new().doc("gw__note-code", CODE))
}

fn button(number: usize) -> String {
    format!("document.querySelectorAll('figure.code .copy')[{number}]")
}

/// Pastes what was copied into a field of its own.
fn pasted(tab: &Tab) -> String {
    tab.evaluate(
        "document.body.append(document.createElement('textarea'));
         document.querySelector('body > textarea').focus()",
    );
    tab.paste();
    tab.text(
        "(() => {
            const area = document.querySelector('body > textarea');
            area.remove();
            return area.value;
        })()",
    )
}

/// Presses the button of each block in its turn: what each copied.
fn copied(tab: &Tab, press: impl Fn(usize)) -> Vec<String> {
    let words = format!("{}.innerText", button(0));
    let before = tab.text(&words);
    let mut copied = Vec::new();
    for number in 0..3 {
        press(number);
        // It says so once the text is in the clipboard.
        tab.becomes(
            &format!("{}.innerText !== '{before}'", button(number)),
            true,
        );
        copied.push(pasted(tab));
    }
    copied
}

const WANTED: [&str; 3] = [
    "kind: Gateway  # <b>이름</b> & 값\nspec:\n\n  a: \"b\"",
    "kubectl get pods \\\n  --all\nistioctl version",
    "no language",
];

fn the_button_copies_the_code_alone() {
    let tab = tab();
    let _alone = CLIPBOARD.lock().unwrap_or_else(PoisonError::into_inner);
    let site = code();
    for url in site.both(PAGE) {
        tab.visit(&url);
        let copied = copied(&tab, |number| {
            tab.evaluate(&format!("{}.dataset.number = {number}", button(number)));
            tab.click(&format!(".copy[data-number='{number}']"));
        });
        assert_eq!(copied, WANTED, "{url}");
        assert_eq!(tab.complaints(), [""; 0], "{url}");
    }
}

/// Presses a button by keyboard; the focus stays on it.
fn press_enter_on(tab: &Tab, number: usize) {
    tab.evaluate(&format!("{}.focus()", button(number)));
    tab.press("Enter");
    let is_kept = format!("document.activeElement === {}", button(number));
    tab.becomes(&is_kept, true);
}

fn the_button_works_by_keyboard_and_keeps_the_focus() {
    let tab = tab();
    let _alone = CLIPBOARD.lock().unwrap_or_else(PoisonError::into_inner);
    let site = code();
    for url in site.both(PAGE) {
        tab.visit(&url);
        let copied = copied(&tab, |number| press_enter_on(&tab, number));
        assert_eq!(copied, WANTED, "{url}");
    }
}

fn a_browser_that_refuses_its_clipboard_copies_a_selection() {
    let tab = tab();
    let _alone = CLIPBOARD.lock().unwrap_or_else(PoisonError::into_inner);
    tab.before_scripts("Object.defineProperty(navigator, 'clipboard', { value: undefined })");
    let site = code();
    for url in site.both(PAGE) {
        tab.visit(&url);
        let copied = copied(&tab, |number| press_enter_on(&tab, number));
        assert_eq!(copied, WANTED, "{url}");
        assert_eq!(tab.complaints(), [""; 0], "{url}");
    }
}

fn the_link_of_a_heading_is_copied() {
    let _alone = CLIPBOARD.lock().unwrap_or_else(PoisonError::into_inner);
    let tab = tab();
    let site = crate::sites::everything();
    for url in site.both("gw__note-everything.html") {
        tab.visit(&url);
        tab.click("h2 .anchor");
        tab.becomes(
            "document.querySelector('h2 .anchor').dataset.said ?? ''",
            "복사됨",
        );
        let copied = pasted(&tab);
        assert_eq!(copied, tab.text("location.href"));
        assert!(copied.contains('#'), "{copied}");
    }
}
