//! Two real archives, whole: every document becomes a page, nothing is written twice, and every
//! local address on every page leads somewhere.

use crate::harness::{SiteTest, shared};
use crate::scanner;

fn corpus(name: &str) -> Option<SiteTest> {
    Some(SiteTest::copy_of(&shared("corpora")?.join(name), &[]))
}

fn every_document_becomes_a_page(name: &str) {
    let Some(site) = corpus(name) else { return };
    site.rebuild().ends(0);
    let tree = site.tree();
    let names: Vec<&str> = tree
        .paths()
        .into_iter()
        .filter_map(|path| path.strip_prefix("markdown/")?.strip_suffix(".md"))
        .collect();
    assert!(names.len() > 50, "{}", names.len());
    for name in &names {
        assert!(site.has(&format!("public/{name}.html")), "{name}");
    }
    let graph = site.json("public/graph.json");
    assert_eq!(graph["nodes"].as_array().unwrap().len(), names.len());
    site.writes_nothing(&["rebuild"]).ends(0);
}

fn every_address_leads_somewhere(name: &str) {
    let Some(site) = corpus(name) else { return };
    site.rebuild().ends(0);
    let mut problems = scanner::problems(&site.output());
    // Addresses in raw HTML stand as the author wrote them: the archives lack some of the pictures.
    problems.retain(|problem| {
        let (page, rest) = problem.split_once(".html: ").unwrap();
        let address = rest.split(": ").next().unwrap();
        let source = site.read(&format!("markdown/{page}.md"));
        !source.contains(&format!("src=\"{address}\""))
    });
    assert_eq!(problems, [""; 0], "{} problems", problems.len());
}

#[test]
fn every_document_of_the_rust_book_becomes_a_page() {
    every_document_becomes_a_page("rust-book");
}

#[test]
fn every_document_of_the_korean_vue_documentation_becomes_a_page() {
    every_document_becomes_a_page("vue-ko");
}

#[test]
fn every_address_in_the_rust_book_has_a_target() {
    every_address_leads_somewhere("rust-book");
}

#[test]
fn every_address_in_the_korean_vue_documentation_has_a_target() {
    every_address_leads_somewhere("vue-ko");
}
