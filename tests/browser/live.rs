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
    an_error_is_shown_with_its_place_until_it_is_fixed,
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
        "window.old = true;
         const row = document.querySelector('#topics a[href=\"gw__note-n40.html\"]');
         row.scrollIntoView({ block: 'center', behavior: 'instant' });
         row.focus({ preventScroll: true });",
    );
    let place = "document.querySelector('#topics a[href=\"gw__note-n40.html\"]').getBoundingClientRect().top";
    let before = tab.number(place);
    // Above what is in view.
    site.write("markdown/gw__note-n00b.md", "# 긴 글 새로\n\n요약.\n");
    tab.becomes("document.querySelectorAll('#topics mark').length", 81);
    tab.becomes(
        "document.activeElement.getAttribute('href') ?? ''",
        "gw__note-n40.html",
    );
    tab.becomes(&format!("Math.abs({place} - {before}) < 2"), true);
    for kept in [
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
    tab.becomes(
        "((field) => [document.activeElement === field, field.value, field.selectionStart, field.selectionEnd].join())
            (document.getElementById('ds.filter').elements.q)",
        "true,긴 글 4,2,3",
    );
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
