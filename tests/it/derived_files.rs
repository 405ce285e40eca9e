//! The catalogue's files and docsite's own: missing, out of date, foreign or edited by hand are
//! findings with messages of their own, and what was edited is given up by its name alone.

use serde_json::Value;

use crate::harness::SiteTest;

/// The names that give an edit up, and the files.
const CATALOGUE: [(&str, &str); 3] = [
    ("index", "index.html"),
    ("files", "files.html"),
    ("graph", "graph.json"),
];

fn built() -> SiteTest {
    let site = SiteTest::new()
        .doc("gw__note-a", "# A\n\n[b](gw__note-b.html)\n")
        .doc("gw__note-b", "# B\n\n[a](gw__note-a.html)\n")
        .file("attachment/x.yaml", "a: 1\n")
        .file("attachment/y.yaml", "a: 1\n");
    site.rebuild().ok();
    site
}

/// Path, code and message of each finding about a file of the output.
fn findings(site: &SiteTest) -> Vec<(String, String, String)> {
    let run = site.run(&["check", "--format", "json"]);
    let document: Value = serde_json::from_str(&run.out).unwrap();
    let findings = document["findings"].as_array().unwrap().iter();
    let text = |finding: &Value, key: &str| finding[key].as_str().unwrap().to_owned();
    findings
        .map(|finding| {
            (
                text(finding, "path"),
                text(finding, "code"),
                text(finding, "message"),
            )
        })
        .filter(|(_, code, _)| code.ends_with("-file"))
        .collect()
}

fn codes(site: &SiteTest) -> Vec<String> {
    let findings = findings(site).into_iter();
    findings
        .map(|(path, code, _)| format!("{path} {code}"))
        .collect()
}

/// What `status --json` says of files.
fn states(site: &SiteTest) -> Vec<String> {
    let run = site.run(&["status", "--json"]).ends(0);
    let status: Value = serde_json::from_str(&run.out).unwrap();
    let files = status["files"].as_array().unwrap().iter();
    files
        .map(|file| {
            format!(
                "{} {}",
                file["path"].as_str().unwrap(),
                file["state"].as_str().unwrap()
            )
        })
        .collect()
}

#[test]
fn a_built_site_has_no_finding_about_its_files() {
    let site = built();
    assert_eq!(findings(&site), []);
    assert_eq!(states(&site), [""; 0]);
}

#[test]
fn a_clone_without_output_has_none_either() {
    let site = built();
    site.remove("public");
    assert_eq!(findings(&site), []);
    assert_eq!(states(&site), [""; 0]);
}

#[test]
fn missing_files_are_named() {
    for (_, name) in CATALOGUE {
        let site = built();
        let path = format!("public/{name}");
        site.remove(&path);
        assert_eq!(codes(&site)[0], format!("{path} missing-file"));
        assert!(states(&site).contains(&format!("{path} missing")));
        site.run(&["status"])
            .ends(0)
            .says(&format!("{path}  is missing"));
        site.run(&["reindex"]).ok();
        assert_eq!(findings(&site), [], "{name}");
    }
}

#[test]
fn missing_data_and_styles_are_one_finding() {
    let site = built();
    site.remove("public/assets/docsite");
    site.remove("public/assets/docsite.css");
    let found = findings(&site);
    let (path, code, message) = &found[0];
    assert_eq!(
        (path.as_str(), code.as_str()),
        ("public/assets/docsite.css", "missing-file")
    );
    assert!(
        message.contains("more files of docsite's own are missing"),
        "{message}"
    );
    // files.html lists them no more, once it is made again.
    assert!(found.len() <= 2, "{found:?}");
}

#[test]
fn stale_files_are_named() {
    let site = built();
    for name in [
        "index.html",
        "graph.json",
        "assets/docsite/data/documents.js",
    ] {
        // As it was before the last build.
        let old = site.bytes(&format!("public/{name}"));
        site.edit("markdown/gw__note-a.md", |text| text.replace("# A", "# AA"));
        site.rebuild().ok();
        site.write(&format!("public/{name}"), old);
        assert_eq!(codes(&site), [format!("public/{name} stale-file")]);
        assert_eq!(states(&site), [format!("public/{name} stale")]);
        site.run(&["reindex"]).ok();
        assert_eq!(codes(&site), [""; 0]);
    }
    site.write("public/robots.txt", "new\n");
    assert_eq!(codes(&site), ["public/files.html stale-file"]);
}

#[test]
fn what_follows_from_a_stale_page_is_not_reported_beside_it() {
    let site = built();
    site.write(
        "markdown/gw__note-a.md",
        "# Another\n\n[b](gw__note-b.html)\n",
    );
    assert_eq!(codes(&site), [""; 0]);
    site.run(&["check"]).complains("stale-page");
}

#[test]
fn copies_that_a_build_would_change_are_one_finding() {
    let site = built();
    site.write("attachment/x.yaml", "a: 2\n");
    site.write("attachment/y.yaml", "a: 2\n");
    let found = findings(&site);
    let expected = [
        (
            "public/attachment/x.yaml",
            "and 1 more copies are out of date",
        ),
        (
            "public/view/x.yaml.html",
            "and 1 more files of docsite's own are out of date",
        ),
    ];
    let expected = expected.map(|(path, message)| {
        let [path, code, message] = [path, "stale-file", message].map(str::to_owned);
        (path, code, message)
    });
    assert_eq!(found, expected);
    site.rebuild().ok();
    site.write("attachment/z.yaml", "a: 1\n");
    let missing = ["attachment/z.yaml", "view/z.yaml.html"];
    let missing = missing.map(|path| format!("public/{path} missing-file"));
    assert!(missing.iter().all(|path| codes(&site).contains(path)));
}

