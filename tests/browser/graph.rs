//! The graph of the catalogue: a picture on a canvas that a mouse, fingers and the keyboard move in,
//! lists of the same documents, and the link check below.

use crate::browser::tab;
use crate::harness::SiteTest;
use crate::pointer::Spot;
use crate::sites::{Open, bundled, notes};
use crate::tab::Tab;
use crate::trial::{Test, tests};

pub const TESTS: &[Test] = tests![
    every_document_has_its_place_its_colour_and_its_size,
    labels_do_not_overlap_and_grow_in_number,
    a_small_site_fills_its_frame_with_whole_labels_beside_the_nodes,
    a_pointer_lights_a_document_and_a_click_opens_it,
    a_drag_moves_a_document_and_its_neighbours_follow,
    the_picture_moves_zooms_and_fits_again,
    fingers_pinch_and_a_second_tap_opens,
    one_finger_and_the_wheel_scroll_the_page,
    the_picture_cannot_be_lost,
    hints_say_what_the_device_can_do,
    the_legend_and_the_filter_narrow_the_picture,
    enter_in_the_filter_flies_to_a_document,
    the_list_of_the_same_documents_lights_them_by_keyboard,
    a_change_of_theme_repaints_the_picture,
    with_reduced_motion_scrolling_is_immediate,
    entries_of_the_link_check_link_to_their_places,
    a_long_link_check_gives_the_rest_on_demand,
    a_graph_of_one_document_or_without_links_is_a_graph,
];

const GRAPH: &str = "document.getElementById('ds.picture').graph";

/// Opens the graph and waits for the picture that moves, which comes when the reader does anything.
fn open(tab: &Tab, url: &str) {
    tab.visit("about:blank");
    tab.visit(url);
    let moved = "dispatchEvent(new Event('pointermove'))";
    tab.becomes(&format!("{moved} && {GRAPH}?.state().drawn > 0"), true);
    tab.evaluate("document.querySelector('#ds\\\\.picture').scrollIntoView({ block: 'center' })");
}

/// Where a document stands in the window.
fn spot(tab: &Tab, of: usize) -> Spot {
    let at = |axis: &str, edge: &str| {
        tab.number(&format!(
            "{GRAPH}.positions({of}).{axis} + \
             document.querySelector('#ds\\\\.picture canvas').getBoundingClientRect().{edge}"
        ))
    };
    (at("x", "left"), at("y", "top"))
}

fn number(tab: &Tab, what: &str) -> f64 {
    tab.number(&format!("{GRAPH}.{what}"))
}

fn whole(tab: &Tab, what: &str) -> i64 {
    tab.evaluate(&format!("{GRAPH}.{what}"))
        .as_i64()
        .expect(what)
}

/// A place of the picture where nothing is.
fn empty_spot(tab: &Tab) -> Spot {
    let found = tab.list(&format!(
        "(() => {{
            const box = document.querySelector('#ds\\\\.picture canvas').getBoundingClientRect();
            const n = {GRAPH}.state().drawn;
            for (let y = 40; y < box.height; y += 20) for (let x = 30; x < box.width - 150; x += 20) {{
                const isFree = Array.from({{ length: n }}, (_, at) => {GRAPH}.positions(at))
                    .every((node) => Math.hypot(node.x - x, node.y - y) > node.r + 14);
                if (isFree) return [String(x + box.left), String(y + box.top)];
            }}
        }})()"
    ));
    (found[0].parse().unwrap(), found[1].parse().unwrap())
}

fn every_document_has_its_place_its_colour_and_its_size() {
    let tab = tab();
    for (width, scheme) in [(1280, "light"), (390, "dark")] {
        tab.resize(width, 800);
        tab.prefer(&[("prefers-color-scheme", scheme)]);
        for url in bundled().both("index.html#graph") {
            open(&tab, &url);
            assert_eq!(whole(&tab, "state().drawn"), 28, "{url}");
            let outside = "(() => {
                const box = document.querySelector('#ds\\\\.picture canvas').getBoundingClientRect();
                return Array.from({ length: 28 }, (_, at) => GRAPH.positions(at))
                    .filter(({ x, y }) => !(x > 0 && y > 0 && x < box.width && y < box.height)).length;
            })()";
            assert_eq!(tab.count(&outside.replace("GRAPH", GRAPH)), 0, "{url}");
            // The document with the most links to it is the largest.
            let largest = format!(
                "docsite.need('data/graph').then(({{ to }}) => {{
                    const degree = (at) => to.filter((place) => place === at).length;
                    const all = [...Array(28).keys()];
                    const most = all.reduce((a, b) => (degree(a) >= degree(b) ? a : b));
                    const least = all.reduce((a, b) => (degree(a) <= degree(b) ? a : b));
                    return {GRAPH}.positions(most).r > {GRAPH}.positions(least).r;
                }})"
            );
            assert!(tab.holds(&largest), "{url}");
            assert_eq!(tab.complaints(), [""; 0], "{url}");
        }
    }
}

