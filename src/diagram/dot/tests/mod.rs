//! Sources and the flowcharts they become, by subject.
//!
//! Not in here: what Mermaid makes of a flowchart.

mod colours;
mod edges;
mod errors;
mod gallery;
mod garbage;
mod labels;
mod nodes;
mod ranks;
mod syntax;

use super::{Problem, to_mermaid};

/// The flowchart of a source that has to be drawn.
fn drawn(source: &str) -> String {
    to_mermaid(source).unwrap_or_else(|problem| panic!("{problem}\n{source}"))
}

/// The problem of a source that must not be drawn.
fn refused(source: &str) -> Problem {
    match to_mermaid(source) {
        Ok(flowchart) => panic!("drawn as\n{flowchart}"),
        Err(problem) => problem,
    }
}

/// The lines of a flowchart after the first, without their indentation.
fn lines(source: &str) -> Vec<String> {
    drawn(source)
        .lines()
        .skip(1)
        .map(|line| line.trim_start().to_owned())
        .collect()
}

/// A source, and the lines after `flowchart …` it becomes.
type Example = (&'static str, &'static [&'static str]);

fn check(examples: &[Example]) {
    for (source, expected) in examples {
        assert_eq!(lines(source), *expected, "{source}");
    }
}

/// For each source, a line its flowchart must have.
fn check_line(examples: &[(&str, &str)]) {
    for (source, expected) in examples {
        let lines = lines(source);
        assert!(
            lines.iter().any(|line| line == expected),
            "{source}\nhas no {expected}\n{lines:#?}"
        );
    }
}
