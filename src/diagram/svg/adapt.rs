//! Colours that are the same in both schemes, made fit for the dark one; and words that can be
//! read on what they are on.
//!
//! Colours that differ between the schemes already are somebody's choice and stay, but for those of
//! words that nobody could read, and of lines in a picture that docsite drew. Not here: the words (`words.rs`), and tokens of a site: a picture
//! comes here before its colours are mapped to them.

use super::family::Family;
use super::ground::{Backdrop, Shape, Tips, add_tips, opacity, stop_colour};
use super::parts::{Paint, Part};
use super::place::{holds, is_shape};
use super::scene::Scene;
use super::shade::{self, Both, Lch, Rgb, contrast, lch, readable};
use super::tree::{Node, at, at_mut, set};
use super::typed::Value;
use super::{Polished, Styled};
use crate::svg_names::UNDRAWN;

/// The least contrast of words.
pub(crate) const WORDS: f32 = 4.5;
/// The least contrast of lines.
pub(crate) const LINES: f32 = 3.0;
/// A colour with less contrast to paper counts as paper.
const PLAIN: f32 = 1.3;
/// OKLCH lightness above which fills are made dark.
const LIGHT: f32 = 0.72;
/// OKLCH chroma below which colours are greys.
pub(crate) const GREY: f32 = 0.02;
/// The longest side of a mark, and of a shape behind an icon, in user units.
const MARK: f64 = 24.0;
const ICON: f64 = 100.0;
/// Wider lines are bands, which may be faint.
const BAND: f64 = 8.0;

/// Whose picture it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    /// A person's, who saw its light colours: these stay.
    Hand,
    /// A renderer's: a source names colours that nobody has looked at.
    Renderer,
}

impl Styled {
    /// The picture with a counterpart in the dark scheme for colours that are the same in both, and
    /// with words that have a contrast of 4.5 to what they are on, in both. In a renderer's picture,
    /// lines have one of 3.
    ///
    /// `ink` and `paper` are the page's own: what words are drawn with, and on.
    pub(crate) fn adapted(mut self, ink: Both, paper: Both, by: By) -> Polished {
        let colours = Colours { ink, paper, by };
        let scene = self.scene();
        colours.stops(&mut self.nodes);
        let backdrop = colours.shapes(&mut self.nodes, &scene);
        colours.texts(&mut self.nodes, &scene, &backdrop);
        Polished(self)
    }
}

pub(crate) struct Colours {
    pub(crate) ink: Both,
    pub(crate) paper: Both,
    pub(crate) by: By,
}

/// What is below a paint.
pub(super) enum On {
    /// The page, or a shape that does not hold all of the paint.
    Paper,
    /// A shape that holds all of the paint, in this colour.
    Area(Both),
    /// A shape with an icon in it.
    Icon(Both),
}

impl Colours {
    /// Adapts the colours of gradients, as fills.
    fn stops(&self, nodes: &mut [Node]) {
        for element in nodes.iter_mut().filter_map(Node::element_mut) {
            if let Some(colour) = stop_colour(element).and_then(|stop| stop.single()) {
                element.set("stop-color", self.fill(&colour, &On::Paper, false));
            }
        }
    }

