//! `render`, `rebuild`, and what holds for every command: where the site is found, exit status,
//! standard output and standard error. (Pages that are not docsite's are in `never_overwrite`.)

use crate::harness::SiteTest;

fn site() -> SiteTest {
    SiteTest::new()
        .doc("gw__note-a", "# A\n")
        .doc("gw__note-b", "# B\n")
        .doc("gw__note-c", "---\ndraft: true\n---\n# C\n")
}

#[test]
fn render_publishes_the_named_documents_and_no_other() {
    let site = site().file("docsite.toml", "publish = \"pages\"\n");
    site.render("gw__note-b").ok();
    assert!(site.has("public/gw__note-b.html") && !site.has("public/gw__note-a.html"));
    assert!(
        site.has("public/markdown/gw__note-b.md") && !site.has("public/markdown/gw__note-a.md")
    );
    let index = site.page("public/index.html");
    assert_eq!(index.texts("#topics .rows a"), ["B"]);
    site.run(&["render", "gw__note-a", "gw__note-b"]).ok();
    assert_eq!(site.page("public/index.html").count("#topics .rows a"), 2);
}

#[test]
fn the_first_rebuild_publishes_all_but_drafts() {
    let site = site();
    site.rebuild().ok();
    assert!(site.has("public/gw__note-a.html") && site.has("public/gw__note-b.html"));
    assert!(!site.has("public/gw__note-c.html"));
}

#[test]
fn a_later_rebuild_publishes_nothing_by_itself() {
    let site = site().file("docsite.toml", "publish = \"pages\"\n");
    site.run(&["rebuild", "--all"]).ok();
    site.write("markdown/gw__note-new.md", "# New\n");
    let run = site.rebuild().ok();
    run.says("skipped   gw__note-new.html")
        .says("docsite render");
    assert!(!site.has("public/gw__note-new.html"));
}

#[test]
fn rendering_what_is_up_to_date_writes_nothing() {
    let site = site();
    site.rebuild().ok();
    site.writes_nothing(&["render", "gw__note-a"]).ok();
    site.writes_nothing(&["rebuild"]).ok();
    site.writes_nothing(&["reindex"]).ok();
    let rewritten = site.read("markdown/gw__note-a.md");
    site.write("markdown/gw__note-a.md", rewritten);
    site.writes_nothing(&["rebuild"]).ok();
}

#[test]
fn only_what_changed_is_written_and_the_others_keep_their_time() {
    let site = site();
    site.write("markdown/gw__note-a.md", "# A\n\nSummary.\n");
    site.rebuild().ok();
    site.write("markdown/gw__note-a.md", "# A\n\nSummary.\n\nmore\n");
    site.age();
    let before = site.output();
    site.rebuild().ok().says("1 page written");
    let touched = before.touched(&site.output());
    assert!(
        touched.contains(&"gw__note-a.html".to_owned()),
        "{touched:?}"
    );
    assert!(
        !touched.contains(&"gw__note-b.html".to_owned()),
        "{touched:?}"
    );
    assert!(
        !touched.contains(&"assets/docsite.css".to_owned()),
        "{touched:?}"
    );
}

#[test]
fn a_page_whose_neighbour_changed_is_written_again() {
    let site = site();
    site.write("markdown/gw__note-b.md", "# B\n\n[a](gw__note-a.html)\n");
    site.rebuild().ok();
    site.write(
        "markdown/gw__note-b.md",
        "# Renamed\n\n[a](gw__note-a.html)\n",
    );
    site.rebuild().ok();
    assert_eq!(
        site.page("public/gw__note-a.html").texts(".back a"),
        ["Renamed"]
    );
}

#[test]
fn a_name_that_no_document_has_is_reported_with_the_nearest_and_the_others_are_rendered() {
    let site = site();
    let run = site.run(&["render", "gw__note-aa", "gw__note-b"]).ends(1);
    run.complains("gw__note-aa")
        .complains("did you mean `gw__note-");
    assert!(site.has("public/gw__note-b.html"));
}

#[test]
fn an_error_in_another_document_does_not_fail_a_render() {
    let site = site().doc("gw__note-bad", "---\ntitle: \"open\n---\n# Bad\n");
    site.render("gw__note-a").ok();
    site.render("gw__note-bad")
        .ends(1)
        .complains("markdown/gw__note-bad.md:2:8");
}

