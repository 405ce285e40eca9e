//! The colours of markers at the ends of lines, by what is below these ends.
//!
//! Not here: the lines themselves (`adapt.rs`), and the edge of a marker that no colour suits
//! (`mermaid::polish`).

use super::adapt::{By, Colours, GREY, LINES, On};
use super::family::Family;
use super::ground::Tips;
use super::parts::Paint;
use super::shade::{Both, Rgb, lch, moved};
use super::tree::{Node, at, set};

impl Colours {
    /// Adapts what is in markers by what the ends of their lines are on.
    pub(super) fn markers(
        &self,
        nodes: &mut [Node],
        family: &Family,
        inside: &[usize],
        tips: &Tips,
    ) {
        for index in inside {
            let mut above = family.above(*index).filter_map(|up| at(nodes, up));
            let below = above.find_map(|marker| marker.get("id"));
            let below = below
                .and_then(|id| tips.get(id))
                .map_or(&[][..], Vec::as_slice);
            self.marker(nodes, family, *index, below);
        }
    }

    /// Markers are parts of lines; white in them means paper. `below` is what they are painted on.
    fn marker(&self, nodes: &mut [Node], family: &Family, index: usize, below: &[Both]) {
        // A number may stand on a disc, and would have to follow its colour.
        let is_disc = at(nodes, index).is_some_and(|element| element.name == "circle");
        for name in ["fill", "stroke"] {
            let Some(paint) = family.paint(nodes, index, name).filter(Paint::is_opaque) else {
                continue;
            };
            let is_white = |colour: Rgb| lch(&colour).l > 0.95 && lch(&colour).c < GREY;
            let mut new = match paint.single() {
                Some(colour) if name == "fill" && is_white(colour) => self.paper,
                Some(colour) => self.line(&colour, &On::Paper),
                None => paint.colour,
            };
            let is_kept = is_disc && name == "fill" || new == self.paper;
            if self.by == By::Renderer && !is_kept {
                new = new.on(below, |own, below| moved(own, below, LINES).unwrap_or(*own));
            }
            if new != paint.colour || paint.is_single {
                set(nodes, index, name, new);
            }
        }
    }
}
