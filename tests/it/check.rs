//! `docsite check`: each finding with its place, levels, comments that silence, and the exit status.
//!
//! Not here: the ratchet and git (`check_change`), formats, other hosts, and another checker's
//! opinion (`lychee`).

use crate::harness::{Run, SiteTest};
use crate::samples;
use crate::web::{Reply, Web};

/// The findings as `path:line:column code`, in the order in which they are told.
fn found(run: &Run) -> Vec<String> {
    let lines = run.err.lines().chain(run.out.lines());
    lines
        .filter_map(|line| {
            let (place, rest) = line
                .split_once(": error[")
                .or_else(|| line.split_once(": warning["))?;
            let (code, _) = rest.split_once("]: ")?;
            Some(format!("{place} {code}"))
        })
        .collect()
}

fn check(site: &SiteTest) -> Run {
    site.run(&["check"])
}

/// A site without anything wrong, to which each test adds what it is about.
fn healthy() -> SiteTest {
    SiteTest::new()
        .file(
            "docsite.toml",
            "language = \"en\"\n[[topics]]\nprefix = \"gw\"\n[[topics]]\nprefix = \"sec\"\n",
        )
        .file(
            "flow.json",
            r#"{"stages": [{"title": "0 First", "why": "Because.", "docs": ["gw__note-a", "gw__guide-b", "sec__note-c"]}]}"#,
        )
        .file("attachment/egress/gateway.yaml", "a: 1\n")
        .doc("gw__note-a", "# A\n\n[b](gw__guide-b.html#part)\n")
        .doc("gw__guide-b", "# B\n\n## Part\n\n[y](attachment/egress/gateway.yaml)\n")
        .doc("sec__note-c", "# C\n\nText.\n")
}

#[track_caller]
fn finds(site: &SiteTest, expected: &[&str]) -> Run {
    let run = check(site);
    // Errors come first; here the order of the places is easier to read.
    let (mut found, mut expected) = (found(&run), expected.to_vec());
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected, "out: {}\nerr: {}", run.out, run.err);
    run
}

/// With document C holding this text, so that its third line is the text's first.
#[track_caller]
fn finds_in(text: &str, expected: &[&str]) -> Run {
    let site = healthy().doc("sec__note-c", format!("# C\n\n{text}\n"));
    let expected: Vec<String> = expected
        .iter()
        .map(|place| format!("markdown/sec__note-c.md:{place}"))
        .collect();
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    finds(&site, &expected)
}

#[test]
fn a_healthy_archive_passes_built_or_not_and_nothing_is_written_but_a_cache() {
    let site = healthy();
    let before = site.tree();
    site.run(&["check", "--strict"]).ok();
    assert_eq!(before.touched_files(&site.tree()), [""; 0]);
    site.writes_nothing(&["check", "--strict"]).ok();
    site.rebuild().ok();
    site.writes_nothing(&["check", "--strict"]).ok();
}

#[test]
fn the_archive_of_this_repo_passes_strictly() {
    let repo = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let site = SiteTest::copy_of(
        repo,
        &["target", "public", "src", "tests", ".git", ".docsite"],
    );
    site.run(&["check", "--strict"]).ends(0);
}

#[test]
fn links_that_lead_nowhere() {
    finds_in("ab [x](gw__note-none.html)", &["3:4 broken-document"])
        .ends(1)
        .complains("did you mean `gw__note-a`?");
    finds_in("[x](gw__guide-b.html#prat)", &["3:1 broken-heading"])
        .complains("did you mean `#part`?");
    finds_in("[x](#none)", &["3:1 broken-heading"]);
    finds_in(
        "한 [x](attachment/egress/gatewy.yaml)",
        &["3:3 broken-attachment"],
    )
    .complains("did you mean `attachment/egress/gateway.yaml`?");
    finds_in("![x](attachment/none.png)", &["3:1 broken-image"]);
    finds_in("[x](javascript:alert)", &["3:1 refused-link"]);
}

