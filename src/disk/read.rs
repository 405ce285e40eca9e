//! Reads regular files, with a limit on their size.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::iter;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::fingerprint::Fingerprint;

use super::kind::{Kind, kind};

/// Bytes of a file that are in memory at once where it is not read as a whole.
const PART: usize = 64 << 10;

/// In bytes. Larger files are not read: no document or page has this size.
pub const LARGEST: u64 = 32 << 20;

/// The bytes of a regular file; `None` if it does not exist. Links are not followed.
///
/// # Errors
///
/// If it is not a regular file, is larger than `LARGEST`, or cannot be read.
pub fn read(path: &Path) -> Result<Option<Vec<u8>>> {
    read_within(path, LARGEST).with_context(|| format!("cannot read {}", path.display()))
}

/// Like `read`, for a file of any size.
///
/// # Errors
///
/// As `read`, except for the size.
pub fn read_whole(path: &Path) -> Result<Option<Vec<u8>>> {
    read_within(path, u64::MAX).with_context(|| format!("cannot read {}", path.display()))
}

/// What the bytes of a file are known by; none if there is no file. It is not read into memory.
///
/// # Errors
///
/// As `read_whole`.
pub(super) fn print_of(path: &Path) -> Result<Option<Fingerprint>> {
    let about = || format!("cannot read {}", path.display());
    let Some(mut file) = open_file(path).with_context(about)? else {
        return Ok(None);
    };
    let mut part = || {
        let mut bytes = Vec::with_capacity(PART);
        let read = file.by_ref().take(PART as u64).read_to_end(&mut bytes);
        read.map(|read| (read > 0).then_some(bytes)).transpose()
    };
    let print = Fingerprint::of_pieces(iter::from_fn(&mut part));
    print.map(Some).with_context(about)
}

/// The first bytes of a regular file, at most `limit`.
///
/// # Errors
///
/// If it is not a regular file, or cannot be read.
pub fn read_head(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open_regular(path, OpenOptions::new().read(true))?
        .take(limit)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The bytes of a file that the user named: links are followed, but the target must be a regular
/// file.
///
/// # Errors
///
/// If it does not exist, is not a regular file, is too large or cannot be read.
pub fn read_named(path: &Path) -> Result<Vec<u8>> {
    let about = || format!("cannot read {}", path.display());
    let metadata = fs::metadata(path).with_context(about)?;
    if metadata.is_dir() {
        bail!("{} is a directory; name one file", path.display());
    }
    if !metadata.is_file() {
        bail!("{} is not a regular file", path.display());
    }
    if metadata.len() > LARGEST {
        bail!("{} is larger than {} MiB", path.display(), LARGEST >> 20);
    }
    fs::read(path).with_context(about)
}

pub(super) fn read_within(path: &Path, largest: u64) -> Result<Option<Vec<u8>>> {
    let Some(mut file) = open_file(path)? else {
        return Ok(None);
    };
    let size = file.metadata()?.len();
    if size > largest {
        bail!("is larger than {} MiB", largest >> 20);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    file.read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

fn open_file(path: &Path) -> Result<Option<File>> {
    match kind(path)? {
        Kind::Absent => return Ok(None),
        Kind::File => {}
        Kind::Link => bail!("is a symbolic link"),
        Kind::Folder => bail!("is a directory"),
        Kind::Other => bail!("is not a regular file"),
    }
    Ok(Some(open_regular(path, OpenOptions::new().read(true))?))
}

/// Does not follow a link that replaced the file after it was examined.
pub(super) fn open_regular(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
        options.custom_flags(flags.bits().cast_signed());
    }
    options.open(path)
}
