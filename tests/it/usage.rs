//! Exit statuses: 0 for success, 1 for findings, 2 if docsite could not run or for wrong usage; and
//! the messages about a wrong command line.

use crate::harness::SiteTest;

fn site() -> SiteTest {
    SiteTest::new().doc("gw__note-a", "# A\n")
}

#[test]
fn a_wrong_command_line_is_one_line_and_what_to_write() {
    let cases: [(&[&str], &str); 5] = [
        (
            &["rebild"],
            "error: unrecognized subcommand 'rebild'; some similar subcommands exist: 'reindex', \
             'rebuild'\n    help: docsite [OPTIONS] <COMMAND>\n",
        ),
        (
            &["rebuild", "--foo"],
            "error: unexpected argument '--foo' found\n    help: docsite rebuild [OPTIONS]\n",
        ),
        (
            &["add", "x.md"],
            "error: the following required arguments were not provided: <BASENAME>\n    \
             help: docsite add <FILE> <BASENAME>\n",
        ),
        (
            &["check", "--format", "yml"],
            "error: invalid value 'yml' for '--format <FORMAT>' [possible values: text, json, \
             github, sarif, junit, markdown]\n    help: try '--help'\n",
        ),
        (
            &["render"],
            "error: the following required arguments were not provided: <BASENAME>...\n    \
             help: docsite render <BASENAME>...\n",
        ),
    ];
    for (args, expected) in cases {
        let run = site().run_bare(args).ends(2);
        assert_eq!((run.out.as_str(), run.err.as_str()), ("", expected));
    }
}

#[test]
fn help_and_version_are_not_mistakes() {
    for args in [
        &["--help"][..],
        &["--version"],
        &["help", "check"],
        &["add", "--help"],
    ] {
        let run = site().run_bare(args).ok();
        assert!(!run.out.is_empty(), "{args:?}");
    }
    let run = site().run_bare(&[]).ends(2);
    assert!(run.err.contains("Usage: docsite"), "{}", run.err);
}

#[test]
fn a_run_that_cannot_begin_ends_with_two_and_says_so_in_one_line() {
    let site = site();
    let nowhere = site.path("nowhere");
    let nowhere = nowhere.to_str().unwrap();
    for command in ["rebuild", "reindex", "check", "status", "diagrams"] {
        let run = site.run_bare(&["--site", nowhere, command]).ends(2);
        assert_eq!(run.err.lines().count(), 1, "{command}: {}", run.err);
        assert!(run.err.starts_with("error: "), "{command}: {}", run.err);
    }
}

#[test]
fn broken_settings_end_every_command_with_two_except_check_which_reports_them() {
    let site = site().file("docsite.toml", "titel = \"x\"\n");
    for command in ["rebuild", "reindex", "status", "diagrams"] {
        site.run(&[command])
            .ends(2)
            .complains("docsite.toml:1:1: error[settings]");
    }
    site.run(&["check"])
        .ends(1)
        .complains("docsite.toml:1:1: error[settings]");
}

#[test]
fn findings_end_with_one_and_warnings_with_none() {
    let site = site().doc("gw__note-b", "# B\n\n[x](gw__note-none.md)\n");
    site.run(&["check"]).ends(1);
    site.run(&["render", "gw__note-none"]).ends(1);
    let site = self::site();
    site.run(&["check"]).ends(0).complains("warning[orphan]");
    site.run(&["check", "--strict"]).ends(1);
    site.run(&["rebuild"]).ends(0);
}
