//! Edits of what people write in unusual forms: settings, wikilinks, raw HTML, definitions, front matter.
//! Each leaves a site with no finding more, and the inverse restores the bytes.
//!
//! Not here: the usual forms (`mv`, `rm`, `fix`).

use serde_json::Value;

use crate::harness::SiteTest;

const SETTINGS: &str = "language = \"en\"\nwikilinks = \"link\"\n";

/// A document with a heading, and one with this text that names it.
fn site(settings: &str, text: &str) -> SiteTest {
    let text = format!("# Linking\n\n{text}\n");
    SiteTest::new()
        .file("docsite.toml", format!("{SETTINGS}{settings}"))
        .doc("gw__note-a", "# Title A\n\n## One\n\n[l](gw__note-l.md)\n")
        .doc("gw__note-l", &text)
}

/// Codes of all findings.
fn codes(site: &SiteTest) -> Vec<String> {
    let run = site.run(&["check", "--format", "json"]);
    let document: Value = serde_json::from_str(&run.out).unwrap();
    let findings = document["findings"].as_array().unwrap().iter();
    findings
        .map(|finding| finding["code"].as_str().unwrap().to_owned())
        .collect()
}

fn linking(site: &SiteTest) -> String {
    let text = site.read("markdown/gw__note-l.md");
    text.strip_prefix("# Linking\n\n")
        .unwrap()
        .trim_end()
        .to_owned()
}

/// Renames the document and back: the bytes are those of before.
fn there_and_back(site: &SiteTest, to: &str) {
    let before = [
        site.read("docsite.toml"),
        site.read("markdown/gw__note-l.md"),
    ];
    let findings = codes(site);
    site.run(&["mv", "gw__note-a", to, "--no-build"]).ends(0);
    assert_eq!(codes(site), findings, "{}", linking(site));
    let back = ["mv", to, "gw__note-a", "--no-alias", "--no-build"];
    site.run(&back).ends(0);
    let after = [
        site.read("docsite.toml"),
        site.read("markdown/gw__note-l.md"),
    ];
    assert_eq!(before, after);
}

#[test]
fn settings_stay_readable_whatever_a_name_has_in_it() {
    let link = "[a](gw__note-a.html)";
    let bare = "[search.aliases]\ngw__note-a = \"x\" # kept\n";
    for (name, key) in [
        ("gw__note-한글", "\"gw__note-한글\""),
        ("gw__note-1.2", "\"gw__note-1.2\""),
    ] {
        let site = site(bare, link);
        site.run(&["mv", "gw__note-a", name, "--no-build"]).ends(0);
        let settings = site.read("docsite.toml");
        assert!(
            settings.contains(&format!("{key} = \"x\" # kept")),
            "{settings}"
        );
        site.run(&["check"]).ends(0);
    }
    let escaped = "[redirects]\n\"old\" = \"gw\\u005f_note-a#one\"\n";
    let site = site(escaped, link);
    site.run(&["mv", "gw__note-a", "gw__note-q", "--no-build"])
        .ends(0);
    assert!(
        site.read("docsite.toml")
            .contains("\"old\" = \"gw__note-q#one\"")
    );
}

#[test]
fn a_rename_that_would_break_the_settings_is_refused() {
    let paths = "[check.paths.\"markdown/gw__note-a.md\"]\norphan = \"off\"\n\
                 [check.paths.\"markdown/gw__note-q.md\"]\norphan = \"error\"\n";
    let site = site(paths, "[a](gw__note-a.html)");
    let run = site.writes_nothing(&["mv", "gw__note-a", "gw__note-q"]);
    run.ends(2)
        .complains("docsite.toml:5:")
        .complains("duplicate key")
        .complains("change it by hand first");
    site.run(&["rm", "gw__note-a", "--redirect", "gw__note-l", "--no-build"])
        .ends(0);
    site.run(&["check"]).ends(0);
}

