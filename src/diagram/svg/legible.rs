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

#[cfg(test)]
mod tests {
    use crate::diagram::svg;

    #[test]
    fn the_smallest_drawn_text_counts_with_its_transforms() {
        for (inside, least) in [
            ("<rect width='9' height='9'/>", None),
            ("<text>a</text>", Some(16.0)),
            (
                "<text font-size='14'>a<tspan font-size='9px'>b</tspan></text>",
                Some(9.0),
            ),
            (
                "<g transform='scale(.5)'><text font-size='20'>a</text></g>",
                Some(10.0),
            ),
            (
                "<svg x='9' width='40' height='20' viewBox='0 0 80 40'><text>a</text></svg>",
                Some(8.0),
            ),
            (
                "<g transform='rotate(90)'><text font-size='20'>a</text></g>",
                Some(20.0),
            ),
            (
                "<defs><text font-size='2'>a</text></defs><text font-size='12'>b</text>",
                Some(12.0),
            ),
            (
                "<title>a</title><style>text{font-size:13px}</style><text>a</text>",
                Some(13.0),
            ),
        ] {
            let text = format!("<svg viewBox='0 0 90 90'>{inside}<path d='M0 0h9v9z'/></svg>");
            let picture = svg::read(&text).expect("a picture").styled().as_drawn();
            let rounded = picture
                .least_text()
                .map(|size| (size * 100.0).round() / 100.0);
            assert_eq!(rounded, least, "{inside}");
        }
    }
}
