//! `import` and `init --import`: folders of notes of other programs become documents, with every
//! link that led somewhere leading there again; and nothing is half done.
//!
//! Not here: each kind of syntax by itself (`src/import`).

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use serde_json::Value;

use crate::harness::{Run, SiteTest};
use crate::tree::Tree;

/// A site beside which a folder of notes lies.
fn beside(files: &[(&str, &[u8])]) -> SiteTest {
    let test = SiteTest::new();
    for (path, bytes) in files {
        test.write(&format!("../notes/{path}"), bytes);
    }
    test
}

/// With the folder imported into a new site.
fn imported(files: &[(&str, &[u8])]) -> SiteTest {
    let test = beside(files);
    let run = test.run(&["init", "--import=../notes", "--yes", "--no-build"]);
    assert_eq!(run.status, 0, "{}{}", run.out, run.err);
    test
}

fn plan(test: &SiteTest, args: &[&str]) -> Value {
    let mut all = vec!["init", "--import=../notes", "--json"];
    all.extend(args);
    serde_json::from_str(&test.run_bare(&all).ends(0).out).unwrap()
}

fn basename<'p>(plan: &'p Value, from: &str) -> &'p str {
    let documents = plan["documents"].as_array().unwrap();
    let found = documents.iter().find(|document| document["from"] == from);
    found.unwrap_or_else(|| panic!("{from}: {plan:#}"))["basename"]
        .as_str()
        .unwrap()
}

fn reasons(plan: &Value) -> Vec<String> {
    let left = plan["not_moved"].as_array().unwrap().iter();
    left.map(|left| {
        format!(
            "{}: {}",
            left["path"].as_str().unwrap(),
            left["why"].as_str().unwrap()
        )
    })
    .collect()
}

/// The findings of `check`, as `path: code`.
fn findings(test: &SiteTest) -> Vec<String> {
    let run = test.run(&["check", "--format", "json"]);
    let report: Value = serde_json::from_str(&run.out).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    findings
        .map(|found| {
            format!(
                "{}: {}",
                found["path"].as_str().unwrap(),
                found["code"].as_str().unwrap()
            )
        })
        .collect()
}

const VAULT: [(&str, &[u8]); 7] = [
    (".obsidian/app.json", b"{}"),
    (
        "Home.md",
        b"See [[Gateway notes]], [[Projects/Net/TLS|TLS setup]] and [[Gateway notes#Open points]].\n\n\
          ![[Pasted image 1.png|300]]\n\n![[Snippet]]\n",
    ),
    (
        "Projects/Gateway notes.md",
        b"---\naliases: [GW]\ncreated: 2024/1/5\n---\n# Gateway notes\n\n\
          [TLS](Net/TLS.md) [[GW]] `[[Home]]`\n\n```\n[[Home]]\n```\n\n## Open points\n\n\
          | a | b |\n|---|---|\n| [[Home\\|start]] | x |\n\nA block. ^block1\n",
    ),
    (
        "Projects/Net/TLS.md",
        b"A [[Gateway notes#^block1|block]] and a [spec](<../../files/the spec.pdf>).\n",
    ),
    ("Snippet.md", b"Said once, see [[TLS]].\n"),
    ("files/Pasted image 1.png", b"png"),
    ("files/the spec.pdf", b"pdf"),
];

static OBSIDIAN: LazyLock<SiteTest> = LazyLock::new(|| imported(&VAULT));

#[test]
fn a_vault_becomes_a_site_without_a_broken_link() {
    let site = &*OBSIDIAN;
    let home = site.read("markdown/notes__MOC-overview.md");
    for link in [
        "[Gateway notes](projects__note-gateway-notes.html)",
        "[TLS setup](projects__note-tls.html)",
        "(projects__note-gateway-notes.html#open-points)",
        "![Pasted image 1](attachment/notes/Pasted-image-1.png)",
        // The embedded note, with its link.
        "\n\nSaid once, see [TLS](projects__note-tls.html).",
    ] {
        assert!(home.contains(link), "{link}\n{home}");
    }
    assert!(home.starts_with("---\ntitle: \"Home\"\n---\n"), "{home}");
    let gateway = site.read("markdown/projects__note-gateway-notes.md");
    assert!(
        gateway.contains("`[[Home]]`") && gateway.contains("```\n[[Home]]\n```"),
        "{gateway}"
    );
    assert!(gateway.contains("created: 2024-01-05\n"), "{gateway}");
    assert!(
        gateway.contains("| [start](notes__MOC-overview.html) |"),
        "{gateway}"
    );
    assert_eq!(site.read("attachment/projects/the-spec.pdf"), "pdf");
    assert_eq!(findings(site), [""; 0]);
}

#[test]
fn the_folder_is_not_changed_and_a_second_import_finds_everything_there() {
    let site = &*OBSIDIAN;
    let folder = site.path("../notes");
    let before = Tree::of(&folder);
    let run = site.run(&["import", folder.to_str().unwrap()]).ends(0);
    assert!(
        run.out
            .contains("nothing to change: the site has all of it"),
        "{}",
        run.out
    );
    assert_eq!(before.touched(&Tree::of(&folder)), [""; 0]);
    for (path, bytes) in VAULT {
        assert_eq!(fs::read(folder.join(path)).unwrap(), bytes, "{path}");
    }
}

