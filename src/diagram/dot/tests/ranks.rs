//! `rank`, written as invisible links.

use super::lines;

fn invisible(source: &str) -> Vec<String> {
    lines(source)
        .into_iter()
        .filter(|line| line.contains("~~~"))
        .collect()
}

#[test]
fn ranks() {
    let none: &[&str] = &[];
    for (source, expected) in [
        // b is as far down as c.
        (
            "digraph { a -> b; x -> y -> c; {rank=same; b; c} }",
            &["n3 ~~~ n1", "n0 ~~~ n4"][..],
        ),
        ("digraph { a -> b; a -> c; {rank=same; b; c} }", none),
        ("digraph { {rank=same; b; c} }", none),
        // Nodes that an edge joins cannot be side by side.
        ("digraph { x -> a; a -> b; {rank=same; a; b} }", none),
        (
            "digraph { x -> a; a -> b; y -> c; {rank=same; a; b; c} }",
            none,
        ),
        // No circle: c links to x.
        ("digraph { x -> b; c -> x; {rank=same; b; c} }", none),
        (
            "digraph { x -> b; c -> y; y -> x; z -> c; {rank=same; b; c} }",
            &["n4 ~~~ n1"],
        ),
        ("digraph { a -> b; c; {rank=min; c} }", &["n2 ~~~ n0"]),
        // No link enters a cluster or leaves one.
        (
            "digraph { subgraph cluster_a { a; b; {rank=min; c} } d; {rank=max; e} }",
            &["n2 ~~~ n0", "n2 ~~~ n1", "n3 ~~~ n4"],
        ),
        ("digraph { a -> b; c; {rank=source; b} }", &["n1 ~~~ n2"]),
        (
            "digraph { a -> b; a -> c; d; {rank=max; d} }",
            &["n1 ~~~ n3", "n2 ~~~ n3"],
        ),
        ("digraph { a -> b; a -> c; {rank=sink; c} }", &["n1 ~~~ n2"]),
        (
            "digraph { a -> b; a -> c [constraint=false]; {rank=same; b; c} }",
            &["n0 ~~~ n2"],
        ),
        (
            "digraph { a -> b; c; subgraph { rank=\"same\" ; b {c} } }",
            &["n0 ~~~ n2"],
        ),
        ("graph { a -- b; c; {rank=same; b; c} }", &["n0 ~~~ n2"]),
        ("digraph { rank=same a -> b; c }", none),
    ] {
        assert_eq!(invisible(source), expected, "{source}");
    }
}

#[test]
fn the_links_of_ranks_are_capped() {
    let edges: Vec<String> = (0..60).map(|i| format!("p{i} -> m{i};")).collect();
    let members: Vec<String> = (0..60).map(|i| format!(" m{i}")).collect();
    let source = format!(
        "digraph {{ {} {{rank=same; {}}} }}",
        edges.concat(),
        members.concat()
    );
    assert_eq!(invisible(&source).len(), 200);
}
