//! What `check` makes of old findings: a baseline that accepts them, and what a change brought
//! since a git revision or in the index.
//!
//! Not here: the findings themselves (`check`).

use std::process::Command;

use crate::harness::SiteTest;

fn git(site: &SiteTest, args: &[&str]) {
    let identity = [
        "-c",
        "user.name=x",
        "-c",
        "user.email=x@example.org",
        "-c",
        "init.defaultBranch=main",
    ];
    let status = Command::new("git")
        .arg("-C")
        .arg(site.root())
        .args(identity)
        .args(args)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .unwrap();
    assert!(
        status.status.success(),
        "{args:?}: {}",
        String::from_utf8_lossy(&status.stderr)
    );
}

fn commit(site: &SiteTest) {
    git(site, &["add", "-A"]);
    git(site, &["commit", "-q", "-m", "x"]);
}

/// A site with one old finding, in git.
fn site() -> SiteTest {
    let site = SiteTest::new()
        .file("docsite.toml", "language = \"en\"\n")
        .file(".gitignore", "public/\n.docsite/\n")
        .doc(
            "gw__note-a",
            "# A\n\n[b](gw__note-b.html#part) [old](gw__note-none.html)\n",
        )
        .doc("gw__note-b", "# B\n\n## Part\n\n[a](gw__note-a.html)\n");
    git(&site, &["init", "-q"]);
    commit(&site);
    site
}

#[test]
fn a_baseline_accepts_old_findings_wherever_their_lines_move_and_fails_on_new_ones() {
    let site = site();
    site.run(&["check"]).ends(1);
    let file = site.path("baseline.json");
    let baseline = file.to_str().unwrap();
    site.run(&["check", "--write-baseline", baseline])
        .ends(0)
        .says("baseline.json  (accepted from now on)");
    site.run(&["check", "--baseline", baseline]).ends(0);
    site.edit("markdown/gw__note-a.md", |text| {
        text.replace("# A\n", "# A\n\nMore.\n")
    });
    site.run(&["check", "--baseline", baseline]).ends(0);
    site.edit("markdown/gw__note-a.md", |text| {
        text + "\n[new](gw__note-new.html)\n"
    });
    let run = site.run(&["check", "--baseline", baseline]).ends(1);
    assert!(run.err.contains("gw__note-new.html") && !run.err.contains("gw__note-none.html"));
}

#[test]
fn fixed_entries_of_a_baseline_are_named() {
    let site = site();
    let file = site.path("baseline.json");
    let baseline = file.to_str().unwrap();
    site.run(&["check", "--write-baseline", baseline]).ends(0);
    site.edit("markdown/gw__note-a.md", |text| {
        text.replace(" [old](gw__note-none.html)", "")
    });
    let run = site.run(&["check", "--baseline", baseline]).ends(0);
    run.says("fixed: remove it from the baseline: ")
        .says("gw__note-none.html");
}

#[test]
fn a_file_that_is_not_a_baseline_is_one_clear_line() {
    let site = site().file("b.json", "{\"version\": ");
    for (file, said) in [
        ("b.json", "is not a baseline"),
        ("none.json", "cannot read"),
    ] {
        let run = site
            .run(&["check", "--baseline", site.path(file).to_str().unwrap()])
            .ends(2);
        assert!(
            run.err.contains(said) && run.err.contains(file),
            "{}",
            run.err
        );
        assert_eq!(run.err.trim().lines().count(), 1, "{}", run.err);
    }
}

#[test]
fn a_revision_shows_only_what_the_change_brought() {
    let site = site();
    site.run(&["check", "--base", "HEAD"]).ends(0);
    site.edit("markdown/gw__note-b.md", |text| {
        text.replace("## Part", "## Other")
    });
    site.write("markdown/gw__note-c.md", "# C\n\n[x](gw__note-none.html)\n");
    let run = site.run(&["check", "--base", "HEAD"]).ends(1);
    assert!(
        run.err
            .contains("markdown/gw__note-a.md:3:1: error[broken-heading]"),
        "{}",
        run.err
    );
    assert!(
        run.err.contains("this change removed the heading"),
        "{}",
        run.err
    );
    assert!(
        run.err
            .contains("markdown/gw__note-c.md:3:1: error[broken-document]"),
        "{}",
        run.err
    );
    assert!(
        !run.err.contains("markdown/gw__note-a.md:3:27"),
        "{}",
        run.err
    );
}

