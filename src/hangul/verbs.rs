//! Forms of Korean verbs and adjectives: `줄였다` and `줄인` are of `줄이`, `설정했어요` is about `설정`.
//!
//! Of irregular verbs, those that change ㅂ, ㄷ, ㅅ, ㄹ, 르 and 하. Not here: particles behind nouns
//! (`particles`), and which of the forms a text has.

use std::collections::BTreeSet;

use super::{FINALS, VOWELS, final_of, index, parts, syllable, with_final};

/// Endings behind any stem, behind one that ends in a consonant, in a vowel, and behind `아` or `어`;
/// those that begin with a consonant are in the last syllable of the stem.
const ANY: &str = "고 고는 고도 지 지만 지는 지도 지를 기 기는 기가 기도 기를 기에 기만 게 거나 거든 도록 \
    더라 더라도 더니 던 던데 다 다가 다면 다고 다는 자 자마자 네 네요 는 는데 는데도 는지 는가 는다 는다고 \
    는다면 나 나요 느냐 겠다 겠습니다 겠지만";
const AFTER_CONSONANT: &str = "습니다 습니까 습니다만 으면 으면서 으며 으니 으니까 으려고 으려면 으려는 으러 \
    으므로 으세요 은 은가 은지 은데 을 을까 을까요 을지 을게 을수록 을때 음 음을 음이";
const AFTER_VOWEL: &str = "면 면서 며 니 니까 려고 려면 려는 러 므로 세요 라 라고 ㄴ ㄴ가 ㄴ가요 ㄴ지 ㄴ데 ㄴ다 ㄴ다고 \
    ㄴ다면 ㄹ ㄹ까 ㄹ까요 ㄹ지 ㄹ게 ㄹ수록 ㄹ때 ㅁ ㅁ을 ㅁ이 ㅂ니다 ㅂ니까 ㅂ니다만 ㅂ시다";
const CONNECTED: &str = "서 도 야 요 라 라도 야만";
const PAST: &str = "다 고 던 던데 는데 는데도 는지 는가 습니다 습니까 습니다만 어요 어 지만 지 을 을까 을때 \
    으면 으니 으며 으므로 거나 기 네 나 나요 더니 더라 다면 다고 다는 음";
const CONNECTING: &str = "아어해";
/// What looks as if a stem had taken a final.
const PARTICLES: &str = "는은을를면던든";
/// Verbs that follow another, behind its `아` or `어`.
const AUXILIARY: &str = "지 보 주 놓 두 내 가 오 버리 드리";
/// What forms go on with behind a stem that ends in a consonant, and in a vowel; and behind what a
/// vowel becomes with a final or with `아` or `어`.
const STARTS: &str = "고는지기게거도더던다자네느겠";
const STARTS_AFTER_CONSONANT: &str = "습으은을음아어았었";
const STARTS_WITH_VOWEL: &str = "으은을음아어았었";
const STARTS_AFTER_VOWEL: &str = "며면려러니세시라므";
const MERGED: [(char, &str); 6] = [
    ('ㅁ', "을이은"),
    ('ㄴ', "다데지가"),
    ('ㄹ', "지까수때"),
    ('ㅂ', "니시"),
    ('ㅆ', "다고던는습어지을으기거네"),
    (' ', "서도야요라지진져보주"),
];
/// The last syllables of the stems that change ㄷ and ㅅ, of which most do not, and stems of one
/// syllable that lose ㄹ, as all do: without it, `아` and `거` are no stems.
const IRREGULAR: &str = "걷듣묻싣긷붇컫짓낫붓긋잇젓알들풀걸열놀늘돌달멀불밀얼";
/// What forms go on with behind ㄹ, and where it is lost, without those that look like usual words; and
// before what it is lost: the beginning of an ending, or a final.
const STARTS_AFTER_L: &str = "면며므까수때";
const STARTS_AFTER_LOST: &str = "는네세";
const MERGED_OF_L: [(char, &str); 2] = [('ㄴ', "다"), ('ㅂ', "니")];
const LOSES: &str = "는네느세ㄴㄹㅂ";
/// What says that a stem of one syllable is one: behind any that ends in a consonant, and behind ㄹ.
const ENOUGH_AFTER: &str = "다아어";
const ENOUGH_AFTER_L: &str = "다아어고면며지";
/// A longer word is no form, and a longer one no auxiliary verb: in syllables.
const LONGEST: usize = 16;
const LONGEST_AUXILIARY: usize = 6;
/// A noun before `하` or `되` has at least so many syllables.
const LEAST_NOUN: usize = 2;

