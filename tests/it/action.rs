//! The steps of `action.yml`, as a runner runs them: `.ci/action` with inputs in variables.
//!
//! Not here: a download from a release, which needs one.

use std::path::Path;
use std::process::Command;

use crate::harness::{Run, SiteTest};

fn step(site: &SiteTest, step: &str, inputs: &[(&str, &str)]) -> Run {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let program = Path::new(env!("CARGO_BIN_EXE_docsite"));
    let before = std::env::var("PATH").unwrap();
    let path = format!("{}:{before}", program.parent().unwrap().display());
    let run = Command::new("bash")
        .arg(root.join(".ci/action"))
        .arg(step)
        .envs(inputs.iter().copied())
        .env("PATH", path)
        .current_dir(site.root().parent().unwrap())
        .output()
        .unwrap();
    Run {
        status: run.status.code().unwrap(),
        out: String::from_utf8(run.stdout).unwrap(),
        err: String::from_utf8(run.stderr).unwrap(),
    }
}

const SITE: (&str, &str) = ("INPUT_SITE", "site");

#[test]
fn the_check_shows_findings_at_their_lines_and_fails_on_errors() {
    let site = SiteTest::new().doc("gw__note-a", "# A\n\n[x](gw__note-gone.md)\n");
    let run = step(&site, "check", &[SITE]).ends(1);
    assert!(run.out.contains("::error file="), "{run:?}");
    let text = [SITE, ("INPUT_FORMAT", "text")];
    step(&site, "check", &text)
        .ends(1)
        .complains("error[broken-document]");
}

#[test]
fn warnings_fail_the_check_only_if_it_is_strict() {
    let site = SiteTest::new().doc("gw__note-a", "# A\n");
    step(&site, "check", &[SITE]).ends(0);
    step(&site, "check", &[SITE, ("INPUT_STRICT", "true")]).ends(1);
    step(&site, "check", &[SITE, ("INPUT_STRICT", "false")]).ends(0);
}

#[test]
fn an_input_is_never_a_part_of_a_command() {
    let site = SiteTest::new().doc("gw__note-a", "# A\n");
    let evil = [SITE, ("INPUT_BASE", "main; touch evil $(touch evil)")];
    step(&site, "check", &evil).ends(2);
    let release = [
        ("INPUT_VERSION", "../../evil"),
        ("RUNNER_TEMP", "temp"),
        ("GITHUB_PATH", "path"),
    ];
    step(&site, "install", &release)
        .ends(2)
        .complains("version is a release");
    assert!(!site.path("../evil").exists() && !site.path("../temp").exists());
}

#[test]
fn the_build_makes_the_site() {
    let site = SiteTest::new().doc("gw__note-a", "# A\n");
    step(&site, "build", &[SITE]).ends(0);
    assert!(site.has("public/gw__note-a.html"));
}

/// A release that `.ci/dist` would make, for this machine, is found, checked and unpacked.
#[test]
fn a_release_is_unpacked_only_if_its_sum_is_right() {
    let site = SiteTest::new();
    let code = r#"
        target=$(uname -m)-unknown-linux-musl
        name=docsite-1.2.3-$target
        mkdir -p releases/v1.2.3 "$name"
        echo program >"$name/docsite"
        tar -czf "releases/v1.2.3/$name.tar.gz" "$name"
        rm -r "$name"
        cd releases/v1.2.3
        sha256sum "$name.tar.gz" >"$name.tar.gz.sha256"
    "#;
    let parent = site.root().parent().unwrap();
    let made = Command::new("bash")
        .args(["-ec", code])
        .current_dir(parent)
        .status()
        .unwrap();
    assert!(made.success());
    let from = format!("file://{}/releases", parent.display());
    let (temp, path) = (parent.join("temp"), parent.join("path"));
    let inputs = [
        ("INPUT_VERSION", "1.2.3"),
        ("INPUT_RELEASES", &from),
        ("RUNNER_TEMP", temp.to_str().unwrap()),
        ("GITHUB_PATH", path.to_str().unwrap()),
    ];
    step(&site, "install", &inputs).ends(0);
    let folder = std::fs::read_to_string(&path).unwrap();
    let program = Path::new(folder.trim_end()).join("docsite");
    assert_eq!(std::fs::read_to_string(program).unwrap(), "program\n");
    for entry in std::fs::read_dir(parent.join("releases/v1.2.3")).unwrap() {
        let file = entry.unwrap().path();
        if file.extension().is_some_and(|ending| ending == "gz") {
            std::fs::write(file, "other bytes").unwrap();
        }
    }
    std::fs::remove_file(&path).unwrap();
    assert_ne!(step(&site, "install", &inputs).status, 0);
    assert!(!path.exists());
}
