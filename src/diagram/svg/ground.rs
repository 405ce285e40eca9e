//! What is painted on what: the areas of a picture in the order in which they are painted, each
//! with its colour in both schemes.
//!
//! Not here: which colours should change (`adapt.rs`).

use super::family::Family;
use super::matrix::Point;
use super::oklch::{self, Rgb};
use super::place::{Bounds, is_shape, matrices, outlines};
use super::tree::Node;
use crate::svg_names::UNDRAWN;

/// A colour in the light scheme and in the dark one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Both {
    pub(super) light: Rgb,
    pub(super) dark: Rgb,
}

impl Both {
    /// Reads a colour, or `light-dark()` of two, with its opacity.
    pub(super) fn read(text: &str) -> Option<(Self, f64)> {
        let text = text.trim();
        let pair = text
            .strip_prefix("light-dark(")
            .and_then(|rest| rest.strip_suffix(')'));
        let Some(pair) = pair else {
            let (colour, alpha) = oklch::read(text)?;
            let both = Self {
                light: colour,
                dark: colour,
            };
            return Some((both, alpha));
        };
        // The colours may be functions with commas of their own.
        let mut nested = 0_usize;
        let middle = pair.char_indices().find(|(_, c)| {
            match c {
                '(' => nested += 1,
                ')' => nested = nested.saturating_sub(1),
                _ => {}
            }
            *c == ',' && nested == 0
        });
        let (light, dark) = pair.split_at_checked(middle?.0)?;
        let (light, alpha) = oklch::read(light)?;
        let (dark, _) = oklch::read(dark.get(1..)?)?;
        Some((Self { light, dark }, alpha))
    }

    pub(super) fn name(&self) -> String {
        format!("light-dark({}, {})", self.light.hex(), self.dark.hex())
    }

    fn over(&self, below: &Self, alpha: f64) -> Self {
        Self {
            light: self.light.over(&below.light, alpha),
            dark: self.dark.over(&below.dark, alpha),
        }
    }
}

/// A filled shape in the picture's coordinates.
pub(super) struct Area {
    pub(super) index: usize,
    pub(super) bounds: Bounds,
    outlines: Vec<Vec<Point>>,
    pub(super) colour: Both,
    pub(super) alpha: f64,
}

impl Area {
    /// Whether a point is inside, by the non-zero rule.
    fn has(&self, point: Point) -> bool {
        let around = || self.outlines.iter().map(|outline| turns(outline, point));
        self.bounds.has(point) && around().sum::<i32>() != 0
    }
}

fn turns(outline: &[Point], [x, y]: Point) -> i32 {
    let next = outline.iter().cycle().skip(1);
    let crossed = outline.iter().zip(next).filter(|([ax, ay], [bx, by])| {
        (*ay > y) != (*by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax
    });
    crossed
        .map(|([_, a], [_, b])| if b > a { 1 } else { -1 })
        .sum()
}

/// The areas painted so far.
pub(super) struct Backdrop {
    pub(super) paper: Both,
    pub(super) areas: Vec<Area>,
}

impl Backdrop {
    /// Only the paper.
    pub(super) fn of(paper: Both) -> Self {
        Self {
            paper,
            areas: Vec::new(),
        }
    }

    /// The topmost area at a point among those painted before a node.
    pub(super) fn top(&self, point: Point, before: usize) -> Option<&Area> {
        let mut below = self.areas.iter().rev().filter(|area| area.index < before);
        below.find(|area| area.alpha > 0.5 && area.has(point))
    }

    /// The colour at a point among the areas painted before a node.
    pub(super) fn colour(&self, point: Point, before: usize) -> Both {
        let mut through: Vec<&Area> = Vec::new();
        let below = self.areas.iter().rev().filter(|area| area.index < before);
        for area in below.filter(|area| area.has(point)) {
            through.push(area);
            if area.alpha >= 0.999 {
                break;
            }
        }
        through.iter().rev().fold(self.paper, |below, area| {
            area.colour.over(&below, area.alpha)
        })
    }
}

/// A painted shape in the picture's coordinates.
pub(super) struct Shape {
    pub(super) index: usize,
    pub(super) bounds: Bounds,
    pub(super) outlines: Vec<Vec<Point>>,
}

impl Shape {
    pub(super) fn area(self, colour: Both, alpha: f64) -> Area {
        Area {
            index: self.index,
            bounds: self.bounds,
            outlines: self.outlines,
            colour,
            alpha,
        }
    }
}

/// The shapes that are drawn in their places, in painting order.
pub(super) fn shapes(nodes: &[Node], family: &Family) -> Vec<Shape> {
    let matrices = matrices(nodes, family);
    let places = nodes.iter().enumerate().zip(&matrices);
    let shapes = places.filter_map(|((index, node), matrix)| {
        let element = node.element().filter(|element| is_shape(element))?;
        if family.is_in(nodes, index, UNDRAWN) {
            return None;
        }
        let matrix = (*matrix)?;
        let mut outlines = outlines(element)?;
        for point in outlines.iter_mut().flatten() {
            *point = matrix.apply(*point);
        }
        let bounds = Bounds::around(outlines.iter().flatten().copied())?;
        Some(Shape {
            index,
            bounds,
            outlines,
        })
    });
    shapes.collect()
}

/// The opacity of an element's fill, multiplied with that of its ancestors.
pub(super) fn cover(nodes: &[Node], family: &Family, index: usize) -> f64 {
    let number = |text: Option<&str>| {
        text.and_then(|text| text.parse::<f64>().ok())
            .unwrap_or(1.0)
    };
    let own = |at: usize| {
        nodes
            .get(at)
            .and_then(|node| node.element()?.get("opacity"))
    };
    let whole: f64 = family.line(index).map(|at| number(own(at))).product();
    (whole * number(family.held(nodes, index, "fill-opacity"))).clamp(0.0, 1.0)
}
