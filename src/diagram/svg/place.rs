//! Approximate positions in a picture: the areas of shapes, the boxes of lines of text.
//!
//! A text's width is estimated from its letters. Not here: what is painted on what (`ground.rs`).

use super::family::Family;
use super::matrix::{Matrix, Point};
use super::number::Scanner;
use super::route;
use super::tree::{Element, Node, What, end};
use crate::svg_names::SHAPES;

/// A box along the axes: left, top, right, bottom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bounds(pub(super) [f64; 4]);

impl Bounds {
    pub(super) fn around(points: impl IntoIterator<Item = Point>) -> Option<Self> {
        let mut points = points.into_iter();
        let [x, y] = points.next()?;
        let start = [x, y, x, y];
        let grown = points.fold(start, |sides, [x, y]| {
            let [left, top, right, bottom] = sides;
            [left.min(x), top.min(y), right.max(x), bottom.max(y)]
        });
        Some(Self(grown))
    }

    pub(super) fn centre(&self) -> Point {
        let [l, t, r, b] = self.0;
        [f64::midpoint(l, r), f64::midpoint(t, b)]
    }

    pub(super) fn size(&self) -> Point {
        let [l, t, r, b] = self.0;
        [r - l, b - t]
    }

    pub(super) fn has(&self, [x, y]: Point) -> bool {
        let [left, top, right, bottom] = self.0;
        x >= left && x <= right && y >= top && y <= bottom
    }

    /// Whether another is inside it, within `slack`.
    pub(super) fn holds(&self, other: &Self, slack: f64) -> bool {
        let grown = self.within(-slack, -slack).0;
        let starts = other.0[0] >= grown[0] && other.0[1] >= grown[1];
        starts && other.0[2] <= grown[2] && other.0[3] <= grown[3]
    }

    /// How far two boxes overlap along both axes; negative if they do not.
    pub(super) fn overlap(&self, other: &Self) -> Point {
        let along = |start: usize, stop: usize| {
            self.0[stop].min(other.0[stop]) - self.0[start].max(other.0[start])
        };
        [along(0, 2), along(1, 3)]
    }

    pub(super) fn touches(&self, other: &Self) -> bool {
        self.overlap(other).iter().all(|side| *side >= 0.0)
    }

    /// The box with `x` and `y` taken off its sides.
    pub(super) fn within(&self, x: f64, y: f64) -> Self {
        let [left, top, right, bottom] = self.0;
        Self([left + x, top + y, right - x, bottom - y])
    }

    pub(super) fn corners(&self) -> [Point; 4] {
        let [l, t, r, b] = self.0;
        [[l, t], [r, t], [r, b], [l, b]]
    }
}

/// The transform of each element to the picture's coordinates; `None` where it is unknown.
pub(super) fn matrices(nodes: &[Node], family: &Family) -> Vec<Option<Matrix>> {
    let mut all: Vec<Option<Matrix>> = Vec::with_capacity(nodes.len());
    for (index, node) in nodes.iter().enumerate() {
        let above = match family.parent(index) {
            None => Some(Matrix::NONE),
            Some(parent) => all.get(parent).copied().flatten(),
        };
        let own = match node.element() {
            // A picture in the picture is drawn larger or smaller.
            Some(element) if element.name == "svg" && index > 0 => None,
            Some(element) => Matrix::of(element),
            None => Some(Matrix::NONE),
        };
        all.push(above.zip(own).map(|(above, own)| above.then(&own)));
    }
    all
}

