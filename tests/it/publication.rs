//! Which documents are on the site: the two rules, drafts, documents that are gone or cannot be
//! read, `unpublish`, and edits that stop a build before it changes anything.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::harness::{Run, SiteTest};

const A: &str = "public/gw__note-a.html";

/// Two documents that link to each other, in the flow, with a setting before the others.
fn site_with(settings: &str) -> SiteTest {
    SiteTest::new()
        .file("docsite.toml", format!("language = \"en\"\n{settings}"))
        .file(
            "flow.json",
            r#"{"stages": [{"title": "0 A", "why": "w", "docs": ["gw__note-a", "gw__note-b"]}]}"#,
        )
        .doc("gw__note-a", "# First title\n\n[b](gw__note-b.html)\n")
        .doc("gw__note-b", "# Second title\n\n[a](gw__note-a.html)\n")
}

fn site() -> SiteTest {
    site_with("")
}

/// Paths of the output that say something of a document.
fn mentions(site: &SiteTest, text: &str) -> Vec<String> {
    let output = site.output();
    let files = output.files();
    let found = files.filter(|(path, bytes)| {
        path.contains(text) || String::from_utf8_lossy(bytes).contains(text)
    });
    found.map(|(path, _)| path.to_owned()).collect()
}

/// Runs with the rights of somebody who is not root, whom permissions do not bind; false where
/// that cannot be had.
fn permissions_bind(site: &SiteTest) -> bool {
    site.write("../probe", "x");
    let probe = site.path("../probe");
    fs::set_permissions(&probe, fs::Permissions::from_mode(0o000)).unwrap();
    fs::read(&probe).is_err()
}

#[test]
fn the_first_command_on_a_fresh_clone_gives_the_whole_site() {
    for args in [
        &["rebuild"][..],
        &["render", "gw__note-a"],
        &["add", "new.md", "gw__note-new"],
    ] {
        let site = site().file("new.md", "# New\n");
        site.run_bare(args).ends(0);
        assert!(
            site.has(A) && site.has("public/gw__note-b.html"),
            "{args:?}"
        );
        let other = SiteTest::copy_of(site.root(), &["public", ".docsite"]);
        other.rebuild().ends(0);
        assert_eq!(site.output().changed(&other.output()), [""; 0], "{args:?}");
    }
}

#[test]
fn a_document_that_arrives_is_published_by_the_next_rebuild_under_all_only() {
    let arrives = |site: &SiteTest| {
        site.write("markdown/gw__note-c.md", "# C\n");
        site.rebuild().ends(0)
    };
    let site = site_with("");
    site.rebuild().ok();
    arrives(&site);
    assert!(site.has("public/gw__note-c.html"));
    let site = site_with("publish = \"pages\"\n");
    site.run(&["rebuild", "--all"]).ok();
    arrives(&site)
        .says("`docsite render BASENAME`")
        .says("`docsite rebuild --all`");
    assert!(!site.has("public/gw__note-c.html"));
    assert_eq!(mentions(&site, "gw__note-c"), [""; 0]);
    site.run(&["rebuild", "--all"]).ok();
    assert!(site.has("public/gw__note-c.html"));
}

#[test]
fn under_pages_a_first_rebuild_publishes_nothing_and_says_what_does() {
    let site = site_with("output = \".\"\n");
    let run = site.rebuild().ends(0);
    run.says("2 documents without a page")
        .says("docsite rebuild --all");
    assert!(!site.has("gw__note-a.html"));
    site.render("gw__note-a").ends(0);
    assert!(site.has("gw__note-a.html") && !site.has("gw__note-b.html"));
    let site = site_with("output = \".\"\npublish = \"all\"\n");
    site.rebuild().ok();
    assert!(site.has("gw__note-a.html") && site.has("gw__note-b.html"));
}

#[test]
fn check_looks_at_what_the_rule_publishes() {
    let broken = "# C\n\n[x](none__note-x.html)\n";
    for (settings, status) in [("", 1), ("publish = \"pages\"\n", 0)] {
        let site = site_with(settings);
        site.run(&["rebuild", "--all"]).ok();
        site.write("markdown/gw__note-c.md", broken);
        site.run(&["check"]).ends(status);
    }
    // Where no document has a page yet, all are looked at.
    let site = site_with("output = \".\"\n").doc("gw__note-c", broken);
    site.run(&["check"]).ends(1).complains("none__note-x");
}

