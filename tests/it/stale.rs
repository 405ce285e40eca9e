//! A page that is out of date is reported with the kind of input that changed, and many with one
//! cause are reported on one line.

use docsite::fingerprint::Fingerprint;

use crate::harness::SiteTest;

const SETTINGS: &str = "title = \"One\"\n\n[[topics]]\nprefix = \"gw\"\nname = \"Gateway\"\n";
const FLOW: &str =
    r#"{"stages": [{"title": "0 A", "why": "w", "docs": ["gw__note-a", "gw__note-b"]}]}"#;

/// A document that shows something of everything that a page can show.
fn site() -> SiteTest {
    let site = SiteTest::new()
        .file("docsite.toml", SETTINGS)
        .file("flow.json", FLOW)
        .file("attachment/x.yaml", "a: 1\n")
        .file("assets/diagrams/gw__note-a/one.svg", svg("M0 0H9"))
        .doc(
            "gw__note-a",
            "# A\n\nText, [b](gw__note-b.md), [x](attachment/x.yaml).\n\n\
             ```mermaid {#one}\nflowchart LR\n  a --> b\n```\n",
        )
        .doc("gw__note-b", "# B\n\nSummary.\n")
        .doc("gw__note-c", "# C\n\nNothing.\n");
    site.rebuild().ends(0);
    site
}

fn svg(path: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"{path}\"/></svg>"
    )
}

type Edit<'a> = &'a dyn Fn(&SiteTest);

/// Why a rebuild would write the page of `gw__note-a`.
#[track_caller]
fn why(site: &SiteTest) -> String {
    let run = site.run(&["rebuild", "--dry-run"]);
    let mut lines = run.out.lines();
    let line = lines.find(|line| line.starts_with("write") && line.contains("gw__note-a.html"));
    let (_, why) = line.expect(&run.out).split_once("  (").unwrap();
    why.trim_end_matches(')').to_owned()
}

#[test]
fn the_kind_of_input_that_changed_is_named() {
    let cases: [(Edit, &str); 7] = [
        (
            &|site| site.edit("docsite.toml", |text| text.replace("One", "Two")),
            "the settings changed",
        ),
        (
            &|site| site.edit("docsite.toml", |text| text.replace("Gateway", "GW")),
            "the name of a topic or type changed",
        ),
        (
            &|site| {
                let page = "{% extends \"builtin/page.html\" %}";
                site.write("templates/page.html", page);
            },
            "the templates changed",
        ),
        (
            &|site| {
                site.edit("markdown/gw__note-b.md", |text| {
                    text.replace("# B", "# Bee")
                });
            },
            "the title or summary of a neighbour changed",
        ),
        (
            &|site| {
                site.edit("markdown/gw__note-c.md", |text| {
                    text + "\nSee [a](gw__note-a.md).\n"
                });
            },
            "the links to or from it changed",
        ),
        (
            &|site| site.edit("flow.json", |text| text.replace("0 A", "0 Z")),
            "its place in the flow changed",
        ),
        (
            &|site| site.write("attachment/x.yaml", "a: 12345678\n"),
            "the size of a linked file changed",
        ),
    ];
    for (change, expected) in cases {
        let site = site();
        change(&site);
        assert_eq!(why(&site), expected);
    }
}

#[test]
fn a_hand_drawn_picture_that_changed_is_named() {
    let site = site();
    site.write("assets/diagrams/gw__note-a/one.svg", svg("M0 0H5"));
    assert_eq!(why(&site), "a drawing changed");
}

#[test]
fn several_kinds_are_named_together() {
    let site = site();
    site.edit("docsite.toml", |text| text.replace("One", "Two"));
    site.edit("flow.json", |text| text.replace("0 A", "0 Z"));
    assert_eq!(why(&site), "the settings and its place in the flow changed");
}

