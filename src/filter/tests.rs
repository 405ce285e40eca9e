//! The table of cases that the page's script runs too, and queries that are still being typed.

use proptest::char::{any, range};
use proptest::collection::vec;
use proptest::prelude::{Strategy, prop_oneof, proptest};
use proptest::sample::select;
use serde_json::Value;

use super::{Query, haystack};
use crate::hangul::{
    BASE, CLUSTERS, DIPHTHONGS, FINAL, INITIAL, INITIALS, VOWELS, cluster, final_of, index,
    is_initial, is_vowel, moved, with_final,
};

fn found(query: &str, text: &str) -> bool {
    Query::new(query).matches(&haystack([text]))
}

#[test]
fn the_table_agrees() {
    let cases = include_str!("../../tests/filter/cases.json");
    let cases: Vec<Value> = serde_json::from_str(cases).unwrap();
    let disagree = |case: &&Value| {
        let [query, text] = ["query", "text"].map(|key| case[key].as_str().unwrap());
        found(query, text) != case["matches"].as_bool().unwrap()
    };
    let wrong: Vec<String> = cases
        .iter()
        .filter(disagree)
        .map(Value::to_string)
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_empty_query_finds_everything() {
    for text in ["", "  ", "\n\t\u{3000}"] {
        assert!(Query::new(text).is_empty(), "{text:?}");
        assert!(Query::new(text).matches(""));
    }
    assert!(!Query::new(".").is_empty());
}

#[test]
fn nothing_is_found_across_two_texts() {
    let haystack = haystack(["회로", "차단기", "gw__note-sni"]);
    assert!(Query::new("회로 차단 sni").matches(&haystack));
    assert!(!Query::new("회로차단").matches(&haystack));
}

/// The key presses that write a text on a Korean keyboard.
fn keys(text: &str) -> Vec<char> {
    text.chars().flat_map(keys_of).collect()
}

fn nth(list: &str, at: u32) -> char {
    list.chars().nth(at as usize).unwrap()
}

fn keys_of(c: char) -> Vec<char> {
    let Some(last) = final_of(c) else {
        return vec![c];
    };
    let code = u32::from(c) - BASE;
    let vowel = nth(VOWELS, code % INITIAL / FINAL);
    let two = DIPHTHONGS.iter().find(|(whole, _)| *whole == vowel);
    let mut keys = vec![nth(INITIALS, code / INITIAL)];
    keys.extend(two.map_or(vec![vowel], |(_, parts)| parts.to_vec()));
    keys.extend(cluster(last).map_or(vec![last], Vec::from));
    keys.retain(|key| *key != ' ');
    keys
}

/// What an input method shows after these keys.
fn shown(keys: &[char]) -> String {
    let mut shown: Vec<char> = Vec::new();
    for key in keys {
        let before = shown.pop();
        let after = before.map_or(vec![*key], |before| typed(before, *key));
        shown.extend(after);
    }
    shown.into_iter().collect()
}

/// What the last character becomes with one more key.
fn typed(before: char, key: char) -> Vec<char> {
    let joined = if is_vowel(key) {
        with_vowel(before, key)
    } else {
        with_consonant(before, key).map(|c| vec![c])
    };
    joined.unwrap_or_else(|| vec![before, key])
}

fn syllable(initial: char, vowel: char) -> Option<char> {
    char::from_u32(BASE + index(INITIALS, initial)? * INITIAL + index(VOWELS, vowel)? * FINAL)
}

fn with_vowel(before: char, key: char) -> Option<Vec<char>> {
    if is_initial(before) {
        return Some(vec![syllable(before, key)?]);
    }
    if let Some(chars) = moved(&[before]) {
        return Some(vec![chars[0], syllable(chars[1], key)?]);
    }
    let code = u32::from(before).checked_sub(BASE)?;
    let vowel = nth(VOWELS, code % INITIAL / FINAL);
    let (whole, _) = DIPHTHONGS
        .iter()
        .find(|(_, parts)| *parts == [vowel, key])?;
    Some(vec![syllable(nth(INITIALS, code / INITIAL), *whole)?])
}

fn with_consonant(before: char, key: char) -> Option<char> {
    let last = match final_of(before)? {
        ' ' if is_initial(key) => key,
        last => CLUSTERS.iter().find(|(_, parts)| *parts == [last, key])?.0,
    };
    char::from_u32(with_final(before, last)?)
}

#[test]
fn the_input_method_is_as_people_know_it() {
    assert_eq!(shown(&keys("게이트")[..5]), "게잍");
    assert_eq!(shown(&keys("닭에")[..4]), "닭");
    assert_eq!(shown(&keys("달걀")[..4]), "닭");
    assert_eq!(shown(&keys("있다")[..4]), "있ㄷ");
    assert_eq!(shown(&keys("웨이")[..2]), "우");
    for text in [
        "값을 읽었다",
        "원격 쿠버네티스",
        "게이트웨이의 xDS",
        "빠짐없이 꿇었다",
    ] {
        assert_eq!(shown(&keys(text)), text);
    }
}

/// Words that may seem to end in a particle, at every syllable.
fn hangul() -> impl Strategy<Value = String> {
    let particles = "은는이가을를의로으과와도만에서란나까지부터라";
    let c = prop_oneof![
        range('가', '힣'),
        select(particles.chars().collect::<Vec<char>>()),
    ];
    vec(c, 1..8).prop_map(String::from_iter)
}

/// Characters that the rules treat specially, and any others.
fn anything() -> impl Strategy<Value = String> {
    let known = " 은는이가을를의로으과와도만에서ax0\n.*(\\";
    let c = prop_oneof![
        range('가', '힣'),
        range('ㄱ', 'ㅣ'),
        range('\u{1100}', '\u{11ff}'),
        select(known.chars().collect::<Vec<char>>()),
        any(),
    ];
    vec(c, 0..90).prop_map(String::from_iter)
}

proptest! {
    #[test]
    fn a_word_is_found_while_it_is_typed(word in hangul(), before in hangul(), cut in 0..8usize) {
        let mut spaced: Vec<char> = word.chars().collect();
        spaced.insert(cut.min(spaced.len()), ' ');
        let spaced = String::from_iter(spaced);
        let keys = keys(&word);
        for typed in (1..=keys.len()).map(|end| shown(&keys[..end])) {
            assert!(found(&typed, &word), "{typed} in {word}");
            assert!(found(&typed, &format!("{before}{spaced}")), "{typed} in {spaced}");
        }
    }

    #[test]
    fn any_text_is_a_query(query in anything(), text in anything()) {
        found(&query, &text);
    }

    #[test]
    fn a_text_finds_itself(text in anything()) {
        assert!(found(&text, &text));
    }
}
