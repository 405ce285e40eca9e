//! A document's page: everything around the body, in Korean and in English.

use crate::harness::SiteTest;
use crate::reader::Page;
use crate::scanner;

const A: &str = "---\ndeprecated: moved\nsuperseded_by: gw__guide-b\n---\n# A\n\n\
    See [the b](gw__guide-b.html#part) here.\n\n## One\n\n[📎 y](attachment/e/y.yaml)\n\n### Deep\n\n\
    ```mermaid\nflowchart LR\n  a --> b\n```\n\n## Two\n\n#### Deeper\n";
const FLOW: &str = r#"{"stages": [
  {"title": "0 First", "why": "w", "docs": ["xds__note-z", {"doc": "gw__note-a", "note": "why a"}]},
  {"title": "1 Empty"},
  {"title": "2 Second", "docs": ["gw__guide-b"]}]}"#;

fn site(language: &str) -> SiteTest {
    let settings = format!(
        "title = \"Site\"\nlanguage = {language:?}\n\
         [[topics]]\nprefix = \"gw\"\nname = \"Gateway\"\ncolour = \"#123456\"\n"
    );
    let site = SiteTest::new()
        .file("docsite.toml", settings)
        .file("flow.json", FLOW)
        .file("attachment/e/y.yaml", "a: 1\n")
        .doc("gw__note-a", A)
        .doc("gw__guide-b", "# B\n\n## Part\n\nNo links.\n")
        .doc(
            "xds__note-z",
            "# Z\n\n[b](gw__guide-b.md) and [a](gw__note-a.html)\n",
        );
    site.rebuild().ok();
    assert_eq!(scanner::problems(&site.output()), [""; 0]);
    assert_eq!(scanner::html_errors(&site.output()), [""; 0]);
    site
}

fn page(name: &str) -> Page {
    site("en").page(&format!("public/{name}.html"))
}

#[test]
fn every_page_links_back_to_the_index_in_its_language() {
    for (language, home) in [("ko", "🏠 목록"), ("en", "🏠 Index")] {
        let site = site(language);
        for name in ["gw__note-a", "gw__guide-b", "files"] {
            let page = site.page(&format!("public/{name}.html"));
            assert_eq!(page.attrs("html", "lang"), [language]);
            assert_eq!(page.text("header a.home"), home);
            assert_eq!(page.attrs("header a.home", "href"), ["index.html"]);
        }
    }
}

