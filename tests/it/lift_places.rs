//! `docsite diagrams lift` for the reader: any picture drawn into a page, at any place, is shown
//! afterwards, once, between the same words; or the page is not changed.

use crate::harness::{Run, SiteTest};
use crate::samples;

const DOCUMENT: &str = "\
# 제목

첫문단 글.

```mermaid {#flow} title=\"흐름\"
flowchart LR
  a[리스너] --> b[라우트]
```

둘째문단 글.

- 항목하나
- 항목둘
- 항목셋

1. 번호하나

2. 번호둘

> 인용하나
>
> 인용둘

<details><summary>접은제목</summary>

접은글 하나.

</details>

| 머리칸 | 둘 |
|--|--|
| 안칸 | 셋 |

```mermaid
stateDiagram-v2
  드레인 --> 종료
```

끝문단 글.
";
/// What a reader sees, beside pictures by hand.
const WORDS: [&str; 17] = [
    "첫문단",
    ">라우트</text>",
    "둘째문단",
    "항목하나",
    "항목둘",
    "항목셋",
    "번호하나",
    "번호둘",
    "인용하나",
    "인용둘",
    "접은제목",
    "접은글",
    "머리칸",
    "안칸",
    ">드레인</text>",
    "끝문단",
    "제목",
];

fn drawing(words: &str) -> String {
    format!(
        "<svg viewBox=\"0 0 90 30\" role=\"img\"><rect width=\"40\" height=\"20\" fill=\"var(--sunk)\"/>\
         <text x=\"4\" y=\"14\">{words}</text></svg>"
    )
}

fn site(text: &str) -> SiteTest {
    let site = SiteTest::new().doc("gw__note-a", text);
    site.rebuild().ok();
    site
}

fn lift(site: &SiteTest, more: &[&str]) -> Run {
    site.run(&[&["diagrams", "lift", "gw__note-a"], more].concat())
}

/// The words and the pictures of a page's text, in the order in which a reader sees them.
fn seen(page: &str) -> Vec<String> {
    let start = page.find("<article").unwrap_or_default();
    let text = &page[start..page.find("</article>").unwrap_or(page.len())];
    let words = WORDS.iter().flat_map(|word| text.match_indices(word));
    let drawn = text.match_indices(">그림");
    let drawn = drawn.map(|(at, _)| (at, text[at + 1..].split('<').next().unwrap()));
    let mut all: Vec<(usize, &str)> = words.chain(drawn).collect();
    all.sort_unstable();
    all.into_iter().map(|(_, word)| word.to_owned()).collect()
}

/// Lifts a page that was edited, and asserts that a reader sees the same.
#[track_caller]
fn stays_seen(text: &str, edit: impl Fn(String) -> String) -> SiteTest {
    let site = site(text);
    let built = site.read("public/gw__note-a.html");
    site.edit("public/gw__note-a.html", edit);
    let by_hand = site.read("public/gw__note-a.html");
    assert_ne!(by_hand, built, "nothing was edited");
    let dry = site.writes_nothing(&["diagrams", "lift", "--dry-run", "gw__note-a"]);
    dry.ends(0);
    lift(&site, &[]).ok();
    let lifted = site.read("public/gw__note-a.html");
    assert_eq!(seen(&lifted), seen(&by_hand));
    site.run(&["check"]).ends(0);
    site.writes_nothing(&["rebuild"]).ok();
    // The page follows its document from now on, with the picture.
    site.edit("markdown/gw__note-a.md", |text| {
        text.replace("끝문단 글.", "끝문단 글. 새 글.")
    });
    site.rebuild().ok();
    let again = site.read("public/gw__note-a.html");
    assert!(again.contains("새 글."));
    assert_eq!(seen(&again), seen(&by_hand));
    site
}

/// A page that is left as it is.
#[track_caller]
fn stays_untouched(text: &str, why: &str, edit: impl Fn(String) -> String) {
    let site = site(text);
    site.edit("public/gw__note-a.html", edit);
    let before = site.tree();
    lift(&site, &[]).ends(1).says(why);
    assert_eq!(before.touched(&site.tree()), [""; 0]);
}

/// Where something is in a page: in its text, if it is there.
fn place(page: &str, what: &str) -> usize {
    let text = page.find("<article").unwrap();
    let inside = page[text..].find(what).map(|at| text + at);
    inside.or_else(|| page.find(what)).expect(what)
}

/// Puts a picture before or after something of the page.
fn before(what: &'static str) -> impl Fn(String) -> String {
    move |page| {
        let at = place(&page, what);
        format!("{}{}{}", &page[..at], drawing("그림A"), &page[at..])
    }
}

