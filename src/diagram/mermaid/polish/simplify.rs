//! Machine-drawn pictures in fewer bytes, with no change that can be seen.
//!
//! Not here: colours (`adapt.rs`), and what was never good to begin with (`halo.rs`).

use super::{groups, idle, initial, shorten};
use crate::diagram::svg::Styled;

/// How often elements that have become empty are searched again.
const ROUNDS: usize = 8;

impl Styled {
    /// Removes what has no visible effect, and shortens paths.
    ///
    /// Removes ids that nothing refers to, and roles within the picture. Labels are no longer
    /// clipped.
    pub(crate) fn simplify(&mut self) {
        initial::tidy(&mut self.nodes);
        shorten::shorten(&mut self.nodes);
        for _ in 0..ROUNDS {
            let before = self.nodes.len();
            self.drop_idle_ids();
            initial::tidy(&mut self.nodes);
            groups::unframe(&mut self.nodes);
            self.nodes = idle::without(&self.nodes);
            self.nodes = groups::opened(&self.nodes);
            groups::merged(&mut self.nodes);
            if self.nodes.len() == before {
                break;
            }
        }
        groups::settle(&mut self.nodes);
    }
}
