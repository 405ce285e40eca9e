//! The owner's archive, adopted: `init` changes nothing but `docsite.toml`, a plain `rebuild` no
//! page, and `rebuild --adopt` only the pages that the older script made.

use std::collections::BTreeSet;

use crate::harness::{SiteTest, shared};

/// Pages with a picture that somebody drew.
const HAND_MADE: [&str; 6] = [
    "arch__src-phantom-workloads",
    "gt__src-w6-production-apply",
    "gw__guide-egress-gateway-https",
    "gw__src-egress-https-over-mtls",
    "xds__note-envoy-static-vs-dynamic-config",
    "xds__src-cluster-anatomy",
];
/// Documents without a page.
const UNPUBLISHED: [&str; 2] = [
    "gw__src-egress-http-vs-https",
    "xds__note-envoy-routing-chain-debugging",
];

fn archive() -> Option<SiteTest> {
    Some(SiteTest::copy_of(&shared("archive51")?, &[]))
}

fn adopted() -> Option<SiteTest> {
    let site = archive()?;
    site.run(&["init"]).ok();
    Some(site)
}

fn basenames(site: &SiteTest) -> BTreeSet<String> {
    let tree = site.tree();
    let names = tree.paths().into_iter();
    names
        .filter_map(|path| path.strip_prefix("markdown/")?.strip_suffix(".md"))
        .map(str::to_owned)
        .collect()
}

/// The pages that the older script left.
fn scripted(site: &SiteTest) -> Vec<String> {
    let other = |name: &String| {
        !HAND_MADE.contains(&name.as_str()) && !UNPUBLISHED.contains(&name.as_str())
    };
    basenames(site).into_iter().filter(other).collect()
}

#[test]
fn adopting_writes_docsite_toml_and_a_caddyfile_and_no_other_byte() {
    let Some(site) = archive() else { return };
    site.age();
    let before = site.whole_tree();
    site.run(&["init"]).ok();
    let mut touched = before.touched(&site.whole_tree());
    // Making a file shows in its folder; `.docsite` may hold docsite's lock.
    touched.retain(|path| path != "/" && !path.starts_with(".docsite"));
    assert_eq!(touched, ["Caddyfile", "docsite.toml"]);
    let settings = site.read("docsite.toml");
    assert!(settings.contains("output = \".\""), "{settings}");
    assert!(settings.contains("language = \"ko\""), "{settings}");
    for topic in ["gw", "gt", "xds", "sec", "arch"] {
        assert!(
            settings.contains(&format!("prefix = \"{topic}\"")),
            "{settings}"
        );
    }
}

#[test]
fn adopting_says_what_rebuild_adopt_will_re_render_keep_and_pass_by() {
    let Some(site) = archive() else { return };
    let run = site.run(&["init"]).ok();
    let lines = |verb: &str| -> Vec<String> {
        let lines = run.out.lines().filter_map(|line| line.strip_prefix(verb));
        let first = lines.filter_map(|line| line.split_whitespace().next());
        first.map(str::to_owned).collect()
    };
    let pages = |names: &[&str]| -> Vec<String> {
        names.iter().map(|name| format!("{name}.html")).collect()
    };
    assert_eq!(lines("keep "), pages(&HAND_MADE));
    assert_eq!(lines("skip      "), UNPUBLISHED);
    let rendered = lines("re-render ");
    for name in scripted(&site) {
        assert!(rendered.contains(&format!("{name}.html")), "{name}");
    }
    for page in ["index.html", "files.html"] {
        assert!(rendered.contains(&page.to_owned()), "{rendered:?}");
    }
    assert_eq!(rendered.len(), 43 + 2);
    run.says("43 pages").says("6 pages").says("2 documents");
}

#[test]
fn adopting_what_is_adopted_is_refused() {
    let Some(site) = adopted() else { return };
    let run = site.writes_nothing(&["init"]);
    run.ends(2).complains("docsite.toml");
}