/// A page as docsite wrote it before marks held inputs.
fn without_inputs(page: &str) -> String {
    let (start, end) = (page.find(" data-inputs=\"").unwrap(), |at| {
        at + " data-inputs=\"".len() + 36 + 1
    });
    let mut page = page.to_owned();
    page.replace_range(start..end(start), "");
    let own = page.find("data-page=\"").unwrap() + "data-page=\"".len();
    page.replace_range(own..own + 32, &"0".repeat(32));
    let print = Fingerprint::of(page.as_bytes()).to_string();
    page.replace_range(own..own + 32, &print);
    page
}

#[test]
fn pages_of_an_older_docsite_are_still_its_own() {
    let site = site();
    let page = "public/gw__note-a.html";
    site.edit(page, |text| without_inputs(&text));
    site.rebuild().ends(0).says("0 pages written, 3 up to date");
    site.edit("flow.json", |text| text.replace("0 A", "0 Z"));
    assert_eq!(why(&site), "docsite itself changed");
    site.rebuild().ends(0).says("2 pages written, 1 up to date");
    assert_eq!(site.set_aside(page), Vec::<Vec<u8>>::new());
}

/// Documents whose pages were written with other settings.
fn many(count: usize) -> SiteTest {
    let site = SiteTest::new();
    for at in 0..count {
        let text = format!("# {at}\n\n[next](gw__note-{}.md)\n", (at + 1) % count);
        site.write(&format!("markdown/gw__note-{at}.md"), text);
    }
    site.rebuild().ok();
    site.write("docsite.toml", "title = \"Another\"\n");
    site
}

#[test]
fn check_reports_many_stale_pages_of_one_cause_in_one_finding() {
    let site = many(50);
    let run = site.run(&["check"]).ends(0);
    assert_eq!(
        run.err.matches("warning[stale-page]").count(),
        1,
        "{}",
        run.err
    );
    run.complains(
        "markdown/gw__note-0.md:1:1: warning[stale-page]: 50 pages, including this document's, are out of date: the settings changed\n",
    )
    .complains("    help: docsite rebuild\n")
    .says("stale-page  1 warning\n1 warning in 50 documents");
    let run = site.run(&["check", "--format", "json"]).ends(0);
    let json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(json["findings"].as_array().unwrap().len(), 1);
    assert_eq!(json["findings"][0]["path"], "markdown/gw__note-0.md");
    assert_eq!(json["findings"][0]["line"], 1);
}

#[test]
fn a_single_stale_page_is_named_with_its_own_command() {
    let site = many(2);
    site.render("gw__note-0").ends(0);
    let run = site.run(&["check"]).ends(0);
    run.complains(
        "markdown/gw__note-1.md:1:1: warning[stale-page]: its page is out of date: \
         the settings changed\n",
    )
    .complains("    help: docsite render gw__note-1\n");
}

#[test]
fn a_baseline_holds_stale_pages_one_by_one() {
    let site = many(3);
    let baseline = site.path("baseline.json");
    let baseline = baseline.to_str().unwrap();
    site.run(&["check", "--write-baseline", baseline]).ok();
    assert_eq!(site.read("baseline.json").matches("stale-page").count(), 3);
    site.run(&["check", "--baseline", baseline]).ok();
    site.render("gw__note-0").ends(0);
    let run = site.run(&["check", "--baseline", baseline]).ok();
    run.says("2 old findings accepted");
}

#[test]
fn status_says_once_why_many_pages_are_out_of_date() {
    let run = many(50).run(&["status"]).ok();
    assert_eq!(
        run.out.matches("the settings changed").count(),
        1,
        "{}",
        run.out
    );
    run.says("50 pages out of date: the settings changed; `docsite rebuild` renders them\n");
    let site = many(2);
    site.render("gw__note-0").ends(0);
    site.run(&["status"])
        .ok()
        .says("gw__note-1  published, out of date  (the settings changed)\n");
}

#[test]
fn a_rebuild_of_many_pages_counts_them_by_reason() {
    let run = many(50).rebuild().ok();
    run.says("written   50 pages  (the settings changed)\n")
        .says("50 pages written");
}
