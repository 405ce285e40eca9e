//! Looks at a whole site and writes nothing: what is known of it, what is wrong with its text, and
//! how its pages stand to it. A check begins here.
//!
//! Not here: findings (`check`), and derived files.

use anyhow::Result;

use crate::diagnostic::Diagnostic;
use crate::model::catalogue::Catalogue;
use crate::model::slot::Slots;
use crate::output::page_state::Found;
use crate::output::render::Renderer;
use crate::output::theme::Theme;

use super::facts::Facts;
use super::gallery::Gallery;
use super::plan::{self, PagePlan};
use super::site::{Refused, Site};
use super::{Request, Scope, load};

/// A site as it stands.
#[derive(Debug)]
pub struct Survey {
    /// Everything that is known of it.
    pub catalogue: Catalogue,
    /// What reading it told.
    pub diagnostics: Vec<Diagnostic>,
    /// Pages with what a rebuild would do to them; none where the output has no page at all.
    pub pages: Vec<(PagePlan, Found)>,
    /// Pages without a document.
    pub strays: Vec<String>,
    /// What stands in the place of each diagram.
    pub slots: Slots,
    /// Its templates.
    pub theme: Theme,
}

/// Looks, with the help of what was read before. `cloned` leaves the output out of account, as in
/// a fresh clone that ignores it.
///
/// # Errors
/// When a folder cannot be read; `Refused` for templates that are wrong.
pub fn survey(site: &Site, facts: &Facts, gallery: &mut Gallery, cloned: bool) -> Result<Survey> {
    let request = Request {
        cloned,
        ..Request::new(Scope::All)
    };
    let loaded = load::load(site, facts)?;
    let theme = Theme::new(&loaded.templates).map_err(Refused::one)?;
    let (catalogue, mut sources, mut diagnostics) = load::resolve(loaded, site, &request);
    let slots = gallery.slots(site, &catalogue);
    diagnostics.extend(super::of_slots(&catalogue, &slots));
    let mut pages = Vec::new();
    if !sources.first {
        let renderer = Renderer::new(&catalogue, &theme, &slots);
        for page in plan::pages(&catalogue, &renderer, &sources, &request)? {
            if let Some(found) = sources.pages.remove(&page.id) {
                pages.push((page, found));
            }
        }
    }
    Ok(Survey {
        catalogue,
        diagnostics,
        pages,
        strays: sources.strays,
        slots,
        theme,
    })
}
