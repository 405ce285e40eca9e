//! Drawn diagrams as a reader meets them: labels in their boxes, in both schemes readable, nothing
//! that runs, and a picture that opens large.

use crate::browser::tab;
use crate::harness::SiteTest;
use crate::sites::{Open, shared};
use crate::tab::Tab;
use crate::trial::{Test, tests};

pub const TESTS: &[Test] = tests![
    no_label_leaves_its_box_or_meets_another,
    words_in_narrow_places_are_moved_where_they_can_be_read,
    a_label_that_leaves_its_box_is_seen,
    authors_colours_stay_readable_in_the_dark,
    what_is_a_link_or_drawn_as_by_hand_stays_readable,
    no_hostile_source_runs_requests_or_navigates,
    a_picture_opens_large_by_click_and_key_and_gives_the_focus_back,
    a_large_picture_zooms_and_moves_by_keys_and_stays_in_sight,
    letters_of_a_picture_are_never_too_small_to_read,
    letters_of_a_picture_in_html_are_never_too_small_to_read,
    a_tall_picture_ends_below_the_screen_until_it_is_asked_for,
    a_large_picture_begins_whole_and_never_shows_an_empty_place,
    a_very_long_row_opens_whole_and_is_dragged,
    a_wide_picture_of_the_text_opens_large,
    letters_of_a_box_drawing_stand_in_their_cells,
];

const BOXES: &str = include_str!("boxes.js");
const PAGE: &str = "gw__note-a.html";
const FLOW: &str = "flowchart LR\n  a[리스너] --> b[라우트] --> c[클러스터]\n";

fn fence(info: &str, source: &str) -> String {
    format!("```{info}\n{}\n```\n\n", source.trim_end())
}

fn open(body: &str) -> Open {
    Open::new(SiteTest::new().doc("gw__note-a", format!("# A\n\n{body}")))
}

/// Diagrams with Korean labels of every family, each in a slot named after it.
fn families() -> Open {
    shared("families", || {
        SiteTest::new().doc("gw__note-a", include_str!("families.md"))
    })
}

fn wrong(tab: &Tab) -> Vec<String> {
    tab.evaluate(BOXES);
    tab.list("boxes.wrong()")
}

fn no_label_leaves_its_box_or_meets_another() {
    let (tab, site) = (tab(), families());
    for width in [1280, 390] {
        tab.resize(width, 900);
        tab.visit(&site.http(PAGE));
        assert_eq!(
            tab.count("document.querySelectorAll('.dia .view > svg').length"),
            14
        );
        assert_eq!(wrong(&tab), [""; 0], "{width}");
    }
}

fn words_in_narrow_places_are_moved_where_they_can_be_read() {
    let (tab, site) = (tab(), open(include_str!("crowded.md")));
    tab.visit(&site.http(PAGE));
    let drawn = "document.querySelectorAll('.dia .view > svg').length";
    assert_eq!(tab.count(drawn), 7);
    assert_eq!(wrong(&tab), [""; 0]);
}

/// Without this, the silence of the test above would prove nothing.
fn a_label_that_leaves_its_box_is_seen() {
    let tab = tab();
    let site = open(&fence("mermaid", FLOW));
    tab.visit(&site.http(PAGE));
    assert_eq!(wrong(&tab), [""; 0]);
    tab.evaluate("document.querySelector('.dia text').textContent += ' 그리고 훨씬 더 긴 이름'");
    assert!(
        wrong(&tab).join("\n").contains("leaves its shape"),
        "{:?}",
        wrong(&tab)
    );
    tab.reload();
    tab.evaluate(
        "const text = document.querySelector('.dia text');
         text.parentNode.append(text.cloneNode(true))",
    );
    assert!(
        wrong(&tab).join("\n").contains("meets"),
        "{:?}",
        wrong(&tab)
    );
}

