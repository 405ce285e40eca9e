//! What the commands about diagrams know of a site before they do anything.
//!
//! Not here: what they do (`super`).

use std::path::Path;

use anyhow::Result;

use crate::commands::basename;
use crate::diagnostic::BuildError;
use crate::model::catalogue::Catalogue;
use crate::model::corpus::DocId;
use crate::model::document::Document;
use crate::model::slot::Slots;
use crate::output::render::Renderer;
use crate::pipeline;
use crate::pipeline::request::Request;
use crate::pipeline::resolve::Resolved;
use crate::pipeline::site::{Refused, Site};
use crate::progress::Progress;
use crate::store::Store;

/// A site, with the content of its slots.
pub(super) struct Looked {
    pub(super) site: Site,
    store: Store,
    pub(super) resolved: Resolved,
}

impl Looked {
    pub(super) fn at(folder: Option<&Path>, progress: &Progress) -> Result<Self> {
        let site = Site::watched(folder, progress)?;
        Self::site(site)
    }

    pub(super) fn site(site: Site) -> Result<Self> {
        let store = Store::open(&site.root);
        let resolved = pipeline::resolve(&site, Request::check(false), &store)?;
        Ok(Self {
            site,
            store,
            resolved,
        })
    }

    pub(super) fn catalogue(&self) -> &Catalogue {
        &self.resolved.catalogue
    }

    pub(super) fn renderer(&self) -> Renderer<'_> {
        self.resolved.renderer(&self.store)
    }

    pub(super) fn slots(&self) -> &Slots {
        &self.resolved.slots
    }

    /// # Errors
    ///
    /// If no document has the name; suggests the nearest one.
    pub(super) fn document(&self, typed: &str) -> Result<(DocId, &Document)> {
        let name = basename(&self.site, typed)?;
        let corpus = &self.catalogue().corpus;
        if let Some(id) = corpus.find(name.as_str()) {
            return Ok((id, corpus.get(id)));
        }
        Err(refused(corpus.no_such(&name)))
    }
}

pub(super) fn refused(problem: BuildError) -> anyhow::Error {
    Refused::one(problem).into()
}
