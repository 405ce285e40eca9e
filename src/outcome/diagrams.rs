//! What `diagrams` found, stored, removed or lifted, and the shape of `diagrams --json`.

use serde::Serialize;

use crate::name::Basename;

use super::build::BuildOutcome;

/// Version of the format of `diagrams --json`.
const DIAGRAMS_VERSION: u32 = 1;

/// The slots that `diagrams` lists.
#[derive(Debug, Serialize)]
pub struct SlotList {
    version: u32,
    /// By document, in its order; pictures without a slot last.
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

/// One diagram's slot, or a picture without one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SlotEntry {
    /// The document's; null for a picture without a document.
    pub basename: Option<String>,
    /// Unique in its document.
    pub slot: String,
    pub state: SlotState,
    /// `mermaid`, `dot` …; null for a picture without a diagram.
    pub language: Option<String>,
    /// From `title="…"`.
    pub caption: Option<String>,
    /// The line of its fence in the document, from 1.
    pub line: Option<usize>,
    /// The path of its hand-drawn picture, relative to the site, even if there is none.
    pub file: String,
    /// In pixels.
    pub width: Option<f64>,
    /// In pixels.
    pub height: Option<f64>,
    /// The bytes that the picture adds to its page.
    pub bytes: Option<usize>,
    /// Why there is no picture, why the hand-drawn one is not shown, or in what the drawn one differs
    /// from what its source asks for.
    pub why: Option<String>,
    pub why_line: Option<usize>,
    pub published: bool,
}

/// What a reader sees in a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SlotState {
    Drawn,
    ByHand,
    /// A hand-drawn picture older than its diagram's source.
    Outdated,
    Undrawn,
    /// A picture whose slot does not exist.
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

    /// The word for it in output and in filters.
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

/// The result of `diagrams put` or `diagrams remove`.
#[derive(Debug)]
pub struct SlotChange {
    /// The picture's path, relative to the site.
    pub file: String,
    pub stored: bool,
    /// Where the previous picture was moved, relative to the site.
    pub set_aside: Option<String>,
    /// What was removed from it because it could run, load or refer to something outside of the
    /// picture.
    pub removed: Vec<String>,
    /// Why the page does not show it; `None` if the page was rendered.
    pub unseen: Option<String>,
    /// The build that followed; `None` if docsite does not render the page.
    pub build: Option<BuildOutcome>,
}

/// The result of `diagrams lift` for one page.
#[derive(Debug)]
pub struct Lifted {
    pub name: Basename,
    /// In the order of the page.
    pub pictures: Vec<LiftedPicture>,
    /// Text written into the page by hand beside its pictures; then nothing was changed.
    pub edits: Vec<String>,
    /// The fences added to its document, as a unified diff.
    pub diff: Vec<String>,
    /// Whether hand-written text was discarded on request.
    pub discarded: bool,
    /// Why there was nothing to do.
    pub refused: Option<String>,
}

impl Lifted {
    /// Whether the page was, or would be, lifted.
    pub fn is_ready(&self) -> bool {
        self.refused.is_none() && (self.edits.is_empty() || self.discarded)
    }
}

#[derive(Debug)]
pub struct LiftedPicture {
    /// Where it is stored, relative to the site.
    pub file: String,
    /// The slot that shows it.
    pub slot: String,
    /// Why it belongs there, in words.
    pub placed_by: &'static str,
    /// What was removed from it, as in [`SlotChange`].
    pub removed: Vec<String>,
}

/// The result of `diagrams lift`.
#[derive(Debug)]
pub struct LiftOutcome {
    pub pages: Vec<Lifted>,
    /// The build that followed; `None` for a dry run.
    pub build: Option<BuildOutcome>,
}
