//! A page taken apart: the pictures drawn into it by hand, and the text around them.
//!
//! Which part of a page counts, and which element around a picture is the picture's own, is
//! settled here.
//!
//! Not here: what makes an `<svg>` a picture, how text becomes blocks, what a slot is, which slot a picture belongs to.

use std::collections::HashMap;

use scraper::Html;

use super::blocks::{Block, Point, blocks};
use super::figure::{Figure, is_left_out};
use super::tree::{Kind, Tree, has_class, name};
use super::{stamp, svg};

/// A page's pictures and its text, both in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// The pictures drawn by hand.
    pub pictures: Vec<Drawn>,
    /// What the page says around them.
    pub blocks: Vec<Block>,
    /// Figures whose picture is docsite's, and figures without one.
    pub figures: Vec<Own>,
    /// Pictures that are not in the text: in a header, say. And icons.
    pub others: Vec<String>,
    /// What the page's own `<style>` elements hold.
    pub style: String,
}

/// A figure that is as docsite wrote it, or has no picture.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Own {
    /// Its diagram's slot; empty where it names none.
    pub slot: String,
    pub svg: Option<String>,
    /// Its caption and its diagram's source.
    pub says: String,
    pub place: Place,
}

/// Where a picture is in a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// How many blocks of text are before it.
    pub before: usize,
    /// Text of the same block is on either side.
    pub is_inside: bool,
    /// What comes first has the lower number.
    pub order: usize,
    /// The quotes, items and the like around it, from the inside, and which of its kind in the page
    /// each is.
    pub around: Vec<(String, usize)>,
}

/// A picture that somebody drew into a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Drawn {
    /// The whole element, `<svg …>…</svg>`, as it is in the page.
    pub svg: String,
    pub caption: Option<String>,
    /// The slot that the figure around it names.
    pub slot: Option<String>,
    /// The diagram's source, kept in the same figure.
    pub source: Option<String>,
    /// What else the figure says. Whoever takes only the picture loses it.
    pub beside: Option<String>,
    /// All text in the picture, blank separated, with what is read aloud.
    pub words: String,
    pub place: Place,
}

/// A class with a word that contains one of these marks the place of a picture.
const PLACES: [&str; 4] = ["placeholder", "diagram", "viz", "picture"];
/// What a picture can be in without being beside all that is in it.
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

/// Whether docsite drew an `<svg>`, in a figure with this hash.
pub type IsOwn<'a> = &'a dyn Fn(&str, Option<&str>) -> bool;

/// Takes a page apart. With `keep_links`, the text includes addresses, headings' levels and emphasis,
/// so that a change of one of these is a change of the text. `is_own` distinguishes docsite's pictures from others, by
/// an `<svg>` and the hash that its figure has.
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
    /// Nodes that, with all inside, are not text of the page.
    hidden: Vec<bool>,
    found: Vec<Found>,
    /// Figures of docsite, each with its picture, if it has one.
    own: Vec<(usize, Option<usize>)>,
    /// What the elements say that may be pictures' own: each is read once.
    figures: HashMap<usize, Figure>,
}

struct Found {
    svg: usize,
    /// The element that is the picture's own.
    owner: Option<usize>,
    /// The hidden node that it is in, or is.
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

    /// Finds the pictures, and hides them and all else that is not text.
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

    /// A figure with the picture that docsite put into it, or without any. Other pictures in it are
    /// beside that one, and have nothing of the figure's.
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

    /// Whether a figure's picture is as docsite wrote it: a picture that was drawn in its place, or
    /// edited, has another hash than the figure.
    fn is_own(&self, figure: usize, svg: usize) -> bool {
        let Some(text) = self.tree.written(svg) else {
            return false;
        };
        (self.is_own)(text, self.tree.attribute(figure, "data-print"))
    }

    /// The pictures inside an element.
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

    /// A place that was kept for a picture and has none.
    fn is_undrawn(&mut self, node: usize) -> bool {
        let classes = self.tree.attribute(node, "class").unwrap_or_default();
        if !classes.contains("placeholder") {
            return false;
        }
        let is_empty = !(node + 1..self.tree.end(node)).any(|node| self.tree.name(node) == "svg");
        is_empty && !self.figure(node).is_large
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

    /// Where each picture and each figure of docsite is.
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

    /// Of each quote, item and so on of the text: which of its kind it is.
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
                // Of a figure, what is inside was looked at: its icons are nobody's loss.
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

/// Whether a hidden node is one in which no pictures were looked for, or an icon.
fn is_passed_by(tree: &Tree<'_>, node: usize) -> bool {
    let Some(element) = tree.element(node) else {
        return false;
    };
    is_left_out(element) || (name(element) == "svg" && !svg::is_picture(tree, node))
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
