//! English words of the field in Hangul, by a table: `loanwords.tsv`, and the site's own.
//!
//! Not here: words in neither (`sound`).

use std::collections::{BTreeSet, HashMap};

use super::distance::distance;
use super::fold::{alike, fold};
use super::hangul_word::stem;
use crate::hangul::{is_syllable, letters, moved, ranges};

/// A line for each word: Hangul, a tab, and English words with commas between them.
const TABLE: &str = include_str!("loanwords.tsv");

/// Names of letters, longer ones before those that begin so.
const LETTERS: &str = "더블유w 더블류w 에이치h 에이a 에치h 에프f 에스s 아이i 아르r 제이j 제트z 케이k \
     브이v 엑스x 와이y 비b 씨c 시c 디d 이e 지g 엘l 엠m 엔n 오o 피p 큐q 알r 티t 유u";
/// A word of fewer letters, or syllables, is spelled by chance.
const LEAST_LETTERS: usize = 3;
const LEAST_SYLLABLES: usize = 4;

/// Words with others that a search takes for them, both ways. Keys are folded, without blanks.
#[derive(Debug)]
pub struct Loanwords {
    /// As listed, the site's own first.
    listed: Vec<(String, Vec<String>)>,
    table: HashMap<String, Vec<String>>,
}

impl Default for Loanwords {
    fn default() -> Self {
        Self::new(&[])
    }
}

impl Loanwords {
    /// The table, and other words for words of a site, which come first.
    pub fn new(own: &[(String, Vec<String>)]) -> Self {
        let lines = TABLE.lines().filter_map(|line| line.split_once('\t'));
        let lines = lines.map(|(hangul, english)| {
            let others = english.split(',').map(|word| word.trim().to_owned());
            (hangul.to_owned(), others.collect())
        });
        let lines: Vec<(String, Vec<String>)> = lines.collect();
        let own = own
            .iter()
            .map(|(word, others)| with_those_of(&lines, word, others));
        let listed: Vec<(String, Vec<String>)> = own.chain(lines.iter().cloned()).collect();
        let mut table: HashMap<String, Vec<String>> = HashMap::new();
        let mut add = |word: &str, other: &str| {
            let others = table.entry(key(word)).or_default();
            if !others.iter().any(|known| known == other) {
                others.push(other.to_owned());
            }
        };
        for (word, others) in &listed {
            for other in others {
                add(word, other);
                add(other, word);
            }
        }
        Self { listed, table }
    }

    /// Words with others as they are listed; each stands for the other.
    pub fn listed(&self) -> &[(String, Vec<String>)] {
        &self.listed
    }

    /// The English words for a Hangul word: itself, without its particle, in two words, or an
    /// abbreviation of which each letter is named.
    pub fn english(&self, syllables: &[char]) -> Option<Vec<String>> {
        let whole: String = syllables.iter().collect();
        let stem: String = syllables[..stem(syllables)].iter().collect();
        [whole, stem].iter().find_map(|word| {
            let word = fold(word);
            self.table
                .get(&word)
                .cloned()
                .or_else(|| self.in_two(&word))
                .or_else(|| Some(vec![spelled(&word)?]))
        })
    }

    /// Whether words in a row, the last with or without its particle, are listed as one.
    pub fn has_row(&self, syllables: &[char]) -> bool {
        let words = [syllables, &syllables[..stem(syllables)]];
        let mut words = words.into_iter().map(String::from_iter);
        words.any(|word: String| self.table.contains_key(&fold(&word)))
    }

