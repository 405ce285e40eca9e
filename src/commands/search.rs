//! `docsite search`: what a query finds in the published documents and attachments. Writes nothing
//! but caches.
//!
//! Not here: the ranking (`search`), and how the results are shown (`report`).

use std::path::Path;

use anyhow::{Context, Result};
use rayon::prelude::*;

use crate::outcome::search::{Found, Passage, Results};
use crate::pipeline;
use crate::pipeline::entries::{self, entries};
use crate::pipeline::request::{Request, Scope};
use crate::pipeline::site::Site;
use crate::progress::Progress;
use crate::search::{Loanwords, Search, terms_of, whole};
use crate::store::Store;

/// What to search for, and which results are wanted.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    pub query: String,
    /// The number of results that are returned at most.
    pub limit: usize,
    /// Only documents of these topics; all where empty.
    pub topics: Vec<String>,
    pub types: Vec<String>,
}

/// The best results.
///
/// # Errors
///
/// If the site cannot be opened.
pub fn run(folder: Option<&Path>, asked: &Asked, progress: &Progress) -> Result<Results> {
    let site = Site::watched(folder, progress)?;
    let store = Store::open(&site.root);
    let resolved = pipeline::resolve(&site, Request::new(Scope::All), &store)?;
    let found = entries(&site, &resolved);
    let terms: Vec<_> = found.par_iter().map(|one| terms_of(&one.entry)).collect();
    let built = whole(terms);
    let index = built.open().context("an index that was just made")?;
    let (sources, texts): (Vec<_>, Vec<_>) = found
        .into_iter()
        .map(|mut one| (std::mem::take(&mut one.entry), one))
        .map(|(entry, one)| (one, entry))
        .unzip();
    let search = Search {
        index: &index,
        entries: &texts,
        loanwords: &Loanwords::default(),
    };
    let is_wanted = |entry: u32| {
        let is_of =
            |wanted: &[String], own: &str| wanted.is_empty() || wanted.iter().any(|one| one == own);
        match entries::labels(&resolved.catalogue, &sources[entry as usize]) {
            Some((topic, kind)) => is_of(&asked.topics, topic) && is_of(&asked.types, kind),
            None => asked.topics.is_empty() && asked.types.is_empty(),
        }
    };
    let answer = search.answer(&asked.query, asked.limit, is_wanted);
    let hits = answer.hits.into_iter().map(|hit| {
        let (source, entry) = (&sources[hit.entry as usize], &texts[hit.entry as usize]);
        let passages = hit.passages.into_iter().map(|passage| {
            let section = &entry.sections[passage.section];
            Passage::new(&source.href, section, passage.excerpt)
        });
        Found {
            path: source.path.clone(),
            href: source.href.clone(),
            title: entry.title.clone(),
            deprecated: entry.deprecated,
            missing: hit.missing,
            passages: passages.collect(),
        }
    });
    Ok(Results {
        query: asked.query.clone(),
        results: hits.collect(),
        readings: answer.readings,
        dropped: answer.dropped,
    })
}
