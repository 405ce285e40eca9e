//! Splits a page into the pictures that were drawn into it by hand and the text around them.
//!
//! Decides which part of a page counts, and which element around a picture belongs to the picture.
//!
//! Not here: what makes an `<svg>` a picture, how text becomes blocks, what a slot is, which slot a
//! picture belongs to.

use std::collections::HashMap;

use scraper::Html;

use super::blocks::{Block, Point, blocks};
use super::figure::{Figure, is_left_out};
use super::tree::{Kind, Tree, has_class, name};
use super::{stamp, svg};

/// A page's pictures and its text, each in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// The pictures drawn by hand.
    pub pictures: Vec<Drawn>,
    /// The text around them.
    pub blocks: Vec<Block>,
    /// Figures with a picture by docsite, and figures without a picture.
    pub figures: Vec<Own>,
    /// Pictures outside the text (for example in a header), and icons.
    pub others: Vec<String>,
    /// The content of the page's own `<style>` elements.
    pub style: String,
}

/// A figure that is unchanged since docsite wrote it, or has no picture.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Own {
    /// Its diagram's slot; empty if the figure names none.
    pub slot: String,
    pub svg: Option<String>,
    /// Its caption and its diagram's source.
    pub says: String,
    pub place: Place,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The number of blocks of text before it.
    pub before: usize,
    /// The same block has text on both sides of it.
    pub is_inside: bool,
    /// Increases in the order of the page.
    pub order: usize,
    /// The quotes, list items and so on around it, from the inside, each with its number among its
    /// kind in the page.
    pub around: Vec<(String, usize)>,
}

/// A picture that somebody drew into a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Drawn {
    /// The whole element, `<svg …>…</svg>`, copied from the page.
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

/// A class with a word that contains one of these marks a picture's place.
const PLACES: [&str; 4] = ["placeholder", "diagram", "viz", "picture"];
/// Elements that may hold a picture and other content.
const AROUND: [&str; 9] = [
    "blockquote",
    "li",
    "dd",
    "dt",
    "td",
    "th",
    "details",
    "summary",
    "caption",
];

/// Whether docsite drew an `<svg>`, given the hash of its figure.
pub type IsOwn<'a> = &'a dyn Fn(&str, Option<&str>) -> bool;

/// Reads a page. With `keep_links`, the text includes addresses, heading levels and emphasis, so
/// that a change of one of these is a change of the text. `is_own` recognises docsite's pictures by
/// an `<svg>` and its figure's hash.
#[must_use]
pub fn read_page(html: &str, keep_links: bool, is_own: IsOwn<'_>) -> Page {
    let stamped = stamp::stamped(html);
    let parsed = Html::parse_document(&stamped.text);
    let tree = Tree::new(html, &stamped, &parsed);
    let mut reading = Reading::new(&tree, is_own);
    reading.find();
    let (blocks, points) = blocks(&tree, reading.root, &reading.hidden, keep_links);
    let places = reading.places(&points);
    Page {
        pictures: reading.pictures(&places),
        blocks,
        figures: reading.figures(&places),
        others: reading.others(),
        style: reading.style(),
    }
}

struct Reading<'t, 'h> {
    tree: &'t Tree<'h>,
    is_own: IsOwn<'t>,
    root: usize,
    /// Nodes that, with everything inside, are not text of the page.
    hidden: Vec<bool>,
    found: Vec<Found>,
    /// docsite's figures, each with its picture, if it has one.
    own: Vec<(usize, Option<usize>)>,
    /// The content of elements that may belong to one picture; each element is read once.
    figures: HashMap<usize, Figure>,
}

struct Found {
    svg: usize,
    /// The element that belongs to the picture alone.
    owner: Option<usize>,
    /// The hidden node that it is, or is inside.
    hidden: usize,
}

impl<'t, 'h> Reading<'t, 'h> {
    fn new(tree: &'t Tree<'h>, is_own: IsOwn<'t>) -> Self {
        Reading {
            tree,
            is_own,
            root: root(tree),
            hidden: vec![false; tree.len()],
            found: Vec::new(),
            own: Vec::new(),
            figures: HashMap::new(),
        }
    }

