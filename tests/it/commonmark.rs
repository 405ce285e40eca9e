//! The examples of the `CommonMark` specification, through the site's own pipeline with its
//! extensions off and raw HTML trusted. What a page adds to the specified HTML (ids and anchors of
//! headings, figures around code and around pictures with a title, lazy loading) is taken off again here, piece by piece; whatever
//! else differs, differs.
//!
//! Not here: extensions.

use std::fmt::Write as _;

use docsite::markdown::compile;
use docsite::markdown::events::{Dialect, Source};
use docsite::markdown::highlight::Highlighter;
use docsite::markdown::html::{self, Context, LinkHtml};
use docsite::markdown::labels::Labels;
use docsite::place::Locator;
use scraper::{ElementRef, Html, Node, Selector};
use serde::Deserialize;

#[derive(Deserialize)]
struct Example {
    #[serde(rename = "example")]
    number: u32,
    section: String,
    markdown: String,
    html: String,
}

static LABELS: Labels = Labels {
    anchor: "anchor",
    footnotes: "",
    back_to_text: "",
    table: "",
    done: "",
    open: "",
    undrawn: "",
    slot: "",
    diagram: "",
    diagram_source: "",
    newer_source: "",
    alerts: [""; 5],
};

fn rendered(markdown: &str) -> (String, Vec<u8>) {
    let source = Source::of(markdown, Dialect::CommonMark);
    let places = Locator::new(markdown, 0);
    let (outline, body) = compile::compile(&source, &places, &LABELS);
    let links: Vec<LinkHtml> = outline
        .links
        .iter()
        .map(|link| LinkHtml {
            href: Some(link.target.clone()),
            ..LinkHtml::default()
        })
        .collect();
    let context = Context {
        outline: &outline,
        title_heading: None,
        links: &links,
        diagrams: &[],
        labels: &LABELS,
        trusted: true,
        picture: |_, _| None,
        highlighter: &Highlighter::default(),
    };
    let levels = outline.headings.iter().map(|heading| heading.level);
    (html::render(&body, &context), levels.collect())
}

/// The tree of some HTML, one node a line, white space between blocks left out.
fn shape(html: &str) -> String {
    let tree = Html::parse_fragment(html);
    let mut out = String::new();
    for child in tree.root_element().children() {
        if let Some(element) = ElementRef::wrap(child) {
            write_element(element, 0, false, &mut out);
        } else {
            write_leaf(child.value(), 0, false, &mut out);
        }
    }
    out
}

fn write_element(element: ElementRef<'_>, depth: usize, in_pre: bool, out: &mut String) {
    let name = element.value().name();
    let class = element.attr("class").unwrap_or_default();
    if name == "a" && class == "anchor" {
        return;
    }
    let is_figure = name == "figure" && class == "code";
    if name == "figcaption" {
        return;
    }
    let mut depth = depth;
    if !is_figure {
        let mut attributes: Vec<String> = element
            .value()
            .attrs()
            .filter(|(key, _)| !is_ours(name, key))
            .map(|(key, value)| format!("{key}={value:?}"))
            .collect();
        attributes.extend(caption(element).map(|title| format!("title={title:?}")));
        attributes.sort();
        let shown = match (name, class) {
            // The page's title is its one h1.
            ("h1", _) => "h2",
            ("figure", "pic") => "p",
            _ => name,
        };
        writeln!(
            out,
            "{}<{shown} {}>",
            " ".repeat(depth),
            attributes.join(" ")
        )
        .unwrap();
        depth += 1;
    }
    for child in element.children() {
        match ElementRef::wrap(child) {
            Some(child) => write_element(child, depth, in_pre || name == "pre", out),
            None => write_leaf(child.value(), depth, in_pre || name == "pre", out),
        }
    }
}

/// The title of a picture that stands in a figure.
fn caption(element: ElementRef<'_>) -> Option<String> {
    let figure = ElementRef::wrap(element.parent()?)?;
    let is_picture = element.value().name() == "img" && figure.attr("class") == Some("pic");
    let caption = Selector::parse("figcaption").unwrap();
    let caption = figure.select(&caption).next()?;
    is_picture.then(|| caption.text().collect())
}

/// Attributes that the page adds; no example writes them into such an element by Markdown.
fn is_ours(element: &str, attribute: &str) -> bool {
    matches!(
        (element, attribute),
        ("figure", "class")
            | ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", "id")
            | ("pre", "tabindex")
            | ("img", "loading")
    )
}

fn write_leaf(node: &Node, depth: usize, in_pre: bool, out: &mut String) {
    let indent = " ".repeat(depth);
    match node {
        Node::Text(text) if in_pre => writeln!(out, "{indent}{:?}", &**text).unwrap(),
        Node::Text(text) => {
            let words: Vec<&str> = text.split_ascii_whitespace().collect();
            if !words.is_empty() {
                writeln!(out, "{indent}{:?}", words.join(" ")).unwrap();
            }
        }
        Node::Comment(comment) => writeln!(out, "{indent}<!--{}-->", &**comment).unwrap(),
        _ => {}
    }
}

/// Levels of the headings that the specified HTML has and raw HTML did not bring.
fn levels(html: &str) -> Vec<u8> {
    let tree = Html::parse_fragment(html);
    tree.root_element()
        .descendent_elements()
        .filter_map(|element| match element.value().name().as_bytes() {
            [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
            _ => None,
        })
        .collect()
}

#[test]
fn every_example_of_the_specification_gives_the_specified_html() {
    let text = include_str!("../commonmark/examples.json");
    let examples: Vec<Example> = serde_json::from_str(text).unwrap();
    assert!(examples.len() > 600, "{}", examples.len());
    let mut failures = Vec::new();
    for Example {
        number,
        section,
        markdown,
        html,
    } in &examples
    {
        let (rendered, own_levels) = rendered(markdown);
        let (found, specified) = (shape(&rendered), shape(html));
        if found != specified || own_levels != levels(html) {
            failures.push(format!(
                "example {number} ({section}): {markdown:?}\nspecified:\n{specified}found:\n{found}"
            ));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
