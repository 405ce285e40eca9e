//! `status`: every document with its state, as a table and as JSON; it writes nothing.

use serde_json::Value;

use crate::harness::SiteTest;

/// One document in each state.
fn site() -> SiteTest {
    let names = [
        "a",
        "changed",
        "doubtful",
        "hand",
        "outdated",
        "unknown",
        "unpublished",
    ];
    let site = SiteTest::new();
    for name in names {
        site.write(
            &format!("markdown/gw__note-{name}.md"),
            format!("# {name}\n"),
        );
    }
    site.write("markdown/gw__note-draft.md", "---\ndraft: true\n---\n# D\n");
    site.write(
        "markdown/gw__note-deprecated.md",
        "---\ndeprecated: true\n---\n# D\n",
    );
    site.write("markdown/gw__note-damaged.md", "# D\n");
    site.rebuild().ok();
    let page = |name: &str| format!("public/gw__note-{name}.html");
    site.write("markdown/gw__note-changed.md", "# changed again\n");
    site.edit(&page("hand"), |text| text + "mine");
    site.edit(&page("outdated"), |text| text + "mine");
    site.write("markdown/gw__note-outdated.md", "# outdated again\n");
    site.write(&page("unknown"), "<p>theirs</p>");
    site.write(&page("doubtful"), b"\xff");
    site.write(&page("damaged"), "");
    site.write(&page("stray"), "<p>a page without a document</p>");
    site.remove(&page("unpublished"));
    site
}

fn documents(site: &SiteTest) -> Vec<Value> {
    let run = site.run(&["status", "--json"]).ends(0);
    let status: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(status["version"], 1);
    assert_eq!(
        status["pages_without_document"],
        serde_json::json!(["gw__note-stray.html"])
    );
    status["documents"].as_array().unwrap().clone()
}

#[test]
fn every_document_has_its_state() {
    let found: Vec<String> = documents(&site())
        .iter()
        .map(|d| {
            let fresh = d["up_to_date"].as_bool();
            let name = d["basename"].as_str().unwrap();
            format!(
                "{} {} {fresh:?}",
                &name["gw__note-".len()..],
                d["state"].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            "a published Some(false)",
            "changed published Some(false)",
            "damaged published Some(false)",
            "deprecated published Some(false)",
            "doubtful doubtful None",
            "draft not-published None",
            "hand hand-made None",
            "outdated hand-made None",
            "unknown unknown None",
            "unpublished not-published None",
        ]
    );
}

#[test]
fn drafts_and_deprecated_documents_are_reported() {
    let documents = documents(&site());
    let with = |key: &str| -> Vec<&str> {
        let marked = documents.iter().filter(|d| d[key] == true);
        marked.map(|d| d["basename"].as_str().unwrap()).collect()
    };
    assert_eq!(with("draft"), ["gw__note-draft"]);
    assert_eq!(with("deprecated"), ["gw__note-deprecated"]);
}

#[test]
fn hand_made_pages_whose_markdown_changed_after_them_are_reported() {
    let site = site();
    let changed: Vec<Value> = documents(&site)
        .into_iter()
        .filter(|d| d["source_changed"] == true)
        .collect();
    assert_eq!(changed.len(), 1);
    assert_eq!(changed[0]["basename"], "gw__note-outdated");
    let table = site.run(&["status"]).ends(0);
    let line = |name: &str| {
        let lines = table.out.lines();
        lines.filter(|line| line.contains(name)).collect::<String>()
    };
    assert!(
        line("gw__note-outdated").contains("changed since"),
        "{}",
        table.out
    );
    assert!(!line("gw__note-hand").contains("changed"), "{}", table.out);
}

#[test]
fn the_table_has_a_line_a_document() {
    let site = site();
    let run = site.run(&["status"]).ends(0);
    for (name, words) in [
        // Beside a document whose title changed.
        ("a", "published, out of date"),
        ("changed", "published, out of date"),
        ("deprecated", "published, deprecated, out of date"),
        ("draft", "not published, draft"),
        ("hand", "hand-made"),
        ("unknown", "unknown origin"),
        ("unpublished", "not published"),
    ] {
        let start = format!("gw__note-{name} ");
        let line = run
            .out
            .lines()
            .find(|line| line.starts_with(&start))
            .unwrap();
        assert!(
            line[start.len()..].trim_start().starts_with(words),
            "{line}"
        );
    }
    assert!(run.out.contains("gw__note-stray.html"));
    assert!(run.out.lines().last().unwrap().starts_with("10 documents"));
}

#[test]
fn it_writes_nothing_at_all() {
    let site = site();
    site.writes_nothing(&["status"]).ends(0);
    site.writes_nothing(&["status", "--json"]).ends(0);
    let fresh = SiteTest::new().doc("gw__note-a", "# A\n");
    fresh.writes_nothing(&["status"]).ends(0);
    fresh.writes_nothing(&["rebuild", "--dry-run"]).ends(0);
}

#[test]
fn after_a_rebuild_all_that_is_docsites_is_up_to_date() {
    let site = site();
    site.rebuild().ends(0);
    for document in documents(&site) {
        assert_ne!(document["up_to_date"], false, "{document}");
    }
}

#[test]
fn what_is_wrong_with_a_document_goes_to_standard_error_and_the_json_stays_json() {
    let site = SiteTest::new().doc("gw__note-bad", "---\ntitle: \"open\n---\n");
    let run = site.run(&["status", "--json"]);
    assert!(
        serde_json::from_str::<Value>(&run.out).is_ok(),
        "{}",
        run.out
    );
    run.complains("markdown/gw__note-bad.md:2:8");
}

#[test]
fn a_filter_lists_the_documents_that_the_catalogue_would() {
    let site = SiteTest::new()
        .doc("gw__note-a", "# 게이트웨이 설정\n\n요약.\n")
        .doc("gw__note-b", "# B\n\nmTLS 신원을 다룬다.\n")
        .doc("gw__guide-canary", "# C\n");
    site.rebuild().ok();
    let found = |filter: &str| -> Vec<String> {
        let run = site.run(&["status", "--json", "--filter", filter]).ok();
        let status: Value = serde_json::from_str(&run.out).unwrap();
        let documents = status["documents"].as_array().unwrap().iter();
        documents
            .map(|document| document["basename"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(found("ㄱㅌㅇㅇ"), ["gw__note-a"]);
    assert_eq!(found("MTLS 신원은"), ["gw__note-b"]);
    assert_eq!(found("guide-can"), ["gw__guide-canary"]);
    assert_eq!(found("").len(), 3);
    assert_eq!(found("그런것은없다"), [""; 0]);
}

#[test]
fn a_note_adds_to_the_state_and_does_not_repeat_it() {
    let run = site().run(&["status"]).ends(0);
    for line in [
        "gw__note-draft        not published, draft\n",
        "gw__note-hand         hand-made\n",
        "gw__note-outdated     hand-made  (its document changed since)\n",
        "gw__note-unknown      unknown origin  (`docsite rebuild --adopt` takes it over)\n",
        "gw__note-doubtful     left alone  (is not UTF-8)\n",
    ] {
        assert!(run.out.contains(line), "{line}{}", run.out);
    }
}
