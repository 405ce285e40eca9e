//! `docsite export`: builds, and brings a folder for a static host up to date with what is published.
//!
//! Not here: which files go there, and what becomes of others (`pipeline::export`).

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::disk;
use crate::outcome::export::ExportOutcome;
use crate::pipeline;
use crate::pipeline::export;
use crate::pipeline::request::{Request, Scope};
use crate::pipeline::site::Site;
use crate::progress::Progress;

#[derive(Debug, Clone)]
pub struct Export {
    pub folder: PathBuf,
    /// Write compressed files beside text.
    pub is_packed: bool,
}

/// Builds and exports.
///
/// # Errors
///
/// If the site cannot be built, the folder is the site's, or something cannot be written.
pub fn run(site: Option<&Path>, asked: &Export, progress: &Progress) -> Result<ExportOutcome> {
    let site = Site::watched(site, progress)?;
    export::check_place(&site, &asked.folder)?;
    let lock = disk::lock(&site.root)?;
    let built = pipeline::build_unless_done(&lock, &site, Request::new(Scope::All))?;
    let reach = built.reach().clone();
    let exported = export::export(&lock, &site, &asked.folder, &reach, asked.is_packed)?;
    let errors = exported.errors.into_iter();
    Ok(ExportOutcome {
        build: built.into(),
        folder: asked.folder.display().to_string(),
        written: exported.written,
        removed: exported.removed,
        kept: exported.kept,
        fresh: exported.fresh,
        findings: errors.map(Into::into).collect(),
    })
}
