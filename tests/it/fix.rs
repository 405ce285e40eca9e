//! `fix`: links whose correct form is certain are corrected, and programs get the same fixes.
//!
//! Not here: the findings (`check`).

use std::process::Command;

use crate::harness::SiteTest;

fn site() -> SiteTest {
    SiteTest::new()
        .file("docsite.toml", "language = \"en\"\n")
        .file("attachment/Conf.yaml", "a: 1\n")
        .doc("gw__note-a", "---\naliases: [gw__note-was]\n---\n# First\n\n## Old words\n\n[b](gw__note-b.html)\n")
        .doc("gw__note-한글", "# 한글\n\n[a](gw__note-a.html)\n")
        .doc(
            "gw__note-b",
            "\u{feff}# Second\r\n\r\n[1](GW__note-A.html \"t\") [2][r] ![p](attachment/conf.yaml) <a href='gw__note-a.markdown'>3</a>\r\n[4](gw__note-none.html) [5](gw__note-a.html#old-words) [6](gw__note-한글.html)\r\n\r\n[r]: <GW__NOTE-A.md#old-words>\r\n",
        )
}

#[test]
fn certain_corrections_are_made_and_nothing_else() {
    let site = site();
    let shown = site.writes_nothing(&["fix", "-n"]).ends(0).out;
    assert!(
        shown.contains("change    markdown/gw__note-b.md  (4 links)"),
        "{shown}"
    );
    site.run(&["check"])
        .ends(1)
        .says("`docsite fix` corrects 4 of them");
    site.run(&["fix"]);
    assert_eq!(
        site.read("markdown/gw__note-b.md"),
        "\u{feff}# Second\r\n\r\n[1](gw__note-a.html \"t\") [2][r] ![p](attachment/Conf.yaml) <a href='gw__note-a.html'>3</a>\r\n[4](gw__note-none.html) [5](gw__note-a.html#old-words) [6](gw__note-한글.html)\r\n\r\n[r]: <gw__note-a.md#old-words>\r\n"
    );
    site.run(&["fix"]).ends(0).says("nothing to change");
}

#[test]
fn the_case_of_ids_and_of_wikilinks_is_corrected_where_one_is_meant() {
    let site = SiteTest::new()
        .file("docsite.toml", "language = \"en\"\nwikilinks = \"link\"\n")
        .file("attachment/Conf.yaml", "a: 1\n")
        .doc("gw__note-a", "# First\n\n## Two words\n\n## SAME {#Same}\n\n## same {#same}\n")
        .doc(
            "gw__note-b",
            "# Second\n\n[1](gw__note-a.html#Two-Words) [2](#SECOND) [[GW__note-A#Two words|x]] ![[attachment/conf.YAML]]\n[3](gw__note-a.html#SAme) [[GW__note-none]]\n",
        );
    site.run(&["check"])
        .says("`docsite fix` corrects 4 of them");
    site.run(&["fix", "--yes"]);
    assert_eq!(
        site.read("markdown/gw__note-b.md"),
        "# Second\n\n[1](gw__note-a.html#two-words) [2](#second) [[gw__note-a#Two words|x]] ![[attachment/Conf.yaml]]\n[3](gw__note-a.html#SAme) [[GW__note-none]]\n"
    );
}

