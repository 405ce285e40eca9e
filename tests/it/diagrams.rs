//! Diagrams: drawn by the build, or by hand into a slot, and what `docsite diagrams` does with
//! them.

use docsite::fingerprint::Fingerprint;
use scraper::{Html, Selector};
use serde_json::Value;

use crate::harness::{Run, SiteTest};
use crate::reader::Page;

const FLOW: &str = "flowchart LR\n  a[리스너] --> b[라우트]\n";
/// A picture with an id that it refers to, in its own colours and in the site's.
const PICTURE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 80 40\">\
    <title>손 그림</title><style>.box{fill:var(--sunk)}</style>\
    <defs><marker id=\"end\"><path d=\"M0 0L4 2L0 4z\"/></marker></defs>\
    <rect class=\"box\" width=\"40\" height=\"20\"/><text x=\"4\" y=\"14\">손으로</text>\
    <path d=\"M40 10h20\" marker-end=\"url(#end)\"/></svg>";

fn fence(info: &str, source: &str) -> String {
    format!("```{info}\n{source}```\n\n")
}

fn site(body: &str) -> SiteTest {
    SiteTest::new().doc("gw__note-a", format!("# A\n\n{body}"))
}

fn built(body: &str) -> SiteTest {
    let site = site(body);
    site.rebuild().ok();
    site
}

fn page(site: &SiteTest) -> String {
    site.read("public/gw__note-a.html")
}

/// The figure of a slot, as it is written.
#[track_caller]
fn figure(site: &SiteTest, slot: &str) -> String {
    let page = page(site);
    let start = page.find(&format!("id=\"ds.dia.{slot}\"")).unwrap();
    let start = page[..start].rfind("<figure").unwrap();
    let end = page[start..].find("</figure>").unwrap() + start;
    page[start..end].to_owned()
}

fn json(run: Run) -> Value {
    serde_json::from_str(&run.ends(0).out).unwrap()
}

/// What `diagrams --json` says of a document: slot and state of each.
fn states(site: &SiteTest) -> Vec<String> {
    let listed = json(site.run(&["diagrams", "--json"]));
    let slots = listed["slots"].as_array().unwrap().iter();
    slots
        .map(|slot| {
            let text = |key: &str| slot[key].as_str().unwrap().to_owned();
            format!("{} {}", text("slot"), text("state"))
        })
        .collect()
}

/// The text of the first such element, blanks and all.
fn whole(page: &Page, selector: &str) -> String {
    let html = Html::parse_document(&page.source);
    let selector = Selector::parse(selector).unwrap();
    html.select(&selector).next().unwrap().text().collect()
}

fn codes(site: &SiteTest) -> Vec<String> {
    let found = site.run(&["check", "--format", "json"]);
    let found: Value = serde_json::from_str(&found.out).unwrap();
    let findings = found["findings"].as_array().unwrap().iter();
    findings
        .filter(|finding| {
            let code = finding["code"].as_str().unwrap();
            code.starts_with("diagram") || code.starts_with("drawing")
        })
        .map(|finding| {
            let place = finding["path"].as_str().unwrap();
            let line = finding["line"].as_u64().unwrap_or_default();
            format!("{place}:{line} {}", finding["code"].as_str().unwrap())
        })
        .collect()
}

fn put(site: &SiteTest, slot: &str, picture: &str) -> Run {
    site.write("../picture.svg", picture);
    let file = site.path("../picture.svg");
    site.run(&[
        "diagrams",
        "put",
        "gw__note-a",
        slot,
        file.to_str().unwrap(),
    ])
}

#[test]
fn a_fence_becomes_a_picture_with_its_name_and_its_source() {
    let site = built(&fence("mermaid {#flow} title=\"요청이 <지나는> 길\"", FLOW));
    let page = site.page("public/gw__note-a.html");
    assert_eq!(page.attrs("figure.dia", "data-drawn"), ["build"]);
    assert_eq!(page.attrs("figure.dia", "data-slot"), ["flow"]);
    assert_eq!(
        page.attrs("figure.dia .view > svg", "aria-label"),
        ["요청이 <지나는> 길"]
    );
    assert_eq!(page.attrs("figure.dia .view > svg", "role"), ["img"]);
    assert_eq!(page.text("figure.dia > figcaption"), "요청이 <지나는> 길");
    assert!(figure(&site, "flow").contains(">리스너</text>"));
    assert!(
        figure(&site, "flow").contains("<code>flowchart LR\n  a[리스너] --&gt; b[라우트]\n</code>")
    );
}

