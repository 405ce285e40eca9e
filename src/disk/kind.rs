//! Paths: what is at one (file, folder, link and so on, without following links), whether two are one
//! file, and how one is written.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The kind of a path, without following links.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Absent,
    File,
    Folder,
    Link,
    /// A pipe, a socket or a device.
    Other,
}

/// # Errors
///
/// If the system cannot tell, for example without permission.
pub fn kind(path: &Path) -> io::Result<Kind> {
    match fs::symlink_metadata(path) {
        Ok(metadata) => Ok(kind_of(metadata.file_type())),
        Err(error) if is_absent(&error) => Ok(Kind::Absent),
        Err(error) => Err(error),
    }
}

/// The path with all links resolved; `None` if it does not exist.
pub fn real(path: &Path) -> Option<PathBuf> {
    path.canonicalize().ok().map(plain)
}

/// `C:\a` of `\\?\C:\a`, the form in which Windows resolves a path, and which few programs take.
#[cfg(windows)]
fn plain(path: PathBuf) -> PathBuf {
    /// In bytes. Only the other form takes a longer path.
    const LONGEST: usize = 240;
    let short = path.to_str().and_then(|text| text.strip_prefix(r"\\?\"));
    match short {
        Some(short) if short.as_bytes().get(1) == Some(&b':') && short.len() < LONGEST => {
            PathBuf::from(short)
        }
        _ => path,
    }
}

#[cfg(not(windows))]
fn plain(path: PathBuf) -> PathBuf {
    path
}

/// A relative path as documents, pages and messages write it on every system: with `/`. What is not
/// UTF-8 in it is shown with replacement characters.
pub fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(OsStr::to_string_lossy).collect();
    parts.join("/")
}

/// A path relative to a folder that it is in, with `/`; `None` if it is not there, or not UTF-8.
pub fn within(folder: &Path, path: &Path) -> Option<String> {
    let path = path.strip_prefix(folder).ok()?;
    path.to_str().map(|_| slashed(path))
}

/// Whether two paths are the same file.
pub fn is_same(one: &Path, other: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let place = |path| {
            let metadata: fs::Metadata = fs::symlink_metadata(path).ok()?;
            Some((metadata.dev(), metadata.ino()))
        };
        place(one).is_some_and(|place_of_one| place(other) == Some(place_of_one))
    }
    #[cfg(not(unix))]
    {
        real(one).is_some_and(|path| real(other) == Some(path))
    }
}

pub(super) fn kind_of(kind: fs::FileType) -> Kind {
    if kind.is_symlink() {
        Kind::Link
    } else if kind.is_dir() {
        Kind::Folder
    } else if kind.is_file() {
        Kind::File
    } else {
        Kind::Other
    }
}

pub(super) fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}
