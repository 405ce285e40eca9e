//! On published archives, the broken links that `check` reports are those that another checker
//! finds in the HTML: lychee, which knows nothing of Markdown.
//!
//! Needs lychee 0.24; where it is missing, the tests are ignored and counted. Not here: links to
//! other hosts, which neither asks.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::missing_panics_doc,
    unreachable_pub,
    reason = "a test may panic, and explains itself by its name"
)]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use percent_encoding::percent_decode_str;
use serde_json::Value;

use beside::shared;
use harness::SiteTest;
use trial::{Need, Test, tests};

#[path = "../needs/beside.rs"]
mod beside;
#[path = "../it/harness.rs"]
#[allow(dead_code, reason = "the integration tests use the rest of it")]
mod harness;
#[path = "../it/reader.rs"]
#[allow(dead_code, reason = "the integration tests use the rest of it")]
mod reader;
#[path = "../it/samples.rs"]
#[allow(dead_code, reason = "the integration tests use the rest of it")]
mod samples;
#[path = "../it/tree.rs"]
#[allow(dead_code, reason = "the integration tests use the rest of it")]
mod tree;
#[path = "../needs/trial.rs"]
mod trial;

const TESTS: &[Test] = tests![in_the_notes, in_the_manual, an_export_has_no_dead_link,];

/// Real archives from beside the repository.
mod corpora {
    use super::{SiteTest, Test, both_find_the_same, shared, tests};

    pub const TESTS: &[Test] = tests![in_the_rust_book, in_the_korean_vue_documentation,];

    fn in_the_rust_book() {
        both_find_the_same(&corpus("rust-book"), 200);
    }

    fn in_the_korean_vue_documentation() {
        both_find_the_same(&corpus("vue-ko"), 25);
    }

    fn corpus(name: &str) -> SiteTest {
        SiteTest::copy_of(&shared("corpora").expect("../shared").join(name), &[])
    }
}

fn main() {
    let lychee = Need {
        name: "lychee",
        is_met: lychee().is_some(),
    };
    let archives = beside::need();
    trial::run(&[(TESTS, &[lychee]), (corpora::TESTS, &[lychee, archives])]).exit();
}

fn in_the_notes() {
    both_find_the_same(&samples::notes(), 2);
}

fn in_the_manual() {
    both_find_the_same(&samples::manual(), samples::CHAPTERS / 2);
}

/// Of every page, the catalogue and the listing too; beside the sources and in an output of its own.
fn an_export_has_no_dead_link() {
    let program = lychee().expect("lychee");
    for output in ["public", "."] {
        let site = samples::notes().file("docsite.toml", format!("output = {output:?}\n"));
        // Dead links of documents are what the other tests are about.
        for (page, target) in found_by_check(&site) {
            let path = format!("markdown/{page}.md");
            let name = target.rsplit('/').next().unwrap().trim_end_matches(".html");
            let is_of_it = |line: &&str| !line.contains(name);
            let kept: Vec<String> = site
                .read(&path)
                .lines()
                .filter(is_of_it)
                .map(str::to_owned)
                .collect();
            site.write(&path, kept.join("\n"));
        }
        site.run(&["rebuild", "--all"]);
        let folder = site.path("../dist");
        let run = site.run(&["export", folder.to_str().unwrap(), "--precompress"]);
        assert!(run.status < 2, "{run:?}");
        let report = checked(&program, &folder);
        let errors = report["error_map"].as_object().unwrap().iter();
        // Links of Markdown are those of its page.
        let errors: Vec<_> = errors.filter(|(page, _)| page.ends_with(".html")).collect();
        assert!(errors.is_empty(), "{errors:#?}");
        assert!(report["successful"].as_u64().unwrap() > 50, "{report:#?}");
        std::fs::remove_dir_all(folder).unwrap();
    }
}

/// A page and what one of its links names, relative to the output; `../x` leads out of it.
type Broken = BTreeSet<(String, String)>;

