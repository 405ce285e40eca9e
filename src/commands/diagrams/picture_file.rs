//! The file of a hand-drawn picture: whether it can be drawn, and replacing it without a loss.
//!
//! Not here: which slot it is for (`super`).

use anyhow::{Result, bail};

use crate::diagram::{Drawing, Failure, Work};
use crate::disk::{self, Placed};
use crate::draw;
use crate::fingerprint::Fingerprint;
use crate::pipeline::site::Site;

pub(super) fn drawn(text: String) -> Result<Drawing, Failure> {
    let outcome = std::sync::Mutex::new(None);
    draw::all(&[Work::Picture(text)], &|_, drawn| {
        if let Ok(mut outcome) = outcome.lock() {
            *outcome = Some(drawn);
        }
    });
    let drawn = outcome.into_inner().ok().flatten();
    drawn.unwrap_or_else(|| Err(Failure::new("was not drawn")))
}

/// Writes a file, and first sets an existing one aside, for this command; returns where. `known` is
/// the content that the file must still have.
pub(super) fn replace(
    site: &Site,
    path: &str,
    bytes: &[u8],
    known: Option<Fingerprint>,
    command: &str,
) -> Result<Option<String>> {
    let target = site.root.join(path);
    check_way(site, path)?;
    if let Some(folder) = target.parent() {
        disk::make_folder(folder)?;
    }
    let old = match disk::kind(&target)? {
        disk::Kind::Absent => None,
        disk::Kind::File => disk::read_whole(&target)?,
        _ => bail!("{path} is not a regular file"),
    };
    if known.is_some() && known != old.as_deref().map(Fingerprint::of) {
        bail!("{path} was changed by another program meanwhile; it is kept");
    }
    let kept = match &old {
        Some(old) if old == bytes => return Ok(None),
        Some(old) => Some(disk::set_aside(&site.root, path, old, command)?),
        None => None,
    };
    let expected = old.as_deref().map(Fingerprint::of);
    match disk::replace(&target, bytes, expected)? {
        Placed::Done => Ok(kept),
        Placed::Changed => bail!("{path} was changed by another program meanwhile; it is kept"),
    }
}

/// Rejects a path with a symbolic link in it, which could lead out of the site.
pub(super) fn check_way(site: &Site, path: &str) -> Result<()> {
    for (at, _) in path.match_indices('/') {
        let folder = &path[..at];
        if disk::kind(&site.root.join(folder))? == disk::Kind::Link {
            bail!("{folder} is a symbolic link; docsite stores nothing in it");
        }
    }
    Ok(())
}
