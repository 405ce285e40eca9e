//! The words of fences that are diagrams, from the fence to the page.

use crate::harness::SiteTest;

fn fence(info: &str, source: &str) -> String {
    format!("```{info}\n{source}\n```\n\n")
}

fn site(body: &str) -> SiteTest {
    SiteTest::new().doc("gw__note-a", format!("# A\n\n{body}"))
}

#[test]
fn aliases_are_drawn_like_their_languages() {
    let (flow, graph) = ("flowchart LR\n  a --> b", "digraph { a -> b }");
    let bob = "+--+\n|한|\n+--+";
    let mut body = String::new();
    for (info, source) in [
        ("mmd", flow),
        ("{.mermaid}", flow),
        ("{mermaid}", flow),
        ("mermaid title=\"길\"", flow),
        ("gv", graph),
        ("graphviz", graph),
        ("{.dot #named}", graph),
        ("svgbob", bob),
        ("bob", bob),
    ] {
        body += &fence(info, source);
    }
    let site = site(&body);
    site.rebuild().ends(0);
    let page = site.page("public/gw__note-a.html");
    let expected = [
        "mermaid", "mermaid", "mermaid", "mermaid", "dot", "dot", "dot", "svgbob", "svgbob",
    ];
    assert_eq!(page.attrs("figure.dia", "data-language"), expected);
    let listed = site.run(&["diagrams", "--json"]).ok().out;
    let listed: serde_json::Value = serde_json::from_str(&listed).unwrap();
    let text = listed.to_string();
    assert_eq!(text.matches("\"drawn\"").count(), expected.len(), "{text}");
    site.run(&["check"]).ends(0);
}

#[test]
fn languages_without_a_renderer_are_slots() {
    let body = fence("d2", "a -> b") + &fence("plantuml", "a -> b") + &fence("{mermaidx}", "a");
    let site = site(&body).file("docsite.toml", "language = \"ko\"\n");
    site.rebuild().ends(0);
    let page = site.page("public/gw__note-a.html");
    assert_eq!(
        page.attrs("figure.undrawn", "data-language"),
        ["d2", "plantuml"]
    );
    let html = site.read("public/gw__note-a.html");
    assert!(html.contains("빌드가 그리지 않는 언어: d2"), "{html}");
}
