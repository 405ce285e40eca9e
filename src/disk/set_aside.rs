//! Keeps bytes that are replaced or removed, in `.docsite/set-aside/`; only the owner deletes them.

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::fingerprint::Fingerprint;

use super::kind::{Kind, kind};
use super::read::read_whole;
use super::set_aside_log::note;
use super::state::{SET_ASIDE, STATE, open_state};
use super::write::{create, make_folder, sync_file, sync_folders};

/// Why the temporary file of a run that was killed is set aside.
pub const LEFT: &str = "left by a run that was killed";
/// In bytes. A longer ending is not part of the copy's name.
const LONGEST_ENDING: usize = 16;
/// How many names are tried in a folder before it counts as full.
const MOST_NAMES: usize = 1000;

/// Copies bytes to `.docsite/set-aside/<path>/<hash><ending>`, durably, before they are replaced.
/// Returns the copy's path, relative to the site. `why` is for the log.
///
/// An existing file of that name is only used if it has the same bytes; beside anything else (a
/// damaged file, a symbolic link, a folder) another name is chosen. The copy is read back before
/// this returns.
///
/// # Errors
///
/// If they cannot be written or read back: then nothing may be replaced.
pub fn set_aside(site: &Path, path: &str, bytes: &[u8], why: &str) -> Result<String> {
    let kept = keep(site, path, bytes)?;
    note(site, [(kept.as_str(), path)], why);
    Ok(kept)
}

/// The same without a line in the log.
///
/// # Errors
///
/// As `set_aside`.
pub(super) fn keep(site: &Path, path: &str, bytes: &[u8]) -> Result<String> {
    copy(site, path, bytes).with_context(|| format!("cannot set {path} aside"))
}

fn copy(site: &Path, path: &str, bytes: &[u8]) -> Result<String> {
    let print = Fingerprint::of(bytes).to_string();
    let ending = Path::new(path)
        .extension()
        .and_then(|ending| ending.to_str())
        .filter(|ending| ending.len() <= LONGEST_ENDING)
        .map(|ending| format!(".{ending}"))
        .unwrap_or_default();
    let mut folder = open_state(site)?;
    let mut kept = STATE.to_owned();
    let parts = path.split('/');
    let parts = parts.filter(|part| !matches!(*part, "" | "." | ".."));
    for part in [SET_ASIDE].into_iter().chain(parts) {
        let name = enter_or_make(&folder, part)?;
        folder.push(&name);
        kept.push('/');
        kept.push_str(&name);
    }
    for name in names(&print[..12], &ending) {
        let target = folder.join(&name);
        match kind(&target)? {
            Kind::Absent => {
                create(&target, bytes)?;
            }
            Kind::File => {}
            Kind::Folder | Kind::Link | Kind::Other => continue,
        }
        // Whether it was there or was made just now: only what can be read back is kept.
        if read_whole(&target)?.is_some_and(|there| there == bytes) {
            sync_file(&target)?;
            sync_folders([folder.as_path()])?;
            return Ok(format!("{kept}/{name}"));
        }
    }
    bail!("{} has too many files", folder.display())
}

/// The name of a real folder in another one: `part`, or the next similar name if a file or a link
/// has that one. The folder is created, durably, if it does not exist.
fn enter_or_make(above: &Path, part: &str) -> Result<String> {
    for name in names(part, "") {
        let folder = above.join(&name);
        match kind(&folder)? {
            Kind::Folder => return Ok(name),
            Kind::Absent => {
                make_folder(&folder)?;
                sync_folders([above])?;
                return Ok(name);
            }
            Kind::File | Kind::Link | Kind::Other => {}
        }
    }
    bail!("{} has too many files", above.display())
}

/// `name`, `name-2`, `name-3` … with an ending.
fn names(name: &str, ending: &str) -> impl Iterator<Item = String> {
    let first = format!("{name}{ending}");
    let more = (2..MOST_NAMES).map(move |number| format!("{name}-{number}{ending}"));
    std::iter::once(first).chain(more)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::disk::list;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().expect("a folder")
    }

    #[test]
    fn what_is_set_aside_twice_is_kept_once() {
        let site = folder();
        let one = set_aside(site.path(), "public/a.html", b"x", "why").expect("kept");
        let two = set_aside(site.path(), "public/a.html", b"x", "why").expect("kept");
        assert_eq!(one, two);
        assert_eq!(fs::read(site.path().join(one)).expect("read"), b"x");
        let ignore = fs::read(site.path().join(".docsite/.gitignore")).expect("read");
        assert_eq!(ignore, b"*\n");
    }

    #[cfg(unix)]
    #[test]
    fn what_has_the_name_of_a_copy_already_is_not_trusted() {
        use std::os::unix::fs::symlink;
        type Make = fn(&Path, &Path);
        let clean = folder();
        let kept = set_aside(clean.path(), "public/a.html", b"mine", "why").expect("kept");
        let obstacles: [(&str, Make); 5] = [
            ("a damaged file", |at, _| {
                fs::write(at, "").expect("written");
            }),
            ("a folder", |at, _| fs::create_dir(at).expect("made")),
            ("a link out", |at, out| {
                symlink(out.join("theirs"), at).expect("linked");
            }),
            ("a link to nothing", |at, _| {
                symlink("nothing", at).expect("linked");
            }),
            ("a link to the same bytes", |at, out| {
                symlink(out.join("same"), at).expect("linked");
            }),
        ];
        for (about, make) in obstacles {
            let (site, outside) = (folder(), folder());
            fs::write(outside.path().join("theirs"), "theirs").expect("written");
            fs::write(outside.path().join("same"), "mine").expect("written");
            let taken = site.path().join(&kept);
            make_folder(taken.parent().expect("a parent")).expect("made");
            make(&taken, outside.path());
            let other = set_aside(site.path(), "public/a.html", b"mine", "why").expect("kept");
            assert_ne!(other, kept, "{about}");
            let path = site.path().join(&other);
            assert_eq!(kind(&path).expect("looked"), Kind::File, "{about}");
            assert_eq!(fs::read(path).expect("read"), b"mine", "{about}");
            let theirs = fs::read(outside.path().join("theirs")).expect("read");
            assert_eq!(theirs, b"theirs", "{about}");
            let again = set_aside(site.path(), "public/a.html", b"mine", "why").expect("kept");
            assert_eq!(again, other, "{about}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_among_the_folders_of_a_copy_is_not_followed() {
        let outside = folder();
        for link in ["set-aside", "set-aside/public", "set-aside/public/a.html"] {
            let site = folder();
            let at = site.path().join(STATE).join(link);
            make_folder(at.parent().expect("a parent")).expect("made");
            std::os::unix::fs::symlink(outside.path(), &at).expect("linked");
            let kept = set_aside(site.path(), "public/a.html", b"mine", "why").expect("kept");
            assert_eq!(fs::read(site.path().join(kept)).expect("read"), b"mine");
            assert_eq!(list(outside.path()).expect("listed"), [], "{link}");
        }
    }
}
