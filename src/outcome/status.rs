//! The state of a site's documents, and the shape of `status --json`.

use serde::Serialize;

use crate::check::files::OutputFile;
use crate::diagnostic::Finding;
use crate::model::settings::Publish;

/// Of `status --json`.
const VERSION: u32 = 1;

/// The state of a site.
#[derive(Debug)]
pub struct Status {
    /// One a document, by name.
    pub documents: Vec<DocumentStatus>,
    /// Pages of the output without a document, with what a rebuild would do about each, in words.
    pub strays: Vec<(String, String)>,
    /// Other files of the output that a build would change, or may not; none where it is not built.
    pub files: Vec<OutputFile>,
    /// The rule of the settings.
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
    /// Whether its page is as a rebuild would leave it; null without a page, and for one that is
    /// not docsite's to judge.
    pub up_to_date: Option<bool>,
    /// A hand-made page whose document changed after it was made.
    pub source_changed: bool,
    /// Slots whose hand-drawn picture is older than its diagram.
    pub outdated_drawings: Vec<String>,
    /// What the state alone does not say: why the page is out of date or kept, what a rebuild would do.
    pub note: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentState {
    /// docsite made it.
    Published,
    NotPublished,
    HandMade,
    /// Another program made it.
    Unknown,
    Doubtful,
}

impl DocumentState {
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
    publish: &'static str,
    documents: &'a [DocumentStatus],
    pages_without_document: Vec<&'a str>,
    files: Vec<FileView<'a>>,
}

/// A file that is not a page, and not as a build would leave it.
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
