//! Approximate positions in a picture: the outlines of shapes, the boxes of lines of text.
//!
//! A text's width is that of its letters in common fonts (`widths`). Not here: what is painted on what (`ground.rs`).

use kurbo::{Affine, BezPath, Circle, Ellipse, PathEl, Point, Rect, Shape as _, Size, Vec2};
use svgtypes::{Length, LengthUnit};

use super::family::Family;
use super::size::view_box;
use super::tree::{Element, Node, What, end};
use super::typed::Value;
use crate::diagram::widths;
use crate::svg_names::SHAPES;

/// How far an outline's curves may be off a circle, in user units.
const OFF: f64 = 0.1;
/// A line of words is turned by an angle if both parts of its direction are larger.
const LEVEL: f64 = 1e-3;

/// Whether one box holds another, within `slack`.
pub(crate) fn holds(outer: &Rect, inner: &Rect, slack: f64) -> bool {
    outer.inflate(slack, slack).contains_rect(*inner)
}

/// How far two boxes overlap along both axes; negative if they do not.
pub(crate) fn overlap(a: &Rect, b: &Rect) -> Size {
    Size::new(
        a.x1.min(b.x1) - a.x0.max(b.x0),
        a.y1.min(b.y1) - a.y0.max(b.y0),
    )
}

/// The transform of each element to the picture's coordinates; `None` where it is unknown.
pub(crate) fn transforms(nodes: &[Node], family: &Family) -> Vec<Option<Affine>> {
    let mut all: Vec<Option<Affine>> = Vec::with_capacity(nodes.len());
    for (index, node) in nodes.iter().enumerate() {
        let above = match family.parent(index) {
            None => Some(Affine::IDENTITY),
            Some(parent) => all.get(parent).copied().flatten(),
        };
        let own = match node.element() {
            Some(element) if element.name == "svg" && index > 0 => framed(element),
            Some(element) => element.transform(),
            None => Some(Affine::IDENTITY),
        };
        all.push(above.zip(own).map(|(above, own)| above * own));
    }
    all
}

/// The transform of what is in a picture in the picture, unless that is drawn wider than high.
fn framed(element: &Element) -> Option<Affine> {
    let number = |name| element.number_or_0(name);
    let own = element.transform()? * Affine::translate((number("x")?, number("y")?));
    if element.value("viewBox").is_none() {
        return Some(own);
    }
    let view = view_box(element)?;
    let scale = number("width")? / view.width();
    let is_even = (number("height")? / view.height() - scale).abs() < LEVEL;
    let start = view.origin().to_vec2();
    is_even.then(|| own * Affine::scale(scale) * Affine::translate(-start))
}

/// The outline of a shape, in its own coordinates.
pub(crate) fn outline(element: &Element) -> Option<BezPath> {
    let number = |name| element.number_or_0(name);
    let point = |x, y| Some(Point::new(number(x)?, number(y)?));
    let path = match element.name {
        "rect" => {
            let size = Size::new(number("width")?, number("height")?);
            Rect::from_origin_size(point("x", "y")?, size).to_path(OFF)
        }
        "circle" => Circle::new(point("cx", "cy")?, number("r")?).to_path(OFF),
        "ellipse" => {
            let radii = Vec2::new(number("rx")?, number("ry")?);
            Ellipse::new(point("cx", "cy")?, radii, 0.0).to_path(OFF)
        }
        "line" => kurbo::Line::new(point("x1", "y1")?, point("x2", "y2")?).to_path(OFF),
        "polygon" | "polyline" => {
            let points = element.numbers("points")?.chunks_exact(2);
            let points = points.map(|pair| Point::new(pair[0], pair[1]));
            let steps = points.enumerate().map(|(index, point)| match index {
                0 => PathEl::MoveTo(point),
                _ => PathEl::LineTo(point),
            });
            let mut path: BezPath = steps.collect();
            if element.name == "polygon" && !path.is_empty() {
                path.close_path();
            }
            path
        }
        "path" => element.path()?.clone(),
        _ => return None,
    };
    (!path.is_empty()).then_some(path)
}

pub(crate) fn is_shape(element: &Element) -> bool {
    SHAPES.contains(&element.name)
}

pub(crate) fn font_size(nodes: &[Node], family: &Family, index: usize) -> f64 {
    family.number(nodes, index, "font-size").unwrap_or(16.0)
}

