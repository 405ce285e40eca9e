//! How well a search finds in an archive, by kinds of queries.
//!
//! The queries are a list of objects with `query`, `kind`, `expect` (basenames), and `archive` where
//! only those of one count; or they are made from the archive (`generate`). Not here: printing, and
//! what a query costs.

#[path = "generate.rs"]
mod generate;

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use docsite::output::search_texts::Searched;
use docsite::pipeline::entries::entries;
use docsite::pipeline::request::{Request, Scope};
use docsite::pipeline::site::Site;
use docsite::search::{Answer, Built, Entry, Loanwords, Search};
use docsite::store::Store;
use serde::Deserialize;

/// Results that are looked at, and those among which a right one counts as found.
const MOST: usize = 10;
const FOUND: usize = 5;

#[derive(Debug, Deserialize)]
pub struct Asked {
    pub query: String,
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub archive: String,
    pub expect: Vec<String>,
}

/// The answers to queries of one kind.
#[derive(Debug, Default)]
pub struct Sum {
    pub queries: usize,
    pub found: usize,
    pub first: usize,
    pub reciprocal: f64,
}

impl Sum {
    /// Shares of the queries: with a right document among the first five, and as the first; and the
    /// mean reciprocal rank.
    pub fn shares(&self) -> [f64; 3] {
        let queries = self.queries as f64;
        [self.found as f64, self.first as f64, self.reciprocal].map(|sum| sum / queries)
    }
}

/// A query that was asked: the place of a right document, and what was found.
pub struct Asking<'a> {
    pub asked: &'a Asked,
    pub rank: Option<usize>,
    pub first: Option<String>,
    pub answer: Answer,
}

impl Asking<'_> {
    pub fn is_found(&self) -> bool {
        self.rank.is_some_and(|rank| rank < FOUND)
    }
}

/// What a search finds of the site in a folder.
pub fn searched(folder: &Path) -> anyhow::Result<Vec<Searched>> {
    let site = Site::open(Some(folder))?;
    let store = Store::open(&site.root);
    let resolved = docsite::pipeline::resolve(&site, Request::new(Scope::All), &store)?;
    let found = entries(&site, &resolved).into_iter();
    Ok(found.map(|(_, one)| one).collect())
}

/// The queries of a list, of one archive if it is named.
pub fn listed(list: &Path, archive: Option<&str>) -> anyhow::Result<Vec<Asked>> {
    let mut asked: Vec<Asked> = serde_json::from_slice(&std::fs::read(list)?)?;
    asked.retain(|one| archive.is_none_or(|wanted| one.archive == wanted));
    Ok(asked)
}

/// Queries made from an archive, so many of each kind.
pub fn made(found: &[Searched], of_each: usize, seed: u64) -> Vec<Asked> {
    generate::queries(&sources(found), of_each, seed)
}

/// Words and pairs of words of an archive, without answers.
pub fn sampled(found: &[Searched], count: usize, seed: u64) -> Vec<Asked> {
    generate::sampled(&sources(found), count, seed)
}

fn sources(found: &[Searched]) -> Vec<generate::Source<'_>> {
    let documents = found.iter().filter_map(|one| {
        let name = basename(&one.path)?;
        Some(generate::Source {
            name: name.to_owned(),
            entry: &one.entry,
        })
    });
    documents.collect()
}

fn basename(path: &str) -> Option<&str> {
    path.strip_prefix("markdown/")?.strip_suffix(".md")
}

/// The answer to each query.
pub fn ask<'a>(
    built: &Built,
    found: &[Searched],
    asked: &'a [Asked],
) -> anyhow::Result<Vec<Asking<'a>>> {
    let index = built.open().context("an index")?;
    let texts: Vec<Entry> = found.iter().map(|one| one.entry.clone()).collect();
    let loanwords = Loanwords::default();
    let search = Search {
        index: &index,
        texts: texts.as_slice(),
        loanwords: &loanwords,
    };
    let asking = asked.iter().map(|one| {
        let answer = search.answer(&one.query, MOST, |_| true);
        let hits = answer.hits.iter();
        let names = hits.filter_map(|hit| basename(&found[hit.entry as usize].path));
        let names: Vec<&str> = names.collect();
        let is_right = |name: &&str| one.expect.iter().any(|wanted| wanted == name);
        Asking {
            asked: one,
            rank: names.iter().position(is_right),
            first: names.first().map(ToString::to_string),
            answer,
        }
    });
    Ok(asking.collect())
}

/// The sums by kind; those of all queries are `all`.
pub fn sums<'a>(asking: &[Asking<'a>]) -> BTreeMap<&'a str, Sum> {
    let mut sums: BTreeMap<&str, Sum> = BTreeMap::new();
    for one in asking {
        for kind in ["all", &one.asked.kind] {
            let sum = sums.entry(kind).or_default();
            sum.queries += 1;
            sum.found += usize::from(one.is_found());
            sum.first += usize::from(one.rank == Some(0));
            sum.reciprocal += one.rank.map_or(0.0, |rank| 1.0 / (rank + 1) as f64);
        }
    }
    sums
}
