//! The dialog of the search: what opens it, what it shows while one types, where Enter goes, and what
//! the chosen page marks.
//!
//! A ranking of the tests' own answers in most of them, so that each can happen. Not here: what a query finds.

use std::path::Path;

use headless_chrome::protocol::cdp::Input;
use serde_json::Value;

use crate::browser::tab;
use crate::damage::{age, damage, remove, tear};
use crate::harness::SiteTest;
use crate::sites::{Open, bundled, shared};
use crate::tab::Tab;
use crate::trial::{Test, tests};

pub const TESTS: &[Test] = tests![
    a_button_and_three_keys_open_it_on_every_page,
    what_is_typed_before_it_is_open_is_not_lost,
    a_page_loads_nothing_of_it_until_it_is_wanted,
    keys_in_a_field_are_typed,
    results_come_while_typing_and_arrows_choose,
    results_come_while_an_input_method_composes,
    only_the_newest_question_is_answered,
    enter_opens_the_heading_and_marks_what_was_found,
    a_browser_without_highlights_gets_elements_that_go_again,
    a_result_on_the_same_page_is_marked_too,
    control_and_enter_open_a_tab,
    topics_and_types_narrow_it,
    recent_searches_come_back_and_are_cleared,
    a_browser_that_keeps_nothing_searches_all_the_same,
    what_was_read_left_out_or_missing_is_said,
    nothing_found_says_what_was_searched,
    an_index_that_does_not_load_can_be_tried_again,
    texts_queries_and_addresses_are_never_markup,
    an_address_opens_it_with_a_query,
    the_filter_offers_what_the_text_has,
    the_real_ranking_leads_to_marks_in_the_page,
    what_is_folded_is_opened_where_only_that_was_found,
    nothing_found_says_which_filters_are_on,
    a_script_that_is_missing_torn_or_older_is_said_and_the_rest_is_found,
    pages_of_shards_come_when_they_are_needed,
    what_came_later_is_found_when_it_is_tried_again,
    a_site_that_is_built_while_a_page_is_open_is_searched_as_it_is,
    its_texts_have_contrast,
    it_fits_the_window_and_is_not_printed,
];

/// Answers by what is in the query: `none`, `missing`, `torn`, `slow`, `markup`.
const STUB: &str = r#"
(() => {
  window.asked = [];
  const passage = (heading, href, excerpt, marks) => ({ heading, headingMarks: [], href, excerpt, marks });
  const hit = (title, href, topic, type, passages, more) => ({ entry: 0, score: 1, title, href,
    path: `markdown/${href}`, topic, type, deprecated: false, lacking: [], titleMarks: [], passages, ...more });
  const HITS = [
    hit("가의 문서", "gw__note-a.html", "gw", "note", [
      passage("둘째 절", "gw__note-a.html#%EB%91%98%EC%A7%B8-%EC%A0%88", "첫 timeout은 길다.", [[2, 9]]),
      passage("", "gw__note-a.html", "드레이닝이다.", [[0, 4]]),
    ]),
    hit("나의 문서", "xds__guide-b.html", "xds", "guide", [
      passage("절", "xds__guide-b.html#%EC%A0%88", "timeout을 정한다.", [[0, 7]]),
    ], { deprecated: true, lacking: ["드레이닝"] }),
    hit("e/y.yaml", "attachment/e/y.yaml", null, null, [], { path: "attachment/e/y.yaml" }),
  ];
  const EVIL = "<img src=x onerror=\"window.hit=1\">";
  let torn = true;
  const answer = async (query, options = {}) => {
    const { limit = 10, topics = [], types = [] } = options;
    window.asked.push({ query, limit, topics, types });
    if (query.includes("torn") && torn) { torn = false; throw new Error("torn"); }
    if (query.includes("slow")) await new Promise((done) => setTimeout(done, 700));
    const passes = (h) => (topics.length === 0 || topics.includes(h.topic))
      && (types.length === 0 || types.includes(h.type));
    let hits = query.includes("none") ? [] : HITS.filter(passes);
    if (query.includes("many")) hits = Array.from({ length: 25 }, () => HITS[0]);
    if (query.includes("markup")) hits = [hit(EVIL, "javascript:alert(1)", "gw", "note",
      [passage(EVIL, "javascript:alert(1)", `${EVIL} timeout`, [[0, 4]])], { lacking: [EVIL] })];
    const readings = query.includes("게이트") ? [{ typed: "게이트웨이", meant: "gateway" }] : [];
    return { query, readings, hits: hits.slice(0, limit), dropped: query.includes("zzz") ? ["zzz"] : [],
      missing: query.includes("missing") ? ["index-3"] : [], suggestions: ["timeout"],
      total: hits.length, everywhere: query.includes("none") ? 0 : HITS.length };
  };
  const again = async () => {};
  document.addEventListener("DOMContentLoaded", () =>
    window.docsite?.give("search", { answer, again, warm: async () => {} }));
})();
"#;

