//! Output that cannot be written is exit status 2 and one line on standard error, for every
//! command; a closed pipe is not an error.

#![cfg(target_os = "linux")]

use std::fs::OpenOptions;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::harness::SiteTest;

fn site() -> SiteTest {
    let site = SiteTest::new()
        .doc("gw__note-a", "# A\n\n```dot\ndigraph { a -> b }\n```\n")
        .file("new.md", "# New\n");
    site.rebuild().ok();
    site
}

fn docsite(site: &SiteTest, args: &[&str]) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("docsite"));
    command.current_dir(site.root()).args(args);
    command
}

const COMMANDS: [&[&str]; 20] = [
    &["--help"],
    &["--version"],
    &["add", "new.md", "gw__note-new"],
    &["render", "gw__note-a"],
    &["rebuild"],
    &["rebuild", "--dry-run"],
    &["reindex"],
    &["check"],
    &["check", "--format", "json"],
    &["check", "--format", "sarif"],
    &["check", "--format", "junit"],
    &["check", "--format", "markdown"],
    &["status"],
    &["status", "--json"],
    &["diagrams"],
    &["diagrams", "--json"],
    &["diagrams", "style"],
    &["diagrams", "show", "gw__note-a", "1", "--svg"],
    &["schema", "flow"],
    &["init", "elsewhere"],
];

#[test]
fn a_full_disk_under_the_output_is_exit_status_2_and_one_line() {
    for args in COMMANDS {
        let site = site();
        let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = docsite(&site, args).stdout(full).output().unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}: {err}");
        let lines: Vec<&str> = err
            .lines()
            .filter(|line| line.starts_with("error: "))
            .collect();
        assert_eq!(lines.len(), 1, "{args:?}: {err}");
        assert!(
            lines[0].contains("cannot be written: No space left"),
            "{args:?}: {err}"
        );
    }
}

#[test]
fn diagnostics_that_cannot_be_written_are_exit_status_2_too() {
    let site = site();
    site.write("markdown/gw__note-a.md", "# A\n\n[b](gw__note-b.html)\n");
    let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
    let status = docsite(&site, &["check"])
        .stderr(full)
        .stdout(Stdio::null())
        .status();
    assert_eq!(status.unwrap().code(), Some(2));
}

#[test]
fn a_closed_pipe_is_not_an_error() {
    for args in COMMANDS {
        let site = site();
        let mut child = docsite(&site, args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(0), "{args:?}: {err}");
        assert!(
            !err.contains("error") && !err.contains("panic"),
            "{args:?}: {err}"
        );
    }
}

#[test]
fn the_head_of_a_long_output_is_read_and_the_rest_left() {
    let site = site();
    let links = "[x](gw__note-none.html)\n\n".repeat(20_000);
    site.write("markdown/gw__note-a.md", format!("# A\n\n{links}"));
    let mut child = docsite(&site, &["check", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    let mut pipe = BufReader::with_capacity(16, child.stdout.take().unwrap());
    pipe.read_line(&mut first).unwrap();
    drop(pipe);
    let output = child.wait_with_output().unwrap();
    assert_eq!(first, "{\n");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}
