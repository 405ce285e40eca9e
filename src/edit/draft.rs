//! A plan while it is made: files are read once, changed step by step, and compared at the end.
//!
//! Not here: what is changed (each kind of change has its file).

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use anyhow::{Result, bail};

use crate::diagnostic::BuildError;
use crate::disk::{self, Kind};
use crate::model::document::decode;
use crate::pipeline::site::{Refused, Site};

use super::plan::FileChange;
use super::plan::Note;
use super::plan::Plan;

#[derive(Debug)]
pub struct Draft<'a> {
    site: &'a Site,
    /// By the path that each has before.
    files: BTreeMap<String, Open>,
    notes: Vec<Note>,
    problems: Vec<BuildError>,
}

/// A file that was read.
#[derive(Debug)]
struct Open {
    before: Vec<u8>,
    after: Vec<u8>,
    to: Option<String>,
    is_new: bool,
    why: Vec<String>,
}

impl<'a> Draft<'a> {
    pub fn new(site: &'a Site) -> Self {
        Self {
            site,
            files: BTreeMap::new(),
            notes: Vec::new(),
            problems: Vec::new(),
        }
    }

    pub fn site(&self) -> &'a Site {
        self.site
    }

    /// The text of a file as it is by now, with its marks and line ends.
    ///
    /// # Errors
    ///
    /// If it is not a regular file with text.
    pub fn text(&mut self, path: &str) -> Result<String> {
        let bytes = self.open(path)?.after.clone();
        if let Err(problem) = decode(path, &bytes) {
            return Err(Refused::one(problem).into());
        }
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// The bytes of a file as they are by now.
    ///
    /// # Errors
    ///
    /// If it is not a regular file.
    pub fn bytes(&mut self, path: &str) -> Result<Vec<u8>> {
        Ok(self.open(path)?.after.clone())
    }

    /// Gives a file these bytes. Nothing is said of one that has them already.
    ///
    /// # Errors
    ///
    /// If it is not a regular file.
    pub fn write(
        &mut self,
        path: &str,
        bytes: impl Into<Vec<u8>>,
        why: impl Into<String>,
    ) -> Result<()> {
        let bytes = bytes.into();
        let file = self.open(path)?;
        if file.after != bytes {
            file.after = bytes;
            file.why.push(why.into());
        }
        Ok(())
    }

    /// Adds a file at a path where there is none.
    ///
    /// # Errors
    ///
    /// If there is something at its path.
    pub fn create(
        &mut self,
        path: &str,
        bytes: impl Into<Vec<u8>>,
        why: impl Into<String>,
    ) -> Result<()> {
        if disk::kind(&self.site.root.join(path))? != Kind::Absent {
            bail!("{path} exists");
        }
        let file = Open {
            before: Vec::new(),
            after: bytes.into(),
            to: Some(path.to_owned()),
            is_new: true,
            why: vec![why.into()],
        };
        self.files.insert(path.to_owned(), file);
        Ok(())
    }

    /// Moves a file.
    ///
    /// # Errors
    ///
    /// If it is not a regular file.
    pub fn rename(&mut self, path: &str, to: &str) -> Result<()> {
        self.open(path)?.to = Some(to.to_owned());
        Ok(())
    }

    /// Removes a file.
    ///
    /// # Errors
    ///
    /// If it is not a regular file.
    pub fn remove(&mut self, path: &str, why: impl Into<String>) -> Result<()> {
        let file = self.open(path)?;
        file.to = None;
        file.why.push(why.into());
        Ok(())
    }

    pub fn note(&mut self, path: impl Into<String>, line: Option<usize>, text: impl Into<String>) {
        self.notes.push(Note {
            path: path.into(),
            line,
            text: text.into(),
        });
    }

    /// Something that prevents the plan. All such problems are reported together.
    pub fn refuse(&mut self, problem: BuildError) {
        self.problems.push(problem);
    }

    pub fn is_refused(&self) -> bool {
        !self.problems.is_empty()
    }

    /// Ends the draft: files that did not change are left out of the plan.
    ///
    /// # Errors
    ///
    /// All problems that were refused, together.
    pub fn finish(mut self) -> Result<Plan> {
        if !self.problems.is_empty() {
            self.problems.sort();
            return Err(Refused(self.problems).into());
        }
        self.notes.sort();
        self.notes.dedup();
        let files = self.files.into_iter();
        let files = files.filter(|(path, file)| {
            file.is_new || file.to.as_ref() != Some(path) || file.before != file.after
        });
        Ok(Plan {
            files: files
                .map(|(path, file)| FileChange {
                    from: (!file.is_new).then_some(path),
                    to: file.to,
                    before: file.before,
                    after: file.after,
                    why: file.why,
                })
                .collect(),
            notes: self.notes,
        })
    }

    fn open(&mut self, path: &str) -> Result<&mut Open> {
        match self.files.entry(path.to_owned()) {
            Entry::Occupied(open) => Ok(open.into_mut()),
            Entry::Vacant(place) => Ok(place.insert(Open::read(self.site, path)?)),
        }
    }
}

impl Open {
    fn read(site: &Site, path: &str) -> Result<Self> {
        let file = site.root.join(path);
        match disk::kind(&file)? {
            Kind::File => {}
            Kind::Absent => bail!("{path} is gone"),
            Kind::Link => bail!("{path} is a symbolic link; change the file that it leads to"),
            Kind::Folder | Kind::Other => bail!("{path} is not a regular file"),
        }
        let before = disk::read(&file)?.unwrap_or_default();
        Ok(Self {
            after: before.clone(),
            before,
            to: Some(path.to_owned()),
            is_new: false,
            why: Vec::new(),
        })
    }
}
