//! The pictures of a page.

use crate::diagram::lift::{Drawn, Page, read_page, root_attribute};

const SVG: &str = "<svg viewBox=\"0 0 9 9\"><path d='M0 0h9'/></svg>";

const BUILT: &str = "<svg><g><text>빌드</text></g></svg>";

fn is_built(svg: &str, print: Option<&str>) -> bool {
    svg == BUILT && print == Some("hash")
}

fn pictures(html: &str) -> Vec<Drawn> {
    read_page(html, false, &|_, _| false).pictures
}

fn svgs(html: &str) -> Vec<String> {
    pictures(html)
        .into_iter()
        .map(|picture| picture.svg)
        .collect()
}

fn texts(page: &Page) -> Vec<&str> {
    page.blocks
        .iter()
        .map(|block| block.text.as_str())
        .collect()
}

#[test]
fn a_page_of_an_old_script() {
    let svg = "<svg viewBox=\"0 0 320 80\" role=\"img\" aria-label=\"W6. 프로덕션 적용 가이드\">\
               <rect x=\"4\" y=\"4\" width=\"90\" height=\"40\" rx=\"6\" fill=\"#eef\"/>\
               <text x=\"12\" y=\"28\">listener</text><path d=\"M96 24h40\" stroke=\"#333\"/>\
               <text x=\"142\" y=\"28\">손으로 그린 그림 20</text></svg>";
    let html = format!(
        "<!DOCTYPE html>\n<html lang=\"ko\"><head><meta charset=\"utf-8\"><title>W6. 프로덕션 적용 \
         가이드</title><link rel=\"stylesheet\" href=\"assets/viz.css\"></head>\n<body><header>\
         <a href=\"index.html\">🏠 목록</a></header>\n<main><h1>W6. 프로덕션 적용 가이드</h1>\
         <p>W6. 프로덕션 적용 가이드(실험 결론 → 온프렘 매핑)</p>{svg}</main></body></html>"
    );
    let page = read_page(&html, false, &|_, _| false);
    let picture = &page.pictures[0];
    assert_eq!((page.pictures.len(), picture.place.before), (1, 2));
    assert_eq!(
        *picture,
        Drawn {
            svg: svg.to_owned(),
            words: "W6. 프로덕션 적용 가이드 listener 손으로 그린 그림 20".to_owned(),
            place: picture.place.clone(),
            ..Drawn::default()
        }
    );
    let expected = [
        "W6. 프로덕션 적용 가이드",
        "W6. 프로덕션 적용 가이드(실험 결론 → 온프렘 매핑)",
    ];
    assert_eq!(texts(&page), expected);
}

#[test]
fn a_page_of_docsite() {
    let html = format!(
        "<body><svg><path d='M0'/></svg><main><h1>제목</h1><article class=\"body\" data-doc=\"a\">\n\
         <p>앞</p>\n\
         <figure class=\"dia\" data-slot=\"1\" data-drawn=\"build\" data-print=\"{}\" data-language=\"dot\">{BUILT}\
         <figcaption>빌드가 그린</figcaption></figure>\n\
         <figure class=\"dia\" data-slot=\"2\" data-language=\"mermaid\">{SVG}<details><summary>원본</summary>\
         <pre tabindex=\"0\"><code>flowchart LR\n  A --&gt; B\n</code></pre></details>\
         <figcaption>요청의 <b>길</b> <small>손으로 그림</small></figcaption></figure>\n\
         <figure class=\"dia\" data-slot=\"3\"><pre><code>graph</code></pre>\
         <figcaption>아직 그려지지 않은 다이어그램</figcaption></figure>\n<p>뒤</p></article></main>",
        "hash"
    );
    let page = read_page(&html, true, &is_built);
    let picture = &page.pictures[0];
    assert_eq!((page.pictures.len(), picture.place.before), (1, 1));
    assert_eq!(
        *picture,
        Drawn {
            svg: SVG.to_owned(),
            caption: Some("요청의 길".to_owned()),
            slot: Some("2".to_owned()),
            source: Some("flowchart LR\n  A --> B\n".to_owned()),
            place: picture.place.clone(),
            ..Drawn::default()
        }
    );
    let figures: Vec<&str> = page
        .figures
        .iter()
        .filter_map(|f| f.slot.as_deref())
        .collect();
    assert_eq!(figures, ["1", "3"]);
    assert_eq!(page.others, ["<svg><path d='M0'/></svg>"]);
    assert_eq!(texts(&page), ["앞", "뒤"]);
}

