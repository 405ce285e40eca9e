//! Links and outputs that leave the site: nothing from outside is published, nothing outside is
//! written, and each is reported.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::harness::SiteTest;

/// A site beside which a secret lies.
fn site() -> SiteTest {
    SiteTest::new()
        .doc("gw__note-a", "# A\n")
        .file("attachment/y.yaml", "a: 1\n")
        .file("../secret/s.md", "# The secret\n")
}

#[track_caller]
fn nothing_secret_is_published(site: &SiteTest) {
    for (path, bytes) in site.output().files() {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("The secret"), "{path}");
        assert!(!site.path("public").join(path).is_symlink(), "{path}");
    }
}

#[test]
fn a_document_that_is_a_link_out_of_the_site_is_not_published() {
    let site = site();
    site.link("markdown/gw__note-s.md", site.path("../secret/s.md"));
    site.link("markdown/gw__note-t.md", "../../secret/s.md");
    let run = site.rebuild().ends(1);
    run.complains("markdown/gw__note-s.md")
        .complains("markdown/gw__note-t.md");
    nothing_secret_is_published(&site);
    assert!(site.has("public/gw__note-a.html"), "the rest is built");
    site.render("gw__note-s").ends(1);
    nothing_secret_is_published(&site);
}

#[test]
fn a_document_that_is_a_link_within_the_site_is_a_document() {
    let site = site();
    site.write("attachment/doc.md", "# Inside\n");
    site.link("markdown/gw__note-in.md", "../attachment/doc.md");
    site.rebuild().ok();
    assert_eq!(site.page("public/gw__note-in.html").text("h1"), "Inside");
}

#[test]
fn attachments_and_assets_that_are_links_out_of_the_site_are_not_published() {
    let site = site();
    site.link("attachment/s.md", site.path("../secret/s.md"));
    site.link("attachment/folder", site.path("../secret"));
    site.link("assets/style", site.path("../secret"));
    site.link("attachment/gone", "nowhere");
    let run = site.rebuild().ends(1);
    for path in ["attachment/s.md", "attachment/folder", "assets/style"] {
        assert!(run.err.contains(path), "{path}: {}", run.err);
    }
    nothing_secret_is_published(&site);
    assert!(site.has("public/attachment/y.yaml"), "the rest is built");
}

#[test]
fn a_whole_folder_that_is_a_link_out_of_the_site_is_not_published() {
    let site = site();
    site.remove("attachment");
    site.link("attachment", site.path("../secret"));
    site.rebuild().ends(1).complains("attachment");
    nothing_secret_is_published(&site);
}

#[test]
fn a_markdown_folder_that_is_a_link_out_of_the_site_publishes_nothing_in_silence() {
    let site = site();
    site.remove("markdown");
    fs::rename(
        site.path("../secret/s.md"),
        site.path("../secret/gw__note-s.md"),
    )
    .unwrap();
    site.link("markdown", site.path("../secret"));
    let run = site.rebuild();
    assert_ne!(run.status, 0, "{run:?}");
    nothing_secret_is_published(&site);
}

#[test]
fn a_document_never_points_out_of_the_site_by_a_link_it_writes() {
    let site = site();
    site.write(
        "markdown/gw__note-a.md",
        "[x](../secret/s.md) ![x](../../etc/passwd)\n",
    );
    assert!(site.rebuild().status < 2);
    nothing_secret_is_published(&site);
}

#[test]
fn an_output_that_is_a_file_is_refused_and_stays() {
    let site = site().file("public", "mine");
    for args in [
        &["rebuild"][..],
        &["reindex"],
        &["render", "gw__note-a"],
        &["status"],
    ] {
        site.writes_nothing(args).ends(2).complains("public");
    }
}

#[test]
fn an_output_outside_of_the_site_is_refused_with_its_place() {
    for output in ["../out", "/tmp/out-of-docsite", "a/../../out", "~/out", ""] {
        let site = site().file("docsite.toml", format!("\noutput = {output:?}\n"));
        let run = site.writes_nothing(&["rebuild"]);
        run.ends(2).complains("docsite.toml:2:10");
        assert!(!site.has("../out"));
    }
}

#[test]
fn an_output_among_the_sources_is_refused() {
    for output in [
        "markdown",
        "attachment/x",
        "assets",
        "templates",
        ".git",
        ".docsite",
    ] {
        let site = site().file("docsite.toml", format!("output = {output:?}\n"));
        site.writes_nothing(&["rebuild"])
            .ends(2)
            .complains("docsite.toml:1:10");
    }
}

#[test]
fn an_output_that_is_a_link_out_of_the_site_is_refused() {
    let site = site();
    site.link("public", site.path("../secret"));
    site.writes_nothing(&["rebuild"])
        .ends(2)
        .complains("public");
    assert_eq!(fs::read_dir(site.path("../secret")).unwrap().count(), 1);
}

#[test]
fn folders_of_the_output_that_are_links_out_of_the_site_are_not_written_through() {
    for folder in ["assets", "attachment", "markdown"] {
        let site = site();
        site.rebuild().ok();
        site.remove(&format!("public/{folder}"));
        site.link(&format!("public/{folder}"), site.path("../secret"));
        site.rebuild();
        let outside: Vec<_> = fs::read_dir(site.path("../secret")).unwrap().collect();
        assert_eq!(outside.len(), 1, "{folder}: {outside:?}");
    }
}

#[test]
fn docsites_own_folder_that_is_a_link_out_of_the_site_is_not_written_through() {
    let site = site();
    site.link(".docsite", site.path("../secret"));
    site.rebuild();
    assert_eq!(fs::read_dir(site.path("../secret")).unwrap().count(), 1);
}

#[test]
fn an_output_that_cannot_be_written_is_reported_and_stays() {
    let site = site();
    site.rebuild().ok();
    site.write("markdown/gw__note-a.md", "# Changed\n");
    let output = site.path("public");
    let mode = |mode| fs::set_permissions(&output, fs::Permissions::from_mode(mode)).unwrap();
    mode(0o555);
    let before = site.output();
    let run = site.run_as_nobody(&["rebuild"]);
    let after = site.output();
    mode(0o755);
    run.ends(2).complains("public");
    assert_eq!(before.touched_files(&after), [""; 0]);
}