    /// Adapts shapes, and returns what is painted where afterwards.
    fn shapes(&self, nodes: &mut [Node], scene: &Scene) -> Backdrop {
        let family = &scene.family;
        let mut shapes = scene.shapes.iter().peekable();
        let mut backdrop = Backdrop::of(self.paper);
        let mut markers = Vec::new();
        let mut tips = Tips::new();
        for index in 0..nodes.len() {
            if !at(nodes, index).is_some_and(is_shape) {
                continue;
            }
            let shape = shapes.next_if(|shape| shape.index == index);
            if family.is_in(nodes, index, &["marker"]) {
                markers.push(index);
                continue;
            }
            if family.is_in(nodes, index, UNDRAWN) {
                continue;
            }
            if let Some(shape) = shape
                && let Some(fill) = self.backing(nodes, family, shape, &backdrop)
            {
                set(nodes, index, "fill", fill);
                if let Some(element) = at_mut(nodes, index) {
                    element.remove("opacity");
                    element.remove("fill-opacity");
                }
            }
            let on = shape.map_or(On::Paper, |shape| on(shape, &backdrop));
            if let Some(shape) = shape {
                add_tips(&mut tips, nodes, family, shape, &backdrop);
            }
            let size = shape.map(|shape| shape.bounds.size());
            let mark = size.is_some_and(|size| size.max_side() <= MARK);
            let fill = family.fill(nodes, index);
            let stroke = family.paint(nodes, index, "stroke");
            let is = |name: &str| at(nodes, index).is_some_and(|element| element.name == name);
            let (is_line, is_point) = (is("line"), mark && is("circle"));
            if let Some(colour) = fill.and_then(|fill| fill.single()).filter(|_| !is_line) {
                // What words are on would be as light as they are.
                let is_ground = shape.is_some_and(|shape| {
                    let mut later = scene.words.iter().filter(|line| line.text > index);
                    later.any(|line| shape.bounds.contains(line.bounds.center()))
                });
                let is_icon = matches!(on, On::Icon(_));
                let is_bare = || family.is_unstroked(nodes, index) && is_ink(&colour);
                let new = if is_point && self.by == By::Renderer && !is_icon {
                    self.line(&colour, &on)
                } else if !is_icon && !is_ground && is_bare() {
                    self.ink
                } else {
                    self.fill(&colour, &on, mark)
                };
                set(nodes, index, "fill", new);
            }
            if let Some(stroke) = stroke {
                let below = self.below(&on);
                let width = family.number(nodes, index, "stroke-width").unwrap_or(1.0);
                let is_thin = stroke.is_opaque() && width <= BAND;
                if is_thin && stroke.colour.contrast(&below) >= LINES {
                    self.make_solid(nodes, family, index, ("stroke", &stroke), &[below]);
                }
                let fill = family.fill(nodes, index).filter(|_| !is_line);
                let new = self.stroke(&stroke, &on, fill.as_ref());
                if new != stroke.colour || stroke.single().is_some() {
                    set(nodes, index, "stroke", new);
                }
            }
            let area = shape.and_then(|shape| shape.area(nodes, family));
            backdrop.areas.extend(area);
        }
        self.markers(nodes, family, &markers, &tips);
        backdrop
    }

