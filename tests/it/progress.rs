//! How far a long run is, on a terminal only; and how long its stages took.
//!
//! A run is long here because another host answers late. Not here: the counters (`src/progress.rs`).

use std::fs;
use std::io::Read;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use crate::harness::SiteTest;
use crate::web::{Reply, Web};

const ASKING: &str = "asking other hosts";
/// Longer than a run that shows nothing.
const LONG: Duration = Duration::from_millis(1500);
const FOREVER: Duration = Duration::from_secs(20);

/// A site whose check ends when `is_over` says so.
fn waiting(is_over: impl Fn(Duration) -> bool + Send + Sync + 'static) -> (SiteTest, Web) {
    let web = Web::new().otherwise(move |_| {
        let begun = Instant::now();
        while !is_over(begun.elapsed()) {
            thread::sleep(Duration::from_millis(20));
        }
        Reply::ok()
    });
    let text = format!("# A\n\nSee [x]({}).\n", web.url("/"));
    (SiteTest::new().doc("gw__note-a", text), web)
}

/// Standard output, and what a terminal got as standard error, which is in `so_far` all the while.
/// The terminal is that of `script`, a program of every Debian.
fn on_a_terminal(site: &SiteTest, args: &str, so_far: &Arc<Mutex<String>>) -> (String, String) {
    let program = assert_cmd::cargo::cargo_bin!("docsite").display();
    let root = site.root().display();
    let out = site.path("../out");
    let line = format!("'{program}' --site '{root}' {args} > '{}'", out.display());
    let mut command = Command::new("script");
    command.args(["--quiet", "--command", &line, "/dev/null"]);
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut terminal = child.stdout.take().unwrap();
    let mut bytes = [0; 4096];
    while let Ok(count @ 1..) = terminal.read(&mut bytes) {
        let text = String::from_utf8_lossy(&bytes[..count]);
        so_far.lock().unwrap().push_str(&text);
    }
    child.wait().unwrap();
    let out = fs::read_to_string(out).unwrap();
    (out, so_far.lock().unwrap().clone())
}

#[test]
fn a_long_run_says_on_a_terminal_how_far_it_is_and_leaves_no_trace() {
    let so_far = Arc::new(Mutex::new(String::new()));
    let shown = Arc::clone(&so_far);
    let (site, _web) =
        waiting(move |waited| waited > FOREVER || shown.lock().unwrap().contains(ASKING));
    let (out, err) = on_a_terminal(&site, "check --external", &so_far);
    assert!(err.contains(ASKING), "{err:?}");
    assert!(!out.contains(ASKING), "{out:?}");
    let (_, after) = err.rsplit_once(ASKING).unwrap();
    let (_, report) = after.split_once("\u{1b}[2K").expect("cleared");
    assert!(report.contains("warning"), "{report:?}");
}

#[test]
fn a_long_run_is_silent_on_a_pipe() {
    let (site, _web) = waiting(|waited| waited > LONG);
    let run = site.run(&["check", "--external"]);
    assert!(!run.err.contains(ASKING) && !run.err.contains(['\r', '\u{1b}']));
    assert!(!run.out.contains(ASKING) && !run.out.contains(['\r', '\u{1b}']));
}

#[test]
fn a_long_run_that_is_to_be_quiet_is_silent_on_a_terminal() {
    let over = Arc::new(AtomicBool::new(false));
    let ended = Arc::clone(&over);
    let (site, _web) = waiting(move |waited| {
        ended.store(waited > LONG, Ordering::Relaxed);
        waited > LONG
    });
    let so_far = Arc::default();
    let (_, err) = on_a_terminal(&site, "check --external --quiet", &so_far);
    assert!(over.load(Ordering::Relaxed));
    assert!(
        !err.contains(ASKING) && !err.contains("\u{1b}[2K"),
        "{err:?}"
    );
}

fn a_site() -> SiteTest {
    SiteTest::new()
        .doc("gw__note-a", "# A\n\n```dot\ndigraph { a -> b }\n```\n")
        .doc("gw__note-b", "# B\n\n[a](gw__note-a.md)\n")
}

/// The stages with their items, of the JSON in the last line of standard error.
#[track_caller]
fn timings(err: &str) -> Vec<(String, u64)> {
    let line = err.lines().last().unwrap();
    let json: serde_json::Value = serde_json::from_str(line).unwrap();
    assert_eq!(json["version"], 1);
    let stages = json["stages"].as_array().unwrap();
    let seconds = stages
        .iter()
        .map(|stage| stage["seconds"].as_f64().unwrap());
    assert!(seconds.sum::<f64>() <= json["total"].as_f64().unwrap() + 1e-3);
    let stage = |stage: &serde_json::Value| {
        let name = stage["stage"].as_str().unwrap().to_owned();
        (name, stage["items"].as_u64().unwrap())
    };
    stages.iter().map(stage).collect()
}

#[test]
fn timings_as_json_are_one_line_with_the_stages_and_what_they_counted() {
    let site = a_site();
    let plain = site.run(&["rebuild", "--dry-run"]);
    let run = site.run(&["rebuild", "--dry-run", "--timings=json"]);
    assert_eq!(run.out, plain.out);
    let stages = timings(&site.run(&["rebuild", "--timings=json"]).err);
    let names: Vec<&str> = stages.iter().map(|(name, _)| name.as_str()).collect();
    let all = [
        "look", "discover", "parse", "resolve", "draw", "plan", "layout", "index", "render",
        "copy", "write", "save",
    ];
    assert_eq!(names, all);
    let counted: Vec<_> = stages.iter().filter(|(_, items)| *items > 0).collect();
    let expected = [("parse", 2), ("draw", 1), ("render", 2), ("copy", 2)];
    let expected = expected.map(|(name, items)| (name.to_owned(), items));
    assert_eq!(counted, expected.iter().collect::<Vec<_>>());
}

#[test]
fn timings_do_not_mix_with_what_a_command_prints_for_programs() {
    let site = a_site();
    let run = site.run(&["check", "--format", "json", "--timings=json"]);
    serde_json::from_str::<serde_json::Value>(&run.out).unwrap();
    assert!(timings(&run.err).iter().any(|(name, _)| name == "check"));
}

#[test]
fn timings_are_printed_for_people_quietly_and_after_a_failure() {
    let site = a_site();
    for args in [
        &["render", "gw__note-a", "--timings"][..],
        &["reindex", "--timings=text"],
        &["rebuild", "--quiet", "--timings"],
        &["render", "gw__note-none", "--timings"],
    ] {
        let run = site.run(args);
        let last = run.err.lines().last().unwrap();
        assert!(last.starts_with("total "), "{args:?}: {}", run.err);
        assert!(run.err.contains("\nlook "), "{args:?}: {}", run.err);
    }
    let run = SiteTest::new().run(&["rebuild", "--timings"]);
    assert_eq!(run.status, 2);
    assert!(run.err.lines().last().unwrap().starts_with("total "));
}
