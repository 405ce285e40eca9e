//! What a build found wrong, as open pages show it.

use std::path::Path;

use serde::Serialize;

use crate::diagnostic::{Finding, Severity};
use crate::disk;
use crate::pipeline::request::document_of;

/// Of a long line so many characters are shown before and after the place.
const AROUND: usize = 60;
/// Of more findings, as after an import, the first are shown.
const MOST: usize = 200;

/// What is wrong, as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Relative to the site; empty for a problem without a file.
    pub path: String,
    /// From 1; none for the whole file.
    pub line: Option<usize>,
    pub column: Option<usize>,
    pub severity: Severity,
    pub code: String,
    pub message: String,
    pub help: Option<String>,
    /// The line in three parts: before what is wrong, that, and after it.
    pub excerpt: Option<[String; 3]>,
    /// Whether the last build stopped at it.
    pub is_fatal: bool,
}

/// The findings that a page shows: those of its document, and the catalogue those of all.
#[derive(Debug, Serialize)]
pub(super) struct Shown<'p> {
    problems: Vec<&'p Problem>,
    count: usize,
}

impl<'p> Shown<'p> {
    /// On the page at this path, errors first; empty for the catalogue.
    pub(super) fn on(page: &str, all: &'p [Problem]) -> Self {
        let is_all = page.is_empty() || page == "index.html";
        let name = page.strip_suffix(".html");
        let concerns = |problem: &&Problem| {
            is_all || problem.path == page || document_of(&problem.path).as_deref() == name
        };
        let mut of_page: Vec<&Problem> = all.iter().filter(concerns).collect();
        of_page.sort_by_key(|problem| problem.severity != Severity::Error);
        Self {
            count: of_page.len(),
            problems: of_page.into_iter().take(MOST).collect(),
        }
    }
}

impl Problem {
    /// An error of the site in this folder, with its line.
    pub fn error(site: &Path, finding: &Finding, is_fatal: bool) -> Self {
        Self {
            excerpt: excerpt(site, finding),
            is_fatal,
            ..Self::of(finding)
        }
    }

    /// What was found in the site in this folder, errors with their lines as far as pages show them.
    pub fn found(site: &Path, findings: &[&Finding]) -> Vec<Self> {
        let mut errors = 0;
        let problems = findings.iter().map(|finding| {
            errors += usize::from(finding.severity() == Severity::Error);
            if finding.severity() == Severity::Error && errors <= MOST {
                Self::error(site, finding, false)
            } else {
                Self::of(finding)
            }
        });
        problems.collect()
    }

    fn of(finding: &Finding) -> Self {
        Self {
            path: finding.path.clone(),
            line: finding.position.map(|position| position.line),
            column: finding.position.map(|position| position.column),
            severity: finding.severity(),
            code: finding.code().to_owned(),
            message: finding.message.clone(),
            help: finding.help.clone(),
            excerpt: None,
            is_fatal: false,
        }
    }

    /// What stopped a build and is in no file of the site.
    pub fn elsewhere(error: &anyhow::Error) -> Self {
        Self {
            path: String::new(),
            line: None,
            column: None,
            severity: Severity::Error,
            code: String::new(),
            message: format!("{error:#}"),
            help: None,
            excerpt: None,
            is_fatal: true,
        }
    }
}

fn excerpt(site: &Path, finding: &Finding) -> Option<[String; 3]> {
    let position = finding.position?;
    let bytes = disk::read(&site.join(&finding.path)).ok()??;
    let text = String::from_utf8_lossy(&bytes);
    let line = text.lines().nth(position.line - 1)?;
    let start = position.column - 1;
    let length = usize::try_from(finding.length).unwrap_or(1).max(1);
    let part = |from: usize, length: usize| line.chars().skip(from).take(length).collect();
    let before = start.saturating_sub(AROUND);
    Some([
        part(before, start - before),
        part(start, length.min(AROUND)),
        part(start + length, AROUND),
    ])
}
