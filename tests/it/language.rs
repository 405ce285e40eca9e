//! The interface's words are in the site's language: a Korean site in which everything that can be
//! on a page is there, written in Hangul alone, has no English word that an author did not write.

use std::collections::BTreeSet;

use scraper::Node;

use crate::harness::SiteTest;
use crate::reader::Page;

/// Terms of the format and of the trade that Korean readers know by these names, and the prefixes of
/// this site.
const TERMS: [&str; 15] = [
    "Ctrl",
    "deprecated",
    "viz",
    "Markdown",
    "JSON",
    "Enter",
    "Esc",
    "kB",
    "MB",
    "console",
    "plantuml",
    "gw",
    "note",
    "guide",
    "sec",
];
/// Attributes that readers see or hear, besides `data-` ones.
const SAID: [&str; 6] = [
    "title",
    "aria-label",
    "alt",
    "placeholder",
    "content",
    "aria-roledescription",
];
/// `data-` attributes that only scripts read.
const UNSAID: [&str; 16] = [
    "data-slot",
    "data-language",
    "data-doc",
    "data-need",
    "data-version",
    "data-topic",
    "data-type",
    "data-list",
    "data-graph",
    "data-memory",
    "data-drawn",
    "data-key",
    "data-page",
    "data-source",
    "data-inputs",
    "data-print",
];

const EVERYTHING: &str = "---
description: 모두 있는 문서
tags: [하나]
date: 2026-01-01
updated: 2026-01-02
---
# 모두

[없는 문서](gw__note-없음.html) [없는 제목](gw__note-둘.html#없음) [없는 파일](attachment/없음.yaml)
[초안](gw__note-초안.html) [옛 문서](gw__note-옛.html) [[위키]] ![[그림]] [첨부](attachment/하나.yaml)
[주소](https://한글.example) 각주[^1] 다시[^1].

[^1]: 각주의 글

> [!NOTE]
> 하나

> [!TIP]
> 둘

> [!IMPORTANT]
> 셋

> [!WARNING]
> 넷

> [!CAUTION]
> 다섯

## 표와 목록

| 가 | 나 |
|---|---|
| 1 | 2 |

- [ ] 할 일
- [x] 한 일

용어
: 뜻

![그림](attachment/그림.png \"설명\")

<details><summary>접은 것</summary>글</details>

```yaml title=\"제목\" {1} showLineNumbers
가: 나
```

```console
$ 가
```

```text {#상자}
┌─┐
```

## 그림

";

/// A fence for each kind of reason for which nothing is drawn, and some that are drawn.
fn diagrams() -> String {
    let long = format!("flowchart LR\n{}\n", "가".repeat(60_000));
    let fences = [
        ("mermaid {#그림1}", "flowchart LR\n  가[하나] --> 나[둘]\n"),
        ("mermaid", "sequenceDiagram\n  가->>나: 말\n"),
        ("mermaid {#손}", "flowchart LR\n  가 --> 나\n"),
        ("dot", "digraph { 가 -> 나 }\n"),
        ("dot", "digraph { 가 -> \n"),
        ("dot", "graph { 가 [label=<<b>나</b>>] }\n"),
        ("d2", "가 -> 나\n"),
        ("plantuml", "가 -> 나\n"),
        ("mermaid", ""),
        ("mermaid", "그림이 아니다\n"),
        ("mermaid", "flowchart LR\n  가[하나 --> 나\n"),
        ("mermaid", "sequenceDiagram\n  ???\n"),
        ("mermaid", &long),
    ];
    let fences = fences.map(|(info, source)| format!("```{info}\n{source}```\n\n"));
    fences.concat()
}

fn site() -> SiteTest {
    let site = SiteTest::new()
        .file(
            "docsite.toml",
            "language = \"ko\"\n[[topics]]\nprefix = \"gw\"\nname = \"관문\"\n[[topics]]\nprefix = \"sec\"\nname = \"보안\"\n\
             [[types]]\nprefix = \"note\"\nname = \"개념\"\n[[types]]\nprefix = \"guide\"\nname = \"안내\"\n",
        )
        .file("attachment/하나.yaml", "가: 나\n".repeat(400))
        .file("attachment/그림.png", [0x89, b'P', b'N', b'G'])
        .file(
            "assets/diagrams/gw__note-모두/손.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\" data-drawn-from=\"00000000000000000000000000000000\"><path d=\"M0 0h9\"/></svg>",
        )
        .file(
            "flow.json",
            r#"{"stages": [{"title": "0 처음", "why": "먼저", "docs": ["gw__note-모두", "gw__note-둘"],
            "attachments": ["attachment/하나.yaml"], "links": [{"label": "바깥", "url": "https://한글.example"}]}]}"#,
        )
        .doc("gw__note-모두", EVERYTHING.to_owned() + &diagrams())
        .doc("gw__note-둘", "# 둘\n\n[모두](gw__note-모두.html#표와-목록)\n")
        .doc(
            "gw__note-옛",
            "---\ndeprecated: 낡음\nsuperseded_by: gw__note-둘\n---\n# 옛 문서\n",
        )
        .doc("gw__note-초안", "---\ndraft: true\n---\n# 초안\n")
        .doc("sec__guide-외딴", "# 외딴 문서\n\n글\n");
    site.rebuild();
    site
}

