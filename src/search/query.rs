//! What was typed, as words with what each finds: in the layout that was meant, without glued
//! particles, with the English words that a Hangul spelling stands for.
//!
//! Not here: the layout that was meant (`layout`), and the order of entries by all words (`rank`).

use std::collections::{BTreeMap, HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;

use super::answer::Reading;
use super::fold::{fold, squash};
use super::hangul_word::{self, Nowhere, Typed, stem};
use super::index::Index;
use super::joined::{Joined, joined};
use super::latin_word;
use super::loanwords::Loanwords;
use super::scores::{Match, Word, union};
use super::sound::{self, Heard, is_foreign};
use super::terms::{Kind, Run, other, runs};
use crate::hangul::{is_initial, is_syllable, moved};

/// In characters: what is typed beyond is not looked at.
const LONGEST: usize = 300;
/// No more words than this are looked for.
const MOST_WORDS: usize = 24;
/// What another word counts that the table gives, and one that only sounds alike; and where entries
/// enough have the word itself.
const BY_TABLE: f64 = 0.95;
const BY_SOUND: f64 = 0.8;
const BESIDE: f64 = 0.5;
/// The cost of a sound that is near enough, by length: of words of two and three syllables, which sound
/// like another by chance, and of longer ones.
const NEAR_SHORTEST: f64 = 0.04;
const NEAR_SHORT: f64 = 0.06;
pub(super) const NEAR: f64 = 0.07;
/// The same for a word that entries hold as it is: it may be no English one.
const NEAR_HELD: f64 = 0.03;
/// Of two words that sound like one, the other may cost so much more.
const AS_NEAR: f64 = 0.02;
/// Of the words that one that is being typed may become, so many are looked for.
const MOST_BEGUN: usize = 3;
/// So many syllables of a word that entries hold as it is may be the beginning of an English one.
const LEAST_BEGUN: usize = 3;
/// So many entries make a word usual.
const USUAL_WORD: usize = 3;
/// What it says for a word that more entries hold, by the bits of their number.
const USUAL: f64 = 0.004;
/// What the Hangul spelling itself adds to an entry that has both.
const BOTH: f64 = 0.2;

/// A query against an index.
pub(super) struct Query<'a> {
    pub index: &'a Index<'a>,
    pub loanwords: &'a Loanwords,
    pub nowhere: &'a Nowhere,
}

/// The words of a query, and how they were read.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    pub words: Vec<Word>,
    /// The runs that the words come from, for words that stand next to each other.
    pub runs: Vec<Run>,
    pub readings: Vec<Reading>,
    /// How many of the readings are of words in another keyboard layout.
    pub laid: usize,
    /// Words beyond the most that are looked for, as they were typed.
    pub beyond: Vec<String>,
}

