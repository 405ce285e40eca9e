//! The result of `init`: what it made, or found in an archive that it adopted.

use std::path::PathBuf;

use crate::import::Imported;

#[derive(Debug)]
pub struct Made {
    pub root: PathBuf,
    /// Files that were written, relative to it.
    pub written: Vec<String>,
    /// Files that existed already.
    pub kept: Vec<String>,
    /// For an adopted archive: what `rebuild --adopt` will do.
    pub adoption: Option<Adoption>,
    /// Whether a workflow was written, or existed.
    pub has_workflow: bool,
    /// The repository above the site, where GitHub does not look for workflows below it.
    pub repository: Option<PathBuf>,
    /// Selectors of the site's own style that consist of element names alone: they affect docsite's
    /// pages too.
    pub bare: Vec<String>,
    /// How many documents existed before.
    pub documents: usize,
    /// For a folder of other notes, in which nothing was written: what `--import` would do.
    pub proposal: Option<Imported>,
}

/// What `rebuild --adopt` will do with an archive's pages. Names of pages and basenames.
#[derive(Debug, Default)]
pub struct Adoption {
    /// Re-rendered; their old bytes are set aside.
    pub rendered: Vec<String>,
    /// Kept, byte for byte, with the reason.
    pub kept: Vec<(String, String)>,
    /// Documents without a page, skipped.
    pub passed: Vec<String>,
    /// Derived files that it replaces, such as index.html.
    pub derived: Vec<String>,
}
