//! `docsite rebuild`: brings every published page and the catalogue up to date.

use std::path::Path;

use anyhow::Result;

use crate::outcome::build::BuildOutcome;
use crate::pipeline::site::Site;
use crate::pipeline::{self, Request, Scope};

use super::Pages;

#[derive(Debug, Clone, Default)]
pub struct Rebuild {
    /// Publish every document that is not a draft.
    pub all: bool,
    pub dry_run: bool,
    /// Which pages that are not docsite's may be replaced.
    pub pages: Pages,
}

/// Rebuilds, or only plans a rebuild.
///
/// # Errors
///
/// If the site cannot be opened or written.
pub fn run(folder: Option<&Path>, asked: &Rebuild) -> Result<BuildOutcome> {
    let site = Site::open(folder)?;
    let request = Request {
        all: asked.all,
        ..asked.pages.request(&site, Scope::All)?
    };
    let built = if asked.dry_run {
        pipeline::dry_run(&site, &request)?
    } else {
        pipeline::build(&site, &request)?
    };
    Ok(built.into())
}
