//! Sources of diagrams, of which no two are equal.
//!
//! Not here: pictures; the build draws them.

use super::prose::term;
use super::random::Random;

/// A Mermaid diagram: a flowchart, a sequence or states.
pub fn mermaid(random: &mut Random) -> String {
    match random.below(3) {
        0 => flowchart(random),
        1 => sequence(random),
        _ => states(random),
    }
}

/// A graph in the language of Graphviz.
pub fn dot(random: &mut Random) -> String {
    let mut text = String::from("digraph {\n  rankdir=LR;\n");
    let nodes = 4 + random.below(6);
    for node in 0..nodes {
        let label = term(random);
        text.push_str(&format!("  n{node} [label=\"{label} {node}\"];\n"));
    }
    for node in 1..nodes {
        let from = random.below(node);
        text.push_str(&format!(
            "  n{from} -> n{node} [label=\"{}\"];\n",
            term(random)
        ));
    }
    text.push_str("}\n");
    text
}

fn flowchart(random: &mut Random) -> String {
    let mut text = String::from("flowchart LR\n");
    let nodes = 4 + random.below(6);
    for node in 1..nodes {
        let from = random.below(node);
        let (subject, way) = (term(random), term(random));
        text.push_str(&format!(
            "  N{from} -->|\"{way}\"| N{node}[\"{subject} {node}\"]\n"
        ));
    }
    text
}

fn sequence(random: &mut Random) -> String {
    let mut text = String::from("sequenceDiagram\n");
    let people = 2 + random.below(3);
    for person in 0..people {
        text.push_str(&format!("  participant P{person} as {}\n", term(random)));
    }
    for _ in 0..4 + random.below(5) {
        let (from, to) = (random.below(people), random.below(people));
        let (what, number) = (term(random), random.below(1000));
        text.push_str(&format!("  P{from}->>P{to}: {what} {number}\n"));
    }
    text
}

fn states(random: &mut Random) -> String {
    let mut text = String::from("stateDiagram-v2\n  [*] --> S0\n");
    let states = 3 + random.below(4);
    for state in 1..states {
        let from = random.below(state);
        text.push_str(&format!("  S{from} --> S{state}: {}\n", term(random)));
    }
    text.push_str(&format!("  S{} --> [*]\n", states - 1));
    text
}
