//! The site's colours for pictures: tokens in a page, and their values in a picture outside of the
//! site.
//!
//! Both values of a token are those of `docsite.css`. Not here: what they are used for (`theme`).

/// The light and the dark value of a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair(pub(super) &'static str, pub(super) &'static str);

/// Tokens of the site's style with the values that `docsite.css` gives them.
pub(super) const TOKENS: [(&str, Pair); 9] = [
    ("--paper", Pair("#fcfcfb", "#14171a")),
    ("--sunk", Pair("#f1f2ef", "#1c2125")),
    ("--raised", Pair("#ffffff", "#1f2429")),
    ("--ink", Pair("#1a1d1f", "#e2e4e3")),
    ("--ink-2", Pair("#4c5256", "#aeb4b8")),
    ("--ink-3", Pair("#656b70", "#8f969b")),
    ("--line", Pair("#dcdfdc", "#2d3338")),
    ("--line-2", Pair("#a9afab", "#535b62")),
    ("--accent", Pair("#bb2f18", "#ff8069")),
];

/// The colour of text, light and dark.
pub(super) const INK: (&str, &str) = ("#1a1d1f", "#e2e4e3");

/// The colour of the page, light and dark.
pub(super) const PAPER: (&str, &str) = ("#fcfcfb", "#14171a");

/// A token for a colour such as `light-dark(#fcfcfb, #14171a)`.
pub(super) fn token(colour: &str) -> Option<String> {
    let pair = colour.strip_prefix("light-dark(")?.strip_suffix(')')?;
    let (light, dark) = pair.split_once(',')?;
    let is = |pair: &Pair| {
        pair.0.eq_ignore_ascii_case(light.trim()) && pair.1.eq_ignore_ascii_case(dark.trim())
    };
    let (name, _) = TOKENS.iter().find(|(_, pair)| is(pair))?;
    Some(format!("var({name})"))
}

/// A picture's text with a fallback value for each token, for use outside of the site.
pub(super) fn with_fallbacks(svg: &str) -> String {
    TOKENS.iter().fold(svg.to_owned(), |text, (name, pair)| {
        let Pair(light, dark) = pair;
        let bare = format!("var({name})");
        text.replace(&bare, &format!("var({name}, light-dark({light}, {dark}))"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: &str = include_str!("../../assets/docsite.css");

    #[test]
    fn a_pair_of_a_token_is_recognised() {
        let paper = Some("var(--paper)".to_owned());
        assert_eq!(token("light-dark(#FCFCFB, #14171a)"), paper);
        assert_eq!(token("light-dark(#fcfcfb, #fcfcfb)"), None);
        assert_eq!(token("#fcfcfb"), None);
    }

    #[test]
    fn ink_and_paper_are_tokens() {
        for (name, (light, dark)) in [("--ink", INK), ("--paper", PAPER)] {
            let named = token(&format!("light-dark({light}, {dark})"));
            assert_eq!(named, Some(format!("var({name})")));
        }
    }

    #[test]
    fn tokens_have_the_values_of_the_style() {
        for (name, Pair(light, dark)) in &TOKENS {
            let line = format!("  {name}: light-dark({light}, {dark});\n");
            assert!(STYLE.contains(&line), "docsite.css does not say {line}");
        }
    }
}
