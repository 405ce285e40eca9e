//! What `init` made, or found in an archive that it adopted.

use std::path::PathBuf;

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