fn after(what: &'static str) -> impl Fn(String) -> String {
    move |page| {
        let at = place(&page, what) + what.len();
        format!("{}{}{}", &page[..at], drawing("그림A"), &page[at..])
    }
}

/// The document without the places that it got.
fn without_places(text: &str) -> String {
    let mut out = String::new();
    let mut skipped = false;
    for line in text.split_inclusive('\n') {
        if line.contains("```svgbob {#") {
            skipped = true;
        } else if skipped && line.contains("```") {
            skipped = false;
        } else {
            out.push_str(line);
        }
    }
    let out = out.replace("\n\n\n", "\n\n");
    format!("{}\n", out.trim_end())
}

#[test]
fn a_picture_between_two_blocks_gets_a_slot_there() {
    for edit in [
        Box::new(after("<p>첫문단 글.</p>")) as Box<dyn Fn(String) -> String>,
        Box::new(before("<p>첫문단 글.</p>")),
        Box::new(before("<p>둘째문단 글.</p>")),
        Box::new(after("<p>둘째문단 글.</p>")),
        Box::new(before("<blockquote>")),
        Box::new(after("</blockquote>")),
        Box::new(before("<details><summary>접은")),
        Box::new(before("<p>끝문단 글.</p>")),
        Box::new(after("<p>끝문단 글.</p>")),
    ] {
        let site = stays_seen(DOCUMENT, edit);
        let text = site.read("markdown/gw__note-a.md");
        assert_eq!(
            text.matches("```svgbob {#picture-1}\n```\n").count(),
            1,
            "{text}"
        );
        assert_eq!(
            without_places(&text),
            DOCUMENT.replace("끝문단 글.", "끝문단 글. 새 글."),
            "{text}"
        );
        assert!(site.has("assets/diagrams/gw__note-a/picture-1.svg"));
    }
}

#[test]
fn a_picture_in_a_separate_paragraph_or_at_its_end_gets_a_slot() {
    for wrap in [
        "<p>{}</p>",
        "<div>{}</div>",
        "<div class=\"diagram\">{}</div>",
        "<figure>{}</figure>",
        "<center><div>{}</div></center>",
    ] {
        stays_seen(DOCUMENT, |page| {
            let drawn = wrap.replace("{}", &drawing("그림A"));
            page.replace(
                "<p>둘째문단 글.</p>",
                &format!("<p>둘째문단 글.</p>\n{drawn}"),
            )
        });
    }
    stays_seen(DOCUMENT, after("둘째문단 글."));
    stays_seen(DOCUMENT, before("둘째문단 글."));
}

#[test]
fn a_picture_in_an_item_a_quote_or_folded_text_gets_a_slot_in_it() {
    for edit in [
        Box::new(after("<li>항목하나")) as Box<dyn Fn(String) -> String>,
        Box::new(after("<li>항목둘")),
        Box::new(after("<li>항목셋")),
        Box::new(after("<p>번호하나</p>")),
        Box::new(after("<p>번호둘</p>")),
        Box::new(after("<p>인용하나</p>")),
        Box::new(after("<p>인용둘</p>")),
        Box::new(after("<p>접은글 하나.</p>")),
        Box::new(before("<p>접은글 하나.</p>")),
    ] {
        let site = stays_seen(DOCUMENT, edit);
        let page = site.page("public/gw__note-a.html");
        let around = page.attrs("li figure, blockquote figure, details figure", "data-slot");
        assert_eq!(around, ["picture-1"]);
        // The list is one list, and as tight as it was.
        assert!(site.read("public/gw__note-a.html").contains("<li>항목하나"));
    }
}

#[test]
fn a_picture_beside_the_builds_figure_does_not_take_its_slot() {
    for edit in [
        Box::new(before("<figure class=\"dia\" id=\"ds.dia.flow\""))
            as Box<dyn Fn(String) -> String>,
        Box::new(before("<figure class=\"dia\" id=\"ds.dia.2\"")),
        // In the build's own figure, before and after its picture.
        Box::new(before("<div class=\"view\"")),
        Box::new(after("</canvas></div>")),
        Box::new(after("</svg>")),
    ] {
        let site = stays_seen(DOCUMENT, edit);
        assert!(!site.has("assets/diagrams/gw__note-a/flow.svg"));
        assert!(!site.has("assets/diagrams/gw__note-a/2.svg"));
    }
}

