//! Bytes that are to be written later and are in a temporary file until then: of a large site they are
//! too many for the memory.
//!
//! Not here: files that stay (`write`).

use std::fs::File;
use std::io::{Read, Result, Seek, SeekFrom, Write};
use std::sync::{Arc, Mutex, PoisonError};

/// A file that goes with the process.
#[derive(Debug)]
pub struct Spill(Arc<Mutex<File>>);

/// Bytes that were written to the file, read back when they are wanted.
#[derive(Debug)]
pub struct Spilled {
    file: Arc<Mutex<File>>,
    at: u64,
    length: usize,
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
