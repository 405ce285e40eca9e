//! The order of what a query finds.
//!
//! Not here: what a word finds (`query`), and the second look at the texts of the best (`rerank`).

use std::collections::HashMap;

use super::Entry;
use super::answer::{Answer, Hit, Reading};
use super::hangul_word::Nowhere;
use super::index::Index;
use super::loanwords::Loanwords;
use super::logarithm::rarity;
use super::query::{Parsed, Query, cut};
use super::rerank::{self, Look, Together};
use super::scores::{Word, count, enough};
use super::terms::{Kind, Run, identifier};
use super::wanted::{Wanted, WantedWord};
use super::written::as_written;

/// The texts of so many are looked at again; and of so many where they have all of several words, which
/// may be a phrase.
const LOOKED_AT: usize = 20;
const LOOKED_AT_FOR_PHRASES: usize = 40;
/// Where so many of the best that may have a word do not, none has.
const ENOUGH_LOOKED_AT: usize = 10;
/// How often a query is read anew without the words that turned out to be in no text.
const MOST_ROUNDS: usize = 5;
/// What a pair of syllables over a blank says, and two Latin words that are one in an entry.
const ACROSS: f64 = 0.4;
const JOINED: f64 = 0.8;
/// Every word counts a little, however usual.
const LEAST: f64 = 0.1;

/// The texts that an index was made from.
pub trait Texts {
    /// None if it cannot be read.
    fn text(&self, entry: u32) -> Option<&Entry>;
}

impl Texts for [Entry] {
    fn text(&self, entry: u32) -> Option<&Entry> {
        self.get(entry as usize)
    }
}

/// What a query is answered from.
pub struct Search<'a, T: ?Sized> {
    pub index: &'a Index<'a>,
    pub texts: &'a T,
    pub loanwords: &'a Loanwords,
}