#[test]
fn the_site_is_the_nearest_folder_upwards() {
    let site = site().file("attachment/deep/er/x.txt", "x");
    site.run_with(&site.path("attachment/deep/er"), &["rebuild"], &[])
        .ok();
    assert!(site.has("public/gw__note-a.html"));
    let elsewhere = site.path("..");
    site.run_with(&elsewhere, &["--site", "site", "rebuild"], &[])
        .ok();
    site.run_with(&elsewhere, &["rebuild", "--site", "site"], &[])
        .ok();
}

#[test]
fn without_a_site_every_command_says_so_in_one_line() {
    let empty = SiteTest::new();
    for args in [
        &["rebuild"][..],
        &["reindex"],
        &["status"],
        &["render", "gw__note-a"],
    ] {
        for run in [empty.writes_nothing(args), empty.run_bare(args)] {
            let run = run.ends(2).complains("init");
            assert_eq!(run.err.lines().count(), 1, "{}", run.err);
            assert_eq!(run.out, "");
        }
    }
    assert!(!empty.has(".docsite"));
}

#[test]
fn wrong_usage_ends_with_two_and_help_with_nought() {
    let site = site();
    for args in [
        &["frobnicate"][..],
        &["render"],
        &["rebuild", "--force"],
        &["add", "x"],
        &[],
    ] {
        let run = site.run_bare(args);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{args:?}");
    }
    site.run_bare(&["--help"]).ok().says("rebuild");
    site.run_bare(&["--version"])
        .ok()
        .says(env!("CARGO_PKG_VERSION"));
    for command in [
        "init",
        "add",
        "render",
        "unpublish",
        "rebuild",
        "reindex",
        "status",
        "schema",
    ] {
        site.run_bare(&[command, "--help"]).ok().says("Usage");
    }
}

#[test]
fn quiet_says_only_what_is_wrong() {
    let site = site().doc("gw__note-bad", "---\ntitle: \"open\n---\n# Bad\n");
    let run = site.run(&["--quiet", "rebuild"]).ends(1);
    assert_eq!(run.out, "");
    run.complains("markdown/gw__note-bad.md:2:8");
}

#[test]
fn a_pipe_gets_no_colour() {
    let site = site().doc("gw__note-bad", "---\ntitle: \"open\n---\n# Bad\n");
    let run = site.rebuild();
    assert!(!run.err.contains('\u{1b}') && !run.out.contains('\u{1b}'));
}

#[test]
fn diagnostics_have_one_shape() {
    let site = site().doc("gw__note-bad", "---\ntitle: \"open\n---\n# Bad\n");
    let run = site.rebuild().ends(1);
    let first = run.err.lines().next().unwrap();
    let message = first.strip_prefix("markdown/gw__note-bad.md:2:8: error[front-matter]: ");
    assert!(message.is_some_and(|text| !text.is_empty()), "{first}");
}

#[test]
fn no_temporary_file_is_left_behind() {
    let site = site();
    site.rebuild().ok();
    site.edit("public/gw__note-a.html", |page| page + "mine");
    site.run(&["rebuild", "--discard-hand-edits", "gw__note-a"])
        .ok();
    let tree = site.whole_tree();
    let left = tree.paths().into_iter().filter(|path| path.contains("tmp"));
    assert_eq!(left.collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn what_a_killed_run_left_is_swept_and_a_hand_edit_in_it_set_aside() {
    let site = site();
    site.rebuild().ok();
    let generated = site.bytes("public/gw__note-a.html");
    site.write("public/.docsite-tmp-one", generated);
    site.write("public/.docsite-tmp-two", "<p>a hand edit</p>");
    site.rebuild().ends(0);
    assert!(!site.has("public/.docsite-tmp-one") && !site.has("public/.docsite-tmp-two"));
    let tree = site.whole_tree();
    let mut kept = tree
        .files()
        .filter(|(path, _)| path.starts_with(".docsite/set-aside"));
    assert!(kept.any(|(_, bytes)| bytes == b"<p>a hand edit</p>"));
}

#[test]
fn a_tool_asset_of_the_output_has_the_usual_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let site = site();
    site.rebuild().ok();
    for path in ["public/gw__note-a.html", "public/assets/docsite.css"] {
        let mode = site.path(path).metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o444, 0o444, "a web server can read {path}");
    }
}
