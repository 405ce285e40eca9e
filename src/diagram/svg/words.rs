//! Makes words readable on their background, in both schemes.
//!
//! Not here: what the background is (`ground.rs`), and shapes (`adapt.rs`).

use kurbo::{Affine, Point, Rect};

use super::adapt::{By, Colours, GREY, LINES, set, unfade};
use super::family::Family;
use super::ground::{Backdrop, cover};
use super::parts::Paint;
use super::place::{lines, transforms};
use super::shade::{BLACK, Both, Rgb, WHITE, contrast, lch, readable, shifted};
use super::tree::{Node, at};
use crate::svg_names::UNDRAWN;

/// The least contrast of words.
const CONTRAST: f32 = 4.5;
/// A fill changed by this much lightness still looks the same.
const NUDGE: f32 = 0.1;

/// The words of one element.
struct Words<'a> {
    /// The place of that element among the nodes.
    index: usize,
    /// Where their background is looked at.
    places: &'a [Point],
    fill: Paint,
}

impl Words<'_> {
    fn below(&self, backdrop: &Backdrop) -> Vec<Both> {
        let places = self.places.iter();
        places.map(|at| backdrop.colour(*at, self.index)).collect()
    }

    /// Whether they cannot be read because they are not opaque.
    fn is_faint(&self, nodes: &[Node], family: &Family, backdrop: &Backdrop) -> bool {
        let alpha = self.fill.alpha * cover(nodes, family, self.index);
        let below = self.below(backdrop);
        let mut faded = below
            .iter()
            .map(|below| (self.fill.colour.over(below, alpha), below));
        (0.01..0.999).contains(&alpha)
            && faded.any(|(colour, below)| colour.contrast(below) < CONTRAST)
    }
}

impl Colours {
    /// Adapts words to what they are drawn on.
    pub(super) fn texts(&self, nodes: &mut [Node], family: &Family, mut backdrop: Backdrop) {
        let transforms = transforms(nodes, family);
        let mut places: Vec<Point> = Vec::new();
        for index in 0..nodes.len() {
            let Some(element) = at(nodes, index) else {
                continue;
            };
            match element.name {
                "text" => {
                    let transform = transforms.get(index).copied().flatten();
                    let boxes = lines(nodes, family, index);
                    places = transform
                        .map(|transform| spots(&boxes, transform))
                        .unwrap_or_default();
                }
                "tspan" if element.value("fill").is_some() => {}
                _ => continue,
            }
            if family.is_in(nodes, index, UNDRAWN) {
                continue;
            }
            let Some(fill) = family.fill(nodes, index) else {
                continue;
            };
            let words = Words {
                index,
                places: &places,
                fill,
            };
            let is_faint = self.by == By::Renderer && words.is_faint(nodes, family, &backdrop);
            if is_faint {
                unfade(nodes, family, index, "fill-opacity");
                set(nodes, index, "fill", fill.colour);
            }
            if fill.is_opaque() || is_faint {
                self.text(nodes, &mut backdrop, &words);
            }
        }
    }

    fn text(&self, nodes: &mut [Node], backdrop: &mut Backdrop, words: &Words<'_>) {
        let Paint {
            colour, is_single, ..
        } = words.fill;
        // The number of a message is on a marker, which has no area here.
        let before = words.index.checked_sub(1);
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
        if is_single && !plain {
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
            set(nodes, words.index, "fill", adapted);
        }
    }

    /// The colour of words in one scheme: the wanted one, if it can be read on all that is below.
    fn words(&self, wanted: &Rgb, ink: &Rgb, below: &[Both], of: impl Fn(&Both) -> Rgb) -> Rgb {
        let worst = |colour: &Rgb| {
            let contrasts = below.iter().map(|both| contrast(colour, &of(both)));
            contrasts.fold(f32::INFINITY, f32::min)
        };
        if worst(wanted) >= CONTRAST {
            return *wanted;
        }
        let plain = [*ink, self.ink.light, self.ink.dark, WHITE, BLACK];
        if lch(wanted).c > GREY {
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
fn spots(boxes: &[Rect], transform: Affine) -> Vec<Point> {
    let points = boxes.iter().flat_map(|line| {
        let Point { x, y } = line.center();
        [line.x0 + 2.0, x, line.x1 - 2.0].map(|x| Point::new(x, y))
    });
    points.map(|point| transform * point).collect()
}

/// Makes fills a little darker or lighter below an author's words that are nearly readable.
fn nudge(nodes: &mut [Node], backdrop: &mut Backdrop, words: &Words<'_>, words_colour: &Rgb) {
    for place in words.places {
        let Some(index) = backdrop.top(*place, words.index).map(|area| area.index) else {
            continue;
        };
        let fill = at(nodes, index).and_then(|element| element.value("fill")?.paint());
        let Some(colour) = fill.and_then(|fill| fill.single()) else {
            continue;
        };
        let now = contrast(words_colour, &colour);
        if !(LINES..CONTRAST).contains(&now) {
            continue;
        }
        let lighter = lch(&colour).l > lch(words_colour).l;
        let will_do = |moved: &Rgb| contrast(moved, words_colour) >= CONTRAST;
        let Some(moved) = shifted(&colour, lighter, will_do) else {
            continue;
        };
        if (lch(&moved).l - lch(&colour).l).abs() > NUDGE {
            continue;
        }
        set(nodes, index, "fill", Both::same(moved));
        let mut areas = backdrop.areas.iter_mut();
        if let Some(area) = areas.find(|area| area.index == index) {
            area.colour = Both::same(moved);
        }
    }
}
