//! Makes words readable on their background, in both schemes.
//!
//! Not here: what the background is (`ground.rs`), and shapes (`adapt.rs`).

use super::adapt::{Colours, GREY, WORDS};
use super::ground::Backdrop;
use super::parts::Paint;
use super::place::{Line, of_text};
use super::scene::Scene;
use super::shade::{BLACK, Both, Rgb, WHITE, contrast, lch, moved, worst};
use super::tree::{Node, at, set};
use crate::svg_names::UNDRAWN;

/// So far within the ends of a line is looked at what is behind it, in user units.
const WITHIN: f64 = 2.0;

impl Colours {
    /// Adapts words to what they are drawn on.
    pub(super) fn texts(&self, nodes: &mut [Node], scene: &Scene, backdrop: &Backdrop) {
        let family = &scene.family;
        let mut lines: &[Line] = &[];
        for index in 0..nodes.len() {
            let Some(element) = at(nodes, index) else {
                continue;
            };
            match element.name {
                "text" => lines = of_text(&scene.words, index),
                "tspan" if element.value("fill").is_some() => {}
                _ => continue,
            }
            if family.is_in(nodes, index, UNDRAWN) {
                continue;
            }
            let Some(fill) = family.fill(nodes, index) else {
                continue;
            };
            let spots = lines.iter().flat_map(|line| line.spots(WITHIN));
            let below: Vec<Both> = spots.map(|at| backdrop.colour(at, index)).collect();
            let is_solid = self.make_solid(nodes, family, index, ("fill", &fill), &below);
            if fill.is_opaque() || is_solid {
                self.text(nodes, index, &fill, below);
            }
        }
    }

    fn text(&self, nodes: &mut [Node], index: usize, fill: &Paint, mut below: Vec<Both>) {
        let Paint {
            colour, is_single, ..
        } = *fill;
        // The number of a message is on a marker, which has no area here.
        let before = index.checked_sub(1);
        let is_on_marker = before
            .and_then(|before| at(nodes, before))
            .is_some_and(|line| {
                line.value("marker-start")
                    .is_some_and(|marker| !marker.is_none())
            });
        if !is_single && colour == self.paper && is_on_marker {
            return;
        }
        let lch = lch(&colour.light);
        let plain = is_single && lch.l < 0.4 && lch.c < GREY;
        let wanted = if plain { self.ink } else { colour };
        if below.is_empty() {
            below.push(self.paper);
        }
        let adapted = wanted.on(&below, |wanted, below| self.words(wanted, below));
        if adapted != colour || plain {
            set(nodes, index, "fill", adapted);
        }
    }

    /// The colour of words in one scheme: the wanted one, if it can be read on all that is below.
    fn words(&self, wanted: &Rgb, below: &[Rgb]) -> Rgb {
        let worst = |colour: &Rgb| worst(colour, below);
        if worst(wanted) >= WORDS {
            return *wanted;
        }
        if lch(wanted).c > GREY
            && let Some(moved) = moved(wanted, below, WORDS)
        {
            return moved;
        }
        let plain = [self.ink.light, self.ink.dark, WHITE, BLACK];
        let best = plain.iter().find(|colour| worst(colour) >= WORDS);
        // Where it cannot be read, it gets a halo in the colour of where it can.
        let read = |own: &Rgb| below.iter().filter(|on| contrast(own, on) >= WORDS).count();
        let most = || {
            let more = |a: &&Rgb, b: &&Rgb| read(a).cmp(&read(b));
            plain
                .iter()
                .max_by(|a, b| more(a, b).then(worst(a).total_cmp(&worst(b))))
        };
        best.or_else(most).copied().unwrap_or(*wanted)
    }
}