/// It is the picture's name, and its caption where the picture does not show it.
#[test]
fn a_picture_is_called_what_its_source_calls_it() {
    let front = |rest: &str| format!("---\ntitle: '제목: 하나'\n---\n{rest}");
    let long = "pie title 제목 ".to_owned() + &"길고 긴 ".repeat(30) + "끝\n \"a\" : 3\n";
    for (source, is_caption) in [
        ("pie title 제목: 하나\n \"a\" : 3\n".to_owned(), false),
        (
            "gantt\n title 제목: 하나\n section s\n a : 2026-01-01, 3d\n".to_owned(),
            false,
        ),
        (front("flowchart LR\n a --> b\n"), false),
        (front("sequenceDiagram\n a ->> b: x\n"), false),
        (front("mindmap\n  뿌리\n    가지\n"), true),
        (front("kanban\n  a\n    b\n"), true),
        (front("sankey-beta\na,b,3\n"), true),
        (long, false),
    ] {
        let site = built(&fence("mermaid", &source));
        let page = site.page("public/gw__note-a.html");
        let names = page.attrs("figure.dia .view > svg", "aria-label");
        assert!(names.len() == 1 && names[0].starts_with("제목"), "{source}");
        let captions = page.texts("figure.dia > figcaption");
        assert_eq!(
            captions,
            if is_caption { names } else { vec![] },
            "{source}"
        );
    }
}

#[test]
fn a_picture_needs_no_style_that_a_strict_policy_forbids() {
    let body = fence("mermaid", FLOW)
        + &fence(
            "mermaid",
            "sequenceDiagram\n  A->>B: 안녕\n  Note over A: 메모\n",
        )
        + &fence(
            "dot",
            "digraph { a -> b [style=dashed]; a [fillcolor=red style=filled] }\n",
        );
    let site = built(&body);
    let page = site.page("public/gw__note-a.html");
    assert_eq!(page.count("figure.dia .view > svg"), 3);
    for refused in [
        "svg style",
        "svg [style]",
        "svg [class]",
        "svg foreignObject",
        "svg script",
    ] {
        assert_eq!(page.count(refused), 0, "{refused}");
    }
}

#[test]
fn ids_of_two_equal_diagrams_do_not_meet() {
    let site = built(&fence("mermaid", FLOW).repeat(2));
    let page = site.page("public/gw__note-a.html");
    let mut ids = page.attrs("[id]", "id");
    let all = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), all);
    let source = self::page(&site);
    for (at, _) in source.match_indices("url(") {
        let id = source[at..].split(['#', ')']).nth(1).unwrap();
        assert!(ids.iter().any(|known| known == id), "{id} leads nowhere");
    }
}

#[test]
fn slots_have_names_or_numbers() {
    let body = fence("mermaid", FLOW)
        + &fence("mermaid {#흐름}", FLOW)
        + &fence("mermaid {#a/b}", FLOW)
        + &fence("mermaid {#흐름}", FLOW)
        + &fence("dot {#5}", "digraph { a }\n");
    let site = site(&body);
    site.rebuild().ends(0);
    assert_eq!(
        states(&site),
        ["1 drawn", "흐름 drawn", "3 drawn", "4 drawn", "5 drawn"]
    );
    let slot = "markdown/gw__note-a.md";
    assert_eq!(
        codes(&site),
        [
            format!("{slot}:13 diagram-slot"),
            format!("{slot}:18 diagram-slot")
        ]
    );
}

#[test]
fn what_cannot_be_drawn_keeps_its_place_and_says_why() {
    let body = fence("mermaid", FLOW)
        + &fence("mermaid", "flowchart LR\n  a[<b>] --> b\n  c[열림 --> d\n")
        + &fence("d2", "a -> b\n")
        + &fence("mermaid", "");
    let site = site(&body);
    site.rebuild()
        .ends(0)
        .complains("markdown/gw__note-a.md:11:1: warning[diagram-undrawn]");
    let figure = figure(&site, "2");
    assert!(
        figure.contains("a[&lt;b&gt;]") && !figure.contains("<svg"),
        "{figure}"
    );
    assert!(
        figure.contains("Slot 2 · markdown/gw__note-a.md:11: "),
        "{figure}"
    );
    assert_eq!(
        states(&site),
        ["1 drawn", "2 undrawn", "3 undrawn", "4 undrawn"]
    );
    let file = "markdown/gw__note-a.md";
    let expected = [11, 14, 18].map(|line| format!("{file}:{line} diagram-undrawn"));
    assert_eq!(codes(&site), expected);
    site.run(&["check"]).ends(0);
    let listed = site.run(&["diagrams", "--state", "undrawn"]).ok();
    assert_eq!(listed.out.lines().count(), 4, "{}", listed.out);
    assert!(listed.out.contains("docsite cannot draw d2"));
}

