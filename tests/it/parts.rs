//! The catalogue of a site with more than a thousand documents: index.html, files.html and graph.json
//! have parts, which together have everything, belong to docsite like any derived file, and change as
//! little as possible.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::harness::SiteTest;
use crate::reader::Page;
use crate::scanner;

const DOCUMENTS: usize = 1_010;
/// Of topic `gw`, which needs more than one part; the others are of two small ones.
const LARGE: usize = 1_000;

fn name(at: usize) -> String {
    let kind = ["note", "guide"][at % 2];
    match at {
        ..LARGE => format!("gw__{kind}-{at:04}"),
        _ => format!("{}__{kind}-{at}", ["sec", "GT"][at % 2]),
    }
}

fn document(at: usize) -> String {
    let (next, far) = ((at + 1) % DOCUMENTS, at * 7 % DOCUMENTS);
    format!(
        "# Document {at}\n\nWhat it is about.\n\n[a]({}.html) [b]({}.html)\n",
        name(next),
        name(far)
    )
}

/// Built.
fn site() -> SiteTest {
    let site = SiteTest::new();
    for at in 0..DOCUMENTS {
        site.write(&format!("markdown/{}.md", name(at)), document(at));
    }
    site.write(
        "markdown/gw__note-0000.md",
        "# First\n\n[gone](gw__note-none.html) [a part](topic-gw-1.html)\n",
    );
    site.rebuild().ends(0);
    site
}

/// The files of the output whose names begin so.
fn parts(site: &SiteTest, kind: &str) -> Vec<String> {
    let output = site.output();
    let paths = output.paths().into_iter();
    let own = paths.filter(|path| path.starts_with(kind) && !path.contains("__"));
    own.map(str::to_owned).collect()
}

fn page(site: &SiteTest, path: &str) -> Page {
    site.page(&format!("public/{path}"))
}

#[test]
fn the_parts_together_have_every_document_link_and_file_once() {
    let site = site();
    let index = page(&site, "index.html");
    let listed = index.attrs("#topics .rows.parts a", "href");
    let mut pages = parts(&site, "topic-");
    assert!(pages.len() > 3, "{pages:?}");
    assert!(site.bytes("public/index.html").len() < 150_000);

    // Without a script, each document is two clicks away.
    let mut documents = Vec::new();
    for part in &listed {
        let rows = page(&site, part).attrs(".rows a", "href");
        assert!(!rows.is_empty() && rows.len() <= 500, "{part}");
        documents.extend(rows);
    }
    let mut expected: Vec<String> = (0..DOCUMENTS).map(|at| name(at) + ".html").collect();
    documents.sort();
    expected.sort();
    assert_eq!(documents, expected);
    let mut listed_pages = listed.clone();
    listed_pages.sort();
    pages.sort();
    assert_eq!(listed_pages, pages);
    // Those of one topic link to each other.
    let next = page(&site, "topic-gw-1.html").attrs(".step .next", "href");
    assert_eq!(next, ["topic-gw-2.html"]);
    let previous = page(&site, "topic-gw-2.html").attrs(".step .previous", "href");
    assert_eq!(previous, ["topic-gw-1.html"]);

    every_link_is_in_one_graph(&site);
    every_file_is_in_one_listing(&site);
    let problems = scanner::problems(&site.output());
    let own = problems.iter().filter(|problem| {
        // The two links that are wrong on purpose.
        !problem.contains("none") && !problem.contains("gw__note-0000")
    });
    assert_eq!(own.collect::<Vec<_>>(), [""; 0]);
}

fn every_link_is_in_one_graph(site: &SiteTest) {
    let whole = site.json("public/graph.json");
    assert_eq!(whole["version"], 2);
    let length = |value: &Value| value.as_array().map_or(0, Vec::len);
    let mut names = BTreeSet::new();
    let mut broken = 0;
    for part in whole["parts"].as_array().unwrap() {
        let graph = site.json(&format!("public/{}", part["file"].as_str().unwrap()));
        assert_eq!(graph["version"], 2);
        assert_eq!(part["documents"], length(&graph["nodes"]));
        assert_eq!(part["links"], length(&graph["links"]));
        broken += length(&graph["broken"]);
        for node in graph["nodes"].as_array().unwrap() {
            assert_eq!(node["topic"], part["topic"]);
            assert!(names.insert(node["basename"].as_str().unwrap().to_owned()));
        }
        let sources = graph["links"].as_array().unwrap().iter();
        assert!(
            sources
                .clone()
                .all(|link| names.contains(link["source"].as_str().unwrap()))
        );
    }
    assert_eq!(names.len(), DOCUMENTS);
    assert_eq!(broken, 2);
}