#[test]
fn a_picture_in_the_builds_figure_is_drawn_by_hand_unless_it_is_the_builds() {
    let figure = |inside: &str| {
        let print = "hash";
        format!(
            "<article class=body><figure class=dia data-slot=a data-drawn=build data-print={print}>\
             <div class=view>{inside}</div><details><pre>graph</pre></details></figure></article>"
        )
    };
    let edited = BUILT.replace("빌드", "손");
    for (inside, by_hand, slot, own) in [
        (BUILT.to_owned(), vec![], None, true),
        (edited.clone(), vec![edited.clone()], Some("a"), false),
        (format!("{BUILT}{SVG}"), vec![SVG.to_owned()], None, true),
        (format!("{SVG}{BUILT}"), vec![SVG.to_owned()], None, true),
        (String::new(), vec![], None, true),
    ] {
        let page = read_page(&figure(&inside), false, &is_built);
        let svgs: Vec<String> = page.pictures.iter().map(|p| p.svg.clone()).collect();
        assert_eq!(svgs, by_hand, "{inside}");
        let slots = page.pictures.first().and_then(|p| p.slot.as_deref());
        assert_eq!(slots, slot, "{inside}");
        assert_eq!(page.figures.len(), usize::from(own), "{inside}");
    }
}

#[test]
fn a_picture_is_drawn_and_no_icon() {
    for (svg, expected) in [
        ("<svg><path d='M0'/></svg>", 1),
        ("<svg><foreignObject><p>글</p></foreignObject></svg>", 1),
        ("<svg><title>빈</title><defs></defs></svg>", 0),
        ("<svg/>", 0),
        ("<svg aria-hidden=true width=16 height=16><path/></svg>", 0),
        (
            "<svg aria-hidden=true width=1em height=1em viewBox='0 0 512 512'><path/></svg>",
            0,
        ),
        ("<svg aria-hidden=true viewBox='0 0 24 24'><path/></svg>", 0),
        ("<svg aria-hidden=true viewBox='0,0,24,25'><path/></svg>", 1),
        (
            "<svg aria-hidden=true width=240 viewBox='0 0 24 24'><path/></svg>",
            1,
        ),
        (
            "<svg aria-hidden=true width=16 height=16><text>글</text></svg>",
            1,
        ),
        ("<svg aria-hidden=true><path/></svg>", 1),
        ("<svg width=16 height=16><path/></svg>", 1),
    ] {
        assert_eq!(pictures(svg).len(), expected, "{svg}");
    }
}

#[test]
fn an_svg_is_cut_out_byte_for_byte() {
    for svg in [
        "<svg\n  viewBox='0 0 1 1' ><PATH D=\"M0\"></PATH></svg\n>",
        "<svg><svg><path/></svg><svg/><g><svg></svg></g></svg>",
        "<svg><!-- </svg> --><path/></svg>",
        "<svg><path d=\"</svg>\" data-x='>'/></svg>",
        "<svg><style>.a{b:url(\"x\")}</style><![CDATA[</svg>]]><path/></svg>",
        "<svg><foreignObject><div>가<br>나 &amp; 다</div></foreignObject></svg>",
        "<SVG><text>한글 &lt;</text></SVG>",
    ] {
        let page = format!("<main><p>앞 {svg} 뒤</p><!-- <svg><path/></svg> --><i title='<svg>'>");
        assert_eq!(svgs(&page), [svg]);
    }
}

#[test]
fn an_svg_without_its_end_tag_gets_one() {
    for (html, expected) in [
        (
            "<p><svg viewBox='0 0 1 1'><path>",
            "<svg viewBox='0 0 1 1'><path></path></svg>",
        ),
        // A paragraph ends the picture before its end tag.
        ("<svg><path/><p>글</p></svg>", "<svg><path/></svg>"),
        (
            "<div><svg><foreignObject><b>글</div>뒤",
            "<svg><foreignObject><b>글</b></foreignObject></svg>",
        ),
        ("<svg><path/><!-- </svg>", "<svg><path/></svg>"),
        ("<svg><g><path/></svg>", "<svg><g><path/></svg>"),
    ] {
        assert_eq!(svgs(html), [expected], "{html}");
    }
}

