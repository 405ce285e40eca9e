//! Levels and ignore comments hold in every command that reports findings, and change nothing about
//! what keeps a page or a whole site from being built.
//!
//! Not here: what each rule finds, and how `check` alone reports it (`check`).

use crate::harness::{Run, SiteTest};

const SVG: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M0 0h9\"/></svg>";

/// One document with raw HTML that is removed (a warning) and a diagram, and a file that is no
/// document (an error).
fn site(levels: &str) -> SiteTest {
    SiteTest::new()
        .file("docsite.toml", format!("[check]\n{levels}"))
        .doc(
            "gw__note-a",
            "# A\n\n<script>x</script>\n\n```mermaid\ngraph LR\nA-->B\n```\n",
        )
        .doc("gw__note-b", "# B\n\nText.\n")
        .file("markdown/README.md", "# Not a document\n")
}

fn codes(run: &Run) -> Vec<String> {
    let heads = run.err.lines().filter(|line| !line.starts_with("    "));
    let codes = heads.filter_map(|line| {
        let (_, rest) = line.split_once("error[").or(line.split_once("warning["))?;
        Some(rest.split_once(']')?.0.to_owned())
    });
    codes.collect()
}

/// Runs every command that reports findings about documents and files: all of them, and those that are
/// asked about document A.
fn runs(site: &SiteTest) -> Vec<(&'static str, Run)> {
    site.write("../new.md", "# New\n\n<script>x</script>\n");
    site.write("../drawn.svg", SVG);
    let new = site.path("../new.md");
    let drawn = site.path("../drawn.svg");
    let (new, drawn) = (new.to_str().unwrap(), drawn.to_str().unwrap());
    let commands: [(&str, &[&str]); 9] = [
        ("rebuild", &["rebuild"]),
        ("rebuild --dry-run", &["rebuild", "--dry-run"]),
        ("check", &["check"]),
        ("reindex", &["reindex"]),
        ("status", &["status"]),
        ("render", &["render", "gw__note-a"]),
        ("add", &["add", new, "gw__note-a", "--replace"]),
        (
            "diagrams put",
            &["diagrams", "put", "gw__guide-d", "1", drawn],
        ),
        ("unpublish", &["unpublish", "gw__note-a"]),
    ];
    commands.map(|(name, args)| (name, site.run(args))).into()
}

#[test]
fn a_rule_that_is_off_is_reported_by_no_command_and_fails_none() {
    let with_diagram = "# D\n\n<script>x</script>\n\n```mermaid\ngraph LR\nA-->B\n```\n";
    let noisy = site("").doc("gw__guide-d", with_diagram);
    noisy.rebuild().ends(1);
    let silent = site("bad-name = \"off\"\nraw-html = \"off\"\n").doc("gw__guide-d", with_diagram);
    silent.rebuild().ends(0);
    let (noisy, silent) = (runs(&noisy), runs(&silent));
    for (name, run) in &noisy {
        assert_ne!(codes(run), [""; 0], "{name}: {run:?}");
    }
    for (name, run) in silent {
        let codes = codes(&run);
        let is_silent = |code: &String| code != "bad-name" && code != "raw-html";
        assert!(codes.iter().all(is_silent), "{name}: {run:?}");
        assert_eq!(run.status, 0, "{name}: {run:?}");
    }
}

#[test]
fn a_rule_that_is_off_in_a_path_is_reported_elsewhere() {
    let site = site("[check.paths]\n\"markdown/gw__*\" = { raw-html = \"off\" }\n");
    let run = site.rebuild().ends(1);
    assert_eq!(codes(&run), ["bad-name"]);
}

#[test]
fn a_rule_that_is_an_error_fails_check_and_every_build() {
    let site = site("bad-name = \"off\"\nraw-html = \"error\"\n");
    for args in [
        &["rebuild"][..],
        &["rebuild", "--dry-run"],
        &["check"],
        &["render", "gw__note-a"],
        &["status"],
    ] {
        let run = site.run(args).ends(1);
        assert!(run.err.contains("error[raw-html]"), "{args:?}: {run:?}");
    }
    assert!(
        site.has("public/gw__note-a.html"),
        "the page is made all the same"
    );
    site.run(&["render", "gw__note-b"]).ends(0);
}

#[test]
fn a_rule_that_is_a_warning_fails_no_build() {
    let site = site("bad-name = \"warn\"\n");
    let run = site.rebuild().ends(0);
    assert_eq!(codes(&run), ["bad-name", "raw-html"]);
    site.run(&["check"]).ends(0);
    site.run(&["check", "--strict"]).ends(1);
}

