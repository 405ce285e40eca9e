//! `docsite fix`: applies the fixes that are certain.
//!
//! Not here: which these are (`check::fixes`).

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;

use crate::disk::Scratch;
use crate::edit::{self, Known};
use crate::git::{Checkout, Tree};
use crate::model::document::Document;
use crate::name::Basename;
use crate::pipeline::site::Site;
use crate::progress::Progress;

use super::basename;
use super::planned::Planned;

#[derive(Debug, Clone, Default)]
pub struct Fix {
    /// A git revision: headings that got other words since are known.
    pub base: Option<String>,
    /// Documents whose hand-made pages may be changed.
    pub hand_made: Vec<String>,
}

/// Plans the fixes.
///
/// # Errors
///
/// If the site or the revision cannot be read.
pub fn plan(folder: Option<&Path>, asked: &Fix, progress: &Progress) -> Result<Planned> {
    let site = Site::watched(folder, progress)?;
    let hand_made = asked.hand_made.iter().map(|name| basename(&site, name));
    let hand_made = hand_made.collect::<Result<Vec<_>>>()?;
    let before = match &asked.base {
        Some(revision) => former(&site.root, revision)?,
        None => BTreeMap::new(),
    };
    let known = Known::read(&site)?;
    let plan = edit::fixed(&site, &known, &before, &hand_made)?;
    Ok(Planned::new(site, plan).called("fix"))
}

/// The documents of a site as they were at a revision.
///
/// # Errors
///
/// If there is no such revision, or the site was none then.
fn former(root: &Path, revision: &str) -> Result<BTreeMap<Basename, Document>> {
    let checkout = Checkout::of(root)?;
    let commit = checkout.base(revision)?;
    let copy = Scratch::new()?;
    checkout.copy(Tree::Commit(&commit), copy.path())?;
    let site = Site::open(Some(&copy.path().join(&checkout.prefix)))?;
    let known = Known::read(&site)?;
    let documents = known.catalogue().corpus.iter();
    Ok(documents
        .map(|(_, document)| (document.name.clone(), document.clone()))
        .collect())
}
