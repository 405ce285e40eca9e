//! An author's `<svg>` within a text: as large as its author made it, but never with letters that are
//! too small to read.
//!
//! Not here: pictures in slots (`drawing`), and the box in which a wide one scrolls (the style).

use super::drawing::{COLUMN, MOST_GROWTH, least_scale};
use super::svg::written::rounded;
use super::svg::{self, Cleaned, Polished, size};
use super::tokens;

/// In pixels: what fits on every screen.
const NARROWEST: f64 = 288.0;

/// Colours that are the same in both schemes are adapted to the dark one, and ids begin with `scope`.
/// `None` if it is not a picture.
pub fn inline_picture(text: &str, scope: &str) -> Option<String> {
    let picture = svg::read(text).ok()?;
    let styled = picture.styled();
    let polished = if styled.follows_schemes() {
        styled.as_drawn()
    } else {
        let mut adapted = styled.adapted(tokens::INK, tokens::PAPER, svg::adapt::By::Hand);
        adapted.recolour(tokens::token);
        adapted
    };
    let shown = Shown::of(&picture, &polished);
    let sides = [("width", &shown.width), ("height", &shown.height)];
    let sides = sides.into_iter();
    let sides: Vec<_> = sides
        .filter_map(|(name, side)| Some((name, side.as_deref()?)))
        .collect();
    Some(shown.boxed(&polished.inline(scope, &sides)))
}

/// The size in which a picture is shown.
#[derive(Default)]
struct Shown {
    /// Of the root, as are the heights.
    width: Option<String>,
    height: Option<String>,
    /// In pixels, where it does not follow the page.
    fixed: Option<f64>,
    /// In pixels: what the box of one that follows the page is never narrower than.
    least: Option<f64>,
}

impl Shown {
    fn of(picture: &Cleaned, polished: &Polished) -> Self {
        let own = |name| picture.root_attribute(name);
        let [width, height] = ["width", "height"]
            .map(|name| own(name).and_then(size::length).filter(|side| *side > 0.0));
        let least = least_scale(polished);
        let by_width = width.map(|width| width / polished.width);
        let by_height = height.map(|height| height / polished.height);
        let scale = by_width.into_iter().chain(by_height).reduce(f64::min);
        let written = |name| own(name).map(str::to_owned);
        match scale.filter(|_| width.is_some() || own("width").is_none()) {
            Some(scale) => {
                let growth = (least / scale).clamp(1.0, MOST_GROWTH);
                let grown = |name, side: Option<f64>| match side {
                    Some(side) if growth > 1.0 => Some(rounded(side * growth, Some(2))),
                    _ => written(name),
                };
                Self {
                    width: grown("width", width),
                    height: grown("height", height),
                    fixed: Some(width.unwrap_or(scale * polished.width) * growth),
                    least: None,
                }
            }
            None if least > 0.0 => Self::following(own("width"), height, polished, least),
            None => Self {
                width: written("width"),
                height: written("height"),
                ..Self::default()
            },
        }
    }

    /// One with letters that is as wide as the page makes it.
    fn following(width: Option<&str>, height: Option<f64>, of: &Polished, least: f64) -> Self {
        let narrowest = of.width * least;
        if narrowest > COLUMN {
            return Self {
                width: Some(rounded(of.width * least.max(1.0), Some(2))),
                least: Some(narrowest),
                ..Self::default()
            };
        }
        let share = width.and_then(|width| width.trim().strip_suffix('%')?.parse::<f64>().ok());
        let share = share.unwrap_or(100.0).clamp(10.0, 100.0);
        Self {
            width: Some(format!("{share}%")),
            height: height.map(|height| rounded(height.max(of.height * least), Some(2))),
            fixed: None,
            least: Some(narrowest * 100.0 / share),
        }
    }

    /// The picture in a box of its own, which scrolls instead of the page, where it needs one.
    fn boxed(&self, svg: &str) -> String {
        let Some(narrowest) = self.least.or(self.fixed.filter(|width| *width > NARROWEST)) else {
            return svg.to_owned();
        };
        let wide = if narrowest > COLUMN { " wide" } else { "" };
        // Nothing is drawn on it: it keeps the box from getting narrower than that.
        let strut = self.least.map(|least| {
            let least = least.ceil();
            format!("<canvas width=\"{least}\" height=\"0\"></canvas>")
        });
        let strut = strut.unwrap_or_default();
        format!("<span class=\"scroll-x{wide}\" tabindex=\"0\">{svg}{strut}</span>")
    }
}
