//! What was typed, as words with what each finds: in the layout that was meant, without glued
//! particles, with the English words that a Hangul spelling stands for.
//!
//! Not here: the layout that was meant (`layout`), and the order of entries by all words (`rank`).

use std::collections::{HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;

use super::answer::Reading;
use super::fold::{fold, squash};
use super::hangul_word::{self, Mistake, Nowhere, Typed};
use super::index::Index;
use super::joined::{Joined, joined};
use super::latin_word;
use super::loanwords::Loanwords;
use super::scores::{Amounts, ByPairs, Match, Place, Word, union};
use super::terms::{Kind, Run, other, runs};
use crate::hangul::{is_initial, is_syllable, moved};

/// In characters: what is typed beyond is not looked at.
const LONGEST: usize = 300;
/// No more words than this are looked for.
const MOST_WORDS: usize = 24;
/// What another word counts that the table gives, and one that only sounds alike; and where entries
/// enough have the word itself.
const BY_TABLE: f64 = 0.95;
pub(super) const BY_SOUND: f64 = 0.8;
const BESIDE: f64 = 0.5;
/// The cost of a sound that is near enough, and of one for a word that entries hold as it is: it may be
/// no English one.
pub(super) const NEAR: f64 = 0.07;
const NEAR_HELD: f64 = 0.03;
/// Of the words that one that is being typed may become, so many are looked for.
const MOST_BEGUN: usize = 3;
/// So many syllables of a word that entries hold as it is may be the beginning of an English one.
const LEAST_BEGUN: usize = 3;
/// So many entries make a word usual.
pub(super) const USUAL_WORD: usize = 3;
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
        leave_out_same(&mut readings);
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
        leave_out_same(&mut readings);
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
            Kind::Hangul => self.in_hangul(typed, is_last, readings),
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
        let Some(mut word) = latin_word::find(self.index, written) else {
            return Vec::new();
        };
        let listed = self.loanwords.others(written);
        if !listed.is_empty() {
            word = self.listed(word, &self.possible(listed), readings);
            if !word.found.is_empty() {
                return vec![word];
            }
        }
        let words = if word.found.is_empty() {
            self.parts(word, readings)
        } else {
            vec![word]
        };
        readings.extend(words.iter().filter_map(latin_word::reading));
        let is_one = words.len() == 1 && latin_word::split(written).len() == 1;
        if is_one {
            let words = words.into_iter();
            return words
                .map(|word| self.or_in_hangul(word, readings))
                .collect();
        }
        words
    }

    /// A word of the table, which is no other word with a mistake.
    fn listed(&self, word: Word, others: &[String], readings: &mut Vec<Reading>) -> Word {
        let word = if word.near.is_empty() {
            word
        } else {
            Word {
                typed: word.typed,
                ..Word::simple(self.index, &word.stem, &Amounts::new())
            }
        };
        let written = word.typed.clone();
        let word = self.with_others(word, &written, others, BY_TABLE, readings);
        by_pairs(word, Place::Anywhere)
    }

    /// A word that few entries have, or none, also as Hangul words that it sounds like. One that is held
    /// is less likely meant as another, and one that is nearly held is more likely misspelt.
    fn or_in_hangul(&self, word: Word, readings: &mut Vec<Reading>) -> Word {
        if word.found.len() >= USUAL_WORD || !word.near.is_empty() {
            return word;
        }
        let most = if word.found.is_empty() {
            NEAR
        } else {
            NEAR_HELD
        };
        let others = self.hangul_by_sound(&word.stem, most);
        if others.is_empty() {
            return word;
        }
        let written = word.typed.clone();
        let word = self.with_others(word, &written, &others, BY_SOUND, readings);
        by_pairs(word, Place::Beginning)
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

    /// One word; those of a row, or of a compound with a loanword, each alone if nothing holds them as
    /// one.
    fn in_hangul(&self, typed: &Joined, is_last: bool, readings: &mut Vec<Reading>) -> Vec<Word> {
        let compound = self.compound(typed, is_last);
        let is_in_english = compound
            .as_ref()
            .is_some_and(|parts| !self.are_usual(parts));
        let mut apart = compound.map_or_else(|| typed.apart(), Vec::from);
        if !is_in_english {
            let word = self.hangul(typed, is_last, readings);
            if !word.found.is_empty() {
                return vec![word];
            }
            if apart.is_empty() {
                apart = self.with_loanword(typed);
            }
            if apart.is_empty() {
                return vec![word];
            }
        }
        let words = apart.iter().enumerate();
        let words = words.map(|(at, one)| {
            let is_last = is_last && at + 1 == apart.len();
            self.hangul(one, is_last, readings)
        });
        words.collect()
    }

    /// What a Hangul word finds as it is.
    pub(super) fn as_is(&self, syllables: &[char], tail: Option<char>, is_open: bool) -> Word {
        let asked = Typed {
            syllables,
            is_open,
            tail,
            nowhere: self.nowhere,
        };
        hangul_word::find(self.index, &asked)
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
        let english = self.possible_english(&syllables);
        // A word of the table is no other word with a mistake.
        if let Some(english) = english.filter(|_| asked.tail.is_none()) {
            let written = word.typed.clone();
            let word = self.also_apart(word, &asked);
            let word = self.with_others(word, &written, &english, BY_TABLE, readings);
            return self.or_sounding(word, &asked, readings);
        }
        if word.is_doubtful && !word.found.is_empty() {
            return self.or_corrected(word, &asked, readings);
        }
        if !word.found.is_empty() {
            return self.also_english(word, &asked, readings);
        }
        if !is_last {
            return self.otherwise(word, &asked, readings);
        }
        let english = self.begun(asked.syllables, asked.tail);
        let half = self.half_typed(&asked, hangul_word::find);
        let half = half.filter(|half| half.is_whole && !half.is_doubtful);
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

    /// A word of the table, with what it finds where a text has it as several: as those that were
    /// typed, or in its parts.
    fn also_apart(&self, word: Word, asked: &Typed<'_>) -> Word {
        let is_row = word.typed.contains(' ');
        if is_row && !self.nowhere.contains(&word.stem) {
            let particle = asked.syllables.len() - asked.stem();
            let length = word.typed.chars().count() - particle;
            let apart = word.typed.chars().take(length).collect();
            return self.joined(word, &[apart], 1.0);
        }
        if is_row || !word.found.is_empty() {
            return word;
        }
        Word {
            typed: word.typed,
            ..hangul_word::find_in_part(self.index, asked)
        }
    }

    /// A word, if it finds nothing, as the English ones that it sounds like.
    fn or_sounding(&self, word: Word, asked: &Typed<'_>, readings: &mut Vec<Reading>) -> Word {
        if !word.found.is_empty() {
            return word;
        }
        let Some(english) = self.by_sound(asked.syllables, NEAR) else {
            return word;
        };
        let written = word.typed.clone();
        self.with_others(word, &written, &english, BY_SOUND, readings)
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
    fn half_typed(
        &self,
        asked: &Typed<'_>,
        find: impl Fn(&Index<'_>, &Typed<'_>) -> Word,
    ) -> Option<Word> {
        let moved = moved(asked.syllables).filter(|_| asked.tail.is_none())?;
        let (tail, syllables) = moved.split_last()?;
        let begun = Typed {
            syllables,
            tail: Some(*tail),
            ..*asked
        };
        Some(Word {
            typed: asked.syllables.iter().collect(),
            ..find(self.index, &begun)
        })
    }

    /// The English words that entries hold, of those that a half-typed word may become.
    pub(super) fn begun(&self, syllables: &[char], tail: Option<char>) -> Vec<String> {
        let english = self.loanwords.begun(syllables, tail).into_iter();
        let held = english.filter(|phrase| self.is_held(phrase));
        let first: Vec<String> = held.take(MOST_BEGUN).collect();
        self.possible(&first)
    }

    /// The English words that the table gives for a Hangul one, of those that texts may have.
    pub(super) fn possible_english(&self, syllables: &[char]) -> Option<Vec<String>> {
        let english = self.loanwords.english(syllables)?;
        Some(self.possible(&english))
    }

    /// Without those of which it is known that no text has their words in a row.
    fn possible(&self, phrases: &[String]) -> Vec<String> {
        let mut possible = phrases.to_vec();
        possible.retain(|phrase| !self.nowhere.contains(&squash(phrase)));
        possible
    }

    /// Whether entries hold each word of one that the table gives.
    pub(super) fn is_held(&self, phrase: &str) -> bool {
        let mut parts = phrase.split([' ', '-']);
        parts.all(|part| self.other(part).is_some_and(|part| part.is_whole))
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
        if let Some((word, meant)) = hangul_word::find_corrected(self.index, asked, Mistake::Any) {
            readings.push(Reading {
                typed: word.typed.clone(),
                meant: meant.join(", "),
            });
            return word;
        }
        let word = if is_ended {
            self.or_sounding(word, asked, readings)
        } else {
            word
        };
        if !word.found.is_empty() {
            return word;
        }
        let in_part = hangul_word::find_in_part(self.index, asked);
        if !in_part.found.is_empty() || !asked.is_open {
            return in_part;
        }
        let half = self.half_typed(asked, hangul_word::find_in_part);
        let half = half.filter(|half| !half.found.is_empty());
        half.unwrap_or(in_part)
    }

    /// A word of which forms are held, also as others that it may be with a mistake.
    fn or_corrected(&self, word: Word, asked: &Typed<'_>, readings: &mut Vec<Reading>) -> Word {
        let Some((other, mut meant)) =
            hangul_word::find_corrected(self.index, asked, Mistake::OfWhole)
        else {
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
        let english = self.possible_english(&syllables)?;
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
    pub(super) fn with_others(
        &self,
        word: Word,
        written: &str,
        others: &[String],
        counts: f64,
        readings: &mut Vec<Reading>,
    ) -> Word {
        let is_usual = word.is_whole && word.found.len() >= USUAL_WORD;
        let (before, was_whole) = (word.found.len(), word.is_whole);
        let word = self.joined(word, others, if is_usual { BESIDE } else { counts });
        if word.found.len() > before || !was_whole && !word.others.is_empty() {
            readings.push(Reading {
                typed: written.to_owned(),
                meant: others.join(", "),
            });
        }
        word
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
        Some(self.as_is(&syllables, None, false))
    }
}

/// A Latin word with Hangul ones, which were found by their pairs of syllables.
fn by_pairs(word: Word, place: Place) -> Word {
    Word {
        by_pairs: Some(ByPairs {
            is_in_part: false,
            place,
        }),
        ..word
    }
}

/// Leaves each word once, but for the last, which may be unfinished.
fn leave_out_repeats(runs: &mut Vec<Joined>) {
    let mut seen = HashSet::new();
    let last = runs.pop();
    runs.retain(|run| seen.insert(run.written()));
    runs.extend(last);
}

/// Leaves each reading once: parts of a query may be the same word.
fn leave_out_same(readings: &mut Vec<Reading>) {
    let mut seen = HashSet::new();
    readings.retain(|one| seen.insert((one.typed.clone(), one.meant.clone())));
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
