//! `docsite status`: every document with its state. Writes nothing.

use std::path::Path;

use anyhow::Result;
use serde::Serialize;

use crate::build::plan::{Action, Why};
use crate::build::site::Site;
use crate::build::{self, Outcome, Request, Scope};

/// Of the JSON below.
const VERSION: u32 = 1;

/// The state of a site.
#[derive(Debug)]
pub struct Status {
    /// One a document, by name.
    pub documents: Vec<DocumentStatus>,
    /// Pages of the output without a document.
    pub strays: Vec<String>,
    /// Of the dry run that found it out.
    pub outcome: Outcome,
}

/// One document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentStatus {
    /// Its name.
    pub basename: String,
    /// Its title.
    pub title: String,
    /// What its page is.
    pub state: State,
    /// `draft: true`.
    pub draft: bool,
    /// `deprecated: …`.
    pub deprecated: bool,
    /// Whether its page is as a rebuild would leave it; null without a page, and for one that is
    /// not docsite's to judge.
    pub up_to_date: Option<bool>,
    /// A hand-made page whose document changed after it was made.
    pub source_changed: bool,
    /// What a rebuild would do about it, in words.
    pub note: String,
}

/// What a document's page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// docsite made it.
    Published,
    /// There is none.
    NotPublished,
    /// A person changed it.
    HandMade,
    /// Another program made it.
    Unknown,
    /// It cannot be told.
    Doubtful,
}

impl State {
    /// As it is printed.
    pub fn word(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::NotPublished => "not published",
            Self::HandMade => "hand-made",
            Self::Unknown => "unknown origin",
            Self::Doubtful => "left alone",
        }
    }
}

/// The shape of `status --json`.
#[derive(Debug, Serialize)]
pub struct StatusView<'a> {
    version: u32,
    documents: &'a [DocumentStatus],
    pages_without_document: &'a [String],
}

impl Status {
    /// For programs.
    pub fn view(&self) -> StatusView<'_> {
        StatusView {
            version: VERSION,
            documents: &self.documents,
            pages_without_document: &self.strays,
        }
    }
}

/// Finds the state of every document.
///
/// # Errors
/// When the site cannot be opened.
pub fn run(folder: Option<&Path>) -> Result<Status> {
    let site = Site::open(folder)?;
    let outcome = build::dry_run(&site, &Request::new(Scope::All))?;
    let documents = outcome
        .plan
        .pages
        .iter()
        .map(|page| {
            let document = outcome.catalogue.corpus.get(page.id);
            let (state, up_to_date) = judge(&outcome, page);
            DocumentStatus {
                basename: document.name.as_str().to_owned(),
                title: document.title.clone(),
                state,
                draft: document.front.draft,
                deprecated: document.front.deprecated.is_some(),
                up_to_date,
                source_changed: matches!(
                    &page.action,
                    Action::Keep(Why::HandMade { outdated: true })
                ),
                note: note(&page.action),
            }
        })
        .collect();
    Ok(Status {
        documents,
        strays: outcome.plan.strays.clone(),
        outcome,
    })
}

fn judge(outcome: &Outcome, page: &build::plan::PagePlan) -> (State, Option<bool>) {
    use crate::output::page_state::State as Found;
    let fresh = matches!(page.action, Action::Fresh);
    match &outcome.pages[&page.id].state {
        Found::Absent => (State::NotPublished, None),
        Found::Generated(_) | Found::Damaged => (State::Published, Some(fresh)),
        Found::HandMade(_) => (State::HandMade, None),
        Found::Unknown => (State::Unknown, None),
        Found::Doubtful(_) => (State::Doubtful, None),
    }
}

fn note(action: &Action) -> String {
    match action {
        Action::Fresh | Action::Pass(Why::NotPublished) => String::new(),
        Action::Write(_, Why::New) => "a rebuild publishes it".to_owned(),
        Action::Write(_, why) | Action::Written(why) => format!("to be rendered: {why}"),
        Action::Keep(why) | Action::Pass(why) | Action::Remove(_, why) | Action::Removed(why) => {
            why.to_string()
        }
    }
}
