//! What front matter says, and what is wrong with it.
//!
//! Not here: reading it (`reading`).

use std::ops::Range;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use unicode_normalization::UnicodeNormalization;

use crate::name::Basename;

/// The metadata at the top of a document.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct FrontMatter {
    /// Replaces the first heading.
    pub title: Option<String>,
    /// Replaces the first paragraph.
    pub description: Option<String>,
    /// `deprecated: true` gives an empty reason.
    pub deprecated: Option<String>,
    /// The document to read instead of a deprecated one.
    pub superseded_by: Option<Basename>,
    pub draft: bool,
    pub tags: Vec<String>,
    /// `YYYY-MM-DD`.
    pub date: Option<String>,
    /// `YYYY-MM-DD`.
    pub updated: Option<String>,
    /// Former names of the document.
    pub aliases: Vec<String>,
    /// The tag of its language, where that is not the site's: `ko`, `zh-Hant`.
    pub lang: Option<String>,
    /// Unknown keys, in their order.
    pub extra: Map<String, Json>,
}

/// Something in the block that is not used, or not as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub span: Range<usize>,
    pub kind: Kind,
    /// On one line.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Broken,
    /// A value or a key that is not used.
    Value,
    /// A block at a place where it is not read.
    Place,
}

impl FrontMatter {
    /// The former basenames of the document: its aliases without their endings, in NFC.
    pub fn old_names(&self) -> impl Iterator<Item = String> {
        self.aliases.iter().map(|alias| {
            let stem = alias.strip_suffix(".html").or(alias.strip_suffix(".md"));
            stem.unwrap_or(alias).nfc().collect()
        })
    }
}
