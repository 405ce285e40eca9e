//! `init`: a new site that builds at once, never over an existing file. (A flat archive is adopted
//! in `archive51`.)

use crate::harness::SiteTest;
use crate::scanner;

const KOREAN: [(&str, &str); 1] = [("LC_ALL", "ko_KR.UTF-8")];

fn laid_out(env: &[(&str, &str)]) -> SiteTest {
    let site = SiteTest::new();
    let root = site.root().to_owned();
    site.run_with(&root, &["init"], env).ok();
    site
}

#[test]
fn a_new_site_builds_at_once_and_has_nothing_to_complain_of() {
    for env in [&[][..], &KOREAN] {
        let site = laid_out(env);
        site.rebuild().ok();
        assert_eq!(scanner::problems(&site.output()), [""; 0]);
        assert_eq!(scanner::html_errors(&site.output()), [""; 0]);
        let graph = site.json("public/graph.json");
        assert_eq!(graph["broken"], serde_json::json!([]));
        assert_eq!(graph["orphans"], serde_json::json!([]));
        site.writes_nothing(&["rebuild"]).ok();
    }
}

#[test]
fn it_has_settings_a_flow_an_attachment_and_a_document_of_each_topic() {
    let site = laid_out(&[]);
    let settings: toml::Table = site.read("docsite.toml").parse().unwrap();
    let tree = site.tree();
    for topic in settings["topics"].as_array().unwrap() {
        let start = format!("markdown/{}__", topic["prefix"].as_str().unwrap());
        assert!(
            tree.paths().iter().any(|path| path.starts_with(&start)),
            "{start}"
        );
    }
    assert!(site.json("flow.json")["stages"].as_array().unwrap().len() > 1);
    assert!(
        tree.paths()
            .iter()
            .any(|path| path.starts_with("attachment/"))
    );
    assert!(site.read(".gitignore").contains(".docsite/"));
}

#[test]
fn its_workflow_checks_and_builds_the_site_with_its_whole_history() {
    let site = laid_out(&[]);
    let tree = site.tree();
    let path = tree
        .paths()
        .into_iter()
        .find(|path| path.starts_with(".github/workflows/"));
    let text = site.read(path.unwrap());
    let workflow: serde_json::Value = serde_saphyr::from_str(&text).unwrap();
    let jobs = workflow["jobs"].as_object().unwrap();
    let steps = jobs
        .values()
        .flat_map(|job| job["steps"].as_array().unwrap());
    let commands: Vec<&str> = steps
        .clone()
        .filter_map(|step| step["run"].as_str())
        .collect();
    let runs = |wanted: &str| commands.iter().any(|command| command.contains(wanted));
    assert!(runs("docsite rebuild"), "{text}");
    assert!(runs("docsite check --format github --base"), "{text}");
    assert!(
        commands.contains(&"docsite check --format github"),
        "{text}"
    );
    let mut checkouts = steps.filter(|step| step["with"]["fetch-depth"] == 0);
    assert!(checkouts.next().is_some(), "{text}");
    assert!(workflow["on"].get("push").is_some() && workflow["on"].get("pull_request").is_some());
}

#[test]
fn a_korean_locale_gives_a_korean_site_and_any_other_an_english_one() {
    for (env, language) in [
        (&KOREAN[..], "ko"),
        (&[], "en"),
        (&[("LC_ALL", "fr_FR.UTF-8")], "en"),
    ] {
        let site = laid_out(env);
        let settings: toml::Table = site.read("docsite.toml").parse().unwrap();
        assert_eq!(settings["language"].as_str(), Some(language));
        site.rebuild().ok();
        let korean = site.read("public/index.html").contains('의');
        assert_eq!(korean, language == "ko");
    }
}

#[test]
fn no_existing_file_is_written() {
    let mine = [
        "flow.json",
        ".gitignore",
        "assets/viz.css",
        "attachment/start/hello.yaml",
        ".github/workflows/docsite.yml",
        "README.md",
    ];
    let site = SiteTest::new();
    for path in mine {
        site.write(path, "mine");
    }
    site.age();
    let before = site.tree();
    let run = site.run(&["init"]).ok();
    let touched = before.touched(&site.tree());
    for path in mine {
        assert!(!touched.contains(&path.to_owned()), "{path}");
        assert_eq!(
            run.out.contains(path),
            path != "README.md",
            "{path}: {}",
            run.out
        );
    }
    assert!(site.has("docsite.toml"));
}

#[test]
fn a_link_in_the_place_of_a_file_is_not_written_through() {
    let site = SiteTest::new();
    site.link("docsite.toml", site.path("../outside.toml"));
    site.run(&["init"]);
    assert!(!site.has("../outside.toml"));
}

#[test]
fn documents_that_are_there_get_settings_for_their_topics_and_stay() {
    let site = SiteTest::new()
        .doc("net__note-a", "# A\n")
        .doc("ops__lab-b", "# B\n\n[a](net__note-a.html)\n");
    site.age();
    let before = site.tree();
    site.run(&["init"]).ok().says("2 documents");
    let mut touched = before.touched(&site.tree());
    touched.retain(|path| path != "/");
    assert_eq!(touched, [".gitignore", "docsite.toml"]);
    let settings: toml::Table = site.read("docsite.toml").parse().unwrap();
    let prefixes = |key: &str| -> Vec<&str> {
        let labels = settings[key].as_array().unwrap().iter();
        labels
            .map(|label| label["prefix"].as_str().unwrap())
            .collect()
    };
    assert_eq!(prefixes("topics"), ["net", "ops"]);
    assert!(prefixes("types").contains(&"lab") && prefixes("types").contains(&"note"));
    site.rebuild().ok();
}

#[test]
fn korean_documents_give_a_korean_site() {
    let site = SiteTest::new().doc("gw__note-a", "# 게이트웨이\n\n들어오는 요청을 받는다.\n");
    site.run(&["init"]).ok();
    assert!(site.read("docsite.toml").contains("language = \"ko\""));
}

#[test]
fn it_makes_the_folder_that_it_is_told() {
    let site = SiteTest::new();
    site.run_bare(&["init", "new/deep"]).ok();
    assert!(site.has("new/deep/docsite.toml") && site.has("new/deep/markdown"));
    site.run_with(&site.path("new/deep/markdown"), &["rebuild"], &[])
        .ok();
    assert!(site.has("new/deep/public/index.html"));
}

#[test]
fn a_site_is_not_laid_out_twice() {
    let site = laid_out(&[]);
    site.writes_nothing(&["init"])
        .ends(2)
        .complains("docsite.toml");
}

#[test]
fn a_file_is_no_folder_for_a_site() {
    let site = SiteTest::new().file("file", "x");
    site.run_bare(&["init", "file"]).ends(2).complains("file");
    assert_eq!(site.read("file"), "x");
}
