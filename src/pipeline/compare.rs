//! Compares the output with what a rebuild would make of it, for `check` and `status`.
//!
//! Not here: findings (`check`).

use std::collections::BTreeSet;

use anyhow::Result;

use crate::check::files::{FileState, OutputFile, Role};
use crate::diagnostic::BuildError;
use crate::disk;
use crate::output::page_state::PageState;
use crate::output::{page_state, search_files};
use crate::store::Store;

use super::action::{Action, Content, FilePlan, PagePlan, Why};
use super::paths::MANIFEST;
use super::paths::{FILES, catalogue_file};
use super::plan::{self, Planned};
use super::resolve::Resolved;
use super::site::Site;

/// A site as far as `check` looks: resolved, and planned where there is an output to compare.
#[derive(Debug)]
pub struct Compared {
    pub resolved: Resolved,
    /// What a rebuild would do to the pages of documents; none where the output has no page at all.
    pub pages: Vec<PagePlan>,
    /// Other files of the output that are not up to date.
    pub files: Vec<OutputFile>,
    /// What a rebuild would do to pages without a document.
    pub strays: Vec<FilePlan>,
    /// Originals that cannot be read, and what is in the way of copies.
    pub errors: Vec<BuildError>,
}

impl Resolved {
    /// Plans as much as there is to compare: everything where docsite wrote into the output, else
    /// pages.
    ///
    /// # Errors
    /// As `plan`.
    pub fn compare(self, site: &Site, store: &Store) -> Result<Compared> {
        if self.has_pages() && !self.request.cloned && is_built(site, &self) {
            let planned = self.plan(site, store)?;
            return Ok(Compared {
                files: unlike(site, &planned),
                resolved: planned.resolved,
                pages: planned.pages,
                strays: planned.strays,
                errors: planned.errors,
            });
        }
        let pages = if self.has_pages() {
            plan::pages(&self, store)?
        } else {
            Vec::new()
        };
        Ok(Compared {
            pages,
            files: Vec::new(),
            strays: plan::strays(&self),
            errors: Vec::new(),
            resolved: self,
        })
    }
}

/// Files that are not up to date, except for those that are out of date because a document is (its
/// copy, the catalogue): the document's page is reported instead. What comes with a page that is not
/// built yet is not listed either.
pub fn unlike(site: &Site, planned: &Planned) -> Vec<OutputFile> {
    let is_written = |action: &Action| matches!(action, Action::Write(..) | Action::Remove(..));
    let has_stale_page = planned.pages.iter().any(|page| is_written(&page.action));
    let has_stale_copy = planned.copies.iter().any(|file| is_written(&file.action));
    let resolved = &planned.resolved;
    let unbuilt = planned.pages.iter();
    let unbuilt = unbuilt.filter(|page| resolved.pages[&page.id].state == PageState::Absent);
    let name = |page: &PagePlan| resolved.catalogue.corpus.get(page.id).name.about();
    let unbuilt: BTreeSet<String> = unbuilt.map(name).collect();
    // These list the copies.
    let lists_copies = |path: &str| is_listing(path) || path == MANIFEST;
    let derived = planned.derived.iter();
    let derived = derived.chain(&planned.manifest).chain(&planned.files);
    let derived = derived.filter_map(|file| {
        let state = state(&file.action)?;
        if state == FileState::Missing && unbuilt.contains(&file.path) {
            return None;
        }
        let follows = has_stale_page || has_stale_copy && lists_copies(&file.path);
        let role = catalogue_file(&file.path).map_or(Role::Own, |(name, _)| Role::Catalogue(name));
        let is_listed = if file.path.starts_with(search_files::FOLDER) {
            is_of_search(&file.path, &state)
        } else {
            state != FileState::Stale || !follows && !differs_in_sizes(site, file)
        };
        is_listed.then_some((file, role, state))
    });
    let copies = planned.copies.iter().filter_map(|file| {
        let follows = has_stale_page && file.path.starts_with("markdown/");
        let is_listed = is_written(&file.action) && !follows;
        is_listed.then_some((file, Role::Copy, state(&file.action)?))
    });
    let all = derived.chain(copies).map(|(file, role, state)| OutputFile {
        path: site.shown(&file.path),
        role,
        state,
    });
    all.collect()
}

/// Whether a script of the search is listed: it is out of date with every edit of a page by hand, and
/// new ones come with it.
fn is_of_search(path: &str, state: &FileState) -> bool {
    match state {
        FileState::Stale => false,
        FileState::Missing => path == search_files::path(search_files::DIRECTORY),
        _ => true,
    }
}

/// Files that a build would write if they were not edited by hand or blocked. (Those of unknown
/// origin are counted with the pages of unknown origin.)
pub fn kept(site: &Site, planned: &Planned) -> Vec<OutputFile> {
    let mut files = unlike(site, planned);
    files.retain(|file| match file.state {
        FileState::Edited => matches!(file.role, Role::Catalogue(_)),
        FileState::Blocked(_) => true,
        FileState::Missing | FileState::Stale | FileState::Foreign => false,
    });
    files
}

/// Like `unlike`, but only if docsite ever wrote into the output: an older program has no
/// catalogue, and a fresh clone may have no output.
pub fn unlike_in_output(site: &Site, planned: &Planned) -> Vec<OutputFile> {
    if is_built(site, &planned.resolved) {
        unlike(site, planned)
    } else {
        Vec::new()
    }
}

/// Whether docsite ever wrote into the output.
fn is_built(site: &Site, resolved: &Resolved) -> bool {
    let index = page_state::look(&site.output(), "index.html");
    let mut pages = resolved.pages.values();
    index.mark().is_some() || pages.any(|page| page.mark().is_some())
}

/// Whether a file is files.html or one of its parts.
fn is_listing(path: &str) -> bool {
    catalogue_file(path).is_some_and(|(_, whole)| whole == FILES)
}

/// Whether files.html, or a part of it, lists the same files as a new one, so that only sizes can differ: a page that
/// somebody works on changes its size with every edit.
fn differs_in_sizes(site: &Site, file: &FilePlan) -> bool {
    let Content::Bytes(new) = &file.content else {
        return false;
    };
    if !is_listing(&file.path) {
        return false;
    }
    let Ok(Some(old)) = disk::read_whole(&site.output_file(&file.path)) else {
        return false;
    };
    let (old, new) = (String::from_utf8_lossy(&old), String::from_utf8_lossy(new));
    old.split("href=\"")
        .skip(1)
        .map(target)
        .eq(new.split("href=\"").skip(1).map(target))
}

fn target(rest: &str) -> &str {
    rest.split('"').next().unwrap_or_default()
}

fn state(action: &Action) -> Option<FileState> {
    Some(match action {
        Action::Write(_, Why::New) => FileState::Missing,
        Action::Write(_, Why::Restored) | Action::Keep(Why::HandMade { .. }) => FileState::Edited,
        Action::Write(..) | Action::Remove(..) => FileState::Stale,
        Action::Keep(Why::Doubtful(why)) => FileState::Blocked(why.clone()),
        Action::Keep(_) => FileState::Foreign,
        Action::Fresh | Action::Skip(_) => return None,
    })
}
