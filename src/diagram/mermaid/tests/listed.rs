//! Tests of names that have no room in their boxes.

use crate::diagram::mermaid::draw;

#[test]
fn names_without_room_are_numbered_and_listed() {
    let source = "treemap-beta\n\"Istio\"\n  \"Gateway\": 40\n  \"a <name> that is long\": 1\n  \"Group with a name\"\n    \"another long name\": 1\n";
    let svg = draw(source).expect("a picture").placed("1", "");
    assert!(
        svg.contains(">①</text>") && svg.contains(">②</text>"),
        "{svg}"
    );
    let list =
        ">Group with a name · ① a &lt;name&gt; that is long 1 · ② another long name 1</text>";
    assert!(svg.contains(list), "{svg}");
    let whole = draw("treemap-beta\n\"A\"\n  \"b\": 1\n").expect("a picture");
    assert!(!whole.placed("1", "").contains('①'));
}

#[test]
fn names_wider_than_their_field_are_numbered_and_listed() {
    let source = "packet-beta\n0-14: \"Port\"\n15: \"ACK\"\n16: \"Acknowledgement & more\"\n17: \"긴급 포인터 유효\"\n18-31: \"Rest\"\n";
    let svg = draw(source).expect("a picture").placed("1", "");
    assert!(svg.contains(">ACK</text>"), "{svg}");
    let list = ">① Acknowledgement &amp; more · ② 긴급 포인터 유효</text>";
    assert!(svg.contains(list) && svg.contains(">①</text>"), "{svg}");
}

#[test]
fn groups_without_room_are_listed_with_their_value() {
    let source = "treemap-beta\n\"A\"\n  \"a\": 100\n\"B & C\"\n  \"b\": 0.01\n  \"c\": 0.01\n";
    let svg = draw(source).expect("a picture").placed("1", "");
    assert!(
        svg.contains(">B &amp; C 0.02 · b 0.01 · c 0.01</text>"),
        "{svg}"
    );
}

#[test]
fn links_of_participants_are_listed() {
    let source = "sequenceDiagram\n participant a as 서비스\n actor b as Bob\n link a: Wiki & more @ https://example.org/wiki\n \
                  links b: {\"대시보드\": \"https://example.org/b\"}\n a->>b: x\n";
    let svg = draw(source).expect("a picture").placed("1", "");
    let link = |target: &str, words: &str| {
        let (_, link) = svg
            .split_once(&format!("<a href=\"{target}\""))
            .expect("a link");
        assert!(
            link.split_once("</a>")
                .is_some_and(|(link, _)| link.contains(words)),
            "{svg}"
        );
    };
    link(
        "https://example.org/wiki",
        ">서비스: Wiki &amp; more</text>",
    );
    link("https://example.org/b", ">Bob: 대시보드</text>");
}

#[test]
fn long_names_of_circles_and_quadrants_are_in_lines() {
    for (source, line) in [
        (
            "venn-beta\n set A[\"Frontend engineers with design skills\"]\n set B[\"b\"]\n union A,B[\"c\"]\n",
            ">Frontend<",
        ),
        (
            "quadrantChart\n title Reach of the campaigns\n quadrant-1 We should expand this quadrant & more\n a: [0.6, 0.7]\n",
            ">We should expand this<",
        ),
    ] {
        let svg = draw(source).expect("a picture").placed("1", "");
        assert!(svg.contains(line), "{svg}");
    }
}