fn labels_do_not_overlap_and_grow_in_number() {
    let tab = tab();
    let overlaps = format!(
        "(() => {{
            const all = {GRAPH}.labels();
            return all.filter((a, at) => all.slice(at + 1).some((b) =>
                a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h)).length;
        }})()"
    );
    for (width, density) in [(1280, 1.0), (1280, 2.0), (390, 3.0)] {
        tab.resize_at(width, 800, density);
        open(&tab, &bundled().file("index.html#graph"));
        let labels = number(&tab, "labels().length");
        assert!(labels > 5.0, "{width}: {labels}");
        assert_eq!(tab.count(&overlaps), 0, "{width}");
        // As many dots as the screen has.
        let canvas = "document.querySelector('#ds\\\\.picture canvas')";
        let dots = tab.number(&format!("{canvas}.width / {canvas}.clientWidth"));
        assert!((dots - density).abs() < 0.02, "{dots} of {density}");
    }
    // Nearer, there is room for more of them.
    tab.resize(390, 800);
    open(&tab, &bundled().file("index.html#graph"));
    let few = number(&tab, "labels().length");
    for _ in 0..3 {
        tab.click("#ds\\.picture [data-graph=in]");
    }
    let seen = format!(
        "(() => {{ const box = document.querySelector('#ds\\\\.picture canvas').getBoundingClientRect();
            return Array.from({{ length: 28 }}, (_, at) => {GRAPH}.positions(at))
                .filter(({{ x, y }}) => x > 0 && y > 0 && x < box.width && y < box.height).length; }})()"
    );
    tab.becomes(&format!("{seen} < 28"), true);
    let (labels, nodes) = (number(&tab, "labels().length"), tab.number(&seen));
    assert!(
        labels / nodes > few / 28.0,
        "{labels} of {nodes}, before {few} of 28"
    );
    assert_eq!(tab.count(&overlaps), 0);
}

fn a_pointer_lights_a_document_and_a_click_opens_it() {
    let tab = tab();
    for url in bundled().both("index.html#graph") {
        open(&tab, &url);
        tab.point(spot(&tab, 4));
        tab.becomes(&format!("{GRAPH}.state().lit"), 4);
        tab.point(empty_spot(&tab));
        tab.becomes(&format!("{GRAPH}.state().lit"), -1);
        let name = tab.text("docsite.need('catalogue').then((c) => c.documents.names[4])");
        tab.click_at(spot(&tab, 4));
        tab.becomes("location.pathname.split('/').pop()", format!("{name}.html"));
        assert_eq!(tab.complaints(), [""; 0], "{url}");
    }
}

fn a_drag_moves_a_document_and_its_neighbours_follow() {
    let tab = tab();
    for url in bundled().both("index.html#graph") {
        open(&tab, &url);
        let neighbour =
            tab.count("docsite.need('data/graph').then(({ from, to }) => to[from.indexOf(4)])");
        let (from, before) = (spot(&tab, 4), spot(&tab, neighbour));
        let to = (from.0 + 90.0, from.1 + 60.0);
        tab.drag(from, to);
        let moved = format!(
            "Math.hypot({GRAPH}.positions({neighbour}).x - {x}, {GRAPH}.positions({neighbour}).y - {y})",
            x = before.0 - left(&tab),
            y = before.1 - top(&tab),
        );
        tab.becomes(&format!("{moved} > 3"), true);
        let after = spot(&tab, 4);
        assert!(
            (after.0 - to.0).abs() < 3.0 && (after.1 - to.1).abs() < 3.0,
            "{after:?} {to:?}"
        );
        // It was not a click, and the picture stops moving.
        assert!(tab.text("location.href").contains("index.html"));
        tab.becomes(
            &format!(
                "(async () => {{ const before = {GRAPH}.state().frames;
                    await new Promise((done) => setTimeout(done, 400));
                    return {GRAPH}.state().frames === before; }})()"
            ),
            true,
        );
        assert_eq!(tab.complaints(), [""; 0], "{url}");
    }
}

