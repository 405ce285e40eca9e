//! No page writes to the console, violates the policy, or requests anything outside its site.

use crate::browser::tab;
use crate::harness::SiteTest;
use crate::server::Server;
use crate::sites::{EVERYTHING, Open, bundled, everything};
use crate::tab::Tab;
use crate::trial::{Test, tests};

pub const TESTS: &[Test] = tests![
    every_page_of_our_own_archive_is_quiet_under_the_strict_policy,
    every_page_with_everything_is_quiet_under_the_strict_policy,
    opened_files_are_quiet_too,
    a_page_with_console_messages_fails,
];

/// What is wrong with what a tab asked for and was told, on a page.
fn noise(tab: &Tab, page: &str, inside: &str) -> Vec<String> {
    let outside = tab
        .requests()
        .into_iter()
        .filter(|url| !url.starts_with(inside) && !url.starts_with("data:"));
    let outside = outside.map(|url| format!("asks for {url}"));
    let all = tab.complaints().into_iter().chain(outside);
    all.map(|what| format!("{page}: {what}")).collect()
}

/// Visits, scrolls, switches the theme, opens what is folded.
fn use_page(tab: &Tab, url: &str) {
    tab.visit(url);
    tab.evaluate(
        "for (const fold of document.querySelectorAll('details')) fold.open = true;
         scrollTo(0, document.body.scrollHeight);
         document.querySelector('.theme').click()",
    );
}

fn every_page_is_quiet(site: &Open) {
    let tab = tab();
    let mut noises = Vec::new();
    for page in site.pages() {
        use_page(&tab, &site.http(&page));
        noises.extend(noise(&tab, &page, &site.server().url()));
    }
    assert_eq!(noises, [""; 0]);
    assert_eq!(site.server().missing(), [""; 0]);
}

fn every_page_of_our_own_archive_is_quiet_under_the_strict_policy() {
    every_page_is_quiet(&bundled());
}

fn every_page_with_everything_is_quiet_under_the_strict_policy() {
    every_page_is_quiet(&everything());
}

fn opened_files_are_quiet_too() {
    let tab = tab();
    let mut noises = Vec::new();
    let everything = everything();
    let bundled = bundled();
    let mut pages = vec![everything.file(EVERYTHING), everything.file("index.html")];
    for page in [
        "index.html",
        "files.html",
        "gw__guide-egress-gateway-https.html",
        "arch__runbook-helm-reinstall.html",
        "gt__MOC-graceful-termination.html",
        "sec__note-mtls-spiffe-identity.html",
        "xds__src-cluster-anatomy.html",
    ] {
        pages.push(bundled.file(page));
    }
    for page in pages {
        use_page(&tab, &page);
        noises.extend(noise(&tab, &page, "file:///"));
    }
    assert_eq!(noises, [""; 0]);
}

/// Without this, silence would prove nothing.
fn a_page_with_console_messages_fails() {
    let tab = tab();
    let site = SiteTest::new()
        .file(
            "noisy.html",
            "<!doctype html><title>x</title><script>console.log(1)</script>\
             <p style=\"color: red\">x<img src=\"http://outside.example/x.png\">\
             <img src=\"nothing.png\"><script src=\"noisy.js\"></script>",
        )
        .file("noisy.js", "console.log('hello'); missing();");
    let server = Server::new(site.root());
    tab.visit(&format!("{}noisy.html", server.url()));
    let all = noise(&tab, "noisy", &server.url()).join("\n");
    for part in [
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "console: hello",
        "exception: ReferenceError",
        "status of 404",
    ] {
        assert!(all.contains(part), "no `{part}` in:\n{all}");
    }
    assert!(server.missing().contains(&"nothing.png".to_owned()));

    tab.visit(&format!("file://{}/noisy.html", site.root().display()));
    let all = noise(&tab, "noisy", "file:///").join("\n");
    for part in [
        "asks for http://outside.example/x.png",
        "ERR_FILE_NOT_FOUND",
    ] {
        assert!(all.contains(part), "no `{part}` in:\n{all}");
    }
}
