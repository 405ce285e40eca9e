//! A temporary folder.

use std::path::Path;

use anyhow::{Context, Result};

/// A temporary folder, removed with its content when this is dropped.
#[derive(Debug)]
pub struct Scratch(tempfile::TempDir);

impl Scratch {
    /// # Errors
    ///
    /// If the folder cannot be created.
    pub fn new() -> Result<Self> {
        tempfile::tempdir()
            .map(Self)
            .context("cannot create a temporary directory")
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }
}