#[test]
fn a_layout_that_is_not_available_is_reported_and_the_picture_is_drawn() {
    let elk = "---\nconfig:\n  layout: elk\n---\nflowchart LR\n  a[리스너] --> b[라우트]\n";
    let body = fence("mermaid", FLOW) + &fence("mermaid", elk);
    let site = site(&body);
    let at = |line: usize| format!("markdown/gw__note-a.md:{line}:1: warning[diagram-layout]");
    let first = site.rebuild().ends(0).complains(&at(11));
    assert!(
        first
            .err
            .contains("slot 2: the ELK layout is not available: the usual layout was used"),
        "{}",
        first.err
    );
    assert!(figure(&site, "2").contains(">라우트</text>"));
    assert_eq!(states(&site), ["1 drawn", "2 drawn"]);
    assert_eq!(codes(&site), ["markdown/gw__note-a.md:11 diagram-layout"]);
    site.run(&["check"]).ends(0).complains(&at(11));
    let listed = json(site.run(&["diagrams", "--json"]));
    assert_eq!(listed["slots"][1]["why_line"], 11);
    let icon = elk.replace("  a[", "  c@{ icon: \"fa:x\" }\n  a[");
    let two = self::site(&fence("mermaid", &icon))
        .run(&["diagrams"])
        .ok()
        .out;
    assert!(
        two.contains("ELK") && two.contains("; line 9: the picture"),
        "{two}"
    );

    // From the cache, at its new line, as a clean build reports it.
    site.write("markdown/gw__note-a.md", format!("# A\n\n문장.\n\n{body}"));
    let again = site.rebuild().ends(0).complains(&at(13));
    let incremental = page(&site);
    std::fs::remove_dir_all(site.path(".docsite")).unwrap();
    std::fs::remove_dir_all(site.path("public")).unwrap();
    let clean = site.rebuild().ends(0).complains(&at(13));
    assert_eq!(again.err, clean.err);
    assert_eq!(incremental, page(&site));

    site.write("docsite.toml", "[check]\ndiagram-layout = \"off\"\n");
    assert_eq!(site.rebuild().ends(0).err, "");
}

#[test]
fn a_file_takes_the_slot_and_the_page_follows_its_markdown() {
    let site = site(&(fence("mermaid {#flow}", FLOW) + "전.\n"));
    site.write("assets/diagrams/gw__note-a/flow.svg", PICTURE);
    site.rebuild().ok();
    let drawn = figure(&site, "flow");
    assert!(drawn.contains("손으로") && drawn.contains("data-drawn=\"hand\""));
    assert!(drawn.contains("var(--sunk)") && drawn.contains("<title>손 그림</title>"));
    assert!(drawn.contains("aria-label=\"손 그림\""));
    assert!(drawn.contains("<code>flowchart LR"));
    assert_eq!(states(&site), ["flow by-hand"]);
    site.edit("markdown/gw__note-a.md", |text| text.replace("전.", "후."));
    site.rebuild().ok();
    assert!(page(&site).contains("후.") && page(&site).contains("손으로"));
    site.remove("assets/diagrams/gw__note-a/flow.svg");
    site.rebuild().ok();
    assert!(!page(&site).contains("손으로"));
    assert_eq!(states(&site), ["flow drawn"]);
}

#[test]
fn a_changed_picture_changes_its_page_and_no_other() {
    let site = built(&fence("mermaid", FLOW)).doc("gw__note-b", "# B\n");
    site.render("gw__note-b").ok();
    site.write("assets/diagrams/gw__note-a/1.svg", PICTURE);
    let run = site.run(&["rebuild"]).ok();
    assert!(
        run.out.contains("1 page written, 1 up to date"),
        "{}",
        run.out
    );
    site.writes_nothing(&["rebuild"]);
}

