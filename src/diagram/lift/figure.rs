//! The element around a picture that belongs to the picture alone: its caption, the diagram's
//! source in it, and its other text.
//!
//! Not here: which element that is (see `page`), the picture itself.

use super::blocks::one_line;
use super::tree::Tree;

/// Elements whose text is not part of the document.
const LEFT_OUT: [&str; 8] = [
    "head", "title", "nav", "script", "style", "template", "header", "footer",
];
/// Classes of such elements: heading anchors, links back from footnotes, hidden words, copy
/// buttons.
const LEFT_OUT_CLASSES: [&str; 4] = ["anchor", "back-ref", "vh", "copy"];
/// The most letters beside a picture in an element that belongs to the picture alone.
const SMALL: usize = 200;
/// The most nodes beside the picture in such an element. Without a limit, nested elements would
/// each be read to the innermost.
const MOST_NODES: usize = 1000;

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
        let [mut captions, mut rest] = [Vec::new(), Vec::new()];
        let mut figure = Self::default();
        let is_passed = |node| !matches!(part(tree, node), Part::Large | Part::Inner);
        let mut walk = tree.walk(tree.inside(owner), is_passed);
        for node in walk.by_ref().take(MOST_NODES) {
            match part(tree, node) {
                Part::Passed => {}
                Part::Caption => captions.push(caption(tree, node)),
                Part::Source => {
                    figure.source.get_or_insert_with(|| source(tree, node));
                }
                Part::Large => figure.is_large = true,
                Part::Inner => rest.extend(tree.text(node).map(one_line)),
            }
        }
        let [mut caption, mut rest] = [captions, rest].map(|texts| one_line(&texts.join(" ")));
        let is_long = rest.chars().count() > SMALL;
        // Without a `figcaption`, the line under a picture is its caption.
        if caption.is_empty() && !is_long {
            std::mem::swap(&mut caption, &mut rest);
        }
        figure.is_large |= is_long || walk.next().is_some();
        [figure.caption, figure.rest] =
            [caption, rest].map(|text| Some(text).filter(|text| !text.is_empty()));
        figure
    }
}

/// Whether an element's text is not part of the document.
pub(super) fn is_left_out(tree: &Tree<'_>, node: usize) -> bool {
    let mut classes = tree.classes(node).split_whitespace();
    LEFT_OUT.contains(&tree.name(node)) || classes.any(|class| LEFT_OUT_CLASSES.contains(&class))
}

enum Part {
    Passed,
    Caption,
    Source,
    /// Only a larger part of the page contains it.
    Large,
    Inner,
}

fn part(tree: &Tree<'_>, node: usize) -> Part {
    match tree.name(node) {
        "svg" | "summary" | "button" => Part::Passed,
        "figcaption" => Part::Caption,
        "pre" => Part::Source,
        _ if is_left_out(tree, node) => Part::Passed,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "table" | "ul" | "ol" | "dl" => Part::Large,
        _ if tree.classes(node).contains("caption") => Part::Caption,
        _ => Part::Inner,
    }
}

/// The content of a `<pre>`: a line break at its start does not count.
fn source(tree: &Tree<'_>, node: usize) -> String {
    let text = tree.text_inside(node, None);
    text.strip_prefix('\n').unwrap_or(&text).to_owned()
}

/// A caption's text, without the note in small letters that docsite appends.
fn caption(tree: &Tree<'_>, node: usize) -> String {
    let large = one_line(&tree.text_inside(node, Some("small")));
    if large.is_empty() {
        return one_line(&tree.text_inside(node, None));
    }
    large
}
