//! Sounds of a word, and the keys under which words that may be one are found.
//!
//! Not here: reading a word (`hangul`, `latin`), and comparing two (`cost`).

use std::collections::BTreeSet;

/// Consonants in a key.
const KEY: usize = 2;

/// A sound: a class of consonants, or one of some vowels.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Sound {
    Consonant {
        /// `K`; of Latin letters that sound in several ways, `JK`.
        class: &'static str,
        /// Nearer to what is written: `g` or `k`; empty if it may be either.
        letters: &'static str,
        /// How easily it is left out.
        silence: Silence,
    },
    Vowel {
        /// Of Hangul, vowels that follow each other; `_` is one that only separates consonants. Of
        /// Latin, all that it may be: those of one letter, and diphthongs; `+` between those
        /// of several letters, `r` before an r.
        letters: String,
        /// `Often` of the `e` at the end of a word, `Faint` of an `i` that ends one consonant.
        silence: Silence,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Silence {
    Never,
    Often,
    /// It is hardly said.
    Faint,
    /// An `s` at the end.
    Plural,
}

pub(super) fn consonant(class: &'static str, letters: &'static str, silence: Silence) -> Sound {
    Sound::Consonant {
        class,
        letters,
        silence,
    }
}

/// Vowels that follow each other are one.
pub(super) fn add_vowel(sounds: &mut Vec<Sound>, more: &str) {
    match sounds.last_mut() {
        Some(Sound::Vowel { letters, .. }) => letters.push_str(more),
        _ => sounds.push(Sound::Vowel {
            letters: more.to_owned(),
            silence: Silence::Never,
        }),
    }
}

/// The first consonants of a word; one that may be one of several, or silent, gives several keys.
pub(super) fn keys(sounds: &[Sound]) -> BTreeSet<String> {
    let mut whole = BTreeSet::new();
    let mut begun = BTreeSet::from([String::new()]);
    for sound in sounds {
        let Sound::Consonant { class, silence, .. } = sound else {
            continue;
        };
        let mut longer = BTreeSet::new();
        for key in begun {
            longer.extend(readings(class).map(|reading| format!("{key}{reading}")));
            if *silence != Silence::Never || matches!(*class, "W" | "Y") {
                longer.insert(key);
            }
        }
        let (done, rest) = longer.into_iter().partition(|key| key.len() == KEY);
        whole.extend::<BTreeSet<String>>(done);
        begun = rest;
    }
    whole.extend(begun);
    whole
}

/// What a class of consonants may be in a key.
fn readings(class: &'static str) -> impl Iterator<Item = char> {
    let readings = match class {
        "TS" => "TSJ",
        "NG" => "N",
        // Glides are often not written.
        "W" | "Y" => "",
        class => class,
    };
    readings.chars()
}
