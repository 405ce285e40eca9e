//! index.html: flow, topics and graph, complete in the HTML, without JavaScript.

use crate::harness::SiteTest;
use crate::reader::Page;

const SETTINGS: &str = "title = \"Site\"\ndescription = \"About it\"\n\
    [[topics]]\nprefix = \"xds\"\nname = \"Envoy\"\ndescription = \"how it works\"\n\
    [[topics]]\nprefix = \"gw\"\nname = \"Gateway\"\n";
const FLOW: &str = r#"{"stages": [
  {"title": "0 First", "why": "because", "docs": [{"doc": "gw__note-b", "note": "start here"}, "gw__note-a"],
   "attachments": ["attachment/e/y.yaml", {"path": "attachment/e/z.sh", "label": "a script"}],
   "links": [{"label": "Istio docs", "url": "https://istio.io/latest/"}]},
  {"title": "1 Second", "why": "then", "docs": ["xds__note-c"]}]}"#;

fn site() -> SiteTest {
    let site = SiteTest::new()
        .file("docsite.toml", SETTINGS)
        .file("flow.json", FLOW)
        .file("attachment/e/y.yaml", "a: 1\n")
        .file("attachment/e/z.sh", "true\n")
        .doc("gw__note-a", "---\ndeprecated: true\n---\n# A\n\nSummary a. [b](gw__note-b.html) [x](gw__note-none.html)\n")
        .doc("gw__note-b", "# B\n\n```mermaid\nx\n```\n\n[c](xds__note-c.html) [h](xds__note-c.html#none)\n")
        .doc("xds__note-c", "# C\n\n[b](gw__note-b.html)\n[f](attachment/none.yaml)\n")
        .doc("arch__note-d", "# D\n");
    site.rebuild().ends(0);
    site
}

fn index() -> Page {
    site().page("public/index.html")
}

#[test]
fn the_three_views_are_in_the_page_and_none_is_hidden() {
    let page = index();
    assert_eq!(
        page.attrs(".tabs a", "href"),
        ["#flow", "#topics", "#graph"]
    );
    assert_eq!(
        page.attrs("section.view", "id"),
        ["flow", "topics", "graph"]
    );
    // Only what a script must make work is hidden: nothing that is read, no way to a document.
    let hidden = ["[hidden] a[href*=__]", "[hidden] p.why", "section[hidden]"];
    assert_eq!(hidden.map(|selector| page.count(selector)), [0; 3]);
    for (tab, mark) in page.texts(".tabs a").iter().zip(["🧭", "📚", "🕸"]) {
        assert!(tab.starts_with(mark), "{tab}");
    }
    assert_eq!(page.count("h1"), 1);
    assert_eq!(
        page.attrs("meta[name=description]", "content"),
        ["About it"]
    );
}

#[test]
fn the_flow_has_stages_with_their_why_and_ordered_documents() {
    let page = index();
    assert_eq!(page.texts("#flow .why"), ["because", "then"]);
    let documents = page.attrs("#flow ol.line li > span:first-child a", "href");
    assert_eq!(
        documents,
        ["gw__note-b.html", "gw__note-a.html", "xds__note-c.html"]
    );
    assert!(page.texts("#flow ol.line li")[0].contains("start here"));
    let headings = page.texts("#flow h3");
    assert!(
        headings[0].contains("0 First") && headings[1].contains("1 Second"),
        "{headings:?}"
    );
}

#[test]
fn the_flow_has_attachments_and_outside_links() {
    let page = index();
    let refs = page.attrs("#flow .refs a", "href");
    assert_eq!(
        refs,
        [
            "view/e/y.yaml.html",
            "attachment/e/y.yaml",
            "view/e/z.sh.html",
            "attachment/e/z.sh",
            "https://istio.io/latest/"
        ]
    );
    let texts = page.texts("#flow .refs li");
    assert!(
        texts[0].starts_with("📎") && texts[1].contains("a script"),
        "{texts:?}"
    );
    assert!(texts[2].contains("Istio docs"));
}

#[test]
fn topics_come_in_the_order_of_the_settings_and_then_the_others() {
    let page = index();
    assert_eq!(
        page.texts("#topics .topic h3"),
        ["Envoy", "Gateway", "arch"]
    );
    assert!(page.texts("#topics .topic header p")[0].contains("how it works"));
    assert_eq!(
        page.texts("#topics .topic code"),
        ["xds__", "gw__", "arch__"]
    );
    assert_eq!(page.count("#topics .rows li"), 4);
}

