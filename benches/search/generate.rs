//! Queries from an archive itself: words of headings and of sentences, changed as people change them.
//!
//! A right document is one that has all words of the query as they were before the change. The same
//! archive and seed give the same queries. Not here: measuring.

use std::collections::BTreeSet;

use docsite::hangul::{is_syllable, parts, syllable};
use docsite::search::{Entry, fold};

use super::Asked;

/// Documents with more of the words are no answer to look for.
const MOST_ANSWERS: usize = 5;
/// Tries for each query of a kind.
const TRIES: usize = 40;

const KINDS: [(&str, Make); 10] = [
    ("heading", |maker| maker.heading(|_, words| Some(words))),
    ("particle", |maker| {
        maker.heading(|random, words| Some(with_particle(random, words)))
    }),
    ("compound", |maker| {
        maker.heading(|_, words| (words.len() > 1).then(|| vec![words.concat()]))
    }),
    ("typo", |maker| {
        maker.heading(|random, words| {
            change(random, words, |random, word| wrong_letter(random, word))
        })
    }),
    ("body2", |maker| maker.body(2, |_, words| Some(words))),
    ("body3", |maker| maker.body(3, |_, words| Some(words))),
    ("body2josa", |maker| {
        maker.body(2, |random, words| Some(with_particle(random, words)))
    }),
    ("swapped", |maker| {
        maker.body(2, |random, words| {
            change(random, words, |random, word| swapped(random, word))
        })
    }),
    ("missing", |maker| {
        maker.body(2, |random, words| change(random, words, missing))
    }),
    ("idtypo", |maker| maker.identifier()),
];

type Make = fn(&mut Maker<'_>) -> Option<(Vec<String>, Vec<String>)>;

/// A document as a maker sees it.
pub(crate) struct Source<'a> {
    pub name: String,
    pub entry: &'a Entry,
}

/// So many queries of each kind, of different documents where there are enough.
pub(crate) fn queries(sources: &[Source<'_>], of_each: usize, seed: u64) -> Vec<Asked> {
    let texts = sources.iter().map(|source| plain(source.entry)).collect();
    let mut maker = Maker {
        sources,
        texts,
        random: Random(seed),
    };
    let mut all = Vec::new();
    for (kind, make) in KINDS {
        let mut known = BTreeSet::new();
        for _ in 0..of_each * TRIES {
            if known.len() == of_each {
                break;
            }
            let Some((words, query)) = make(&mut maker) else {
                continue;
            };
            let expect = maker.holders(&words);
            let query = query.join(" ");
            let is_new = (1..=MOST_ANSWERS).contains(&expect.len()) && known.insert(query.clone());
            if is_new {
                all.push(Asked {
                    query,
                    kind: kind.to_owned(),
                    archive: String::new(),
                    expect,
                });
            }
        }
    }
    all
}

/// So many words, and pairs of words, of sentences: for what a query costs where the words of an archive
/// are in too many documents to ask for one.
pub(crate) fn sampled(sources: &[Source<'_>], count: usize, seed: u64) -> Vec<Asked> {
    let mut maker = Maker {
        sources,
        texts: Vec::new(),
        random: Random(seed),
    };
    let mut all = Vec::new();
    for _ in 0..count * TRIES {
        if all.len() == count {
            break;
        }
        let of_one = 1 + all.len() % 2;
        if let Some((words, _)) = maker.body(of_one, |_, words| Some(words)) {
            all.push(Asked {
                query: words.join(" "),
                kind: "sampled".to_owned(),
                archive: String::new(),
                expect: Vec::new(),
            });
        }
    }
    all
}

/// Everything that a reader sees, folded.
fn plain(entry: &Entry) -> String {
    let sections = entry.sections.iter();
    let sections = sections.map(|one| format!("{}\n{}\n{}", one.heading, one.text, one.code));
    fold(&format!(
        "{}\n{}",
        entry.title,
        sections.collect::<Vec<_>>().join("\n")
    ))
}

struct Maker<'a> {
    sources: &'a [Source<'a>],
    texts: Vec<String>,
    random: Random,
}

