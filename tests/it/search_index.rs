//! The scripts of the search that a build writes: what is in them, which of them a change rewrites,
//! and that they are the same however they came to be.

use std::collections::BTreeMap;
use std::thread;
use std::time::Duration;

use crate::harness::SiteTest;

const FOLDER: &str = "assets/docsite/search/";
/// Longer than a tick of a file system's clock.
const TICKS: Duration = Duration::from_millis(40);

/// Notes of which each has words of its own.
fn site(count: usize) -> SiteTest {
    let site = (0..count).fold(SiteTest::new(), |site, number| {
        let words: Vec<String> = (0..60).map(|at| format!("word{}x{at}", number * 7 % 13)).collect();
        let text = format!(
            "# 글 {number}\n\n{}\n\n## 둘째 절\n\n고유한낱말{number}을 읽는다.\n\n```mermaid\nflowchart LR\n  a[그림{number}] --> b\n```\n",
            words.join(" ")
        );
        site.doc(&format!("gw__note-{number:02}"), text)
    });
    site.write("attachment/x.yaml", "exportTo: x\n");
    site.write("docsite.toml", "output = \"public\"\n");
    site
}

fn scripts(site: &SiteTest) -> BTreeMap<String, Vec<u8>> {
    let tree = site.output();
    let files = tree.files();
    files
        .filter_map(|(path, bytes)| Some((path.strip_prefix(FOLDER)?.to_owned(), bytes.to_vec())))
        .collect()
}

/// The scripts that a run wrote or changed.
fn changed(before: &BTreeMap<String, Vec<u8>>, now: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let is_other = |name: &&String| before.get(*name) != now.get(*name);
    now.keys().filter(is_other).cloned().collect()
}

fn of_texts(names: &[String]) -> usize {
    names.iter().filter(|name| name.starts_with("x-")).count()
}

/// Builds from nothing and compares.
fn is_as_new(site: &SiteTest) {
    let now = scripts(site);
    site.remove("public");
    site.remove(".docsite/cache");
    site.rebuild().ok();
    let anew = scripts(site);
    assert_eq!(changed(&anew, &now), [""; 0]);
    assert_eq!(now.len(), anew.len());
}

fn paths(site: &SiteTest, query: &str) -> Vec<String> {
    let run = site.run(&["search", "--json", query]).ok();
    let value: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    let results = value["results"].as_array().expect("a list").iter();
    results
        .map(|one| one["path"].as_str().expect("a path").to_owned())
        .collect()
}

#[test]
fn a_sentence_rewrites_its_own_text_and_the_shards_of_its_terms() {
    let site = site(40).with_many_files();
    site.rebuild().ok();
    let before = scripts(&site);
    assert!(before.len() > 45, "{}", before.len());
    for (from, to) in [("읽는다", "읽고나서쓴다"), ("둘째 절", "다른 절")] {
        let before = scripts(&site);
        thread::sleep(TICKS);
        site.edit("markdown/gw__note-07.md", |text| text.replace(from, to));
        site.rebuild().ok();
        let names = changed(&before, &scripts(&site));
        assert_eq!(of_texts(&names), 1, "{names:?}");
        assert!(names.len() < before.len() / 2, "{names:?}");
    }
    assert_eq!(paths(&site, "읽고나서쓴다"), ["markdown/gw__note-07.md"]);
    assert_eq!(
        paths(&site, "그림7").first().map(String::as_str),
        Some("markdown/gw__note-07.md")
    );
    is_as_new(&site);
}

#[test]
fn a_long_list_of_shards_is_in_pages() {
    let site = site(3).with_many_words();
    site.rebuild().ok();
    let before = scripts(&site);
    let pages: Vec<&String> = before
        .keys()
        .filter(|name| name.starts_with("dt-"))
        .collect();
    assert!(pages.len() > 1, "{pages:?}");
    assert!(before["directory.js"].len() < 2_000);
    thread::sleep(TICKS);
    site.edit("markdown/gw__note-01.md", |text| text + "\n덧붙인다.\n");
    site.rebuild().ok();
    let names = changed(&before, &scripts(&site));
    let is_page = |name: &&String| name.starts_with('d') && *name != "directory.js";
    let of_pages = names.iter().filter(is_page).count();
    assert!((1..=3).contains(&of_pages), "{names:?}");
    assert_eq!(paths(&site, "덧붙인다"), ["markdown/gw__note-01.md"]);
    site.remove(&format!("public/{FOLDER}{}", pages[0]));
    assert_eq!(paths(&site, "덧붙인다"), ["markdown/gw__note-01.md"]);
    site.rebuild().ok();
    is_as_new(&site);
}

