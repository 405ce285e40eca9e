//! The page of a document that changed, before the build that will write it: made as a build makes
//! it, from what the last one knew of the rest of the site. And what a check finds in what it knew.
//!
//! Nothing is written. Pages that show the document elsewhere, and other documents that changed
//! meanwhile, wait for the build. Not here: when to make one, and who gets it (`commands::serve`).

use anyhow::Result;

use crate::check::judge::judge;
use crate::check::{self, ignores};
use crate::diagnostic::{Finding, Problems};
use crate::disk;
use crate::fingerprint::Fingerprint;
use crate::model::catalogue::Catalogue;
use crate::model::slot::Slots;
use crate::name::Basename;
use crate::output::page_state::{Found, Known};
use crate::output::render::Renderer;
use crate::output::theme::Theme;
use crate::progress::Progress;
use crate::store::{Space, Store};

use super::facts::Facts;
use super::gallery::Gallery;
use super::request::{Request, Scope};
use super::resolve::{self, Resolved};
use super::site::Site;

/// What pages are made from, as the last build left it.
#[derive(Debug)]
pub struct Ahead {
    site: Site,
    store: Store,
    catalogue: Catalogue,
    theme: Theme,
    slots: Slots,
    problems: Problems,
}

impl Ahead {
    /// After a build that looked at everything.
    pub fn of(site: &Site, resolved: Resolved) -> Self {
        Self {
            store: Store::open(&site.root),
            site: Site {
                progress: Progress::default(),
                ..site.clone()
            },
            catalogue: resolved.catalogue,
            theme: resolved.theme,
            slots: resolved.slots,
            problems: resolved.problems,
        }
    }

    /// After a build that did not.
    ///
    /// # Errors
    ///
    /// What would prevent a build.
    pub fn read(site: &Site) -> Result<Self> {
        let store = Store::open(&site.root);
        let resolved = super::resolve(site, Request::new(Scope::All), &store)?;
        Ok(Self::of(site, resolved))
    }

    /// The page of a document as its text is now. None where that says nothing new, where it cannot
    /// be published, and where there is no page of docsite to be replaced.
    pub fn page(&mut self, name: &Basename) -> Option<Vec<u8>> {
        let id = self.catalogue.corpus.find(name.as_str())?;
        let is_ours = self.catalogue.published.contains(&id) && self.has_own_page(name);
        let bytes = disk::read(&self.site.root.join(name.source())).ok()??;
        if !is_ours || Fingerprint::of(&bytes) == self.catalogue.corpus.get(id).source {
            return None;
        }
        let facts = Facts::of(&self.store, &self.site.settings);
        let (read, body) = facts.compile(name.clone(), &bytes);
        if read.error.is_some() || read.is_guess() || read.document.front.draft {
            return None;
        }
        let mut gallery = Gallery::of(&self.store);
        gallery.learn(&self.catalogue, &self.slots, id);
        self.catalogue.replace(id, read.document);
        let shown = resolve::pictures(&self.site, &self.catalogue.links, &[id].into());
        self.catalogue.pictures.extend(shown);
        let slots = gallery.slots(&self.site, &self.catalogue, [id].into_iter());
        self.slots.replace(id, slots);
        let renderer = Renderer::new(&self.catalogue, &self.theme, &self.slots, &self.store);
        let draft = renderer.draft(id).ok()?;
        let page = renderer.page(id, &draft, &body).ok();
        // What other documents have of these is not needed again soon.
        for space in [Space::Code, Space::Diagrams] {
            self.store.space(space).rest();
        }
        page
    }

    /// Everything that a check finds in the content.
    pub fn findings(&self) -> Vec<Finding> {
        let mut problems = self.problems.clone();
        let found = check::find(&self.catalogue);
        problems.diagnostics.extend(found);
        let of_comments = ignores::find(&self.catalogue, &problems.diagnostics);
        problems.diagnostics.extend(of_comments);
        judge(&self.catalogue, problems)
    }

    /// Whether a document's page is as docsite wrote it.
    fn has_own_page(&self, name: &Basename) -> bool {
        let page = disk::read_whole(&self.site.output_file(&name.page()));
        let Ok(Some(page)) = page else {
            return false;
        };
        let known = Known::of(&page);
        Found::known_page(&self.site.output(), &name.page(), known, 0).is_some()
    }
}
