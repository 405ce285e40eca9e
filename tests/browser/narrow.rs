//! On the narrowest screen nothing makes the page itself scroll to the side.

use crate::browser::tab;
use crate::harness::SiteTest;
use crate::print::BROKEN;
use crate::samples::NOTES;
use crate::sites::{EVERYTHING, Open, bundled, everything, notes};
use crate::trial::{Test, tests};

pub const TESTS: &[Test] = tests![
    a_wide_element_is_found,
    no_page_of_the_notes_scrolls_to_the_side,
    no_page_of_our_own_archive_or_with_everything_scrolls_to_the_side,
    a_long_formula_scrolls_in_its_own_box,
    no_cell_breaks_inside_a_word,
    a_first_column_stays_where_there_is_one,
];

const WIDTH: u32 = 360;

/// Every element that sticks out and is not in a box that scrolls by itself, the widest first.
const WIDE: &str = include_str!("wide.js");

pub fn no_page_scrolls_to_the_side(site: &Open, least: usize) {
    let tab = tab();
    tab.resize(WIDTH, 800);
    let pages = site.pages();
    assert!(pages.len() >= least, "{}", pages.len());
    let mut wide = Vec::new();
    for page in pages {
        tab.visit(&site.http(&page));
        // Folded text is part of the page too.
        tab.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true");
        let list = tab.list(WIDE);
        wide.extend(list.into_iter().map(|element| format!("{page}: {element}")));
    }
    assert_eq!(wide, [""; 0], "{} elements", wide.len());
}

/// Without this, an empty list would prove nothing.
fn a_wide_element_is_found() {
    let tab = tab();
    tab.resize(WIDTH, 800);
    let site = everything();
    tab.visit(&site.http(EVERYTHING));
    tab.evaluate("document.querySelector('.lede').style.width = '500px'");
    let list = tab.list(WIDE);
    assert!(list[0].contains("p.lede"), "{list:?}");
}

fn no_page_of_the_notes_scrolls_to_the_side() {
    let site = notes();
    no_page_scrolls_to_the_side(&site, NOTES + 2);
}

fn no_page_of_our_own_archive_or_with_everything_scrolls_to_the_side() {
    no_page_scrolls_to_the_side(&bundled(), 30);
    no_page_scrolls_to_the_side(&everything(), 5);
}

fn a_long_formula_scrolls_in_its_own_box() {
    let tab = tab();
    tab.resize(WIDTH, 800);
    tab.visit(&everything().http(EVERYTHING));
    let formula = "document.querySelector('.math:not(.in)')";
    assert!(tab.holds(&format!(
        "{formula}.scrollWidth > {formula}.clientWidth + 100"
    )));
    assert!(tab.holds(&format!(
        "{formula}.getBoundingClientRect().right <= innerWidth"
    )));
    tab.evaluate(&format!("{formula}.focus()"));
    tab.press("ArrowRight");
    tab.becomes(&format!("{formula}.scrollLeft > 10"), true);
    assert!(tab.holds("document.documentElement.scrollWidth <= innerWidth"));
}

const NAMES: [&str; 4] = [
    "RequestAuthentication",
    "CustomResourceDefinitions",
    "UpstreamConnectionTermination",
    "foo_bar_baz_qux_quux",
];

fn no_cell_breaks_inside_a_word() {
    let rows = NAMES
        .map(|name| format!("| **{name}** | {name} | `{name}` | 넷째 열의 긴 설명을 쓴다 |\n"));
    let raw = NAMES.map(|name| format!("<tr><th>{name}<td><code>{name}</code><td><b>{name}</b>\n"));
    let hash = "0123456789abcdef0123456789abcdef0123456789abcdef";
    let text = format!(
        "# 표\n\n| 이름 | 둘 | 셋 | 넷 |\n|--|--|--|--|\n{}\n<table>\n{}</table>\n\n\
         | a | b |\n|--|--|\n| 설명이 길어서 옆으로 넘친다 | {hash} |\n\n\
         | a | b | c |\n|--|--|--|\n| `PILOT_ENABLE_CROSSCLUSTERWORKLOADENTRY` | {hash} | c |\n\n\
         | a | b |\n|--|--|\n| internationalizations | {hash} |\n\n\
         <table><tr><td>a<table><tr><td>b responsibilityresponsibility<td>c responsibilityresponsibility\
         </table><td>d</table>\n",
        rows.concat(),
        raw.concat()
    );
    let site = Open::new(SiteTest::new().doc("gw__note-a", text));
    for (site, page) in [
        (&site, "gw__note-a.html"),
        (&bundled(), "sec__note-security-resource-trio.html"),
    ] {
        let tab = tab();
        tab.resize(390, 844);
        tab.visit(&site.http(page));
        assert_eq!(tab.list(BROKEN), [""; 0], "{page}");
        // Where a first column stays in sight, it leaves a third of the screen to the others.
        let covers = "[...document.querySelectorAll('tr > :first-child')]
            .filter((cell) => getComputedStyle(cell).position === 'sticky' && cell.offsetWidth > 260)
            .map((cell) => cell.textContent)";
        assert_eq!(tab.list(covers), [""; 0], "{page}");
    }
}

fn a_first_column_stays_where_there_is_one() {
    let wide = "<td>아주긴설명하나를쓴다</td>".repeat(9);
    let spanned = "<tr><th colspan=10>모두의 머리</th></tr>";
    let plain = format!("<tr><th>가</th>{wide}</tr>");
    let reaches = format!(
        "<tr><th rowspan=3>가</th>{wide}</tr><tr>{wide}</tr><tr>{wide}</tr><tr><th>나</th>{wide}</tr>"
    );
    let headed = format!("<tr><th rowspan=2>가<th>나{wide}<tr><th>다{wide}");
    let rest = format!("<tbody><tr><th rowspan=0>가</th>{wide}</tr><tr>{wide}</tr><tbody>{plain}");
    let nested = format!("<tr><th>가</th><td><table>{plain}</table></td>{wide}</tr>");
    let hash = format!("<tr><th>{}</th>{wide}</tr>", "0123456789abcdef".repeat(3));
    let middle = "<tr><td colspan=10 class=center>가운데에 있는 말</tr>";
    let tables = [
        (format!("{spanned}{plain}"), "0 0"),
        (format!("{plain}{middle}"), "0 in"),
        (plain, "0"),
        (reaches, "0 under under 0"),
        (headed, "under 0"),
        (rest, "0 under 0"),
        (nested, "0"),
        (hash, "0"),
    ];
    let text = tables
        .iter()
        .map(|(rows, _)| format!("<table>{rows}</table>\n\n"));
    let site = Open::new(SiteTest::new().doc(
        "gw__note-a",
        format!("# 표\n\n{}", text.collect::<String>()),
    ));
    let tab = tab();
    tab.resize(390, 844);
    tab.visit(&site.http("gw__note-a.html"));
    let lefts = "[...document.querySelectorAll('.scroll')].map((box) => {
        box.scrollLeft = 300;
        const of = (cell) => Math.round(cell.getBoundingClientRect().left - box.getBoundingClientRect().left);
        return [...box.querySelectorAll(':scope > table > * > tr > :first-child')].map((cell) => {
            const words = cell.querySelector(':scope > .stay') ?? cell;
            return of(words) < -100 ? 'under' : words.offsetWidth > 260 ? 'wide'
                : of(words) > 0 && of(words) + words.offsetWidth <= box.clientWidth ? 'in' : of(words);
        }).join(' ');
    })";
    assert_eq!(tab.list(lefts), tables.map(|(_, expected)| expected));
}
