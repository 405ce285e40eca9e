//! Whether everything in a diagram can be seen, in both schemes: words at least 4.5:1 and whatever
//! else carries meaning at least 3:1 against what is behind it. Computed from the finished picture,
//! with a reader of its own.
//!
//! Not here: a browser's painting; widths of words are estimated. Lines in the tokens of hairlines
//! are grids, which say nothing.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "colours are bytes, and counts are small"
)]

use color::{AlphaColor, Srgb, parse_color};
use docsite::diagram::{Work, draw};
use kurbo::{
    Affine, BezPath, Circle, Ellipse, Line, ParamCurve, ParamCurveArclen, PathEl, Point, Rect,
    RoundedRect, Shape,
};
use roxmltree::{Document, Node};

const WORDS: f32 = 4.5;
const SIGNS: f32 = 3.0;
/// The part of a line that must be seen: the rest may lie on others.
const SHARE: f64 = 0.4;
const PAPER: Paint = Paint([[0xfc, 0xfc, 0xfb, 0xff], [0x14, 0x17, 0x1a, 0xff]]);
/// What a shape without a fill of its own has.
const INK: Paint = Paint([[0x1a, 0x1d, 0x1f, 0xff], [0xe2, 0xe4, 0xe3, 0xff]]);
const UNDRAWN: [&str; 8] = [
    "defs", "marker", "clipPath", "mask", "pattern", "symbol", "title", "desc",
];

/// Red, green, blue and opacity, in the light scheme and in the dark one.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Paint([[u8; 4]; 2]);

impl Paint {
    /// `None` for `none`, gradients and hairlines.
    fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(inside) = call(text, "var") {
            let (token, pair) = inside.split_once(',')?;
            return Self::read(pair).filter(|_| !token.starts_with("--line"));
        }
        if let Some(inside) = call(text, "light-dark") {
            let comma = top_comma(inside)?;
            let light = Self::read(&inside[..comma])?;
            let dark = Self::read(&inside[comma + 1..])?;
            return Some(Self([light.0[0], dark.0[1]]));
        }
        let colour: AlphaColor<Srgb> = parse_color(text).ok()?.to_alpha_color();
        let rgba = colour.to_rgba8();
        Some(Self([[rgba.r, rgba.g, rgba.b, rgba.a]; 2]))
    }

    fn faded(self, alpha: f64) -> Self {
        Self(
            self.0
                .map(|[r, g, b, a]| [r, g, b, (f64::from(a) * alpha).round() as u8]),
        )
    }

    fn over(self, below: Self) -> Self {
        let mut out = below;
        for (scheme, own) in self.0.iter().enumerate() {
            let alpha = f64::from(own[3]) / 255.0;
            for (side, own) in out.0[scheme].iter_mut().zip(&own[..3]) {
                let (a, b) = (f64::from(*own), f64::from(*side));
                *side = (b + (a - b) * alpha).round() as u8;
            }
        }
        out
    }

    /// The smaller contrast of the two schemes.
    fn contrast(self, below: Self) -> f32 {
        let seen = self.over(below);
        (0..2)
            .map(|scheme| {
                let light = |paint: Self| {
                    let [r, g, b, _] = paint.0[scheme];
                    AlphaColor::<Srgb>::from_rgba8(r, g, b, 255)
                        .discard_alpha()
                        .relative_luminance()
                };
                let (a, b) = (light(seen), light(below));
                (a.max(b) + 0.05) / (a.min(b) + 0.05)
            })
            .fold(f32::INFINITY, f32::min)
    }
}

fn call<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.strip_prefix(name)?
        .strip_prefix('(')?
        .strip_suffix(')')
}

fn top_comma(text: &str) -> Option<usize> {
    let mut nested = 0;
    text.char_indices().find_map(|(at, c)| {
        match c {
            '(' => nested += 1,
            ')' => nested -= 1,
            _ => {}
        }
        (c == ',' && nested == 0).then_some(at)
    })
}

/// What an element inherits.
#[derive(Clone, Debug)]
struct Held {
    at: Affine,
    fill: String,
    stroke: String,
    width: f64,
    opacity: f64,
    fill_opacity: f64,
    stroke_opacity: f64,
    size: f64,
    anchor: String,
    middle: String,
    marker_start: String,
    marker_end: String,
}

