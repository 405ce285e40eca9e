//! How well a search finds, and what it costs:
//! `cargo run --release --example search-quality -- DIR [QUERIES.json [ARCHIVE]]`.
//!
//! The queries are a list of objects with `query`, `kind`, `expect` (basenames), and `archive` where
//! only those of one count; without a list they are made from the archive (`generate`). Printed for
//! each kind: how many have a right document among the first five, how many first, and the mean
//! reciprocal rank; and of all, how many bytes of the index a first query reads, and the time of the
//! index and of the queries.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::cast_precision_loss,
    reason = "a program for the command line; it is not part of docsite"
)]

mod generate;

use std::cell::Cell;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Context;
use docsite::output::search_files::{self, Searched};
use docsite::pipeline::entries::entries;
use docsite::pipeline::request::{Request, Scope};
use docsite::pipeline::site::Site;
use docsite::search::{Built, Entry, Index, Loanwords, Search, terms_of, whole};
use docsite::store::Store;
use serde::Deserialize;

/// Queries of each kind that are made.
const OF_EACH: usize = 60;
const SEED: u64 = 1;
const MOST: usize = 10;

#[derive(Deserialize)]
struct Asked {
    query: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    archive: String,
    expect: Vec<String>,
}

#[derive(Default)]
struct Sum {
    queries: usize,
    found: usize,
    first: usize,
    reciprocal: f64,
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [folder, rest @ ..] = &args[..] else {
        eprintln!("usage: search-quality DIR [QUERIES.json [ARCHIVE]]");
        return ExitCode::from(2);
    };
    match measure(Path::new(folder), rest.first(), rest.get(1)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn measure(folder: &Path, list: Option<&String>, archive: Option<&String>) -> anyhow::Result<()> {
    let site = Site::open(Some(folder))?;
    let store = Store::open(&site.root);
    let resolved = docsite::pipeline::resolve(&site, Request::new(Scope::All), &store)?;
    let found: Vec<Searched> = entries(&site, &resolved)
        .into_iter()
        .map(|(_, one)| one)
        .collect();
    let size: usize = found.iter().map(|one| text_size(&one.entry)).sum();
    let start = Instant::now();
    let built = whole(found.iter().map(|one| terms_of(&one.entry)));
    println!(
        "{} entries, {:.1} MB of text; terms and index on one core: {:?}",
        found.len(),
        size as f64 / 1e6,
        start.elapsed()
    );
    let asked: Vec<Asked> = match list {
        Some(list) => serde_json::from_slice(&std::fs::read(list)?)?,
        None => {
            let documents = found.iter().filter_map(|one| {
                let name = basename(&one.path)?;
                Some(generate::Source {
                    name: name.to_owned(),
                    entry: &one.entry,
                })
            });
            generate::queries(&documents.collect::<Vec<_>>(), OF_EACH, SEED)
        }
    };
    let is_asked = |one: &&Asked| archive.is_none_or(|wanted| one.archive == *wanted);
    let asked: Vec<&Asked> = asked.iter().filter(is_asked).collect();
    answers(&built, &found, &asked)?;
    first_queries(&built, &found, &asked)
}

fn text_size(entry: &Entry) -> usize {
    let sections = entry.sections.iter();
    sections
        .map(|one| one.heading.len() + one.text.len() + one.code.len())
        .sum()
}

fn basename(path: &str) -> Option<&str> {
    path.strip_prefix("markdown/")?.strip_suffix(".md")
}

/// What is found, by kind.
fn answers(built: &Built, found: &[Searched], asked: &[&Asked]) -> anyhow::Result<()> {
    let index = built.open().context("an index")?;
    let texts: Vec<Entry> = found.iter().map(|one| one.entry.clone()).collect();
    let loanwords = Loanwords::default();
    let search = Search {
        index: &index,
        texts: texts.as_slice(),
        loanwords: &loanwords,
    };
    let mut sums: BTreeMap<&str, Sum> = BTreeMap::new();
    let mut times = Vec::new();
    for one in asked {
        search.answer(&one.query, MOST, |_| true);
        let start = Instant::now();
        let answer = search.answer(&one.query, MOST, |_| true);
        times.push(start.elapsed());
        let hits = answer.hits.iter();
        let names: Vec<&str> = hits
            .filter_map(|hit| basename(&found[hit.entry as usize].path))
            .collect();
        let rank = names
            .iter()
            .position(|name| one.expect.iter().any(|wanted| wanted == name));
        for kind in ["all", &one.kind] {
            let sum = sums.entry(kind).or_default();
            sum.queries += 1;
            sum.found += usize::from(rank.is_some_and(|rank| rank < 5));
            sum.first += usize::from(rank == Some(0));
            sum.reciprocal += rank.map_or(0.0, |rank| 1.0 / (rank + 1) as f64);
        }
        if rank.is_none_or(|rank| rank >= 5) {
            println!(
                "  not found: {} ({}): {:?} {:?}, expected {:?}",
                one.query,
                one.kind,
                names.first(),
                answer.readings,
                one.expect.first()
            );
        }
    }
    times.sort_unstable();
    println!(
        "a warm query: median {:?}, 90th percentile {:?}",
        part(&times, 50),
        part(&times, 90)
    );
    for (kind, sum) in &sums {
        let queries = sum.queries as f64;
        println!(
            "{kind:12} {:5} queries  first five {:.4}  first {:.3}  mean reciprocal rank {:.3}",
            sum.queries,
            sum.found as f64 / queries,
            sum.first as f64 / queries,
            sum.reciprocal / queries
        );
    }
    Ok(())
}

/// What a first query loads, without texts: the directory, the loanwords, and shards.
fn first_queries(built: &Built, found: &[Searched], asked: &[&Asked]) -> anyhow::Result<()> {
    let texts: Vec<Entry> = found.iter().map(|one| one.entry.clone()).collect();
    let loanwords = Loanwords::default();
    let head = search_files::Head::new(built.directory.clone(), Vec::new(), &[], Vec::new()).0;
    let always = head.bytes()?.len() + search_files::loanwords(&loanwords)?.len();
    let sizes: BTreeMap<&str, usize> = built
        .shards
        .iter()
        .map(|(name, text)| {
            let text = text.as_deref().unwrap_or_default();
            Ok((name.as_str(), search_files::shard(name, text)?.len()))
        })
        .collect::<serde_json::Result<_>>()?;
    let mut loaded = Vec::new();
    for one in asked {
        let bytes = Cell::new(always);
        let index = Index::open(&built.directory, |name, _| {
            bytes.set(bytes.get() + sizes.get(name).copied().unwrap_or_default());
            built.shards.get(name)?.clone()
        });
        let index = index.context("an index")?;
        let search = Search {
            index: &index,
            texts: texts.as_slice(),
            loanwords: &loanwords,
        };
        search.answer(&one.query, MOST, |_| true);
        loaded.push(bytes.get());
    }
    loaded.sort_unstable();
    println!(
        "{} shards, {} kB, the largest {} kB; a first query loads, without texts: median {} kB, \
         90th percentile {} kB, of which {} kB always",
        sizes.len(),
        sizes.values().sum::<usize>() / 1000,
        sizes.values().max().copied().unwrap_or_default() / 1000,
        part(&loaded, 50).unwrap_or_default() / 1000,
        part(&loaded, 90).unwrap_or_default() / 1000,
        always / 1000
    );
    Ok(())
}

fn part<T: Copy>(sorted: &[T], percent: usize) -> Option<T> {
    sorted
        .get((sorted.len() * percent / 100).min(sorted.len().saturating_sub(1)))
        .copied()
}