fn authors_colours_stay_readable_in_the_dark() {
    let tab = tab();
    let shapes = "  a[(저장소)]\n  b([경기장])\n  c((원))\n  d{{육각}}\n  e[/평행/]\n  f>깃발]\n  \
        g[[서브]]\n  h(((이중)))\n  i(둥근)\n  j{마름모}\n  k[네모]\n";
    let all = "  class a,b,c,d,e,f,g,h,i,j,k mine\n";
    let looks = [
        "fill:#e0f2fe,stroke:#0369a1",
        "fill:#222",
        "fill:#ff0",
        "fill:#1d4ed8,color:#fff",
        "fill:#fee2e2,color:#7f1d1d",
        "fill:white,stroke:black",
    ];
    let drawn = looks.map(|look| {
        let source = format!("flowchart LR\n{shapes}  classDef mine {look}\n{all}");
        // A long source has its labels laid out in another way.
        let long = format!("{source}{}", "  %% x\n".repeat(160));
        fence("mermaid", &source) + &fence("mermaid", &long)
    });
    let site = open(&drawn.concat());
    for scheme in ["light", "dark"] {
        tab.prefer(&[("prefers-color-scheme", scheme)]);
        tab.visit(&site.http(PAGE));
        assert_eq!(
            tab.count("document.querySelectorAll('.dia text').length"),
            132
        );
        let faint = tab.list(FAINT);
        assert_eq!(faint, [""; 0], "{scheme}");
    }
}

fn what_is_a_link_or_drawn_as_by_hand_stays_readable() {
    let tab = tab();
    let linked = "flowchart LR\n  a[리스너] --> b{라우트}\n  click a \"https://istio.io\"\n";
    let class = "classDiagram\n  class Gw {\n    +int port\n  }\n  link Gw \"https://istio.io\"\n";
    let by_hand = include_str!("../diagrams/flowchart-handdrawn.mmd");
    let site = open(
        &[linked, class, by_hand]
            .map(|it| fence("mermaid", it))
            .concat(),
    );
    for scheme in ["light", "dark"] {
        tab.prefer(&[("prefers-color-scheme", scheme)]);
        tab.visit(&site.http(PAGE));
        assert_eq!(
            tab.count("document.querySelectorAll('.dia svg a').length"),
            2
        );
        assert_eq!(tab.list(FAINT), [""; 0], "{scheme}");
    }
}

/// Labels whose contrast with the shape under their middle, or the page, is below 4.5.
const FAINT: &str = "(() => {
    const canvas = document.createElement('canvas').getContext('2d');
    const light = (colour) => {
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) => {
            const one = part / 255;
            return one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    return [...document.querySelectorAll('.dia text')].flatMap((text) => {
        text.scrollIntoView({ block: 'center' });
        const box = text.getBoundingClientRect();
        const under = document
            .elementsFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2)
            .find((one) => one.matches('rect, polygon, path, circle') && getComputedStyle(one).fill !== 'none');
        const ground = under ? getComputedStyle(under).fill : getComputedStyle(document.body).backgroundColor;
        const [a, b] = [getComputedStyle(text).fill, ground].map(light).sort((x, y) => y - x);
        const contrast = (a + 0.05) / (b + 0.05);
        return contrast < 4.5 ? [`${text.textContent} ${contrast.toFixed(2)}`] : [];
    });
})()";

const HOSTILE: [&str; 7] = [
    "flowchart LR\n  a[<img src=x onerror=pwned=1>] --> b[\"<script>pwned=2</script>\"]\n",
    "flowchart LR\n  a --> b\n  click a \"javascript:pwned=3\"\n  click b call pwn()\n",
    "flowchart LR\n  a --> b\n  click a href \"javascript:pwned=4\" \"tip\" _blank\n",
    "%%{init: {\"themeCSS\": \"@import url(https://evil.example/a.css); * { background: url(https://evil.example/b) }\", \"securityLevel\": \"loose\", \"htmlLabels\": true}}%%\nflowchart LR\n  a[\"<iframe src='https://evil.example'></iframe>\"] --> b\n",
    "flowchart LR\n  a@{ img: \"https://evil.example/x.png\", label: \"그림\", w: 40, h: 40 } --> b\n",
    "sequenceDiagram\n  participant A as <svg onload=pwned=5>\n  A->>A: <img src='https://evil.example/y.png' onerror='pwned=6'>\n  link A: 문서 @ javascript:pwned=7\n",
    "---\nconfig:\n  themeVariables:\n    primaryColor: \"red;} @import 'https://evil.example/c.css'; a{\"\n    fontFamily: \"x;background:url(https://evil.example/f)\"\n---\nflowchart LR\n  a --> b\n",
];

