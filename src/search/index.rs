//! The index: for each term, the entries that hold it, and how much.
//!
//! What an entry adds depends on nothing but itself: lengths are compared with a constant, not with
//! an average, or a change in one entry would change all. Not here: files.

use std::collections::BTreeMap;
use std::ops::Bound;

use super::Entry;
use super::logarithm::log2;
use super::terms::{initials, terms};

/// What a term counts for by where it is.
const TITLE: f64 = 8.0;
const TAG: f64 = 4.0;
const HEADING: f64 = 3.0;
const NAME: f64 = 2.4;
const TEXT: f64 = 1.0;
const CODE: f64 = 0.5;
/// Terms of an entry of usual length, in its headings and below them.
const USUAL_HEADINGS: f64 = 60.0;
const USUAL_TEXT: f64 = 1_000.0;
/// How much the length of an entry counts.
const BY_HEADINGS: f64 = 0.3;
const BY_TEXT: f64 = 0.5;
/// A weight has four bits.
const MOST: f64 = 15.0;
/// The square roots of the powers of two, less one: what each weight means.
const MEANS: [f64; 16] = [
    0.0,
    0.414_213_562_373_095,
    1.0,
    1.828_427_124_746_19,
    3.0,
    4.656_854_249_492_38,
    7.0,
    10.313_708_498_984_761,
    15.0,
    21.627_416_997_969_522,
    31.0,
    44.254_833_995_939_045,
    63.0,
    89.509_667_991_878_09,
    127.0,
    180.019_335_983_756_18,
];

/// An entry that holds a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    pub entry: u32,
    /// From 1 to 15.
    pub weight: u8,
}

impl Posting {
    /// How much of the term there is, by its weight.
    pub fn amount(self) -> f64 {
        MEANS[usize::from(self.weight.min(15))]
    }
}

/// The terms of all entries.
#[derive(Debug, Default)]
pub struct Index {
    entries: usize,
    postings: BTreeMap<String, Vec<Posting>>,
}

/// How much of a term is in each place of an entry.
#[derive(Default)]
struct Counts {
    /// In places that count the same however long they are.
    fixed: f64,
    headings: f64,
    text: f64,
}

/// The terms of an entry, each with its weight.
pub fn terms_of(entry: &Entry) -> BTreeMap<String, u8> {
    let mut all: BTreeMap<String, Counts> = BTreeMap::new();
    let (mut in_headings, mut in_text) = (0.0, 0.0);
    let mut fixed = |text: &str, counts: f64, across: bool| {
        terms(text, across, &mut |term, count| {
            all.entry(term).or_default().fixed += counts * count;
        });
    };
    fixed(&entry.title, TITLE, true);
    fixed(&entry.name.replace('-', " "), NAME, false);
    for tag in &entry.tags {
        fixed(tag, TAG, false);
    }
    for section in &entry.sections {
        terms(&section.heading, true, &mut |term, count| {
            in_headings += 1.0;
            all.entry(term).or_default().headings += HEADING * count;
        });
        for (text, counts) in [(&section.text, TEXT), (&section.code, CODE)] {
            terms(text, false, &mut |term, count| {
                in_text += count;
                all.entry(term).or_default().text += counts * count;
            });
        }
    }
    let headings = entry.sections.iter().map(|section| &section.heading);
    for text in headings.chain([&entry.title]) {
        initials(text, &mut |term, count| {
            all.entry(term).or_default().fixed += HEADING * count;
        });
    }
    let by_headings = 1.0 - BY_HEADINGS + BY_HEADINGS * in_headings / USUAL_HEADINGS;
    let by_text = 1.0 - BY_TEXT + BY_TEXT * in_text / USUAL_TEXT;
    let weight = |counts: &Counts| {
        weight(counts.fixed + counts.headings / by_headings + counts.text / by_text)
    };
    all.iter()
        .map(|(term, counts)| (term.clone(), weight(counts)))
        .collect()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is from 1 to 15"
)]
fn weight(amount: f64) -> u8 {
    (2.0 * log2(1.0 + amount)).round().clamp(1.0, MOST) as u8
}

impl Index {
    /// The index of these entries, in their order, from the terms of each.
    pub fn new(entries: impl IntoIterator<Item = BTreeMap<String, u8>>) -> Self {
        let mut index = Self::default();
        for (entry, terms) in (0..).zip(entries) {
            index.entries += 1;
            for (term, weight) in terms {
                let postings = index.postings.entry(term).or_default();
                postings.push(Posting { entry, weight });
            }
        }
        index
    }

    /// How many entries there are.
    #[expect(clippy::cast_precision_loss, reason = "it is below 2^32")]
    pub fn entries(&self) -> f64 {
        self.entries as f64
    }

    /// The entries that hold a term, in order.
    pub fn get(&self, term: &str) -> &[Posting] {
        self.postings.get(term).map_or(&[], Vec::as_slice)
    }

    pub fn has(&self, term: &str) -> bool {
        self.postings.contains_key(term)
    }

    /// The terms that begin with a text, in order.
    pub fn beginning<'a>(&'a self, text: &'a str) -> impl Iterator<Item = &'a str> {
        let range = self
            .postings
            .range::<str, _>((Bound::Included(text), Bound::Unbounded));
        range
            .map(|(term, _)| term.as_str())
            .take_while(move |term| term.starts_with(text))
    }

    /// All terms with the number of entries that hold each, in order.
    pub fn terms(&self) -> impl Iterator<Item = (&str, usize)> {
        let terms = self.postings.iter();
        terms.map(|(term, postings)| (term.as_str(), postings.len()))
    }
}
