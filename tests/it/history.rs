//! Days that documents do not say, from their history in git.

use std::path::Path;
use std::process::Command;

use crate::harness::SiteTest;

fn git(folder: &Path, day: &str, arguments: &[&str]) {
    let moment = format!("{day}T12:00:00Z");
    let identity = ["-c", "user.name=x", "-c", "user.email=x@example.com"];
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(identity)
        .args(arguments)
        .env("GIT_AUTHOR_DATE", &moment)
        .env("GIT_COMMITTER_DATE", &moment)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
}

fn commit(site: &SiteTest, day: &str) {
    git(site.root(), day, &["add", "-A"]);
    git(site.root(), day, &["commit", "-q", "-m", "x"]);
}

/// Three documents of different days, one of which says its own.
fn site() -> SiteTest {
    let site = SiteTest::new()
        .file(".gitignore", "public/\n.docsite/\n")
        .doc("gw__note-a", "# A\n\n[b](gw__note-b.md)\n")
        .doc("gw__note-b", "# B\n\n[a](gw__note-a.md)\n")
        .doc(
            "gw__note-said",
            "---\ndate: 2020-01-02\nupdated: 2021-03-04\n---\n# S\n",
        );
    git(site.root(), "2026-09-01", &["init", "-q", "-b", "main"]);
    commit(&site, "2026-09-01");
    site.edit("markdown/gw__note-a.md", |text| text + "\n더.\n");
    commit(&site, "2026-09-03");
    site
}

fn days(site: &SiteTest, name: &str) -> Vec<String> {
    site.page(&format!("public/{name}.html"))
        .attrs(".facts time", "datetime")
}

#[test]
fn days_come_from_git_where_a_document_says_none() {
    let site = site();
    site.rebuild().ok();
    assert_eq!(days(&site, "gw__note-a"), ["2026-09-01", "2026-09-03"]);
    assert_eq!(days(&site, "gw__note-b"), ["2026-09-01"]);
    assert_eq!(days(&site, "gw__note-said"), ["2020-01-02", "2021-03-04"]);
    let about = site.json("public/gw__note-a.json");
    assert_eq!(about["updated"], "2026-09-03");
    let recent = site
        .page("public/index.html")
        .attrs(".recent time", "datetime");
    assert_eq!(recent, ["2026-09-03", "2026-09-01", "2021-03-04"]);
    // A commit changes what pages say, and nothing else does.
    site.rebuild().says("0 pages written");
    site.edit("markdown/gw__note-b.md", |text| text + "\n더.\n");
    site.rebuild().says("1 page written");
    assert_eq!(days(&site, "gw__note-b"), ["2026-09-01"]);
    commit(&site, "2026-09-05");
    site.rebuild().says("1 page written");
    assert_eq!(days(&site, "gw__note-b"), ["2026-09-01", "2026-09-05"]);
    git(
        site.root(),
        "2026-09-06",
        &["mv", "markdown/gw__note-b.md", "markdown/gw__note-new.md"],
    );
    commit(&site, "2026-09-06");
    site.rebuild();
    // Another name is no change.
    assert_eq!(days(&site, "gw__note-new"), ["2026-09-01", "2026-09-05"]);
}

#[test]
fn a_site_below_the_root_of_a_checkout_has_days_too() {
    let outer = SiteTest::new().file("docs/markdown/gw__note-a.md", "# A\n");
    outer.write(".gitignore", "public/\n.docsite/\n");
    git(outer.root(), "2026-09-01", &["init", "-q"]);
    commit(&outer, "2026-09-01");
    outer
        .run_bare(&["--site", outer.path("docs").to_str().unwrap(), "rebuild"])
        .ok();
    let page = outer.page("docs/public/gw__note-a.html");
    assert_eq!(page.attrs(".facts time", "datetime"), ["2026-09-01"]);
}

#[test]
fn no_day_is_before_the_one_that_a_document_says() {
    let site = SiteTest::new()
        .file(".gitignore", "public/\n.docsite/\n")
        .doc("gw__note-a", "---\nupdated: 2020-01-01\n---\n# A\n")
        .doc("gw__note-b", "---\ndate: 2030-01-01\n---\n# B\n")
        .doc("gw__note-c", "# C\n");
    git(site.root(), "2023-05-01", &["init", "-q"]);
    commit(&site, "2023-05-01");
    site.rebuild().ok();
    assert_eq!(days(&site, "gw__note-a"), ["2020-01-01"]);
    assert_eq!(days(&site, "gw__note-b"), ["2030-01-01"]);
    let recent = site
        .page("public/index.html")
        .attrs(".recent time", "datetime");
    assert_eq!(recent, ["2030-01-01", "2023-05-01", "2020-01-01"]);
}

/// A shallow clone has one commit for all; pages that are in git would change with each commit.
#[test]
fn a_shallow_clone_tracked_pages_and_a_setting_leave_them_out() {
    let site = site();
    let clone = SiteTest::new();
    let from = format!("file://{}", site.root().display());
    git(
        clone.root(),
        "2026-09-09",
        &["clone", "-q", "--depth", "1", &from, "."],
    );
    clone.rebuild().ok();
    assert_eq!(days(&clone, "gw__note-a"), [""; 0]);
    assert_eq!(days(&clone, "gw__note-said"), ["2020-01-02", "2021-03-04"]);

    site.write("docsite.toml", "dates = \"written\"\n");
    site.rebuild().ok();
    assert_eq!(days(&site, "gw__note-a"), [""; 0]);

    site.write("docsite.toml", "output = \".\"\npublish = \"all\"\n");
    site.rebuild().ok();
    assert_eq!(site.page("gw__note-a.html").count(".facts time"), 0);

    site.write("docsite.toml", "output = \"docs\"\n");
    site.rebuild().ok();
    assert_eq!(site.page("docs/gw__note-a.html").count(".facts time"), 2);
    let quiet = site.run(&["check"]);
    assert!(!quiet.err.contains("undated-pages"), "{}", quiet.err);
    commit(&site, "2026-09-09");
    let run = site.rebuild().ends(0);
    assert_eq!(site.page("docs/gw__note-a.html").count(".facts time"), 0);
    for said in [run.err, site.run(&["check"]).err] {
        assert_eq!(said.matches("undated-pages").count(), 1, "{said}");
    }
    site.write("docsite.toml", "output = \"docs\"\ndates = \"written\"\n");
    let quiet = site.run(&["check"]);
    assert!(!quiet.err.contains("undated-pages"), "{}", quiet.err);
}
