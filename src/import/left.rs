//! What an import could not move, with the reason.

/// Something that could not be moved, or not as it was.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Left {
    /// Why; the same words for all of a kind.
    pub why: &'static str,
    /// From the imported folder, with `/`.
    pub path: String,
    pub line: Option<usize>,
    /// What exactly; may be empty.
    pub what: String,
}

impl Left {
    pub(super) fn new(
        path: impl Into<String>,
        line: Option<usize>,
        why: &'static str,
        what: impl Into<String>,
    ) -> Self {
        Self {
            why,
            path: path.into(),
            line,
            what: what.into(),
        }
    }
}
