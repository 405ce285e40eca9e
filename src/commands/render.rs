//! `docsite render BASENAME…`: publishes documents, or renders them again, and re-indexes.

use std::path::Path;

use anyhow::Result;

use crate::diagnostic::Finding;
use crate::disk;
use crate::outcome::build::BuildOutcome;
use crate::pipeline;
use crate::pipeline::request::Scope;
use crate::pipeline::site::Site;
use crate::progress::Progress;

use super::{Pages, basename};

/// Renders the named documents.
///
/// # Errors
///
/// If a name is invalid, or the site cannot be opened or written. A name without a document is
/// one of the outcome's problems: the others are rendered.
pub fn run(
    folder: Option<&Path>,
    names: &[String],
    pages: &Pages,
    progress: &Progress,
) -> Result<BuildOutcome> {
    let site = Site::watched(folder, progress)?;
    let names = names
        .iter()
        .map(|name| basename(&site, name))
        .collect::<Result<Vec<_>>>()?;
    let request = pages.request(&site, Scope::Pages(names.clone()))?;
    let lock = disk::lock(&site.root)?;
    let mut built = pipeline::build_locked(&lock, &site, request)?;
    let corpus = &built.resolved.catalogue.corpus;
    let mut missing = Vec::new();
    for name in names {
        if corpus.find(name.as_str()).is_some() {
            continue;
        }
        missing.push(Finding::from(corpus.no_such(&name)));
    }
    // An existing file that cannot be read has been reported already.
    missing.retain(|problem| {
        !built
            .findings
            .iter()
            .any(|other| other.path == problem.path)
    });
    built.findings.extend(missing);
    built.findings.sort();
    Ok(built.into())
}
