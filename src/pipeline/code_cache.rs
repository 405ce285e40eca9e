//! Keeps what was highlighted for the next run, in `.docsite/cache/`.
//!
//! A cache: whatever goes wrong with it, the build continues, and its output is the same. Not here:
//! what is in it (`markdown::highlight::cache`).

use crate::disk;
use crate::output::render::Renderer;

use super::plan::{Action, Plan};
use super::site::Site;

const NAME: &str = "code";

/// Gives the renderer what the last run found, if there is any page to render.
pub(super) fn load(site: &Site, renderer: &Renderer<'_>, plan: &Plan) {
    let is_written = |action: &Action| matches!(action, Action::Write(..));
    if plan.pages.iter().any(|page| is_written(&page.action))
        && let Some(bytes) = disk::read_cache(&site.root, NAME)
    {
        renderer.code_cache().fill(&bytes);
    }
}

/// Keeps what this run found, if anything is new.
pub(super) fn store(site: &Site, renderer: &Renderer<'_>) {
    if let Some(bytes) = renderer.code_cache().to_bytes() {
        // Without it, the next run is slower; that is all.
        let _ = disk::write_cache(&site.root, NAME, &bytes);
    }
}