impl Held {
    fn root() -> Self {
        Self {
            at: Affine::IDENTITY,
            fill: "black".to_owned(),
            stroke: "none".to_owned(),
            width: 1.0,
            opacity: 1.0,
            fill_opacity: 1.0,
            stroke_opacity: 1.0,
            size: 16.0,
            anchor: "start".to_owned(),
            middle: "auto".to_owned(),
            marker_start: "none".to_owned(),
            marker_end: "none".to_owned(),
        }
    }

    fn with(&self, node: Node<'_, '_>) -> Self {
        let mut held = self.clone();
        let text = |name: &str, into: &mut String| {
            if let Some(value) = node.attribute(name) {
                value.clone_into(into);
            }
        };
        text("fill", &mut held.fill);
        text("stroke", &mut held.stroke);
        text("text-anchor", &mut held.anchor);
        text("dominant-baseline", &mut held.middle);
        text("marker-start", &mut held.marker_start);
        text("marker-end", &mut held.marker_end);
        let number = |name: &str| node.attribute(name)?.trim_end_matches("px").parse().ok();
        held.width = number("stroke-width").unwrap_or(held.width);
        held.size = number("font-size").unwrap_or(held.size);
        held.fill_opacity = number("fill-opacity").unwrap_or(held.fill_opacity);
        held.stroke_opacity = number("stroke-opacity").unwrap_or(held.stroke_opacity);
        held.opacity *= number("opacity").unwrap_or(1.0);
        held.at *= transform(node);
        held
    }

    fn fill(&self) -> Option<Paint> {
        Some(Paint::read(&self.fill)?.faded(self.opacity * self.fill_opacity))
    }

    fn stroke(&self) -> Option<Paint> {
        // Bands may be faint.
        let own = if self.width > 8.0 {
            1.0
        } else {
            self.stroke_opacity
        };
        Some(Paint::read(&self.stroke)?.faded(self.opacity * own))
    }
}

fn numbers(text: &str) -> Vec<f64> {
    let parts = text.split(|c: char| c == ',' || c.is_whitespace());
    parts.filter_map(|part| part.parse().ok()).collect()
}

fn transform(node: Node<'_, '_>) -> Affine {
    let own = node.attribute("transform").unwrap_or_default();
    let mut all = Affine::IDENTITY;
    for (name, inside) in own.split(')').filter_map(|one| one.split_once('(')) {
        all *= match (name.trim(), numbers(inside).as_slice()) {
            ("translate", [x]) => Affine::translate((*x, 0.0)),
            ("translate", [x, y]) => Affine::translate((*x, *y)),
            ("scale", [x]) => Affine::scale(*x),
            ("scale", [x, y]) => Affine::scale_non_uniform(*x, *y),
            ("rotate", [a]) => Affine::rotate(a.to_radians()),
            ("rotate", [a, x, y]) => Affine::rotate_about(a.to_radians(), Point::new(*x, *y)),
            ("matrix", six) => Affine::new(six.try_into().expect("six numbers")),
            other => panic!("a transform {other:?}"),
        };
    }
    if node.has_tag_name("svg") && node.parent_element().is_some() {
        let number = |name: &str| node.attribute(name).and_then(|text| text.parse().ok());
        let (x, y) = (number("x").unwrap_or(0.0), number("y").unwrap_or(0.0));
        all *= Affine::translate((x, y));
        if let [left, top, width, height] =
            numbers(node.attribute("viewBox").unwrap_or_default())[..]
        {
            let (w, h) = (
                number("width").unwrap_or(width),
                number("height").unwrap_or(height),
            );
            all *= Affine::scale_non_uniform(w / width, h / height);
            all *= Affine::translate((-left, -top));
        }
    }
    all
}

struct Drawn {
    outline: BezPath,
    /// What a fill paints: the outline with each part of it closed.
    area: BezPath,
    fill: Option<Paint>,
    stroke: Option<Paint>,
    what: String,
}

struct Said {
    /// How many shapes are painted before it.
    after: usize,
    box_: Rect,
    fill: Paint,
    /// The colour of its halo.
    halo: Option<Paint>,
    words: String,
}

#[derive(Default)]
struct Picture {
    shapes: Vec<Drawn>,
    words: Vec<Said>,
    /// Circles that markers paint at the beginning of lines, after that many shapes.
    discs: Vec<(usize, Drawn)>,
    /// Where markers are painted, each with its id, after that many shapes.
    tips: Vec<(usize, Point, String)>,
    found: Vec<String>,
}