const PAGE: &str = "gw__note-a.html";
const OPEN: &str = "document.querySelector('dialog.search')?.open === true";
const FIELD: &str = "document.querySelector('dialog.search input')";
const TITLES: &str =
    "[...document.querySelectorAll('dialog.search .t a')].map((a) => a.textContent)";
const OPTIONS: &str = "document.querySelectorAll('dialog.search [role=option]').length";
const NOTES: &str = "document.querySelector('dialog.search .say').innerText";
const SPOKEN: &str = "document.querySelector('dialog.search [role=status]').textContent";
/// What is highlighted in the page.
const MARKED: &str = "[...(CSS.highlights.get('docsite-found') ?? [])].map(String)";
/// What the field says is chosen.
const CHOSEN: &str =
    "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))";

fn site() -> Open {
    shared("dialog", || {
        let long = "문단 하나가 여러 줄에 걸쳐 이어진다. ".repeat(60);
        SiteTest::new()
            .file(
                "docsite.toml",
                "language = \"ko\"\n[[topics]]\nprefix = \"gw\"\n[[topics]]\nprefix = \"xds\"\n",
            )
            .file("attachment/e/y.yaml", "timeout: 1\n")
            .doc(
                "gw__note-a",
                format!(
                    "# 가의 문서\n\nTimeout 이야기, 드레이**닝**이다. [y](attachment/e/y.yaml)\n\n{long}\n\n## 둘째 절\n\n\
                     첫 timeout은 길다.\n\n{long}\n"
                ),
            )
            .doc(
                "xds__guide-b",
                format!("# 나의 문서\n\n{long}\n\n## 절\n\ntimeout을 정한다.\n\n{long}\n"),
            )
    })
}

fn stubbed() -> Tab {
    let tab = tab();
    tab.before_scripts(STUB);
    tab
}

/// Opens it and types.
fn ask(tab: &Tab, query: &str) {
    tab.evaluate("document.querySelector('#ds\\\\.find').click()");
    tab.becomes(OPEN, true);
    type_in(tab, query);
}

fn type_in(tab: &Tab, query: &str) {
    let query = Value::from(query);
    tab.evaluate(&format!(
        "{FIELD}.focus(); {FIELD}.select(); document.execCommand('insertText', false, {query})"
    ));
}

fn a_button_and_three_keys_open_it_on_every_page() {
    let tab = stubbed();
    let site = site();
    for page in [PAGE, "index.html", "index.html#topics", "files.html"] {
        for url in site.both(page) {
            tab.visit("about:blank");
            tab.visit(&url);
            tab.click("#ds\\.find");
            tab.becomes(OPEN, true);
            tab.becomes("document.activeElement.getAttribute('role')", "combobox");
            tab.press("Escape");
            tab.becomes(OPEN, false);
            assert_eq!(tab.text("document.activeElement.id"), "ds.find", "{url}");
            tab.evaluate("document.activeElement.blur()");
            for press in [
                Tab::press_k_with_control,
                Tab::press_k_with_meta,
                |tab: &Tab| {
                    tab.press("/");
                },
            ] {
                press(&tab);
                tab.becomes(OPEN, true);
                assert_eq!(tab.text(&format!("{FIELD}.value")), "", "{url}");
                // Even with a text in the field, one Esc is enough.
                type_in(&tab, "timeout");
                tab.press("Escape");
                tab.becomes(OPEN, false);
                tab.evaluate(&format!("{FIELD}.value = ''"));
            }
            assert_eq!(tab.complaints(), [""; 0], "{url}");
        }
    }
}

fn what_is_typed_before_it_is_open_is_not_lost() {
    let tab = stubbed();
    for url in site().both(PAGE) {
        tab.visit("about:blank");
        tab.visit(&url);
        tab.evaluate("document.body.focus()");
        for key in ["/", "t", "i", "m", "e"] {
            tab.press(key);
        }
        tab.becomes(OPEN, true);
        tab.press("o");
        assert_eq!(tab.text(&format!("{FIELD}.value")), "timeo", "{url}");
        tab.press("Escape");
        tab.becomes(OPEN, false);
        assert_eq!(tab.text("document.activeElement.tagName"), "BODY", "{url}");
        tab.becomes("document.querySelector('body > input') === null", true);
    }
}

fn a_page_loads_nothing_of_it_until_it_is_wanted() {
    let tab = stubbed();
    let site = site();
    tab.visit(&site.http(PAGE));
    let of_search = |requests: Vec<String>| {
        let all = requests.into_iter();
        all.filter(|url| url.contains("find")).collect::<Vec<_>>()
    };
    assert_eq!(of_search(tab.requests()), [""; 0]);
    tab.hover("#ds\\.find");
    tab.becomes("document.querySelector('dialog.search') !== null", true);
    assert!(!tab.holds(OPEN));
    assert!(!of_search(tab.requests()).is_empty());
}

