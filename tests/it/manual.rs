//! The READMEs and the manual show what happens: each block of `console` is run by bash with the
//! real program, in the order of the page, and prints what the page says.
//!
//! A page has a home folder of its own, filled from `tests/manual/`. `<!-- before: COMMANDS -->` in
//! its source runs commands that readers need not see. `…` stands for anything, alone on its line for
//! any number of lines. A block that cannot be run says why: `not-run="…"`. Not here: the parts of
//! pages that tests write (`manual_parts`).

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::harness::SiteTest;

/// Ends the output of a command, before its status.
const END: char = '\u{1e}';

/// A command, and what the page says that it prints; nothing for one that readers do not see.
struct Step {
    line: usize,
    command: String,
    expected: Option<Vec<String>>,
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The READMEs and every page, sorted.
fn pages() -> Vec<PathBuf> {
    let folder = fs::read_dir(root().join("docs/markdown")).unwrap();
    let mut pages: Vec<PathBuf> = folder.map(|entry| entry.unwrap().path()).collect();
    pages.sort();
    pages.extend(["README.md", "README.ko.md"].map(|name| root().join(name)));
    pages.retain(|page| page.exists());
    pages
}

/// The language and the rest of a line that opens a fence, and its signs.
fn fence(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start();
    let signs = line.len() - line.trim_start_matches('`').len();
    (signs >= 3).then(|| line.split_at(signs))
}

/// What a page runs, in its order; and the lines of blocks without an output or a reason.
fn steps(text: &str) -> (Vec<Step>, Vec<usize>) {
    let (mut steps, mut wrong) = (Vec::<Step>::new(), Vec::new());
    let mut open: Option<(&str, bool)> = None;
    for (at, line) in text.lines().enumerate() {
        let line_number = at + 1;
        match (open, fence(line)) {
            (None, Some((signs, info))) => {
                let is_console = info.split(' ').next() == Some("console");
                let reason = info.split_once("not-run=\"");
                let is_run = is_console && reason.is_none();
                if reason.is_some_and(|(_, reason)| reason.find('"').is_none_or(|end| end < 5)) {
                    wrong.push(line_number);
                }
                open = Some((signs, is_run));
            }
            (Some((signs, _)), Some((end, ""))) if end.len() >= signs.len() => open = None,
            (Some((_, true)), _) => match (line.strip_prefix("$ "), steps.last_mut()) {
                (Some(command), _) => steps.push(Step {
                    line: line_number,
                    command: command.to_owned(),
                    expected: Some(Vec::new()),
                }),
                (None, Some(Step { command, .. })) if command.ends_with('\\') => {
                    command.push('\n');
                    command.push_str(line);
                }
                (None, Some(step)) => step.expected.get_or_insert_default().push(line.to_owned()),
                (None, None) => wrong.push(line_number),
            },
            (None, None) => {
                let hidden = line.strip_prefix("<!-- before: ");
                steps.extend(
                    hidden
                        .and_then(|line| line.strip_suffix(" -->"))
                        .map(|command| Step {
                            line: line_number,
                            command: command.to_owned(),
                            expected: None,
                        }),
                );
            }
            (Some(_), _) => {}
        }
    }
    (steps, wrong)
}

/// Both streams and the status of each command, run one after the other in one shell.
fn run(steps: &[Step], home: &Path) -> Vec<(String, i32)> {
    let mut script = String::from("exec 2>&1\n");
    for step in steps {
        script.push_str(&format!(
            "{{ {}\n}}\nprintf '\\n{END}%s\\n' $?\n",
            step.command
        ));
    }
    let program = assert_cmd::cargo::cargo_bin!("docsite").parent().unwrap();
    let path = std::env::var("PATH").unwrap();
    let shell = Command::new("bash")
        .args(["-c", &script])
        .current_dir(home)
        .env("HOME", home)
        .env("PATH", format!("{}:{path}", program.display()))
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = String::from_utf8(shell.stdout).unwrap();
    let mut outputs = Vec::new();
    let mut rest = text.as_str();
    while let Some((output, after)) = rest.split_once(END) {
        let (status, after) = after.split_once('\n').unwrap();
        outputs.push((output.trim_end().to_owned(), status.parse().unwrap()));
        rest = after;
    }
    outputs
}

/// A time of day is another one in each run.
fn without_times(line: &str) -> String {
    let words = line.split(' ').map(|word| {
        let shape: String = word
            .chars()
            .map(|c| if c.is_ascii_digit() { '0' } else { c })
            .collect();
        if shape.starts_with("0000-00-00T00:00:00Z") || shape.starts_with("(as") {
            shape
        } else {
            word.to_owned()
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Whether a line is what the page shows; `…` in it stands for anything.
fn fits(shown: &str, line: &str) -> bool {
    let (shown, line) = (without_times(shown), without_times(line));
    let mut parts = shown.trim_end().split('…');
    let Some(mut rest) = line
        .trim_end()
        .strip_prefix(parts.next().unwrap_or_default())
    else {
        return false;
    };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else {
        return rest.is_empty();
    };
    for part in middle {
        let Some((_, after)) = rest.split_once(part) else {
            return false;
        };
        rest = after;
    }
    rest.ends_with(last)
}

/// Whether lines are what the page shows; `…` alone stands for any number of them.
fn all_fit(shown: &[String], lines: &[&str]) -> bool {
    match shown.split_first() {
        None => lines.is_empty(),
        Some((first, more)) if first == "…" => {
            (0..=lines.len()).any(|skipped| all_fit(more, &lines[skipped..]))
        }
        Some((first, more)) => lines
            .split_first()
            .is_some_and(|(line, rest)| fits(first, line) && all_fit(more, rest)),
    }
}

/// What is wrong with the blocks of a page.
fn differences(page: &Path) -> Vec<String> {
    let name = page.strip_prefix(root()).unwrap().display();
    let (steps, wrong) = steps(&fs::read_to_string(page).unwrap());
    let mut problems: Vec<String> = wrong
        .iter()
        .map(|line| format!("{name}:{line}: not a command, or not run without a reason"))
        .collect();
    if steps.is_empty() {
        return problems;
    }
    let home = SiteTest::copy_of(&root().join("tests/manual"), &[]);
    let outputs = run(&steps, home.root());
    if outputs.len() != steps.len() {
        problems.push(format!("{name}: the shell ended early: {outputs:?}"));
    }
    for (step, (output, status)) in steps.iter().zip(&outputs) {
        let lines: Vec<&str> = output.lines().collect();
        let is_right = match &step.expected {
            Some(shown) => all_fit(shown, &lines),
            None => *status == 0,
        };
        if !is_right {
            let (line, command) = (step.line, &step.command);
            problems.push(format!("{name}:{line}: $ {command}\n{output}\n({status})"));
        }
    }
    problems
}

#[test]
fn every_console_block_of_the_manual_prints_what_it_shows() {
    let pages = pages();
    let problems: Vec<String> = std::thread::scope(|scope| {
        let runs: Vec<_> = pages
            .iter()
            .map(|page| scope.spawn(|| differences(page)))
            .collect();
        runs.into_iter()
            .flat_map(|run| run.join().unwrap())
            .collect()
    });
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
}

#[test]
fn what_a_page_does_not_show_is_found() {
    let page = "<!-- before: cd / -->\n```console\n$ pwd\n/\n$ printf 'a\\nb\\nc\\n'\na\n…\n$ true\n```\n\
        ````markdown\n```console\n$ false\n```\n````\n```console not-run=\"\"\n$ x\n```\n";
    let (steps, wrong) = steps(page);
    assert_eq!(wrong, [15]);
    let commands: Vec<&str> = steps.iter().map(|step| step.command.as_str()).collect();
    assert_eq!(commands, ["cd /", "pwd", "printf 'a\\nb\\nc\\n'", "true"]);
    let outputs = run(&steps, Path::new("/"));
    assert_eq!(outputs[1], ("/".to_owned(), 0));
    assert_eq!(outputs[2], ("a\nb\nc".to_owned(), 0));
    let shown = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    assert!(all_fit(&shown("a\n…\nc"), &["a", "b", "c"]));
    assert!(!all_fit(&shown("a\n…\nd"), &["a", "b", "c"]));
    assert!(!all_fit(&shown("a\nb"), &["a", "b", "c"]));
    assert!(fits(
        "x  2026-11-29T14:26:36Z  … kB",
        "x  2026-12-01T00:00:00Z  12 kB"
    ));
    assert!(!fits("x  … kB", "x  12 B"));
}