#[test]
fn a_picture_drawn_in_the_builds_figure_takes_its_slot() {
    let replace = |page: String| {
        let start = place(&page, "<svg");
        let end = start + page[start..].find("</svg>").unwrap() + "</svg>".len();
        format!("{}{}{}", &page[..start], drawing("그림A"), &page[end..])
    };
    let site = stays_seen(DOCUMENT, replace);
    assert!(
        site.read("assets/diagrams/gw__note-a/flow.svg")
            .contains("그림A")
    );
    assert!(!site.read("markdown/gw__note-a.md").contains("svgbob"));
    // The build's picture with another word in it is no longer the build's.
    let edited = |page: String| page.replace(">라우트</text>", ">그림A</text>");
    let site = stays_seen(DOCUMENT, edited);
    assert!(
        site.read("assets/diagrams/gw__note-a/flow.svg")
            .contains("그림A")
    );
    // Two pictures in its place: the second gets a slot behind.
    let two = |page: String| {
        let both = format!("{}{}", drawing("그림A"), drawing("그림B"));
        replace(page).replace(&drawing("그림A"), &both)
    };
    let site = stays_seen(DOCUMENT, two);
    assert!(
        site.read("assets/diagrams/gw__note-a/flow.svg")
            .contains("그림A")
    );
    assert!(
        site.read("assets/diagrams/gw__note-a/picture-1.svg")
            .contains("그림B")
    );
}

#[test]
fn many_parallel_pictures_keep_their_order() {
    stays_seen(DOCUMENT, |page| {
        let both = format!("{}{}", drawing("그림A"), drawing("그림B"));
        page.replace(
            "<p>둘째문단 글.</p>",
            &format!("{both}<p>둘째문단 글.</p>{}", drawing("그림C")),
        )
        .replace("<li>항목둘", &format!("<li>항목둘{}", drawing("그림D")))
        .replace(
            "<p>끝문단 글.</p>",
            &format!("<p>끝문단 글.</p>{}", drawing("그림E")),
        )
    });
}

#[test]
fn the_same_picture_twice_is_seen_twice() {
    stays_seen(DOCUMENT, |page| {
        let drawn = drawing("그림A");
        page.replace(
            "<p>둘째문단 글.</p>",
            &format!("{drawn}<p>둘째문단 글.</p>{drawn}"),
        )
    });
}

#[test]
fn numbers_of_the_slots_behind_a_new_one_stay() {
    let site = site(DOCUMENT);
    site.write("new.svg", drawing("그림둘"));
    site.run(&["diagrams", "put", "gw__note-a", "2", "new.svg"])
        .ok();
    site.edit("public/gw__note-a.html", after("<p>첫문단 글.</p>"));
    let by_hand = site.read("public/gw__note-a.html");
    lift(&site, &[]).ok();
    assert_eq!(seen(&site.read("public/gw__note-a.html")), seen(&by_hand));
    site.run(&["check"]).ends(0);
}

#[test]
fn a_caption_comes_along() {
    for caption in [
        "그림 1. 길",
        "\"인용\" & <b>",
        "it's `code` \\ {#x}",
        "“a” '\"b'",
    ] {
        let html = caption.replace('&', "&amp;").replace('<', "&lt;");
        let site = site(DOCUMENT);
        site.edit("public/gw__note-a.html", |page| {
            let figure = format!(
                "<figure>{}<figcaption>{html}</figcaption></figure>",
                drawing("그림A")
            );
            page.replace(
                "<p>둘째문단 글.</p>",
                &format!("{figure}<p>둘째문단 글.</p>"),
            )
        });
        lift(&site, &[]).ok();
        let shown = site
            .page("public/gw__note-a.html")
            .texts("[data-slot=picture-1] figcaption");
        assert_eq!(shown, [caption]);
    }
}

#[test]
fn where_markdown_has_no_place_the_page_is_left_as_it_is() {
    stays_untouched(DOCUMENT, "in the middle of a paragraph", after("둘째문단"));
    stays_untouched(DOCUMENT, "in a table", after("<td>안칸"));
    stays_untouched(DOCUMENT, "outside of its text", before("<article"));
    stays_untouched(DOCUMENT, "uses `#elsewhere`", |page| {
        let drawn = drawing("그림A").replace("fill=\"var(--sunk)\"", "fill=\"url(#elsewhere)\"");
        page.replace(
            "<p>둘째문단 글.</p>",
            &format!("{drawn}<p>둘째문단 글.</p>"),
        )
    });
    stays_untouched(DOCUMENT, "<style>", |page| {
        let drawn = drawing("그림A").replace("<rect", "<rect class=\"box\"");
        page.replace("</head>", "<style>.box { fill: red }</style></head>")
            .replace(
                "<p>둘째문단 글.</p>",
                &format!("{drawn}<p>둘째문단 글.</p>"),
            )
    });
    stays_untouched(DOCUMENT, "cannot be shown", |page| {
        let drawn = "<svg viewBox=\"0 0 9 9\"><foreignObject width=\"9\" height=\"9\"><p>그림A</p></foreignObject></svg>";
        page.replace(
            "<p>둘째문단 글.</p>",
            &format!("{drawn}<p>둘째문단 글.</p>"),
        )
    });
}

