//! The reading path remembers what was read: marks, progress, the next step; and the record can be
//! exported, imported and deleted.

use crate::browser::{tab, tab_beside};
use crate::sites::{Open, bundled, bundled_source};
use crate::tab::Tab;
use crate::trial::{Test, tests};

pub const TESTS: &[Test] = tests![
    what_was_read_is_marked_and_the_path_continues_from_there,
    a_document_that_was_left_is_gone_on_with_where_it_was_left,
    a_document_that_changed_since_is_marked_so,
    a_station_marks_by_hand_and_another_tab_sees_it,
    the_memory_goes_to_another_browser_as_a_file,
    the_memory_is_reset_and_can_be_had_back,
    two_sites_of_one_host_remember_apart,
    a_browser_that_keeps_nothing_shows_the_path_all_the_same,
    when_all_is_read_the_path_says_so,
];

const FIRST: &str = "arch__note-install-cp-dp-decoupling";

/// The states of the path's documents, in order: `read`, `begun` …
const STATES: &str = "[...document.querySelectorAll('#flow li[data-doc]')].map((row) =>
    ['read', 'changed', 'begun'].find((name) => row.classList.contains(name)) ?? 'unread')";

fn first_documents(tab: &Tab, count: usize) -> Vec<String> {
    let mut names = tab
        .list("[...document.querySelectorAll('#flow li[data-doc]')].map((row) => row.dataset.doc)");
    names.truncate(count);
    names
}

/// Opens a document and reads it to its end.
fn read_through(tab: &Tab, url: &str) {
    tab.visit(url);
    tab.evaluate("document.querySelector('article').scrollIntoView({ block: 'end' })");
    tab.becomes(
        "docsite.need('memory').then((r) =>
            Boolean(r.get(document.querySelector('article').dataset.doc)?.read))",
        true,
    );
}

/// The address of a page in the way that another was reached.
fn beside(url: &str, page: &str) -> String {
    let (folder, _) = url.rsplit_once('/').unwrap();
    format!("{folder}/{page}")
}

fn what_was_read_is_marked_and_the_path_continues_from_there() {
    let site = bundled();
    for (width, scheme) in [(1280, "light"), (390, "dark")] {
        for url in site.both("index.html") {
            let tab = tab();
            tab.resize(width, 800);
            tab.prefer(&[("prefers-color-scheme", scheme)]);
            tab.visit(&url);
            tab.becomes("document.getElementById('ds.resume').hidden", false);
            assert_eq!(
                tab.text("document.querySelector('.go').innerText"),
                "읽기 시작 →"
            );
            let names = first_documents(&tab, 3);
            assert_eq!(names[0], FIRST);
            read_through(&tab, &beside(&url, &format!("{}.html", names[0])));
            tab.visit(&url);
            tab.becomes(&format!("({STATES})[0]"), "read");
            assert_eq!(tab.list(STATES)[1], "unread");
            let go = "document.querySelector('.go').getAttribute('href')";
            assert_eq!(tab.text(go), format!("{}.html", names[1]));
            assert_eq!(
                tab.text("document.querySelector('.go').innerText"),
                "계속 읽기 →"
            );
            assert_eq!(
                tab.text("document.querySelector('.prog p').innerText"),
                "1 / 2 읽음"
            );
            assert_eq!(
                tab.text("document.querySelector('.map small').innerText"),
                "1/2"
            );
            // What is read goes quiet.
            let summary = "document.querySelector('#flow li.read .sum').checkVisibility()";
            assert!(!tab.holds(summary));
            assert_eq!(tab.complaints(), [""; 0]);
        }
    }
}

fn a_document_that_was_left_is_gone_on_with_where_it_was_left() {
    let tab = tab();
    for url in bundled().both("index.html") {
        tab.visit(&url);
        let name = first_documents(&tab, 4).pop().unwrap();
        tab.visit(&beside(&url, &format!("{name}.html")));
        let second = "document.querySelectorAll('article h2')[1]";
        let id = tab.text(&format!("{second}.id"));
        let text = tab
            .text(&format!("{second}.firstChild.textContent"))
            .trim()
            .to_owned();
        tab.evaluate(&format!("{second}.scrollIntoView()"));
        tab.becomes(
            &format!("docsite.need('memory').then((r) => r.get({name:?})?.at?.[0])"),
            id.clone(),
        );
        tab.visit(&url);
        tab.becomes(&format!("({STATES})[3]"), "begun");
        let go = "decodeURIComponent(document.querySelector('.go').getAttribute('href'))";
        assert_eq!(tab.text(go), format!("{name}.html#{id}"));
        let until = tab.text("document.querySelector('.until').innerText");
        assert!(until.contains(&text), "{until}");
        tab.click(".go");
        tab.becomes("decodeURIComponent(location.hash)", format!("#{id}"));
    }
}

fn a_document_that_changed_since_is_marked_so() {
    let tab = tab();
    let site = Open::new(bundled_source());
    let url = site.http("index.html");
    let page = beside(&url, &format!("{FIRST}.html"));
    tab.visit(&url);
    read_through(&tab, &page);
    site.change(&format!("markdown/{FIRST}.md"), |text| {
        text + "\n한 줄 더.\n"
    });
    tab.visit(&url);
    tab.becomes(&format!("({STATES})[0]"), "changed");
    let row = tab.text("document.querySelector('#flow li.changed').innerText");
    assert!(row.contains("읽은 뒤 바뀜"), "{row}");
    assert_eq!(
        tab.text("document.querySelector('.prog p').innerText"),
        "0 / 2 읽음"
    );
    // The topics say the same.
    let said =
        format!("document.querySelector('#topics [data-doc={FIRST}] .st')?.textContent ?? ''");
    tab.click("#ds\\.tab-topics");
    tab.becomes(&said, "읽은 뒤 바뀜");
    read_through(&tab, &page);
    tab.visit(&url);
    tab.becomes(&format!("({STATES})[0]"), "read");
    tab.click("#ds\\.tab-topics");
    tab.becomes(&said, "읽음");
}

