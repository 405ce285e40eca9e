//! What a page that `docsite serve` answered makes of a build: it changes in place.
//!
//! Not here: what is built, and what the server tells (`tests/it/serve.rs`).

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use crate::browser::tab;
use crate::harness::SiteTest;
use crate::tab::Tab;
use crate::trial::{Test, tests};

pub const TESTS: &[Test] = tests![
    a_changed_page_changes_where_it_changed_and_nothing_moves,
    a_style_comes_without_a_reload_and_a_new_page_into_the_catalogue,
    the_catalogue_stays_where_it_is_with_view_filter_and_focus,
    the_picture_of_the_graph_keeps_its_zoom,
    the_lists_of_a_large_catalogue_stay_where_they_are,
    the_lines_of_an_attachment_change_in_place,
    an_error_is_shown_with_its_place_until_it_is_fixed,
    a_diagram_that_changes_above_moves_nothing,
    a_cell_that_changes_and_the_first_heading_leave_the_rest_as_it_is,
    a_line_of_code_that_changes_leaves_focus_scroll_and_selection,
    what_is_open_is_known_by_its_summary,
    what_moves_keeps_its_focus_and_its_selection,
    a_picture_that_changed_is_shown_as_it_is,
    what_was_written_is_found_without_a_reload,
    a_page_that_nobody_sees_hears_of_builds_once_it_is_seen,
    a_title_and_a_heading_come_before_the_build_and_nothing_moves,
    what_was_found_has_a_button_and_a_list,
];

struct Server {
    child: Child,
    address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    fn start(site: &SiteTest) -> Self {
        // Any free port may be taken before it is used: then the next one is tried.
        (0..5).find_map(|_| Self::try_start(site)).unwrap()
    }

    fn try_start(site: &SiteTest) -> Option<Self> {
        let free = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = free.local_addr().unwrap().port().to_string();
        drop(free);
        let mut child = Command::new(env!("CARGO_BIN_EXE_docsite"))
            .args(["serve", "--port", &port, "--site"])
            .arg(site.root())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = format!("http://127.0.0.1:{port}/");
        let is_up = lines.any(|line| line.is_ok_and(|line| line.contains(&address)));
        std::thread::spawn(move || lines.for_each(drop));
        let server = Self { child, address };
        is_up.then_some(server)
    }

    fn page(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }
}

const FILL: &str = "이 문단은 자리를 차지한다. 다음 문단도 그렇다.\n\n";
const CODE: &str = "```yaml\nkind: A\n```\n\n";

fn document(before: &str, after: &str) -> String {
    let fill = FILL.repeat(30);
    format!(
        "# A\n\n{before}## 처음\n\n{CODE}<details><summary>펼침</summary>\n\n속\n\n</details>\n\n\
         {fill}## 가운데\n\n고른 [문단](gw__note-b.html)이다.\n\n{fill}## 끝\n\n{after}"
    )
}

