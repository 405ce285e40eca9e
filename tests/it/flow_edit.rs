//! `docsite flow`: documents are listed, moved and taken out with the least bytes; what cannot be is
//! refused before a byte is written; and the site is built from the changed flow.

use crate::harness::{Run, SiteTest};

const FLOW: &str = "\u{feff}{\r\n  \"title\": \"흐름\",\r\n  \"stages\": [\r\n    { \"title\": \"1 설치\", \
                    \"why\": \"w\", \"docs\": [ \"gw__note-a\", {\"note\": \"n\", \"doc\": \"gw__note-b.md\"} \
                    ] },\r\n    { \"title\": \"2 운영\", \"why\": \"w\",\r\n      \"docs\": [\r\n        \
                    \"gw__note-c\"\r\n      ] }\r\n  ]\r\n}";

fn site() -> SiteTest {
    let site = SiteTest::new().file("flow.json", FLOW);
    ["a", "b", "c", "d"].into_iter().fold(site, |site, name| {
        site.doc(&format!("gw__note-{name}"), format!("# {name}\n"))
    })
}

/// Runs on a site with the flow above, and returns what became of that.
fn changed(args: &[&str]) -> String {
    let site = site();
    site.run(args).ends(0);
    site.read("flow.json")
}

fn refused(site: &SiteTest, args: &[&str]) -> Run {
    let before = site.has("flow.json").then(|| site.bytes("flow.json"));
    let run = site.run(args).ends(2);
    assert!(!site.has("public/index.html"), "{args:?}");
    let after = site.has("flow.json").then(|| site.bytes("flow.json"));
    assert_eq!(before, after, "{args:?}");
    run
}

#[test]
fn a_document_is_listed_and_its_page_has_its_place() {
    let site = site();
    let run = site
        .run(&["flow", "add", "gw__note-d", "--stage", "2"])
        .ends(0);
    assert!(
        run.out
            .contains("changed   flow.json  (`gw__note-d` in stage `2 운영`)"),
        "{}",
        run.out
    );
    let wanted = FLOW.replace(
        "\"gw__note-c\"",
        "\"gw__note-c\",\r\n        \"gw__note-d\"",
    );
    assert_eq!(site.read("flow.json"), wanted);
    let page = site.page("public/index.html");
    let documents = page.attrs("#flow ol.line a", "href");
    assert_eq!(
        documents.last().map(String::as_str),
        Some("gw__note-d.html")
    );
    let kept = site.set_aside("flow.json");
    assert_eq!(kept, [FLOW.as_bytes()]);
}

#[test]
fn a_place_is_behind_a_document_or_first_and_a_note_is_written_as_others() {
    let add = ["flow", "add", "gw__note-d", "--no-build"];
    let with = |more: &[&str]| changed(&[&add, more].concat());
    let after = with(&["--after", "gw__note-a"]);
    assert_eq!(
        after,
        FLOW.replace("\"gw__note-a\"", "\"gw__note-a\", \"gw__note-d\"")
    );
    let first = with(&["--stage", "설치", "--first", "--note", "왜"]);
    let entry = "[ {\"note\": \"왜\", \"doc\": \"gw__note-d\"}, \"gw__note-a\"";
    assert_eq!(first, FLOW.replace("[ \"gw__note-a\"", entry));
}

#[test]
fn a_document_moves_with_its_note_and_back_to_the_same_bytes() {
    let site = site();
    let to = [
        "flow",
        "move",
        "gw__note-b",
        "--stage",
        "2 운영",
        "--no-build",
    ];
    site.run(&to).ends(0);
    let entry = "{\"note\": \"n\", \"doc\": \"gw__note-b.md\"}";
    let moved = FLOW.replace(&format!(", {entry}"), "");
    let moved = moved.replace(
        "\"gw__note-c\"",
        &format!("\"gw__note-c\",\r\n        {entry}"),
    );
    assert_eq!(site.read("flow.json"), moved);
    let run = site.run(&to).ends(0);
    assert!(run.out.contains("nothing to change"), "{}", run.out);
    let back = [
        "flow",
        "move",
        "gw__note-b",
        "--after",
        "gw__note-a",
        "--no-build",
    ];
    site.run(&back).ends(0);
    assert_eq!(site.read("flow.json"), FLOW);
}

#[test]
fn documents_are_taken_out_also_ones_that_are_gone() {
    let site = site();
    site.remove("markdown/gw__note-a.md");
    site.run(&["flow", "remove", "gw__note-a", "gw__note-c", "--no-build"])
        .ends(0);
    let wanted = FLOW.replace("\"gw__note-a\", ", "");
    let wanted = wanted.replace("[\r\n        \"gw__note-c\"\r\n      ]", "[]");
    assert_eq!(site.read("flow.json"), wanted);
}

