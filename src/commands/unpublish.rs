//! `docsite unpublish BASENAME…`: takes documents off the site.
//!
//! Where all documents are published, they become drafts: `draft: true` is added to their front
//! matter. Where only documents with a page are published, the page is removed. Everything that can
//! be rejected is rejected before the first byte is written.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::diagnostic::{BuildError, nearest};
use crate::disk::{self, Placed};
use crate::fingerprint::Fingerprint;
use crate::model::front_edit;
use crate::model::front_matter;
use crate::model::settings::Publish;
use crate::name::Basename;
use crate::outcome::build::Unpublished;
use crate::pipeline::request::{Request, Scope};
use crate::pipeline::site::{Refused, Site};
use crate::pipeline::{self, discover};
use crate::progress::Progress;
use crate::rule::Cause;

use super::basename;

/// A document that becomes a draft.
struct Change {
    name: Basename,
    file: PathBuf,
    before: Fingerprint,
    bytes: Vec<u8>,
}

/// Unpublishes documents.
///
/// # Errors
///
/// If a name is invalid, or not a document's; if front matter cannot be edited; if the site
/// cannot be opened or written.
pub fn run(folder: Option<&Path>, typed: &[String], progress: &Progress) -> Result<Unpublished> {
    let site = Site::watched(folder, progress)?;
    let mut names = typed
        .iter()
        .map(|name| basename(&site, name))
        .collect::<Result<Vec<_>>>()?;
    names.sort();
    names.dedup();
    let lock = disk::lock(&site.root)?;
    pipeline::check_can_start(&site)?;
    let files = files(&site, names)?;
    let mut drafts = Vec::new();
    if site.settings.publish == Publish::All {
        for change in changes(&files)? {
            if disk::replace(&change.file, &change.bytes, Some(change.before))? == Placed::Changed {
                bail!(
                    "{} was changed meanwhile; run docsite again",
                    change.name.source()
                );
            }
            drafts.push(change.name.source());
        }
    }
    let names = files.into_iter().map(|(name, _)| name).collect();
    let request = Request::new(Scope::Without(names));
    Ok(Unpublished {
        drafts,
        build: pipeline::build_locked(&lock, &site, request)?.into(),
    })
}

/// Each document with its file.
fn files(site: &Site, names: Vec<Basename>) -> Result<Vec<(Basename, PathBuf)>> {
    let known = discover::sources(site)?;
    let mut files = Vec::new();
    let mut problems = Vec::new();
    for name in names {
        if let Some(file) = known.get(&name) {
            files.push((name, file.clone()));
            continue;
        }
        let problem = BuildError::new(Cause::NoSuchDocument, name.source(), "no such document");
        let page = site.output_file(&name.page());
        let near = nearest(name.as_str(), known.keys().map(Basename::as_str));
        problems.push(if disk::kind(&page)? != disk::Kind::Absent {
            problem.help("`docsite rebuild` removes the pages of documents that no longer exist")
        } else if let Some(near) = near {
            problem.help(format!("did you mean `{near}`?"))
        } else {
            problem
        });
    }
    if problems.is_empty() {
        Ok(files)
    } else {
        Err(Refused(problems).into())
    }
}

fn changes(files: &[(Basename, PathBuf)]) -> Result<Vec<Change>> {
    let mut changes = Vec::new();
    let mut problems = Vec::new();
    for (name, file) in files {
        let bytes = disk::read(file)?.with_context(|| format!("{} is gone", name.source()))?;
        match front_edit::edit(name, &bytes, &[front_matter::Change::Draft(true)]) {
            Ok(None) => {}
            Ok(Some(edited)) => changes.push(Change {
                name: name.clone(),
                file: file.clone(),
                before: Fingerprint::of(&bytes),
                bytes: edited,
            }),
            Err(found) => problems.extend(found),
        }
    }
    if problems.is_empty() {
        Ok(changes)
    } else {
        Err(Refused(problems).into())
    }
}