fn site() -> SiteTest {
    SiteTest::new()
        .doc("gw__note-a", document("", ""))
        .doc("gw__note-b", "# B\n")
        .file("flow.json", r#"{"stages": []}"#)
}

/// A page that hears of builds.
fn visit(tab: &Tab, server: &Server, page: &str) {
    tab.visit(&server.page(page));
    tab.becomes(
        "document.querySelector('script[data-listens]') !== null",
        true,
    );
}

fn a_changed_page_changes_where_it_changed_and_nothing_moves() {
    let site = site();
    let server = Server::start(&site);
    let tab = tab();
    visit(&tab, &server, "gw__note-a.html");
    tab.evaluate(
        "document.querySelector('main details').open = true;
         window.kept = [...document.querySelectorAll('main p')].find((p) => p.textContent.startsWith('고른'));
         kept.scrollIntoView({ block: 'center', behavior: 'instant' });
         kept.querySelector('a').focus({ preventScroll: true });
         getSelection().selectAllChildren(kept);
         window.place = kept.getBoundingClientRect().top;",
    );
    site.write(
        "markdown/gw__note-a.md",
        document("새로 온 문단이다.\n\n", "```yaml\nkind: B\n```\n"),
    );
    tab.becomes(
        "document.body.textContent.includes('새로 온 문단이다.')",
        true,
    );
    let moved = tab.number("Math.abs(kept.getBoundingClientRect().top - place)");
    assert!(moved < 1.0, "{moved}");
    for kept in [
        "kept.isConnected",
        "document.querySelector('main details').open",
        "getSelection().toString().trim() === kept.textContent.trim()",
        "document.activeElement === kept.querySelector('a')",
        "[...document.querySelectorAll('[data-docsite-changed]')].some((one) => one.textContent.includes('새로 온'))",
        "document.querySelectorAll('figure.code').length === 2",
        "document.querySelectorAll('figure.code > .copy').length === 2",
    ] {
        assert!(tab.holds(kept), "{kept}");
    }
    tab.becomes(
        "document.querySelectorAll('[data-docsite-changed]').length",
        0,
    );
    // And back, as it was.
    site.write("markdown/gw__note-a.md", document("", ""));
    tab.becomes(
        "document.body.textContent.includes('새로 온 문단이다.')",
        false,
    );
    assert!(tab.holds("kept.isConnected && document.querySelectorAll('figure.code').length === 1"));
    assert_eq!(tab.complaints(), [""; 0]);
}

fn a_style_comes_without_a_reload_and_a_new_page_into_the_catalogue() {
    let site = site();
    let server = Server::start(&site);
    let tab = tab();
    visit(&tab, &server, "gw__note-a.html");
    tab.evaluate("window.kept = true");
    site.write("assets/viz.css", "body { outline: 3px solid red }\n");
    tab.becomes("getComputedStyle(document.body).outlineWidth", "3px");
    assert!(tab.holds("window.kept"));
    visit(&tab, &server, "index.html");
    site.write("markdown/gw__note-new.md", "# 새로 온 글\n");
    tab.becomes(
        "document.querySelectorAll('a[href=\"gw__note-new.html\"]').length > 0",
        true,
    );
}

fn the_catalogue_stays_where_it_is_with_view_filter_and_focus() {
    let site = (0..80).fold(site(), |site, at| {
        site.doc(
            &format!("gw__note-n{at:02}"),
            format!("# 긴 글 {at:02}\n\n요약.\n"),
        )
    });
    let server = Server::start(&site);
    let tab = tab();
    visit(&tab, &server, "index.html#topics?q=%EA%B8%B4");
    tab.becomes("document.querySelectorAll('#topics mark').length", 80);
    tab.evaluate(
        "window.row = document.querySelector('#topics a[href=\"gw__note-n40.html\"]');
         row.scrollIntoView({ block: 'center', behavior: 'instant' });
         row.focus({ preventScroll: true });
         getSelection().selectAllChildren(row.closest('li'));
         document.querySelector('#graph details').open = true;
         window.place = row.getBoundingClientRect().top;",
    );
    // Above what is in view.
    site.write("markdown/gw__note-n00b.md", "# 긴 글 새로\n\n요약.\n");
    // It is marked for a moment only.
    let marked = "[...document.querySelectorAll('#topics [data-docsite-changed] a')]
        .map((it) => it.textContent).join()";
    tab.becomes(marked, "긴 글 새로");
    tab.becomes("document.querySelectorAll('#topics mark').length", 81);
    let moved = tab.number("Math.abs(row.getBoundingClientRect().top - place)");
    assert!(moved < 1.0, "{moved}");
    for kept in [
        "row.isConnected && document.activeElement === row",
        "getSelection().toString().includes('긴 글 40')",
        "document.querySelector('#graph details').open",
        "document.querySelector('#graph details a[href=\"gw__note-n00b.html\"]') !== null",
        "document.documentElement.dataset.view === 'topics'",
        "document.getElementById('ds.filter').elements.q.value === '긴'",
        "location.hash === '#topics?q=%EA%B8%B4'",
    ] {
        assert!(tab.holds(kept), "{kept}");
    }
    // In the middle of a word.
    tab.evaluate(
        "const field = document.getElementById('ds.filter').elements.q;
         field.focus({ preventScroll: true });
         field.value = '긴 글 4';
         field.dispatchEvent(new Event('input', { bubbles: true }));
         field.setSelectionRange(2, 3);",
    );
    site.write("markdown/gw__note-n41.md", "# 긴 글 41\n\n다른 요약.\n");
    tab.becomes("document.body.textContent.includes('다른 요약')", true);
    assert_eq!(
        tab.text(
            "((field) => [document.activeElement === field, field.value, field.selectionStart, field.selectionEnd].join())
                (document.getElementById('ds.filter').elements.q)",
        ),
        "true,긴 글 4,2,3"
    );
    // The data came too: what the filter finds is what is there now.
    tab.evaluate(
        "field.value = '다른 요약'; field.dispatchEvent(new Event('input', { bubbles: true }));",
    );
    let shown = "[...document.querySelectorAll('#topics .rows li:not([hidden]) a')].map((link) => link.textContent).join()";
    tab.becomes(shown, "긴 글 41");
    site.write(
        "markdown/gw__note-n41.md",
        "# 긴 글 마흔하나\n\n다른 요약.\n",
    );
    tab.becomes(shown, "긴 글 마흔하나");
    assert!(tab.holds("row.isConnected"), "nothing was loaded again");
    assert_eq!(tab.complaints(), [""; 0]);
}

fn the_picture_of_the_graph_keeps_its_zoom() {
    let site = (0..12).fold(site(), |site, at| {
        site.doc(
            &format!("gw__note-n{at:02}"),
            format!(
                "# 글 {at:02}\n\n[다음](gw__note-n{:02}.html)\n",
                (at + 1) % 12
            ),
        )
    });
    let server = Server::start(&site);
    let tab = tab();
    visit(&tab, &server, "index.html#graph");
    let graph = "document.getElementById('ds.picture').graph";
    let moved = "dispatchEvent(new Event('pointermove'))";
    tab.becomes(&format!("{moved} && {graph} !== undefined"), true);
    tab.evaluate(&format!(
        "window.graph = {graph};
         window.settled = () => !graph.state().busy;
         for (let at = 0; at < 3; at += 1) document.querySelector('[data-graph=in]').click();"
    ));
    tab.becomes("settled()", true);
    // The one in the middle of the view stays there, whatever became of the layout.
    tab.evaluate(
        "window.zoomed = graph.state().zoom;
         const [{ clientWidth: w, clientHeight: h }] = document.querySelectorAll('#ds\\\\.picture canvas');
         const away = (i) => Math.hypot(graph.positions(i).x - w / 2, graph.positions(i).y - h / 2);
         window.middle = [...Array(14).keys()].sort((a, b) => away(a) - away(b))[0];
         window.spot = graph.positions(middle);
         window.far = away(middle);
         scrollTo(0, 100);
         window.scrolled = scrollY;",
    );
    site.write(
        "markdown/gw__note-z.md",
        "# 끝\n\n[첫](gw__note-n00.html)\n",
    );
    tab.becomes("graph.state().passing", 15);
    tab.becomes("settled()", true);
    for kept in [
        "graph === document.getElementById('ds.picture').graph",
        "graph.state().zoom === zoomed",
        "Math.hypot(graph.positions(middle).x - spot.x, graph.positions(middle).y - spot.y) < 2",
        "scrollY === scrolled",
        "document.querySelector('#ds\\\\.picture canvas').ariaLabel.includes('15')",
    ] {
        assert!(tab.holds(kept), "{kept}");
    }
    assert_eq!(tab.complaints(), [""; 0]);
}

fn the_lists_of_a_large_catalogue_stay_where_they_are() {
    // Of so many the page has no rows: the script makes those in sight. Of fewer with long titles it has
    // the titles, and the script makes the rest.
    for (documents, title, lists) in [
        (1010, "글".to_owned(), ".sight"),
        (400, "긴 글 ".repeat(60), " [data-made]"),
    ] {
        let tab = tab();
        let site = (0..documents).fold(SiteTest::new(), |site, at| {
            let topic = ["gw", "sec"][at % 2];
            site.doc(
                &format!("{topic}__note-n{at:04}"),
                format!("# {at:04} {title}\n\n요약.\n"),
            )
        });
        let server = Server::start(&site);
        visit(&tab, &server, "index.html#topics");
        tab.becomes(
            &format!("document.querySelector('#topics .rows{lists}') !== null"),
            true,
        );
        large_catalogue(&tab, &site, documents);
    }
}

fn large_catalogue(tab: &Tab, site: &SiteTest, documents: usize) {
    tab.evaluate("scrollTo({ top: 9000, behavior: 'instant' })");
    let find = "[...document.querySelectorAll('#topics li a')].find((link) => link.getBoundingClientRect().top > 400)";
    tab.becomes(&format!("({find}) !== undefined"), true);
    tab.evaluate(&format!(
        "window.row = {find};
         row.focus({{ preventScroll: true }});
         getSelection().selectAllChildren(row);
         window.place = row.getBoundingClientRect().top;
         window.above = row.closest('li').previousElementSibling;
         window.name = decodeURIComponent(above.querySelector('a').getAttribute('href')).replace('.html', '');"
    ));
    site.write("markdown/gw__note-n0000b.md", "# 새로\n");
    let count = i64::try_from(documents).unwrap() + 1;
    tab.becomes(
        "Number(document.querySelector('.tabs small').textContent)",
        count,
    );
    for kept in [
        "row.isConnected && document.activeElement === row",
        "getSelection().toString().trim() === row.textContent.trim()",
        "Math.abs(row.getBoundingClientRect().top - place) < 1",
    ] {
        assert!(tab.holds(kept), "{kept}");
    }
    let above = tab.text("name");
    site.write(&format!("markdown/{above}.md"), "# 다른 제목\n");
    tab.becomes("above.querySelector('a').textContent", "다른 제목");
    tab.becomes("above.hasAttribute('data-docsite-changed')", true);
    assert!(tab.holds("row.isConnected && document.activeElement === row"));
    assert_eq!(tab.complaints(), [""; 0]);
}

fn the_lines_of_an_attachment_change_in_place() {
    let site = site().file("attachment/a.yaml", "a: 1\nb: 2\nc: 3\n");
    let server = Server::start(&site);
    let tab = tab();
    visit(&tab, &server, "view/a.yaml.html#L2");
    tab.evaluate("window.kept = true");
    site.write("attachment/a.yaml", "a: 1\nb: 4\nc: 3\n");
    tab.becomes(
        "document.querySelector('figure.code').textContent.includes('b: 4')",
        true,
    );
    assert!(tab.holds("document.querySelector('figure.code .hl').textContent.includes('b: 4')"));
    tab.evaluate("document.querySelectorAll('figure.code a.no')[2].click()");
    assert!(tab.holds("location.hash === '#L3' && window.kept"));
    assert!(tab.holds("document.querySelector('figure.code .hl').textContent.includes('c: 3')"));
    assert_eq!(tab.complaints(), [""; 0]);
}

fn an_error_is_shown_with_its_place_until_it_is_fixed() {
    let site = site();
    let server = Server::start(&site);
    let tab = tab();
    tab.visit(&server.page("gw__note-a.html"));
    let shown = "document.querySelector('docsite-problems')?.shadowRoot.textContent ?? ''";
    site.write(
        "flow.json",
        "{\n  \"stages\": [}<img src=x onerror=alert(1)>\n",
    );
    tab.becomes(&format!("({shown}).includes('flow.json:2:')"), true);
    let text = tab.text(shown);
    assert!(
        text.contains("error[flow-syntax]") && text.contains('^'),
        "{text}"
    );
    assert!(tab.holds(
        "document.querySelector('docsite-problems').shadowRoot.querySelector('img') === null"
    ));
    // The caret is below what it is about.
    assert!(tab.holds(
        "(([text, caret]) => Math.abs(text.getBoundingClientRect().left - caret.getBoundingClientRect().left) < 2)
            (document.querySelector('docsite-problems').shadowRoot.querySelectorAll('mark'))"
    ));
    assert!(tab.holds("document.body.textContent.includes('고른 문단이다.')"));
    site.write("flow.json", r#"{"stages": []}"#);
    tab.becomes(
        "document.querySelector('docsite-problems')",
        serde_json::Value::Null,
    );
}

fn a_diagram_that_changes_above_moves_nothing() {
    let text = |label: &str| {
        let diagram = format!("```mermaid\nflowchart LR\n  a[{label}] --> b\n```\n");
        format!(
            "# A\n\n{diagram}\n{}고른 문단이다.\n\n{}",
            FILL.repeat(30),
            FILL.repeat(30)
        )
    };
    let site = site().doc("gw__note-a", text("하나"));
    let server = Server::start(&site);
    let tab = tab();
    visit(&tab, &server, "gw__note-a.html");
    tab.evaluate(
        "window.fold = document.querySelector('main figure details');
         if (fold) fold.open = true;
         window.kept = [...document.querySelectorAll('main p')].find((p) => p.textContent.startsWith('고른'));
         kept.scrollIntoView({ block: 'center', behavior: 'instant' });
         window.place = kept.getBoundingClientRect().top;",
    );
    site.write("markdown/gw__note-a.md", text("둘이다"));
    tab.becomes(
        "document.querySelector('main figure').textContent.includes('둘이다')",
        true,
    );
    tab.becomes(
        "Math.abs(kept.getBoundingClientRect().top - place) < 1",
        true,
    );
    tab.becomes(
        "fold === null || document.querySelector('main figure details').open",
        true,
    );
}

fn a_cell_that_changes_and_the_first_heading_leave_the_rest_as_it_is() {
    let table = |cell: &str, heading: &str| {
        let rows = format!("| 이름 | 값 |\n|---|---|\n| 하나 | {cell} |\n| 고른 | 칸 |\n");
        format!("# A\n\n{heading}{rows}\n{}", FILL.repeat(30))
    };
    let site = site().doc("gw__note-a", table("1", ""));
    let server = Server::start(&site);
    let tab = tab();
    visit(&tab, &server, "gw__note-a.html");
    tab.evaluate(
        "window.kept = [...document.querySelectorAll('main td')].find((td) => td.textContent === '고른');
         getSelection().selectAllChildren(kept);
         document.querySelector('main').dataset.own = '1';",
    );
    let is_kept = "kept.isConnected && getSelection().toString().trim() === '고른'
        && document.querySelector('main').dataset.own === '1'";
    site.write("markdown/gw__note-a.md", table("새 값", ""));
    tab.becomes("document.body.textContent.includes('새 값')", true);
    assert!(tab.holds(is_kept));
    site.write("markdown/gw__note-a.md", table("새 값", "## 첫 제목\n\n"));
    tab.becomes("document.querySelector('main h2') !== null", true);
    assert!(tab.holds(is_kept));
}

fn a_line_of_code_that_changes_leaves_focus_scroll_and_selection() {
    let wide = "x".repeat(400);
    let text = |line: &str| format!("# A\n\n```yaml\na: {wide}\nb: {line}\nc: 고른 값\n```\n");
    let site = site().doc("gw__note-a", text("하나"));
    let server = Server::start(&site);
    let tab = tab();
    visit(&tab, &server, "gw__note-a.html");
    tab.evaluate(
        "window.code = document.querySelector('main pre');
         code.focus();
         code.scrollLeft = 200;
         const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
         while (walker.nextNode()) {
           const at = walker.currentNode.data.indexOf('고른');
           if (at >= 0) getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + 2);
         }",
    );
    site.write("markdown/gw__note-a.md", text("둘이다"));
    tab.becomes(
        "document.querySelector('main pre').textContent.includes('둘이다')",
        true,
    );
    for kept in [
        "document.activeElement === code",
        "code.scrollLeft === 200",
        "getSelection().toString() === '고른'",
        "document.querySelectorAll('figure.code > .copy').length === 1",
        "document.querySelector('main pre [data-docsite-changed]') !== null",
    ] {
        assert!(tab.holds(kept), "{kept}");
    }
    assert_eq!(tab.complaints(), [""; 0]);
}

fn what_is_open_is_known_by_its_summary() {
    let fold = |name: &str, text: &str| {
        format!("<details><summary>{name}</summary>\n\n{text}\n\n</details>\n\n")
    };
    let folds = |names: &[&str], text: &str| {
        let all: String = names.iter().map(|name| fold(name, text)).collect();
        format!("# A\n\n{all}끝이다: {text}.\n")
    };
    let site = site().doc("gw__note-a", folds(&["하나", "둘", "셋"], "속"));
    let server = Server::start(&site);
    let tab = tab();
    visit(&tab, &server, "gw__note-a.html");
    tab.evaluate("document.querySelectorAll('main details')[1].open = true");
    for (names, text) in [
        (&["둘", "셋"][..], "다른 속"),
        (&["셋", "새 것", "둘"], "또 다른 속"),
    ] {
        site.write("markdown/gw__note-a.md", folds(names, text));
        let end = format!("document.body.textContent.includes('끝이다: {text}')");
        tab.becomes(&end, true);
        let open = "[...document.querySelectorAll('main details')].filter((it) => it.open)
            .map((it) => it.textContent.replace(/\\s+/g, ' ').trim()).join()";
        tab.becomes(open, format!("둘 {text}"));
        let order =
            "[...document.querySelectorAll('main summary')].map((it) => it.textContent).join()";
        tab.becomes(order, names.join(","));
    }
    assert_eq!(tab.complaints(), [""; 0]);
}

fn what_moves_keeps_its_focus_and_its_selection() {
    let text = |order: &[&str]| {
        let sections = order.iter().map(|name| {
            format!("## {name}\n\n{FILL}\n\n{name} 절의 [문단](gw__note-b.html)이다.\n\n")
        });
        format!("# A\n\n{}", sections.collect::<String>())
    };
    let site = site().doc("gw__note-a", text(&["하나", "둘", "셋"]));
    let server = Server::start(&site);
    let tab = tab();
    visit(&tab, &server, "gw__note-a.html");
    for order in [["셋", "하나", "둘"], ["둘", "셋", "하나"]] {
        tab.evaluate(
            "window.kept = [...document.querySelectorAll('main p')].find((p) => p.textContent.startsWith('셋 절'));
             kept.querySelector('a').focus({ preventScroll: true });
             getSelection().selectAllChildren(kept);",
        );
        site.write("markdown/gw__note-a.md", text(&order));
        let now = "[...document.querySelectorAll('main article h2')].map((it) => it.firstChild.textContent.trim()).join()";
        tab.becomes(now, order.join(","));
        for holds in [
            "kept.isConnected && document.activeElement === kept.querySelector('a')",
            "getSelection().toString().trim() === kept.textContent.trim()",
        ] {
            assert!(tab.holds(holds), "{order:?}: {holds}");
        }
    }
    assert_eq!(tab.complaints(), [""; 0]);
}

fn a_picture_that_changed_is_shown_as_it_is() {
    let picture = |width: u32| {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"20\"/>")
    };
    let site = site()
        .doc("gw__note-a", "# A\n\n![그림](../attachment/a.svg)\n")
        .file("attachment/a.svg", picture(100));
    let server = Server::start(&site);
    let tab = tab();
    visit(&tab, &server, "gw__note-a.html");
    let width = "document.querySelector('main img').naturalWidth";
    tab.becomes(width, 100);
    tab.evaluate("document.querySelector('main').dataset.own = '1'");
    site.write("attachment/a.svg", picture(150));
    tab.becomes(width, 150);
    assert!(tab.holds("document.querySelector('main').dataset.own === '1'"));
    assert_eq!(tab.complaints(), [""; 0]);
}