#[test]
fn links_of_raw_html_count() {
    finds_in(
        "<a href=\"gw__note-none.html\">x</a>",
        &["3:1 broken-document"],
    );
    finds_in(
        "<p>\n<a href='gw__guide-b.html#none'>x</a></p>",
        &["4:1 broken-heading"],
    );
    finds_in("글 <img src=\"none.png\" alt=\"\">", &["3:3 broken-image"]);
    finds_in(
        "<a href=\"gw__guide-b.html#part\">x</a> <a href=\"https://a.io\">y</a>",
        &[],
    )
    .ends(0);
    finds_in("<a href=\"gw__guide-b.md\">x</a>", &[]).ends(0);
    finds_in("<p id=\"here\">x</p>\n\n[y](#here)", &[]);
}

#[test]
fn links_to_documents_that_are_not_to_be_linked() {
    let site = healthy()
        .doc("sec__note-draft", "---\ndraft: true\n---\n# D\n")
        .doc(
            "sec__note-old",
            "---\ndeprecated: true\nsuperseded_by: gw__note-a\n---\n# O\n",
        )
        .doc(
            "sec__note-c",
            "# C\n\n[d](sec__note-draft.html) [o](sec__note-old.html)\n",
        );
    let run = finds(
        &site,
        &[
            "markdown/sec__note-c.md:3:1 unpublished-link",
            "markdown/sec__note-c.md:3:27 deprecated-link",
            "markdown/sec__note-old.md:5:1 outside-flow",
        ],
    );
    run.ends(1).complains("its successor is `gw__note-a`");
}

#[test]
fn names_that_differ_only_in_case() {
    let site = healthy()
        .doc("gw__note-한글", "# H\n\n[a](gw__note-a.html)\n")
        .doc(
            "sec__note-c",
            "# C\n\n[a](GW__note-A.html) [y](attachment/Egress/gateway.yaml)\n\n\
             [h](gw__note-\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}.html)\n",
        );
    finds(
        &site,
        &[
            "markdown/gw__note-한글.md:1:1 outside-flow",
            "markdown/sec__note-c.md:3:1 name-mismatch",
            "markdown/sec__note-c.md:3:22 name-mismatch",
        ],
    )
    .complains("write `gw__note-a.html`")
    .complains("write `attachment/egress/gateway.yaml`");
}

#[test]
fn links_that_only_some_server_finds() {
    finds_in("[x](/gw__note-a.html)", &["3:1 absolute-link"]).ends(0);
    finds_in("[x](/none.html)", &["3:1 broken-document"]).ends(1);
    finds_in("[x](../up.html)", &["3:1 outside-link"]).ends(1);
    finds_in("[x](a/../../../etc/passwd)", &["3:1 outside-link"]);
}

#[test]
fn wikilinks_references_and_footnotes() {
    finds_in(
        "[[gw__guide-b]] 그리고 [[B]]",
        &["3:1 wikilink", "3:21 wikilink"],
    )
    .complains("write `[gw__guide-b](gw__guide-b.html)`");
    finds_in(
        "[text][none] [x][] [y] a[^none]",
        &[
            "3:1 undefined-reference",
            "3:14 undefined-reference",
            "3:25 undefined-footnote",
        ],
    );
    finds_in("[text][a]\n\n[a]: gw__note-a.html", &[]);
}

#[test]
fn titles_headings_and_pictures() {
    finds_in(
        "#### Deep\n\n# Second",
        &["3:1 skipped-heading", "5:1 double-title"],
    );
    finds_in("![](attachment/egress/gateway.yaml)", &["3:1 image-alt"]);
    finds_in(
        "<img src=\"attachment/egress/gateway.yaml\">",
        &["3:1 image-alt"],
    );
    finds_in("<p onclick=\"x()\">x</p>", &["3:1 raw-html"]);
    let site = healthy().doc("sec__note-c", "Text alone.\n");
    finds(&site, &["markdown/sec__note-c.md:1:1 missing-title"]);
}

#[test]
fn names_topics_types_and_files_that_are_not_documents() {
    let site = healthy()
        .doc("gww__note-x", "# X\n")
        .doc("gw__nota-y", "---\nx: 1\n---\n\n# Y\n")
        .file("markdown/readme.txt", "x")
        .file("markdown/no-name.md", "x");
    finds(
        &site,
        &[
            "markdown/gw__nota-y.md:5:1 orphan",
            "markdown/gw__nota-y.md:5:1 outside-flow",
            "markdown/gw__nota-y.md:5:1 unknown-type",
            "markdown/gww__note-x.md:1:1 orphan",
            "markdown/gww__note-x.md:1:1 outside-flow",
            "markdown/gww__note-x.md:1:1 unknown-topic",
            "markdown/no-name.md bad-name",
            "markdown/readme.txt not-a-document",
        ],
    )
    .complains("did you mean `gw`?")
    .complains("did you mean `note`?");
}

