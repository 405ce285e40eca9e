//! Makes room for the titles of frames that contain frames: the renderer draws the inner frame over
//! the outer one's title.
//!
//! Only the inner frame's upper side moves, as far as its content allows. Not here: making the
//! outer frame larger, which would move it onto its neighbours.

use kurbo::{Affine, ParamCurve as _, Point, Rect, Shape as _, Vec2};

use crate::diagram::svg::Styled;
use crate::diagram::svg::family::Family;
use crate::diagram::svg::place::{holds, is_shape, lines, outline, transforms};
use crate::diagram::svg::tree::{at_mut, end};
use crate::diagram::svg::typed::moves;

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
    bounds: Rect,
    title: Rect,
}

#[derive(Default)]
struct Rest {
    things: Vec<Rect>,
    ends: Vec<Point>,
}

impl Styled {
    /// Moves the upper sides of frames off the titles of the frames around them. Call after
    /// `simplify`.
    pub(crate) fn clear_titles(&mut self) {
        let family = Family::of(&self.nodes);
        let transforms = transforms(&self.nodes, &family);
        let mut frames: Vec<Frame> = (0..self.nodes.len())
            .filter_map(|index| self.frame(&family, index, transforms.get(index).copied()??))
            .collect();
        if frames.len() < 2 || frames.len() > MOST {
            return;
        }
        let rest = self.rest(&family, &transforms, &frames);
        let area = |frame: &Frame| frame.bounds.area();
        frames.sort_by(|a, b| area(b).total_cmp(&area(a)));
        for outer in 0..frames.len() {
            for inner in outer + 1..frames.len() {
                let by = lowered(&frames, outer, inner, &rest);
                let Some(frame) = frames.get_mut(inner).filter(|_| by > 0.0) else {
                    continue;
                };
                frame.bounds.y0 += by;
                frame.title = frame.title + Vec2::new(0.0, by);
                let rect = frame.rect;
                self.lower(rect, by);
            }
        }
    }

    fn frame(&self, family: &Family, index: usize, transform: Affine) -> Option<Frame> {
        let rect = self.nodes.get(index)?;
        let next = self.nodes.get(index + 1)?;
        let (element, text) = (rect.element()?, next.element()?);
        let beside = rect.depth == next.depth && text.value("transform").is_none();
        if element.name != "rect" || text.name != "text" || !beside {
            return None;
        }
        moves(&transform).filter(|_| element.value("transform").is_none())?;
        let bounds = (transform * outline(element)?).bounding_box();
        let boxes = lines(&self.nodes, family, index + 1).into_iter();
        let title = transform.transform_rect_bbox(boxes.reduce(|all, line| all.union(line))?);
        let at_top = holds(&bounds, &title, 1.0) && title.center().y - bounds.y0 < TOP;
        let large = bounds.height() > TOP * 2.0;
        (at_top && large && !family.is_unstroked(&self.nodes, index)).then_some(Frame {
            rect: index,
            bounds,
            title,
        })
    }

    /// Everything that is not a frame, and the ends of lines.
    fn rest(&self, family: &Family, transforms: &[Option<Affine>], frames: &[Frame]) -> Rest {
        let mut rest = Rest::default();
        for (index, node) in self.nodes.iter().enumerate() {
            let Some(element) = node.element() else {
                continue;
            };
            let Some(transform) = transforms.get(index).copied().flatten() else {
                continue;
            };
            let of_frame = |frame: &Frame| frame.rect == index || frame.rect + 1 == index;
            if frames.iter().any(of_frame) {
                continue;
            }
            if element.name == "text" {
                let boxes = lines(&self.nodes, family, index).into_iter();
                let boxes = boxes.map(|line| transform.transform_rect_bbox(line));
                rest.things.extend(boxes);
            }
            let Some(path) = outline(element).filter(|_| is_shape(element)) else {
                continue;
            };
            let path = transform * path;
            let unfilled = family.is_none(&self.nodes, index, "fill");
            if element.name == "line" || unfilled {
                rest.ends
                    .extend(path.segments().next().map(|first| first.start()));
                rest.ends
                    .extend(path.segments().last().map(|last| last.end()));
            } else {
                rest.things.push(path.bounding_box());
            }
        }
        rest
    }

    /// Moves the upper side of a frame and its title down.
    fn lower(&mut self, rect: usize, by: f64) {
        let stop = end(&self.nodes, rect + 1);
        for index in rect..stop {
            let Some(element) = at_mut(&mut self.nodes, index) else {
                continue;
            };
            let mut add = |name: &'static str, by: f64| {
                if let Some(old) = element.number(name) {
                    element.set(name, old + by);
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
    let (own, title) = (&inner.bounds, &outer.title);
    let beside = title.x1 < own.x0 || title.x0 > own.x1;
    let need = title.y1 + GAP - own.y0;
    if !holds(&outer.bounds, own, 1.0) || beside || need <= 0.0 || need > TOP {
        return 0.0;
    }
    let ends_there =
        |end: &Point| (end.y - own.y0).abs() < NEAR && end.x >= own.x0 && end.x <= own.x1;
    if rest.ends.iter().any(ends_there) {
        return 0.0;
    }
    let others = frames.iter().map(|frame| frame.bounds);
    let inside = others.chain(rest.things.iter().copied());
    let inside = inside.filter(|other| holds(own, other, 0.0) && other != own);
    let first = inside.map(|other| other.y0).fold(f64::INFINITY, f64::min);
    let room = first - GAP - inner.title.y1;
    need.min(room).max(0.0)
}