#[test]
fn status_says_which_rule_holds() {
    for (settings, rule) in [
        ("", "all"),
        ("publish = \"pages\"\n", "pages"),
        ("output = \".\"\n", "pages"),
        ("output = \".\"\npublish = \"all\"\n", "all"),
    ] {
        let site = site_with(settings);
        site.run(&["status"])
            .ends(0)
            .says(&format!("publish = \"{rule}\""));
        let run = site.run(&["status", "--json"]).ends(0);
        let status: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        assert_eq!(status["publish"], rule);
    }
    let site = site_with("publish = \"page\"\n");
    site.rebuild()
        .ends(2)
        .complains("docsite.toml:2:11")
        .complains("`pages`");
}

/// The two ways in which a document leaves the site.
fn leaves(how: impl Fn(&SiteTest)) {
    for settings in ["", "publish = \"pages\"\n"] {
        let site = site_with(settings);
        site.run(&["rebuild", "--all"]).ok();
        how(&site);
        let planned = site.run(&["rebuild", "--dry-run"]);
        planned.says("remove    gw__note-a.html");
        let run = site.rebuild();
        assert!(run.out.contains("removed   gw__note-a.html"), "{run:?}");
        assert!(run.out.contains("1 removed"), "{run:?}");
        let mut found = mentions(&site, "First title");
        found.extend(mentions(&site, "gw__note-a"));
        // The other document still links to it.
        found.retain(|path| !path.contains("gw__note-b"));
        let data: Vec<&String> = found
            .iter()
            .filter(|path| !path.contains("graph"))
            .collect();
        assert!(data.iter().all(|path| *path == "index.html"), "{found:?}");
        assert!(!mentions(&site, "First title").contains(&"index.html".to_owned()));
        assert!(site.set_aside(A).is_empty());
        site.writes_nothing(&["rebuild"]);
    }
}

#[test]
fn a_document_that_becomes_a_draft_leaves_the_site() {
    leaves(|site| {
        site.edit("markdown/gw__note-a.md", |text| {
            format!("---\ndraft: true\n---\n{text}")
        });
    });
}

#[test]
fn a_document_that_is_deleted_leaves_the_site() {
    leaves(|site| site.remove("markdown/gw__note-a.md"));
}

#[test]
fn reindex_renders_no_page_and_says_which_command_does() {
    let site = site();
    let run = site.run(&["reindex"]).ends(0);
    run.says("2 documents without a page")
        .says("`docsite rebuild`");
    assert!(!site.has(A));
    site.rebuild().ok();
    let run = site.run(&["reindex"]).ok();
    assert!(!run.out.contains("without a page"), "{run:?}");
}

#[test]
fn no_command_shows_a_draft() {
    for args in [&["reindex"][..], &["render", "gw__note-b"]] {
        let site = site();
        site.rebuild().ok();
        site.edit("markdown/gw__note-a.md", |text| {
            format!("---\ndraft: true\n---\n{text}")
        });
        site.run(args);
        let index = site.read("public/index.html");
        assert!(!index.contains("First title"), "{args:?}");
        assert!(!site.has("public/markdown/gw__note-a.md"), "{args:?}");
    }
}

fn edit_page(site: &SiteTest) -> Vec<u8> {
    site.edit(A, |page| page.replace("</main>", "<p>mine</p></main>"));
    site.bytes(A)
}

#[test]
fn a_hand_made_page_of_a_draft_is_kept_and_an_error_that_says_what_to_do() {
    let site = site();
    site.rebuild().ok();
    let page = edit_page(&site);
    site.edit("markdown/gw__note-a.md", |text| {
        format!("---\ndraft: true\n---\n{text}")
    });
    for args in [&["rebuild"][..], &["check"], &["rebuild", "--adopt"]] {
        site.run(args)
            .ends(1)
            .complains("markdown/gw__note-a.md:1:1: error[draft-page]")
            .complains("delete public/gw__note-a.html");
        assert_eq!(site.bytes(A), page);
    }
    assert!(!site.read("public/index.html").contains("First title"));
    // Doing what it says helps.
    site.remove(A);
    site.edit("flow.json", |text| text.replace("\"gw__note-a\", ", ""));
    site.edit("markdown/gw__note-b.md", |_| "# B\n".to_owned());
    site.rebuild().ok();
    site.run(&["check"]).ends(0);
}

