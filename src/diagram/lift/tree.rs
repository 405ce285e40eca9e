//! A page as a flat list of nodes in document order, each with its bytes in the page: walks are
//! loops, and skipping an element's content is one step.
//!
//! `lol_html` finds the tags. It does not close what a browser closes by itself (a paragraph before a
//! list, an item before the next one, an `<svg>` before HTML); that is done here. Not here: what any
//! element means, and moving misplaced content as browsers do (text between the cells of a table).

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use lol_html::errors::RewritingError;
use lol_html::html_content::{Element, EndTag, TextChunk, TextType};
use lol_html::{HtmlRewriter, Settings, doc_text, element, end_tag};

use crate::html::decoded;
use crate::html::elements::ends_line;

/// Elements that nest deeper are read as if they had no content. Browsers do not nest deeper either.
const DEEPEST: usize = 512;
const HTML: &str = "http://www.w3.org/1999/xhtml";
/// Elements of SVG whose content is HTML again.
const INTEGRATION: [&str; 3] = ["foreignobject", "desc", "title"];

pub(super) struct Tree<'h> {
    source: &'h str,
    nodes: Vec<Node>,
    line_starts: Vec<usize>,
}

#[derive(Default)]
struct Node {
    parent: usize,
    /// Index after the last node inside this one.
    end: usize,
    bytes: Range<usize>,
    /// The length of its start tag; 0 for a text.
    head: usize,
    /// In lower case; empty for a text.
    name: String,
    /// Names in lower case.
    attributes: Vec<(String, String)>,
    text: String,
    is_foreign: bool,
    is_text: bool,
    /// A text in which nothing is a character reference.
    is_raw: bool,
    /// Its own tags, or an empty one, are its first and last bytes.
    is_whole: bool,
}

impl<'h> Tree<'h> {
    pub(super) fn new(source: &'h str) -> Self {
        Tree {
            source,
            nodes: read(source),
            line_starts: source.match_indices('\n').map(|(at, _)| at + 1).collect(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The index after the last node inside `node`; always greater than `node`.
    pub(super) fn end(&self, node: usize) -> usize {
        self.nodes.get(node).map_or(node + 1, |node| node.end)
    }

    pub(super) fn inside(&self, node: usize) -> Range<usize> {
        node + 1..self.end(node)
    }

    /// The name of an element in lower case; empty for a text.
    pub(super) fn name(&self, node: usize) -> &str {
        self.nodes.get(node).map_or("", |node| &node.name)
    }

    /// A text, with character references resolved.
    pub(super) fn text(&self, node: usize) -> Option<&str> {
        let node = self.nodes.get(node).filter(|node| node.is_text)?;
        Some(&node.text)
    }

    /// `name` is in lower case.
    pub(super) fn attribute(&self, node: usize, name: &str) -> Option<&str> {
        let mut attributes = self.nodes.get(node)?.attributes.iter();
        let (_, value) = attributes.find(|(known, _)| known == name)?;
        Some(value)
    }

    pub(super) fn classes(&self, node: usize) -> &str {
        self.attribute(node, "class").unwrap_or_default()
    }

    pub(super) fn has_class(&self, node: usize, class: &str) -> bool {
        self.classes(node)
            .split_whitespace()
            .any(|own| own == class)
    }

    /// The nodes of a range, without what is inside those for which `is_passed` is true.
    pub(super) fn walk<'t>(
        &'t self,
        range: Range<usize>,
        is_passed: impl Fn(usize) -> bool + 't,
    ) -> impl Iterator<Item = usize> + 't {
        let inside = move |node: usize| Some(node).filter(|node| *node < range.end);
        std::iter::successors(inside(range.start), move |node| {
            inside(if is_passed(*node) {
                self.end(*node)
            } else {
                node + 1
            })
        })
    }

    /// The `<svg>`s of a range that are not inside another.
    pub(super) fn svgs(&self, range: Range<usize>) -> impl Iterator<Item = usize> + '_ {
        let is_svg = |node| self.name(node) == "svg";
        self.walk(range, is_svg).filter(move |node| is_svg(*node))
    }

    /// The texts inside a node, without those in elements of the name `passed`, and with a blank for each
    /// `<br>`.
    pub(super) fn text_inside(&self, node: usize, passed: Option<&str>) -> String {
        let is_passed = |node| passed == Some(self.name(node));
        let walk = self.walk(self.inside(node), is_passed);
        let texts = walk.filter_map(|node| match self.name(node) {
            "br" => Some(" "),
            _ => self.text(node),
        });
        texts.collect()
    }

