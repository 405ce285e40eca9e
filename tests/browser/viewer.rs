//! Attachments to read, and pages at former addresses, in a browser: by http and as opened files.

use crate::browser::tab;
use crate::harness::SiteTest;
use crate::server::Server;
use crate::sites::{Open, bundled, shared};
use crate::trial::{Test, tests};

pub const TESTS: &[Test] = tests![
    a_line_and_a_range_are_marked_and_in_view,
    a_press_on_a_number_and_one_with_shift_make_the_address,
    a_paper_clip_opens_the_page_and_the_search_works_there,
    the_code_scrolls_in_its_box_and_not_the_page,
    a_picture_with_a_script_runs_none,
    a_former_address_keeps_its_fragment,
    a_former_address_sends_on_without_scripts,
    an_address_without_a_page_lists_the_nearest_names,
    below_another_path_the_page_of_the_lost_finds_its_site,
];

const PAGE: &str = "view/egress/gateway.yaml.html";
const MARKED: &str = "[...document.querySelectorAll('.ln.hl')].map((line) => line.id).join(' ')";

fn small() -> Open {
    shared("viewer", || {
        let hostile = "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='40' \
                       onload='parent.hit = 1'><script>parent.hit = 1</script></svg>";
        SiteTest::new()
            .file("attachment/x.svg", hostile)
            .file(
                "docsite.toml",
                "[redirects]\n\"old/page\" = \"gw__note-a\"\n",
            )
            .doc(
                "gw__note-a",
                "---\naliases: gw__note-old\n---\n# A\n\n## Why\n\n[x](attachment/x.svg)\n",
            )
    })
}

fn a_line_and_a_range_are_marked_and_in_view() {
    let tab = tab();
    for url in bundled().both(PAGE) {
        for (fragment, marked) in [
            ("#L60", "L60"),
            ("#L58-L60", "L58 L59 L60"),
            ("#L60-58", "L58 L59 L60"),
            ("#L0", ""),
            ("#L99999-L999999", ""),
        ] {
            tab.visit("about:blank");
            tab.visit(&format!("{url}{fragment}"));
            tab.becomes(MARKED, marked);
            if !marked.is_empty() {
                let top = "document.querySelector('.ln.hl').getBoundingClientRect().top";
                tab.becomes(&format!("{top} > 60 && {top} < innerHeight - 60"), true);
            }
            assert_eq!(tab.complaints(), [""; 0], "{url}{fragment}");
        }
    }
}

fn a_press_on_a_number_and_one_with_shift_make_the_address() {
    let tab = tab();
    for url in bundled().both(PAGE) {
        tab.visit(&url);
        tab.click("#L4 .no");
        tab.becomes("location.hash", "#L4");
        let press = "new MouseEvent('click', { bubbles: true, cancelable: true, shiftKey: true })";
        tab.evaluate(&format!(
            "document.querySelector('#L2 .no').dispatchEvent({press})"
        ));
        tab.becomes("location.hash", "#L2-L4");
        tab.becomes(MARKED, "L2 L3 L4");
        tab.evaluate("location.hash = '#L1'");
        tab.becomes(MARKED, "L1");
    }
}

fn a_paper_clip_opens_the_page_and_the_search_works_there() {
    let tab = tab();
    for url in bundled().both("index.html#flow") {
        tab.visit(&url);
        tab.click(".refs a[href^='view/']");
        tab.becomes(
            "document.readyState === 'complete' && document.querySelectorAll('.ln').length > 3",
            true,
        );
        tab.press("/");
        tab.becomes(
            "document.querySelector('dialog.search')?.open === true",
            true,
        );
        tab.evaluate(
            "const field = document.querySelector('dialog.search input');
             field.value = 'networkpolicy'; field.dispatchEvent(new Event('input'))",
        );
        let first = "document.querySelector('dialog.search [role=option]')?.href ?? ''";
        tab.becomes(
            &format!("({first}).includes('/public/') || ({first}).length > 0"),
            true,
        );
        let root = tab.text("new URL('../../', location.href).href");
        assert!(tab.text(first).starts_with(&root), "{}", tab.text(first));
        assert_eq!(tab.complaints(), [""; 0], "{url}");
    }
}