impl Query<'_> {
    /// Of a query without what is not looked at (`cut`).
    pub(super) fn parse(&self, text: &str) -> Parsed {
        let mut readings = Vec::new();
        let text = self.in_layout(text, &mut readings);
        let laid = readings.len();
        let mut runs = joined(&runs(&text), |row| self.loanwords.has_row(row));
        leave_out_repeats(&mut runs);
        let beyond = runs.drain(MOST_WORDS.min(runs.len())..);
        let beyond = beyond.map(|run| run.written()).collect();
        let mut words = Vec::new();
        for (at, run) in runs.iter().enumerate() {
            let is_last = at + 1 == runs.len();
            words.extend(self.words(run, is_last, &mut readings));
        }
        Parsed {
            words,
            runs: runs.into_iter().map(|run| run.run).collect(),
            readings,
            laid,
            beyond,
        }
    }

    fn words(&self, typed: &Joined, is_last: bool, readings: &mut Vec<Reading>) -> Vec<Word> {
        let run = &typed.run;
        match run.kind {
            Kind::Hangul => vec![self.hangul(typed, is_last, readings)],
            Kind::Latin => self.latin(&run.word, readings),
            Kind::Jamo => {
                let is_initials = run.word.chars().all(is_initial) && run.word.chars().count() > 1;
                is_initials
                    .then(|| hangul_word::find_initials(self.index, &run.word))
                    .into_iter()
                    .collect()
            }
            Kind::Other => {
                let term = [(other(&run.word), 1.0)];
                vec![Word::simple(
                    self.index,
                    &run.word,
                    &union(self.index, &term),
                )]
            }
        }
    }

    /// One word, or the parts of an identifier that nothing holds; misspelt ones are read as those
    /// that are near.
    fn latin(&self, written: &str, readings: &mut Vec<Reading>) -> Vec<Word> {
        let Some(word) = latin_word::find(self.index, written) else {
            return Vec::new();
        };
        let others = self.loanwords.others(written);
        let words = if word.found.is_empty() && others.is_empty() {
            self.parts(word, readings)
        } else {
            vec![word]
        };
        readings.extend(words.iter().filter_map(latin_word::reading));
        if others.is_empty() {
            return words;
        }
        let words = words.into_iter();
        words
            .map(|word| self.with_others(word, written, others, BY_TABLE, readings))
            .collect()
    }

    /// The words of an identifier, or the two that it is without a blank; itself if it has only one.
    fn parts(&self, word: Word, readings: &mut Vec<Reading>) -> Vec<Word> {
        let mut parts = latin_word::split(&word.typed);
        if let Some(two) = latin_word::two(self.index, &word.stem).filter(|_| parts.len() < 2) {
            readings.push(Reading {
                typed: word.typed.clone(),
                meant: two.join(" "),
            });
            parts = two.map(str::to_owned).to_vec();
        }
        let parts = parts
            .iter()
            .filter_map(|part| latin_word::find(self.index, part));
        let parts: Vec<Word> = parts.collect();
        if parts.len() < 2 { vec![word] } else { parts }
    }

    fn hangul(&self, typed: &Joined, is_last: bool, readings: &mut Vec<Reading>) -> Word {
        let syllables: Vec<char> = typed.run.written.chars().collect();
        let asked = Typed {
            syllables: &syllables,
            is_open: is_last,
            tail: typed.tail,
            nowhere: self.nowhere,
        };
        let word = Word {
            typed: typed.written(),
            ..hangul_word::find(self.index, &asked)
        };
        let english = self.loanwords.english(&syllables);
        let english = english.filter(|_| asked.tail.is_none());
        let is_known = english.is_some();
        let word = match english {
            Some(english) => {
                let written = word.typed.clone();
                self.with_others(word, &written, &english, BY_TABLE, readings)
            }
            None => word,
        };
        // A word of the table is no other word with a mistake.
        if is_known {
            return word;
        }
        if word.is_doubtful {
            return self.or_corrected(word, &asked, readings);
        }
        if !word.found.is_empty() {
            return self.also_english(word, &asked, readings);
        }
        if !is_last {
            return self.otherwise(word, &asked, readings);
        }
        let english = self.begun(asked.syllables, asked.tail);
        let half = self.half_typed(&asked);
        if english.is_empty() && half.is_none() {
            return self.otherwise(word, &asked, readings);
        }
        let typed = word.typed.clone();
        let word = half.unwrap_or(word);
        // As it is, a word may be another that sounds so: 패스 is path, and begins 패스워드.
        let Some(sounding) = self.sounding_foreign(&asked) else {
            return self.with_others(word, &typed, &english, BY_TABLE, readings);
        };
        let word = self.with_others(word, &typed, &sounding, BY_SOUND, readings);
        self.with_others(word, &typed, &english, BESIDE, readings)
    }

    /// A word that entries hold as it is, with the English one that others may write for it.
    fn also_english(&self, word: Word, asked: &Typed<'_>, readings: &mut Vec<Reading>) -> Word {
        let typed = asked.syllables.len() + usize::from(asked.tail.is_some());
        let mut english = Vec::new();
        if asked.is_open && typed >= LEAST_BEGUN {
            english = self.begun(asked.syllables, asked.tail);
        }
        let is_rare = word.is_whole && word.found.len() < USUAL_WORD;
        if english.is_empty() && is_rare && asked.tail.is_none() {
            english = self
                .by_sound(asked.syllables, NEAR_HELD)
                .unwrap_or_default();
        }
        if english.is_empty() {
            return word;
        }
        let written = word.typed.clone();
        self.with_others(word, &written, &english, BY_SOUND, readings)
    }

    /// What a word finds whose last consonant is to begin the next syllable: 컴폰 of 컴포넌트.
    fn half_typed(&self, asked: &Typed<'_>) -> Option<Word> {
        let moved = moved(asked.syllables).filter(|_| asked.tail.is_none())?;
        let (tail, syllables) = moved.split_last()?;
        let begun = Typed {
            syllables,
            tail: Some(*tail),
            ..*asked
        };
        let found = hangul_word::find(self.index, &begun);
        (found.is_whole && !found.is_doubtful).then(|| Word {
            typed: asked.syllables.iter().collect(),
            ..found
        })
    }

    /// The English words that entries hold, of those that a half-typed word may become.
    pub(super) fn begun(&self, syllables: &[char], tail: Option<char>) -> Vec<String> {
        let english = self.loanwords.begun(syllables, tail).into_iter();
        let held = english.filter(|phrase| {
            let mut parts = phrase.split([' ', '-']);
            parts.all(|part| self.other(part).is_some_and(|part| part.is_whole))
        });
        held.take(MOST_BEGUN).collect()
    }

    /// A word that nothing holds: as it sounds, with a mistake, or in its parts.
    fn otherwise(&self, word: Word, asked: &Typed<'_>, readings: &mut Vec<Reading>) -> Word {
        if let Some(english) = self.sounding_foreign(asked) {
            return self.sounding_or_corrected(word, &english, asked, readings);
        }
        let is_ended = asked.tail.is_none();
        let near = is_ended.then(|| self.near_in_table(asked, readings));
        if let Some(word) = near.flatten() {
            return word;
        }
        if let Some((word, meant)) = hangul_word::find_corrected(self.index, asked, false) {
            readings.push(Reading {
                typed: word.typed.clone(),
                meant: meant.join(", "),
            });
            return word;
        }
        match self.by_sound(asked.syllables, NEAR).filter(|_| is_ended) {
            Some(english) => {
                let written = word.typed.clone();
                self.with_others(word, &written, &english, BY_SOUND, readings)
            }
            None => hangul_word::find_in_part(self.index, asked),
        }
    }

    /// A word as English ones that it sounds like. A short one sounds like some by chance: it may as
    /// well have a mistake.
    fn sounding_or_corrected(
        &self,
        word: Word,
        english: &[String],
        asked: &Typed<'_>,
        readings: &mut Vec<Reading>,
    ) -> Word {
        let written = word.typed.clone();
        let word = self.with_others(word, &written, english, BY_SOUND, readings);
        let is_short = stem(asked.syllables) <= 2;
        let corrected = is_short.then(|| hangul_word::find_corrected(self.index, asked, false));
        let Some((other, meant)) = corrected.flatten() else {
            return word;
        };
        readings.push(Reading {
            typed: written,
            meant: meant.join(", "),
        });
        word.or(other)
    }

    /// A word of which forms are held, also as others that it may be with a mistake.
    fn or_corrected(&self, word: Word, asked: &Typed<'_>, readings: &mut Vec<Reading>) -> Word {
        let Some((other, mut meant)) = hangul_word::find_corrected(self.index, asked, true) else {
            return word;
        };
        let mut forms = word.others.clone();
        forms.extend(word.is_whole.then(|| word.stem.clone()));
        meant.retain(|meant| {
            let meant = fold(meant);
            !forms.iter().any(|form| meant.starts_with(form.as_str()))
        });
        if !meant.is_empty() {
            readings.push(Reading {
                typed: word.typed.clone(),
                meant: meant.join(", "),
            });
        }
        if word.is_whole { word.or(other) } else { other }
    }

    /// The word of the table that is meant by one with a mistake, if an entry has it.
    fn near_in_table(&self, asked: &Typed<'_>, readings: &mut Vec<Reading>) -> Option<Word> {
        let (near, particle) = self.loanwords.near(asked.syllables)?;
        let syllables: Vec<char> = near.chars().chain(particle.iter().copied()).collect();
        let meant = Typed {
            syllables: &syllables,
            ..*asked
        };
        let word = Word {
            typed: asked.syllables.iter().collect(),
            ..hangul_word::find(self.index, &meant)
        };
        let mut all = Vec::new();
        if word.is_whole {
            all.push(near.to_owned());
        }
        let english = self.loanwords.english(&syllables)?;
        let word = self.joined(word, &english, BY_TABLE);
        if !word.others.is_empty() {
            all.extend(english);
        }
        if all.is_empty() {
            return None;
        }
        readings.push(Reading {
            typed: word.typed.clone(),
            meant: all.join(", "),
        });
        Some(word)
    }

    /// A word with what others for it find: less, where enough entries have the word itself.
    fn with_others(
        &self,
        word: Word,
        written: &str,
        others: &[String],
        counts: f64,
        readings: &mut Vec<Reading>,
    ) -> Word {
        let is_usual = word.is_whole && word.found.len() >= USUAL_WORD;
        let before = word.found.len();
        let word = self.joined(word, others, if is_usual { BESIDE } else { counts });
        if word.found.len() > before || !word.others.is_empty() {
            readings.push(Reading {
                typed: written.to_owned(),
                meant: others.join(", "),
            });
        }
        word
    }

    /// The Latin words that a word sounds like that is a whole one and looks like an English one.
    fn sounding_foreign(&self, asked: &Typed<'_>) -> Option<Vec<String>> {
        let stem = &asked.syllables[..stem(asked.syllables)];
        let is_foreign = asked.tail.is_none() && is_foreign(stem);
        let sounding = is_foreign.then(|| self.by_sound(asked.syllables, NEAR_SHORTEST));
        sounding.flatten()
    }

    /// The Latin words that sound like a Hangul word, best first, if the best costs no more than
    /// `most`. One of two syllables must look like an English one, also where it has a particle.
    fn by_sound(&self, syllables: &[char], most: f64) -> Option<Vec<String>> {
        let stem = &syllables[..stem(syllables)];
        [syllables, stem].iter().find_map(|word| {
            if word.len() < 2 || stem.len() < 3 && !is_foreign(word) {
                return None;
            }
            let near = self.sounding_like(word, most);
            let most = near.first()?.0 + AS_NEAR;
            let near = near.into_iter().filter(|(cost, _)| *cost <= most);
            let near = near.take(2).flat_map(|(_, term)| self.with_spellings(term));
            Some(near.collect())
        })
    }

    /// A word with those of the table for it that entries hold.
    fn with_spellings(&self, word: String) -> Vec<String> {
        let others = self.loanwords.others(&word).iter();
        let held = others.filter(|other| self.other(other).is_some_and(|found| found.is_whole));
        let held: Vec<String> = held.cloned().collect();
        [vec![word], held].concat()
    }

    pub(super) fn sounding_like(&self, word: &[char], most: f64) -> Vec<(f64, String)> {
        let most = match word.len() {
            ..=2 => most.min(NEAR_SHORTEST),
            3 => most.min(NEAR_SHORT),
            _ => most,
        };
        let keys = sound::keys_of_hangul(word);
        let words: BTreeMap<String, u32> = keys
            .iter()
            .flat_map(|key| self.index.sounding(key))
            .collect();
        let mut near: Vec<(f64, String)> = words
            .into_iter()
            .filter_map(|(term, bits)| {
                let cost = sound::cost(word, &Heard::new(&term), most)?;
                // Of two that sound alike, the usual one.
                Some((cost - USUAL * f64::from(bits), term))
            })
            .collect();
        near.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
        near
    }

    fn joined(&self, mut word: Word, others: &[String], counts: f64) -> Word {
        let mut rarest: f64 = 0.0;
        for phrase in others {
            let parts: Vec<&str> = phrase.split([' ', '-']).collect();
            let found = parts.iter().filter_map(|part| self.other(part));
            let found: Vec<Word> = found.filter(|part| part.is_whole).collect();
            if found.len() < parts.len() {
                continue;
            }
            word.others.push(squash(phrase));
            rarest = found.iter().map(|part| part.rarity).fold(rarest, f64::max);
            for (entry, all) in together(&found) {
                let own = word.found.get(&entry).copied();
                let score = all.score * counts * all.share * all.share;
                let before = own.map_or(0.0, |own| own.score);
                if word.is_whole && before >= score {
                    continue;
                }
                let kept = if word.is_whole { before } else { 0.0 };
                let score = score.max(kept) + BOTH * before;
                let share = all.share;
                word.found.insert(entry, Match { score, share });
            }
        }
        if rarest > 0.0 {
            word.rarity = if word.is_whole {
                word.rarity.min(rarest)
            } else {
                rarest
            };
            word.is_whole = true;
        }
        word
    }

    /// A word of the table, as it is.
    fn other(&self, word: &str) -> Option<Word> {
        let syllables: Vec<char> = word.chars().collect();
        if !syllables.iter().all(|c| is_syllable(*c)) {
            return latin_word::find(self.index, word);
        }
        Some(hangul_word::find(
            self.index,
            &Typed {
                syllables: &syllables,
                is_open: false,
                tail: None,
                nowhere: self.nowhere,
            },
        ))
    }
}

/// Leaves each word once, but for the last, which may be unfinished.
fn leave_out_repeats(runs: &mut Vec<Joined>) {
    let mut seen = HashSet::new();
    let last = runs.pop();
    runs.retain(|run| seen.insert(run.written()));
    runs.extend(last);
}

/// The part of a query that is looked at.
pub(super) fn cut(text: &str) -> String {
    text.nfc().take(LONGEST).collect()
}

/// What entries have of several words together.
fn together(words: &[Word]) -> HashMap<u32, Match> {
    let mut all: HashMap<u32, Match> = HashMap::new();
    let part = 1.0 / super::scores::count(words.len());
    for word in words {
        for (entry, found) in &word.found {
            let sum = all.entry(*entry).or_insert(Match {
                score: 0.0,
                share: 0.0,
            });
            sum.score += found.score;
            sum.share += part;
        }
    }
    all
}