#[test]
fn patterns_of_paths_follow_a_topic_or_a_type_and_one_document_takes_none_along() {
    let settings = "[[topics]]\nprefix = \"gw\"\nname = \"G\"\n[[topics]]\nprefix = \"net\"\nname = \"N\"\n\
                    [check.paths.\"markdown/gw__*\"]\nimage-alt = \"off\"\n\
                    [check.paths.\"markdown/*__note-*\"]\norphan = \"off\"\n";
    let site = site(
        settings,
        "[a](gw__note-a.html) <img src=\"https://x.org/p.png\">",
    );
    let run = site
        .run(&["mv", "gw__note-a", "net__guide-a", "--no-build"])
        .ends(0);
    assert!(
        run.out
            .contains("`markdown/gw__*` of [check.paths] does not fit `net__guide-a`"),
        "{}",
        run.out
    );
    assert!(site.read("docsite.toml").ends_with(settings));
    let before = codes(&site);
    site.run(&["mv", "--topic", "gw", "sec", "-y", "--no-build"])
        .ends(0);
    site.run(&["mv", "--type", "note", "memo", "-y", "--no-build"])
        .ends(0);
    let after = site.read("docsite.toml");
    assert!(
        after.contains("[check.paths.\"markdown/sec__*\"]"),
        "{after}"
    );
    assert!(
        after.contains("[check.paths.\"markdown/*__memo-*\"]"),
        "{after}"
    );
    assert_eq!(codes(&site), before);
}

#[test]
fn redirects_go_one_by_one_in_every_layout_of_the_table() {
    for (before, after) in [
        (
            "redirects = { \"o1\" = \"gw__note-a\", \"keep\" = \"gw__note-l\" }\n",
            "redirects = { \"keep\" = \"gw__note-l\" }\n",
        ),
        (
            "redirects = { \"keep\" = \"gw__note-l\", \"o1\" = \"gw__note-a\", \"o2\" = \"gw__note-a#one\" }\n",
            "redirects = { \"keep\" = \"gw__note-l\" }\n",
        ),
        (
            "redirects = { \"o1\" = \"gw__note-a\", \"o2\" = \"gw__note-a\" }\n",
            "redirects = {  }\n",
        ),
        (
            "redirects.o1 = \"gw__note-a\" # gone\nredirects.keep = \"gw__note-l\"\n",
            "redirects.keep = \"gw__note-l\"\n",
        ),
        (
            "[redirects]\n\"o1\" = \"gw__note-a\"\n# stays\n\"keep\" = \"gw__note-l\"\n",
            "[redirects]\n# stays\n\"keep\" = \"gw__note-l\"\n",
        ),
    ] {
        let site = site(before, "text");
        site.run(&["rm", "gw__note-a", "--unlink", "--no-build"])
            .ends(0);
        assert_eq!(site.read("docsite.toml"), format!("{SETTINGS}{after}"));
        site.run(&["check"]).ends(0);
    }
}

#[test]
fn a_heading_takes_its_own_redirects_along_and_no_others() {
    let settings = "[redirects]\n\"o1\" = \"gw__note-a#one\" # to gw__note-a#one\n\"o2\" = \"gw__note-a#one-more\"\n";
    let site = site(settings, "[a](gw__note-a.html)");
    site.edit("markdown/gw__note-a.md", |text| text + "\n## One more\n");
    site.run(&["mv", "gw__note-a#one", "Uno", "--no-build"])
        .ends(0);
    let wanted = settings.replacen("gw__note-a#one\"", "gw__note-a#uno\"", 1);
    assert_eq!(site.read("docsite.toml"), format!("{SETTINGS}{wanted}"));
    site.run(&["check"]).ends(0);
}

