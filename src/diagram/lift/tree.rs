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
        self.nodes[node].end
    }

    pub(super) fn inside(&self, node: usize) -> Range<usize> {
        node + 1..self.end(node)
    }

    /// The name of an element in lower case; empty for a text.
    pub(super) fn name(&self, node: usize) -> &str {
        &self.nodes[node].name
    }

    /// A text, with character references resolved.
    pub(super) fn text(&self, node: usize) -> Option<&str> {
        let node = &self.nodes[node];
        node.is_text.then_some(&node.text)
    }

    /// `name` is in lower case.
    pub(super) fn attribute(&self, node: usize, name: &str) -> Option<&str> {
        let mut attributes = self.nodes[node].attributes.iter();
        let (_, value) = attributes.find(|(known, _)| known == name)?;
        Some(value)
    }

    pub(super) fn classes(&self, node: usize) -> &str {
        self.attribute(node, "class").unwrap_or_default()
    }

    pub(super) fn has_class(&self, node: usize, class: &str) -> bool {
        let mut classes = self.classes(node).split_whitespace();
        classes.any(|own| own == class)
    }

    /// The nodes of a range, without what is inside those for which `is_passed` is true.
    pub(super) fn walk<'t>(
        &'t self,
        range: Range<usize>,
        is_passed: impl Fn(usize) -> bool + 't,
    ) -> impl Iterator<Item = usize> + 't {
        let mut next = range.start;
        std::iter::from_fn(move || {
            let node = Some(next).filter(|node| *node < range.end)?;
            next = if is_passed(node) {
                self.end(node)
            } else {
                node + 1
            };
            Some(node)
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
        let up = |node: usize| Some(self.nodes[node].parent);
        std::iter::successors(up(node), move |above| up(*above))
            .take_while(move |above| *above > root)
    }

    /// Line of the page, from 1, on which a text begins, or an element's start tag ends.
    pub(super) fn line(&self, node: usize) -> usize {
        let node = &self.nodes[node];
        let at = node.bytes.start + node.head.saturating_sub(1);
        self.line_starts.partition_point(|start| *start <= at) + 1
    }

    /// The bytes of an element that has both its tags.
    pub(super) fn written(&self, node: usize) -> Option<&'h str> {
        let node = Some(&self.nodes[node]).filter(|node| node.is_whole)?;
        self.source.get(node.bytes.clone())
    }

    /// An `<svg>` copied from the page, with the end tags that it lacks.
    pub(super) fn outer(&self, svg: usize) -> String {
        let bytes = self.nodes[svg].bytes.clone();
        let end = bytes.end;
        let mut out = self.source.get(bytes).unwrap_or_default().to_owned();
        let inside = self.nodes[svg..self.end(svg)].iter().rev();
        let is_open = |node: &&Node| !node.is_whole && !node.is_text && node.bytes.end == end;
        for node in inside.filter(is_open) {
            let start = node.bytes.start + 1;
            let name = self.source.get(start..start + node.name.len());
            out.extend(["</", name.unwrap_or_default(), ">"]);
        }
        out
    }
}

/// The nodes of a page; the first is the page itself.
fn read(source: &str) -> Vec<Node> {
    let reader = Rc::new(RefCell::new(Reader {
        nodes: vec![Node::default()],
        open: vec![0],
        last: 0,
    }));
    // What cannot be read to its end is as long as it could be read.
    let _ = scan(source, &reader);
    let mut reader = reader.borrow_mut();
    reader.close_down_to(0);
    for node in reader.nodes.iter_mut().filter(|node| node.is_text) {
        let text = source.get(node.bytes.clone()).unwrap_or_default();
        let text = if node.is_raw {
            Cow::Borrowed(text)
        } else {
            decoded(text)
        };
        node.text = text.into_owned();
    }
    std::mem::take(&mut reader.nodes)
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
        let is_own = self.nodes[number].name == tag.name();
        if let (Ok(at), true) = (self.open.binary_search(&number), is_own) {
            self.close_down_to(at + 1);
            self.last = tag.source_location().bytes().end;
            self.nodes[number].is_whole = true;
            self.close_down_to(at);
        }
    }

    /// Ends the open elements but the outermost ones, so many of them.
    fn close_down_to(&mut self, length: usize) {
        let end = self.nodes.len();
        for number in self.open.drain(length..) {
            let node = &mut self.nodes[number];
            node.end = end;
            node.bytes.end = self.last;
        }
    }

    /// Closes what a start tag of HTML ends.
    fn make_room(&mut self, name: &str) {
        while self.is_in_foreign() {
            self.close_down_to(self.open.len() - 1);
        }
        let (ended, limits) = ended_by(name);
        self.end(ended, limits);
        if ends_line(name) {
            self.end(&["p"], &["td", "th", "caption", "button", "foreignobject"]);
        }
    }

    fn is_in_foreign(&self) -> bool {
        let top = self.open.last().map(|top| &self.nodes[*top]);
        top.is_some_and(|top| top.is_foreign && !INTEGRATION.contains(&top.name.as_str()))
    }

    /// Closes the outermost open element with one of the names `ended` inside the innermost of the
    /// `limits`.
    fn end(&mut self, ended: &[&str], limits: &[&str]) {
        let open = self.open.iter().enumerate().rev();
        let open = open.map(|(at, number)| (at, self.nodes[*number].name.as_str()));
        let inside = open.take_while(|(_, name)| !limits.contains(name));
        let ended = inside.filter(|(_, name)| ended.contains(name));
        if let Some(outermost) = ended.map(|(at, _)| at).last() {
            self.close_down_to(outermost);
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