#[test]
fn what_somebody_drew_is_cleaned_and_its_ids_are_its_own() {
    let hostile = PICTURE.replace(
        "<rect",
        "<script>alert(1)</script><image href=\"https://evil.example/x.png\"/>\
         <a href=\"javascript:alert(2)\"><rect width=\"1\" height=\"1\" onclick=\"alert(3)\"/></a>\
         <foreignObject><iframe src=\"https://evil.example\"></iframe></foreignObject>\
         <style>@import url(https://evil.example/a.css);rect{fill:url(https://evil.example/b)}</style>\
         <animate attributeName=\"href\" to=\"javascript:alert(4)\"/><rect",
    );
    let site = site(&fence("mermaid", FLOW).repeat(2));
    site.write("assets/diagrams/gw__note-a/1.svg", &hostile);
    site.write("assets/diagrams/gw__note-a/2.svg", PICTURE);
    site.rebuild().ok();
    let both = figure(&site, "1") + &figure(&site, "2");
    for refused in [
        "alert",
        "evil",
        "script",
        "onclick",
        "foreignObject",
        "animate",
        "style",
    ] {
        assert!(!both.contains(refused), "{refused}: {both}");
    }
    for kept in [
        "id=\"ds.dia.1.end\"",
        "id=\"ds.dia.2.end\"",
        "#ds.dia.1.end",
        "#ds.dia.2.end",
    ] {
        assert!(both.contains(kept), "{kept}: {both}");
    }
}

#[test]
fn a_file_that_is_not_a_picture_leaves_the_slot_as_it_was() {
    let site = site(&fence("mermaid", FLOW));
    site.write("assets/diagrams/gw__note-a/1.svg", "<p>no</p>");
    site.rebuild()
        .complains("assets/diagrams/gw__note-a/1.svg: error[drawing-unusable]");
    assert_eq!(states(&site), ["1 drawn"]);
    assert!(figure(&site, "1").contains("리스너"));
}

#[test]
fn pictures_without_a_slot_are_reported() {
    let site = built(&fence("mermaid {#flow}", FLOW));
    site.write("assets/diagrams/gw__note-a/flwo.svg", PICTURE);
    site.write("assets/diagrams/gw__note-none/1.svg", PICTURE);
    let told = site.run(&["check"]);
    assert!(
        told.err
            .contains("rename it to a slot of its document: flow")
    );
    assert!(told.err.contains("belongs to no document"));
    assert_eq!(states(&site), ["flow drawn", "flwo unplaced", "1 unplaced"]);
}

#[test]
fn put_checks_stores_and_renders() {
    let site = built(&fence("mermaid {#flow}", FLOW));
    put(&site, "flow", PICTURE)
        .ok()
        .says("stored    assets/diagrams/gw__note-a/flow.svg");
    assert!(figure(&site, "flow").contains("손으로"));
    assert!(codes(&site).is_empty());
    site.writes_nothing(&["rebuild"]);
    // What is stored shows the same when it is handed in again, and is then no change.
    let stored = site.read("assets/diagrams/gw__note-a/flow.svg");
    let before = page(&site);
    put(&site, "flow", &stored).ok();
    assert_eq!(site.read("assets/diagrams/gw__note-a/flow.svg"), stored);
    assert_eq!(page(&site), before);
    // The picture before is kept.
    put(&site, "flow", &PICTURE.replace("손으로", "다시")).ok();
    assert!(figure(&site, "flow").contains("다시"));
    let kept = site.set_aside("assets/diagrams/gw__note-a/flow.svg");
    assert_eq!(kept, [stored.into_bytes()]);
}

#[test]
fn put_takes_out_what_runs_and_says_so() {
    let site = built(&fence("mermaid", FLOW));
    let hostile = PICTURE.replace("<rect", "<script>alert(1)</script><rect onload=\"x()\"");
    let run = put(&site, "1", &hostile).ok();
    assert!(
        run.out.contains("<script>") && run.out.contains("onload"),
        "{}",
        run.out
    );
    let stored = site.read("assets/diagrams/gw__note-a/1.svg");
    assert!(
        !stored.contains("alert") && !stored.contains("onload"),
        "{stored}"
    );
}

