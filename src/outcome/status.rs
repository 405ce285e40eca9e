//! The state of a site's documents, and the shape of `status --json`.

use serde::Serialize;

use crate::check::files::OutputFile;
use crate::diagnostic::Finding;
use crate::model::settings::Publish;

/// Version of the format of `status --json`.
const VERSION: u32 = 1;

#[derive(Debug)]
pub struct Status {
    /// One for each document, by name.
    pub documents: Vec<DocumentStatus>,
    /// Pages of the output without a document, with what a rebuild would do about each.
    pub strays: Vec<(String, String)>,
    /// Other files of the output that are not up to date; empty if there is no output.
    pub files: Vec<OutputFile>,
    /// Which documents the settings publish.
    pub publish: Publish,
    /// Errors only.
    pub findings: Vec<Finding>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentStatus {
    pub basename: String,
    pub title: String,
    pub state: DocumentState,
    /// `draft: true`.
    pub draft: bool,
    /// `deprecated: …`.
    pub deprecated: bool,
    /// Whether its page is up to date; null without a page, and for a page that docsite did not
    /// make.
    pub up_to_date: Option<bool>,
    /// A hand-made page whose document changed after it was made.
    pub source_changed: bool,
    /// Slots whose hand-drawn picture is older than its diagram.
    pub outdated_drawings: Vec<String>,
    /// Details: why the page is out of date or kept, what a rebuild would do.
    pub note: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentState {
    /// With a page by docsite.
    Published,
    NotPublished,
    HandMade,
    /// With a page by another program.
    Unknown,
    Doubtful,
}

impl DocumentState {
    /// The word for it in the output.
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
    publish: &'static str,
    documents: &'a [DocumentStatus],
    pages_without_document: Vec<&'a str>,
    files: Vec<FileView<'a>>,
}

/// A file other than a page that is not up to date.
#[derive(Debug, Serialize)]
struct FileView<'a> {
    path: &'a str,
    state: &'static str,
}

impl Status {
    pub fn view(&self) -> StatusView<'_> {
        StatusView {
            version: VERSION,
            publish: self.publish.word(),
            documents: &self.documents,
            pages_without_document: self.strays.iter().map(|(page, _)| page.as_str()).collect(),
            files: self
                .files
                .iter()
                .map(|file| FileView {
                    path: &file.path,
                    state: file.state.word(),
                })
                .collect(),
        }
    }
}
