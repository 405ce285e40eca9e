//! Sites on other systems: names that Windows cannot have, and file systems that take two forms of a
//! name for one, or list a name in a form of their own. A hard link stands for the second form: it
//! is listed, and it is the same file.
//!
//! Not here: which names are forbidden (`portable` in `src/`), two names of documents (`names`), and
//! copies (`copies`).

use std::fs;

use crate::harness::SiteTest;

/// Lists a file under another form of its name, too.
fn list_as(site: &SiteTest, path: &str, other: &str) {
    fs::hard_link(site.path(path), site.path(other)).unwrap();
}

/// 한.
const NFD: &str = "\u{1112}\u{1161}\u{11ab}";

#[test]
fn a_page_in_another_case_of_its_name_is_not_removed_where_it_is_the_same_file() {
    let site = SiteTest::new().doc("gw__note-a", "# A\n");
    site.rebuild().ok();
    list_as(&site, "public/gw__note-a.html", "public/gw__note-A.html");
    site.rebuild().ok();
    assert!(site.has("public/gw__note-a.html") && site.has("public/gw__note-A.html"));
    let run = site.run(&["check"]);
    assert!(!run.err.contains("stray-page"), "{run:?}");
}

#[test]
fn a_page_in_another_case_that_is_a_file_of_its_own_is_removed() {
    let site = SiteTest::new().doc("gw__note-a", "# A\n");
    site.rebuild().ok();
    let page = site.read("public/gw__note-a.html");
    site.write("public/gw__note-A.html", page);
    site.rebuild().ok();
    assert!(site.has("public/gw__note-a.html") && !site.has("public/gw__note-A.html"));
}

#[test]
fn files_that_are_listed_decomposed_are_those_that_were_written_composed() {
    let site = SiteTest::new()
        .file(
            "docsite.toml",
            "[redirects]\n\"/옛/한\" = \"gw__note-한\"\n",
        )
        .doc("gw__note-한", "# 한\n\n[x](attachment/한.yaml)\n")
        .file("attachment/한.yaml", "a: 1\n");
    site.rebuild().ok();
    let made: Vec<String> = site.tree().paths().into_iter().map(str::to_owned).collect();
    let made = made
        .into_iter()
        .filter(|path| path.starts_with("public/") && path.contains('한') && !path.contains('옛'));
    let forms: Vec<(String, String)> = made.map(|it| (it.replace('한', NFD), it)).collect();
    // Its page, the data about it, the attachment, the attachment's page.
    assert!(forms.len() >= 4, "{forms:?}");
    for (listed, written) in &forms {
        list_as(&site, written, listed);
    }
    site.rebuild().ok();
    for (listed, written) in forms {
        assert!(site.has(&written) && site.has(&listed), "{written}");
    }
}

#[test]
fn an_export_follows_a_name_whose_case_changed() {
    let site = SiteTest::new().doc("gw__note-A", "# A\n");
    site.run(&["export", "../out"]).ok();
    fs::rename(
        site.path("markdown/gw__note-A.md"),
        site.path("markdown/gw__note-a.md"),
    )
    .unwrap();
    site.rebuild().ok();
    for ending in ["html", "json"] {
        let name = |name: &str| format!("../out/{name}.{ending}");
        list_as(&site, &name("gw__note-A"), &name("gw__note-a"));
    }
    site.run(&["export", "../out"]).ok();
    let new = fs::read(site.path("public/gw__note-a.html")).unwrap();
    assert_eq!(fs::read(site.path("../out/gw__note-a.html")).unwrap(), new);
    site.run(&["export", "../out"]).ok();
    assert!(site.path("../out/gw__note-a.html").exists());
}

#[test]
fn attachments_that_windows_cannot_have_are_reported_once_with_why() {
    let site = SiteTest::new()
        .doc("gw__note-a", "# A\n")
        .file("attachment/aux.yaml", "a: 1\n")
        .file("attachment/what?.txt", "x\n")
        .file("attachment/nul/a.yaml", "a: 1\n")
        .file("attachment/nul/b.yaml", "a: 1\n")
        .file("attachment/gate/a.yaml", "a: 1\n")
        .file("attachment/Gate/b.yaml", "a: 1\n");
    let run = site.run(&["check"]).ends(0);
    let found: Vec<&str> = run
        .err
        .lines()
        .filter_map(|line| line.split_once(": warning[unportable-name]: "))
        .map(|(path, _)| path)
        .collect();
    assert_eq!(
        found,
        [
            "attachment/aux.yaml",
            "attachment/gate",
            "attachment/nul",
            "attachment/what?.txt"
        ],
        "{run:?}"
    );
    run.complains("begins with `aux`, a device on Windows")
        .complains("differs from attachment/Gate only in case")
        .complains("has `?`, which Windows forbids");
}

#[test]
fn no_name_that_windows_cannot_have_is_chosen() {
    let site = SiteTest::new()
        .file("notes/x.md", "# X\n\n![x](aux.png)\n")
        .file("notes/aux.png", "x")
        .doc(
            "gw__note-a",
            "# A\n\n```mermaid {#con}\ngraph TD; a-->b\n```\n",
        );
    site.run(&["check"])
        .complains("`{#con}` cannot be a file name");
    let add = ["add", "notes/x.md", "gw__note-x", "--with-files"];
    let run = site.run(&add).ends(2);
    assert!(!site.has("markdown/gw__note-x.md") && !site.has("attachment"));
    run.complains("error[unportable-name]")
        .complains("begins with `aux`");
}
