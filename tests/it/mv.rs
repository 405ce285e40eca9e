//! `mv`: documents, headings, topics and types get other names, everything that names them follows,
//! and the inverse restores every byte.
//!
//! Not here: how several files change as one (`disk::transaction`).

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use docsite::commands::check::{self, Check};
use docsite::commands::mv::{self, Mv};
use docsite::edit::Prefix;
use docsite::progress::Progress;

use crate::harness::SiteTest;
use crate::tree::Tree;

/// Two documents that name each other in every form.
fn site() -> SiteTest {
    SiteTest::new()
        .file(
            "docsite.toml",
            "language = \"en\" # kept\nwikilinks = \"link\"\n\n[[topics]]\nprefix = 'gw'\nname = \"Gateway\"\n\n\
             [redirects]\n\"old/x.html\" = \"gw__note-a#two-words\"\n",
        )
        .file(
            "flow.json",
            "{\"stages\":[ {\"title\":\"0\", \"why\":\"w\",\n\t\"docs\":[\"gw__note-a.md\",{\"doc\":\"gw__note-b\"}]} ]}",
        )
        .file("attachment/x.yaml", "# see gw__note-a\n")
        .doc(
            "gw__note-a",
            "# First\n\nSee [b](gw__note-b.html).\n\n## Two words\n\n[here](#two-words) [[#Two words]]\n",
        )
        .doc(
            "gw__note-b",
            "---\r\nsuperseded_by: 'gw__note-a' # soon\r\n---\r\n# Second\r\n\r\n\
             [1](gw__note-a.html#two-words) [2](./gw__note-a.md) [3](../markdown/gw__note-a.md)\r\n\
             <a href='gw__note-a.html'>4</a> [5][r] [[gw__note-a]] [[First]] [[gw__note-a#Two words|6]]\r\n\r\n\
             | a | b |\r\n|---|---|\r\n| [[gw__note-a\\|7]] | `gw__note-a.html` |\r\n\r\n\
             [r]: <gw__note-a.html> 'T'\r\n",
        )
}

fn run(site: &SiteTest, args: &[&str]) -> String {
    site.run(args).ends(0).out
}

#[test]
fn everything_that_names_a_document_follows_it_and_nothing_else_changes() {
    let site = site();
    run(&site, &["rebuild"]);
    let out = run(&site, &["mv", "gw__note-a", "net__guide-z"]);
    assert!(
        out.contains("moved     markdown/gw__note-a.md -> markdown/net__guide-z.md"),
        "{out}"
    );
    assert!(
        out.contains("note      attachment/x.yaml:1: names `gw__note-a`"),
        "{out}"
    );
    assert_eq!(
        site.read("markdown/gw__note-b.md"),
        "---\r\nsuperseded_by: 'net__guide-z' # soon\r\n---\r\n# Second\r\n\r\n\
         [1](net__guide-z.html#two-words) [2](./net__guide-z.md) [3](../markdown/net__guide-z.md)\r\n\
         <a href='net__guide-z.html'>4</a> [5][r] [[net__guide-z]] [[First]] [[net__guide-z#Two words|6]]\r\n\r\n\
         | a | b |\r\n|---|---|\r\n| [[net__guide-z\\|7]] | `gw__note-a.html` |\r\n\r\n\
         [r]: <net__guide-z.html> 'T'\r\n"
    );
    assert!(
        site.read("flow.json")
            .contains("\t\"docs\":[\"net__guide-z.md\",{\"doc\":\"gw__note-b\"}]} ]}")
    );
    assert!(
        site.read("docsite.toml")
            .contains("language = \"en\" # kept")
    );
    assert!(
        site.read("docsite.toml")
            .contains("\"old/x.html\" = \"net__guide-z#two-words\"")
    );
    assert!(
        site.read("markdown/net__guide-z.md")
            .starts_with("---\naliases: [gw__note-a]\n---\n# First\n")
    );
    assert!(
        site.read("public/gw__note-a.html")
            .contains("net__guide-z.html")
    );
    assert!(!site.has("markdown/gw__note-a.md"));
    site.run(&["check"]).ends(0);
    let clean = site.output();
    site.remove("public");
    run(&site, &["rebuild"]);
    assert_eq!(bytes(&clean), bytes(&site.output()));
}

