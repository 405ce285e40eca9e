//! Completions in the shells that use them: each script is loaded by its shell, which is asked what
//! it offers after some words.
//!
//! A shell that is missing leaves its tests ignored and counted. Not here: elvish and PowerShell,
//! whose scripts are only looked at.

#![allow(
    clippy::expect_used,
    reason = "a test that cannot go on says why and ends"
)]

use std::collections::BTreeSet;
use std::fs;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use trial::{Need, Test, tests};

#[path = "needs/trial.rs"]
mod trial;

const BASH: &[Test] = tests![bash_completes_subcommands_options_and_values,];
const ZSH: &[Test] = tests![zsh_completes_subcommands_options_and_values,];
const FISH: &[Test] = tests![fish_completes_subcommands_options_and_values,];
const OTHERS: &[Test] = tests![the_other_shells_have_a_script_too,];

/// Words that were typed, what must be offered for the last one, and what must not.
const CASES: [(&str, &[&str], &str); 7] = [
    ("docsite re", &["rebuild", "reindex", "render"], "check"),
    ("docsite d", &["deprecate", "diagrams"], "draw-worker"),
    ("docsite rebuild --dr", &["--dry-run"], "--all"),
    ("docsite check --format s", &["sarif"], "json"),
    ("docsite render a-f", &[], "a-file"),
    ("docsite flow add x --after a-f", &[], "a-file"),
    ("docsite add a-f", &["a-file"], "check"),
];

fn main() {
    let groups = [("bash", BASH), ("zsh", ZSH), ("fish", FISH)].map(|(name, tests)| {
        let is_met = Command::new(name).arg("--version").output().is_ok();
        (tests, Need { name, is_met })
    });
    let mut groups: Vec<(&[Test], &[Need])> = groups
        .iter()
        .map(|(tests, need)| (*tests, std::slice::from_ref(need)))
        .collect();
    groups.push((OTHERS, &[]));
    trial::run(&groups).exit();
}

fn script(shell: &str) -> String {
    let run = Command::new(env!("CARGO_BIN_EXE_docsite"))
        .args(["completions", shell])
        .output()
        .expect("docsite runs");
    assert!(run.status.success(), "{run:?}");
    String::from_utf8(run.stdout).expect("text")
}

/// A folder with the script in a file of this name.
fn folder(shell: &str, file: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join(file), script(shell)).expect("written");
    fs::write(folder.path().join("a-file"), "").expect("written");
    folder
}

/// What a shell prints that runs `code` in a folder of its own, with the typed words as `$1`.
fn offered(shell: &[&str], code: &str, folder: &TempDir, typed: &str) -> BTreeSet<String> {
    let run = Command::new(shell[0])
        .args(&shell[1..])
        .args(["-c", code])
        .args((shell[0] != "fish").then_some(shell[0]))
        .arg(typed)
        .current_dir(folder.path())
        .env("HOME", folder.path())
        .env("TERM", "dumb")
        .stdin(Stdio::null())
        .output()
        .expect("the shell runs");
    let out = String::from_utf8_lossy(&run.stdout);
    let words = out.split(|c: char| c.is_whitespace() || c == '\r');
    let words = words.map(str::to_owned).collect();
    assert!(run.stderr.is_empty(), "{run:?}");
    words
}

fn completes(shell: &[&str], code: &str, file: &str) {
    let folder = folder(shell[0], file);
    for (typed, expected, not) in CASES {
        let offered = offered(shell, code, &folder, typed);
        // Where the script offers nothing, bash offers files by itself.
        let is_of_bash = shell[0] == "bash" && *expected == ["a-file"];
        for word in expected.iter().filter(|_| !is_of_bash) {
            assert!(offered.contains(*word), "{typed}: {offered:?}");
        }
        assert!(!offered.contains(not), "{typed}: {offered:?}");
    }
}

fn bash_completes_subcommands_options_and_values() {
    let code = r#"
        . ./docsite.bash
        compopt() { :; }
        read -ra COMP_WORDS <<<"$1"
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _docsite docsite "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
        printf '%s\n' "${COMPREPLY[@]}"
    "#;
    completes(&["bash", "--norc"], code, "docsite.bash");
}

/// zsh completes in its line editor only, so a second one gets a terminal, in which Tab is pressed. What
/// is offered goes to a file, free of what the terminal shows.
fn zsh_completes_subcommands_options_and_values() {
    let code = r#"
        zmodload zsh/zpty
        zpty shell zsh -f -i
        zpty -w shell 'PROMPT=; unsetopt zle_bracketed_paste; fpath=($PWD $fpath)'
        zpty -w shell 'autoload -Uz compinit && compinit -u -D'
        zpty -w shell 'compadd() {
            local -a found
            if [[ " $*" != *" -"[OAD]" "* ]] {
                builtin compadd -A found "$@"
                print -rl -- $found >>offered
            }
            builtin compadd "$@"
        }'
        zpty -w shell 'list() { _main_complete; print done >>offered; exit }'
        zpty -w shell 'zle -C list complete-word list; bindkey "^I" list'
        zpty -w -n shell "$1"$'\t'
        repeat 300 {
            [[ -e offered && $(tail -n 1 offered) == done ]] && break
            sleep 0.1
        }
        zpty -d shell
        cat offered
        rm offered
    "#;
    completes(&["zsh", "-f"], code, "_docsite");
}

fn fish_completes_subcommands_options_and_values() {
    let code = "source ./docsite.fish; complete -C $argv[1]";
    completes(&["fish", "--no-config"], code, "docsite.fish");
}

fn the_other_shells_have_a_script_too() {
    for shell in ["elvish", "powershell"] {
        let script = script(shell);
        assert!(script.contains("rebuild") && script.contains("--dry-run"));
        assert!(!script.contains("draw-worker"));
    }
}