fn what_was_written_is_found_without_a_reload() {
    let site = site();
    let server = Server::start(&site);
    let tab = tab();
    visit(&tab, &server, "gw__note-a.html");
    let found = |word: &str| {
        format!(
            "docsite.need('search').then((it) => it.answer('{word}')).then(({{ hits }}) => hits.length)"
        )
    };
    tab.becomes(&found("문단"), 1);
    tab.becomes(&found("게이트웨이"), 0);
    tab.evaluate("document.querySelector('main').dataset.own = '1'");
    site.write("markdown/gw__note-b.md", "# B\n\n게이트웨이\n");
    tab.becomes(&found("게이트웨이"), 1);
    assert!(tab.holds("document.querySelector('main').dataset.own === '1'"));
}

/// A browser has six connections to a server for all of its tabs.
fn a_page_that_nobody_sees_hears_of_builds_once_it_is_seen() {
    let site = site();
    let server = Server::start(&site);
    let tab = tab();
    visit(&tab, &server, "gw__note-b.html");
    let see = |hidden: bool| {
        tab.evaluate(&format!(
            "Object.defineProperty(document, 'hidden', {{ configurable: true, get: () => {hidden} }});
             document.dispatchEvent(new Event('visibilitychange'));"
        ));
    };
    see(true);
    let beside = self::tab();
    visit(&beside, &server, "gw__note-b.html");
    site.write("markdown/gw__note-b.md", "# B\n\n새 문단\n");
    beside.becomes("document.body.textContent.includes('새 문단')", true);
    tab.becomes("document.body.textContent.includes('새 문단')", false);
    see(false);
    tab.becomes("document.body.textContent.includes('새 문단')", true);
}

