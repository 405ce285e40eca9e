//! What is set aside, and how it compares with what is there now.
//!
//! Not here: the copies (`disk`). The words of `Now` are part of the JSON format.

use crate::disk::Kept;

/// What is at the path of a copy now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Now {
    /// The file has the bytes of the copy again, or still.
    Same,
    /// A file with other bytes.
    Other,
    /// Nothing.
    Gone,
    /// Not a regular file, or one that cannot be read.
    NotAFile,
}

impl Now {
    pub fn word(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Other => "other",
            Self::Gone => "gone",
            Self::NotAFile => "not-a-file",
        }
    }
}

/// Copies, the oldest first.
#[derive(Debug)]
pub struct KeptList {
    pub copies: Vec<(Kept, Now)>,
    /// In seconds since 1970.
    pub today: u64,
}