    /// Finds the pictures, and hides them and everything else that is not text.
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

    /// Whether the inside of an element is skipped; a picture is recorded first.
    fn is_passed(&mut self, node: usize) -> bool {
        let Some(element) = self.tree.element(node) else {
            return false;
        };
        if name(element) == "svg" {
            self.take(node);
            return true;
        }
        is_left_out(element) || self.is_docsites(node) || self.is_undrawn(node)
    }

    fn take(&mut self, svg: usize) {
        if !svg::is_picture(self.tree, svg) {
            return;
        }
        let owner = self.owner(svg);
        if let Some(owner) = owner {
            self.hide(owner);
        }
        let hidden = owner.unwrap_or(svg);
        self.found.push(Found { svg, owner, hidden });
    }

    fn hide(&mut self, node: usize) {
        if let Some(hidden) = self.hidden.get_mut(node) {
            *hidden = true;
        }
    }

    /// A figure with the picture that docsite put into it, or without one. Other pictures in it are
    /// beside that one, and the figure's slot and source are not theirs.
    fn is_docsites(&mut self, node: usize) -> bool {
        if !self.is_dia(node) {
            return false;
        }
        let svgs = self.svgs(node);
        let own = svgs.iter().copied().find(|svg| self.is_own(node, *svg));
        if own.is_none() && !svgs.is_empty() {
            return false;
        }
        self.own.push((node, own));
        let beside = svgs.into_iter().filter(|svg| Some(*svg) != own);
        self.found.extend(beside.map(|svg| Found {
            svg,
            owner: None,
            hidden: node,
        }));
        true
    }

    /// Whether a figure's picture is unchanged since docsite wrote it: a replaced or edited picture does not
    /// match the figure's hash.
    fn is_own(&self, figure: usize, svg: usize) -> bool {
        let Some(text) = self.tree.written(svg) else {
            return false;
        };
        (self.is_own)(text, self.tree.attribute(figure, "data-print"))
    }

    fn svgs(&self, node: usize) -> Vec<usize> {
        let mut svgs = Vec::new();
        let mut inner = node + 1;
        while inner < self.tree.end(node) {
            if self.tree.name(inner) == "svg" {
                svgs.extend(Some(inner).filter(|svg| svg::is_picture(self.tree, *svg)));
                inner = self.tree.end(inner);
            } else {
                inner += 1;
            }
        }
        svgs
    }

    fn is_dia(&self, node: usize) -> bool {
        let figure = self.tree.element(node);
        figure.is_some_and(|figure| name(figure) == "figure" && has_class(figure, "dia"))
    }

    /// A picture's place that has no picture.
    fn is_undrawn(&mut self, node: usize) -> bool {
        let classes = self.tree.attribute(node, "class").unwrap_or_default();
        if !classes.contains("placeholder") {
            return false;
        }
        let is_empty = !(node + 1..self.tree.end(node)).any(|node| self.tree.name(node) == "svg");
        is_empty && !self.figure(node).is_large
    }

    /// The element that belongs to the picture alone: its figure, or an element marked as a
    /// picture's place.
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

    /// The positions of the pictures and of docsite's figures.
    fn places(&self, points: &HashMap<usize, Point>) -> HashMap<usize, Place> {
        let numbers = self.numbers();
        let own = self
            .own
            .iter()
            .map(|(figure, svg)| (svg.unwrap_or(*figure), *figure));
        let found = self.found.iter().map(|found| (found.svg, found.hidden));
        let place = |(node, hidden): (usize, usize)| {
            let point = points.get(&hidden).copied().unwrap_or_default();
            let up = self.tree.around(hidden, self.root);
            let around =
                up.filter_map(|up| Some((self.tree.name(up).to_owned(), *numbers.get(&up)?)));
            let place = Place {
                before: point.before,
                is_inside: point.is_inside,
                order: node,
                around: around.collect(),
            };
            (node, place)
        };
        own.chain(found).map(place).collect()
    }

