//! `docsite render BASENAME…`: publishes documents, or renders them again, and re-indexes.

use std::path::Path;

use anyhow::Result;

use crate::diagnostic::{Diagnostic, nearest};
use crate::outcome::build::BuildOutcome;
use crate::pipeline::site::Site;
use crate::pipeline::{self, Scope};

use super::{Pages, basename};

/// Renders the named documents.
///
/// # Errors
/// When a name is none, or the site cannot be opened or written. A name that no document has is
/// one of the outcome's problems: the others are rendered.
pub fn run(folder: Option<&Path>, names: &[String], pages: &Pages) -> Result<BuildOutcome> {
    let site = Site::open(folder)?;
    let names = names
        .iter()
        .map(|name| basename(&site, name))
        .collect::<Result<Vec<_>>>()?;
    let request = pages.request(&site, Scope::Pages(names.clone()))?;
    let mut built = pipeline::build(&site, &request)?;
    let corpus = &built.catalogue.corpus;
    let known = || corpus.iter().map(|(_, document)| document.name.as_str());
    let mut missing = Vec::new();
    for name in names {
        if corpus.find(name.as_str()).is_some() {
            continue;
        }
        let problem = Diagnostic::error("no-such-document", name.source(), "no such document");
        missing.push(match nearest(name.as_str(), known()) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem,
        });
    }
    // A file that is there and cannot be read has been reported as such.
    missing.retain(|problem| {
        !built
            .diagnostics
            .iter()
            .any(|other| other.path == problem.path)
    });
    built.diagnostics.extend(missing);
    built.diagnostics.sort();
    Ok(built.into())
}