fn left(tab: &Tab) -> f64 {
    tab.number("document.querySelector('#ds\\\\.picture canvas').getBoundingClientRect().left")
}

fn top(tab: &Tab) -> f64 {
    tab.number("document.querySelector('#ds\\\\.picture canvas').getBoundingClientRect().top")
}

fn the_picture_moves_zooms_and_fits_again() {
    let tab = tab();
    for url in bundled().both("index.html#graph") {
        open(&tab, &url);
        let zoom = number(&tab, "state().zoom");
        let (node, empty) = (spot(&tab, 0), empty_spot(&tab));
        tab.drag(empty, (empty.0 + 60.0, empty.1 + 25.0));
        let moved = format!(
            "Math.abs({GRAPH}.positions(0).x + {} - {}) < 1",
            left(&tab),
            node.0 + 60.0
        );
        tab.becomes(&moved, true);
        // The place under the pointer stays there.
        let under = spot(&tab, 7);
        let scroll = tab.count("scrollY | 0");
        tab.wheel_with_control(under, -240.0);
        tab.becomes(&format!("{GRAPH}.state().zoom > {zoom} * 1.2"), true);
        let now = spot(&tab, 7);
        assert!((now.0 - under.0).abs() < 2.0 && (now.1 - under.1).abs() < 2.0);
        assert_eq!(tab.count("scrollY | 0"), scroll, "the page stays");
        tab.click("#ds\\.picture [data-graph=fit]");
        tab.becomes(
            &format!("Math.abs({GRAPH}.state().zoom - {zoom}) < 0.01"),
            true,
        );
        tab.click("#ds\\.picture [data-graph=in]");
        tab.becomes(&format!("{GRAPH}.state().zoom > {zoom} * 1.1"), true);
        tab.click("#ds\\.picture [data-graph=out]");
        tab.becomes(&format!("{GRAPH}.state().zoom < {zoom} * 1.1"), true);
        // By keyboard alone.
        tab.evaluate("document.querySelector('#ds\\\\.picture canvas').focus()");
        tab.press("0");
        tab.becomes(
            &format!("Math.abs({GRAPH}.state().zoom - {zoom}) < 0.01"),
            true,
        );
        let x = spot(&tab, 0).0;
        tab.press("ArrowLeft");
        tab.becomes(
            &format!(
                "Math.abs({GRAPH}.positions(0).x + {} - {x}) > 5",
                left(&tab)
            ),
            true,
        );
        tab.press("+");
        tab.becomes(&format!("{GRAPH}.state().zoom > {zoom} * 1.1"), true);
        assert_eq!(tab.complaints(), [""; 0], "{url}");
    }
}

fn fingers_pinch_and_a_second_tap_opens() {
    for url in bundled().both("index.html#graph") {
        let tab = tab();
        tab.resize(390, 800);
        open(&tab, &url);
        tab.touchable();
        let zoom = number(&tab, "state().zoom");
        let middle = (195.0, 400.0);
        tab.pinch(middle, 60.0, 180.0);
        tab.becomes(&format!("{GRAPH}.state().zoom > {zoom} * 1.8"), true);
        tab.click("#ds\\.picture [data-graph=fit]");
        tab.becomes(
            &format!("Math.abs({GRAPH}.state().zoom - {zoom}) < 0.01"),
            true,
        );
        tab.tap(spot(&tab, 4));
        tab.becomes(&format!("{GRAPH}.state().lit"), 4);
        let name = tab.text("docsite.need('catalogue').then((c) => c.documents.names[4])");
        assert!(tab.text("location.href").contains("index.html"));
        tab.tap(spot(&tab, 4));
        tab.becomes("location.pathname.split('/').pop()", format!("{name}.html"));
    }
}