impl Picture {
    fn read(&mut self, node: Node<'_, '_>, above: &Held) {
        if UNDRAWN.contains(&node.tag_name().name()) {
            return;
        }
        let held = above.with(node);
        if let Some(outline) = outline(node) {
            let is_line = node.has_tag_name("line");
            if held.width < 0.0 {
                self.found.push(format!("a negative stroke: {node:?}"));
            }
            let outline = held.at * outline;
            let start = outline.elements().first().and_then(PathEl::end_point);
            if let Some(disc) = start.and_then(|start| disc(node, &held, start)) {
                self.discs.push((self.shapes.len(), disc));
            }
            for (marker, is_end) in [(&held.marker_start, false), (&held.marker_end, true)] {
                let id = call(marker, "url").map(|id| id.trim_start_matches('#').to_owned());
                self.tips.extend(
                    id.zip(tip(&outline, is_end))
                        .map(|(id, at)| (self.shapes.len(), at, id)),
                );
            }
            self.shapes.push(Drawn {
                area: closed(&outline),
                outline,
                fill: held.fill().filter(|_| !is_line),
                stroke: held.stroke().filter(|_| held.width > 0.0),
                what: format!("{:?}", node.attributes().collect::<Vec<_>>()),
            });
        }
        if node.has_tag_name("text") {
            self.say(node, &held);
            return;
        }
        for child in node.children().filter(Node::is_element) {
            self.read(child, &held);
        }
    }

    /// Lines of a text; each line begins where a part has a place of its own.
    fn say(&mut self, node: Node<'_, '_>, held: &Held) {
        let mut at = Point::ZERO;
        let mut lines: Vec<(Point, String, Held)> = Vec::new();
        for part in node.descendants() {
            if part.is_element() {
                let own = part
                    .ancestors()
                    .take_while(|one| *one != node)
                    .collect::<Vec<_>>();
                let mut inside = held.clone();
                for one in own.iter().rev() {
                    inside = inside.with(*one);
                }
                let length = |name: &str| {
                    let text = part.attribute(name)?;
                    match text.strip_suffix("em") {
                        Some(ems) => ems.parse::<f64>().ok().map(|ems| ems * inside.size),
                        None => text.trim_end_matches("px").parse().ok(),
                    }
                };
                let (x, y, dy) = (length("x"), length("y"), length("dy"));
                at.x = x.unwrap_or(at.x);
                at.y = y.unwrap_or(at.y) + dy.unwrap_or(0.0);
                if part == node
                    || x.is_some()
                    || y.is_some()
                    || dy.is_some()
                    || part.attribute("fill").is_some()
                {
                    lines.push((at, String::new(), inside));
                }
            } else if let (Some(line), Some(text)) = (lines.last_mut(), part.text()) {
                line.1.push_str(text);
            }
        }
        for (Point { x, y }, text, held) in lines {
            let words = text.trim();
            let Some(fill) = held.fill().filter(|_| !words.is_empty()) else {
                continue;
            };
            let ems: f64 = words
                .chars()
                .map(|c| if c.is_ascii() { 0.5 } else { 0.9 })
                .sum();
            let (wide, tall) = (ems * held.size, held.size * 0.7);
            let left = match held.anchor.as_str() {
                "middle" => x - wide / 2.0,
                "end" => x - wide,
                _ => x,
            };
            let top = match held.middle.as_str() {
                "central" | "middle" => y - tall / 2.0,
                "hanging" | "text-before-edge" => y,
                _ => y - tall,
            };
            let halo = node.attribute("paint-order").and_then(|_| held.stroke());
            self.words.push(Said {
                after: self.shapes.len(),
                box_: held
                    .at
                    .transform_rect_bbox(Rect::new(left, top, left + wide, top + tall)),
                fill,
                halo,
                words: words.to_owned(),
            });
        }
    }

    /// What is seen at a point before the shape with this number is painted.
    fn behind(&self, point: Point, before: usize) -> Paint {
        let discs = self.discs.iter().filter(|(after, _)| *after < before);
        let shapes = self.shapes.iter().take(before);
        let shapes = shapes.chain(discs.map(|(_, disc)| disc));
        shapes.fold(PAPER, |below, shape| match shape.fill {
            Some(fill) if shape.area.winding(point) != 0 => fill.over(below),
            _ => below,
        })
    }