    /// For each quote, list item and so on of the text: its number among its kind.
    fn numbers(&self) -> HashMap<usize, usize> {
        let mut numbers = HashMap::new();
        let mut counts: HashMap<&str, usize> = HashMap::new();
        let mut node = self.root + 1;
        while node < self.tree.end(self.root) {
            if self.hidden.get(node) == Some(&true) {
                node = self.tree.end(node);
                continue;
            }
            let name = self.tree.name(node);
            if AROUND.contains(&name) {
                let count = counts.entry(name).or_default();
                *count += 1;
                numbers.insert(node, *count);
            }
            node += 1;
        }
        numbers
    }

    fn pictures(&mut self, places: &HashMap<usize, Place>) -> Vec<Drawn> {
        let found = std::mem::take(&mut self.found);
        let drawn = |found: &Found| Drawn {
            place: places.get(&found.svg).cloned().unwrap_or_default(),
            ..self.drawn(found)
        };
        let mut pictures: Vec<Drawn> = found.iter().map(drawn).collect();
        pictures.sort_by_key(|picture| picture.place.order);
        pictures
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
            place: Place::default(),
        }
    }

    /// The slot named nearest to the picture: on it, or on an element around it up to its own.
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

    fn figures(&mut self, places: &HashMap<usize, Place>) -> Vec<Own> {
        let own = std::mem::take(&mut self.own);
        let read = |(figure, svg): &(usize, Option<usize>)| {
            let node = svg.unwrap_or(*figure);
            let says = Figure::read(self.tree, *figure);
            let says = [says.caption, says.source, says.rest];
            let says: Vec<String> = says.into_iter().flatten().collect();
            Own {
                slot: self
                    .tree
                    .attribute(*figure, "data-slot")
                    .unwrap_or_default()
                    .to_owned(),
                svg: svg
                    .and_then(|svg| self.tree.written(svg))
                    .map(str::to_owned),
                says: says.join("\n"),
                place: places.get(&node).cloned().unwrap_or_default(),
            }
        };
        own.iter().map(read).collect()
    }

    /// Every drawn `<svg>` of the page that is neither a picture of the text nor docsite's.
    fn others(&self) -> Vec<String> {
        let tree = self.tree;
        let mut others = Vec::new();
        let mut node = 0;
        while node < tree.len() {
            let is_in_text = node > self.root && node < tree.end(self.root);
            let is_taken =
                is_in_text && self.hidden.get(node) == Some(&true) && !is_passed_by(tree, node);
            if is_taken {
                // The inside of a figure was searched: its icons are no loss.
                node = tree.end(node);
                continue;
            }
            if tree.name(node) == "svg" {
                others.extend(Some(tree.outer(node)).filter(|_| svg::is_drawn(tree, node)));
                node = tree.end(node);
            } else {
                node += 1;
            }
        }
        others
    }

    fn style(&self) -> String {
        let tree = self.tree;
        let mut style = String::new();
        let mut node = 0;
        while node < tree.len() {
            match tree.name(node) {
                "svg" => node = tree.end(node),
                "style" => {
                    for inner in node + 1..tree.end(node) {
                        if let Kind::Text(text) = tree.kind(inner) {
                            style.push_str(text);
                            style.push('\n');
                        }
                    }
                    node = tree.end(node);
                }
                _ => node += 1,
            }
        }
        style
    }
}

/// Whether a hidden node is an icon, or an element in which pictures are not looked for.
fn is_passed_by(tree: &Tree<'_>, node: usize) -> bool {
    let Some(element) = tree.element(node) else {
        return false;
    };
    is_left_out(element) || (name(element) == "svg" && !svg::is_picture(tree, node))
}

/// The element with the document's content.
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

/// Whether a class marks a picture's place. `dia` must be a whole part of a word: `media` does not
/// count.
fn is_place(classes: &str) -> bool {
    classes.split_whitespace().any(|class| {
        let class = class.to_ascii_lowercase();
        PLACES.iter().any(|place| class.contains(place))
            || class.split(['-', '_']).any(|part| part == "dia")
    })
}
