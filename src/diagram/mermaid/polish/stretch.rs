//! Makes room between the parts of pictures for which the renderer has no setting: their lines become
//! longer, and what is at the end of one goes along.
//!
//! Not here: pictures that the renderer draws with more space when asked (`renderer`).

use kurbo::{Affine, BezPath, ParamCurve as _, Point, Rect, Shape as _, Vec2};

use crate::diagram::svg::Styled;
use crate::diagram::svg::family::Family;
use crate::diagram::svg::place::{Line, of_text, outline, transforms};
use crate::diagram::svg::scene::Scene;
use crate::diagram::svg::size::view_box;
use crate::diagram::svg::tree::{Node, at, at_mut};
use crate::diagram::svg::typed::Value;

/// A smaller open shape is part of a symbol, in pixels.
const LEAST_LINE: f64 = 24.0;

/// How much more a distance along the lines counts than one across: two parts of a line have
/// different places along it.
const ALONG: f64 = 16.0;

impl Styled {
    /// Multiplies distances by a number that the room gives, in pictures with such lines.
    pub(crate) fn stretch(&mut self, kind: &str, room: usize) {
        let by = f64::from(1_u8 << room);
        let by = match kind {
            _ if room == 0 => return,
            "gitGraph" => Affine::scale(by),
            "ishikawa" => Affine::scale_non_uniform(1.0, by),
            _ => return,
        };
        let Scene { family, words, .. } = self.scene();
        let transforms = transforms(&self.nodes, &family);
        let (mut lines, mut others) = (Vec::new(), Vec::new());
        for (index, transform) in transforms.iter().enumerate() {
            let Some(transform) = transform else {
                continue;
            };
            match self.line(&family, index, *transform) {
                Some(line) => lines.push((index, *transform, line)),
                None => others.extend(self.place(&words, index, *transform)),
            }
        }
        let ends = lines.iter().flat_map(|(_, _, line)| {
            let first = line.segments().next().map(|first| first.start());
            first
                .into_iter()
                .chain(line.segments().last().map(|last| last.end()))
        });
        let ends: Vec<Point> = ends.collect();
        let lanes = lines
            .iter()
            .find(|(index, ..)| at(&self.nodes, *index).is_some_and(|lane| lane.name == "line"));
        let is_down = kind == "ishikawa"
            || lanes.is_some_and(|(_, _, lane)| lane.bounding_box().width() < 1.0);
        let far = |end: &Point, place: Point| {
            let way = *end - place;
            let [along, across] = if is_down {
                [way.y, way.x]
            } else {
                [way.x, way.y]
            };
            along.abs() * ALONG + across.abs()
        };
        for (index, transform, line) in lines {
            self.set_line(index, transform.inverse() * (by * line));
        }
        let mut tag = (Rect::ZERO, Vec2::ZERO);
        for (index, bounds) in others {
            let place = bounds.center();
            let is_tag = at(&self.nodes, index).is_some_and(|tag| tag.name == "polygon");
            // The hole of a tag, say, and its words: another tag may be there too.
            let way = if !is_tag && tag.0.contains(place) {
                tag.1
            } else {
                let end = ends
                    .iter()
                    .min_by(|a, b| far(a, place).total_cmp(&far(b, place)));
                end.map_or(Vec2::ZERO, |end| by * *end - *end)
            };
            if is_tag {
                tag = (bounds, way);
            }
            let above = family
                .parent(index)
                .and_then(|above| transforms.get(above).copied().flatten());
            let [a, b, c, d, ..] = above.unwrap_or_default().as_coeffs();
            let turned = Affine::new([a, b, c, d, 0.0, 0.0]).inverse() * way.to_point();
            self.shift(index, turned.to_vec2());
        }
        let root = self.nodes.first().and_then(Node::element);
        if let Some(view) = root.and_then(view_box) {
            self.grow(by.transform_rect_bbox(view));
        }
    }

    /// A line of the picture, in its coordinates.
    fn line(&self, family: &Family, index: usize, transform: Affine) -> Option<BezPath> {
        let element = at(&self.nodes, index)?;
        let open = element.name == "path" && family.is_none(&self.nodes, index, "fill");
        let line = transform * outline(element).filter(|_| open || element.name == "line")?;
        (line.bounding_box().size().max_side() > LEAST_LINE).then_some(line)
    }

    /// Where a shape or a text is, and its index; a turned label of a commit is there before the turn.
    fn place(&self, words: &[Line], index: usize, transform: Affine) -> Option<(usize, Rect)> {
        let element = at(&self.nodes, index)?;
        let bounds = match element.name {
            "text" => of_text(words, index)
                .iter()
                .map(|line| line.own)
                .reduce(|all, line| all.union(line)),
            _ => outline(element).map(|outline| outline.bounding_box()),
        };
        let [_, turn, ..] = transform.as_coeffs();
        let unturned = if turn == 0.0 {
            transform
        } else {
            Affine::IDENTITY
        };
        Some((index, unturned.transform_rect_bbox(bounds?)))
    }

    fn set_line(&mut self, index: usize, line: BezPath) {
        let Some(element) = at_mut(&mut self.nodes, index) else {
            return;
        };
        if element.name == "path" {
            element.set("d", Value::Path(line));
        } else if let Some(line) = line.segments().next() {
            let (start, end) = (line.start(), line.end());
            let sides = [
                ("x1", start.x),
                ("y1", start.y),
                ("x2", end.x),
                ("y2", end.y),
            ];
            for (name, side) in sides {
                element.set(name, side);
            }
        }
    }
}