#[test]
fn a_book_keeps_its_order_and_what_it_includes() {
    let site = imported(&[
        ("book.toml", b"[book]\n"),
        (
            "src/SUMMARY.md",
            b"# Summary\n\n[Intro](intro.md)\n\n# User guide\n\n- [Install](guide/install.md)\n  - [Linux](guide/linux.md)\n- [Later]()\n",
        ),
        (
            "src/intro.md",
            b"# Intro\n\n[step](guide/install.md#Second-step) [l](guide/linux.html)\n\n{{#include part.md}}\n\n[r]: guide/linux.md\n",
        ),
        (
            "src/guide/install.md",
            b"# Install\n\n```rust\n{{#include ../../x.rs:a}}\n```\n\n## Second step!\n\n```admonish warning title=\"Mind\"\nNo.\n```\n",
        ),
        (
            "src/guide/linux.md",
            b"# Linux\n\n<img src=\"../img/a.png\" alt=\"a\"> <a href='install.html'>back</a>\n",
        ),
        ("src/part.md", b"A part.\n"),
        ("src/img/a.png", b"png"),
        ("x.rs", b"// ANCHOR: a\nfn main() {}\n// ANCHOR_END: a\nrest\n"),
    ]);
    let install = site.read("markdown/guide__guide-install.md");
    assert!(install.contains("```rust\nfn main() {}\n```"), "{install}");
    assert!(install.contains("> [!WARNING] Mind\n> No.\n"), "{install}");
    let intro = site.read("markdown/notes__note-intro.md");
    assert!(
        intro.contains("(guide__guide-install.html#second-step) [l](guide__note-linux.html)"),
        "{intro}"
    );
    assert!(
        intro.contains("\nA part.\n") && intro.contains("[r]: guide__note-linux.html"),
        "{intro}"
    );
    let linux = site.read("markdown/guide__note-linux.md");
    assert!(
        linux.contains("<img src=\"attachment/guide/a.png\""),
        "{linux}"
    );
    assert!(
        linux.contains("<a href='guide__guide-install.html'>"),
        "{linux}"
    );
    let stages = &site.json("flow.json")["stages"];
    assert_eq!(stages[1]["title"], "1 User guide");
    assert_eq!(
        stages[1]["docs"],
        serde_json::json!(["guide__guide-install", "guide__note-linux"])
    );
    assert!(
        !site.has("markdown/notes__note-part.md"),
        "it is a part of another"
    );
    assert_eq!(findings(&site), [""; 0]);
}

#[test]
fn notes_tabs_and_shortcodes_of_other_tools_become_this_dialect() {
    let site = imported(&[
        (
            "docs/guides/01-start.mdx",
            b"---\ntitle: Start\nsidebar_position: 2\nid: begin\n---\nimport Tabs from '@theme/Tabs';\n\n\
              :::tip[Read this]\n\nText with [api](../ref/api.md#the-thing).\n\n:::note\ninner\n:::\n\n:::\n\n\
              <Tabs>\n  <TabItem value=\"a\" label=\"Apple\">\n\n  Red\n\n  </TabItem>\n</Tabs>\n\n\
              ```js\n:::not a note\n```\n\n![logo](/img/logo.png) [abs](/docs/ref/api) [id](../guides/begin)\n",
        ),
        ("docs/ref/api.md", b"---\nsidebar_position: 1\n---\n# API\n\n## The thing\n\n[s](../guides/01-start.mdx)\n"),
        ("static/img/logo.png", b"png"),
        (
            "blog/post.md",
            b"+++\ntitle = \"Post\"\ndate = 2024-01-02T03:04:05Z\n[extra]\nk = [\"a\"]\n+++\n\n\
              {{< note >}}\nHi\n{{< /note >}}\n\n{{% notice warning \"T\" %}}\nHo\n{{% /notice %}}\n\n\
              {{< figure src=\"/img/logo.png\" alt=\"L\" >}}\n\n[r]({{< ref \"api.md\" >}})\n",
        ),
        (
            "wiki/page.md",
            b"# Page\n\n[TOC]\n\n!!! danger \"Take care\"\n    Text\n\n    ```sh\n    !!! not\n    ```\n\n\
              === \"One\"\n    one\n\n* TOC\n{:toc}\n\n[p](../blog/post.md){:target=\"_blank\"}\n\n> **Warning**\n> Old.\n",
        ),
    ]);
    let start = site.read("markdown/guides__note-start.md");
    assert!(
        !start.contains("import Tabs") && !start.contains("Tab"),
        "{start}"
    );
    assert!(start.contains("> [!TIP] Read this\n> Text with [api](ref__note-api.html#the-thing).\n>\n> > [!NOTE]\n> > inner\n"), "{start}");
    assert!(start.contains("## Apple\n\nRed\n"), "{start}");
    assert!(start.contains("```js\n:::not a note\n```"), "{start}");
    assert!(start.contains("![logo](attachment/blog/logo.png) [abs](ref__note-api.html) [id](guides__note-start.html)"), "{start}");
    let post = site.read("markdown/blog__note-post.md");
    assert!(
        post.starts_with("---\ndate: 2024-01-02\nk: [\"a\"]\ntitle: \"Post\"\n---\n"),
        "{post}"
    );
    assert!(
        post.contains("> [!NOTE]\n> Hi\n") && post.contains("> [!WARNING] T\n> Ho\n"),
        "{post}"
    );
    assert!(post.contains("![L](<attachment/blog/logo.png>)"), "{post}");
    assert!(post.contains("[r](ref__note-api.html)"), "{post}");
    let page = site.read("markdown/wiki__note-page.md");
    assert!(!page.contains("TOC") && !page.contains("toc"), "{page}");
    assert!(
        page.contains(
            "> [!CAUTION] Take care\n> Text\n>\n> ```sh\n> !!! not\n> ```\n\n## One\n\none\n"
        ),
        "{page}"
    );
    assert!(
        page.contains("[p](blog__note-post.html)\n\n> [!WARNING]\n> Old.\n"),
        "{page}"
    );
    // As the numbers say.
    assert_eq!(
        site.json("flow.json")["stages"].as_array().unwrap().len(),
        4
    );
    assert_eq!(findings(&site), [""; 0]);
}