#[test]
fn documents_that_come_and_go_leave_the_texts_of_others() {
    let site = site(20).with_many_files();
    site.rebuild().ok();
    let before = scripts(&site);
    site.write("markdown/gw__note-05a.md", "# 새 글\n\n새로 쓴 낱말.\n");
    site.remove("markdown/gw__note-11.md");
    site.edit("markdown/gw__note-03.md", |text| {
        format!("---\ndraft: true\n---\n{text}")
    });
    site.rebuild();
    let now = scripts(&site);
    let names = changed(&before, &now);
    assert_eq!(of_texts(&names), 1, "{names:?}");
    assert_eq!(paths(&site, "새로 쓴"), ["markdown/gw__note-05a.md"]);
    let all: Vec<u8> = now.values().flatten().copied().collect();
    let all = String::from_utf8(all).expect("UTF-8");
    assert!(!all.contains("고유한낱말3을") && !all.contains("고유한낱말11을"));
    is_as_new(&site);
}

#[test]
fn a_small_site_has_texts_together_and_terms_alone() {
    let site = site(40);
    site.rebuild().ok();
    let is_of = |begins: &[&str], name: &str| begins.iter().any(|begin| name.starts_with(begin));
    let before = scripts(&site);
    let names = before.keys().map(String::as_str);
    let others = names.filter(|name| is_of(&["x-", "w-", "p-", "s-"], name));
    assert_eq!(others.count(), 0);
    assert_eq!(
        before
            .keys()
            .filter(|name| is_of(&["block-"], name))
            .count(),
        3
    );
    // A sentence, and a heading.
    for (from, to) in [("읽는다", "읽고나서쓴다"), ("둘째 절", "다른 절")] {
        let before = scripts(&site);
        thread::sleep(TICKS);
        site.edit("markdown/gw__note-07.md", |text| text.replace(from, to));
        site.rebuild().ok();
        let names = changed(&before, &scripts(&site));
        let blocks = names.iter().filter(|name| is_of(&["block-"], name)).count();
        assert_eq!(blocks, 1, "{names:?}");
    }
    for (query, found) in [
        ("읽고나서쓴다", "07"),
        ("그림31", "31"),
        ("고유한낱멀31을", "31"),
    ] {
        let first = format!("markdown/gw__note-{found}.md");
        assert_eq!(paths(&site, query).first(), Some(&first), "{query}");
    }
    site.write("markdown/gw__note-05a.md", "# 새 글\n\n새로 쓴 낱말.\n");
    site.remove("markdown/gw__note-11.md");
    site.rebuild();
    assert_eq!(paths(&site, "새로 쓴")[0], "markdown/gw__note-05a.md");
    is_as_new(&site);
}

#[test]
fn a_site_that_grows_or_shrinks_has_the_index_of_its_size() {
    let site = site(6);
    site.rebuild().ok();
    let site = site.with_many_files();
    site.rebuild().ok();
    assert!(scripts(&site).keys().any(|name| name.starts_with("w-")));
    is_as_new(&site);
    site.remove("attachment/more");
    site.rebuild().ok();
    assert!(!scripts(&site).keys().any(|name| name.starts_with("w-")));
    is_as_new(&site);
}

#[test]
fn a_page_that_is_not_rendered_is_indexed_as_readers_see_it() {
    let site = site(6).with_many_files();
    site.rebuild().ok();
    let edited = |text: String| {
        text.replace("둘째 절", "바뀐 절")
            .replace("고유한낱말3을", "바꾼낱말을")
    };
    site.edit("markdown/gw__note-03.md", edited);
    // A page that a person changed, and a document that has no page yet.
    site.edit("markdown/gw__note-05.md", |text| {
        format!("{text}\n## 없는 절\n")
    });
    site.write("markdown/gw__note-09.md", "# 새 글\n\n새낱말이다.\n");
    let of_note = |site: &SiteTest, note: &str| {
        let path = format!("markdown/gw__note-{note}.md");
        let mut texts = scripts(site).into_iter().filter_map(|(name, bytes)| {
            let text = String::from_utf8(bytes).expect("UTF-8");
            name.starts_with("x-").then_some(text)
        });
        texts.find(|text| text.contains(&path))
    };
    for command in [&["reindex"][..], &["render", "gw__note-01"]] {
        site.run(command);
        let text = of_note(&site, "03").expect("its text");
        let page = site.read("public/gw__note-03.html");
        assert!(
            page.contains("id=\"둘째-절\"") && text.contains("\"둘째-절\""),
            "{text}"
        );
        assert!(
            text.contains("고유한낱말3을") && !text.contains("바꾼낱말"),
            "{text}"
        );
        assert!(!of_note(&site, "05").expect("its text").contains("없는-절"));
    }
    site.remove("public/gw__note-09.html");
    site.run(&["reindex"]).ends(0);
    // The command answers from this index too, until something changes.
    site.run(&["reindex"]).ends(0);
    assert_eq!(paths(&site, "바꾼낱말"), [""; 0]);
    assert_eq!(
        paths(&site, "고유한낱말3").first().map(String::as_str),
        Some("markdown/gw__note-03.md")
    );
    assert_eq!(of_note(&site, "09"), None);
    site.rebuild().ok();
    for (note, heading) in [("03", "바뀐-절"), ("05", "없는-절")] {
        assert!(of_note(&site, note).expect("its text").contains(heading));
    }
    is_as_new(&site);
}

