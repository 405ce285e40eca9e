//! Links of block diagrams around the blocks that are between their ends: the renderer draws each as
//! a straight line.
//!
//! Not here: where blocks are, and links that cross each other.

use kurbo::{Affine, BezPath, Line, ParamCurve as _, PathEl, Point, Rect, Shape as _};

use crate::diagram::svg::Styled;
use crate::diagram::svg::ground::Shape;
use crate::diagram::svg::place::holds;
use crate::diagram::svg::scene::Scene;
use crate::diagram::svg::tree::at;

/// The distance of a link from the blocks that it goes around, and the room for its marker.
const ASIDE: f64 = 8.0;
const MARKER: f64 = 4.0;
/// Ways with fewer turns are preferred if they are longer by less than this.
const TURN: f64 = 20.0;
/// A line that ends this close to a block ends at it.
const NEAR: f64 = 6.0;
/// The most links times blocks that are looked at.
const MOST: usize = 20_000;

impl Styled {
    /// Takes straight links, with their labels, around the blocks that they cross.
    pub(crate) fn route_links(&mut self, kind: &str) {
        if kind != "block" {
            return;
        }
        let Scene { family, shapes, .. } = self.scene();
        let (links, others): (Vec<Shape>, Vec<Shape>) =
            (shapes.into_iter()).partition(|shape| self.is_link(shape));
        let blocks = others.iter().filter(|shape| shape.is_stroked);
        let blocks = leaves(blocks.map(|shape| shape.bounds));
        if links.len() * blocks.len() > MOST {
            return;
        }
        let is_label = |shape: &&Shape| self.is_label(&family, shape.index);
        let labels = others.iter().filter(is_label);
        let labels: Vec<(usize, Rect)> = labels.map(|shape| (shape.index, shape.bounds)).collect();
        for link in links {
            let bounds = link.bounds;
            let mut labels = labels.iter();
            let label = labels.find(|(_, own)| (own.center() - bounds.center()).hypot() < NEAR);
            let route = around(&link.outline, &blocks);
            let Some(route) = route else {
                continue;
            };
            if let Some((rect, own)) = label {
                let group = family.parent(*rect).unwrap_or_default();
                self.shift(group, halfway(&route) - own.center());
            }
            let path: BezPath = steps(&route).collect();
            self.grow(path.bounding_box().inflate(ASIDE, ASIDE));
            self.set(link.index, "d", link.transform.inverse() * path);
        }
    }

    fn is_link(&self, shape: &Shape) -> bool {
        let marked = at(&self.nodes, shape.index).is_some_and(|element| {
            element.value("marker-end").is_some() || element.value("marker-start").is_some()
        });
        (marked || !shape.is_filled) && shape.outline.segments().count() < 3
    }
}

/// The boxes that hold no other: blocks without the frames around them.
fn leaves(boxes: impl Iterator<Item = Rect>) -> Vec<Rect> {
    let boxes: Vec<Rect> = boxes.collect();
    let is_leaf = |own: &&Rect| {
        let mut others = boxes.iter().filter(|other| other != own);
        !others.any(|other| holds(own, other, 0.0))
    };
    boxes.iter().filter(is_leaf).copied().collect()
}

/// The shortest way around the blocks between the ends of a link; `None` if there is none in between,
/// or no free way.
fn around(link: &BezPath, blocks: &[Rect]) -> Option<Vec<Point>> {
    let (first, last) = (link.segments().next()?, link.segments().last()?);
    let (from, to) = (first.start(), last.end());
    let at = |end: Point| {
        blocks
            .iter()
            .find(|block| block.inflate(NEAR, NEAR).contains(end))
    };
    let (source, target) = (at(from)?, at(to)?);
    let between: Vec<&Rect> = blocks
        .iter()
        .filter(|block| *block != source && *block != target)
        .collect();
    if source == target || is_free(&[from, to], &between) {
        return None;
    }
    let ways = [true, false].into_iter().flat_map(|is_row| {
        // Columns are rows of the picture turned over.
        let turn = Affine::new(if is_row {
            [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
        } else {
            [0.0, 1.0, 1.0, 0.0, 0.0, 0.0]
        });
        let [source, target] = [source, target].map(|block| turn.transform_rect_bbox(*block));
        let ways = [source.y0, source.y1, target.y0, target.y1]
            .into_iter()
            .flat_map(|side| [side - ASIDE, side + ASIDE]);
        ways.flat_map(move |level| {
            let (a, b) = (source.center(), target.center());
            let side = |own: &Rect, gap: f64| {
                if level < own.center().y {
                    own.y0 - gap
                } else {
                    own.y1 + gap
                }
            };
            let start = [Point::new(a.x, side(&source, 0.0)), Point::new(a.x, level)];
            let turns = |end: [Point; 2]| [start, end].concat();
            let straight = turns([
                Point::new(b.x, level),
                Point::new(b.x, side(&target, MARKER)),
            ]);
            let aside = [
                (target.x0 - ASIDE, target.x0 - MARKER),
                (target.x1 + ASIDE, target.x1 + MARKER),
            ];
            let aside = aside.map(|(x, end)| {
                let mut way = turns([Point::new(x, level), Point::new(x, b.y)]);
                way.push(Point::new(end, b.y));
                way
            });
            let ways = [straight].into_iter().chain(aside);
            ways.map(|way| way.into_iter().map(|at| turn * at).collect::<Vec<_>>())
                .collect::<Vec<_>>()
        })
    });
    let all: Vec<&Rect> = blocks.iter().collect();
    let free = ways.filter(|way| {
        is_free(way.get(1..way.len() - 1).unwrap_or_default(), &all) && is_free(way, &between)
    });
    free.min_by(|a, b| length(a).total_cmp(&length(b)))
}

fn is_free(way: &[Point], blocks: &[&Rect]) -> bool {
    let mut steps = way.windows(2).map(|step| Line::new(step[0], step[1]));
    !steps.any(|step| {
        blocks
            .iter()
            .any(|block| crosses(step, &block.inflate(-1.0, -1.0)))
    })
}

fn crosses(line: Line, block: &Rect) -> bool {
    block.contains(line.p0)
        || block.contains(line.p1)
        || block
            .path_segments(0.1)
            .any(|side| !side.intersect_line(line).is_empty())
}

/// The length of a way; every step counts as a detour.
fn length(way: &[Point]) -> f64 {
    let steps = way.windows(2).map(|step| (step[1] - step[0]).hypot());
    steps.map(|step| step + TURN).sum()
}

/// The place of a label: the middle of the longest step between rows, if there is one.
fn halfway(way: &[Point]) -> Point {
    let inner = way.get(1..way.len() - 1).unwrap_or_default().windows(2);
    let level = |step: &[Point]| (step[0].y - step[1].y).abs() < 1.0;
    let longest = inner.max_by(|a, b| {
        let long = |step: &[Point]| (step[1] - step[0]).hypot();
        level(a).cmp(&level(b)).then(long(a).total_cmp(&long(b)))
    });
    longest.map_or(Point::ZERO, |step| step[0].midpoint(step[1]))
}

fn steps(way: &[Point]) -> impl Iterator<Item = PathEl> + '_ {
    way.iter().enumerate().map(|(at, point)| match at {
        0 => PathEl::MoveTo(*point),
        _ => PathEl::LineTo(*point),
    })
}