#[test]
fn a_hand_made_page_of_a_document_that_is_gone_is_kept_and_reported() {
    let site = site();
    site.rebuild().ok();
    let page = edit_page(&site);
    site.remove("markdown/gw__note-a.md");
    let run = site.rebuild();
    assert_eq!(site.bytes(A), page);
    run.complains("public/gw__note-a.html: warning[stray-page]")
        .complains("delete it, or put its document into markdown/");
    site.run(&["check"]).complains("stray-page");
}

#[test]
fn a_document_that_cannot_be_read_is_not_gone() {
    type Spoil = fn(&SiteTest);
    let spoils: [(&str, Spoil); 4] = [
        ("moved into a folder", |site| {
            let text = site.bytes("markdown/gw__note-a.md");
            site.remove("markdown/gw__note-a.md");
            site.write("markdown/gw/gw__note-a.md", text);
        }),
        ("too large", |site| {
            let file = fs::File::create(site.path("markdown/gw__note-a.md")).unwrap();
            file.set_len(33 << 20).unwrap();
        }),
        ("a link out of the site", |site| {
            site.write("../a.md", "# A\n");
            site.remove("markdown/gw__note-a.md");
            site.link("markdown/gw__note-a.md", site.path("../a.md"));
        }),
        ("not UTF-8", |site| {
            site.write("markdown/gw__note-a.md", b"# \xff\n");
        }),
    ];
    for settings in ["", "publish = \"pages\"\n"] {
        for (about, spoil) in spoils {
            let site = site_with(settings);
            site.run(&["rebuild", "--all"]).ok();
            let page = site.bytes(A);
            spoil(&site);
            let run = site.rebuild();
            assert_eq!(site.bytes(A), page, "{about}: {run:?}");
            assert!(run.err.contains("gw__note-a"), "{about}: {run:?}");
        }
    }
}

#[test]
fn the_flow_and_links_still_find_a_document_that_cannot_be_read() {
    let site = site();
    site.edit("markdown/gw__note-a.md", |text| text + "\n## Part\n");
    site.edit("markdown/gw__note-b.md", |text| {
        text.replace("gw__note-a.html", "gw__note-a.html#part")
    });
    site.rebuild().ok();
    let file = fs::File::create(site.path("markdown/gw__note-a.md")).unwrap();
    file.set_len(33 << 20).unwrap();
    for command in ["rebuild", "check"] {
        let run = site.run(&[command]).ends(1);
        let run = run.complains("markdown/gw__note-a.md: error[unreadable]");
        for code in ["flow-unknown", "broken-", "missing-title", "empty-document"] {
            assert!(!run.err.contains(code), "{command}: {}", run.err);
        }
        assert_eq!(run.err.matches("is larger than").count(), 1, "{}", run.err);
    }
    assert!(site.read("public/index.html").contains("gw__note-a.html"));
    assert!(
        site.read("public/gw__note-b.html")
            .contains("gw__note-a.html#part")
    );
}

#[test]
fn documents_without_permission_keep_their_pages() {
    let site = site();
    if !permissions_bind(&site) {
        return;
    }
    site.rebuild().ok();
    let before = site.output();
    let deny = |path: &str, mode: u32| {
        fs::set_permissions(site.path(path), fs::Permissions::from_mode(mode)).unwrap();
    };
    deny("markdown/gw__note-a.md", 0o000);
    site.rebuild().ends(1).complains("markdown/gw__note-a.md");
    assert!(site.has(A));
    deny("markdown/gw__note-a.md", 0o644);
    site.rebuild().ok();
    deny("markdown", 0o000);
    site.rebuild().ends(2);
    deny("markdown", 0o755);
    assert_eq!(before.changed(&site.output()), [""; 0]);
}

