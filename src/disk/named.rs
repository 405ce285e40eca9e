//! A file outside of the output that the user named as the target of a command.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};

use crate::fingerprint::Fingerprint;

use super::kind::{Kind, kind, real};
use super::read::read_whole;
use super::write::{Placed, replace};

/// A file that the user named for output: it does not exist yet, or its content may be replaced.
#[derive(Debug)]
pub struct Named {
    path: PathBuf,
    expected: Option<Fingerprint>,
}

impl Named {
    /// `is_ours` decides whether a file with these bytes may be replaced, or says why not.
    ///
    /// # Errors
    ///
    /// If something else is there. A link is followed, unless its target does not exist.
    pub fn open(path: &Path, is_ours: impl FnOnce(&[u8]) -> Result<()>) -> Result<Self> {
        let refuse = || format!("{} is not overwritten", path.display());
        let path = match kind(path).with_context(refuse)? {
            Kind::Absent => {
                return Ok(Self {
                    path: path.to_owned(),
                    expected: None,
                });
            }
            Kind::Link => real(path).context("it is a symbolic link to nothing"),
            Kind::File => Ok(path.to_owned()),
            Kind::Folder => Err(anyhow!("it is a directory")),
            Kind::Other => Err(anyhow!("it is not a regular file")),
        }
        .with_context(refuse)?;
        let bytes = read_whole(&path).with_context(refuse)?.unwrap_or_default();
        is_ours(&bytes).with_context(refuse)?;
        Ok(Self {
            path,
            expected: Some(Fingerprint::of(&bytes)),
        })
    }

    /// Writes the file, unless somebody changed it since it was opened.
    ///
    /// # Errors
    ///
    /// If it cannot be written; it is then unchanged.
    pub fn write(&self, bytes: &[u8]) -> Result<()> {
        let about = || format!("cannot write {}", self.path.display());
        // A bare name has an empty parent.
        let path = Path::new(".").join(&self.path);
        match replace(&path, bytes, self.expected).with_context(about)? {
            Placed::Done => Ok(()),
            Placed::Changed => bail!("{} changed meanwhile, and is kept", self.path.display()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().expect("a folder")
    }

    #[test]
    fn a_named_file_of_another_kind_is_never_replaced() {
        let folder = folder();
        let path = folder.path().join("x");
        let is_ours = |bytes: &[u8]| match bytes {
            b"ours" => Ok(()),
            _ => bail!("is not ours"),
        };
        Named::open(&path, is_ours)
            .and_then(|named| named.write(b"ours"))
            .expect("written");
        let named = Named::open(&path, is_ours).expect("ours");
        named.write(b"theirs").expect("replaced");
        assert!(Named::open(&path, is_ours).is_err());
        assert!(named.write(b"ours").is_err());
        assert!(Named::open(folder.path(), is_ours).is_err());
        assert_eq!(fs::read(&path).expect("read"), b"theirs");
    }
}
