//! Blocks of code: highlighting in every language, titles, marked and numbered lines, sessions; and
//! what no text may do to them. `tests/code/` has a sample of each language.
//!
//! Not here: what a browser does with them (copying, scrolling).

use std::fs;
use std::path::Path;

use docsite::markdown::code;
use docsite::markdown::fence::Fence;
use docsite::markdown::highlight::Highlighter;
use proptest::prelude::*;
use scraper::{Html, Selector};

use crate::harness::SiteTest;
use crate::reader::Page;

/// Languages, and what their samples are read as: comment, keyword, string, number, type, function,
/// property, variable, tag, attribute, meta, inserted, deleted, prompt, output.
const LANGUAGES: [(&str, &str); 28] = [
    ("bash", "c k s d f v"),
    ("console", "c ps o f s d"),
    ("css", "c k s d a p f"),
    ("diff", "m i x"),
    ("dockerfile", "c k s d f"),
    ("go", "c k s d t f"),
    ("haproxy", "c k s d t p"),
    ("hcl", "c k s d p"),
    ("html", "c g a s k"),
    ("http", "k d p s"),
    ("ini", "c t p"),
    ("java", "c k s d t f a"),
    ("javascript", "c k s d t f"),
    ("json", "p s d"),
    ("lua", "c k s d f"),
    ("make", "c k s f p"),
    ("nginx", "c k s d v"),
    ("promql", "c k s d f p"),
    ("proto", "c k t d f"),
    ("python", "c k s d t f"),
    ("rego", "c k s d f"),
    ("rust", "c k s d t f a"),
    ("sql", "c k s d t f"),
    ("toml", "c p s d"),
    ("tsx", "c k s d t g a"),
    ("typescript", "c k s d t"),
    ("xml", "c g p s d"),
    ("yaml", "c p s d v"),
];

fn sample(language: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/code");
    fs::read_to_string(folder.join(format!("sample.{language}"))).unwrap()
}

fn fenced(info: &str, code: &str) -> String {
    format!("````{info}\n{code}````\n\n")
}

fn page(text: &str) -> Page {
    let site = SiteTest::new().doc("gw__note-a", text);
    site.rebuild().ok();
    site.page("public/gw__note-a.html")
}

/// The text of the first such element, as a browser reads it.
fn text_in(html: &Html, selector: &str) -> String {
    let selector = Selector::parse(selector).unwrap();
    html.select(&selector).next().unwrap().text().collect()
}

fn text_of(figure: &str) -> String {
    text_in(&Html::parse_fragment(figure), "code")
}

#[test]
fn every_language_is_highlighted_and_keeps_its_text() {
    let text: String = LANGUAGES
        .iter()
        .map(|(language, _)| fenced(language, &sample(language)))
        .collect();
    let page = page(&text);
    assert_eq!(page.count("figure.code"), LANGUAGES.len());
    for (language, classes) in LANGUAGES {
        let code = format!("code.language-{language}");
        assert_eq!(text_in(&page.html, &code), sample(language), "{language}");
        for class in classes.split(' ') {
            let count = page.count(&format!("{code} .{class}"));
            assert!(count > 0, "{language} has no .{class}");
        }
    }
}

#[test]
fn an_alias_is_read_as_its_language() {
    for (alias, language) in [
        ("yml", "yaml"),
        ("YAML", "yaml"),
        ("sh", "bash"),
        ("shell", "bash"),
        ("js", "javascript"),
        ("ts", "typescript"),
        ("golang", "go"),
        ("Dockerfile", "dockerfile"),
        ("protobuf", "proto"),
        ("terraform", "hcl"),
        ("Makefile", "make"),
        ("patch", "diff"),
        ("shell-session", "console"),
        ("rust,ignore", "rust"),
    ] {
        let highlighter = Highlighter::default();
        let name = Fence::parse(alias).language;
        let code = sample(language);
        let tokens = highlighter.tokens(&name, &code);
        assert!(!tokens.is_empty(), "{alias}");
        assert_eq!(tokens, highlighter.tokens(language, &code), "{alias}");
    }
}

#[test]
fn an_unknown_language_is_plain_and_no_error() {
    let page = page(&(fenced("brainfuck", "+[<b>&]\n") + &fenced("", "a: 1\n") + "    a: 1\n"));
    assert_eq!(page.count("figure.code"), 3);
    assert_eq!(page.count("figure.code code span"), 0);
    assert_eq!(text_in(&page.html, "code"), "+[<b>&]\n");
}

#[test]
fn a_title_marks_and_numbers() {
    let info = "yaml title=\"게이트웨이 <1>.yaml\" {3-5,8,900} showLineNumbers";
    let page = page(&fenced(info, &"a: 1\n".repeat(9)));
    assert_eq!(page.text("figure.code figcaption"), "게이트웨이 <1>.yaml");
    assert_eq!(page.count(".ln"), 9);
    assert_eq!(page.attrs(".ln.hl", "data-n"), ["3", "4", "5", "8"]);
    assert_eq!(text_in(&page.html, "code"), "a: 1\n".repeat(9));
}

#[test]
fn code_can_be_reached_and_scrolled_by_keyboard_and_the_words_for_copying_are_there() {
    let page = page(&fenced("yaml", "a: 1\n"));
    assert_eq!(page.attrs("figure.code pre", "tabindex"), ["0"]);
    assert_eq!(page.attrs("body", "data-copy"), ["Copy"]);
    assert_eq!(page.attrs("body", "data-copied"), ["Copied"]);
    assert_eq!(page.count("figure.code button"), 0, "the script makes it");
}

