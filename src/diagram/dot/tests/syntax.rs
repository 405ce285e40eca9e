//! The language: tokens, statements, scopes, subgraphs.

use super::{Example, check, drawn, lines};

#[test]
fn tokens() {
    let examples: [Example; 15] = [
        (
            "digraph { a -> b }",
            &["n0(\"a\")", "n1(\"b\")", "n0 --> n1"],
        ),
        ("\u{feff}DiGraph G{a}", &["n0(\"a\")"]),
        ("STRICT graph \"my graph\" { a }", &["n0(\"a\")"]),
        (
            "graph { 노드_1 -- é }",
            &["n0(\"노드_1\")", "n1(\"é\")", "n0 --- n1"],
        ),
        (
            "graph { -1.5; .5; 3.; 42 }",
            &[
                "n0(\"#45;1.5\")",
                "n1(\".5\")",
                "n2(\"3#46;\")",
                "n3(\"42\")",
            ],
        ),
        (
            "graph { \"a b\"; \"q\\\"q\"; \"joi\\\nned\" }",
            &["n0(\"a b\")", "n1(\"q#quot;q\")", "n2(\"joined\")"],
        ),
        ("graph { \"joi\\\r\nned\" }", &["n0(\"joined\")"]),
        ("graph { \"a\" + \"b\" + \n\"c\" }", &["n0(\"abc\")"]),
        (
            "graph { a // b\n /* c\n d */ e }",
            &["n0(\"a\")", "n1(\"e\")"],
        ),
        ("#include <x>\ngraph {\n  # b ->\na }", &["n0(\"a\")"]),
        (
            "graph { a; b, c;; d }",
            &["n0(\"a\")", "n1(\"b\")", "n2(\"c\")", "n3(\"d\")"],
        ),
        (
            "graph { \"node\" -- \"end\" }",
            &["n0(\"node\")", "n1(\"end\")", "n0 --- n1"],
        ),
        (
            "graph { <html> -- a }",
            &["n0(\"html\")", "n1(\"a\")", "n0 --- n1"],
        ),
        ("digraph { a } digraph { b -- `", &["n0(\"a\")"]),
        ("digraph { \"한글\u{3000}\" }\u{a0}", &["n0(\"한글\")"]),
    ];
    check(&examples);
}

#[test]
fn statements() {
    check(&[
        (
            "digraph { a [label=x][shape=box; color=red] [label=y] }",
            &["n0[\"y\"]", "style n0 stroke:#ff0000"],
        ),
        ("digraph { a [label=x,shape=box] }", &["n0[\"x\"]"]),
        (
            "digraph { a -> b -> c [label=x] }",
            &[
                "n0(\"a\")",
                "n1(\"b\")",
                "n2(\"c\")",
                "n0 -->|\"x\"| n1",
                "n1 -->|\"x\"| n2",
            ],
        ),
        (
            "digraph { a:p:ne -> b:\"q r\" ; a:n }",
            &["n0(\"a\")", "n1(\"b\")", "n0 --> n1"],
        ),
        (
            "digraph { {a b} -> {c; d} }",
            &[
                "n0(\"a\")",
                "n1(\"b\")",
                "n2(\"c\")",
                "n3(\"d\")",
                "n0 --> n2",
                "n0 --> n3",
                "n1 --> n2",
                "n1 --> n3",
            ],
        ),
        (
            "digraph { subgraph s {a b} c -> subgraph s }",
            &[
                "n0(\"a\")",
                "n1(\"b\")",
                "n2(\"c\")",
                "n2 --> n0",
                "n2 --> n1",
            ],
        ),
        ("digraph { {} -> a }", &["n0(\"a\")"]),
        (
            "strict digraph { a -> b; a -> b [label=x]; b -> a }",
            &["n0(\"a\")", "n1(\"b\")", "n0 -->|\"x\"| n1", "n1 --> n0"],
        ),
        (
            "strict graph { a -- b; b -- a }",
            &["n0(\"a\")", "n1(\"b\")", "n0 --- n1"],
        ),
        (
            "digraph { a -> b; a -> b }",
            &["n0(\"a\")", "n1(\"b\")", "n0 --> n1", "n0 --> n1"],
        ),
    ]);
}

#[test]
fn directions() {
    for (rankdir, expected) in [
        ("TB", "TB"),
        ("LR", "LR"),
        ("BT", "BT"),
        ("RL", "RL"),
        ("\"lr\"", "LR"),
        ("XX", "TB"),
    ] {
        let flowchart = drawn(&format!("digraph {{ rankdir={rankdir} a }}"));
        assert!(
            flowchart.starts_with(&format!("flowchart {expected}\n")),
            "{flowchart}"
        );
    }
}