/// What texts may have that use the verb of which a word is a form: beginnings of its forms, of at
/// least two syllables, or the noun that is made a verb by `하` or `되`. None if it is no form of one.
pub fn forms(word: &[char]) -> BTreeSet<String> {
    if word.len() > LONGEST {
        return BTreeSet::new();
    }
    let mut stems = stems(word);
    stems.retain(|stem| is_enough(word, stem));
    stems.iter().flat_map(|stem| forms_of(stem)).collect()
}

/// Whether so much is behind a stem that the word is hardly something else. Many nouns end as a stem
/// of one syllable with an ending of one.
fn is_enough(word: &[char], stem: &[char]) -> bool {
    let is_copula = matches!(stem, ['이' | '하' | '되'] | ['이', '라']);
    let is_long = match (stem, word) {
        ([_], [_]) => false,
        ([stem], [first, last]) => {
            let enough = match final_of(*stem) {
                Some('ㄹ') if IRREGULAR.contains(*stem) => ENOUGH_AFTER_L,
                Some(' ') => "",
                _ => ENOUGH_AFTER,
            };
            stem != first || enough.contains(*last)
        }
        _ => true,
    };
    let is_past = |last: &char| *last != '있' && final_of(*last) == Some('ㅆ');
    is_long && !is_copula && !stem.last().is_some_and(is_past)
}

/// What the word may be a form of, by the longest ending that it may have.
fn stems(word: &[char]) -> Vec<Vec<char>> {
    let cuts = (1..=word.len()).map(|length| {
        let (begin, tail) = word.split_at(length);
        stems_before(begin, &String::from_iter(tail))
    });
    let mut stems = cuts.skip_while(Vec::is_empty);
    stems.next().unwrap_or_default()
}

/// The stems of a word that is cut behind a syllable.
fn stems_before(begin: &[char], tail: &str) -> Vec<Vec<char>> {
    let Some((last, before)) = begin.split_last() else {
        return Vec::new();
    };
    let Some(ending) = final_of(*last) else {
        return Vec::new();
    };
    let own = match ending {
        ' ' => AFTER_VOWEL,
        _ => AFTER_CONSONANT,
    };
    let mut stems = Vec::new();
    if is_in(ANY, tail) {
        stems.push(begin.to_vec());
    } else if is_in(own, tail) {
        stems.extend(also_irregular(begin.to_vec()));
    } else if ending == 'ㄹ' && is_in(AFTER_VOWEL, tail) {
        stems.push(begin.to_vec());
    }
    let mut stems: Vec<_> = stems
        .into_iter()
        .map(|stem| before_lost(stem, tail))
        .collect();
    if ending == ' ' {
        let is_connected = match tail {
            "" => CONNECTING.contains(*last) || is_vowel_of(*last, "ㅕㅝㅘㅙ"),
            tail => is_in(CONNECTED, tail) || is_auxiliary(tail),
        };
        if is_connected {
            stems.extend(connected(before, *last));
        }
        return stems;
    }
    let merged = format!("{ending}{tail}");
    if is_in(AFTER_VOWEL, &merged) && !(tail.is_empty() && PARTICLES.contains(*last)) {
        let merged_stems = also_irregular(joined(before, open(*last))).into_iter();
        stems.extend(merged_stems.map(|stem| before_lost(stem, &merged)));
    }
    if ending == 'ㅆ' && is_in(PAST, tail) {
        stems.extend(connected(before, open(*last)));
    }
    stems
}

fn is_in(list: &str, ending: &str) -> bool {
    list.split_whitespace().any(|one| one == ending)
}

