//! Whether the words that the renderer wrote are all in the finished picture.
//!
//! Not here: where they are, and words that the renderer itself left out.

use std::collections::HashMap;

use super::source::INVISIBLE;
use unicode_normalization::UnicodeNormalization as _;

use crate::html::decoded;

/// The first word of a picture that another, made from it, lacks.
///
/// Letters are counted, since words are broken into lines.
pub(super) fn lost(before: &str, after: &str) -> Option<String> {
    let mut letters: HashMap<char, usize> = HashMap::new();
    for letter in texts(after).iter().flat_map(|text| text.chars()) {
        *letters.entry(letter).or_default() += 1;
    }
    let mut is_lost = |letter: char| {
        let left = letters.entry(letter).or_default();
        let lost = *left == 0;
        *left = left.saturating_sub(1);
        lost
    };
    let texts = texts(before);
    let mut words = texts.iter().flat_map(|text| text.split_whitespace());
    words
        .find(|word| {
            let seen = word.chars().filter(|letter| is_seen(*letter));
            seen.filter(|letter| is_lost(*letter)).count() > 0
        })
        .map(str::to_owned)
}

/// Whether it may be in a page: not a control character, and no noncharacter.
fn is_seen(letter: char) -> bool {
    !letter.is_control() && u32::from(letter) & 0xfffe != 0xfffe
}

/// The texts and HTML labels of a picture, without characters that are not seen.
fn texts(svg: &str) -> Vec<String> {
    let mut texts = Vec::new();
    let mut is_text = false;
    let mut is_switch = false;
    for part in svg.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap_or((part, ""));
        let name = tag.split([' ', '/']).next().unwrap_or_default();
        match name {
            "text" => is_text = !tag.contains("display: none") && !tag.contains("display:none"),
            // A `<switch>` says the same in a text.
            "foreignObject" => is_text = !is_switch,
            "" if tag == "/text" || tag == "/foreignObject" => is_text = false,
            _ => {}
        }
        is_switch = name == "switch";
        if is_text && !text.trim().is_empty() {
            // Without the difference between `²` and `<sup>2</sup>`.
            let text = decoded(text).replace(INVISIBLE, "");
            texts.push(text.nfkc().collect());
        }
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_is_missing_is_found() {
        let label = "<foreignObject><div><p>위 <b>아래</b> &amp;</p></div></foreignObject>";
        for (after, expected) in [
            ("<text>위 아</text><text>래 &amp;</text>", None),
            ("<text>• &amp;위 <tspan>아</tspan>래</text>", None),
            ("<text>위 래 &amp;</text>", Some("아래")),
            ("<text>위 아래</text>", Some("&")),
            ("<title>위 아래 &amp;</title>", Some("위")),
        ] {
            assert_eq!(lost(label, after).as_deref(), expected, "{after}");
        }
        let switch = "<switch><foreignObject><p>위</p></foreignObject><text>위</text></switch>";
        assert_eq!(lost(switch, "<text>위</text>"), None);
        let raised = "<foreignObject><p>x<sup>2</sup></p></foreignObject>";
        assert_eq!(lost(raised, "<text>x²</text>"), None);
        assert_eq!(lost("<style>a{b:c}</style>", ""), None);
    }
}