#[test]
fn a_document_that_lost_its_last_link_is_reported() {
    let site = site();
    site.edit("markdown/gw__note-a.md", |_| "# A\n".to_owned());
    let run = site.run(&["check", "--base", "HEAD"]).ends(0);
    assert!(
        run.err
            .contains("markdown/gw__note-b.md:1:1: warning[lost-last-link]"),
        "{}",
        run.err
    );
}

#[test]
fn the_base_is_where_the_branches_parted() {
    let site = site();
    git(&site, &["checkout", "-q", "-b", "topic"]);
    site.write(
        "markdown/gw__note-c.md",
        "# C\n\n[a](gw__note-a.html) [x](none__note-x.html)\n",
    );
    commit(&site);
    git(&site, &["checkout", "-q", "main"]);
    site.edit("markdown/gw__note-a.md", |_| {
        "# A\n\n[b](gw__note-b.html#part)\n".to_owned()
    });
    commit(&site);
    git(&site, &["checkout", "-q", "topic"]);
    let run = site.run(&["check", "--base", "main"]).ends(1);
    assert!(
        run.err.contains("none__note-x") && !run.err.contains("gw__note-none"),
        "{}",
        run.err
    );
}

#[test]
fn what_is_built_here_does_not_change_what_a_change_brought() {
    let site = site();
    site.rebuild().ends(0);
    site.write("markdown/gw__note-c.md", "# C\n\n[a](gw__note-a.html)\n");
    site.edit("markdown/gw__note-a.md", |text| {
        text + "\n[c](gw__note-c.html)\n"
    });
    site.run(&["check", "--base", "HEAD"]).ends(0);
}

#[test]
fn staged_means_what_the_next_commit_would_hold() {
    let site = site();
    site.edit("markdown/gw__note-b.md", |text| {
        text + "\n[x](none__note-x.html)\n"
    });
    site.run(&["check", "--staged"]).ends(0);
    git(&site, &["add", "-A"]);
    site.edit("markdown/gw__note-b.md", |text| {
        text.replace("\n[x](none__note-x.html)\n", "")
    });
    let run = site.run(&["check", "--staged"]).ends(1);
    assert!(
        run.err
            .contains("markdown/gw__note-b.md:7:1: error[broken-document]"),
        "{}",
        run.err
    );
    assert!(run.err.contains("none__note-x.html"), "{}", run.err);
}

/// A site whose pages git keeps beside the documents.
fn flat_site() -> SiteTest {
    let site = SiteTest::new()
        .file("docsite.toml", "language = \"en\"\noutput = \".\"\n")
        .file(".gitignore", ".docsite/\n")
        .doc("gw__note-a", "# A\n\n[b](gw__note-b.html)\n")
        .doc("gw__note-b", "# B\n\n[a](gw__note-a.html)\n");
    site.run(&["rebuild", "--all"]).ok();
    git(&site, &["init", "-q"]);
    commit(&site);
    site
}

#[test]
fn pages_in_git_that_staged_documents_leave_stale_are_reported() {
    let site = flat_site();
    site.run(&["check", "--staged"]).ends(0);
    site.edit("markdown/gw__note-a.md", |text| text + "\nMore.\n");
    git(&site, &["add", "markdown"]);
    let run = site.run(&["check", "--staged"]).ends(0);
    assert!(run.err.contains("[stale-page]"), "{}", run.err);
    assert!(run.err.contains("gw__note-a"), "{}", run.err);
    site.run(&["check", "--staged", "--strict"]).ends(1);
    // Rendered, but not staged: the next commit would still hold the old page.
    site.rebuild().ok();
    let run = site.run(&["check", "--staged"]).ends(0);
    assert!(run.err.contains("[stale-page]"), "{}", run.err);
    git(&site, &["add", "-A"]);
    let run = site.run(&["check", "--staged", "--strict"]).ends(0);
    assert!(!run.err.contains("stale-page"), "{}", run.err);
}

#[test]
fn a_page_that_was_stale_before_is_not_what_the_change_brought() {
    let site = flat_site();
    site.edit("markdown/gw__note-a.md", |text| text + "\nMore.\n");
    commit(&site);
    site.write(
        "markdown/gw__note-b.md",
        "# B\n\n[a](gw__note-a.html)\n\nMore.\n",
    );
    site.render("gw__note-b").ends(0);
    git(&site, &["add", "-A"]);
    let run = site.run(&["check", "--staged"]).ends(0);
    assert!(!run.err.contains("stale-page"), "{}", run.err);
}

