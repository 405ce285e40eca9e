//! flow.json: every invalid entry is reported with line and column and left out, and the rest is
//! built; the JSON Schema for editors accepts what docsite accepts.

use std::path::Path;

use serde_json::{Value, json};

use crate::harness::{Run, SiteTest};

fn with_flow(flow: impl AsRef<[u8]>) -> (SiteTest, Run) {
    let site = SiteTest::new()
        .file("flow.json", flow)
        .file("attachment/e/y.yaml", "a: 1\n")
        .doc("gw__note-a", "# A\n")
        .doc("gw__note-b", "# B\n")
        .doc("gw__note-draft", "---\ndraft: true\n---\n# D\n");
    let run = site.rebuild();
    (site, run)
}

#[test]
fn each_wrong_entry_has_its_place_and_the_rest_stays() {
    let flow = r#"{
  "stages": [
    { "title": "0 A", "whi": "",
      "docs": [
        "gw__note-a",
        "gw__note-aa",
        "gw__note-a",
        { "doc": "gw__note-b", "nota": "" },
        { "note": "no doc" },
        7
      ],
      "attachments": [ "attachment/e/z.yaml", "e/y.yaml", { "path": "../y" }, true ],
      "links": [ { "label": "x", "url": "javascript:alert(1)" }, "https://istio.io" ] },
    { "why": "no title" },
    "no stage",
    { "title": "1 B", "docs": {}, "why": 1 }
  ]
}
"#;
    let (site, run) = with_flow(flow);
    let run = run.ends(1);
    let expected = [
        ("3:23", "`why`"),
        ("6:9", "`gw__note-a`"),
        ("7:9", "line 5"),
        ("8:32", "`note`"),
        ("9:9", "`doc`"),
        ("10:9", "basename"),
        ("12:24", "`attachment/e/y.yaml`"),
        ("12:47", "under attachment/"),
        ("12:59", "under attachment/"),
        ("12:79", "path"),
        ("13:34", "https://"),
        ("13:66", "label"),
        ("14:5", "title"),
        ("15:5", "object"),
        ("16:31", "list"),
        ("16:42", "text"),
    ];
    for (place, word) in expected {
        let place = format!("{place}: ");
        let mut problems = run.err.split("flow.json:");
        let told = problems.any(|text| text.starts_with(&place) && text.contains(word));
        assert!(told, "{place} {word}: {}", run.err);
    }
    assert_eq!(
        run.err.matches("error[flow-").count(),
        expected.len(),
        "{}",
        run.err
    );
    let page = site.page("public/index.html");
    let documents = page.attrs("#flow ol.line a", "href");
    assert_eq!(documents, ["gw__note-a.html", "gw__note-b.html"]);
}

#[test]
fn a_document_that_is_not_published_is_left_out_and_reported() {
    let (site, run) =
        with_flow("{\"stages\": [{\"title\": \"0\", \"docs\": [\n \"gw__note-draft\"]}]}");
    run.complains("flow.json:2:2").complains("is a draft");
    assert_eq!(site.page("public/index.html").count("#flow ol.line a"), 0);
}

#[test]
fn a_flow_that_is_not_json_stops_the_build_with_its_place() {
    let wrong: [(&[u8], &str); 8] = [
        (b"{\"stages\": [\n}", "2:1"),
        (b"", "1:1"),
        (b"42", "1:1"),
        (b"[]", "1:1"),
        (b"{} x", "1:4"),
        (b"{\"stages\": [], // no\n}", "1:"),
        (b"{\"title\": \"\xff\"}", "1:12"),
        (b"{\"stages\": []}\0", "1:"),
    ];
    for (flow, place) in wrong {
        let (site, run) = with_flow(flow);
        run.ends(2).complains(&format!("flow.json:{place}"));
        assert!(!site.has("public"));
        assert_eq!(site.bytes("flow.json"), flow);
    }
}

