//! Asks other hosts whether addresses still answer. The one place that talks to them.
//!
//! Each page is asked once, however many documents and places of it are linked: `HEAD` first, `GET`
//! where that is refused or where a place in the page must be looked for. Requests to one host
//! follow each other at a pace, those to different hosts run side by side, and all of it together
//! ends in time. Nothing in an address is trusted: what cannot be asked is an answer, not a panic.
//!
//! A proxy of the environment (`ALL_PROXY`, `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`) is used as by
//! other programs, but never for this machine itself. Private networks are asked like any other:
//! notes link to their owner's servers. Link-local addresses are not, where they are written or
//! redirected to as numbers: clouds keep keys there.
//!
//! Not here: which addresses a site has, where the cache lies (`disk` reads and writes it), and how
//! bad a finding is (a site's settings).

mod address;
mod anchors;
mod cache;
mod client;
mod exclude;
mod findings;
mod retry_after;
mod schedule;
mod visit;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use url::Url;

pub use cache::Cache;
pub use exclude::Pattern;
pub use findings::{Place, findings};

use address::Address;
use client::Client;
use visit::{Outcome, Visit};

/// How to ask.
#[derive(Debug, Clone)]
pub struct Options {
    /// For one request, from the look-up of its host to its last byte.
    pub timeout: Duration,
    /// For all requests together; a request that runs by then is let end.
    pub total: Duration,
    /// How often a request that fails in a way that passes is made again.
    pub retries: u32,
    /// Before the first of these; each further one waits twice as long.
    pub backoff: Duration,
    /// Between the beginnings of two requests to one host. There is never more than one at a time.
    pub pace: Duration,
    /// Requests at a time, to all hosts.
    pub concurrency: usize,
    /// How many redirects are followed.
    pub max_redirects: usize,
    /// What docsite calls itself.
    pub user_agent: String,
    /// How long an answer from the cache is believed.
    pub cache_age: Duration,
    /// What is not asked.
    pub exclude: Vec<Pattern>,
}

impl Options {
    /// With what a site's settings say; the rest is the same for all sites.
    pub fn new(
        timeout: Duration,
        retries: u32,
        pace: Duration,
        cache_age: Duration,
        exclude: &[String],
    ) -> Self {
        Self {
            timeout,
            total: Duration::from_mins(10),
            retries,
            backoff: Duration::from_secs(1),
            pace,
            concurrency: 16,
            max_redirects: 10,
            user_agent: concat!("docsite/", env!("CARGO_PKG_VERSION"), " (link check)").to_owned(),
            cache_age,
            exclude: exclude.iter().map(|text| Pattern::new(text)).collect(),
        }
    }

    fn excludes(&self, url: &Url) -> bool {
        self.exclude.iter().any(|pattern| pattern.matches(url))
    }
}

/// What became of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The page is there.
    Alive {
        /// Where it is now, if it moved there for good.
        moved: Option<String>,
        /// The page has no such place as the address names.
        missing_anchor: bool,
    },
    /// It is not there: what a reader who follows the link finds out. A phrase that goes on after
    /// the address: `answers 404 Not Found`.
    Dead(String),
    /// It cannot be told from here: the page wants somebody to log in, or shuts programs out, or
    /// there was no time. No finding: it may well be there for a reader. A phrase as above.
    Unverified(String),
    /// It was not asked: excluded, no web address, or a link-local one.
    NotAsked,
}

/// Asks all these addresses, each once. Those that the cache knows, and is young enough to be
/// believed about, are not asked; what is found alive goes into it.
pub fn ask<'u>(
    urls: impl IntoIterator<Item = &'u str>,
    options: &Options,
    cache: &mut Cache,
) -> BTreeMap<String, Answer> {
    cache.forget(options.cache_age);
    let urls: BTreeSet<&str> = urls.into_iter().collect();
    let addresses: Vec<(&str, Result<Address, Answer>)> = urls
        .into_iter()
        .map(|url| (url, Address::read(url, options)))
        .collect();
    let wanted = pages(addresses.iter().filter_map(|(_, read)| read.as_ref().ok()));
    let outcomes = outcomes(wanted, options, cache);
    let answer = |address: Address| match outcomes.get(address.page.as_str()) {
        Some(outcome) => outcome.answer(&address),
        None => Answer::Unverified("could not be asked".to_owned()),
    };
    addresses
        .into_iter()
        .map(|(url, read)| (url.to_owned(), read.map_or_else(|answer| answer, answer)))
        .collect()
}

/// The places that are looked for in each page.
fn pages<'a>(addresses: impl Iterator<Item = &'a Address>) -> BTreeMap<Url, BTreeSet<String>> {
    let mut pages: BTreeMap<Url, BTreeSet<String>> = BTreeMap::new();
    for address in addresses {
        let anchors = pages.entry(address.page.clone()).or_default();
        anchors.extend(address.anchor.clone());
    }
    pages
}

/// What is known of each page, by its address.
fn outcomes(
    pages: BTreeMap<Url, BTreeSet<String>>,
    options: &Options,
    cache: &mut Cache,
) -> BTreeMap<String, Outcome> {
    let mut known = BTreeMap::new();
    let mut visits = Vec::new();
    for (page, anchors) in pages {
        match cache.get(page.as_str(), &anchors) {
            Some(outcome) => {
                known.insert(page.into(), outcome);
            }
            None => visits.push(Visit::new(page, anchors)),
        }
    }
    if visits.is_empty() {
        return known;
    }
    let asked = schedule::run(visits, options, &Client::new(options));
    for (page, outcome) in asked {
        cache.put(&page, &outcome);
        known.insert(page, outcome);
    }
    known
}
