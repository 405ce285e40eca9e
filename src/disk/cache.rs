//! Files in `.docsite/cache/`, which may be deleted at any time.

use std::fs;
use std::path::Path;

use anyhow::{Result, bail};

use crate::fingerprint::Fingerprint;

use super::kind::{Kind, kind};
use super::read::read_whole;
use super::state::{STATE, open_state};
use super::walk::list;
use super::write::{is_temporary, make_folder, replace};

const CACHE: &str = "cache";

/// What `write_cache` kept under a name; none where it cannot be read.
pub fn read_cache(site: &Path, name: &str) -> Option<Vec<u8>> {
    let folder = site.join(STATE).join(CACHE);
    let is_own = [site.join(STATE), folder.clone()]
        .iter()
        .all(|folder| kind(folder).is_ok_and(|kind| kind == Kind::Folder));
    is_own.then(|| read_whole(&folder.join(name)).ok().flatten())?
}

/// Keeps bytes that the next run may use, and may do without.
///
/// # Errors
/// When they cannot be written.
pub fn write_cache(site: &Path, name: &str, bytes: &[u8]) -> Result<()> {
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
    let before = read_whole(&target)?.map(|bytes| Fingerprint::of(&bytes));
    replace(&target, bytes, before).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk::LARGEST;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().expect("a folder")
    }

    #[test]
    fn a_cache_of_any_size_is_read_back() {
        let site = folder();
        let large = vec![7; usize::try_from(LARGEST).expect("small") + 1];
        write_cache(site.path(), "x", &large).expect("written");
        assert_eq!(read_cache(site.path(), "x"), Some(large));
    }
}
