//! Bytes that are to be written later and are in a temporary file until then: of a large site they are
//! too many for the memory.
//!
//! Not here: files that stay (`write`).

use std::borrow::Cow;
use std::fs::File;
use std::io::{Read, Result, Seek, SeekFrom, Write};
use std::sync::{Arc, Mutex, PoisonError};

/// A file that goes with the process.
#[derive(Debug)]
pub struct Spill(Arc<Mutex<File>>);

/// Bytes that were written to the file, read back when they are wanted.
#[derive(Debug, Clone)]
pub struct Spilled {
    file: Arc<Mutex<File>>,
    at: u64,
    length: usize,
}

/// Bytes of something that is written in pieces.
#[derive(Debug, Clone)]
pub enum Piece<'a> {
    Here(Cow<'a, [u8]>),
    Spilled(&'a Spilled),
}

impl Spill {
    /// # Errors
    /// If there is no place for a temporary file.
    pub fn new() -> Result<Self> {
        Ok(Self(Arc::new(Mutex::new(tempfile::tempfile()?))))
    }

    /// # Errors
    /// If they cannot be written.
    pub fn keep(&self, bytes: &[u8]) -> Result<Spilled> {
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = file.seek(SeekFrom::End(0))?;
        file.write_all(bytes)?;
        Ok(Spilled {
            file: Arc::clone(&self.0),
            at,
            length: bytes.len(),
        })
    }
}

impl Spilled {
    pub fn length(&self) -> usize {
        self.length
    }

    /// # Errors
    /// If they cannot be read.
    pub fn read(&self) -> Result<Vec<u8>> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.at))?;
        let mut bytes = vec![0; self.length];
        file.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}

impl Piece<'_> {
    pub fn length(&self) -> usize {
        match self {
            Self::Here(bytes) => bytes.len(),
            Self::Spilled(bytes) => bytes.length(),
        }
    }

    /// # Errors
    /// If they cannot be read.
    pub fn bytes(&self) -> Result<Cow<'_, [u8]>> {
        match self {
            Self::Here(bytes) => Ok(Cow::Borrowed(bytes)),
            Self::Spilled(bytes) => bytes.read().map(Cow::Owned),
        }
    }
}

impl From<Vec<u8>> for Piece<'_> {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Here(bytes.into())
    }
}

impl<'a> From<&'a [u8]> for Piece<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Self::Here(bytes.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_is_read_back() {
        let spill = Spill::new().expect("a file");
        let parts: [&[u8]; 3] = [b"one", b"", b"three"];
        let kept = parts.map(|part| spill.keep(part).expect("kept"));
        for (part, kept) in parts.iter().zip(&kept).rev() {
            assert_eq!(kept.read().expect("read"), *part);
        }
    }
}