fn is_auxiliary(tail: &str) -> bool {
    let tail: Vec<char> = tail.chars().collect();
    let is_auxiliary = |stem: &Vec<char>| is_in(AUXILIARY, &String::from_iter(stem));
    tail.len() <= LONGEST_AUXILIARY && stems(&tail).iter().any(is_auxiliary)
}

/// The stems that `아` or `어` made end so: `줄여` is of `줄이`, `쉬워` of `쉽`, `흘러` of `흐르`.
fn connected(before: &[char], last: char) -> Vec<Vec<char>> {
    if matches!(last, '아' | '어') {
        return match before {
            [] => Vec::new(),
            [begin @ .., last] => {
                let irregular = irregular(begin, *last, 'ㅅ');
                also_irregular(before.to_vec())
                    .into_iter()
                    .chain(irregular)
                    .collect()
            }
        };
    }
    let vowels = match parts(last) {
        _ if last == '해' => "ㅏ",
        Some([_, vowel, _]) => match VOWELS.chars().nth(vowel as usize) {
            Some('ㅕ') if before.is_empty() => "ㅣㅕ",
            Some('ㅕ') => "ㅣ",
            Some('ㅝ') => "ㅜ",
            Some('ㅘ') => "ㅗ",
            Some('ㅙ') => "ㅚ",
            Some('ㅓ') => "ㅡㅓ",
            Some('ㅏ') => "ㅡㅏ",
            Some('ㅐ') => "ㅐ",
            Some('ㅔ') => "ㅔ",
            _ => "",
        },
        None => "",
    };
    let stems = vowels.chars().filter_map(|vowel| with_vowel(last, vowel));
    let mut stems: Vec<Vec<char>> = stems
        .flat_map(|last| also_irregular(joined(before, last)))
        .collect();
    if let ('러' | '라', [before @ .., doubled]) = (last, before)
        && final_of(*doubled) == Some('ㄹ')
    {
        stems.push([before, &[open(*doubled), '르']].concat());
    }
    stems
}

fn is_vowel_of(c: char, vowels: &str) -> bool {
    let vowel = parts(c).and_then(|[_, vowel, _]| VOWELS.chars().nth(vowel as usize));
    vowel.is_some_and(|vowel| vowels.contains(vowel))
}

/// Before an ending, `알` becomes `아`.
fn before_lost(stem: Vec<char>, ending: &str) -> Vec<char> {
    let whole = match stem[..] {
        [last] if ending.starts_with(|c| LOSES.contains(c)) => irregular(&[], last, 'ㄹ'),
        _ => None,
    };
    whole.unwrap_or(stem)
}

/// Before a vowel, `쉽` becomes `쉬우`, `듣` becomes `들`, and `짓` becomes `지으`.
fn also_irregular(stem: Vec<char>) -> Vec<Vec<char>> {
    let irregular = match &stem[..] {
        [before @ .., last, '우' | '오'] if final_of(*last) == Some(' ') => {
            closed(*last, 'ㅂ').map(|last| joined(before, last))
        }
        [before @ .., last, '으'] => irregular(before, *last, 'ㅅ'),
        [before @ .., last] if final_of(*last) == Some('ㄹ') => {
            irregular(before, open(*last), 'ㄷ')
        }
        _ => None,
    };
    std::iter::once(stem).chain(irregular).collect()
}

/// A stem of which the last syllable, which has no final, loses this one before a vowel, or changes it.
fn irregular(before: &[char], last: char, ending: char) -> Option<Vec<char>> {
    let whole = closed(last, ending).filter(|whole| IRREGULAR.contains(*whole))?;
    (final_of(last) == Some(' ')).then(|| joined(before, whole))
}

