//! A page taken apart: the pictures drawn into it by hand, and the text around them.
//!
//! Which part of a page counts, and which element around a picture is the picture's own, is
//! settled here.
//!
//! Not here: what makes an `<svg>` a picture, how text becomes blocks, what a slot is, which slot a picture belongs to.

use std::collections::HashMap;

use scraper::Html;

use super::blocks::{Block, blocks};
use super::figure::{Figure, is_left_out};
use super::tree::{Tree, has_class, name};
use super::{stamp, svg};

/// A page's pictures and its text, both in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// The pictures drawn by hand.
    pub pictures: Vec<Drawn>,
    /// What the page says around them.
    pub blocks: Vec<Block>,
}

/// A picture that somebody drew into a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Drawn {
    /// The whole element, `<svg …>…</svg>`, as it stands in the page.
    pub svg: String,
    /// What is written under it.
    pub caption: Option<String>,
    /// The slot that the figure around it names.
    pub slot: Option<String>,
    /// The diagram's source, kept in the same figure.
    pub source: Option<String>,
    /// What else the figure says. Whoever takes only the picture loses it.
    pub beside: Option<String>,
    /// All text in the picture, blank separated, with what is read aloud.
    pub words: String,
}

/// A class with a word that contains one of these stands for a place of a picture.
const PLACES: [&str; 4] = ["placeholder", "diagram", "viz", "picture"];
/// Takes a page apart. With `keep_links`, the text tells addresses, headings' levels and emphasis,
/// so that a change of one of these is a change of the text.
#[must_use]
pub fn read_page(html: &str, keep_links: bool) -> Page {
    let stamped = stamp::stamped(html);
    let parsed = Html::parse_document(&stamped.text);
    let tree = Tree::new(html, &stamped, &parsed);
    let mut reading = Reading::new(&tree);
    reading.find();
    Page {
        pictures: reading.pictures(),
        blocks: blocks(&tree, reading.root, &reading.hidden, keep_links),
    }
}

struct Reading<'t, 'h> {
    tree: &'t Tree<'h>,
    root: usize,
    /// Nodes that, with all inside, are no text of the page.
    hidden: Vec<bool>,
    found: Vec<Found>,
    /// What the elements say that may be pictures' own: each is read once.
    figures: HashMap<usize, Figure>,
}

struct Found {
    svg: usize,
    owner: Option<usize>,
}

impl<'t, 'h> Reading<'t, 'h> {
    fn new(tree: &'t Tree<'h>) -> Self {
        Reading {
            tree,
            root: root(tree),
            hidden: vec![false; tree.len()],
            found: Vec::new(),
            figures: HashMap::new(),
        }
    }

    /// Finds the pictures, and hides them and all else that is no text.
    fn find(&mut self) {
        let end = self.tree.end(self.root);
        let mut node = self.root + 1;
        while node < end {
            node = if self.is_passed(node) {
                self.hide(node);
                self.tree.end(node)
            } else {
                node + 1
            };
        }
    }

    /// Whether nothing inside an element is looked at any more; a picture is taken down first.
    fn is_passed(&mut self, node: usize) -> bool {
        let Some(element) = self.tree.element(node) else {
            return false;
        };
        if name(element) == "svg" {
            self.take(node);
            return true;
        }
        is_left_out(element) || self.is_built(node) || self.is_undrawn(node)
    }

    fn take(&mut self, svg: usize) {
        if !svg::is_picture(self.tree, svg) {
            return;
        }
        let owner = self.owner(svg);
        if let Some(owner) = owner {
            self.hide(owner);
        }
        self.found.push(Found { svg, owner });
    }

    fn hide(&mut self, node: usize) {
        if let Some(hidden) = self.hidden.get_mut(node) {
            *hidden = true;
        }
    }

    /// A figure that docsite's build drew.
    fn is_built(&self, node: usize) -> bool {
        self.is_dia(node) && self.tree.attribute(node, "data-drawn") == Some("build")
    }

    fn is_dia(&self, node: usize) -> bool {
        let figure = self.tree.element(node);
        figure.is_some_and(|figure| name(figure) == "figure" && has_class(figure, "dia"))
    }

    /// A place that was kept for a picture and has none.
    fn is_undrawn(&mut self, node: usize) -> bool {
        let is_dia = self.is_dia(node);
        let classes = self.tree.attribute(node, "class").unwrap_or_default();
        if !is_dia && !classes.contains("placeholder") {
            return false;
        }
        let is_empty = !(node + 1..self.tree.end(node)).any(|node| self.tree.name(node) == "svg");
        is_empty && (is_dia || !self.figure(node).is_large)
    }

    /// The element that is the picture's own: its figure, or what is named as a place for one.
    fn owner(&mut self, svg: usize) -> Option<usize> {
        let tree = self.tree;
        let mut figures = tree.around(svg, self.root);
        figures.find(|up| tree.name(*up) == "figure").or_else(|| {
            tree.around(svg, self.root)
                .filter(|up| is_place(tree.attribute(*up, "class").unwrap_or_default()))
                .find(|up| !self.figure(*up).is_large)
        })
    }

    fn figure(&mut self, node: usize) -> &Figure {
        let tree = self.tree;
        let figure = || Figure::read(tree, node);
        self.figures.entry(node).or_insert_with(figure)
    }

    fn pictures(&mut self) -> Vec<Drawn> {
        let found = std::mem::take(&mut self.found);
        found.iter().map(|found| self.drawn(found)).collect()
    }

    fn drawn(&mut self, found: &Found) -> Drawn {
        let tree = self.tree;
        let owner = found.owner.map(|owner| self.figure(owner).clone());
        let figure = owner.unwrap_or_default();
        Drawn {
            svg: tree.outer(found.svg),
            slot: self.slot(found),
            caption: figure.caption,
            source: figure.source,
            beside: figure.rest,
            words: svg::words(tree, found.svg),
        }
    }

    /// The slot named closest to the picture, on it or around it as far as its own element.
    fn slot(&self, found: &Found) -> Option<String> {
        let tree = self.tree;
        let around = tree
            .around(found.svg, self.root)
            .take_while(|up| found.owner.is_some_and(|owner| *up >= owner));
        std::iter::once(found.svg)
            .chain(around)
            .filter_map(|node| tree.attribute(node, "data-slot"))
            .map(str::trim)
            .find(|slot| !slot.is_empty())
            .map(str::to_owned)
    }
}

/// The element that holds the document's content.
fn root(tree: &Tree<'_>) -> usize {
    let find = |is_root: &dyn Fn(usize) -> bool| (0..tree.len()).find(|node| is_root(*node));
    let is_article = |node| {
        let element = tree.element(node);
        element.is_some_and(|element| name(element) == "article" && has_class(element, "body"))
    };
    find(&is_article)
        .or_else(|| find(&|node| tree.name(node) == "main"))
        .or_else(|| find(&|node| tree.name(node) == "body"))
        .unwrap_or_default()
}

/// Whether a class names the place of a picture. `dia` must be a whole part of a word: `media` is
/// none.
fn is_place(classes: &str) -> bool {
    classes.split_whitespace().any(|class| {
        let class = class.to_ascii_lowercase();
        PLACES.iter().any(|place| class.contains(place))
            || class.split(['-', '_']).any(|part| part == "dia")
    })
}