fn keys_in_a_field_are_typed() {
    let tab = stubbed();
    let site = site();
    tab.visit(&site.http("index.html#topics"));
    tab.becomes("document.querySelector('#ds\\\\.filter').hidden", false);
    tab.evaluate("document.querySelector('#ds\\\\.filter input').focus()");
    tab.press("/");
    tab.press_k_with_control();
    tab.becomes("document.querySelector('#ds\\\\.filter input').value", "/");
    assert!(!tab.holds(OPEN));
}

fn results_come_while_typing_and_arrows_choose() {
    let tab = stubbed();
    for (width, scheme) in [(1280, "light"), (390, "dark")] {
        tab.resize(width, 800);
        tab.prefer(&[("prefers-color-scheme", scheme)]);
        for url in site().both(PAGE) {
            tab.visit(&url);
            ask(&tab, "timeout");
            tab.becomes(OPTIONS, 4);
            assert_eq!(tab.list(TITLES), ["가의 문서", "나의 문서", "e/y.yaml"]);
            assert_eq!(
                tab.text(&format!("{CHOSEN}.querySelector('b').textContent")),
                "둘째 절"
            );
            assert_eq!(
                tab.text(&format!("{CHOSEN}.querySelector('mark').textContent")),
                "timeout"
            );
            for (key, heading) in [
                ("ArrowDown", "문서 첫머리"),
                ("ArrowDown", "절"),
                ("ArrowUp", "문서 첫머리"),
                ("ArrowUp", "둘째 절"),
                ("ArrowUp", "attachment/e/y.yaml"),
                ("ArrowDown", "둘째 절"),
            ] {
                tab.press(key);
                tab.becomes(&format!("{CHOSEN}.querySelector('b').textContent"), heading);
                let selected =
                    "document.querySelectorAll('[role=option][aria-selected=true]').length";
                assert_eq!(tab.count(selected), 1);
            }
            // The caret's, as in any field.
            tab.press("Home");
            assert_eq!(tab.count(&format!("{FIELD}.selectionStart")), 0);
            tab.press("End");
            assert_eq!(tab.count(&format!("{FIELD}.selectionStart")), 7);
            tab.becomes(SPOKEN, "결과 3건");
            assert_eq!(
                tab.text(&format!("{FIELD}.getAttribute('aria-expanded')")),
                "true"
            );
            let group = "document.querySelectorAll('dialog.search [role=group][aria-label]')";
            assert!(
                tab.list(&format!(
                    "[...{group}].map((g) => g.getAttribute('aria-label'))"
                ))
                .contains(&"나의 문서, deprecated, 빠진 말: 드레이닝".to_owned())
            );
            type_in(&tab, "many");
            tab.becomes(OPTIONS, 21);
            tab.press("ArrowUp");
            tab.press("Enter");
            tab.becomes(OPTIONS, 41);
            tab.becomes(
                &format!("{CHOSEN} === document.querySelectorAll('[role=option]')[20]"),
                true,
            );
            assert_eq!(tab.complaints(), [""; 0], "{url}");
        }
    }
}

fn compose(tab: &Tab, text: &str) {
    let end = u32::try_from(text.chars().count()).unwrap();
    tab.call(Input::ImeSetComposition {
        text: text.to_owned(),
        selection_start: end,
        selection_end: end,
        replacement_start: None,
        replacement_end: None,
    });
}

fn results_come_while_an_input_method_composes() {
    let tab = stubbed();
    for url in site().both(PAGE) {
        tab.visit(&url);
        tab.evaluate("document.querySelector('#ds\\\\.find').click()");
        tab.becomes(OPEN, true);
        // One consonant only begins a word: it is not said to be nowhere.
        compose(&tab, "ㄷ");
        tab.becomes(&format!("{FIELD}.value"), "ㄷ");
        for text in ["드", "들"] {
            compose(&tab, text);
            tab.becomes(&format!("{FIELD}.value"), text);
            tab.becomes("asked.at(-1).query", text);
        }
        tab.becomes(OPTIONS, 4);
        assert_eq!(tab.list("asked.map((each) => each.query)"), ["드", "들"]);
        // Enter and the arrows are the input method's.
        for key in ["Enter", "ArrowDown"] {
            tab.evaluate(&format!(
                "{FIELD}.dispatchEvent(new KeyboardEvent('keydown',
                    {{ key: '{key}', isComposing: true, bubbles: true, cancelable: true }}))"
            ));
        }
        assert!(tab.holds(OPEN));
        assert!(tab.holds(&format!(
            "{CHOSEN} === document.querySelector('[role=option]')"
        )));
        tab.call(Input::InsertText {
            text: "드레".to_owned(),
        });
        tab.becomes("asked.at(-1).query", "드레");
        assert_eq!(tab.complaints(), [""; 0], "{url}");
    }
}

