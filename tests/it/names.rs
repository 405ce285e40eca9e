//! Basenames: every invalid one is reported with what is wrong and, where there is one, the nearest
//! valid one; on the command line it changes nothing, as a file in `markdown/` it is reported and
//! the rest is built.

use crate::harness::SiteTest;

/// A wrong name, a word of what is wrong with it, and the nearest right one.
const WRONG: [(&str, &str, &str); 16] = [
    ("gw/note-x", "`/`", ""),
    ("../gw__note-x", "`/`", "gw__note-x"),
    ("/etc/gw__note-x", "`/`", "gw__note-x"),
    ("gw__note-a/b", "`/`", ""),
    ("gw__note-a\\b", "`\\`", ""),
    ("gw__note-a\nb", "U+000A", "gw__note-a-b"),
    ("gw__note-a\u{7f}b", "U+007F", "gw__note-a-b"),
    ("gw__note-a\u{202e}b", "U+202E", "gw__note-a-b"),
    ("gw__note-a b", "space", "gw__note-a-b"),
    ("gw-note-x", "topic", "gw__note-x"),
    ("gw__x", "type", "gw__note-x"),
    ("gw__-x", "type", "gw__note-x"),
    ("con.d__note-x", "device", ""),
    ("index", "index", ""),
    ("files", "files", ""),
    ("graph", "graph", ""),
];

fn site() -> SiteTest {
    let site = SiteTest::new()
        .file("docsite.toml", "[[topics]]\nprefix = \"gw\"\n")
        .doc("gw__note-a", "# A\n")
        .file("new.md", "# New\n");
    site.rebuild().ok();
    site
}

fn long() -> String {
    format!("gw__note-{}", "가".repeat(81))
}

#[test]
fn a_wrong_name_is_refused_by_every_command_and_changes_nothing() {
    let site = site();
    let long = long();
    let all = WRONG
        .iter()
        .copied()
        .chain([(long.as_str(), "bytes", ""), ("", "empty", "")]);
    for (name, what, nearest) in all {
        for args in [&["add", "new.md", name][..], &["render", name]] {
            site.age();
            let before = site.whole_tree();
            let run = site.run_bare(args).ends(2);
            assert_eq!(before.touched(&site.whole_tree()), [""; 0], "{name:?}");
            let run = run.complains(what).complains(nearest);
            assert_eq!(run.out, "", "{name:?}");
            assert!(!run.err.contains('\u{202e}') && !run.err.contains('\u{7f}'));
        }
    }
}

#[test]
fn a_wrong_name_is_reported_in_one_line_and_its_help() {
    let site = site();
    let run = site.render("gw__note-a\nb").ends(2);
    assert_eq!(run.err.lines().count(), 2, "{}", run.err);
}

#[test]
fn a_file_of_a_wrong_name_is_reported_and_the_rest_is_built() {
    let here = WRONG.iter().filter(|(name, ..)| !name.contains('/'));
    for (name, what, nearest) in here {
        let site = site();
        site.write(&format!("markdown/{name}.md"), "# Wrong\n");
        site.write("markdown/gw__note-a.md", "# Changed\n");
        let run = site.rebuild().ends(1);
        run.complains("markdown/")
            .complains(what)
            .complains(nearest);
        assert!(site.read("public/gw__note-a.html").contains("Changed"));
        assert!(!site.has(&format!("public/{name}.html")) || what == name);
    }
}

#[test]
fn what_is_not_a_document_is_never_ignored_in_silence() {
    let site = site();
    site.write("markdown/picture.png", "x");
    site.write("markdown/folder/gw__note-x.md", "# X\n");
    let run = site.rebuild();
    assert!(run.status < 2);
    run.complains("markdown/picture.png")
        .complains("markdown/folder");
}

#[test]
fn what_an_editor_leaves_is_passed_over() {
    let site = site();
    for name in [".gw__note-a.md.swp", "gw__note-a.md~", ".DS_Store"] {
        site.write(&format!("markdown/{name}"), "x");
    }
    site.rebuild().ok();
}

#[test]
fn names_that_differ_only_in_case_are_reported_and_one_is_built() {
    let site = site();
    site.write("markdown/gw__note-A.md", "# Upper\n");
    site.rebuild()
        .ends(1)
        .complains("markdown/gw__note-A.md")
        .complains("case");
    assert!(site.has("public/gw__note-a.html") && !site.has("public/gw__note-A.html"));
}

#[test]
fn a_name_that_differs_only_in_case_is_not_taken_in() {
    let site = site();
    let before = site.tree();
    let run = site.run_bare(&["add", "new.md", "gw__NOTE-a"]).ends(2);
    run.complains("case").complains("gw__note-a");
    assert_eq!(before.touched(&site.tree()), [""; 0]);
}

#[test]
fn two_unicode_forms_of_one_name_are_reported_and_one_is_built() {
    let site = site();
    site.write("markdown/gw__note-한.md", "# 합친 이름\n");
    site.write(
        "markdown/gw__note-\u{1112}\u{1161}\u{11ab}.md",
        "# 풀어쓴 이름\n",
    );
    let run = site.run(&["render", "gw__note-한"]);
    run.complains("markdown/gw__note-").complains("Unicode");
    assert!(site.read("public/gw__note-한.html").contains("합친 이름"));
    site.rebuild().ends(1);
}

#[test]
fn a_name_in_decomposed_form_gives_a_page_in_nfc() {
    let site = SiteTest::new();
    site.write("markdown/gw__note-\u{1112}\u{1161}\u{11ab}.md", "# 한\n");
    site.write(
        "markdown/gw__note-b.md",
        "[한](gw__note-\u{1112}\u{1161}\u{11ab}.html)\n",
    );
    site.rebuild().ok();
    assert!(site.has("public/gw__note-한.html"));
    let links = site.page("public/gw__note-b.html").attrs(".body a", "href");
    assert_eq!(links, ["gw__note-%ED%95%9C.html"]);
    site.run(&["render", "gw__note-\u{1112}\u{1161}\u{11ab}"])
        .ok();
}

#[test]
fn names_of_every_kind_that_is_allowed_work() {
    let names = [
        "gw__report-2026-06-07_ingress-egress",
        "gw__note-a__b",
        "gw__note-v1.30",
        "보안__개념-신원",
        "a.b__note-x",
    ];
    let site = SiteTest::new();
    for name in names {
        site.write(&format!("markdown/{name}.md"), format!("# {name}\n"));
    }
    site.rebuild().ok();
    assert_eq!(crate::scanner::problems(&site.output()), [""; 0]);
    for name in names {
        assert!(site.has(&format!("public/{name}.html")), "{name}");
        site.run(&["render", &format!("{name}.md")]).ok();
        site.run(&["render", &format!("markdown/{name}.md")]).ok();
    }
}

#[test]
fn a_file_whose_name_is_not_utf8_is_reported() {
    use std::os::unix::ffi::OsStrExt;
    let site = site();
    let name = std::ffi::OsStr::from_bytes(b"gw__note-\xff.md");
    std::fs::write(site.path("markdown").join(name), "# X\n").unwrap();
    site.rebuild().ends(1).complains("UTF-8");
    assert!(site.has("public/gw__note-a.html"));
}
