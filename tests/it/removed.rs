//! Elements that are removed with their content take nothing with them that is in another block.
//!
//! Not here: the cleaner's rules one by one (`markdown::clean`), and what a browser makes of the rest.

use docsite::markdown::compile;
use docsite::markdown::events::Source;
use docsite::markdown::highlight::Highlighter;
use docsite::markdown::html::{self, Context};
use docsite::markdown::labels::Labels;
use docsite::place::Locator;
use proptest::prelude::*;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::harness::SiteTest;

/// Each with `AFTER` behind what is removed, in a heading.
const CASES: [&str; 12] = [
    "<details><summary>s</summary><script>\nlet a\n\nlet b\n</script>\n</details>",
    "<iframe src=\"x\">\n\nfoo </iframe> z",
    "<div><style>\n\nx\n\n</style>A",
    "<div><script>y\n\n</script> z <b>q</b></div>",
    "<details><summary>s</summary><iframe src=x>\n\n</iframe></details>",
    "<details><iframe>\n\n</iframe> LOST1\nLOST2\n</details>",
    "<div>\n<script>\n\nx\n\n</script>\n</div>",
    "<iframe src=x />",
    "<object>",
    "<noscript>",
    "<template>",
    "- a <textarea>\n  - b\n\n  c <object>\n  > d",
];

/// The body of a document, and the ids of its headings.
pub fn rendered(markdown: &str) -> (String, Vec<String>) {
    let places = Locator::new(markdown, 0);
    let (outline, body) = compile::compile(&Source::new(markdown), &places, &Labels::default());
    let context = Context {
        outline: &outline,
        title_heading: None,
        links: &[],
        diagrams: &[],
        labels: &Labels::default(),
        trusted: false,
        picture: |_, _| None,
        highlighter: &Highlighter::default(),
    };
    let html = html::render(&body, &context);
    let ids = outline.headings.iter().map(|heading| heading.id.clone());
    (html, ids.collect())
}

/// The words of Markdown that is in one block with no raw HTML.
fn words(markdown: &str) -> Vec<String> {
    let (mut found, mut block, mut is_plain) = (Vec::new(), Vec::new(), true);
    for event in Parser::new(markdown) {
        match event {
            Event::Text(text) => block.extend(text.split(' ').map(str::to_owned)),
            Event::InlineHtml(_) => is_plain = false,
            Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::Item | Tag::HtmlBlock)
            | Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item) => {
                let block = std::mem::take(&mut block);
                found.extend(block.into_iter().filter(|_| is_plain));
                is_plain = true;
            }
            _ => {}
        }
    }
    found.retain(|word| word.starts_with('W'));
    found
}

/// Every element ends, in the order in which they nest. No attribute and no text has a `<`.
#[track_caller]
fn is_balanced(html: &str, of: &str) {
    let mut open = Vec::new();
    for tag in html.split('<').skip(1) {
        let name = tag.split([' ', '>', '\n']).next().unwrap_or_default();
        match name.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name), "{of}\n{html}"),
            None if matches!(name, "br" | "hr" | "img" | "input") => {}
            None => open.push(name),
        }
    }
    assert!(open.is_empty(), "{open:?} of {of}\n{html}");
}

#[track_caller]
fn loses_nothing(markdown: &str) {
    let (html, ids) = rendered(markdown);
    for id in ids {
        let id = format!("id=\"{id}\"");
        assert!(html.contains(&id), "no {id} of {markdown}\n{html}");
    }
    for word in words(markdown) {
        assert!(html.contains(&word), "no {word} of {markdown}\n{html}");
    }
    assert!(!html.contains("<script"), "{markdown}\n{html}");
    is_balanced(&html, markdown);
}

#[test]
fn nothing_behind_the_block_of_a_removed_element_is_lost() {
    for case in CASES {
        let markdown = format!("# T\n\nS.\n\n{case}\n\n## AFTER\n\nWend.\n");
        loses_nothing(&markdown);
        let (html, ids) = rendered(&markdown);
        assert_eq!(ids.last().map(String::as_str), Some("after"), "{case}");
        assert_eq!(
            html.contains("LOST2"),
            case.contains("LOST2"),
            "{case}\n{html}"
        );
    }
}

#[test]
fn a_page_has_what_its_contents_name_and_what_was_around_ends_where_it_is_closed() {
    for (at, case) in CASES.iter().enumerate() {
        let text = format!("# T\n\nS.\n\n{case}\n\n## AFTER\n\nWend.\n\n## 끝\n");
        let site = SiteTest::new().doc("gw__note-a", text);
        site.rebuild().ends(0);
        let page = site.page("public/gw__note-a.html");
        assert_eq!(page.count("article h2[id=after]"), 1, "{case}");
        assert!(page.text("article").contains("Wend."), "{case}");
        if [0, 4, 5, 6].contains(&at) {
            let inside = "article :is(details, div:not([class])) h2[id=after]";
            assert_eq!(page.count(inside), 0, "{case}");
        }
    }
}

#[test]
fn script_that_spans_blocks_is_text_and_is_reported() {
    let text = "# T\n\nS.\n\n<div><script>\n\n\"<img src=x onerror=steal()>\"\n\n</script></div>\n";
    let site = SiteTest::new().doc("gw__note-a", text);
    let run = site.rebuild().ends(0);
    run.complains("markdown/gw__note-a.md:5:6: warning[raw-html]: raw HTML: <script> is removed");
    let page = site.page("public/gw__note-a.html");
    assert_eq!(page.count("article script, [onerror]"), 0);
}

const NAMES: [&str; 13] = [
    "iframe", "object", "noscript", "template", "textarea", "style", "script", "title", "xmp",
    "select", "div", "details", "b",
];

fn document() -> impl Strategy<Value = String> {
    let tag = (prop::sample::select(&NAMES[..]), 0..5_u8).prop_map(|(name, kind)| match kind {
        0 | 1 => format!("</{name}>"),
        2 => format!("<{name}/>"),
        _ => format!("<{name}>"),
    });
    let token = prop_oneof![4 => tag, 2 => Just(" W# ".to_owned()), 1 => Just("\n".to_owned()),
        1 => Just("*W#*".to_owned())];
    let tags = prop::collection::vec(token, 1..6).prop_map(|tokens| tokens.concat());
    let before = prop::sample::select(vec!["", "", "<div>", "W# ", "- ", "> ", "- W# ", "## W# "]);
    let raw = (before, tags).prop_map(|(before, tags)| format!("{before}{tags}"));
    let plain = prop::sample::select(vec!["W#", "## W#", "- W#\n- W#", "> W#", "W# *W#*"]);
    let plain = plain.prop_map(str::to_owned);
    let space = prop::sample::select(vec!["\n\n", "\n\n", "\n", "\n\n  "]);
    let block = (prop_oneof![raw, plain], space).prop_map(|(block, end)| block + end);
    prop::collection::vec(block, 1..9).prop_map(|blocks| {
        let text = blocks.concat();
        let mut parts = text.split('#').enumerate().peekable();
        let mut out = String::from("# T\n\nS.\n\n");
        while let Some((at, part)) = parts.next() {
            out.push_str(part);
            if parts.peek().is_some() {
                let is_word = part.ends_with('W');
                out.push_str(&if is_word {
                    format!("{at}.")
                } else {
                    "#".to_owned()
                });
            }
        }
        out
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn random_removed_elements_lose_nothing_of_other_blocks(markdown in document()) {
        loses_nothing(&markdown);
    }
}