fn no_hostile_source_runs_requests_or_navigates() {
    let tab = tab();
    let body: String = HOSTILE
        .iter()
        .map(|source| fence("mermaid", source))
        .collect();
    let site = SiteTest::new().doc(
        "gw__note-a",
        format!("# A\n\n{body}{}", fence("mermaid {#own}", FLOW)),
    );
    let picture = "<svg viewBox='0 0 90 90' onload='pwned=8'><script>pwned=9</script>\
        <a href='javascript:pwned=10'><rect width='90' height='90' onclick='pwned=11'/></a>\
        <image href='https://evil.example/z.png' width='9' height='9'/>\
        <use href='https://evil.example/u.svg#a'/><style>@import url(https://evil.example/d.css);</style>\
        <animate attributeName='href' values='javascript:pwned=12'/>\
        <foreignObject width='9' height='9'><img xmlns='http://www.w3.org/1999/xhtml' src='https://evil.example/q' onerror='pwned=13'/></foreignObject></svg>";
    site.write("assets/diagrams/gw__note-a/own.svg", picture);
    let site = Open::new(site);
    tab.before_scripts("globalThis.pwned = 0; globalThis.pwn = () => { pwned = 99 }");
    for (page, inside) in [
        (site.http(PAGE), site.server().url()),
        (site.file(PAGE), "file:///".to_owned()),
    ] {
        tab.visit(&page);
        tab.evaluate(
            "for (const part of document.querySelectorAll('.dia *')) {
                part.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
                if (part.closest('svg')) part.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
             }",
        );
        tab.becomes("document.readyState", "complete");
        assert_eq!(tab.count("pwned"), 0);
        assert!(page.starts_with(&tab.text("location.href.split('#')[0]")));
        let requests = tab.requests().into_iter();
        let outside: Vec<String> = requests
            .filter(|url| !url.starts_with(&inside) && !url.starts_with("data:"))
            .collect();
        assert_eq!(outside, [""; 0]);
        assert_eq!(tab.complaints(), [""; 0]);
        assert_eq!(
            tab.count("document.querySelectorAll('.dia [href^=\"javascript\" i]').length"),
            0
        );
    }
}

fn a_picture_opens_large_by_click_and_key_and_gives_the_focus_back() {
    let tab = tab();
    let site = open(&fence("mermaid title=\"요청의 길\"", FLOW));
    for page in site.both(PAGE) {
        tab.visit(&page);
        let is_open = "document.querySelector('dialog.large')?.open ?? false";
        assert!(!tab.holds(is_open));
        tab.click(".dia .view");
        tab.becomes(is_open, true);
        assert_eq!(
            tab.text("document.querySelector('dialog.large').getAttribute('aria-label')"),
            "요청의 길"
        );
        // Ids stay unique while the copy is there, and all that is referred to is.
        assert!(tab.holds(
            "(() => { const ids = [...document.querySelectorAll('[id]')].map((one) => one.id);
              return new Set(ids).size === ids.length; })()"
        ));
        tab.press("Escape");
        tab.becomes(is_open, false);
        tab.becomes("document.activeElement.className", "view");
        for key in ["Enter", " "] {
            tab.press(key);
            tab.becomes(is_open, true);
            tab.press("Escape");
            tab.becomes(is_open, false);
        }
        assert_eq!(tab.complaints(), [""; 0], "{page}");
    }
}

fn a_large_picture_zooms_and_moves_by_keys_and_stays_in_sight() {
    let tab = tab();
    let site = open(&fence("mermaid", FLOW));
    tab.visit(&site.http(PAGE));
    tab.click(".dia .view");
    tab.becomes(
        "document.querySelector('dialog.large')?.open ?? false",
        true,
    );
    let width = "document.querySelector('dialog.large svg').getBoundingClientRect().width";
    let left = "document.querySelector('dialog.large svg').getBoundingClientRect().left";
    let first = tab.number(width);
    tab.press("+");
    let larger = tab.number(width);
    assert!(larger > first * 1.2, "{first} {larger}");
    tab.press("+");
    let before = tab.number(left);
    tab.press("ArrowRight");
    assert!((tab.number(left) - before).abs() > 10.0);
    press_often(&tab, "ArrowRight");
    let (at, wide) = (tab.number(left), tab.number(width));
    assert!(at < 1280.0 && at + wide > 0.0, "{at} {wide}");
    tab.press("0");
    assert!((tab.number(width) - first).abs() < 1.0);
}

