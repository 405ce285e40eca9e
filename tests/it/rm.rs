//! `rm`, `publish`, `unpublish` and `deprecate`: documents that go or stay away, and what becomes of
//! the links to them.
//!
//! Not here: publication by the rules (`publication`).

use crate::harness::SiteTest;

/// A document that is named in every form, in a site whose files end their lines in both ways.
fn site() -> SiteTest {
    SiteTest::new()
        .file(
            "docsite.toml",
            "language = \"en\"\nwikilinks = \"link\"\n\n[redirects]\n\"old/x.html\" = \"gw__note-a#two\"\n\"old/y.html\" = \"gw__note-c\"\n",
        )
        .file(
            "flow.json",
            "{ \"stages\": [\n  { \"title\": \"0\", \"why\": \"w\", \"docs\": [\"gw__note-b\"] },\n  { \"title\": \"1\", \"why\": \"w\", \"docs\": [\n    \"gw__note-a.md\",\n    \"gw__note-c\"\n  ] }\n] }\n",
        )
        .doc("gw__note-a", "---\naliases: [gw__note-was]\n---\n# First\n\n## Two\n\n## Three\n\n[c](gw__note-c.html)\n")
        .doc(
            "gw__note-b",
            "---\r\nsuperseded_by: gw__note-a\r\n---\r\n# Second\r\n\r\n[*one*](gw__note-a.html#two) <a href=\"gw__note-a.html\">html</a> [ref][r] ![[gw__note-a]]\r\n[[gw__note-a#Three|label]] [[First]] [was](gw__note-was.html) [c](gw__note-c.html)\r\n\r\n[r]: gw__note-a.html\r\n",
        )
        .doc("gw__note-c", "# Third\n\n## Three\n\n[a](gw__note-a.html)\n")
        .file("assets/diagrams/gw__note-a/1.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M0 0h9v9z\"/></svg>")
}

#[test]
fn a_document_that_something_leads_to_stays_and_each_place_is_named() {
    let site = site();
    site.rebuild();
    let run = site.writes_nothing(&["rm", "gw__note-a"]).ends(2);
    for place in [
        "markdown/gw__note-b.md:6:1: error[still-linked]: links to `gw__note-a`",
        "markdown/gw__note-b.md:7:",
        "markdown/gw__note-c.md:5:1: error[still-linked]",
        "markdown/gw__note-b.md: error[still-linked]: is superseded by `gw__note-a`",
        "docsite.toml:5:1: error[still-linked]: has a redirect to `gw__note-a`",
        "--redirect BASENAME leads the links there",
    ] {
        assert!(run.err.contains(place), "{place}: {}", run.err);
    }
    site.writes_nothing(&["rm", "gw__note-x"])
        .ends(2)
        .complains("no such document");
    site.writes_nothing(&["rm", "gw__note-a", "--redirect", "gw__note-a"])
        .ends(2)
        .complains("goes too");
    site.writes_nothing(&["rm", "gw__note-a", "--redirect", "gw__note-x"])
        .ends(2)
        .complains("no such document");
}

#[test]
fn links_lead_to_another_document_that_gets_the_names() {
    let site = site();
    site.rebuild();
    let run = site
        .run(&["rm", "gw__note-a", "--redirect", "gw__note-c"])
        .ends(0);
    assert!(
        run.out.contains("removed   markdown/gw__note-a.md"),
        "{}",
        run.out
    );
    assert_eq!(
        site.read("markdown/gw__note-b.md"),
        "---\r\nsuperseded_by: gw__note-c\r\n---\r\n# Second\r\n\r\n[*one*](gw__note-c.html) <a href=\"gw__note-c.html\">html</a> [ref][r] ![[gw__note-c]]\r\n[[gw__note-c#Three|label]] [[gw__note-c]] [was](gw__note-was.html) [c](gw__note-c.html)\r\n\r\n[r]: gw__note-c.html\r\n"
    );
    assert!(
        site.read("markdown/gw__note-c.md")
            .starts_with("---\naliases: [gw__note-a, gw__note-was]\n---\n# Third\n")
    );
    assert!(
        site.read("docsite.toml")
            .contains("\"old/x.html\" = \"gw__note-c\"\n")
    );
    assert!(
        site.read("public/gw__note-a.html")
            .contains("gw__note-c.html")
    );
    assert!(!site.has("assets/diagrams/gw__note-a"));
    assert_eq!(site.set_aside("markdown/gw__note-a.md").len(), 1);
    assert_eq!(site.set_aside("assets/diagrams/gw__note-a/1.svg").len(), 1);
    site.run(&["check"]).ends(0);
}

