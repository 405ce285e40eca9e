//! A temporary folder.

use std::path::Path;

use anyhow::{Context, Result};

/// A folder outside of the site that is removed, with everything in it, when this is dropped.
#[derive(Debug)]
pub struct Scratch(tempfile::TempDir);

impl Scratch {
    /// An empty one.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn new() -> Result<Self> {
        tempfile::tempdir()
            .map(Self)
            .context("cannot create a temporary directory")
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }
}