    /// The nodes around `node`, from the inside, up to but without `root`.
    pub(super) fn around(&self, node: usize, root: usize) -> impl Iterator<Item = usize> {
        let up = |node: usize| self.nodes.get(node).map(|node| node.parent);
        std::iter::successors(up(node), move |above| up(*above))
            .take_while(move |above| *above > root)
    }

    /// Line of the page, from 1, on which a text begins, or an element's start tag ends.
    pub(super) fn line(&self, node: usize) -> usize {
        let at =
            (self.nodes.get(node)).map_or(0, |node| node.bytes.start + node.head.saturating_sub(1));
        self.line_starts.partition_point(|start| *start <= at) + 1
    }

    /// The bytes of an element that has both its tags.
    pub(super) fn written(&self, node: usize) -> Option<&'h str> {
        let node = self.nodes.get(node).filter(|node| node.is_whole)?;
        self.source.get(node.bytes.clone())
    }

    /// An `<svg>` copied from the page, with the end tags that it lacks.
    pub(super) fn outer(&self, svg: usize) -> Cow<'h, str> {
        if let Some(written) = self.written(svg) {
            return Cow::Borrowed(written);
        }
        let Some(bytes) = self.nodes.get(svg).map(|svg| svg.bytes.clone()) else {
            return Cow::Borrowed("");
        };
        let mut out = self
            .source
            .get(bytes.clone())
            .unwrap_or_default()
            .to_owned();
        let inside = self.nodes.get(svg..self.end(svg)).unwrap_or_default();
        let is_open = |node: &&Node| !node.is_whole && !node.is_text && node.bytes.end == bytes.end;
        for node in inside.iter().rev().filter(is_open) {
            let name = self.source.get(node.bytes.start + 1..);
            let name = name.and_then(|name| name.get(..node.name.len()));
            for part in ["</", name.unwrap_or_default(), ">"] {
                out.push_str(part);
            }
        }
        Cow::Owned(out)
    }
}

/// The nodes of a page; the first is the page itself.
fn read(source: &str) -> Vec<Node> {
    let reader = Rc::new(RefCell::new(Reader::default()));
    // What cannot be read to its end is as long as it could be read.
    let _ = scan(source, &reader);
    let mut reader = reader.take();
    while !reader.open.is_empty() {
        reader.pop();
    }
    for node in reader.nodes.iter_mut().filter(|node| node.is_text) {
        let text = source.get(node.bytes.clone()).unwrap_or_default();
        node.text = if node.is_raw {
            text.to_owned()
        } else {
            decoded(text).into_owned()
        };
    }
    reader.nodes
}

fn scan(source: &str, reader: &Rc<RefCell<Reader>>) -> Result<(), RewritingError> {
    let settings = Settings::new()
        .with_strict(false)
        .append_element_content_handler(element!("*", |element| {
            if let Some(number) = reader.borrow_mut().open(element) {
                let reader = Rc::clone(reader);
                element.on_end_tag(end_tag!(move |tag| {
                    reader.borrow_mut().close(number, tag);
                    Ok(())
                }))?;
            }
            Ok(())
        }))
        .append_document_content_handler(doc_text!(|text| {
            reader.borrow_mut().text(text);
            Ok(())
        }));
    let mut rewriter = HtmlRewriter::new(settings, |_: &[u8]| {});
    rewriter.write(source.as_bytes())?;
    rewriter.end()
}

struct Reader {
    nodes: Vec<Node>,
    /// The open elements, the outermost first.
    open: Vec<usize>,
    /// The end of the last tag or text.
    last: usize,
}

impl Default for Reader {
    fn default() -> Self {
        Self {
            nodes: vec![Node::default()],
            open: vec![0],
            last: 0,
        }
    }
}