fn only_the_newest_question_is_answered() {
    let tab = stubbed();
    let site = site();
    tab.visit(&site.http(PAGE));
    ask(&tab, "slow many");
    // While the first is answered, only the last of these waits.
    for query in ["a", "ab", "timeout"] {
        type_in(&tab, query);
    }
    tab.becomes(OPTIONS, 4);
    let asked = tab.list("asked.map((each) => each.query)");
    assert_eq!(asked, ["slow many", "timeout"]);
    type_in(&tab, "slow many");
    type_in(&tab, "");
    tab.evaluate("new Promise((done) => setTimeout(() => done(true), 1000))");
    assert_eq!(tab.count(OPTIONS), 0);
}

fn enter_opens_the_heading_and_marks_what_was_found() {
    let tab = stubbed();
    for (width, from) in [
        (1280, "index.html"),
        (390, "xds__guide-b.html"),
        (1280, "files.html"),
    ] {
        tab.resize(width, 800);
        for url in site().both(from) {
            tab.visit(&url);
            ask(&tab, "timeout");
            tab.becomes(OPTIONS, 4);
            tab.press("Enter");
            tab.becomes("decodeURIComponent(location.hash)", "#둘째-절");
            tab.becomes(MARKED, vec!["Timeout", "드레이닝", "timeout"]);
            assert!(tab.holds("scrollY > 100"), "{url}");
            let bar = "document.querySelector('.found-bar').innerText";
            assert!(tab.text(bar).contains("찾은 말 3곳"), "{url}");
            tab.press("Escape");
            tab.becomes(MARKED, Value::Array(Vec::new()));
            assert!(
                tab.holds("document.querySelector('.found-bar') === null"),
                "{url}"
            );
            // They were for that one visit.
            tab.reload();
            tab.evaluate("new Promise((done) => setTimeout(() => done(true), 300))");
            assert_eq!(tab.list(MARKED), [""; 0], "{url}");
            assert_eq!(tab.complaints(), [""; 0], "{url}");
        }
    }
}

fn a_browser_without_highlights_gets_elements_that_go_again() {
    let tab = stubbed();
    tab.before_scripts("delete window.Highlight");
    let site = site();
    for url in site.both("index.html") {
        tab.visit(&site.http(PAGE));
        let text = tab.text("document.querySelector('article').innerHTML");
        tab.visit(&url);
        ask(&tab, "timeout");
        tab.becomes(OPTIONS, 4);
        tab.click("dialog.search .hit");
        tab.becomes(
            "[...document.querySelectorAll('article mark')].map((m) => m.textContent).join('|')",
            "Timeout|드레이|닝|timeout",
        );
        tab.click(".found-bar button:last-child");
        tab.becomes("document.querySelectorAll('mark').length", 0);
        assert_eq!(
            tab.text("document.querySelector('article').innerHTML"),
            text,
            "{url}"
        );
        assert_eq!(tab.complaints(), [""; 0], "{url}");
    }
}

fn a_result_on_the_same_page_is_marked_too() {
    let tab = stubbed();
    for url in site().both(PAGE) {
        tab.visit(&url);
        // The second time, the address is the same.
        for _ in 0..2 {
            tab.evaluate("scrollTo(0, 0)");
            ask(&tab, "timeout");
            tab.becomes(OPTIONS, 4);
            tab.press("Enter");
            tab.becomes(&format!("{MARKED}.length"), 3);
            tab.becomes("scrollY > 100", true);
            assert!(!tab.holds(OPEN));
        }
        // Through the marks, one by one.
        tab.click(".found-bar button");
        tab.becomes(
            "document.querySelector('.found-bar p').textContent",
            "3 / 3",
        );
        // Without a heading the browser loads the page again.
        tab.visit(&url);
        ask(&tab, "timeout");
        tab.becomes(OPTIONS, 4);
        tab.evaluate("window.earlier = true");
        tab.press("ArrowDown");
        tab.press("Enter");
        tab.becomes("window.earlier === undefined", true);
        tab.becomes(&format!("{MARKED}.length"), 3);
        assert_eq!(tab.complaints(), [""; 0], "{url}");
    }
}

fn control_and_enter_open_a_tab() {
    let tab = stubbed();
    for url in site().both("index.html") {
        tab.visit(&url);
        ask(&tab, "timeout");
        tab.becomes(OPTIONS, 4);
        tab.evaluate("window.open = (url) => { window.opened = [url, sessionStorage.getItem('docsite.found')]; }");
        tab.evaluate(&format!(
            "{FIELD}.dispatchEvent(new KeyboardEvent('keydown',
                {{ key: 'Enter', ctrlKey: true, bubbles: true, cancelable: true }}))"
        ));
        assert!(tab.text("opened[0]").contains("gw__note-a.html#"), "{url}");
        assert!(tab.text("opened[1]").contains("timeout"), "{url}");
        assert!(tab.holds(OPEN));
        assert!(tab.holds("sessionStorage.getItem('docsite.found') === null"));
    }
}