fn a_title_and_a_heading_come_before_the_build_and_nothing_moves() {
    let site = site();
    let server = Server::start(&site);
    let tab = tab();
    visit(&tab, &server, "gw__note-a.html");
    let beside = self::tab();
    visit(&beside, &server, "index.html");
    tab.evaluate(
        "window.kept = [...document.querySelectorAll('main p')].find((p) => p.textContent.startsWith('고른'));
         kept.scrollIntoView({ block: 'center', behavior: 'instant' });
         window.place = kept.getBoundingClientRect().top;",
    );
    // While another run writes to the site, no build of the server does.
    let held = std::fs::File::create(site.path(".docsite/lock")).unwrap();
    held.lock().unwrap();
    let text = document("", "").replace("# A\n", "# 새 제목\n\n## 새 절\n");
    site.write("markdown/gw__note-a.md", text);
    tab.becomes("document.title.startsWith('새 제목')", true);
    for shown in [
        "document.querySelector('h1').textContent.includes('새 제목')",
        "[...document.querySelectorAll('nav a')].some((a) => a.textContent.includes('새 절'))",
        "kept.isConnected && Math.abs(kept.getBoundingClientRect().top - place) < 1",
    ] {
        assert!(tab.holds(shown), "{shown}");
    }
    assert!(!site.read("public/gw__note-a.html").contains("새 제목"));
    assert!(!beside.holds("document.body.textContent.includes('새 제목')"));
    tab.evaluate("window.marked = kept.isConnected");
    drop(held);
    beside.becomes("document.body.textContent.includes('새 제목')", true);
    assert!(tab.holds("marked && kept.isConnected"));
    assert_eq!(tab.complaints(), [""; 0]);
}