    fn judge(&mut self) {
        for said in &self.words {
            let Rect { x0, x1, .. } = said.box_;
            let y = said.box_.center().y;
            for share in [0.1, 0.5, 0.9] {
                let behind = self.behind(Point::new(x0 + (x1 - x0) * share, y), said.after);
                let behind = said.halo.map_or(behind, |halo| halo.over(behind));
                let contrast = said.fill.contrast(behind);
                if contrast < WORDS {
                    let words = &said.words;
                    self.found.push(format!(
                        "{contrast:.2}:1 “{words}” {:?} on {behind:?}",
                        said.fill
                    ));
                    break;
                }
            }
        }
        for number in 0..self.shapes.len() {
            self.found.extend(self.unseen(number));
        }
    }

    /// Why a shape cannot be seen, if so.
    fn unseen(&self, number: usize) -> Option<String> {
        let shape = &self.shapes[number];
        let mut spots = Vec::new();
        for segment in shape.outline.segments() {
            spots.extend([0.1, 0.5, 0.9].map(|share| segment.eval(share)));
        }
        if self.is_casing(number) {
            return None;
        }
        let before = number.checked_sub(1);
        let cased = before.filter(|before| self.is_casing(*before));
        let casing = cased.and_then(|before| self.shapes[before].stroke);
        let behind = |spot: Point| casing.unwrap_or_else(|| self.behind(spot, number));
        let share = |paint: Paint| {
            let seen = spots
                .iter()
                .filter(|spot| paint.contrast(behind(**spot)) >= SIGNS);
            seen.count() as f64 / spots.len().max(1) as f64
        };
        // A fill without an area paints nothing.
        let fill = shape.fill.filter(|_| shape.area.area().abs() > 1.0);
        let is_inked = fill.is_some_and(|fill| INK.0.contains(&fill.0[0]));
        if is_inked && self.holds_words(number) {
            return Some(format!("words on ink {}", shape.what));
        }
        let inked = [shape.stroke, fill].into_iter().flatten();
        let inked: Vec<Paint> = inked.filter(|paint| paint.0[0][3] > 0).collect();
        let is_seen = inked.iter().any(|paint| share(*paint) >= SHARE);
        let what = || {
            format!(
                "{:.0} % seen of {inked:?} {}",
                100.0 * share(inked[0]),
                shape.what
            )
        };
        let is_part = self.is_edge(number) || self.is_ground(number);
        (!inked.is_empty() && !is_seen && !is_part).then(what)
    }

    /// Whether a shape is the edge of the line after it, in the colour of paper.
    fn is_casing(&self, number: usize) -> bool {
        let shape = &self.shapes[number];
        let after = self.shapes.get(number + 1);
        shape.stroke == Some(PAPER) && after.is_some_and(|line| line.outline == shape.outline)
    }

    /// Whether a shape is the outline of the one before it, which has the same colour.
    fn is_edge(&self, number: usize) -> bool {
        let shape = &self.shapes[number];
        let before = number.checked_sub(1).map(|before| &self.shapes[before]);
        before.is_some_and(|filled| {
            filled.outline == shape.outline
                && filled.fill == shape.stroke
                && shape.fill.is_none_or(|fill| fill.0[0][3] == 0)
        })
    }

    /// Whether a shape is the background of something: of words, of a large part of the picture, or
    /// of an outline that is drawn apart.
    fn is_ground(&self, number: usize) -> bool {
        let shape = &self.shapes[number];
        let around = shape.outline.bounding_box();
        let words = self.words.iter().filter(|said| said.after > number);
        let mut centres = words.map(|said| said.box_.center());
        if shape.fill.is_none() {
            // The strokes of a hatching.
            return shape.outline.segments().count() > 20 && centres.any(|at| around.contains(at));
        }
        let is_large = around.width().min(around.height()) > 60.0;
        let is_outlined = self.shapes.iter().skip(number + 1).any(|other| {
            let near = other.outline.bounding_box().inflate(1.0, 1.0);
            other.stroke.is_some()
                && near.contains_rect(around)
                && around.inflate(2.0, 2.0).contains_rect(near)
        });
        is_large || is_outlined || self.holds_words(number)
    }