#[test]
fn an_archive_that_is_suddenly_empty_changes_nothing() {
    for settings in ["", "output = \".\"\n"] {
        for empty in [true, false] {
            let site = site_with(settings);
            site.run(&["rebuild", "--all"]).ok();
            site.remove("markdown");
            if empty {
                fs::create_dir(site.path("markdown")).unwrap();
            }
            let before = site.tree();
            for command in ["rebuild", "reindex"] {
                let run = site.run(&[command]).ends(2);
                run.complains("has no document")
                    .complains("nothing was changed");
            }
            assert_eq!(before.changed(&site.tree()), [""; 0]);
        }
    }
}

#[test]
fn an_edit_that_cannot_be_read_stops_a_build_before_the_first_write() {
    let bad: [(&str, &[u8], &str); 9] = [
        ("flow.json", b"{\"stages\": [,]}", "flow.json:1:13"),
        ("flow.json", b"", "flow.json:1:1"),
        ("flow.json", b"[]", "flow.json:1:1"),
        ("flow.json", b"{\"stages\": null}", "flow.json:1:12"),
        ("flow.json", b"{\"stage\": []}", "did you mean `stages`?"),
        ("flow.json", b"\xff", "flow.json:1:1"),
        ("docsite.toml", b"titel = 1\n", "docsite.toml:1:1"),
        ("templates/page.html", b"\xff", "templates/page.html:1:1"),
        ("templates/page.html", b"{% if %}", "templates/page.html:1"),
    ];
    for (path, bytes, said) in bad {
        let site = site().file("new.md", "# New\n");
        site.rebuild().ok();
        let before = site.output();
        site.write(path, bytes);
        site.edit("markdown/gw__note-a.md", |text| text + "more\n");
        for args in [
            &["rebuild"][..],
            &["rebuild", "-n"],
            &["render", "gw__note-a"],
            &["reindex"],
            &["status"],
            &["add", "new.md", "gw__note-new"],
            &["unpublish", "gw__note-a"],
        ] {
            let sources = site.tree();
            let run = site.run(args).ends(2);
            assert!(run.err.contains(said), "{path} {args:?}: {}", run.err);
            let changed = sources.changed(&site.tree());
            let changed = changed.iter().filter(|path| path.starts_with("markdown/"));
            assert_eq!(changed.count(), 0, "{path} {args:?}");
        }
        site.run(&["check"]).ends(1).complains(said);
        assert_eq!(before.touched(&site.output()), [""; 0], "{path}");
    }
    let site = site();
    fs::create_dir(site.path("templates")).unwrap();
    site.link("templates/page.html", "nowhere.html");
    site.rebuild().ends(2).complains("templates/page.html");
}

#[test]
fn a_bad_entry_of_a_flow_is_skipped_and_reported_with_its_place() {
    let site = site();
    site.rebuild().ok();
    site.write(
        "flow.json",
        "{\"stages\": [{\"title\": \"0 A\", \"why\": \"because\", \"docs\": [\"gw__note-a\",\n7]}]}",
    );
    site.rebuild()
        .ends(1)
        .complains("flow.json:2:1: error[flow-shape]");
    assert!(site.read("public/index.html").contains("because"));
}

fn unpublish(site: &SiteTest, names: &[&str]) -> Run {
    let mut args = vec!["unpublish"];
    args.extend(names);
    site.run(&args)
}

#[test]
fn unpublish_under_all_writes_a_draft_and_no_other_byte() {
    let text = "\u{feff}---\r\ntitle: First title\r\ndraft: no # later\r\n---\r\n# x\r\n";
    let site = site();
    site.write("markdown/gw__note-a.md", text);
    site.rebuild();
    assert!(site.has(A));
    let before = site.tree();
    let run = unpublish(&site, &["gw__note-a.md"]).ends(0);
    run.says("changed   markdown/gw__note-a.md")
        .says("removed   gw__note-a.html");
    let expected = text.replace("draft: no #", "draft: true #");
    assert_eq!(site.read("markdown/gw__note-a.md"), expected);
    assert!(!site.has(A));
    let changed = before.changed(&site.tree());
    let sources = changed.iter().filter(|path| !path.starts_with("public/"));
    assert_eq!(sources.collect::<Vec<_>>(), ["markdown/gw__note-a.md"]);
    assert!(!site.read("public/index.html").contains("First title"));
    // Again: nothing to do.
    site.age();
    let before = site.tree();
    unpublish(&site, &["gw__note-a"]).ends(0);
    assert_eq!(before.touched_files(&site.tree()), [""; 0]);
    // The next rebuild agrees.
    site.writes_nothing(&["rebuild"]);
}