#[test]
fn the_flow_names_what_is_there_once_and_says_why() {
    let site = healthy().file(
        "flow.json",
        "{\"stages\": [\n {\"title\": \"0 A\", \"docs\": [\"gw__note-a\", \"gw__note-a\"]},\n \
         {\"title\": \"1 B\", \"why\": \"w\", \"docs\": [\"gw__guide-b\", \"none__note-x\", \"sec__note-c\"]}]}\n",
    );
    finds(
        &site,
        &[
            "flow.json:2:2 flow-missing-why",
            "flow.json:2:42 flow-duplicate-document",
            "flow.json:3:55 flow-unknown-document",
        ],
    );
}

#[test]
fn aliases_that_two_documents_claim() {
    let site = healthy()
        .doc(
            "gw__note-a",
            "---\naliases: [gw__note-old, sec__note-c]\n---\n# A\n",
        )
        .doc(
            "sec__note-c",
            "---\naliases: [gw__note-old.html]\n---\n# C\n",
        );
    finds(
        &site,
        &[
            "markdown/gw__note-a.md:1:1 duplicate-alias",
            "markdown/sec__note-c.md:1:1 duplicate-alias",
        ],
    );
}

#[test]
fn pages_that_do_not_fit_their_documents() {
    let site = healthy();
    site.rebuild().ok();
    site.edit("markdown/gw__note-a.md", |text| text + "\nMore.\n");
    site.edit("public/sec__note-c.html", |page| {
        page.replace(
            "</main>",
            "<figure class=\"dia\"><pre>x</pre></figure></main>",
        )
    });
    site.edit("markdown/sec__note-c.md", |text| text + "\nMore.\n");
    site.write("public/gw__note-gone.html", "<title>x</title>");
    finds(
        &site,
        &[
            "markdown/gw__note-a.md:1:1 stale-page",
            "markdown/sec__note-c.md:1:1 diagram-placeholder",
            "markdown/sec__note-c.md:1:1 page-behind",
            "public/gw__note-gone.html stray-page",
        ],
    )
    .ends(0);
}

#[test]
fn a_link_into_a_hand_made_page_needs_an_id_that_the_page_has() {
    let site = healthy();
    site.rebuild().ok();
    site.edit("public/gw__guide-b.html", |page| {
        page.replace("id=\"part\"", "id=\"own\"")
    });
    // What programs read says that the page is made by hand.
    finds(
        &site,
        &[
            "markdown/gw__note-a.md:3:1 broken-heading",
            "public/gw__guide-b.json stale-file",
        ],
    );
    site.run(&["reindex"]);
    finds(&site, &["markdown/gw__note-a.md:3:1 broken-heading"]).complains("id=\"part\"");
    site.edit("markdown/gw__note-a.md", |text| {
        text.replace("#part", "#own")
    });
    let run = check(&site);
    assert_eq!(found(&run), ["markdown/gw__note-a.md:1:1 stale-page"]);
}

#[test]
fn settings_and_templates_that_are_wrong_are_findings() {
    let site = healthy().file("docsite.toml", "titel = \"x\"\n");
    finds(&site, &["docsite.toml:1:1 settings"]).ends(1);
    let site = healthy().file("templates/page.html", "{% block x %}\n");
    let run = check(&site).ends(1);
    assert!(found(&run)[0].ends_with(" template"), "{run:?}");
}