#[test]
fn rows_have_type_summary_and_marks() {
    let page = index();
    let row = |title: &str| {
        let rows = page.texts("#topics .rows li");
        rows.into_iter().find(|row| row.starts_with(title)).unwrap()
    };
    assert!(row("A").contains("deprecated") && row("A").contains("Summary a."));
    assert!(!row("A").contains("◆ viz"));
    assert!(row("B").contains("◆ viz") && !row("B").contains("deprecated"));
    assert!(row("C").ends_with("Concept"));
    assert_eq!(page.texts("#topics .rows .viz"), ["◆ viz"]);
}

#[test]
fn the_graph_is_there_as_text() {
    let page = index();
    let lines = page.texts("#graph .web li");
    assert_eq!(lines.len(), 4);
    let line = |title: &str| lines.iter().find(|line| line.starts_with(title)).unwrap();
    assert!(
        line("B").contains("← 2") && line("B").contains("→ C"),
        "{lines:?}"
    );
    assert!(line("D").contains("← 0"));
}

#[test]
fn the_link_check_lists_orphans_and_broken_links_with_their_place() {
    let page = index();
    let broken = page.texts("#graph .audit code.gone");
    assert_eq!(
        broken,
        [
            "gw__note-none.html",
            "xds__note-c.html#none",
            "attachment/none.yaml"
        ]
    );
    let places = page.texts("#graph .audit small .at");
    assert_eq!(
        places,
        [
            "markdown/gw__note-a.md:6",
            "markdown/gw__note-b.md:7",
            "markdown/xds__note-c.md:4"
        ]
    );
    let audit = page.text("#graph .audit");
    assert!(audit.contains("🔎"));
    let lists = page.texts("#graph .audit .lists > div");
    let orphans = lists
        .iter()
        .find(|list| list.starts_with("Orphan"))
        .unwrap();
    // A document on the reading path is found without a link.
    assert!(
        orphans.contains(" D ") && !orphans.contains(" A "),
        "{orphans}"
    );
    let outside = lists
        .iter()
        .find(|list| list.starts_with("Outside"))
        .unwrap();
    assert!(outside.contains('D') && !outside.contains('A'), "{outside}");
}

#[test]
fn each_entry_of_the_link_check_links_to_its_place() {
    let site = site();
    let index = site.page("public/index.html");
    let links = index.attrs("[data-list=broken] li > a", "href");
    assert_eq!(
        links,
        [
            "gw__note-a.html#ds.link-1",
            "gw__note-b.html#ds.link-1",
            "xds__note-c.html#ds.link-1"
        ]
    );
    let sources = index.attrs("[data-list=broken] .at", "href");
    assert_eq!(sources[0], "markdown/gw__note-a.md");
    let id = "[id='ds.link-1']";
    let found = ["gw__note-a", "gw__note-b", "xds__note-c"].map(|name| {
        let page = site.page(&format!("public/{name}.html"));
        page.text(id)
    });
    assert_eq!(found, ["x", "h", "f"]);
}

#[test]
fn a_broken_image_is_found_in_its_page_too() {
    let site = SiteTest::new().doc("gw__note-a", "# A\n\n![그림](gone.png)\n");
    site.rebuild();
    let index = site.page("public/index.html");
    let links = index.attrs("[data-list=broken] li > a", "href");
    assert_eq!(links, ["gw__note-a.html#ds.link-0"]);
    let page = site.page("public/gw__note-a.html");
    assert_eq!(page.attrs("[id='ds.link-0']", "alt"), ["그림"]);
}

#[test]
fn a_broken_link_in_raw_html_links_to_the_heading_above_it() {
    let text = "# A\n\n## 첫 절\n\n## 둘\n\n<a href=\"gw__note-none.html\">x</a>\n\n## 셋\n";
    let site = SiteTest::new().doc("gw__note-a", text);
    site.rebuild();
    let index = site.page("public/index.html");
    assert_eq!(
        index.attrs("[data-list=broken] li > a", "href"),
        ["gw__note-a.html#%EB%91%98"]
    );
}

#[test]
fn the_link_check_names_the_nearest_right_thing() {
    let site = SiteTest::new()
        .file("attachment/e/gateway.yaml", "a: 1\n")
        .doc(
            "gw__note-a",
            "# A\n\n[1](gw__note-secnd.html) [2](gw__note-second.html#parts) \
             [3](attachment/e/gatway.yaml) [4](zzz__report-2026-06-07_nothing-like-it.html)\n",
        )
        .doc("gw__note-second", "# B\n\n## Part\n");
    site.rebuild();
    let page = site.page("public/index.html");
    let near = page.texts("[data-list=broken] small > code");
    assert_eq!(
        near,
        ["gw__note-second", "#part", "attachment/e/gateway.yaml"]
    );
}

