//! How long the stages with the most work take, each alone: `cargo bench`, or
//! `cargo bench -- highlight/rust` for some.
//!
//! The texts are those of the generator, so that figures of two commits compare; `cold` builds the
//! archive of this repository. Not here: reading and writing files, and other whole runs
//! (`compare.py`, `docsite --timings`).
#![allow(
    clippy::unwrap_used,
    missing_docs,
    unreachable_pub,
    reason = "a program that measures: what fails ends it"
)]

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use docsite::diagram::{self, Work};
use docsite::filter::{Query, haystack};
use docsite::layout;
use docsite::markdown::clean::Cleaner;
use docsite::markdown::events::Dialect;
use docsite::markdown::highlight::Highlighter;
use docsite::model::document;
use docsite::name::Basename;
use docsite::pipeline;
use docsite::pipeline::request::Request;
use docsite::pipeline::site::Site;
use docsite::store::Store;
use walkdir::WalkDir;

#[path = "archive/site/mod.rs"]
mod site;

use self::site::Archive;
use self::site::code::{self, LANGUAGES};
use self::site::diagram::{dot, mermaid};
use self::site::random::Random;

const DOCUMENTS: u32 = 60;

fn archive() -> Archive {
    Archive::new(DOCUMENTS)
}

/// Names and texts of documents.
fn documents() -> Vec<(Basename, String)> {
    let archive = archive();
    let name = |number| Basename::parse(&archive.basename(number)).unwrap();
    (0..DOCUMENTS)
        .map(|number| (name(number), archive.document(number)))
        .collect()
}

fn total(texts: impl Iterator<Item = usize>) -> Throughput {
    Throughput::Bytes(texts.sum::<usize>() as u64)
}

/// Markdown to facts: one walk over each document.
fn parse(bench: &mut Criterion) {
    let documents = documents();
    let mut group = bench.benchmark_group("parse");
    group.throughput(total(documents.iter().map(|(_, text)| text.len())));
    group.bench_function("documents", |bencher| {
        bencher.iter(|| {
            for (name, text) in &documents {
                black_box(document::read(
                    name.clone(),
                    text.as_bytes(),
                    Dialect::Site { math: true },
                ));
            }
        });
    });
    group.finish();
}

/// A block of each language: the first of a run, which pays for what the language needs, and one
/// after others.
fn highlight(bench: &mut Criterion) {
    let mut group = bench.benchmark_group("highlight");
    for language in LANGUAGES {
        let mut random = Random::new(1, 1);
        let before = code::block(language, &mut random);
        let block = code::block(language, &mut random);
        group.throughput(Throughput::Bytes(block.len() as u64));
        let mut measure = |name: &str, warm: bool| {
            // Its results are remembered: each block is new to its highlighter.
            let start = || {
                let highlighter = Highlighter::default();
                if warm {
                    highlighter.tokens(language, &before);
                }
                highlighter
            };
            let tokens = |highlighter: Highlighter| {
                black_box(highlighter.tokens(language, &block));
                highlighter
            };
            group.bench_function(BenchmarkId::new(language, name), |bencher| {
                bencher.iter_batched(start, tokens, BatchSize::SmallInput);
            });
        };
        measure("first", false);
        measure("next", true);
    }
    group.finish();
}

fn draw(bench: &mut Criterion) {
    let mut random = Random::new(1, 2);
    let trivial = "flowchart LR\n  a --> b --> c\n".to_owned();
    let sources = [
        ("trivial", "mermaid", trivial),
        ("mermaid", "mermaid", mermaid(&mut random)),
        ("dot", "dot", dot(&mut random)),
    ];
    let mut group = bench.benchmark_group("draw");
    for (name, language, source) in sources {
        let work = Work::Fence {
            language: language.to_owned(),
            source,
        };
        group.bench_function(name, |bencher| {
            bencher.iter(|| black_box(diagram::draw(&work)).is_ok());
        });
    }
    group.finish();
}

/// Raw HTML of a document, as people paste it.
fn clean(bench: &mut Criterion) {
    let row = "<tr><td align=\"right\" onclick=\"x()\">1</td><td><b>굵게</b> <a href=\"x.md\">x</a></td></tr>\n";
    let table = format!("<table class=\"a\">\n{}</table>\n", row.repeat(50));
    let pieces = [
        ("comment", "<!-- a comment -->\n".to_owned()),
        ("table", table),
    ];
    let mut group = bench.benchmark_group("clean");
    for (name, piece) in pieces {
        group.throughput(Throughput::Bytes(piece.len() as u64));
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let mut cleaner = Cleaner::default();
                black_box(cleaner.raw(&piece));
                cleaner.finish()
            });
        });
    }
    group.finish();
}

