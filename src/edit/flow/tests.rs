//! The layout of a flow stays: what each change makes of each way to write it.

use super::check;
use super::place::{Place, Spot};
use super::text::Text;

const SAME: &dyn Fn(&str, &str) -> bool = &|one, other| one == other;

/// The text with `x` in a stage.
fn with(text: &str, stage: &str, spot: Spot, note: Option<&str>) -> String {
    let stage = Some(stage.to_owned());
    put(text, &Place::In { stage, spot }, note)
}

fn put(text: &str, place: &Place, note: Option<&str>) -> String {
    let read = Text::read(text, SAME).expect("a flow");
    let (new, _) = read
        .placed(place, &|at| read.entry(at, "x", note))
        .expect("edited");
    let mut wanted = read.flow.written();
    let own = ("x".to_owned(), note.unwrap_or_default().to_owned());
    read.put(&mut wanted, place, own).expect("a place");
    check(&new, &wanted).expect("as wanted");
    new
}

fn without(text: &str, name: &str) -> String {
    let read = Text::read(text, SAME).expect("a flow");
    read.without(name).expect("edited").0
}

/// A stage with this list, in a flow on one line.
fn flow(docs: &str) -> String {
    format!("{{\"stages\": [{{\"title\": \"0 A\", \"docs\": {docs}}}]}}")
}

