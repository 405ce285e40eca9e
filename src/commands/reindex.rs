//! `docsite reindex`: updates the catalogue and other derived files from the current links; no
//! pages.

use std::path::Path;

use anyhow::Result;

use crate::outcome::build::BuildOutcome;
use crate::pipeline;
use crate::pipeline::request::{Request, Scope};
use crate::pipeline::site::Site;
use crate::progress::Progress;

/// Writes the derived files again. `released`: catalogue files whose hand edits are discarded, by
/// their short names.
///
/// # Errors
///
/// If the site cannot be opened or written.
pub fn run(
    folder: Option<&Path>,
    adopt: bool,
    released: &[String],
    progress: &Progress,
) -> Result<BuildOutcome> {
    let site = Site::watched(folder, progress)?;
    let request = Request {
        adopt,
        released: released
            .iter()
            .filter_map(|name| super::released(name))
            .collect(),
        ..Request::new(Scope::Derived)
    };
    Ok(pipeline::build(&site, request)?.into())
}
