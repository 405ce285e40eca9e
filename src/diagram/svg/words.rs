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
const WORDS: f64 = 4.5;
/// A fill changed by this much lightness still looks the same.
const NUDGE: f64 = 0.1;

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
            let fill = family
                .held(nodes, index, "fill")
                .unwrap_or("black")
                .to_owned();
            let Some((colour, alpha)) = Both::read(&fill) else {
                continue;
            };
            if alpha < 0.999 {
                continue;
            }
            let is_literal = literal(&fill).is_some();
            let below: Vec<Both> = places
                .iter()
                .map(|at| backdrop.colour(*at, index))
                .collect();
            // Words that were unreadable on that area are on a marker, which has no area here.
            let hidden = |both: &Both| colour.light.contrast(&both.light) < 1.2;
            if !is_literal && colour == self.paper && below.iter().all(hidden) {
                continue;
            }
            let lch = colour.light.lch();
            let plain = is_literal && lch.l < 0.4 && lch.c < GREY;
            let wanted = if plain { self.ink } else { colour };
            if is_literal && !plain {
                nudge(nodes, &mut backdrop, &places, index, &colour.light);
            }
            let below_now = places.iter().map(|at| backdrop.colour(*at, index));
            let below = if below.is_empty() {
                vec![self.paper]
            } else {
                below_now.collect()
            };
            let words = Both {
                light: self.words(&wanted.light, &self.ink.light, &below, |both| both.light),
                dark: self.words(&wanted.dark, &self.ink.dark, &below, |both| both.dark),
            };
            if words != colour || plain {
                set(nodes, index, "fill", named(words));
            }
        }
    }

    /// The colour of words in one scheme: the wanted one, if it can be read on all that is below.
    fn words(&self, wanted: &Rgb, ink: &Rgb, below: &[Both], of: impl Fn(&Both) -> Rgb) -> Rgb {
        let worst = |colour: &Rgb| {
            let contrasts = below.iter().map(|both| colour.contrast(&of(both)));
            contrasts.fold(f64::INFINITY, f64::min)
        };
        if worst(wanted) >= WORDS {
            return *wanted;
        }
        let plain = [*ink, self.ink.light, self.ink.dark, Rgb::WHITE, Rgb::BLACK];
        if wanted.lch().c > GREY {
            let on = below.iter().map(&of);
            let moved = on.fold(*wanted, |colour, on| readable(&colour, &on, WORDS));
            if worst(&moved) >= WORDS {
                return moved;
            }
        }
        let best = plain.iter().find(|colour| worst(colour) >= WORDS);
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
fn nudge(
    nodes: &mut [Node],
    backdrop: &mut Backdrop,
    places: &[[f64; 2]],
    index: usize,
    words: &Rgb,
) {
    for place in places {
        let Some(at) = backdrop.top(*place, index).map(|area| area.index) else {
            continue;
        };
        let fill = nodes.get(at).and_then(|node| node.element()?.get("fill"));
        let Some(colour) = fill.and_then(literal) else {
            continue;
        };
        let contrast = words.contrast(&colour);
        if !(LINES..WORDS).contains(&contrast) {
            continue;
        }
        let lighter = colour.lch().l > words.lch().l;
        let will_do = |moved: &Rgb| moved.contrast(words) >= WORDS;
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