#[test]
fn wikilinks_follow_words_that_they_cannot_write() {
    for (words, wanted) in [
        ("C# tips", "[[gw__note-a#c-tips]] [[gw__note-a#c-tips|x]]"),
        (
            "read | write",
            "[[gw__note-a#read--write]] [[gw__note-a#read--write|x]]",
        ),
        ("Plain", "[[gw__note-a#Plain]] [[gw__note-a#Plain|x]]"),
    ] {
        let site = site("", "[[gw__note-a#One]] [[gw__note-a#One|x]]");
        site.run(&["mv", "gw__note-a#one", words, "--no-build"])
            .ends(0);
        assert_eq!(linking(&site), wanted);
        site.run(&["check"]).ends(0);
    }
    let site = site("", "[[Title A#One|q]] [[Title A]] [[Title A#Title A]]");
    site.run(&["mv", "gw__note-a#title-a", "New title", "--no-build"])
        .ends(0);
    assert_eq!(
        linking(&site),
        "[[New title#One|q]] [[New title]] [[New title#New title]]"
    );
    site.run(&["check"]).ends(0);
}

#[test]
fn tags_that_go_over_lines_and_pictures_of_a_document_follow_its_name() {
    for text in [
        "<div>\n<a\n href=\"gw__note-a.html#one\">x</a>\n</div>",
        "<div>\n\t<a href=\"gw__note-a.html\"\n\ttarget=_blank>x</a>\n</div>",
        "> text <a href=\n> \"gw__note-a.html\">x</a>",
        "> <p>\n> <a title=\"a>b\"\n>  href='gw__note-a.md'>x</a></p>",
        "[a](gw__note-a.html) ![d](../assets/diagrams/gw__note-a/x.svg)",
        "![d](assets/diagrams/gw__note-a/x.svg)",
    ] {
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M0 0h9v9z\"/></svg>";
        let site = site("", text).file("assets/diagrams/gw__note-a/x.svg", svg);
        there_and_back(&site, "net__guide-q");
    }
}

#[test]
fn what_a_link_showed_stays_and_nothing_of_its_address_does() {
    for (text, wanted) in [
        ("<a href=\"gw__note-a.html\" title=\"a>b\">x</a>", "x"),
        ("[a](<gw__note-a.html> \"x](y)\") z", "a z"),
        (
            "[![i](https://x.org/i.png \"](\")](gw__note-a.html) z",
            "![i](https://x.org/i.png \"](\") z",
        ),
        (
            "[# x](gw__note-a.html)\n\n- [1. y](gw__note-a.html)\n\na\n[- z](gw__note-a.html) [**b**](gw__note-a.html)",
            "\\# x\n\n- 1\\. y\n\na\n\\- z **b**",
        ),
        (
            "[v][r]\n\n[r]: gw__note-a.html\n   (multi\n   line)\n\nz",
            "v\n\n\nz",
        ),
        ("[v][r]\n\n[r]:\n  <gw__note-a.md#one>\n  'title'", "v"),
        (
            "> [v][r]\n>\n> [r]: gw__note-a.html\n>  'title'\n\nz",
            "> v\n>\n\nz",
        ),
    ] {
        let site = site("", text);
        site.run(&["rm", "gw__note-a", "--unlink", "--no-build"])
            .ends(0);
        assert_eq!(linking(&site), wanted);
    }
}

#[test]
fn a_name_that_another_document_takes_over_is_no_alias() {
    let site = SiteTest::new()
        .doc("gw__note-a", "# A\n\n[b](gw__note-aa.html)\n")
        .doc("gw__note-aa", "# B\n\n[c](gw__note-aaa.html)\n")
        .doc("gw__note-aaa", "# C\n\n[a](gw__note-a.html)\n");
    site.run(&["mv", "gw__note-a*", "gw__note-aa*", "-y", "--no-build"])
        .ends(0);
    site.run(&["check"]).ends(0);
    assert!(
        site.read("markdown/gw__note-aa.md")
            .starts_with("---\naliases: [gw__note-a]\n")
    );
    assert!(site.read("markdown/gw__note-aaaa.md").starts_with("# C"));
}

