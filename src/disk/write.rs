//! Replaces files so that each is either the old or the new one if the program is killed: the bytes
//! are written beside the target, synced, and swapped with it; if the target is not what was
//! expected, the swap is undone.
//!
//! Not here: which file may be replaced (`output::page_state` decides that for pages).

use std::borrow::Borrow;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use rayon::prelude::*;
use tempfile::TempPath;

use crate::fingerprint::Fingerprint;

use super::kind::is_absent;
use super::read::print_of;
use super::spill::Piece;
use super::stamp::Stamp;

/// Prefix of a temporary file's name; it is in the folder of its target.
const TEMPORARY: &str = ".docsite-tmp-";
/// From this number of files on, one sync of the whole file system is cheaper than one for each
/// file.
#[cfg(target_os = "linux")]
const MANY: usize = 16;

/// Bytes of small pieces that are written at once.
const LARGE: usize = 1 << 16;

/// A new file's bytes in a temporary file beside its target. Dropping it removes the temporary
/// file.
#[derive(Debug)]
pub struct Staged {
    temporary: TempPath,
    target: PathBuf,
    stamp: Stamp,
}

/// What happened to a staged file.
#[derive(Debug, PartialEq, Eq)]
pub enum Placed {
    Done,
    /// Somebody changed the target meanwhile; their version was kept.
    Changed,
}

/// Writes `bytes` beside `target`. The new file has the target's permissions, or 0666 without the
/// umask.
///
/// # Errors
///
/// If it cannot be written.
pub fn stage(target: &Path, bytes: &[u8]) -> Result<Staged> {
    stage_by(target, |file| file.write_all(bytes))
}

/// The same; `write` writes the bytes.
fn stage_by(target: &Path, write: impl FnOnce(&mut File) -> io::Result<()>) -> Result<Staged> {
    stage_at(target, write).with_context(|| format!("cannot write {}", target.display()))
}

/// Syncs the bytes of all these files to the disk, before any of them is moved into place.
///
/// # Errors
///
/// If the disk reports a failure.
pub fn sync(files: &[impl Borrow<Staged> + Sync]) -> Result<()> {
    #[cfg(target_os = "linux")]
    if files.len() > MANY {
        let folder = files[0]
            .borrow()
            .target
            .parent()
            .context("has no parent directory")?;
        let about = || format!("cannot sync {}", folder.display());
        let folder_file = File::open(folder).with_context(about)?;
        return rustix::fs::syncfs(&folder_file)
            .map_err(io::Error::from)
            .with_context(about);
    }
    // At the same time: the disk then writes them together.
    files.par_iter().map(Borrow::borrow).try_for_each(|file| {
        sync_file(&file.temporary).with_context(|| format!("cannot sync {}", file.target.display()))
    })
}

/// Syncs the bytes of a file, which may be read-only, to the disk. Windows syncs only what is open
/// for writing.
pub(super) fn sync_file(path: &Path) -> io::Result<()> {
    OpenOptions::new()
        .read(cfg!(unix))
        .write(cfg!(not(unix)))
        .open(path)?
        .sync_all()
}

impl Staged {
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Its stamp beside its place.
    pub fn stamp(&self) -> Stamp {
        self.stamp
    }

    /// Replaces the target, if that still is as `expected`: absent, or with these bytes.
    ///
    /// # Errors
    ///
    /// If it cannot be renamed. The target is then unchanged.
    pub fn place(self, expected: Option<Fingerprint>) -> Result<Placed> {
        let target = self.target.clone();
        match expected {
            None => self.create(),
            Some(print) => self.exchange(print),
        }
        .with_context(|| format!("cannot replace {}", target.display()))
    }

    fn create(self) -> Result<Placed> {
        match self.temporary.persist_noclobber(&self.target) {
            Ok(()) => Ok(Placed::Done),
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Ok(Placed::Changed),
            Err(error) => Err(error.error.into()),
        }
    }

    /// Swaps the two files, checks the old one, and swaps back if it is not as expected, so that an
    /// edit saved between the check and the rename is not lost.
    fn exchange(self, expected: Fingerprint) -> Result<Placed> {
        match swap(&self.temporary, &self.target) {
            Ok(()) => {}
            Err(error) if is_unsupported(&error) => return self.check_and_rename(expected),
            Err(error) if is_absent(&error) => return Ok(Placed::Changed),
            Err(error) => return Err(error.into()),
        }
        if is_print(&self.temporary, expected) {
            return Ok(Placed::Done);
        }
        swap(&self.temporary, &self.target)?;
        Ok(Placed::Changed)
    }

    /// For file systems that cannot swap files.
    fn check_and_rename(self, expected: Fingerprint) -> Result<Placed> {
        if !is_print(&self.target, expected) {
            return Ok(Placed::Changed);
        }
        self.temporary.persist(&self.target).map_err(|e| e.error)?;
        Ok(Placed::Done)
    }
}

/// Syncs the names in these folders to the disk.
///
/// # Errors
///
/// If the disk reports a failure.
pub fn sync_folders<'a>(folders: impl IntoIterator<Item = &'a Path>) -> Result<()> {
    let folders: Vec<&Path> = folders.into_iter().filter(|_| cfg!(unix)).collect();
    folders.par_iter().try_for_each(|folder| {
        File::open(folder)
            .and_then(|file| file.sync_all())
            .with_context(|| format!("cannot sync {}", folder.display()))
    })
}

