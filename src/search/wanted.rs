//! What of a query is looked for in texts, and how much of it a text has.
//!
//! Texts are squashed: letters and digits alone. Not here: what that is worth (`rerank`).

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::Entry;
use super::distance::distance;
use super::fold::{alike, fold, squash};
use super::hangul_word::MOST_OF_IT;
use super::scores::{ByPairs, Place, Unfinished, Word, count};
use super::unfinished;
use super::written::has_others;
use crate::hangul::{is_syllable, letters};

/// Less alike than this is chance.
const LEAST_LIKE: f64 = 0.62;
/// Of a word that is not there as it is: another word for it; another form, and all its parts.
const OTHER: f64 = 0.95;
const NEARLY: f64 = 0.7;
/// Occurrences of one word that are looked at for nearness.
const MOST_PLACES: usize = 30;

/// What is looked for in the texts.
#[derive(Clone)]
pub(super) struct Wanted {
    /// The query, squashed, and the stems of its words joined.
    whole: String,
    stems: String,
    letters: Vec<char>,
    pub(super) words: Vec<WantedWord>,
    total: f64,
}

#[derive(Clone)]
pub(super) struct WantedWord {
    pub(super) text: String,
    /// What may be in its place.
    pub(super) others: Vec<String>,
    /// Other forms of it.
    inflected: Vec<String>,
    /// The word with its particle, which is marked where it is.
    pub(super) typed: String,
    /// As it was typed, where other spellings count as the same.
    pub(super) spelling: Option<String>,
    by_pairs: Option<ByPairs>,
    unfinished: Option<Unfinished>,
    /// Whether an entry has something of it.
    pub(super) is_found: bool,
    weight: f64,
}

impl Wanted {
    pub(super) fn new(query: &str, words: &[Word]) -> Self {
        let whole = squash(query.trim_end_matches(|c| ('ㄱ'..='ㅣ').contains(&c)));
        let words: Vec<WantedWord> = words.iter().map(wanted).collect();
        Self {
            stems: words.iter().map(|word| word.text.as_str()).collect(),
            letters: whole.chars().flat_map(letters).collect(),
            total: words.iter().map(|word| word.weight).sum(),
            whole,
            words,
        }
    }

