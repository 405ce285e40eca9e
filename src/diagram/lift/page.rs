//! Splits a page into the pictures that were drawn into it by hand and the text around them.
//!
//! Decides which part of a page counts, and which element around a picture belongs to the picture.
//!
//! Not here: what makes an `<svg>` a picture, how text becomes blocks, what a slot is, which slot a
//! picture belongs to.

use std::collections::HashMap;

use super::blocks::{Block, Place, blocks};
use super::figure::{Figure, is_left_out};
use super::svg;
use super::tree::Tree;

/// A page's pictures and its text, each in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// The pictures drawn by hand.
    pub pictures: Vec<Drawn>,
    /// The text around them.
    pub blocks: Vec<Block>,
    /// Figures with a picture by docsite, and figures without a picture.
    pub figures: Vec<Drawn>,
    /// Pictures outside the text (for example in a header), and icons.
    pub others: Vec<String>,
    /// The content of the page's own `<style>` elements.
    pub style: String,
}

/// A picture of a page, with what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Drawn {
    /// The whole element, `<svg …>…</svg>`, copied from the page; empty for a figure without one.
    pub svg: String,
    pub caption: Option<String>,
    /// The slot that the figure around it names.
    pub slot: Option<String>,
    /// The diagram's source, from the same figure.
    pub source: Option<String>,
    /// The figure's other text, which is lost when only the picture is taken.
    pub beside: Option<String>,
    /// All text in the picture and its ARIA labels, separated by blanks.
    pub words: String,
    pub place: Place,
}

impl Drawn {
    #[must_use]
    pub fn names(&self, slot: &str) -> bool {
        self.slot.as_deref() == Some(slot)
    }

    /// The caption, the source and the other text of the figure.
    #[must_use]
    pub fn says(&self) -> String {
        let says = [&self.caption, &self.source, &self.beside];
        let says: Vec<&str> = says.into_iter().filter_map(Option::as_deref).collect();
        says.join("\n")
    }
}

/// A class with a word that contains one of these marks a picture's place.
const PLACES: [&str; 4] = ["placeholder", "diagram", "viz", "picture"];
/// Whether docsite drew an `<svg>`, given the hash of its figure.
pub type IsOwn<'a> = &'a dyn Fn(&str, Option<&str>) -> bool;

/// Reads a page. With `keep_links`, the text includes addresses, heading levels and emphasis, so
/// that a change of one of these is a change of the text. `is_own` recognises docsite's pictures by
/// an `<svg>` and its figure's hash.
#[must_use]
pub fn read_page(html: &str, keep_links: bool, is_own: IsOwn<'_>) -> Page {
    let tree = Tree::new(html);
    let mut reading = Reading::new(&tree, is_own);
    reading.find();
    let (blocks, places) = blocks(&tree, reading.root, &reading.hidden, keep_links);
    Page {
        pictures: reading.drawn(false, &places),
        blocks,
        figures: reading.drawn(true, &places),
        others: reading.others(),
        style: style(&tree),
    }
}

struct Reading<'t, 'h> {
    tree: &'t Tree<'h>,
    is_own: IsOwn<'t>,
    root: usize,
    /// Nodes that, with everything inside, are not text of the page.
    hidden: Vec<bool>,
    found: Vec<Found>,
    /// `<svg>`s that are not pictures of the text.
    others: Vec<usize>,
    /// The content of elements that may belong to one picture; each element is read once.
    figures: HashMap<usize, Figure>,
}

struct Found {
    /// The `<svg>`; of docsite's figure without one, the figure.
    node: usize,
    is_docsites: bool,
    /// The element that belongs to the picture alone.
    owner: Option<usize>,
    /// The hidden node that it is, or is inside.
    hidden: usize,
}

impl<'t, 'h> Reading<'t, 'h> {
    fn new(tree: &'t Tree<'h>, is_own: IsOwn<'t>) -> Self {
        let root = root(tree);
        let before = tree.svgs(1..root);
        Reading {
            tree,
            is_own,
            root,
            hidden: vec![false; tree.len()],
            found: Vec::new(),
            others: before
                .chain(tree.svgs(tree.end(root)..tree.len()))
                .collect(),
            figures: HashMap::new(),
        }
    }

    /// Finds the pictures, and hides them and everything else that is not text.
    fn find(&mut self) {
        let tree = self.tree;
        let mut node = self.root + 1;
        while node < tree.end(self.root) {
            let is_passed = self.is_passed(node);
            node = if is_passed {
                self.hide(node);
                tree.end(node)
            } else {
                node + 1
            };
        }
    }

    /// Whether the inside of an element is skipped; a picture is recorded first.
    fn is_passed(&mut self, node: usize) -> bool {
        let tree = self.tree;
        if tree.name(node) == "svg" {
            self.take(node);
            return true;
        }
        if is_left_out(tree, node) {
            self.others.extend(tree.svgs(tree.inside(node)));
            return true;
        }
        self.is_docsites(node) || self.is_undrawn(node)
    }

    fn take(&mut self, svg: usize) {
        if !svg::is_picture(self.tree, svg) {
            self.others.push(svg);
            return;
        }
        let owner = self.owner(svg);
        if let Some(owner) = owner {
            self.hide(owner);
        }
        self.found.push(Found {
            node: svg,
            is_docsites: false,
            owner,
            hidden: owner.unwrap_or(svg),
        });
    }

    fn hide(&mut self, node: usize) {
        if let Some(hidden) = self.hidden.get_mut(node) {
            *hidden = true;
        }
    }

