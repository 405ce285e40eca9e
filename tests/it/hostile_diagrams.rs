//! Diagrams that hang or break renderers, by size, by nesting and by number: each is drawn, or its
//! page says why not, and the other pages are built.

use std::fmt::Write as _;

use serde_json::Value;

use crate::harness::SiteTest;

/// Builds a document for each diagram (a name and its source).
pub fn hurt_nobody(diagrams: &[(String, String)]) {
    let mut site = SiteTest::new();
    for (name, source) in diagrams {
        let source = source.trim_end();
        let text = format!("# {name}\n\n```mermaid\n{source}\n```\n");
        site = site.doc(&format!("gw__note-{name}"), text);
    }
    let run = site.rebuild().ends(0);
    let written = format!("{} pages written", diagrams.len());
    assert!(run.out.contains(&written), "{}", run.out);
    let listed = site.run(&["diagrams", "--json"]).ends(0);
    let listed: Value = serde_json::from_str(&listed.out).unwrap();
    for slot in listed["slots"].as_array().unwrap() {
        let name = slot["basename"].as_str().unwrap();
        let page = site.read(&format!("public/{name}.html"));
        match slot["state"].as_str().unwrap() {
            "drawn" => assert!(page.contains("<div class=\"view\""), "{name}"),
            "undrawn" => assert!(page.contains("<p class=\"why\">"), "{name}"),
            other => panic!("{name} is {other}"),
        }
    }
}

/// A line for each number, after a head.
fn lines(head: &str, count: usize, line: impl Fn(usize) -> String) -> String {
    let mut text = format!("{head}\n");
    for number in 0..count {
        let _ = writeln!(text, "{}", line(number));
    }
    text
}

/// Boxes in boxes, each opened and closed by a line.
fn nested(head: &str, depth: usize, open: &str, close: &str) -> String {
    let open = lines(head, depth, |number| open.replace('#', &number.to_string()));
    lines(&format!("{open}a"), depth, |_| close.to_owned())
}

/// Edges from and to nodes that follow from a number, without a pattern.
fn tangle(nodes: usize, edges: usize) -> String {
    lines("flowchart LR", edges, |number| {
        let from = number * number * 31 + number * 7 + 11;
        format!("N{}-->N{}", from % nodes, (from / 3 + number * 17) % nodes)
    })
}

fn large() -> Vec<(&'static str, String)> {
    let ends = |count: usize| vec!["a"; count].join(" & ");
    vec![
        (
            "chain",
            lines("flowchart TD", 10_000, |_| "a-->b".to_owned()),
        ),
        (
            "path",
            lines("flowchart TD", 1_000, |n| format!("N{n}-->N{}", n + 1)),
        ),
        (
            "tree",
            lines("flowchart TD", 480, |n| {
                format!("N{}[노드 {n}]-->N{}", n + 1, n / 2)
            }),
        ),
        ("tangle", tangle(500, 1_500)),
        ("knot", tangle(2_000, 6_000)),
        ("pairs", format!("flowchart TD\n{0} --> {0}\n", ends(3_000))),
        (
            "label",
            format!("flowchart TD\na[\"{}\"]\n", "가 ".repeat(250_000)),
        ),
        (
            "frames",
            nested("flowchart TD", 20_000, "subgraph s", "end"),
        ),
        ("boxes", nested("flowchart TD", 1_000, "subgraph s#", "end")),
        (
            "few-boxes",
            nested("flowchart TD", 50, "subgraph s#", "end"),
        ),
        (
            "loops",
            nested("sequenceDiagram\nA->>B: x", 2_000, "loop a", "end"),
        ),
        (
            "states",
            nested("stateDiagram-v2", 1_000, "state S# {", "}"),
        ),
        (
            "classes",
            lines("classDiagram", 2_000, |n| {
                format!("class C{n}{{\n +f() int\n}}\nC{} <|-- C{n}", n * 7 % 2_000)
            }),
        ),
        (
            "tables",
            lines("erDiagram", 1_000, |n| {
                format!("E{n} ||--o{{ E{} : r", (n * 3 + 1) % 1_000)
            }),
        ),
        ("commits", lines("gitGraph", 5_000, |_| "commit".to_owned())),
        (
            "branches",
            lines("mindmap\n  root", 3_000, |n| format!("    n{n}")),
        ),
        (
            "services",
            lines("architecture-beta", 500, |n| {
                format!("service s{n}(server)[x]")
            }),
        ),
    ]
}

/// Small sources that ask for much, or for nothing that there is.
const SMALL: [(&str, &str); 13] = [
    ("empty", ""),
    ("columns", "block-beta\n columns 1000000000\n a b c"),
    (
        "spaces",
        "block-beta\n columns 3\n a:1000000000 space:1000000000 b",
    ),
    ("packet", "packet-beta\n0-4294967295: \"x\""),
    ("negative", "pie\n \"a\" : -5\n \"b\": 0\n \"c\": 1e400"),
    ("nothing", "pie\n \"a\" : 0"),
    (
        "infinite",
        "xychart-beta\n x-axis [a,b]\n y-axis \"y\" 0 --> 0\n bar [1e308, -1e308]",
    ),
    (
        "no-days",
        "gantt\n dateFormat YYYY-MM-DD\n excludes monday,tuesday,wednesday,thursday,friday,saturday,sunday\n section a\nT :a, 2000-01-01, 10d",
    ),
    (
        "ages",
        "gantt\n dateFormat YYYY-MM-DD\n section a\nT :a, 0001-01-01, 99999999d",
    ),
    (
        "ticks",
        "gantt\n dateFormat YYYY-MM-DD\n tickInterval 1millisecond\n section a\nT :a, 2000-01-01, 3650d",
    ),
    (
        "letters",
        "flowchart TD\nA[\"\u{0}\u{fffe}\"]-->B[\"\u{202e}\u{300}\u{301}\"]",
    ),
    (
        "bomb",
        "---\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d,*d,*d]\n---\nflowchart TD\na-->b",
    ),
    ("unknown", "nosuchdiagram\n a-->b"),
];

#[test]
fn hostile_diagrams_hurt_nobody() {
    let small = SMALL.map(|(name, source)| (name, source.to_owned()));
    let all = large().into_iter().chain(small);
    let all: Vec<_> = all
        .map(|(name, source)| (name.to_owned(), source))
        .collect();
    assert_eq!(all.len(), 30);
    hurt_nobody(&all);
}
