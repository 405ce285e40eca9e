//! Machine-drawn pictures in fewer bytes, with no change that can be seen.
//!
//! Not here: colours (`adapt.rs`), and what was never good to begin with (`halo.rs`).

use super::prune::{Fate, decided};
use super::{groups, idle, initial, settle, shorten};
use crate::diagram::svg::Styled;
use crate::diagram::svg::family::Family;
use crate::diagram::svg::tree::Node;

/// How often elements that have become empty are searched again.
const ROUNDS: usize = 8;

impl Styled {
    /// Removes what has no visible effect, and shortens paths.
    ///
    /// Removes ids that nothing refers to, and roles within the picture.
    pub(crate) fn simplify(&mut self) {
        initial::tidy(&mut self.nodes);
        shorten::shorten(&mut self.nodes);
        for _ in 0..ROUNDS {
            let before = self.nodes.len();
            self.drop_idle_ids();
            initial::tidy(&mut self.nodes);
            groups::merge(&mut self.nodes);
            self.nodes = pruned(&self.nodes);
            if self.nodes.len() == before {
                break;
            }
        }
        settle::settle(&mut self.nodes);
        shorten::join_outlines(&mut self.nodes);
    }
}

/// The nodes without those that draw nothing, and without groups that do nothing.
pub(super) fn pruned(nodes: &[Node]) -> Vec<Node> {
    let family = Family::of(nodes);
    decided(nodes, |index| {
        if index > 0 && idle::is_idle(nodes, &family, index) {
            Fate::Goes
        } else if index > 0 && groups::opens(nodes, &family, index) {
            Fate::Opens
        } else {
            Fate::Stays
        }
    })
}