/// The smallest letters of a page's pictures as they are shown, in pixels; none are cut off, since
/// the box of each scrolls as far as the picture goes.
const LEAST_LETTERS: &str = "Math.min(...[...document.querySelectorAll(':is(.dia .view, .body p, .body li, .scroll-x) > svg')].flatMap((svg) => {
    const scale = svg.getScreenCTM().a;
    return [...svg.querySelectorAll('text, tspan')].map((text) => scale * parseFloat(getComputedStyle(text).fontSize));
}))";

fn chain(nodes: usize) -> String {
    let links = (1..nodes).map(|at| format!("  n{at}[노드의 이름 {at}] --> n{}\n", at + 1));
    format!(
        "flowchart LR\n{}  n{nodes}[노드의 이름 {nodes}]\n",
        links.collect::<String>()
    )
}

/// A picture gets smaller until its letters are 11 px high. A wide one first grows into the margins;
/// then its box scrolls, and never the page.
fn letters_of_a_picture_are_never_too_small_to_read() {
    let tab = tab();
    let fences = [("small", 2), ("wide", 6), ("huge", 14)];
    let mut body: String = fences
        .into_iter()
        .map(|(name, nodes)| fence(&format!("mermaid {{#{name}}}"), &chain(nodes)))
        .collect();
    body.push_str("```text {#tiny}\n```\n");
    let site = SiteTest::new().doc("gw__note-a", format!("# A\n\n{body}"));
    site.write(
        "assets/diagrams/gw__note-a/tiny.svg",
        "<svg viewBox='0 0 300 60'><text x='9' y='30' font-size='7'>작은 글자</text></svg>",
    );
    let site = Open::new(site);
    for width in [1280, 390] {
        tab.resize(width, 900);
        tab.visit(&site.http(PAGE));
        let of = |slot: &str, what: &str| {
            tab.number(&format!(
                "document.querySelector('[data-slot={slot}] .view{what}"
            ))
        };
        let shown = |slot| of(slot, " > svg').getBoundingClientRect().width");
        let natural = |slot| of(slot, " > svg').getAttribute('width') * 1");
        let room = |slot| of(slot, "').clientWidth");
        let reach = |slot| of(slot, "').scrollWidth");
        let least = tab.number(LEAST_LETTERS);
        assert!(least > 10.99, "{least} at {width}");
        for slot in ["small", "wide", "huge", "tiny"] {
            assert!(shown(slot) <= natural(slot) + 0.5, "{slot}");
            assert!(reach(slot) + 1.0 >= shown(slot), "{slot}");
        }
        assert!(natural("wide") > 700.0 && natural("huge") > 1360.0);
        if width == 1280 {
            let column = "document.querySelector('.body').clientWidth";
            assert!(room("wide") > tab.number(column) + 100.0);
            assert!(shown("wide") <= room("wide") + 0.5);
        }
        assert!((shown("huge") - natural("huge") * 11.0 / 16.0).abs() < 2.0);
        assert!(tab.holds("document.documentElement.scrollWidth <= innerWidth"));
    }
}

