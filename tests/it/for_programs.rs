//! What programs read of a site: llms.txt, `<basename>.json`, and the data in the heads of pages.

use serde_json::{Value, json};

use crate::harness::SiteTest;

const FLOW: &str = r#"{"title": "길", "stages": [
    {"title": "1 먼저", "why": "기초가\n여기 있다", "docs": [{"doc": "gw__note-b"}, "gw__note-a"]},
    {"title": "2 다음", "why": "", "docs": ["xds__note-c"]}]}"#;

fn site() -> SiteTest {
    let site = SiteTest::new()
        .file(
            "docsite.toml",
            "title = \"메시\"\ndescription = \"무엇\"\nlanguage = \"ko\"\n\
             topics = [{ prefix = \"gw\", name = \"게이트웨이\" }]\n",
        )
        .file("flow.json", FLOW)
        .file("attachment/a b.yaml", "a: 1\n")
        .doc(
            "gw__note-a",
            "---\ndate: 2024-01-02\nupdated: 2024-03-04\nauthor: Kim\ntags: [x, y]\n---\n\
             # A `</script>`\n\nOne [b](gw__note-b.md) and [out](https://istio.io/x).\n\n\
             ## Why [it](gw__note-b.md) is\n\n#### Deep\n\n📎 [the file](../attachment/a%20b.yaml)\n",
        )
        .doc("gw__note-b", "# B [1]\n\nTwo.\n")
        .doc("xds__note-c", "# C\n")
        .doc("gw__note-other", "# Other\n\nThree.\n")
        .doc(
            "gw__note-old",
            "---\ndeprecated: too old\nsuperseded_by: gw__note-a\n---\n# Old\n",
        )
        .doc("gw__note-d", "---\ndraft: true\n---\n# Draft\n");
    site.rebuild();
    site
}

/// Without the line of the mark.
fn llms(site: &SiteTest) -> String {
    let text = site.read("public/llms.txt");
    let lines = text.split_inclusive('\n');
    lines.filter(|line| !line.starts_with("<!-- ")).collect()
}

#[test]
fn llms_txt_follows_the_path_and_says_why() {
    let text = llms(&site());
    let rest = text.strip_prefix("# 메시\n\n> 무엇\n\n").expect(&text);
    let (guide, sections) = rest.split_once("\n## ").unwrap();
    assert!(
        guide.contains("\n1. **1 먼저**: 기초가 여기 있다\n2. **2 다음**\n"),
        "{guide}"
    );
    assert_eq!(
        sections,
        "1 먼저\n\n- [B (1)](markdown/gw__note-b.md): Two.\n\
         - [A </script>](markdown/gw__note-a.md): One b and out.\n\
         \n## 2 다음\n\n- [C](markdown/xds__note-c.md)\n\
         \n## 게이트웨이\n\n- [Other](markdown/gw__note-other.md): Three.\n\
         \n## Optional\n\n- [Old](markdown/gw__note-old.md)\n"
    );
}

/// As the reference parser of llmstxt.org takes the file apart.
#[test]
fn every_line_of_a_section_is_a_link_to_an_existing_file() {
    let site = site();
    let text = llms(&site);
    let sections = text.split("\n## ").skip(1);
    let lines = sections.flat_map(|section| section.lines().skip(1));
    let mut links = 0;
    for line in lines.filter(|line| !line.is_empty()) {
        let rest = line.strip_prefix("- [").expect(line);
        let (_, rest) = rest.split_once("](").expect(line);
        let (address, _) = rest.split_once(')').expect(line);
        assert!(site.has(&format!("public/{address}")), "{line}");
        links += 1;
    }
    assert_eq!(links, 5);
}

#[test]
fn an_entry_of_llms_txt_is_short_whatever_the_title() {
    let site = SiteTest::new();
    for at in 0..40 {
        let text = format!("# {}\n\nS{at}.\n", "게이트웨이 ".repeat(at));
        site.write(
            &format!("markdown/gw__note-{at}-{}.md", "n".repeat(at)),
            text,
        );
    }
    site.rebuild().ok();
    for line in llms(&site).lines().filter(|line| line.starts_with("- ")) {
        let (beside, summary) = line.split_once(": ").unwrap_or((line, ""));
        assert!(beside.len() + ": \n".len() <= 120, "{line}");
        assert!(summary.is_empty() || summary.starts_with('S'), "{line}");
    }
}

