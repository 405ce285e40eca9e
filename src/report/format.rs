//! The formats of a check, and of the times of stages.

use clap::ValueEnum;

/// The formats of a check.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people: each finding with its source line
    #[default]
    Text,
    /// For programs; `docsite schema check` describes it
    Json,
    /// Annotations of GitHub Actions
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// A report of tests
    Junit,
    /// The summary of a pull request
    Markdown,
}

/// The formats of `--timings`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Timings {
    /// For people
    Text,
    /// For programs
    Json,
}