#[test]
fn figures_that_were_moved_or_removed_by_hand_keep_the_page() {
    let figure = |page: &str| {
        let start = page
            .find("<figure class=\"dia\" id=\"ds.dia.flow\"")
            .unwrap();
        let end = start + page[start..].find("</figure>").unwrap() + "</figure>".len();
        page[start..end].to_owned()
    };
    let draw = |page: String| {
        page.replace(
            "<p>끝문단 글.</p>",
            &format!("<p>끝문단 글.</p>{}", drawing("그림A")),
        )
    };
    stays_untouched(DOCUMENT, "- the picture of slot flow", |page| {
        draw(page.replace(&figure(&page), ""))
    });
    stays_untouched(DOCUMENT, "+ the picture of slot flow", |page| {
        let moved = page.replace(&figure(&page), "");
        draw(moved.replace("<blockquote>", &format!("{}<blockquote>", figure(&page))))
    });
    stays_untouched(DOCUMENT, "+ 다른 흐름", |page| {
        draw(page.replace(
            "<figcaption>흐름</figcaption>",
            "<figcaption>다른 흐름</figcaption>",
        ))
    });
}

#[test]
fn a_picture_of_the_documents_own_html_is_not_stored() {
    let text = DOCUMENT.replace(
        "둘째문단 글.",
        &format!("둘째문단 글.\n\n<div>{}</div>", drawing("그림Z")),
    );
    let site = stays_seen(&text, after("<p>첫문단 글.</p>"));
    assert!(!site.has("assets/diagrams/gw__note-a/picture-2.svg"));
}

#[test]
fn every_other_byte_of_the_document_stays() {
    let front = "\u{feff}---\ntitle: 제목\nowner: me\n---\n\n";
    for text in [
        DOCUMENT.to_owned(),
        format!("{front}{DOCUMENT}"),
        format!("{front}{DOCUMENT}").replace('\n', "\r\n"),
        DOCUMENT.trim_end().to_owned(),
        DOCUMENT.trim_end().replace('\n', "\r\n"),
    ] {
        for edit in [
            Box::new(after("<p>첫문단 글.</p>")) as Box<dyn Fn(String) -> String>,
            Box::new(after("<li>항목둘")),
            Box::new(after("<p>끝문단 글.</p>")),
        ] {
            let site = site(&text);
            site.edit("public/gw__note-a.html", edit);
            let by_hand = site.read("public/gw__note-a.html");
            let dry = lift(&site, &["--dry-run"]).ok();
            let added: Vec<&str> = dry
                .out
                .lines()
                .filter(|line| line.starts_with('+'))
                .collect();
            assert!(
                dry.out.contains("--- a/markdown/gw__note-a.md"),
                "{}",
                dry.out
            );
            assert!(
                added
                    .iter()
                    .any(|line| line.contains("```svgbob {#picture-1}")),
                "{added:?}"
            );
            assert!(!dry.out.lines().any(is_taken_out), "{}", dry.out);
            lift(&site, &[]).ok();
            assert_eq!(seen(&site.read("public/gw__note-a.html")), seen(&by_hand));
            let new = site.bytes("markdown/gw__note-a.md");
            assert_eq!(new.contains(&b'\r'), text.contains('\r'));
            assert_is_inserted(text.as_bytes(), &new);
            assert_eq!(site.set_aside("markdown/gw__note-a.md"), [text.as_bytes()]);
        }
    }
}

/// A line of a diff that is gone; the last line may get an end.
fn is_taken_out(line: &str) -> bool {
    line.starts_with('-') && !line.starts_with("---") && line != "-끝문단 글."
}

/// That the new bytes are the old ones with one piece inserted, in the same kind of line ends.
fn assert_is_inserted(old: &[u8], new: &[u8]) {
    let before = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let rest = &old[before..];
    assert!(new.ends_with(rest), "{}", String::from_utf8_lossy(new));
    let piece = String::from_utf8_lossy(&new[before..new.len() - rest.len()]);
    if old.contains(&b'\r') {
        assert_eq!(
            piece.matches('\n').count(),
            piece.matches("\r\n").count(),
            "{piece:?}"
        );
    }
}

