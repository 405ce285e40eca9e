//! Text cut to a length, at a word: summaries, excerpts, the words around a link.
//!
//! Not here: which text that is.

use crate::markdown::outline::one_line;

/// So many characters of what follows a heading are kept for the preview of a link to it.
const LONGEST_EXCERPT: usize = 160;

/// Goes on with an excerpt until it is long enough.
pub(super) fn add_to_excerpt(excerpt: &mut String, block: &str) {
    let is_full = excerpt.ends_with('…');
    if is_full || block.trim().is_empty() {
        return;
    }
    let longer = format!("{excerpt} {block}");
    *excerpt = shorten(longer.trim(), LONGEST_EXCERPT);
}

/// The text in one line, cut at a word where it is too long.
pub(super) fn shorten(text: &str, longest: usize) -> String {
    let line = one_line(text);
    match line.char_indices().nth(longest) {
        None => line,
        Some((at, _)) => {
            let kept = &line[..at];
            let kept = kept.rsplit_once(' ').map_or(kept, |(words, _)| words);
            // No longer than it is: a site keeps very many of them.
            [kept.trim_end_matches([',', '.', ' ']), "…"].concat()
        }
    }
}

pub(super) fn head(text: &str, longest: usize) -> String {
    let Some((at, _)) = text.char_indices().nth(longest) else {
        return text.trim_end().to_owned();
    };
    let kept = &text[..at];
    let kept = kept.rsplit_once(' ').map_or(kept, |(words, _)| words);
    [kept, "…"].concat()
}

pub(super) fn tail(text: &str, longest: usize) -> String {
    let Some((at, _)) = text.char_indices().rev().nth(longest) else {
        return text.trim_start().to_owned();
    };
    let kept = &text[at..];
    let kept = kept.split_once(' ').map_or(kept, |(_, words)| words);
    ["…", kept].concat()
}