impl Reader {
    /// Adds an element; its number, if something can be inside it.
    fn open(&mut self, element: &Element<'_, '_>) -> Option<usize> {
        let bytes = element.source_location().bytes();
        let name = element.tag_name();
        // Of an element of SVG whose content is HTML, lol_html reports HTML.
        let is_integration = self.is_in_foreign() && INTEGRATION.contains(&name.as_str());
        let is_foreign = element.namespace_uri() != HTML || is_integration;
        if !is_foreign {
            self.make_room(&name);
        }
        let is_container = element.can_have_content();
        let attributes = element.attributes().iter();
        self.last = bytes.end;
        let number = self.push(Node {
            head: bytes.len(),
            bytes,
            name,
            attributes: attributes
                .map(|own| (own.name(), decoded(&own.value()).into_owned()))
                .collect(),
            is_foreign,
            is_whole: !is_container,
            ..Node::default()
        });
        let is_read = is_container && self.open.len() < DEEPEST;
        is_read.then(|| self.open.push(number))?;
        Some(number)
    }

    fn push(&mut self, node: Node) -> usize {
        let number = self.nodes.len();
        self.nodes.push(Node {
            parent: self.open.last().copied().unwrap_or_default(),
            end: number + 1,
            ..node
        });
        number
    }

    fn text(&mut self, text: &TextChunk<'_>) {
        let bytes = text.source_location().bytes();
        if bytes.is_empty() {
            return;
        }
        self.last = bytes.end;
        match self.nodes.last_mut() {
            // A text may come in parts.
            Some(node) if node.is_text && node.bytes.end == bytes.start => {
                node.bytes.end = bytes.end;
            }
            _ => {
                let is_raw = !matches!(text.text_type(), TextType::Data | TextType::RCData);
                self.push(Node {
                    bytes,
                    is_text: true,
                    is_raw,
                    ..Node::default()
                });
            }
        }
    }

    /// Closes an element at its own end tag. `lol_html` also reports the end tags of elements around
    /// it.
    fn close(&mut self, number: usize, tag: &EndTag<'_>) {
        let Ok(at) = self.open.binary_search(&number) else {
            return;
        };
        if self
            .nodes
            .get(number)
            .is_none_or(|node| node.name != tag.name())
        {
            return;
        }
        self.close_down_to(at + 1);
        self.last = tag.source_location().bytes().end;
        if let Some(node) = self.nodes.get_mut(number) {
            node.is_whole = true;
        }
        self.pop();
    }

    fn close_down_to(&mut self, length: usize) {
        while self.open.len() > length {
            self.pop();
        }
    }

    fn pop(&mut self) {
        let end = self.nodes.len();
        let top = self.open.pop().and_then(|top| self.nodes.get_mut(top));
        if let Some(node) = top {
            node.end = end;
            node.bytes.end = self.last;
        }
    }

    /// Closes what a start tag of HTML ends.
    fn make_room(&mut self, name: &str) {
        while self.is_in_foreign() {
            self.pop();
        }
        let (ended, limits) = ended_by(name);
        self.end(ended, limits);
        if ends_line(name) {
            self.end(&["p"], &["td", "th", "caption", "button", "foreignobject"]);
        }
    }

    fn is_in_foreign(&self) -> bool {
        let top = self.open.last().and_then(|top| self.nodes.get(*top));
        top.is_some_and(|top| top.is_foreign && !INTEGRATION.contains(&top.name.as_str()))
    }

    /// Closes the outermost open element with one of the names `ended` inside the innermost of the
    /// `limits`.
    fn end(&mut self, ended: &[&str], limits: &[&str]) {
        let mut outermost = None;
        for (at, number) in self.open.iter().enumerate().rev() {
            let name = self.nodes.get(*number).map_or("", |node| &node.name);
            if ended.is_empty() || limits.contains(&name) {
                break;
            }
            outermost = Some(at).filter(|_| ended.contains(&name)).or(outermost);
        }
        if let Some(at) = outermost {
            self.close_down_to(at);
        }
    }
}

/// Which elements a start tag ends, if they are inside none of the second.
fn ended_by(name: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match name {
        "li" => (&["li"], &["ul", "ol", "menu", "table"]),
        "dd" | "dt" => (&["dd", "dt"], &["dl", "table"]),
        "td" | "th" => (&["td", "th"], &["table", "tr"]),
        "tr" => (&["tr", "caption", "colgroup"], &["table"]),
        "thead" | "tbody" | "tfoot" => (
            &["thead", "tbody", "tfoot", "tr", "caption", "colgroup"],
            &["table"],
        ),
        "option" => (&["option"], &["select"]),
        "a" => (&["a"], &["td", "th", "foreignobject"]),
        _ => (&[], &[]),
    }
}
