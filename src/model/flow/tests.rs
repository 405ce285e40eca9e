//! Entries that are right and wrong, and what is reported where.

use std::collections::BTreeSet;

use super::reading::parse;
use super::{Flow, numbered};
use crate::markdown::events::Dialect;
use crate::model::corpus::Corpus;
use crate::model::document;
use crate::name::Basename;

fn resolved(json: &str) -> (Flow, Vec<String>) {
    let documents = ["gw__note-a", "gw__note-b", "gw__note-hidden"]
        .into_iter()
        .map(|name| {
            let name = Basename::parse(name).expect("valid");
            document::read(name, b"# T\n", Dialect::Site { math: true }).document
        })
        .collect();
    let (corpus, _) = Corpus::new(documents, |_| false);
    let published = corpus
        .iter()
        .filter(|(_, document)| document.name.name() != "hidden")
        .map(|(id, _)| id)
        .collect();
    let files = BTreeSet::from(["attachment/egress/gateway.yaml".to_owned()]);
    let (raw, mut problems) = parse(json.as_bytes()).expect("JSON");
    let (flow, more) = raw.resolve(&corpus, &published, &files);
    problems.extend(more);
    let problems = problems
        .into_iter()
        .map(|d| {
            let at = d.position.expect("a place");
            let help = d.help.map(|h| format!(" ({h})")).unwrap_or_default();
            format!("{}:{}: {}{help}", at.line, at.column, d.message)
        })
        .collect();
    (flow, problems)
}

#[test]
fn entries_are_short_or_long() {
    let (flow, problems) = resolved(
        r#"{"title":"T","stages":[{"title":"0 A","why":"w","docs":["gw__note-a",{"doc":"gw__note-b","note":"n"}],
        "attachments":["attachment/egress/gateway.yaml",{"path":"attachment/egress/gateway.yaml","label":"l"}],
        "links":[{"label":"L","url":"https://istio.io"}]}]}"#,
    );
    assert_eq!(problems, Vec::<String>::new());
    let stage = &flow.stages[0];
    assert_eq!(stage.docs.len(), 2);
    assert_eq!(stage.docs[1].note, "n");
    assert_eq!(stage.attachments[1].label, "l");
    assert_eq!(stage.links[0].url, "https://istio.io");
}

#[test]
fn wrong_entries_are_named_with_their_place_and_left_out() {
    let (flow, problems) = resolved(
        "{\"stages\": [{\"title\": \"0\", \"whi\": \"\", \"docs\": [\n  \"gw__note-a\",\n  \"gw__note-aa\",\n  \
         \"gw__note-hidden\",\n  \"gw__note-a\",\n  7\n],\n\"attachments\": [\"attachment/gateway.yaml\"],\n\
         \"links\": [{\"label\": \"x\", \"url\": \"javascript:x\"}]}]}",
    );
    assert_eq!(flow.stages[0].docs.len(), 1);
    assert_eq!(flow.stages[0].links, []);
    let waiting = flow.waiting.iter();
    let waiting: Vec<_> = waiting.map(|entry| entry.name.as_str()).collect();
    assert_eq!(waiting, ["gw__note-hidden"]);
    assert_eq!(
        problems,
        [
            "1:28: unknown key `whi` (did you mean `why`?)",
            "6:3: must be a basename or { \"doc\", \"note\" }",
            "9:26: `url` must begin with https:// or http://",
            "3:3: no document `gw__note-aa` (did you mean `gw__note-a`?)",
            "5:3: already listed on line 2: a document has one place",
            "8:17: no file `attachment/gateway.yaml` (did you mean `attachment/egress/gateway.yaml`?)",
        ]
    );
}

#[test]
fn a_file_without_a_readable_path_is_refused_with_its_place() {
    let deep = "[".repeat(100_000);
    for (json, at) in [
        ("{\"stages\": [}", (1, 13)),
        ("", (1, 1)),
        ("42", (1, 1)),
        ("[]", (1, 1)),
        ("{} x", (1, 4)),
        ("{\"stages\": {}}", (1, 12)),
        ("{\"stage\": []}", (1, 2)),
        ("{}", (1, 1)),
        ("{\"title\": \"T\"}", (1, 1)),
        (&deep, (1, 100_000)),
    ] {
        let problems = parse(json.as_bytes()).expect_err(json);
        let place = problems[0].position.expect("a place");
        assert_eq!((place.line, place.column), at, "{problems:?}");
    }
    assert!(parse(b"\"\xff\"").is_err());
    assert_eq!(resolved("{\"stages\": []}").1, [""; 0]);
}

#[test]
fn a_stage_takes_its_number_from_its_title() {
    assert_eq!(
        numbered(5, "2 트래픽 in/out"),
        ("2".to_owned(), "트래픽 in/out")
    );
    assert_eq!(numbered(5, "10. 운영"), ("10".to_owned(), "운영"));
    assert_eq!(numbered(5, "설치"), ("5".to_owned(), "설치"));
    assert_eq!(numbered(5, "2nd"), ("5".to_owned(), "2nd"));
    assert_eq!(numbered(5, "7"), ("5".to_owned(), "7"));
}
