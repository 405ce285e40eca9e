//! The difference from a git revision, as data. It is serialized as it is into the JSON format of a
//! check: renaming or removing a field requires a new version of that.
//!
//! Not here: comparing (`change`).

use serde::Serialize;

/// The difference from a git revision.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The revision, as the user wrote it.
    pub since: String,
    pub documents: Documents,
    pub links: Links,
    pub findings: Findings,
    /// Basenames of documents that lost the last link to them.
    pub unlinked: Vec<String>,
}

/// Basenames of documents, by kind of difference.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Documents {
    pub added: Vec<String>,
    pub removed: Vec<String>,
    pub changed: Vec<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Links {
    pub added: Vec<Link>,
    pub removed: Vec<Link>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Link {
    pub from: String,
    pub to: String,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Findings {
    pub new: usize,
    pub fixed: usize,
}
