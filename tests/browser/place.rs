//! Every document has its place: the ways from its head into the catalogue, and back to where one was;
//! what changed since it was read; the keys; tables on a phone.

use crate::browser::tab;
use crate::harness::SiteTest;
use crate::sites::{Open, bundled, shared};
use crate::tab::Tab;
use crate::trial::{Test, tests};

pub const TESTS: &[Test] = tests![
    marks_and_tags_lead_into_the_catalogue_and_the_house_leads_back,
    a_finger_finds_each_link_above_the_text,
    the_filter_knows_topics_types_stages_and_tags,
    arrows_go_from_the_filter_through_the_list_and_enter_opens,
    a_page_says_what_changed_since_it_was_read,
    a_page_is_marked_read_and_unread,
    the_map_shows_how_much_of_a_stage_was_read,
    the_keys_are_listed,
    a_button_below_every_page_lists_the_keys,
    the_house_leads_back_to_where_the_catalogue_was,
    a_table_keeps_its_first_column_and_breaks_code_where_its_words_end,
];

const FLOW: &str = r#"{"stages": [{"title": "1 트래픽", "why": "먼저다.",
    "docs": ["gw__note-a", "gw__guide-b", "sec__note-c"]}]}"#;
const SETTINGS: &str = "title = \"시험\"\nlanguage = \"ko\"\n\
    [[topics]]\nprefix = \"gw\"\nname = \"관문\"\n[[topics]]\nprefix = \"sec\"\nname = \"보안\"\n";
const TABLES: &str = "# 표\n\n### 바로 앞\n\n\
    | 플래그 | 뜻 | 원인 | 확인하는 방법 |\n|---|---|---|---|\n\
    | `UF` | upstream에 연결하지 못했다 | endpoint가 받지 않거나 handshake가 실패했다 | \
    `cluster.outbound.upstream_rq_pending_overflow` |\n\n\
    <table><tr><th>raw</th><th>둘째열은아주긴이름</th><th>셋째열은아주긴이름이다</th><th>넷째열은아주긴이름</th></tr></table>\n";

fn source() -> SiteTest {
    SiteTest::new()
        .file("docsite.toml", SETTINGS)
        .file("flow.json", FLOW)
        .doc(
            "gw__note-a",
            "---\ntags: [mtls, \"a & b\"]\n---\n# 가\n\n머리.\n\n## `--old`: 지울 절, A/B\n\n글.\n\n## 하나\n\n글.\n\n## 둘\n\n글.\n",
        )
        .doc("gw__guide-b", "# 나\n\n[가](gw__note-a.md)\n")
        .doc(
            "sec__note-c",
            "---\ntags: mtls\n---\n# 다\n\n[나](gw__guide-b.md)\n",
        )
        .doc("sec__note-tables", TABLES)
}

fn site() -> Open {
    shared("place", source)
}

/// Titles of the rows that are shown.
const ROWS: &str = "[...document.querySelectorAll('#topics .rows li')]
    .filter((row) => row.checkVisibility()).map((row) => row.querySelector('a').textContent)";
const FIELD: &str = "document.querySelector('#ds\\\\.filter input')";

fn marks_and_tags_lead_into_the_catalogue_and_the_house_leads_back() {
    let site = site();
    for url in site.both("gw__note-a.html") {
        let tab = tab();
        tab.visit(&url);
        for (link, hash, rows) in [
            (".facts .tt a", "#topics?topic=gw", vec!["가", "나"]),
            (
                ".facts .tt a + a",
                "#topics?type=note",
                vec!["가", "다", "표"],
            ),
            (".tags a", "#topics?tag=mtls", vec!["가", "다"]),
            (".tags li + li a", "#topics?tag=a%20%26%20b", vec!["가"]),
        ] {
            tab.click(link);
            tab.becomes(ROWS, rows);
            assert_eq!(tab.text("location.hash"), hash);
            tab.back();
            tab.becomes("document.querySelector('h1').textContent", "가");
        }
        tab.click(".tags a");
        tab.becomes(
            "document.querySelector('.chips [data-tag]').textContent",
            "#mtls ✕",
        );
        tab.evaluate("document.querySelector('#topics .rows a').click()");
        tab.becomes("document.querySelector('h1').textContent", "가");
        tab.click(".home");
        tab.becomes(ROWS, vec!["가", "다"]);
        tab.click(".chips [data-tag]");
        tab.becomes(ROWS, vec!["가", "나", "다", "표"]);
        assert!(tab.holds(&format!("{FIELD} === document.activeElement")));
        assert_eq!(tab.complaints(), [""; 0], "{url}");
    }
}

/// Each link and button above a document's text, with its place: what is too low, or too near to another.
const CROWDED: &str = "(() => {
    const targets = [...document.querySelectorAll('.crumb a, .facts :is(a, button)')]
        .filter((target) => target.checkVisibility())
        .map((target) => [target.textContent, target.getBoundingClientRect()]);
    const apart = (a, b) => Math.max(a.left - b.right, b.left - a.right, a.top - b.bottom, b.top - a.bottom);
    return targets.flatMap(([name, box], at) => [
        ...(box.height < 24 ? [`${name} is ${box.height} high`] : []),
        ...targets.slice(at + 1).filter(([, other]) => apart(box, other) < 7.9)
            .map(([other, its]) => `${name} and ${other}: ${apart(box, its)}`),
    ]);
})()";