fn the_code_scrolls_in_its_box_and_not_the_page() {
    let tab = tab();
    for width in [1280, 390] {
        tab.resize(width, 800);
        for url in bundled().both(PAGE) {
            tab.visit(&url);
            assert!(
                tab.holds("document.documentElement.scrollWidth <= innerWidth"),
                "{width}"
            );
        }
    }
}

fn a_picture_with_a_script_runs_none() {
    let tab = tab();
    for url in small().both("view/x.svg.html") {
        tab.visit(&url);
        tab.becomes("document.querySelector('.shown img').naturalWidth", 40);
        assert!(tab.holds("window.hit === undefined"));
    }
}

fn a_former_address_keeps_its_fragment() {
    let tab = tab();
    for page in ["gw__note-old.html", "old/page.html"] {
        for url in small().both("index.html") {
            tab.visit(&url);
            tab.evaluate(&format!("location.href = '{page}#why'"));
            tab.becomes("location.href.endsWith('/gw__note-a.html#why')", true);
        }
    }
}

fn a_former_address_sends_on_without_scripts() {
    let tab = tab();
    tab.without_scripts();
    for url in small().both("old/page.html") {
        tab.visit(&url);
        tab.becomes("location.href.endsWith('/gw__note-a.html')", true);
    }
}

fn an_address_without_a_page_lists_the_nearest_names() {
    let tab = tab();
    let near = "[...document.querySelectorAll('#ds\\\\.near-names a')].map((a) => a.pathname)";
    for (page, first) in [
        (
            "gw__guide-egress-gatway-https.html",
            "/gw__guide-egress-gateway-https.html",
        ),
        (
            "deep/er/xds__note-xds-api-layer.html",
            "/xds__note-xds-api-layers.html",
        ),
    ] {
        tab.visit(&bundled().http(page));
        tab.becomes(&format!("{near}[0]"), first);
        assert!(tab.holds("document.documentElement.scrollWidth <= innerWidth"));
    }
    tab.visit(&bundled().http("zzzzqqqq.html"));
    tab.becomes("document.querySelector('h1').innerText.length > 0", true);
    assert!(tab.holds("document.getElementById('ds.near-names').hidden"));
}

/// As GitHub's pages of a project: below a path that the site does not know.
fn below_another_path_the_page_of_the_lost_finds_its_site() {
    let tab = tab();
    let site = bundled();
    let host = tempfile::tempdir().unwrap();
    let output = site.root().join("public");
    std::os::unix::fs::symlink(&output, host.path().join("notes")).unwrap();
    std::fs::copy(output.join("404.html"), host.path().join("404.html")).unwrap();
    let server = Server::new(host.path());
    for page in [
        "notes/gw__note-egress-vs-scopin.html",
        "notes/a/b/c/gw__note-egress-vs-scopin.html",
    ] {
        tab.visit(&format!("{}{page}", server.url()));
        let near =
            "[...document.querySelectorAll('#ds\\\\.near-names a')].map((a) => a.pathname)[0]";
        tab.becomes(near, "/notes/gw__note-egress-vs-scoping.html");
        tab.becomes(
            "getComputedStyle(document.querySelector('.top')).position",
            "sticky",
        );
        assert_eq!(
            tab.text("document.querySelector('.home').pathname"),
            "/notes/index.html"
        );
        for button in ["theme", "find"] {
            tab.becomes(
                &format!("document.getElementById('ds.{button}').hidden"),
                false,
            );
        }
        tab.evaluate("document.getElementById('ds.find').click()");
        tab.becomes(
            "document.querySelector('dialog[open] input') !== null",
            true,
        );
        tab.evaluate(
            "const input = document.querySelector('dialog[open] input');
             input.value = 'egress';
             input.dispatchEvent(new InputEvent('input', { bubbles: true }));",
        );
        tab.becomes(
            "document.querySelector('dialog[open] [role=option]') !== null",
            true,
        );
        assert!(tab.holds(
            "[...document.querySelectorAll('dialog[open] [role=option] a, dialog[open] a[role=option]')]
                .every((a) => a.pathname.startsWith('/notes/'))"
        ));
    }
}