#[test]
fn outlines_and_hierarchies_become_documents() {
    let site = imported(&[
        ("logseq/config.edn", b"{}"),
        (
            "pages/gateway.md",
            b"title:: Gateway page\ntags:: [[net]], istio\nalias:: gw\n\n- TODO write [[net/tls]]\n  id:: 64f\n- see [[Jan 5th, 2024]]\n",
        ),
        ("pages/net___tls.md", b"- text [[gw]]\n"),
        ("journals/2024_01_05.md", b"- today [[gateway page]]\n"),
    ]);
    let gateway = site.read("markdown/notes__note-gateway.md");
    assert!(
        gateway.starts_with(
            "---\ntitle: \"Gateway page\"\ntags: [\"net\",\"istio\"]\naliases: [\"gw\"]\n---\n"
        ),
        "{gateway}"
    );
    assert!(gateway.contains("- [ ] write [net/tls](net__note-tls.html)\n- see [Jan 5th, 2024](journals__note-2024-01-05.html)\n"), "{gateway}");
    assert_eq!(findings(&site), [""; 0]);

    let site = imported(&[
        ("dendron.yml", b"version: 5\n"),
        (
            "lang.rust.md",
            b"---\ntitle: Rust\nupdated: 1704412800000\n---\n[[The checker|lang.rust.borrow]]\n",
        ),
        (
            "lang.rust.borrow.md",
            b"---\ntitle: Borrow\n---\n[[lang.rust]] [[c#moves|lang.go]]\n",
        ),
    ]);
    let rust = site.read("markdown/lang__note-rust.md");
    assert!(
        rust.contains("updated: 2024-01-05")
            && rust.contains("[The checker](lang__note-rust-borrow.html)"),
        "{rust}"
    );
    let plan = plan(&beside(&[("a.md", b"x [[b]]")]), &[]);
    assert_eq!(
        reasons(&plan),
        ["a.md: a link to nothing: it was broken before"]
    );
}

#[test]
fn nav_of_mkdocs_is_the_reading_path() {
    let site = imported(&[
        (
            "mkdocs.yml",
            b"site_name: X\nextra: !!python/name:x.y\nnav:\n  - Home: index.md\n  - User:\n    - user/start.md\n    - More: user/more.md\n",
        ),
        ("docs/index.md", b"# Home\n\n[s](user/start.md#get-going)\n"),
        ("docs/user/start.md", b"# Start\n\n## Get   going!\n\n[m](more/) [o](../missing/)\n"),
        ("docs/user/more.md", b"# More\n\n[s](../start/#get-going)\n"),
    ]);
    let stages = &site.json("flow.json")["stages"];
    assert_eq!(
        stages[1]["docs"],
        serde_json::json!(["user__note-start", "user__note-more"])
    );
    assert!(
        site.read("markdown/user__note-more.md")
            .contains("[s](user__note-start.html#get---going)"),
        "the id that docsite gives"
    );
    assert_eq!(
        findings(&site),
        ["markdown/user__note-start.md: outside-link"],
        "broken before"
    );
}

