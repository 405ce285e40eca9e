//! `docsite rebuild`: brings every published page and the catalogue up to date.

use std::path::Path;

use anyhow::Result;

use crate::outcome::build::BuildOutcome;
use crate::pipeline;
use crate::pipeline::request::{Coverage, Request, Scope};
use crate::pipeline::site::Site;
use crate::progress::Progress;

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
pub fn run(folder: Option<&Path>, asked: &Rebuild, progress: &Progress) -> Result<BuildOutcome> {
    let site = Site::watched(folder, progress)?;
    let coverage = if asked.all {
        Coverage::All
    } else {
        Coverage::Rule
    };
    let request = Request {
        coverage,
        ..asked.pages.request(&site, Scope::All)?
    };
    if asked.dry_run {
        let planned = pipeline::dry_run(&site, request)?;
        let findings = planned.findings(&site);
        return Ok(BuildOutcome::of_plan(planned, findings));
    }
    Ok(pipeline::build(&site, request)?.into())
}
