//! `docsite diagrams lift`: pictures out of hand-made pages into slots, and the pages rendered from
//! their Markdown again.

use proptest::prelude::*;

use crate::harness::{Run, SiteTest};
use crate::samples;

const FLOW: &str = "flowchart LR\n  a[리스너] --> b[라우트]\n";
const STATE: &str = "stateDiagram-v2\n  드레인 --> 종료\n";
const BODY: &str = "본문 한 줄.\n\n";

fn drawing(words: &str) -> String {
    format!(
        "<svg viewBox=\"0 0 90 30\" role=\"img\"><rect width=\"40\" height=\"20\" fill=\"var(--sunk)\"/>\
         <text x=\"4\" y=\"14\">{words}</text></svg>"
    )
}

fn document() -> String {
    format!(
        "# A\n\n{BODY}```mermaid {{#flow}} title=\"흐름\"\n{FLOW}```\n\n중간.\n\n```mermaid\n{STATE}```\n\n끝.\n"
    )
}

fn built() -> SiteTest {
    let site = SiteTest::new().doc("gw__note-a", document());
    site.rebuild().ok();
    site
}

/// Puts a picture where the build's stands, as a person would.
fn draw(site: &SiteTest, slot: &str, picture: &str) {
    site.edit("public/gw__note-a.html", |page| {
        let figure = page.find(&format!("id=\"ds.dia.{slot}\"")).unwrap();
        let start = figure + page[figure..].find("<svg").unwrap();
        let end = start + page[start..].find("</svg><canvas").unwrap() + "</svg>".len();
        let drawn = format!("{}{picture}{}", &page[..start], &page[end..]);
        let figure = &drawn[figure..];
        let by_hand = figure.replacen("data-drawn=\"build\"", "data-drawn=\"hand\"", 1);
        format!("{}{by_hand}", &drawn[..drawn.len() - figure.len()])
    });
}

fn lift(site: &SiteTest, more: &[&str]) -> Run {
    site.run(&[&["diagrams", "lift", "gw__note-a"], more].concat())
}

/// A page without its figures and its mark.
fn around(page: &str) -> String {
    let mut rest = page;
    let mut out = String::new();
    while let Some(start) = rest.find("<figure class=\"dia") {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        rest = &rest[rest.find("</figure>").unwrap()..];
    }
    out.push_str(rest);
    let mark = out.find("<meta name=\"generator\"").unwrap();
    let end = mark + out[mark..].find('>').unwrap();
    out.replace_range(mark..end, "");
    out
}

#[test]
fn pictures_go_to_their_slots_and_every_other_byte_comes_back() {
    let site = built();
    let before = site.read("public/gw__note-a.html");
    draw(&site, "2", &drawing("드레인 그림"));
    draw(&site, "flow", &drawing("리스너 그림"));
    let by_hand = site.bytes("public/gw__note-a.html");
    site.rebuild().says("kept");
    site.age();
    let dry = site
        .writes_nothing(&["diagrams", "lift", "--dry-run", "gw__note-a"])
        .ok();
    assert!(
        dry.out.contains("assets/diagrams/gw__note-a/flow.svg"),
        "{}",
        dry.out
    );
    lift(&site, &[]).ok();
    for (slot, words) in [("flow", "리스너 그림"), ("2", "드레인 그림")] {
        let stored = site.read(&format!("assets/diagrams/gw__note-a/{slot}.svg"));
        assert!(
            stored.contains(words) && stored.contains("data-drawn-from"),
            "{stored}"
        );
    }
    let after = site.read("public/gw__note-a.html");
    assert!(after.contains("리스너 그림") && after.contains("드레인 그림"));
    assert_eq!(around(&after), around(&before));
    assert_eq!(site.set_aside("public/gw__note-a.html"), [by_hand]);
    site.run(&["check"]).ends(0);
    // From now on the page follows its Markdown.
    site.edit("markdown/gw__note-a.md", |text| {
        text.replace("끝.", "새 끝.")
    });
    site.rebuild().ok();
    let after = site.read("public/gw__note-a.html");
    assert!(after.contains("새 끝.") && after.contains("리스너 그림"));
}