#[test]
fn links_become_text() {
    let site = site();
    site.rebuild();
    site.run(&["rm", "gw__note-a", "--unlink"]).ends(0);
    assert_eq!(
        site.read("markdown/gw__note-b.md"),
        "---\r\n---\r\n# Second\r\n\r\n*one* html ref First\r\nlabel First was [c](gw__note-c.html)\r\n\r\n"
            .replacen("---\r\n---\r\n", "", 1)
    );
    assert_eq!(
        site.read("markdown/gw__note-c.md"),
        "# Third\n\n## Three\n\na\n"
    );
    assert!(
        site.read("docsite.toml")
            .ends_with("[redirects]\n\"old/y.html\" = \"gw__note-c\"\n")
    );
    assert_eq!(
        site.read("flow.json"),
        "{ \"stages\": [\n  { \"title\": \"0\", \"why\": \"w\", \"docs\": [\"gw__note-b\"] },\n  { \"title\": \"1\", \"why\": \"w\", \"docs\": [\n    \"gw__note-c\"\n  ] }\n] }\n"
    );
    assert!(!site.has("public/gw__note-a.html"));
    site.run(&["check"]).ends(0);
}

#[test]
fn references_are_redirected_and_unlinked_with_their_definitions() {
    let site = || {
        SiteTest::new()
            .file("docsite.toml", "")
            .doc("gw__note-a", "# A\n\n## Sec\n")
            .doc(
                "gw__note-b",
                "# B\n\n[t][r] [r][] [r]\n\n[r]: gw__note-a.md#sec \"T\"\n",
            )
            .doc("gw__note-c", "# C\n\n[b](gw__note-b.md)\n")
    };
    let one = site();
    one.run(&["rm", "gw__note-a", "--redirect", "gw__note-c"])
        .ends(0);
    assert!(
        one.read("markdown/gw__note-b.md")
            .ends_with("\n\n[r]: gw__note-c.md \"T\"\n")
    );
    let other = site();
    other.run(&["rm", "gw__note-a", "--unlink"]).ends(0);
    assert_eq!(other.read("markdown/gw__note-b.md"), "# B\n\nt r r\n\n");
}

#[test]
fn the_last_document_of_a_site_leaves_a_site() {
    let site = SiteTest::new().doc("gw__note-a", "# A\n");
    site.rebuild();
    site.run(&["rm", "gw__note-a"]);
    assert!(site.has("markdown"));
    site.run(&["status"]).ends(0);
}

#[test]
fn the_last_document_of_a_stage_goes_with_its_comma() {
    let site = site();
    site.run(&["rm", "gw__note-c", "--unlink"]).ends(0);
    assert!(
        site.read("flow.json")
            .ends_with("\"docs\": [\n    \"gw__note-a.md\"\n  ] }\n] }\n")
    );
    site.run(&["rm", "gw__note-a", "--force"]);
    assert!(site.read("flow.json").contains("\"docs\": [] }"));
}

#[test]
fn force_leaves_links_and_a_drawn_page_stays() {
    let site = site();
    site.rebuild();
    site.edit("public/gw__note-a.html", |page| {
        page.replace("</article>", "<p>mine</p></article>")
    });
    let page = site.bytes("public/gw__note-a.html");
    let b = site.bytes("markdown/gw__note-b.md");
    let run = site.run(&["rm", "gw__note-a", "--force"]);
    assert!(
        run.out
            .contains("note      public/gw__note-a.html: is hand-made, and stays"),
        "{}",
        run.out
    );
    assert_eq!(site.bytes("public/gw__note-a.html"), page);
    assert_eq!(site.bytes("markdown/gw__note-b.md"), b);
    site.run(&["check"]).ends(1).complains("broken-document");
}

#[test]
fn where_only_pages_are_published_the_page_goes_too() {
    let site = site();
    site.edit("docsite.toml", |text| format!("output = \".\"\n{text}"));
    site.run(&["rebuild", "--all"]);
    site.run(&["mv", "gw__note-a", "gw__note-z"]).ends(0);
    assert!(site.has("gw__note-z.html"));
    site.run(&["rm", "gw__note-z", "--unlink"]).ends(0);
    assert!(!site.has("gw__note-z.html") && !site.has("markdown/gw__note-z.md"));
    site.writes_nothing(&["rebuild"]);
}