/// However its author said how large it is. What is wide has all the room that a drawn picture has,
/// and an icon stays in its line.
fn letters_of_a_picture_in_html_are_never_too_small_to_read() {
    let tab = tab();
    let words =
        "<text x='9' y='30' font-size='14'>그림의 글자</text><rect y='50' width='99%' height='9'/>";
    let small = "<text x='2' y='15' font-size='9'>작은</text>";
    let icon = "<svg id='icon' viewBox='0 0 16 16' width='16' height='16'><circle r='7'/></svg>";
    let body = format!(
        "# A\n\n<svg viewBox='0 0 1600 300'>{words}</svg>\n\n\
         <svg viewBox='0 0 1600 300' width='100%' height='80'>{words}</svg>\n\n\
         <svg viewBox='0 0 1600 300' width='50%'>\n{words}\n</svg>\n\n\
         <svg viewBox='0 0 1600 300' width='640' height='120'>{words}</svg>\n\n\
         <svg viewBox='0 0 600 90' width='30em'>{words}</svg>\n\n\
         <svg viewBox='0 0 600 90' width='50%'>{words}</svg>\n\n\
         <svg viewBox='0 0 200 40' width='100%' height='20'>{words}</svg>\n\n\
         - <svg viewBox='0 0 600 90'>{words}</svg>\n\n\
         <svg width='400' height='60'>{small}</svg>\n\n\
         글 {icon} 속의 <svg width='60' height='20' id='small'>{small}</svg> 그림.\n"
    );
    let site = Open::new(SiteTest::new().doc("gw__note-a", body));
    for width in [1280, 390] {
        tab.resize(width, 900);
        tab.visit(&site.http(PAGE));
        assert_eq!(
            tab.count("document.querySelectorAll('.body svg text').length"),
            10
        );
        let least = tab.number(LEAST_LETTERS);
        assert!(least > 10.99, "{least} at {width}");
        assert!(tab.holds("document.documentElement.scrollWidth <= innerWidth"));
        let boxes = "[...document.querySelectorAll('.scroll-x')]";
        assert!(tab.holds(&format!(
            "{boxes}.every((box) => box.scrollWidth + 1 >= box.firstChild.getBoundingClientRect().width)"
        )));
        let first = "document.querySelector('.scroll-x')";
        assert!(tab.holds(&format!("{first}.scrollWidth > {first}.clientWidth")));
        if width == 1280 {
            let room = tab.number("document.querySelector('.scroll-x').clientWidth");
            let column = tab.number("document.querySelector('.body').clientWidth");
            assert!(room > column + 100.0, "{room} in {column}");
        }
        assert!(
            tab.holds("document.querySelectorAll('.body p:last-of-type .scroll-x').length === 0")
        );
        assert!(tab.holds(
            "document.querySelector('.body p:last-of-type').getBoundingClientRect().height < 80"
        ));
        let icon =
            "document.querySelector('.body p:last-of-type svg').getBoundingClientRect().width";
        assert!((tab.number(icon) - 16.0).abs() < 0.1);
    }
}

fn a_tall_picture_ends_below_the_screen_until_it_is_asked_for() {
    let tab = tab();
    let tall = chain(40).replace("flowchart LR", "flowchart TD");
    let site = open(&(fence("mermaid", &tall) + &fence("mermaid {#low}", FLOW)));
    tab.resize(1280, 900);
    tab.visit(&site.http(PAGE));
    let height = "document.querySelector('.dia .view').getBoundingClientRect().height";
    let whole = "document.querySelector('.dia .view > svg').getBoundingClientRect().height";
    assert!((tab.number(height) - 1350.0).abs() < 1.0);
    assert_eq!(tab.count("document.querySelectorAll('.tall').length"), 1);
    tab.click(".dia .act button");
    assert!(tab.number(height) >= tab.number(whole));
    // What is left is the button that opens it large.
    assert_eq!(
        tab.count("document.querySelector('.dia').querySelectorAll('.act button').length"),
        1
    );
}

/// As if the key of a large picture were held down.
fn press_often(tab: &Tab, key: &str) {
    tab.evaluate(&format!(
        "for (let times = 0; times < 80; times += 1) document.querySelector('dialog.large')
            .dispatchEvent(new KeyboardEvent('keydown', {{ key: '{key}' }}))"
    ));
}

/// Wherever it is opened, all of it is in sight, and no key gets to a place where nothing is drawn.
fn a_large_picture_begins_whole_and_never_shows_an_empty_place() {
    let tab = tab();
    let site = SiteTest::new().doc(
        "gw__note-a",
        format!(
            "# A\n\n{}```text {{#corner}}\n```\n",
            fence("mermaid {#long}", &chain(8))
        ),
    );
    // Most of its frame is empty.
    site.write(
        "assets/diagrams/gw__note-a/corner.svg",
        "<svg viewBox='0 0 2000 1000'><rect x='1800' y='900' width='150' height='80'/></svg>",
    );
    let site = Open::new(site);
    for width in [1280, 390] {
        tab.resize(width, 800);
        tab.visit(&site.http(PAGE));
        for slot in ["long", "corner"] {
            tab.click(&format!("[data-slot={slot}] .act button"));
            tab.becomes(
                "document.querySelector('dialog.large')?.open ?? false",
                true,
            );
            // The sides of what is drawn beyond those of the stage: how much is out of sight.
            let out = "(() => {
                const shapes = [...document.querySelectorAll('.large svg :is(rect, text)')];
                const stage = document.querySelector('.large .stage').getBoundingClientRect();
                const boxes = shapes.map((shape) => shape.getBoundingClientRect());
                return Math.max(
                    stage.left - Math.min(...boxes.map((box) => box.left)),
                    stage.top - Math.min(...boxes.map((box) => box.top)),
                    Math.max(...boxes.map((box) => box.right)) - stage.right,
                    Math.max(...boxes.map((box) => box.bottom)) - stage.bottom,
                );
            })()";
            assert!(tab.number(out) <= 0.0, "{slot} at {width}");
            tab.press("+");
            tab.press("+");
            for key in ["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"] {
                press_often(&tab, key);
                let seen = "(() => {
                    const stage = document.querySelector('.large .stage').getBoundingClientRect();
                    return [...document.querySelectorAll('.large svg :is(rect, path)')].some((shape) => {
                        const box = shape.getBoundingClientRect();
                        return box.right > stage.left && box.left < stage.right && box.bottom > stage.top && box.top < stage.bottom;
                    });
                })()";
                assert!(tab.holds(seen), "{slot} at {width} after {key}");
            }
            tab.press("Escape");
        }
    }
}