#[test]
fn a_plain_rebuild_changes_no_page_and_says_why() {
    let Some(site) = adopted() else { return };
    let before = site.tree();
    let run = site.rebuild().ends(0);
    let changed = before.changed(&site.tree());
    assert!(
        !changed.iter().any(|path| path.ends_with(".html")),
        "{changed:?}"
    );
    for path in before.paths() {
        assert!(!changed.contains(&path.to_owned()), "{path} changed");
    }
    let run = run.says("of unknown origin").says("--adopt");
    let run = run
        .says("0 pages written")
        .says("49 kept")
        .says("2 skipped");
    for name in HAND_MADE {
        assert!(
            run.out.contains(&format!("{name}.html  (made by hand)")),
            "{}",
            run.out
        );
    }
}

#[test]
fn rebuild_adopt_keeps_the_six_passes_by_the_two_and_renders_the_rest() {
    let Some(site) = adopted() else { return };
    let before = site.tree();
    let run = site.run(&["rebuild", "--adopt"]).ends(0);
    run.says("43 pages written")
        .says("6 kept")
        .says("2 skipped");
    let changed = before.changed(&site.tree());
    for name in HAND_MADE {
        assert!(!changed.contains(&format!("{name}.html")), "{name}");
    }
    for name in UNPUBLISHED {
        assert!(!site.has(&format!("{name}.html")), "{name}");
    }
    let scripted = scripted(&site);
    assert_eq!(scripted.len(), 43);
    let old: Vec<(&str, &[u8])> = before.files().collect();
    let kept = |path: &str| {
        let bytes = old.iter().find(|(old, _)| *old == path).unwrap().1;
        assert_eq!(site.set_aside(path), [bytes], "{path}");
    };
    for name in scripted {
        let page = format!("{name}.html");
        assert!(changed.contains(&page), "{page}");
        assert!(site.read(&page).contains("content=\"docsite\""), "{page}");
        kept(&page);
    }
    kept("index.html");
    kept("files.html");
    let sources = changed.iter().filter(|path| {
        path.starts_with("markdown/") || path.starts_with("attachment/") || *path == "flow.json"
    });
    assert_eq!(sources.count(), 0, "{changed:?}");
    assert!(!changed.contains(&"assets/viz.css".to_owned()));
}

#[test]
fn a_second_rebuild_writes_nothing_at_all() {
    let Some(site) = adopted() else { return };
    site.run(&["rebuild", "--adopt"]).ends(0);
    site.writes_nothing(&["rebuild"]).ends(0);
    site.writes_nothing(&["rebuild", "--adopt"]).ends(0);
}

#[test]
fn the_graph_has_the_one_broken_document_link_and_the_one_broken_heading_link() {
    let Some(site) = adopted() else { return };
    site.run(&["rebuild", "--adopt"]).ends(0);
    let graph = site.json("graph.json");
    let broken = graph["broken"].as_array().unwrap();
    let mut kinds: Vec<&str> = broken.iter().map(|b| b["kind"].as_str().unwrap()).collect();
    kinds.sort_unstable();
    assert_eq!(kinds, ["document", "heading"], "{broken:?}");
    for link in broken {
        let text = site.read(link["file"].as_str().unwrap());
        let line = usize::try_from(link["line"].as_u64().unwrap()).unwrap();
        let line = text.lines().nth(line - 1).unwrap();
        assert!(line.contains(link["target"].as_str().unwrap()), "{line}");
    }
    assert_eq!(graph["nodes"].as_array().unwrap().len(), 49);
}

#[test]
fn check_says_once_that_pages_wait_to_be_adopted() {
    let Some(site) = adopted() else { return };
    let run = site.run(&["check"]).ends(1);
    assert_eq!(run.err.matches("[unknown-page]").count(), 1, "{}", run.err);
    assert!(
        run.err.contains("43 pages") && run.err.contains("docsite rebuild --adopt"),
        "{}",
        run.err
    );
    let headings = run.err.matches("[broken-heading]").count();
    assert!(headings < 10, "{headings}: {}", run.err);
    site.run(&["rebuild", "--adopt"]).ends(0);
    let run = site.run(&["check"]);
    assert!(!run.err.contains("[unknown-page]"), "{}", run.err);
}
