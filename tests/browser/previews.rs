//! A preview of a link's target is shown before it is followed: for a resting pointer and for the
//! keyboard's focus, not for touch.

use crate::browser::tab;
use crate::harness::SiteTest;
use crate::sites::{Open, shared};
use crate::tab::Tab;
use crate::trial::{Test, tests};

pub const TESTS: &[Test] = tests![
    a_pointer_that_rests_on_a_link_shows_its_target,
    the_focus_shows_it_too_and_ties_it_to_the_link,
    links_to_no_document_show_nothing,
    a_finger_gets_no_card_in_its_way,
    a_pointer_that_passes_by_shows_and_loads_nothing,
];

const CARD: &str = "document.querySelector('.preview:not([hidden])')?.innerText ?? ''";

fn site() -> Open {
    shared("previews", source)
}

fn source() -> SiteTest {
    SiteTest::new()
        .file("docsite.toml", "language = \"ko\"\n[[topics]]\nprefix = \"gw\"\n")
        .doc(
            "gw__note-a",
            format!(
                "# 가\n\n[둘](gw__guide-b.md) [절](gw__guide-b.md#둘째-절) [밖](https://istio.io) \
                 [여기](#끝) [없음](gw__note-none.html) [목록](index.html) [한글](gw__note-한글.md)\n\n{}\n\n## 끝\n\n\
                 [마지막](gw__guide-b.md)\n",
                "긴 글. ".repeat(800)
            ),
        )
        .doc("gw__note-한글", "# 한글 이름\n\n이름이 한글인 문서.\n")
        .doc(
            "gw__guide-b",
            "---\ndeprecated: true\n---\n# 나의 제목\n\n요약이 되는 문단.\n\n## 둘째 절\n\n둘째 절의 첫 줄.\n\n- 목록\n",
        )
}

fn link(text: &str) -> String {
    format!("[...document.querySelectorAll('article a')].find((a) => a.textContent === {text:?})")
}

fn middle(tab: &Tab, of: &str) -> (f64, f64) {
    let place = |axis: &str, size: &str| {
        tab.number(&format!(
            "(({of}).getBoundingClientRect().{axis} + ({of}).getBoundingClientRect().{size} / 2)"
        ))
    };
    (place("left", "width"), place("top", "height"))
}

fn a_pointer_that_rests_on_a_link_shows_its_target() {
    let tab = tab();
    for (width, scheme) in [(1280, "light"), (390, "dark")] {
        tab.resize(width, 800);
        tab.prefer(&[("prefers-color-scheme", scheme)]);
        for url in site().both("gw__note-a.html") {
            tab.visit(&url);
            tab.point(middle(&tab, &link("둘")));
            tab.becomes(&format!("({CARD}).includes('나의 제목')"), true);
            let card = tab.text(CARD);
            for part in ["gw", "guide", "deprecated", "요약이 되는 문단."] {
                assert!(card.contains(part), "no {part} in {card}");
            }
            let inside = "(() => { const box = document.querySelector('.preview')
                .getBoundingClientRect(); return box.left >= 0 && box.right <= innerWidth
                && box.top >= 0 && box.bottom <= innerHeight; })()";
            assert!(tab.holds(inside), "{url}, {width} wide");
            // Away from it, it goes.
            tab.point((f64::from(width) - 4.0, 790.0));
            tab.becomes(CARD, "");
            tab.point(middle(&tab, &link("절")));
            tab.becomes(&format!("({CARD}).includes('둘째 절의 첫 줄. 목록')"), true);
            assert!(!tab.text(CARD).contains("요약"));
            tab.press("Escape");
            tab.becomes(CARD, "");
            tab.point(middle(&tab, &link("한글")));
            tab.becomes(&format!("({CARD}).includes('이름이 한글인 문서.')"), true);
            assert_eq!(tab.complaints(), [""; 0], "{url}");
        }
    }
}

fn the_focus_shows_it_too_and_ties_it_to_the_link() {
    let tab = tab();
    for url in site().both("gw__note-a.html") {
        tab.visit(&url);
        tab.evaluate("document.querySelector('.did').focus()");
        tab.press("Tab");
        tab.becomes("document.activeElement.textContent", "둘");
        tab.becomes(&format!("({CARD}).includes('나의 제목')"), true);
        let described = "document.getElementById(document.activeElement
            .getAttribute('aria-describedby')).getAttribute('role')";
        assert_eq!(tab.text(described), "tooltip");
        tab.press("Tab");
        tab.becomes(&format!("({CARD}).includes('둘째 절의 첫 줄.')"), true);
        tab.press("Tab");
        tab.becomes("document.activeElement.textContent", "밖");
        tab.becomes(CARD, "");
    }
}

/// Long enough that a card would have come.
const A_WHILE: &str = "new Promise((done) => setTimeout(() => done(true), 900))";

fn links_to_no_document_show_nothing() {
    let tab = tab();
    let site = site();
    tab.visit(&site.http("gw__note-a.html"));
    for text in ["밖", "여기", "없음", "목록"] {
        tab.point(middle(&tab, &link(text)));
        tab.evaluate(A_WHILE);
        assert_eq!(tab.text(CARD), "", "{text}");
    }
    assert_eq!(tab.complaints(), [""; 0]);
}

fn a_finger_gets_no_card_in_its_way() {
    let tab = tab();
    let site = site();
    tab.visit(&site.http("gw__note-a.html"));
    tab.touchable();
    // The page stays, so that a card would be seen.
    tab.evaluate("document.addEventListener('click', (event) => event.preventDefault(), true)");
    tab.tap(middle(&tab, &link("둘")));
    tab.evaluate(A_WHILE);
    assert_eq!(tab.text(CARD), "");
}

fn a_pointer_that_passes_by_shows_and_loads_nothing() {
    let tab = tab();
    let site = site();
    tab.visit(&site.http("gw__note-a.html"));
    tab.point(middle(&tab, &link("둘")));
    tab.point((600.0, 700.0));
    tab.evaluate(A_WHILE);
    assert_eq!(tab.text(CARD), "");
    let loaded = tab.requests();
    assert!(
        loaded.iter().all(|url| !url.contains("previews-")),
        "{loaded:?}"
    );
}

#[test]
fn the_script_names_and_files_a_document_as_the_program_does() {
    let Some(tab) = tab() else { return };
    tab.visit(&site().file("gw__note-a.html"));
    let cases = include_str!("../scripts/names.json");
    let wrong = tab.list(&format!(
        "docsite.need('previews').then(({{ hash }}) => {cases}
            .filter((c) => docsite.href(c.name) !== c.href || hash(c.name) !== c.hash)
            .map((c) => c.name))"
    ));
    assert_eq!(wrong, [""; 0]);
}
