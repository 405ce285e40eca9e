//! Which documents a typed text finds: the rules of `docsite status --filter`.
//!
//! `assets/docsite/filter.js` has the same rules for the field of the catalogue, and
//! `tests/filter/cases.json` holds the two together: a change here is a change there.
//!
//! Every word of the query must occur in a document's haystack, each character as it is or as one of a
//! range of Hangul:
//!
//! - White space between Hangul, or between Hangul and Latin, need not be typed.
//! - The last syllable may be one that an input method has not finished.
//! - Consonants alone match the syllables that begin with them; of four or more in a row, one may
//!   be missing.
//! - A particle at the end of a word is not looked for.
//!
//! Not here: what a document's texts are, and any order of the results.

use std::iter;

use unicode_normalization::UnicodeNormalization;

/// In characters. A longer word is cut, as in the page's script.
const LONGEST: usize = 64;
/// In a sequence of at least this many consonants, one may be missing.
const LENIENT: usize = 4;

// A syllable is `BASE` + (initial × 21 + vowel) × 28 + final.
const BASE: u32 = 0xac00;
const FINAL: u32 = 28;
const INITIAL: u32 = 21 * FINAL;
const INITIALS: &str = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const FINALS: &str = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ";
/// In the order of initials, each of these is followed by its double.
const DOUBLED: &str = "ㄱㄷㅂㅅㅈ";
/// The finals that are a cluster, with their two consonants.
const CLUSTERS: [(char, [char; 2]); 11] = [
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

/// Particles, grouped by what they follow; `+` is one of `TAILS`, or nothing.
const PARTICLES: [(Follows, &str); 5] = [
    (
        Follows::Anything,
        "에서+ 에게+ 까지+ 부터+ 한테+ 에+ 에서부터 에게서 처럼 보다 마다 조차 마저 만큼 밖에 대로 \
         하고 만으로 만의 만 의 도",
    ),
    (
        Follows::Final,
        "과+ 이라는 이라고 이라도 이라면 이란 이나 이든 이며 이랑 은 이 을",
    ),
    (Follows::Vowel, "와+ 라는 라고 라도 라면 란 나 는 가 를"),
    (Follows::FinalButRieul, "으로+ 으로부터 으로서 으로써"),
    (Follows::VowelOrRieul, "로+ 로부터 로서 로써"),
];
const TAILS: [&str; 5] = ["는", "도", "만", "의", ""];

#[derive(Clone, Debug, Default)]
pub struct Query {
    words: Vec<Word>,
}

impl Query {
    /// Parses what was typed; any text is a query.
    pub fn new(text: &str) -> Self {
        let words = fold(text).split_whitespace().map(word).collect();
        Self { words }
    }

    /// Whether it has no words, so that it matches everything.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether every word occurs in this haystack, which [`haystack`] made.
    pub fn matches(&self, haystack: &str) -> bool {
        let text: Vec<char> = haystack.chars().collect();
        let stands = |word: &Word| word.iter().any(|spelling| is_in(spelling, &text));
        self.words.iter().all(stands)
    }
}

/// The text that queries search for a document.
pub fn haystack(title: &str, summary: &str, basename: &str) -> String {
    // A line feed is in no pattern: nothing is found across two texts.
    [title, summary, basename].map(fold).join("\n")
}

/// Lower case, NFC, runs of white space as one space.
fn fold(text: &str) -> String {
    let text: String = text.to_lowercase().nfc().collect();
    // JavaScript counts the byte order mark among white space.
    let words = text.split(|c: char| c.is_whitespace() || c == '\u{feff}');
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// What one position of a word matches.
#[derive(Clone, Debug)]
struct Element {
    /// Ranges of characters, ends included.
    ranges: Vec<(u32, u32)>,
    /// White space may come before it.
    gap: bool,
    /// A syllable may be missing before it.
    skip: bool,
}

impl Element {
    fn has(&self, c: char) -> bool {
        let code = u32::from(c);
        let within = |(first, last): &(u32, u32)| (*first..=*last).contains(&code);
        self.ranges.iter().any(within)
    }

    /// The position after this element, if it matches at `place`.
    fn step(&self, text: &[char], place: usize) -> Option<usize> {
        let space = self.gap && text.get(place) == Some(&' ');
        let place = place + usize::from(space);
        text.get(place).filter(|c| self.has(**c))?;
        Some(place + 1)
    }

    /// The same with one additional syllable before it, which has no white space around it.
    fn leap(&self, text: &[char], place: usize) -> Option<usize> {
        text.get(place).filter(|c| self.skip && is_syllable(**c))?;
        text.get(place + 1).filter(|c| self.has(**c))?;
        Some(place + 2)
    }
}

type Spelling = Vec<Element>;
/// A word matches if one of its spellings does.
type Word = Vec<Spelling>;

fn is_in(spelling: &[Element], text: &[char]) -> bool {
    (0..text.len()).any(|start| begins(spelling, text, start))
}

/// Follows two states in parallel: nothing missing yet, and one syllable missing. Wherever it is
/// missing, the same number of characters was read, so that each state has one position.
fn begins(spelling: &[Element], text: &[char], start: usize) -> bool {
    let mut strict = Some(start);
    let mut skipped = None;
    for element in spelling {
        let step = |place| element.step(text, place);
        let leap = |place| element.leap(text, place);
        skipped = skipped.and_then(step).or_else(|| strict.and_then(leap));
        strict = strict.and_then(step);
        if strict.or(skipped).is_none() {
            return false;
        }
    }
    true
}

/// A text with the word and its particle also has the stem, so only the stem is searched.
fn word(text: &str) -> Word {
    let chars: Vec<char> = text.chars().take(LONGEST).collect();
    let chars = trim(&chars);
    let stem = &chars[..chars.len() - particle(chars)];
    let open = stem.len() == chars.len();

    let base = split(stem);
    let moved = if open { moved(&base) } else { None };
    let typed = (base.len() > stem.len()).then(|| stem.to_vec());
    let spellings = iter::once(base).chain(moved).chain(typed);
    spellings.map(|chars| spelling(&chars, open)).collect()
}

/// Removes vowels without a consonant at the end, unless there is nothing else.
fn trim(chars: &[char]) -> &[char] {
    match chars.iter().rposition(|c| !is_vowel(*c)) {
        Some(last) => &chars[..=last],
        None => chars,
    }
}

/// Splits a cluster that was typed as one jamo into its two consonants.
fn split(chars: &[char]) -> Vec<char> {
    let parts = |c: &char| cluster(*c).map_or_else(|| vec![*c], Vec::from);
    chars.iter().flat_map(parts).collect()
}

/// Moves the last syllable's final to where a following vowel would put it: 게잍 is 게이ㅌ, 닭 is 달ㄱ.
/// Consonants after it do not matter: typing 게ㅇㅌ shows 겡ㅌ.
fn moved(chars: &[char]) -> Option<Vec<char>> {
    let at = chars.iter().rposition(|c| !is_initial(*c))?;
    let syllable = chars[at];
    let last = final_of(syllable).filter(|last| *last != ' ')?;
    let [kept, moved] = cluster(last).unwrap_or([' ', last]);
    let rest = char::from_u32(with_final(syllable, kept)?)?;

    let mut chars = chars.to_vec();
    chars.splice(at..=at, [rest, moved]);
    Some(chars)
}

fn spelling(chars: &[char], open: bool) -> Spelling {
    let skips = lenient(chars);
    let element = |(at, c): (usize, &char)| Element {
        ranges: ranges(*c, open && at + 1 == chars.len()),
        gap: at > 0 && is_joint(chars[at - 1], *c),
        skip: skips[at],
    };
    chars.iter().enumerate().map(element).collect()
}

/// The positions inside long sequences of consonants.
fn lenient(chars: &[char]) -> Vec<bool> {
    let runs = chars.chunk_by(|a, b| is_initial(*a) && is_initial(*b));
    runs.flat_map(|run| (0..run.len()).map(|at| at > 0 && run.len() >= LENIENT))
        .collect()
}

fn ranges(c: char, open: bool) -> Vec<(u32, u32)> {
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

/// The length of a word's particle: the longest that agrees with what it follows and leaves a
/// meaningful stem, which `나` in `나는` is not.
fn particle(chars: &[char]) -> usize {
    let longest = |(follows, list): &(Follows, &str)| {
        let lengths = list.split(' ').flat_map(|each| endings(chars, each));
        lengths
            .filter(|length| stands(&chars[..chars.len() - length], *follows))
            .max()
    };
    PARTICLES.iter().filter_map(longest).max().unwrap_or(0)
}

/// The lengths of the forms of a listed particle that the word ends with.
fn endings(chars: &[char], listed: &str) -> Vec<usize> {
    let (head, tails) = match listed.strip_suffix('+') {
        Some(head) => (head, &TAILS[..]),
        None => (listed, &[""][..]),
    };
    let forms = tails.iter().map(|tail| head.chars().chain(tail.chars()));
    forms
        .map(Iterator::collect::<Vec<char>>)
        .filter(|form| chars.ends_with(form))
        .map(|form| form.len())
        .collect()
}

/// Whether a stem is meaningful without its particle, and agrees with it.
fn stands(stem: &[char], follows: Follows) -> bool {
    let syllables = stem.iter().filter(|c| is_syllable(**c)).count();
    let enough = syllables >= 2 || stem.iter().any(|c| is_latin(*c));
    enough && stem.last().is_some_and(|last| follows.agrees(*last))
}

#[derive(Clone, Copy, Debug)]
enum Follows {
    Anything,
    Final,
    FinalButRieul,
    Vowel,
    VowelOrRieul,
}

impl Follows {
    /// The pronunciation of Latin words is unknown: all particles agree with them.
    fn agrees(self, last: char) -> bool {
        let Some(last) = final_of(last) else {
            return !is_hangul(last);
        };
        match self {
            Self::Anything => true,
            Self::Final => last != ' ',
            Self::FinalButRieul => last != ' ' && last != 'ㄹ',
            Self::Vowel => last == ' ',
            Self::VowelOrRieul => last == ' ' || last == 'ㄹ',
        }
    }
}

/// Whether white space between the two may be left out in a query.
fn is_joint(a: char, b: char) -> bool {
    (is_hangul(a) && (is_hangul(b) || is_latin(b))) || (is_latin(a) && is_hangul(b))
}

fn is_syllable(c: char) -> bool {
    ('가'..='힣').contains(&c)
}

fn is_vowel(c: char) -> bool {
    ('ㅏ'..='ㅣ').contains(&c)
}

fn is_initial(c: char) -> bool {
    INITIALS.contains(c)
}

fn is_hangul(c: char) -> bool {
    is_syllable(c) || ('ㄱ'..='ㅣ').contains(&c)
}

/// A letter or a digit, in lower case.
fn is_latin(c: char) -> bool {
    matches!(c, 'a'..='z' | '0'..='9' | '\u{c0}'..='\u{24f}')
}

fn cluster(c: char) -> Option<[char; 2]> {
    let found = CLUSTERS.iter().find(|(cluster, _)| *cluster == c)?;
    Some(found.1)
}

/// A syllable's final, or a space.
fn final_of(c: char) -> Option<char> {
    let index = (u32::from(c).checked_sub(BASE)?) % FINAL;
    let last = (0..).zip(FINALS.chars()).find(|(at, _)| *at == index)?;
    is_syllable(c).then_some(last.1)
}

/// The code point of the same syllable with another final.
fn with_final(syllable: char, last: char) -> Option<u32> {
    let code = u32::from(syllable);
    Some(code - code.checked_sub(BASE)? % FINAL + index(FINALS, last)?)
}

fn index(list: &str, c: char) -> Option<u32> {
    (0..)
        .zip(list.chars())
        .find(|(_, each)| *each == c)
        .map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use proptest::char::{any, range};
    use proptest::collection::vec;
    use proptest::prelude::{Strategy, prop_oneof, proptest};
    use proptest::sample::select;
    use serde_json::Value;

    use super::*;

    fn found(query: &str, text: &str) -> bool {
        Query::new(query).matches(&haystack(text, "", ""))
    }

    #[test]
    fn the_table_agrees() {
        let cases = include_str!("../tests/filter/cases.json");
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
        let haystack = haystack("회로", "차단기", "gw__note-sni");
        assert!(Query::new("회로 차단 sni").matches(&haystack));
        assert!(!Query::new("회로차단").matches(&haystack));
    }

    /// The key presses that write a text on a Korean keyboard.
    fn keys(text: &str) -> Vec<char> {
        text.chars().flat_map(keys_of).collect()
    }

    const VOWELS: &str = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ";
    const DIPHTHONGS: [(char, [char; 2]); 7] = [
        ('ㅘ', ['ㅗ', 'ㅏ']),
        ('ㅙ', ['ㅗ', 'ㅐ']),
        ('ㅚ', ['ㅗ', 'ㅣ']),
        ('ㅝ', ['ㅜ', 'ㅓ']),
        ('ㅞ', ['ㅜ', 'ㅔ']),
        ('ㅟ', ['ㅜ', 'ㅣ']),
        ('ㅢ', ['ㅡ', 'ㅣ']),
    ];

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
}