/// However thin it is then; enlarged, it moves under the mouse.
fn a_very_long_row_opens_whole_and_is_dragged() {
    for (width, nodes) in [(1280, 500), (390, 500), (390, 70)] {
        let (tab, site) = (tab(), open(&fence("mermaid {#row}", &chain(nodes))));
        tab.resize(width, 800);
        tab.visit(&site.http(PAGE));
        tab.click("[data-slot=row] .act button");
        let whole = "(() => {
            const stage = document.querySelector('.large .stage').getBoundingClientRect();
            const boxes = [...document.querySelectorAll('.large svg text')].map((text) => text.getBoundingClientRect());
            return boxes.length > 0 && boxes.every((box) => box.left >= stage.left && box.right <= stage.right);
        })()";
        tab.becomes(whole, true);
        tab.press("+");
        tab.press("+");
        let left = "document.querySelector('.large svg').getBoundingClientRect().left";
        let before = tab.number(left);
        tab.drag((200.0, 430.0), (140.0, 430.0));
        assert!(tab.number(left) < before - 30.0, "{nodes} nodes at {width}");
        tab.press("Escape");
    }
}

/// It scrolls in its frame, as diagrams do.
fn a_wide_picture_of_the_text_opens_large() {
    let picture = "<svg viewBox='0 0 900 60' role='img' aria-label='Parts'><rect width='890' height='50'/>\
                   <text x='9' y='30' font-size='14' fill='#fff'>a</text></svg>";
    let (tab, site) = (
        tab(),
        open(&format!(
            "{picture}\n\nAnd <svg viewBox='0 0 9 9'><path d='M0 0h9v9z'/></svg>.\n"
        )),
    );
    for width in [1280, 390] {
        tab.resize(width, 800);
        tab.visit(&site.http(PAGE));
        tab.becomes("document.querySelectorAll('.act button').length", 1);
        tab.click(".act button");
        tab.becomes(
            "document.querySelector('dialog.large')?.open ?? false",
            true,
        );
        tab.becomes("document.querySelector('dialog.large').ariaLabel", "Parts");
        let inside = "(() => {
            const box = document.querySelector('.large svg').getBoundingClientRect();
            return box.left >= 0 && box.right <= innerWidth && box.width > 300;
        })()";
        tab.becomes(inside, true);
        tab.press("Escape");
    }
}

fn letters_of_a_box_drawing_stand_in_their_cells() {
    let tab = tab();
    let drawing = "┌────────┐\n│ 한글ab │\n│ abcdef │\n└────────┘\n";
    let site = open(&fence("text", drawing));
    tab.visit(&site.http(PAGE));
    // The right edge of each line ends at the same place.
    let ends = tab.list(
        "(() => {
            const code = document.querySelector('pre.grid code');
            const ends = [];
            const range = document.createRange();
            for (const cell of code.querySelectorAll('i')) {
                if (/[┐│┘]/.test(cell.textContent) && /^\\n|^$/.test(cell.nextSibling?.data ?? '')) {
                    range.selectNode(cell);
                    ends.push(range.getBoundingClientRect().right.toFixed(0));
                }
            }
            return ends;
        })()",
    );
    assert_eq!(ends.len(), 4, "{ends:?}");
    assert!(ends.iter().all(|end| *end == ends[0]), "{ends:?}");
}
