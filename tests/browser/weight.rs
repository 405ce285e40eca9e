//! What a page of each kind loads of docsite's scripts and styles when it is opened, before compression.
//!
//! Not here: data of the site (`assets/docsite/data/`), and what comes when a reader does something.

use std::collections::BTreeSet;

use crate::browser::tab;
use crate::large::large;
use crate::sites::{EVERYTHING, Open, bundled, everything};
use crate::tab::Tab;
use crate::trial::{Test, tests};

pub const TESTS: &[Test] = tests![
    a_page_of_each_kind_loads_at_most_thirty_kilobytes,
    a_large_catalogue_loads_at_most_thirty_kilobytes,
];

const MOST: usize = 30 << 10;

/// The files of docsite that an opened page asked for.
fn loaded(tab: &Tab, url: &str) -> BTreeSet<String> {
    tab.visit("about:blank");
    tab.requests();
    tab.visit(url);
    // What is loaded by another script comes a moment later.
    tab.evaluate("new Promise((done) => setTimeout(done, 500))");
    let requests = tab.requests();
    let ours = requests.iter().filter_map(|url| url.split_once("/assets/"));
    let ours = ours.map(|(_, path)| path.split('?').next().unwrap_or(path).to_owned());
    ours.filter(|path| !path.starts_with("docsite/data/"))
        .collect()
}

fn stays_light(tab: &Tab, site: &Open, page: &str) -> BTreeSet<String> {
    let files = loaded(tab, &site.http(page));
    for ending in [".css", ".js"] {
        let of_kind: Vec<&String> = files.iter().filter(|path| path.ends_with(ending)).collect();
        let sizes = of_kind
            .iter()
            .map(|path| site.weight(&format!("assets/{path}")));
        let total: usize = sizes.sum();
        assert!(
            total > 0 && total <= MOST,
            "{page}: {total} bytes of {of_kind:?}"
        );
    }
    files
}

fn a_page_of_each_kind_loads_at_most_thirty_kilobytes() {
    let tab = tab();
    stays_light(&tab, &everything(), EVERYTHING);
    let site = bundled();
    for page in [
        "gw__note-eastwest-gateway.html",
        "files.html",
        "view/egress/gateway.yaml.html",
        "view/egress/index.html",
        "no/such-page.html",
    ] {
        stays_light(&tab, &site, page);
    }
    for (view, script) in [
        ("", "flow"),
        ("#flow", "flow"),
        ("#topics", "topics"),
        ("#graph", "picture"),
    ] {
        let files = stays_light(&tab, &site, &format!("index.html{view}"));
        assert!(files.contains(&format!("docsite/{script}.js")), "{files:?}");
    }
}

fn a_large_catalogue_loads_at_most_thirty_kilobytes() {
    let tab = tab();
    for page in ["index.html", "index.html#graph", "topic-gw-1.html"] {
        stays_light(&tab, &large(), page);
    }
}
