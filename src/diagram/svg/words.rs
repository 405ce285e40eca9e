//! Makes words readable on their background, in both schemes.
//!
//! Not here: what the background is (`ground.rs`), and shapes (`adapt.rs`).

use super::adapt::{Colours, GREY, LINES, literal, named, set};
use super::family::Family;
use super::ground::{Backdrop, Both};
use super::matrix::Matrix;
use super::oklch::{Rgb, readable, shifted};
use super::place::{Bounds, lines, matrices};
use super::tree::Node;
use crate::svg_names::UNDRAWN;

/// The least contrast of words.
const CONTRAST: f64 = 4.5;
/// A fill changed by this much lightness still looks the same.
const NUDGE: f64 = 0.1;

/// The words of one element.
struct Words<'a> {
    /// The place of that element among the nodes.
    index: usize,
    /// Where their background is looked at.
    places: &'a [[f64; 2]],
    fill: &'a str,
}

impl Words<'_> {
    fn below(&self, backdrop: &Backdrop) -> Vec<Both> {
        let places = self.places.iter();
        places.map(|at| backdrop.colour(*at, self.index)).collect()
    }
}

impl Colours {
    /// Adapts words to what they are drawn on.
    pub(super) fn texts(&self, nodes: &mut [Node], family: &Family, mut backdrop: Backdrop) {
        let matrices = matrices(nodes, family);
        let mut places: Vec<[f64; 2]> = Vec::new();
        for index in 0..nodes.len() {
            let Some(element) = nodes.get(index).and_then(Node::element) else {
                continue;
            };
            match element.name {
                "text" => {
                    let matrix = matrices.get(index).copied().flatten();
                    let boxes = lines(nodes, family, index);
                    places = matrix
                        .map(|matrix| spots(&boxes, &matrix))
                        .unwrap_or_default();
                }
                "tspan" if element.get("fill").is_some() => {}
                _ => continue,
            }
            if family.is_in(nodes, index, UNDRAWN) {
                continue;
            }
            let fill = family.held(nodes, index, "fill");
            let fill = fill.unwrap_or("black").to_owned();
            let words = Words {
                index,
                places: &places,
                fill: &fill,
            };
            self.text(nodes, &mut backdrop, &words);
        }
    }

    fn text(&self, nodes: &mut [Node], backdrop: &mut Backdrop, words: &Words<'_>) {
        let Some((colour, alpha)) = Both::read(words.fill) else {
            return;
        };
        if alpha < 0.999 {
            return;
        }
        let is_literal = literal(words.fill).is_some();
        // Words that were unreadable on that area are on a marker, which has no area here.
        let hidden = |both: &Both| colour.light.contrast(&both.light) < 1.2;
        let is_hidden = || words.below(backdrop).iter().all(hidden);
        if !is_literal && colour == self.paper && is_hidden() {
            return;
        }
        let lch = colour.light.lch();
        let plain = is_literal && lch.l < 0.4 && lch.c < GREY;
        let wanted = if plain { self.ink } else { colour };
        if is_literal && !plain {
            nudge(nodes, backdrop, words, &colour.light);
        }
        let mut below = words.below(backdrop);
        if below.is_empty() {
            below.push(self.paper);
        }
        let adapted = Both {
            light: self.words(&wanted.light, &self.ink.light, &below, |both| both.light),
            dark: self.words(&wanted.dark, &self.ink.dark, &below, |both| both.dark),
        };
        if adapted != colour || plain {
            set(nodes, words.index, "fill", named(adapted));
        }
    }

    /// The colour of words in one scheme: the wanted one, if it can be read on all that is below.
    fn words(&self, wanted: &Rgb, ink: &Rgb, below: &[Both], of: impl Fn(&Both) -> Rgb) -> Rgb {
        let worst = |colour: &Rgb| {
            let contrasts = below.iter().map(|both| colour.contrast(&of(both)));
            contrasts.fold(f64::INFINITY, f64::min)
        };
        if worst(wanted) >= CONTRAST {
            return *wanted;
        }
        let plain = [*ink, self.ink.light, self.ink.dark, Rgb::WHITE, Rgb::BLACK];
        if wanted.lch().c > GREY {
            let on = below.iter().map(&of);
            let moved = on.fold(*wanted, |colour, on| readable(&colour, &on, CONTRAST));
            if worst(&moved) >= CONTRAST {
                return moved;
            }
        }
        let best = plain.iter().find(|colour| worst(colour) >= CONTRAST);
        let most = || plain.iter().max_by(|a, b| worst(a).total_cmp(&worst(b)));
        best.or_else(most).copied().unwrap_or(*wanted)
    }
}

/// Where to determine the background of words: at both ends of each line, and in its middle.
fn spots(boxes: &[Bounds], matrix: &Matrix) -> Vec<[f64; 2]> {
    let points = boxes.iter().flat_map(|line| {
        let [left, _, right, _] = line.0;
        let [x, y] = line.centre();
        [[left + 2.0, y], [x, y], [right - 2.0, y]]
    });
    points.map(|point| matrix.apply(point)).collect()
}

/// Makes fills a little darker or lighter below an author's words that are nearly readable.
fn nudge(nodes: &mut [Node], backdrop: &mut Backdrop, words: &Words<'_>, words_colour: &Rgb) {
    for place in words.places {
        let Some(at) = backdrop.top(*place, words.index).map(|area| area.index) else {
            continue;
        };
        let fill = nodes.get(at).and_then(|node| node.element()?.get("fill"));
        let Some(colour) = fill.and_then(literal) else {
            continue;
        };
        let contrast = words_colour.contrast(&colour);
        if !(LINES..CONTRAST).contains(&contrast) {
            continue;
        }
        let lighter = colour.lch().l > words_colour.lch().l;
        let will_do = |moved: &Rgb| moved.contrast(words_colour) >= CONTRAST;
        let Some(moved) = shifted(&colour, lighter, will_do) else {
            continue;
        };
        if (moved.lch().l - colour.lch().l).abs() > NUDGE {
            continue;
        }
        set(nodes, at, "fill", moved.hex());
        if let Some(area) = backdrop.areas.iter_mut().find(|area| area.index == at) {
            area.colour = Both {
                light: moved,
                dark: moved,
            };
        }
    }
}