/// Beginnings of the forms of a verb.
fn forms_of(stem: &[char]) -> Vec<String> {
    let Some((last, before)) = stem.split_last() else {
        return Vec::new();
    };
    if matches!(last, '하' | '되') && before.len() >= LEAST_NOUN {
        return vec![before.iter().collect()];
    }
    let mut forms = Forms {
        before,
        all: Vec::new(),
    };
    forms.add(*last, STARTS);
    match final_of(*last) {
        Some(' ') => {
            forms.add(*last, STARTS_AFTER_VOWEL);
            forms.add_merged(*last);
        }
        ending => {
            forms.add(*last, STARTS_AFTER_CONSONANT);
            match ending {
                Some('ㄹ') => forms.add_of_l(*last),
                Some('ㅂ') => forms.add(open(*last), "우운울움워웠"),
                Some('ㄷ') if IRREGULAR.contains(*last) => {
                    forms.add(closed(*last, 'ㄹ').unwrap_or(*last), STARTS_WITH_VOWEL);
                }
                Some('ㅅ') if IRREGULAR.contains(*last) => {
                    forms.add(open(*last), STARTS_WITH_VOWEL);
                }
                _ => {}
            }
        }
    }
    forms.all
}

struct Forms<'a> {
    before: &'a [char],
    all: Vec<String>,
}

impl Forms<'_> {
    /// Those that go on with one of these syllables.
    fn add(&mut self, last: char, starts: &str) {
        let begin: String = self.before.iter().chain([&last]).collect();
        let forms = starts.chars().map(|start| format!("{begin}{start}"));
        self.all.extend(forms);
    }

    /// Those in which the last vowel takes a final, or is one with `아` or `어`.
    fn add_merged(&mut self, last: char) {
        let connected = connected_vowels(last);
        if let ('르', [begin @ .., doubled]) = (last, self.before)
            && let Some(doubled) = closed(*doubled, 'ㄹ')
        {
            let begin: String = begin.iter().chain([&doubled]).collect();
            self.all
                .extend(["라", "러", "랐", "렀"].map(|last| format!("{begin}{last}")));
        }
        for (ending, starts) in MERGED {
            let merged: Vec<char> = match ending {
                ' ' => connected.clone(),
                'ㅆ' => connected.iter().filter_map(|c| closed(*c, 'ㅆ')).collect(),
                ending => closed(last, ending).into_iter().collect(),
            };
            for merged in merged {
                self.add_long(merged, starts);
            }
        }
    }

    /// Those of a stem that ends in ㄹ beside those of all stems.
    fn add_of_l(&mut self, last: char) {
        let lost = open(last);
        self.add(last, STARTS_AFTER_L);
        self.add(lost, STARTS_AFTER_LOST);
        for (ending, starts) in MERGED_OF_L {
            self.add_long(closed(lost, ending).unwrap_or(lost), starts);
        }
    }

    /// One that ends so; a stem of one syllable is too short without what follows.
    fn add_long(&mut self, last: char, starts: &str) {
        if self.before.is_empty() {
            self.add(last, starts);
        } else {
            self.all
                .push(joined(self.before, last).into_iter().collect());
        }
    }
}

/// What a syllable becomes with `아` or `어`.
fn connected_vowels(last: char) -> Vec<char> {
    if last == '하' {
        return vec!['해'];
    }
    let vowel = parts(last).and_then(|[_, vowel, _]| VOWELS.chars().nth(vowel as usize));
    let vowels = match vowel {
        Some('ㅣ') => "ㅕ",
        Some('ㅜ') => "ㅝ",
        Some('ㅗ') => "ㅘ",
        Some('ㅚ') => "ㅙ",
        Some('ㅡ') => "ㅓㅏ",
        Some('ㅏ') => "ㅏ",
        Some('ㅓ') => "ㅓ",
        Some('ㅐ') => "ㅐ",
        Some('ㅔ') => "ㅔ",
        _ => "",
    };
    vowels
        .chars()
        .filter_map(|vowel| with_vowel(last, vowel))
        .collect()
}

fn joined(before: &[char], last: char) -> Vec<char> {
    before.iter().copied().chain([last]).collect()
}

fn open(c: char) -> char {
    closed(c, ' ').unwrap_or(c)
}

fn closed(c: char, ending: char) -> Option<char> {
    index(FINALS, ending)?;
    char::from_u32(with_final(c, ending)?)
}

fn with_vowel(c: char, vowel: char) -> Option<char> {
    let [initial, _, last] = parts(c)?;
    syllable([initial, index(VOWELS, vowel)?, last])
}
