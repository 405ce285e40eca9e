//! Files that go to the output as they are: assets, attachments, the Markdown of published
//! documents. And the manifest of them in the output, by which docsite knows, even with its cache
//! gone, what it put there itself.
//!
//! Not here: a site with `output = "."`, which copies nothing onto itself.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Context, Result};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;
use crate::disk;
use crate::fingerprint::Fingerprint;
use crate::model::catalogue::Catalogue;
use crate::model::corpus::DocId;
use crate::output::mark;
use crate::output::page_state::{self, Found, State};

use super::load::COPIED;
use super::site::Site;

/// The manifest's path in the output.
pub const MANIFEST: &str = "assets/docsite-copies.json";
const VERSION: u32 = 1;

/// A file and its copy.
#[derive(Debug)]
pub struct Copy {
    /// Relative to the output.
    pub path: String,
    /// Where it comes from.
    pub source: PathBuf,
    /// Of the source's bytes.
    pub print: Fingerprint,
    /// In bytes.
    pub size: u64,
    /// What is in its place.
    pub found: Found,
    /// What docsite put there last, as far as the manifest tells.
    pub written: Option<Fingerprint>,
}

/// What is copied, and what was.
#[derive(Debug, Default)]
pub struct Copies {
    /// What the output is to hold.
    pub wanted: Vec<Copy>,
    /// Copies of files that are gone: what docsite put there, and what is there.
    pub gone: Vec<(String, Fingerprint, Found)>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Manifest {
    version: u32,
    files: BTreeMap<String, String>,
}

/// Finds out what is to be copied and what is there.
pub fn find(
    site: &Site,
    catalogue: &Catalogue,
    documents: &BTreeMap<DocId, PathBuf>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Copies {
    if site.settings.is_flat() {
        return Copies::default();
    }
    let mut written = read_manifest(site);
    let files: Vec<Result<Option<Copy>, Diagnostic>> = sources(site, catalogue, documents)
        .into_par_iter()
        .map(|(path, source)| read_original(site, &written, path, source))
        .collect();
    let mut wanted = Vec::new();
    for file in files {
        match file {
            Ok(copy) => wanted.extend(copy),
            Err(problem) => diagnostics.push(problem),
        }
    }
    for copy in &wanted {
        written.remove(&copy.path);
    }
    let gone = written
        .into_iter()
        .map(|(path, print)| {
            let found = page_state::look(&site.output(), &path);
            (path, print, found)
        })
        .filter(|(_, _, found)| found.state != State::Absent)
        .collect();
    Copies { wanted, gone }
}

/// None where the file is gone again.
fn read_original(
    site: &Site,
    written: &BTreeMap<String, Fingerprint>,
    path: String,
    source: PathBuf,
) -> Result<Option<Copy>, Diagnostic> {
    match disk::read_whole(&source) {
        Ok(None) => Ok(None),
        Ok(Some(bytes)) => Ok(Some(Copy {
            found: page_state::look(&site.output(), &path),
            written: written.get(&path).copied(),
            print: Fingerprint::of(&bytes),
            size: bytes.len() as u64,
            source,
            path,
        })),
        Err(error) => {
            let why = error.root_cause().to_string();
            Err(Diagnostic::error("unreadable", path, why))
        }
    }
}

fn sources(
    site: &Site,
    catalogue: &Catalogue,
    documents: &BTreeMap<DocId, PathBuf>,
) -> Vec<(String, PathBuf)> {
    let is_copied = |path: &str| {
        path.split_once('/')
            .is_some_and(|(folder, _)| COPIED.contains(&folder))
    };
    let files = catalogue
        .files
        .keys()
        .filter(|path| is_copied(path))
        .map(|path| (path.clone(), site.root.join(path)));
    let published = catalogue.published.iter().filter_map(|id| {
        let name = &catalogue.corpus.get(*id).name;
        Some((name.source(), documents.get(id)?.clone()))
    });
    files.chain(published).collect()
}

/// What docsite put into the output, so far as an untouched manifest tells. Paths that lead out of
/// the folders it copies are not believed.
fn read_manifest(site: &Site) -> BTreeMap<String, Fingerprint> {
    let Ok(Some(bytes)) = disk::read_whole(&site.output_file(MANIFEST)) else {
        return BTreeMap::new();
    };
    if !mark::read(&bytes).is_some_and(|mark| mark.intact) {
        return BTreeMap::new();
    }
    let manifest: Manifest = serde_json::from_slice(&bytes).unwrap_or_default();
    let is_ours = |path: &str| {
        let folder = path.split('/').next().unwrap_or_default();
        (COPIED.contains(&folder) || folder == "markdown")
            && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
    };
    manifest
        .files
        .into_iter()
        .filter(|(path, _)| is_ours(path))
        .filter_map(|(path, print)| Some((path, Fingerprint::parse(&print)?)))
        .collect()
}

/// The manifest's bytes.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn manifest(copies: &Copies) -> Result<Vec<u8>> {
    let manifest = Manifest {
        version: VERSION,
        files: copies
            .wanted
            .iter()
            .map(|copy| (copy.path.clone(), copy.print.to_string()))
            .collect(),
    };
    let text = serde_json::to_string_pretty(&manifest).context(MANIFEST)?;
    Ok(mark::json(&text, Fingerprint::of(text.as_bytes())))
}
