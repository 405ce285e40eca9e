//! Korean emphasis: what a reader expects, case by case, and the same as another parser finds in
//! two whole archives.
//!
//! Not here: where the sentinels go (`markdown::events`).

use std::fs;
use std::path::Path;

use docsite::markdown::events::Source;
use scraper::{Html, Selector};

use crate::harness::SiteTest;
use crate::samples;

fn html(markdown: &str) -> String {
    let source = Source::new(markdown);
    let mut out = String::new();
    pulldown_cmark::html::push_html(&mut out, source.events().map(|(event, _)| event));
    out
}

/// Markdown, and the HTML in its paragraph: emphasis that a particle follows, which the
/// specification leaves as asterisks, and what must stay as it is.
const CASES: [(&str, &str); 20] = [
    ("**\"말\"**은", "<strong>\"말\"</strong>은"),
    ("**메시(mesh)**를", "<strong>메시(mesh)</strong>를"),
    ("**`go`**는", "<strong><code>go</code></strong>는"),
    ("**15%**가", "<strong>15%</strong>가"),
    ("**그만!**다시", "<strong>그만!</strong>다시"),
    ("**《글》**에", "<strong>《글》</strong>에"),
    (
        "**[문서](a.html)**와",
        "<strong><a href=\"a.html\">문서</a></strong>와",
    ),
    ("**F#**로", "<strong>F#</strong>로"),
    ("~~옛것(1.0)~~은", "<del>옛것(1.0)</del>은"),
    ("뒤**`x`**앞", "뒤<strong><code>x</code></strong>앞"),
    ("*약하게(나)*는", "<em>약하게(나)</em>는"),
    ("***둘(다)***은", "<em><strong>둘(다)</strong></em>은"),
    ("**글자**가", "<strong>글자</strong>가"),
    ("**주의**: 글", "<strong>주의</strong>: 글"),
    ("**`x`만**을", "<strong><code>x</code>만</strong>을"),
    ("3 * 4 * 5", "3 * 4 * 5"),
    ("이름_하나_를", "이름_하나_를"),
    ("\\**\"말\"\\**은", "**\"말\"**은"),
    ("`**\"말\"**은`", "<code>**\"말\"**은</code>"),
    (
        "**가.**와 **나?**",
        "<strong>가.</strong>와 <strong>나?</strong>",
    ),
];

#[test]
fn every_known_case_reads_as_expected() {
    for (markdown, expected) in CASES {
        // Quotes may be literal or entities.
        let found = html(markdown).replace("&quot;", "\"");
        assert_eq!(found.trim(), format!("<p>{expected}</p>"), "{markdown}");
    }
}

/// Every piece of emphasis with its text, in order.
fn emphasis(html: &str) -> Vec<(String, String)> {
    let tree = Html::parse_fragment(html);
    tree.select(&Selector::parse("em, strong, del").unwrap())
        .map(|element| {
            let text: String = element.text().collect();
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            (element.value().name().to_owned(), text)
        })
        .collect()
}

fn comrak(markdown: &str) -> String {
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.cjk_friendly_emphasis = true;
    options.render.r#unsafe = true;
    comrak::markdown_to_html(markdown, &options)
}

/// Both parsers find the same in every document of a folder, which has at least so many pieces.
pub fn agrees_with_comrak(folder: &Path, least: usize) {
    let mut pieces = 0;
    let mut differing = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
        let (ours, theirs) = (emphasis(&html(&text)), emphasis(&comrak(&text)));
        pieces += ours.len();
        if ours != theirs {
            let at = ours.iter().zip(&theirs).position(|(a, b)| a != b);
            let at = at.unwrap_or(ours.len().min(theirs.len()));
            differing.push(format!(
                "{}: {:?} / {:?}",
                path.display(),
                ours.get(at),
                theirs.get(at)
            ));
        }
    }
    assert!(pieces >= least, "{pieces} pieces");
    assert_eq!(differing, [""; 0]);
}

#[test]
fn emphasis_in_the_notes_is_what_comrak_finds() {
    agrees_with_comrak(&samples::notes().path("markdown"), 4 * samples::NOTES);
}

#[test]
fn emphasis_in_the_manual_is_what_comrak_finds() {
    agrees_with_comrak(&samples::manual().path("markdown"), 4 * samples::CHAPTERS);
}

#[test]
fn findings_after_emphasis_have_the_right_line_and_column() {
    let text = "# T\n\n**\"인용\"**은 **(나)**를 앞\n**`다`**는 [x](gw__note-none.html) [^없음]\n";
    let site = SiteTest::new().doc("gw__note-a", text);
    site.rebuild()
        .ends(0)
        .complains("markdown/gw__note-a.md:4:34: warning[undefined-footnote]");
    let graph = site.json("public/graph.json");
    assert_eq!(graph["broken"][0]["line"], 4);
    assert_eq!(graph["broken"][0]["column"], 10);
}
