//! `docsite reindex`: the catalogue and what else is derived, from the links as they are now; no pages.

use std::path::Path;

use anyhow::Result;

use crate::outcome::build::BuildOutcome;
use crate::pipeline::site::Site;
use crate::pipeline::{self, Request, Scope};

/// Makes the derived files again. `released`: files of the catalogue whose edits by hand are given
/// up, by their short names.
///
/// # Errors
/// When the site cannot be opened or written.
pub fn run(folder: Option<&Path>, adopt: bool, released: &[String]) -> Result<BuildOutcome> {
    let site = Site::open(folder)?;
    let request = Request {
        adopt,
        released: released
            .iter()
            .filter_map(|name| super::released(name))
            .collect(),
        ..Request::new(Scope::Derived)
    };
    Ok(pipeline::build(&site, &request)?.into())
}