fn what_was_found_has_a_button_and_a_list() {
    const BADGE: &str = "document.querySelector('docsite-findings')";
    const LIST: &str =
        "document.querySelector('docsite-findings')?.shadowRoot.querySelector('section')";
    let site = site();
    let server = Server::start(&site);
    let tab = tab();
    tab.resize(390, 800);
    visit(&tab, &server, "gw__note-b.html");
    site.write(
        "markdown/gw__note-b.md",
        "# B\n\n[끊긴](gw__note-none.html)<img onerror=x>\n",
    );
    tab.becomes(
        &format!("{LIST}?.textContent.includes('markdown/gw__note-b.md:3:1') ?? false"),
        true,
    );
    assert!(tab.holds(&format!("!{LIST}.matches(':popover-open')")));
    tab.evaluate(&format!(
        "{BADGE}.shadowRoot.querySelector('.count').focus()"
    ));
    tab.press("Enter");
    tab.becomes(&format!("{LIST}.matches(':popover-open')"), true);
    for holds in [
        format!("{LIST}.textContent.includes('error[broken-document]')"),
        format!("{LIST}.querySelector('img') === null"),
        format!(
            "(({{ left, right }}) => left >= 0 && right <= innerWidth)({LIST}.getBoundingClientRect())"
        ),
        "document.documentElement.scrollWidth <= innerWidth".to_owned(),
    ] {
        assert!(tab.holds(&holds), "{holds}");
    }
    // A build that finds the same leaves the list open.
    site.write(
        "markdown/gw__note-a.md",
        document("새로 온 문단이다.\n\n", ""),
    );
    site.write(
        "markdown/gw__note-b.md",
        "# B\n\n[끊긴](gw__note-none.html) 더\n",
    );
    tab.becomes("document.body.textContent.includes('더')", true);
    assert!(tab.holds(&format!("{LIST}.matches(':popover-open')")));
    tab.press("Escape");
    tab.becomes(&format!("{LIST}.matches(':popover-open')"), false);
    assert!(tab.holds(&format!(
        "document.activeElement === {BADGE} && {BADGE}.shadowRoot.activeElement.matches('.count')"
    )));
    site.write("markdown/gw__note-b.md", "# B\n\n[문단](gw__note-a.html)\n");
    tab.becomes(
        &format!("{BADGE}?.shadowRoot.textContent.includes('broken') ?? false"),
        false,
    );
    assert_eq!(tab.complaints(), [""; 0]);
}