#[test]
fn a_level_of_the_settings_holds_for_all_or_for_a_path() {
    let settings = |check: &str| format!("language = \"en\"\n{check}\n");
    let site = healthy().doc("sec__note-c", "# C\n\n[[x]] [y](none__note-x.html)\n");
    let both = [
        "markdown/sec__note-c.md:3:1 wikilink",
        "markdown/sec__note-c.md:3:7 broken-document",
    ];
    site.write(
        "docsite.toml",
        settings("[check]\nwikilink = \"error\"\nbroken-document = \"warn\""),
    );
    finds(&site, &both)
        .ends(1)
        .complains("error[wikilink]")
        .complains("warning[broken-document]");
    site.write(
        "docsite.toml",
        settings("[check]\nwikilink = \"off\"\nbroken-document = \"off\""),
    );
    finds(&site, &[]).ends(0);
    site.write(
        "docsite.toml",
        settings("[check]\nwikilink = \"off\"\n[check.paths.\"markdown/sec__*\"]\nwikilink = \"warn\"\nbroken-document = \"off\""),
    );
    finds(&site, &both[..1]).ends(0);
    site.write(
        "docsite.toml",
        settings("[check]\nwikilnk = \"off\"\norphan = \"loud\""),
    );
    site.run(&["rebuild"])
        .ends(2)
        .complains("did you mean `wikilink`?")
        .complains("docsite.toml:4:10");
}

#[test]
fn strict_fails_on_warnings() {
    let site = healthy().doc("sec__note-c", "# C\n\n[[x]]\n");
    check(&site).ends(0);
    site.run(&["check", "--strict"]).ends(1);
}

#[test]
fn a_comment_silences_one_code_on_the_next_line_and_says_why() {
    let silence = |comment: &str| format!("{comment}\n[x](none__note-x.html) [[y]]");
    finds_in(
        &silence("<!-- docsite-ignore broken-document: 다음 주에 쓴다 -->"),
        &["4:24 wikilink"],
    )
    .ends(0);
    finds_in(
        &silence("<!-- docsite-ignore broken-document -->"),
        &[
            "3:1 ignore-without-reason",
            "4:1 broken-document",
            "4:24 wikilink",
        ],
    );
    finds_in(
        &silence("<!-- docsite-ignore broken-docment: x -->"),
        &["3:1 ignore-unknown", "4:1 broken-document", "4:24 wikilink"],
    )
    .complains("did you mean `broken-document`?");
    finds_in(
        "<!-- docsite-ignore orphan: x -->\ntext",
        &["3:1 ignore-unused"],
    );
    let both = "<!-- docsite-ignore wikilink: x -->\n<!-- docsite-ignore broken-document: y -->";
    finds_in(&silence(both), &[]).ends(0);
    let unused = "<!-- docsite-ignore orphan: x -->\n<!-- docsite-ignore broken-document: y -->";
    finds_in(&silence(unused), &["3:1 ignore-unused", "5:24 wikilink"]);
}

/// An archive has a link to no document and one to no heading, in one line of this document, and no
/// other error.
pub fn two_links_are_broken(site: &SiteTest, basename: &str) {
    let path = format!("markdown/{basename}.md");
    let source = site.read(&path);
    let (line, text) = (1..)
        .zip(source.lines())
        .find(|(_, text)| text.starts_with("깨진 링크"))
        .unwrap();
    let column = |link: &str| text[..text.find(link).unwrap()].chars().count() + 1;
    let run = site.run(&["check"]).ends(1);
    let errors = run.err.lines().filter(|line| line.contains(": error["));
    let errors: Vec<&str> = errors.collect();
    assert_eq!(errors.len(), 2, "{errors:?}");
    for (error, link, code) in [
        (errors[0], "[없는 문서]", "broken-document"),
        (errors[1], "[없는 절]", "broken-heading"),
    ] {
        let start = format!("{path}:{line}:{}: error[{code}]", column(link));
        assert!(error.starts_with(&start), "{error}, not {start}");
    }
}

#[test]
fn the_older_archive_has_its_two_broken_links_and_few_more_findings() {
    two_links_are_broken(&samples::older_archive(), samples::BROKEN);
}

#[test]
fn hostile_links_end_in_a_line_each() {
    let long = format!("[x]({}.html)", "a".repeat(100_000));
    let site = healthy().doc(
        "sec__note-c",
        format!("# C\n\n{long}\n\n[y](%ff%zz.html) [z](%00.html)\n"),
    );
    let run = check(&site).ends(1);
    assert!(run.err.len() < 10_000, "{}", run.err.len());
    assert_eq!(found(&run).len(), 3, "{}", run.err);
    let many = "[x](n.html) ".repeat(1_000_000);
    let run = check(&healthy().doc("sec__note-c", format!("# C\n\n{many}\n"))).ends(1);
    run.complains("and 999800 more of this kind in this document");
}

