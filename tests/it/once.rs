//! A warning is reported by the commands that it concerns, and by no other: `check` and `rebuild`
//! report all of them.

use crate::harness::{Run, SiteTest};

const PICTURE: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M0 0H9\"/></svg>";

/// Two documents with a warning and a diagram each.
fn site() -> SiteTest {
    let text = |own: &str| {
        format!(
            "# {own}\n\n<blink>x</blink>\n\n```mermaid {{#one}}\nflowchart LR\n  a --> b\n```\n"
        )
    };
    let site = SiteTest::new()
        .doc("gw__note-a", text("A"))
        .doc("gw__note-b", text("B"))
        .file("markdown/notes.txt", "x");
    site.rebuild().ends(0);
    site
}

/// The files that a run reported something about.
fn reported(run: &Run) -> Vec<&str> {
    let lines = run.err.lines().filter(|line| line.contains("warning["));
    let mut paths: Vec<&str> = lines.filter_map(|line| line.split(':').next()).collect();
    paths.dedup();
    paths
}

#[test]
fn rebuild_and_check_report_all() {
    let all = [
        "markdown/gw__note-a.md",
        "markdown/gw__note-b.md",
        "markdown/notes.txt",
    ];
    for command in ["rebuild", "check"] {
        let run = site().run(&[command]).ends(0);
        for path in all {
            assert!(reported(&run).contains(&path), "{command}: {}", run.err);
        }
    }
}

#[test]
fn render_reports_the_named_documents_alone() {
    let run = site().render("gw__note-a").ends(0);
    assert_eq!(reported(&run), ["markdown/gw__note-a.md"]);
}

#[test]
fn the_catalogue_and_the_state_of_pages_repeat_no_warning() {
    for args in [
        &["reindex"][..],
        &["status"],
        &["diagrams"],
        &["status", "--json"],
    ] {
        assert_eq!(site().run(args).ok().err, "", "{args:?}");
    }
}

#[test]
fn a_picture_reports_its_own_document_alone() {
    let site = site().file("../picture.svg", PICTURE);
    let picture = site.path("../picture.svg");
    let picture = picture.to_str().unwrap();
    let run = site
        .run(&["diagrams", "put", "gw__note-a", "one", picture])
        .ends(0);
    assert_eq!(reported(&run), ["markdown/gw__note-a.md"]);
    let run = site
        .run(&["diagrams", "remove", "gw__note-a", "one"])
        .ends(0);
    assert_eq!(reported(&run), ["markdown/gw__note-a.md"]);
}

#[test]
fn errors_that_every_command_meets_are_reported_by_each() {
    let flow = r#"{"stages": [{"title": "0", "why": "w", "docs": ["gw__note-nowhere"]}]}"#;
    let site = site().file("flow.json", flow);
    for args in [&["render", "gw__note-a"][..], &["reindex"], &["status"]] {
        site.run(args).ends(1).complains("flow.json:1:");
    }
}

#[test]
fn an_error_of_another_document_does_not_fail_a_render() {
    let site = site().doc("gw__note-c", b"# C\n\xff");
    let run = site.render("gw__note-a").ends(0);
    assert!(!run.err.contains("gw__note-c"), "{}", run.err);
    site.run(&["status"])
        .ends(1)
        .complains("markdown/gw__note-c.md");
    site.run(&["status", "--filter", "note-a"]).ok();
}