fn a_finger_finds_each_link_above_the_text() {
    let site = Open::new(source().file(
        "docsite.toml",
        format!("edit_url = \"https://e.example/edit\"\nsource_url = \"https://s.example/tree\"\n{SETTINGS}"),
    ));
    let tab = tab();
    for width in [390, 1280] {
        tab.resize(width, 844);
        tab.visit(&site.http("gw__note-a.html"));
        tab.becomes("document.querySelector('.did').checkVisibility()", true);
        assert_eq!(tab.list(CROWDED), [""; 0], "{width}");
        assert!(tab.count("document.querySelectorAll('.facts a').length") >= 7);
    }
}

fn the_filter_knows_topics_types_stages_and_tags() {
    let tab = tab();
    tab.visit(&site().file("index.html#topics"));
    for (words, rows) in [
        ("보안", vec!["다", "표"]),
        ("실전", vec!["나"]),
        ("트래픽", vec!["가", "나", "다"]),
        ("#mtls", vec!["가", "다"]),
        ("보안 개념 mtls", vec!["다"]),
    ] {
        tab.evaluate(&format!(
            "{FIELD}.value = '{words}'; {FIELD}.dispatchEvent(new Event('input'))"
        ));
        tab.becomes(ROWS, rows);
    }
    // What the site does not have is named, and goes by a press.
    tab.visit("about:blank");
    tab.visit(&site().file("index.html#topics?topic=none&type=note"));
    tab.becomes(ROWS, Vec::<&str>::new());
    assert_eq!(
        tab.text("document.querySelector('.chips .chosen').textContent"),
        "none ✕"
    );
    tab.click(".chips .chosen");
    tab.becomes(ROWS, vec!["가", "다", "표"]);
}

fn arrows_go_from_the_filter_through_the_list_and_enter_opens() {
    let tab = tab();
    tab.visit(&site().file("index.html#topics?q=%EA%B4%80%EB%AC%B8"));
    tab.becomes(ROWS, vec!["가", "나"]);
    tab.evaluate(&format!("{FIELD}.focus()"));
    let focus = "document.activeElement.textContent || document.activeElement.name";
    for (key, on) in [
        ("ArrowDown", "가"),
        ("ArrowDown", "나"),
        ("ArrowDown", "나"),
        ("ArrowUp", "가"),
        ("ArrowUp", "q"),
    ] {
        tab.press(key);
        tab.becomes(focus, on);
    }
    tab.press("Enter");
    tab.becomes(
        "document.querySelector('article')?.dataset.doc ?? ''",
        "gw__note-a",
    );
    // In the graph too.
    tab.visit(&site().file("index.html#graph?q=%EB%B3%B4%EC%95%88"));
    tab.becomes("document.querySelectorAll('.web:not([hidden])').length", 1);
    tab.evaluate(&format!("{FIELD}.focus()"));
    tab.press("ArrowDown");
    tab.becomes(focus, "다");
}

const NOTE: &str = "document.querySelector('.since').checkVisibility()";

fn read_through(tab: &Tab, url: &str) {
    tab.visit(url);
    tab.evaluate("document.querySelector('.end').scrollIntoView()");
    tab.becomes("document.querySelector('.did').textContent", "✓ 읽음");
}

fn a_page_says_what_changed_since_it_was_read() {
    let site = Open::new(source());
    for url in site.both("gw__note-a.html") {
        let tab = tab();
        read_through(&tab, &url);
        tab.visit(&url);
        assert!(!tab.holds(NOTE));
        let before = std::fs::read_to_string(site.root().join("markdown/gw__note-a.md")).unwrap();
        site.change("markdown/gw__note-a.md", |text| {
            text.replace("## 둘\n\n글.", "## 둘\n\n다른 글.\n\n### 셋\n\n새 글.")
                .replace("## `--old`: 지울 절, A/B\n\n글.\n\n", "")
        });
        tab.visit(&url);
        tab.becomes(NOTE, true);
        let changes = "[...document.querySelectorAll('.since li')].map((item) => item.textContent)";
        assert_eq!(
            tab.list(changes),
            ["둘 바뀜", "셋 새로 생김", "--old: 지울 절, A/B 없어짐"]
        );
        let marked =
            "[...document.querySelectorAll('.side .toc small')].map((it) => it.textContent)";
        assert_eq!(tab.list(marked), ["바뀜", "새로 생김"]);
        // Read again, it is as it is known.
        read_through(&tab, &url);
        tab.visit(&url);
        assert!(!tab.holds(NOTE));
        assert_eq!(tab.complaints(), [""; 0], "{url}");
        site.change("markdown/gw__note-a.md", |_| before);
    }
}