    fn holds_words(&self, number: usize) -> bool {
        let area = &self.shapes[number].area;
        let mut words = self.words.iter().filter(|said| said.after > number);
        words.any(|said| area.winding(said.box_.center()) != 0)
    }
}

/// The circle that a shape's marker paints at its beginning, as behind the numbers of messages.
fn disc(node: Node<'_, '_>, held: &Held, start: Point) -> Option<Drawn> {
    let takes_markers = ["line", "path", "polyline", "polygon"].contains(&node.tag_name().name());
    let id = call(&held.marker_start, "url")?.trim_matches(['\'', '#']);
    let mut all = node.document().descendants();
    let marker = all.find(|one| takes_markers && one.attribute("id") == Some(id))?;
    let circle = marker.children().find(|one| one.has_tag_name("circle"))?;
    let unit = match marker.attribute("markerUnits") {
        Some("userSpaceOnUse") => 1.0,
        _ => held.width,
    };
    let number = |name: &str| {
        let text = marker.attribute(name).unwrap_or("0");
        text.parse::<f64>().unwrap_or(0.0)
    };
    let own = Affine::scale(unit) * Affine::translate((-number("refX"), -number("refY")));
    let outline = Affine::translate(start.to_vec2()) * own * outline(circle)?;
    let painted = marker
        .ancestors()
        .filter(Node::is_element)
        .collect::<Vec<_>>();
    let painted = painted.iter().rev();
    let painted = painted.fold(Held::root(), |held, one| held.with(*one));
    Some(Drawn {
        area: closed(&outline),
        outline,
        fill: painted.with(circle).fill(),
        stroke: None,
        what: id.to_owned(),
    })
}

/// The middle of the marker at an end of a line.
fn tip(outline: &BezPath, is_end: bool) -> Option<Point> {
    let mut segments = outline.segments();
    let segment = if is_end {
        segments.last()?
    } else {
        segments.next()?
    };
    let part = (5.0 / segment.arclen(1.0).max(5.0)).min(0.5);
    Some(segment.eval(if is_end { 1.0 - part } else { part }))
}

/// An open path is filled as if it were closed; `winding` takes it as it is.
fn closed(outline: &BezPath) -> BezPath {
    let mut closed = BezPath::new();
    for element in outline {
        if matches!(element, PathEl::MoveTo(_)) && !closed.elements().is_empty() {
            closed.close_path();
        }
        closed.push(element);
    }
    closed.close_path();
    closed
}

fn outline(node: Node<'_, '_>) -> Option<BezPath> {
    let number = |name: &str| {
        let text = node.attribute(name).unwrap_or("0");
        text.trim_end_matches("px").parse::<f64>().unwrap_or(0.0)
    };
    let points = || numbers(node.attribute("points").unwrap_or_default());
    Some(match node.tag_name().name() {
        "rect" => {
            let rect = Rect::new(0.0, 0.0, number("width"), number("height"));
            let rect = rect + kurbo::Vec2::new(number("x"), number("y"));
            RoundedRect::from_rect(rect, number("rx")).to_path(0.1)
        }
        "circle" => Circle::new((number("cx"), number("cy")), number("r")).to_path(0.1),
        "ellipse" => {
            let radii = (number("rx"), number("ry"));
            Ellipse::new((number("cx"), number("cy")), radii, 0.0).to_path(0.1)
        }
        "line" => {
            let ends = ((number("x1"), number("y1")), (number("x2"), number("y2")));
            Line::new(ends.0, ends.1).to_path(0.1)
        }
        "polygon" | "polyline" => {
            let mut path = BezPath::new();
            for (at, pair) in points().chunks_exact(2).enumerate() {
                let point = Point::new(pair[0], pair[1]);
                if at == 0 {
                    path.move_to(point);
                } else {
                    path.line_to(point);
                }
            }
            if node.has_tag_name("polygon") {
                path.close_path();
            }
            path
        }
        "path" => BezPath::from_svg(node.attribute("d").unwrap_or_default()).ok()?,
        _ => return None,
    })
}

/// What cannot be seen in the picture of a source.
fn unseen(source: &str) -> Vec<String> {
    let work = Work::Fence {
        language: "mermaid".to_owned(),
        source: source.to_owned(),
    };
    let svg = draw(&work)
        .unwrap_or_else(|failure| panic!("{failure}: {source}"))
        .file();
    unseen_in(&svg)
}

