//! A page that holds everything a document can hold, as a whole: what changes here changes for
//! every reader.
//!
//! Not here: what each piece means (`body`, `code`, `raw`).

use std::path::Path;

use crate::harness::SiteTest;
use crate::scanner;

fn site() -> SiteTest {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites/everything");
    let site = SiteTest::copy_of(&folder, &[]);
    site.rebuild().ends(0);
    site
}

#[test]
fn the_page_that_holds_everything_is_as_it_was() {
    let site = site();
    let page = site.read("public/gw__note-everything.html");
    let start = page.find("<body").unwrap();
    insta::assert_snapshot!("page", &page[start..]);
}

#[test]
fn every_address_of_its_site_has_a_target_but_those_that_are_wrong_on_purpose() {
    let mut problems = scanner::problems(&site().output());
    problems.retain(|problem| !problem.contains("none") && !problem.contains("%EC%97%86%EC%9D%8C"));
    assert_eq!(problems, [""; 0]);
    assert_eq!(scanner::html_errors(&site().output()), [""; 0]);
}
