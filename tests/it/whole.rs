//! Whole archives: every document becomes a page, nothing is written twice, and every local address
//! on every page has a target. Here the samples; `tests/corpora` has real ones.

use crate::harness::SiteTest;
use crate::{samples, scanner};

pub fn every_document_becomes_a_page(site: &SiteTest, least: usize) {
    finished(site);
    let tree = site.tree();
    let names: Vec<&str> = tree
        .paths()
        .into_iter()
        .filter_map(|path| path.strip_prefix("markdown/")?.strip_suffix(".md"))
        .collect();
    assert!(names.len() >= least, "{}", names.len());
    for name in &names {
        assert!(site.has(&format!("public/{name}.html")), "{name}");
    }
    let graph = site.json("public/graph.json");
    assert_eq!(graph["nodes"].as_array().unwrap().len(), names.len());
    site.writes_nothing(&["rebuild"]);
}

pub fn every_address_has_a_target(site: &SiteTest) {
    finished(site);
    let mut problems = scanner::problems(&site.output());
    // Addresses in raw HTML are as the author wrote them: the archives lack some of the pictures.
    problems.retain(|problem| {
        let (page, rest) = problem.split_once(".html: ").unwrap();
        let address = rest.split(": ").next().unwrap();
        let source = site.read(&format!("markdown/{page}.md"));
        !source.contains(&format!("src=\"{address}\""))
    });
    assert_eq!(problems, [""; 0], "{} problems", problems.len());
}

fn finished(site: &SiteTest) {
    let run = site.rebuild();
    assert!(run.status < 2, "{run:?}");
}

#[test]
fn every_note_becomes_a_page() {
    every_document_becomes_a_page(&samples::notes(), samples::NOTES);
}

#[test]
fn every_chapter_of_the_manual_becomes_a_page() {
    every_document_becomes_a_page(&samples::manual(), samples::CHAPTERS);
}

#[test]
fn every_address_in_the_notes_has_a_target() {
    every_address_has_a_target(&samples::notes());
}

#[test]
fn every_address_in_the_manual_has_a_target() {
    every_address_has_a_target(&samples::manual());
}
