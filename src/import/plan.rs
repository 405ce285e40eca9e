//! The plan of an import: what of the folder is read, and into which site.
//!
//! Not here: what becomes of it (`work`, `changes`), and carrying the plan out (`edit::Plan`).

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::disk;
use crate::edit::Plan;
use crate::pipeline::site::{Refused, Site};

use super::archive;
use super::asked::Asked;
use super::changes;
use super::folder::Folder;
use super::imported::Imported;
use super::map::Map;
use super::work::Work;

/// Plans an import.
///
/// # Errors
///
/// If the folder cannot be read or is a part of the site, or the map is wrong.
pub fn plan(site: &Site, asked: &Asked<'_>) -> Result<(Imported, Plan)> {
    let skip = not_read(site, asked)?;
    // Of an archive's `markdown/`, what it links to and its reading path are above it.
    let archive = archive::above(&asked.folder).filter(|root| !skip.contains(root));
    let mut folder = Folder::read(archive.as_deref().unwrap_or(&asked.folder), &skip)?;
    if archive.is_some() {
        folder
            .notes
            .retain(|note| note.path.starts_with("markdown/"));
        folder
            .left
            .retain(|left| left.path.starts_with("markdown/"));
    }
    let paths: Vec<&str> = folder.notes.iter().map(|note| note.path.as_str()).collect();
    let map = match &asked.map {
        Some((file, text)) => Map::parse(file, text, &paths).map_err(Refused)?,
        None => Map::default(),
    };
    let mut work = Work::of(site, folder, map, asked.new.is_some());
    work.name_and_link()?;
    Ok(changes::of(work, asked.new.as_ref()))
}

/// What of the folder is the site's own, and not read.
fn not_read(site: &Site, asked: &Asked<'_>) -> Result<Vec<PathBuf>> {
    let root = disk::real(&site.root).or_else(|| std::path::absolute(&site.root).ok());
    let (Some(root), Some(folder)) = (root, disk::real(&asked.folder)) else {
        return Ok(Vec::new());
    };
    if asked.new.is_some() {
        return Ok(if root == folder {
            Vec::new()
        } else {
            vec![root]
        });
    }
    let mut own: Vec<PathBuf> = ["markdown", "attachment", "assets", "templates", ".docsite"]
        .map(|name| root.join(name))
        .into();
    if !site.settings.is_flat() {
        own.push(root.join(&site.settings.output));
    }
    if let Some(own) = own.iter().find(|own| folder.starts_with(own)) {
        bail!(
            "{} is in {}, which is the site's own; import a folder outside of it",
            asked.folder.display(),
            own.display()
        );
    }
    Ok(if root != folder && root.starts_with(&folder) {
        vec![root]
    } else {
        own
    })
}