fn bytes(tree: &Tree) -> BTreeMap<String, Vec<u8>> {
    let files = tree.files();
    files
        .map(|(path, bytes)| (path.to_owned(), bytes.to_vec()))
        .collect()
}

#[test]
fn a_dry_run_shows_the_changes_and_writes_nothing() {
    let site = site();
    run(&site, &["rebuild"]);
    let run = site.writes_nothing(&["mv", "gw__note-a", "gw__note-c", "--dry-run"]);
    let shown = run.ends(0).out;
    assert!(
        shown.contains(
            "-\"old/x.html\" = \"gw__note-a#two-words\"\n+\"old/x.html\" = \"gw__note-c#two-words\""
        ),
        "{shown}"
    );
    assert!(
        shown.contains("rename from markdown/gw__note-a.md\nrename to markdown/gw__note-c.md"),
        "{shown}"
    );
}

#[test]
fn programs_get_the_plan_as_json() {
    let site = site();
    let run = site
        .run(&["mv", "gw__note-a", "gw__note-c", "-n", "--json"])
        .ok();
    let plan: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(plan["done"], false);
    let moved = plan["files"].as_array().unwrap().iter();
    let moved: Vec<_> = moved.filter(|file| file["from"] != file["to"]).collect();
    assert_eq!(moved[0]["to"], "markdown/gw__note-c.md");
    assert_eq!(plan["notes"][0]["line"], 1);
}

#[test]
fn several_are_shown_first_and_wait_for_a_yes() {
    let site = site();
    let run = site.writes_nothing(&["mv", "gw__note-*", "net__memo-*"]);
    run.ends(2)
        .says("move      markdown/gw__note-b.md -> markdown/net__memo-b.md")
        .complains("`--yes` carries it out");
    site.run(&["mv", "gw__note-*", "net__memo-*", "--yes"])
        .ends(0);
    assert!(site.has("markdown/net__memo-a.md") && site.has("markdown/net__memo-b.md"));
    assert!(
        site.read("markdown/net__memo-a.md")
            .contains("[b](net__memo-b.html)")
    );
}

#[test]
fn a_topic_and_a_type_change_in_the_settings_too() {
    let site = site();
    let run = site.run(&["mv", "--topic", "gw", "net", "-y"]).ends(0);
    assert!(!run.out.contains("does not list"), "{}", run.out);
    assert!(
        site.read("docsite.toml")
            .contains("prefix = 'net'\nname = \"Gateway\"")
    );
    site.run(&["mv", "--type", "note", "memo", "-y"]).ends(0);
    assert!(site.has("markdown/net__memo-b.md"));
    assert!(
        site.read("docsite.toml")
            .contains("[[types]]\nprefix = \"memo\"\nname = \"Concept\"")
    );
    site.run(&["check"]).ends(0);
    site.run(&["mv", "--topic", "none", "x"])
        .ends(2)
        .complains("no topic is named `none`");
    site.run(&["mv", "--type", "memo", "guide"])
        .ends(2)
        .complains("docsite mv '*__memo-*' '*__guide-*'");
}

#[test]
fn a_heading_changes_with_every_link_to_it() {
    let site = site();
    run(&site, &["mv", "gw__note-a#two-words", "Other *words*"]);
    assert!(
        site.read("markdown/gw__note-a.md")
            .ends_with("## Other *words*\n\n[here](#other-words) [[#Other words]]\n")
    );
    let b = site.read("markdown/gw__note-b.md");
    assert!(b.contains("[1](gw__note-a.html#other-words)"), "{b}");
    assert!(b.contains("[[gw__note-a#Other words|6]]"), "{b}");
    assert!(
        site.read("docsite.toml")
            .contains("\"gw__note-a#other-words\"")
    );
    run(&site, &["mv", "gw__note-a#First", "1st"]);
    assert!(site.read("markdown/gw__note-b.md").contains("[[1st]]"));
    site.run(&["check"]).ends(0);
    site.run(&["mv", "gw__note-a#none", "x"])
        .ends(2)
        .complains("no heading `none`");
    site.run(&["mv", "gw__note-a#1st", "a\n\n# b"])
        .ends(2)
        .complains("does not make one heading");
}

