//! `docsite reindex`: the catalogue and what else is derived, with link data read anew; no pages.

use std::path::Path;

use anyhow::Result;

use crate::build::outcome::Outcome;
use crate::build::site::Site;
use crate::build::{self, Request, Scope};

/// Makes the derived files anew.
///
/// # Errors
/// When the site cannot be opened or written.
pub fn run(folder: Option<&Path>, adopt: bool) -> Result<Outcome> {
    let site = Site::open(folder)?;
    let request = Request {
        adopt,
        ..Request::new(Scope::Derived)
    };
    build::build(&site, &request)
}
