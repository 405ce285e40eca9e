//! What the catalogue's scripts load: documents, graph, previews, the whole link check; and what
//! index.html may weigh.

use std::fmt::Write as _;

use serde_json::Value;

use crate::harness::SiteTest;
use crate::samples;

const DATA: &str = "public/assets/docsite/data";

/// The value that a data file gives.
fn given(site: &SiteTest, name: &str) -> Value {
    let text = site.read(&format!("{DATA}/{name}.js"));
    let (comment, rest) = text.split_once('\n').unwrap();
    assert!(comment.starts_with("/* docsite "), "{comment}");
    let head = format!("docsite.give(\"data/{name}\",");
    let value = rest.strip_prefix(&head).expect(&head);
    serde_json::from_str(value.strip_suffix(");\n").unwrap()).unwrap()
}

fn site() -> SiteTest {
    let site = SiteTest::new()
        .file(
            "docsite.toml",
            "[[topics]]\nprefix = \"xds\"\nname = \"Envoy\"\n",
        )
        .doc(
            "gw__note-a",
            "# A\n\n첫 문단.\n\n[c](xds__src-c.html#part) [b](gw__guide-b.md)\n",
        )
        .doc(
            "gw__guide-b",
            "---\ndeprecated: true\n---\n# B\n\n[a](gw__note-a.html)\n",
        )
        .doc(
            "xds__src-c",
            "# C\n\n```mermaid\nx\n```\n\n## Part\n\n한 줄 *굵게*.\n\n- 둘\n\n## Other\n\n셋\n",
        );
    site.rebuild().ends(0);
    site
}

#[test]
fn documents_come_in_columns_in_the_order_of_the_topics() {
    let site = site();
    let documents = given(&site, "documents");
    let names = ["xds__src-c", "gw__note-a", "gw__guide-b"];
    assert_eq!(documents["names"], serde_json::json!(names));
    assert_eq!(documents["titles"], serde_json::json!(["C", "A", "B"]));
    assert_eq!(documents["topic"], serde_json::json!([0, 1, 1]));
    assert_eq!(documents["topics"][0]["name"], "Envoy");
    assert_eq!(documents["topics"][1]["class"], "topic-gw");
    // viz; none; deprecated.
    assert_eq!(documents["marks"], serde_json::json!([1, 0, 2]));
    let types: Vec<&str> = documents["type"]
        .as_array()
        .unwrap()
        .iter()
        .map(|at| {
            let at = usize::try_from(at.as_u64().unwrap()).unwrap();
            documents["types"][at]["prefix"].as_str().unwrap()
        })
        .collect();
    assert_eq!(types, ["src", "note", "guide"]);
    let summaries = given(&site, "summaries");
    assert_eq!(summaries[1], "첫 문단.");
    let hrefs = site
        .page("public/index.html")
        .attrs("#topics .rows a", "href");
    assert_eq!(
        hrefs,
        names.map(|name| format!("{name}.html")),
        "the rows' order"
    );
}

#[test]
fn the_graph_has_a_place_for_each_document_and_every_link() {
    let graph = given(&site(), "graph");
    let length = |key: &str| graph[key].as_array().unwrap().len();
    assert_eq!(
        ["x", "y", "from", "to"].map(length),
        [3, 3, 3, 3],
        "{graph}"
    );
    let pair = |at: usize| (graph["from"][at].as_u64(), graph["to"][at].as_u64());
    let mut pairs: Vec<_> = (0..3).map(pair).collect();
    pairs.sort_unstable();
    let expected = [(1, 0), (1, 2), (2, 1)].map(|(from, to)| (Some(from), Some(to)));
    assert_eq!(pairs, expected);
}

#[test]
fn previews_have_the_headings_that_links_name_and_no_others() {
    let previews = given(&site(), "previews-0");
    let c = &previews["xds__src-c"];
    assert_eq!(c["title"], "C");
    assert_eq!(
        c["headings"],
        serde_json::json!({ "part": ["Part", "한 줄 굵게. 둘"] })
    );
    assert_eq!(previews["gw__guide-b"]["deprecated"], true);
    assert_eq!(previews["gw__note-a"].get("headings"), None);
}

/// Enough documents that there are two parts of previews.
fn many(count: usize) -> SiteTest {
    let site = SiteTest::new();
    for number in 0..count {
        let next = (number + 1) % count;
        site.write(
            &format!("markdown/gw__note-{number}.md"),
            format!("# 문서 {number}\n\n[다음](gw__note-{next}.html)\n"),
        );
    }
    site.rebuild().ok();
    site
}

#[test]
fn data_that_is_made_no_more_goes_and_what_somebody_changed_stays() {
    let site = many(60);
    assert!(site.has(&format!("{DATA}/previews-1.js")));
    site.write(&format!("{DATA}/notes.txt"), "mine");
    for number in 20..60 {
        site.remove(&format!("markdown/gw__note-{number}.md"));
        site.remove(&format!("public/gw__note-{number}.html"));
    }
    site.rebuild().ends(0);
    assert!(!site.has(&format!("{DATA}/previews-1.js")));
    assert_eq!(site.read(&format!("{DATA}/notes.txt")), "mine");
    assert_eq!(
        given(&site, "previews-0")
            .as_object()
            .map(serde_json::Map::len),
        Some(20)
    );
    let files = site.read("public/files.html");
    assert!(files.contains("previews-0.js") && !files.contains("previews-1.js"));
    site.writes_nothing(&["rebuild"]).ends(0);
}

