//! A second look at the best entries, in their texts: words in the title and in one heading, words
//! near each other in one section, headings that resemble the query.
//!
//! Not here: finding them (`rank`), and what of a section is shown (`excerpt`).

use super::Entry;
use super::answer::Passage;
use super::excerpt::excerpt;
use super::fold::{names, squash};
use super::logarithm::log2;
use super::scores::count;
use super::wanted::Wanted;

/// What each kind of evidence adds to the factor 1 of an entry.
const IN_TITLE: f64 = 1.0;
const IS_TITLE: f64 = 2.0;
const IN_HEADING: f64 = 0.6;
const IS_HEADING: f64 = 1.0;
const NEAR: f64 = 0.6;
const IN_SECTION: f64 = 0.6;
const OFTEN: f64 = 0.1;
const LIKE_TITLE: f64 = 1.0;
const LIKE_HEADING: f64 = 1.0;
/// Among the sections of one entry, what words in any order say.
const OWN: f64 = 0.2;
/// A deprecated entry ranks lower.
const DEPRECATED: f64 = 0.5;
/// One that has a word in another spelling only ranks behind those that have it as it was typed.
const SPELLED_OTHERWISE: f64 = 0.1;
/// Occurrences of the whole query that are counted.
const MOST_COUNTED: usize = 60;
/// Sections of an entry that are shown.
const MOST_PASSAGES: usize = 3;

/// What a look at an entry's text gives.
pub(super) struct Look {
    /// What the entry counts by it.
    pub factor: f64,
    pub passages: Vec<Passage>,
    /// For each word of the query, whether the text has something of it.
    pub has: Vec<bool>,
}

pub(super) fn look(wanted: &Wanted, entry: &Entry) -> Look {
    let title = squash(&entry.title);
    let titles = names(&entry.title);
    let mut all = [&squash(&entry.tags.join(" ")), &squash(&entry.name), &title]
        .map(String::as_str)
        .join(" ");
    let mut best = Evidence::default();
    let mut ranked: Vec<(f64, usize)> = Vec::new();
    for (at, section) in entry.sections.iter().enumerate() {
        let heading = squash(&section.heading);
        let text = squash(&format!("{} {}", section.text, section.code));
        for text in [&heading, &text] {
            all.push(' ');
            all.push_str(text);
        }
        let evidence = Evidence::of(wanted, [&heading, &text, &title], &names(&section.heading));
        ranked.push((evidence.worth(), at));
        best = best.most(&evidence);
    }
    ranked.retain(|(worth, _)| *worth > 0.0);
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let in_title = wanted.share(&[&title]);
    let factor = 1.0
        + IN_TITLE * in_title * in_title * half(wanted.nearness(&title))
        + IS_TITLE * f64::from(u8::from(wanted.is(&titles)))
        + IN_HEADING * best.heading
        + IS_HEADING * best.is_heading
        + NEAR * best.near
        + IN_SECTION * best.share * best.share
        + OFTEN * log2(1.0 + best.occurrences)
        + LIKE_TITLE * wanted.likeness(&titles)
        + LIKE_HEADING * best.like;
    let passages = ranked
        .into_iter()
        .take(MOST_PASSAGES)
        .map(|(_, section)| Passage {
            section,
            excerpt: excerpt(&wanted.words, &entry.sections[section]),
        });
    let factor = if entry.deprecated {
        factor * DEPRECATED
    } else {
        factor
    };
    let otherwise = wanted.words.iter();
    let otherwise = otherwise.filter(|word| word.is_spelled_otherwise(entry, &all));
    let factor = otherwise.fold(factor, |factor, _| factor * SPELLED_OTHERWISE);
    Look {
        factor,
        passages: passages.collect(),
        has: wanted
            .words
            .iter()
            .map(|word| word.is_in(entry, &all))
            .collect(),
    }
}

/// Half for words that are apart, all for a phrase.
fn half(nearness: f64) -> f64 {
    0.5 + 0.5 * nearness
}

/// What speaks for a section, or for the best section in each respect.
#[derive(Default)]
struct Evidence {
    heading: f64,
    is_heading: f64,
    near: f64,
    share: f64,
    like: f64,
    occurrences: f64,
    /// How much of the query is in the section itself, without the title.
    own: f64,
}

impl Evidence {
    /// Of a section's heading and text, squashed, and the title of its entry; and of what the heading
    /// may be called by.
    fn of(wanted: &Wanted, [heading, text, title]: [&str; 3], names: &[String]) -> Self {
        let in_heading = wanted.share(&[heading]);
        let share = wanted.share(&[heading, text, title]);
        let occurrences = match wanted.stems().chars().nth(1) {
            Some(_) => text.matches(wanted.stems()).take(MOST_COUNTED).count(),
            None => 0,
        };
        let own = wanted.share(&[heading, text]);
        Self {
            own,
            heading: in_heading * in_heading * half(wanted.nearness(heading)),
            is_heading: f64::from(u8::from(wanted.is(names))),
            near: share * share * wanted.nearness(text),
            share,
            like: wanted.likeness(names),
            occurrences: count(occurrences),
        }
    }

    /// What the section is worth among those of its entry.
    fn worth(&self) -> f64 {
        2.0 * self.heading + self.near + self.like + OWN * self.own * self.own
    }

    fn most(self, other: &Self) -> Self {
        Self {
            heading: self.heading.max(other.heading),
            is_heading: self.is_heading.max(other.is_heading),
            near: self.near.max(other.near),
            share: self.share.max(other.share),
            like: self.like.max(other.like),
            own: self.own.max(other.own),
            occurrences: (self.occurrences + other.occurrences).min(count(MOST_COUNTED)),
        }
    }
}