fn topics_and_types_narrow_it() {
    let tab = stubbed();
    let site = site();
    tab.visit(&site.file("index.html"));
    ask(&tab, "timeout");
    tab.becomes(OPTIONS, 4);
    let chip = |name: &str| {
        tab.evaluate(&format!(
            "[...document.querySelectorAll('dialog.search .by button')]
                .find((chip) => [chip.textContent, chip.title].includes('{name}')).click()"
        ));
    };
    chip("xds");
    tab.becomes(TITLES, vec!["나의 문서"]);
    chip("note");
    tab.becomes(OPTIONS, 0);
    chip("xds");
    tab.becomes(TITLES, vec!["가의 문서"]);
    let pressed = tab.list(
        "[...document.querySelectorAll('dialog.search .by [aria-pressed=true]')].map((c) => c.title)",
    );
    assert_eq!(pressed, ["note"]);
}

fn recent_searches_come_back_and_are_cleared() {
    let tab = stubbed();
    let site = site();
    tab.visit(&site.http(PAGE));
    for query in ["timeout", "드레이닝", "timeout"] {
        ask(&tab, query);
        tab.becomes(OPTIONS, 4);
        tab.press("Enter");
        tab.becomes(OPEN, false);
    }
    tab.visit(&site.http("index.html"));
    ask(&tab, "");
    let recent =
        "[...document.querySelectorAll('dialog.search [role=option]')].map((o) => o.textContent)";
    tab.becomes(recent, vec!["timeout", "드레이닝"]);
    assert!(tab.text(NOTES).contains("최근 검색"));
    tab.press("ArrowDown");
    tab.press("ArrowDown");
    tab.press("Enter");
    tab.becomes(&format!("{FIELD}.value"), "드레이닝");
    tab.becomes(OPTIONS, 4);
    type_in(&tab, "");
    tab.click("dialog.search .say button");
    tab.becomes(recent, Value::Array(Vec::new()));
    assert!(tab.holds("localStorage.getItem('docsite.searches') === null"));
}

fn a_browser_that_keeps_nothing_searches_all_the_same() {
    let tab = stubbed();
    tab.before_scripts(
        "for (const name of ['localStorage', 'sessionStorage'])
            Object.defineProperty(window, name, { get() { throw new Error('refused'); } })",
    );
    let site = site();
    tab.visit(&site.http("index.html"));
    ask(&tab, "timeout");
    tab.becomes(OPTIONS, 4);
    tab.press("Enter");
    tab.becomes("decodeURIComponent(location.hash)", "#둘째-절");
    assert_eq!(tab.complaints(), [""; 0]);
}

fn what_was_read_left_out_or_missing_is_said() {
    let tab = stubbed();
    let site = site();
    tab.visit(&site.http(PAGE));
    ask(&tab, "게이트웨이 zzz missing");
    tab.becomes(OPTIONS, 4);
    let notes = tab.text(NOTES);
    for part in [
        "게이트웨이 → gateway",
        "어디에도 없어 뺀 말: zzz",
        "색인의 일부를 읽지 못했다",
    ] {
        assert!(notes.contains(part), "no {part} in {notes}");
    }
    tab.becomes(&format!("{SPOKEN}.includes('게이트웨이 → gateway')"), true);
    // What was meant is marked too.
    tab.press("Enter");
    tab.becomes(&format!("{MARKED}.length"), 3);
}

fn nothing_found_says_what_was_searched() {
    let tab = stubbed();
    let site = site();
    tab.visit(&site.http(PAGE));
    ask(&tab, "none <b>x</b>");
    tab.becomes(
        &format!("{NOTES}.includes('찾지 못했다: none <b>x</b>')"),
        true,
    );
    tab.becomes(&format!("{SPOKEN}.includes('찾지 못했다')"), true);
    // Of a long one its beginning.
    type_in(&tab, &format!("none {}", "길다".repeat(2_000)));
    tab.becomes(&format!("{NOTES}.includes('none 길다')"), true);
    tab.becomes(&format!("{NOTES}.length < 200"), true);
    tab.press("Enter");
    assert!(tab.holds(OPEN));
    tab.click("dialog.search .say button");
    tab.becomes(&format!("{FIELD}.value"), "timeout");
    tab.becomes(OPTIONS, 4);
}

fn an_index_that_does_not_load_can_be_tried_again() {
    let tab = stubbed();
    let site = site();
    tab.visit(&site.http(PAGE));
    ask(&tab, "torn");
    tab.becomes(
        &format!("{NOTES}.includes('검색을 불러오지 못했다.')"),
        true,
    );
    tab.click("dialog.search .say button");
    tab.becomes(OPTIONS, 4);
    assert_eq!(tab.complaints(), [""; 0]);
}