/// The outlines of a shape, in its own coordinates.
pub(super) fn outlines(element: &Element) -> Option<Vec<Vec<Point>>> {
    let number = |name: &str| match element.get(name) {
        None => Some(0.0),
        Some(text) => {
            let bare = text.strip_suffix("px").unwrap_or(text);
            bare.parse::<f64>().ok().filter(|number| number.is_finite())
        }
    };
    let round = |cx: f64, cy: f64, rx: f64, ry: f64| {
        let points = (0..24).map(|step| {
            let (sin, cos) = (f64::from(step) * std::f64::consts::TAU / 24.0).sin_cos();
            [cx + rx * cos, cy + ry * sin]
        });
        vec![points.collect()]
    };
    match element.name {
        "rect" => {
            let (x, y) = (number("x")?, number("y")?);
            let box_ = Bounds([x, y, x + number("width")?, y + number("height")?]);
            Some(vec![box_.corners().to_vec()])
        }
        "circle" => Some(round(
            number("cx")?,
            number("cy")?,
            number("r")?,
            number("r")?,
        )),
        "ellipse" => Some(round(
            number("cx")?,
            number("cy")?,
            number("rx")?,
            number("ry")?,
        )),
        "line" => Some(vec![vec![
            [number("x1")?, number("y1")?],
            [number("x2")?, number("y2")?],
        ]]),
        "polygon" | "polyline" => {
            let mut scanner = Scanner::new(element.get("points")?);
            let mut points = Vec::new();
            while !scanner.at_end() {
                points.push([scanner.number()?, scanner.number()?]);
            }
            Some(vec![points])
        }
        "path" => {
            let routes = route::read(element.get("d")?)?;
            Some(routes.iter().map(route::Route::points).collect())
        }
        _ => None,
    }
}

pub(super) fn is_shape(element: &Element) -> bool {
    SHAPES.contains(&element.name)
}

/// The boxes of a text's lines, in its own coordinates.
pub(super) fn lines(nodes: &[Node], family: &Family, index: usize) -> Vec<Bounds> {
    let size = family
        .held(nodes, index, "font-size")
        .and_then(|size| size.strip_suffix("px").unwrap_or(size).parse::<f64>().ok())
        .unwrap_or(16.0);
    let mut pen = Pen {
        at: [0.0; 2],
        size,
        written: String::new(),
        boxes: Vec::new(),
        anchor: family.held(nodes, index, "text-anchor").unwrap_or("start"),
        middle: family
            .held(nodes, index, "dominant-baseline")
            .unwrap_or("auto"),
    };
    for at in index..end(nodes, index) {
        match nodes.get(at).map(|node| &node.what) {
            Some(What::Text(text)) => pen.written.push_str(text),
            Some(What::Element(element)) => pen.go(element),
            None => {}
        }
    }
    pen.end_line();
    pen.boxes
}

struct Pen<'a> {
    at: Point,
    size: f64,
    written: String,
    boxes: Vec<Bounds>,
    anchor: &'a str,
    middle: &'a str,
}

impl Pen<'_> {
    /// Enters a text or a part of it, which may begin a line.
    fn go(&mut self, element: &Element) {
        let size = self.size;
        let length = |name: &str| {
            let text = element.get(name)?.trim();
            let (number, unit) = match text.strip_suffix("em") {
                Some(number) => (number, size),
                None => (text.strip_suffix("px").unwrap_or(text), 1.0),
            };
            let number: f64 = number.parse().ok()?;
            number.is_finite().then_some(number * unit)
        };
        let new_line = ["x", "y", "dy"]
            .iter()
            .any(|name| element.get(name).is_some());
        if new_line {
            self.end_line();
        }
        if let Some(x) = length("x") {
            self.at[0] = x;
        }
        if let Some(y) = length("y") {
            self.at[1] = y;
        }
        self.at[0] += length("dx").unwrap_or(0.0);
        self.at[1] += length("dy").unwrap_or(0.0);
    }

    fn end_line(&mut self) {
        let text = std::mem::take(&mut self.written);
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let width: f64 = text.chars().map(letter).sum::<f64>() * self.size;
        let [x, y] = self.at;
        let left = match self.anchor {
            "middle" => x - width / 2.0,
            "end" => x - width,
            _ => x,
        };
        let middle = match self.middle {
            "central" | "middle" => y,
            "hanging" | "text-before-edge" | "text-top" => y + self.size * 0.55,
            _ => y - self.size * 0.35,
        };
        let half = self.size * 0.5;
        self.boxes
            .push(Bounds([left, middle - half, left + width, middle + half]));
    }
}

/// An estimate of a letter's width, in font sizes.
fn letter(letter: char) -> f64 {
    match letter {
        ' ' | '.' | ',' | ':' | ';' | '\'' | 'i' | 'j' | 'l' | '|' | '!' => 0.26,
        'f' | 'r' | 't' | '(' | ')' | '[' | ']' | '-' | '/' => 0.36,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 0.86,
        'A'..='Z' => 0.64,
        c if c < '\u{1100}' => 0.55,
        _ => 0.92,
    }
}