#[test]
fn a_byte_order_mark_and_line_ends_do_not_matter() {
    let flow = "{\"stages\": [{\"title\": \"0 A\",\n \"docs\": [\"gw__note-a\"]}]}\n";
    let (plain, run) = with_flow(flow);
    run.ok();
    let (odd, run) = with_flow(format!("\u{feff}{}", flow.replace('\n', "\r\n")));
    run.ok();
    assert_eq!(
        plain.read("public/index.html"),
        odd.read("public/index.html")
    );
}

#[test]
fn names_may_have_their_endings() {
    let flow =
        r#"{"stages": [{"title": "0", "docs": ["gw__note-a.md", {"doc": "gw__note-b.html"}]}]}"#;
    let (site, run) = with_flow(flow);
    run.ok();
    assert_eq!(site.page("public/index.html").count("#flow ol.line a"), 2);
}

#[test]
fn a_changed_flow_reaches_the_pages_on_it() {
    let (site, run) =
        with_flow(r#"{"stages": [{"title": "0", "docs": ["gw__note-a", "gw__note-b"]}]}"#);
    run.ok();
    assert_eq!(site.page("public/gw__note-a.html").count(".step .next"), 1);
    site.write(
        "flow.json",
        r#"{"stages": [{"title": "0", "docs": ["gw__note-b", "gw__note-a"]}]}"#,
    );
    site.rebuild().ok();
    assert_eq!(site.page("public/gw__note-a.html").count(".step .next"), 0);
    assert_eq!(
        site.page("public/gw__note-a.html").count(".step .previous"),
        1
    );
}

fn schema() -> Value {
    let run = SiteTest::new().run_bare(&["schema", "flow"]).ok();
    serde_json::from_str(&run.out).unwrap()
}

fn file(path: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

#[test]
fn the_schema_takes_the_flows_that_docsite_takes() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    let good = [
        file("flow.json"),
        file("src/commands/scaffold/ko/flow.json"),
        file("src/commands/scaffold/en/flow.json"),
        json!({ "stages": [] }),
        json!({ "$schema": "x", "title": "T", "stages": [{ "title": "0 A" }] }),
        json!({ "stages": [{ "title": "0", "docs": ["gw__note-a", { "doc": "gw__note-b" }],
            "attachments": ["attachment/e/y.yaml", { "path": "attachment/e/y.yaml", "label": "l" }],
            "links": [{ "label": "l", "url": "https://istio.io" }] }] }),
    ];
    for flow in &good {
        let errors: Vec<String> = validator.iter_errors(flow).map(|e| e.to_string()).collect();
        assert_eq!(errors, [""; 0]);
    }
    with_flow(good[4].to_string()).1.ok();
    with_flow(good[5].to_string()).1.ok();
}

#[test]
fn the_schema_refuses_what_docsite_refuses() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    let stage = |stage: Value| json!({ "stages": [stage] });
    let bad = [
        json!(42),
        json!([]),
        json!({ "stages": {} }),
        json!({ "stages": [], "stage": [] }),
        stage(json!("0 A")),
        stage(json!({ "why": "no title" })),
        stage(json!({ "title": "" })),
        stage(json!({ "title": "0", "whi": "" })),
        stage(json!({ "title": "0", "why": 1 })),
        stage(json!({ "title": "0", "docs": "gw__note-a" })),
        stage(json!({ "title": "0", "docs": [7] })),
        stage(json!({ "title": "0", "docs": ["index"] })),
        stage(json!({ "title": "0", "docs": [{ "note": "n" }] })),
        stage(json!({ "title": "0", "docs": [{ "doc": "gw__note-a", "nota": "" }] })),
        stage(json!({ "title": "0", "attachments": ["../x"] })),
        stage(json!({ "title": "0", "attachments": [{ "label": "l" }] })),
        stage(json!({ "title": "0", "links": ["https://istio.io"] })),
        stage(json!({ "title": "0", "links": [{ "url": "javascript:x" }] })),
    ];
    for flow in bad {
        assert!(!validator.is_valid(&flow), "{flow}");
        let run = with_flow(flow.to_string()).1;
        assert_ne!(run.status, 0, "{flow}");
        run.complains("flow.json:");
    }
}
