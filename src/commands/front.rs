//! `docsite publish`, `unpublish` and `deprecate`: what documents say of themselves in their front
//! matter, and the pages that follow.
//!
//! Not here: how front matter is written (`edit`).

use std::path::Path;

use anyhow::Result;

use crate::edit::{self, Known};
use crate::model::front_matter::Change;
use crate::model::settings::Publish;
use crate::name::Basename;
use crate::pipeline::request::Scope;
use crate::pipeline::site::Site;
use crate::progress::Progress;

use super::planned::Planned;
use super::{basename, documents};

/// Plans to publish documents: they are drafts no longer, and get their pages.
///
/// # Errors
///
/// If a name is nothing's, or front matter cannot be edited.
pub fn publish(folder: Option<&Path>, typed: &[String], progress: &Progress) -> Result<Planned> {
    let (site, known, names) = open(folder, typed, progress)?;
    let change = (&[Change::Draft(false)][..], "a draft no longer");
    let plan = edit::said(&site, &known, &names, change)?;
    // Where pages decide, it is named to get one; else what leads to it changes too.
    let scope = match site.settings.publish {
        Publish::All => Scope::All,
        Publish::Pages => Scope::Pages(names),
    };
    Ok(Planned::built(site, plan, scope).called(words("publish", typed)))
}

/// Plans to take documents off the site. Where all documents are published, they become drafts; where
/// only documents with a page are, the page goes.
///
/// # Errors
///
/// As `publish`.
pub fn unpublish(folder: Option<&Path>, typed: &[String], progress: &Progress) -> Result<Planned> {
    let (site, known, names) = open(folder, typed, progress)?;
    let change = (&[Change::Draft(true)][..], "a draft from now on");
    let change = (site.settings.publish == Publish::All).then_some(change);
    let plan = edit::unpublished(&site, &known, &names, change)?;
    let scope = Scope::Without(names);
    Ok(Planned::built(site, plan, scope).called(words("unpublish", typed)))
}

/// Plans to say that a document is out of date, why, and what to read instead.
///
/// # Errors
///
/// As `publish`.
pub fn deprecate(
    folder: Option<&Path>,
    (typed, by, reason): (&str, Option<&str>, Option<&str>),
    progress: &Progress,
) -> Result<Planned> {
    let (site, known, names) = open(folder, &[typed.to_owned()], progress)?;
    let by = by.map(|by| basename(&site, by)).transpose()?;
    if let Some(by) = &by {
        edit::all_there(&known, std::slice::from_ref(by))?;
        anyhow::ensure!(
            !names.contains(by),
            "`{by}` cannot be read instead of itself"
        );
    }
    let reason = reason.map(|reason| reason.split_whitespace().collect::<Vec<_>>().join(" "));
    let reason = reason.as_deref().filter(|reason| !reason.is_empty());
    let said = known.find(&names[0]).and_then(|id| {
        let document = known.catalogue().corpus.get(id);
        document.front.deprecated.as_deref()
    });
    let mut changes = Vec::new();
    // A reason that is there already stays.
    if reason.is_some() || (by.is_none() && said.is_none()) {
        changes.push(Change::Deprecated(reason));
    }
    if by.is_some() {
        changes.push(Change::Successor(by.as_ref()));
    }
    let plan = edit::said(&site, &known, &names, (&changes, "deprecated"))?;
    Ok(Planned::new(site, plan).called(format!("deprecate {typed}")))
}

fn open(
    folder: Option<&Path>,
    typed: &[String],
    progress: &Progress,
) -> Result<(Site, Known, Vec<Basename>)> {
    let site = Site::watched(folder, progress)?;
    let known = Known::read(&site)?;
    let names = documents(&site, &known, typed)?;
    Ok((site, known, names))
}

fn words(command: &str, typed: &[String]) -> String {
    format!("{command} {}", typed.join(" "))
}
