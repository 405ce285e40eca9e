//! What commands come to: the shapes that the report prints.
//!
//! Not here: working them out (`pipeline` and `commands`), and printing.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Serialize;

use crate::check::files::OutputFile;
use crate::diagnostic::Diagnostic;
use crate::model::catalogue::Catalogue;
use crate::model::corpus::DocId;
use crate::model::slot::Slots;
use crate::name::Basename;
use crate::output::page_state::Found;

use super::apply::Applied;
use super::plan::Plan;

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
    /// What is in the place of each diagram.
    pub slots: Slots,
}

/// What `add` did.
#[derive(Debug)]
pub struct Added {
    pub name: Basename,
    /// Whether it was there already, byte for byte.
    pub is_known: bool,
    /// Files that were taken in with it.
    pub files: Vec<AddedFile>,
    /// Where old bytes are, relative to the site.
    pub set_aside: Vec<String>,
    pub outcome: Outcome,
}

/// A file that was taken in with a document.
#[derive(Debug)]
pub struct AddedFile {
    /// As the document named it.
    pub from: String,
    /// Relative to the site.
    pub path: String,
    /// Whether it was there already, byte for byte.
    pub is_known: bool,
}

/// What `unpublish` did.
#[derive(Debug)]
pub struct Unpublished {
    /// Documents that it made drafts, relative to the site.
    pub drafts: Vec<String>,
    pub outcome: Outcome,
}

/// What `init` made.
#[derive(Debug)]
pub struct Made {
    pub root: PathBuf,
    /// Files that were written, relative to it.
    pub written: Vec<String>,
    /// Files that were there already.
    pub kept: Vec<String>,
    /// For an adopted archive: what `rebuild --adopt` will do.
    pub adoption: Option<Adoption>,
    /// Whether a workflow was written, or is there.
    pub has_workflow: bool,
    /// Selectors of the site's own style that name elements alone: they style docsite's pages too.
    pub bare: Vec<String>,
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
    /// Documents without a page, skipped.
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
    /// Pages of the output without a document, with what a rebuild would do about each, in words.
    pub strays: Vec<(String, String)>,
    /// Other files of the output that a build would change, or may not; none where it is not built.
    pub files: Vec<OutputFile>,
    /// Of the dry run that found it out.
    pub outcome: Outcome,
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
            publish: self.outcome.catalogue.settings.publish.word(),
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

/// Of `diagrams --json`.
const DIAGRAMS_VERSION: u32 = 1;

/// Every slot that `diagrams` was asked for.
#[derive(Debug, Serialize)]
pub struct SlotList {
    version: u32,
    /// By document, in its order; pictures that no slot takes last.
    pub slots: Vec<SlotEntry>,
}

impl SlotList {
    pub fn new(slots: Vec<SlotEntry>) -> Self {
        Self {
            version: DIAGRAMS_VERSION,
            slots,
        }
    }
}

/// One diagram's place, or a picture without one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SlotEntry {
    /// Of the document; null for a picture that belongs to none.
    pub basename: Option<String>,
    /// Unique in its document.
    pub slot: String,
    pub state: SlotState,
    /// `mermaid`, `dot` …; null for a picture without a diagram.
    pub language: Option<String>,
    /// `title="…"`.
    pub caption: Option<String>,
    /// Where its fence begins, in the document.
    pub line: Option<usize>,
    /// The file of a hand-drawn picture, there or not; relative to the site.
    pub file: String,
    /// In pixels.
    pub width: Option<f64>,
    /// In pixels.
    pub height: Option<f64>,
    /// What the picture adds to its page.
    pub bytes: Option<usize>,
    /// Why there is no picture, or why the hand-drawn one is not shown.
    pub why: Option<String>,
    pub why_line: Option<usize>,
    /// Whether the document has a page.
    pub published: bool,
}

/// What a reader sees in a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SlotState {
    Drawn,
    ByHand,
    /// Somebody's picture, older than its diagram's source.
    Outdated,
    Undrawn,
    /// Nothing: a picture in whose slot there is no diagram.
    Unplaced,
}

impl SlotState {
    pub const ALL: [Self; 5] = [
        Self::Drawn,
        Self::ByHand,
        Self::Outdated,
        Self::Undrawn,
        Self::Unplaced,
    ];

    /// As it is printed, and as filters are written.
    pub fn word(self) -> &'static str {
        match self {
            Self::Drawn => "drawn",
            Self::ByHand => "by-hand",
            Self::Outdated => "outdated",
            Self::Undrawn => "undrawn",
            Self::Unplaced => "unplaced",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// What `diagrams put` or `diagrams remove` did.
#[derive(Debug)]
pub struct SlotChange {
    /// Of the picture, relative to the site.
    pub file: String,
    pub stored: bool,
    /// Where the one before it is, relative to the site.
    pub set_aside: Option<String>,
    /// What was removed from it because it could run, load or reach beyond the picture.
    pub removed: Vec<String>,
    /// Why the page does not show it, in words; none where the page was rendered.
    pub unseen: Option<String>,
    /// Of the build that followed; none where there is no page for docsite to render.
    pub outcome: Option<Outcome>,
}

/// What `diagrams lift` did, or would do, with one page.
#[derive(Debug)]
pub struct Lifted {
    pub name: Basename,
    /// Its pictures, in their order.
    pub pictures: Vec<LiftedPicture>,
    /// What is written into the page by hand beside its pictures; then nothing was changed.
    pub edits: Vec<String>,
    /// The places that its document gets for pictures without one, as a unified diff.
    pub diff: Vec<String>,
    /// Whether a hand-edited page was given up all the same.
    pub discarded: bool,
    /// Why there was nothing to do.
    pub refused: Option<String>,
}

impl Lifted {
    /// Whether the page was lifted, or would be.
    pub fn is_ready(&self) -> bool {
        self.refused.is_none() && (self.edits.is_empty() || self.discarded)
    }
}

/// A picture that was found in a page.
#[derive(Debug)]
pub struct LiftedPicture {
    /// Where it is stored, relative to the site.
    pub file: String,
    /// The slot that shows it.
    pub slot: String,
    /// Why it belongs there, in words.
    pub placed_by: &'static str,
    /// What was removed from it.
    pub removed: Vec<String>,
}

/// What `diagrams lift` did, or would do.
#[derive(Debug)]
pub struct LiftOutcome {
    pub pages: Vec<Lifted>,
    /// Of the build that followed; none for a dry run.
    pub outcome: Option<Outcome>,
}
