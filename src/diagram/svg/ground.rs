//! What is painted on what: the areas of a picture in the order in which they are painted, each
//! with its colour in both schemes.
//!
//! Not here: which colours should change (`adapt.rs`).

use std::collections::HashMap;

use kurbo::{
    Affine, BezPath, ParamCurve as _, ParamCurveArclen as _, PathEl, PathSeg, Point, Rect,
    Shape as _,
};

use super::family::Family;
use super::parts::Paint;
use super::references::ids;
use super::shade::Both;
use super::tree::{Element, Node, at, end};
use super::typed::Value;

/// From the end of a line to the middle of its marker, in user units.
const TIP: f64 = 6.0;

/// A filled shape in the picture's coordinates.
pub(crate) struct Area {
    pub(crate) index: usize,
    pub(crate) bounds: Rect,
    outline: BezPath,
    pub(crate) colour: Both,
    pub(crate) alpha: f32,
}

impl Area {
    /// Whether a point is inside, by the non-zero rule.
    pub(crate) fn has(&self, point: Point) -> bool {
        self.bounds.contains(point) && self.outline.contains(point)
    }
}

/// The areas painted so far.
pub(crate) struct Backdrop {
    pub(crate) paper: Both,
    pub(crate) areas: Vec<Area>,
}

impl Backdrop {
    /// Only the paper.
    pub(crate) fn of(paper: Both) -> Self {
        Self {
            paper,
            areas: Vec::new(),
        }
    }

    /// The areas that cover a point among those painted before a node, the topmost first.
    pub(crate) fn below(&self, point: Point, before: usize) -> impl Iterator<Item = &Area> {
        let below = self
            .areas
            .iter()
            .rev()
            .filter(move |area| area.index < before);
        below.filter(move |area| area.alpha > 0.5 && area.has(point))
    }

    /// The colour at a point among the areas painted before a node.
    pub(crate) fn colour(&self, point: Point, before: usize) -> Both {
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
pub(crate) struct Shape {
    pub(crate) index: usize,
    pub(crate) name: &'static str,
    pub(crate) is_filled: bool,
    pub(crate) is_stroked: bool,
    pub(crate) transform: Affine,
    pub(crate) bounds: Rect,
    pub(crate) outline: BezPath,
}

impl Shape {
    /// The area that it fills; `None` if it fills none.
    pub(crate) fn area(&self, nodes: &[Node], family: &Family) -> Option<Area> {
        let fill = family.fill(nodes, self.index);
        let fill = fill.or_else(|| gradient(nodes, family, self.index))?;
        let alpha = fill.alpha * opacity(nodes, family, self.index, "fill-opacity");
        (alpha > 0.0).then(|| Area {
            index: self.index,
            bounds: self.bounds,
            outline: closed(&self.outline),
            colour: fill.colour,
            alpha,
        })
    }
}

/// What the gradient that fills an element paints in its middle: the first colour half over the last.
fn gradient(nodes: &[Node], family: &Family, index: usize) -> Option<Paint> {
    let fill = family.value(nodes, index, "fill")?;
    let id = *ids("fill", fill).first()?;
    let has_id = |node: &Node| node.element().is_some_and(|one| one.get("id") == Some(id));
    let from = nodes.iter().position(has_id)?;
    let inside = nodes[from..end(nodes, from)].iter();
    let stops = inside.filter_map(|node| stop_colour(node.element()?));
    let stops: Vec<Paint> = stops.collect();
    let (first, last) = (stops.first()?, stops.last()?);
    Some(Paint {
        colour: first.colour.over(&last.colour, 0.5),
        alpha: first.alpha.min(last.alpha),
        is_single: false,
    })
}

/// The colour of a gradient's stop, without its opacity; none of another element.
pub(super) fn stop_colour(element: &Element) -> Option<Paint> {
    let colour = element.value("stop-color");
    let is_stop = element.name == "stop";
    is_stop.then(|| colour.map_or(Some(Paint::BLACK), Value::paint))?
}

/// What is below the ends of the lines that have a marker, by its id.
pub(crate) type Tips = HashMap<String, Vec<Both>>;

/// Adds what is below the markers of a line.
pub(crate) fn add_tips(
    tips: &mut Tips,
    nodes: &[Node],
    family: &Family,
    line: &Shape,
    backdrop: &Backdrop,
) {
    let near = |end: Option<PathSeg>, from: f64| {
        let end = end?;
        let part = (TIP / end.arclen(1.0).max(TIP)).min(0.5);
        Some(end.eval((from - part).abs()))
    };
    let (first, last) = (
        line.outline.segments().next(),
        line.outline.segments().last(),
    );
    for (name, end, from) in [("marker-start", first, 0.0), ("marker-end", last, 1.0)] {
        let marker = family.value(nodes, line.index, name);
        let ids = marker.map(|marker| ids(name, marker)).unwrap_or_default();
        if let (Some(id), Some(point)) = (ids.first(), near(end, from)) {
            let below = backdrop.colour(point, line.index);
            tips.entry((*id).to_owned()).or_default().push(below);
        }
    }
}

/// The outline as a fill sees it: each part ends where it began.
fn closed(outline: &BezPath) -> BezPath {
    let mut closed = BezPath::new();
    for element in outline.elements() {
        let begins = matches!(element, PathEl::MoveTo(_)) && !closed.is_empty();
        if begins && closed.elements().last() != Some(&PathEl::ClosePath) {
            closed.close_path();
        }
        closed.push(*element);
    }
    closed.close_path();
    closed
}

/// The opacity of an element's `fill-opacity` or `stroke-opacity`, multiplied with that of its ancestors.
pub(crate) fn opacity(nodes: &[Node], family: &Family, index: usize, name: &str) -> f32 {
    let own = |up: usize| at(nodes, up)?.number("opacity");
    let whole: f64 = family.line(index).filter_map(own).product();
    let fill = family.number(nodes, index, name).unwrap_or(1.0);
    single((whole * fill).clamp(0.0, 1.0))
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "single precision is enough for an opacity"
)]
fn single(number: f64) -> f32 {
    number as f32
}