#[test]
fn each_published_document_says_what_it_is() {
    let site = site();
    let mut about = site.json("public/gw__note-a.json");
    let schema = site.run_bare(&["schema", "page"]).ok();
    let schema = serde_json::from_str(&schema.out).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    for name in ["a", "b", "old", "other"] {
        let about = site.json(&format!("public/gw__note-{name}.json"));
        let errors: Vec<_> = schema
            .iter_errors(&about)
            .map(|it| it.to_string())
            .collect();
        assert_eq!(errors, [""; 0], "{name}");
    }
    about.as_object_mut().unwrap().remove("mark");
    assert_eq!(
        about,
        json!({
            "generator": "docsite",
            "basename": "gw__note-a",
            "title": "A </script>",
            "summary": "One b and out.",
            "topic": "gw",
            "type": "note",
            "date": "2024-01-02",
            "updated": "2024-03-04",
            "tags": ["x", "y"],
            "page": "gw__note-a.html",
            "markdown": "markdown/gw__note-a.md",
            "state": {"hand_made": false, "deprecated": false},
            "path": {
                "stage": 1, "title": "1 먼저", "position": 2, "of": 2,
                "previous": "gw__note-b", "next": "xds__note-c",
            },
            "headings": [
                {"level": 1, "id": "a-script", "text": "A </script>"},
                {"level": 2, "id": "why-it-is", "text": "Why it is"},
                {"level": 4, "id": "deep", "text": "Deep"},
            ],
            "links": [
                {"document": "gw__note-b", "text": "b"},
                {"url": "https://istio.io/x", "text": "out"},
                {"document": "gw__note-b", "text": "it"},
            ],
            "backlinks": [],
            "attachments": [
                {"path": "attachment/a b.yaml", "bytes": 5, "text": "the file"},
            ],
        })
    );
    let old = site.json("public/gw__note-old.json");
    assert_eq!(
        old["state"],
        json!({"hand_made": false, "deprecated": true, "reason": "too old", "superseded_by": "gw__note-a"})
    );
    assert_eq!(old.get("path"), None);
    let b = site.json("public/gw__note-b.json");
    assert_eq!(b["backlinks"], json!(["gw__note-a"]));
    assert!(!site.has("public/gw__note-d.json"));
}

#[test]
fn what_programs_read_follows_the_documents() {
    let site = site();
    site.edit("public/gw__note-b.html", |page| {
        page.replace("Two.", "Three <svg/>.")
    });
    site.rebuild();
    assert_eq!(
        site.json("public/gw__note-b.json")["state"]["hand_made"],
        true
    );
    site.edit("markdown/gw__note-other.md", |text| {
        text.replace("# Other", "---\ndraft: true\n---\n# Other")
    });
    site.rebuild();
    assert!(!site.has("public/gw__note-other.json"));
    assert!(!llms(&site).contains("other"));
    let text = site.bytes("public/gw__note-a.json");
    site.edit("markdown/gw__note-a.md", |text| {
        text.replace("#### Deep", "#### Deeper")
    });
    site.rebuild();
    assert_eq!(
        site.json("public/gw__note-a.json")["headings"][2]["id"],
        "deeper"
    );
    site.edit("markdown/gw__note-a.md", |text| {
        text.replace("#### Deeper", "#### Deep")
    });
    site.rebuild();
    assert_eq!(site.bytes("public/gw__note-a.json"), text);
    site.write("public/gw__note-a.json", "{}\n");
    site.rebuild();
    assert_eq!(site.read("public/gw__note-a.json"), "{}\n");
}

#[test]
fn a_page_names_its_markdown_its_data_and_the_guide() {
    let site = site();
    let page = site.page("public/gw__note-a.html");
    let alternate = |kind: &str| page.attrs(&format!("link[rel=alternate][type='{kind}']"), "href");
    assert_eq!(alternate("text/markdown"), ["markdown/gw__note-a.md"]);
    assert_eq!(alternate("application/json"), ["gw__note-a.json"]);
    for page in ["gw__note-a.html", "index.html", "files.html"] {
        let page = site.page(&format!("public/{page}"));
        assert_eq!(page.attrs("link[rel=describedby]", "href"), ["llms.txt"]);
    }
}

fn linked(site: &SiteTest, page: &str) -> Value {
    let text = site.read(&format!("public/{page}"));
    let (_, rest) = text
        .split_once("<script type=\"application/ld+json\">")
        .unwrap();
    let (data, _) = rest.split_once("</script>").unwrap();
    serde_json::from_str(data).unwrap()
}

#[test]
fn a_page_has_structured_data_that_cannot_end_its_element() {
    let site = site();
    let data = linked(&site, "gw__note-a.html");
    assert_eq!(data["@context"], "https://schema.org");
    assert_eq!(
        data["@graph"][0],
        json!({
            "@type": "TechArticle",
            "headline": "A </script>",
            "url": "gw__note-a.html",
            "inLanguage": "ko",
            "articleSection": "게이트웨이",
            "isPartOf": {"@type": "WebSite", "name": "메시"},
            "description": "One b and out.",
            "datePublished": "2024-01-02",
            "dateModified": "2024-03-04",
            "keywords": "x, y",
            "author": {"@type": "Person", "name": "Kim"},
        })
    );
    let crumbs = |data: &Value| {
        let steps = data["@graph"][1]["itemListElement"]
            .as_array()
            .unwrap()
            .iter();
        let steps = steps.map(|step| format!("{} {}", step["position"], step["item"]));
        steps.collect::<Vec<_>>().join(" ").replace('"', "")
    };
    assert_eq!(
        crumbs(&data),
        "1 index.html 2 index.html#stage-0 3 gw__note-a.html"
    );
    site.edit("docsite.toml", |text| {
        format!("base_url = \"https://x.kr/d/\"\n{text}")
    });
    site.rebuild();
    let data = linked(&site, "gw__note-other.html");
    assert_eq!(
        crumbs(&data),
        "1 https://x.kr/d/index.html 2 https://x.kr/d/index.html#topics?topic=gw 3 https://x.kr/d/gw__note-other.html"
    );
}
