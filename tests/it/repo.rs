//! This repo's own archive: enough documents, all topics, the owner's reading path, attachments
//! that are what they claim to be, and a build with nothing to complain of.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::harness::SiteTest;
use crate::scanner;
use crate::tree::Tree;

const STAGES: [&str; 6] = [
    "0 설치",
    "1 Envoy/xDS 원리",
    "2 트래픽 in/out",
    "3 보안",
    "4 무중단 종료",
    "5 대규모 운영",
];

fn archive() -> SiteTest {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let site = SiteTest::new();
    for folder in ["markdown", "attachment", "assets"] {
        for (path, bytes) in Tree::of(&root.join(folder)).files() {
            site.write(&format!("{folder}/{path}"), bytes);
        }
    }
    for file in ["docsite.toml", "flow.json"] {
        site.write(file, std::fs::read(root.join(file)).unwrap());
    }
    site
}

fn documents(site: &SiteTest) -> Vec<(String, String)> {
    let tree = site.tree();
    let paths = tree.paths().into_iter();
    paths
        .filter_map(|path| path.strip_prefix("markdown/")?.strip_suffix(".md"))
        .map(|name| (name.to_owned(), site.read(&format!("markdown/{name}.md"))))
        .collect()
}

/// The fenced blocks of a language.
fn fences(text: &str, language: &str) -> Vec<String> {
    let open = format!("```{language}");
    let blocks = text.split(&open).skip(1);
    blocks
        .filter(|rest| rest.starts_with(['\n', ' ']))
        .map(|rest| rest.split_once('\n').unwrap().1)
        .map(|rest| rest.split("\n```").next().unwrap().to_owned())
        .collect()
}

#[test]
fn there_are_twenty_documents_and_more_in_all_five_topics() {
    let documents = documents(&archive());
    assert!(documents.len() >= 20, "{}", documents.len());
    for topic in ["gw", "gt", "xds", "sec", "arch"] {
        let start = format!("{topic}__");
        let of_topic = documents
            .iter()
            .filter(|(name, _)| name.starts_with(&start));
        assert!(of_topic.count() > 0, "{topic}");
    }
}

#[test]
fn each_is_in_korean_has_a_diagram_and_a_link_to_another() {
    for (name, text) in documents(&archive()) {
        let hangul = text.chars().filter(|c| matches!(c, '가'..='힣')).count();
        assert!(hangul > 500, "{name}: {hangul}");
        assert!(
            !fences(&text, "mermaid").is_empty(),
            "{name} has no diagram"
        );
        assert!(
            text.contains(".html)") || text.contains(".html#"),
            "{name} links to no other"
        );
    }
}

#[test]
fn every_diagram_is_drawn_and_one_by_hand() {
    let site = archive();
    let listed = site.run(&["diagrams", "--json"]).ok().out;
    let listed: Value = serde_json::from_str(&listed).unwrap();
    let slots = listed["slots"].as_array().unwrap();
    assert!(slots.len() > 28);
    let of_state = |state: &str| slots.iter().filter(|slot| slot["state"] == state).count();
    assert_eq!(of_state("by-hand"), 1);
    assert_eq!(of_state("drawn") + 1, slots.len());
}

#[test]
fn none_claims_a_measurement_that_was_not_made() {
    for (name, _) in documents(&archive()) {
        assert!(!name.contains("__report-"), "{name}");
    }
}

#[test]
fn the_reading_path_is_the_owners_and_each_stage_says_why() {
    let flow = archive().json("flow.json");
    let stages = flow["stages"].as_array().unwrap();
    let titles: Vec<&str> = stages
        .iter()
        .map(|s| s["title"].as_str().unwrap())
        .collect();
    assert_eq!(titles, STAGES);
    for stage in stages {
        assert!(!stage["why"].as_str().unwrap().is_empty());
        assert!(!stage["docs"].as_array().unwrap().is_empty());
    }
}

#[test]
fn it_builds_with_nothing_to_complain_of() {
    let site = archive();
    site.rebuild().ok();
    let graph = site.json("public/graph.json");
    assert_eq!(graph["broken"], Value::Array(vec![]));
    assert_eq!(graph["unpublished"], Value::Array(vec![]));
    assert_eq!(
        graph["nodes"].as_array().unwrap().len(),
        documents(&site).len()
    );
    assert_eq!(scanner::problems(&site.output()), [""; 0]);
    assert_eq!(scanner::html_errors(&site.output()), [""; 0]);
    site.writes_nothing(&["rebuild"]).ok();
}

#[test]
fn every_attachment_is_named_by_a_document_or_the_flow() {
    let site = archive();
    let texts: Vec<String> = documents(&site).into_iter().map(|(_, text)| text).collect();
    let all = texts.concat() + &site.read("flow.json");
    for path in site.tree().paths() {
        if path.starts_with("attachment/") {
            let folder = path.rsplit_once('/').unwrap().0;
            assert!(
                all.contains(path) || all.contains(&format!("({folder}/)")),
                "{path}"
            );
        }
    }
}

