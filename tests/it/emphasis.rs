//! Korean emphasis: what a reader expects, case by case, and the same as another parser finds in
//! two whole archives.
//!
//! Not here: where the sentinels go (`markdown::events`).

use std::fs;

use docsite::markdown::events::Source;
use scraper::{Html, Selector};

use crate::harness::{SiteTest, shared};

fn html(markdown: &str) -> String {
    let source = Source::new(markdown);
    let mut out = String::new();
    pulldown_cmark::html::push_html(&mut out, source.events().map(|(event, _)| event));
    out
}

#[test]
fn every_known_case_reads_as_expected() {
    let Some(folder) = shared("prototypes") else {
        return;
    };
    let cases = fs::read_to_string(folder.join("cjk-emphasis/cases.txt")).unwrap();
    let cases: Vec<(&str, &str)> = cases
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| line.split_once('\t').unwrap())
        .collect();
    assert!(cases.len() > 15, "{}", cases.len());
    for (markdown, expected) in cases {
        // Quotes may stand as they are or as entities.
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

fn agrees_with_comrak(corpus: &str) {
    let Some(folder) = shared("corpora") else {
        return;
    };
    let mut files = 0;
    let mut pieces = 0;
    let mut differing = Vec::new();
    for entry in fs::read_dir(folder.join(corpus).join("markdown")).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
        let (ours, theirs) = (emphasis(&html(&text)), emphasis(&comrak(&text)));
        files += 1;
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
    assert!(
        files > 100 && pieces > 500,
        "{files} files, {pieces} pieces"
    );
    assert_eq!(differing, [""; 0]);
}

#[test]
fn emphasis_in_the_korean_vue_documentation_is_what_comrak_finds() {
    agrees_with_comrak("vue-ko");
}

#[test]
fn emphasis_in_the_rust_book_is_what_comrak_finds() {
    agrees_with_comrak("rust-book");
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
