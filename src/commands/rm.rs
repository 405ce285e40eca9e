//! `docsite rm BASENAME…`: removes documents, and says what becomes of links to them.
//!
//! Not here: what goes with a document (`edit`).

use std::path::Path;

use anyhow::Result;

use crate::edit::{self, Known, Links, Removal};
use crate::pipeline::site::Site;
use crate::progress::Progress;

use super::planned::Planned;
use super::{basename, documents};

#[derive(Debug, Clone)]
pub struct Rm {
    /// Basenames, and patterns of them with `*`.
    pub basenames: Vec<String>,
    /// Another document that links lead to then.
    pub redirect: Option<String>,
    /// Links become text.
    pub unlink: bool,
    /// Links stay.
    pub force: bool,
}

/// Plans to remove documents.
///
/// # Errors
///
/// If a name is nothing's, if something leads to one and nothing is said of links, or if something
/// that would have to change cannot be read or edited.
pub fn plan(folder: Option<&Path>, asked: &Rm, progress: &Progress) -> Result<Planned> {
    let site = Site::watched(folder, progress)?;
    let known = Known::read(&site)?;
    let names = documents(&site, &known, &asked.basenames)?;
    let links = match &asked.redirect {
        Some(to) => Links::Redirect(basename(&site, to)?),
        None if asked.unlink => Links::Unlink,
        None if asked.force => Links::Leave,
        None => Links::Refuse,
    };
    let plan = edit::removed(&site, &known, &Removal { names, links })?;
    let words = format!("rm {}", asked.basenames.join(" "));
    Ok(Planned::new(site, plan).called(words))
}
