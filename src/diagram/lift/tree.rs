//! A page as a flat list of nodes in document order, each with the end of its content: walks are
//! loops, and skipping an element's content is one step.
//!
//! Not here: what any element means.

use std::collections::HashMap;

use scraper::{CaseSensitivity, ElementRef, Html, Node as Parsed};

use super::stamp::{STAMP, Stamped, unstamped};

pub(super) struct Node<'h> {
    pub(super) kind: Kind<'h>,
    parent: usize,
    /// Index after the last node inside this one.
    end: usize,
}

#[derive(Clone, Copy)]
pub(super) enum Kind<'h> {
    Element(ElementRef<'h>),
    Text(&'h str),
    Comment(&'h str),
    Other,
}

pub(super) struct Tree<'h> {
    nodes: Vec<Node<'h>>,
    source: &'h str,
    line_starts: Vec<usize>,
    stamped: &'h Stamped,
}

impl<'h> Tree<'h> {
    /// The nodes of `parsed`, which was parsed from `stamped`, made from `source`.
    pub(super) fn new(source: &'h str, stamped: &'h Stamped, parsed: &'h Html) -> Self {
        let mut nodes = Vec::new();
        let mut numbers = HashMap::new();
        for node in parsed.tree.root().descendants() {
            let parent = node.parent().and_then(|up| numbers.get(&up.id()).copied());
            numbers.insert(node.id(), nodes.len());
            let kind = match node.value() {
                Parsed::Element(_) => ElementRef::wrap(node).map_or(Kind::Other, Kind::Element),
                Parsed::Text(text) => Kind::Text(text),
                Parsed::Comment(comment) => Kind::Comment(comment),
                _ => Kind::Other,
            };
            nodes.push(Node {
                kind,
                parent: parent.unwrap_or_default(),
                end: nodes.len() + 1,
            });
        }
        close(&mut nodes);
        Tree {
            nodes,
            source,
            line_starts: source.match_indices('\n').map(|(at, _)| at + 1).collect(),
            stamped,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(super) fn kind(&self, node: usize) -> Kind<'h> {
        self.nodes.get(node).map_or(Kind::Other, |node| node.kind)
    }

    /// The index after the last node inside `node`; always greater than `node`.
    pub(super) fn end(&self, node: usize) -> usize {
        self.nodes.get(node).map_or(node + 1, |node| node.end)
    }

    pub(super) fn element(&self, node: usize) -> Option<ElementRef<'h>> {
        match self.kind(node) {
            Kind::Element(element) => Some(element),
            _ => None,
        }
    }

    /// The local name of an element; empty for other nodes.
    pub(super) fn name(&self, node: usize) -> &'h str {
        self.element(node).map_or("", name)
    }

    pub(super) fn attribute(&self, node: usize, name: &str) -> Option<&'h str> {
        self.element(node)?.value().attr(name)
    }

    /// The nodes around `node`, from the inside, up to but without `root`.
    pub(super) fn around(&self, node: usize, root: usize) -> impl Iterator<Item = usize> {
        let up = |node: usize| self.nodes.get(node).map(|node| node.parent);
        std::iter::successors(up(node), move |above| up(*above))
            .take_while(move |above| *above > root)
    }

    /// Line of the source, from 1, on which `element` begins, counted from its start tag's end.
    pub(super) fn line(&self, element: usize) -> Option<usize> {
        let stamp = self.stamp(element)?;
        Some(self.line_starts.partition_point(|start| *start < stamp) + 1)
    }

    fn stamp(&self, element: usize) -> Option<usize> {
        self.attribute(element, STAMP)?.parse().ok()
    }

    /// An `<svg>` copied from the source, if the source has the whole element.
    pub(super) fn written(&self, svg: usize) -> Option<&'h str> {
        let range = self.stamped.svgs.get(&self.stamp(svg)?)?;
        self.source.get(range.clone())
    }

    /// An `<svg>` copied from the source; from the tree if the source does not have the whole
    /// element (it is not closed, or its content ends it).
    pub(super) fn outer(&self, svg: usize) -> String {
        let Some(element) = self.element(svg) else {
            return String::new();
        };
        match self.written(svg) {
            // What the tree lacks here was left out on purpose.
            Some(own) if !self.stamped.is_whole => own.to_owned(),
            Some(own) => {
                let serialised = unstamped(&element.html());
                let is_same = only_element(own).is_some_and(|own| own == serialised);
                if is_same { own.to_owned() } else { serialised }
            }
            None => unstamped(&element.html()),
        }
    }
}

/// Sets the end of each node after everything inside it.
fn close(nodes: &mut [Node<'_>]) {
    for number in (1..nodes.len()).rev() {
        let Some((parent, end)) = nodes.get(number).map(|node| (node.parent, node.end)) else {
            continue;
        };
        if let Some(parent) = nodes.get_mut(parent) {
            parent.end = parent.end.max(end);
        }
    }
}

/// The text, parsed and serialised, if it is a single element.
fn only_element(text: &str) -> Option<String> {
    let parsed = Html::parse_fragment(text);
    let mut inside = parsed.root_element().children();
    let element = ElementRef::wrap(inside.next()?)?;
    inside.next().is_none().then(|| element.html())
}

pub(super) fn name(element: ElementRef<'_>) -> &str {
    element.value().name()
}

pub(super) fn has_class(element: ElementRef<'_>, class: &str) -> bool {
    element
        .value()
        .has_class(class, CaseSensitivity::CaseSensitive)
}