#[test]
fn other_hosts_are_asked_only_where_that_is_wanted_and_their_answers_are_kept() {
    let web = Web::new()
        .on("/ok", [Reply::ok()])
        .on("/gone", [Reply::status(404)]);
    let (ok, gone) = (web.url("/ok"), web.url("/gone"));
    let text = format!("# C\n\n[a]({ok}) {gone}\n");
    let site = healthy().doc("sec__note-c", text);
    check(&site).ends(0);
    assert_eq!(web.requests(), [""; 0]);
    let run = site.run(&["check", "--external"]).ends(1);
    let column = format!("[a]({ok}) ").chars().count() + 1;
    let place = format!("markdown/sec__note-c.md:3:{column} dead-link");
    assert_eq!(found(&run), [place], "{run:?}");
    let before = web.requests().len();
    site.run(&["check", "--external"]).ends(1);
    let again = &web.requests()[before..];
    assert!(
        again.iter().all(|request| !request.contains("/ok")),
        "{again:?}"
    );
}

#[test]
fn the_formats_come_to_standard_output_and_the_status_is_the_same() {
    let site = healthy().doc("sec__note-c", "# C\n\n**굵게** [x](gw__note-none.html)\n");
    let text = check(&site).ends(1);
    let caret = "3 | **굵게** [x](gw__note-none.html)\n      |          ^^^^^^^^^^^^^^^^^^^^^^^\n";
    assert!(text.err.contains(caret), "{}", text.err);
    assert!(text.out.contains("1 error"), "{}", text.out);
    for (format, says) in [
        ("json", "\"code\": \"broken-document\""),
        ("github", "::error file=markdown/sec__note-c.md,line=3,"),
        ("sarif", "\"ruleId\": \"broken-document\""),
        ("junit", "<failure"),
        ("markdown", "broken-document"),
    ] {
        let run = site.run(&["check", "--format", format]).ends(1).says(says);
        assert_eq!(run.err, "", "{format}");
        healthy().run(&["check", "--format", format]).ok();
    }
}

#[test]
fn links_of_a_hand_made_page_count_and_stand_in_the_page() {
    let site = healthy();
    site.rebuild().ok();
    site.edit("public/sec__note-c.html", |page| {
        let links = "<a href='gone.html'>x</a> <a href='gw__guide-b.html#part'>y</a>";
        page.replace("</body>", &format!("\n{links}</body>"))
    });
    site.run(&["reindex"]);
    let lines = site.read("public/sec__note-c.html");
    let line = lines
        .lines()
        .position(|line| line.contains("gone.html"))
        .unwrap()
        + 1;
    let place = format!("public/sec__note-c.html:{line}:1 broken-document");
    finds(&site, &[&place]).ends(1);
}

#[test]
fn a_document_of_the_flow_without_a_page_is_an_error() {
    let site = healthy();
    site.edit("docsite.toml", |text| {
        format!("publish = \"pages\"\n{text}")
    });
    site.run(&["rebuild", "--all"]).ok();
    site.remove("public/sec__note-c.html");
    site.run(&["reindex"]).ends(0);
    let run = check(&site).ends(1);
    assert!(
        found(&run)[0].ends_with("flow-unpublished-document"),
        "{run:?}"
    );
}

#[test]
fn a_baseline_is_written_over_nothing_but_a_baseline() {
    let site = SiteTest::new()
        .doc("gw__note-a", "# A\n\n[b](gw__note-b.html)\n")
        .file("empty", "")
        .file("other.json", "{\"version\": 1}\n");
    site.rebuild();
    site.run(&["check"]).ends(1);
    std::fs::create_dir(site.path("folder")).unwrap();
    site.link("link", site.path("markdown/gw__note-a.md"));
    site.link("nowhere", "none");
    let paths = [
        "markdown/gw__note-a.md",
        "empty",
        "other.json",
        "folder",
        "link",
        "nowhere",
    ];
    for path in paths {
        let whole = site.path(path);
        let args = ["check", "--write-baseline", whole.to_str().unwrap()];
        let run = site.writes_nothing(&args).ends(2);
        run.complains("is not overwritten").complains(path);
    }
    for _ in 0..2 {
        let whole = site.path("baseline.json");
        site.run(&["check", "--write-baseline", whole.to_str().unwrap()])
            .ends(0);
        site.run(&["check", "--baseline", whole.to_str().unwrap()])
            .ends(0);
    }
}