#[test]
fn put_refuses_what_it_cannot_show_and_changes_nothing() {
    let site = built(&fence("mermaid {#flow}", FLOW));
    let bomb = (0..20).fold("<g id=\"a0\"><rect/></g>".to_owned(), |all, n| {
        let uses = format!("<use href=\"#a{n}\"/>").repeat(10);
        format!("{all}<g id=\"a{}\">{uses}</g>", n + 1)
    });
    let before = site.tree();
    for (slot, picture, why) in [
        ("flow", "no picture", "there is no <svg> element"),
        ("flow", "<svg viewBox=\"0 0 1 1\"></svg>", "draws nothing"),
        (
            "flow",
            "<svg><rect width=\"1\" height=\"1\"/></svg>",
            "no size",
        ),
        (
            "flow",
            &format!("<svg viewBox='0 0 1 1'>{bomb}</svg>"),
            "<use>",
        ),
        ("flwo", PICTURE, "its slots: flow"),
        ("1", PICTURE, "its slots: flow"),
        ("../x", PICTURE, "has no slot"),
    ] {
        put(&site, slot, picture).ends(2).complains(why);
    }
    let file = site.path("../picture.svg");
    let file = file.to_str().unwrap();
    site.run(&["diagrams", "put", "gw__note-b", "1", file])
        .ends(2)
        .complains("did you mean `gw__note-a`?");
    assert_eq!(before.touched(&site.tree()), [""; 0]);
}

#[test]
fn put_stores_nothing_behind_a_link() {
    let site = built(&fence("mermaid", FLOW));
    site.write("../elsewhere/keep.txt", "x");
    site.link("assets/diagrams", site.path("../elsewhere"));
    put(&site, "1", PICTURE)
        .ends(2)
        .complains("assets/diagrams is a symbolic link");
    assert!(!site.has("../elsewhere/gw__note-a"));
}

#[test]
fn a_picture_knows_the_source_that_it_was_drawn_from() {
    let site = built(&(fence("mermaid {#flow}", FLOW) + "글.\n"));
    put(&site, "flow", PICTURE).ok();
    site.edit("markdown/gw__note-a.md", |text| {
        text.replace("글.", "다른 글.")
    });
    site.rebuild().ok();
    assert_eq!(states(&site), ["flow by-hand"]);
    assert!(codes(&site).is_empty());
    site.edit("markdown/gw__note-a.md", |text| {
        text.replace("라우트", "클러스터")
    });
    site.rebuild().ends(0).complains("drawing-outdated");
    // The picture stays; the source, the list, the check and the status report it.
    let shown = figure(&site, "flow");
    assert!(
        shown.contains("손으로") && shown.contains("클러스터"),
        "{shown}"
    );
    assert!(
        shown.contains("changed after the picture was drawn"),
        "{shown}"
    );
    assert_eq!(states(&site), ["flow outdated"]);
    assert_eq!(codes(&site), ["markdown/gw__note-a.md:3 drawing-outdated"]);
    let status = json(site.run(&["status", "--json"]));
    assert_eq!(status["documents"][0]["outdated_drawings"][0], "flow");
    site.run(&["status"]).says("drawing out of date");
    put(&site, "flow", PICTURE).ok();
    assert_eq!(states(&site), ["flow by-hand"]);
    assert!(!figure(&site, "flow").contains("changed after"));
}

#[test]
fn a_diagram_inserted_before_is_distinguished_from_a_changed_one() {
    let site = built(&fence("mermaid", FLOW));
    put(&site, "1", PICTURE).ok();
    let other = fence("mermaid", "flowchart TD\n  x --> y\n");
    site.edit("markdown/gw__note-a.md", |text| {
        text.replace("```mermaid", &(other + "```mermaid"))
    });
    site.run(&["check"]).complains(
        "it was drawn from what is slot 2 now: rename it to assets/diagrams/gw__note-a/2.svg",
    );
}

#[test]
fn show_gives_facts_source_and_picture() {
    let site = site(&(fence("mermaid {#flow} title=\"길\"", FLOW) + &fence("d2", "a\n")));
    site.rebuild().ends(0);
    let shown = |args: &[&str]| {
        let args = [&["diagrams", "show", "gw__note-a"], args].concat();
        site.run(&args)
    };
    let facts = shown(&["flow"]).ok().out;
    for line in [
        "state     drawn",
        "diagram   markdown/gw__note-a.md:3",
        "caption   길",
    ] {
        assert!(facts.contains(line), "{facts}");
    }
    assert_eq!(shown(&["flow", "--source"]).ok().out, FLOW);
    let svg = shown(&["flow", "--svg"]).ok().out;
    let file = roxmltree::Document::parse(&svg).unwrap();
    assert_eq!(file.root_element().tag_name().name(), "svg");
    assert!(svg.contains("var(--ink, light-dark("));
    shown(&["2", "--svg"])
        .ends(2)
        .complains("docsite cannot draw d2");
    shown(&["nope"]).ends(2).complains("its slots: flow, 2");
    // A picture of the build is a beginning for one by hand.
    put(&site, "flow", &svg).ends(0);
    assert!(figure(&site, "flow").contains("var(--ink, light-dark("));
    assert_eq!(states(&site), ["flow by-hand", "2 undrawn"]);
    let stored = site.read("assets/diagrams/gw__note-a/flow.svg");
    assert_eq!(
        shown(&["flow", "--svg"]).ok().out.trim_end(),
        stored.trim_end()
    );
}

