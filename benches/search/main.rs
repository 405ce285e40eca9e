//! How well a search finds: `cargo run --release --example search-quality -- DIR QUERIES.json [ARCHIVE]`.
//!
//! The queries are a list of objects with `query`, `kind`, `expect` (basenames), and `archive` where
//! only those of one count. Printed for each kind: how many have a right document among the first
//! five, and the mean reciprocal rank.
//!
//! Not here: making queries.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::cast_precision_loss,
    reason = "a program for the command line; it is not part of docsite"
)]

use anyhow::Context;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use docsite::pipeline::entries::entries;
use docsite::pipeline::request::{Request, Scope};
use docsite::pipeline::site::Site;
use docsite::search::{Loanwords, Search, terms_of, whole};
use docsite::store::Store;
use serde::Deserialize;

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
    let [folder, queries, rest @ ..] = &args[..] else {
        eprintln!("usage: search-quality DIR QUERIES.json [ARCHIVE]");
        return ExitCode::from(2);
    };
    match measure(Path::new(folder), queries, rest.first()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn measure(folder: &Path, queries: &str, archive: Option<&String>) -> anyhow::Result<()> {
    let asked: Vec<Asked> = serde_json::from_slice(&std::fs::read(queries)?)?;
    let site = Site::open(Some(folder))?;
    let store = Store::open(&site.root);
    let resolved = docsite::pipeline::resolve(&site, Request::new(Scope::All), &store)?;
    let found = entries(&site, &resolved);
    let start = Instant::now();
    let built = whole(found.iter().map(|(_, one)| terms_of(&one.entry)));
    let index = built.open().context("an index")?;
    println!("{} entries, {:?}", found.len(), start.elapsed());
    let texts: Vec<_> = found.iter().map(|(_, one)| one.entry.clone()).collect();
    let loanwords = Loanwords::default();
    let search = Search {
        index: &index,
        texts: texts.as_slice(),
        loanwords: &loanwords,
    };
    let mut sums: BTreeMap<&str, Sum> = BTreeMap::new();
    let start = Instant::now();
    for one in asked
        .iter()
        .filter(|one| archive.is_none_or(|wanted| one.archive == *wanted))
    {
        let answer = search.answer(&one.query, 10, |_| true);
        let names: Vec<&str> = answer
            .hits
            .iter()
            .filter_map(|hit| {
                found[hit.entry as usize]
                    .1
                    .path
                    .strip_prefix("markdown/")?
                    .strip_suffix(".md")
            })
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
                "  not found: {} ({}): {:?} {:?}",
                one.query,
                one.kind,
                names.first(),
                answer.readings
            );
        }
    }
    println!("{:?} for all queries", start.elapsed());
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
