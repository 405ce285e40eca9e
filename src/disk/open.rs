//! Files that are read in parts.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use super::read::open_regular;
use super::stamp::Stamp;

/// A regular file, to read parts of.
#[derive(Debug)]
pub struct Opened {
    file: File,
    pub stamp: Stamp,
}

/// Opens a regular file; a link is not followed.
///
/// # Errors
///
/// If there is none, or it cannot be read.
pub fn open(path: &Path) -> io::Result<Opened> {
    let file = open_regular(path, OpenOptions::new().read(true))?;
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(io::ErrorKind::NotFound.into());
    }
    Ok(Opened {
        file,
        stamp: Stamp::of(&metadata),
    })
}

impl Opened {
    /// So many bytes from a place on.
    ///
    /// # Errors
    ///
    /// If they are not there, or no longer.
    pub fn part(&mut self, from: u64, length: u64) -> io::Result<Vec<u8>> {
        let too_long = |_| io::Error::from(io::ErrorKind::InvalidInput);
        let mut bytes = vec![0; usize::try_from(length).map_err(too_long)?];
        self.file.seek(SeekFrom::Start(from))?;
        self.file.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}