/// Writes a new file, durably; never replaces an existing one.
///
/// # Errors
///
/// If it cannot be written. `Placed::Changed` if a file exists already.
pub fn create(target: &Path, bytes: &[u8]) -> Result<Placed> {
    let folder = target.parent().context("has no parent directory")?;
    make_folder(folder)?;
    let staged = [stage(target, bytes)?];
    sync(&staged)?;
    let [staged] = staged;
    let placed = staged.place(None)?;
    sync_folders([folder])?;
    Ok(placed)
}

/// Replaces a file whose bytes are `expected` (or creates it, for `None`), durably.
///
/// # Errors
///
/// If it cannot be written.
pub fn replace(target: &Path, bytes: &[u8], expected: Option<Fingerprint>) -> Result<Placed> {
    replace_by(target, &[bytes.into()], expected)
}

/// The same with bytes in pieces.
///
/// # Errors
///
/// As `replace`.
pub(super) fn replace_by(
    target: &Path,
    pieces: &[Piece<'_>],
    expected: Option<Fingerprint>,
) -> Result<Placed> {
    let folder = target.parent().context("has no parent directory")?;
    let staged = [stage_by(target, |file| {
        let mut file = BufWriter::with_capacity(LARGE, file);
        for piece in pieces {
            file.write_all(&piece.bytes()?)?;
        }
        file.flush()
    })?];
    sync(&staged)?;
    let [staged] = staged;
    let placed = staged.place(expected)?;
    sync_folders([folder])?;
    Ok(placed)
}

/// Removes a file, if its bytes still are `expected`.
///
/// # Errors
///
/// If it cannot be removed.
pub fn remove(path: &Path, expected: Fingerprint) -> Result<Placed> {
    if !is_print(path, expected) {
        return Ok(Placed::Changed);
    }
    fs::remove_file(path).with_context(|| format!("cannot remove {}", path.display()))?;
    Ok(Placed::Done)
}

/// Creates a folder and its parents.
///
/// # Errors
///
/// If it cannot be created, or a file is at its path.
pub fn make_folder(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)
        .with_context(|| format!("cannot create directory {}", folder.display()))
}

/// Removes a folder if it is empty.
pub fn remove_empty_folder(folder: &Path) {
    // Fails for a folder that is not empty, which must stay.
    let _ = fs::remove_dir(folder);
}

/// Whether a file name is that of one of our temporary files.
pub fn is_temporary(name: &str) -> bool {
    let name = name.rsplit('/').next().unwrap_or(name);
    name.starts_with(TEMPORARY)
}

fn stage_at(target: &Path, write: impl FnOnce(&mut File) -> io::Result<()>) -> Result<Staged> {
    let folder = target.parent().context("has no parent directory")?;
    #[cfg(unix)]
    let mode = fs::symlink_metadata(target)
        .ok()
        .map(|metadata| metadata.permissions());
    let mut file = temporary_in(folder)?;
    write(file.as_file_mut())?;
    #[cfg(unix)]
    if let Some(mode) = mode {
        file.as_file().set_permissions(mode)?;
    }
    Ok(Staged {
        stamp: Stamp::of(&file.as_file().metadata()?),
        temporary: file.into_temp_path(),
        target: target.to_owned(),
    })
}

/// A new file with the permissions of any new file, not those of a temporary one.
fn temporary_in(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

fn is_print(path: &Path, expected: Fingerprint) -> bool {
    print_of(path).is_ok_and(|print| print == Some(expected))
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn swap(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    // How a file system says that it has no such call; std does not know all of them.
    let lacking = [Errno::NOTSUP, Errno::OPNOTSUPP, Errno::NOSYS];
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).map_err(|errno| {
        if lacking.contains(&errno) {
            io::ErrorKind::Unsupported.into()
        } else {
            errno.into()
        }
    })
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn swap(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

fn is_unsupported(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk::list;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().expect("a folder")
    }

    #[test]
    fn a_file_that_changed_meanwhile_is_not_replaced() {
        let folder = folder();
        let target = folder.path().join("a.html");
        fs::write(&target, "old").expect("written");
        let staged = stage(&target, b"new").expect("staged");
        fs::write(&target, "edited").expect("written");
        let placed = staged.place(Some(Fingerprint::of(b"old"))).expect("placed");
        assert_eq!(placed, Placed::Changed);
        assert_eq!(fs::read(&target).expect("read"), b"edited");
        assert_eq!(list(folder.path()).expect("listed").len(), 1);
    }

    #[test]
    fn a_file_that_appeared_meanwhile_is_not_replaced() {
        let folder = folder();
        let target = folder.path().join("a.html");
        let staged = stage(&target, b"new").expect("staged");
        fs::write(&target, "mine").expect("written");
        assert_eq!(staged.place(None).expect("placed"), Placed::Changed);
        assert_eq!(fs::read(&target).expect("read"), b"mine");
    }

    #[test]
    fn a_replaced_file_leaves_nothing_behind() {
        let folder = folder();
        let target = folder.path().join("a.html");
        fs::write(&target, "old").expect("written");
        let placed = replace(&target, b"new", Some(Fingerprint::of(b"old"))).expect("replaced");
        assert_eq!(placed, Placed::Done);
        assert_eq!(fs::read(&target).expect("read"), b"new");
        assert_eq!(list(folder.path()).expect("listed").len(), 1);
    }
}
