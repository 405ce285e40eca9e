//! Sources prepared for the renderer: where a line may end, and where it must.
//!
//! Not here: hashes (`hash`), and breaking the lines of labels (`rich`).

use std::borrow::Cow;

use super::renderer::LABEL_WIDTH;
use super::widths;

/// Font size of labels, in pixels.
const LABEL_SIZE: f64 = 16.0;
/// Prevents a line break where it is inserted.
pub(super) const JOINER: char = '\u{2060}';

/// The source with its Korean words joined: the renderer breaks lines between syllables, but
/// readers expect breaks between words. A word longer than a line is left to be broken.
pub(super) fn joined(source: &str) -> String {
    let is_syllable = |c: char| ('\u{ac00}'..='\u{d7a3}').contains(&c);
    let mut joined = String::with_capacity(source.len() * 2);
    let mut rest = source;
    while let Some(start) = rest.find(is_syllable) {
        let (before, from) = rest.split_at(start);
        let end = from.find(|c| !is_syllable(c)).unwrap_or(from.len());
        let (word, after) = from.split_at(end);
        joined.push_str(before);
        let fits = widths::width(word, LABEL_SIZE, false) <= f64::from(LABEL_WIDTH);
        for (at, c) in word.char_indices() {
            if at > 0 && fits {
                joined.push(JOINER);
            }
            joined.push(c);
        }
        rest = after;
    }
    joined.push_str(rest);
    joined
}

/// The source with ends of lines where the renderer does not see them: `\\n` in class and state
/// diagrams, which would be shown as it is, and a rule, which takes no line of its own.
pub(super) fn lined(source: &str) -> Cow<'_, str> {
    let mut lined = Cow::Borrowed(source);
    if source.contains("\\n") && matches!(kind(source), Some("classDiagram" | "stateDiagram")) {
        lined = source.replace("\\n", "<br/>").into();
    }
    if lined.contains("<hr") {
        let rules = ["<hr>", "<hr />", "<hr/>"];
        let plain = rules
            .iter()
            .fold(lined.into_owned(), |text, rule| text.replace(rule, "<hr/>"));
        lined = plain.replace("<hr/>", "<br/><hr/>").into();
    }
    lined
}

/// The first word after comments and settings, without a version.
fn kind(source: &str) -> Option<&str> {
    let is_kind =
        |line: &&str| line.starts_with("classDiagram") || line.starts_with("stateDiagram");
    let line = source.lines().map(str::trim).find(is_kind)?;
    line.split([' ', '-']).next()
}