impl<T: Texts + ?Sized> Search<'_, T> {
    /// The best `most` entries for which `is_wanted` holds; any text is a query.
    pub fn answer(&self, text: &str, most: usize, is_wanted: impl Fn(u32) -> bool) -> Answer {
        let text = &cut(text);
        let mut nowhere = Nowhere::new();
        let mut rounds = 0;
        loop {
            let query = Query {
                index: self.index,
                loanwords: self.loanwords,
                nowhere: &nowhere,
            };
            let parsed = query.parse(text);
            let mut best = self.by_words(&parsed);
            best.retain(|(entry, _)| is_wanted(*entry));
            truncate(&mut best, &parsed.words, most);
            let looked = self.look(text, &parsed, &best);
            let absent = absent(&parsed, &looked);
            rounds += 1;
            if absent.is_empty() || rounds == MOST_ROUNDS {
                return self.found(text, parsed, looked, &absent, most);
            }
            let words = absent.iter().map(|at| &parsed.words[*at]);
            nowhere.extend(words.flat_map(Word::forms));
        }
    }

    /// The best entries again, by their texts.
    fn look(&self, query: &str, parsed: &Parsed, best: &[(u32, f64)]) -> Vec<Looked> {
        let wanted = Wanted::new(query, &parsed.words);
        let looked = best.iter().filter_map(|(entry, score)| {
            let text = self.texts.text(*entry)?;
            let Look {
                factor,
                together,
                passages,
                has,
            } = rerank::look(&wanted, text);
            let words = parsed.words.iter().zip(has);
            let has = words.map(|(word, has)| has && word.found.contains_key(entry));
            Some(Looked {
                has: has.collect(),
                together,
                is_deprecated: text.deprecated,
                hit: Hit {
                    entry: *entry,
                    score: score * factor,
                    passages,
                    missing: Vec::new(),
                },
            })
        });
        looked.collect()
    }

    /// All entries with one of the words, by what the index says, the best first.
    fn by_words(&self, parsed: &Parsed) -> Vec<(u32, f64)> {
        let total: f64 = parsed.words.iter().map(|word| word.rarity + LEAST).sum();
        // Score, and how much of the query there is.
        let mut sums: HashMap<u32, (f64, f64)> = HashMap::new();
        for word in &parsed.words {
            for (entry, found) in &word.found {
                let sum = sums.entry(*entry).or_default();
                sum.0 += found.score;
                sum.1 += (word.rarity + LEAST) * found.share;
            }
        }
        for pair in parsed.runs.windows(2) {
            self.add_neighbours(&pair[0], &pair[1], total, &mut sums);
        }
        let mut best: Vec<(u32, f64)> = sums
            .into_iter()
            .map(|(entry, (score, held))| {
                let share = (held / total).min(1.0);
                (entry, score * share * share)
            })
            .collect();
        best.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        best
    }

    /// What the index itself says of two words that stand next to each other.
    fn add_neighbours(
        &self,
        first: &Run,
        second: &Run,
        total: f64,
        sums: &mut HashMap<u32, (f64, f64)>,
    ) {
        let (term, counts, is_enough) = match (first.kind, second.kind) {
            (Kind::Hangul, Kind::Hangul) => {
                let pair = first
                    .word
                    .chars()
                    .last()
                    .into_iter()
                    .chain(second.word.chars().next());
                (pair.collect::<String>(), ACROSS, false)
            }
            (Kind::Latin, Kind::Latin) => {
                let [first, second] = [first, second].map(|run| {
                    let word: Vec<char> = run.word.chars().collect();
                    identifier(&word)
                });
                let (Some((first, _)), Some((second, _))) = (first, second) else {
                    return;
                };
                (first + &second, JOINED, true)
            }
            _ => return,
        };
        let postings = self.index.get(&term);
        let rarity = rarity(self.index.entries(), count(postings.len()));
        for posting in postings {
            // Two words as one are both; a pair of syllables alone is neither.
            let sum = match sums.get_mut(&posting.entry) {
                Some(sum) => sum,
                None if is_enough => sums.entry(posting.entry).or_insert((0.0, total)),
                None => continue,
            };
            sum.0 += counts * rarity * enough(posting.amount());
        }
    }

    /// The answer, to which `absent` words add nothing.
    fn found(
        &self,
        query: &str,
        parsed: Parsed,
        mut looked: Vec<Looked>,
        absent: &[usize],
        most: usize,
    ) -> Answer {
        let wanted = Wanted::new(query, &parsed.words);
        let Parsed {
            mut words,
            mut readings,
            laid,
            beyond,
            ..
        } = parsed;
        let is_nothing = !looked.iter().any(|one| one.has.contains(&true));
        for (at, word) in words.iter_mut().enumerate() {
            if is_nothing || absent.contains(&at) {
                word.found.clear();
                readings.retain(|reading| reading.typed != word.typed);
            }
        }
        looked.retain(|one| one.has.contains(&true));
        sort(&mut looked);
        let mut hits: Vec<Hit> = looked
            .into_iter()
            .map(|Looked { hit, has, .. }| {
                let words = words.iter().zip(has);
                let missing = words.filter(|(word, has)| !has && !word.found.is_empty());
                Hit {
                    missing: missing.map(|(word, _)| word.typed.clone()).collect(),
                    ..hit
                }
            })
            .collect();
        let laid = laid.min(readings.len());
        let others = readings.split_off(laid);
        let is_found = |at: usize| !words[at].found.is_empty();
        let spelled = wanted.words.iter().enumerate();
        let spelled = spelled
            .filter(|(at, _)| is_found(*at))
            .map(|(_, word)| word);
        readings.extend(self.as_written(others, spelled, &hits));
        hits.truncate(most);
        let gone = words.into_iter().filter(|word| word.found.is_empty());
        let mut dropped: Vec<String> = Vec::new();
        for typed in gone.map(|word| word.typed) {
            if !dropped.contains(&typed) {
                dropped.push(typed);
            }
        }
        Answer {
            hits,
            readings,
            dropped,
            beyond,
        }
    }

    /// Readings as the best entries write what was meant, without what none of them has; also of words
    /// that they all spell in another way.
    fn as_written<'a>(
        &self,
        readings: Vec<Reading>,
        spelled: impl Iterator<Item = &'a WantedWord>,
        hits: &[Hit],
    ) -> Vec<Reading> {
        let best = hits.iter().take(ENOUGH_LOOKED_AT);
        let texts = best.map(|hit| self.texts.text(hit.entry));
        // Where one does not come, nobody knows.
        let Some(texts) = texts.collect::<Option<Vec<&Entry>>>() else {
            return readings;
        };
        let is_read = |typed: &str| readings.iter().any(|reading| reading.typed == typed);
        let spelled = spelled.filter_map(|word| {
            let spelling = word
                .spelling
                .clone()
                .filter(|spelling| !is_read(spelling))?;
            let meant = as_written(&texts, &spelling).or_else(|| as_written(&texts, &word.text))?;
            (meant != spelling).then_some(Reading {
                typed: spelling,
                meant,
            })
        });
        let spelled: Vec<Reading> = spelled.collect();
        let written = readings.into_iter().filter_map(|reading| {
            let words = reading.meant.split(", ").filter_map(|words| match words {
                "…" => Some(words.to_owned()),
                words => as_written(&texts, words),
            });
            let mut all: Vec<String> = Vec::new();
            for word in words.filter(|word| *word != reading.typed) {
                if !all.contains(&word) {
                    all.push(word);
                }
            }
            let meant = all.join(", ");
            let is_said = !meant.is_empty() && meant != "…";
            is_said.then_some(Reading { meant, ..reading })
        });
        written.chain(spelled).collect()
    }
}