#[test]
fn edited_files_are_reported_by_every_build_until_they_are_given_up() {
    for (name, file) in CATALOGUE {
        let path = format!("public/{file}");
        let site = built();
        let mut mine = site.bytes(&path);
        mine.push(b'\n');
        site.write(&path, &mine);
        assert!(codes(&site).contains(&format!("{path} edited-file")));
        assert!(states(&site).contains(&format!("{path} edited")));
        site.write(
            "markdown/gw__note-a.md",
            "# Another\n\n[b](gw__note-b.html)\n",
        );
        let run = site
            .rebuild()
            .ends(0)
            .complains(&format!("{path}: warning[edited-file]"));
        run.complains(&format!("docsite reindex --discard-hand-edits {name}"));
        assert_eq!(site.bytes(&path), mine);
        let release = ["reindex", "--discard-hand-edits", name];
        site.run(&release).ends(0).says("set aside");
        assert_eq!(site.set_aside(&path), [mine]);
        assert_eq!(findings(&site), [], "{name}");
        let clean = SiteTest::copy_of(site.root(), &["public", ".docsite"]);
        clean.rebuild().ok();
        assert_eq!(clean.output().changed(&site.output()), [""; 0], "{name}");
    }
}

#[test]
fn rebuild_and_render_give_them_up_too() {
    for command in [&["rebuild"][..], &["render", "gw__note-a"]] {
        for name in ["index", "index.html"] {
            let site = built();
            let before = site.bytes("public/index.html");
            site.edit("public/index.html", |text| text + "mine");
            let args: Vec<&str> = command
                .iter()
                .copied()
                .chain(["--discard-hand-edits", name])
                .collect();
            site.run(&args).ok();
            assert_eq!(site.bytes("public/index.html"), before, "{args:?}");
        }
    }
    let site = built();
    site.run(&["reindex", "--discard-hand-edits", "gw__note-a"])
        .ends(2);
}

#[test]
fn what_comes_with_a_page_that_is_not_built_yet_is_not_missing() {
    let site = built();
    site.write("docsite.toml", "publish = \"all\"\n");
    site.rebuild().ok();
    site.remove("public/gw__note-b.html");
    site.remove("public/gw__note-b.json");
    site.write("markdown/gw__note-c.md", "# C\n");
    assert_eq!(codes(&site), [""; 0]);
    site.rebuild().ok();
    site.remove("public/gw__note-b.json");
    assert_eq!(codes(&site), ["public/gw__note-b.json missing-file"]);
}

#[test]
fn foreign_files_are_reported_and_adopt_takes_them_over() {
    for (name, file) in CATALOGUE {
        let path = format!("public/{file}");
        let site = built();
        site.write(&path, "theirs");
        assert!(codes(&site).contains(&format!("{path} foreign-file")));
        let run = site.rebuild().ends(0).says(&format!("kept      {file}"));
        run.says("--adopt");
        site.run(&["reindex", "--adopt"]).ok();
        assert_eq!(findings(&site), [], "{name}");
    }
}

#[test]
fn what_is_not_text_or_not_a_file_is_reported_too() {
    for (name, file) in CATALOGUE {
        let path = format!("public/{file}");
        let site = built();
        site.write(&path, b"\xff\xfe");
        site.rebuild()
            .ends(0)
            .complains("edited-file")
            .complains(&format!("--discard-hand-edits {name}"));
        site.run(&["reindex", "--discard-hand-edits", name]).ok();
        assert_eq!(site.set_aside(&path), [b"\xff\xfe"]);
        assert_eq!(findings(&site), [], "{name}");
        site.remove(&path);
        site.write(&format!("{path}/x"), "x");
        site.rebuild().ends(1).complains("is a directory");
        site.run(&["reindex", "--discard-hand-edits", name])
            .ends(1)
            .complains("error[blocked-file]");
        assert_eq!(site.read(&format!("{path}/x")), "x");
    }
}

#[test]
fn edited_styles_and_data_are_set_aside_in_any_encoding() {
    for path in [
        "public/assets/docsite.css",
        "public/assets/docsite.js",
        "public/assets/docsite-copies.json",
    ] {
        let site = built();
        let own = site.bytes(path);
        site.write(path, b"\xff\xfe");
        assert!(
            codes(&site).contains(&format!("{path} edited-file")),
            "{path}"
        );
        site.rebuild().ok();
        assert_eq!(site.bytes(path), own);
        assert_eq!(site.set_aside(path), [b"\xff\xfe"]);
    }
}

#[test]
fn an_older_programs_archive_is_not_asked_for_a_catalogue() {
    let site = SiteTest::new()
        .file("docsite.toml", "output = \".\"\n")
        .doc("gw__note-a", "# A\n")
        .file("gw__note-a.html", "<p>theirs</p>")
        .file("index.html", "<p>theirs</p>");
    assert_eq!(findings(&site), []);
}
