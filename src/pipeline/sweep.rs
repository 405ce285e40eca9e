//! Removes what a killed run left.

use std::path::Path;

use anyhow::{Context, Result};

use crate::disk::{self, Kind};
use crate::fingerprint::Fingerprint;
use crate::output::page_state::{self, PageState};

use super::paths::OWN_FOLDER;
use super::site::Site;

/// Removes the temporary files of a killed run. One with bytes that are not docsite's (a hand edit
/// that was swapped out when the power failed) is set aside first.
///
/// # Errors
///
/// If one can neither be set aside nor removed.
pub fn sweep(site: &Site) -> Result<()> {
    let mut folders = vec![(site.root.join("markdown"), 1)];
    if site.settings.is_flat() {
        folders.push((site.root.clone(), 1));
        folders.push((site.root.join("assets"), 1));
        folders.push((site.root.join(OWN_FOLDER), usize::MAX));
    } else {
        folders.push((site.output(), usize::MAX));
    }
    for (folder, depth) in folders {
        let enter = |path: &str| {
            let name = path.rsplit('/').next().unwrap_or(path);
            !name.starts_with('.') || disk::is_temporary(name)
        };
        // Where nothing can be listed, nothing was left either.
        for entry in disk::walk_what_can_be(&folder, depth, enter, &mut Vec::new()) {
            if entry.kind == Kind::File && disk::is_temporary(&entry.path) {
                sweep_file(site, &folder.join(&entry.path))?;
            }
        }
    }
    Ok(())
}

fn sweep_file(site: &Site, path: &Path) -> Result<()> {
    let Some(bytes) = disk::read_whole(path)? else {
        return Ok(());
    };
    let (state, _) = page_state::judge(&bytes);
    if !matches!(state, PageState::Generated(_) | PageState::Damaged) {
        let name = path.file_name().context("has no name")?.to_string_lossy();
        disk::set_aside(&site.root, &name, &bytes, disk::LEFT)?;
    }
    disk::remove(path, Fingerprint::of(&bytes)).map(drop)
}
