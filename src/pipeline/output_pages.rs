//! Pages that are in the output: those of documents, and those without one.
//!
//! Not here: what happens to them (`plan`).

use std::cell::LazyCell;
use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::disk;
use crate::fingerprint::Fingerprint;
use crate::model::corpus::{Corpus, DocId};
use crate::name::{self, Basename};
use crate::output::page_state::Found;
use crate::output::parts;

use super::discover::contents::{Unread, is_hidden, shown};
use super::paths::{HOST_FILES, MISSING, catalogue_file};
use super::publication;
use super::request::Request;
use super::same_file::Wanted;
use super::site::Site;
use super::stat_index::StatIndex;

/// Folders that have no pages at former addresses.
const OWN_FOLDERS: [&str; 5] = ["assets", "attachment", "markdown", "templates", "view"];

#[derive(Debug)]
pub struct Stray {
    /// Relative to the output.
    pub page: String,
    pub found: Found,
    /// A file with its document's name that is not read as one, for example in a folder below
    /// `markdown/`.
    pub unread: Option<String>,
}

impl Stray {
    pub fn is_removed(&self) -> bool {
        self.unread.is_none() && publication::is_removable(&self.found)
    }
}

/// The existing page of each document.
pub fn of_documents(
    site: &Site,
    corpus: &Corpus,
    request: &Request,
    index: &StatIndex,
) -> BTreeMap<DocId, Found> {
    let output = site.output();
    let look = |page: &str| {
        if request.cloned {
            Found::absent(&output, page)
        } else {
            index.page(page)
        }
    };
    let documents: Vec<_> = corpus.iter().collect();
    documents
        .into_par_iter()
        .map(|(id, document)| (id, look(&document.name.page())))
        .collect()
}

/// Files at the top of the output that are not pages of documents: those of other origin, which
/// links may name, and pages whose document no longer exists.
pub fn others(
    site: &Site,
    corpus: &Corpus,
    unread: &Unread,
    index: &StatIndex,
) -> (BTreeMap<String, u64>, Vec<Stray>) {
    let mut others = BTreeMap::new();
    let mut strays = Vec::new();
    let pages: Vec<String> = corpus.iter().map(|(_, it)| it.name.page()).collect();
    let pages = LazyCell::new(|| Wanted::new(index.output(), pages.iter().map(String::as_str)));
    for (path, size) in index.output_files() {
        let is_for_hosts = HOST_FILES.contains(&path.as_str());
        if path.contains('/') || is_hidden(&path) || name::is_leftover(&path) || is_for_hosts {
            continue;
        }
        let is_unread = |name: &Basename| unread.covers(&name.source());
        match path.strip_suffix(".html") {
            Some(stem) if corpus.find(stem).is_some() || pages.is_at(&path) => continue,
            // It is made, or removed, by what the site says now.
            Some(_) if is_redirect(index, &path) => continue,
            // The page of a document that cannot be read is not one without a document.
            Some(stem) if Basename::parse(stem).is_ok_and(|name| !is_unread(&name)) => {
                strays.push(path.clone());
            }
            // Another number of documents, and it is gone: no link should depend on it.
            _ if is_own_part(index, &path) => continue,
            _ => {}
        }
        others.insert(path, size);
    }
    if strays.is_empty() {
        return (others, Vec::new());
    }
    let (files, doubt) = files_in_markdown(site);
    let strays = strays.into_iter().map(|page| {
        let file = page.strip_suffix(".html").and_then(|stem| files.get(stem));
        Stray {
            found: index.page(&page),
            unread: file.or(doubt.as_ref()).cloned(),
            page,
        }
    });
    (others, strays.collect())
}

/// Whether a file is a part of the catalogue that docsite wrote.
fn is_own_part(index: &StatIndex, path: &str) -> bool {
    parts::whole_of(path).is_some() && index.page(path).mark().is_some()
}

/// Whether a file is a page at a former address that docsite wrote: of all pages that no document is
/// behind, it alone has a name that is not docsite's own.
pub(super) fn is_redirect(index: &StatIndex, path: &str) -> bool {
    let folder = path.split_once('/').map(|(folder, _)| folder);
    path.ends_with(".html")
        && !folder.is_some_and(|folder| OWN_FOLDERS.contains(&folder))
        && catalogue_file(path).is_none()
        && path != MISSING
        && index
            .page(path)
            .mark()
            .is_some_and(|mark| mark.source == Fingerprint::of(b""))
}

/// Every file below `markdown/` by the basename in its name, even if it is not read as a document:
/// a document that was moved into a folder, or cannot be read, still exists. And a folder that
/// cannot be read, which may contain any document.
fn files_in_markdown(site: &Site) -> (BTreeMap<String, String>, Option<String>) {
    let mut files = BTreeMap::new();
    let mut failures = Vec::new();
    let folder = site.markdown();
    for entry in disk::walk_what_can_be(&folder, usize::MAX, |_| true, &mut failures) {
        let name = entry.path.rsplit('/').next().unwrap_or(&entry.path);
        let Some((stem, ending)) = name.rsplit_once('.') else {
            continue;
        };
        if ending.eq_ignore_ascii_case("md")
            && let Ok(name) = Basename::parse(stem)
        {
            let path = format!("markdown/{}", shown(&entry.path));
            files.entry(name.as_str().to_owned()).or_insert(path);
        }
    }
    let doubt = failures.first();
    let doubt = doubt.map(|failure| format!("perhaps in markdown/{}", shown(&failure.path)));
    (files, doubt)
}
