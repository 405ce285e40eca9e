//! On paper: the text, whole, light, without the interface, and with the addresses of its links.

use crate::browser::tab;
use crate::harness::SiteTest;
use crate::sites::{EVERYTHING, Open, bundled, everything};
use crate::tab::Tab;
use crate::trial::{Test, tests};

pub const TESTS: &[Test] = tests![
    the_interface_is_not_printed,
    the_addresses_of_links_that_point_outside_are_written_out,
    folded_text_is_printed,
    nothing_is_cut_off,
    paper_is_white_in_every_theme,
    a_page_becomes_a_pdf,
    a_cell_breaks_between_words_and_a_short_table_is_whole,
];

/// A4 between Chromium's margins, in pixels.
const PAPER: u32 = 718;

fn print(site: &Open, page: &str) -> Tab {
    let tab = tab();
    tab.resize(PAPER, 1000);
    tab.as_print(&[("prefers-color-scheme", "dark")]);
    tab.visit(&site.http(page));
    tab
}

fn shown(tab: &Tab, selector: &str) -> Vec<String> {
    tab.list(&format!(
        "[...document.querySelectorAll({selector:?})]
            .filter((element) => element.checkVisibility({{ opacityProperty: true }}))
            .map((element) => element.outerHTML.slice(0, 80))"
    ))
}

fn the_interface_is_not_printed() {
    let site = everything();
    for page in [EVERYTHING, "index.html", "files.html"] {
        let tab = print(&site, page);
        for selector in [
            ".top", ".skip", ".foot", ".side", ".toc-s", ".tabs", ".step", ".anchor", "button",
        ] {
            assert_eq!(shown(&tab, selector), [""; 0], "{page}: {selector}");
        }
        assert!(!shown(&tab, "main").is_empty());
    }
}

fn the_addresses_of_links_that_point_outside_are_written_out() {
    let site = everything();
    let tab = print(&site, EVERYTHING);
    let after = |selector: &str| {
        tab.text(&format!(
            "getComputedStyle(document.querySelector({selector:?}), '::after').content"
        ))
    };
    let address = "https://istio.io/latest/docs/tasks/observability/logs/";
    assert!(after("a.ext").contains(address), "{}", after("a.ext"));
    assert!(!after(".body a[href^='gw__']").contains("gw__"));
}

fn folded_text_is_printed() {
    let site = everything();
    for (page, inside) in [(EVERYTHING, ".body details p"), ("index.html", ".web li")] {
        let tab = print(&site, page);
        let hidden = format!(
            "[...document.querySelectorAll({inside:?})].filter((element) =>
                !element.checkVisibility({{ contentVisibilityAuto: true }})
                    || element.getBoundingClientRect().height < 1
                    || element.closest('details').getBoundingClientRect().bottom
                        < element.getBoundingClientRect().bottom).map((element) => element.innerText)"
        );
        assert_eq!(tab.list(&hidden), [""; 0], "{page}");
        let count = format!("document.querySelectorAll({inside:?}).length");
        assert!(tab.number(&count) > 0.0, "{page}");
    }
}

/// The words of tables that are in more than one line; what `<wbr>` divides is more than one word.
pub const BROKEN: &str = "[...document.querySelectorAll('td, th')].flatMap((cell) => {
        const walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
        const broken = [];
        for (let node = walk.nextNode(); node; node = walk.nextNode()) {
            for (const { index, 0: word } of node.data.matchAll(/[가-힣\\w]+/g)) {
                const range = new Range();
                range.setStart(node, index);
                range.setEnd(node, index + word.length);
                const lines = new Set([...range.getClientRects()].map((rect) => rect.top));
                if (lines.size > 1) broken.push(word);
            }
        }
        return broken;
    })";