#[test]
fn remove_falls_back_to_the_build() {
    let site = built(&fence("mermaid {#flow}", FLOW));
    let before = page(&site);
    let remove = || site.run(&["diagrams", "remove", "gw__note-a", "flow"]);
    remove().ends(2).complains("there is no hand-drawn picture");
    put(&site, "flow", PICTURE).ok();
    let stored = site.bytes("assets/diagrams/gw__note-a/flow.svg");
    remove()
        .ok()
        .says("removed   assets/diagrams/gw__note-a/flow.svg");
    assert_eq!(page(&site), before);
    assert_eq!(
        site.set_aside("assets/diagrams/gw__note-a/flow.svg"),
        [stored]
    );
    assert!(!site.has("assets/diagrams/gw__note-a"));
}

#[test]
fn lists_are_filtered_by_state_and_document() {
    let site = built(&(fence("mermaid {#flow}", FLOW) + &fence("mermaid {#other}", FLOW)))
        .doc("gw__note-b", fence("dot", "digraph { a }\n"));
    put(&site, "flow", PICTURE).ok();
    let count = |args: &[&str]| {
        let listed = json(site.run(&[&["diagrams", "--json"], args].concat()));
        listed["slots"].as_array().unwrap().len()
    };
    assert_eq!(count(&[]), 3);
    assert_eq!(count(&["--state", "by-hand"]), 1);
    assert_eq!(count(&["--state", "drawn", "--state", "by-hand"]), 3);
    assert_eq!(count(&["--document", "gw__note-b"]), 1);
    assert_eq!(
        count(&["--document", "gw__note-b", "--state", "by-hand"]),
        0
    );
    site.run(&["diagrams", "--state", "nice"]).ends(2);
    let entry = &json(site.run(&["diagrams", "--json", "--state", "by-hand"]))["slots"][0];
    assert_eq!(entry["file"], "assets/diagrams/gw__note-a/flow.svg");
    assert_eq!(
        (&entry["width"], &entry["height"]),
        (&80.0.into(), &40.0.into())
    );
    assert_eq!(entry["line"], 3);
}

#[test]
fn raw_html_and_diagrams_share_a_page() {
    let body = format!(
        "<details><summary>접힘</summary>\n\n{}</details>\n\n<b onclick=\"x()\">굵게</b>[^1]\n\n\
         [^1]: {}",
        fence("mermaid", FLOW),
        fence("mermaid {#note}", FLOW)
            .replace('\n', "\n    ")
            .trim_end(),
    );
    let site = site(&(body + "\n\n" + &fence("mermaid {#last}", FLOW)));
    site.rebuild();
    let page = site.page("public/gw__note-a.html");
    assert_eq!(page.attrs("figure.dia", "data-slot"), ["1", "last", "note"]);
    assert_eq!(page.count("details figure.dia .view > svg"), 1);
    assert_eq!(page.count("section.notes figure.dia .view > svg"), 1);
    assert_eq!(page.count("[onclick]"), 0);
}

#[test]
fn box_drawings_keep_a_grid() {
    let drawing = "┌────┐\n│ 한글 │\n└────┘\n";
    let site = built(
        &(fence("text", drawing)
            + &fence("ascii {#box} title=\"상자\"", drawing)
            + &fence("text", "그냥 글\n")),
    );
    let page = site.page("public/gw__note-a.html");
    assert_eq!(page.count("figure.code pre.grid"), 1);
    assert_eq!(whole(&page, "figure.code pre.grid"), drawing);
    assert_eq!(page.count("figure.code .g2"), 2);
    assert_eq!(whole(&page, "figure.dia pre.grid"), drawing);
    assert_eq!(page.text("figure.dia figcaption"), "상자");
    assert_eq!(states(&site), ["box drawn"]);
    put(&site, "box", PICTURE).ok();
    assert_eq!(states(&site), ["box by-hand"]);
}

