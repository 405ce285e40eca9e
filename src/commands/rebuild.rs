//! `docsite rebuild`: every published page and the catalogue, brought up to date.

use std::path::Path;

use anyhow::Result;

use crate::build::outcome::Outcome;
use crate::build::site::Site;
use crate::build::{self, Scope};

use super::Pages;

/// Rebuilds, or only says what a rebuild would do.
///
/// # Errors
/// When the site cannot be opened or written.
pub fn run(folder: Option<&Path>, dry_run: bool, pages: &Pages) -> Result<Outcome> {
    let site = Site::open(folder)?;
    let request = pages.request(&site, Scope::All)?;
    if dry_run {
        build::dry_run(&site, &request)
    } else {
        build::build(&site, &request)
    }
}
