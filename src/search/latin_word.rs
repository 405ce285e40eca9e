//! A Latin word of a query: by its beginning, by its form, with one or two mistakes.
//!
//! Not here: what of an identifier is a word (`terms`).

use super::answer::Reading;
use super::distance::distance;
use super::index::Index;
use super::logarithm::rarity;
use super::scores::{Word, count, union};
use super::terms::identifier;

/// What a longer word counts that begins with the typed one, times the share that was typed.
const BEGINS: f64 = 0.6;
const LEAST_BEGINS: f64 = 0.4;
/// Another form, such as a plural.
const FORM: f64 = 0.7;
/// What other forms have behind the stem of a word.
const FORMS: &str = "|e|y|s|es|ies|ed|er|ing|ion";
/// A word with mistakes.
const MISSPELT: f64 = 0.7;
/// Names say more than Korean words do: they are rarely chance.
const NAME: f64 = 1.2;
/// Fewer letters are part of a word by chance.
const LEAST_PART: usize = 3;
/// At most so many words that begin with the typed one are looked at.
const MOST: usize = 400;
/// At most so many near words are said of a misspelt one.
const MOST_READ: usize = 3;

/// What a Latin word finds; nothing if it has no letters.
pub(super) fn find(index: &Index<'_>, written: &str) -> Option<Word> {
    let letters: Vec<char> = written.chars().collect();
    let (word, _) = identifier(&letters)?;
    let mut near = Vec::new();
    // Of one letter, too much begins with it.
    let mut terms = match word.chars().nth(1) {
        None if index.has(&word) => vec![(word.clone(), 1.0)],
        None => Vec::new(),
        Some(_) => beginning(index, &word),
    };
    let forms = forms(index, &word);
    terms.extend(forms.iter().map(|term| (term.clone(), FORM)));
    if terms.is_empty() {
        near = misspelt(index, &word);
        terms = near.iter().map(|term| (term.clone(), MISSPELT)).collect();
    }
    let mut found = Word::simple(index, &word, &union(index, &terms));
    if index.has(&word) {
        // It is as rare as itself, not as all that begin with it.
        let own = rarity(index.entries(), count(index.get(&word).len()));
        let factor = own / found.rarity.max(0.01);
        found.found.values_mut().for_each(|one| one.score *= factor);
        found.rarity = own;
    }
    found.found.values_mut().for_each(|one| one.score *= NAME);
    found.is_whole &= near.is_empty();
    found.near = near;
    found.inflected = forms;
    Some(Word {
        typed: written.to_owned(),
        ..found
    })
}

/// The words that a misspelt one is read as.
pub(super) fn reading(word: &Word) -> Option<Reading> {
    if word.near.is_empty() {
        return None;
    }
    let more = if word.near.len() > MOST_READ {
        ", …"
    } else {
        ""
    };
    let near = &word.near[..word.near.len().min(MOST_READ)];
    Some(Reading {
        typed: word.typed.clone(),
        meant: near.join(", ") + more,
    })
}

/// The parts of an identifier that is not in the index, to look for one by one.
pub(super) fn split(written: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut before = ' ';
    for c in written.chars() {
        let is_sign = ".-_/".contains(c);
        if is_sign || before.is_lowercase() && c.is_uppercase() {
            parts.push(String::new());
        }
        if let Some(part) = parts.last_mut().filter(|_| !is_sign) {
            part.push(c);
        }
        before = c;
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// The two words that one is without a blank, if entries hold both.
pub(super) fn two<'a>(index: &Index<'_>, word: &'a str) -> Option<[&'a str; 2]> {
    let is_long = |part: &str| part.chars().count() >= LEAST_PART;
    let cuts = word.char_indices().map(|(at, _)| word.split_at(at));
    let mut held = cuts.filter(|(first, second)| {
        is_long(first) && is_long(second) && index.has(first) && index.has(second)
    });
    held.next().map(|(first, second)| [first, second])
}

#[expect(clippy::cast_precision_loss, reason = "words are short")]
fn beginning(index: &Index<'_>, word: &str) -> Vec<(String, f64)> {
    let typed = word.chars().count() as f64;
    let terms = index.beginning(word).take(MOST).map(|term| {
        let factor = if term == word {
            1.0
        } else {
            BEGINS * (typed / term.chars().count() as f64).max(LEAST_BEGINS)
        };
        (term.to_owned(), factor)
    });
    terms.collect()
}

/// Plurals and other endings.
fn forms(index: &Index<'_>, word: &str) -> Vec<String> {
    let length = word.chars().count();
    let endings = ["ies", "es", "s", "ing", "ed"];
    let stem = endings.iter().find_map(|ending| word.strip_suffix(ending));
    let Some(stem) = stem.filter(|stem| length > 3 && stem.chars().count() > 2) else {
        return Vec::new();
    };
    let terms = index.beginning(stem).take(MOST / 4);
    let is_form =
        |term: &&str| *term != word && FORMS.split('|').any(|form| &term[stem.len()..] == form);
    terms.filter(is_form).map(str::to_owned).collect()
}

/// The nearest words that begin with one of the first two letters; else longer words whose
/// beginning is near.
fn misspelt(index: &Index<'_>, word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let most = match letters.len() {
        0..4 => return Vec::new(),
        4..9 => 1,
        _ => 2,
    };
    // Of four letters, too many words differ in one.
    let is_near =
        |other: &[char]| letters.len() > 4 || other.len() > 4 || sorted(other) == sorted(&letters);
    let mut near: Vec<(usize, &str)> = Vec::new();
    let firsts = [letters[0], letters[1]].map(String::from);
    let firsts = if letters[0] == letters[1] {
        &firsts[..1]
    } else {
        &firsts[..]
    };
    for first in firsts {
        let terms = index.words(first);
        near.extend(terms.filter_map(|term| {
            let other: Vec<char> = term.chars().collect();
            let cost = distance(&letters, &other, most)?;
            is_near(&other).then_some((cost, term))
        }));
    }
    if near.is_empty() && letters.len() > 4 {
        let first = letters[0].to_string();
        let terms = index
            .words(&first)
            .filter(|term| begins_nearly(term, &letters));
        return terms.take(MOST).map(str::to_owned).collect();
    }
    let least = near.iter().map(|(cost, _)| *cost).min();
    let nearest = near.iter().filter(|(cost, _)| Some(*cost) == least);
    let mut terms: Vec<String> = nearest.map(|(_, term)| (*term).to_owned()).collect();
    terms.sort_unstable();
    terms
}

fn sorted(letters: &[char]) -> Vec<char> {
    let mut letters = letters.to_vec();
    letters.sort_unstable();
    letters
}

/// Whether the beginning of a longer word is the typed one with one mistake.
fn begins_nearly(term: &str, typed: &[char]) -> bool {
    let begin: Vec<char> = term.chars().take(typed.len() + 1).collect();
    (typed.len() - 1..=begin.len()).any(|length| distance(typed, &begin[..length], 1).is_some())
}