    /// A figure with the picture that docsite put into it, or without one. Other pictures in it are
    /// beside that one, and the figure's slot and source are not theirs.
    fn is_docsites(&mut self, node: usize) -> bool {
        let tree = self.tree;
        if tree.name(node) != "figure" || !tree.has_class(node, "dia") {
            return false;
        }
        let svgs = tree.svgs(tree.inside(node));
        let svgs: Vec<usize> = svgs.filter(|svg| svg::is_picture(tree, *svg)).collect();
        let print = tree.attribute(node, "data-print");
        // A replaced or edited picture does not match the figure's hash.
        let is_own = |svg: &usize| {
            tree.written(*svg)
                .is_some_and(|svg| (self.is_own)(svg, print))
        };
        let own = svgs.iter().copied().find(is_own);
        if own.is_none() && !svgs.is_empty() {
            return false;
        }
        self.found.push(Found {
            node: own.unwrap_or(node),
            is_docsites: true,
            owner: Some(node),
            hidden: node,
        });
        let beside = svgs.into_iter().filter(|svg| Some(*svg) != own);
        self.found.extend(beside.map(|svg| Found {
            node: svg,
            is_docsites: false,
            owner: None,
            hidden: node,
        }));
        true
    }

    /// A picture's place that has no picture.
    fn is_undrawn(&mut self, node: usize) -> bool {
        let tree = self.tree;
        tree.classes(node).contains("placeholder")
            && tree.svgs(tree.inside(node)).next().is_none()
            && !self.figure(node).is_large
    }

    /// The element that belongs to the picture alone: its figure, or an element marked as a
    /// picture's place.
    fn owner(&mut self, svg: usize) -> Option<usize> {
        let tree = self.tree;
        let mut figures = tree.around(svg, self.root);
        figures.find(|up| tree.name(*up) == "figure").or_else(|| {
            tree.around(svg, self.root)
                .filter(|up| is_place(tree.classes(*up)))
                .find(|up| !self.figure(*up).is_large)
        })
    }

    fn figure(&mut self, node: usize) -> &Figure {
        let tree = self.tree;
        let figure = || Figure::read(tree, node);
        self.figures.entry(node).or_insert_with(figure)
    }

    /// The pictures that docsite wrote, or the others, in the order of the page.
    fn drawn(&mut self, is_docsites: bool, places: &HashMap<usize, Place>) -> Vec<Drawn> {
        let found = std::mem::take(&mut self.found);
        let (found, rest) = found
            .into_iter()
            .partition(|f| f.is_docsites == is_docsites);
        self.found = rest;
        let mut drawn: Vec<Drawn> = Vec::new();
        for found in found as Vec<Found> {
            let owner = found.owner.map(|owner| self.figure(owner).clone());
            let figure = owner.unwrap_or_default();
            let place = places.get(&found.hidden).cloned().unwrap_or_default();
            let svg = Some(found.node).filter(|node| self.tree.name(*node) == "svg");
            drawn.push(Drawn {
                svg: svg
                    .map(|svg| self.tree.outer(svg).into_owned())
                    .unwrap_or_default(),
                slot: self.slot(&found),
                caption: figure.caption,
                source: figure.source,
                beside: figure.rest,
                words: svg::words(self.tree, found.node),
                place: Place {
                    order: found.node,
                    ..place
                },
            });
        }
        drawn.sort_by_key(|drawn| drawn.place.order);
        drawn
    }

    /// The slot named nearest to the picture: on it, or on an element around it up to its own.
    fn slot(&self, found: &Found) -> Option<String> {
        let tree = self.tree;
        let around = tree
            .around(found.node, self.root)
            .take_while(|up| found.owner.is_some_and(|owner| *up >= owner));
        std::iter::once(found.node)
            .chain(around)
            .filter_map(|node| tree.attribute(node, "data-slot"))
            .map(str::trim)
            .find(|slot| !slot.is_empty())
            .map(str::to_owned)
    }

    /// Icons in a picture's own element are no loss.
    fn others(&self) -> Vec<String> {
        let tree = self.tree;
        let is_hidden = |up: usize| self.hidden.get(up) == Some(&true) && !is_left_out(tree, up);
        let others = self.others.iter().copied();
        others
            .filter(|svg| svg::is_drawn(tree, *svg) && !tree.around(*svg, self.root).any(is_hidden))
            .map(|svg| tree.outer(svg).into_owned())
            .collect()
    }
}

fn style(tree: &Tree<'_>) -> String {
    let is_svg = |node| tree.name(node) == "svg";
    let styles = tree.walk(0..tree.len(), is_svg);
    let styles = styles.filter(|node| tree.name(*node) == "style");
    let texts: Vec<String> = styles.map(|node| tree.text_inside(node, None)).collect();
    texts.join("\n")
}

/// The element with the document's content.
fn root(tree: &Tree<'_>) -> usize {
    let find = |is_root: &dyn Fn(usize) -> bool| (0..tree.len()).find(|node| is_root(*node));
    find(&|node| tree.name(node) == "article" && tree.has_class(node, "body"))
        .or_else(|| find(&|node| tree.name(node) == "main"))
        .or_else(|| find(&|node| tree.name(node) == "body"))
        .unwrap_or_default()
}

/// Whether a class marks a picture's place. `dia` must be a whole part of a word: `media` does not
/// count.
fn is_place(classes: &str) -> bool {
    classes.split_whitespace().any(|class| {
        let class = class.to_ascii_lowercase();
        PLACES.iter().any(|place| class.contains(place))
            || class.split(['-', '_']).any(|part| part == "dia")
    })
}
