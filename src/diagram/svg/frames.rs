//! Makes room for the titles of frames that contain frames: the renderer draws the inner frame over
//! the outer one's title.
//!
//! Only the inner frame's upper side moves, as far as its content allows. Not here: making the
//! outer frame larger, which would move it onto its neighbours.

use super::Baked;
use super::family::Family;
use super::matrix::{Matrix, Point};
use super::number::rounded;
use super::place::{Bounds, is_shape, lines, matrices, outlines};
use super::tree::{Name, Node, end};

/// The space below a title, in pixels.
const GAP: f64 = 3.0;
/// The largest distance of a title's middle from the upper side, in pixels.
const TOP: f64 = 32.0;
/// A line that ends this close to a frame's side, in pixels, ends at the frame.
const NEAR: f64 = 8.0;
/// The most frames that are compared.
const MOST: usize = 200;

/// A rectangle with a title at its upper side.
struct Frame {
    rect: usize,
    bounds: Bounds,
    title: Bounds,
}

#[derive(Default)]
struct Rest {
    things: Vec<Bounds>,
    ends: Vec<Point>,
}

impl Baked {
    /// Moves the upper sides of frames off the titles of the frames around them. Call after
    /// `simplify`.
    pub fn clear_titles(&mut self) {
        let family = Family::of(&self.nodes);
        let matrices = matrices(&self.nodes, &family);
        let matrix = |index: usize| matrices.get(index).copied().flatten();
        let mut frames: Vec<Frame> = (0..self.nodes.len())
            .filter_map(|index| self.frame(&family, index, &matrix(index)?))
            .collect();
        if frames.len() < 2 || frames.len() > MOST {
            return;
        }
        let rest = self.rest(&family, &matrices, &frames);
        let area = |frame: &Frame| frame.bounds.size().iter().product::<f64>();
        frames.sort_by(|a, b| area(b).total_cmp(&area(a)));
        for outer in 0..frames.len() {
            for inner in outer + 1..frames.len() {
                let by = lowered(&frames, outer, inner, &rest);
                let Some(frame) = frames.get_mut(inner).filter(|_| by > 0.0) else {
                    continue;
                };
                frame.bounds.0[1] += by;
                frame.title.0[1] += by;
                frame.title.0[3] += by;
                let rect = frame.rect;
                self.lower(rect, by);
            }
        }
    }

    fn frame(&self, family: &Family, index: usize, matrix: &Matrix) -> Option<Frame> {
        let rect = self.nodes.get(index)?;
        let next = self.nodes.get(index + 1)?;
        let (element, text) = (rect.element()?, next.element()?);
        let beside = rect.depth == next.depth && text.get("transform").is_none();
        if element.name != "rect" || text.name != "text" || !beside {
            return None;
        }
        matrix
            .moves()
            .filter(|_| element.get("transform").is_none())?;
        let stroke = family.held(&self.nodes, index, "stroke")?;
        let placed = |points: Vec<Point>| {
            Bounds::around(points.into_iter().map(|point| matrix.apply(point)))
        };
        let bounds = placed(outlines(element)?.concat())?;
        let boxes = lines(&self.nodes, family, index + 1);
        let title = placed(boxes.iter().flat_map(Bounds::corners).collect())?;
        let [_, middle] = title.centre();
        let at_top = bounds.holds(&title, 1.0) && middle - bounds.0[1] < TOP;
        let large = bounds.size()[1] > TOP * 2.0;
        (at_top && large && stroke != "none").then_some(Frame {
            rect: index,
            bounds,
            title,
        })
    }

    /// Everything that is not a frame, and the ends of lines.
    fn rest(&self, family: &Family, matrices: &[Option<Matrix>], frames: &[Frame]) -> Rest {
        let mut rest = Rest::default();
        for (index, node) in self.nodes.iter().enumerate() {
            let Some(element) = node.element() else {
                continue;
            };
            let Some(matrix) = matrices.get(index).copied().flatten() else {
                continue;
            };
            let of_frame = |frame: &Frame| frame.rect == index || frame.rect + 1 == index;
            if frames.iter().any(of_frame) {
                continue;
            }
            let points: Vec<Point> = if element.name == "text" {
                let boxes = lines(&self.nodes, family, index);
                boxes.iter().flat_map(Bounds::corners).collect()
            } else if is_shape(element) {
                outlines(element).unwrap_or_default().concat()
            } else {
                continue;
            };
            let points: Vec<Point> = points.iter().map(|point| matrix.apply(*point)).collect();
            let line =
                element.name == "line" || family.held(&self.nodes, index, "fill") == Some("none");
            if line {
                rest.ends.extend(points.first());
                rest.ends.extend(points.last());
            } else {
                rest.things.extend(Bounds::around(points));
            }
        }
        rest
    }

    /// Moves the upper side of a frame and its title down.
    fn lower(&mut self, rect: usize, by: f64) {
        let stop = end(&self.nodes, rect + 1);
        for index in rect..stop {
            let Some(element) = self.nodes.get_mut(index).and_then(Node::element_mut) else {
                continue;
            };
            let mut add = |name: &'static str, by: f64| {
                let old = element.get(name).and_then(|old| old.parse::<f64>().ok());
                if let Some(new) = old.and_then(|old| rounded(old + by, 4)) {
                    element.set(Name::from(name), new);
                }
            };
            add("y", by);
            if index == rect {
                add("height", -by);
            }
        }
    }
}

/// How far an inner frame's upper side must move off the outer one's title, if it can.
fn lowered(frames: &[Frame], outer: usize, inner: usize, rest: &Rest) -> f64 {
    let (Some(outer), Some(inner)) = (frames.get(outer), frames.get(inner)) else {
        return 0.0;
    };
    let ([left, top, right, _], [title_left, _, title_right, title_bottom]) =
        (inner.bounds.0, outer.title.0);
    let beside = title_right < left || title_left > right;
    let need = title_bottom + GAP - top;
    if !outer.bounds.holds(&inner.bounds, 1.0) || beside || need <= 0.0 || need > TOP {
        return 0.0;
    }
    let ends_there = |[x, y]: &Point| (y - top).abs() < NEAR && *x >= left && *x <= right;
    if rest.ends.iter().any(ends_there) {
        return 0.0;
    }
    let others = frames.iter().map(|frame| frame.bounds);
    let inside = others.chain(rest.things.iter().copied());
    let inside = inside.filter(|other| inner.bounds.holds(other, 0.0) && *other != inner.bounds);
    let first = inside.map(|other| other.0[1]).fold(f64::INFINITY, f64::min);
    let room = first - GAP - inner.title.0[3];
    need.min(room).max(0.0)
}