fn every_file_is_in_one_listing(site: &SiteTest) {
    let mut pages = parts(site, "files-");
    assert!(pages.len() > 3, "{pages:?}");
    pages.push("files.html".to_owned());
    let mut listed: Vec<String> = Vec::new();
    for path in &pages {
        let page = page(site, path);
        let hrefs = page.attrs(".tree a", "href");
        assert!(hrefs.len() <= 1_000, "{path}");
        listed.extend(hrefs.into_iter().filter(|href| !href.ends_with('/')));
    }
    // The parts are listed too, each where its files are.
    listed.sort();
    assert_eq!(listed, site.output().paths());
}

#[test]
fn a_changed_document_changes_the_parts_that_show_it() {
    let site = site();
    site.writes_nothing(&["rebuild"]).ends(0);
    let before = site.output();
    site.edit("markdown/gw__note-0500.md", |text| {
        text.replace("What it is about", "Something else")
    });
    site.rebuild().ends(0);
    let changed = before.changed(&site.output());
    let of = |kind: &str| {
        let parts = changed.iter().filter(|path| path.contains(kind));
        parts.filter(|path| !path.contains("__")).count()
    };
    assert_eq!(
        (of("topic-"), of("graph"), of("index.html")),
        (1, 0, 0),
        "{changed:?}"
    );

    // One more is in one part of each kind, and moves no other document to another part.
    let before = site.output();
    site.write("markdown/gw__note-0500a.md", "# More\n");
    site.rebuild().ends(0);
    let changed = before.changed(&site.output());
    let topics = changed.iter().filter(|path| path.contains("topic-"));
    assert_eq!(topics.count(), 1, "{changed:?}");
    let clean = SiteTest::copy_of(site.root(), &["public", ".docsite"]);
    clean.rebuild().ends(0);
    assert_eq!(clean.output().changed(&site.output()), [""; 0]);
}

#[test]
fn a_changed_part_is_kept_and_one_that_is_no_longer_made_is_removed() {
    let site = site();
    let mine = site
        .read("public/topic-gw-2.html")
        .replace("</main>", "<p>mine</p></main>");
    site.write("public/topic-gw-2.html", &mine);
    let listing = format!("public/{}", parts(&site, "files-")[0]);
    site.edit(&listing, |page| {
        page.replace("</main>", "<p>mine</p></main>")
    });
    // Not docsite's, whatever their names.
    site.write("public/topic-gw-77.html", "<h1>Mine</h1>");
    site.write("public/graph-notes-1.json", "{}");

    let run = site.rebuild().ends(0);
    for path in ["public/topic-gw-2.html", &listing] {
        let line = format!("{path}: warning[edited-file]");
        assert!(run.err.contains(&line), "{line} in {run:?}");
    }
    assert_eq!(site.read("public/topic-gw-2.html"), mine);
    let run = site.run(&["reindex", "--discard-hand-edits", "index"]);
    assert!(!run.err.contains("topic-gw-2"), "{run:?}");
    assert_eq!(
        site.set_aside("public/topic-gw-2.html"),
        [mine.into_bytes()]
    );
    site.run(&["reindex", "--discard-hand-edits", "files"]);
    assert!(!site.read(&listing).contains("mine"));

    // A small site is whole again.
    for at in 900..DOCUMENTS {
        site.remove(&format!("markdown/{}.md", name(at)));
    }
    site.rebuild();
    assert_eq!(parts(&site, "topic-"), ["topic-gw-77.html"]);
    assert_eq!(parts(&site, "graph-"), ["graph-notes-1.json"]);
    assert_eq!(site.json("public/graph.json")["version"], 1);
    assert_eq!(page(&site, "index.html").count("#topics .rows li"), 900);
}
