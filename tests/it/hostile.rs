//! Hostile raw HTML against another cleaner, which parses as a browser does: it would remove nothing of
//! what ours lets through, and what is parsed and written again is the same.
//!
//! Not here: what a real browser makes of it (`tests/browser/hostile`).

use std::fmt::Write as _;

use proptest::prelude::*;
use scraper::{Html, Node};

use crate::hostile_inputs::{HOSTILE, cleaned};
use crate::{oracle, removed};

/// The body of a document.
fn rendered(markdown: &str) -> String {
    removed::rendered(markdown).0
}

/// The tree that a parser makes, one node a line. A `<pre>` loses its first line end each time it is
/// parsed.
fn tree(html: &str) -> String {
    let parsed = Html::parse_fragment(html);
    let mut out = String::new();
    for node in parsed.tree.root().descendants() {
        let depth = node.ancestors().count();
        match node.value() {
            Node::Element(element) => {
                let mut attributes: Vec<String> = element
                    .attrs
                    .iter()
                    .map(|(name, value)| format!("{}={value:?}", name.local))
                    .collect();
                attributes.sort();
                let name = &element.name;
                let _ = writeln!(out, "{depth} {}|{} {attributes:?}", name.ns, name.local);
            }
            Node::Text(text) if !text.trim().is_empty() => {
                let _ = writeln!(out, "{depth} {:?}", text.trim_start_matches('\n'));
            }
            _ => {}
        }
    }
    out
}

#[track_caller]
fn holds(html: &str, of: &str) {
    let found = tree(html);
    assert_eq!(
        found,
        tree(&oracle::clean(html)),
        "the other cleaner removes something\n{of}\n{html}"
    );
    let again = Html::parse_fragment(html).root_element().inner_html();
    assert_eq!(
        found,
        tree(&again),
        "another tree the second time\n{of}\n{html}"
    );
}

#[test]
fn what_is_let_through_is_what_another_cleaner_lets_through() {
    for input in HOSTILE {
        holds(&cleaned(&[input]), input);
        holds(&cleaned(&[input, "\n", input]), input);
        for (at, _) in input.char_indices() {
            holds(&cleaned(&[&input[..at], &input[at..]]), input);
        }
    }
}

#[test]
fn markdown_around_it_keeps_its_structure() {
    let mut seen = 0;
    for input in HOSTILE {
        let line = input.replace('\n', " ");
        let markdown = format!(
            "# T\n\n{input}\n\n**뒤** <b>{line} *x*\n\n> {line}\n\n- a {line}\n\n| h |\n|---|\n| {line} |\n\n## 끝\n"
        );
        let html = rendered(&markdown);
        let parsed = Html::parse_fragment(&html);
        let active = scraper::Selector::parse("script, [onerror], [onclick]").unwrap();
        assert_eq!(parsed.select(&active).count(), 0, "{input}\n{html}");
        let end = scraper::Selector::parse("h2[id='끝']").unwrap();
        let end = parsed.select(&end).next();
        // A `<style>` that is never closed hides what follows, as in a browser.
        let Some(end) = end else {
            continue;
        };
        // An element that is never closed holds what follows, but only where it began: what it
        // began within a paragraph or a quote ends with that.
        let above = end.ancestors().filter_map(scraper::ElementRef::wrap);
        let above: Vec<&str> = above.map(|element| element.value().name()).collect();
        let is_kept = !above.contains(&"blockquote") && !above.contains(&"p");
        assert!(is_kept, "{above:?} of {input}\n{html}");
        seen += 1;
    }
    assert!(seen > HOSTILE.len() * 2 / 3, "{seen}");
}

const TAGS: &[&str] = &[
    "a",
    "b",
    "br",
    "caption",
    "col",
    "dd",
    "details",
    "div",
    "dt",
    "h1",
    "h3",
    "i",
    "img",
    "li",
    "math",
    "mtext",
    "noscript",
    "object",
    "ol",
    "p",
    "pre",
    "rp",
    "rt",
    "ruby",
    "script",
    "select",
    "span",
    "style",
    "summary",
    "svg",
    "table",
    "tbody",
    "td",
    "template",
    "textarea",
    "th",
    "title",
    "tr",
    "ul",
    "xmp",
    "desc",
    "g",
    "path",
    "foreignObject",
    "form",
    "input",
    "option",
    "table",
    "tr",
    "td",
    "p",
    "a",
    "b",
];
const EXTRAS: &[&str] = &[
    "x",
    " ",
    "\n",
    "<",
    ">",
    "&",
    "&lt;",
    "\"",
    "'",
    "/",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<!",
    "</",
    "=",
    "\0",
    "가",
    "<a href=javascript:x>",
    "<p onclick=x>",
    "<a title=\"</a><img onerror=x>\">",
    "<input type=checkbox>",
];

fn soup() -> impl Strategy<Value = Vec<String>> {
    let tag = (prop::sample::select(TAGS), 0..4_u8).prop_map(|(name, kind)| match kind {
        0 => format!("</{name}>"),
        1 => format!("<{name} id=\"a\" class='b' x>"),
        2 => format!("<{name}/>"),
        _ => format!("<{name}>"),
    });
    let extra = prop::sample::select(EXTRAS).prop_map(str::to_owned);
    let token = prop_oneof![3 => tag, 1 => extra];
    let piece = prop::collection::vec(token, 0..12).prop_map(|tokens| tokens.concat());
    prop::collection::vec(piece, 1..4)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn soup_is_let_through_as_another_cleaner_lets_it_through(pieces in soup()) {
        let pieces: Vec<&str> = pieces.iter().map(String::as_str).collect();
        holds(&cleaned(&pieces), &format!("{pieces:?}"));
    }
}