fn a_page_is_marked_read_and_unread() {
    let tab = tab();
    let site = site();
    tab.resize(390, 300);
    tab.visit(&site.file("sec__note-tables.html"));
    let word = "document.querySelector('.did').textContent";
    tab.becomes(word, "읽음으로 표시");
    tab.click(".did");
    tab.becomes(word, "✓ 읽음");
    tab.reload();
    tab.becomes(word, "✓ 읽음");
    tab.click(".did");
    tab.becomes(word, "읽음으로 표시");
}

fn the_map_shows_how_much_of_a_stage_was_read() {
    let tab = tab();
    let site = site();
    read_through(&tab, &site.file("gw__note-a.html"));
    tab.visit(&site.file("index.html"));
    let station = "document.querySelector('.map li')";
    tab.becomes(&format!("{station}.classList.contains('part')"), true);
    let part = format!("parseFloat({station}.style.getPropertyValue('--done'))");
    assert!((tab.number(&part) - 100.0 / 3.0).abs() < 0.1);
    let disc = "getComputedStyle(document.querySelector('.map a'), '::before').backgroundImage";
    assert!(tab.text(disc).contains("conic-gradient"));
}

fn the_keys_are_listed() {
    let site = site();
    for url in site.both("gw__note-a.html") {
        let tab = tab();
        tab.visit(&url);
        tab.evaluate("document.querySelector('.home').focus()");
        tab.evaluate(
            "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: '?', bubbles: true }))",
        );
        tab.becomes(
            "document.querySelector('dialog.keys[open] h2')?.textContent ?? ''",
            "키보드",
        );
        let rows = "document.querySelectorAll('dialog.keys dt:has(kbd) + dd:not(:empty)').length";
        assert_eq!(tab.count(rows), 9);
        tab.press("Escape");
        tab.becomes("document.querySelector('dialog.keys').open", false);
        assert!(tab.holds("document.activeElement.classList.contains('home')"));
        assert_eq!(tab.complaints(), [""; 0], "{url}");
    }
}

fn a_button_below_every_page_lists_the_keys() {
    let site = site();
    let tab = tab();
    for page in ["gw__note-a.html", "index.html", "files.html"] {
        tab.visit(&site.file(page));
        tab.click("#ds\\.help");
        tab.becomes("document.querySelector('dialog.keys')?.open ?? false", true);
    }
}

fn the_house_leads_back_to_where_the_catalogue_was() {
    for (width, view) in [(1280, "topics"), (390, "flow")] {
        let tab = tab();
        tab.resize(width, 700);
        for url in bundled().both(&format!("index.html#{view}")) {
            tab.visit("about:blank");
            tab.visit(&url);
            tab.becomes("document.documentElement.scrollHeight > 1800", true);
            tab.evaluate(
                "new Promise((done) => setTimeout(done, 300)).then(() => scrollTo(0, 900))",
            );
            tab.becomes("scrollY", 900);
            tab.evaluate(&format!(
                "document.querySelector('#{view} [data-doc] a').click()"
            ));
            tab.becomes("document.querySelector('article') !== null", true);
            tab.becomes("document.readyState", "complete");
            tab.click(".home");
            tab.becomes("document.documentElement.dataset.view ?? ''", view);
            tab.becomes("Math.abs(scrollY - 900) < 2", true);
            assert_eq!(tab.text("location.hash"), format!("#{view}"), "{url}");
        }
    }
}

fn a_table_keeps_its_first_column_and_breaks_code_where_its_words_end() {
    let tab = tab();
    let site = site();
    tab.resize(390, 800);
    tab.visit(&site.file("sec__note-tables.html"));
    assert_eq!(
        tab.count("document.querySelectorAll('.scroll > table').length"),
        2
    );
    let first = "document.querySelector('.scroll td')";
    let width = tab.number(&format!("{first}.getBoundingClientRect().width"));
    assert!(width < 80.0, "a flag has a narrow column: {width}");
    let left = format!("{first}.getBoundingClientRect().left");
    let before = tab.number(&left);
    tab.evaluate("document.querySelector('.scroll').scrollLeft = 120");
    assert!(tab.number("document.querySelector('.scroll').scrollLeft") > 100.0);
    assert!((tab.number(&left) - before).abs() < 1.0, "it stays");
    assert!(tab.holds("document.documentElement.scrollWidth <= innerWidth"));
    let gap = "(() => {
        const [head, next] = [document.querySelector('h3'), document.querySelector('h3 + *')];
        return next.getBoundingClientRect().top - head.getBoundingClientRect().bottom;
    })()";
    assert!(tab.number(gap) >= 14.0, "{}", tab.number(gap));
    // A line ends in code only where its words do.
    let broken = "(() => {
        const code = document.querySelector('td:last-child code');
        const texts = [...code.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
        return texts.filter((node) => {
            const range = new Range();
            range.selectNodeContents(node);
            return new Set([...range.getClientRects()].map((rect) => rect.top)).size > 1;
        }).length;
    })()";
    assert_eq!(tab.count(broken), 0);
    assert!(tab.holds("document.querySelector('td:last-child code').getClientRects().length > 1"));
}
