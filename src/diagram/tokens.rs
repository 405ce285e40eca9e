//! The site's colours for pictures: tokens in a page, and their values in a picture outside of the
//! site.
//!
//! Both values of a token are those of `assets/docsite/style/base.css`. Not here: what they are used for (`theme`).

#![expect(
    clippy::unreadable_literal,
    reason = "colours are written as in a style sheet"
)]

use super::svg::parts::Part;
use super::svg::shade::Both;

pub(super) const PAPER: Both = Both::of(0xfcfcfb, 0x14171a);
pub(super) const SUNK: Both = Both::of(0xf1f2ef, 0x1c2125);
pub(super) const RAISED: Both = Both::of(0xffffff, 0x1f2429);
/// What text is drawn in where nothing else says so.
pub(super) const INK: Both = Both::of(0x1a1d1f, 0xe2e4e3);
pub(super) const INK_2: Both = Both::of(0x4c5256, 0xaeb4b8);
pub(super) const INK_3: Both = Both::of(0x656b70, 0x8f969b);
pub(super) const LINE: Both = Both::of(0xdcdfdc, 0x2d3338);
pub(super) const LINE_2: Both = Both::of(0xa9afab, 0x535b62);
pub(super) const ACCENT: Both = Both::of(0xbb2f18, 0xff8069);

/// Tokens of the site's style with the values that `assets/docsite/style/base.css` gives them.
pub(super) const TOKENS: [(&str, Both); 9] = [
    ("--paper", PAPER),
    ("--sunk", SUNK),
    ("--raised", RAISED),
    ("--ink", INK),
    ("--ink-2", INK_2),
    ("--ink-3", INK_3),
    ("--line", LINE),
    ("--line-2", LINE_2),
    ("--accent", ACCENT),
];

/// The token for a colour such as `light-dark(#fcfcfb, #14171a)`.
pub(super) fn token(colour: &Part) -> Option<Part> {
    let paint = colour
        .paint
        .filter(|paint| !paint.is_single && paint.is_opaque())?;
    let mut tokens = TOKENS.iter();
    let (name, _) = tokens.find(|(_, own)| *own == paint.colour)?;
    // What is below it is still looked for.
    let mut named = Part::token(name);
    named.paint = colour.paint;
    Some(named)
}

/// A picture's text with a fallback value for each token, for use outside of the site.
pub(super) fn with_fallbacks(svg: &str) -> String {
    TOKENS.iter().fold(svg.to_owned(), |text, (name, colour)| {
        let bare = format!("var({name})");
        let colour = Part::from(*colour);
        text.replace(&bare, &format!("var({name}, {colour})"))
    })
}
