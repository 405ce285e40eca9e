//! Korean particles, which a word of a query may end with.
//!
//! Not here: the search for what is left of the word.

use super::{final_of, is_hangul, is_latin, is_syllable};

/// Particles, grouped by what they follow; `+` is one of `TAILS`, or nothing.
const PARTICLES: [(Follows, &str); 6] = [
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
    // Behind one syllable, as in 비인가, they are often no ending.
    (Follows::Noun, "인가 인가요 인지 인데 이다 입니다 입니까"),
];
const TAILS: [&str; 5] = ["는", "도", "만", "의", ""];

/// Syllables that a noun before a form of the verb 이다 has at least.
const LEAST_NOUN: usize = 2;

/// The length of a word's particle: the longest that agrees with what it follows and leaves a stem
/// of at least `least` syllables, or a Latin one. A stem of one, as `나` in `나는`, is often no word.
pub fn particle(chars: &[char], least: usize) -> usize {
    let longest = |(follows, list): &(Follows, &str)| {
        let lengths = list.split(' ').flat_map(|each| endings(chars, each));
        lengths
            .filter(|length| stands(&chars[..chars.len() - length], *follows, least))
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
fn stands(stem: &[char], follows: Follows, least: usize) -> bool {
    let syllables = stem.iter().filter(|c| is_syllable(**c)).count();
    let least = match follows {
        Follows::Noun => least.max(LEAST_NOUN),
        _ => least,
    };
    let enough = syllables >= least || stem.iter().any(|c| is_latin(*c));
    enough && stem.last().is_some_and(|last| follows.agrees(*last))
}

#[derive(Clone, Copy, Debug)]
enum Follows {
    Anything,
    Final,
    FinalButRieul,
    Vowel,
    VowelOrRieul,
    Noun,
}

impl Follows {
    /// The pronunciation of Latin words is unknown: all particles agree with them.
    fn agrees(self, last: char) -> bool {
        let Some(last) = final_of(last) else {
            return !is_hangul(last);
        };
        match self {
            Self::Anything | Self::Noun => true,
            Self::Final => last != ' ',
            Self::FinalButRieul => last != ' ' && last != 'ㄹ',
            Self::Vowel => last == ' ',
            Self::VowelOrRieul => last == ' ' || last == 'ㄹ',
        }
    }
}