fn unseen_in(svg: &str) -> Vec<String> {
    let document = Document::parse(svg).unwrap();
    let mut picture = Picture::default();
    picture.read(document.root_element(), &Held::root());
    // A picture may be words alone; else its shapes are read.
    let has_shapes = ["<rect", "<path", "<circle", "<line", "<poly", "<ellipse"]
        .iter()
        .any(|shape| svg.contains(shape));
    assert!(
        picture.shapes.is_empty() != has_shapes && !picture.words.is_empty(),
        "{svg}"
    );
    picture.judge();
    let markers = document
        .descendants()
        .filter(|node| node.has_tag_name("marker"));
    for marker in markers {
        let held = marker.ancestors().collect::<Vec<_>>();
        let held = held.iter().rev().filter(|one| one.is_element());
        let held = held.fold(Held::root(), |held, one| held.with(*one));
        let inside = marker
            .children()
            .filter(Node::is_element)
            .map(|part| held.with(part));
        let paints: Vec<Paint> = inside
            .flat_map(|held| [held.fill(), held.stroke()])
            .flatten()
            .collect();
        // With an edge, a marker is on paper everywhere.
        let is_edged = paints.len() > 1 && paints.contains(&PAPER);
        let tips = picture.tips.iter();
        let tips = tips.filter(|(_, _, id)| marker.attribute("id") == Some(id));
        let mut below: Vec<Paint> = tips
            .map(|(after, at, _)| picture.behind(*at, *after))
            .collect();
        if below.is_empty() || is_edged {
            below = vec![PAPER];
        }
        let is_seen = |below: &Paint| paints.iter().any(|paint| paint.contrast(*below) >= SIGNS);
        if !below.iter().all(is_seen) {
            picture
                .found
                .push(format!("a marker {paints:?} on {below:?}"));
        }
    }
    picture.found
}

#[test]
fn everything_in_every_family_is_seen_in_both_schemes() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/diagrams");
    let mut found = Vec::new();
    let mut count = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let source = std::fs::read_to_string(&path).unwrap();
        found.extend(
            unseen(&source)
                .into_iter()
                .map(|what| format!("{name}: {what}")),
        );
        count += 1;
    }
    assert!(count >= 29);
    found.sort();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Colours that a source sets, which were chosen for another background or for none.