impl Maker<'_> {
    fn heading(
        &mut self,
        change: fn(&mut Random, Vec<String>) -> Option<Vec<String>>,
    ) -> Option<(Vec<String>, Vec<String>)> {
        let source = &self.sources[self.random.below(self.sources.len())?];
        let section = &source.entry.sections[self.random.below(source.entry.sections.len())?];
        let words: Vec<String> = hangul_words(&section.heading, 2);
        if words.is_empty() || words.concat().chars().count() < 4 {
            return None;
        }
        let words: Vec<String> = words.into_iter().take(3).collect();
        let query = change(&mut self.random, words.clone())?;
        Some((words, query))
    }

    fn body(
        &mut self,
        count: usize,
        change: fn(&mut Random, Vec<String>) -> Option<Vec<String>>,
    ) -> Option<(Vec<String>, Vec<String>)> {
        let source = &self.sources[self.random.below(self.sources.len())?];
        let section = &source.entry.sections[self.random.below(source.entry.sections.len())?];
        let sentences: Vec<&str> = section.text.split(['.', '\n']).collect();
        let sentence = sentences[self.random.below(sentences.len())?];
        let mut words = hangul_words(sentence, 3);
        while words.len() > count {
            let at = self.random.below(words.len())?;
            words.remove(at);
        }
        if words.len() < count {
            return None;
        }
        let query = change(&mut self.random, words.clone())?;
        Some((words, query))
    }

    fn identifier(&mut self) -> Option<(Vec<String>, Vec<String>)> {
        let source = &self.sources[self.random.below(self.sources.len())?];
        let section = &source.entry.sections[self.random.below(source.entry.sections.len())?];
        let is_in = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let words: Vec<&str> = section
            .text
            .split(|c| !is_in(c))
            .filter(|word| word.len() >= 7 && word.bytes().all(|c| c.is_ascii_alphabetic()))
            .collect();
        let word = words.get(self.random.below(words.len())?)?;
        let at = 1 + self.random.below(word.len() - 2)?;
        let mut letters: Vec<char> = word.chars().collect();
        match self.random.below(3)? {
            0 => drop(letters.remove(at)),
            1 => letters.swap(at, at + 1),
            _ => letters[at] = if letters[at] == 'x' { 'k' } else { 'x' },
        }
        let query: String = letters.into_iter().collect();
        (query != **word).then(|| (vec![(*word).to_owned()], vec![query]))
    }

    fn holders(&self, words: &[String]) -> Vec<String> {
        let words: Vec<String> = words.iter().map(|word| fold(word)).collect();
        let all = self.sources.iter().zip(&self.texts);
        all.filter(|(_, text)| words.iter().all(|word| text.contains(word.as_str())))
            .map(|(source, _)| source.name.clone())
            .collect()
    }
}

/// Words of at least `least` syllables and nothing else.
fn hangul_words(text: &str, least: usize) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|word| word.chars().all(is_syllable) && word.chars().count() >= least);
    words.map(str::to_owned).collect()
}

/// The last word with a particle that agrees with it.
fn with_particle(random: &mut Random, mut words: Vec<String>) -> Vec<String> {
    if let Some(last) = words.last_mut() {
        let has_final = last
            .chars()
            .last()
            .and_then(parts)
            .is_some_and(|[_, _, last]| last > 0);
        let particles = if has_final {
            ["은", "을", "에서"]
        } else {
            ["는", "를", "에서"]
        };
        let at = random.below(particles.len()).unwrap_or_default();
        last.push_str(particles[at]);
    }
    words
}

/// Changes the longest word.
fn change(
    random: &mut Random,
    mut words: Vec<String>,
    how: fn(&mut Random, &mut Vec<char>) -> bool,
) -> Option<Vec<String>> {
    let longest = words.iter_mut().max_by_key(|word| word.chars().count())?;
    let mut letters: Vec<char> = longest.chars().collect();
    if !how(random, &mut letters) {
        return None;
    }
    let changed: String = letters.into_iter().collect();
    let is_other = changed != *longest;
    *longest = changed;
    is_other.then_some(words)
}

/// Another vowel in one syllable after the first.
fn wrong_letter(random: &mut Random, word: &mut [char]) -> bool {
    let Some(at) = random.below(word.len().saturating_sub(1)) else {
        return false;
    };
    let Some([initial, vowel, last]) = parts(word[at + 1]) else {
        return false;
    };
    let vowels = [0, 4, 8, 13, 18, 20];
    let Some(other) = random.below(vowels.len()).map(|at| vowels[at]) else {
        return false;
    };
    let changed = syllable([initial, other, last]).filter(|_| other != vowel && word.len() >= 3);
    if let Some(changed) = changed {
        word[at + 1] = changed;
    }
    changed.is_some()
}

fn swapped(random: &mut Random, word: &mut [char]) -> bool {
    let at = random.below(word.len().saturating_sub(1));
    if let Some(at) = at.filter(|_| word.len() >= 3) {
        word.swap(at, at + 1);
        return true;
    }
    false
}

fn missing(random: &mut Random, word: &mut Vec<char>) -> bool {
    let at = random.below(word.len().saturating_sub(2));
    if let Some(at) = at.filter(|_| word.len() >= 4) {
        word.remove(at + 1);
        return true;
    }
    false
}

/// `splitmix64`.
struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> Option<usize> {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        usize::try_from(mixed >> 11).ok()?.checked_rem(most)
    }
}