#[test]
fn publish_and_unpublish_are_each_other_s_inverse() {
    let site = site();
    site.rebuild();
    let before = site.tree();
    site.run(&["unpublish", "gw__note-c"]);
    assert!(!site.has("public/gw__note-c.html"));
    assert!(
        site.read("markdown/gw__note-c.md")
            .starts_with("---\ndraft: true\n---\n")
    );
    site.run(&["publish", "gw__note-c"]).ends(0);
    assert_eq!(before.changed(&site.tree()), [""; 0]);
    site.edit("docsite.toml", |text| {
        format!("publish = \"pages\"\n{text}")
    });
    site.run(&["unpublish", "gw__note-c"]);
    assert!(!site.has("public/gw__note-c.html"));
    site.run(&["publish", "gw__note-c"]).ends(0);
    assert!(site.has("public/gw__note-c.html"));
    site.run(&["publish", "gw__note-x"])
        .ends(2)
        .complains("no such document");
}

#[test]
fn unpublish_names_the_links_that_lead_nowhere_then() {
    let site = site();
    site.rebuild();
    let link = "markdown/gw__note-b.md:7: links to `gw__note-c`, which has no page then";
    site.writes_nothing(&["unpublish", "gw__note-c", "--dry-run"])
        .ok()
        .says(link);
    site.edit("docsite.toml", |text| {
        format!("publish = \"pages\"\n{text}")
    });
    site.writes_nothing(&["unpublish", "gw__note-c", "--dry-run"])
        .ok()
        .says(link);
    let both = ["unpublish", "gw__note-b", "gw__note-c", "--dry-run"];
    let run = site.writes_nothing(&both).ok();
    assert!(!run.out.contains("gw__note-b.md:7"), "{}", run.out);
}

#[test]
fn a_pattern_means_all_documents_that_fit_and_is_asked_for() {
    let site = site().doc("sec__note-d", "# D\n");
    site.rebuild();
    for command in ["rm", "publish", "unpublish"] {
        site.writes_nothing(&[command, "xds__*"])
            .ends(2)
            .complains("no document is named `xds__*`");
    }
    site.writes_nothing(&["unpublish", "gw__*"])
        .ends(2)
        .complains("`--yes` carries it out");
    site.run(&["unpublish", "gw__*", "gw__note-a", "--yes"]);
    assert!(!site.has("public/gw__note-a.html") && !site.has("public/gw__note-c.html"));
    assert!(site.has("public/sec__note-d.html"));
    site.run(&["rm", "gw__*", "--force", "--yes"]);
    let tree = site.tree();
    let mut left = tree.paths();
    left.retain(|path| path.starts_with("markdown/"));
    assert_eq!(left, ["markdown/sec__note-d.md"]);
}

#[test]
fn a_document_says_that_it_is_out_of_date_and_what_to_read() {
    let site = site();
    let run = site.run(&[
        "deprecate",
        "gw__note-c",
        "--by",
        "gw__note-a",
        "--reason",
        "old \"API\"",
    ]);
    run.ends(0);
    assert!(site.read("markdown/gw__note-c.md").starts_with(
        "---\nsuperseded_by: gw__note-a\ndeprecated: \"old \\\"API\\\"\"\n---\n# Third\n"
    ));
    let page = site.read("public/gw__note-c.html");
    assert!(
        page.contains("old &quot;API&quot;") || page.contains("old \"API\""),
        "{page}"
    );
    site.run(&["deprecate", "gw__note-c"])
        .ends(0)
        .says("nothing to change");
    site.run(&["deprecate", "gw__note-c", "--reason", "a # b\n c"])
        .ends(0);
    assert!(
        site.read("markdown/gw__note-c.md")
            .contains("deprecated: \"a # b c\"\n")
    );
    site.run(&["deprecate", "gw__note-c", "--reason", "x"])
        .ends(0);
    assert!(
        site.read("markdown/gw__note-c.md")
            .contains("deprecated: \"x\"\n")
    );
    site.run(&["deprecate", "gw__note-a"]).ends(0);
    assert!(
        site.read("markdown/gw__note-a.md")
            .contains("deprecated: true\n")
    );
    site.run(&["deprecate", "gw__note-a", "--by", "gw__note-a"])
        .ends(2)
        .complains("instead of itself");
    site.run(&["deprecate", "gw__note-a", "--by", "gw__note-x"])
        .ends(2)
        .complains("no such document");
}
