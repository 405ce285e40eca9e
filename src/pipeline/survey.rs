//! Surveys a whole site and writes nothing: what is known about it, what is wrong with its text,
//! and the state of its pages. A check begins here.
//!
//! Not here: findings (`check`).

use anyhow::Result;

use crate::check::files::OutputFile;
use crate::diagnostic::{BuildError, Problems};
use crate::model::catalogue::Catalogue;
use crate::model::slot::Slots;
use crate::output::page_state::Found;
use crate::output::render::Renderer;
use crate::output::theme::Theme;

use crate::store::Store;

use super::apply::Materials;
use super::facts::Facts;
use super::gallery::Gallery;
use super::load::Sources;
use super::plan::{self, FilePlan, PagePlan, Plan};
use super::site::{Refused, Site};
use super::{Request, Scope, derived, load};

/// The state of a site, without building it.
#[derive(Debug)]
pub struct Survey {
    /// Everything that is known about it.
    pub catalogue: Catalogue,
    pub problems: Problems,
    /// Pages with what a rebuild would do to them; empty if the output has no page at all.
    pub pages: Vec<(PagePlan, Found)>,
    /// Other files of the output that are not up to date.
    pub files: Vec<OutputFile>,
    /// Pages without a document, with what a rebuild would do to them.
    pub strays: Vec<FilePlan>,
    /// The content of each diagram's slot.
    pub slots: Slots,
    pub theme: Theme,
}

/// Surveys a site. `cloned` ignores the output, as in a fresh clone without it.
///
/// # Errors
///
/// If a folder cannot be read; `Refused` if a template has an error.
pub fn survey(site: &Site, store: &Store, cloned: bool) -> Result<Survey> {
    let mut request = Request {
        cloned,
        ..Request::new(Scope::All)
    };
    let facts = Facts::of(store, &site.settings);
    let loaded = load::load(site, &facts)?;
    // Where no document has a page yet, all that could have one are looked at.
    request.all = !loaded.has_pages();
    let theme = Theme::new(&loaded.templates).map_err(Refused::one)?;
    let (catalogue, mut sources, mut problems) = load::resolve(loaded, site, &request);
    let slots = Gallery::of(store).slots(site, &catalogue);
    let of_slots = super::of_slots(&catalogue, &slots);
    problems.diagnostics.extend(of_slots);
    let mut pages = Vec::new();
    let mut files = Vec::new();
    if !request.all {
        let renderer = Renderer::new(&catalogue, &theme, &slots, store);
        let planned = if !cloned && derived::is_built(site, sources.pages.values()) {
            let all = others(
                site,
                store,
                &facts,
                &renderer,
                &sources,
                &request,
                &mut problems.errors,
            )?;
            files = derived::unlike(site, &all);
            all.pages
        } else {
            plan::pages(&catalogue, &renderer, &sources, &request)?
        };
        for page in planned {
            if let Some(found) = sources.pages.remove(&page.id) {
                pages.push((page, found));
            }
        }
    }
    Ok(Survey {
        catalogue,
        problems,
        pages,
        strays: plan::strays(&sources),
        files,
        slots,
        theme,
    })
}

/// The actions of a build for all other files.
fn others(
    site: &Site,
    store: &Store,
    facts: &Facts,
    renderer: &Renderer<'_>,
    sources: &Sources,
    request: &Request,
    errors: &mut Vec<BuildError>,
) -> Result<Plan> {
    let super::Planned {
        mut plan,
        copies,
        listing,
    } = super::planned(site, renderer, sources, request, store, errors)?;
    errors.extend(plan.uncopied(site));
    let materials = Materials {
        site,
        catalogue: renderer.catalogue(),
        renderer,
        copies: &copies,
        documents: &sources.files,
        facts,
        listing: &listing,
        request,
        lock: None,
    };
    super::plan_rest(&materials, &mut plan)?;
    Ok(plan)
}