/// The boxes of a text's lines, in its own coordinates.
pub(super) fn lines(nodes: &[Node], family: &Family, index: usize) -> Vec<Rect> {
    let held = |name: &str| family.value(nodes, index, name)?.text();
    let bold = matches!(held("font-weight"), Some("bold" | "bolder"))
        || family
            .number(nodes, index, "font-weight")
            .is_some_and(|weight| weight >= 600.0);
    let mut pen = Pen {
        at: Point::ZERO,
        step: Vec2::ZERO,
        bold,
        size: font_size(nodes, family, index),
        written: String::new(),
        boxes: Vec::new(),
        anchor: held("text-anchor").unwrap_or("start"),
        middle: held("dominant-baseline").unwrap_or("auto"),
    };
    for at in index..end(nodes, index) {
        match nodes.get(at).map(|node| &node.what) {
            Some(What::Text(text)) => pen.write(text),
            Some(What::Element(element)) => pen.go(element),
            _ => {}
        }
    }
    pen.end_line();
    pen.boxes
}

/// What is drawn in one line of a text, which may have several.
pub(crate) struct Line {
    /// The place of its text among the nodes.
    pub(crate) text: usize,
    /// In the coordinates of its text.
    pub(crate) own: Rect,
    /// From there to the coordinates of the picture.
    pub(crate) transform: Affine,
    /// In the picture's coordinates.
    pub(crate) bounds: Rect,
}

impl Line {
    /// Whether it runs along an axis, so that it fills its box.
    pub(crate) fn is_level(&self) -> bool {
        let [a, b, ..] = self.transform.as_coeffs();
        a.abs() < LEVEL || b.abs() < LEVEL
    }

    /// From the start of its upper side, clockwise as it is read.
    pub(crate) fn corners(&self) -> [Point; 4] {
        corners(&self.own).map(|corner| self.transform * corner)
    }

    /// Both ends of its middle, so far within it, and the middle itself.
    pub(crate) fn spots(&self, within: f64) -> [Point; 3] {
        let Point { x, y } = self.own.center();
        [self.own.x0 + within, x, self.own.x1 - within].map(|x| self.transform * Point::new(x, y))
    }
}

/// The lines of a text among all.
pub(crate) fn of_text(words: &[Line], text: usize) -> &[Line] {
    let start = words.partition_point(|line| line.text < text);
    let own = words[start..].iter().take_while(|line| line.text == text);
    &words[start..start + own.count()]
}

/// Clockwise, from the upper left one.
pub(crate) fn corners(rect: &Rect) -> [Point; 4] {
    [
        Point::new(rect.x0, rect.y0),
        Point::new(rect.x1, rect.y0),
        Point::new(rect.x1, rect.y1),
        Point::new(rect.x0, rect.y1),
    ]
}

struct Pen<'a> {
    at: Point,
    /// What the next letter is moved by.
    step: Vec2,
    bold: bool,
    size: f64,
    written: String,
    boxes: Vec<Rect>,
    anchor: &'a str,
    middle: &'a str,
}

impl Pen<'_> {
    /// Enters a text or a part of it, which may begin a line.
    fn go(&mut self, element: &Element) {
        let size = self.size;
        let length = |name: &str| match element.value(name)? {
            Value::Text(text) => match text.parse::<Length>().ok()? {
                Length {
                    number,
                    unit: LengthUnit::Em,
                } => Some(number * size),
                _ => None,
            },
            value => value.number(),
        };
        let (x, y) = (length("x"), length("y"));
        let mut starts = ["x", "y", "dy"].iter();
        if starts.any(|name| element.value(name).is_some()) {
            self.end_line();
        }
        self.at = Point::new(x.unwrap_or(self.at.x), y.unwrap_or(self.at.y));
        // A step of a text that begins with a part that has its own is not taken.
        let step = |name, above| length(name).unwrap_or(above);
        self.step = Vec2::new(step("dx", self.step.x), step("dy", self.step.y));
    }

    fn write(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.at += std::mem::take(&mut self.step);
        }
        self.written.push_str(text);
    }

    fn end_line(&mut self) {
        let text = std::mem::take(&mut self.written);
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let width = widths::width(text, self.size, self.bold);
        let Point { x, y } = self.at;
        let middle_x = match self.anchor {
            "middle" => x,
            "end" => x - width / 2.0,
            _ => x + width / 2.0,
        };
        let middle_y = match self.middle {
            "central" => y,
            // Half the height of an x above the baseline.
            "middle" => y - self.size * 0.1,
            "hanging" | "text-before-edge" | "text-top" => y + self.size * 0.55,
            _ => y - self.size * 0.35,
        };
        let size = Size::new(width, self.size);
        self.boxes
            .push(Rect::from_center_size((middle_x, middle_y), size));
    }
}