#[test]
fn the_title_of_a_diagram_is_its_caption() {
    let page = page(&fenced(
        "mermaid {#flow} title=\"흐름\"",
        "graph TD\n  a --> b\n",
    ));
    assert!(page.text("figure.dia figcaption").starts_with("흐름"));
}

#[test]
fn raw_html_on_the_page_changes_no_code() {
    let code = fenced("yaml title=\"a&b\" {1} showLineNumbers", &sample("yaml"))
        + &fenced("console", &sample("console"));
    let figures = |text: &str| {
        let page = page(text);
        let start = page.source.find("<figure").unwrap();
        let end = page.source.rfind("</figure>").unwrap();
        page.source[start..end].to_owned()
    };
    assert_eq!(figures(&format!("<b>raw</b>\n\n{code}")), figures(&code));
}

#[test]
fn garbage_in_every_language_ends_and_stays_what_it_is() {
    let lines = |line: &str| line.repeat(200_000 / line.len());
    let hostile = [
        "x".repeat(200_000),
        "(".repeat(4_000),
        lines("([{<\"'`\n"),
        lines("/*\n"),
        lines("<a>\n"),
        lines("- - - ? : a\n"),
        lines("$(<<A \"\n"),
        lines(&format!("{}a\n", "- ".repeat(150))),
    ];
    let highlighter = Highlighter::default();
    for (language, _) in LANGUAGES {
        let fence = Fence::parse(&format!("{language} {{2}}"));
        for text in &hostile {
            // All of it, and as much as is not refused for its length alone.
            for length in [text.len(), 4_000.min(text.len())] {
                let html = code::figure(&fence, &text[..length], &highlighter);
                assert_eq!(text_of(&html), text[..length], "{language}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 64,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_text_of_a_figure_is_the_code(
        language in prop::sample::select(&LANGUAGES[..]),
        noise in "[ -~가-힣\n\t]{0,80}",
        at in any::<prop::sample::Index>(),
        info in "[ -~]{0,30}",
    ) {
        let mut code = sample(language.0);
        let at = code.floor_char_boundary(at.index(code.len()));
        code.insert_str(at, &noise);
        let fence = Fence::parse(&format!("{} {info}", language.0));
        let highlighter = Highlighter::default();
        let html = code::figure(&fence, &code, &highlighter);
        prop_assert_eq!(text_of(&html), code);
    }
}

fn cached() -> SiteTest {
    let site = SiteTest::new().doc("gw__note-a", fenced("yaml", &sample("yaml")));
    site.rebuild().ok();
    assert!(site.has(".docsite/cache/code"));
    site
}

#[test]
fn no_damage_to_the_cache_changes_a_byte() {
    let site = cached();
    let before = site.output();
    let cache = site.bytes(".docsite/cache/code");
    let damages: [(&str, &dyn Fn()); 5] = [
        ("gone", &|| site.remove(".docsite/cache")),
        ("cut", &|| site.write(".docsite/cache/code", &cache[..40])),
        ("foreign", &|| site.write(".docsite/cache/code", "x")),
        ("a folder", &|| {
            site.remove(".docsite/cache/code");
            site.write(".docsite/cache/code/x", "x");
        }),
        ("a link", &|| {
            site.remove(".docsite/cache");
            fs::create_dir_all(site.path("../elsewhere")).unwrap();
            site.link(".docsite/cache", "../../elsewhere");
        }),
    ];
    for (what, damage) in damages {
        damage();
        site.remove("public/gw__note-a.html");
        site.render("gw__note-a").ok();
        assert_eq!(before.changed(&site.output()), [""; 0], "{what}");
    }
    assert!(
        !site.has("../elsewhere/code"),
        "nothing is written out of the site"
    );
}

#[test]
fn a_cache_is_written_only_for_what_is_new() {
    let site = cached();
    site.writes_nothing(&["rebuild"]).ok();
    site.writes_nothing(&["rebuild", "--dry-run"]).ok();
    site.age();
    let written = || {
        let metadata = fs::metadata(site.path(".docsite/cache/code"));
        metadata.unwrap().modified().unwrap()
    };
    let before = written();
    site.edit("markdown/gw__note-a.md", |text| format!("앞말\n\n{text}"));
    site.rebuild().ok();
    assert_eq!(written(), before);
}

/// Relative luminance, as WCAG counts it.
fn luminance(colour: &str) -> f64 {
    let channel = |at: usize| {
        let value = u8::from_str_radix(&colour[at..at + 2], 16).unwrap();
        let value = f64::from(value) / 255.0;
        if value <= 0.040_45 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

#[test]
fn every_colour_of_code_has_contrast_to_its_background() {
    let css = include_str!("../../assets/docsite/style/base.css");
    let colours = |name: &str| -> [f64; 2] {
        let (_, rest) = css
            .split_once(&format!("--{name}: light-dark("))
            .expect(name);
        let (pair, _) = rest.split_once(')').unwrap();
        let mut pair = pair.split(", ").map(luminance);
        [pair.next().unwrap(), pair.next().unwrap()]
    };
    let inks = [
        "c-key", "c-kw", "c-str", "c-num", "c-del", "c-com", "accent", "ink", "ink-2",
    ];
    for ground in ["sunk", "c-hl"] {
        let behind = colours(ground);
        for ink in inks {
            for (front, behind) in colours(ink).into_iter().zip(behind) {
                let (high, low) = (front.max(behind), front.min(behind));
                let contrast = (high + 0.05) / (low + 0.05);
                assert!(contrast >= 4.5, "{ink} on {ground}: {contrast:.2}");
            }
        }
    }
}