#[test]
fn the_layout_and_suggestions_of_a_small_site_come_out_the_same_without_their_caches() {
    let site = many(20).doc(
        "gw__note-x",
        "# X\n\n[1](gw__note-12x.html) [2](../attachment/b.yaml) [3](nothing-like-it.html)\n",
    );
    let site = site.file("attachment/a.yaml", "a: 1\n");
    site.rebuild();
    for (cache, file) in [
        ("layout", format!("{DATA}/graph.js")),
        ("suggestions", "public/index.html".to_owned()),
    ] {
        let cache = format!(".docsite/cache/{cache}");
        let kept = site.bytes(&cache);
        let expected = site.bytes(&file);
        let mut torn = kept.clone();
        let last = torn.len() - 1;
        torn[last] ^= 1;
        for bytes in [&kept[..], &torn, &kept[..64], b""] {
            site.write(&cache, bytes);
            site.remove(&file);
            site.rebuild();
            assert_eq!(site.bytes(&file), expected, "{cache}");
        }
        site.remove(&cache);
        site.writes_nothing(&["status"]);
    }
    let page = site.page("public/index.html");
    let near = page.texts("[data-list=broken] small > code");
    assert_eq!(near, ["gw__note-12", "attachment/a.yaml"]);
}

/// 150 KB, and 200 bytes for each document.
#[track_caller]
fn is_light(site: &SiteTest, documents: usize) {
    let weight = site.bytes("public/index.html").len();
    let most = 150_000 + 200 * documents;
    assert!(weight <= most, "{documents} documents: {weight} bytes");
}

#[test]
fn a_page_of_few_documents_has_every_detail_of_each() {
    let site = samples::notes();
    site.rebuild();
    is_light(&site, samples::NOTES);
    let page = site.page("public/index.html");
    assert_eq!(page.count("#topics .rows li"), samples::NOTES);
    assert_eq!(page.count("#graph .web li"), samples::NOTES);
    assert!(page.count("#topics .rows p") > samples::NOTES / 4 * 3);
    assert!(page.count("#graph .web .out a") > samples::NOTES / 4 * 3);
}

/// Names in Hangul, long titles and summaries, many links, a broken one in each document.
fn heavy(documents: usize) -> SiteTest {
    let site = SiteTest::new();
    let long = "아주 긴 설명이 여러 줄에 걸쳐 이어진다. ".repeat(12);
    let mut flow = Vec::new();
    for number in 0..documents {
        let mut text =
            format!("# {number}번 문서의 제목은 끝없이 길게 이어지는 제목이다\n\n{long}\n\n");
        for step in 1..12 {
            let to = (number * step + step) % documents;
            let _ = write!(text, "[{step}](gw__note-게이트웨이-{to}.html) ");
        }
        let _ = writeln!(text, "[없음](gw__note-없음-{number}.html)");
        site.write(&format!("markdown/gw__note-게이트웨이-{number}.md"), text);
        flow.push(format!("\"gw__note-게이트웨이-{number}\""));
    }
    let flow = flow[..40].join(",");
    let flow = format!("{{\"stages\": [{{\"title\": \"0 모두\", \"docs\": [{flow}]}}]}}");
    site.file("flow.json", flow)
}

#[test]
fn a_page_of_many_documents_stays_light_and_still_names_each() {
    let site = heavy(700);
    site.rebuild();
    is_light(&site, 700);
    let page = site.page("public/index.html");
    assert_eq!(page.count("#topics .rows li"), 700);
    // Without scripts there is a picture of those with the most links.
    assert_eq!(page.count(".still .broad a circle"), 100);
    assert!(page.text(".still .nothing").ends_with("100/700"));
    let shown = page.count("[data-list=broken] li");
    let rest = page.text("[data-list=broken] .rest");
    assert!(rest.starts_with(&format!("+ {}", 700 - shown)), "{rest}");
    let audit = given(&site, "audit");
    assert_eq!(audit["broken"].as_array().unwrap().len(), 700);
    let summary = given(&site, "summaries");
    assert_eq!(summary.as_array().unwrap().len(), 700);
}

/// A thousand documents made from those of a site, under other names.
pub fn a_thousand_documents_stay_within_the_weight(site: &SiteTest) {
    let originals: Vec<(String, Vec<u8>)> = site
        .tree()
        .files()
        .filter_map(|(path, bytes)| {
            let name = path.strip_prefix("markdown/")?.strip_suffix(".md")?;
            // The first lines: title, summary and a few links are what the catalogue shows.
            let lines = bytes.split(|byte| *byte == b'\n').take(30);
            Some((name.to_owned(), lines.collect::<Vec<_>>().join(&b'\n')))
        })
        .collect();
    let copies = 1_000_usize.div_ceil(originals.len());
    for copy in 1..copies {
        for (name, bytes) in &originals {
            site.write(&format!("markdown/{name}-{copy}.md"), bytes);
        }
    }
    site.rebuild();
    let documents = given(site, "documents")["names"].as_array().unwrap().len();
    assert!(documents >= 1_000, "{documents}");
    is_light(site, documents);
}

#[test]
fn a_thousand_notes_stay_within_the_weight() {
    a_thousand_documents_stay_within_the_weight(&samples::notes());
}
