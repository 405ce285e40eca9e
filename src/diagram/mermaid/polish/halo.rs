//! Gives words a halo that a line crosses, or that are only in part on what they can be read on.
//!
//! Not here: words with a background, which hides the line already.

use kurbo::{BezPath, Line, Point, Rect};

use super::casing::edge;
use crate::diagram::svg::Polished;
use crate::diagram::svg::adapt::WORDS;
use crate::diagram::svg::family::Family;
use crate::diagram::svg::ground::{Backdrop, Shape};
use crate::diagram::svg::place::corners;
use crate::diagram::svg::shade::{BLACK, Both, Rgb, WHITE, contrast};
use crate::diagram::svg::tree::{Node, at_mut};

/// The width of the halo, on both sides together.
const WIDTH: f64 = 4.0;

/// A line in the picture's coordinates.
struct Stroke {
    index: usize,
    bounds: Rect,
    outline: BezPath,
    /// Half its width.
    half: f64,
}

impl Polished {
    /// Gives words that a line crosses a halo in the colour behind them; `paper` as in `adapt`.
    pub(crate) fn set_off(&mut self, paper: Both) {
        let scene = self.scene();
        let nodes = &mut self.0.nodes;
        let (backdrop, strokes) = painted(nodes, &scene.family, scene.shapes, paper);
        for lines in scene.words.chunk_by(|one, other| one.text == other.text) {
            let index = lines[0].text;
            let bare = scene.family.is_unstroked(nodes, index);
            // Words in the colour of the paper are on a marker, which is not an element.
            let fill = scene.family.fill(nodes, index);
            let is_light = fill.is_some_and(|fill| fill.colour == paper);
            if !bare || is_light {
                continue;
            }
            let is_hard = |on: &Both| fill.is_some_and(|fill| fill.colour.contrast(on) < WORDS);
            let crossed = lines.iter().find_map(|line| {
                let corners = |half: f64| {
                    let half = (half - 1.0).max(0.0);
                    let high = half - line.own.height() * 0.16;
                    corners(&line.own.inflate(half - 1.0, high)).map(|at| line.transform * at)
                };
                let [start, middle, end] = line.spots(0.0);
                let mut below = strokes.iter().filter(|stroke| stroke.index < index);
                let hides = backdrop
                    .below(middle, index)
                    .next()
                    .map_or(0, |area| area.index);
                let crossed = below.any(|stroke| {
                    stroke.index > hides && goes_through(stroke, &corners(stroke.half))
                });
                let behind = [middle, start, end].map(|spot| backdrop.colour(spot, index));
                let hard = behind.iter().filter(|on| is_hard(on)).count();
                let is_uneven = (1..behind.len()).contains(&hard);
                (crossed || is_uneven).then_some(behind)
            });
            let Some(behind) = crossed else {
                continue;
            };
            let colour = fill.map_or(behind[0], |fill| fill.colour.on(&behind, contrasting));
            if let Some(element) = at_mut(nodes, index) {
                edge(element, colour, WIDTH);
            }
        }
    }
}

/// The first colour behind words in which they can be read, or black or white.
fn contrasting(words: &Rgb, behind: &[Rgb]) -> Rgb {
    let mut all = behind.iter().chain(&[WHITE, BLACK]);
    let read = all.find(|own| contrast(words, own) >= WORDS);
    read.copied().unwrap_or(WHITE)
}

/// The filled areas, and the lines.
fn painted(
    nodes: &[Node],
    family: &Family,
    shapes: Vec<Shape>,
    paper: Both,
) -> (Backdrop, Vec<Stroke>) {
    let mut backdrop = Backdrop::of(paper);
    let mut strokes = Vec::new();
    for shape in shapes {
        let width = family.number(nodes, shape.index, "stroke-width");
        let width = width.unwrap_or(1.0).clamp(0.0, 64.0);
        let stroke = family.paint(nodes, shape.index, "stroke");
        let is_clear = stroke.is_some_and(|stroke| stroke.alpha <= 0.0);
        if shape.name != "line" {
            backdrop.areas.extend(shape.area(nodes, family));
        }
        if shape.is_stroked && !is_clear && width > 0.0 {
            strokes.push(Stroke {
                index: shape.index,
                bounds: shape.bounds,
                outline: shape.outline,
                half: width / 2.0,
            });
        }
    }
    (backdrop, strokes)
}

/// Whether a line crosses the box with these corners.
fn goes_through(stroke: &Stroke, corners: &[Point; 4]) -> bool {
    let around = Rect::from_points(corners[0], corners[2]).union_pt(corners[1]);
    if !stroke.bounds.overlaps(around.union_pt(corners[3])) {
        return false;
    }
    let sides = corners.iter().zip(corners.iter().cycle().skip(1));
    let sides: Vec<Line> = sides.map(|(a, b)| Line::new(*a, *b)).collect();
    stroke.outline.segments().any(|segment| {
        let mut sides = sides.iter();
        sides.any(|side| !segment.intersect_line(*side).is_empty())
    })
}
