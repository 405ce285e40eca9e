//! Rejected sources, with the line of the problem.

use super::refused;

/// A source, the line of its problem, and the message.
const PROBLEMS: &[(&str, usize, &str)] = &[
    ("", 1, "`graph` or `digraph` is expected, not the end"),
    (
        "\n\nflowchart TB",
        3,
        "`graph` or `digraph` is expected, not `flowchart`",
    ),
    (
        "digraph {",
        1,
        "`}` is missing: the `{` on line 1 is not closed",
    ),
    (
        "digraph\n{ a\n { b\n}\n",
        5,
        "`}` is missing: the `{` on line 2 is not closed",
    ),
    (
        "digraph { a [x=1\n",
        2,
        "`]` is missing: the `[` on line 1 is not closed",
    ),
    ("digraph {\n\n}", 1, "the graph has no nodes"),
    (
        "digraph {\n a -- b }",
        2,
        "`--` is in a `digraph`: a directed edge is `->`",
    ),
    (
        "graph {\n\n a -> b }",
        3,
        "`->` is in a `graph`: an undirected edge is `--`",
    ),
    (
        "digraph { a ->\n }",
        2,
        "a node after the edge's operator is expected, not `}`",
    ),
    (
        "digraph { a -> node }",
        1,
        "a node after the edge's operator is expected, not `node`",
    ),
    (
        "digraph { node a }",
        1,
        "`[` after `node` is expected, not `a`",
    ),
    (
        "digraph { a [label=] }",
        1,
        "a value after `=` is expected, not `]`",
    ),
    (
        "digraph { a [=x] }",
        1,
        "an attribute's name or `]` is expected, not `=`",
    ),
    (
        "digraph { x =\n; }",
        2,
        "a value after `=` is expected, not `;`",
    ),
    ("digraph { ] }", 1, "a statement is expected, not `]`"),
    (
        "digraph { digraph }",
        1,
        "a statement is expected, not `digraph`",
    ),
    ("digraph { subgraph [] }", 1, "`{` is expected, not `[`"),
    (
        "digraph { a: -> b }",
        1,
        "a port after `:` is expected, not `->`",
    ),
    (
        "digraph {\n\"a\nb }",
        2,
        "`\"` is missing: the string of this line does not end",
    ),
    (
        "digraph {\na /* b\n }",
        2,
        "`*/` is missing: the comment that starts here is not closed",
    ),
    (
        "digraph { a [label=<b<i>\n",
        1,
        "`>` is missing: the HTML string of this line does not end",
    ),
    (
        "digraph { \"a\" + b }",
        1,
        "a string in quotes after `+` is expected, not `b`",
    ),
    (
        "digraph { a\n[color=#f00] }",
        2,
        "`#` must be in quotes, as in `\"#ff0000\"`",
    ),
    (
        "digraph { 10.0.0.1 }",
        1,
        "`10.0.0.1` is neither a number nor a name: put it in quotes",
    ),
    (
        "digraph { web-1 -> a }",
        1,
        "`web-1` is neither a number nor a name: put it in quotes",
    ),
    (
        "digraph { v1.2.3 }",
        1,
        "`v1.2.3` is neither a number nor a name: put it in quotes",
    ),
    (
        "digraph { my-node }",
        1,
        "`my-node` is neither a number nor a name: put it in quotes",
    ),
    ("digraph { a ! }", 1, "`!` has no meaning here"),
    (
        "digraph { a [shape=record\nlabel=\"{x\"] }",
        2,
        "the label of a record is broken: a `{` has no `}`",
    ),
    (
        "digraph { a [shape=record label=\"x}\"] }",
        1,
        "the label of a record is broken: a `}` has no `{`",
    ),
    (
        "digraph { a [shape=record label=\"<x\"] }",
        1,
        "the label of a record is broken: a `<` has no `>`",
    ),
    (
        "digraph { a [shape=record label=\"x{y}\"] }",
        1,
        "the label of a record is broken: a field has text before its `{`",
    ),
    (
        "digraph { a [shape=record label=\"{y}x\"] }",
        1,
        "the label of a record is broken: a field has text after its `}`",
    ),
];

#[test]
fn problems_have_their_line() {
    for &(source, line, message) in PROBLEMS {
        let problem = refused(source);
        assert_eq!(
            (problem.line, problem.message.as_str()),
            (Some(line), message),
            "{source}"
        );
    }
}

#[test]
fn html_that_nothing_shows_is_not_a_problem() {
    for source in [
        "digraph { node [label=<x>] a [label=b] }",
        "digraph { a subgraph cluster_empty { label=<x> } }",
        "digraph { a [tooltip=<x>] }",
        "digraph { a -> b [style=invis label=<x>] }",
        "digraph { a [shape=point label=<x>] }",
    ] {
        super::drawn(source);
    }
}

#[test]
fn a_problem_is_one_line() {
    let problem = refused("digraph { a -> b [ \"x\ny\" = ] \"z\n\" }");
    assert!(!problem.to_string().contains('\n'), "{problem}");
}
