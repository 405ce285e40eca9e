//! Other opinions about whole pages: the Nu validator about their HTML, and axe about what people who do
//! not see them, or not well, get of them.
//!
//! Needs the files of both: `VNU` names vnu.jar, for which there must be Java, and `AXE` axe.min.js.

use std::path::PathBuf;
use std::process::Command;

use crate::browser::tab;
use crate::sites::{Open, bundled, everything};
use crate::tab::Tab;
use crate::trial::{Test, tests};

pub const HTML: &[Test] = tests![every_page_is_valid_html,];
pub const ACCESS: &[Test] = tests![no_page_shuts_anybody_out,];

pub fn validator() -> Option<PathBuf> {
    named("VNU")
}

pub fn axe() -> Option<PathBuf> {
    named("AXE")
}

fn named(variable: &str) -> Option<PathBuf> {
    let path = PathBuf::from(std::env::var_os(variable)?);
    path.is_file().then_some(path)
}

fn every_page_is_valid_html() {
    let folders = [bundled(), everything()].map(|site| site.root().join("public"));
    let output = Command::new("java")
        .arg("-jar")
        .arg(validator().expect("VNU names vnu.jar"))
        .args(["--errors-only", "--skip-non-html", "--format", "gnu"])
        .args(&folders)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.is_empty(), "{said}");
    assert!(
        folders
            .iter()
            .all(|folder| folder.join("404.html").is_file())
    );
}

/// What axe finds, with the element: of all its rules.
const FOUND: &str = "axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`)))";

fn examine(tab: &Tab, url: &str) {
    let script = std::fs::read_to_string(axe().expect("AXE names axe.min.js")).unwrap();
    for scheme in ["light", "dark"] {
        tab.prefer(&[("prefers-color-scheme", scheme)]);
        for width in [1280, 390] {
            tab.resize(width, 900);
            tab.visit("about:blank");
            tab.visit(url);
            tab.evaluate(&script);
            assert_eq!(tab.list(FOUND), [""; 0], "{url} {scheme} {width}");
        }
    }
}

fn no_page_shuts_anybody_out() {
    let tab = tab();
    let archive = bundled();
    for page in [
        "index.html",
        "index.html#topics",
        "index.html#graph",
        "files.html",
        "404.html",
        "view/index.html",
        "view/egress/gateway.yaml.html",
        "gw__guide-egress-gateway-https.html",
        // It has tables with an empty head.
        "sec__note-security-resource-trio.html",
    ] {
        examine(&tab, &archive.http(page));
    }
    let all: Open = everything();
    examine(&tab, &all.http("gw__note-everything.html"));
}