#[test]
fn words_written_by_hand_are_shown_and_the_page_stays() {
    let site = built();
    draw(&site, "flow", &drawing("리스너 그림"));
    site.edit("public/gw__note-a.html", |page| {
        page.replace("본문 한 줄.", "본문을 손으로 고쳤다.")
    });
    let before = site.tree();
    let run = lift(&site, &[]).ends(1);
    assert!(run.out.contains("+ 본문을 손으로 고쳤다."), "{}", run.out);
    assert!(run.out.contains("- 본문 한 줄."), "{}", run.out);
    assert_eq!(before.touched(&site.tree()), [""; 0]);
    let by_hand = site.bytes("public/gw__note-a.html");
    lift(&site, &["--discard-hand-edits"]).ok();
    assert!(site.read("public/gw__note-a.html").contains("본문 한 줄."));
    assert_eq!(site.set_aside("public/gw__note-a.html"), [by_hand]);
}

#[test]
fn a_document_that_grew_since_is_not_a_hand_edit() {
    let site = built();
    draw(&site, "flow", &drawing("리스너 그림"));
    site.edit("markdown/gw__note-a.md", |text| {
        text.replace("끝.", "끝.\n\n한 절 더.")
    });
    lift(&site, &[]).ok();
    let after = site.read("public/gw__note-a.html");
    assert!(after.contains("한 절 더.") && after.contains("리스너 그림"));
}

#[test]
fn a_picture_of_an_older_source_is_outdated_after_it() {
    let site = built();
    draw(&site, "flow", &drawing("리스너 그림"));
    site.edit("markdown/gw__note-a.md", |text| {
        text.replace("b[라우트]", "b[클러스터]")
    });
    lift(&site, &[]).ends(0);
    site.run(&["check"]).complains("drawing-outdated");
}

#[test]
fn what_resembles_no_slot_gets_a_new_slot() {
    let site = built();
    draw(&site, "flow", &drawing("리스너 그림"));
    site.edit("public/gw__note-a.html", |page| {
        let strange = drawing("전혀 다른 무엇");
        page.replace(
            "<p>끝.</p>",
            &format!("<figure>{strange}</figure><p>끝.</p>"),
        )
    });
    // One picture too many: the slot of the build's second diagram is not what it shows.
    site.edit("markdown/gw__note-a.md", |text| {
        text.replace(&format!("```mermaid\n{STATE}```\n\n"), "")
    });
    lift(&site, &[]).ok();
    assert!(
        site.read("assets/diagrams/gw__note-a/picture-1.svg")
            .contains("전혀 다른 무엇")
    );
    assert!(
        site.read("public/gw__note-a.html")
            .contains("전혀 다른 무엇")
    );
    site.run(&["check"]).ends(0);
}

#[test]
fn a_slot_with_a_picture_keeps_it() {
    let site = built();
    draw(&site, "flow", &drawing("새 그림"));
    site.write(
        "assets/diagrams/gw__note-a/flow.svg",
        drawing("먼저 있던 그림"),
    );
    lift(&site, &[]).ends(0);
    assert!(
        site.read("assets/diagrams/gw__note-a/flow.svg")
            .contains("먼저 있던 그림")
    );
    assert!(
        site.read("assets/diagrams/gw__note-a/picture-1.svg")
            .contains("새 그림")
    );
    let page = site.read("public/gw__note-a.html");
    assert!(page.contains("새 그림") && page.contains("먼저 있던 그림"));
}

#[test]
fn what_runs_does_not_come_along() {
    let site = built();
    let hostile =
        drawing("그림").replace("<rect", "<script>alert(1)</script><rect onclick=\"x()\"");
    draw(&site, "flow", &hostile);
    let run = lift(&site, &[]).ok();
    assert!(run.out.contains("removed"), "{}", run.out);
    let stored = site.read("assets/diagrams/gw__note-a/flow.svg");
    assert!(
        !stored.contains("alert") && !stored.contains("onclick"),
        "{stored}"
    );
}

#[test]
fn pages_with_nothing_to_lift_are_skipped() {
    let site = built();
    lift(&site, &[])
        .ends(1)
        .says("is unchanged since docsite wrote it");
    site.edit("public/gw__note-a.html", |page| {
        page.replace("끝.", "손 끝.")
    });
    lift(&site, &[]).ends(1).says("has no hand-drawn picture");
    site.run(&["diagrams", "lift", "gw__note-nope"]).ends(2);
}

