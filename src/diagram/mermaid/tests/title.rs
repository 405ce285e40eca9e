//! Tests of what a source calls its picture.

use super::super::title::title;

#[test]
fn a_title_is_read_where_its_kind_has_it() {
    for (source, expected) in [
        ("pie title 제목 하나\n \"a\" : 3\n", Some("제목 하나")),
        ("pie showData\n title 제목\n", Some("제목")),
        ("pie\n \"title a\" : 3\n", None),
        ("sequenceDiagram\n title: 제목: 하나\n", Some("제목: 하나")),
        (
            "xychart-beta\n title \"제목 #35;1 #quot;\"\n",
            Some("제목 #1 \""),
        ),
        ("gantt\n title a #1<br/>b;\n", Some("a #1 b;")),
        ("%% title x\nC4Context\n titled x\n title y\n", Some("y")),
        ("mindmap\n  root\n    title x\n", None),
        ("flowchart LR\n title --> b\n", None),
        (
            "---\ntitle: \"제목: 하나\"\n---\nflowchart LR\n a\n",
            Some("제목: 하나"),
        ),
        ("---\nconfig:\n  title: x\n---\nmindmap\n a\n", None),
        ("---\ntitle: >\n  둘\n  줄\n---\npie\n", Some("둘 줄")),
        ("---\ntitle: a\n---\npie title b\n", Some("b")),
        ("---\ntitle: [\n---\npie\n", None),
        ("---\ntitle: ''\n---\npie\n title\n", None),
    ] {
        assert_eq!(title(source).as_deref(), expected, "{source}");
    }
}
