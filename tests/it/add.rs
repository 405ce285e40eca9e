//! `add FILE BASENAME`: takes a file in, publishes it and re-indexes, or refuses and changes
//! nothing. (What it does to pages is in `never_overwrite`, bad names in `names`.)

use crate::harness::{Run, SiteTest};

fn site() -> SiteTest {
    let site = SiteTest::new()
        .file("docsite.toml", "[[topics]]\nprefix = \"gw\"\n")
        .doc("gw__note-a", "# A\n");
    site.rebuild().ok();
    site
}

/// Adds a text from a file beside the site.
fn add(site: &SiteTest, text: impl AsRef<[u8]>, args: &[&str]) -> Run {
    site.write("../new.md", text);
    let file = site.path("../new.md");
    let mut all = vec!["add", file.to_str().unwrap()];
    all.extend(args);
    site.run(&all)
}

/// Refuses, and leaves every byte as it was.
#[track_caller]
fn refused(site: &SiteTest, text: impl AsRef<[u8]>, args: &[&str]) -> Run {
    let before = site.tree();
    let run = add(site, text, args).ends(2);
    assert_eq!(before.touched(&site.tree()), [""; 0], "{run:?}");
    run
}

#[test]
fn a_file_is_taken_in_published_and_indexed() {
    let site = site();
    let text = "# New\n\nBack to [a](gw__note-a.html).\n";
    add(&site, text, &["gw__note-new"])
        .ok()
        .says("gw__note-new");
    assert_eq!(site.read("markdown/gw__note-new.md"), text);
    assert_eq!(site.page("public/gw__note-new.html").text("h1"), "New");
    let index = site.page("public/index.html");
    assert!(
        index
            .attrs("#topics a", "href")
            .contains(&"gw__note-new.html".to_owned())
    );
    let files = site.page("public/files.html");
    assert!(
        files
            .texts(".tree a")
            .contains(&"gw__note-new.md".to_owned())
    );
    let graph = site.json("public/graph.json");
    assert_eq!(graph["links"][0]["target"], "gw__note-a");
    assert!(site.has("../new.md"), "the file itself stays");
}

#[test]
fn bytes_are_taken_as_they_are() {
    for text in ["\u{feff}# New\r\n\r\ntext", "# New\n\n\ttab\n"] {
        let site = site();
        add(&site, text, &["gw__note-new"]).ok();
        assert_eq!(site.read("markdown/gw__note-new.md"), text);
    }
}

#[test]
fn another_document_of_the_name_is_replaced_only_when_asked_and_set_aside() {
    let site = site();
    let run = refused(&site, "# Other\n", &["gw__note-a"]);
    run.complains("markdown/gw__note-a.md")
        .complains("--replace");
    add(&site, "# Other\n", &["gw__note-a", "--replace"])
        .ok()
        .says("set aside");
    assert_eq!(site.read("markdown/gw__note-a.md"), "# Other\n");
    assert_eq!(site.set_aside("markdown/gw__note-a.md"), [b"# A\n"]);
    assert_eq!(site.page("public/gw__note-a.html").text("h1"), "Other");
}

#[test]
fn the_same_bytes_again_are_not_a_mistake_and_are_reported() {
    let site = site();
    add(&site, "# A\n", &["gw__note-a"])
        .ok()
        .says("unchanged markdown/gw__note-a.md");
    assert!(site.set_aside("markdown/gw__note-a.md").is_empty());
    site.run_bare(&["add", "markdown/gw__note-a.md", "gw__note-a"])
        .ok();
}

#[test]
fn over_a_hand_made_page_it_refuses_and_says_how_to_go_on() {
    let site = site();
    site.edit("public/gw__note-a.html", |page| page + "mine");
    let run = refused(&site, "# Other\n", &["gw__note-a", "--replace"]);
    run.complains("public/gw__note-a.html")
        .complains("--discard-hand-edits gw__note-a");
}

#[test]
fn a_hand_made_page_without_a_document_refuses_too() {
    let site = site();
    let drawn = "<html><body><svg><path d='M0 0h9'/></svg></body></html>";
    site.write("public/gw__note-new.html", drawn);
    refused(&site, "# New\n", &["gw__note-new"]).complains("gw__note-new.html");
}

#[test]
fn local_links_and_images_that_the_archive_lacks_are_reported_with_their_places() {
    let site = site();
    let text = "# New\n\n[x](gw__note-none.html)\n\n![p](attachment/none.png) [a](gw__note-a.html)\n\
                [h](gw__note-a.html#none) [web](https://istio.io)\n";
    let run = add(&site, text, &["gw__note-new"]).ends(0);
    let places: Vec<&str> = run
        .err
        .lines()
        .filter_map(|line| line.strip_prefix("markdown/gw__note-new.md:"))
        .map(|line| line.split(": ").next().unwrap())
        .collect();
    assert_eq!(places, ["3:1", "5:1", "6:1"], "{}", run.err);
    run.complains("gw__note-none.html")
        .complains("attachment/none.png")
        .complains("gw__note-a.html#none");
}

#[test]
fn what_is_not_a_readable_file_is_refused() {
    let site = site();
    for file in ["/nonexistent.md", site.root().to_str().unwrap()] {
        let run = site.writes_nothing(&["add", file, "gw__note-new"]);
        run.ends(2).complains(file);
    }
}

#[test]
fn content_that_no_page_can_be_made_from_is_refused_with_its_place() {
    let site = site();
    let run = refused(&site, b"# caf\xe9\n", &["gw__note-new"]);
    run.complains("markdown/gw__note-new.md:1:6")
        .complains("UTF-8");
}

#[test]
fn a_draft_is_taken_in_and_not_published() {
    let site = site();
    let run = add(&site, "---\ndraft: true\n---\n# D\n", &["gw__note-d"]).ends(0);
    run.complains("draft");
    assert!(site.has("markdown/gw__note-d.md"));
    assert!(!site.has("public/gw__note-d.html"));
}

#[test]
fn a_topic_or_type_that_is_not_listed_is_reported_with_the_nearest_one() {
    let site = site();
    let run = add(&site, "# N\n", &["gx__nota-n"]).ends(0);
    run.complains("`gx`")
        .complains("`gw`")
        .complains("`nota`")
        .complains("`note`");
    assert!(site.has("public/gx__nota-n.html"));
}

#[test]
fn it_works_from_a_folder_of_the_site_without_naming_it() {
    let site = site();
    site.write("attachment/new.md", "# New\n");
    let folder = site.path("attachment");
    site.run_with(&folder, &["add", "new.md", "gw__note-new"], &[])
        .ok();
    assert!(site.has("public/gw__note-new.html"));
}

#[test]
fn an_error_in_another_document_does_not_fail_it() {
    let site = site();
    site.write("markdown/gw__note-bad.md", "---\ntitle: \"open\n---\n");
    add(&site, "# New\n", &["gw__note-new"]).ok();
    assert!(site.has("public/gw__note-new.html"));
}