#[test]
fn a_picture_for_light_pages_alone_is_on_a_light_sheet() {
    let site = built(&fence("mermaid {#a}", FLOW));
    put(
        &site,
        "a",
        "<svg viewBox='0 0 9 9'><rect width='9' height='9' fill='#eef'/></svg>",
    )
    .ok();
    assert!(figure(&site, "a").contains("class=\"sheet\""));
    put(&site, "a", PICTURE).ok();
    assert!(!figure(&site, "a").contains("sheet"));
}

/// What the cache holds is believed: a picture that is in it is not drawn again.
#[test]
fn a_warm_build_draws_nothing() {
    let site = built(&(fence("mermaid", FLOW) + "글.\n"));
    replace_in_cache(&site, "리스너", "가나다");
    site.edit("markdown/gw__note-a.md", |text| {
        text.replace("글.", "다른 글.")
    });
    site.rebuild().ok();
    assert!(figure(&site, "1").contains("가나다"));
    // And it is only a cache.
    site.write(".docsite/cache/diagrams", "garbage");
    site.edit("markdown/gw__note-a.md", |text| {
        text.replace("다른 글.", "글.")
    });
    site.rebuild().ok();
    assert!(figure(&site, "1").contains("리스너"));
}

#[test]
fn the_style_for_those_who_draw_holds_what_it_says() {
    let site = built(&fence("mermaid", FLOW));
    let style = site.run(&["diagrams", "style"]).ok().out;
    let text = include_str!("../../docs/markdown/write__guide-drawing.md");
    assert_eq!(style.trim_end(), text.trim_end());
    let (_, example) = text.split_once("```xml\n").unwrap();
    let (example, _) = example.split_once("```").unwrap();
    let run = put(&site, "1", example).ok();
    assert!(!run.out.contains("removed"), "{}", run.out);
    let drawn = figure(&site, "1");
    assert!(drawn.contains("var(--raised)") && drawn.contains("#ds.dia.1.head"));
    // Every token that it offers is one of the site's style.
    let css = include_str!("../../assets/docsite/style/base.css");
    for token in text.split("var(").skip(1) {
        let token = token.split(')').next().unwrap();
        assert!(css.contains(&format!("  {token}: ")), "{token}");
    }
}

/// The elements of a picture, one a line: what they are painted with, and their words; no places,
/// and no groups.
fn structure(svg: &str) -> String {
    let document = roxmltree::Document::parse(svg).unwrap();
    let mut out = String::new();
    for node in document.descendants() {
        let name = node.tag_name().name();
        if node.is_element() && matches!(name, "g" | "style" | "svg") {
            continue;
        }
        let above = node.ancestors().skip(1);
        let depth =
            above.filter(|up| up.is_element() && !matches!(up.tag_name().name(), "g" | "svg"));
        let indent = "  ".repeat(depth.count());
        if let Some(words) = node.text().filter(|_| node.is_text()) {
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            out += &format!("{indent}“{words}”\n");
        }
        if !node.is_element() {
            continue;
        }
        let held = |name: &str| {
            let value = node.ancestors().find_map(|up| up.attribute(name))?;
            (value != "none").then(|| format!(" {name}={}", bare(value)))
        };
        let paint: &[&str] = match name {
            "a" => &["href"],
            "marker" => &[],
            "text" | "tspan" => &["fill", "stroke"],
            _ => &["fill", "stroke", "marker-start", "marker-end"],
        };
        let paint: String = paint.iter().filter_map(|name| held(name)).collect();
        out += &format!("{indent}{name}{paint}\n");
    }
    out
}

/// A token without what it is outside of the site.
fn bare(value: &str) -> String {
    match value
        .strip_prefix("var(")
        .and_then(|rest| rest.split_once(','))
    {
        Some((token, _)) => token.to_owned(),
        None => value.to_owned(),
    }
}