#[test]
fn a_removed_copy_of_a_draft_does_not_sound_like_a_lost_source() {
    let site = site();
    site.rebuild().ok();
    site.edit("markdown/gw__note-a.md", |text| {
        format!("---\ndraft: true\n---\n{text}")
    });
    let run = site.rebuild();
    assert!(
        run.out
            .contains("removed   markdown/gw__note-a.md  (its document is not published)"),
        "{run:?}"
    );
    site.remove("markdown/gw__note-b.md");
    let run = site.rebuild();
    assert!(
        run.out
            .contains("removed   markdown/gw__note-b.md  (its original is gone)"),
        "{run:?}"
    );
}

#[test]
fn unpublish_under_pages_removes_the_page_and_touches_no_source() {
    let site = site_with("publish = \"pages\"\n");
    site.run(&["rebuild", "--all"]).ok();
    let source = site.bytes("markdown/gw__note-a.md");
    unpublish(&site, &["gw__note-a"]).ends(0);
    assert!(!site.has(A) && !site.has("public/markdown/gw__note-a.md"));
    assert_eq!(site.bytes("markdown/gw__note-a.md"), source);
    site.writes_nothing(&["rebuild"]);
    site.render("gw__note-a").ends(0);
    assert!(site.has(A));
}

#[test]
fn unpublish_keeps_a_hand_made_page_and_reports_it() {
    for settings in ["", "publish = \"pages\"\n"] {
        let site = site_with(settings);
        site.run(&["rebuild", "--all"]).ok();
        let page = edit_page(&site);
        unpublish(&site, &["gw__note-a", "gw__note-b"])
            .ends(1)
            .complains("delete");
        assert_eq!(site.bytes(A), page);
        assert!(!site.has("public/gw__note-b.html"));
    }
}

#[test]
fn unpublish_refuses_before_it_changes_anything() {
    let site = site().doc("gw__note-broken", "---\ntitle: \"open\n---\n# B\n");
    site.rebuild();
    site.remove("markdown/gw__note-b.md");
    for (name, said) in [
        ("gw__note-broken", "markdown/gw__note-broken.md:"),
        ("gw__note-aa", "did you mean `gw__note-a`?"),
        ("gw__note-b", "`docsite rebuild` removes the pages"),
        ("nothing", "basename `nothing`"),
    ] {
        let before = site.tree();
        unpublish(&site, &["gw__note-a", name])
            .ends(2)
            .complains(said);
        assert_eq!(before.touched_files(&site.tree()), [""; 0], "{name}");
    }
}

#[test]
fn nothing_is_lifted_out_of_the_page_of_a_draft() {
    let site = site();
    site.rebuild().ok();
    site.edit(A, |page| {
        page.replace(
            "</main>",
            "<svg viewBox='0 0 9 9'><path d='M0 0h9'/></svg></main>",
        )
    });
    site.edit("markdown/gw__note-a.md", |text| {
        format!("---\ndraft: true\n---\n{text}")
    });
    let before = site.tree();
    let run = site.run(&["diagrams", "lift", "gw__note-a"]).ends(1);
    assert!(run.out.contains("is a draft"), "{run:?}");
    assert_eq!(before.touched_files(&site.tree()), [""; 0]);
}

#[test]
fn what_is_advised_for_a_draft_is_not_to_render_it() {
    let site = site();
    site.rebuild().ok();
    site.edit("markdown/gw__note-a.md", |text| {
        format!("---\ndraft: true\n---\n{text}")
    });
    for args in [
        &["rebuild"][..],
        &["check"],
        &["status"],
        &["rebuild", "-n"],
    ] {
        let run = site.run(args);
        let said = format!("{}{}", run.out, run.err);
        assert!(!said.contains("docsite render"), "{args:?}: {said}");
    }
    site.render("gw__note-a")
        .ends(1)
        .complains("set `draft` to false");
    assert!(!site.has(A));
}