fn one_finger_and_the_wheel_scroll_the_page() {
    for url in bundled().both("index.html#graph") {
        let tab = tab();
        tab.resize(390, 600);
        open(&tab, &url);
        let zoom = number(&tab, "state().zoom");
        let within = |tab: &Tab| (number(tab, "positions(0).x"), number(tab, "positions(0).y"));
        let (before, empty) = (within(&tab), empty_spot(&tab));
        let scroll = tab.count("scrollY | 0");
        tab.wheel(empty, 60.0);
        tab.becomes(&format!("scrollY >= {scroll} + 50"), true);
        tab.touchable();
        let scroll = tab.count("scrollY | 0");
        tab.swipe(&[(195.0, 420.0)], &[(195.0, 250.0)]);
        tab.becomes(&format!("scrollY > {scroll} + 80"), true);
        assert_eq!(within(&tab), before, "{url}");
        assert!((number(&tab, "state().zoom") - zoom).abs() < 1e-9);
        assert_eq!(whole(&tab, "state().lit"), -1);
        // Two fingers move the picture, and the page stays.
        tab.evaluate(
            "document.querySelector('#ds\\\\.picture').scrollIntoView({ block: 'center' })",
        );
        tab.becomes("new Promise((done) => { const y = scrollY; setTimeout(() => done(y === scrollY), 200); })", true);
        let scroll = tab.count("scrollY | 0");
        tab.pinch((195.0, 300.0), 60.0, 150.0);
        tab.becomes(&format!("{GRAPH}.state().zoom > {zoom} * 1.8"), true);
        let before = within(&tab);
        tab.swipe(
            &[(160.0, 320.0), (230.0, 320.0)],
            &[(150.0, 280.0), (220.0, 280.0)],
        );
        tab.becomes(
            &format!("Math.abs({GRAPH}.positions(0).y - {} + 40) < 6", before.1),
            true,
        );
        assert_eq!(tab.count("scrollY | 0"), scroll, "{url}");
    }
}

fn the_picture_cannot_be_lost() {
    let tab = tab();
    open(&tab, &bundled().file("index.html#graph"));
    let seen = format!("{GRAPH}.state().drawn > 0");
    let canvas = "document.querySelector('#ds\\\\.picture canvas')";
    for key in ["ArrowLeft", "ArrowDown", "ArrowRight", "ArrowUp"] {
        tab.evaluate(&format!(
            "for (let times = 0; times < 60; times += 1)
                {canvas}.dispatchEvent(new KeyboardEvent('keydown', {{ key: '{key}' }}))"
        ));
        assert!(tab.holds(&seen), "{key}");
    }
    // However near one comes where nothing is, and however far.
    let zoom = |(x, y): Spot, by: f64| {
        tab.evaluate(&format!(
            "for (let times = 0; times < 60; times += 1)
                {canvas}.dispatchEvent(new WheelEvent('wheel',
                    {{ deltaY: {by}, ctrlKey: true, clientX: {x}, clientY: {y} }}))"
        ));
    };
    let (left, top) = (left(&tab), top(&tab));
    zoom((left + 10.0, top + 10.0), -240.0);
    assert!(tab.holds(&seen), "near");
    zoom((left + 500.0, top + 300.0), 240.0);
    assert_eq!(whole(&tab, "state().drawn"), 28);
    let width = tab.number(&format!(
        "(() => {{ const x = Array.from({{ length: 28 }}, (_, at) => {GRAPH}.positions(at).x);
            return Math.max(...x) - Math.min(...x); }})()"
    ));
    assert!(width > 300.0, "{width}");
}

fn hints_say_what_the_device_can_do() {
    let tab = tab();
    let site = bundled();
    open(&tab, &site.http("index.html#graph"));
    let hints = "[...document.querySelectorAll('#ds\\\\.picture .hint')]
        .filter((hint) => hint.checkVisibility()).map((hint) => hint.textContent)";
    // The browser of a test may have no mouse: the style's own condition is set.
    let media = "[...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
        .find(({ media, cssText }) => media?.mediaText === '(hover: none)'
            && cssText.includes('.touch')).media";
    tab.evaluate(&format!("void (window.media = {media})"));
    tab.evaluate("void (location.hash = '#graph?q=mtls')");
    let said = "document.querySelector('#ds\\\\.filter .hits').innerText";
    tab.becomes("document.querySelector('.hits .hint') !== null", true);
    for (touch, word) in [("all", "두 손가락"), ("not all", "Ctrl")] {
        tab.evaluate(&format!("window.media.mediaText = '{touch}'"));
        let keys = tab.text(said);
        assert_eq!(keys.contains("Enter"), touch != "all", "{keys}");
        assert_eq!(keys.contains("Esc"), touch != "all", "{keys}");
        let hints = tab.list(hints);
        assert_eq!(hints.len(), 1, "{hints:?}");
        assert!(hints[0].contains(word), "{hints:?}");
    }
}