#[test]
fn bad_input_is_a_plan_with_reasons() {
    let long = format!("{}.md", "an-endless-name-".repeat(14));
    let wide: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain("# 가나\n".encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let test = beside(&[
        ("a/CON.md", b"# Con\n\n[out](../../../secret.txt) [f](.)\n"),
        ("b/x y.md", b"# One\n"),
        ("b/x-y.md", b"# Two\n"),
        ("b/deep/X_y.md", b"# Three\n"),
        (&long, b"# Long\n"),
        ("wide.md", &wide),
        ("latin.md", b"caf\xe9\n"),
        ("zero.md", b"\0\0\0\0"),
        ("empty.md", b""),
        ("old.rst", b"x\n"),
        ("\u{1f600}.md", b"# Face\n"),
    ]);
    test.link("../notes/loop", "../notes");
    test.link("../notes/away.md", "/etc/passwd");
    let plan = plan(&test, &[]);
    assert_eq!(basename(&plan, "a/CON.md"), "a__note-con");
    assert_eq!(basename(&plan, "b/x y.md"), "b__note-x-y-2");
    assert_eq!(basename(&plan, "b/x-y.md"), "b__note-x-y-3");
    assert_eq!(basename(&plan, "b/deep/X_y.md"), "b__note-x-y");
    assert!(basename(&plan, &long).len() < 200);
    assert_eq!(basename(&plan, "\u{1f600}.md"), "notes__note-untitled");
    let reasons = reasons(&plan);
    for reason in [
        "a/CON.md: a link out of the folder",
        "a/CON.md: a link to a folder",
        "away.md: a symbolic link, which is not followed",
        "loop: a symbolic link, which is not followed",
        "latin.md: neither UTF-8 nor UTF-16",
        "zero.md: neither UTF-8 nor UTF-16",
        "empty.md: an empty file",
        "old.rst: a text that is not Markdown",
    ] {
        assert!(
            reasons.iter().any(|found| found == reason),
            "{reason}: {reasons:#?}"
        );
    }
    let documents = plan["documents"].as_array().unwrap();
    let wide = documents
        .iter()
        .find(|document| document["from"] == "wide.md")
        .unwrap();
    assert_eq!(wide["title"], "가나");
    assert_eq!(test.tree().paths(), [""; 0], "a plan writes nothing");
}

#[test]
fn nothing_is_written_without_an_answer() {
    let test = beside(&[("a.md", b"# A\n")]);
    let run = test.run(&["init", "--import=../notes"]).ends(2);
    assert!(run.out.contains("a.md  notes__note-a  A"), "{}", run.out);
    assert!(
        run.err
            .contains("nothing was changed; `--yes` carries it out"),
        "{}",
        run.err
    );
    test.run(&["init", "--import=../notes", "--dry-run"])
        .ends(0);
    assert_eq!(test.tree().paths(), [""; 0]);
}

/// A site with one document, beside which notes lie.
fn site_beside(files: &[(&str, &[u8])]) -> SiteTest {
    beside(files)
        .file(
            "docsite.toml",
            "[[topics]]\nprefix = \"gw\"\nname = \"Gateway\"\n",
        )
        .doc("gw__note-a", "# Mine\n")
}

#[test]
fn a_site_gets_new_topics_and_keeps_its_own_documents() {
    let site = site_beside(&[
        ("Gateway/a.md", b"# Theirs\n\n[b](../new/b.md)\n"),
        ("new/b.md", b"# B\n\n[a](../Gateway/a.md)\n"),
    ]);
    site.run(&["import", "../notes", "--yes"]).ends(0);
    assert_eq!(site.read("markdown/gw__note-a.md"), "# Mine\n");
    assert!(
        site.read("markdown/gw__note-a-2.md").contains("# Theirs"),
        "{:?}",
        site.tree().paths()
    );
    assert!(
        site.read("docsite.toml")
            .contains("\n[[topics]]\nprefix = \"new\"\nname = \"New\""),
        "{}",
        site.read("docsite.toml")
    );
    assert!(!site.has("flow.json") || site.read("flow.json").contains("new__note-b"));
    assert!(site.has("public/new__note-b.html"), "built");
}

#[test]
fn a_folder_of_the_site_itself_is_not_imported() {
    let site = site_beside(&[("x.md", b"x\n")])
        .file("inbox/y.md", "# Y\n")
        .file("attachment/z.md", "# Z\n");
    site.run(&["import", "markdown"])
        .ends(2)
        .complains("which is the site's own");
    site.run(&["import", "missing"])
        .ends(2)
        .complains("does not exist");
    site.run(&["import", "docsite.toml"])
        .ends(2)
        .complains("is not a directory");
    let from = |folder: &str| -> Value {
        serde_json::from_str(&site.run(&["import", folder, "--json"]).ends(0).out).unwrap()
    };
    let paths = |plan: &Value| -> Vec<String> {
        plan["documents"]
            .as_array()
            .unwrap()
            .iter()
            .map(|document| document["from"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(paths(&from(".")), ["inbox/y.md"], "the site itself");
    assert_eq!(paths(&from("inbox")), ["y.md"], "in it");
    assert_eq!(paths(&from("..")), ["notes/x.md"], "holds it");
    fs::create_dir(site.path("../nothing")).unwrap();
    let run = site.run(&["import", "../nothing"]).ends(0);
    assert!(run.out.contains("nothing to import"), "{}", run.out);
}

#[test]
fn a_map_says_names_and_is_wrong_with_its_place() {
    let site = site_beside(&[
        ("a.md", b"# A\n\n[b](b.md)\n"),
        ("b.md", b"# B\n"),
        ("drafts/c.md", b"# C\n"),
    ]);
    let map = site.path("../map.toml");
    let map = map.to_str().unwrap();
    let before = site.tree();
    site.run(&["import", "../notes", "--write-map", map])
        .ends(0);
    assert_eq!(before.touched(&site.tree()), [""; 0]);
    site.run(&["import", "../notes", "--write-map", map])
        .ends(2)
        .complains("it exists already");
    let written = fs::read_to_string(map).unwrap();
    assert!(
        written.contains("\"b.md\" = \"notes__note-b\""),
        "{written}"
    );
    let edited = written
        .replace("skip = []", "skip = [\"drafts/\"]")
        .replace("notes__note-b", "gw__guide-second")
        .replace("\"drafts/c.md\" = \"drafts__note-c\"\n", "");
    fs::write(map, edited).unwrap();
    site.run(&["import", "../notes", "--map", map, "--yes", "--no-build"])
        .ends(0);
    assert!(
        site.read("markdown/notes__note-a.md")
            .contains("[b](gw__guide-second.html)")
    );
    assert!(!site.has("markdown/drafts__note-c.md"));
    for (text, complaint) in [
        (
            "skip = [\n  'dafts/'\n]\n",
            "map.toml:2:3: error[import-map]",
        ),
        (
            "[documents]\n'a.md' = 'no'\n",
            "map.toml:2:10: error[import-map]: basename `no` has no topic",
        ),
        (
            "[documents]\n'a.md' = 'gw__note-x'\n'b.md' = 'gw__note-X'\n",
            "map.toml:3:10: error[import-map]",
        ),
        (
            "[documents]\n'q.md' = 'gw__note-x'\n",
            "map.toml:2:1: error[import-map]: the folder has no Markdown file `q.md`",
        ),
        (
            "[documents]\n'a.md' = 'gw__note-a'\n",
            "map.toml:2:10: error[document-exists]",
        ),
        ("[topic]\n", "did you mean `topics`?"),
        ("skip = [\n", "map.toml:"),
    ] {
        fs::write(map, text).unwrap();
        site.run(&["import", "../notes", "--map", map])
            .ends(2)
            .complains(complaint);
    }
}

#[test]
fn init_in_a_folder_of_notes_proposes_and_writes_nothing() {
    let site = SiteTest::new()
        .file("Notes/How to.md", "# How to\n")
        .file("README.md", "# R\n");
    let run = site.run_bare(&["init"]).ends(0);
    for said in [
        "Notes/How to.md",
        "docsite init --import",
        "nothing was written",
    ] {
        assert!(run.out.contains(said), "{said}: {}", run.out);
    }
    assert_eq!(site.tree().paths().len(), 2, "{:?}", site.tree().paths());
    site.run_bare(&["init", "--import", "--yes"]).ends(0);
    assert_eq!(site.read("Notes/How to.md"), "# How to\n");
    assert!(
        site.has("markdown/site__guide-how-to.md"),
        "{:?}",
        site.tree().paths()
    );
    assert!(site.has("public/index.html"));
    site.run_bare(&["init", "--import"])
        .ends(2)
        .complains("is a site already");
    // What any repository has is no reason to ask.
    let plain = SiteTest::new()
        .file("README.md", "# R\n")
        .file("LICENSE.md", "x\n");
    plain.run_bare(&["init"]).ends(0);
    assert!(plain.has("docsite.toml"));
    plain.run_bare(&["init", "--yes"]).ends(2);
}

#[test]
fn a_file_that_cannot_be_read_is_a_reason() {
    let test = beside(&[
        ("a.md", b"# A\n\n[s](shut.png) [b](shut/b.md)\n"),
        ("shut.md", b"x"),
        ("shut.png", b"x"),
        ("shut/b.md", b"x"),
    ]);
    test.close(&["../notes/shut.md", "../notes/shut.png", "../notes/shut"]);
    let run = test.run_as_nobody(&["init", "--import=../notes", "--json"]);
    test.open_again(&["../notes/shut", "../notes/shut.md", "../notes/shut.png"]);
    let plan: Value = serde_json::from_str(&run.ends(0).out).unwrap();
    let reasons = reasons(&plan);
    for reason in [
        "shut.md: a file that cannot be read",
        "shut: a folder that cannot be read",
        "shut.png: a linked file that is not copied",
    ] {
        assert!(
            reasons.iter().any(|found| found == reason),
            "{reason}: {reasons:#?}"
        );
    }
}

#[test]
fn a_plan_that_cannot_be_written_changes_nothing() {
    let site = site_beside(&[("new/b.md", b"# B\n\n![x](x.png)\n"), ("new/x.png", b"png")]);
    // A file where the pictures' folder has to be.
    site.write("attachment", "in the way");
    let mut before = site.tree();
    before.files_only();
    let Run { status, .. } = site.run(&["import", "../notes", "--yes"]);
    assert_eq!(status, 2);
    let mut after = site.tree();
    after.files_only();
    assert_eq!(before.touched(&after), [""; 0]);
    assert!(Path::new(&site.path("../notes/new/b.md")).exists());
}

/// The text of the only document of a folder, and the reasons of the plan.
fn one(name: &str, text: &str) -> (String, Vec<String>) {
    let test = beside(&[(name, text.as_bytes()), ("b.md", b"# B\n\n## A thing\n")]);
    let plan = plan(&test, &[]);
    let document = format!("markdown/{}.md", basename(&plan, name));
    test.run(&["init", "--import=../notes", "--yes", "--no-build"])
        .ends(0);
    (test.read(&document), reasons(&plan))
}

#[test]
fn no_line_of_text_is_lost_as_a_statement() {
    let text = "# A\n\nPython says:\nimport this from 'that'\nends here.\n\n\
                import x from 'y'\n\n<script setup>\nimport z from 'z'\n</script>\n";
    let (written, _) = one("a.md", text);
    assert_eq!(written, text);
    let (written, reasons) = one(
        "a.mdx",
        "import A from 'a'\nimport {\n  B,\n} from 'b'\n\n# A\n\nHe says:\nimport this from 'that'\n\n\
         <pre>\n\nimport x from 'y'\n</pre>\n\n```js\n\nimport q from 'q'\n```\n\n\
         export const c = {\n  d: 1,\n\n  e: 2\n};\n\nEnd.\n",
    );
    assert_eq!(
        written.split_once("# A").unwrap().1,
        "\n\nHe says:\nimport this from 'that'\n\n<pre>\n\nimport x from 'y'\n</pre>\n\n\
         ```js\n\nimport q from 'q'\n```\n\n\nEnd.\n"
    );
    let dropped = "a.mdx: a statement of MDX, which is left out";
    let count = reasons.iter().filter(|reason| *reason == dropped).count();
    assert_eq!(count, 8, "{reasons:#?}");
}

#[test]
fn what_a_block_holds_is_no_code_by_the_indentation_of_the_block() {
    let tab = "<Tabs>\n    <TabItem value=\"a\" label=\"A\">\n\n    Text [x](b.md)\n\n    ```sh\n    <Tabs>\n    ```\n\n    </TabItem>\n\
               \n    <TabItem value=\"c\">\n\nC\n\n    </TabItem>\n</Tabs>\n";
    for name in ["a.md", "a.mdx"] {
        let (written, _) = one(name, &format!("# T\n\n{tab}"));
        assert_eq!(
            written,
            "# T\n\n## A\n\nText [x](notes__note-b.html)\n\n```sh\n<Tabs>\n```\n\n## c\n\nC\n",
            "{name}"
        );
    }
    let in_item = tab.replace('\n', "\n   ");
    let (written, _) = one("a.md", &format!("# T\n\n1. One\n\n   {in_item}\n2. Two\n"));
    assert!(
        written.contains("1. One\n\n   ## A\n\n   Text [x](notes__note-b.html)\n"),
        "{written}"
    );
    for (block, expected) in [
        (
            ":::tip\n    Text [x](b.md)\n:::\n",
            "> [!TIP]\n> Text [x](notes__note-b.html)\n",
        ),
        (
            "!!! tip\n    Text\n\n        code\n",
            "> [!TIP]\n> Text\n>\n>     code\n",
        ),
        (
            "- i\n\n    :::tip\n    Text\n    :::\n",
            "- i\n\n  > [!TIP]\n  > Text\n",
        ),
        (
            "- i\n\n\t!!! tip\n\t\tText\n",
            "- i\n\n  > [!TIP]\n  > Text\n",
        ),
        (
            "1. i\n\n    === \"A\"\n\n        Text\n",
            "1. i\n\n   ## A\n\n   Text\n",
        ),
        (
            "- i\n\n  {{% notice tip %}}\n      Text\n  {{% /notice %}}\n",
            "- i\n\n  > [!TIP]\n  > Text\n",
        ),
    ] {
        let (written, _) = one("a.md", &format!("# T\n\n{block}"));
        assert_eq!(written, format!("# T\n\n{expected}"), "{block}");
    }
}

#[test]
fn nothing_is_rewritten_in_code_comments_and_raw_elements() {
    let foreign = "::: tip\nx\n:::\n\n!!! note\n    x\n\n=== \"A\"\n    x\n\n{:toc}\n\n[TOC]\n\n\
                   {{< note >}}\nx\n{{< /note >}}\n\n[r]({{< ref \"b.md\" >}})\n\n> **Note**\n\n{: .x}\n\n\
                   <Tabs>\n</Tabs>\n\n- TODO x\n  id:: 1\n\n*[a]: b\n";
    for (open, close) in [
        ("<pre>", "</pre>"),
        ("<div><pre class=\"x\">", "</pre></div>"),
        ("<!--", "-->"),
        ("<script>", "</script>"),
        ("```", "```"),
    ] {
        let text = format!("# A\n\n{open}\n{foreign}{{{{#include b.md}}}}\n{close}\n");
        let text = match open {
            // An include is replaced wherever it is shown, also in code.
            "<!--" => text,
            _ => text.replace("{{#include b.md}}\n", ""),
        };
        for name in ["a.md", "a.mdx"] {
            let (written, _) = one(name, &text);
            assert_eq!(written, text, "{name}");
        }
    }
}

#[test]
fn a_name_that_a_document_had_is_taken() {
    let site = site_beside(&[("gw/Old.md", b"# Old\n")])
        .doc("gw__note-new", "---\naliases: [gw__note-old]\n---\n# New\n");
    site.run(&["import", "../notes", "--yes", "--no-build"])
        .ends(0);
    assert!(site.has("markdown/gw__note-old-2.md"));
    let findings = findings(&site);
    let is_alias = |found: &String| found.contains("alias");
    assert!(!findings.iter().any(is_alias), "{findings:?}");
}

#[test]
fn drafts_are_not_in_the_reading_path() {
    let test = beside(&[
        ("a.md", b"# A\n"),
        ("b.md", b"---\ndraft: true\n---\n# B\n"),
        ("c.md", b"+++\ndraft = true\n+++\n# C\n"),
    ]);
    let run = test.run(&["init", "--import=../notes", "--yes"]).ends(0);
    assert!(
        run.out
            .contains("in the order of the folders, without 2 drafts"),
        "{}",
        run.out
    );
    let flow = test.json("flow.json");
    assert_eq!(
        flow["stages"][0]["docs"],
        serde_json::json!(["notes__note-a"])
    );
    assert_eq!(findings(&test), [""; 0]);
}

#[test]
fn what_other_tools_write_is_turned_or_listed() {
    let (written, reasons) = one(
        "a.md",
        "{\n  \"title\": \"J\",\n  \"date\": \"2024-01-02T03:04:05Z\"\n}\n\nText\n\n\
         <div class=\"x\" markdown=\"1\">\n[b](b.md)\n</div>\n\n*[HTML]: language\n",
    );
    assert_eq!(
        written,
        "---\ndate: 2024-01-02\ntitle: \"J\"\n---\n\nText\n\n<div class=\"x\">\n\n\
         [b](notes__note-b.html)\n\n</div>\n\n*[HTML]: language\n"
    );
    assert_eq!(reasons, ["a.md: an abbreviation, which stays text"]);
    for (text, reason) in [
        (
            "---\ntitle: [a\n---\n# A\n",
            "front matter that cannot be read as it is",
        ),
        (
            "{\n  \"title\": x\n}\n# A\n",
            "front matter that is not valid JSON",
        ),
        (
            "# A\n\n![[p.png|300]]\n",
            "the width of a picture, which is left out",
        ),
    ] {
        let test = beside(&[("a.md", text.as_bytes()), ("p.png", b"png")]);
        assert_eq!(reasons_of(&test), [format!("a.md: {reason}")], "{text}");
    }
    let (written, reasons) = one(
        "c.mdx",
        "# C\n\n<img src={require('./b.md').default} alt=\"x\" />\n\n{/* a\n\nb */}\n\n<img src={logo} />\n",
    );
    assert_eq!(
        written,
        "# C\n\n<img src=\"notes__note-b.html\" alt=\"x\" />\n\n<!-- a\n\nb -->\n\n<img src={logo} />\n"
    );
    assert_eq!(reasons, ["c.mdx: an address that is an expression of MDX"]);
}

fn reasons_of(test: &SiteTest) -> Vec<String> {
    reasons(&plan(test, &[]))
}

#[test]
fn a_note_that_changed_is_the_same_document_again() {
    let site = site_beside(&[
        ("new/a.md", b"# A\n\n[b](b.md) [c](c.md)\n"),
        ("new/b.md", b"# B\n\n[a](a.md)\n"),
        ("new/c.md", b"# C\n\nC is a note.\n\nIt says that.\n"),
    ]);
    let import = || {
        site.run(&["import", "../notes", "--yes", "--no-build"])
            .ends(0)
    };
    import();
    site.write("../notes/new/b.md", "# B\n\nAll new, [a](a.md)\n");
    // A note before it that would have its name.
    site.write("../notes/new/B!.md", "# Another\n");
    let run = import();
    assert!(
        run.out.contains("(replaced: the note changed)"),
        "{}",
        run.out
    );
    assert!(site.read("markdown/new__note-b.md").contains("All new"));
    assert!(site.read("markdown/new__note-b-2.md").contains("Another"));
    assert!(
        !site.has("markdown/new__note-a-2.md"),
        "{:?}",
        site.tree().paths()
    );
    // Changed here, then there too.
    site.write("markdown/new__note-c.md", "# C\n\nOurs.\n");
    assert!(import().out.contains("nothing to change"));
    site.write("../notes/new/c.md", "# C\n\nTheirs.\n");
    let run = import();
    assert!(
        run.out.contains("so did its document in the site"),
        "{}",
        run.out
    );
    assert_eq!(site.read("markdown/new__note-c.md"), "# C\n\nOurs.\n");
    // Moved here.
    site.run(&["mv", "new__note-b", "gw__note-moved", "--yes", "--no-build"])
        .ends(0);
    assert!(import().out.contains("nothing to change"));
}

#[test]
fn a_document_that_may_be_the_note_as_it_was_stays() {
    let site = site_beside(&[
        ("new/a.md", b"# A\n\nOne.\n\nTwo.\n"),
        ("b.md", b"[a](new/a.md)\n"),
    ]);
    let import = || {
        site.run(&["import", "../notes", "--yes", "--no-build"])
            .ends(0)
    };
    import();
    // As in another clone of the site, where nothing is known of earlier imports.
    fs::remove_file(site.path(".docsite/cache/imports.json")).unwrap();
    site.write("../notes/new/a.md", "# A\n\nOne.\n\nTwo.\n\nThree.\n");
    let before = site.tree();
    let run = import();
    assert!(run.out.contains("nearly the same"), "{}", run.out);
    assert_eq!(before.touched(&site.tree()), [""; 0]);
}

const BLOCKS: [(&str, &[u8]); 3] = [
    (
        "a.md",
        b"# A\n\n![[N#^one]]\n\n![[N#^two]]\n\n![[N#^three]]\n\n[[N#^one|x]] [y](N.md#^two)\n",
    ),
    (
        "N.md",
        b"# N\n\nFirst, see [[a]]. ^one\n\n- i\n  - j ^two\n  - k\n\n| t |\n|---|\n| u |\n\n^three\n\n`z ^four`\n\n%% a\n\nsecret %%\n",
    ),
    (".obsidian/app.json", b"{}"),
];

#[test]
fn named_blocks_are_embedded_and_linked_in_every_site() {
    let new = imported(&BLOCKS);
    let old = site_beside(&BLOCKS);
    old.run(&["import", "../notes", "--yes", "--no-build"])
        .ends(0);
    for site in [&new, &old] {
        let written = site.read("markdown/notes__note-a.md");
        assert_eq!(
            written,
            "# A\n\nFirst, see [a](notes__note-a.html).\n\n- j\n\n| t |\n|---|\n| u |\n\n\
             [x](notes__note-n.html#^one) [y](notes__note-n.html#^two)\n"
        );
        let findings = findings(site);
        let is_broken =
            |found: &String| found.contains("notes__") && !found.contains("outside-flow");
        assert!(!findings.iter().any(is_broken), "{findings:?}");
    }
    let written = old.read("markdown/notes__note-n.md");
    assert!(written.ends_with("\n<!-- a\n\nsecret -->\n"), "{written}");
    assert!(written.contains("<span id=\"^one\"></span>\n"), "{written}");
    assert!(
        written.contains("\n<div id=\"^three\"></div>\n\n`z ^four`"),
        "{written}"
    );
}

#[test]
fn an_embedded_note_brings_no_second_title() {
    let site = imported(&[
        ("a.md", b"# A\n\n![[b]]\n\n![[b#B]]\n\n![[b#Below]]\n"),
        ("b.md", b"# B\n\nText.\n\n## Below\n\nMore.\n"),
    ]);
    assert_eq!(
        site.read("markdown/notes__note-a.md"),
        "# A\n\nText.\n\n## Below\n\nMore.\n\nText.\n\n## Below\n\nMore.\n\n## Below\n\nMore.\n"
    );
}

#[test]
fn what_follows_a_path_is_kept_and_a_page_beside_its_note_is_the_note() {
    let site = imported(&[
        (
            "a.md",
            b"# A\n\n[q](?x=1) [h](?x=1#a) [b](b.md?x=1#b) [p](file.pdf#page=2) [[file.pdf#page=2|w]] [o](b.html) [s](site.html)\n",
        ),
        ("b.md", b"# B\n"),
        ("b.html", b"<p>B"),
        ("site.html", b"<p>S"),
        ("file.pdf", b"pdf"),
    ]);
    assert_eq!(
        site.read("markdown/notes__note-a.md"),
        "# A\n\n[q](?x=1) [h](?x=1#a) [b](notes__note-b.html?x=1#b) [p](attachment/notes/file.pdf#page=2) \
         [w](attachment/notes/file.pdf#page=2) [o](notes__note-b.html) [s](attachment/notes/site.html)\n"
    );
}

#[test]
fn long_names_with_one_beginning_differ() {
    let long = "one-beginning-".repeat(14);
    let names = ["a", "b", "c"].map(|end| format!("{long}{end}.md"));
    let link = format!("# A\n\n[b]({})\n", names[1]);
    let site = imported(&[
        (&names[0], link.as_bytes()),
        (&names[1], b"# B\n"),
        (&format!("deep/{}", names[2]), b"# C\n"),
    ]);
    let tree = site.tree();
    let paths = tree.paths();
    let documents = paths.iter().filter(|path| path.ends_with(".md"));
    assert_eq!(documents.count(), 3, "{paths:?}");
    assert_eq!(findings(&site), [""; 0]);
}

#[test]
fn links_to_what_the_site_has_are_links_to_it() {
    let site = site_beside(&[])
        .file("attachment/x.png", "png")
        .file("inbox/y.md", "# Y\n\n[a](../markdown/gw__note-a.md#mine) [[gw__note-a]]\n")
        .file(
            "README.md",
            "# R\n\n[a](markdown/gw__note-a.md) [g](gw__note-a.html) ![x](attachment/x.png) [h](.hidden) [n](no.md)\n",
        )
        .file(".hidden", "x");
    site.run(&["import", ".", "--yes", "--no-build"]).ends(0);
    assert!(
        site.read("markdown/site__MOC-overview.md").contains(
            "[a](gw__note-a.html) [g](gw__note-a.html) ![x](attachment/x.png) [h](.hidden) [n](no.md)"
        ),
        "{:?}",
        site.tree().paths()
    );
    let text = site.read("markdown/inbox__note-y.md");
    assert!(
        text.contains("[a](gw__note-a.html#mine) [gw__note-a](gw__note-a.html)"),
        "{text}"
    );
    let plan: Value =
        serde_json::from_str(&site.run(&["import", ".", "--json"]).ends(0).out).unwrap();
    assert_eq!(
        reasons(&plan),
        [
            "README.md: a link to nothing: it was broken before",
            "README.md: a link to something that is not imported"
        ]
    );
}

#[test]
fn an_archive_keeps_its_names_its_files_and_its_reading_path() {
    let flow = r#"{"title":"P","stages":[{"title":"0 s","why":"w","docs":["zz__odd-b","net__note-a"],"attachments":["attachment/d/y.csv"],"links":[]}]}"#;
    let files: [(&str, &[u8]); 6] = [
        (
            "markdown/net__note-a.md",
            b"# A\n\n![x](attachment/x.png) [b](zz__odd-b.html)\n",
        ),
        ("markdown/zz__odd-b.md", b"# B\n\n[a](net__note-a.html)\n"),
        ("attachment/x.png", b"png"),
        ("attachment/d/y.csv", b"1"),
        (
            "docsite.toml",
            b"[[topics]]\nprefix = 'net'\nname = 'The Net'\n",
        ),
        ("flow.json", flow.as_bytes()),
    ];
    for folder in ["../notes", "../notes/markdown"] {
        let site = beside(&files);
        let run = site
            .run(&["init", &format!("--import={folder}"), "--yes", "--no-build"])
            .ends(0);
        assert!(
            run.out.contains("a type that the site does not list (1)"),
            "{}",
            run.out
        );
        for (path, bytes) in &files {
            if *path != "docsite.toml" {
                assert_eq!(site.read(path).as_bytes(), *bytes, "{path}");
            }
        }
        assert!(site.read("docsite.toml").contains("The Net"));
    }
}
