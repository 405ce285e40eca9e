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

#[cfg(test)]
mod tests {
    use super::inline_picture;

    /// The attributes of a picture's box, its root and its strut.
    fn shown(root: &str, size: u32) -> String {
        let text = format!("<svg {root}><text font-size='{size}'>a</text></svg>");
        let html = inline_picture(&text, "").expect("a picture");
        let (before, inside) = html.split_once("<text").expect("a text");
        let (_, after) = inside.split_once("</svg>").expect("an end");
        before.to_owned() + after
    }

    #[test]
    fn a_picture_is_as_large_as_its_letters_need() {
        let wide = "<span class=\"scroll-x wide\" tabindex=\"0\">";
        let fits = "<span class=\"scroll-x\" tabindex=\"0\">";
        for (root, size, expected) in [
            (
                "viewBox='0 0 40 20' width='40'",
                14,
                "<svg viewBox=\"0 0 40 20\" width=\"40\">".to_owned(),
            ),
            (
                "viewBox='0 0 40 20' width='2em' height='1em'",
                10,
                "<svg viewBox=\"0 0 40 20\" width=\"44\" height=\"22\">".to_owned(),
            ),
            (
                "width='900' height='20'",
                1,
                format!("{wide}<svg viewBox=\"0 0 900 20\" width=\"3600\" height=\"80\"></span>"),
            ),
            (
                "viewBox='0 0 600 60' width='50%' height='10'",
                11,
                format!(
                    "{wide}<svg viewBox=\"0 0 600 60\" width=\"50%\" height=\"60\"><canvas width=\"1200\" height=\"0\"></canvas></span>"
                ),
            ),
            (
                "viewBox='0 0 600 60' width='100%' height='99'",
                22,
                format!(
                    "{fits}<svg viewBox=\"0 0 600 60\" width=\"100%\" height=\"99\"><canvas width=\"300\" height=\"0\"></canvas></span>"
                ),
            ),
            (
                "viewBox='0 0 1600 300' height='100%'",
                16,
                format!(
                    "{wide}<svg viewBox=\"0 0 1600 300\" width=\"1600\"><canvas width=\"1100\" height=\"0\"></canvas></span>"
                ),
            ),
        ] {
            assert_eq!(shown(root, size), expected, "{root}");
        }
        let plain = "<svg viewBox='0 0 16 16'><path d='M0 0h9v9z'/></svg>";
        assert!(inline_picture(plain, "").is_some_and(|html| html.starts_with("<svg")));
    }
}
