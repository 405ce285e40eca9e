//! Random and oversized sources: reading them ends soon and without a panic.

use super::super::limits::MAX_OUTPUT;
use super::super::to_mermaid;
use super::refused;

/// A xorshift generator, with the same numbers in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit.max(1) as u64).unwrap_or_default()
    }

    fn pick<'a>(&mut self, items: &[&'a str]) -> &'a str {
        items[self.below(items.len())]
    }
}

const WORDS: [&str; 64] = [
    "digraph ",
    "graph ",
    "strict ",
    "subgraph ",
    "node ",
    "edge ",
    "cluster_a ",
    "a ",
    "b ",
    "c ",
    "한 ",
    "{",
    "}",
    "[",
    "]",
    "{ ",
    "} ",
    "[",
    "]",
    ";",
    ",",
    "=",
    ":",
    "+",
    "->",
    "--",
    " -> ",
    " -> ",
    "\"",
    "\\",
    "<",
    ">",
    "/*",
    "*/",
    "//",
    "#",
    "\n",
    "label=",
    "shape=record ",
    "rank=same ",
    "color=red ",
    "style=filled ",
    "dir=back ",
    "constraint=false ",
    "lhead=cluster_a ",
    "compound=true ",
    "\"{a|b}\" ",
    "\"<x\" ",
    "1.5 ",
    "-",
    ".",
    "0.1 0.2 0.3",
    "\u{0}",
    "\r",
    "`",
    "%%",
    "#35;",
    "style=invis ",
    "URL=\"http://x\" ",
    "penwidth=3 ",
    "\u{feff}",
    "&#x0;",
    "\\N",
    "x ",
];

#[test]
fn soup_of_words() {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for round in 0..20_000 {
        let mut source = String::from(if round % 2 == 0 { "digraph {" } else { "" });
        for _ in 0..dice.below(60) {
            source.push_str(dice.pick(&WORDS));
        }
        if round % 4 == 0 {
            source.push('}');
        }
        let _ = to_mermaid(&source);
    }
}

#[test]
fn soup_of_bytes() {
    let mut dice = Dice(42);
    for _ in 0..5_000 {
        let bytes: Vec<u8> = (0..dice.below(200))
            .map(|_| u8::try_from(dice.below(256)).unwrap_or_default())
            .collect();
        let soup = String::from_utf8_lossy(&bytes);
        let _ = to_mermaid(&soup);
        let _ = to_mermaid(&format!("digraph {{ {soup} }}"));
        let quoted = soup.replace(['"', '\\'], "");
        let _ = to_mermaid(&format!(
            "digraph {{ \"{quoted}\" -> b [label=\"{quoted}\" color=\"{quoted}\" URL=\"{quoted}\" style=\"{quoted}\"] }}"
        ));
        let _ = to_mermaid(&format!(
            "digraph {{ a [shape=record label=\"{}\"] }}",
            soup.replace('"', "")
        ));
    }
}

#[test]
fn a_drawing_keeps_its_form_whatever_is_in_it() {
    let mut dice = Dice(7);
    let signs = [
        "\\\"", "\n", "\\n", "#", ";", "&", "<", ">", "`", "|", "]", ")", "}", "%%", "{", "[",
        "end", " ", "-->", "x", "한", "\u{2028}", "style ", ":", "@",
    ];
    for _ in 0..3_000 {
        let label: String = (0..dice.below(12)).map(|_| dice.pick(&signs)).collect();
        let source = format!(
            "digraph {{ label=\"{label}\" subgraph cluster_a {{ label=\"{label}\"; a [label=\"{label}\" URL=\"{label}\"] }} a -> b [label=\"{label}\"] }}"
        );
        let Ok(flowchart) = to_mermaid(&source) else {
            panic!("{source}");
        };
        for line in flowchart.lines() {
            let quotes = line
                .replace("\\\\", "")
                .replace("\\\"", "")
                .matches('"')
                .count();
            assert!(quotes == 0 || quotes == 2, "{line}");
        }
        let kinds = [
            "---",
            "title: ",
            "flowchart ",
            "subgraph c",
            "direction ",
            "n0",
            "n1",
            "end",
            "click n0 href ",
        ];
        assert!(
            flowchart
                .lines()
                .all(|line| kinds.iter().any(|kind| line.trim_start().starts_with(kind))),
            "{flowchart}"
        );
    }
}

fn chain(count: usize, text: &str) -> String {
    vec![text; count].join(" -> ")
}

fn names(count: usize) -> String {
    (0..count)
        .map(|i| i.to_string())
        .collect::<Vec<_>>()
        .join(" n")
}

