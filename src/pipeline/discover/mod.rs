//! Reads a site: its documents, flow, templates and files. Nothing is compared yet.
//!
//! Not here: how they hang together (`resolve`), and pages beyond whether they are there.

pub mod contents;
mod documents;
mod files;
mod inputs;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::Result;
use rayon::prelude::*;

use crate::diagnostic::{BuildError, Problems};
use crate::disk;
use crate::model::corpus::Corpus;
use crate::model::document::{self, Read};
use crate::model::flow::RawFlow;
use crate::name::Basename;
use crate::output::theme::SiteTemplate;
use crate::progress::Stage;
use crate::rule::Cause;

use self::contents::{Contents, Unread};
use super::facts::Facts;
use super::site::Site;
use super::stat_index::StatIndex;

pub use self::documents::sources;
pub use self::inputs::readable_templates;

/// Everything that was read of a site.
#[derive(Debug)]
pub struct Discovered {
    pub(super) corpus: Corpus,
    pub(super) sources: BTreeMap<Basename, PathBuf>,
    pub(super) unsound: BTreeSet<Basename>,
    pub(super) flow: RawFlow,
    pub(super) templates: Vec<SiteTemplate>,
    /// The site's files under `assets/` and `attachment/`, with their sizes.
    pub(super) files: BTreeMap<String, u64>,
    pub(super) leftovers: Vec<String>,
    pub(super) unread: Unread,
    pub(super) problems: Problems,
    pub(super) index: StatIndex,
}

impl Discovered {
    /// Reads the site, with the help of what earlier runs know of its documents.
    ///
    /// # Errors
    ///
    /// If a folder of it cannot be read.
    pub fn read(site: &Site, facts: &Facts, index: StatIndex) -> Result<Self> {
        let _listing = site.progress.begin(Stage::Discover, 0);
        let mut problems = Problems::default();
        let mut folder = Contents::default();
        let files = index.list(site, "markdown")?;
        let files = documents::find(site, files, &mut folder, &mut problems);
        let parsing = site.progress.begin(Stage::Parse, files.len());
        let reads: Vec<_> = files
            .par_iter()
            .map(|(name, path)| (name, read_document(site, facts, &index, name, path)))
            .inspect(|_| parsing.item())
            .collect();
        drop(parsing);
        let mut documents = Vec::new();
        let mut unsound = BTreeSet::new();
        for (name, read) in reads {
            match read {
                Ok(read) => {
                    let waits = site.is_edited && read.is_guess();
                    if read.error.is_some() || waits && index.has(&name.page()) {
                        unsound.insert(read.document.name.clone());
                    }
                    problems.errors.extend(read.error);
                    let found = &mut problems.diagnostics;
                    found.extend(read.problems);
                    found.extend(read.document.remarks(site.settings.trusted_html));
                    documents.push(read.document);
                }
                Err(error) => {
                    folder.unread.add(error.path.clone());
                    problems.errors.push(error);
                    // It is not gone: the flow and links still find it.
                    unsound.insert(name.clone());
                    documents.push(document::unread(name.clone()));
                }
            }
        }
        let mut with_page = BTreeSet::new();
        for document in &documents {
            if index.has(&document.name.page()) {
                with_page.insert(document.name.clone());
            }
        }
        let has_page = |name: &Basename| with_page.contains(name);
        let (corpus, clashes) = Corpus::new(documents, has_page);
        problems.errors.extend(clashes);
        let flow = inputs::read_flow(site, &mut problems.diagnostics)?;
        files::reachable(site, &mut folder, &mut problems);
        Ok(Self {
            corpus,
            unsound,
            flow,
            templates: inputs::templates(site)?,
            sources: files.into_iter().collect(),
            files: folder.files,
            leftovers: folder.leftovers,
            unread: folder.unread,
            problems,
            index,
        })
    }
}

/// The facts of a document. Its file is read if it changed, or if its facts are not stored.
fn read_document(
    site: &Site,
    facts: &Facts,
    index: &StatIndex,
    name: &Basename,
    file: &Path,
) -> Result<Read, BuildError> {
    let path = disk::within(&site.root, file);
    let seen = path.as_deref();
    let seen = seen.and_then(|path| Some((path, index.stamp(path)?)));
    let source = seen.and_then(|(path, stamp)| index.source(path, stamp));
    if let Some(read) = source.and_then(|source| facts.known(name, source)) {
        return Ok(read);
    }
    let unreadable = |why: String| BuildError::new(Cause::Unreadable, name.source(), why);
    match disk::read(file) {
        Ok(Some(bytes)) => {
            let read = facts.read(name.clone(), &bytes);
            if let Some((path, stamp)) = seen {
                index.learn_source(path, stamp, read.document.source);
            }
            Ok(read)
        }
        Ok(None) => Err(unreadable("vanished while it was read".to_owned())),
        Err(error) => Err(unreadable(error.root_cause().to_string())),
    }
}