/// Leaves those that are looked at again.
fn truncate(best: &mut Vec<(u32, f64)>, words: &[Word], most: usize) {
    let looked = LOOKED_AT.max(most);
    let has_all =
        |entry: &u32| words.len() > 1 && words.iter().all(|word| word.found.contains_key(entry));
    best.truncate(looked.max(LOOKED_AT_FOR_PHRASES));
    let mut at = 0;
    best.retain(|(entry, _)| {
        at += 1;
        at <= looked || has_all(entry)
    });
}

/// Sorts entries: those with all words together come before the others, and a deprecated one below each
/// that has them in as good a place.
fn sort(all: &mut [Looked]) {
    let living = all.iter().filter(|one| !one.is_deprecated);
    let living: Vec<(Together, f64)> = living.map(|one| (one.together, one.hit.score)).collect();
    let is_apart = |together| together == Together::Apart;
    for one in all.iter_mut().filter(|one| one.is_deprecated) {
        let own = one.together;
        let as_good = living
            .iter()
            .filter(|(together, _)| *together >= own && is_apart(*together) == is_apart(own));
        one.hit.score = as_good.fold(one.hit.score, |least, (_, score)| least.min(*score));
    }
    all.sort_by(|a, b| {
        let by_score = b.hit.score.total_cmp(&a.hit.score);
        is_apart(a.together)
            .cmp(&is_apart(b.together))
            .then(by_score)
            .then(a.is_deprecated.cmp(&b.is_deprecated))
            .then(a.hit.entry.cmp(&b.hit.entry))
    });
}

/// An entry whose text was looked at.
struct Looked {
    hit: Hit,
    together: Together,
    is_deprecated: bool,
    /// For each word of the query, whether the text has it.
    has: Vec<bool>,
}

/// The words that no text has, of all entries that might have them, or of enough of these.
fn absent(parsed: &Parsed, looked: &[Looked]) -> Vec<usize> {
    let is_absent = |(at, word): (usize, &Word)| {
        let holders = looked
            .iter()
            .filter(|one| word.found.contains_key(&one.hit.entry));
        let least = word.found.len().clamp(1, ENOUGH_LOOKED_AT);
        (holders.count() >= least && !looked.iter().any(|one| one.has[at])).then_some(at)
    };
    let words = parsed.words.iter().enumerate();
    words.filter_map(is_absent).collect()
}
