//! Real archives, and the owner's, from `../shared` beside the repository: what holds for the samples
//! holds for them.
//!
//! Needs `../shared`; where it is missing, the tests are ignored and counted. Not here: the same
//! archives in a browser (`tests/browser/corpora.rs`) and before lychee (`tests/lychee`).
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::missing_panics_doc,
    unreachable_pub,
    reason = "a test may panic, and explains itself by its name"
)]

#[path = "../it/adoption.rs"]
#[allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "its tests of the samples are not run here"
)]
mod adoption;
#[path = "../needs/beside.rs"]
mod beside;
#[path = "../it/catalogue_data.rs"]
#[allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "its tests of the samples are not run here"
)]
mod catalogue_data;
#[path = "../it/check.rs"]
#[allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "its tests of the samples are not run here"
)]
mod check;
#[path = "../it/dialect.rs"]
#[allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "its tests of the samples are not run here"
)]
mod dialect;
#[path = "../it/emphasis.rs"]
#[allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "its tests of the samples are not run here"
)]
mod emphasis;
#[path = "../it/harness.rs"]
#[allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "its tests of the samples are not run here"
)]
mod harness;
#[path = "../it/hostile_diagrams.rs"]
#[allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "its tests of the samples are not run here"
)]
mod hostile_diagrams;
#[path = "../it/lift.rs"]
#[allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "its tests of the samples are not run here"
)]
mod lift;
#[path = "../it/lift_places.rs"]
#[allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "its tests of the samples are not run here"
)]
mod lift_places;
#[path = "../it/reader.rs"]
#[allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "its tests of the samples are not run here"
)]
mod reader;
#[path = "../it/samples.rs"]
#[allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "its tests of the samples are not run here"
)]
mod samples;
#[path = "../it/scanner.rs"]
#[allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "its tests of the samples are not run here"
)]
mod scanner;
#[path = "../it/search_quality.rs"]
#[allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "its tests of the samples are not run here"
)]
mod search_quality;
#[path = "../it/tree.rs"]
#[allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "its tests of the samples are not run here"
)]
mod tree;
#[path = "../needs/trial.rs"]
mod trial;
#[path = "../it/web.rs"]
#[allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "its tests of the samples are not run here"
)]
mod web;
#[path = "../it/whole.rs"]
#[allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "its tests of the samples are not run here"
)]
mod whole;

use std::fs;
use std::path::PathBuf;

use adoption::Archive;
use harness::SiteTest;
use search_quality::{Bars, quality};
use trial::{Test, tests};

const TESTS: &[Test] = tests![
    every_document_of_the_rust_book_becomes_a_page,
    every_document_of_the_korean_vue_documentation_becomes_a_page,
    every_address_in_the_rust_book_has_a_target,
    every_address_in_the_korean_vue_documentation_has_a_target,
    emphasis_in_the_rust_book_is_what_comrak_finds,
    emphasis_in_the_korean_vue_documentation_is_what_comrak_finds,
    a_second_parser_finds_the_same_structure,
    no_dollar_of_the_corpora_is_a_formula,
    a_thousand_real_documents_stay_within_the_weight,
    hostile_diagrams_hurt_nobody,
    the_owners_archive_is_adopted,
    the_owners_archive_is_rebuilt,
    the_owners_archive_is_checked,
    the_owners_archive_has_two_broken_links,
    the_owners_drawn_pages_are_lifted,
    the_owners_pictures_stay_seen,
    listed_queries_are_found,
    queries_made_from_the_korean_vue_documentation_are_found,
    queries_made_from_the_rust_book_are_found,
];

/// What the listed queries must reach.
const LISTED: Bars = Bars {
    all: 0.99,
    rank: 0.95,
    each: 0.97,
};
/// Queries of each kind that are made.
const OF_EACH: usize = 60;

/// The owner's archive: 51 documents, 49 of them with a page of the older script.
const OWNERS: Archive = Archive {
    site: owners,
    drawn: &[
        "arch__src-phantom-workloads",
        "gt__src-w6-production-apply",
        "gw__guide-egress-gateway-https",
        "gw__src-egress-https-over-mtls",
        "xds__note-envoy-static-vs-dynamic-config",
        "xds__src-cluster-anatomy",
    ],
    unpublished: &[
        "gw__src-egress-http-vs-https",
        "xds__note-envoy-routing-chain-debugging",
    ],
    documents: 51,
};

fn main() {
    let archives = beside::need();
    trial::run(&[(TESTS, &[archives])]).exit();
}