fn texts_queries_and_addresses_are_never_markup() {
    let tab = stubbed();
    let query = "markup <img src=x onerror=\"window.hit=1\">";
    for url in site().both("index.html") {
        let address = format!("{url}?q={}", percent(query));
        tab.visit(&address);
        tab.becomes(OPTIONS, 1);
        assert_eq!(tab.text(&format!("{FIELD}.value")), query);
        assert!(tab.holds("document.querySelector('dialog.search img') === null"));
        let protocols = "[...document.querySelectorAll('dialog.search a')].every((a) =>
            a.protocol === location.protocol)";
        assert!(tab.holds(protocols), "{url}");
        type_in(&tab, &"[(*+?^$\\\u{1F980}ㅏㄱ".repeat(1000));
        tab.becomes("asked.at(-1).query.length > 10000", true);
        tab.becomes(OPTIONS, 4);
        assert!(tab.holds("window.hit === undefined"));
        assert_eq!(tab.complaints(), [""; 0], "{url}");
    }
}

fn percent(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

fn an_address_opens_it_with_a_query() {
    let tab = stubbed();
    for url in site().both("index.html") {
        tab.visit(&format!("{url}?q={}", percent("드레이닝 timeout")));
        tab.becomes(OPTIONS, 4);
        assert_eq!(tab.text(&format!("{FIELD}.value")), "드레이닝 timeout");
        tab.visit(&format!("{url}?q=%E0%A4%A"));
        tab.becomes(OPEN, true);
        assert_eq!(tab.complaints(), [""; 0], "{url}");
    }
}

fn the_filter_offers_what_the_text_has() {
    let tab = stubbed();
    for url in site().both("index.html#topics") {
        tab.visit("about:blank");
        tab.visit(&url);
        let link = "document.querySelector('#ds\\\\.filter .text')";
        tab.becomes(
            "docsite.need('catalogue').then((c) => c.data().then(() => c.summaries !== null))",
            true,
        );
        assert!(tab.holds(&format!("{link}.hidden")));
        tab.evaluate(
            "document.querySelector('#ds\\\\.filter input').focus();
             document.execCommand('insertText', false, '드레이닝')",
        );
        // Three in the text; one of them is shown, for its summary.
        tab.becomes(
            &format!("{link}.checkVisibility() && {link}.textContent"),
            "본문에서 2건 더",
        );
        tab.evaluate(&format!("{link}.click()"));
        tab.becomes(OPEN, true);
        assert_eq!(tab.text(&format!("{FIELD}.value")), "드레이닝");
        tab.becomes(OPTIONS, 4);
        // Esc closes the dialog, and leaves the filter as it is.
        tab.press("Escape");
        tab.becomes(OPEN, false);
        assert_eq!(
            tab.text("document.querySelector('#ds\\\\.filter input').value"),
            "드레이닝"
        );
        assert_eq!(tab.complaints(), [""; 0], "{url}");
    }
}

fn the_real_ranking_leads_to_marks_in_the_page() {
    let tab = tab();
    let site = bundled();
    for width in [1280, 390] {
        tab.resize(width, 800);
        for url in site.both("files.html") {
            tab.visit(&url);
            ask(&tab, "rpdlxmdnpdl");
            tab.becomes(&format!("{NOTES}.includes('게이트웨이 → gateway')"), true);
            tab.becomes(&format!("{OPTIONS} > 10"), true);
            let heading = tab.text(&format!("{CHOSEN}.querySelector('b').textContent"));
            for name in ["a", "b"] {
                let marks =
                    format!("[...document.querySelectorAll('dialog.search .res {name} mark')]");
                assert!(tab.holds(&format!(
                    "{marks}.some((it) => /gateway/i.test(it.textContent))"
                )));
            }
            tab.press("Enter");
            tab.becomes(
                &format!("{MARKED}.some((text) => /gateway/i.test(text))"),
                true,
            );
            let at = "document.getElementById(decodeURIComponent(location.hash.slice(1)))";
            assert!(
                tab.text(&format!("{at}.textContent")).contains(&heading),
                "{url}"
            );
            ask(&tab, "gatewya");
            tab.becomes(&format!("{NOTES}.includes('gatewya → gateway')"), true);
            ask(&tab, "gqteowya");
            tab.becomes(&format!("{NOTES}.includes('찾지 못했다: gqteowya')"), true);
            assert!(tab.text(NOTES).contains("gateway"), "the nearest term");
            assert_eq!(tab.complaints(), [""; 0], "{url}");
        }
    }
}

fn what_is_folded_is_opened_where_only_that_was_found() {
    let folded = "<details><summary>더</summary>\n\n숨은토끼를 본다.\n\n</details>\n";
    let text = "본문이다.\n\n".repeat(80);
    let site = SiteTest::new()
        .file("docsite.toml", "language = \"ko\"\n")
        .doc("gw__note-a", format!("# 글\n\n{text}{folded}"));
    site.rebuild().ok();
    let tab = tab();
    tab.visit(&format!(
        "file://{}/public/files.html",
        site.root().display()
    ));
    ask(&tab, "숨은토끼");
    tab.becomes(&format!("{OPTIONS} > 0"), true);
    tab.press("Enter");
    tab.becomes("document.querySelector('details')?.open", true);
    let place = "document.querySelector('details p').getBoundingClientRect()";
    tab.becomes(
        &format!("{place}.top > 0 && {place}.top < innerHeight"),
        true,
    );
}

fn nothing_found_says_which_filters_are_on() {
    let tab = stubbed();
    let site = site();
    tab.visit(&site.http("index.html"));
    ask(&tab, "timeout");
    tab.becomes(OPTIONS, 4);
    for name in ["xds", "note"] {
        tab.evaluate(&format!(
            "[...document.querySelectorAll('dialog.search .by button')]
                .find((chip) => [chip.textContent, chip.title].includes('{name}')).click()"
        ));
    }
    tab.becomes(OPTIONS, 0);
    let notes = tab.text(NOTES);
    for part in [
        "찾지 못했다: timeout",
        "켜진 필터: xds, note · 필터 없이 3건",
    ] {
        assert!(notes.contains(part), "no {part} in {notes}");
    }
    tab.becomes(&format!("{SPOKEN}.includes('켜진 필터: xds, note')"), true);
    tab.click("dialog.search .say button");
    tab.becomes(OPTIONS, 4);
    let pressed = "document.querySelectorAll('dialog.search .by [aria-pressed=true]').length";
    assert_eq!(tab.count(pressed), 0);
}

const LOST: &str = "색인의 일부를 읽지 못했다";
const FAILED: &str = "검색을 불러오지 못했다";
const TEXTLESS: &str = "본문을 읽지 못했다";

fn some() -> SiteTest {
    SiteTest::new()
        .file("docsite.toml", "language = \"ko\"\n")
        .file("attachment/gateway.yaml", "kind: Gateway\n")
        .doc(
            "gw__note-a",
            "# Egress gateway\n\n## 절\n\n드레이닝을 본다.\n",
        )
        .doc(
            "sec__note-b",
            "# 인증서와 gateway\n\n인증서를 본다. 종료절차.\n",
        )
}

/// Scripts, what is asked, what is said and what is found.
type Kind<'a> = (&'a [&'a str], &'a str, &'a [&'a str], &'a [&'a str]);