#[test]
fn defaults_hold_in_their_scope_and_from_there_on() {
    check(&[
        (
            "digraph { a; node [shape=box]; b; { node [shape=circle] c; { d } } e; b }",
            &[
                "n0(\"a\")",
                "n1[\"b\"]",
                "n2((\"c\"))",
                "n3((\"d\"))",
                "n4[\"e\"]",
            ],
        ),
        (
            "digraph { edge [label=x] a -> b; subgraph { edge [label=y] b -> c } c -> d [label=\"\"] }",
            &[
                "n0(\"a\")",
                "n1(\"b\")",
                "n2(\"c\")",
                "n3(\"d\")",
                "n0 -->|\"x\"| n1",
                "n1 -->|\"y\"| n2",
                "n2 --> n3",
            ],
        ),
        // What a graph says before a cluster is the cluster's too; what it says after is not.
        (
            "digraph { color=red subgraph cluster_a { a } bgcolor=blue subgraph cluster_b { color=lime b } }",
            &[
                "subgraph c0[\" \"]",
                "direction TB",
                "n0(\"a\")",
                "end",
                "subgraph c1[\" \"]",
                "direction TB",
                "n1(\"b\")",
                "end",
                "style c0 stroke:#ff0000",
                "style c1 fill:#0000ff,stroke:#00ff00",
            ],
        ),
    ]);
}

#[test]
fn clusters() {
    check(&[
        (
            "digraph { x -> a; subgraph cluster_0 { label=\"A [1]\"; a -> b; subgraph cluster_1 { b c } } subgraph cluster_2 { label=none; } }",
            &[
                "n0(\"x\")",
                "subgraph c0[\"A #91;1#93;\"]",
                "direction TB",
                "n1(\"a\")",
                "subgraph c1[\"A #91;1#93;\"]",
                "direction TB",
                "n2(\"b\")",
                "n3(\"c\")",
                "end",
                "end",
                "n0 --> n1",
                "n1 --> n2",
            ],
        ),
        // Reopened, and found through a subgraph that is not a cluster.
        (
            "digraph { subgraph cluster_a { a } b; subgraph cluster_a { { rank=same; c } } }",
            &[
                "subgraph c0[\" \"]",
                "direction TB",
                "n0(\"a\")",
                "n2(\"c\")",
                "end",
                "n1(\"b\")",
            ],
        ),
        // The first cluster keeps its node.
        (
            "digraph { subgraph cluster_a { a } subgraph cluster_b { a b } }",
            &[
                "subgraph c0[\" \"]",
                "direction TB",
                "n0(\"a\")",
                "end",
                "subgraph c1[\" \"]",
                "direction TB",
                "n1(\"b\")",
                "end",
            ],
        ),
        (
            "digraph { subgraph s { cluster=true; a } subgraph t { b } }",
            &[
                "subgraph c0[\" \"]",
                "direction TB",
                "n0(\"a\")",
                "end",
                "n1(\"b\")",
            ],
        ),
    ]);
}

#[test]
fn looks_of_clusters() {
    for (attributes, expected) in [
        ("bgcolor=lightyellow", Some("fill:#ffffe0")),
        ("style=filled", Some("fill:#d3d3d3")),
        (
            "style=filled color=navy",
            Some("fill:#000080,stroke:#000080"),
        ),
        (
            "style=filled fillcolor=white color=red pencolor=blue",
            Some("fill:#ffffff,stroke:#0000ff"),
        ),
        ("fillcolor=white", None),
        (
            "style=\"dashed,rounded\" fontcolor=red",
            Some("stroke-dasharray:4 3,rx:8px,ry:8px,color:#ff0000"),
        ),
        (
            "style=dotted penwidth=3 color=gray50",
            Some("stroke:#7f7f7f,stroke-width:3px,stroke-dasharray:1 3"),
        ),
        ("peripheries=0", Some("stroke:none")),
        (
            "style=invis",
            Some("fill:none,stroke:none,color:transparent"),
        ),
    ] {
        let source = format!("graph {{ subgraph cluster {{ a graph [{attributes}] }} }}");
        let style = lines(&source)
            .into_iter()
            .find(|line| line.starts_with("style"));
        assert_eq!(
            style,
            expected.map(|expected| format!("style c0 {expected}")),
            "{attributes}"
        );
    }
}

#[test]
fn titles() {
    for (label, title) in [
        ("구조", "구조"),
        ("a: \\\"b\\\" #1 \\\\ c", "a: \\\"b\\\" #1 \\\\ c"),
        ("one\\ntwo\\lthree", "one\\ntwo\\nthree"),
        (
            "<b> %%{init}%% ---",
            "\\x3Cb\\x3E \\x25\\x25{init}\\x25\\x25 ---",
        ),
        ("\\G!", "g!"),
    ] {
        let flowchart = drawn(&format!("graph g {{ a; label=\"{label}\" }}"));
        assert!(
            flowchart.starts_with(&format!("---\ntitle: \"{title}\"\n---\nflowchart TB\n")),
            "{flowchart}"
        );
    }
    assert_eq!(
        drawn("graph { label=\" \" a }"),
        "flowchart TB\n  n0(\"a\")\n"
    );
}
