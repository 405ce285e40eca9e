//! Decides, file by file, what a build does, and why. Only reads: what is to be written is known,
//! and what is in the output was looked at.
//!
//! Not here: rendering pages, and writing (`apply`).

mod copies;
mod derived;
mod pages;
mod reason;
pub(super) mod revised;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;

use crate::diagnostic::BuildError;
use crate::model::settings::Publish;
use crate::output::data::{self, Order};
use crate::output::page_state::Consent;
use crate::output::render;
use crate::progress::Stage;
use crate::store::Store;

use super::action::{Action, FilePlan, PagePlan, Why};
use super::copies::not_copied;
use super::derived::Derived;
use super::entries;
use super::layout_cache;
use super::listing::{self, Becomes};
use super::manifest;
use super::paths::MANIFEST;
use super::pieces::Pieces;
use super::publication::Standing;
use super::reach::Reach;
use super::request::{Request, Scope};
use super::resolve::Resolved;
use super::searchable;
use super::site::{Refused, Site};
use super::stat_index::StatIndex;

pub(super) use self::derived::made as derived_plan;

/// Everything that a build does.
#[derive(Debug)]
pub struct Planned {
    pub resolved: Resolved,
    /// Pages of documents in the request's scope, by name.
    pub pages: Vec<PagePlan>,
    pub copies: Vec<FilePlan>,
    /// The tool's assets and data, index.html, graph.json.
    pub derived: Vec<FilePlan>,
    /// The manifest of copies, if all of them can be written; none where nothing is copied.
    pub manifest: Option<FilePlan>,
    /// files.html and its parts, without the sizes of pages that are not rendered yet.
    pub files: Vec<FilePlan>,
    pub strays: Vec<FilePlan>,
    /// How many documents have no page, though the rule publishes them, because the request does
    /// not render them.
    pub missing: usize,
    /// What is in the output now, with sizes.
    pub before: BTreeMap<String, u64>,
    /// What of it is published.
    pub reach: Reach,
    /// Originals that cannot be read, and what is in the way of copies.
    pub errors: Vec<BuildError>,
}

impl Resolved {
    /// Decides about every file.
    ///
    /// # Errors
    /// When a template fails, or the output cannot be listed.
    pub fn plan(self, site: &Site, store: &Store) -> Result<Planned> {
        let _planning = site.progress.begin(Stage::Plan, 0);
        let mut errors = Vec::new();
        let renderer = self.renderer(store);
        let copies = super::copies::find(site, &self, &mut errors);
        let order = Order::of(&self.catalogue);
        let laying_out = site.progress.begin(Stage::Layout, 0);
        let points = layout_cache::points(store, &self.catalogue, &order);
        drop(laying_out);
        let indexing = site.progress.begin(Stage::Index, 0);
        let judge = |file: Derived| {
            let consent = self.request.consent(&file.path);
            derived::made(file, consent)
        };
        let graph = (&order, &points[..]);
        let pieces = Pieces::of(site, &self, &renderer);
        let mut derived = super::derived::find(site, &pieces, &self.index, graph, judge)?;
        derived.extend(searchable::find(site, &self, judge)?);
        errors.extend(entries::unreadable(site, &self));
        drop(indexing);
        let mut paths: BTreeSet<&str> = derived.iter().map(|file| file.path.as_str()).collect();
        let kept: Vec<String> = pieces.kept().collect();
        paths.extend(kept.iter().map(String::as_str));
        let gone = super::derived::gone(site, &self.index, &self.catalogue, &paths);
        derived.extend(gone.into_iter().map(derived::gone));
        let pages = pages::pages(&self, &renderer)?;
        let copies = copies::copies(copies);
        let manifest = manifest_plan(site, &self.index, copies.iter().filter_map(own_print))?;
        let strays = match self.request.scope {
            Scope::All | Scope::Without(_) => pages::strays(&self),
            Scope::Pages(_) | Scope::Derived => Vec::new(),
        };
        let before = listing::find(&self.index);
        let reach = Reach::of(site, &self);
        let others = copies
            .iter()
            .chain(&derived)
            .chain(&manifest)
            .chain(&strays);
        let others = others.map(|file| (file.path.as_str(), becomes(&file.action, file.size)));
        let of_pages = pages.iter();
        let of_pages = of_pages.map(|page| (page.path.as_str(), page_becomes(&page.action)));
        let after = listing::after(&before, others.chain(of_pages), &reach);
        let files = files_plan(
            &self.index,
            &self.request,
            render::listing(
                &site.settings,
                &self.theme,
                &after,
                &data::titles(&self.catalogue),
            ),
        )?;
        errors.extend(copies.iter().filter_map(|file| uncopied(site, file)));
        Ok(Planned {
            missing: missing(&self),
            resolved: self,
            pages,
            copies,
            derived,
            manifest,
            files,
            strays,
            before,
            reach,
            errors,
        })
    }
}

