//! The kind of a path: file, folder, link and so on, without following links.

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
    path.canonicalize().ok()
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