/// The English words of a text that no author of this site wrote. What holds a slash, an underscore,
/// or a dot before its end is the name of a file or a host.
fn english(text: &str) -> Vec<String> {
    let words = text.split_whitespace().filter(|word| {
        let word = word.trim_end_matches(['.', ',']);
        !word.contains(['/', '_', '.'])
    });
    let words = words.flat_map(|word| word.split(|c: char| !c.is_ascii_alphanumeric()));
    words
        .filter(|word| {
            let letters = word.bytes().filter(u8::is_ascii_alphabetic).count();
            letters > 1 && !TERMS.contains(word)
        })
        .map(str::to_owned)
        .collect()
}

#[test]
fn a_korean_site_has_no_english_word_of_the_interface() {
    let site = site();
    let mut found = BTreeSet::new();
    let mut pages = 0;
    let output = site.output();
    for path in output.paths() {
        if !path.ends_with(".html") {
            continue;
        }
        pages += 1;
        // A name may break between its parts.
        let html = site.read(&format!("public/{path}")).replace("<wbr>", "");
        let page = Page::new(html);
        let mut note = |what: &str, text: &str| {
            found.extend(
                english(text)
                    .into_iter()
                    .map(|word| format!("{path}: {what}: {word} in {text:?}")),
            );
        };
        for node in page.html.tree.nodes() {
            match node.value() {
                Node::Element(element) => {
                    for (name, value) in element.attrs() {
                        let is_data = name.starts_with("data-") && !UNSAID.contains(&name);
                        if is_data || SAID.contains(&name) && element.name() != "meta" {
                            note(name, value);
                        }
                    }
                }
                Node::Text(text) => {
                    let is_unsaid = node.ancestors().any(|above| {
                        let element = above.value().as_element();
                        element.is_some_and(|e| {
                            matches!(e.name(), "script" | "style" | "code" | "pre")
                        })
                    });
                    if !is_unsaid {
                        note("text", text);
                    }
                }
                _ => {}
            }
        }
    }
    assert!(pages >= 6, "{pages}");
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn what_is_not_drawn_says_why_in_the_sites_language() {
    let site = site();
    let page = site.page("public/gw__note-모두.html");
    let reasons = page.texts("figure.undrawn .why");
    for reason in [
        "원본에 잘못된 곳이 있다: 닫는 기호가 없다",
        "원본에 잘못된 곳이 있다: 다이어그램의 종류를 알 수 없다",
        "원본에 잘못된 곳이 있다: 그 자리에 올 수 없는 것이 있다",
        "다이어그램이 비어 있다",
        "빌드가 그리지 않는 언어: d2",
        "너무 커서 그리지 않는다",
    ] {
        let is_said = reasons.iter().any(|said| said.ends_with(reason));
        assert!(is_said, "{reason}: {reasons:#?}");
    }
    // The author hears it all, in English.
    site.run(&["check"]).complains("docsite cannot draw d2");
    site.edit("docsite.toml", |settings| {
        settings.replace("\"ko\"", "\"en\"")
    });
    site.rebuild();
    let page = site.page("public/gw__note-모두.html");
    let reasons = page.texts("figure.undrawn .why");
    assert!(
        reasons
            .iter()
            .any(|said| said.ends_with("docsite cannot draw d2"))
    );
}
