//! Who owns a page: the whole table of `DESIGN.md`, by every command that could write a page, with
//! every flag. The document has changed each time, so that a page that may be replaced is.

use std::fs;

use crate::harness::{Run, SiteTest};

const NAME: &str = "gw__note-a";
const PAGE: &str = "public/gw__note-a.html";
const SOURCE: &str = "markdown/gw__note-a.md";
const PLAIN: &str =
    "<!doctype html><html><head><title>x</title></head><body><p>x</p></body></html>";
const FLAGS: [&[&str]; 3] = [&[], &["--adopt"], &["--discard-hand-edits", NAME]];

/// What happens to a page: kept byte for byte, replaced, or replaced with its old bytes set aside.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Fate {
    Kept,
    Replaced,
    SetAside,
}
use Fate::{Kept, Replaced, SetAside};

/// A state, how the page of docsite's gets into it, and its fate by flag, in the order of `FLAGS`.
struct Case(&'static str, fn(&SiteTest), [Fate; 3]);

fn becomes(site: &SiteTest, change: impl FnOnce(Vec<u8>) -> Vec<u8>) {
    let bytes = change(site.bytes(PAGE));
    site.write(PAGE, bytes);
}

fn replaced(text: &str, from: &str, to: &str) -> Vec<u8> {
    assert!(text.contains(from));
    text.replacen(from, to, 1).into_bytes()
}

const HAND_MADE: [Fate; 3] = [Kept, Kept, SetAside];
const TABLE: [Case; 13] = [
    Case("generated", |_| {}, [Replaced; 3]),
    Case(
        "one byte changed",
        |site| {
            let text = site.read(PAGE);
            site.write(PAGE, replaced(&text, "first", "First"));
        },
        HAND_MADE,
    ),
    Case(
        "one byte more",
        |site| becomes(site, |bytes| [&bytes[..], b"\n"].concat()),
        HAND_MADE,
    ),
    Case(
        "one byte of its mark changed",
        |site| {
            let text = site.read(PAGE);
            let at = text.find("data-source=\"").unwrap() + 13;
            let digit = if text[at..].starts_with('0') {
                "1"
            } else {
                "0"
            };
            let text = format!("{}{digit}{}", &text[..at], &text[at + 1..]);
            site.write(PAGE, text);
        },
        HAND_MADE,
    ),
    Case(
        "its line ends changed",
        |site| site.edit(PAGE, |text| text.replace('\n', "\r\n")),
        HAND_MADE,
    ),
    Case(
        "a byte order mark before it",
        |site| site.edit(PAGE, |text| format!("\u{feff}{text}")),
        HAND_MADE,
    ),
    Case(
        "no mark, a picture",
        |site| {
            let svg = "<svg viewBox='0 0 9 9'><path d='M0 0h9'/></svg>";
            site.write(PAGE, replaced(PLAIN, "<p>x</p>", svg));
        },
        HAND_MADE,
    ),
    Case(
        "no mark, no picture",
        |site| site.write(PAGE, PLAIN),
        [Kept, SetAside, Kept],
    ),
    Case("empty", |site| site.write(PAGE, ""), [SetAside; 3]),
    Case(
        "zero bytes",
        |site| becomes(site, |bytes| vec![0; bytes.len()]),
        [SetAside; 3],
    ),
    Case(
        "not UTF-8",
        |site| site.write(PAGE, b"<p>caf\xe9</p>"),
        [Kept; 3],
    ),
    Case(
        "a symbolic link",
        |site| {
            fs::rename(site.path(PAGE), site.path("../elsewhere.html")).unwrap();
            site.link(PAGE, site.path("../elsewhere.html"));
        },
        [Kept; 3],
    ),
    Case(
        "a link to nowhere",
        |site| {
            site.remove(PAGE);
            site.link(PAGE, "nowhere.html");
        },
        [Kept; 3],
    ),
];

/// A built site whose page is in a state, and its document changed afterwards.
fn prepared(case: &Case) -> SiteTest {
    let site = SiteTest::new()
        .doc(NAME, "# A\n\nthe first text\n")
        .doc("gw__note-b", "# B\n\nother\n")
        .file("new.md", "# A\n\nthe second text\n");
    site.rebuild().ok();
    (case.1)(&site);
    site
}

/// Runs a command on a page in each state with each flag, and compares its fate with the table.
fn follows_the_table(command: impl Fn(&SiteTest, &[&str]) -> Run, kept: i32) {
    for case in &TABLE {
        for (flags, fate) in FLAGS.iter().zip(case.2) {
            let about = format!("a page that is: {}; flags {flags:?}", case.0);
            let site = prepared(case);
            let old = site.tree();
            let bytes = fs::read(site.path(PAGE)).unwrap_or_default();
            let run = command(&site, flags);
            let changed = old.changed(&site.tree());
            let replaced = changed.contains(&PAGE.to_owned());
            assert_eq!(replaced, fate != Kept, "{about}: {run:?}");
            let aside = if fate == SetAside {
                vec![bytes]
            } else {
                vec![]
            };
            assert_eq!(site.set_aside(PAGE), aside, "{about}");
            assert!(!site.path("../elsewhere.html").exists() || !replaced);
            if fate == Kept {
                assert_eq!(run.status, kept, "{about}: {run:?}");
                let said = run.out + &run.err;
                assert!(said.contains("gw__note-a.html"), "{about}: {said}");
            } else {
                assert_eq!(run.status, 0, "{about}: {}", run.err);
                assert!(site.read(PAGE).contains("second text"), "{about}");
            }
        }
    }
}

fn with(command: &'static [&str]) -> impl Fn(&SiteTest, &[&str]) -> Run {
    move |site, flags| {
        let args: Vec<&str> = command.iter().chain(flags).copied().collect();
        site.run(&args)
    }
}

#[test]
fn rebuild_follows_the_table() {
    let rebuild = with(&["rebuild"]);
    follows_the_table(
        |site, flags| {
            site.write(SOURCE, "# A\n\nthe second text\n");
            rebuild(site, flags)
        },
        0,
    );
}

#[test]
fn render_follows_the_table_and_fails_where_it_keeps() {
    let render = with(&["render", NAME]);
    follows_the_table(
        |site, flags| {
            site.write(SOURCE, "# A\n\nthe second text\n");
            render(site, flags)
        },
        1,
    );
}

#[test]
fn add_follows_the_table_and_changes_nothing_where_it_keeps() {
    let add = with(&["add", "new.md", NAME, "--replace"]);
    follows_the_table(
        |site, flags| {
            let before = site.tree();
            let mut args = vec!["--site", "."];
            args.extend(["add", "new.md", NAME, "--replace"]);
            args.extend(flags);
            let run = site.run_bare(&args);
            if run.status != 0 {
                assert_eq!(before.touched(&site.tree()), [""; 0]);
            }
            run
        },
        2,
    );
    // The file is found from the current folder, not from the site.
    let site = prepared(&TABLE[0]);
    let elsewhere = site.path("..");
    fs::rename(site.path("new.md"), elsewhere.join("new.md")).unwrap();
    assert_eq!(add(&site, &[]).status, 2);
}

#[test]
fn reindex_leaves_every_page_alone() {
    for case in &TABLE {
        for flags in [&["reindex"][..], &["reindex", "--adopt"]] {
            let site = prepared(case);
            site.write(SOURCE, "# A\n\nthe second text\n");
            let before = site.tree();
            let run = site.run(flags).ends(0);
            let touched = before.touched(&site.tree());
            assert!(!touched.contains(&PAGE.to_owned()), "{}: {run:?}", case.0);
            assert!(site.set_aside(PAGE).is_empty());
        }
    }
}

#[test]
fn a_dry_run_promises_what_a_rebuild_does_and_writes_nothing() {
    for case in &TABLE {
        for (flags, fate) in FLAGS.iter().zip(case.2) {
            let site = prepared(case);
            site.write(SOURCE, "# A\n\nthe second text\n");
            let args: Vec<&str> = ["rebuild", "--dry-run"]
                .iter()
                .chain(*flags)
                .copied()
                .collect();
            let run = site.writes_nothing(&args).ends(0);
            let line = run
                .out
                .lines()
                .find(|line| line.contains("gw__note-a.html"));
            let verb = if fate == Kept { "kept" } else { "write" };
            let line = line.unwrap_or_default();
            assert!(line.starts_with(verb), "{} {flags:?}: {line}", case.0);
            assert!(line.contains('('), "a reason: {line}");
        }
    }
}