/// What a page cannot scroll to is lost on paper.
fn nothing_is_cut_off() {
    let cut = "[...document.body.querySelectorAll('*')].filter((element) => {
            const style = getComputedStyle(element);
            const cuts = style.overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1
                || style.overflowY !== 'visible' && element.scrollHeight > element.clientHeight + 1;
            const box = element.getBoundingClientRect();
            return element.checkVisibility() && !element.closest('.vh')
                && (cuts || box.right > innerWidth + 1);
        }).map((element) => `${element.parentElement.className} > ${element.localName}.${element.className}`
            + ` ${Math.round(element.getBoundingClientRect().right)}`)";
    let everything = everything();
    let bundled = bundled();
    for (site, page) in [
        (&everything, EVERYTHING),
        (&everything, "index.html"),
        (&bundled, "gw__guide-egress-gateway-https.html"),
        (&bundled, "xds__src-envoy-response-flags.html"),
        (&bundled, "arch__runbook-helm-reinstall.html"),
        (&bundled, "index.html"),
        (&bundled, "files.html"),
    ] {
        let tab = print(site, page);
        assert_eq!(tab.list(cut), [""; 0], "{page}");
    }
}

fn paper_is_white_in_every_theme() {
    let site = everything();
    let tab = print(&site, EVERYTHING);
    for chosen in ["", "dark"] {
        tab.evaluate(&format!(
            "document.documentElement.dataset.theme = '{chosen}'"
        ));
        let colors = tab.list(
            "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]",
        );
        assert_eq!(
            colors,
            ["rgb(255, 255, 255)", "rgb(26, 29, 31)"],
            "{chosen:?}"
        );
    }
}

fn a_page_becomes_a_pdf() {
    let site = everything();
    for page in [EVERYTHING, "index.html"] {
        let tab = tab();
        tab.visit(&site.http(page));
        let pdf = tab.pdf();
        assert!(
            pdf.starts_with(b"%PDF-") && pdf.len() > 10_000,
            "{page}: {}",
            pdf.len()
        );
    }
}

fn a_cell_breaks_between_words_and_a_short_table_is_whole() {
    let tab = tab();
    let cells = "| 플래그 | 뜻 | 원인 | 확인하는 방법 | 대응 |\n|--|--|--|--|--|\n\
                 | `UF` | upstream에 연결하지 못했다 | endpoint가 받지 않거나 handshake가 실패했다 | \
                 로그에서 플래그를 찾아 listener와 견주어 본다 | outlierDetection 설정을 다시 살핀다 |\n";
    let wide = "| 플래그 | 이름 | 뜻 | 원인 | 확인하는 방법 | 조치 | 참고 |\n|--|--|--|--|--|--|--|\n\
                | `UF` | UpstreamConnectionFailure | upstream에 연결하지 못했다 | handshake가 실패했다 | \
                `cluster.outbound.upstream_cx_connect_fail` 지표 | \
                connectionPool.http.http1MaxPendingRequests를 올린다 | istio.io/latest/docs/ops |\n";
    let widest = "| RequestAuthentication | 정책 | 뜻 | 하는 일 | 언제부터 있는지 | 무엇이 없는지 | 확인 | 참고 | 비고 |\n\
                |--|--|--|--|--|--|--|--|--|\n| **CustomResourceDefinitions** | 이름 | 서비스메시를 | 플래그를 찾는다 | 오래 | \
                아무것도 | UpstreamConnectionTermination | 없다 | 전혀 |\n";
    let text = format!("# 표\n\n{cells}\n## 넓은 표\n\n{wide}\n## 더 넓은 표\n\n{widest}");
    let site = Open::new(SiteTest::new().doc("gw__note-a", text));
    tab.resize(PAPER, 900);
    tab.as_print(&[]);
    tab.visit(&site.file("gw__note-a.html"));
    assert_eq!(tab.list(BROKEN), [""; 0]);
    assert!(tab.holds("document.documentElement.scrollWidth <= innerWidth"));
    let whole = "getComputedStyle(document.querySelector('.scroll')).breakInside";
    assert_eq!(tab.text(whole), "avoid");
}