const ALL: [&str; 3] = ["Egress gateway", "gateway.yaml", "인증서와 gateway"];
const KINDS: [Kind<'_>; 10] = [
    (&["x-"], "gateway", &[], &ALL),
    (&["groups"], "gateway", &[], &ALL),
    (&["block-"], "gateway", &[], &ALL),
    (
        &["x-", "titles-"],
        "gateway",
        &["3건은 제목을 읽지 못해"],
        &[],
    ),
    (&["t-"], "gateway", &["찾아보지 못한 말: gateway"], &ALL),
    (&["w-"], "gqteowyz", &["찾아보지 못한 말: gqteowyz"], &[]),
    (&["p-"], "총료절차", &[], &[]),
    (&["s-"], "게이투웨어", &[], &[]),
    (&["loanwords"], "egress", &[], &["Egress gateway"]),
    (&["directory"], "gateway", &[FAILED], &[]),
];

fn a_script_that_is_missing_torn_or_older_is_said_and_the_rest_is_found() {
    let tab = tab();
    let site = Open::new(some().with_many_files());
    for (begins, query, said, titles) in KINDS {
        for (name, how) in [
            ("missing", remove as fn(&Path)),
            ("torn", tear),
            ("older", age),
        ] {
            // An older list of loanwords is as good, and an older text says its title.
            if name == "older" && (begins == ["loanwords"] || begins == ["x-", "titles-"]) {
                continue;
            }
            let whole = damage(&site, begins, how);
            for url in site.both(PAGE) {
                tab.visit("about:blank");
                tab.visit(&url);
                ask(&tab, query);
                let at = format!("{name} {begins:?} at {url}");
                is_answered(&tab, said, titles, &at);
                if begins == ["x-"] {
                    let list = tab.text("document.querySelector('dialog.search .res').innerText");
                    assert_eq!(list.matches(TEXTLESS).count(), 3, "{list}: {at}");
                    tab.press("Enter");
                    tab.becomes(OPEN, false);
                }
            }
            whole.restore();
        }
    }
}

/// That the dialog says these things and lists these titles, and says nothing that it cannot know.
#[track_caller]
fn is_answered(tab: &Tab, said: &[&str], titles: &[&str], at: &str) {
    let lost = if said.contains(&FAILED) { FAILED } else { LOST };
    tab.becomes(&format!("{NOTES}.includes('{lost}')"), true);
    let notes = tab.text(NOTES);
    for part in said {
        assert!(notes.contains(part), "no {part} in {notes}: {at}");
    }
    for wrong in ["찾지 못했다", "어디에도 없어", "이 말로 찾기", "gateway →"] {
        assert!(!notes.contains(wrong), "{notes}: {at}");
    }
    let mut found = tab.list(TITLES);
    found.sort_unstable();
    assert_eq!(found, titles, "{at}");
}

