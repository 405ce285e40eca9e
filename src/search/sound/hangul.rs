//! How a Hangul word sounds.
//!
//! Not here: whether it is an English one (`foreign`).

use super::sounds::{Silence, Sound, add_vowel, consonant};
use crate::hangul::parts;

/// Initials by their place: class and letter.
const INITIALS: [(&str, &str); 19] = [
    ("K", "g"),
    ("K", "k"),
    ("N", "n"),
    ("T", "d"),
    ("T", "d"),
    ("L", "l"),
    ("M", "m"),
    ("P", "b"),
    ("P", "b"),
    ("S", "s"),
    ("S", "s"),
    ("", ""),
    ("J", "j"),
    ("J", "j"),
    ("J", "c"),
    ("K", "k"),
    ("T", "t"),
    ("P", "p"),
    ("H", "h"),
];
const VOWELS: [&str; 21] = [
    "a", "e", "ya", "ye", "o", "e", "yo", "ye", "O", "wa", "we", "we", "yO", "u", "wo", "we", "wi",
    "yu", "_", "_i", "i",
];
/// Finals by their place.
const FINALS: [&str; 28] = [
    "", "K", "K", "K", "N", "N", "N", "T", "L", "L", "L", "L", "L", "L", "L", "L", "M", "P", "P",
    "TS", "TS", "NG", "TS", "TS", "K", "TS", "P", "H",
];

/// How a Hangul word sounds.
pub(super) fn hangul(word: &[char]) -> Vec<Sound> {
    ended(begun(Vec::new(), word))
}

/// How it sounds if it goes on. `before`: the last sound of what is before it, which may become
/// another.
pub(super) fn begun(before: Vec<Sound>, word: &[char]) -> Vec<Sound> {
    let mut sounds = before;
    for parts in word.iter().copied().filter_map(parts) {
        add_syllable(&mut sounds, parts);
    }
    sounds
}

fn add_syllable(sounds: &mut Vec<Sound>, [initial, vowel, last]: [u32; 3]) {
    let (class, letters) = INITIALS[initial as usize];
    add_initial(sounds, class, letters);
    let vowel = VOWELS[vowel as usize];
    // 화 is wh, too.
    if class == "H"
        && vowel.starts_with('w')
        && let Some(Sound::Consonant { silence, .. }) = sounds.last_mut()
    {
        *silence = Silence::Faint;
    }
    let glide = vowel.starts_with(['w', 'y']);
    // 셔 is said as 서, and 쉬 as 시.
    if vowel.starts_with('w') && !(class == "S" && vowel == "wi") {
        sounds.push(consonant("W", "", Silence::Often));
    } else if vowel.starts_with('y') && !matches!(class, "S" | "J") {
        sounds.push(consonant("Y", "", Silence::Often));
    }
    add_vowel(sounds, &vowel[usize::from(glide)..]);
    let last = FINALS[last as usize];
    if !last.is_empty() {
        let letters = if last == "L" { "l" } else { "" };
        sounds.push(consonant(last, letters, Silence::Never));
    }
}

fn add_initial(sounds: &mut Vec<Sound>, class: &'static str, letters: &'static str) {
    // Only a final is a consonant at the end of a syllable.
    let is_double =
        matches!(sounds.last(), Some(Sound::Consonant { class: last, .. }) if *last == class);
    match class {
        "" => {}
        // ㄹ at the end of one syllable and the beginning of the next is one l, and alone an r.
        "L" if is_double => {
            sounds.pop();
            sounds.push(consonant(class, "l", Silence::Never));
        }
        "L" => {
            let letters = if sounds.is_empty() { "" } else { "r" };
            sounds.push(consonant(class, letters, Silence::Never));
        }
        class if is_double => sounds.push(consonant(class, letters, Silence::Faint)),
        class => sounds.push(consonant(class, letters, Silence::Never)),
    }
}

/// The same where the word ends: behind `ch`, `ge` and `sh` an i ends what is one consonant in English.
pub(super) fn ended(mut sounds: Vec<Sound>) -> Vec<Sound> {
    if let [
        ..,
        Sound::Consonant { class, .. },
        Sound::Vowel { letters, silence },
    ] = &mut sounds[..]
        && matches!(*class, "S" | "J")
        && letters == "i"
    {
        *silence = Silence::Faint;
    }
    sounds
}