fn a_station_marks_by_hand_and_another_tab_sees_it() {
    let tab = tab();
    let site = bundled();
    let url = site.http("index.html");
    tab.visit(&url);
    let other = tab_beside(&tab);
    other.visit(&url);
    tab.becomes("document.querySelectorAll('.station').length", 28);
    tab.evaluate("document.querySelectorAll('.station')[2].focus()");
    tab.press("Enter");
    tab.becomes(&format!("({STATES})[2]"), "read");
    let pressed = "document.querySelectorAll('.station')[2].getAttribute('aria-pressed')";
    assert_eq!(tab.text(pressed), "true");
    other.becomes(&format!("({STATES})[2]"), "read");
    tab.press(" ");
    tab.becomes(&format!("({STATES})[2]"), "unread");
}

fn mark_all(tab: &Tab, count: usize) {
    tab.becomes("document.querySelectorAll('.station').length > 0", true);
    tab.evaluate(&format!(
        "[...document.querySelectorAll('.station')].slice(0, {count}).forEach((s) => s.click())"
    ));
}

fn the_memory_goes_to_another_browser_as_a_file() {
    let site = bundled();
    for url in site.both("index.html") {
        let (one, other) = (tab(), tab());
        one.before_scripts(
            "URL.createObjectURL = (blob) => {
                 blob.text().then((text) => (globalThis.saved = text));
                 return '#';
             };",
        );
        one.visit(&url);
        mark_all(&one, 3);
        one.click("[data-memory=export]");
        one.becomes("typeof saved", "string");
        let file = one.text("saved");
        let parsed: serde_json::Value = serde_json::from_str(&file).unwrap();
        assert_eq!(parsed["format"], "docsite-reading");
        assert_eq!(parsed["documents"].as_object().unwrap().len(), 3);

        other.visit(&url);
        take(&other, &file);
        other.becomes(&format!("({STATES}).filter((s) => s === 'read').length"), 3);
        assert!(other.text(SAID).contains('3'));
        // Any other file changes nothing.
        for text in [
            "",
            "{}",
            "[1]",
            "{\"format\":\"docsite-reading\",\"version\":9}",
        ] {
            take(&other, text);
            other.becomes(SAID, "이 파일은 읽은 기록이 아니다.");
        }
        let hostile = "{\"format\":\"docsite-reading\",\"version\":1,\"documents\":\
             {\"x\":{\"read\":{},\"at\":[1,2],\"when\":\"y\"},\"__proto__\":{\"read\":\"z\"},\"n\":null}}";
        take(&other, hostile);
        other.becomes(SAID, "가져온 문서의 수: 1");
        assert_eq!(
            other.count(&format!("({STATES}).filter((s) => s === 'read').length")),
            3
        );
        assert_eq!(other.complaints(), [""; 0]);
    }
}

const SAID: &str = "document.querySelector('.said output').textContent";

fn take(tab: &Tab, text: &str) {
    let text = serde_json::Value::from(text);
    tab.evaluate(&format!(
        "(() => {{
             const list = new DataTransfer();
             list.items.add(new File([{text}], 'reading.json'));
             const input = document.querySelector('#ds\\\\.memory input');
             input.files = list.files;
             input.dispatchEvent(new Event('change'));
         }})()"
    ));
}

fn the_memory_is_reset_and_can_be_had_back() {
    let tab = tab();
    for url in bundled().both("index.html") {
        tab.visit(&url);
        mark_all(&tab, 5);
        let count = format!("({STATES}).filter((s) => s === 'read').length");
        tab.becomes(&count, 5);
        tab.click("[data-memory=reset]");
        tab.becomes(&count, 0);
        tab.click("[data-memory=undo]");
        tab.becomes(&count, 5);
        tab.click("[data-memory=reset]");
        tab.reload();
        tab.becomes("document.querySelectorAll('.station').length", 28);
        assert_eq!(tab.count(&count), 0, "{url}");
    }
}

fn two_sites_of_one_host_remember_apart() {
    let tab = tab();
    let (one, other) = (bundled(), Open::new(bundled_source()));
    tab.visit(&one.file("index.html"));
    mark_all(&tab, 2);
    tab.becomes(&format!("({STATES})[1]"), "read");
    tab.visit(&other.file("index.html"));
    tab.becomes("document.querySelectorAll('.station').length", 28);
    assert_eq!(tab.list(STATES)[1], "unread");
}

fn a_browser_that_keeps_nothing_shows_the_path_all_the_same() {
    let tab = tab();
    tab.before_scripts(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } })",
    );
    for url in bundled().both("index.html") {
        tab.visit(&url);
        mark_all(&tab, 1);
        tab.becomes(&format!("({STATES})[0]"), "read");
        assert_eq!(tab.complaints(), [""; 0], "{url}");
    }
}

fn when_all_is_read_the_path_says_so() {
    let tab = tab();
    tab.visit(&bundled().http("index.html"));
    mark_all(&tab, 100);
    tab.becomes(
        "document.querySelector('.resume strong').textContent",
        "흐름의 문서를 모두 읽었다",
    );
    assert!(!tab.holds("document.querySelector('.go').checkVisibility()"));
}
