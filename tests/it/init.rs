//! `init`: a new site that can be built immediately, never over an existing file. (A flat archive
//! is adopted in `archive51`.)

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
fn a_new_site_can_be_built_immediately_and_has_no_findings() {
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
fn that_github_reads_no_workflow_below_the_top_of_a_repository_is_said() {
    let site = SiteTest::new()
        .file("notes/.keep", "")
        .file(".git/HEAD", "ref: refs/heads/main\n");
    let (notes, top) = (site.path("notes"), site.root().to_owned());
    let from = "https://git.example.com/me/docsite#v1";
    let args = ["init", "--docsite-from", from, "--deploy", "github"];
    let said = "only from .github/ at the top";
    site.run_with(&notes, &args, &[]).ok().says(said);
    let outcome = site.run_with(&top, &args, &[]).ok();
    assert!(!outcome.out.contains(said), "{}", outcome.out);
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

const WORKFLOW: &str = ".github/workflows/docsite.yml";

fn workflow(site: &SiteTest) -> serde_json::Value {
    serde_saphyr::from_str(&site.read(WORKFLOW)).unwrap()
}

fn commands(workflow: &serde_json::Value) -> Vec<String> {
    let steps = workflow["jobs"]["build"]["steps"].as_array().unwrap();
    let runs = steps.iter().filter_map(|step| step["run"].as_str());
    runs.map(str::to_owned).collect()
}

#[test]
fn its_workflow_checks_and_builds_the_site_with_its_whole_history() {
    let site = SiteTest::new();
    site.run(&[
        "init",
        "--docsite-from",
        "https://git.example.com/me/docsite#v0.1.0",
    ])
    .ok();
    let workflow = workflow(&site);
    let commands = commands(&workflow);
    for wanted in ["docsite rebuild", "docsite check --format github"] {
        assert!(
            commands.iter().any(|command| command == wanted),
            "{commands:?}"
        );
    }
    assert!(
        commands
            .iter()
            .any(|c| c.starts_with("docsite check --format github --base")),
        "{commands:?}"
    );
    let job = &workflow["jobs"]["build"];
    assert_eq!(
        job["env"]["DOCSITE_FROM"],
        "https://git.example.com/me/docsite"
    );
    assert_eq!(job["env"]["DOCSITE_REV"], "v0.1.0");
    let steps = job["steps"].as_array().unwrap();
    assert!(steps.iter().any(|step| step["with"]["fetch-depth"] == 0));
    assert!(steps.iter().any(|step| step["with"]["path"] == "public"));
    assert!(workflow["on"].get("push").is_some() && workflow["on"].get("pull_request").is_some());
}

#[test]
fn each_host_gets_what_it_needs_and_nothing_is_written_over() {
    let site = laid_out(&[]);
    site.rebuild().ok();
    let from = ["--docsite-from", "https://git.example.com/me/docsite#v1"];
    site.remove("Caddyfile");
    site.age();
    let before = site.tree();
    site.run(&["init", "--deploy", "github"])
        .ends(2)
        .complains("--deploy github needs --docsite-from");
    for (host, files) in [
        ("caddy", &["Caddyfile"][..]),
        ("github", &[".github/workflows/pages.yml"]),
        ("cloudflare", &["_headers"]),
    ] {
        site.run(&["init", "--deploy", host, from[0], from[1]]).ok();
        let mut touched = before.touched(&site.tree());
        touched.retain(|path| !path.ends_with('/'));
        assert_eq!(touched, files, "{host}");
        for file in files {
            site.write(file, "mine");
        }
        let run = site.run(&["init", "--deploy", host, from[0], from[1]]).ok();
        for file in files {
            assert_eq!(site.read(file), "mine", "{run:?}");
            site.remove(file);
        }
    }
    // A new site gets them with the rest.
    let site = SiteTest::new();
    let hosts = [
        "--deploy",
        "caddy",
        "--deploy",
        "github",
        "--deploy",
        "cloudflare",
    ];
    site.run(&[&["init"][..], &from, &hosts].concat()).ok();
    let pages: serde_json::Value =
        serde_saphyr::from_str(&site.read(".github/workflows/pages.yml")).unwrap();
    let job = &pages["jobs"]["deploy"];
    assert_eq!(job["env"]["DOCSITE_REV"], "v1");
    let steps = job["steps"].as_array().unwrap();
    assert!(
        steps
            .iter()
            .any(|step| step["run"] == "docsite export _site")
    );
    assert!(steps.iter().any(|step| step["with"]["path"] == "_site"));
    // What a host reads from the root of the site reaches it, and is up to date there.
    site.rebuild().ok();
    assert_eq!(site.read("public/_headers"), site.read("_headers"));
    site.writes_nothing(&["rebuild"]).ok();
    site.write("_headers", "/*\n  X-Mine: 1\n");
    let folder = site.path("dist");
    site.run(&["export", folder.to_str().unwrap()]).ok();
    assert_eq!(site.read("dist/_headers"), "/*\n  X-Mine: 1\n");
    assert!(site.has("dist/404.html") && !site.read("dist/files.html").contains("_headers"));
    site.remove("_headers");
    site.rebuild().ok();
    assert!(!site.has("public/_headers"));
}

/// By what Cloudflare's documentation says it reads, and by the kinds of the Caddyfile.
#[test]
fn its_headers_for_cloudflare_are_within_what_that_reads() {
    let site = laid_out(&[]);
    site.run(&["init", "--deploy", "cloudflare"]).ok();
    let headers = site.read("_headers");
    let rules: Vec<&str> = headers
        .lines()
        .filter(|line| line.starts_with('/'))
        .collect();
    assert!(rules.len() <= 100, "{}", rules.len());
    let caddyfile = site.read("Caddyfile");
    for rule in &rules {
        assert_eq!(rule.matches('*').count(), 1, "{rule}");
        let ending = rule.strip_prefix("/*.").filter(|ending| *ending != "svg");
        let is_known = |ending| {
            let mut words = caddyfile.split_whitespace();
            words.any(|word| word.eq_ignore_ascii_case(&format!("*.{ending}")))
        };
        assert!(ending.is_none_or(is_known), "{rule}");
    }
    assert!(headers.lines().all(|line| line.len() <= 2000));
    for ending in [
        "md", "yaml", "yml", "sh", "toml", "tf", "py", "go", "rs", "conf",
    ] {
        let rule = format!("/*.{ending}\n  Content-Type: text/plain; charset=utf-8\n");
        assert!(headers.contains(&rule), "{ending}");
    }
    for policy in caddyfile
        .lines()
        .filter_map(|line| line.split_once("Content-Security-Policy \""))
    {
        let policy = policy.1.trim_end_matches('"');
        assert!(
            policy.contains("base-uri 'none'; form-action 'none'; frame")
                && policy.contains("unsafe-inline")
                || headers.contains(policy),
            "{policy}"
        );
    }
}

/// Nothing is taken from a registry: the package is in none.
#[test]
fn without_an_address_no_workflow_is_written_and_a_site_gets_one_later() {
    let site = SiteTest::new();
    site.run(&["init"])
        .ok()
        .says("docsite init --docsite-from URL[#REV]");
    assert!(!site.has(WORKFLOW));
    site.age();
    let before = site.tree();
    site.run(&[
        "init",
        "--docsite-from",
        "git@git.example.com:me/docsite.git",
    ])
    .ok();
    let mut touched = before.touched(&site.tree());
    touched.retain(|path| !path.ends_with('/'));
    assert_eq!(touched, [WORKFLOW]);
    let job = &workflow(&site)["jobs"]["build"];
    assert_eq!(
        job["env"]["DOCSITE_FROM"],
        "git@git.example.com:me/docsite.git"
    );
    assert_eq!(job["env"]["DOCSITE_REV"], "");
    // One that is there is kept.
    site.write(WORKFLOW, "mine");
    site.run(&["init", "--docsite-from", "https://h/other"])
        .ok()
        .says("kept");
    assert_eq!(site.read(WORKFLOW), "mine");
}

#[test]
fn an_invalid_address_is_rejected_and_nothing_is_written() {
    for address in [
        "docsite",
        "https://h/a\"; rm -rf x",
        "https://h/a#$(id)",
        "https://me:secret@h/a",
    ] {
        let site = SiteTest::new();
        site.run(&["init", "--docsite-from", address])
            .ends(2)
            .complains("--docsite-from");
        assert_eq!(site.tree().paths(), [""; 0], "{address}");
    }
}

/// The step that installs, run as the runner runs it, from a repository on this machine: a branch, a
/// tag, a commit and the default branch. A `cargo` of the test's own says what it was given.
#[test]
fn the_step_that_installs_gets_any_revision() {
    let repository = SiteTest::new();
    let git = |args: &[&str]| {
        let output = std::process::Command::new("git")
            .current_dir(repository.root())
            .args(["-c", "user.name=a", "-c", "user.email=a@example.com"])
            .args(args)
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    };
    git(&["init", "--quiet", "--initial-branch=main"]);
    let commit = |text: &str| {
        repository.write("what", text);
        git(&["add", "."]);
        git(&["commit", "--quiet", "--message", text]);
        git(&["rev-parse", "HEAD"])
    };
    commit("tagged");
    git(&["tag", "v1"]);
    let middle = commit("commit");
    git(&["checkout", "--quiet", "-b", "feature/x"]);
    commit("branch");
    git(&["checkout", "--quiet", "main"]);
    commit("newest");
    let url = format!("file://{}", repository.root().display());
    for (revision, expected) in [
        ("", "newest"),
        ("#v1", "tagged"),
        ("#feature/x", "branch"),
        (&format!("#{middle}"), "commit"),
        (&format!("#{}", &middle[..9]), "commit"),
    ] {
        let site = SiteTest::new();
        site.run(&["init", "--docsite-from", &format!("{url}{revision}")])
            .ok();
        site.write(
            "bin/cargo",
            "#!/bin/sh\nfor last; do :; done\ncat \"$last/what\" > got\n",
        );
        std::fs::set_permissions(
            site.path("bin/cargo"),
            std::os::unix::fs::PermissionsExt::from_mode(0o755),
        )
        .unwrap();
        let workflow = workflow(&site);
        let env = &workflow["jobs"]["build"]["env"];
        let commands = commands(&workflow);
        let script = commands
            .iter()
            .find(|command| command.contains("cargo install"));
        let path = format!(
            "{}:{}",
            site.path("bin").display(),
            std::env::var("PATH").unwrap()
        );
        let output = std::process::Command::new("bash")
            .current_dir(site.root())
            .args(["-e", "-c", script.unwrap()])
            .env("PATH", path)
            .env("DOCSITE_FROM", env["DOCSITE_FROM"].as_str().unwrap())
            .env("DOCSITE_REV", env["DOCSITE_REV"].as_str().unwrap())
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        assert_eq!(site.read("got"), expected, "{revision}");
    }
}

#[test]
fn a_style_with_rules_for_bare_elements_is_reported_to_style_the_new_pages() {
    let site = SiteTest::new()
        .doc("net__note-a", "# A\n")
        .file(
            "net__note-a.html",
            "<html><head></head><body>a</body></html>",
        )
        .file(
            "assets/viz.css",
            ".x td {a:b} body{margin:0} @media print { svg text {fill:red} }",
        );
    let run = site.run(&["init"]).ok();
    assert!(
        run.out.contains("bare elements (body, svg text)"),
        "{}",
        run.out
    );
    let site = SiteTest::new()
        .doc("net__note-a", "# A\n")
        .file("assets/viz.css", ".x td {a:b} :root { --x: 1px }");
    let run = site.run(&["init"]).ok();
    assert!(!run.out.contains("bare elements"), "{}", run.out);
}

#[test]
fn its_caddyfile_serves_its_output() {
    let site = laid_out(&[]);
    assert!(
        site.read("Caddyfile")
            .contains("root * {$DOCSITE_ROOT:public}")
    );
    let site = SiteTest::new().doc("net__note-a", "# A\n").file(
        "net__note-a.html",
        "<html><head></head><body>a</body></html>",
    );
    site.run(&["init"]).ok();
    assert!(site.read("Caddyfile").contains("root * {$DOCSITE_ROOT:.}"));
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
        "Caddyfile",
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
    assert_eq!(touched, [".gitignore", "Caddyfile", "docsite.toml"]);
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
fn it_makes_the_named_folder() {
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
fn a_file_cannot_be_the_folder_of_a_site() {
    let site = SiteTest::new().file("file", "x");
    site.run_bare(&["init", "file"]).ends(2).complains("file");
    assert_eq!(site.read("file"), "x");
}