fn a_small_site_fills_its_frame_with_whole_labels_beside_the_nodes() {
    let tab = tab();
    // Of 28 names, how many have room.
    for (width, whole) in [(1280, 26), (390, 12)] {
        tab.resize(width, 800);
        open(&tab, &bundled().http("index.html#graph"));
        for (axis, side) in [("x", "clientWidth"), ("y", "clientHeight")] {
            let share = tab.number(&format!(
                "(() => {{ const at = Array.from({{ length: 28 }}, (_, i) => {GRAPH}.positions(i).{axis});
                    return (Math.max(...at) - Math.min(...at))
                        / document.querySelector('#ds\\\\.picture canvas').{side}; }})()"
            ));
            assert!(share > 0.7, "{width}: {share} of {side}");
        }
        let titles = "docsite.need('catalogue').then(({ documents: { titles } }) =>
            GRAPH.labels().filter(({ i, lines }) => lines.join(' ') === titles[i]).length)";
        let found = tab.count(&titles.replace("GRAPH", GRAPH));
        assert!(found >= whole, "{width}: {found} are whole");
        let covered = "GRAPH.labels().filter((box) =>
            Array.from({ length: 28 }, (_, i) => GRAPH.positions(i)).some(({ x, y, r }) =>
                Math.hypot(Math.max(box.x - x, x - box.x - box.w, 0),
                    Math.max(box.y - y, y - box.y - box.h, 0)) < r)).length";
        assert_eq!(tab.count(&covered.replace("GRAPH", GRAPH)), 0, "{width}");
    }
}

fn the_legend_and_the_filter_narrow_the_picture() {
    let tab = tab();
    for url in bundled().both("index.html#graph") {
        open(&tab, &url);
        tab.click("#ds\\.picture .colours [data-topic=gt]");
        tab.becomes(&format!("{GRAPH}.state().passing"), 4);
        tab.becomes("location.hash", "#graph?topic=gt");
        let gone = tab.count(
            "docsite.need('catalogue').then((c) => c.documents.names
                .findIndex((name) => name.startsWith('sec__')))",
        );
        tab.point(spot(&tab, gone));
        tab.evaluate("new Promise((done) => setTimeout(done, 200))");
        assert_eq!(
            whole(&tab, "state().lit"),
            -1,
            "what is filtered away does not react"
        );
        tab.press("Escape");
        tab.becomes(&format!("{GRAPH}.state().passing"), 28);
    }
}

fn enter_in_the_filter_flies_to_a_document() {
    let tab = tab();
    for url in bundled().both("index.html#graph") {
        open(&tab, &url);
        tab.evaluate("document.querySelector('#ds\\\\.filter input').focus()");
        tab.evaluate("document.execCommand('insertText', false, '회로차단')");
        tab.press("Enter");
        let name = "gw__note-circuit-breaking-mechanisms";
        let lit = format!(
            "docsite.need('catalogue').then((c) => c.documents.names[{GRAPH}.state().lit])"
        );
        tab.becomes(&lit, name);
        let centred = format!(
            "(() => {{ const canvas = document.querySelector('#ds\\\\.picture canvas');
                const {{ x, y }} = {GRAPH}.positions({GRAPH}.state().lit);
                return Math.hypot(x - canvas.clientWidth / 2, y - canvas.clientHeight / 2) < 5; }})()"
        );
        tab.becomes(&centred, true);
        tab.becomes("location.hash.includes('at=gw__note-circuit')", true);
        // The same address brings somebody else there.
        let address = tab.text("location.href");
        open(&tab, &address);
        tab.becomes(&lit, name);
    }
}

fn the_list_of_the_same_documents_lights_them_by_keyboard() {
    let tab = tab();
    for url in bundled().both("index.html#graph") {
        open(&tab, &url);
        let listed =
            tab.list("[...document.querySelectorAll('.web li > a')].map((a) => a.textContent)");
        assert_eq!(listed.len(), 28);
        tab.evaluate("document.querySelector('.web summary').focus()");
        tab.press("Enter");
        tab.press("Tab");
        let title = tab.text("document.activeElement.textContent");
        assert!(listed.contains(&title), "{title}");
        tab.becomes(
            &format!(
                "docsite.need('catalogue').then((c) => c.documents.titles[{GRAPH}.state().lit])"
            ),
            title,
        );
        let label =
            tab.text("document.querySelector('#ds\\\\.picture canvas').getAttribute('aria-label')");
        assert!(label.contains("28") && label.contains("목록"), "{label}");
    }
}

