//! Where a site may be exported to: not over what it is made from, nor over its output.

use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::disk::{self, Kind};
use crate::pipeline::site::Site;

/// Folders of a site, and what version control keeps there.
const PARTS: [&str; 7] = [
    "markdown",
    "attachment",
    "assets",
    "templates",
    "view",
    disk::STATE,
    ".git",
];

/// Checks that a folder can be exported to; it need not exist.
///
/// # Errors
///
/// Why it cannot.
pub fn check(site: &Site, folder: &Path) -> Result<()> {
    let shown = folder.display();
    match disk::kind(folder).with_context(|| format!("cannot use {shown}"))? {
        Kind::Absent | Kind::Folder => {}
        Kind::Link => bail!("{shown} is a symbolic link; name the directory that it points to"),
        Kind::File | Kind::Other => bail!("{shown} is not a directory"),
    }
    let place = place(folder)?;
    let root = place_of(&site.root)?;
    if root.starts_with(&place) {
        bail!("{shown} is the site's own folder, or above it; export to a directory of its own");
    }
    let output = place_of(&site.output())?;
    let is_in_output = !site.settings.is_flat() && place.starts_with(&output);
    if is_in_output || output.starts_with(&place) {
        bail!("{shown} is the site's output, or in or above it; export to a directory of its own");
    }
    for part in PARTS {
        let part = place_of(&site.root.join(part))?;
        if place.starts_with(&part) || part.starts_with(&place) {
            bail!("{shown} belongs to the site; export to a directory of its own");
        }
    }
    Ok(())
}

fn place_of(folder: &Path) -> Result<PathBuf> {
    disk::real(folder).map_or_else(|| place(folder), Ok)
}

/// The path of a folder that may not exist, with the links on the way resolved.
fn place(folder: &Path) -> Result<PathBuf> {
    let whole = std::path::absolute(folder).context("no current folder")?;
    let above = whole
        .ancestors()
        .find_map(|above| Some((above, disk::real(above)?)));
    let Some((above, real)) = above else {
        return Ok(whole);
    };
    let rest = whole.strip_prefix(above).unwrap_or(Path::new(""));
    if rest.components().any(|part| part == Component::ParentDir) {
        bail!(
            "{} leads through a directory that does not exist",
            folder.display()
        );
    }
    Ok(real.join(rest))
}
