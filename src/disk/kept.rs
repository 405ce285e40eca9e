//! What is set aside: listed with when and why, and deleted on request.
//!
//! Not here: setting aside (`set_aside`).

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path};
use std::time::UNIX_EPOCH;

use anyhow::{Context, Result};

use crate::fingerprint::Fingerprint;

use super::kind::{Kind, kind};
use super::lock::Lock;
use super::read::read_whole;
use super::set_aside_log::{SetAside, file, set_aside_log, text};
use super::state::{SET_ASIDE, STATE};
use super::walk::walk;
use super::write::{is_temporary, remove_empty_folder, replace};

/// A copy of bytes that were replaced or removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Where it is, relative to the site.
    pub copy: String,
    /// Where the bytes were, relative to the site; never out of it.
    pub path: String,
    /// In bytes.
    pub size: u64,
    /// The last time that they were set aside, in seconds since 1970.
    pub when: u64,
    /// `None` where the log does not say.
    pub why: Option<String>,
}

impl Kept {
    /// The hash that it is named by, without an ending.
    pub fn id(&self) -> &str {
        let name = self.copy.rsplit('/').next().unwrap_or_default();
        name.split('.').next().unwrap_or_default()
    }
}

/// Everything that is set aside, the oldest first. Links are not followed.
///
/// # Errors
///
/// If a folder cannot be read.
pub fn kept(site: &Path) -> Result<Vec<Kept>> {
    let folder = site.join(STATE).join(SET_ASIDE);
    let folders = [site.join(STATE), folder.clone()];
    if !folders
        .iter()
        .all(|folder| kind(folder).is_ok_and(|kind| kind == Kind::Folder))
    {
        return Ok(Vec::new());
    }
    // The last line of a copy counts.
    let log = set_aside_log(site).into_iter().enumerate();
    let mut log: BTreeMap<String, (usize, SetAside)> = log
        .map(|(number, line)| (line.copy.clone(), (number, line)))
        .collect();
    let mut found = Vec::new();
    for entry in walk(&folder, usize::MAX, |_| true)? {
        let Some((above, _)) = entry.path.rsplit_once('/') else {
            continue;
        };
        if entry.kind != Kind::File || !entry.readable || is_temporary(&entry.path) {
            continue;
        }
        let copy = format!("{STATE}/{SET_ASIDE}/{}", entry.path);
        let (number, line) = log.remove(&copy).unzip();
        let path = line.as_ref().map(|line| line.path.clone());
        let kept = Kept {
            path: path
                .filter(|path| is_inside(path))
                .unwrap_or_else(|| above.to_owned()),
            size: entry.size,
            when: line
                .as_ref()
                .map_or_else(|| modified(&folder.join(&entry.path)), |line| line.when),
            why: line.map(|line| line.why).filter(|why| !why.is_empty()),
            copy,
        };
        found.push((kept.when, number, kept));
    }
    found.sort_by(|one, other| (one.0, one.1, &one.2.copy).cmp(&(other.0, other.1, &other.2.copy)));
    Ok(found.into_iter().map(|(_, _, kept)| kept).collect())
}

/// Whether a path, relative to a site, is that of a file of it: not above it, and not among what
/// docsite or git keep there for themselves.
pub fn is_inside(path: &str) -> bool {
    let mut parts = Path::new(path).components();
    let first = path.split('/').next().unwrap_or_default();
    !path.is_empty()
        && parts.all(|part| matches!(part, Component::Normal(_)))
        && ![STATE, ".git"].contains(&first)
}

/// Deletes copies for good, with the folders that this leaves empty. Returns how many there were.
///
/// # Errors
///
/// If one cannot be deleted.
pub fn delete_kept(site: &Path, copies: &[Kept], _lock: &Lock) -> Result<usize> {
    let top = site.join(STATE).join(SET_ASIDE);
    let mut count = 0;
    for kept in copies {
        let copy = site.join(&kept.copy);
        let about = || format!("cannot delete {}", kept.copy);
        if kind(&copy).with_context(about)? != Kind::File {
            continue;
        }
        fs::remove_file(&copy).with_context(about)?;
        count += 1;
        let above = copy.ancestors().skip(1);
        for folder in above.take_while(|folder| *folder != top) {
            remove_empty_folder(folder);
        }
    }
    forget(site, copies);
    Ok(count)
}

/// Best effort: a line of a copy that is gone is of no effect.
fn forget(site: &Path, copies: &[Kept]) {
    let Some(log) = file(site) else {
        return;
    };
    let Ok(Some(before)) = read_whole(&log) else {
        return;
    };
    let lines = set_aside_log(site).into_iter();
    let left = lines.filter(|line| !copies.iter().any(|kept| kept.copy == line.copy));
    let left = text(left);
    if left.is_empty() {
        let _ = fs::remove_file(&log);
        remove_empty_folder(&site.join(STATE).join(SET_ASIDE));
    } else {
        let _ = replace(&log, left.as_bytes(), Some(Fingerprint::of(&before)));
    }
}

fn modified(file: &Path) -> u64 {
    let time = fs::symlink_metadata(file).and_then(|metadata| metadata.modified());
    let since = time
        .ok()
        .and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    since.map(|since| since.as_secs()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk::{lock, set_aside};

    fn site() -> tempfile::TempDir {
        tempfile::tempdir().expect("a folder")
    }

    #[test]
    fn a_path_is_in_the_site_or_is_not_taken_from_the_log() {
        for (path, inside) in [
            ("public/a.html", true),
            ("가 나/b", true),
            (".github/x", true),
            ("", false),
            ("/etc/passwd", false),
            ("../x", false),
            ("a/../../x", false),
            (".docsite/lock", false),
            (".git/hooks/pre-commit", false),
        ] {
            assert_eq!(is_inside(path), inside, "{path}");
        }
        let site = site();
        let copy = set_aside(site.path(), "a.html", b"x", "why").expect("kept");
        let log = file(site.path()).expect("a log");
        let text = fs::read_to_string(&log).expect("read");
        fs::write(
            &log,
            text.replace("\"path\":\"a.html\"", "\"path\":\"../a.html\""),
        )
        .expect("written");
        let found = kept(site.path()).expect("listed");
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].copy.as_str(), found[0].path.as_str()),
            (copy.as_str(), "a.html")
        );
    }

    #[test]
    fn deleted_copies_leave_no_folder_and_no_line() {
        let site = site();
        set_aside(site.path(), "a/b/c.html", b"x", "one").expect("kept");
        set_aside(site.path(), "a/d.html", b"y", "two").expect("kept");
        let held = lock(site.path()).expect("locked");
        let found = kept(site.path()).expect("listed");
        let (first, second): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|kept| kept.path == "a/d.html");
        assert_eq!(delete_kept(site.path(), &first, &held).expect("deleted"), 1);
        let left = kept(site.path()).expect("listed");
        assert_eq!(left, second);
        assert_eq!(set_aside_log(site.path()).len(), 1);
        assert!(!site.path().join(".docsite/set-aside/a/d.html").exists());
        assert_eq!(
            delete_kept(site.path(), &second, &held).expect("deleted"),
            1
        );
        assert!(!site.path().join(".docsite/set-aside").exists());
    }
}
