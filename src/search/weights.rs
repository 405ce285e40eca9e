//! How much of each term an entry has, by where it is.
//!
//! What an entry adds depends on nothing but itself: lengths are compared with a constant, not with
//! an average, or a change in one entry would change all. Not here: what a weight means (`postings`).

use hashbrown::HashMap;

use super::Entry;
use super::logarithm::log2;
use super::postings::MOST;
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
/// How much of a term is in each place of an entry.
#[derive(Default)]
struct Counts {
    /// In places that count the same however long they are.
    fixed: f64,
    headings: f64,
    text: f64,
}

/// The weights of an entry's terms, from 1 to 15.
pub type Terms = HashMap<String, u8>;

/// The terms of an entry, each with its weight.
pub fn terms_of(entry: &Entry) -> Terms {
    let mut all: HashMap<String, Counts> = HashMap::new();
    let (mut in_headings, mut in_text) = (0.0, 0.0);
    let mut fixed = |text: &str, counts: f64, across: bool| {
        terms(text, across, &mut |term, count| {
            all.entry_ref(term).or_default().fixed += counts * count;
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
            all.entry_ref(term).or_default().headings += HEADING * count;
        });
        for (text, counts) in [(&section.text, TEXT), (&section.code, CODE)] {
            terms(text, false, &mut |term, count| {
                in_text += count;
                all.entry_ref(term).or_default().text += counts * count;
            });
        }
    }
    let headings = entry.sections.iter().map(|section| &section.heading);
    for text in headings.chain([&entry.title]) {
        initials(text, &mut |term, count| {
            all.entry_ref(term).or_default().fixed += HEADING * count;
        });
    }
    let by_headings = 1.0 - BY_HEADINGS + BY_HEADINGS * in_headings / USUAL_HEADINGS;
    let by_text = 1.0 - BY_TEXT + BY_TEXT * in_text / USUAL_TEXT;
    let weight = |counts: &Counts| {
        weight(counts.fixed + counts.headings / by_headings + counts.text / by_text)
    };
    let terms = all.into_iter();
    terms
        .map(|(term, counts)| (term, weight(&counts)))
        .collect()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is from 1 to 15"
)]
fn weight(amount: f64) -> u8 {
    (2.0 * log2(1.0 + amount))
        .round()
        .clamp(1.0, f64::from(MOST)) as u8
}
