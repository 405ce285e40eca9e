//! How small the letters of a picture are.
//!
//! Not here: how large a page shows the picture.

use super::Polished;
use super::family::Family;
use super::place::transforms;
use super::tree::What;
use crate::svg_names::UNDRAWN;

/// In user units, where nothing sets a font size.
const USUAL: f64 = 16.0;

impl Polished {
    /// The font size of the smallest text that is drawn, in the picture's user units, transforms
    /// included; `None` without text.
    pub fn least_text(&self) -> Option<f64> {
        let family = Family::of(&self.0.nodes);
        let transforms = transforms(&self.0.nodes, &family);
        let sizes = self.0.nodes.iter().enumerate().filter_map(|(index, node)| {
            let What::Text(text) = &node.what else {
                return None;
            };
            let is_drawn = family.is_in(&self.0.nodes, index, &["text"])
                && !family.is_in(&self.0.nodes, index, UNDRAWN);
            if !is_drawn || text.trim().is_empty() {
                return None;
            }
            // A size that is relative to something else is not known.
            let size = match family.value(&self.0.nodes, index, "font-size") {
                None => USUAL,
                Some(size) => size.number()?,
            };
            let [a, b, c, d, ..] = transforms.get(index).copied().flatten()?.as_coeffs();
            Some(size * a.hypot(b).min(c.hypot(d)))
        });
        sizes.filter(|size| *size > 0.0).min_by(f64::total_cmp)
    }
}
