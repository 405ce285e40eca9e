//! What is decided about a file of the output, what was done with it, and why.
//!
//! Not here: deciding (`plan`) and doing (`apply`).

use std::fmt;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::disk::Spilled;
use crate::fingerprint::Fingerprint;
use crate::model::corpus::DocId;
use crate::output::inputs::Changed;
use crate::output::page_state::Permit;

use super::pieces::Piece;

/// Why a file is written, kept or skipped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    New,
    Document,
    /// Another of its inputs changed.
    Inputs(Changed),
    Original,
    /// It was empty or all zero bytes.
    Damaged,
    /// Of unknown origin, and `--adopt` was given.
    Adopted,
    /// Made by hand, and its owner allowed its replacement.
    Discarded,
    /// One of docsite's own files that somebody changed.
    Restored,
    Listed,
    Gone,
    /// Its original exists, and is not published.
    Withheld,
    /// Its original cannot be read, and therefore may still exist.
    Unread,
    /// A copy that somebody changed, and whose original no longer exists.
    Changed,
    /// A binary file that an earlier version of docsite could not remove.
    Forgotten,
    Failed(String),
    /// Somebody changed it since docsite wrote it, or drew into it.
    HandMade {
        /// The document was changed afterwards.
        outdated: bool,
    },
    /// It has no mark and no picture.
    Unknown,
    /// It must be left alone; says why.
    Doubtful(String),
    /// It has no page, and none was requested.
    NotPublished,
    Draft,
    /// Its document is not published, but docsite may not remove the page.
    Left(Left),
    /// It was unpublished by name.
    Withdrawn,
    /// Its document has an error.
    Unsound,
    NoDocument,
    /// Its document is in a file that is not read as one.
    Elsewhere(String),
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::New => "new",
            Self::Document => "its document changed",
            Self::Inputs(changed) => return changed.fmt(f),
            Self::Original => "its original changed",
            Self::Damaged => "was damaged",
            Self::Adopted => "of unknown origin, taken over",
            Self::Discarded => "was made by hand; replaced on request",
            Self::Restored => "docsite's own file was edited",
            Self::Listed => "what it lists changed",
            Self::Gone => "its original is gone",
            Self::Withheld => "its document is not published",
            Self::Unread => "its original cannot be read",
            Self::Changed => "was changed since docsite wrote it; its original is gone",
            Self::Forgotten => "left by an earlier version; its original is gone",
            Self::Failed(why) => return f.write_str(why),
            Self::HandMade { outdated: false } => "made by hand",
            Self::HandMade { outdated: true } => "made by hand; its document changed since",
            Self::Unknown => "of unknown origin; --adopt takes it over",
            Self::Doubtful(why) => return write!(f, "left alone: {why}"),
            Self::NotPublished => "not published",
            Self::Draft => "a draft",
            Self::Left(Left::Draft) => {
                "its document is a draft, but docsite did not make this page"
            }
            Self::Left(Left::Gone) => "its document is gone, but docsite did not make this page",
            Self::Withdrawn => "unpublished",
            Self::Unsound => "its document has an error",
            Self::NoDocument => "its document is gone",
            Self::Elsewhere(path) => return write!(f, "its document is {path}, which is not read"),
        })
    }
}

/// Why a page has no published document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Left {
    Draft,
    Gone,
}

/// What is decided about a file, and why.
#[derive(Debug)]
pub enum Action {
    Write(Permit, Why),
    /// It is up to date.
    Fresh,
    /// It exists, and stays as it is.
    Keep(Why),
    /// It does not exist, and is not made.
    Skip(Why),
    Remove(Permit, Why),
}

/// What is done with the page of a document.
#[derive(Debug)]
pub struct PagePlan {
    pub id: DocId,
    /// Relative to the output.
    pub path: String,
    pub action: Action,
}

/// What is done with a file that is not the page of a document.
#[derive(Debug)]
pub struct FilePlan {
    /// Relative to the output.
    pub path: String,
    pub action: Action,
    pub content: Content,
    pub prints: Prints,
    /// In bytes, once it is written; none where it is not made yet, or stays whatever it is.
    pub size: Option<u64>,
}

/// What a file is to hold.
#[derive(Debug)]
pub enum Content {
    Bytes(Vec<u8>),
    /// Bytes that are not in memory until they are written.
    Spilled(Spilled),
    /// What is made when it is written.
    Piece(Piece),
    /// The same as this file, which is read when the copy is written.
    Original(PathBuf),
    /// Nothing: it is removed or kept.
    Nothing,
}

/// Hashes of a copy's bytes that docsite wrote.
#[derive(Debug, Default, Clone, Copy)]
pub struct Prints {
    /// Before the build, if docsite wrote it.
    pub before: Option<Fingerprint>,
    pub after: Option<Fingerprint>,
}

/// What was done with a file, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Deed {
    Written(Why),
    /// It was as it would be written.
    Fresh,
    Kept(Why),
    /// It did not exist, and was not made.
    Skipped(Why),
    Removed(Why),
}

/// What was done with one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// Relative to the output.
    pub path: String,
    pub is_page: bool,
    pub deed: Deed,
}
