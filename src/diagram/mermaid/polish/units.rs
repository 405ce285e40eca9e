//! Lengths in font sizes, and places at a share of the picture's width, become numbers, as all others are.
//!
//! Not here: shares of its height, and sizes that are shares.

use svgtypes::{Length, LengthUnit};

use crate::diagram::svg::Styled;
use crate::diagram::svg::family::Family;
use crate::diagram::svg::place::font_size;
use crate::diagram::svg::tree::at;

/// Places of a text or of a part of it.
const PLACES: [&str; 4] = ["x", "y", "dx", "dy"];

impl Styled {
    /// Makes font sizes absolute, and places that are counted in them or in the picture's width.
    pub(crate) fn settle_units(&mut self) {
        let family = Family::of(&self.nodes);
        for index in 0..self.nodes.len() {
            let above = family.parent(index).unwrap_or_default();
            let above = font_size(&self.nodes, &family, above);
            self.settle(index, &["font-size"], above, LengthUnit::Percent);
            let own = font_size(&self.nodes, &family, index);
            self.settle(index, &PLACES, own, LengthUnit::Em);
            // The picture may grow to one side.
            self.settle(index, &["x"], self.width, LengthUnit::Percent);
        }
    }

    /// Replaces lengths in a size, or in percent of it if `share` is that.
    fn settle(&mut self, index: usize, names: &[&'static str], size: f64, share: LengthUnit) {
        for name in names {
            let own = at(&self.nodes, index).and_then(|element| element.get(name));
            let Some(Length { number, unit }) = own.and_then(|own| own.parse().ok()) else {
                continue;
            };
            let factor = match unit {
                LengthUnit::Em => 1.0,
                // Of most fonts; the renderer's is not known.
                LengthUnit::Ex => 0.5,
                unit if unit == share => 0.01,
                _ => continue,
            };
            self.set(index, name, number * factor * size);
        }
    }
}
