//! How many instructions drawing takes, as callgrind counts them: `cargo bench --bench draws`.
//!
//! For each source: the first drawing of a process, which makes what all others use, and the second
//! one. Counts do not depend on the load of a machine. Not here: time (`stages.rs`), and what a process
//! takes to start.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a program that measures: what fails ends it"
)]

use std::env;
use std::hint::black_box;
use std::process::Command;

use docsite::diagram::{self, Work};

const SOURCES: [(&str, &str, &str); 3] = [
    ("trivial", "mermaid", "graph TD; A-->B"),
    (
        "sequence",
        "mermaid",
        "sequenceDiagram\n  A->>B: 요청\n  B-->>A: 응답\n",
    ),
    ("dot", "dot", "digraph { a -> b }"),
];

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let [source, count] = arguments.as_slice()
        && let Ok(count) = count.parse()
    {
        draw(source, count);
        return;
    }
    if Command::new("valgrind").arg("--version").output().is_err() {
        println!("not measured: there is no valgrind");
        return;
    }
    println!("million instructions: first, second");
    for (name, _, _) in SOURCES {
        let [none, one, two] = [0, 1, 2].map(|count| counted(name, count));
        println!("{name:12} {:6.1} {:6.1}", one - none, two - one);
    }
}

fn draw(name: &str, count: usize) {
    let found = SOURCES.iter().find(|(own, _, _)| *own == name);
    let (_, language, source) = found.unwrap();
    let work = Work::Fence {
        language: (*language).to_owned(),
        source: (*source).to_owned(),
    };
    for _ in 0..count {
        assert!(black_box(diagram::draw(&work)).is_ok());
    }
}

/// In millions, of a process that draws a source so many times.
fn counted(name: &str, count: usize) -> f64 {
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
    valgrind.arg(env::current_exe().unwrap());
    let output = valgrind.arg(name).arg(count.to_string()).output().unwrap();
    let report = String::from_utf8_lossy(&output.stderr);
    let line = report
        .lines()
        .find_map(|line| line.split_once("Collected : "));
    line.unwrap().1.trim().parse::<f64>().unwrap() / 1e6
}
