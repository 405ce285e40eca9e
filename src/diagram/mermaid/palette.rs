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

/// The renderer's own colours, which its theme does not set: icons, faces, actors.
const CONSTANTS: [(&str, Pair); 4] = [
    ("#087ebf", Pair("#2f6f9f", "#3a6f96")),
    ("#8fbc8f", STRONG[0]),
    ("#7cfc00", STRONG[1]),
    ("#fff8dc", TOKENS[1].1),
];

/// The placeholder of one of the renderer's own colours.
pub(super) fn constant(colour: &str) -> Option<String> {
    let is = |own: &&(&str, Pair)| own.0.eq_ignore_ascii_case(colour);
    let (_, Pair(light, dark)) = CONSTANTS.iter().find(is)?;
    Some(format!("light-dark({light}, {dark})"))
}

/// The colour of text, light and dark.
pub(super) fn ink() -> (&'static str, &'static str) {
    let Pair(light, dark) = value("--ink");
    (light, dark)
}

/// The colour of the page, light and dark.
pub(super) fn paper() -> (&'static str, &'static str) {
    let Pair(light, dark) = value("--paper");
    (light, dark)
}

/// The token that has these two colours.
pub(super) fn token(light: &str, dark: &str) -> Option<&'static str> {
    let is = |pair: &Pair| pair.0.eq_ignore_ascii_case(light) && pair.1.eq_ignore_ascii_case(dark);
    let found = TOKENS.iter().find(|(_, pair)| is(pair));
    found.map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_of_a_token_is_reported() {
        assert_eq!(token("#FCFCFB", "#14171a"), Some("--paper"));
        assert_eq!(token("#fcfcfb", "#fcfcfb"), None);
    }
}
