//! The parts of the manual that the program knows better: codes, languages, options, the names of
//! settings, and the files that `init` writes. With `UPDATE_MANUAL` set they are written instead of
//! compared.
//!
//! Not here: whether what a page shows is what happens (`manual`).

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use docsite::markdown::highlight::LANGUAGES;
use docsite::model::settings::{EXTERNAL_KEYS, KEYS, LABEL_KEYS};
use docsite::rule::{Cause, Rule};

use crate::harness::SiteTest;
use crate::manual::root;

/// Compares a file with what it must be, or writes it.
fn hold(path: PathBuf, expected: &str) {
    if std::env::var_os("UPDATE_MANUAL").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, expected).unwrap();
        return;
    }
    let is = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        is == expected,
        "{} is not what the program knows; `UPDATE_MANUAL=1 cargo test --test it -- manual` writes it",
        path.display()
    );
}

/// Holds one generated part of a page.
fn hold_part(page: &str, part: &str, text: &str) {
    let path = root().join(format!("docs/markdown/{page}.md"));
    let page = fs::read_to_string(&path).unwrap();
    let mark = format!("<!-- generated: {part} -->\n");
    let start = page.find(&mark).expect("the page has the part's mark") + mark.len();
    let end = start + page[start..].find("<!-- end of generated -->").unwrap();
    let expected = format!("{}\n{text}\n{}", &page[..start], &page[end..]);
    hold(path, &expected);
}

#[test]
fn the_manual_lists_every_code_with_its_level() {
    let rules = Rule::ALL.iter().map(|rule| {
        let (code, level, about) = (rule.code(), rule.level().word(), rule.about());
        format!("| `{code}` | {level} | {about} |\n")
    });
    let causes = Cause::ALL
        .iter()
        .map(|cause| format!("| `{}` | {} |\n", cause.code(), cause.about()));
    let head = "| code | level | finds |\n|---|---|---|\n".to_owned();
    hold_part(
        "ref__ref-codes",
        "rules",
        &(head + &rules.collect::<String>()),
    );
    let head = "| code | reason |\n|---|---|\n".to_owned();
    hold_part(
        "ref__ref-codes",
        "causes",
        &(head + &causes.collect::<String>()),
    );
}

#[test]
fn the_manual_lists_every_language() {
    let rows = LANGUAGES.iter().map(|(language, others)| {
        let others: Vec<String> = others.iter().map(|name| format!("`{name}`")).collect();
        format!("| `{language}` | {} |\n", others.join(", "))
    });
    let head = "| language | also |\n|---|---|\n".to_owned();
    hold_part(
        "write__ref-markdown",
        "languages",
        &(head + &rows.collect::<String>()),
    );
}

/// The commands of a help text, without `help` itself.
fn subcommands(help: &str) -> Vec<String> {
    let Some((_, list)) = help.split_once("Commands:\n") else {
        return Vec::new();
    };
    let lines = list.lines().take_while(|line| !line.is_empty());
    lines
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect()
}

/// What a command's help says, without the options that all commands have.
fn described(site: &SiteTest, command: &[&str], text: &mut String) {
    let words: Vec<&str> = command.iter().copied().chain(["-h"]).collect();
    let narrow = [("COLUMNS", "82")];
    let help = site.run_with(site.root(), &words, &narrow).ok().out;
    let common = ["--site", "--quiet", "--timings", "--help", "--version"];
    let mut is_common = false;
    let lines = help.lines().filter(|line| {
        if !line.starts_with(&" ".repeat(10)) {
            let flag = line.split_whitespace().find(|word| !word.ends_with(','));
            is_common = flag.is_some_and(|flag| common.iter().any(|it| flag.starts_with(it)));
        }
        !is_common
    });
    let shown = lines.collect::<Vec<_>>().join("\n");
    let shown = shown.trim_end().trim_end_matches("Options:").trim_end();
    let level = if command.len() > 1 { "###" } else { "##" };
    let name = command.join(" ");
    text.push_str(&format!(
        "{level} {name}\n\n```text title=\"docsite {name} -h\"\n{shown}\n```\n\n"
    ));
    for name in subcommands(&help) {
        described(site, &[command, &[name.as_str()]].concat(), text);
    }
}

#[test]
fn the_manual_lists_every_option() {
    let site = SiteTest::new();
    let mut text = String::new();
    for name in subcommands(&site.run_bare(&["-h"]).ok().out) {
        described(&site, &[&name], &mut text);
    }
    hold_part("ref__ref-options", "options", text.trim_end_matches('\n'));
}

/// The keys in the first column of the table under a heading, or of the first table of a page.
fn keys_under(page: &str, head: &str) -> BTreeSet<String> {
    let (_, section) = page.split_once(head).unwrap();
    let rows = section.lines().skip_while(|line| !line.starts_with('|'));
    let rows = rows.take_while(|line| line.starts_with('|')).skip(2);
    let first = rows.map(|row| row.split('|').nth(1).unwrap());
    let spans = first.flat_map(|cell| cell.split('`').skip(1).step_by(2));
    let word = |c: char| c.is_ascii_lowercase() || c == '_';
    spans
        .filter_map(|span| span.split(|c| !word(c)).find(|key| !key.is_empty()))
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_manual_lists_every_setting() {
    let page = fs::read_to_string(root().join("docs/markdown/ref__ref-settings.md")).unwrap();
    let listed = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect();
    for (head, keys) in [
        ("# Settings", KEYS.as_slice()),
        ("## A topic or a type", &LABEL_KEYS),
        ("## check.external", &EXTERNAL_KEYS),
    ] {
        let known: BTreeSet<String> = listed(keys);
        assert_eq!(keys_under(&page, head), known, "{head}");
    }
}

#[test]
fn the_attachments_of_the_manual_are_what_init_writes() {
    let site = SiteTest::new();
    let from = "https://example.com/notes/docsite#v0.1.0";
    site.run_bare(&["init", "--docsite-from", from]).ok();
    site.run_bare(&["init", "--deploy", "github", "--docsite-from", from])
        .ok();
    site.run_bare(&["init", "--deploy", "cloudflare"]).ok();
    for (written, shown) in [
        ("Caddyfile", "caddy/Caddyfile"),
        (".github/workflows/docsite.yml", "workflows/docsite.yml"),
        (".github/workflows/pages.yml", "workflows/pages.yml"),
        ("_headers", "cloudflare/_headers"),
    ] {
        hold(
            root().join("docs/attachment").join(shown),
            &site.read(written),
        );
    }
}
