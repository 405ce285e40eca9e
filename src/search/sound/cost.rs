//! How well a Hangul word fits a Latin one: what differs in their sounds costs something.
//!
//! Not here: how usual a word is (`by_sound`).

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::hangul::{begun, ended, hangul};
use super::latin::Heard;
use super::sounds::{Silence, Sound};

/// Vowels of Hangul that are one together, and what they are of Latin letters.
const DIPHTHONGS: [(&str, &str); 4] = [("ai", "I"), ("ei", "A"), ("au", "U"), ("Ou", "O")];

/// A vowel is no consonant.
const APART: f64 = 9.0;

/// What all of a spelling that is looked for may cost: less than one g for a k.
const SPELLING: f64 = 0.175;

/// How well a Hangul word fits a Latin one, in cost by length; none if it does not.
pub(in crate::search) fn cost(word: &[char], latin: &Heard, most: f64) -> Option<f64> {
    let sounds = hangul(word);
    let length: f64 = sounds.iter().map(weight).sum();
    if length < 2.0 {
        return None;
    }
    let limit = most * length;
    let costs = costs(&sounds, latin, limit)?;
    let cost = costs.last().copied().filter(|cost| *cost <= limit)?;
    Some(cost / length)
}

/// A Latin word whose spellings are looked for.
pub(in crate::search) struct Spelt {
    latin: Heard,
    /// What it costs to take a Hangul sound for each of its own.
    changes: RefCell<HashMap<Sound, Rc<[f64]>>>,
}

/// The beginning of a spelling, to go on with.
pub(super) struct Begun<'a> {
    spelt: &'a Spelt,
    /// What it costs without its last sound, which may become another.
    costs: Option<Vec<f64>>,
    last: Vec<Sound>,
}

impl Spelt {
    pub(in crate::search) fn new(word: &str) -> Self {
        Self {
            latin: Heard::new(word),
            changes: RefCell::default(),
        }
    }

    pub(in crate::search) fn latin(&self) -> &Heard {
        &self.latin
    }

    pub(super) fn begun(&self, syllables: &[char]) -> Begun<'_> {
        let mut sounds = begun(Vec::new(), syllables);
        let last = sounds.split_off(sounds.len().saturating_sub(1));
        Begun {
            spelt: self,
            costs: self.costs(first_costs(&self.latin), &sounds),
            last,
        }
    }

    /// As `costs`: the same sounds come again and again.
    fn costs(&self, before: Vec<f64>, sounds: &[Sound]) -> Option<Vec<f64>> {
        let changes = |sound: &Sound| {
            let mut known = self.changes.borrow_mut();
            let known = known.entry(sound.clone());
            Rc::clone(known.or_insert_with(|| changes(sound, &self.latin).into()))
        };
        sounds.iter().try_fold(before, |above, sound| {
            step(&above, sound, &changes(sound), &self.latin, SPELLING)
        })
    }
}

impl Begun<'_> {
    /// What it costs at least to go on so; none if no spelling does.
    pub(super) fn with(&self, next: &[char]) -> Option<f64> {
        let sounds = ended(begun(self.last.clone(), next));
        let costs = self.spelt.costs(self.costs.clone()?, &sounds)?;
        Some(costs.into_iter().fold(f64::INFINITY, f64::min))
    }
}

/// What it costs that the first sounds of a Latin word are in no other: by how many these are.
fn first_costs(latin: &Heard) -> Vec<f64> {
    let mut costs = vec![0.0];
    for sound in &latin.sounds {
        let last: f64 = costs.last().copied().unwrap_or_default();
        costs.push(last + gap(sound));
    }
    costs
}

/// What it costs to take these sounds for the first of a Latin word: by how many these are; none if
/// that is always more than the limit.
fn costs(sounds: &[Sound], latin: &Heard, limit: f64) -> Option<Vec<f64>> {
    sounds.iter().try_fold(first_costs(latin), |above, sound| {
        step(&above, sound, &changes(sound, latin), latin, limit)
    })
}

/// The same with one sound more, of which each change is given.
fn step(
    above: &[f64],
    sound: &Sound,
    changes: &[f64],
    latin: &Heard,
    limit: f64,
) -> Option<Vec<f64>> {
    let own = gap_of_hangul(sound);
    let mut row = vec![above[0] + own];
    for (at, other) in latin.sounds.iter().enumerate() {
        let same = above[at] + changes[at];
        row.push(same.min(above[at + 1] + own).min(row[at] + gap(other)));
    }
    row.iter().any(|cost| *cost <= limit).then_some(row)
}