#[test]
fn ids_of_other_headings_follow_too() {
    let site = SiteTest::new().file("docsite.toml", "").doc(
        "gw__note-a",
        "# T\n\n## Setup\n\n## Setup\n\n[1](#setup) [2](#setup-1)\n",
    );
    run(&site, &["mv", "gw__note-a#setup", "Begin"]);
    assert_eq!(
        site.read("markdown/gw__note-a.md"),
        "# T\n\n## Begin\n\n## Setup\n\n[1](#begin) [2](#setup)\n"
    );
}

#[test]
fn headings_that_write_a_name_are_still_found() {
    let site = site()
        .doc(
            "gw__note-c",
            "# C\n\n## See [[gw__note-a]]\n\n[s](#see-gw__note-a)\n",
        )
        .doc(
            "gw__note-d",
            "# D\n\n[c](gw__note-c.md#see-gw__note-a) [[gw__note-c#See gw__note-a]]\n",
        );
    site.run(&["check"]).ends(0);
    site.run(&["mv", "gw__note-a", "gw__note-q"]).ends(0);
    assert!(
        site.read("markdown/gw__note-c.md")
            .ends_with("## See [[gw__note-q]]\n\n[s](#see-gw__note-q)\n")
    );
    assert!(
        site.read("markdown/gw__note-d.md")
            .contains("(gw__note-c.md#see-gw__note-q) [[gw__note-c#See gw__note-q]]")
    );
    site.run(&["check"]).ends(0);
    site.run(&["rm", "gw__note-q", "--redirect", "gw__note-d"]);
    assert!(
        site.read("markdown/gw__note-c.md")
            .ends_with("## See [[gw__note-d]]\n\n[s](#see-gw__note-d)\n")
    );
    assert!(!site.run(&["check"]).err.contains("broken-heading"));
}

#[test]
fn links_that_almost_name_a_document_follow_it_too() {
    let site = site().doc(
        "gw__note-c",
        "# C\n\n[1](GW__note-a.html) [2](/gw__note-a.html) [3](gw__note-a) [4](gw__note-a.json)\n",
    );
    site.run(&["mv", "gw__note-a", "gw__note-q"]);
    let text = site.read("markdown/gw__note-c.md");
    assert_eq!(
        text,
        "# C\n\n[1](gw__note-q.html) [2](/gw__note-q.html) [3](gw__note-q) [4](gw__note-q.json)\n"
    );
}

#[test]
fn words_of_a_heading_are_words() {
    let site = SiteTest::new()
        .file("docsite.toml", "")
        .doc("gw__note-a", "Set\n===\n\n## Two [b](gw__note-b.md)\n")
        .doc("gw__note-b", "# B\n\n[a](gw__note-a.md#two-b)\n");
    site.rebuild();
    site.edit("public/gw__note-b.html", |page| {
        page.replace("</article>", "<p>mine</p></article>")
    });
    site.run(&["mv", "gw__note-a#set", "# C #"]);
    site.run(&["mv", "gw__note-a#two-b", "Two", "--hand-made", "gw__note-b"]);
    assert_eq!(
        site.read("markdown/gw__note-a.md"),
        "\\# C \\#\n===\n\n## Two\n"
    );
    assert!(
        site.read("public/gw__note-b.html")
            .contains("gw__note-a.html#two\"")
    );
    site.run(&["check"]).ends(0);
}

