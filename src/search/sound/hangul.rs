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
    let mut sounds: Vec<Sound> = Vec::new();
    let mut before_is_final = false;
    for [initial, vowel, last] in word.iter().copied().filter_map(parts) {
        let (class, letters) = INITIALS[initial as usize];
        add_initial(&mut sounds, class, letters, before_is_final);
        let vowel = VOWELS[vowel as usize];
        let glide = vowel.starts_with(['w', 'y']);
        // 셔 is said as 서.
        if vowel.starts_with('w') {
            sounds.push(consonant("W", "", Silence::Often));
        } else if glide && !matches!(class, "S" | "J") {
            sounds.push(consonant("Y", "", Silence::Often));
        }
        add_vowel(&mut sounds, &vowel[usize::from(glide)..]);
        let last = FINALS[last as usize];
        before_is_final = !last.is_empty();
        if before_is_final {
            let letters = if last == "L" { "l" } else { "" };
            sounds.push(consonant(last, letters, Silence::Never));
        }
    }
    weaken_end(&mut sounds);
    sounds
}

fn add_initial(
    sounds: &mut Vec<Sound>,
    class: &'static str,
    letters: &'static str,
    before_is_final: bool,
) {
    let is_double = before_is_final
        && matches!(sounds.last(), Some(Sound::Consonant { class: last, .. }) if *last == class);
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

/// Behind `ch`, `ge` and `sh` an i ends what is one consonant in English.
fn weaken_end(sounds: &mut [Sound]) {
    if let [
        ..,
        Sound::Consonant { class, .. },
        Sound::Vowel { letters, silence },
    ] = sounds
        && matches!(*class, "S" | "J")
        && letters == "i"
    {
        *silence = Silence::Faint;
    }
}