    /// Makes a renderer's paint solid, if it is so faint that it cannot be seen on what is below;
    /// whether it was.
    pub(super) fn make_solid(
        &self,
        nodes: &mut [Node],
        family: &Family,
        index: usize,
        (name, paint): (&'static str, &Paint),
        below: &[Both],
    ) -> bool {
        let (faded, least) = match name {
            "fill" => ("fill-opacity", WORDS),
            _ => ("stroke-opacity", LINES),
        };
        let alpha = paint.alpha * opacity(nodes, family, index, faded);
        let hides = |on: &Both| paint.colour.over(on, alpha).contrast(on) < least;
        let is_faint = (0.01..0.999).contains(&alpha) && below.iter().any(hides);
        let is_changed = is_faint && self.by == By::Renderer;
        if is_changed {
            for up in family.line(index) {
                if let Some(element) = at_mut(nodes, up) {
                    element.remove("opacity");
                    element.remove(faded);
                }
            }
            set(nodes, index, name, paint.colour);
        }
        is_changed
    }

    /// The colours of a shape's outline, or of a line.
    fn stroke(&self, stroke: &Paint, on: &On, fill: Option<&Paint>) -> Both {
        let Some(colour) = stroke.single() else {
            let own = stroke.colour;
            // Hairlines are grids, which say nothing.
            let is_line = contrast(&own.light, &self.paper.light) >= LINES;
            let is_seen = |fill: &Paint| fill.is_opaque() && fill.colour != self.paper;
            return match (self.by, on) {
                // A source's white became paper.
                (By::Renderer, On::Paper) if own == self.paper && !fill.is_some_and(is_seen) => {
                    self.ink
                }
                (By::Renderer, On::Area(below)) if stroke.is_opaque() && is_line => {
                    own.readable(*below, LINES)
                }
                _ => own,
            };
        };
        let line = self.line(&colour, on);
        // Of a shape that is seen without it, an outline may be a gap.
        let light = self.below(on).light;
        let is_gap =
            |fill: &Paint| fill.is_opaque() && contrast(&fill.colour.light, &light) >= LINES;
        if fill.is_some_and(is_gap) && !is_ink(&colour) {
            return Both {
                light: colour,
                ..line
            };
        }
        line
    }

    pub(super) fn line(&self, colour: &Rgb, on: &On) -> Both {
        if matches!(on, On::Paper) && is_ink(colour) {
            return self.ink;
        }
        let line = Both::same(*colour).readable(self.below(on), LINES);
        match self.by {
            By::Hand => Both {
                light: *colour,
                ..line
            },
            By::Renderer => line,
        }
    }

    fn below(&self, on: &On) -> Both {
        match on {
            On::Paper => self.paper,
            On::Area(both) | On::Icon(both) => *both,
        }
    }

    fn fill(&self, colour: &Rgb, on: &On, mark: bool) -> Both {
        let lch = lch(colour);
        let dark = match on {
            On::Icon(both) => {
                let least = (contrast(colour, &both.light) * 0.8).min(LINES);
                readable(colour, &[both.dark], least)
            }
            _ if mark && lch.c > 0.05 => readable(colour, &[self.paper.dark], 2.0),
            _ if lch.l >= LIGHT => self.dark(lch),
            _ => readable(colour, &[self.paper.dark], 1.3),
        };
        Both {
            light: *colour,
            dark,
        }
    }

    /// The dark counterpart of a light fill: the same hue, and as far from paper.
    fn dark(&self, lch: Lch) -> Rgb {
        let l = 0.26 + (1.0 - lch.l) * 0.5 + lch.c.min(0.2) * 0.4;
        if lch.c < 0.008 {
            let paper = shade::lch(&self.paper.dark);
            return Lch { l, ..paper }.rgb();
        }
        let c = (lch.c * 2.0).min(0.1);
        Lch { l, c, ..lch }.rgb()
    }

    /// A rectangle behind a line's label gets the colour below it, so that it hides only the line.
    fn backing(
        &self,
        nodes: &[Node],
        family: &Family,
        shape: &Shape,
        backdrop: &Backdrop,
    ) -> Option<Value> {
        let element = at(nodes, shape.index)?;
        let bare = element.name == "rect" && family.is_unstroked(nodes, shape.index);
        let fill = family.fill(nodes, shape.index)?;
        let (colour, alpha) = (fill.colour, fill.alpha);
        let clear = alpha * opacity(nodes, family, shape.index, "fill-opacity") < 0.999;
        // Except for fills with a meaning, as behind the names of branches.
        let plain = contrast(&colour.light, &self.paper.light) < PLAIN
            && contrast(&colour.dark, &self.paper.dark) < PLAIN;
        if !bare || alpha <= 0.0 || fill.single().is_some() || !clear && !plain {
            return None;
        }
        let depth = nodes.get(shape.index)?.depth;
        let after = nodes.iter().skip(shape.index + 1);
        let lines = after
            .take_while(|node| node.depth >= depth)
            .filter(|node| node.depth == depth)
            .take_while(|node| node.element().is_some_and(|element| element.name == "text"));
        if element.number("height")? > lines.map(|_| 30.0).sum::<f64>() {
            return None;
        }
        // A rotated one overlaps its neighbours: words there get a halo instead.
        if shape.transform.as_coeffs()[1].abs() > 1e-3 {
            return Some(Part::word("none").into());
        }
        let below = backdrop.below(shape.bounds.center(), shape.index).next();
        let below =
            below.filter(|area| area.alpha >= 0.999 && holds(&area.bounds, &shape.bounds, 1.0));
        let area = below.and_then(|area| family.value(nodes, area.index, "fill"));
        Some(area.map_or_else(|| self.paper.into(), Value::clone))
    }
}

/// Whether a colour is that of ink on paper: nearly black.
fn is_ink(colour: &Rgb) -> bool {
    let lch = lch(colour);
    lch.l < 0.3 && lch.c < GREY
}

/// What a shape is drawn in: not a shape of its size, which it is the outline of.
fn on(shape: &Shape, backdrop: &Backdrop) -> On {
    let center = shape.bounds.center();
    let mut below = backdrop.below(center, shape.index);
    match below.find(|area| !holds(&shape.bounds, &area.bounds, 0.1)) {
        Some(area) if !holds(&area.bounds, &shape.bounds, 1.0) => On::Paper,
        Some(area) if area.bounds.size().max_side() <= ICON => On::Icon(area.colour),
        Some(area) => On::Area(backdrop.colour(center, area.index + 1)),
        None => On::Paper,
    }
}