#[test]
fn under_pages_a_staged_document_without_a_page_is_not_published() {
    let site = flat_site();
    site.write("markdown/gw__note-c.md", "# C\n");
    site.edit("markdown/gw__note-a.md", |text| {
        text + "\n[c](gw__note-c.html)\n"
    });
    git(&site, &["add", "-A"]);
    let run = site.run(&["check", "--staged"]).ends(1);
    assert!(run.err.contains("unpublished-link"), "{}", run.err);
    site.edit("docsite.toml", |text| format!("{text}publish = \"all\"\n"));
    git(&site, &["add", "-A"]);
    let run = site.run(&["check", "--staged"]).ends(0);
    assert!(!run.err.contains("unpublished-link"), "{}", run.err);
}

#[test]
fn a_site_in_a_folder_of_its_repository() {
    let site = SiteTest::new()
        .doc("gw__note-out", "# Not a document of the site\n")
        .file(
            "docs/notes/markdown/gw__note-a.md",
            "# A\n\n[b](gw__note-b.html)\n",
        )
        .file(
            "docs/notes/markdown/gw__note-b.md",
            "# B\n\n[a](gw__note-a.html)\n",
        );
    git(&site, &["init", "-q"]);
    commit(&site);
    site.edit("docs/notes/markdown/gw__note-a.md", |text| {
        text + "[x](none__note-x.html)\n"
    });
    let folder = site.path("docs/notes");
    let folder = folder.to_str().unwrap();
    let run = site
        .run_bare(&["--site", folder, "check", "--base", "HEAD"])
        .ends(1);
    assert!(
        run.err
            .starts_with("markdown/gw__note-a.md:4:1: error[broken-document]"),
        "{}",
        run.err
    );
    git(&site, &["add", "-A"]);
    site.run_bare(&["--site", folder, "check", "--staged"])
        .ends(1);
}

#[test]
fn a_hand_made_page_that_git_ignores_is_reported() {
    let site = site();
    site.edit("markdown/gw__note-a.md", |text| {
        text.replace(" [old](gw__note-none.html)", "")
    });
    site.rebuild().ok();
    site.edit("public/gw__note-a.html", |page| {
        page.replace("</main>", "<p>mine</p></main>")
    });
    let run = site.run(&["check"]).ends(0);
    assert!(
        run.err
            .contains("markdown/gw__note-a.md:1:1: warning[ignored-page]"),
        "{}",
        run.err
    );
    git(&site, &["add", "--force", "public/gw__note-a.html"]);
    let run = site.run(&["check"]).ends(0);
    assert!(!run.err.contains("ignored-page"), "{}", run.err);
}

#[test]
fn git_that_cannot_answer_is_one_clear_line() {
    let plain = SiteTest::new().doc("gw__note-a", "# A\n");
    plain.run(&["check"]).ends(0);
    let site = site();
    let shallow = SiteTest::new();
    shallow.remove("../site");
    let url = format!("file://{}", site.root().display());
    for _ in 0..2 {
        site.edit("markdown/gw__note-a.md", |text| text + "\nMore.\n");
        commit(&site);
    }
    let done = Command::new("git")
        .args(["clone", "-q", "--depth", "1", &url])
        .arg(shallow.root())
        .output()
        .unwrap();
    assert!(done.status.success());
    for (site, args, said) in [
        (
            &plain,
            &["check", "--base", "HEAD"][..],
            "is not in a git checkout",
        ),
        (&plain, &["check", "--staged"], "is not in a git checkout"),
        (
            &site,
            &["check", "--base", "none"],
            "no git revision `none`",
        ),
        (
            &site,
            &["check", "--base=--upload-pack=x"],
            "no git revision `--upload-pack=x`",
        ),
        (&site, &["check", "--base", ""], "no git revision"),
        (&shallow, &["check", "--base", "HEAD~1"], "shallow clone"),
    ] {
        let run = site.run(args).ends(2);
        assert!(run.err.contains(said), "{args:?}: {}", run.err);
        assert_eq!(run.err.trim().lines().count(), 1, "{}", run.err);
    }
}