    /// The same for one entry, all of whose text is given too: with the words that it has in the place
    /// of unfinished ones.
    pub(super) fn within(&self, entry: &Entry, text: &str) -> Cow<'_, Self> {
        if self.words.iter().all(|word| word.unfinished.is_none()) {
            return Cow::Borrowed(self);
        }
        let mut own = self.clone();
        for word in &mut own.words {
            if let Some(how) = word.unfinished {
                let begun: Vec<&str> = word.texts().collect();
                let written = unfinished::written(&begun, how, entry, text);
                word.others.extend(written);
            }
        }
        Cow::Owned(own)
    }

    /// The stems of the words, joined.
    pub(super) fn stems(&self) -> &str {
        &self.stems
    }

    /// Whether one of these names is the query.
    pub(super) fn is(&self, names: &[String]) -> bool {
        names.contains(&self.whole) || names.contains(&self.stems)
    }

    /// How much of the query is in one of these texts.
    pub(super) fn share(&self, texts: &[&str]) -> f64 {
        if self.total <= 0.0 {
            return 0.0;
        }
        let of_word = |word: &WantedWord| {
            let shares = texts.iter().map(|text| word.share(text));
            word.weight * shares.fold(0.0, f64::max)
        };
        self.words.iter().map(of_word).sum::<f64>() / self.total
    }

    /// How near the words are to each other where they are nearest: 1 for a phrase.
    pub(super) fn nearness(&self, text: &str) -> f64 {
        if self.words.len() < 2 {
            return 1.0;
        }
        let mut places: Vec<Spot> = Vec::new();
        for (number, word) in self
            .words
            .iter()
            .enumerate()
            .filter(|(_, word)| !word.text.is_empty())
        {
            let found = word.texts().flat_map(|word| text.match_indices(word));
            places.extend(found.take(MOST_PLACES).map(|(at, found)| Spot {
                at,
                length: found.len(),
                word: number,
            }));
        }
        places.sort_unstable();
        let Some((held, window)) = smallest_window(text, &places, self.words.len()) else {
            return 0.0;
        };
        let lengths = self.words.iter().map(|word| word.text.chars().count());
        let needed: usize = lengths.sum();
        count(held) / count(self.words.len()) * (count(needed) / count(window)).min(1.0)
    }

    /// How much the nearest of these names resembles the query, from 0 to 1, letter by letter.
    pub(super) fn likeness(&self, names: &[String]) -> f64 {
        let all = names.iter().map(|name| self.likeness_of(name));
        all.fold(0.0, f64::max)
    }

    fn likeness_of(&self, heading: &str) -> f64 {
        if self.letters.len() < 4 || !self.shares_pairs(heading) {
            return 0.0;
        }
        let other: Vec<char> = heading.chars().flat_map(letters).collect();
        let longer = count(self.letters.len().max(other.len()));
        let most = (longer * (1.0 - LEAST_LIKE)).ceil();
        let Some(cost) = distance(&self.letters, &other, whole_number(most)) else {
            return 0.0;
        };
        let likeness = 1.0 - count(cost) / longer;
        ((likeness - LEAST_LIKE) / (1.0 - LEAST_LIKE)).max(0.0)
    }

    /// Whether a quarter of the query's pairs of characters are in a heading.
    fn shares_pairs(&self, heading: &str) -> bool {
        let chars: Vec<char> = self.whole.chars().collect();
        let pairs: BTreeSet<String> = chars.windows(2).map(|pair| pair.iter().collect()).collect();
        let shared = pairs.iter().filter(|pair| heading.contains(pair.as_str()));
        shared.count() * 4 >= pairs.len()
    }
}

fn wanted(word: &Word) -> WantedWord {
    let others = word.others.iter().chain(&word.near);
    WantedWord {
        text: word.near.first().unwrap_or(&word.stem).clone(),
        others: others.filter(|other| !other.is_empty()).cloned().collect(),
        inflected: word.inflected.clone(),
        typed: squash(&word.typed),
        weight: word.rarity + 0.1,
        spelling: spelling(word),
        by_pairs: word.by_pairs,
        unfinished: word.unfinished,
        is_found: !word.found.is_empty(),
    }
}

fn spelling(word: &Word) -> Option<String> {
    // 1.85 is no 18-5, though the index has 185 of both.
    let is_of_number = |c: char| c.is_ascii_digit() || c == '.';
    if word.typed.contains('.') && word.typed.chars().all(is_of_number) {
        return Some(word.typed.clone());
    }
    let length = word.stem.chars().count();
    let typed: String = word.typed.chars().take(length).collect();
    let is_same = typed.chars().map(alike).eq(word.stem.chars());
    (is_same && has_others(&typed)).then_some(typed)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is a small whole number"
)]
fn whole_number(number: f64) -> usize {
    number as usize
}