fn a_change_of_theme_repaints_the_picture() {
    let tab = tab();
    tab.prefer(&[("prefers-color-scheme", "light")]);
    open(&tab, &bundled().http("index.html#graph"));
    let corner = "(() => {
        const canvas = document.querySelector('#ds\\\\.picture canvas');
        const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
        let dark = 0, light = 0;
        for (let at = 0; at < data.length; at += 4) {
            if (data[at + 3] < 200) continue;
            const sum = data[at] + data[at + 1] + data[at + 2];
            if (sum < 200) dark += 1;
            if (sum > 560) light += 1;
        }
        return dark > light ? 'dark ink' : 'light ink';
    })()";
    let by_day = tab.text(&corner.replace("if (sum > 560) light += 1", ""));
    assert_eq!(by_day, "dark ink");
    let before = number(&tab, "state().frames");
    tab.click(".theme");
    tab.click(".theme");
    tab.becomes(&format!("{GRAPH}.state().frames > {before}"), true);
    tab.becomes(
        &corner.replace("if (sum < 200) dark += 1;", ""),
        "light ink",
    );
}

fn with_reduced_motion_scrolling_is_immediate() {
    let tab = tab();
    tab.prefer(&[("prefers-reduced-motion", "reduce")]);
    open(&tab, &bundled().http("index.html#graph"));
    let frames = format!(
        "(async () => {{ const before = {GRAPH}.state().frames;
            {GRAPH}.light(9, {{ fly: true }});
            await new Promise((done) => setTimeout(done, 500));
            return {GRAPH}.state().frames - before; }})()"
    );
    assert!(tab.number(&frames) <= 3.0);
}

fn entries_of_the_link_check_link_to_their_places() {
    let tab = tab();
    let site = notes();
    for url in site.both("index.html#graph") {
        open(&tab, &url);
        let text = tab.text("document.querySelector('[data-list=broken] li .gone').textContent");
        tab.click("[data-list=broken] li > a");
        tab.becomes("location.hash.startsWith('#ds.link-')", true);
        let found = "document.getElementById(location.hash.slice(1))";
        tab.becomes(
            &format!("document.readyState === 'complete' && {found}.classList.contains('gone')"),
            true,
        );
        let href = tab.text(&format!("{found}.getAttribute('href') ?? ''"));
        assert!(
            href.starts_with(text.split('.').next().unwrap()),
            "{href}, {text}"
        );
        let top = tab.number(&format!("{found}.getBoundingClientRect().top"));
        assert!((0.0..800.0).contains(&top), "{top}");
    }
}

fn a_long_link_check_gives_the_rest_on_demand() {
    let tab = tab();
    let links: Vec<String> = (0..130)
        .map(|number| format!("[{number}](gw__note-gone-{number}.html)"))
        .collect();
    let links = links.join("\n");
    let site = Open::new(SiteTest::new().doc("gw__note-a", format!("# A\n\n{links}")));
    for url in site.both("index.html#graph") {
        open(&tab, &url);
        let count = "document.querySelectorAll('[data-list=broken] li').length";
        assert_eq!(tab.count(count), 100);
        tab.click("[data-list=broken] .rest button");
        tab.becomes(count, 130);
        assert!(!tab.holds("document.querySelector('[data-list=broken] .rest') !== null"));
        let last = "[...document.querySelectorAll('[data-list=broken] li')].pop()";
        let text = tab.text(&format!("{last}.innerText"));
        assert!(
            text.contains("gone-129.html") && text.contains("no such document"),
            "{text}"
        );
        assert!(text.contains("markdown/gw__note-a.md:132"), "{text}");
        let href = tab.text(&format!("{last}.querySelector('a').getAttribute('href')"));
        assert_eq!(href, "gw__note-a.html#ds.link-129");
    }
}

fn a_graph_of_one_document_or_without_links_is_a_graph() {
    let tab = tab();
    let one = SiteTest::new().doc("gw__note-a", "# A\n");
    let two = SiteTest::new()
        .doc("gw__note-a", "# A\n")
        .doc("gw__note-b", "# B\n");
    for (site, count) in [(one, 1), (two, 2)] {
        let site = Open::new(site);
        open(&tab, &site.file("index.html#graph"));
        assert_eq!(whole(&tab, "state().drawn"), count);
        assert_eq!(tab.complaints(), [""; 0]);
    }
}