#[test]
fn programs_get_the_place_and_the_text() {
    let site = site();
    let run = site.run(&["check", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let findings = found["findings"].as_array().unwrap();
    let mut text: Vec<char> = site
        .read("markdown/gw__note-b.md")
        .trim_start_matches('\u{feff}')
        .replace("\r\n", "\n")
        .lines()
        .nth(2)
        .unwrap()
        .chars()
        .collect();
    let fix = findings
        .iter()
        .find(|found| found["code"] == "name-mismatch")
        .unwrap();
    let (at, length) = (
        fix["fix"]["column"].as_u64().unwrap(),
        fix["fix"]["length"].as_u64().unwrap(),
    );
    let at = usize::try_from(at).unwrap() - 1;
    text.splice(
        at..at + usize::try_from(length).unwrap(),
        fix["fix"]["text"].as_str().unwrap().chars(),
    );
    assert!(
        text.iter()
            .collect::<String>()
            .starts_with("[1](gw__note-a.html \"t\")")
    );
    let none = findings
        .iter()
        .find(|found| found["message"].as_str().unwrap().contains("none"))
        .unwrap();
    assert_eq!(none["fix"], serde_json::Value::Null);
    let run = site.run(&["check", "--format", "sarif"]);
    let log: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let fixes: Vec<_> = results
        .iter()
        .filter(|result| !result["fixes"].is_null())
        .collect();
    assert_eq!(fixes.len(), 4);
    let change = &fixes[0]["fixes"][0]["artifactChanges"][0];
    assert_eq!(change["artifactLocation"]["uri"], "markdown/gw__note-b.md");
    assert!(change["replacements"][0]["insertedContent"]["text"].is_string());
}

fn git(site: &SiteTest, args: &[&str]) {
    let mut command = Command::new("git");
    command
        .current_dir(site.root())
        .args(["-c", "user.name=t", "-c", "user.email=t@t"])
        .args(args);
    assert!(command.output().unwrap().status.success(), "{args:?}");
}

#[test]
fn a_heading_that_got_other_words_since_a_commit_is_found_again() {
    let site = site();
    git(&site, &["init", "-q"]);
    git(&site, &["add", "-A"]);
    git(&site, &["commit", "-qm", "x"]);
    site.edit("markdown/gw__note-a.md", |text| {
        text.replace("Old words", "새 이름 (1)")
    });
    let run = site.run(&["check", "--base", "HEAD", "--format", "json"]);
    assert!(
        run.out.contains("gw__note-a.html#새-이름-1\""),
        "{}",
        run.out
    );
    site.run(&["fix", "--base", "HEAD"]);
    let text = site.read("markdown/gw__note-b.md");
    assert!(text.contains("[5](gw__note-a.html#새-이름-1)"), "{text}");
    site.run(&["fix", "--base", "none"]).ends(2);
    site.edit("docsite.toml", |text| {
        format!("wikilinks = \"link\"\n{text}")
    });
    let linking = "[[gw__note-a#Old words]] [[#Own|o]]\n\n## Self\n";
    site.edit("markdown/gw__note-b.md", |text| text + linking);
    git(&site, &["add", "-A"]);
    site.edit("markdown/gw__note-b.md", |text| {
        text.replace("## Self", "## Own")
    });
    git(&site, &["commit", "-aqm", "y"]);
    site.edit("markdown/gw__note-b.md", |text| {
        text.replace("## Own", "## Mine")
    });
    site.run(&["fix", "--base", "HEAD~", "--yes"]);
    site.run(&["fix", "--base", "HEAD", "--yes"]);
    let text = site.read("markdown/gw__note-b.md");
    assert!(
        text.contains("[[gw__note-a#새 이름 (1)]] [[#Mine|o]]"),
        "{text}"
    );
}

#[test]
fn links_in_a_drawn_page_are_listed_and_changed_only_where_it_is_named() {
    let site = site();
    site.rebuild();
    site.edit("public/gw__note-b.html", |page| {
        page.replace(
            "</article>",
            "<p><a href=\"gw__note-was.html\">x</a> <a href=\"gw__note-a.md\">y</a></p></article>",
        )
    });
    let page = site.bytes("public/gw__note-b.html");
    let run = site.run(&["fix"]);
    assert!(
        run.out.contains("note      public/gw__note-b.html:"),
        "{}",
        run.out
    );
    assert_eq!(site.bytes("public/gw__note-b.html"), page);
    site.run(&["fix", "--hand-made", "gw__note-b"]);
    let page = site.read("public/gw__note-b.html");
    assert!(
        page.contains("<p><a href=\"gw__note-a.html\">x</a> <a href=\"gw__note-a.html\">y</a></p>"),
        "{page}"
    );
}