/// The list of the terms' shards is in pages: what is searched for is in them.
fn pages_of_shards_come_when_they_are_needed() {
    let tab = tab();
    let site = Open::new(some().with_many_words());
    for (name, how) in [
        ("whole", None),
        ("torn", Some(tear as fn(&Path))),
        ("gone", Some(remove)),
    ] {
        let whole = how.map(|how| damage(&site, &["dt-"], how));
        for url in site.both(PAGE) {
            tab.visit("about:blank");
            tab.visit(&url);
            for (query, found) in [
                ("gateway", &ALL[..]),
                ("egerss", &ALL[..1]),
                ("zzzqqzzz", &[]),
            ] {
                ask(&tab, query);
                let at = format!("{query}, {name} at {url}");
                if whole.is_none() {
                    tab.becomes(&format!("{TITLES}.sort().join()"), found.join(","));
                    assert!(!tab.text(NOTES).contains(LOST), "{at}");
                } else if query == "gateway" {
                    is_answered(&tab, &["찾아보지 못한 말: gateway"], &ALL, &at);
                }
            }
        }
        if let Some(whole) = whole {
            whole.restore();
        }
    }
}

fn what_came_later_is_found_when_it_is_tried_again() {
    let tab = tab();
    let site = Open::new(some().with_many_files());
    for (begin, how) in [
        ("x-", remove as fn(&Path)),
        ("x-", age),
        ("t-", tear),
        ("t-", age),
        ("directory", tear),
        ("directory", age),
    ] {
        for url in site.both(PAGE) {
            let whole = damage(&site, &[begin], how);
            tab.visit("about:blank");
            tab.visit(&url);
            ask(&tab, "드레이닝");
            let lost = if begin == "directory" { FAILED } else { LOST };
            tab.becomes(&format!("{NOTES}.includes('{lost}')"), true);
            whole.restore();
            tab.click("dialog.search .warn button");
            let mark = "document.querySelector('dialog.search mark')?.textContent ?? ''";
            tab.becomes(mark, "드레이닝");
            assert_eq!(tab.text(NOTES), "", "{begin} at {url}");
        }
    }
}

fn a_site_that_is_built_while_a_page_is_open_is_searched_as_it_is() {
    let tab = tab();
    let site = Open::new(some().with_many_files());
    let [http, file] = site.both(PAGE);
    for (url, from, to) in [(http, "본다", "닫는다"), (file, "닫는다", "여닫는다")] {
        tab.visit("about:blank");
        tab.visit(&url);
        ask(&tab, "인증서");
        tab.becomes(&format!("{OPTIONS} > 0"), true);
        site.change("markdown/gw__note-a.md", |text| text.replace(from, to));
        type_in(&tab, "드레이닝");
        let list = "document.querySelector('dialog.search .res').innerText";
        tab.becomes(&format!("{list}.includes('{to}')"), true);
        assert_eq!(tab.text(NOTES), "", "{url}");
    }
}

fn its_texts_have_contrast() {
    let tab = stubbed();
    let site = site();
    tab.visit(&site.http(PAGE));
    for scheme in ["light", "dark"] {
        tab.prefer(&[("prefers-color-scheme", scheme)]);
        for query in ["", "게이트웨이 zzz missing", "many", "none"] {
            ask(&tab, query);
            tab.becomes(&format!("{FIELD}.value"), query);
            tab.evaluate("new Promise((done) => setTimeout(() => done(true), 100))");
            assert_eq!(
                tab.list(include_str!("faint.js")),
                [""; 0],
                "{scheme}, {query}"
            );
            tab.press("Escape");
        }
    }
}

fn it_fits_the_window_and_is_not_printed() {
    let tab = stubbed();
    let site = site();
    for (width, height) in [(1280, 800), (390, 800), (390, 380), (320, 560)] {
        tab.resize(width, height);
        tab.visit(&site.http(PAGE));
        ask(&tab, "many 게이트웨이 zzz missing");
        tab.becomes(OPTIONS, 21);
        let fits =
            "(() => { const box = document.querySelector('dialog.search').getBoundingClientRect();
            const list = document.querySelector('dialog.search .res');
            return box.left >= 0 && box.right <= innerWidth && box.top >= 0
                && box.bottom <= visualViewport.height + 0.5 && list.clientHeight > 60
                && document.documentElement.scrollWidth <= innerWidth; })()";
        assert!(tab.holds(fits), "{width} × {height}");
        if width < 700 {
            let fills = "document.querySelector('dialog.search').offsetHeight === innerHeight";
            assert!(tab.holds(fits) && tab.holds(fills), "{width} × {height}");
        }
    }
    tab.as_print(&[]);
    assert!(!tab.holds("document.querySelector('dialog.search').checkVisibility()"));
}