/// What happens to the pages of documents.
///
/// # Errors
///
/// If a page's view cannot be written as JSON.
pub(super) fn pages(resolved: &Resolved, store: &Store) -> Result<Vec<PagePlan>> {
    pages::pages(resolved, &resolved.renderer(store))
}

/// What happens to pages without a document.
pub(super) fn strays(resolved: &Resolved) -> Vec<FilePlan> {
    pages::strays(resolved)
}

/// What happens to the manifest of these copies, by path and hash; none where nothing is copied.
///
/// # Errors
///
/// If it cannot be written as JSON.
pub(super) fn manifest_plan(
    site: &Site,
    index: &StatIndex,
    copies: impl Iterator<Item = manifest::Entry>,
) -> Result<Option<FilePlan>> {
    if site.settings.is_flat() {
        return Ok(None);
    }
    let made = Derived::new(index, MANIFEST, manifest::bytes(copies)?);
    let file = Derived { own: true, ..made };
    Ok(Some(derived::made(file, Consent::Usual)))
}

/// What happens to files.html and its parts, as they are for a listing of the output.
///
/// # Errors
/// When their template failed.
pub(super) fn files_plan(
    index: &StatIndex,
    request: &Request,
    pages: Result<Vec<(String, Vec<u8>)>, BuildError>,
) -> Result<Vec<FilePlan>> {
    let pages = pages.map_err(Refused::one)?;
    let paths = pages.iter().map(|(path, _)| path.as_str()).collect();
    let gone = super::derived::gone_listings(index, &paths);
    let made = pages.into_iter().map(|(path, bytes)| {
        let consent = request.consent(&path);
        derived::made(Derived::new(index, &path, bytes), consent)
    });
    Ok(made.chain(gone.into_iter().map(derived::gone)).collect())
}

/// A copy that is docsite's once the plan is done.
fn own_print(file: &FilePlan) -> Option<manifest::Entry> {
    let print = match file.action {
        Action::Write(..) | Action::Fresh => file.prints.after,
        Action::Keep(_) => file.prints.before,
        Action::Skip(_) | Action::Remove(..) => None,
    };
    Some((file.path.clone(), print?))
}

pub(super) fn becomes(action: &Action, size: Option<u64>) -> Becomes {
    match action {
        Action::Write(..) => Becomes::Held(size),
        Action::Fresh if size.is_some() => Becomes::Held(size),
        Action::Fresh | Action::Keep(_) | Action::Skip(_) => Becomes::AsBefore,
        Action::Remove(..) => Becomes::Gone,
    }
}

fn page_becomes(action: &Action) -> Becomes {
    match action {
        // Its size is known when it is rendered.
        Action::Write(..) => Becomes::Held(None),
        Action::Fresh | Action::Keep(_) | Action::Skip(_) => Becomes::AsBefore,
        Action::Remove(..) => Becomes::Gone,
    }
}

fn missing(resolved: &Resolved) -> usize {
    if resolved.catalogue.settings.publish != Publish::All {
        return 0;
    }
    let standings = resolved.standings.values();
    standings.filter(|it| **it == Standing::NoPage).count()
}

/// A copy that something is in the way of.
fn uncopied(site: &Site, file: &FilePlan) -> Option<BuildError> {
    match &file.action {
        Action::Keep(Why::Doubtful(why)) if file.prints.after.is_some() => {
            Some(not_copied(&site.shown(&file.path), why))
        }
        _ => None,
    }
}