#[test]
fn the_element_around_a_picture_is_the_pictures() {
    for (html, caption, texts_left) in [
        (
            "<figure>{}<figcaption>설명</figcaption></figure>",
            Some("설명"),
            &[][..],
        ),
        (
            "<figure><div><div>{}</div></div><p>그림 1. 길</p></figure>",
            Some("그림 1. 길"),
            &[],
        ),
        (
            "<div class='diagram-placeholder'>{}<p>설명</p></div>뒤",
            Some("설명"),
            &["뒤"],
        ),
        (
            "<div class='my-viz'>{}<div class=diagram-caption>설명</div></div>",
            Some("설명"),
            &[],
        ),
        ("<div class='dia'>{}</div>", None, &[]),
        ("<div class='media'><p>글</p>{}</div>", None, &["글"]),
        (
            "<div class='diagrams'><h2>제목</h2>{}</div>",
            None,
            &["제목"],
        ),
        ("<p>글 {} 속</p>", None, &["글 속"]),
        ("<a href=x>{}</a><p>글</p>", None, &["글"]),
    ] {
        let page = read_page(&html.replace("{}", SVG), false, &|_, _| false);
        assert_eq!(page.pictures.len(), 1, "{html}");
        assert_eq!(page.pictures[0].svg, SVG, "{html}");
        assert_eq!(page.pictures[0].caption.as_deref(), caption, "{html}");
        assert_eq!(texts(&page), texts_left, "{html}");
    }
}

#[test]
fn what_a_figure_says_beside_is_reported() {
    let html = format!("<figure>{SVG}<p>범례: 붉은 것</p><figcaption>설명</figcaption></figure>");
    let picture = pictures(&html).remove(0);
    assert_eq!(picture.caption.as_deref(), Some("설명"));
    assert_eq!(picture.beside.as_deref(), Some("범례: 붉은 것"));
}

#[test]
fn pictures_of_one_figure_share_what_it_says() {
    let other = "<svg><text>둘</text></svg>";
    let html = format!(
        "<figure data-slot=a>{SVG}{other}<pre>graph</pre><figcaption>설명</figcaption></figure>"
    );
    let pictures = pictures(&html);
    assert_eq!(pictures.len(), 2);
    assert_eq!(pictures[1].svg, other);
    for picture in pictures {
        assert_eq!(picture.caption.as_deref(), Some("설명"));
        assert_eq!(picture.slot.as_deref(), Some("a"));
        assert_eq!(picture.source.as_deref(), Some("graph"));
    }
}

#[test]
fn a_long_text_is_not_hidden_with_a_picture() {
    let long = "긴 글 ".repeat(100);
    let html =
        format!("<div class=diagram>{SVG}<p>{long}</p></div><div class=placeholder>{long}</div>");
    let page = read_page(&html, false, &|_, _| false);
    assert_eq!(texts(&page), [long.trim(), long.trim()]);
    assert_eq!(page.pictures[0].caption, None);
}

#[test]
fn a_place_without_a_picture_says_nothing() {
    let html = "<p>앞</p><div class='diagram-placeholder'><pre>graph</pre><p>여기에 그림</p></div>\
                <figure class='dia'><pre>graph</pre></figure><p>뒤</p>";
    assert_eq!(texts(&read_page(html, false, &|_, _| false)), ["앞", "뒤"]);
}

#[test]
fn words_are_all_that_a_picture_says() {
    let html = "<svg aria-label='이름'><title>제목</title><desc>설명\n글</desc><style>.a{}</style>\
                <g aria-label=묶음><text>가<tspan>나</tspan></text></g></svg>";
    assert_eq!(pictures(html)[0].words, "이름 제목 설명 글 묶음 가 나");
}

#[test]
fn unclosed_elements_hide_nothing() {
    let html = format!("<main><div><p>하나<div>{SVG}<ul><li>둘<li>셋<p>넷<table><tr><td>다섯");
    let page = read_page(&html, false, &|_, _| false);
    assert_eq!(page.pictures.len(), 1);
    assert_eq!(texts(&page), ["하나", "둘", "셋", "넷", "다섯"]);
}

#[test]
fn the_first_root_of_a_file_counts() {
    let file = b"<?xml version='1.0'?><!-- <svg a='0'> --><svg a='1'><svg a='2'/></svg>";
    assert_eq!(root_attribute(file, "a").as_deref(), Some("1"));
    assert_eq!(root_attribute(b"<svg><svg a='2'/></svg>", "a"), None);
    assert_eq!(root_attribute(b"a='1'", "a"), None);
}
