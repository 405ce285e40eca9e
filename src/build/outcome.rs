//! What commands come to: the shapes that the report prints.
//!
//! Not here: working them out (`build` and `commands`), and printing.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Serialize;

use crate::diagnostic::Diagnostic;
use crate::model::catalogue::Catalogue;
use crate::model::corpus::DocId;
use crate::name::Basename;
use crate::output::page_state::Found;

use super::apply::Applied;
use super::plan::Plan;

/// What a build comes to.
#[derive(Debug)]
pub struct Outcome {
    /// Everything that is known of the site.
    pub catalogue: Catalogue,
    /// What was decided, file by file.
    pub plan: Plan,
    /// What was done; none for a dry run.
    pub applied: Option<Applied>,
    /// What is wrong with the content, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
    /// Each document's page as it was found.
    pub pages: BTreeMap<DocId, Found>,
}

/// What `add` did.
#[derive(Debug)]
pub struct Added {
    /// The document.
    pub name: Basename,
    /// Where the old source is, relative to the site.
    pub set_aside: Option<String>,
    /// Of the build.
    pub outcome: Outcome,
}

/// What `init` made.
#[derive(Debug)]
pub struct Made {
    /// The site's folder.
    pub root: PathBuf,
    /// Files that were written, relative to it.
    pub written: Vec<String>,
    /// Files that were there already.
    pub kept: Vec<String>,
    /// For an adopted archive: what `rebuild --adopt` will do.
    pub adoption: Option<Adoption>,
    /// How many documents were there before.
    pub documents: usize,
}

/// What `rebuild --adopt` will do with an archive's pages. Names of pages and basenames.
#[derive(Debug, Default)]
pub struct Adoption {
    /// Re-rendered, their old bytes set aside.
    pub rendered: Vec<String>,
    /// Kept, byte for byte, with the reason.
    pub kept: Vec<(String, String)>,
    /// Documents without a page, passed by.
    pub passed: Vec<String>,
    /// index.html and its like that it takes over.
    pub derived: Vec<String>,
}

/// Of `status --json`.
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
