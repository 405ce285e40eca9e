//! The stages of a build: `Discovered`, `Resolved`, `Planned`, `Applied`, each made from the one
//! before.
//!
//! `render`, `rebuild` and `reindex` apply a plan; `status` and a dry run stop at the plan; `check`
//! stops when the site is resolved, and compares pages with what a plan would do. Not here: what is
//! printed (`report`).

pub mod action;
pub mod ahead;
pub mod apply;
pub mod attachments;
pub mod beside;
pub mod compare;
pub mod copies;
pub mod derived;
pub mod discover;
pub mod entries;
pub mod export;
pub mod facts;
pub mod gallery;
mod history;
pub mod last_run;
mod layout_cache;
pub mod listing;
pub mod manifest;
pub mod output_pages;
pub mod packed;
pub mod paths;
pub mod pieces;
pub mod plan;
pub mod problems;
pub mod publication;
pub mod reach;
pub mod request;
pub mod resolve;
pub mod revision;
mod same_file;
pub mod searchable;
pub mod site;
pub mod stat_index;
pub mod sweep;

use anyhow::Result;

use crate::diagnostic::Finding;
use crate::disk::{self, Lock};
use crate::memo::Looked;
use crate::output::theme::Theme;
use crate::progress::Stage;
use crate::store::{Space, Store};

use self::action::{Action, PagePlan};
use self::apply::Applied;
use self::discover::Discovered;
use self::facts::Facts;
use self::last_run::Reported;
use self::plan::Planned;
use self::reach::Reach;
use self::request::{Request, Scope};
use self::resolve::{Connected, Resolved};
use self::searchable::Before;
use self::site::{Refused, Site};
use self::stat_index::StatIndex;

/// Reads a site and works out how it hangs together.
///
/// # Errors
///
/// If a folder cannot be read; `Refused` if a template has an error.
pub fn resolve(site: &Site, request: Request, store: &Store) -> Result<Resolved> {
    Ok(connect(site, request, store)?.resolve(site, store))
}

/// Reads a site and works out where its links lead. Nothing is drawn.
///
/// # Errors
///
/// As `resolve`.
pub fn connect(site: &Site, request: Request, store: &Store) -> Result<Connected> {
    let facts = Facts::of(store, &site.settings);
    let index = StatIndex::of(site, store);
    Discovered::read(site, &facts, index)?.connect(site, request)
}

/// Plans a build and writes nothing.
///
/// # Errors
///
/// What prevents a plan: settings, templates, an invalid output.
pub fn dry_run(site: &Site, request: Request) -> Result<Planned> {
    let store = Store::open(&site.root);
    let resolved = resolve(site, request, &store)?;
    resolved.check_can_build(site)?;
    resolved.plan(site, &store)
}

/// What the last build wrote for searches, if nothing changed since.
pub fn searched<'a>(site: &'a Site, store: &Store) -> Option<Before<'a>> {
    let index = StatIndex::of(site, store);
    let is_as_left = |scope| {
        let request = Request::new(scope);
        last_run::repeat(site, &request, store, &index).is_some()
    };
    if is_as_left(Scope::All) || is_as_left(Scope::Derived) {
        Before::open(site)
    } else {
        None
    }
}

/// Builds the site.
///
/// # Errors
///
/// What prevents a build, or failed while writing. Each file is then either the old or the new one.
pub fn build(site: &Site, request: Request) -> Result<Built> {
    build_unless_done(&disk::lock(&site.root)?, site, request)
}

/// Builds the site, unless nothing or only a text changed, under a lock that the caller holds for
/// further steps.
///
/// # Errors
///
/// As `build`.
pub fn build_unless_done(lock: &Lock, site: &Site, request: Request) -> Result<Built> {
    let store = Store::open(&site.root);
    let mut index = StatIndex::of(site, &store);
    if let Some(reported) = last_run::repeat(site, &request, &store, &index) {
        return Ok(Built::Unchanged(reported));
    }
    if let Some(reported) = revision::revise(&mut index, lock, site, &request, &store)? {
        return Ok(Built::Revised(reported));
    }
    let mut applied = build_from(index, lock, site, request, &store)?;
    let shown = revision::shown(&applied);
    last_run::keep(site, &mut applied, &store, shown);
    Ok(Built::Applied(Box::new(applied)))
}

/// How a build ends.
#[derive(Debug)]
pub enum Built {
    /// Nothing changed since the last one.
    Unchanged(Reported),
    /// Nothing changed but the text of a few documents.
    Revised(Reported),
    Applied(Box<Applied>),
}

impl Built {
    /// What of the output is published.
    pub fn reach(&self) -> &Reach {
        match self {
            Self::Unchanged(reported) | Self::Revised(reported) => &reported.reach,
            Self::Applied(applied) => &applied.reach,
        }
    }
}

/// Builds under a lock that the caller holds for further steps.
///
/// # Errors
/// As `build`.
pub fn build_locked(lock: &Lock, site: &Site, request: Request) -> Result<Applied> {
    let store = Store::open(&site.root);
    let index = StatIndex::of(site, &store);
    build_from(index, lock, site, request, &store)
}

fn build_from(
    mut index: StatIndex,
    lock: &Lock,
    site: &Site,
    request: Request,
    store: &Store,
) -> Result<Applied> {
    if index.has_temporary() {
        sweep::sweep(site)?;
        index = StatIndex::of(site, store);
    }
    index.begin(lock);
    let facts = Facts::of(store, &site.settings);
    let discovered = Discovered::read(site, &facts, index)?;
    save(site, store, &[Space::Documents]);
    // Until pages are rendered, nobody needs one.
    facts.save_bodies(store, &discovered.corpus);
    // It is decoded, and the largest part of the store.
    store.space(Space::Documents).release();
    let resolved = discovered.connect(site, request)?.resolve(site, store);
    resolved.check_can_build(site)?;
    save(site, store, &[Space::Diagrams, Space::History]);
    // From here on pictures are taken from the slots.
    store.space(Space::Diagrams).release();
    let planned = resolved.plan(site, store)?;
    save(site, store, &[Space::Layout, Space::Suggestions]);
    let rendered = planned.rendered();
    let applied = planned.apply(site, store, &facts, lock)?;
    let _saving = site.progress.begin(Stage::Save, 0);
    store.save(Space::Code, rendered);
    store.save(Space::Files, Looked::Whole);
    Ok(applied)
}

/// Keeps entries of a run that asked for all that the site needs.
fn save(site: &Site, store: &Store, spaces: &[Space]) {
    let _saving = site.progress.begin(Stage::Save, 0);
    for space in spaces {
        store.save(*space, Looked::Whole);
    }
}

/// Checks what would stop a build, for commands that write to the sources before they build.
///
/// # Errors
///
/// If the flow or a template cannot be used.
pub fn check_can_start(site: &Site) -> Result<()> {
    let templates = discover::readable_templates(site)?;
    Theme::new(&templates).map_err(Refused::one)?;
    Ok(())
}

impl Planned {
    /// How much of the site will be rendered: a page that is up to date asks for no code.
    fn rendered(&self) -> Looked {
        let is_fresh = |page: &PagePlan| matches!(page.action, Action::Fresh);
        let is_all = self.resolved.request.scope == Scope::All;
        if is_all && !self.pages.iter().any(is_fresh) {
            Looked::Whole
        } else {
            Looked::Part
        }
    }

    /// What a dry run reports, sorted by place.
    pub fn findings(&self, site: &Site) -> Vec<Finding> {
        let kept = compare::kept(site, self);
        problems::judged(&self.resolved, problems::of_plan(self, site), &kept)
    }
}