fn changes(hangul: &Sound, latin: &Heard) -> Vec<f64> {
    latin
        .sounds
        .iter()
        .map(|sound| change(hangul, sound))
        .collect()
}

fn weight(sound: &Sound) -> f64 {
    match sound {
        Sound::Consonant { .. } => 1.0,
        Sound::Vowel { letters, .. } if letters == "_" => 0.0,
        Sound::Vowel { .. } => 0.5,
    }
}

/// What it costs that a sound is not in the other word.
fn gap(sound: &Sound) -> f64 {
    match sound {
        Sound::Vowel {
            silence: Silence::Faint,
            ..
        }
        | Sound::Consonant {
            silence: Silence::Faint,
            ..
        } => 0.05,
        Sound::Vowel {
            silence: Silence::Often,
            ..
        } => 0.0,
        Sound::Vowel { letters, .. } if letters.chars().all(|c| c == '_') => 0.02,
        Sound::Vowel { letters, .. } if letters == "i" || letters == "_i" => 0.3,
        Sound::Vowel { .. } => 0.4,
        Sound::Consonant {
            silence: Silence::Plural,
            ..
        } => 0.35,
        Sound::Consonant {
            silence: Silence::Often,
            ..
        } => 0.15,
        Sound::Consonant { class: "H", .. } => 0.6,
        Sound::Consonant { .. } => 1.1,
    }
}

/// The same for a sound of Hangul, which has a w only where it is said.
fn gap_of_hangul(sound: &Sound) -> f64 {
    match sound {
        Sound::Consonant { class: "W", .. } => 0.3,
        sound => gap(sound),
    }
}

/// What it costs to take a Hangul sound for a Latin one.
fn change(hangul: &Sound, latin: &Sound) -> f64 {
    match (hangul, latin) {
        (Sound::Vowel { letters, .. }, Sound::Vowel { letters: latin, .. }) => {
            if is_said(letters, latin) {
                return if letters == "_" { 0.04 } else { 0.0 };
            }
            let said = letters.chars().filter(|c| *c != '_').count();
            let is_long = said > 1 && !latin.contains('+');
            (if said == 0 { 0.15 } else { 0.3 }) + if is_long { 0.1 } else { 0.0 }
        }
        (Sound::Consonant { .. }, Sound::Consonant { .. }) => consonants(hangul, latin),
        _ => APART,
    }
}

/// Whether vowels of Hangul may be those of Latin letters.
fn is_said(hangul: &str, latin: &str) -> bool {
    let is_one = |hangul: &str| {
        if hangul.len() == 1 {
            return latin.contains(hangul);
        }
        let hangul = DIPHTHONGS
            .iter()
            .fold(hangul.to_owned(), |all, (two, one)| all.replace(two, one));
        (hangul.len() == 1 || latin.contains('+')) && hangul.chars().all(|c| latin.contains(c))
    };
    // An r after a vowel is often said as one more.
    let before_r = hangul.strip_suffix('o').filter(|_| latin.contains('r'));
    is_one(hangul) || before_r.is_some_and(|before| !before.is_empty() && is_one(before))
}

fn consonants(hangul: &Sound, latin: &Sound) -> f64 {
    let (
        Sound::Consonant {
            class,
            letters,
            silence,
        },
        Sound::Consonant {
            class: latin,
            letters: written,
            silence: other,
        },
    ) = (hangul, latin)
    else {
        return APART;
    };
    let is_silent = [silence, other]
        .into_iter()
        .all(|one| *one == Silence::Often);
    match likeness(class, latin) {
        0.0 if is_silent => 0.3,
        0.0 => 1.2,
        likeness => {
            let is_known = !letters.is_empty() && !written.is_empty();
            let is_other = is_known && !written.contains(letters);
            (1.0 - likeness) * 0.5 + if is_other { 0.18 } else { 0.0 }
        }
    }
}

/// Of a Hangul class and a Latin one.
fn likeness(a: &str, b: &str) -> f64 {
    match (a, b) {
        (a, b) if a == b => 1.0,
        ("TS", b) if b.contains(['S', 'T']) || b == "J" || b == "JKS" => 1.0,
        ("NG", "N") | ("N", "NG") => 0.8,
        ("TS" | "NG", _) | (_, "NG") => 0.0,
        (a, b) => f64::from(u8::from(b.contains(a))),
    }
}
