//! Files in `.docsite/cache/`, which may be deleted at any time.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;

use anyhow::{Result, bail};

use super::kind::{Kind, kind};
use super::read::{open_regular, print_of, read_within};
use super::spill::Piece;
use super::state::{STATE, open_state};
use super::walk::list;
use super::write::{is_temporary, make_folder, replace_by};

const CACHE: &str = "cache";

/// Reads what `write_cache` wrote; `None` if it cannot be read, or is larger than `largest` bytes.
pub fn read_cache(site: &Path, name: &str, largest: u64) -> Option<Vec<u8>> {
    let folder = site.join(STATE).join(CACHE);
    let is_own = [site.join(STATE), folder.clone()]
        .iter()
        .all(|folder| kind(folder).is_ok_and(|kind| kind == Kind::Folder));
    is_own.then(|| read_within(&folder.join(name), largest).ok().flatten())?
}

/// Writes bytes that the next run can use, but does not need.
///
/// # Errors
///
/// If they cannot be written.
pub fn write_cache(site: &Path, name: &str, pieces: &[Piece<'_>]) -> Result<()> {
    let folder = open_state(site)?.join(CACHE);
    if kind(&folder)? == Kind::Link {
        bail!("{} is a symbolic link", folder.display());
    }
    make_folder(&folder)?;
    // What a killed run left.
    for entry in list(&folder)? {
        if entry.kind == Kind::File && is_temporary(&entry.path) {
            let _ = fs::remove_file(folder.join(&entry.path));
        }
    }
    let target = folder.join(name);
    let before = print_of(&target)?;
    replace_by(&target, pieces, before).map(drop)
}

/// Adds bytes at the end of a file of `length` bytes that `write_cache` wrote. If the program is
/// killed meanwhile, some of them are there.
///
/// # Errors
///
/// If the file is another one now, or cannot be written.
pub fn append_cache(site: &Path, name: &str, pieces: &[Piece<'_>], length: u64) -> Result<()> {
    let target = site.join(STATE).join(CACHE).join(name);
    let mut options = OpenOptions::new();
    options.append(true);
    let mut file = open_regular(&target, &mut options)?;
    if file.metadata()?.len() != length {
        bail!("{} was changed by another run", target.display());
    }
    let mut bytes = Vec::new();
    for piece in pieces {
        bytes.extend_from_slice(&piece.bytes()?);
    }
    Ok(file.write_all(&bytes)?)
}
