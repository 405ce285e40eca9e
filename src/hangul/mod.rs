//! Syllables of Hangul and the letters in them, as an input method makes them.
//!
//! Not here: which of them a query may leave out (`filter`, `search`).

pub mod particles;
pub mod verbs;

use std::iter;

// A syllable is `BASE` + (initial × 21 + vowel) × 28 + final.
pub const BASE: u32 = 0xac00;
pub const FINAL: u32 = 28;
pub const INITIAL: u32 = 21 * FINAL;
pub const INITIALS: &str = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
pub const VOWELS: &str = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ";
pub const FINALS: &str = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ";
/// In the order of initials, each of these is followed by its double.
const DOUBLED: &str = "ㄱㄷㅂㅅㅈ";
/// The vowels that are typed as two, with these.
pub const DIPHTHONGS: [(char, [char; 2]); 7] = [
    ('ㅘ', ['ㅗ', 'ㅏ']),
    ('ㅙ', ['ㅗ', 'ㅐ']),
    ('ㅚ', ['ㅗ', 'ㅣ']),
    ('ㅝ', ['ㅜ', 'ㅓ']),
    ('ㅞ', ['ㅜ', 'ㅔ']),
    ('ㅟ', ['ㅜ', 'ㅣ']),
    ('ㅢ', ['ㅡ', 'ㅣ']),
];
/// The finals that are a cluster, with their two consonants.
pub const CLUSTERS: [(char, [char; 2]); 11] = [
    ('ㄳ', ['ㄱ', 'ㅅ']),
    ('ㄵ', ['ㄴ', 'ㅈ']),
    ('ㄶ', ['ㄴ', 'ㅎ']),
    ('ㄺ', ['ㄹ', 'ㄱ']),
    ('ㄻ', ['ㄹ', 'ㅁ']),
    ('ㄼ', ['ㄹ', 'ㅂ']),
    ('ㄽ', ['ㄹ', 'ㅅ']),
    ('ㄾ', ['ㄹ', 'ㅌ']),
    ('ㄿ', ['ㄹ', 'ㅍ']),
    ('ㅀ', ['ㄹ', 'ㅎ']),
    ('ㅄ', ['ㅂ', 'ㅅ']),
];

/// Removes vowels without a consonant at the end, unless there is nothing else.
pub fn trim(chars: &[char]) -> &[char] {
    match chars.iter().rposition(|c| !is_vowel(*c)) {
        Some(last) => &chars[..=last],
        None => chars,
    }
}

/// Splits a cluster that was typed as one jamo into its two consonants.
pub fn split(chars: &[char]) -> Vec<char> {
    let parts = |c: &char| cluster(*c).map_or_else(|| vec![*c], Vec::from);
    chars.iter().flat_map(parts).collect()
}

/// Moves the last syllable's final to where a following vowel would put it: 게잍 is 게이ㅌ, 닭 is 달ㄱ.
/// Consonants after it do not matter: typing 게ㅇㅌ shows 겡ㅌ.
pub fn moved(chars: &[char]) -> Option<Vec<char>> {
    let at = chars.iter().rposition(|c| !is_initial(*c))?;
    let syllable = chars[at];
    let last = final_of(syllable).filter(|last| *last != ' ')?;
    let [kept, moved] = cluster(last).unwrap_or([' ', last]);
    let rest = char::from_u32(with_final(syllable, kept)?)?;

    let mut chars = chars.to_vec();
    chars.splice(at..=at, [rest, moved]);
    Some(chars)
}

pub fn ranges(c: char, open: bool) -> Vec<(u32, u32)> {
    let code = u32::from(c);
    match index(INITIALS, c) {
        Some(initial) => {
            let first = BASE + initial * INITIAL;
            let count = if DOUBLED.contains(c) { 2 } else { 1 };
            vec![(code, code), (first, first + count * INITIAL - 1)]
        }
        None if open && is_syllable(c) => unfinished(c),
        None => vec![(code, code)],
    }
}

/// The syllables that this one may become while it is typed.
fn unfinished(c: char) -> Vec<(u32, u32)> {
    let code = u32::from(c);
    if final_of(c) == Some(' ') {
        // ㅗ, ㅜ and ㅡ are followed by the vowels that begin with them.
        let more = match (code - BASE) % INITIAL / FINAL {
            8 | 13 => 3,
            18 => 1,
            _ => 0,
        };
        return vec![(code, code + (more + 1) * FINAL - 1)];
    }
    let begun = |(_, [begin, _]): &&(char, [char; 2])| final_of(c) == Some(*begin);
    let longer = CLUSTERS.iter().filter(begun);
    iter::once(code)
        .chain(longer.filter_map(|(cluster, _)| with_final(c, *cluster)))
        .map(|code| (code, code))
        .collect()
}

/// The places of a syllable's initial, vowel and final in their lists; 0 is no final.
pub fn parts(c: char) -> Option<[u32; 3]> {
    let code = is_syllable(c).then(|| u32::from(c) - BASE)?;
    Some([code / INITIAL, code % INITIAL / FINAL, code % FINAL])
}

/// The syllable of these parts; none if one of them is in no list.
pub fn syllable([initial, vowel, last]: [u32; 3]) -> Option<char> {
    let is_listed = initial < 19 && vowel < 21 && last < FINAL;
    is_listed
        .then(|| BASE + initial * INITIAL + vowel * FINAL + last)
        .and_then(char::from_u32)
}

/// A character's letters: those of a syllable, else itself.
pub fn letters(c: char) -> impl Iterator<Item = char> {
    let letter = |list: &str, at: u32| list.chars().nth(at as usize);
    let letters = match parts(c) {
        None => [Some(c), None, None],
        Some([initial, vowel, last]) => [
            letter(INITIALS, initial),
            letter(VOWELS, vowel),
            letter(FINALS, last).filter(|last| *last != ' '),
        ],
    };
    letters.into_iter().flatten()
}

pub fn is_syllable(c: char) -> bool {
    ('가'..='힣').contains(&c)
}

pub fn is_vowel(c: char) -> bool {
    ('ㅏ'..='ㅣ').contains(&c)
}

pub fn is_initial(c: char) -> bool {
    INITIALS.contains(c)
}

pub fn is_hangul(c: char) -> bool {
    is_syllable(c) || ('ㄱ'..='ㅣ').contains(&c)
}

/// A letter or a digit, in lower case.
pub fn is_latin(c: char) -> bool {
    matches!(c, 'a'..='z' | '0'..='9' | '\u{c0}'..='\u{24f}')
}

pub fn cluster(c: char) -> Option<[char; 2]> {
    let found = CLUSTERS.iter().find(|(cluster, _)| *cluster == c)?;
    Some(found.1)
}

/// A syllable's final, or a space.
pub fn final_of(c: char) -> Option<char> {
    let index = (u32::from(c).checked_sub(BASE)?) % FINAL;
    let last = (0..).zip(FINALS.chars()).find(|(at, _)| *at == index)?;
    is_syllable(c).then_some(last.1)
}

/// The code point of the same syllable with another final.
pub fn with_final(syllable: char, last: char) -> Option<u32> {
    let code = u32::from(syllable);
    Some(code - code.checked_sub(BASE)? % FINAL + index(FINALS, last)?)
}

pub fn index(list: &str, c: char) -> Option<u32> {
    (0..)
        .zip(list.chars())
        .find(|(_, each)| *each == c)
        .map(|(at, _)| at)
}