#[test]
fn a_list_stays_as_it_is_laid_out() {
    let after = |name: &str| Spot::After(name.to_owned());
    for (before, spot, wanted) in [
        (r"[]", Spot::Last, r#"["x"]"#),
        (r#"["a"]"#, Spot::Last, r#"["a", "x"]"#),
        (r#"["a"]"#, Spot::First, r#"["x", "a"]"#),
        (r#"[ "a","b" ]"#, Spot::Last, r#"[ "a","b","x" ]"#),
        (r#"["a", "b"]"#, after("a"), r#"["a", "x", "b"]"#),
        ("[\n\t\"a\"\n]", Spot::Last, "[\n\t\"a\",\n\t\"x\"\n]"),
        ("[\n\t\"a\"\n]", Spot::First, "[\n\t\"x\",\n\t\"a\"\n]"),
        (
            "[\r\n  \"a\",\r\n  \"b\"]",
            after("a"),
            "[\r\n  \"a\",\r\n  \"x\",\r\n  \"b\"]",
        ),
        ("[\n]", Spot::Last, "[\n  \"x\"\n]"),
        (
            "[\"a\"\n, \"b\"\n]",
            Spot::Last,
            "[\"a\"\n, \"b\"\n, \"x\"\n]",
        ),
        (r#"[7, "a"]"#, after("a"), r#"[7, "a", "x"]"#),
        (
            r#"[{"doc": "a.md"}]"#,
            after("a"),
            r#"[{"doc": "a.md"}, "x"]"#,
        ),
    ] {
        assert_eq!(
            with(&flow(before), "0", spot, None),
            flow(wanted),
            "{before}"
        );
    }
}

#[test]
fn what_is_taken_out_leaves_the_lines_of_the_others() {
    for (before, wanted) in [
        (r#"["x"]"#, "[]"),
        ("[\n  \"x\"\n]", "[]"),
        (r#"["x", "a"]"#, r#"["a"]"#),
        (r#"["a","x"]"#, r#"["a"]"#),
        (
            "[\n  \"a\",\n  \"x\",\n  \"b\"\n]",
            "[\n  \"a\",\n  \"b\"\n]",
        ),
        ("[\n  \"a\", \"x\",\n  \"b\"\n]", "[\n  \"a\",\n  \"b\"\n]"),
        ("[\n  \"a\",\n  \"x\", \"b\"\n]", "[\n  \"a\",\n  \"b\"\n]"),
        ("[\n  \"a\",\n  {\n \"doc\": \"x\" }\n]", "[\n  \"a\"\n]"),
        ("[\"a\"\n, \"x\"\n, \"b\"\n]", "[\"a\"\n, \"b\"\n]"),
        (r#"["x.md", "a", {"doc": "x", "note": "n"}]"#, r#"["a"]"#),
    ] {
        assert_eq!(without(&flow(before), "x"), flow(wanted), "{before}");
    }
}

#[test]
fn an_entry_with_a_note_is_written_like_another() {
    for (before, wanted) in [
        (r"[]", r#"[{ "doc": "x", "note": "\"왜\"" }]"#),
        (
            r#"[{"note": "n", "doc": "a"}]"#,
            r#"[{"note": "n", "doc": "a"}, {"note": "\"왜\"", "doc": "x"}]"#,
        ),
        (
            "[\n  {\n    \"doc\": \"a\",\n    \"note\": \"n\"\n  }\n]",
            "[\n  {\n    \"doc\": \"a\",\n    \"note\": \"n\"\n  },\n  {\n    \"doc\": \"x\",\n    \
             \"note\": \"\\\"왜\\\"\"\n  }\n]",
        ),
    ] {
        let new = with(&flow(before), "A", Spot::Last, Some("\"왜\""));
        assert_eq!(new, flow(wanted), "{before}");
    }
}

#[test]
fn a_stage_without_documents_gets_a_list_as_the_others_have_it() {
    let pretty = "{\n\t\"stages\": [\n\t\t{\n\t\t\t\"title\": \"0 A\",\n\t\t\t\"links\": []\n\t\t}\n\t]\n}\n";
    let wanted = "{\n\t\"stages\": [\n\t\t{\n\t\t\t\"title\": \"0 A\",\n\t\t\t\"docs\": [\n\t\t\t\t\"x\"\n\
                  \t\t\t],\n\t\t\t\"links\": []\n\t\t}\n\t]\n}\n";
    assert_eq!(with(pretty, "0", Spot::Last, None), wanted);
    let empty = pretty.replace("\"links\"", "\"docs\"");
    let wanted = wanted.replace(",\n\t\t\t\"links\": []", "");
    assert_eq!(with(&empty, "0", Spot::Last, None), wanted);
    let tight = r#"{"stages":[{"title":"0 A","why":"w"}]}"#;
    let wanted = r#"{"stages":[{"title":"0 A","why":"w","docs":["x"]}]}"#;
    assert_eq!(with(tight, "0", Spot::Last, None), wanted);
    let tight = r#"{"stages":[{"title":"0 A","docs":["a"]}]}"#;
    let wanted = r#"{"stages":[{"title":"0 A","docs":["a","x"]}]}"#;
    assert_eq!(with(tight, "0", Spot::Last, None), wanted);
}

#[test]
fn a_stage_is_called_by_its_number_its_title_or_a_part_of_it() {
    let text = r#"{"stages": [{"title": "1 설치"}, {"title": "2 트래픽 in/out"}, {"title": "Traffic"},
        {"title": "2nd"}]}"#;
    let read = Text::read(text, SAME).expect("a flow");
    let stage = |said: &str| read.stage(Some(said), &Spot::Last).ok();
    for (said, at) in [
        ("1", Some(0)),
        ("1 설치", Some(0)),
        ("설치", Some(0)),
        ("트래픽", Some(1)),
        // The catalogue shows its number from 0, where a title has none.
        ("3", Some(3)),
        ("traffic", Some(2)),
        ("IN/OUT", Some(1)),
        // Both 2, as the catalogue shows them.
        ("2", None),
        ("2nd", Some(3)),
        ("9", None),
        ("t", None),
        ("", None),
    ] {
        assert_eq!(stage(said), at, "{said}");
    }
}

#[test]
fn the_first_stage_is_laid_out_as_the_file_is() {
    for (before, wanted) in [
        (
            super::EMPTY,
            "{\n  \"stages\": [\n    {\n      \"title\": \"0 시작\",\n      \"docs\": [\n        \
             \"x\"\n      ]\n    }\n  ]\n}\n",
        ),
        (
            r#"{"stages":[]}"#,
            r#"{"stages":[{"title":"0 시작","docs":["x"]}]}"#,
        ),
    ] {
        assert_eq!(with(before, "0 시작", Spot::Last, None), wanted);
    }
}

#[test]
fn another_stage_is_laid_out_as_the_others_are() {
    let place = Place::New {
        title: "1 다음".to_owned(),
        why: Some("이유".to_owned()),
    };
    for (before, wanted) in [
        (
            r#"{"stages":[{"title":"0 A","docs":["a"]}]}"#,
            r#"{"stages":[{"title":"0 A","docs":["a"]},{"title":"1 다음","why":"이유","docs":["x"]}]}"#,
        ),
        (
            r#"{"stages": [{"title": "0 A"}]}"#,
            r#"{"stages": [{"title": "0 A"}, {"title": "1 다음", "why": "이유", "docs": ["x"]}]}"#,
        ),
        (
            "{\n  \"stages\": [\n    {\n      \"title\": \"0 A\"\n    }\n  ]\n}\n",
            "{\n  \"stages\": [\n    {\n      \"title\": \"0 A\"\n    },\n    {\n      \"title\": \"1 다음\",\n      \
             \"why\": \"이유\",\n      \"docs\": [\n        \"x\"\n      ]\n    }\n  ]\n}\n",
        ),
    ] {
        assert_eq!(put(before, &place, None), wanted);
    }
}
