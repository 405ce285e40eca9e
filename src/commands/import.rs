//! `docsite import FOLDER`: notes of other programs become documents of the site.
//!
//! Not here: what becomes of each file (`import`).

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::disk::{self, Named};
use crate::edit::Plan;
use crate::import::{self, Asked, Imported, NewSite};
use crate::model::document::decode;
use crate::model::settings::Publish;
use crate::outcome::import::Import as Outcome;
use crate::pipeline::request::Scope;
use crate::pipeline::site::{Refused, Site};
use crate::progress::Progress;

use super::planned::Planned;

#[derive(Debug, Clone)]
pub struct Import {
    pub folder: PathBuf,
    /// A file that says names.
    pub map: Option<PathBuf>,
    /// Where to write a file that says the names of the plan.
    pub write_map: Option<PathBuf>,
}

/// A plan of an import.
#[derive(Debug)]
pub struct PlannedImport {
    pub outcome: Outcome,
    pub planned: Planned,
}

/// Plans the import of a folder into a site.
///
/// # Errors
///
/// If the folder or the map cannot be used, or the map not be written.
pub fn plan(site: Option<&Path>, asked: &Import, progress: &Progress) -> Result<PlannedImport> {
    planned(Site::watched(site, progress)?, asked, None)
}

/// Plans the import of a folder into a site that may be new.
pub(super) fn planned(
    site: Site,
    asked: &Import,
    new: Option<NewSite<'_>>,
) -> Result<PlannedImport> {
    let (imported, plan) = proposed(&site, asked, new)?;
    let folder = asked.folder.display().to_string();
    let map = match &asked.write_map {
        Some(file) => Some(write_map(file, &imported)?),
        None => None,
    };
    let names = imported
        .documents
        .iter()
        .map(|document| document.name.clone());
    let is_selective = site.settings.publish == Publish::Pages;
    let planned = if is_selective && !plan.is_empty() {
        Planned::built(site, plan, Scope::Pages(names.collect()))
    } else {
        Planned::new(site, plan)
    };
    Ok(PlannedImport {
        planned: planned.called(format!("import {folder}")),
        outcome: Outcome {
            folder,
            imported,
            done: None,
            map,
        },
    })
}

/// What becomes of a folder.
pub(super) fn proposed(
    site: &Site,
    asked: &Import,
    new: Option<NewSite<'_>>,
) -> Result<(Imported, Plan)> {
    let map = match &asked.map {
        Some(file) => {
            let shown = file.display().to_string();
            let text = decode(&shown, &disk::read_named(file)?).map_err(Refused::one)?;
            Some((shown, text))
        }
        None => None,
    };
    let asked = Asked {
        folder: asked.folder.clone(),
        map,
        new,
    };
    import::plan(site, &asked)
}

/// Writes a map where there is no file: one that somebody edited is not lost.
fn write_map(file: &Path, imported: &Imported) -> Result<String> {
    let shown = file.display().to_string();
    let named = Named::open(file, |_| bail!("it exists already; name another file"));
    named
        .and_then(|named| named.write(imported.map.as_bytes()))
        .with_context(|| format!("cannot write the map {shown}"))?;
    Ok(shown)
}

impl PlannedImport {
    /// Whether there is nothing to do.
    pub fn is_idle(&self) -> bool {
        self.planned.is_idle()
    }

    /// Changes the site, and builds it.
    ///
    /// # Errors
    ///
    /// As of any plan: then nothing is changed, or the site cannot be built.
    pub fn carry_out(self, builds: bool) -> Result<Outcome> {
        disk::make_folder(&self.planned.site.root)?;
        let site = self.planned.site.root.clone();
        let edited = self.planned.carry_out(builds)?;
        // Without it, the next import is more careful.
        let _ = self.outcome.imported.ledger.write(&site);
        Ok(Outcome {
            done: edited.done,
            ..self.outcome
        })
    }
}
