//! `docsite search`: what a query finds in the published documents and attachments, by the index
//! that the last build wrote if nothing changed since, else by one that is made now. Writes nothing
//! but caches.
//!
//! Not here: the ranking (`search`), and how the results are shown (`report`).

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result, bail};
use rayon::prelude::*;

use crate::diagnostic::nearest_first;
use crate::model::settings::Label;
use crate::outcome::search::{Found, Passage, Results};
use crate::output::search_texts::Searched;
use crate::pipeline;
use crate::pipeline::entries::{entries, labels};
use crate::pipeline::request::{Request, Scope};
use crate::pipeline::searchable::Before;
use crate::pipeline::site::Site;
use crate::progress::Progress;
use crate::search::{self, Answer, Entry, Index, Loanwords, Search, Texts, terms_of, whole};
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
/// If the site cannot be opened, or a topic or type is unknown.
pub fn run(folder: Option<&Path>, asked: &Asked, progress: &Progress) -> Result<Results> {
    let site = Site::watched(folder, progress)?;
    let store = Store::open(&site.root);
    if let Some(before) = pipeline::searched(&site, &store) {
        let topics = before.groups.labels().map(|(topic, _)| topic);
        let types = before.groups.labels().map(|(_, kind)| kind);
        check_filters(&site, asked, topics, types)?;
        let texts = Kept::new(&before);
        let answer = answer(&site, asked, &before.index, &texts, |entry| {
            before.groups.of(entry)
        });
        // A shard that is not as it was written lets the whole be made again.
        if !before.index.is_broken() && !texts.is_broken() {
            return Ok(results(asked, answer, |entry| texts.get(entry)));
        }
    }
    let resolved = pipeline::resolve(&site, Request::new(Scope::All), &store)?;
    let topics = resolved.catalogue.topics().into_iter();
    let types = resolved.catalogue.kinds().into_iter();
    let (topics, types) = (topics.map(|(topic, _)| topic), types.map(|(kind, _)| kind));
    check_filters(&site, asked, topics, types)?;
    let (listed, made): (Vec<_>, Vec<_>) = entries(&site, &resolved).into_iter().unzip();
    let terms: Vec<_> = made.par_iter().map(|one| terms_of(&one.entry)).collect();
    let built = whole(terms);
    let index = built.open().context("an index that was just made")?;
    let made = Made(made);
    let answer = answer(&site, asked, &index, &made, |entry| {
        labels(&resolved.catalogue, listed.get(entry as usize)?)
    });
    Ok(results(asked, answer, |entry| made.0.get(entry as usize)))
}

/// Whether each topic and type that was asked for is in the settings or used by a published document.
fn check_filters<'a>(
    site: &'a Site,
    asked: &Asked,
    topics: impl Iterator<Item = &'a str>,
    types: impl Iterator<Item = &'a str>,
) -> Result<()> {
    let settings = &site.settings;
    check_names("topic", &asked.topics, &settings.topics, topics)?;
    check_names("type", &asked.types, &settings.types, types)
}

fn check_names<'a>(
    what: &str,
    asked: &[String],
    listed: &'a [Label],
    used: impl Iterator<Item = &'a str>,
) -> Result<()> {
    let listed = listed.iter().map(|label| label.prefix.as_str());
    let known: BTreeSet<&str> = listed.chain(used).filter(|name| !name.is_empty()).collect();
    let Some(unknown) = asked.iter().find(|name| !known.contains(name.as_str())) else {
        return Ok(());
    };
    let shown = unknown.escape_debug();
    if known.is_empty() {
        bail!("no document has the {what} `{shown}`: none has a {what}");
    }
    let names = nearest_first(unknown, known).join(", ");
    bail!("`{shown}` is not a {what} of this site; its {what}s are: {names}")
}

/// Texts that were made for this search.
struct Made(Vec<Searched>);

impl Texts for Made {
    fn text(&self, entry: u32) -> Option<&Entry> {
        Some(&self.0.get(entry as usize)?.entry)
    }
}

/// Texts that the last build wrote, read when they are needed.
struct Kept<'a> {
    before: &'a Before<'a>,
    texts: Vec<OnceCell<Option<Searched>>>,
}

impl<'a> Kept<'a> {
    fn new(before: &'a Before<'a>) -> Self {
        let texts = before.texts.names();
        let texts = texts.iter().map(|_| OnceCell::new());
        Self {
            before,
            texts: texts.collect(),
        }
    }

    fn get(&self, entry: u32) -> Option<&Searched> {
        let text = self.texts.get(entry as usize)?;
        let read = || self.before.searched(entry as usize);
        text.get_or_init(read).as_ref()
    }

    fn is_broken(&self) -> bool {
        let mut read = self.texts.iter().filter_map(OnceCell::get);
        read.any(Option::is_none)
    }
}

impl Texts for Kept<'_> {
    fn text(&self, entry: u32) -> Option<&Entry> {
        Some(&self.get(entry)?.entry)
    }
}

fn answer<'g>(
    site: &Site,
    asked: &Asked,
    index: &Index<'_>,
    texts: &impl Texts,
    group: impl Fn(u32) -> Option<(&'g str, &'g str)>,
) -> Answer {
    let search = Search {
        index,
        texts,
        loanwords: &Loanwords::new(&site.settings.aliases),
    };
    let is_of =
        |wanted: &[String], own: &str| wanted.is_empty() || wanted.iter().any(|one| one == own);
    search.answer(&asked.query, asked.limit, |entry| match group(entry) {
        Some((topic, kind)) => is_of(&asked.topics, topic) && is_of(&asked.types, kind),
        None => asked.topics.is_empty() && asked.types.is_empty(),
    })
}

fn results<'t>(
    asked: &Asked,
    answer: Answer,
    text: impl Fn(u32) -> Option<&'t Searched>,
) -> Results {
    let hits = answer.hits.into_iter().filter_map(|hit| {
        let found = text(hit.entry)?;
        let passage = |passage: search::Passage| {
            let section = found.entry.sections.get(passage.section)?;
            Some(Passage::new(&found.href, section, passage.excerpt))
        };
        Some(Found {
            path: found.path.clone(),
            href: found.href.clone(),
            title: found.entry.title.clone(),
            deprecated: found.entry.deprecated,
            name_only: found.is_name_only(),
            missing: hit.missing,
            passages: hit.passages.into_iter().filter_map(passage).collect(),
        })
    });
    Results {
        query: asked.query.clone(),
        results: hits.collect(),
        readings: answer.readings,
        dropped: answer.dropped,
        beyond: answer.beyond,
    }
}