#[test]
fn aliases_are_added_in_every_form_and_taken_back() {
    for (front, with_alias) in [
        ("aliases:", "aliases:\n  - gw__note-a"),
        ("aliases: ~", "aliases: [gw__note-a]"),
        ("aliases: x # why", "aliases: x, gw__note-a # why"),
        ("aliases: \"x\" # why", "aliases: [\"x\", gw__note-a] # why"),
        ("aliases:\n  - x", "aliases:\n  - x\n  - gw__note-a"),
        (
            "aliases: [x]\ntags: [t]",
            "aliases: [x, gw__note-a]\ntags: [t]",
        ),
    ] {
        let text = format!("---\n{front}\n---\n# A\n");
        let site = SiteTest::new().doc("gw__note-a", &text);
        site.run(&["mv", "gw__note-a", "gw__note-q", "--no-build"])
            .ends(0);
        let moved = site.read("markdown/gw__note-q.md");
        assert_eq!(moved, format!("---\n{with_alias}\n---\n# A\n"));
    }
    let site = SiteTest::new().doc("gw__note-a", "---\naliases:\n---\n# A\n");
    site.run(&["mv", "gw__note-a", "gw__note-q", "--no-build"])
        .ends(0);
    site.run(&["mv", "gw__note-q", "gw__note-a", "--no-alias", "--no-build"])
        .ends(0);
    assert_eq!(
        site.read("markdown/gw__note-a.md"),
        "---\naliases:\n---\n# A\n"
    );
    let site = SiteTest::new().doc("gw__note-q", "---\naliases: [gw__note-a.html]\n---\n# A\n");
    site.run(&["mv", "gw__note-q", "gw__note-a", "--no-build"])
        .ends(0);
    assert!(
        site.read("markdown/gw__note-a.md")
            .starts_with("---\naliases: [gw__note-q]\n")
    );
}

#[test]
fn a_correction_keeps_how_an_address_begins_and_ends() {
    let text = "![x](../attachment/p.png) [b](./GW__note-a.md#one) [c](../markdown/GW__note-a.md) [d](GW__note-a.html)";
    let site = site("", text).file("attachment/P.png", "x");
    site.run(&["fix", "--no-build"]).ends(0);
    assert_eq!(
        linking(&site),
        "![x](../attachment/P.png) [b](./gw__note-a.md#one) [c](../markdown/gw__note-a.md) [d](gw__note-a.html)"
    );
}

#[test]
fn a_diagram_that_links_to_a_document_is_a_link_to_it() {
    let text = "```mermaid\nflowchart LR\n  a --> b\n  click a \"gw__note-a.html#one\"\n```";
    let site = site("", text);
    site.writes_nothing(&["rm", "gw__note-a"])
        .ends(2)
        .complains("markdown/gw__note-l.md:3:1: error[still-linked]: has a diagram that links to `gw__note-a`");
    let plan = site.run(&["rm", "gw__note-a", "--unlink", "-n"]).ends(0);
    plan.says("has a diagram that links to `gw__note-a`: not changed");
    site.run(&["rm", "gw__note-a", "--redirect", "gw__note-l", "--no-build"])
        .ends(0);
    let text = site.read("markdown/gw__note-l.md");
    assert!(text.contains("click a \"gw__note-l.html#one\""), "{text}");
}

#[test]
fn a_built_in_type_that_gets_its_name_back_needs_no_list() {
    for settings in [Some("language = \"en\" # mine\r\n"), None] {
        let site = SiteTest::new().doc("gw__note-a", "# A\n");
        if let Some(settings) = settings {
            site.write("docsite.toml", settings);
        }
        site.run(&["mv", "--type", "note", "memo", "-y", "--no-build"])
            .ends(0);
        assert!(site.read("docsite.toml").contains("prefix = \"memo\""));
        site.run(&["mv", "--type", "memo", "note", "-y", "--no-build"])
            .ends(0);
        let after = site.has("docsite.toml").then(|| site.read("docsite.toml"));
        assert_eq!(after.as_deref(), settings);
    }
}
