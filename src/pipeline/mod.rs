//! The stages of a build, composed: load, resolve, plan, render, write.
//!
//! `render`, `rebuild` and `reindex` are this one call with another scope; `status` and a dry run
//! stop after the plan. Not here: what is printed (`report`).

pub mod apply;
pub mod beside;
pub mod copies;
pub mod derived;
pub mod facts;
pub mod gallery;
mod layout_cache;
pub mod load;
pub mod plan;
pub mod publication;
pub mod site;
pub mod survey;

use std::collections::BTreeMap;

use anyhow::Result;
use unicode_normalization::UnicodeNormalization;

use crate::check::judge::judge;
use crate::check::{self, files};
use crate::diagnostic::{BuildError, Diagnostic, Finding, Problems, Severity};
use crate::disk::{self, Lock};
use crate::memo::Looked;
use crate::model::catalogue::Catalogue;
use crate::model::corpus::DocId;
use crate::model::slot::{self, Slots};
use crate::name::Basename;
use crate::output::data::Order;
use crate::output::page_state::{Consent, Found};
use crate::output::render::Renderer;
use crate::output::theme::Theme;
use crate::store::{Space, Store};

use self::apply::{Applied, Materials};
use self::copies::Copies;
use self::facts::Facts;
use self::gallery::Gallery;
use self::load::Sources;
use self::plan::Plan;
use self::site::{Refused, Site};

/// The pages that a build renders. Derived files are always updated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    All,
    /// Publishes these documents; and, if all are published, those without a page.
    Pages(Vec<Basename>),
    /// Every published document except these, which are unpublished.
    Without(Vec<Basename>),
    Derived,
}

impl Scope {
    /// Whether a command with this scope reports a finding. A command for some documents reports
    /// nothing about others, and only errors of shared files; `check` and `rebuild` report
    /// everything.
    pub fn concerns(&self, finding: &Finding) -> bool {
        match self {
            Self::All => true,
            Self::Derived => finding.severity() == Severity::Error,
            Self::Pages(names) | Self::Without(names) => match document_of(&finding.path) {
                Some(document) => names.iter().any(|name| name.as_str() == document),
                None => finding.severity() == Severity::Error,
            },
        }
    }
}

/// The document that a file of a site belongs to: its source, or one of its pictures.
fn document_of(path: &str) -> Option<String> {
    let name = match path.strip_prefix("markdown/") {
        Some(file) => file.strip_suffix(".md").unwrap_or(file),
        None => path.strip_prefix("assets/diagrams/")?.split_once('/')?.0,
    };
    Some(name.nfc().collect())
}

/// The options of a build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub scope: Scope,
    /// Replace files of unknown origin.
    pub adopt: bool,
    /// Hand-made pages that may be replaced.
    pub discard: Vec<Basename>,
    /// Catalogue files whose hand edits may be replaced, by path.
    pub released: Vec<&'static str>,
    /// Ignore the output, as in a fresh clone.
    pub cloned: bool,
    /// Publish every document that is not a draft, whatever the rule.
    pub all: bool,
}

impl Request {
    pub fn new(scope: Scope) -> Self {
        Self {
            scope,
            adopt: false,
            discard: Vec::new(),
            released: Vec::new(),
            cloned: false,
            all: false,
        }
    }

    /// Which derived files of others docsite may replace.
    fn consent(&self, path: &str) -> Consent {
        if self.released.contains(&path) {
            Consent::Own
        } else if self.adopt {
            Consent::Adopt
        } else {
            Consent::Usual
        }
    }
}

/// Plans a build and writes nothing.
///
/// # Errors
///
/// What prevents a plan: settings, templates, an invalid output.
pub fn dry_run(site: &Site, request: &Request) -> Result<Built> {
    run(site, request, None)
}

/// Builds the site.
///
/// # Errors
///
/// What prevents a build, or failed while writing. Each file is then either the old or the new one.
pub fn build(site: &Site, request: &Request) -> Result<Built> {
    let lock = disk::lock(&site.root)?;
    build_locked(&lock, site, request)
}

/// Checks what would stop a build, for commands that write to the sources before they build.
///
/// # Errors
///
/// If the flow or a template cannot be used.
pub fn check_can_start(site: &Site) -> Result<()> {
    let templates = load::readable_templates(site)?;
    Theme::new(&templates).map_err(Refused::one)?;
    Ok(())
}

/// Builds under a lock that the caller holds for further steps.
///
/// # Errors
///
/// As `build`.
pub fn build_locked(lock: &Lock, site: &Site, request: &Request) -> Result<Built> {
    apply::sweep(site)?;
    run(site, request, Some(lock))
}

