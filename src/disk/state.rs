//! docsite's own folder in a site, `.docsite/`.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::kind::{Kind, kind};
use super::write::{create, make_folder};

pub const STATE: &str = ".docsite";
/// The folder in it with the bytes that were replaced or removed.
pub(super) const SET_ASIDE: &str = "set-aside";

/// Creates `.docsite/`, with a `.gitignore` for everything in it.
pub(super) fn open_state(site: &Path) -> Result<PathBuf> {
    let folder = site.join(STATE);
    if kind(&folder)? == Kind::Link {
        bail!(
            "{} is a symbolic link; docsite keeps its own files in the site",
            folder.display()
        );
    }
    make_folder(&folder)?;
    let ignore = folder.join(".gitignore");
    if kind(&ignore).is_ok_and(|kind| kind == Kind::Absent) {
        create(&ignore, b"*\n")?;
    }
    Ok(folder)
}
