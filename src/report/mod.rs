//! Prints everything: outcomes to standard output, problems to standard error as `path:line:column:
//! error[code]: message`; and determines the exit status. No other module prints.
//!
//! Output that cannot be written fails the run, though its work is done by then; a closed pipe does
//! not. Not here: decisions, what each command prints (one file for each, which prints through
//! `Report`), and the formats of a check, which have one file each and print nothing themselves.

mod bar;
mod build;
mod check;
mod count;
mod diagrams;
mod edit;
mod excerpt;
mod export;
mod format;
mod github;
mod import;
mod init;
mod json;
mod junit;
mod lines;
mod manual;
mod markdown;
mod sarif;
mod search;
#[cfg(feature = "serve")]
mod serve;
mod set_aside;
mod slots;
mod status;
mod streams;
mod terminal;
mod text;
mod timings;
mod usage;

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use clap::error::ErrorKind;

use crate::diagnostic::{Finding, Severity};
use crate::pipeline::site::Refused;
use crate::progress::Progress;

pub use self::format::{Format, Timings};

use self::bar::Bar;
use self::streams::Streams;
use self::terminal::{Palette, plain};
use self::text::Selection;

/// Findings, or a document that failed.
const FINDINGS: u8 = 1;
/// docsite could not run, or wrong usage.
const FAILED: u8 = 2;

/// Prints the result of a run.
#[derive(Debug)]
pub struct Report {
    quiet: bool,
    palette: Palette,
    streams: Streams,
    findings: bool,
}

impl Report {
    /// Colours are only used on a terminal, and without `NO_COLOR`.
    pub fn new(quiet: bool) -> Self {
        let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self {
            quiet,
            palette: Palette {
                colour: !unwanted && io::stderr().is_terminal(),
            },
            streams: Streams::default(),
            findings: false,
        }
    }

    /// Shows how far a run is until something is printed, on a terminal and unless only problems are
    /// wanted.
    pub fn watch(&self, progress: &Progress) {
        if !self.quiet && io::stderr().is_terminal() {
            self.streams.show(Bar::start(progress));
        }
    }

    /// clap's output: help and version, which are not errors, or a usage error.
    pub fn usage(error: &clap::Error) -> ExitCode {
        let is_help = error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
        let report = Self::new(false);
        if is_help || !error.use_stderr() {
            report.streams.note(error.print());
        } else {
            let (message, help) = usage::problem(&error.render().to_string());
            let label = report.palette.paint("1;31", "error");
            report.streams.complain(&format!(
                "{label}: {}\n    help: {}",
                plain(&message),
                plain(&help)
            ));
        }
        if report.streams.end() || error.use_stderr() {
            return ExitCode::from(FAILED);
        }
        ExitCode::SUCCESS
    }

    /// The exit status of a run that was not aborted.
    pub fn status(&self) -> ExitCode {
        if self.streams.end() {
            return ExitCode::from(FAILED);
        }
        ExitCode::from(if self.findings { FINDINGS } else { 0 })
    }

    /// An error that aborted the run.
    pub fn failure(&mut self, error: &anyhow::Error) -> ExitCode {
        match error.downcast_ref::<Refused>() {
            Some(Refused(errors)) => {
                let errors = errors.iter().cloned();
                self.problems(&errors.map(Finding::from).collect::<Vec<_>>());
            }
            None => {
                let label = self.palette.paint("1;31", "error");
                self.streams
                    .complain(&format!("{label}: {}", plain(&format!("{error:#}"))));
            }
        }
        ExitCode::from(FAILED)
    }

    /// Prints text unchanged.
    pub fn text(&self, text: &str) {
        self.streams.say(text.trim_end());
    }

    /// Standard output, for binary data to another program.
    pub fn pipe(&self) -> impl Write {
        io::stdout().lock()
    }

    fn say(&self, line: impl Display) {
        if !self.quiet {
            self.streams.say(&line.to_string());
        }
    }

    /// Prints every error, and the first warnings of each kind: hundreds of warnings of an old
    /// archive must not hide the important one.
    fn problems(&mut self, problems: &[Finding]) {
        let mut severities = problems.iter().map(Finding::severity);
        self.findings |= severities.any(|severity| severity == Severity::Error);
        let selection = Selection::of(problems);
        for problem in selection.shown {
            self.streams.complain(&text::problem(problem, self.palette));
        }
        for (code, count) in selection.more {
            let more = text::more_of_kind(code, count, self.palette);
            self.streams.complain(&more);
        }
    }

    fn lines(&self, lines: Vec<String>) {
        for line in lines {
            self.say(line);
        }
    }
}

#[cfg(test)]
mod sample;