#[test]
fn a_stage_begins_with_a_document() {
    let site = site();
    let run = refused(&site, &["flow", "add", "gw__note-d", "--stage", "9"]);
    assert!(run.err.contains("--new-stage"), "{}", run.err);
    let stages = |site: &SiteTest| {
        let text = site.read("flow.json");
        let text = text.trim_start_matches('\u{feff}');
        let flow: serde_json::Value = serde_json::from_str(text).unwrap();
        flow["stages"].as_array().unwrap().clone()
    };
    let before = stages(&site);
    let args = [
        "flow",
        "move",
        "gw__note-a",
        "--new-stage",
        "7 끝",
        "--why",
        "왜",
        "--no-build",
    ];
    site.run(&args).ends(0);
    let after = stages(&site);
    assert_eq!(after.len(), before.len() + 1);
    let last = serde_json::json!({ "title": "7 끝", "why": "왜", "docs": ["gw__note-a"] });
    assert_eq!(after.last(), Some(&last));
    let run = refused(&site, &args);
    assert!(run.err.contains("stage `7 끝` exists"), "{}", run.err);
}

#[test]
fn a_flow_begins_with_the_title_of_its_first_stage() {
    let site = site();
    site.remove("flow.json");
    let run = refused(&site, &["flow", "add", "gw__note-a", "--stage", "0"]);
    assert!(run.err.contains("--stage '0 Overview'"), "{}", run.err);
    let args = [
        "flow",
        "add",
        "gw__note-a",
        "--stage",
        "0 시작",
        "--dry-run",
    ];
    let run = site.run(&args).ends(0);
    assert!(run.out.contains("write     flow.json"), "{}", run.out);
    assert!(!site.has("flow.json"));
    site.run(&args[..5]).ends(0);
    let flow: serde_json::Value = serde_json::from_str(&site.read("flow.json")).unwrap();
    let stage = serde_json::json!([{ "title": "0 시작", "docs": ["gw__note-a"] }]);
    assert_eq!(flow["stages"], stage);
    site.run(&["flow", "check"]).ends(0);
}

#[test]
fn what_cannot_be_is_refused_with_what_can() {
    for (args, words) in [
        (
            &["add", "gw__note-dd", "--stage", "1"][..],
            "did you mean `gw__note-d`?",
        ),
        (
            &["add", "gw__note-d", "--stage", "3"],
            "stages: 1 설치; 2 운영",
        ),
        (
            &["add", "gw__note-d", "--stage", "w"],
            "no stage is called `w`",
        ),
        (
            &["add", "gw__note-c", "--stage", "1"],
            "flow.json:7:9: error[flow-duplicate-document]",
        ),
        (
            &["add", "gw__note-d", "--stage", "1", "--after", "gw__note-c"],
            "is in stage `2 운영`",
        ),
        (
            &["add", "gw__note-d", "--after", "gw__note-e"],
            "error[not-in-flow]",
        ),
        (&["add", "gw__note-d"], "--stage"),
        (
            &["move", "gw__note-d", "--stage", "1"],
            "docsite flow add gw__note-d",
        ),
        (
            &["move", "gw__note-a", "--after", "gw__note-a"],
            "after itself",
        ),
        (
            &["remove", "gw__note-a", "gw__note-z"],
            "does not list `gw__note-z`",
        ),
    ] {
        let run = refused(&site(), &[&["flow"], args].concat());
        assert!(run.err.contains(words), "{args:?}: {}", run.err);
    }
}

#[test]
fn a_broken_flow_is_refused_with_its_place() {
    for (flow, place) in [
        ("{\"stages\": [\n}", "flow.json:2:1: error[flow-syntax]"),
        ("{\"stages\": 1}", "flow.json:1:12: error[flow-shape]"),
        (
            "{\"stages\": [{\"title\": \"1 A\", \"docs\": null}]}",
            "flow.json:1:38: error[flow-shape]",
        ),
    ] {
        let site = site().file("flow.json", flow);
        let run = refused(&site, &["flow", "add", "gw__note-a", "--stage", "1"]);
        assert!(run.err.contains(place), "{flow}: {}", run.err);
    }
    let site = site();
    site.remove("flow.json");
    refused(&site, &["flow", "remove", "gw__note-a"]);
}

#[test]
fn a_check_reports_the_flow_alone() {
    let site = site().doc("gw__note-a", "# A\n\n[x](gw__note-none.md)\n");
    site.rebuild();
    let run = site.run(&["check"]).ends(1);
    assert!(run.err.contains("error[broken-document]"), "{}", run.err);
    site.run(&["flow", "check"]).ok();
    site.edit("flow.json", |flow| flow.replace("\"why\": \"w\", ", ""));
    site.run(&["flow", "check"]).ends(0);
    let run = site
        .run(&["flow", "check", "--strict", "--format", "json"])
        .ends(1);
    assert!(run.out.contains("flow-missing-why"), "{}", run.out);
    site.edit("flow.json", |flow| {
        flow.replace("gw__note-c", "gw__note-cc")
    });
    let run = site.run(&["flow", "check"]).ends(1);
    assert!(
        run.err.contains("error[flow-unknown-document]"),
        "{}",
        run.err
    );
    assert!(!run.err.contains("error[broken-document]"), "{}", run.err);
    site.write("flow.json", "{");
    let run = site.run(&["flow", "check"]).ends(1);
    assert!(run.err.contains("error[flow-syntax]"), "{}", run.err);
}

#[test]
fn a_draft_can_be_listed_and_is_said_to_wait() {
    let site = site().doc("gw__note-d", "---\ndraft: true\n---\n# D\n");
    let run = site
        .run(&["flow", "add", "gw__note-d", "--stage", "2", "--no-build"])
        .ends(0);
    assert!(run.out.contains("`gw__note-d` is a draft"), "{}", run.out);
}
