//! The keyboard layout that the words of a query were meant in.
//!
//! Not here: which key gives which letter (`keyboard`).

use std::collections::HashSet;

use super::answer::Reading;
use super::fold::{alike, fold};
use super::hangul_word::{self, stem};
use super::keyboard::{to_hangul, to_keys};
use super::query::{NEAR, Query};
use super::terms::is_jamo;
use crate::hangul::{is_initial, is_syllable, is_vowel};

impl Query<'_> {
    /// The text with each word in the keyboard layout that it was meant in.
    pub(super) fn in_layout(&self, text: &str, readings: &mut Vec<Reading>) -> String {
        let chars: Vec<char> = text.chars().collect();
        let first = self.relaid(&chars, false, readings);
        if readings.is_empty() {
            return text.to_owned();
        }
        // Where one word was in the other layout, others that are no words are too.
        let chars: Vec<char> = first.chars().collect();
        self.relaid(&chars, true, readings)
    }

    fn relaid(&self, chars: &[char], is_likely: bool, readings: &mut Vec<Reading>) -> String {
        let mut text = String::new();
        let mut at = 0;
        while let Some(c) = chars.get(at) {
            let is_in: fn(char) -> bool = match *c {
                c if c.is_ascii_alphabetic() => |c| c.is_ascii_alphabetic(),
                c if is_korean(c) => is_korean,
                _ => {
                    text.push(*c);
                    at += 1;
                    continue;
                }
            };
            let length = chars[at..].iter().take_while(|c| is_in(**c)).count();
            let around = [at.checked_sub(1), Some(at + length)];
            let around = around.map(|at| at.and_then(|at| chars.get(at)).copied().unwrap_or(' '));
            let word: String = chars[at..at + length].iter().collect();
            let meant = if c.is_ascii_alphabetic() {
                let is_last = at + length == chars.len();
                self.meant_hangul(&word, around, is_likely, is_last)
            } else {
                self.meant_latin(&word, around)
            };
            if let Some(meant) = &meant {
                readings.push(Reading {
                    typed: word.clone(),
                    meant: meant.clone(),
                });
            }
            text.push_str(meant.as_deref().unwrap_or(&word));
            at += length;
        }
        text
    }

    /// `is_last`: it may still be typed.
    fn meant_hangul(
        &self,
        word: &str,
        around: [char; 2],
        is_likely: bool,
        is_last: bool,
    ) -> Option<String> {
        let is_part = |c: char| c.is_alphanumeric() || ".-$_/".contains(c);
        let lower = word.to_lowercase();
        let (least, is_word) = if is_likely {
            (2, self.index.has(&lower))
        } else {
            (4, self.is_begun(&lower))
        };
        if around.into_iter().any(is_part) || word.len() < least || is_word {
            return None;
        }
        let hangul = to_hangul(word)?;
        let mut syllables: Vec<char> = hangul.chars().collect();
        let tail = syllables.last().copied();
        let tail = tail.filter(|last| is_last && is_initial(*last));
        syllables.truncate(syllables.len() - usize::from(tail.is_some()));
        let is_whole = syllables.iter().all(|c| is_syllable(*c));
        if !is_whole || !is_likely && syllables.len() < 2 {
            return None;
        }
        if tail.is_some() {
            let is_meant = syllables.len() > 1 && !self.begun(&syllables, tail).is_empty();
            return is_meant.then_some(hangul);
        }
        let is_held = || self.holders(&syllables) > 0;
        let is_english = || {
            self.loanwords.english(&syllables).is_some()
                || is_last && !self.begun(&syllables, None).is_empty()
        };
        let sounds = || syllables.len() >= 3 && !self.sounding_like(&syllables, NEAR).is_empty();
        (is_likely || is_held() || is_english() || sounds()).then_some(hangul)
    }

    fn meant_latin(&self, word: &str, around: [char; 2]) -> Option<String> {
        if around.iter().any(char::is_ascii_alphanumeric) {
            return None;
        }
        let chars: Vec<char> = word.chars().collect();
        let consonants = |pair: &[char]| is_consonant(pair[0]);
        let is_odd = chars.iter().any(|c| is_vowel(*c)) || chars.windows(2).any(consonants);
        let is_initials = chars.iter().all(|c| is_initial(*c));
        let folded: Vec<char> = chars.iter().copied().map(alike).collect();
        if !is_odd && (chars.len() < 2 || self.holders(&folded) > 0) {
            return None;
        }
        let keys = to_keys(word).to_lowercase();
        let is_word = keys.len() >= 3 && keys.bytes().all(|key| key.is_ascii_lowercase());
        let is_known = self.index.has(&keys) || keys.len() >= 4 && self.is_begun(&keys);
        // Initials of a heading are more often meant than a word of which all letters are consonants.
        let is_heading = || {
            !hangul_word::find_initials(self.index, word)
                .found
                .is_empty()
        };
        (is_word && is_known && !(is_initials && is_heading())).then_some(keys)
    }

    fn is_begun(&self, word: &str) -> bool {
        self.index.has(word) || word.len() >= 4 && self.index.beginning(word).next().is_some()
    }

    /// How many entries hold a Hangul word with or without its particle.
    fn holders(&self, syllables: &[char]) -> usize {
        let held = |word: &[char]| {
            let pairs = word
                .windows(2)
                .map(|pair| fold(&pair.iter().collect::<String>()));
            let holders = pairs.map(|pair| {
                let postings = self.index.get(&pair);
                postings
                    .iter()
                    .map(|posting| posting.entry)
                    .collect::<HashSet<u32>>()
            });
            let all = holders.reduce(|all, some| all.intersection(&some).copied().collect());
            all.map_or(0, |all| all.len())
        };
        match held(syllables) {
            0 => held(&syllables[..stem(syllables)]),
            some => some,
        }
    }
}

fn is_korean(c: char) -> bool {
    is_syllable(c) || is_jamo(c)
}

fn is_consonant(c: char) -> bool {
    is_jamo(c) && !is_vowel(c)
}
