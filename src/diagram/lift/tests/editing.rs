//! What was edited in a page.

use crate::diagram::lift::{Block, edits, read_page};

fn blocks(texts: &[&str]) -> Vec<Block> {
    let lines = 1..;
    let blocks = texts.iter().zip(lines).map(|(text, line)| Block {
        text: (*text).to_owned(),
        line,
    });
    blocks.collect()
}

fn diff(old: &[&str], new: &[&str], exact: bool) -> Vec<String> {
    edits(&blocks(old), &blocks(new), exact)
}

#[test]
fn pages_that_say_the_same_have_no_edits() {
    for exact in [true, false] {
        assert_eq!(diff(&["가", "나"], &["가", "나"], exact), [""; 0]);
        assert_eq!(diff(&[], &[], exact), [""; 0]);
    }
}

#[test]
fn with_the_same_markdown_every_difference_is_an_edit() {
    let new = ["제목", "하나", "둘", "셋"];
    for (old, expected) in [
        (
            &["제목", "하나", "끼운 글", "둘", "셋"][..],
            &["@@ 3 @@", "  하나", "+ 끼운 글"][..],
        ),
        (&["제목", "하나", "셋"], &["@@ 3 @@", "  하나", "- 둘"]),
        (&["제목", "하나", "둘"], &["@@ 3 @@", "  둘", "- 셋"]),
        (&["앞", "제목", "하나", "둘", "셋"], &["@@ 1 @@", "+ 앞"]),
        (
            &["제목", "하나", "두울", "셋"],
            &["@@ 3 @@", "  하나", "- 둘", "+ 두울"],
        ),
        (
            &["제목", "1", "2", "셋"],
            &["@@ 2 @@", "  제목", "- 하나", "+ 1", "- 둘", "+ 2"],
        ),
        (
            &["제목", "하나", "  둘", "셋"],
            &["@@ 3 @@", "  하나", "- 둘", "+   둘"],
        ),
        (&[], &["@@ 1 @@", "- 제목", "- 하나", "- 둘", "- 셋"]),
    ] {
        assert_eq!(diff(old, &new, true), expected);
    }
}

#[test]
fn a_document_that_grew_is_not_an_edit() {
    let new = [
        "Envoy cluster 해부: 포트 3종, subset",
        "첫 문장이다. 새로 쓴 문장이다. 끝 문장이다.",
        "\"따옴표\" - 줄표...",
        "이름 | 값",
        "port: 9080",
    ];
    for old in [
        "Envoy cluster 해부",
        "포트 3종, subset",
        "subset 첫 문장이다.",
        "첫 문장이다. 끝 문장이다.",
        "“따옴표” — 줄표…",
        "포트 3종,\u{a0}subset",
        "이름",
        "Envoy cluster 해부: 포트 3종, subset 첫 문장이다. 새로 쓴 문장이다.",
    ] {
        assert_eq!(diff(&[old], &new, false), [""; 0], "{old}");
    }
    for old in [
        "Envoy cluste",
        "908",
        "첫 문장이다. 손으로 쓴 문장이다.",
        "cluster 해부 subset",
    ] {
        assert!(!diff(&[old], &new, false).is_empty(), "{old}");
    }
}

#[test]
fn context_is_short_and_lines_are_known() {
    let long = "긴 ".repeat(60);
    let old = [
        Block {
            text: long.clone(),
            line: 7,
        },
        Block {
            text: "손글".to_owned(),
            line: 8,
        },
    ];
    let found = edits(&old, &old[..1], false);
    assert_eq!(found[0], "@@ 8 @@");
    assert_eq!(found[1].chars().count(), 2 + 80 + 1);
    assert_eq!(found[2..], ["+ 손글"]);
}

const RENDERED: &str = "<main><h1>W6</h1><article class=\"body\"><p>표를 <a href=\"a.html\">본다</a>.</p>\
    <figure class=\"dia\" data-slot=\"1\"><pre><code>graph</code></pre><figcaption>아직</figcaption></figure>\
    <table><tr><td>포트</td><td>9080</td></tr></table><pre><code>a:\n  b: 1\n</code></pre></article></main>";

fn between_pages(from: &str, to: &str, keep_links: bool, exact: bool) -> Vec<String> {
    let old = RENDERED.replace(from, to);
    assert_ne!(old, RENDERED);
    let (old, new) = (
        read_page(&old, keep_links, &|_, _| false),
        read_page(RENDERED, keep_links, &|_, _| false),
    );
    edits(&old.blocks, &new.blocks, exact)
}

#[test]
fn a_drawn_picture_is_not_an_edit() {
    let place = "<pre><code>graph</code></pre><figcaption>아직</figcaption>";
    let drawn = "<svg><text>손</text></svg><figcaption>그림</figcaption>";
    assert_eq!(between_pages(place, drawn, true, true), [""; 0]);
}

#[test]
fn edits_of_pages_are_found() {
    for (from, to, expected) in [
        (
            "a.html",
            "b.html",
            &["- 표를 [본다](a.html).", "+ 표를 [본다](b.html)."][..],
        ),
        ("9080", "8080", &["- 포트 | 9080", "+ 포트 | 8080"]),
        ("\n  b", "\n    b", &["-   b: 1", "+     b: 1"]),
        ("<table>", "<p>덧붙임</p><table>", &["+ 덧붙임"]),
        (
            "<p>표를 <a href=\"a.html\">본다</a>.</p>",
            "",
            &["- 표를 [본다](a.html)."],
        ),
        ("<table>", "<img src=x.png><table>", &["+ ![](x.png)"]),
    ] {
        let shown = between_pages(from, to, true, true);
        let signed = shown.iter().filter(|line| line.starts_with(['+', '-']));
        assert_eq!(signed.collect::<Vec<_>>(), expected, "{to}");
    }
    // A change of only the address or the indentation is not a loss of text.
    assert_eq!(between_pages("a.html", "b.html", false, false), [""; 0]);
    assert_eq!(between_pages("\n  b", "\n    b", false, false), [""; 0]);
}

#[test]
fn an_old_scripts_page_over_a_grown_document() {
    let old = "<main><h1>Envoy cluster 해부</h1><p>Envoy cluster 해부: 포트 3종, subset</p>\
               <svg><text>listener</text></svg></main>";
    let new = "<main><h1>Envoy cluster 해부</h1><p class=lede>포트 3종, subset</p><article class=body>\
               <p>Envoy cluster 해부: 포트 3종, subset</p><h2>이름의 네 칸</h2><p>글</p></article></main>";
    let (old, new) = (
        read_page(old, false, &|_, _| false),
        read_page(new, false, &|_, _| false),
    );
    assert_eq!(edits(&old.blocks, &new.blocks, false), [""; 0]);
}