#[test]
fn what_does_not_fit_together_is_made_again() {
    let site = site(12).with_many_files();
    site.rebuild().ok();
    let whole = scripts(&site);
    let shard = whole
        .keys()
        .find(|name| name.starts_with("t-"))
        .expect("a shard")
        .clone();
    let text = whole
        .keys()
        .find(|name| name.starts_with("x-"))
        .expect("a text")
        .clone();
    let answer = site
        .run(&["search", "--json", "word3x1 고유한낱말5"])
        .ok()
        .out;
    let torn = |name: &str, bytes: &[u8]| site.write(&format!("public/{FOLDER}{name}"), bytes);
    for (name, bytes) in [
        (shard.as_str(), &b"docsite.give("[..]),
        (shard.as_str(), &whole["directory.js"]),
        (&text, b""),
        ("directory.js", b"{"),
        ("block-0.js", &whole[&text]),
    ] {
        torn(name, bytes);
        // Another change, so that an index that does not fit would be used.
        site.edit("markdown/gw__note-01.md", |text| text + "\n마지막 줄.\n");
        site.rebuild();
        site.edit("markdown/gw__note-01.md", |text| {
            text.replace("\n마지막 줄.\n", "")
        });
        site.rebuild();
        assert_eq!(changed(&whole, &scripts(&site)), [""; 0], "{name}");
    }
    torn(&shard, b"docsite.give(");
    assert_eq!(
        site.run(&["search", "--json", "word3x1 고유한낱말5"])
            .ok()
            .out,
        answer
    );
    // An older shard beside a newer directory.
    site.rebuild();
    thread::sleep(TICKS);
    site.edit("markdown/gw__note-05.md", |text| {
        text.replace("고유한", "남다른")
    });
    site.rebuild().ok();
    for (name, bytes) in &whole {
        if name.starts_with("t-") {
            torn(name, bytes);
        }
    }
    assert_eq!(paths(&site, "남다른낱말5"), ["markdown/gw__note-05.md"]);
    site.rebuild();
    is_as_new(&site);
}

#[test]
fn the_written_index_answers_as_one_that_is_made_now() {
    let queries = [
        "고유한낱말3",
        "그림 7",
        "word3x1",
        "wrod3x1",
        "둘째절",
        "exportTo",
        "없는말",
    ];
    for site in [site(15), site(15).with_many_files()] {
        let ask = || queries.map(|query| site.run(&["search", "--json", query]).ok().out);
        let made = ask();
        site.rebuild().ok();
        site.rebuild().ok();
        assert_eq!(ask(), made);
    }
}

#[test]
fn words_of_a_site_stand_for_each_other() {
    let site = SiteTest::new()
        .doc("gw__note-a", "# 하나\n\nistio-ingressgateway를 본다.\n")
        .doc("gw__note-b", "# 둘\n\n쿠버네티스만 적은 글.\n");
    site.write(
        "docsite.toml",
        "[search]\naliases = { \"igw\" = \"istio-ingressgateway\", \"인그레스게\" = [\"istio-ingressgateway\"] }\n",
    );
    assert_eq!(paths(&site, "igw"), ["markdown/gw__note-a.md"]);
    assert_eq!(paths(&site, "인그레스게"), ["markdown/gw__note-a.md"]);
    assert_eq!(paths(&site, "kubernetes"), ["markdown/gw__note-b.md"]);
    site.rebuild().ok();
    assert!(
        site.read("public/assets/docsite/search/loanwords.js")
            .contains("igw\\tistio-ingressgateway\\n")
    );
    for (wrong, message) in [
        ("[search]\naliases = 1\n", "must be a table of words"),
        (
            "[search]\naliases = { \" \" = \"c\" }\n",
            "an alias must have a letter",
        ),
        (
            "[search]\naliases = { a = 1 }\n",
            "must be a word or a list of words",
        ),
        (
            "[search]\naliases = { a = [] }\n",
            "must be a word or a list of words",
        ),
        ("[search]\naliasses = {}\n", "aliases"),
    ] {
        site.write("docsite.toml", wrong);
        site.run(&["search", "x"]).ends(2).complains(message);
    }
}
