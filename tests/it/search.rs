//! `docsite search`: what it finds, where it says that it is, and what it never finds.

use serde_json::Value;

use crate::harness::SiteTest;

fn site() -> SiteTest {
    let site = SiteTest::new()
        .doc(
            "gw__guide-egress",
            "---\ntags: [외부-호출]\n---\n# Egress gateway\n\n앞 문단.\n\n## 두 번의 routing\n\n\
             sidecar가 SNI로 고른다.\n둘째 줄에서 gateway도 고른다.\n\n| 필드 | 뜻 |\n|-|-|\n| `hosts` | 표의 낱말 |\n\n\
             ```yaml title=\"se.yaml\"\nkind: ServiceEntry\n```\n\n```mermaid\nflowchart LR\n  a[그림의 낱말] --> b\n```\n\n\
             ![대체 글](x.png)\n",
        )
        .doc("gw__note-draft", "---\ndraft: true\n---\n# 초안의 gateway\n\n극비조항\n")
        .doc(
            "sec__note-old",
            "---\ndeprecated: 옛 글\n---\n# Egress gateway 옛 방법\n\n옛 글.\n",
        );
    site.write(
        "attachment/egress/gateway.yaml",
        "a: 1\nspec:\n  exportTo: [\".\"]\n",
    );
    site
}

fn found(site: &SiteTest, words: &[&str]) -> Value {
    let run = site.run(&[&["search", "--json"], words].concat()).ok();
    serde_json::from_str(&run.out).expect("JSON")
}

fn paths(value: &Value) -> Vec<&str> {
    let results = value["results"].as_array().expect("a list");
    results
        .iter()
        .filter_map(|one| one["path"].as_str())
        .collect()
}

#[test]
fn a_result_is_a_document_with_its_sections_and_lines() {
    let site = site();
    let value = found(&site, &["SNI로 고른다"]);
    assert_eq!(paths(&value)[0], "markdown/gw__guide-egress.md");
    let passage = &value["results"][0]["passages"][0];
    assert_eq!(passage["heading"], "두 번의 routing");
    assert_eq!(
        passage["href"],
        "gw__guide-egress.html#%EB%91%90-%EB%B2%88%EC%9D%98-routing"
    );
    assert_eq!(passage["line"], 10);
    let excerpt = passage["excerpt"].as_str().expect("text");
    let mark = &passage["marks"][0];
    let [from, to] =
        [0, 1].map(|at| usize::try_from(mark[at].as_u64().expect("a number")).unwrap());
    assert_eq!(&excerpt[from..to], "SNI");
    assert_eq!(value["version"], 1);
}

#[test]
fn all_that_a_reader_sees_is_found() {
    let site = site();
    for words in [
        "표의 낱말",
        "ServiceEntry",
        "se.yaml",
        "그림의 낱말",
        "대체 글",
        "외부 호출",
        "egress",
    ] {
        let value = found(&site, &[words]);
        assert_eq!(
            paths(&value).first(),
            Some(&"markdown/gw__guide-egress.md"),
            "{words}"
        );
    }
    let value = found(&site, &["exportTo"]);
    assert_eq!(paths(&value), ["attachment/egress/gateway.yaml"]);
    assert_eq!(value["results"][0]["passages"][0]["line"], 3);
}

#[test]
fn a_hand_made_page_is_found_by_its_own_text() {
    let site = site();
    site.rebuild().ok();
    site.edit("public/gw__guide-egress.html", |page| {
        page.replace("앞 문단.", "손으로 쓴 문장.<script>스크립트의글</script>")
    });
    assert_eq!(
        paths(&found(&site, &["손으로 쓴"])),
        ["markdown/gw__guide-egress.md"]
    );
    assert_eq!(paths(&found(&site, &["스크립트의글"])), [""; 0]);
    // By its headings, as they are in the page.
    let value = found(&site, &["둘째 줄에서"]);
    let passage = &value["results"][0]["passages"][0];
    assert_eq!(passage["heading"], "두 번의 routing");
    assert_eq!(
        passage["href"],
        "gw__guide-egress.html#%EB%91%90-%EB%B2%88%EC%9D%98-routing"
    );
}

#[test]
fn drafts_are_never_found_and_deprecated_documents_are_marked() {
    let site = site();
    assert_eq!(paths(&found(&site, &["극비조항"])), [""; 0]);
    let value = found(&site, &["Egress gateway"]);
    let paths = paths(&value);
    let old = paths
        .iter()
        .position(|path| *path == "markdown/sec__note-old.md");
    assert_eq!(paths[0], "markdown/gw__guide-egress.md");
    assert_eq!(value["results"][old.expect("found")]["deprecated"], true);
}

#[test]
fn results_are_limited_to_topics_types_and_a_number() {
    let site = site();
    let of = |options: &[&str]| {
        let words = [&["gateway"], options].concat();
        paths(&found(&site, &words)).len()
    };
    assert_eq!(of(&["--topic", "sec"]), 1);
    assert_eq!(of(&["--type", "guide"]), 1);
    assert_eq!(of(&["--topic", "xds"]), 0);
    assert_eq!(of(&["--limit", "1"]), 1);
}

#[test]
fn people_read_paths_lines_and_what_was_meant() {
    let site = site();
    site.run(&["search", "rpdlxmdnpdl"])
        .ok()
        .says("rpdlxmdnpdl → 게이트웨이")
        .says("게이트웨이 → gateway")
        .says("markdown/gw__guide-egress.md  Egress gateway")
        .says("  markdown/gw__guide-egress.md:11  두 번의 routing: ");
    site.run(&["search", "\u{1b}[31m없는말"])
        .ok()
        .says("nothing found for");
    site.run(&["search"]).ends(2);
}
