//! Sources and the flowcharts they become, by subject.
//!
//! Not here: how Mermaid draws a flowchart.

mod colours;
mod edges;
mod errors;
mod gallery;
mod garbage;
mod labels;
mod nodes;
mod ranks;
mod syntax;

use super::to_mermaid;
use crate::diagram::drawing::Failure;

fn drawn(source: &str) -> String {
    to_mermaid(source).unwrap_or_else(|problem| panic!("{problem}\n{source}"))
}

fn refused(source: &str) -> Failure {
    match to_mermaid(source) {
        Ok(flowchart) => panic!("drawn as\n{flowchart}"),
        Err(failure) => failure,
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
