//! A file that an import writes.

use crate::edit::FileChange;

/// A file that is written where there is none.
pub(super) fn new_file(path: String, after: Vec<u8>, why: &str) -> FileChange {
    FileChange {
        from: None,
        to: Some(path),
        before: Vec::new(),
        after,
        why: vec![why.to_owned()],
    }
}
