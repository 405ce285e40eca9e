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
fn a_description_is_found_in_its_own_line_above_the_text() {
    let text = "---\ntitle: 서명\ndescription: 출처 증명\n---\n\n이미지를 확인한다.\n";
    let site = SiteTest::new().doc("gw__guide-sign", text);
    for (words, line) in [("출처", 3), ("이미지를", 6)] {
        let passage = &found(&site, &[words])["results"][0]["passages"][0];
        assert_eq!(passage["line"], line, "{words}");
        assert!(
            passage["excerpt"]
                .as_str()
                .unwrap()
                .starts_with("출처 증명")
        );
    }
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
    assert_eq!(of(&["--type", "src"]), 0, "a type of the settings");
    assert_eq!(of(&["--limit", "1"]), 1);
}

#[test]
fn an_unknown_topic_or_type_is_an_error_that_names_the_known_ones() {
    let site = site();
    // With an index that is made for the search, and with that of a build.
    for _ in 0..2 {
        for (option, name, message) in [
            (
                "--topic",
                "swc",
                "`swc` is not a topic of this site; its topics are: sec, gw",
            ),
            (
                "--type",
                "giude",
                "`giude` is not a type of this site; its types are: guide, ",
            ),
            ("--topic", "", "`` is not a topic"),
        ] {
            let run = site.run(&["search", "gateway", option, name]).ends(2);
            assert_eq!(run.out, "");
            assert_eq!(run.err.lines().count(), 1, "{}", run.err);
            run.complains(message);
        }
        site.rebuild();
        site.rebuild();
    }
    let site = SiteTest::new().file("docsite.toml", "");
    site.run(&["search", "x", "--topic", "gw"])
        .ends(2)
        .complains("no document has the topic `gw`: none has a topic");
}

#[test]
fn files_that_are_not_searched_text_are_found_by_their_names() {
    let site = site();
    let long = format!("kind: Longest\n{}", "a: 긴 파일이다\n".repeat(20_000));
    site.write("attachment/egress/huge.yaml", &long);
    site.write("attachment/egress/core.dump", b"kind: Binary\0\x01\x02");
    let zip = [&b"PK\x03\x04\0\0"[..], &vec![0xff; 300_000]].concat();
    site.write("attachment/egress/all.zip", zip);
    site.write("attachment/egress/empty.yaml", "");
    let complaint = "attachment/egress/huge.yaml: warning[unsearched-text]: is 391 KiB long";
    for command in ["rebuild", "reindex", "check"] {
        let run = site.run(&[command]).complains(complaint);
        assert!(!run.err.contains("all.zip"), "{}", run.err);
    }
    for (query, path) in [
        ("huge", "huge.yaml"),
        ("core dump", "core.dump"),
        ("all zip", "all.zip"),
    ] {
        let value = found(&site, &[query]);
        let path = format!("attachment/egress/{path}");
        assert_eq!(paths(&value), [path.as_str()]);
        assert_eq!(value["results"][0]["name_only"], true);
        assert_eq!(value["results"][0]["passages"], Value::Array(Vec::new()));
        site.run(&["search", query]).says("(name only)");
    }
    for query in ["Longest", "Binary"] {
        assert_eq!(paths(&found(&site, &[query])), [""; 0]);
    }
    let value = found(&site, &["exportTo"]);
    assert_eq!(value["results"][0]["name_only"], false);
    assert_eq!(
        found(&site, &["empty yaml"])["results"][0]["name_only"],
        false
    );
}

#[test]
fn an_attachment_that_cannot_be_read_is_found_by_its_name() {
    for output in ["public", "."] {
        let site = site().file("docsite.toml", format!("output = \"{output}\"\n"));
        site.rebuild();
        let file = "attachment/egress/gateway.yaml";
        site.close(&[file]);
        let run = site.run_as_nobody(&["rebuild", "--all"]).ends(1);
        run.complains(&format!("{file}: error[unreadable]"));
        let ask = |query| {
            let run = site.run_as_nobody(&["search", "--json", query]);
            serde_json::from_str::<Value>(&run.out).expect("JSON")
        };
        let value = ask("gateway.yaml");
        let results = value["results"].as_array().expect("a list");
        let found = results.iter().find(|one| one["path"] == file);
        assert_eq!(found.expect("found by name")["name_only"], true, "{output}");
        assert_eq!(paths(&ask("exportTo")), [""; 0]);
        site.open_again(&[file]);
    }
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
    // What was misspelt, also in part of a name.
    for (typed, meant) in [
        ("gatewya", "gatewya → gateway\n"),
        ("serviceEnrty", "serviceEnrty → ServiceEntry\n"),
        ("sideacr.gatewya", "sideacr → sidecar\ngatewya → gateway\n"),
    ] {
        let run = site.run(&["search", typed]).ok();
        assert!(run.out.starts_with(meant), "{}", run.out);
    }
    for typed in ["gateway", "gatew", "routings", "ServiceEntry"] {
        let run = site.run(&["search", typed]).ok();
        assert!(!run.out.contains('→'), "{}", run.out);
    }
    site.run(&["search", "\u{1b}[31m없는말"])
        .ok()
        .says("nothing found for");
    site.run(&["search"]).ends(2);
}

#[test]
fn what_it_prints_for_programs_fits_its_schema() {
    let site = site();
    let schema = site.run_bare(&["schema", "search"]).ok().out;
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for query in ["gateway", "게이트웨이", "옛 exportTo zzzz", "극비조항"] {
        let value = found(&site, &[query]);
        assert!(validator.is_valid(&value), "{value}");
    }
    let readings = found(&site, &["게이트웨이"])["readings"].clone();
    assert_eq!(readings[0][0], "게이트웨이");
}

#[test]
fn a_limit_of_no_results_is_an_error() {
    let run = site().run(&["search", "gateway", "--limit", "0"]);
    assert!(run.err.contains("--limit"), "{}", run.err);
    assert!(!run.out.contains("gateway"), "{}", run.out);
}

#[test]
fn an_alias_of_several_words_is_found_with_and_without_its_blanks() {
    let site = site().doc("gw__note-limit", "# 회로 차단\n\n한도를 둔다.\n");
    site.write(
        "docsite.toml",
        "[search.aliases]\n\"서킷 브레이커\" = \"회로 차단\"\n",
    );
    for query in ["서킷 브레이커", "서킷브레이커"] {
        let value = found(&site, &[query]);
        assert_eq!(paths(&value)[0], "markdown/gw__note-limit.md", "{value}");
        assert_eq!(value["readings"][0][0], query);
    }
}