impl WantedWord {
    /// What is looked for, and what may be in its place.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        let texts = std::iter::once(&self.text).chain(&self.others);
        let texts = texts.chain(&self.inflected);
        texts.map(String::as_str).filter(|text| !text.is_empty())
    }

    /// How much of the word a text has.
    fn share(&self, text: &str) -> f64 {
        if self.text.is_empty() {
            return 0.0;
        }
        if text.contains(&self.text) {
            return 1.0;
        }
        if self.others.iter().any(|other| text.contains(other)) {
            return OTHER;
        }
        if self.inflected.iter().any(|form| text.contains(form)) {
            return NEARLY;
        }
        NEARLY * self.share_in_parts(text)
    }

    /// The share of the syllables that a text has in parts, of a word for which that is enough.
    fn share_in_parts(&self, text: &str) -> f64 {
        let parts = self.parts(text).into_iter();
        let held: usize = parts.map(|part| part.chars().count()).sum();
        count(held) / count(self.text.chars().count().max(1))
    }

    /// The parts that a text has of a word for which that is enough: those with most syllables.
    pub(super) fn parts(&self, text: &str) -> Vec<&str> {
        if !self.by_pairs.is_some_and(|pairs| pairs.is_in_part) {
            return Vec::new();
        }
        let ends = self.text.char_indices().map(|(at, c)| at + c.len_utf8());
        let ends: Vec<usize> = std::iter::once(0).chain(ends).collect();
        let part = |at: usize, end: usize| &self.text[ends[at]..ends[end]];
        // From each syllable on: how many are in parts, and where the first part ends.
        let mut most = vec![(0, 0); ends.len()];
        for at in (0..ends.len() - 1).rev() {
            most[at] = (most[at + 1].0, at);
            let longer = (at + 2..ends.len()).take_while(|end| text.contains(part(at, *end)));
            for end in longer {
                let syllables = end - at + most[end].0;
                if syllables >= most[at].0.max(1) {
                    most[at] = (syllables, end);
                }
            }
        }
        let mut parts = Vec::new();
        let mut at = 0;
        while at + 1 < ends.len() {
            let (_, end) = most[at];
            if end > at {
                parts.push(part(at, end));
            }
            at = end.max(at + 1);
        }
        parts
    }

    /// Whether an entry has the word only in another spelling than it was typed in.
    pub(super) fn is_spelled_otherwise(&self, entry: &Entry, text: &str) -> bool {
        let spelling = self
            .spelling
            .as_deref()
            .filter(|_| text.contains(&self.text));
        spelling.is_some_and(|spelling| !entry.texts().any(|text| text.contains(spelling)))
    }

    /// Whether an entry, all of whose text is given too, has a word that it has by the index. Only
    /// pairs of syllables can be there without the word.
    pub(super) fn is_in(&self, entry: &Entry, text: &str) -> bool {
        let Some(by_pairs) = &self.by_pairs else {
            return true;
        };
        let is_alone = by_pairs.place == Place::Alone;
        let is_anywhere = by_pairs.place == Place::Anywhere;
        let mut words = self.texts();
        let is_there = words.any(|word| {
            // Another word of one syllable is in too many words.
            let is_short = *word != self.text && word.chars().nth(1).is_none();
            if word.starts_with(is_syllable) && (is_short || !is_anywhere) {
                entry.texts().any(|text| begins(text, word, is_alone))
            } else {
                text.contains(word)
            }
        });
        is_there || self.share_in_parts(text) >= MOST_OF_IT
    }
}

/// Whether a text has a Hangul word with no syllable before it, and none after it if `is_alone`.
fn begins(text: &str, word: &str, is_alone: bool) -> bool {
    let text = fold(text);
    text.match_indices(word).any(|(at, word)| {
        let [before, after] = [&text[..at], &text[at + word.len()..]];
        !(before.ends_with(is_syllable) || is_alone && after.starts_with(is_syllable))
    })
}

/// Where a word is in a text, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Spot {
    at: usize,
    length: usize,
    word: usize,
}

/// How many different words there are, if at least two, and the length of the smallest part of the
/// text that has them all, in characters.
fn smallest_window(text: &str, places: &[Spot], words: usize) -> Option<(usize, usize)> {
    let mut in_window = vec![0_usize; words];
    let all: BTreeSet<usize> = places.iter().map(|spot| spot.word).collect();
    let mut held = 0;
    let mut start = 0;
    let mut best: Option<usize> = None;
    for spot in places {
        held += usize::from(in_window[spot.word] == 0);
        in_window[spot.word] += 1;
        while held == all.len() {
            let first = places[start];
            let length = text[first.at..spot.at + spot.length].chars().count();
            best = Some(best.map_or(length, |best| best.min(length)));
            in_window[first.word] -= 1;
            held -= usize::from(in_window[first.word] == 0);
            start += 1;
        }
    }
    best.filter(|_| all.len() > 1)
        .map(|best| (all.len(), best.max(1)))
}
