//! Gives words that a line crosses a halo.
//!
//! Not here: words with a background, which hides the line already.

use super::Baked;
use super::adapt::both;
use super::family::Family;
use super::ground::{Backdrop, Both, Shape, cover, shapes};
use super::matrix::Point;
use super::place::{Bounds, lines, matrices};
use super::tree::{Name, Node};
use crate::svg_names::UNDRAWN;

/// The width of the halo, on both sides together.
const WIDTH: &str = "4";

/// A line in the picture's coordinates.
struct Stroke {
    index: usize,
    bounds: Bounds,
    points: Vec<Vec<Point>>,
    /// Half its width.
    half: f64,
}

impl Baked {
    /// Gives words that a line crosses a halo in the colour behind them; `paper` as in `adapt`.
    pub fn set_off(&mut self, paper: (&str, &str)) {
        let Some(paper) = both(paper) else {
            return;
        };
        let family = Family::of(&self.nodes);
        let matrices = matrices(&self.nodes, &family);
        let (backdrop, strokes) = painted(&self.nodes, &family, paper);
        for index in 0..self.nodes.len() {
            let is_text = |node: &Node| node.element().is_some_and(|e| e.name == "text");
            if !self.nodes.get(index).is_some_and(is_text) {
                continue;
            }
            let stroked = family.held(&self.nodes, index, "stroke");
            let bare = matches!(stroked, None | Some("none"));
            // Words in the colour of the paper are on a marker, which is not an element.
            let fill = family.held(&self.nodes, index, "fill").unwrap_or("black");
            let is_light =
                Both::read(fill).is_some_and(|(colour, _)| colour.name() == paper.name());
            if !bare || is_light || family.is_in(&self.nodes, index, UNDRAWN) {
                continue;
            }
            let Some(matrix) = matrices.get(index).copied().flatten() else {
                continue;
            };
            let boxes = lines(&self.nodes, &family, index);
            let crossed = boxes.iter().find_map(|line| {
                let [_, height] = line.size();
                let corners = |half: f64| {
                    let half = (half - 1.0).max(0.0);
                    let near = line.within(1.0 - half, height * 0.16 - half).corners();
                    near.map(|corner| matrix.apply(corner))
                };
                let centre = matrix.apply(line.centre());
                let mut below = strokes.iter().filter(|stroke| stroke.index < index);
                let hides = backdrop.top(centre, index).map_or(0, |area| area.index);
                let crossed = below.any(|stroke| {
                    stroke.index > hides && goes_through(stroke, &corners(stroke.half))
                });
                crossed.then_some(centre)
            });
            let Some(centre) = crossed else {
                continue;
            };
            let colour = backdrop.colour(centre, index).name();
            if let Some(element) = self.nodes.get_mut(index).and_then(Node::element_mut) {
                for (name, value) in [
                    ("paint-order", "stroke"),
                    ("stroke", &colour),
                    ("stroke-linejoin", "round"),
                    ("stroke-width", WIDTH),
                ] {
                    element.set(Name::from(name), value.to_owned());
                }
                element.attributes.sort();
            }
        }
    }
}

/// The filled areas, and the lines.
fn painted(nodes: &[Node], family: &Family, paper: Both) -> (Backdrop, Vec<Stroke>) {
    let mut backdrop = Backdrop::of(paper);
    let mut strokes = Vec::new();
    for shape in shapes(nodes, family) {
        let held = |name: &str| family.held(nodes, shape.index, name);
        let is_line = nodes
            .get(shape.index)
            .and_then(Node::element)
            .is_some_and(|element| element.name == "line");
        let fill = held("fill").unwrap_or("black");
        if is_line || matches!(fill, "none" | "transparent") {
            let width = held("stroke-width").unwrap_or("1");
            let drawn = !matches!(held("stroke"), None | Some("none" | "transparent"));
            if drawn && width != "0" {
                let width: f64 = width.parse().unwrap_or(1.0);
                strokes.push(stroke(shape, nodes, width.clamp(0.0, 64.0) / 2.0));
            }
        } else if let Some((colour, alpha)) = Both::read(fill) {
            let alpha = alpha * cover(nodes, family, shape.index);
            if alpha > 0.0 {
                backdrop.areas.push(shape.area(colour, alpha));
            }
        }
    }
    (backdrop, strokes)
}

fn stroke(shape: Shape, nodes: &[Node], half: f64) -> Stroke {
    let mut points = shape.outlines;
    let element = nodes.get(shape.index).and_then(Node::element);
    let closes = element.is_some_and(|element| match element.name {
        "path" => element.get("d").is_some_and(|d| d.ends_with(['Z', 'z'])),
        "line" | "polyline" => false,
        _ => true,
    });
    for route in &mut points {
        if closes && let Some(first) = route.first().copied() {
            route.push(first);
        }
    }
    Stroke {
        index: shape.index,
        bounds: shape.bounds,
        points,
        half,
    }
}

/// Whether a line crosses the box with these corners.
fn goes_through(stroke: &Stroke, corners: &[Point; 4]) -> bool {
    let Some(around) = Bounds::around(corners.iter().copied()) else {
        return false;
    };
    if !stroke.bounds.touches(&around) {
        return false;
    }
    let sides = corners.iter().zip(corners.iter().cycle().skip(1));
    let sides: Vec<(Point, Point)> = sides.map(|(a, b)| (*a, *b)).collect();
    stroke.points.iter().any(|route| {
        route.windows(2).any(|pair| match pair {
            [from, to] => sides.iter().any(|side| cross((*from, *to), *side)),
            _ => false,
        })
    })
}

fn cross(one: (Point, Point), other: (Point, Point)) -> bool {
    let is_left = |(from, to): (Point, Point), of: Point| {
        (to[0] - from[0]) * (of[1] - from[1]) > (to[1] - from[1]) * (of[0] - from[0])
    };
    is_left(one, other.0) != is_left(one, other.1) && is_left(other, one.0) != is_left(other, one.1)
}