#[test]
fn a_document_in_another_language_says_so() {
    let site = SiteTest::new()
        .file("docsite.toml", "language = \"en\"\n")
        .doc(
            "gw__note-a",
            "---\nlang: ko\ndescription: 짧은 설명\n---\n# 제목\n\n본문\n",
        )
        .doc("gw__note-b", "---\nlang: a language\n---\n# B\n");
    let run = site.rebuild().ends(0);
    let wrong =
        "markdown/gw__note-b.md:2:7: warning[front-matter-value]: `a language` is not the tag";
    assert!(run.err.contains(wrong), "{}", run.err);
    let page = site.page("public/gw__note-a.html");
    assert_eq!(page.attrs("html", "lang"), ["en"]);
    for part in ["h1", "p.lede", "article"] {
        assert_eq!(page.attrs(part, "lang"), ["ko"], "{part}");
    }
    let data = site.read("public/gw__note-a.html");
    assert!(data.contains(r#""inLanguage":"ko""#));
    let plain = site.page("public/gw__note-b.html");
    assert_eq!(plain.count("article[lang], h1[lang]"), 0);
}

#[test]
fn a_page_has_landmarks_one_heading_and_a_skip_link() {
    let page = page("gw__note-a");
    for landmark in ["main", "header.top", "footer", "h1", "title"] {
        assert_eq!(page.count(landmark), 1, "{landmark}");
    }
    let skip = page.attrs("body > a:first-child", "href");
    assert_eq!(page.attrs("main", "id"), [skip[0].trim_start_matches('#')]);
    assert_eq!(page.attrs("meta[name=viewport]", "content").len(), 1);
    assert!(page.source.starts_with("<!doctype html>"));
}

#[test]
fn chips_name_the_topic_and_the_type() {
    let page = page("gw__guide-b");
    assert_eq!(page.text(".facts .tt b"), "gw");
    assert_eq!(page.texts(".facts .tt i"), ["Guide"]);
    assert_eq!(page.attrs(".facts .tt a", "title"), ["Gateway", "guide"]);
    assert_eq!(
        page.attrs(".facts .tt a", "href"),
        ["index.html#topics?topic=gw", "index.html#topics?type=guide"]
    );
}

#[test]
fn a_deprecated_page_has_a_banner_that_links_to_its_successor() {
    for (language, word) in [
        ("ko", "더 이상 쓰지 않는 문서"),
        ("en", "No longer maintained"),
    ] {
        let page = site(language).page("public/gw__note-a.html");
        assert!(page.text(".banner").contains(word));
        assert!(page.text(".banner").contains("moved"));
        assert_eq!(page.attrs(".banner a", "href"), ["gw__guide-b.html"]);
        assert_eq!(page.text(".banner a"), "B");
    }
    assert_eq!(page("gw__guide-b").count(".banner"), 0);
}

#[test]
fn the_contents_list_every_section_and_link_to_it() {
    let page = page("gw__note-a");
    assert_eq!(page.texts("aside .toc a"), ["One", "Deep", "Two"]);
    let targets = page.attrs("aside .toc a", "href");
    for target in targets {
        assert_eq!(page.count(&format!("article {target}")), 1, "{target}");
    }
    assert_eq!(page.texts("aside .toc ul ul a"), ["Deep"]);
}

#[test]
fn the_reading_path_links_on_and_back_with_its_stage() {
    let middle = page("gw__note-a");
    assert_eq!(
        middle.attrs(".step .previous", "href"),
        ["xds__note-z.html"]
    );
    assert_eq!(middle.attrs(".step .next", "href"), ["gw__guide-b.html"]);
    assert!(
        middle.text(".step .next").contains("2 Second"),
        "a stage without documents is passed"
    );
    assert!(middle.text(".crumb").contains("0 First"));
    assert_eq!(middle.attrs(".crumb a", "href"), ["index.html#stage-0"]);
    let first = page("xds__note-z");
    assert_eq!(first.count(".step .previous"), 0);
    assert!(first.text(".step .next").contains("why a"));
    assert_eq!(page("gw__guide-b").count(".step .next"), 0);
}

#[test]
fn previous_and_next_are_in_the_language_of_the_site() {
    for (language, previous, next) in [("ko", "이전", "다음"), ("en", "Previous", "Next")] {
        let page = site(language).page("public/gw__note-a.html");
        assert!(page.text(".step .previous").contains(previous));
        assert!(page.text(".step .next").contains(next));
    }
}

#[test]
fn documents_that_link_here_are_listed_with_what_they_say() {
    let page = page("gw__guide-b");
    assert_eq!(
        page.attrs(".back li > a", "href"),
        ["gw__note-a.html", "xds__note-z.html"]
    );
    assert_eq!(page.texts(".back mark"), ["the b", "b"]);
    assert_eq!(site("en").page("public/xds__note-z.html").count(".back"), 0);
}

#[test]
fn each_relation_is_shown_once() {
    let site = SiteTest::new()
        .doc(
            "gw__note-a",
            "# A\n\n[both](gw__note-b.html) and [out](gw__note-c.html)\n",
        )
        .doc("gw__note-b", "# B\n\nBack to [A](gw__note-a.html).\n")
        .doc("gw__note-c", "# C\n")
        .doc("gw__note-d", "# D\n\nSee [A](gw__note-a.html).\n");
    site.rebuild().ok();
    let sides = || {
        let page = site.page("public/gw__note-a.html");
        ["into", "both", "leads"]
            .map(|side| page.attrs(&format!(".{side} li > a"), "href").join(" "))
    };
    let [b, c, d] = ["gw__note-b.html", "gw__note-c.html", "gw__note-d.html"];
    assert_eq!(sides(), [d, b, c]);
    // Nothing but the end of a relation is different for this page.
    site.write("markdown/gw__note-b.md", "# B\n\nBack to nobody.\n");
    site.rebuild().ok();
    assert_eq!(sides(), [d, "", &format!("{b} {c}")]);
}

#[test]
fn attachments_that_the_document_names_are_listed() {
    let page = page("gw__note-a");
    assert_eq!(
        page.attrs(".files a", "href"),
        ["view/e/y.yaml.html", "attachment/e/y.yaml"]
    );
    assert!(page.text(".files li").contains("5 B"));
    assert!(page.text(".files h2").contains("📎"));
}

#[test]
fn the_markdown_is_one_click_away() {
    let site = site("en");
    let page = site.page("public/gw__note-a.html");
    assert_eq!(page.attrs(".src a", "href"), ["markdown/gw__note-a.md"]);
    assert_eq!(site.read("public/markdown/gw__note-a.md"), A);
}

#[test]
fn a_diagram_has_its_slot() {
    let page = page("gw__note-a");
    assert_eq!(page.attrs("figure.dia", "data-language"), ["mermaid"]);
    assert!(page.text("figure.dia").contains("a --> b"));
    assert!(page.text(".facts").contains("◆ viz"));
}

#[test]
fn links_to_markdown_become_links_to_pages() {
    assert_eq!(
        page("xds__note-z").attrs("article a", "href"),
        ["gw__guide-b.html", "gw__note-a.html"]
    );
}

#[test]
fn a_link_that_has_no_target_is_marked_and_keeps_its_address() {
    let site = SiteTest::new().doc(
        "gw__note-a",
        "[x](gw__note-none.html) [web](https://istio.io)\n",
    );
    site.rebuild().ends(0);
    let page = site.page("public/gw__note-a.html");
    assert_eq!(page.attrs("a.gone", "href"), ["gw__note-none.html"]);
    assert_eq!(page.attrs("a.gone", "title"), ["no such document"]);
}

#[test]
fn a_page_needs_no_server() {
    let site = site("ko");
    for (path, bytes) in site.output().files() {
        let text = String::from_utf8_lossy(bytes);
        let is_ours = path.ends_with(".html") || path.ends_with(".js") || path.ends_with(".css");
        for word in [
            "type=\"module\"",
            "fetch(",
            "@import",
            "url(http",
            "src=\"http",
        ] {
            assert!(!is_ours || !text.contains(word), "{path}: {word}");
        }
    }
}

#[test]
fn what_is_active_in_a_document_stays_text_or_goes() {
    let text = "# <script>alert(1)</script>\n\n[x](javascript:alert(1)) [y](JaVa\tscript:x)\n\n\
                ![z](data:text/html,x)\n";
    let site = SiteTest::new().doc("gw__note-a", text);
    site.rebuild();
    for name in ["gw__note-a", "index"] {
        let page = site.page(&format!("public/{name}.html"));
        assert_eq!(
            page.count("script:not([src], [type='application/ld+json'])"),
            0,
            "{name}"
        );
        for href in page.attrs("[href]", "href") {
            assert!(!href.to_lowercase().contains("script:"), "{name}: {href}");
        }
        assert_eq!(page.count("img[src^='data:text']"), 0);
    }
}

#[test]
fn a_page_loads_at_most_thirty_kilobytes_of_style_and_of_script() {
    let site = site("ko");
    let page = site.page("public/gw__note-a.html");
    for (selector, attribute, ending, most) in [
        ("link[rel=stylesheet]", "href", ".css", 30 << 10),
        ("script", "src", ".js", 30 << 10),
    ] {
        let files = page.attrs(selector, attribute);
        assert!(!files.is_empty() && files.iter().all(|file| file.ends_with(ending)));
        let sizes = files
            .iter()
            .map(|file| site.bytes(&format!("public/{file}")).len());
        let total: usize = sizes.sum();
        assert!(total <= most, "{files:?}: {total} bytes");
    }
}

/// What a page's own script has of the search, between its headings.
#[test]
fn the_button_of_the_search_costs_a_page_at_most_two_kilobytes() {
    let script = include_str!("../../assets/docsite.js");
    let part = script.split("/* The search */").nth(1).unwrap();
    let part = part.split("/* The way back").next();
    assert!((500..2_000).contains(&part.unwrap().len()));
}

#[test]
fn every_page_has_the_button_of_the_search_in_its_language() {
    for (language, word) in [("ko", "전체 검색"), ("en", "Search")] {
        let site = site(language);
        for name in ["gw__note-a", "index", "files"] {
            let page = site.page(&format!("public/{name}.html"));
            assert_eq!(page.text("header button.find"), word);
        }
        let data = site.read("public/assets/docsite/data/find.js");
        assert!(data.contains(&format!("\"label\":\"{word}\"")));
        assert!(
            data.contains("\"prefix\":\"gw\",\"name\":\"Gateway\""),
            "{data}"
        );
    }
}

#[test]
fn a_site_that_knows_its_address_has_a_description_of_its_search() {
    let link = "link[rel=search]";
    let site = SiteTest::new().doc("gw__note-a", "# A\n").file(
        "docsite.toml",
        "title = \"A & B <of a very long name>\"\nbase_url = \"https://docs.example.com/x\"\n",
    );
    site.rebuild().ok();
    for name in ["gw__note-a", "index", "files"] {
        let page = site.page(&format!("public/{name}.html"));
        assert_eq!(
            page.attrs(link, "href"),
            ["assets/docsite/data/opensearch.xml"]
        );
    }
    let path = "public/assets/docsite/data/opensearch.xml";
    let text = site.read(path);
    assert!(text.contains("template=\"https://docs.example.com/x/index.html?q={searchTerms}\""));
    assert!(
        text.contains("<ShortName>A &amp; B &lt;of a very</ShortName>"),
        "{text}"
    );
    site.rebuild().ok();
    assert_eq!(site.read(path), text);
    site.edit("docsite.toml", |text| {
        text.replace("base_url", "# base_url")
    });
    site.rebuild().ok();
    assert!(!site.has(path));
    assert_eq!(site.page("public/index.html").count(link), 0);
}

#[test]
fn many_relations_are_folded_behind_the_first() {
    let mut site = SiteTest::new().doc("gw__note-hub", "# Hub\n");
    for at in 0..30 {
        let text = format!("# D{at}\n\n[hub](gw__note-hub.md)\n");
        site = site.doc(&format!("gw__note-d{at:02}"), text);
    }
    let links = |count: usize| {
        let links = (0..count).map(|at| format!("[x](gw__note-d{at:02}.md)"));
        links.collect::<Vec<_>>().join(" ")
    };
    let site = site
        .doc("gw__note-out", format!("# Out\n\n{}\n", links(13)))
        .doc("gw__note-few", format!("# Few\n\n{}\n", links(12)));
    site.rebuild().ends(0);
    let page = site.page("public/gw__note-hub.html");
    assert_eq!(page.count(".into > ul > li"), 10);
    assert_eq!(page.count(".into > details:not([open]) > ul > li"), 20);
    assert!(page.text(".into summary").contains("20"));
    let page = site.page("public/gw__note-out.html");
    assert_eq!(page.count(".leads > ul > li"), 10);
    assert_eq!(page.count(".leads > details > ul > li"), 3);
    let page = site.page("public/gw__note-few.html");
    assert_eq!(page.count(".leads > ul > li"), 12);
    assert_eq!(page.count("details:not(.toc-s)"), 0);
}

/// A long identifier has places to break, as in a cell; what is copied and found is the same.
#[test]
fn long_identifiers_break_between_their_parts_in_titles() {
    let title = "envoy.filters.network.http_connection_manager";
    let broken = "envoy.<wbr>filters.<wbr>network.<wbr>http_<wbr>connection_<wbr>manager";
    let site = SiteTest::new()
        .file(
            "flow.json",
            format!("{{\"stages\": [{{\"title\": \"0 {title}\", \"docs\": [\"gw__note-a\", \"gw__note-b\"]}}]}}"),
        )
        .doc("gw__note-a", format!("# {title}\n\n## `{title}` & {title}\n\n[b](gw__note-b.html)\n"))
        .doc("gw__note-b", "# B\n");
    site.rebuild().ok();
    let page = site.read("public/gw__note-a.html");
    for whole in [
        format!(
            "<h1 id=\"{}\">{broken}</h1>",
            "envoyfiltersnetworkhttp_connection_manager"
        ),
        format!("\"><code>{broken}</code> &amp; {broken}<a class=\"anchor\""),
        format!(">0 {broken}</a>"),
        format!("<title>{title} — "),
    ] {
        assert!(page.contains(&whole), "{whole}: {page}");
    }
    let other = site.read("public/gw__note-b.html");
    assert!(
        other.contains(&format!("<strong>{broken}</strong>")),
        "{other}"
    );
    assert!(
        site.read("public/index.html")
            .contains(&format!("<a href=\"gw__note-a.html\">{broken}</a>"))
    );
    assert!(!site.read("public/graph.json").contains("<wbr>"));
}
