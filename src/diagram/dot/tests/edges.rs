//! Edges: ends, lines, labels, length, and the nodes they join.

use super::{check, check_line, lines};

fn link(kind: &str, attributes: &str) -> Vec<String> {
    let operator = if kind == "graph" { "--" } else { "->" };
    lines(&format!("{kind} {{ a {operator} b [{attributes}] }}")).split_off(2)
}

#[test]
fn tokens() {
    for (attributes, expected) in [
        ("", "n0 --> n1"),
        ("dir=none", "n0 --- n1"),
        ("dir=both", "n0 <--> n1"),
        ("arrowhead=none", "n0 --- n1"),
        ("arrowhead=vee", "n0 --> n1"),
        ("arrowhead=dot", "n0 --o n1"),
        ("arrowhead=odot", "n0 --o n1"),
        ("arrowhead=tee", "n0 --x n1"),
        ("arrowhead=obox", "n0 --x n1"),
        ("arrowhead=crow", "n0 --> n1"),
        ("arrowhead=odiamond", "n0 --> n1"),
        ("dir=both arrowtail=dot arrowhead=dot", "n0 o--o n1"),
        ("dir=both arrowtail=dot", "n0 <--> n1"),
        ("dir=both arrowtail=none", "n0 --> n1"),
        ("style=dashed", "n0 -.-> n1"),
        ("style=dotted dir=none", "n0 -.- n1"),
        ("style=dashed dir=both", "n0 <-.-> n1"),
        ("style=bold", "n0 ==> n1"),
        ("style=bold dir=none", "n0 === n1"),
        ("style=invis label=x color=red", "n0 ~~~ n1"),
        ("minlen=3", "n0 ----> n1"),
        ("minlen=2 style=dashed", "n0 -..-> n1"),
        ("minlen=2 style=bold dir=none", "n0 ==== n1"),
        ("minlen=2 style=invis", "n0 ~~~~ n1"),
        ("minlen=0", "n0 --> n1"),
        ("minlen=999999999", "n0 -----------> n1"),
        ("dir=both arrowhead=tee arrowtail=tee", "n0 x--x n1"),
    ] {
        assert_eq!(link("digraph", attributes), [expected], "{attributes}");
    }
    assert_eq!(link("graph", ""), ["n0 --- n1"]);
    assert_eq!(link("graph", "dir=forward"), ["n0 --> n1"]);
}

#[test]
fn an_arrow_at_the_tail_alone_is_written_from_head_to_tail() {
    assert_eq!(link("digraph", "dir=back"), ["n1 --> n0", "n0 ~~~ n1"]);
    assert_eq!(
        link("digraph", "dir=back arrowtail=dot label=x"),
        ["n1 --o|\"x\"| n0", "n0 ~~~ n1"]
    );
    assert_eq!(
        link("digraph", "dir=both arrowhead=none"),
        ["n1 --> n0", "n0 ~~~ n1"]
    );
    assert_eq!(link("digraph", "dir=back constraint=false"), ["n1 --> n0"]);
    check(&[
        // The upper node is drawn first, as that decides which of the two links is turned around.
        (
            "digraph { edge [dir=back] b -> c; a -> b }",
            &[
                "n2(\"a\")",
                "n0(\"b\")",
                "n1(\"c\")",
                "n1 --> n0",
                "n0 --> n2",
                "n0 ~~~ n1",
                "n2 ~~~ n0",
            ],
        ),
        ("digraph { a -> a [dir=back] }", &["n0(\"a\")", "n0 --> n0"]),
    ]);
}

#[test]
fn labels() {
    for (attributes, expected) in [
        ("label=\"a|b\\nc\"", "n0 -->|\"a|b<br/>c\"| n1"),
        ("label=\"\"", "n0 --> n1"),
        ("xlabel=x", "n0 -->|\"x\"| n1"),
        ("label=l xlabel=x", "n0 -->|\"l<br/>x\"| n1"),
        ("headlabel=h", "n0 -->|\"h\"| n1"),
        (
            "taillabel=1 label=has headlabel=n",
            "n0 -->|\"1 … has … n\"| n1",
        ),
        ("label=\"\\T-\\H \\E\"", "n0 -->|\"a-b a-#gt;b\"| n1"),
        ("label=x headlabel=\"\\L!\"", "n0 -->|\"x … x!\"| n1"),
    ] {
        assert_eq!(link("digraph", attributes), [expected], "{attributes}");
    }
}

#[test]
fn looks() {
    check_line(&[
        (
            "digraph { a -> b; b -> c [color=red penwidth=2 fontcolor=blue] }",
            "linkStyle 1 stroke:#ff0000,stroke-width:2px,color:#0000ff",
        ),
        (
            "digraph { a -> b [color=\"red:blue\"] }",
            "linkStyle 0 stroke:#ff0000",
        ),
        // Invisible edges count, the links that ranks add do not come before them.
        (
            "digraph { {rank=same a b} x -> a; y -> b [style=invis]; x -> y [color=red] }",
            "linkStyle 2 stroke:#ff0000",
        ),
    ]);
}

#[test]
fn ends_at_clusters() {
    let clusters = "subgraph cluster_a { a } subgraph cluster_b { b subgraph cluster_c { c } }";
    for (edge, expected) in [
        ("a -> b [ltail=cluster_a lhead=cluster_b]", "c0 --> c1"),
        ("a -> c [lhead=cluster_b]", "n0 --> c1"),
        ("a -> c [lhead=cluster_c]", "n0 --> c2"),
        ("a -> b [lhead=cluster_c]", "n0 --> n1"),
        ("b -> c [lhead=cluster_b]", "n1 --> n2"),
        ("b -> c [lhead=cluster_c]", "n1 --> c2"),
        ("a -> b [lhead=nowhere]", "n0 --> n1"),
        ("a -> b [dir=back lhead=cluster_b]", "c1 --> n0"),
    ] {
        check_line(&[(
            &format!("digraph {{ compound=true {clusters} {edge} }}"),
            expected,
        )]);
    }
    check_line(&[(
        &format!("digraph {{ {clusters} a -> b [lhead=cluster_b] }}"),
        "n0 --> n1",
    )]);
}

#[test]
fn an_edge_that_does_not_rank_is_turned_where_nobody_sees_it() {
    check_line(&[
        (
            "digraph { a -> b; b -> a [constraint=false dir=none] }",
            "n0 --- n1",
        ),
        (
            "digraph { a -> b; b -> a [constraint=false dir=both] }",
            "n0 <--> n1",
        ),
        ("digraph { a -> b; b -> a [constraint=false] }", "n1 --> n0"),
        (
            "digraph { a -> b [constraint=false dir=none] }",
            "n0 --- n1",
        ),
    ]);
}
