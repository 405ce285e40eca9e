//! `docsite man`: a page for the program and each subcommand, and a folder of them that somebody
//! else's pages survive.
//!
//! Not here: completions (`tests/shells.rs`, which needs the shells).

use std::collections::BTreeSet;

use crate::harness::SiteTest;

/// The subcommands that `--help` lists, with `docsite` and the words before them.
fn commands(site: &SiteTest, words: &[&str], found: &mut BTreeSet<String>) {
    found.insert([&["docsite"], words].concat().join("-"));
    let help = site.run_bare(&[words, &["--help"]].concat()).ok().out;
    let listed = help
        .split_once("\nCommands:\n")
        .map_or("", |(_, list)| list);
    let listed = listed.split("\n\n").next().unwrap();
    let names = listed.lines().filter_map(|line| {
        let line = line
            .strip_prefix("  ")
            .filter(|line| !line.starts_with(' '));
        line?.split(' ').next()
    });
    for name in names.filter(|name| *name != "help") {
        commands(site, &[words, &[name]].concat(), found);
    }
}

#[test]
fn each_subcommand_has_its_page() {
    let site = SiteTest::new();
    let mut expected = BTreeSet::new();
    commands(&site, &[], &mut expected);
    assert!(expected.contains("docsite-flow-add"), "{expected:?}");
    site.run_bare(&["man", "man1"])
        .ok()
        .says("manual pages written to man1");
    let tree = site.tree();
    let pages = tree.paths().into_iter();
    let pages: BTreeSet<String> = pages
        .map(|path| path.strip_prefix("man1/").unwrap())
        .map(|file| file.strip_suffix(".1").unwrap().to_owned())
        .collect();
    assert_eq!(pages, expected);
    let add = site.read("man1/docsite-add.1");
    assert!(add.contains(".TH docsite-add 1"), "{add}");
    assert!(add.contains("with\\-files"), "{add}");
}

#[test]
fn the_main_page_names_the_subcommands_that_people_call() {
    let site = SiteTest::new();
    let page = site.run_bare(&["man"]).ok().out;
    assert!(page.contains("docsite\\-rebuild(1)"), "{page}");
    assert!(!page.contains("draw\\-worker"), "{page}");
    assert_eq!(site.tree().paths(), [""; 0]);
}

#[test]
fn pages_are_replaced_and_what_somebody_else_wrote_is_not() {
    let site = SiteTest::new().file("man/docsite.1", "\n.TH docsite 1\nan older one\n");
    site.run_bare(&["man", "man"]).ok();
    assert!(site.read("man/docsite.1").contains("SYNOPSIS"));
    let site = SiteTest::new().file("man/docsite-rm.1", "mine");
    let before = site.whole_tree();
    let run = site.run_bare(&["man", "man"]).ends(2);
    run.complains("docsite-rm.1 is not overwritten");
    assert_eq!(before.touched(&site.whole_tree()), [""; 0]);
}
