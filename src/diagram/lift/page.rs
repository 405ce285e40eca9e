//! Splits a page into the pictures that were drawn into it by hand and the text around them.
//!
//! Decides which part of a page counts, and which element around a picture belongs to the picture.
//!
//! Not here: what makes an `<svg>` a picture, how text becomes blocks, what a slot is, which slot a
//! picture belongs to.

use std::collections::HashMap;
use std::iter;

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
    let root = root(&tree);
    let outside = tree.svgs(1..root);
    let outside = outside.chain(tree.svgs(tree.end(root)..tree.len()));
    let mut reading = Reading {
        tree: &tree,
        is_own,
        root,
        hidden: vec![false; tree.len()],
        pictures: Vec::new(),
        figures: Vec::new(),
        others: outside.collect(),
        beside: HashMap::new(),
    };
    reading.find();
    let (blocks, places) = blocks(&tree, root, &reading.hidden, keep_links);
    let [pictures, figures] = [&mut reading.pictures, &mut reading.figures].map(std::mem::take);
    Page {
        pictures: reading.drawn(pictures, &places),
        blocks,
        figures: reading.drawn(figures, &places),
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
    pictures: Vec<Found>,
    /// Those of docsite.
    figures: Vec<Found>,
    /// `<svg>`s that are not pictures of the text.
    others: Vec<usize>,
    /// What is in elements that may belong to one picture; each element is read once.
    beside: HashMap<usize, Figure>,
}

struct Found {
    /// The `<svg>`; of docsite's figure without one, the figure.
    node: usize,
    /// The element that belongs to the picture alone.
    owner: Option<usize>,
}

impl Reading<'_, '_> {
    /// Finds the pictures, and hides them and everything else that is not text.
    fn find(&mut self) {
        let mut node = self.root + 1;
        while node < self.tree.end(self.root) {
            let is_passed = self.is_passed(node);
            self.hidden[node] |= is_passed;
            node = if is_passed {
                self.tree.end(node)
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
        self.hidden[owner.unwrap_or(svg)] = true;
        self.pictures.push(Found { node: svg, owner });
    }

    /// A figure with the picture that docsite put into it, or without one. Other pictures in it are
    /// beside that one, and the figure's slot and source are not theirs.
    fn is_docsites(&mut self, node: usize) -> bool {
        let tree = self.tree;
        if tree.name(node) != "figure" || !tree.has_class(node, "dia") {
            return false;
        }
        let svgs = tree.svgs(tree.inside(node));
        let mut svgs: Vec<usize> = svgs.filter(|svg| svg::is_picture(tree, *svg)).collect();
        let print = tree.attribute(node, "data-print");
        // A replaced or edited picture does not match the figure's hash.
        let is_own = |svg: &str| (self.is_own)(svg, print);
        let is_own = |svg: &usize| tree.written(*svg).is_some_and(is_own);
        let own = svgs.iter().position(is_own);
        if own.is_none() && !svgs.is_empty() {
            return false;
        }
        self.figures.push(Found {
            node: own.map_or(node, |own| svgs.remove(own)),
            owner: Some(node),
        });
        let owner = None;
        let beside = svgs.into_iter().map(|node| Found { node, owner });
        self.pictures.extend(beside);
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
        let figure = || Figure::read(self.tree, node);
        self.beside.entry(node).or_insert_with(figure)
    }

    /// In the order of the page.
    fn drawn(&mut self, mut found: Vec<Found>, places: &HashMap<usize, Place>) -> Vec<Drawn> {
        let tree = self.tree;
        found.sort_by_key(|found| found.node);
        let drawn = found.iter().map(|found| {
            let owner = found.owner.map(|owner| self.figure(owner).clone());
            let figure = owner.unwrap_or_default();
            let svg = Some(found.node).filter(|node| tree.name(*node) == "svg");
            let mut around = iter::once(found.node).chain(tree.around(found.node, self.root));
            let place = around.find_map(|up| places.get(&up)).cloned();
            Drawn {
                svg: svg.map(|svg| tree.outer(svg)).unwrap_or_default(),
                slot: self.slot(found),
                caption: figure.caption,
                source: figure.source,
                beside: figure.rest,
                words: svg::words(tree, found.node),
                place: Place {
                    order: found.node,
                    ..place.unwrap_or_default()
                },
            }
        });
        drawn.collect()
    }

    /// The slot named nearest to the picture: on it, or on an element around it up to its own.
    fn slot(&self, found: &Found) -> Option<String> {
        let tree = self.tree;
        let around = tree.around(found.node, self.root);
        let around = around.take_while(|up| found.owner.is_some_and(|owner| *up >= owner));
        let slots = iter::once(found.node).chain(around);
        let mut slots = slots.filter_map(|node| Some(tree.attribute(node, "data-slot")?.trim()));
        slots.find(|slot| !slot.is_empty()).map(str::to_owned)
    }

    /// Icons in a picture's own element are no loss.
    fn others(&self) -> Vec<String> {
        let tree = self.tree;
        let is_hidden = |up: usize| self.hidden[up] && !is_left_out(tree, up);
        let others = self.others.iter().copied();
        others
            .filter(|svg| svg::is_drawn(tree, *svg) && !tree.around(*svg, self.root).any(is_hidden))
            .map(|svg| tree.outer(svg))
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
    let is_article = |node| tree.name(node) == "article" && tree.has_class(node, "body");
    let named = |name| (0..tree.len()).find(|node| tree.name(*node) == name);
    let article = (0..tree.len()).find(|node| is_article(*node));
    let root = article.or_else(|| named("main"));
    root.or_else(|| named("body")).unwrap_or_default()
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
