//! The pairs of colours that a drawn diagram may have, one for light pages and one for dark ones.
//!
//! Not here: which part of a diagram takes which (`theme`).

use super::super::tokens::{Pair, TOKENS};

pub(super) const WARN: Pair = Pair("#855300", "#e3ac51");
pub(super) const WARN_WASH: Pair = Pair("#faf3e3", "#262014");
pub(super) const ACCENT_WASH: Pair = Pair("#f7e4e0", "#3a211c");

/// Fills of parts that are distinguished by colour: sections, slices, branches. Ink is readable on
/// each of them.
pub(super) const SERIES: [Pair; 8] = [
    Pair("#dbe7f1", "#21394d"),
    Pair("#f1e6cf", "#43371b"),
    Pair("#d6ebe4", "#173d36"),
    Pair("#f0dfea", "#452a3c"),
    Pair("#e3e6ea", "#323941"),
    Pair("#e2ebd3", "#303c1d"),
    Pair("#e6e0f2", "#352f4f"),
    Pair("#f5e0d8", "#4a2b20"),
];

/// Lines and dots of the same parts.
pub(super) const STRONG: [Pair; 8] = [
    Pair("#2f6f9f", "#6fa9d6"),
    Pair("#8f6a14", "#cda14a"),
    Pair("#1f7a68", "#5bb8a4"),
    Pair("#994073", "#d98bb8"),
    Pair("#59636d", "#9aa5af"),
    Pair("#5c7a25", "#9dbb63"),
    Pair("#63519c", "#a797de"),
    Pair("#a8502f", "#e39a79"),
];

/// Every pair that a picture may have.
pub(super) fn pairs() -> impl Iterator<Item = Pair> {
    let tokens = TOKENS.iter().map(|(_, pair)| *pair);
    let series = SERIES.iter().chain(&STRONG).copied();
    tokens.chain([WARN, WARN_WASH, ACCENT_WASH]).chain(series)
}

pub(super) fn value(name: &str) -> Pair {
    let found = TOKENS.iter().find(|(token, _)| *token == name);
    found.map_or(Pair("#808080", "#808080"), |(_, pair)| *pair)
}

/// Colours of icons, which any picture may hold.
const ICONS: [(&str, Pair); 1] = [("#087ebf", Pair("#2f6f9f", "#3a6f96"))];

/// Colours that the renderer writes whatever its theme says, by the kind of diagram.
fn constants(kind: &str) -> &'static [(&'static str, Pair)] {
    const INK: Pair = TOKENS[3].1;
    const INK_2: Pair = TOKENS[4].1;
    const INK_3: Pair = TOKENS[5].1;
    const PAPER: Pair = TOKENS[0].1;
    const SUNK: Pair = TOKENS[1].1;
    const RAISED: Pair = TOKENS[2].1;
    const ACCENT: Pair = TOKENS[8].1;
    match kind {
        "packet" => &[("#efefef", RAISED), ("black", INK), ("#333", INK)],
        "sankey" => &[
            ("#4e79a7", STRONG[0]),
            ("#f28e2c", STRONG[1]),
            ("#e15759", STRONG[3]),
            ("#76b7b2", STRONG[2]),
            ("#59a14f", STRONG[5]),
            ("#edc949", STRONG[1]),
            ("#af7aa1", STRONG[6]),
            ("#ff9da7", STRONG[3]),
            ("#9c755f", STRONG[7]),
            ("#bab0ab", STRONG[4]),
            ("white", PAPER),
        ],
        "journey" => &[("#666", INK_3), ("#999", INK_3), ("#000", INK_2)],
        "er" => &[("white", PAPER)],
        "gitGraph" => &[("#fff", PAPER)],
        "kanban" => &[
            ("red", ACCENT),
            ("orange", WARN),
            ("blue", STRONG[0]),
            ("lightblue", STRONG[0]),
        ],
        "sequence" => &[("black", INK_2), ("#000000", INK_2)],
        "xychart" => &[("#333", INK)],
        "c4" => &[
            ("#444444", INK_2),
            ("#444", INK_2),
            ("black", INK_2),
            ("#000000", INK_2),
        ],
        "wardley-beta" | "wardley" => &[
            ("#000", INK_2),
            ("#222", INK),
            ("#666", INK_3),
            ("#ccc", SUNK),
            ("#eee", SUNK),
            ("white", PAPER),
        ],
        _ => &[],
    }
}

/// One of the renderer's own colours, as `light-dark(…)`.
pub(super) fn constant(kind: &str, colour: &str) -> Option<String> {
    let mut all = ICONS.iter().chain(constants(kind));
    let (_, Pair(light, dark)) = all.find(|own| own.0.eq_ignore_ascii_case(colour))?;
    Some(format!("light-dark({light}, {dark})"))
}