#[test]
fn several_documents_are_lifted_in_one_run() {
    let site = SiteTest::new()
        .doc("gw__note-a", DOCUMENT)
        .doc("gw__note-b", DOCUMENT);
    site.rebuild().ok();
    for name in ["a", "b"] {
        site.edit(
            &format!("public/gw__note-{name}.html"),
            after("<p>첫문단 글.</p>"),
        );
    }
    site.run(&["diagrams", "lift", "gw__note-a", "gw__note-b"])
        .ok();
    for name in ["a", "b"] {
        assert!(
            site.read(&format!("public/gw__note-{name}.html"))
                .contains("그림A")
        );
    }
}

#[test]
fn a_document_that_grew_keeps_the_picture_between_the_same_words() {
    let site = site(DOCUMENT);
    site.edit("public/gw__note-a.html", after("<p>둘째문단 글.</p>"));
    let by_hand = site.read("public/gw__note-a.html");
    site.edit("markdown/gw__note-a.md", |text| {
        text.replace("첫문단 글.", "앞 글.\n\n첫문단 글.")
            .replace("끝문단 글.", "끝문단 글.\n\n뒤 글.")
    });
    lift(&site, &[]).ok();
    let page = site.read("public/gw__note-a.html");
    assert_eq!(seen(&page), seen(&by_hand));
    assert!(page.contains("앞 글.") && page.contains("뒤 글."));
}

#[test]
fn a_place_without_its_picture_is_reported_and_can_be_filled() {
    let site = stays_seen(DOCUMENT, after("<p>첫문단 글.</p>"));
    site.run(&["diagrams", "remove", "gw__note-a", "picture-1"]);
    site.run(&["check"]).complains("diagram-undrawn");
    let page = site.read("public/gw__note-a.html");
    assert!(page.contains("data-slot=\"picture-1\"") && !page.contains("<code></code>"));
    site.write("new.svg", drawing("그림A"));
    site.run(&["diagrams", "put", "gw__note-a", "picture-1", "new.svg"])
        .ok();
    site.run(&["check"]).ends(0);
}

#[test]
fn a_draft_is_not_lifted() {
    let site = site(DOCUMENT);
    site.edit("public/gw__note-a.html", after("<p>첫문단 글.</p>"));
    site.edit("markdown/gw__note-a.md", |text| {
        format!("---\ndraft: true\n---\n{text}")
    });
    let before = site.tree();
    lift(&site, &[]).ends(1).says("draft");
    assert_eq!(before.touched(&site.tree()), [""; 0]);
}

/// Pages of an older script, drawn into by hand.
pub fn older_pictures_stay_seen(site: &SiteTest, drawn: &[&str]) {
    site.run(&["init"]).ends(0);
    site.run(&[&["diagrams", "lift"], drawn].concat()).ends(0);
    for _ in 0..2 {
        for name in drawn {
            let page = site.read(&format!("{name}.html"));
            let svgs: Vec<&str> = page.split("<svg").skip(1).collect();
            let seen = svgs.iter().filter(|svg| {
                svg.split("</svg>")
                    .next()
                    .unwrap()
                    .contains("손으로 그린 그림")
            });
            assert_eq!(seen.count(), 1, "{name}");
        }
        site.run(&["rebuild", "--adopt"]).ends(0);
    }
}

#[test]
fn pictures_of_the_older_scripts_pages_stay_seen() {
    older_pictures_stay_seen(&samples::older_archive(), &samples::DRAWN);
}

#[test]
fn put_and_remove_on_a_hand_made_page_say_what_readers_see() {
    let site = site(DOCUMENT);
    site.edit("public/gw__note-a.html", after("<p>첫문단 글.</p>"));
    let by_hand = site.read("public/gw__note-a.html");
    site.write("new.svg", drawing("그림B"));
    for command in [
        &["diagrams", "put", "gw__note-a", "flow", "new.svg"][..],
        &["diagrams", "remove", "gw__note-a", "flow"],
    ] {
        let run = site.run(command).ends(0);
        assert!(
            run.out
                .contains("is made by hand: readers see what is drawn in it"),
            "{}",
            run.out
        );
        assert!(
            run.out.contains("docsite diagrams lift gw__note-a"),
            "{}",
            run.out
        );
        assert_eq!(site.read("public/gw__note-a.html"), by_hand);
    }
    // What was put in meanwhile, and what was drawn, are both seen after it.
    site.run(&["diagrams", "put", "gw__note-a", "flow", "new.svg"])
        .ends(0);
    lift(&site, &[]).ok();
    let page = site.read("public/gw__note-a.html");
    assert!(page.contains("그림A") && page.contains("그림B"));
}