/// Where the documents are in the picture of the graph.
fn lay_out(bench: &mut Criterion) {
    let mut group = bench.benchmark_group("layout");
    for count in [100_u32, 1000] {
        let archive = Archive::new(count);
        let names: Vec<String> = (0..count).map(|number| archive.basename(number)).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut random = Random::new(1, 3);
        let mut any = || u32::try_from(random.below(count as usize)).unwrap();
        let links: Vec<(u32, u32)> = (0..count)
            .flat_map(|from| [(from, (from + 1) % count), (from, any()), (from, any())])
            .collect();
        group.bench_function(BenchmarkId::from_parameter(count), |bencher| {
            bencher.iter(|| layout::place(black_box(&names), black_box(&links)));
        });
    }
    group.finish();
}

/// A query over a thousand documents, as `status --filter` asks.
fn filter(bench: &mut Criterion) {
    let archive = Archive::new(1000);
    let haystacks: Vec<String> = (0..1000)
        .map(|number| {
            let text = archive.document(number);
            let summary = text.lines().nth(1).unwrap_or_default();
            haystack([
                text.lines().nth(5).unwrap_or_default(),
                summary,
                &archive.basename(number),
            ])
        })
        .collect();
    let mut group = bench.benchmark_group("filter");
    for query in ["envoy", "연결을", "ㅇㄱ", "연결 retry xds"] {
        group.bench_function(query, |bencher| {
            bencher.iter(|| {
                let query = Query::new(black_box(query));
                haystacks.iter().filter(|text| query.matches(text)).count()
            });
        });
    }
    group.finish();
}

/// Compiled bodies to finished pages: views, links, code, the template and the mark.
fn page(bench: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in archive().files() {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let site = Site::open(Some(folder.path())).unwrap();
    let store = Store::open(&site.root);
    let resolved = pipeline::resolve(&site, Request::check(true), &store).unwrap();
    let renderer = resolved.renderer(&store);
    let corpus = resolved.catalogue.corpus.iter();
    let bodies: Vec<_> = corpus
        .map(|(id, document)| {
            let source = fs::read(folder.path().join(document.name.source())).unwrap();
            (id, renderer.body(id, &source).unwrap())
        })
        .collect();
    let mut group = bench.benchmark_group("page");
    group.throughput(Throughput::Elements(u64::from(DOCUMENTS)));
    group.bench_function("documents", |bencher| {
        bencher.iter(|| {
            for (id, body) in &bodies {
                let draft = renderer.draft(*id).unwrap();
                black_box(renderer.page(*id, &draft, body).unwrap());
            }
        });
    });
    group.finish();
}

/// The archive of this repository, built from nothing: the processor time of the program and of the
/// processes that draw for it. Only where `/proc` tells it.
fn cold(bench: &mut Criterion) {
    if processor_time().is_none() {
        return;
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let build = |_| {
        let folder = tempfile::tempdir().unwrap();
        for part in [
            "markdown",
            "attachment",
            "assets/diagrams",
            "flow.json",
            "docsite.toml",
        ] {
            copy(&root.join(part), &folder.path().join(part));
        }
        let mut program = Command::new(env!("CARGO_BIN_EXE_docsite"));
        let site = program.arg("--site").arg(folder.path());
        assert!(
            site.args(["rebuild", "--quiet"])
                .status()
                .unwrap()
                .success()
        );
    };
    bench.bench_function("cold/processor", |bencher| {
        bencher.iter_custom(|count| {
            let before = processor_time().unwrap();
            (0..count).for_each(build);
            processor_time().unwrap().saturating_sub(before)
        });
    });
}

/// The processor time of all processes that this one started and that ended.
fn processor_time() -> Option<Duration> {
    let own = fs::read_to_string("/proc/self/stat").ok()?;
    let (_, fields) = own.rsplit_once(')')?;
    let fields = fields.split_whitespace().skip(13).take(2);
    let ticks: u64 = fields
        .map(|field| field.parse::<u64>().unwrap_or_default())
        .sum();
    Some(Duration::from_millis(ticks * 10))
}

fn copy(from: &Path, to: &Path) {
    for entry in WalkDir::new(from).into_iter().filter_map(Result::ok) {
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_file() {
            fs::create_dir_all(target.parent().unwrap()).unwrap();
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn short() -> Criterion {
    Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
}

criterion_group! {
    name = stages;
    config = short();
    targets = parse, highlight, draw, clean, lay_out, filter, page, cold
}
criterion_main!(stages);