/// Pages of an older script, drawn into by hand.
pub fn older_pages_are_lifted(site: &SiteTest, drawn: &[&str]) {
    site.run(&["init"]).ok();
    let pages: Vec<Vec<u8>> = drawn
        .iter()
        .map(|name| site.bytes(&format!("{name}.html")))
        .collect();
    let others = site.tree();
    site.run(&[&["diagrams", "lift"], drawn].concat()).ends(0);
    for (name, old) in drawn.iter().zip(pages) {
        let words = String::from_utf8(old.clone()).unwrap();
        let words = words.split("손으로 그린 그림 ").nth(1).unwrap();
        let words = words.split('<').next().unwrap();
        let words = format!("손으로 그린 그림 {words}");
        let file = if site
            .read(&format!("markdown/{name}.md"))
            .contains("```mermaid")
        {
            "1"
        } else {
            "picture-1"
        };
        let stored = site.read(&format!("assets/diagrams/{name}/{file}.svg"));
        assert!(stored.contains(&words), "{name}: {stored}");
        let page = site.read(&format!("{name}.html"));
        assert!(page.contains(&words), "{name}");
        assert!(page.contains("🏠"), "{name}");
        assert_eq!(site.set_aside(&format!("{name}.html")), [old], "{name}");
    }
    let touched = others.touched(&site.tree());
    let pages = touched.iter().filter(|path| {
        path.contains("__")
            && path.ends_with(".html")
            && !drawn.iter().any(|name| **path == format!("{name}.html"))
    });
    assert_eq!(pages.collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn the_older_scripts_pages_are_lifted() {
    older_pages_are_lifted(&samples::older_archive(), &samples::DRAWN);
}

/// Parts of a document; the empty one is a diagram.
const PARTS: [&str; 10] = [
    "",
    "본문 &amp; `코드`와 **굵게**, <https://istio.io/docs>.\n",
    "- 하나\n- 둘\n\n  둘째 문단\n",
    "> 인용한 글\n>\n> > 그 안의 글\n",
    "| 이름 | 값 |\n|---|---|\n| a | `<b>` |\n",
    "```html\n<figure class=\"x\"><svg viewBox=\"0 0 9 9\"><path d=\"M0 0\"/></svg></figure>\n```\n",
    "<details><summary>접힌 글</summary>\n\n안의 글\n\n</details>\n",
    "<svg viewBox=\"0 0 9 9\"><rect width=\"9\" height=\"9\"/></svg>\n",
    "## 소제목 \u{2060}끝\n",
    "> [!NOTE]\n> 알림[^1]\n\n[^1]: 각주\n",
];

/// The document of these parts, and the number of its diagrams, of which one is the last.
fn composed(parts: &[usize]) -> (String, usize) {
    let mut text = "# A\n".to_owned();
    let mut count = 0;
    for part in parts.iter().chain([&0]) {
        text.push('\n');
        text.push_str(PARTS[*part]);
        if PARTS[*part].is_empty() {
            let diagram = format!("```mermaid {{#d{count}}}\n{FLOW}  b --> c{count}\n```\n");
            text.push_str(&diagram);
            count += 1;
        }
    }
    (text, count)
}

/// The page's figures with a slot, in order.
fn figures(page: &str) -> Vec<&str> {
    let starts = page.split("<figure class=\"dia").skip(1);
    starts
        .map(|rest| rest.split("</figure>").next().unwrap())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 8,
        failure_persistence: None,
        max_shrink_iters: 16,
        ..ProptestConfig::default()
    })]

    #[test]
    fn whatever_is_around_the_pictures_every_byte_comes_back(
        parts in prop::collection::vec(0..PARTS.len(), 0..9),
        is_drawn in prop::collection::vec(any::<bool>(), 10),
    ) {
        let (text, count) = composed(&parts);
        let is_drawn = |slot: usize| slot + 1 == count || is_drawn[slot];
        let site = SiteTest::new().doc("gw__note-a", &text);
        site.rebuild().ok();
        let before = site.read("public/gw__note-a.html");
        for slot in (0..count).filter(|slot| is_drawn(*slot)) {
            draw(&site, &format!("d{slot}"), &drawing(&format!("그린 상자 {slot}번")));
        }
        let by_hand = site.bytes("public/gw__note-a.html");
        lift(&site, &[]).ok();
        let after = site.read("public/gw__note-a.html");
        prop_assert_eq!(around(&after), around(&before));
        prop_assert_eq!(site.set_aside("public/gw__note-a.html"), [by_hand]);
        prop_assert_eq!(site.read("markdown/gw__note-a.md"), text);
        let (old, new) = (figures(&before), figures(&after));
        prop_assert_eq!(new.len(), count);
        for (slot, (old, new)) in old.into_iter().zip(new).enumerate() {
            if is_drawn(slot) {
                prop_assert!(new.contains(&format!("그린 상자 {slot}번")), "{}", new);
            } else {
                prop_assert_eq!(new, old);
            }
        }
    }
}