fn all_refused(cases: &[(String, &str)]) {
    for (source, expected) in cases {
        let problem = refused(source);
        let shown: String = source.chars().take(60).collect();
        assert!(problem.message.contains(expected), "{shown}: {problem}");
    }
}

#[test]
fn deep_and_long_sources_are_all_refused() {
    let nested = format!("{}{}{}", "{".repeat(100), names(1_000), "}".repeat(100));
    all_refused(&[
        ("{".repeat(200_000), "`graph` or `digraph` is expected"),
        (
            format!("digraph {}", "{".repeat(200_000)),
            "nested more than 100 deep",
        ),
        (
            format!("digraph {{ {} }}", nested.repeat(40)),
            "more than 100000 nodes in its subgraphs",
        ),
        (
            format!("digraph {{ {} }}", names(30_000)),
            "more than 1000 nodes",
        ),
        (
            format!("graph {{ a [label={}] }}", "<".repeat(100_000)),
            "`>` is missing",
        ),
    ]);
}

#[test]
fn long_labels_are_all_refused() {
    let too_long = "a label is longer than 8 KiB";
    let rows_and_columns = format!("{}{}", "\\nx".repeat(1_300), "|x".repeat(2_000));
    let all_names = "\\N".repeat(50_000);
    all_refused(&[
        (
            format!("digraph {{ a [label=\"{}\"] }}", "x".repeat(200_000)),
            too_long,
        ),
        (format!("digraph {{ {} }}", "x".repeat(200_000)), too_long),
        (
            format!(
                "digraph {{ {} [label=\"{all_names}\"] }}",
                "x".repeat(100_000)
            ),
            too_long,
        ),
        (
            format!("digraph {{ a [shape=record label=\"{rows_and_columns}\"] }}"),
            too_long,
        ),
        (
            format!(
                "digraph {{ a [shape=record label=\"{}\"] }}",
                "{".repeat(8_000)
            ),
            "nested more than 100 deep",
        ),
        (
            format!(
                "digraph {{ node [label=\"{}\"] {} }}",
                "#".repeat(8_000),
                names(1_000)
            ),
            "too long in total",
        ),
    ]);
}

#[test]
fn multiplied_edges_are_all_refused() {
    let too_many = "more than 2000 edges";
    all_refused(&[
        (
            format!("digraph {{ {{ {} }} -> {{ {} }} }}", names(900), names(900)),
            too_many,
        ),
        (
            format!(
                "digraph {{ subgraph s {{ {} }} {} }}",
                names(900),
                chain(10_000, "subgraph s")
            ),
            too_many,
        ),
        (
            format!(
                "strict digraph {{ subgraph s {{ {} }} {} }}",
                names(40),
                chain(10_000, "subgraph s")
            ),
            too_many,
        ),
        (format!("digraph {{ {} }}", chain(50_000, "a")), too_many),
        (
            format!("digraph {{ {} }}", "a->b;".repeat(40_000)),
            too_many,
        ),
    ]);
}

#[test]
fn large_sources_are_drawn_soon() {
    let nested = format!("{}{}{}", "{".repeat(99), names(1_000), "}".repeat(99));
    for source in [
        format!("digraph {{ {nested} }}"),
        format!("digraph {{ {} }}", "{a}".repeat(80_000)),
        format!("digraph {{ {} a }}", "{}".repeat(120_000)),
        format!("digraph {{ a {} }}", "[label=x]".repeat(25_000)),
        format!(
            "digraph {{ subgraph s {{ {} }} {} }}",
            names(900),
            chain(9_000, "subgraph s -> {}")
        ),
        format!(
            "digraph {{ {} {} }}",
            names(1_000),
            "{rank=same; n1 n2}".repeat(10_000)
        ),
        format!("digraph {{ \"{}\" }}", "\\\\".repeat(2_000)),
    ] {
        let flowchart = super::drawn(&source);
        assert!(flowchart.len() <= MAX_OUTPUT);
    }
}

#[test]
fn ranks_of_a_large_graph_add_few_links() {
    let step = |i: usize, factor: usize| (i * factor) % 1000;
    let edges: Vec<String> = (0..999)
        .map(|i| format!("n{i} -> n{}; n{} -> n{i};", i + 1, step(i, 7)))
        .collect();
    let ranks: Vec<String> = (0..900)
        .map(|i| format!("{{rank=same; n{i} n{} n{}}}", step(i, 3), step(i, 11)))
        .collect();
    let ends = "{rank=min; n999 n500} {rank=max; n0 n1}";
    let (edges, ranks) = (edges.concat(), ranks.concat());
    let flowchart = super::drawn(&format!("digraph {{ {edges} {ranks} {ends} }}"));
    assert!(flowchart.matches("~~~").count() <= 200);
}
