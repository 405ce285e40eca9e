//! The words of a query: runs, with what belongs to each, and words in a row that are one.
//!
//! Not here: where runs begin and end (`terms`), and what a word finds (`query`).

use super::fold::fold;
use super::terms::{Kind, Run};
use crate::hangul::particles::particle;

/// So many words in a row may be one.
const LONGEST_ROW: usize = 4;

/// A run, with what belongs to it.
#[derive(Clone)]
pub(super) struct Joined {
    pub run: Run,
    /// A consonant of the syllable that is being typed.
    pub tail: Option<char>,
    /// Whether it follows the run before without a blank.
    is_glued: bool,
    /// Of words in a row: each as it was typed.
    row: Vec<String>,
}

impl Joined {
    /// As it was typed, with its last consonant and its blanks.
    pub(super) fn written(&self) -> String {
        let mut written = if self.row.is_empty() {
            self.run.written.clone()
        } else {
            self.row.join(" ")
        };
        written.extend(self.tail);
        written
    }

    /// The words of a row, each alone; none of one word.
    pub(super) fn apart(&self) -> Vec<Self> {
        let words = self.row.iter().map(|word| word.chars().collect());
        words
            .map(|word: Vec<char>| self.part(&word, None))
            .collect()
    }

    /// A part of it, as a word.
    pub(super) fn part(&self, syllables: &[char], tail: Option<char>) -> Self {
        let written: String = syllables.iter().collect();
        Self {
            run: Run {
                word: fold(&written),
                written,
                ..self.run.clone()
            },
            tail,
            is_glued: false,
            row: Vec::new(),
        }
    }

    /// Whether it is several words in a row.
    pub(super) fn is_row(&self) -> bool {
        !self.row.is_empty()
    }
}

/// The words of these runs, without glued particles; Hangul words in a row for which `is_one` holds
/// are one.
pub(super) fn joined(runs: &[Run], is_one: impl Fn(&[char]) -> bool) -> Vec<Joined> {
    let mut all = with_tails(runs);
    let words = all.len();
    all.retain(|run| !is_glued_particle(&run.run, run.is_glued, words));
    let mut rest = &all[..];
    let mut joined = Vec::new();
    while let Some((first, others)) = rest.split_first() {
        let mut lengths = (2..=LONGEST_ROW.min(rest.len())).rev();
        match lengths.find_map(|length| row(&rest[..length], &is_one)) {
            Some(one) => {
                rest = &rest[one.row.len()..];
                joined.push(one);
            }
            None => {
                rest = others;
                joined.push(first.clone());
            }
        }
    }
    joined
}

/// Each run with a consonant of the syllable that is being typed.
fn with_tails(runs: &[Run]) -> Vec<Joined> {
    let mut all: Vec<Joined> = Vec::new();
    for run in runs {
        let is_glued = all.last().is_some_and(|before| before.run.end == run.start);
        if let Some(before) = all.last_mut()
            && is_glued
            && run.kind == Kind::Jamo
            && before.run.kind == Kind::Hangul
        {
            before.tail = run.word.chars().next();
            continue;
        }
        all.push(Joined {
            run: run.clone(),
            tail: None,
            is_glued,
            row: Vec::new(),
        });
    }
    all
}

/// These words as one, if they are.
fn row(words: &[Joined], is_one: impl Fn(&[char]) -> bool) -> Option<Joined> {
    let is_word = |word: &Joined| word.run.kind == Kind::Hangul && word.tail.is_none();
    let [first, .., last] = words else {
        return None;
    };
    if !words.iter().all(is_word) {
        return None;
    }
    let row: Vec<String> = words.iter().map(|word| word.run.written.clone()).collect();
    let written = row.concat();
    let syllables: Vec<char> = written.chars().collect();
    is_one(&syllables).then(|| Joined {
        run: Run {
            word: fold(&written),
            written,
            end: last.run.end,
            ..first.run.clone()
        },
        tail: None,
        is_glued: first.is_glued,
        row,
    })
}

/// A particle behind a Latin word, or alone.
fn is_glued_particle(run: &Run, is_glued: bool, words: usize) -> bool {
    let syllables: Vec<char> = run.written.chars().collect();
    let is_short = run.kind == Kind::Hangul && words > 1 && syllables.len() <= 3;
    let after_latin: Vec<char> = std::iter::once('a')
        .chain(syllables.iter().copied())
        .collect();
    is_short && (is_glued || syllables.len() == 1) && particle(&after_latin, 1) == syllables.len()
}