#[test]
fn a_type_is_renamed_in_a_site_without_settings() {
    let site = SiteTest::new().doc("gw__note-a", "# A\n");
    site.run(&["mv", "--type", "note", "memo", "-y"]).ends(0);
    assert!(site.has("markdown/gw__memo-a.md"));
    assert!(
        site.read("docsite.toml")
            .starts_with("[[types]]\nprefix = \"memo\"\n")
    );
    site.run(&["mv", "--topic", "gw", "net__x", "-y"])
        .ends(2)
        .complains("would be read otherwise");
}

#[test]
fn a_name_that_is_not_free_is_refused_before_the_first_write() {
    let site = site()
        .doc("gw__note-c", "---\naliases: [gw__note-was]\n---\n# C\n")
        .file("markdown/gw__note-d.md/x", "");
    site.edit("docsite.toml", |text| {
        text + "\"gw__note-former\" = \"gw__note-b\"\n"
    });
    for (new, why) in [
        ("gw__note-b", "markdown/gw__note-b.md exists"),
        ("gw__note-B", "differs from `gw__note-b` only in case"),
        ("gw__note-A", "differs from `gw__note-a` only in case"),
        ("gw__note-A", "take two steps"),
        ("aux.d__note-a", "a device on Windows"),
        ("gw__note-was", "it is an alias of `gw__note-c`"),
        ("gw__note-d", "markdown/gw__note-d.md exists"),
        ("gw__note-a", "it has that name"),
        ("gw__note-former", "[redirects] sends"),
    ] {
        let run = site.writes_nothing(&["mv", "gw__note-a", new]);
        run.ends(2).complains(why);
    }
    site.writes_nothing(&["mv", "gw__note-x", "gw__note-y"])
        .ends(2)
        .complains("no such document");
    site.writes_nothing(&["mv", "gw__note-*", "gw__x-*-*"])
        .ends(2)
        .complains("as many `*`");
    site.writes_nothing(&["mv", "gw__note-*", "gw__note-same*", "-y", "--dry-run"])
        .ends(0);
}

#[test]
fn what_cannot_be_read_is_named_with_its_place_and_nothing_changes() {
    let site = site();
    for (path, text, place) in [
        ("flow.json", "{\"stages\": [", "flow.json:1:"),
        ("docsite.toml", "title = ", "docsite.toml:1:"),
        (
            "markdown/gw__note-a.md",
            "---\ntitle: \"open\n---\n# First\n",
            "markdown/gw__note-a.md:2:",
        ),
        (
            "markdown/gw__note-b.md",
            "---\ntitle: \"open\n---\n# B\n\n[a](gw__note-a.md)\n",
            "markdown/gw__note-b.md:2:",
        ),
    ] {
        let before = site.read(path);
        site.write(path, text);
        let run = site.writes_nothing(&["mv", "gw__note-a", "gw__note-c"]);
        run.ends(2).complains(place);
        site.write(path, before);
    }
    let path = site.path("markdown/gw__note-b.md");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    let before = site.tree();
    site.run(&["mv", "gw__note-a", "gw__note-c"])
        .ends(2)
        .complains("is read-only; nothing was changed");
    assert_eq!(before.touched_files(&site.tree()), [""; 0]);
}