fn run(site: &Site, request: &Request, lock: Option<&Lock>) -> Result<Built> {
    let store = Store::open(&site.root);
    let facts = Facts::of(&store, &site.settings);
    let loaded = load::load(site, &facts)?;
    let keep = |space, looked| {
        if lock.is_some() {
            store.save(space, looked);
        }
    };
    keep(Space::Documents, Looked::Whole);
    let theme = Theme::new(&loaded.templates).map_err(Refused::one)?;
    let (catalogue, sources, mut problems) = load::resolve(loaded, site, request);
    sources.check_presence(site, &catalogue)?;
    let slots = Gallery::of(&store).slots(site, &catalogue);
    keep(Space::Diagrams, Looked::Whole);
    problems.diagnostics.extend(of_slots(&catalogue, &slots));
    let renderer = Renderer::new(&catalogue, &theme, &slots, &store);
    let Planned {
        mut plan,
        copies,
        listing,
    } = planned(
        site,
        &renderer,
        &sources,
        request,
        &store,
        &mut problems.errors,
    )?;
    keep(Space::Layout, Looked::Whole);
    problems.add(plan.problems(request, site, &catalogue));
    problems.errors.extend(plan.uncopied(site));
    let materials = Materials {
        site,
        catalogue: &catalogue,
        renderer: &renderer,
        copies: &copies,
        documents: &sources.files,
        facts: &facts,
        listing: &listing,
        request,
        lock,
    };
    let applied = if lock.is_some() {
        let applied = apply::apply(&materials, &mut plan)?;
        facts.save_bodies(&store, &catalogue.corpus);
        keep(Space::Code, Looked::Part);
        problems.errors.extend(applied.errors.iter().cloned());
        Some(applied)
    } else {
        plan_rest(&materials, &mut plan)?;
        None
    };
    if request.scope == Scope::All {
        let drafts = check::flow::drafts(&catalogue);
        problems.diagnostics.extend(drafts);
    }
    let mut findings = judge(&catalogue, problems);
    findings.retain(|finding| request.scope.concerns(finding));
    // Whatever was asked for, the catalogue was to follow.
    let kept = files::find(&derived::kept(site, &plan));
    findings.extend(judge(&catalogue, Problems::of(kept)));
    findings.sort();
    findings.dedup();
    Ok(Built {
        plan,
        applied,
        findings,
        pages: sources.pages,
        slots,
        catalogue,
    })
}

/// The result of a build or a dry run.
#[derive(Debug)]
pub struct Built {
    pub catalogue: Catalogue,
    /// The decision for each file.
    pub plan: Plan,
    /// What was written; `None` for a dry run.
    pub applied: Option<Applied>,
    /// The findings to report, sorted by place.
    pub findings: Vec<Finding>,
    /// Each document's page as it was found.
    pub pages: BTreeMap<DocId, Found>,
    /// The content of each diagram's slot.
    pub slots: Slots,
}

/// A plan and its inputs.
struct Planned {
    plan: Plan,
    copies: Copies,
    listing: BTreeMap<String, u64>,
}

/// Plans everything that can be planned before writing.
fn planned(
    site: &Site,
    renderer: &Renderer<'_>,
    sources: &Sources,
    request: &Request,
    store: &Store,
    errors: &mut Vec<BuildError>,
) -> Result<Planned> {
    let catalogue = renderer.catalogue();
    let copies = copies::find(site, catalogue, sources, errors);
    let order = Order::of(catalogue);
    let points = layout_cache::points(store, catalogue, &order);
    let derived = derived::find(site, renderer, &order, &points)?;
    let gone = derived::gone(site, &derived)?;
    let plan = plan::plan(
        catalogue, renderer, sources, &copies, derived, gone, request,
    )?;
    Ok(Planned {
        plan,
        copies,
        listing: derived::listing(site),
    })
}

/// Plans the files that depend on all others, to the extent possible without rendering.
fn plan_rest(materials: &Materials<'_>, plan: &mut Plan) -> Result<()> {
    apply::plan_manifest(materials.site, plan)?;
    let expected = apply::expected_listing(materials.listing, plan);
    plan.files = apply::files_plan(materials, &expected)?;
    Ok(())
}

/// Findings about the diagrams of published documents, and pictures without a diagram.
fn of_slots(catalogue: &Catalogue, slots: &Slots) -> Vec<Diagnostic> {
    let published = catalogue.published.iter();
    let problems = published.flat_map(|id| slots.problems(catalogue, *id));
    problems.chain(slot::unplaced(catalogue)).collect()
}
