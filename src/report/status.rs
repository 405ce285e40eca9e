//! Prints `status`. For people: one line for each document, then what is out of date and why, then
//! the counts.
//!
//! Not here: the JSON format.

use std::collections::BTreeMap;

use anyhow::{Context, Result};

use crate::model::settings::Publish;
use crate::outcome::status::{DocumentState, DocumentStatus, Status};

use crate::check::files;

use super::Report;
use super::count::{documents, pages};
use super::terminal::{column, padded, plain};

impl Report {
    /// `status` as a table.
    pub fn status_table(&mut self, status: &Status) {
        self.lines(table(status));
        self.problems(&status.findings);
    }

    /// `status --json`; problems are printed as always.
    ///
    /// # Errors
    ///
    /// If it cannot be written as JSON.
    pub fn status_json(&mut self, status: &Status) -> Result<()> {
        self.streams
            .say(&serde_json::to_string_pretty(&status.view()).context("status")?);
        self.problems(&status.findings);
        Ok(())
    }
}

fn table(status: &Status) -> Vec<String> {
    let listed = &status.documents;
    let width = column(listed.iter().map(|document| &document.basename));
    let causes = causes(listed);
    let mut lines: Vec<String> = listed
        .iter()
        .map(|document| {
            let name = padded(&document.basename, width);
            let marks = marks(document).join(", ");
            let is_shared = is_outdated(document) && causes.contains_key(document.note.as_str());
            let note = if is_shared { "" } else { &document.note };
            let note = match note {
                "" => String::new(),
                note => format!("  ({})", plain(note)),
            };
            format!("{name}  {marks}{note}")
        })
        .collect();
    let strays = status.strays.iter();
    lines.extend(strays.map(|(page, note)| {
        format!(
            "{}  page without a document  ({})",
            plain(page),
            plain(note)
        )
    }));
    let problems = files::find(&status.files);
    let line = |path: &str, message: &str| format!("{}  {}", plain(path), plain(message));
    let of_files = problems.diagnostics.iter();
    lines.extend(of_files.map(|file| line(&file.path, &file.message)));
    let blocked = problems.errors.iter();
    lines.extend(blocked.map(|file| line(&file.path, &file.message)));
    lines.extend(causes.into_iter().map(|(why, count)| {
        let pages = pages(count);
        format!(
            "{pages} out of date: {why}; `docsite rebuild` renders them",
            why = plain(why)
        )
    }));
    lines.push(rule(status.publish));
    lines.push(summary(status));
    lines
}

fn rule(publish: Publish) -> String {
    let what = match publish {
        Publish::Pages => "documents that have a page are published",
        Publish::All => "every document that is not a draft is published",
    };
    format!("publish = {:?}: {what}", publish.word())
}

fn marks(document: &DocumentStatus) -> Vec<&'static str> {
    let mut marks = vec![document.state.word()];
    if document.draft {
        marks.push("draft");
    }
    if document.deprecated {
        marks.push("deprecated");
    }
    match document.up_to_date {
        Some(true) => marks.push("up to date"),
        Some(false) => marks.push("out of date"),
        None => {}
    }
    if !document.outdated_drawings.is_empty() {
        marks.push("drawing out of date");
    }
    marks
}

fn is_outdated(document: &DocumentStatus) -> bool {
    document.up_to_date == Some(false)
}

/// Reasons for which several pages are out of date; each is printed once, for all of them.
fn causes(documents: &[DocumentStatus]) -> BTreeMap<&str, usize> {
    let mut causes: BTreeMap<&str, usize> = BTreeMap::new();
    for document in documents.iter().filter(|document| is_outdated(document)) {
        *causes.entry(&document.note).or_default() += 1;
    }
    causes.retain(|_, count| *count > 1);
    causes
}

fn summary(status: &Status) -> String {
    let count = |state| {
        let documents = status.documents.iter();
        documents.filter(|document| document.state == state).count()
    };
    let mut parts = vec![documents(status.documents.len())];
    let states = [
        DocumentState::Published,
        DocumentState::HandMade,
        DocumentState::Unknown,
        DocumentState::Doubtful,
        DocumentState::NotPublished,
    ];
    for state in states {
        let number = count(state);
        if number > 0 {
            parts.push(format!("{number} {}", state.word()));
        }
    }
    let outdated = status
        .documents
        .iter()
        .filter(|d| d.up_to_date == Some(false))
        .count();
    if outdated > 0 {
        parts.push(format!("{outdated} out of date"));
    }
    parts.join(", ")
}