    /// The Hangul word of the table that a longer one with one mistake is, itself or without its
    /// particle, which is the second.
    pub fn near<'a>(&self, syllables: &'a [char]) -> Option<(&str, &'a [char])> {
        let whole: Vec<char> = syllables.iter().copied().map(alike).collect();
        [syllables.len(), stem(syllables)]
            .into_iter()
            .find_map(|length| {
                let keys = self.table.keys();
                let near = keys.filter(|key| is_near(&whole[..length], key)).min();
                Some((near?.as_str(), &syllables[length..]))
            })
    }

    /// The English words for a Hangul word that is still being typed, by the shortest words of the
    /// table that begin so; `tail` is a consonant of the next syllable.
    pub fn begun(&self, syllables: &[char], tail: Option<char>) -> Vec<String> {
        let mut states = vec![(syllables.to_vec(), tail)];
        // What is a final now may become the initial of the next syllable: 게잍 of 게이트.
        if let (None, Some(moved)) = (tail, moved(syllables))
            && let [begin @ .., initial] = &moved[..]
        {
            states.push((begin.to_vec(), Some(*initial)));
        }
        let found = states.iter().flat_map(|(begin, tail)| {
            let cuts = (2..begin.len()).filter_map(|cut| {
                let (first, second) = begin.split_at(cut);
                Some((self.exact(first)?, second))
            });
            let alone = self.beginning_with(begin, *tail, 2).into_iter();
            let two = cuts.flat_map(|(first, second)| {
                let seconds = self.beginning_with(second, *tail, 1).into_iter();
                seconds.map(move |(length, second)| (length, format!("{first} {second}")))
            });
            // A consonant behind a word of the table may begin another.
            let before = tail.and_then(|_| Some((begin.len(), self.exact(begin)?.clone())));
            alone.chain(two).chain(before).collect::<Vec<_>>()
        });
        let found: BTreeSet<(usize, String)> = found.collect();
        let mut words: Vec<String> = Vec::new();
        for (_, word) in found {
            if !words.contains(&word) {
                words.push(word);
            }
        }
        words
    }

    /// The first English word for a word of the table.
    fn exact(&self, word: &[char]) -> Option<&String> {
        self.table.get(&fold(&String::from_iter(word)))?.first()
    }

    /// The first English words for the words of the table that begin so, with the length of these.
    fn beginning_with(
        &self,
        begin: &[char],
        tail: Option<char>,
        least: usize,
    ) -> Vec<(usize, String)> {
        if begin.len() < least {
            return Vec::new();
        }
        let pairs = self.listed.iter().flat_map(|(word, others)| {
            let back = others.iter().map(move |other| (other, word));
            others
                .first()
                .map(|other| (word, other))
                .into_iter()
                .chain(back)
        });
        let begun = pairs.filter(|(word, _)| is_begun(begin, tail, word));
        begun
            .map(|(word, other)| (word.chars().count(), other.clone()))
            .collect()
    }

    /// Other words for a Latin one.
    pub fn others(&self, word: &str) -> &[String] {
        self.table.get(&key(word)).map_or(&[], Vec::as_slice)
    }

    /// `서킷브레이커` is `circuit breaker`.
    fn in_two(&self, word: &str) -> Option<Vec<String>> {
        let cuts = word.char_indices().map(|(at, _)| at).skip(2);
        let mut two = cuts.filter_map(|at| {
            let (first, second) = word.split_at(at);
            let second = Some(second).filter(|second| second.chars().nth(1).is_some())?;
            let [first, second] = [self.table.get(first)?, self.table.get(second)?];
            Some(vec![format!("{} {}", first.first()?, second.first()?)])
        });
        two.next()
    }
}

/// A site's word, with others for what it stands for: for `게이트웨이` also `gateway`.
fn with_those_of(
    lines: &[(String, Vec<String>)],
    word: &str,
    others: &[String],
) -> (String, Vec<String>) {
    let mut all = others.to_vec();
    for other in others.iter().map(|other| key(other)) {
        for (hangul, english) in lines {
            if key(hangul) == other {
                all.extend_from_slice(english);
            } else if english.iter().any(|one| key(one) == other) {
                all.push(hangul.clone());
            }
        }
    }
    let mut seen = BTreeSet::from([key(word)]);
    all.retain(|other| seen.insert(key(other)));
    (word.to_owned(), all)
}

/// Blanks within a listed word are no difference: `회로 차단` is `회로차단`.
fn key(word: &str) -> String {
    let mut key = fold(word);
    key.retain(|c| !c.is_whitespace());
    key
}

/// Whether a longer Hangul word begins as it is typed: the last syllable may take more letters.
fn is_begun(begin: &[char], tail: Option<char>, word: &str) -> bool {
    let word: Vec<char> = word.chars().collect();
    let Some((last, before)) = begin.split_last() else {
        return false;
    };
    let at = before.len();
    let is_long = word.len() > at && word.iter().all(|c| is_syllable(*c));
    let is_same = |typed: &[char]| (0..typed.len()).all(|at| alike(typed[at]) == alike(word[at]));
    if !is_long || !is_same(before) {
        return false;
    }
    let is_in = |c: char, typed: char| {
        let ranges = ranges(typed, true);
        ranges
            .iter()
            .any(|(first, end)| (*first..=*end).contains(&u32::from(c)))
    };
    match tail {
        Some(tail) => is_same(begin) && word.get(at + 1).is_some_and(|next| is_in(*next, tail)),
        None => is_same(begin) && word.len() > begin.len() || is_in(word[at], *last),
    }
}

/// `디엔에스` is `dns`.
fn spelled(word: &str) -> Option<String> {
    let mut letters = String::new();
    let mut rest = word;
    while !rest.is_empty() {
        let names = LETTERS.split_whitespace();
        let mut names = names.map(|named| named.split_at(named.len() - 1));
        let (name, letter) = names.find(|(name, _)| rest.starts_with(name))?;
        letters.push_str(letter);
        rest = &rest[name.len()..];
    }
    let is_long = letters.len() >= LEAST_LETTERS || word.chars().count() >= LEAST_SYLLABLES;
    is_long.then_some(letters)
}

/// Whether a Hangul word is another with one wrong letter, with two syllables swapped, or without one.
fn is_near(word: &[char], other: &str) -> bool {
    let other: Vec<char> = other.chars().collect();
    let is_longer = other.len() == word.len() + 1;
    let is_long = word.len() >= 3 && (is_longer || other.len() == word.len());
    if !is_long || !other.iter().all(|c| is_syllable(*c)) {
        return false;
    }
    let sorted = |word: &[char]| word.iter().copied().collect::<BTreeSet<char>>();
    let letters = |word: &[char]| {
        word.iter()
            .copied()
            .flat_map(letters)
            .collect::<Vec<char>>()
    };
    let is_swapped = || sorted(word) == sorted(&other);
    (is_longer || is_swapped()) && distance(word, &other, 1).is_some()
        || distance(&letters(word), &letters(&other), 1).is_some()
}
