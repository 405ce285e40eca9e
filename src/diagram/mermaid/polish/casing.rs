//! Gives lines and markers an edge in the colour of paper, where what they cross would hide them.
//!
//! Not here: a colour that is seen on all of it (`svg::adapt`), which needs no edge.

use kurbo::{BezPath, ParamCurve as _, ParamCurveArclen as _};

use crate::diagram::svg::Polished;
use crate::diagram::svg::adapt::LINES;
use crate::diagram::svg::family::Family;
use crate::diagram::svg::ground::{Backdrop, Tips, add_tips};
use crate::diagram::svg::parts::{Paint, Part};
use crate::diagram::svg::place::is_shape;
use crate::diagram::svg::scene::Scene;
use crate::diagram::svg::shade::Both;
use crate::diagram::svg::tree::{Element, Node, What, at, at_mut};

/// The width of the edge, on both sides together.
const WIDTH: f64 = 3.0;
/// Lines are looked at in steps of this length, in pixels.
const STEP: f64 = 6.0;

impl Polished {
    /// Edges lines and markers that are seen on paper, but not on all that is below them.
    pub(crate) fn edge_lines(&mut self, paper: Both) {
        let Scene { family, shapes, .. } = self.scene();
        let nodes = &mut self.0.nodes;
        let (mut backdrop, mut tips) = (Backdrop::of(paper), Tips::new());
        let mut cased = Vec::new();
        for shape in shapes {
            add_tips(&mut tips, nodes, &family, &shape, &backdrop);
            let fill = family.fill(nodes, shape.index);
            let fill = fill.filter(|_| shape.name != "line");
            let line = family.paint(nodes, shape.index, "stroke");
            let line = line.filter(|line| fill.is_none() && line.is_opaque());
            if line.is_some_and(|line| is_hidden(&line.colour, &shape.outline, &backdrop)) {
                cased.push(shape.index);
            }
            backdrop.areas.extend(shape.area(nodes, &family));
        }
        for index in 0..nodes.len() {
            let mut above = family.above(index).filter_map(|up| at(nodes, up));
            let below = above.find_map(|marker| tips.get(marker.get("id")?));
            let Some(below) = below.filter(|_| at(nodes, index).is_some_and(is_shape)) else {
                continue;
            };
            let fill = family.fill(nodes, index).filter(Paint::is_opaque);
            let paint = fill.or_else(|| family.paint(nodes, index, "stroke"));
            let hides = |paint: Paint| {
                paint.colour != paper && below.iter().any(|on| paint.colour.contrast(on) < LINES)
            };
            match at_mut(nodes, index).filter(|_| paint.is_some_and(hides)) {
                Some(element) if fill.is_some() => edge(element, paper, WIDTH),
                Some(_) => cased.push(index),
                None => {}
            }
        }
        cased.sort_unstable();
        for index in cased.into_iter().rev() {
            nodes.splice(index..index, casing(nodes, &family, index, paper));
        }
    }
}

/// Whether a line in a colour that is seen on paper is not seen on an area that it crosses.
fn is_hidden(colour: &Both, outline: &BezPath, backdrop: &Backdrop) -> bool {
    let is_faint = |on: &Both| colour.contrast(on) < LINES;
    let mut areas = backdrop.areas.iter();
    !is_faint(&backdrop.paper)
        && areas.any(|area| {
            is_faint(&area.colour.over(&backdrop.paper, area.alpha))
                && outline.segments().any(|segment| {
                    let share = STEP / segment.arclen(1.0).max(STEP * 2.0);
                    let shares = std::iter::successors(Some(share), |at| Some(at + share));
                    let mut spots = shares.take_while(|at| *at < 1.0).map(|at| segment.eval(at));
                    spots.any(|at| area.has(at) && is_faint(&backdrop.colour(at, usize::MAX)))
                })
        })
}

/// A copy of a line that is its edge, to be painted before it.
fn casing(nodes: &[Node], family: &Family, index: usize, paper: Both) -> Option<Node> {
    let mut copy = at(nodes, index)?.clone();
    copy.remove("id");
    let plain = [
        "marker-start",
        "marker-mid",
        "marker-end",
        "stroke-dasharray",
    ];
    for name in plain {
        if family.value(nodes, index, name).is_some() {
            copy.set(name, Part::word("none"));
        }
    }
    let width = family.number(nodes, index, "stroke-width");
    edge(&mut copy, paper, width.unwrap_or(1.0) + WIDTH);
    copy.remove("paint-order");
    Some(Node {
        depth: nodes.get(index)?.depth,
        what: What::Element(copy),
    })
}

/// Paints an edge of this width, on both sides together, below an element's fill.
pub(super) fn edge(element: &mut Element, colour: Both, width: f64) {
    element.set("paint-order", Part::word("stroke"));
    element.set("stroke", colour);
    element.set("stroke-linejoin", Part::word("round"));
    element.set("stroke-width", width);
}