#[test]
fn pictures_are_built_as_they_were() {
    let families = [
        (
            "flowchart",
            "flowchart LR\n  a([외부]) -->|HTTPS| b\n  subgraph m[메시]\n    b[게이트웨이] -.-> c[(저장소)]\n  end\n  \
             style b fill:#e0f2fe\n  click c href \"https://istio.io\"\n",
        ),
        (
            "sequence",
            "sequenceDiagram\n  autonumber\n  participant A as 앱\n  A->>B: 요청\n  loop 세 번\n    B-->>A: 응답\n  end\n  Note over A: 메모\n",
        ),
        (
            "state",
            "stateDiagram-v2\n  [*] --> 실행\n  실행 --> [*]: 종료\n",
        ),
        (
            "class",
            "classDiagram\n  class 게이트웨이 {\n    +Server[] servers\n    +검증() bool\n  }\n",
        ),
        ("er", "erDiagram\n  클러스터 ||--o{ 서비스 : 포함한다\n"),
        ("pie", "pie title 비율\n  \"UH\" : 42\n  \"UF\" : 27\n"),
    ];
    let fences = families.map(|(name, source)| fence(&format!("mermaid {{#{name}}}"), source));
    let dot = fence(
        "dot {#dot}",
        "digraph { rankdir=LR; a [label=\"가\\n나\"]; a -> b [style=dashed, label=\"xDS\"] }\n",
    );
    let site = built(&(fences.concat() + &dot));
    for name in families.map(|(name, _)| name).into_iter().chain(["dot"]) {
        let svg = site
            .run(&["diagrams", "show", "gw__note-a", name, "--svg"])
            .ok()
            .out;
        insta::assert_snapshot!(format!("diagram_{name}"), structure(&svg));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_drawing_that_runs_wild_ends_alone() {
    let site = site(&(fence("mermaid {#wild}", &wild()) + &fence("mermaid {#tame}", FLOW)));
    let run = site.rebuild().ends(0);
    assert!(
        run.err.contains("slot wild: the drawing takes more than"),
        "{}",
        run.err
    );
    assert_eq!(states(&site), ["wild undrawn", "tame drawn"]);
    // A failure is remembered like a picture: the next run believes it.
    replace_in_cache(&site, "the drawing takes more", "the drawing took more!");
    let again = site.run(&["check"]);
    assert!(
        again.err.contains("slot wild: the drawing took more!"),
        "{}",
        again.err
    );
}

/// Whatever the program is called, its drawings have their limits.
#[cfg(target_os = "linux")]
#[test]
fn a_renamed_program_draws_within_limits_too() {
    let site = site(&fence("mermaid {#wild}", &wild()));
    let program = site.path("../docsite-linux-amd64");
    std::fs::copy(assert_cmd::cargo::cargo_bin!("docsite"), &program).unwrap();
    let mut command = std::process::Command::new(program);
    let output = command
        .arg("--site")
        .arg(site.root())
        .arg("rebuild")
        .output()
        .unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert!(
        err.contains("slot wild: the drawing takes more than"),
        "{err}"
    );
}

/// No font of the machine decides what a picture looks like.
#[test]
fn a_machine_without_fonts_draws_the_same() {
    let formulas = include_str!("../diagrams/flowchart-formula.mmd");
    let body = fence("mermaid", FLOW) + &fence("mermaid", formulas);
    let expected = page(&built(&body));
    let site = site(&body);
    let empty = site.path("../empty");
    std::fs::create_dir_all(&empty).unwrap();
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin!("docsite"));
    for name in [
        "HOME",
        "XDG_DATA_HOME",
        "XDG_DATA_DIRS",
        "XDG_CONFIG_HOME",
        "XDG_CACHE_HOME",
        "FONTCONFIG_PATH",
        "FONTCONFIG_FILE",
        "FONTCONFIG_SYSROOT",
    ] {
        command.env(name, &empty);
    }
    let status = command
        .arg("--site")
        .arg(site.root())
        .arg("rebuild")
        .output()
        .unwrap()
        .status;
    assert!(status.success());
    assert_eq!(page(&site), expected);
    assert!(expected.contains("\\frac{a}{b}"), "{expected}");
}

/// A graph that the layout's own counting lets pass, and that takes more memory than a drawing may.
#[cfg(target_os = "linux")]
fn wild() -> String {
    let mut state: u32 = 3;
    let mut node = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) % 400
    };
    let links = (0..2_000).map(|_| format!("N{}-->N{}\n", node(), node()));
    format!("flowchart LR\n{}", links.collect::<String>())
}

/// Changes what the cache of pictures holds, to texts of the same length.
fn replace_in_cache(site: &SiteTest, old: &str, new: &str) {
    assert_eq!(old.len(), new.len());
    let cache = ".docsite/cache/diagrams";
    let mut bytes = site.bytes(cache);
    let mut windows = bytes.windows(old.len());
    let at = windows.position(|window| window == old.as_bytes()).unwrap();
    bytes[at..at + new.len()].copy_from_slice(new.as_bytes());
    // The checksum follows the version.
    let sum = Fingerprint::of(&bytes[32..]).to_bytes();
    bytes[16..32].copy_from_slice(&sum);
    site.write(cache, bytes);
}