fn shared(name: &str) -> PathBuf {
    beside::shared(name).expect("../shared")
}

fn corpus(name: &str) -> SiteTest {
    SiteTest::copy_of(&shared("corpora").join(name), &[])
}

fn owners() -> SiteTest {
    SiteTest::copy_of(&shared("archive51"), &[])
}

fn every_document_of_the_rust_book_becomes_a_page() {
    whole::every_document_becomes_a_page(&corpus("rust-book"), 50);
}

fn every_document_of_the_korean_vue_documentation_becomes_a_page() {
    whole::every_document_becomes_a_page(&corpus("vue-ko"), 50);
}

fn every_address_in_the_rust_book_has_a_target() {
    whole::every_address_has_a_target(&corpus("rust-book"));
}

fn every_address_in_the_korean_vue_documentation_has_a_target() {
    whole::every_address_has_a_target(&corpus("vue-ko"));
}

fn emphasis_in_the_rust_book_is_what_comrak_finds() {
    emphasis::agrees_with_comrak(&shared("corpora/rust-book/markdown"), 500);
}

fn emphasis_in_the_korean_vue_documentation_is_what_comrak_finds() {
    emphasis::agrees_with_comrak(&shared("corpora/vue-ko/markdown"), 500);
}

fn a_second_parser_finds_the_same_structure() {
    let folders = [shared("corpora"), shared("archive51/markdown")];
    dialect::both_find_the_same_structure(&folders, 200);
}

fn no_dollar_of_the_corpora_is_a_formula() {
    dialect::no_dollar_is_a_formula(&[shared("corpora"), shared("archive51/markdown")], 30);
}

fn a_thousand_real_documents_stay_within_the_weight() {
    let folder = shared("corpora/vue-ko");
    let site = SiteTest::copy_of(&folder, &["attachment", "assets"]);
    catalogue_data::a_thousand_documents_stay_within_the_weight(&site);
}

fn hostile_diagrams_hurt_nobody() {
    let files = fs::read_dir(shared("diagrams/hostile")).unwrap();
    let diagrams: Vec<(String, String)> = files
        .map(|file| {
            let path = file.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let source = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
            (name, source)
        })
        .collect();
    assert!(diagrams.len() > 25);
    hostile_diagrams::hurt_nobody(&diagrams);
}

fn the_owners_archive_is_adopted() {
    adoption::adopting_writes_docsite_toml_and_a_caddyfile_and_no_other_byte(OWNERS);
    adoption::adopting_says_what_rebuild_adopt_will_re_render_keep_and_pass_by(OWNERS);
    adoption::adopting_what_is_adopted_is_refused(OWNERS);
}

fn the_owners_archive_is_rebuilt() {
    adoption::a_plain_rebuild_changes_no_page_and_says_why(OWNERS);
    adoption::rebuild_adopt_keeps_the_drawn_skips_the_unpublished_and_renders_the_rest(OWNERS);
    adoption::a_second_rebuild_writes_nothing_at_all(OWNERS);
}

fn the_owners_archive_is_checked() {
    adoption::the_graph_has_the_one_broken_document_link_and_the_one_broken_heading_link(OWNERS);
    adoption::check_says_once_that_pages_wait_to_be_adopted(OWNERS);
}

fn the_owners_archive_has_two_broken_links() {
    check::two_links_are_broken(&owners(), "gw__src-egress-operations");
}

fn the_owners_drawn_pages_are_lifted() {
    lift::older_pages_are_lifted(&owners(), OWNERS.drawn);
}

fn listed_queries_are_found() {
    let list = shared("search").join("queries.json");
    let archives = ["vue-ko", "rust-book"].map(|archive| {
        let asked = quality::listed(&list, Some(archive)).unwrap();
        (quality::searched(corpus(archive).root()).unwrap(), asked)
    });
    let all = archives
        .iter()
        .flat_map(|(found, asked)| search_quality::answers(found, asked));
    search_quality::reach(&LISTED, &all.collect::<Vec<_>>());
}

fn queries_made_from_the_korean_vue_documentation_are_found() {
    search_quality::made_are_found(corpus("vue-ko").root(), OF_EACH);
}

fn queries_made_from_the_rust_book_are_found() {
    search_quality::made_are_found(corpus("rust-book").root(), OF_EACH);
}

fn the_owners_pictures_stay_seen() {
    lift_places::older_pictures_stay_seen(&owners(), OWNERS.drawn);
}
