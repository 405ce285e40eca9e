//! What of a section is shown for a query: the part that has most of its words, with these marked.
//!
//! Not here: which sections.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Section;
use super::answer::Excerpt;
use super::fold::squash_with_places;
use super::wanted::WantedWord;

/// Of what is shown, and of that what is before the first word: in characters, at most.
const LENGTH: usize = 140;
const BEFORE: usize = 40;
/// Places that are looked at.
const MOST_PLACES: usize = 400;

/// The best part of a section; its beginning if no word is in it.
pub(super) fn excerpt(words: &[WantedWord], section: &Section) -> Excerpt {
    let in_text = marks(words, &section.text);
    let in_code = if in_text.is_empty() {
        marks(words, &section.code)
    } else {
        Vec::new()
    };
    let (text, marks, lines) = match (in_text.is_empty(), in_code.is_empty()) {
        (true, false) => (&section.code, in_code, &section.code_lines),
        _ => (&section.text, in_text, &section.lines),
    };
    let start = best_start(text, &marks);
    let Range { start: begin, end } = around(text, start);
    let shown = |range: &Range<usize>| range.start >= begin && range.end <= end;
    let inside = marks
        .iter()
        .map(|(range, _)| range)
        .filter(|range| shown(range));
    let marks = merged(inside.map(|range| range.start - begin..range.end - begin));
    let lines = lines.iter().take_while(|(at, _)| *at <= start);
    Excerpt {
        text: text[begin..end].to_owned(),
        marks,
        line: lines.last().map(|(_, line)| *line),
    }
}

/// Where words are, with the number of each, ascending.
fn marks(words: &[WantedWord], text: &str) -> Vec<(Range<usize>, usize)> {
    let (squashed, places) = squash_with_places(text);
    // The character of the squashed text at each of its bytes.
    let mut characters = vec![0; squashed.len() + 1];
    for (number, (at, c)) in squashed.char_indices().enumerate() {
        characters[at..=at + c.len_utf8()].fill(number);
        characters[at + c.len_utf8()] = number + 1;
    }
    let mut marks = Vec::new();
    for (number, word) in words.iter().enumerate() {
        let found = word
            .texts()
            .chain(
                [word.typed.as_str()]
                    .into_iter()
                    .filter(|text| !text.is_empty()),
            )
            .chain(word.parts(&squashed))
            .flat_map(|text| squashed.match_indices(text))
            .take(MOST_PLACES);
        marks.extend(found.filter_map(|(at, word)| {
            let first = *places.get(characters[at])?;
            let last = *places.get(characters[at + word.len()] - 1)?;
            let end = last + text[last..].chars().next()?.len_utf8();
            Some((first..end, number))
        }));
    }
    marks.sort_unstable_by_key(|(range, number)| (range.start, range.end, *number));
    marks
}

/// The first word of the part that has most different words from there on.
fn best_start(text: &str, marks: &[(Range<usize>, usize)]) -> usize {
    let mut best = (0, 0);
    for (from, (range, _)) in marks.iter().enumerate().take(MOST_PLACES) {
        let end = around(text, range.start).end;
        let within = marks[from..]
            .iter()
            .take_while(|(range, _)| range.start < end);
        let shown = within.filter(|(range, _)| range.end <= end);
        let words: BTreeSet<usize> = shown.map(|(_, number)| *number).collect();
        if words.len() > best.0 {
            best = (words.len(), range.start);
        }
    }
    best.1
}

/// What is shown where this is the first word.
fn around(text: &str, start: usize) -> Range<usize> {
    let begin = back(text, start);
    begin..forward(text, begin)
}

/// Where what is shown before a place begins, at the beginning of a word.
fn back(text: &str, from: usize) -> usize {
    let before = text[..from].char_indices().rev().take(BEFORE);
    let start = before.last().map_or(from, |(at, _)| at);
    if start == 0 {
        return 0;
    }
    let blank = text[start..from].find(char::is_whitespace);
    blank.map_or(start, |at| {
        start + at + text[start + at..].chars().next().map_or(0, char::len_utf8)
    })
}

/// Where what is shown from a place on ends, at the end of a word.
fn forward(text: &str, from: usize) -> usize {
    let Some((end, _)) = text[from..].char_indices().nth(LENGTH) else {
        return text.len();
    };
    let end = from + end;
    text[from..end]
        .rfind(char::is_whitespace)
        .filter(|at| *at > 0)
        .map_or(end, |at| from + at)
}

/// Ranges that touch are one.
fn merged(ranges: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match all.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => all.push(range),
        }
    }
    all
}
