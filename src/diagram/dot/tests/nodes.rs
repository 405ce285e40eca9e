//! Nodes: shapes, styles, links.

use super::{check, check_line, lines};

#[test]
fn shapes() {
    let shapes = [
        ("box", "[\"a\"]"),
        ("rect", "[\"a\"]"),
        ("square", "[\"a\"]"),
        ("ellipse", "(\"a\")"),
        ("oval", "(\"a\")"),
        ("egg", "(\"a\")"),
        ("circle", "((\"a\"))"),
        ("doublecircle", "(((\"a\")))"),
        ("diamond", "{\"a\"}"),
        ("Mdiamond", "{\"a\"}"),
        ("cylinder", "[(\"a\")]"),
        ("hexagon", "{{\"a\"}}"),
        ("star", "{{\"a\"}}"),
        ("parallelogram", "[/\"a\"/]"),
        ("trapezium", "[/\"a\"\\]"),
        ("invtrapezium", "[\\\"a\"/]"),
        ("house", "[\"a\"]@{ shape: notch-pent }"),
        ("note", "[\"a\"]@{ shape: notch-rect }"),
        ("tab", "[\"a\"]@{ shape: folder }"),
        ("folder", "[\"a\"]@{ shape: folder }"),
        ("component", "[[\"a\"]]"),
        ("box3d", "[\"a\"]@{ shape: st-rect }"),
        ("triangle", "[\"a\"]@{ shape: tri }"),
        ("record", "[\"a\"]"),
        ("Mrecord", "(\"a\")"),
        ("what", "[\"a\"]"),
        ("BOX", "[\"a\"]"),
    ];
    for (shape, expected) in shapes {
        assert_eq!(
            lines(&format!("graph {{ a [shape={shape}] }}")),
            [format!("n0{expected}")],
            "{shape}"
        );
    }
}

#[test]
fn shapes_without_an_outline_and_shapes_with_two() {
    check(&[
        (
            "graph { a [shape=plaintext] }",
            &["n0[\"a\"]", "style n0 fill:none,stroke:none"],
        ),
        (
            "graph { a [shape=none fontcolor=red color=blue] }",
            &["n0[\"a\"]", "style n0 fill:none,stroke:none,color:#ff0000"],
        ),
        (
            "graph { a [shape=plain style=filled fillcolor=white] }",
            &["n0[\"a\"]", "style n0 fill:#ffffff,stroke:none"],
        ),
        (
            "graph { a [shape=point] }",
            &["n0[\" \"]@{ shape: f-circ }", "style n0 fill:#000000"],
        ),
        ("graph { a [shape=box peripheries=2] }", &["n0[[\"a\"]]"]),
        ("graph { a [peripheries=2] }", &["n0(((\"a\")))"]),
        (
            "graph { a [shape=box peripheries=0] }",
            &["n0[\"a\"]", "style n0 stroke:none"],
        ),
        ("graph { a [shape=box style=rounded] }", &["n0(\"a\")"]),
    ]);
}

#[test]
fn styles() {
    for (attributes, expected) in [
        ("style=filled", "fill:#d3d3d3"),
        ("style=filled color=red", "fill:#ff0000,stroke:#ff0000"),
        (
            "style=\"filled,dashed\" fillcolor=navy",
            "fill:#000080,stroke-dasharray:4 3",
        ),
        (
            "style=filled fillcolor=white fontcolor=\"#00F\"",
            "fill:#ffffff,color:#0000ff",
        ),
        ("style=filled fillcolor=transparent", "fill:transparent"),
        (
            "style=dotted color=blue",
            "stroke:#0000ff,stroke-dasharray:1 3",
        ),
        ("style=bold", "stroke-width:2px"),
        ("style=bold penwidth=4.25", "stroke-width:4.3px"),
        ("penwidth=\"1e99\"", "stroke-width:20px"),
        ("style=\"setlinewidth(3)\"", "stroke-width:3px"),
        (
            "style=invis color=red",
            "fill:none,stroke:none,color:transparent",
        ),
        ("fontcolor=red", "color:#ff0000"),
    ] {
        let style = lines(&format!("graph {{ a [{attributes}] }}")).pop();
        assert_eq!(style, Some(format!("style n0 {expected}")), "{attributes}");
    }
    for attributes in [
        "fillcolor=red",
        "style=solid",
        "color=nosuchcolour",
        "penwidth=x",
        "style=\"\"",
    ] {
        assert_eq!(
            lines(&format!("graph {{ a [{attributes}] }}")),
            ["n0(\"a\")"],
            "{attributes}"
        );
    }
}

#[test]
fn links_to_pages() {
    check_line(&[
        (
            "graph { a [URL=\"https://x.y/a?b=c&amp;d#e\"] }",
            "click n0 href \"https://x.y/a?b=c&d#e\"",
        ),
        (
            "graph { a [href=\"mailto:a@b.c\"] }",
            "click n0 href \"mailto:a@b.c\"",
        ),
        (
            "graph { a [href=\"../다른 글.md#절\"] }",
            "click n0 href \"../다른%20글.md#절\"",
        ),
        ("graph { a [href=\"#\\N\"] }", "click n0 href \"#a\""),
        (
            "graph { a [href=\"x\\\" \\\"y'<z>;`\"] }",
            "click n0 href \"x%22%20%22y%27%3Cz%3E%3B%60\"",
        ),
    ]);
    for href in [
        "javascript:alert(1)",
        " JavaScript:x",
        "java\tscript:x",
        "javascript&#58;x",
        "javascript&#58alert(1)",
        "data:text/html,x",
        "file:///etc",
        "",
        " ",
        "java\\nscript:x",
    ] {
        assert_eq!(
            lines(&format!("graph {{ a [URL=\"{href}\"] }}")),
            ["n0(\"a\")"],
            "{href}"
        );
    }
}
