//! The element around a picture that belongs to the picture alone: its caption, the diagram's
//! source in it, and its other text.
//!
//! Not here: which element that is (see `page`), the picture itself.

use scraper::ElementRef;

use super::tree::{Kind, Tree, has_class, name};

/// Elements whose text is not part of the document.
const LEFT_OUT: [&str; 6] = ["nav", "script", "style", "template", "header", "footer"];
/// Classes of such elements: heading anchors, links back from footnotes, hidden words, copy
/// buttons.
const LEFT_OUT_CLASSES: [&str; 4] = ["anchor", "back-ref", "vh", "copy"];
/// The most letters beside a picture in an element that belongs to the picture alone.
const SMALL: usize = 200;
/// The most nodes beside the picture in such an element. Without a limit, nested elements would
/// each be read to the innermost.
const MOST_NODES: usize = 1000;
/// Elements that only a larger part of the page contains.
const LARGE_CONTENT: [&str; 10] = [
    "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "dl",
];

/// What an element contains beside its `<svg>`s.
#[derive(Debug, Clone, Default)]
pub(super) struct Figure {
    pub(super) caption: Option<String>,
    pub(super) source: Option<String>,
    pub(super) rest: Option<String>,
    /// It has too much content to be one picture's element.
    pub(super) is_large: bool,
}

impl Figure {
    pub(super) fn read(tree: &Tree<'_>, owner: usize) -> Self {
        let mut texts = Texts::default();
        let mut node = owner + 1;
        let mut left = MOST_NODES;
        while node < tree.end(owner) && left > 0 {
            node = texts.add(tree, node);
            left -= 1;
        }
        let is_long = texts.rest.chars().count() > SMALL;
        // Without a `figcaption`, the line under a picture is its caption.
        if texts.caption.is_empty() && !is_long {
            std::mem::swap(&mut texts.caption, &mut texts.rest);
        }
        Figure {
            caption: Some(texts.caption).filter(|caption| !caption.is_empty()),
            source: texts.source,
            rest: Some(texts.rest).filter(|rest| !rest.is_empty()),
            is_large: is_long || left == 0 || texts.has_large_content,
        }
    }
}

/// Whether an element's text is not part of the document.
pub(super) fn is_left_out(element: ElementRef<'_>) -> bool {
    LEFT_OUT.contains(&name(element))
        || LEFT_OUT_CLASSES
            .iter()
            .any(|class| has_class(element, class))
}

#[derive(Default)]
struct Texts {
    caption: String,
    source: Option<String>,
    rest: String,
    has_large_content: bool,
}

impl Texts {
    /// Adds a node's text to the field it belongs to, and returns the node to continue at.
    fn add(&mut self, tree: &Tree<'_>, node: usize) -> usize {
        match part(tree, node) {
            Part::Passed => return tree.end(node),
            Part::Caption => {
                push_text(&mut self.caption, &caption(tree, node));
                return tree.end(node);
            }
            Part::Source => {
                self.source.get_or_insert_with(|| plain(tree, node));
                return tree.end(node);
            }
            Part::Large => self.has_large_content = true,
            Part::Inner => {
                if let Kind::Text(text) = tree.kind(node) {
                    push_text(&mut self.rest, text);
                }
            }
        }
        node + 1
    }
}

enum Part {
    Passed,
    Caption,
    Source,
    Large,
    Inner,
}

fn part(tree: &Tree<'_>, node: usize) -> Part {
    let Some(element) = tree.element(node) else {
        return Part::Inner;
    };
    let classes = tree.attribute(node, "class").unwrap_or_default();
    match name(element) {
        "svg" | "summary" | "button" => Part::Passed,
        "figcaption" => Part::Caption,
        "pre" => Part::Source,
        _ if is_left_out(element) => Part::Passed,
        name if LARGE_CONTENT.contains(&name) => Part::Large,
        _ if classes.contains("caption") => Part::Caption,
        _ => Part::Inner,
    }
}

/// A caption's text, without the note in small letters that docsite appends.
fn caption(tree: &Tree<'_>, node: usize) -> String {
    let mut whole = String::new();
    let mut large = String::new();
    let mut small_end = 0;
    for inner in node + 1..tree.end(node) {
        if tree.name(inner) == "small" {
            small_end = tree.end(inner).max(small_end);
        }
        if tree.name(inner) == "br" {
            whole.push(' ');
            large.push(' ');
        }
        if let Kind::Text(text) = tree.kind(inner) {
            whole.push_str(text);
            if inner >= small_end {
                large.push_str(text);
            }
        }
    }
    let (whole, large) = (collapsed(&whole), collapsed(&large));
    if large.is_empty() { whole } else { large }
}

fn plain(tree: &Tree<'_>, node: usize) -> String {
    let texts = (node + 1..tree.end(node)).filter_map(|inner| match tree.kind(inner) {
        Kind::Text(text) => Some(text),
        _ => None,
    });
    texts.collect()
}

/// Adds a text after a blank, whitespace collapsed.
fn push_text(out: &mut String, text: &str) {
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
}

fn collapsed(text: &str) -> String {
    let mut out = String::new();
    push_text(&mut out, text);
    out
}