#[test]
fn what_a_comment_silences_is_reported_by_no_command_and_fails_none() {
    let levels = "bad-name = \"off\"\nraw-html = \"error\"\n";
    let text = "# A\n\n<!-- docsite-ignore raw-html: shown on purpose -->\n<script>x</script>\n";
    let site = site(levels).doc("gw__note-a", text);
    for args in [
        &["rebuild"][..],
        &["rebuild", "--dry-run"],
        &["check"],
        &["render", "gw__note-a"],
        &["reindex"],
        &["status"],
    ] {
        let run = site.run(args).ends(0);
        assert!(!run.err.contains("raw-html"), "{args:?}: {run:?}");
        assert!(!run.err.contains("ignore-unused"), "{args:?}: {run:?}");
    }
    site.write("../a.md", text);
    let file = site.path("../a.md");
    let args = ["add", file.to_str().unwrap(), "gw__note-c"];
    let run = site.run(&args).ends(0);
    assert!(!run.err.contains("raw-html"), "{run:?}");
}

#[test]
fn what_add_finds_missing_follows_levels_and_comments() {
    let site = SiteTest::new()
        .file("docsite.toml", "[check]\nunknown-type = \"off\"\n")
        .doc("gw__note-a", "# A\n");
    let text =
        "# B\n\n[x](none.html)\n\n<!-- docsite-ignore broken-document: soon -->\n[y](gone.html)\n";
    site.write("../b.md", text);
    let file = site.path("../b.md");
    let run = site
        .run(&["add", file.to_str().unwrap(), "gw__odd-b"])
        .ends(0);
    assert_eq!(codes(&run), ["broken-document"]);
    assert!(run.err.contains("`none.html`"), "{run:?}");
}

#[test]
fn an_error_that_keeps_a_page_from_being_made_cannot_be_turned_off() {
    for code in [
        "not-utf8",
        "unreadable",
        "template",
        "flow-syntax",
        "kept-page",
    ] {
        let site = site(&format!("{code} = \"off\"\n"));
        let run = site.rebuild().ends(2);
        assert!(
            run.err.contains(&format!(
                "docsite.toml:2:1: error[settings]: `{code}` is always an error, and cannot be turned off"
            )),
            "{run:?}"
        );
    }
    let site = SiteTest::new()
        .file("docsite.toml", "")
        .doc("gw__note-b", "# B\n\nText.\n")
        .doc(
            "gw__note-a",
            b"<!-- docsite-ignore not-utf8: old -->\nA \xe9\n",
        );
    let run = site.rebuild().ends(1);
    assert_eq!(codes(&run), ["not-utf8"]);
    let run = site.run(&["check"]).ends(1);
    assert!(
        run.err
            .contains("markdown/gw__note-a.md:2:3: error[not-utf8]"),
        "{run:?}"
    );
    assert!(run.err.contains("`not-utf8` is always an error"), "{run:?}");
}

#[test]
fn a_draft_of_the_flow_is_an_error_of_builds_too_unless_settings_say_otherwise() {
    let flow = "{\"stages\": [{\"title\": \"0\", \"why\": \"w\", \"docs\": [\"gw__note-a\"]}]}";
    let site = SiteTest::new()
        .file("docsite.toml", "")
        .file("flow.json", flow)
        .doc("gw__note-a", "---\ndraft: true\n---\n# A\n\nText.\n");
    let run = site.rebuild().ends(1);
    assert_eq!(codes(&run), ["flow-unpublished-document"]);
    site.write(
        "docsite.toml",
        "[check]\nflow-unpublished-document = \"warn\"\n",
    );
    site.rebuild().ends(0);
}

#[test]
fn what_kept_a_page_or_a_copy_from_being_made_has_no_level() {
    let levels =
        "name-clash = \"off\"\nbad-name = \"off\"\nnot-a-document = \"off\"\nraw-html = \"off\"\n";
    let site = site(levels)
        .doc("gw__note-B", "# B\n")
        .file("attachment/new\nline.yaml", "a: 1\n")
        .file("public/graph.json/x", "x");
    site.write("../outside.md", "# C\n");
    site.link("markdown/gw__note-c.md", "../../outside.md");
    // No document is missed here.
    site.link("markdown/notes", "../..");
    for command in ["rebuild", "check"] {
        let run = site.run(&[command]).ends(1);
        let found: Vec<String> = codes(&run);
        for code in ["blocked-file", "copy-failed", "link-outside", "name-clash"] {
            let times = found.iter().filter(|found| *found == code).count();
            assert_eq!(times, 1, "{command} {code}: {run:?}");
        }
    }
    assert!(site.has("public/gw__note-a.html"));
}

#[test]
fn a_cause_is_no_rule_in_the_settings() {
    for code in ["link-outside", "blocked-file", "copy-failed"] {
        let site = site(&format!("{code} = \"off\"\n"));
        site.rebuild().ends(2).complains(code);
    }
}

#[test]
fn attachments_with_one_name_are_a_finding_that_can_be_off() {
    let (composed, decomposed) = ("가", "\u{1100}\u{1161}");
    let levels = "name-clash = \"off\"\nbad-name = \"off\"\nraw-html = \"off\"\n";
    let site = site(levels)
        .file(&format!("attachment/{composed}.yaml"), "a: 1\n")
        .file(&format!("attachment/{decomposed}.yaml"), "a: 2\n");
    let run = site.rebuild().ends(0);
    assert_eq!(codes(&run), [""; 0], "{run:?}");
}