#[test]
fn the_link_check_lists_dead_ends_and_wikilinks() {
    let site = SiteTest::new()
        .doc(
            "gw__note-a",
            "# A\n\n[b](gw__note-b.html) and [[B]] [[none]]\n",
        )
        .doc("gw__note-b", "# B\n\n[outside](https://istio.io)\n");
    site.rebuild().ends(0);
    let page = site.page("public/index.html");
    assert_eq!(page.texts("[data-list=dead_ends] li > a"), ["B"]);
    assert_eq!(page.texts("[data-list=wikilinks] .gone"), ["B", "none"]);
    let to = page.attrs("[data-list=wikilinks] li > a", "href");
    assert_eq!(
        to,
        ["gw__note-a.html#ds.link-1", "gw__note-a.html#ds.link-2"]
    );
    let marks = site.page("public/gw__note-a.html");
    assert_eq!(marks.attrs(".wiki", "id"), ["ds.link-1", "ds.link-2"]);
    // Where wikilinks are links, a resolved one is not reported.
    site.write("docsite.toml", "wikilinks = \"link\"\n");
    site.rebuild().ends(0);
    let page = site.page("public/index.html");
    assert_eq!(page.count("[data-list=wikilinks]"), 0);
    assert_eq!(page.texts("[data-list=broken] .gone"), ["none"]);
}

#[test]
fn a_site_without_trouble_says_so() {
    let site = SiteTest::new()
        .doc("gw__note-a", "[b](gw__note-b.html)\n")
        .doc("gw__note-b", "[a](gw__note-a.html)\n");
    site.rebuild().ok();
    let page = site.page("public/index.html");
    assert_eq!(page.count(".audit .lists"), 0);
    assert!(page.text(".audit").contains('✓'));
}

#[test]
fn without_stages_there_is_no_path() {
    let site = SiteTest::new().doc("gw__note-a", "# A\n");
    site.rebuild().ok();
    let page = site.page("public/index.html");
    assert_eq!(page.attrs("section.view", "id"), ["topics", "graph"]);
    assert_eq!(page.attrs(".tabs a", "href"), ["#topics", "#graph"]);
}

#[test]
fn a_site_without_documents_is_a_site() {
    let site = SiteTest::new().file("docsite.toml", "");
    site.rebuild().ok();
    assert!(
        site.page("public/index.html")
            .text("#topics")
            .contains("Nothing is published")
    );
    assert_eq!(crate::scanner::problems(&site.output()), [""; 0]);
}

#[test]
fn every_word_is_korean_on_a_korean_site() {
    let site = site();
    site.edit("docsite.toml", |text| format!("language = \"ko\"\n{text}"));
    site.rebuild().ends(0);
    let page = site.page("public/index.html");
    assert_eq!(page.attrs("html", "lang"), ["ko"]);
    let text = page.text("main");
    for word in [
        "이해의 흐름",
        "토픽 목록",
        "관계도",
        "링크 점검",
        "고아 문서",
        "끊긴 링크",
    ] {
        assert!(text.contains(word), "{word}");
    }
    for word in [
        "Reading path",
        "Graph",
        "Link check",
        "Orphan",
        "Broken",
        "documents",
    ] {
        assert!(!text.contains(word), "{word}");
    }
}

#[test]
fn only_published_documents_are_in_it() {
    let site = site();
    let draft = "---\ndraft: true\n---\n# Not yet\n";
    site.write("markdown/gw__note-new.md", draft);
    site.rebuild().ends(0);
    assert!(!site.read("public/index.html").contains("Not yet"));
}

#[test]
fn what_changed_last_comes_before_the_lists_and_is_folded_after_three() {
    let flow = r#"{"stages": [{"title": "0 A", "docs": ["gw__note-1"]}]}"#;
    let mut site = SiteTest::new().file("flow.json", flow);
    for at in 1..=5 {
        let text = format!("---\nupdated: 2026-01-0{at}\n---\n# T{at}\n");
        site = site.doc(&format!("gw__note-{at}"), text);
    }
    site.rebuild().ok();
    let page = site.page("public/index.html");
    for (view, list) in [("flow", ".stage"), ("topics", ".topic")] {
        let shown = format!("#{view} .recent:has(~ {list}) > ul a");
        let titles: Vec<String> = page.texts(&shown);
        assert_eq!(titles, ["T5", "T4", "T3"], "{view}");
        let folded = page.texts(&format!("#{view} .recent details a"));
        assert_eq!(folded, ["T2", "T1"], "{view}");
    }
}
