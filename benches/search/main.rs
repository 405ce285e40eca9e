//! How well a search finds, and what it costs:
//! `cargo run --release --example search-quality -- DIR [QUERIES.json [ARCHIVE]]`.
//!
//! Without a list, the queries are made from the archive; where no words are in few documents, only
//! what words cost is measured. Printed for each kind: how many have a right
//! document among the first five, how many first, and the mean reciprocal rank; and of all, how many
//! bytes of the index a first query reads, and the time of the index and of the queries. Not here: how
//! that is measured (`quality`).
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::cast_precision_loss,
    unreachable_pub,
    reason = "a program for the command line; it is not part of docsite"
)]

mod quality;

use std::cell::Cell;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Context;
use docsite::output::search_files;
use docsite::output::search_texts::Searched;
use docsite::search::{Built, CHECK, Entry, Index, Loanwords, Search, terms_of, whole};

use self::quality::{Asked, Asking};

/// Queries of each kind that are made.
const OF_EACH: usize = 60;
/// Words that are looked for where none can be made.
const SAMPLED: usize = 150;
const SEED: u64 = 1;
const MOST: usize = 10;

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
    let found = quality::searched(folder)?;
    let size: usize = found.iter().map(|one| text_size(&one.entry)).sum();
    let start = Instant::now();
    let built = whole(found.iter().map(|one| terms_of(&one.entry)));
    println!(
        "{} entries, {:.1} MB of text; terms and index on one core: {:?}",
        found.len(),
        size as f64 / 1e6,
        start.elapsed()
    );
    let mut asked = match list {
        Some(list) => quality::listed(Path::new(list), archive.map(String::as_str))?,
        None => quality::made(&found, OF_EACH, SEED),
    };
    if asked.is_empty() {
        asked = quality::sampled(&found, SAMPLED, SEED);
        println!("{} words and pairs of words", asked.len());
    } else {
        print(&quality::ask(&built, &found, &asked)?);
    }
    warm_queries(&built, &found, &asked)?;
    first_queries(&built, &found, &asked)
}

fn text_size(entry: &Entry) -> usize {
    let sections = entry.sections.iter();
    sections
        .map(|one| one.heading.len() + one.text.len() + one.code.len())
        .sum()
}

/// What is found, by kind.
fn print(asking: &[Asking<'_>]) {
    for one in asking.iter().filter(|one| !one.is_found()) {
        println!(
            "  not found: {} ({}): {:?} {:?}, expected {:?}",
            one.asked.query,
            one.asked.kind,
            one.first,
            one.answer.readings,
            one.asked.expect.first()
        );
    }
    for (kind, sum) in quality::sums(asking) {
        let [found, first, rank] = sum.shares();
        println!(
            "{kind:12} {:5} queries  first five {found:.4}  first {first:.3}  mean reciprocal rank {rank:.3}",
            sum.queries,
        );
    }
}

/// How long a query takes of which everything is loaded.
fn warm_queries(built: &Built, found: &[Searched], asked: &[Asked]) -> anyhow::Result<()> {
    let index = built.open().context("an index")?;
    let texts: Vec<Entry> = found.iter().map(|one| one.entry.clone()).collect();
    let loanwords = Loanwords::default();
    let search = Search {
        index: &index,
        texts: texts.as_slice(),
        loanwords: &loanwords,
    };
    let times = asked.iter().map(|one| {
        search.answer(&one.query, MOST, |_| true);
        let start = Instant::now();
        search.answer(&one.query, MOST, |_| true);
        start.elapsed()
    });
    let mut times: Vec<_> = times.collect();
    times.sort_unstable();
    println!(
        "a warm query: median {:?}, 90th percentile {:?}",
        part(&times, 50),
        part(&times, 90)
    );
    Ok(())
}

/// What a first query loads, without texts: the directory, its pages, the loanwords, and shards.
fn first_queries(built: &Built, found: &[Searched], asked: &[Asked]) -> anyhow::Result<()> {
    let texts: Vec<Entry> = found.iter().map(|one| one.entry.clone()).collect();
    let loanwords = Loanwords::default();
    let blocks = "A".repeat(CHECK * found.len().div_ceil(search_files::BLOCK));
    let directory = built.directory.clone();
    let head = search_files::Head::new(directory, "A".repeat(CHECK), blocks.clone(), blocks);
    let always = head.bytes()?.len() + search_files::loanwords(&loanwords)?.len();
    let sizes: BTreeMap<&str, usize> = built
        .shards
        .iter()
        .map(|(name, text)| {
            let text = text.as_deref().unwrap_or_default();
            Ok((name.as_str(), search_files::shard(name, text)?.bytes.len()))
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
        "{} shards and pages, {} kB, the largest {} kB; a first query loads, without texts: median {} kB, \
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