#[test]
fn colours_of_a_source_are_seen_in_both_schemes() {
    for source in [
        "flowchart LR\n A-->B\n linkStyle 0 stroke:#fff",
        "flowchart LR\n A-->B\n linkStyle default stroke:#eee,stroke-width:2px",
        "flowchart LR\n A---B\n style A fill:none,stroke:#ffffff",
        "flowchart LR\n A---B\n classDef pale fill:#fff,stroke:#e5e7eb\n class A,B pale",
        "flowchart LR\n A---B\n style A fill:#1e3a8a,stroke:#fff,color:#fff",
        "flowchart LR\n A---B\n style A fill:#111,stroke:#111",
        "flowchart LR\n subgraph S\n A---B\n end\n style S fill:#1e293b",
        "flowchart LR\n subgraph S\n A---B\n end\n style S fill:#64748b\n linkStyle 0 stroke:#64748b",
        "flowchart LR\n subgraph S\n A-->B\n end\n style S fill:#000,stroke:#000\n linkStyle 0 stroke:#000",
        "stateDiagram-v2\n A --> B\n classDef pale fill:#fefefe,stroke:#eee\n class A pale",
        "classDiagram\n A <|-- B\n style A fill:#fff,stroke:#fafafa",
        "erDiagram\n A ||--o{ B : has\n classDef pale stroke:#fefefe,fill:#fff\n class A pale",
        "block-beta\n columns 2\n A B\n A --> B\n style A fill:#fff,stroke:#eee",
        "erDiagram\n A {\n int id\n string name\n }\n style A fill:#000,color:#fff",
        "%%{init: {\"themeVariables\": {\"signalColor\": \"#ffffff\"}}}%%\nsequenceDiagram\n A->>B: x",
        "%%{init: {\"themeVariables\": {\"git0\": \"#ffffff\", \"commitLabelColor\": \"#ffffff\"}}}%%\ngitGraph\n commit\n branch b\n commit",
        "C4Context\n Person(a, \"A\", \"b\")\n System(c, \"C\", \"d\")\n Rel(a, c, \"e\")\n UpdateRelStyle(a, c, $lineColor=\"white\")\n UpdateElementStyle(c, $fontColor=\"red\", $bgColor=\"grey\", $borderColor=\"red\")",
        "quadrantChart\n x-axis A --> B\n y-axis C --> D\n a: [0.3, 0.6] color: #fafafa, stroke-color: #fff",
        // Tips of arrows on what a source colours, and on paper as well.
        "flowchart LR\n subgraph S\n A-->B\n end\n C-->D\n style S fill:#000",
        "sequenceDiagram\n A->>B: a\n A->>B: b\n A->>B: c\n rect rgb(20,20,20)\n A->>B: x\n end",
        "sequenceDiagram\n autonumber\n rect rgb(0, 0, 0)\n A->>B: a\n B--xA: b\n A-)B: c\n end\n A->>B: d\n B--xA: e\n A-)B: f",
        "C4Context\n Person(a, \"A\", \"b\")\n System(c, \"C\", \"d\")\n Rel(a, c, \"e\", \"f\")\n UpdateElementStyle(c, $bgColor=\"grey\", $fontColor=\"white\")\n UpdateRelStyle(a, c, $textColor=\"blue\", $lineColor=\"blue\")",
        // Lines on what is painted before them.
        "xychart-beta\n bar [80, 90, 95]\n line [40, 50, 45]",
        // What a source fades.
        "flowchart LR\n A[words]-->|label|B\n style A opacity:0.2\n linkStyle 0 stroke-opacity:0.1,stroke:#888",
        "flowchart LR\n A---B\n classDef f fill-opacity:0.3,color:#555\n class B f",
        "%%{init: {\"themeVariables\": {\"xyChart\": {\"plotColorPalette\": \"#ffffff, #fefefe\"}}}}%%\nxychart-beta\n x-axis [a, b]\n bar [1, 2]\n line [2, 1]",
    ] {
        let found = unseen(source);
        assert!(found.is_empty(), "{source}\n{}", found.join("\n"));
    }
}

/// What this test would not find, nobody would.
#[test]
fn what_cannot_be_seen_is_found() {
    let numbered = r#"<svg fill="var(--ink, light-dark(#1a1d1f, #e2e4e3))"><marker id="m" refX="15" refY="15"><circle r="6" cx="15" cy="15"/></marker><g marker-start="url(#m)"><path d="M9 9h0" stroke="none"/><text x="9" y="13" text-anchor="middle" font-size="12" fill="light-dark(#fcfcfb, #14171a)">1</text></g></svg>"#;
    assert_eq!(unseen_in(numbered), Vec::<String>::new());
    let word = r#"<text x="40" y="40" fill="light-dark(#1a1d1f, #e2e4e3)">a</text></svg>"#;
    let cases = [
        (
            "a number without its circle",
            numbered.replace("url(#m)", "none"),
        ),
        (
            "a number on a pale circle",
            numbered.replace("<circle ", "<circle fill='#eee' "),
        ),
        (
            "a pale line",
            format!("<svg><path d='M0 9H90' stroke='#eee'/>{word}"),
        ),
        (
            "a line in one scheme",
            format!("<svg><path d='M0 9H90' stroke='#222'/>{word}"),
        ),
        (
            "an open path filled with ink",
            format!("<svg><path d='M0 0V60H90V0'/>{word}"),
        ),
        (
            "a curve on what it is painted on",
            format!(
                "<svg fill='#888'><path d='M0 0H90V90H0Z'/><path d='M5 5Q40 70 80 9' fill='none' stroke='#888'/>{word}"
            ),
        ),
        (
            "words on a line's color",
            format!("<svg fill='none'><path fill='#444' d='M0 0H90V90H0Z'/>{word}"),
        ),
    ];
    for (what, svg) in cases {
        assert!(!unseen_in(&svg).is_empty(), "{what}: {svg}");
    }
    // A line has no area: its fill paints nothing.
    let line = format!("<svg><path d='M9 0V90' stroke='#777'/>{word}");
    assert_eq!(unseen_in(&line), Vec::<String>::new());
}
