//! Words as texts write them: a query is compared with them in one spelling for many.
//!
//! Not here: that spelling (`fold`).

use super::Entry;
use super::fold::{alike, squash, squash_with_places};
use crate::hangul::parts;

/// A word, or words with blanks between them, as the first of these texts writes it; as it is if one
/// writes it so; none if no text has it.
pub(super) fn as_written(texts: &[&Entry], words: &str) -> Option<String> {
    let parts = words.split(' ').map(|word| {
        let mut all = texts.iter().flat_map(|entry| entry.texts());
        if all.any(|text| text.contains(word)) {
            return Some(word.to_owned());
        }
        let squashed = squash(word);
        let mut all = texts.iter().flat_map(|entry| entry.texts());
        all.find_map(|text| place(text, &squashed))
    });
    let parts: Option<Vec<String>> = parts.collect();
    Some(parts?.join(" "))
}

fn place(text: &str, squashed: &str) -> Option<String> {
    let (whole, places) = squash_with_places(text);
    let at = whole.find(squashed).filter(|_| !squashed.is_empty())?;
    let first = whole[..at].chars().count();
    let last = *places.get(first + squashed.chars().count() - 1)?;
    let end = last + text[last..].chars().next()?.len_utf8();
    Some(text[places[first]..end].to_owned())
}

/// Whether another spelling of a word counts as the same.
pub(super) fn has_others(word: &str) -> bool {
    word.chars().any(|c| {
        let [initial, vowel, _] = parts(c).unwrap_or_default();
        let is_like = matches!((initial, vowel), (_, 5 | 11) | (12..=14, 0 | 4 | 8 | 13));
        parts(c).is_some() && (alike(c) != c || is_like)
    })
}