#[test]
fn a_drawn_page_and_drawings_go_along_byte_for_byte() {
    let site = site()
        .doc("gw__note-a", "# First\n\n## Two words\n\n```d2\na\n```\n")
        .file("assets/diagrams/gw__note-a/1.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><a href=\"gw__note-b.html\"><path d=\"M0 0h9v9z\"/></a></svg>")
        .file("assets/diagrams/gw__note-b/1.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><a href=\"gw__note-a.html\"><path d=\"M0 0h9v9z\"/></a></svg>");
    run(&site, &["rebuild"]);
    site.edit("public/gw__note-a.html", |page| {
        page.replace("</article>", "<p>mine</p></article>")
    });
    site.edit("public/gw__note-b.html", |page| {
        page.replace("</article>", "<p>mine</p></article>")
    });
    let (a, b) = (
        site.bytes("public/gw__note-a.html"),
        site.bytes("public/gw__note-b.html"),
    );
    let out = site.run(&["mv", "gw__note-a", "gw__note-c"]).ends(0).out;
    assert_eq!(site.bytes("public/gw__note-c.html"), a);
    assert_eq!(site.bytes("public/gw__note-b.html"), b);
    assert!(out.contains("note      public/gw__note-b.html:"), "{out}");
    assert!(site.has("assets/diagrams/gw__note-c/1.svg"));
    assert!(!site.has("assets/diagrams/gw__note-a"));
    assert!(
        site.read("assets/diagrams/gw__note-b/1.svg")
            .contains("gw__note-c.html")
    );
    site.run(&[
        "mv",
        "gw__note-c",
        "gw__note-d",
        "--hand-made",
        "gw__note-b",
    ])
    .ends(0);
    let page = site.read("public/gw__note-b.html");
    assert!(
        page.contains("<p>mine</p>") && page.contains("gw__note-a.html"),
        "links by an alias stay"
    );
    assert!(!page.contains("gw__note-c.html\""), "{page}");
}

#[test]
fn a_named_hand_made_page_is_not_behind_its_document_afterwards() {
    let site = site();
    run(&site, &["rebuild"]);
    site.edit("public/gw__note-b.html", |page| {
        page.replace("</article>", "<p>mine</p></article>")
    });
    let page = site.read("public/gw__note-b.html");
    site.run(&[
        "mv",
        "gw__note-a",
        "gw__note-c",
        "--hand-made",
        "gw__note-b",
    ]);
    let status = site.run(&["status"]).out;
    assert!(status.contains("gw__note-b  hand-made"), "{status}");
    assert!(!status.contains("changed since"), "{status}");
    site.run(&[
        "mv",
        "gw__note-c",
        "gw__note-a",
        "--no-alias",
        "--hand-made",
        "gw__note-b",
    ]);
    assert_eq!(site.read("public/gw__note-b.html"), page);
}

#[test]
fn a_baseline_follows() {
    let site = site().doc(
        "gw__note-a",
        "# First\n\n## Two words\n\n[x](gw__note-none.html)\n",
    );
    site.run(&["check", "--write-baseline", "accepted.json"]);
    site.run(&["check", "--strict", "--baseline", "accepted.json"])
        .ends(0);
    run(&site, &["mv", "gw__note-a", "gw__note-c"]);
    site.run(&["check", "--strict", "--baseline", "accepted.json"])
        .ends(0);
}

#[test]
fn an_interrupted_change_is_finished_by_the_next_command() {
    let site = site();
    let journal = serde_json::json!([
        { "path": "markdown/gw__note-a.md", "before": null, "after": null, "kept": null },
    ]);
    site.write(".docsite/transaction/journal.json", journal.to_string());
    site.run(&["check"]).ends(0);
    assert!(!site.has(".docsite/transaction"));
}

/// A sequence of numbers that is the same on every machine.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit.max(1)
    }
}

/// How many names change in each archive.
fn renames() -> usize {
    let wanted = std::env::var("DOCSITE_RANDOM_RENAMES").ok();
    wanted.map_or(10, |count| count.parse().expect("a number"))
}

fn findings(site: &SiteTest) -> BTreeMap<String, usize> {
    let asked = Check {
        baseline: None,
        write_baseline: None,
        base: None,
        staged: false,
        strict: false,
        external: false,
    };
    let done = check::run(Some(site.root()), &asked, &Progress::default()).unwrap();
    let mut counts = BTreeMap::new();
    for finding in &done.checked.findings {
        // Pages are not built in between.
        if !matches!(
            finding.code(),
            "stale-page" | "missing-file" | "not-published"
        ) {
            *counts.entry(finding.code().to_owned()).or_default() += 1;
        }
    }
    counts
}

fn rename(site: &SiteTest, asked: &Mv) -> anyhow::Result<()> {
    let (planned, _) = mv::plan(Some(site.root()), asked, &Progress::default())?;
    planned.carry_out(false).map(drop)
}