/// The program, where there is one.
fn lychee() -> Option<String> {
    let program = std::env::var("LYCHEE").unwrap_or_else(|_| "lychee".to_owned());
    let version = Command::new(&program).arg("--version").output();
    version.is_ok().then_some(program)
}

/// What lychee says of a folder of pages.
fn checked(program: &str, output: &Path) -> Value {
    let run = Command::new(program)
        .args([
            "--offline",
            "--include-fragments",
            "--format",
            "json",
            "--no-progress",
            // What follows is for the catalogue's script: a view and its filter.
            "--exclude",
            r"index\.html#(topics|graph)\?",
        ])
        .arg("--root-dir")
        .arg(output)
        .arg(".")
        .current_dir(output)
        .output()
        .unwrap();
    serde_json::from_slice(&run.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&run.stderr)))
}

/// What lychee finds in the pages of documents.
fn found_by_lychee(program: &str, site: &SiteTest) -> Broken {
    let output = site.path("public");
    let report = checked(program, &output);
    let root = format!("file://{}/", output.display());
    let above = format!("file://{}/", site.root().display());
    let mut broken = Broken::new();
    for (page, errors) in report["error_map"].as_object().unwrap() {
        let page = page.trim_start_matches("./");
        let Some(page) = page
            .strip_suffix(".html")
            .filter(|page| page.contains("__"))
        else {
            continue;
        };
        let page = page.rsplit('/').next().unwrap();
        for error in errors.as_array().unwrap() {
            let url = percent_decode_str(error["url"].as_str().unwrap()).decode_utf8_lossy();
            let target = match (url.strip_prefix(&root), url.strip_prefix(&above)) {
                (Some(inside), _) => inside.to_owned(),
                (None, Some(outside)) => format!("../{outside}"),
                (None, None) => url.to_string(),
            };
            broken.insert((page.to_owned(), target.trim_end_matches('/').to_owned()));
        }
    }
    broken
}

/// The links without a target that `check` reports.
fn found_by_check(site: &SiteTest) -> Broken {
    let codes = [
        "broken-document",
        "broken-heading",
        "broken-attachment",
        "broken-image",
        "outside-link",
        "source-link",
        "name-mismatch",
    ];
    let run = site.run(&["check", "--format", "json"]);
    let report: Value = serde_json::from_str(&run.out).unwrap();
    let mut broken = Broken::new();
    for finding in report["findings"].as_array().unwrap() {
        if !codes.contains(&finding["code"].as_str().unwrap()) {
            continue;
        }
        let path = finding["path"].as_str().unwrap();
        let page = path
            .strip_prefix("markdown/")
            .unwrap()
            .strip_suffix(".md")
            .unwrap();
        let target = finding["message"]
            .as_str()
            .unwrap()
            .split('`')
            .nth(1)
            .unwrap();
        broken.insert((page.to_owned(), as_a_browser_reads_it(page, target)));
    }
    broken
}

fn as_a_browser_reads_it(page: &str, target: &str) -> String {
    let target = percent_decode_str(target).decode_utf8_lossy();
    let target = target.trim_start_matches("./").trim_start_matches('/');
    if target.starts_with('#') {
        return format!("{page}.html{target}");
    }
    // Links to documents' sources are rewritten to pages.
    let target = match target.split_once(".md") {
        Some((stem, rest)) if rest.is_empty() || rest.starts_with('#') => {
            format!("{stem}.html{rest}")
        }
        _ => target.to_owned(),
    };
    target.trim_end_matches('/').to_owned()
}

fn both_find_the_same(site: &SiteTest, least: usize) {
    let run = site.rebuild();
    assert!(run.status < 2, "{run:?}");
    let program = lychee().expect("lychee");
    let (theirs, ours) = (found_by_lychee(&program, site), found_by_check(site));
    assert!(theirs.len() >= least, "{}", theirs.len());
    let only_theirs: Vec<_> = theirs.difference(&ours).collect();
    let only_ours: Vec<_> = ours.difference(&theirs).collect();
    assert!(
        only_theirs.is_empty() && only_ours.is_empty(),
        "only lychee: {only_theirs:#?}\nonly check: {only_ours:#?}"
    );
}
