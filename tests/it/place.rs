//! The place of a document, also outside of the reading path: what is above it, beside it, and at its
//! repository's host.

use crate::harness::SiteTest;

fn site(settings: &str) -> SiteTest {
    let site = SiteTest::new()
        .file(
            "docsite.toml",
            format!("{settings}\ntopics = [{{ prefix = \"gw\", name = \"Gate\" }}]\n"),
        )
        .file(
            "flow.json",
            r#"{"stages": [{"title": "1", "why": "w", "docs": ["gw__note-on-path"]}]}"#,
        )
        .doc("gw__note-on-path", "# On\n")
        .doc("xds__note-alone", "# Alone\n");
    for at in 0..12 {
        site.write(
            &format!("markdown/gw__guide-{at:02}.md"),
            format!("# G{at}\n\nSays {at}.\n"),
        );
    }
    site.rebuild();
    site
}

#[test]
fn a_document_outside_the_path_is_in_its_topic() {
    let site = site("");
    let page = site.page("public/gw__guide-06.html");
    assert_eq!(
        page.attrs(".crumb a", "href"),
        ["index.html#topics?topic=gw"]
    );
    assert_eq!(page.texts(".crumb"), ["Gate"]);
    assert_eq!(
        page.attrs(".step a", "href"),
        ["gw__guide-05.html", "gw__guide-07.html"]
    );
    assert_eq!(page.texts(".step .because"), ["Says 5.", "Says 7."]);
    let near = page.texts(".side .line a");
    assert_eq!(
        near,
        ["G2", "G3", "G4", "G5", "G6", "G7", "G8", "G9", "G10"]
    );
    assert_eq!(page.texts(".side .line [aria-current]"), ["G6"]);
    assert!(!page.texts(".step").join("").contains("0/0"));
    // The path stays the path.
    let page = site.page("public/gw__note-on-path.html");
    assert_eq!(page.texts(".crumb"), ["1 1/1"]);
    assert_eq!(page.count(".step a"), 0);
    let page = site.page("public/xds__note-alone.html");
    assert_eq!(page.texts(".crumb a"), ["xds"]);
    assert_eq!(page.count(".step a"), 0);
}

#[test]
fn a_document_more_in_a_topic_changes_only_the_pages_near_it() {
    let site = site("");
    site.age();
    let before = site.output();
    site.write("markdown/gw__guide-99.md", "# G99\n");
    site.rebuild();
    let touched = before.touched_files(&site.output());
    let pages: Vec<&str> = touched
        .iter()
        .filter_map(|path| path.strip_suffix(".html")?.strip_prefix("gw__"))
        .collect();
    // Notes come before guides, so the path's document is not among its neighbours.
    assert_eq!(
        pages,
        ["guide-08", "guide-09", "guide-10", "guide-11", "guide-99"]
    );
}

#[test]
fn a_page_leads_to_its_editor_and_its_history() {
    let hosts = [
        (
            "https://github.com/o/n/tree/main",
            "https://github.com/o/n/commits/main",
        ),
        (
            "https://gitlab.com/o/n/-/tree/main/x/",
            "https://gitlab.com/o/n/-/commits/main/x",
        ),
        (
            "https://codeberg.org/o/n/src/branch/main",
            "https://codeberg.org/o/n/commits/branch/main",
        ),
        ("https://git.example.com/x", "https://git.example.com/x"),
    ];
    for (source, history) in hosts {
        let edit = "https://github.com/o/n/edit/main";
        let site = site(&format!(
            "source_url = \"{source}\"\nedit_url = \"{edit}/\""
        ));
        let page = site.page("public/gw__guide-00.html");
        let file = "markdown/gw__guide-00.md";
        assert_eq!(
            page.attrs(".src a", "href"),
            [
                file.to_owned(),
                format!("{edit}/{file}"),
                format!("{history}/{file}")
            ]
        );
    }
    let page = site("").page("public/gw__guide-00.html");
    assert_eq!(page.count(".src a"), 1);
    let site = SiteTest::new().file("docsite.toml", "edit_url = \"http://x\"\n");
    let run = site.run(&["rebuild"]).ends(2);
    run.complains("docsite.toml:1:12: error[settings]: `edit_url` must be an https address");
}

#[test]
fn other_sites_know_what_a_page_is_where_the_site_has_an_address() {
    let site = site("base_url = \"https://x.kr/d\"");
    let page = site.page("public/gw__guide-00.html");
    assert_eq!(
        page.attrs("link[rel=canonical]", "href"),
        ["https://x.kr/d/gw__guide-00.html"]
    );
    let property = |name: &str| page.attrs(&format!("meta[property='og:{name}']"), "content");
    assert_eq!(property("title"), ["G0"]);
    assert_eq!(property("description"), ["Says 0."]);
    assert_eq!(property("url"), ["https://x.kr/d/gw__guide-00.html"]);
    assert_eq!(property("type"), ["article"]);
    let index = site.page("public/index.html");
    assert_eq!(
        index.attrs("link[rel=canonical]", "href"),
        ["https://x.kr/d/index.html"]
    );
    assert_eq!(
        index.attrs("meta[property='og:type']", "content"),
        ["website"]
    );
}

#[test]
fn a_summary_that_says_no_more_than_the_title_is_not_printed() {
    let site = SiteTest::new()
        .doc(
            "gw__note-a",
            "---\ndescription: The same.\n---\n# The same\n\n[b](gw__note-b.md)\n",
        )
        .doc("gw__note-b", "---\ndescription: More\n---\n# Title\n");
    site.rebuild();
    assert_eq!(site.page("public/gw__note-a.html").count(".lede"), 0);
    assert_eq!(site.page("public/gw__note-b.html").texts(".lede"), ["More"]);
    let index = site.read("public/index.html");
    assert!(
        index.contains("More")
            && index.matches("The same").count() == index.matches(">The same<").count()
    );
}

#[test]
fn addresses_in_the_heads_of_pages_have_no_spaces() {
    let site = site("");
    for page in ["index", "files", "gw__guide-00"] {
        let page = site.page(&format!("public/{page}.html"));
        for href in page.attrs("link", "href") {
            assert!(!href.contains(' '), "{href}");
        }
    }
}

#[test]
fn documents_with_one_title_are_told_apart_in_lists() {
    let site = SiteTest::new()
        .doc("gw__note-a", "# Same\n\n[b](gw__note-b.html)\n")
        .doc("gw__note-b", "# Same\n")
        .doc("gw__note-c", "# Other\n\n[a](gw__note-a.html)\n");
    site.rebuild();
    let titles = ["Same (gw__note-a)", "Same (gw__note-b)", "Other"];
    let index = site.page("public/index.html");
    assert_eq!(index.texts("#topics .rows a"), titles);
    let page = site.page("public/gw__note-a.html");
    assert_eq!(page.texts(".leads li > a"), [titles[1]]);
    assert_eq!(page.texts(".side .line a"), titles);
    assert_eq!(page.texts(".step strong"), [titles[1]]);
    assert_eq!(page.text("h1").trim_end_matches('#'), "Same");
    // Once it is the only one, nothing else is said of it.
    site.write("markdown/gw__note-b.md", "# Own\n");
    site.rebuild();
    let index = site.page("public/index.html");
    assert_eq!(index.texts("#topics .rows a"), ["Same", "Own", "Other"]);
    assert_eq!(
        site.page("public/gw__note-c.html").texts(".leads li > a"),
        ["Same"]
    );
}