/// A rename and its inverse.
fn pair(site: &SiteTest, numbers: &mut Numbers) -> Option<[Mv; 2]> {
    let mut names: Vec<String> = fs::read_dir(site.path("markdown"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter_map(|name| name.strip_suffix(".md").map(str::to_owned))
        .collect();
    names.sort();
    let name = &names[numbers.below(names.len())];
    let asked = |old: &str, new: &str, prefix, alias| Mv {
        old: old.to_owned(),
        new: new.to_owned(),
        prefix,
        alias,
        hand_made: Vec::new(),
    };
    let number = numbers.below(1000);
    match numbers.below(4) {
        0 => {
            let topic = name.split("__").next().unwrap();
            let new = format!("t{number}");
            Some([
                asked(topic, &new, Some(Prefix::Topic), number.is_multiple_of(2)),
                asked(&new, topic, Some(Prefix::Topic), false),
            ])
        }
        1 => {
            let text = site.read(&format!("markdown/{name}.md"));
            let mut in_code = false;
            let lines: Vec<&str> = text
                .lines()
                .filter(|line| {
                    in_code ^= line.starts_with("```");
                    !in_code && line.starts_with("## ")
                })
                .collect();
            let heading = lines.get(numbers.below(lines.len()))?[3..].trim();
            if lines
                .iter()
                .filter(|line| line[3..].trim() == heading)
                .count()
                > 1
                || heading.contains(['`', '[', '{', '#', '*', '_', '<', '&', '\\', '$'])
            {
                return None;
            }
            let new = format!("새 제목 {number}번");
            Some([
                asked(&format!("{name}#{heading}"), &new, None, true),
                asked(&format!("{name}#{new}"), heading, None, true),
            ])
        }
        _ => {
            let new = format!("{}__guide-이름-{number}", name.split("__").next().unwrap());
            Some([
                asked(name, &new, None, !number.is_multiple_of(3)),
                asked(&new, name, None, false),
            ])
        }
    }
}

#[track_caller]
fn renames_change_no_finding_and_their_inverse_restores_every_byte(site: &SiteTest, seed: u64) {
    let mut numbers = Numbers(seed);
    let before = findings(site);
    let mut done = 0;
    let mut tries = 0;
    while done < renames() {
        tries += 1;
        assert!(tries < 20 * renames(), "nothing to rename");
        let Some([there, back]) = pair(site, &mut numbers) else {
            continue;
        };
        let sources = bytes(&site.tree());
        rename(site, &there).unwrap_or_else(|error| panic!("{there:?}: {error:#}"));
        assert_eq!(findings(site), before, "{there:?}");
        rename(site, &back).unwrap_or_else(|error| panic!("{back:?}: {error:#}"));
        let restored = bytes(&site.tree());
        let differs: Vec<&String> = sources
            .keys()
            .chain(restored.keys())
            .filter(|path| sources.get(*path) != restored.get(*path))
            .collect();
        assert_eq!(differs, [""; 0], "{there:?}");
        done += 1;
    }
}

#[test]
fn renames_of_this_archive_can_be_taken_back() {
    let site = SiteTest::copy_of(
        Path::new(env!("CARGO_MANIFEST_DIR")),
        &[
            "target", "public", ".git", "src", "tests", "benches", ".docsite", "docs", ".ci",
            ".github",
        ],
    );
    renames_change_no_finding_and_their_inverse_restores_every_byte(&site, 1);
}

#[test]
fn renames_of_a_generated_archive_can_be_taken_back() {
    let site = SiteTest::new();
    for (path, text) in crate::generated_archive::site::Archive::new(40).files() {
        site.write(&path, text);
    }
    renames_change_no_finding_and_their_inverse_restores_every_byte(&site, 2);
}

#[test]
fn renames_of_a_site_with_every_form_can_be_taken_back() {
    let site = site();
    run(&site, &["rebuild"]);
    renames_change_no_finding_and_their_inverse_restores_every_byte(&site, 3);
}
