//! What is known of a site when a change is planned: its documents with their files, and where each
//! link leads.
//!
//! Not here: any change.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;

use crate::diagnostic::BuildError;
use crate::disk;
use crate::markdown::destinations::{Destination, Form};
use crate::markdown::outline::{Link, LinkKind};
use crate::model::address;
use crate::model::catalogue::Catalogue;
use crate::model::corpus::DocId;
use crate::model::target::{self, Holder, Resolver, Target};
use crate::name::Basename;
use crate::pipeline;
use crate::pipeline::request::Request;
use crate::pipeline::resolve::Connected;
use crate::pipeline::site::Site;
use crate::place::{Place, Position};
use crate::rule::Rule;
use crate::store::Store;

/// A site as it was read.
#[derive(Debug)]
pub struct Known {
    pub connected: Connected,
    /// The paths of documents in the site, where a name on the disk may have another Unicode form.
    sources: BTreeMap<DocId, String>,
    /// Files that documents have besides their pages.
    about: BTreeSet<String>,
}

/// A link from one document to another.
pub(super) struct Inbound<'a> {
    pub(super) from: DocId,
    pub(super) link: &'a Link,
    pub(super) to: DocId,
}

impl Known {
    /// Reads a site.
    ///
    /// # Errors
    ///
    /// If a folder, the flow or a template cannot be read.
    pub fn read(site: &Site) -> Result<Self> {
        let store = Store::open(&site.root);
        let connected = pipeline::connect(site, Request::check(false), &store)?;
        let sources = connected.documents.iter();
        let documents = connected.catalogue.corpus.iter();
        Ok(Self {
            sources: sources
                .filter_map(|(id, file)| Some((*id, disk::within(&site.root, file)?)))
                .collect(),
            about: documents
                .map(|(_, document)| document.name.about())
                .collect(),
            connected,
        })
    }

    pub fn catalogue(&self) -> &Catalogue {
        &self.connected.catalogue
    }

    pub fn find(&self, name: &Basename) -> Option<DocId> {
        self.catalogue().corpus.find(name.as_str())
    }

    /// A document that is not there, with the nearest one.
    pub fn no_such(&self, name: &Basename) -> BuildError {
        let problem = self.catalogue().corpus.no_such(name);
        let strays = &self.connected.strays;
        if strays.iter().any(|stray| stray.page == name.page()) {
            return problem
                .help("`docsite rebuild` removes the pages of documents that no longer exist");
        }
        problem
    }

    /// What is wrong with the front matter of a document, which must not be changed then.
    pub fn broken_front(&self, id: DocId) -> Option<BuildError> {
        let path = self.name(id).source();
        let mut found = self.connected.problems.diagnostics.iter();
        let broken = found.find(|found| found.kind == Rule::FrontMatter && found.path == path);
        broken.cloned().map(BuildError::from)
    }

    pub fn name(&self, id: DocId) -> &Basename {
        &self.catalogue().corpus.get(id).name
    }

    /// The path of a document's file.
    pub fn source(&self, id: DocId) -> String {
        let source = self.sources.get(&id).cloned();
        source.unwrap_or_else(|| self.name(id).source())
    }

    /// The document that a resolved link names.
    pub fn named(&self, target: &Target, document: Option<DocId>) -> Option<DocId> {
        match target {
            Target::File(path) => {
                let source = path.strip_prefix("markdown/");
                let source = source.and_then(|file| file.strip_suffix(".md"));
                let name = source.or_else(|| path.strip_suffix(".json"))?;
                self.catalogue().corpus.find(name)
            }
            _ => document,
        }
    }

    /// The document that a link names; of one that is broken, the document that it certainly means.
    pub fn aim(&self, resolved: &target::Resolved) -> Option<DocId> {
        let named = self.named(&resolved.target, resolved.document);
        named.or_else(|| {
            let written = &resolved.meant.as_ref()?.written;
            let path = written.split(['?', '#']).next()?;
            let stem = path.strip_suffix(".html").unwrap_or(path);
            self.catalogue().corpus.find(&address::decoded(stem))
        })
    }

    /// Links of other documents to these, in order.
    pub(super) fn inbound<'a>(
        &'a self,
        ids: &'a BTreeSet<DocId>,
    ) -> impl Iterator<Item = Inbound<'a>> {
        let documents = self.catalogue().corpus.iter();
        let others = documents.filter(|(id, _)| !ids.contains(id));
        others.flat_map(move |(from, document)| {
            let links = document.outline.links.iter();
            let links = links.zip(self.catalogue().links.links(from));
            links.filter_map(move |(link, resolved)| {
                let to = self.aim(resolved)?;
                ids.contains(&to).then_some(Inbound { from, link, to })
            })
        })
    }

    /// What each document's links name: the document and how many links do.
    pub fn links_to(&self, names: impl Fn(DocId) -> bool) -> BTreeMap<DocId, usize> {
        let links = &self.catalogue().links;
        let mut found = BTreeMap::new();
        for (id, _) in self.catalogue().corpus.iter() {
            let resolved = links.links(id).iter();
            let named = resolved.filter_map(|link| self.aim(link));
            let count = named.filter(|to| names(*to)).count();
            if count > 0 {
                found.insert(id, count);
            }
        }
        found
    }

    /// Decides what destinations name, also those that the outline does not have because nothing
    /// uses them.
    pub fn resolver(&self) -> Resolver<'_> {
        let catalogue = self.catalogue();
        let ids = vec![BTreeSet::new(); catalogue.corpus.len()];
        Resolver::new(
            &catalogue.corpus,
            &catalogue.published,
            &self.about,
            ids,
            &catalogue.settings,
        )
    }

    /// The document that a destination in a document names.
    pub fn leads_to(
        &self,
        resolver: &Resolver<'_>,
        from: DocId,
        destination: &Destination,
    ) -> Option<DocId> {
        self.aim(&self.leads(resolver, from, destination))
    }

    /// What a destination in a document leads to.
    pub fn leads(
        &self,
        resolver: &Resolver<'_>,
        from: DocId,
        destination: &Destination,
    ) -> target::Resolved {
        let kind = match destination.form {
            Form::Markdown => LinkKind::Link,
            Form::Html => LinkKind::HtmlLink,
            Form::Wiki => LinkKind::Wiki,
        };
        let link = Link {
            kind,
            target: destination.target.clone(),
            label: String::new(),
            before: String::new(),
            after: String::new(),
            span: destination.span.clone(),
            place: Place {
                position: Position::START,
                length: 0,
            },
        };
        resolver.resolve(Holder::Document, from, &link)
    }
}
