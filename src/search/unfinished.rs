//! What an entry has in the place of a word that was typed in part: by initials, or without all letters
//! of its last syllable.
//!
//! Not here: finding it in the index (`hangul_word`).

use super::Entry;
use super::fold::squash;
use super::scores::Unfinished;
use super::terms::{Kind, initial, runs};
use crate::hangul::parts;

/// No more different words than this are looked for in one entry.
const MOST: usize = 8;

/// The words of an entry, squashed as all of its text is, that begin so.
pub(super) fn written(begun: &[&str], how: Unfinished, entry: &Entry, text: &str) -> Vec<String> {
    let found: Vec<String> = match how {
        Unfinished::Initials => {
            let headings = entry.sections.iter().map(|section| &section.heading);
            let names = std::iter::once(&entry.title).chain(headings);
            let typed = begun.first().copied().unwrap_or_default();
            names.flat_map(|name| with_initials(name, typed)).collect()
        }
        Unfinished::Final => begun.iter().flat_map(|word| ended(word, text)).collect(),
        Unfinished::Next(consonant) => begun
            .iter()
            .flat_map(|word| followed(word, text, |next| initial(next) == Some(consonant)))
            .collect(),
    };
    let mut different: Vec<String> = Vec::new();
    for word in found {
        if different.len() < MOST && !different.contains(&word) {
            different.push(word);
        }
    }
    different
}

/// The syllables with these initials, from a word of a title or heading on.
fn with_initials(name: &str, typed: &str) -> Vec<String> {
    let runs = runs(name)
        .into_iter()
        .filter(|run| run.kind == Kind::Hangul);
    let words: Vec<String> = runs.map(|run| run.word).collect();
    let length = typed.chars().count();
    let found = (0..words.len()).filter_map(|at| {
        let syllables = words[at..].iter().flat_map(|word| word.chars());
        let begin: String = syllables.take(length).collect();
        begin
            .chars()
            .filter_map(initial)
            .eq(typed.chars())
            .then(|| squash(&begin))
    });
    found.collect()
}

/// A word with a final in its last syllable, which has none.
fn ended(word: &str, text: &str) -> Vec<String> {
    let mut before = word.chars();
    match before.next_back().and_then(parts) {
        Some([initial, vowel, 0]) if !before.as_str().is_empty() => {
            followed(before.as_str(), text, |last| {
                parts(last).is_some_and(|last| last[..2] == [initial, vowel] && last[2] > 0)
            })
        }
        _ => Vec::new(),
    }
}

/// A word with a syllable behind it for which `is_next` holds.
fn followed(word: &str, text: &str, is_next: impl Fn(char) -> bool) -> Vec<String> {
    let places = text.match_indices(word);
    let found = places.filter_map(|(at, _)| {
        let next = text[at + word.len()..].chars().next()?;
        is_next(next).then(|| format!("{word}{next}"))
    });
    found.collect()
}
