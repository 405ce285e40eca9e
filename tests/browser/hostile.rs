//! Hostile raw HTML, cleaned, in a real browser: it runs nothing, asks for nothing outside, and its tree is
//! the one that another cleaner leaves.
//!
//! Not here: the same with another parser, and on more inputs (`tests/it/hostile`).

use std::fs;

use scraper::Html;

use crate::browser::tab;
use crate::hostile_inputs::{HOSTILE, cleaned};
use crate::oracle;
use crate::server::Server;
use crate::trial::{Test, tests};

pub const TESTS: &[Test] =
    tests![what_is_left_of_hostile_html_runs_nothing_and_is_what_another_cleaner_leaves,];

/// The elements that the other cleaner leaves, in order, with their attributes.
fn left(html: &str) -> Vec<String> {
    let parsed = Html::parse_fragment(&oracle::clean(html));
    let elements = parsed.root_element().descendent_elements().skip(1);
    let shown = elements.map(|element| {
        let element = element.value();
        let attributes = element.attrs.iter().map(|(name, value)| {
            let value = serde_json::to_string(&**value).unwrap();
            format!("{}={value}", name.local)
        });
        let mut attributes: Vec<String> = attributes.collect();
        attributes.sort();
        let name = &element.name;
        format!("{}|{} {}", name.ns, name.local, attributes.join(" "))
    });
    shown.collect()
}

const LEFT: &str = "JSON.stringify([...document.querySelectorAll('body > section')].map(
    (part) => [...part.querySelectorAll('*')].map((element) => {
        const attributes = [...element.attributes].map((a) => a.localName + '=' + JSON.stringify(a.value));
        return `${element.namespaceURI}|${element.localName} ${attributes.sort().join(' ')}`;
    })))";

fn what_is_left_of_hostile_html_runs_nothing_and_is_what_another_cleaner_leaves() {
    let tab = tab();
    let folder = tempfile::tempdir().unwrap();
    let clean: Vec<String> = HOSTILE.iter().map(|input| cleaned(&[input])).collect();
    let parts: String = clean
        .iter()
        .flat_map(|html| ["<section>", html, "</section>\n"])
        .collect();
    let page = format!(
        "<!doctype html><meta charset=\"utf-8\"><title>t</title>\
         <script>function boom() {{ window.boomed = true; }} window.alert = boom;</script>\n{parts}"
    );
    fs::write(folder.path().join("page.html"), page).unwrap();
    let server = Server::new(folder.path());
    tab.visit(&format!("{}page.html", server.url()));
    assert!(tab.holds("window.boomed === undefined"), "something ran");
    let outside = tab.requests().into_iter();
    let outside: Vec<String> = outside
        .filter(|url| !url.starts_with(&server.url()))
        .collect();
    assert_eq!(outside, [""; 0]);
    let found: Vec<Vec<String>> = serde_json::from_str(&tab.text(LEFT)).unwrap();
    assert_eq!(found.len(), HOSTILE.len());
    for ((found, clean), input) in found.iter().zip(&clean).zip(HOSTILE) {
        assert_eq!(found, &left(clean), "{input}\n{clean}");
    }
}