#[test]
fn every_yaml_parses_and_each_manifest_says_what_it_is() {
    let site = archive();
    let tree = site.tree();
    let mut yaml: Vec<(String, String, bool)> = tree
        .paths()
        .into_iter()
        .filter(|path| path.starts_with("attachment/") && path.ends_with(".yaml"))
        .map(|path| (path.to_owned(), site.read(path), true))
        .collect();
    assert!(yaml.len() >= 5);
    for (name, text) in documents(&site) {
        yaml.extend(
            fences(&text, "yaml")
                .into_iter()
                .map(|block| (name.clone(), block, false)),
        );
    }
    for (name, text, whole) in yaml {
        let parsed = serde_saphyr::from_multiple::<Value>(&text);
        let documents = parsed.unwrap_or_else(|error| panic!("{name}: {error}\n{text}"));
        assert!(!documents.is_empty(), "{name}");
        for document in documents {
            let Some(kind) = document.get("kind").filter(|_| whole) else {
                continue;
            };
            let version = document.get("apiVersion").and_then(Value::as_str);
            assert!(kind.is_string() && version.is_some(), "{name}: {kind}");
            let has_name = document["metadata"]["name"].is_string();
            assert!(has_name, "{name}: {kind} without a name");
        }
    }
}

#[test]
fn every_script_is_one() {
    let site = archive();
    let mut scripts = 0;
    for path in site.tree().paths() {
        if path.starts_with("attachment/") && path.ends_with(".sh") {
            let run = Command::new("sh")
                .arg("-n")
                .arg(site.path(path))
                .output()
                .unwrap();
            assert!(run.status.success(), "{path}: {run:?}");
            assert!(site.read(path).starts_with("#!/"), "{path}");
            scripts += 1;
        }
    }
    assert!(scripts >= 2);
}

/// What is in backticks in the section of a page under a heading.
fn examples_in(page: &str, heading: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("docs/markdown")
        .join(page);
    let text = std::fs::read_to_string(path).unwrap();
    let (_, section) = text.split_once(heading).unwrap();
    let section = section.split("\n#").next().unwrap();
    let spans = section.split('`').skip(1).step_by(2);
    spans.map(str::to_owned).collect()
}

#[test]
fn the_filters_that_the_manual_shows_find_documents_of_this_archive() {
    let mut examples = examples_in("start__note-what-you-get.md", "### The filter\n");
    examples.extend(examples_in("ko__guide-start.md", "### 거르기\n"));
    let site = archive();
    site.rebuild().ends(0);
    let found = |filter: &str| -> Vec<String> {
        let run = site.run(&["status", "--json", "--filter", filter]).ends(0);
        let status: Value = serde_json::from_str(&run.out).unwrap();
        let documents = status["documents"].as_array().unwrap().iter();
        documents
            .map(|document| document["basename"].as_str().unwrap().to_owned())
            .collect()
    };
    let mut tried = 0;
    for example in &examples {
        if let Some((_, address)) = example.split_once('?') {
            let pairs = || url::form_urlencoded::parse(address.as_bytes());
            let value = |key: &str| {
                pairs()
                    .find(|(name, _)| name == key)
                    .map(|(_, value)| value)
            };
            let lists = |key: &str, word: &str| {
                value(key).is_none_or(|list| list.split(',').any(|listed| listed == word))
            };
            let fits = |name: &String| {
                let (topic, rest) = name.split_once("__").unwrap();
                let (kind, _) = rest.split_once('-').unwrap();
                let page = site.read(&format!("public/{name}.html"));
                lists("topic", topic)
                    && lists("type", kind)
                    && (value("viz").is_none() || page.contains("class=\"dia"))
            };
            let found = found(&value("q").unwrap());
            assert!(found.iter().any(fits), "{example}: {found:?}");
            tried += 1;
        } else if example
            .chars()
            .any(|c| ('\u{3131}'..='\u{d7a3}').contains(&c))
        {
            assert_ne!(found(example), [""; 0], "{example}");
            tried += 1;
        }
    }
    assert!(tried >= 6, "{examples:?}");
}

#[test]
fn the_architecture_names_only_files_that_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text =
        std::fs::read_to_string(root.join("docs/markdown/dev__note-architecture.md")).unwrap();
    let paths = text.split('`').skip(1).step_by(2).filter(|code| {
        let tops = ["src/", "tests/", "assets/", "templates/"];
        tops.iter().any(|top| code.starts_with(top))
    });
    let gone: Vec<&str> = paths.filter(|path| !root.join(path).exists()).collect();
    assert_eq!(gone, [""; 0]);
}
