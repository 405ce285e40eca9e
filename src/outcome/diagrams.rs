//! What `diagrams` found, stored, removed or lifted, and the shape of `diagrams --json`.

use serde::Serialize;

use crate::name::Basename;

use super::build::BuildOutcome;

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
    pub build: Option<BuildOutcome>,
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
    pub build: Option<BuildOutcome>,
}
