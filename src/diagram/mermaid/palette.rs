//! The pairs of colours that a drawn diagram may have, one for light pages and one for dark ones.
//!
//! Not here: which part of a diagram takes which (`theme`).

#![expect(
    clippy::unreadable_literal,
    reason = "colours are written as in a style sheet"
)]

use super::super::svg::parts::Part;
use super::super::svg::shade::{Both, Rgb};
use super::super::tokens::{ACCENT, INK, INK_2, INK_3, PAPER, RAISED, SUNK, TOKENS};

pub(super) const WARN: Both = Both::of(0x855300, 0xe3ac51);
pub(super) const WARN_WASH: Both = Both::of(0xfaf3e3, 0x262014);
pub(super) const ACCENT_WASH: Both = Both::of(0xf7e4e0, 0x3a211c);

/// Fills of parts that are distinguished by colour: sections, slices, branches. Ink is readable on
/// each of them.
pub(super) const SERIES: [Both; 8] = [
    Both::of(0xdbe7f1, 0x21394d),
    Both::of(0xf1e6cf, 0x43371b),
    Both::of(0xd6ebe4, 0x173d36),
    Both::of(0xf0dfea, 0x452a3c),
    Both::of(0xe3e6ea, 0x323941),
    Both::of(0xe2ebd3, 0x303c1d),
    Both::of(0xe6e0f2, 0x352f4f),
    Both::of(0xf5e0d8, 0x4a2b20),
];

/// Lines and dots of the same parts.
pub(super) const STRONG: [Both; 8] = [
    Both::of(0x2f6f9f, 0x6fa9d6),
    Both::of(0x8f6a14, 0xcda14a),
    Both::of(0x1f7a68, 0x5bb8a4),
    Both::of(0x994073, 0xd98bb8),
    Both::of(0x59636d, 0x9aa5af),
    Both::of(0x5c7a25, 0x9dbb63),
    Both::of(0x63519c, 0xa797de),
    Both::of(0xa8502f, 0xe39a79),
];

/// Every pair that a picture may have.
pub(super) fn pairs() -> impl Iterator<Item = Both> {
    let tokens = TOKENS.iter().map(|(_, pair)| *pair);
    let series = SERIES.iter().chain(&STRONG).copied();
    tokens.chain([WARN, WARN_WASH, ACCENT_WASH]).chain(series)
}

/// Colours of icons, which any picture may hold.
const ICONS: [(u32, Both); 1] = [(0x087ebf, Both::of(0x2f6f9f, 0x3a6f96))];

/// Colours that the renderer writes whatever its theme says, by the kind of diagram.
fn constants(kind: &str) -> &'static [(u32, Both)] {
    const BLACK: u32 = 0;
    const WHITE: u32 = 0xffffff;
    match kind {
        "packet" => &[(0xefefef, RAISED), (BLACK, INK), (0x333333, INK)],
        "sankey" => &[
            (0x4e79a7, STRONG[0]),
            (0xf28e2c, STRONG[1]),
            (0xe15759, STRONG[3]),
            (0x76b7b2, STRONG[2]),
            (0x59a14f, STRONG[5]),
            (0xedc949, STRONG[1]),
            (0xaf7aa1, STRONG[6]),
            (0xff9da7, STRONG[3]),
            (0x9c755f, STRONG[7]),
            (0xbab0ab, STRONG[4]),
            (WHITE, PAPER),
        ],
        "journey" => &[(0x666666, INK_3), (0x999999, INK_3), (BLACK, INK_2)],
        "er" | "gitGraph" => &[(WHITE, PAPER)],
        "kanban" => &[
            (0xff0000, ACCENT),
            (0xffa500, WARN),
            (0x0000ff, STRONG[0]),
            (0xadd8e6, STRONG[0]),
        ],
        "sequence" => &[(BLACK, INK_2)],
        "xychart" => &[(0x333333, INK)],
        "c4" => &[(0x444444, INK_2), (BLACK, INK_2)],
        "wardley-beta" | "wardley" => &[
            (BLACK, INK_2),
            (0x222222, INK),
            (0x666666, INK_3),
            (0xcccccc, SUNK),
            (0xeeeeee, SUNK),
            (WHITE, PAPER),
        ],
        _ => &[],
    }
}

/// What one of the renderer's own colours should be.
pub(super) fn constant(kind: &str, colour: &Part) -> Option<Part> {
    let colour = number(&colour.paint?.single()?);
    let mut all = ICONS.iter().chain(constants(kind));
    let (_, both) = all.find(|(own, _)| *own == colour)?;
    Some((*both).into())
}

/// The number of a colour, as in `0xfcfcfb`.
pub(super) fn number(colour: &Rgb) -> u32 {
    let [r, g, b, _] = colour.to_rgba8().to_u8_array();
    u32::from_be_bytes([0, r, g, b])
}
