//! Requests addresses on other hosts and reports whether they answer. No other module connects to
//! other hosts.
//!
//! Each page is requested once, however many documents link to it and to anchors in it: first with
//! `HEAD`, then with `GET` if that is refused or an anchor must be looked for. Requests to one host
//! are paced, those to different hosts run in parallel, and their total time is limited. Nothing in
//! an address is trusted: an address that cannot be requested is an answer, not a panic.
//!
//! A proxy from the environment (`ALL_PROXY`, `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`) is used as
//! other programs do, but never for this machine itself. Private networks are requested like any
//! other: notes link to their owner's servers. Numeric link-local addresses are not, neither
//! written nor as the target of a redirect: metadata services of clouds serve credentials there.
//!
//! Not here: which addresses a site has, where answers are kept (`memo`), and the
//! levels of findings (a site's settings).

mod address;
mod anchors;
mod answer;
mod cache;
mod client;
mod exclude;
mod findings;
mod options;
mod retry_after;
mod schedule;
mod user;
mod visit;

use std::collections::{BTreeMap, BTreeSet};

use url::Url;

pub use answer::Answer;
pub use exclude::Pattern;
pub use findings::{Place, findings};
pub use options::Options;

use crate::memo::Memo;

use address::Address;
use client::Client;
use visit::{PageAnswer, Visit};

/// Requests all these addresses, each once, except those with a valid answer in `memo`. Pages that
/// answer are added to it.
pub fn ask<'u>(
    urls: impl IntoIterator<Item = &'u str>,
    options: &Options,
    memo: &Memo,
) -> BTreeMap<String, Answer> {
    let urls: BTreeSet<&str> = urls.into_iter().collect();
    let addresses: Vec<(&str, Result<Address, Answer>)> = urls
        .into_iter()
        .map(|url| (url, Address::read(url, options)))
        .collect();
    let wanted = pages(addresses.iter().filter_map(|(_, read)| read.as_ref().ok()));
    let outcomes = outcomes(wanted, options, memo);
    let answer = |address: Address| match outcomes.get(address.page.as_str()) {
        Some(outcome) => outcome.answer(&address),
        None => Answer::Unverified("could not be requested".to_owned()),
    };
    addresses
        .into_iter()
        .map(|(url, read)| (url.to_owned(), read.map_or_else(|answer| answer, answer)))
        .collect()
}

/// The anchors to look for in each page.
fn pages<'a>(addresses: impl Iterator<Item = &'a Address>) -> BTreeMap<Url, BTreeSet<String>> {
    let mut pages: BTreeMap<Url, BTreeSet<String>> = BTreeMap::new();
    for address in addresses {
        let anchors = pages.entry(address.page.clone()).or_default();
        anchors.extend(address.anchor.clone());
    }
    pages
}

/// The result for each page, by its address.
fn outcomes(
    pages: BTreeMap<Url, BTreeSet<String>>,
    options: &Options,
    memo: &Memo,
) -> BTreeMap<String, PageAnswer> {
    let mut known = BTreeMap::new();
    let mut visits = Vec::new();
    for (page, anchors) in pages {
        match cache::get(memo, page.as_str(), &anchors, options.cache_age) {
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
        cache::put(memo, &page, &outcome);
        known.insert(page, outcome);
    }
    known
}
