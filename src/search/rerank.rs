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

/// Where an entry has all words of a query together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) enum Together {
    /// Nowhere, or in other spellings only.
    #[default]
    Apart,
    /// In a text, next to each other.
    Phrase,
    /// In a heading with the title.
    Heading,
    Title,
}

/// What a look at an entry's text gives.
pub(super) struct Look {
    /// What the entry counts by it.
    pub factor: f64,
    pub together: Together,
    pub passages: Vec<Passage>,
    /// For each word of the query, whether the text has something of it.
    pub has: Vec<bool>,
}

pub(super) fn look(wanted: &Wanted, entry: &Entry) -> Look {
    let squashed = Squashed::of(entry);
    let wanted = &*wanted.within(entry, &squashed.all);
    let mut best = Evidence::default();
    let mut ranked: Vec<(f64, usize)> = Vec::new();
    for (at, [heading, text]) in squashed.sections.iter().enumerate() {
        let names = names(&entry.sections[at].heading);
        let evidence = Evidence::of(wanted, [heading, text, &squashed.title], &names);
        ranked.push((evidence.worth(), at));
        best = best.most(&evidence);
    }
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let own = ranked.iter().take_while(|(worth, _)| *worth > 0.0).count();
    // Where the title alone says it, how the text begins.
    let is_in_title = own == 0 && best.near > 0.0;
    ranked.truncate(own.max(usize::from(is_in_title)));
    let passages = ranked
        .into_iter()
        .take(MOST_PASSAGES)
        .map(|(_, section)| Passage {
            section,
            excerpt: excerpt(&wanted.words, &entry.sections[section]),
        });
    let otherwise = wanted.words.iter();
    let otherwise = otherwise.filter(|word| word.is_spelled_otherwise(entry, &squashed.all));
    let otherwise = otherwise.count();
    let factor = best.factor(wanted, &squashed.title, &names(&entry.title));
    let factor = (0..otherwise).fold(factor, |factor, _| factor * SPELLED_OTHERWISE);
    Look {
        factor: if entry.deprecated {
            factor * DEPRECATED
        } else {
            factor
        },
        together: match otherwise {
            0 => squashed.together(wanted),
            _ => Together::Apart,
        },
        passages: passages.collect(),
        has: wanted
            .words
            .iter()
            .map(|word| word.is_in(entry, &squashed.all))
            .collect(),
    }
}

/// What is compared of an entry.
struct Squashed {
    title: String,
    /// Tags and the name.
    others: [String; 2],
    /// The heading of each section, and its text.
    sections: Vec<[String; 2]>,
    all: String,
}

impl Squashed {
    fn of(entry: &Entry) -> Self {
        let title = squash(&entry.title);
        let others = [squash(&entry.tags.join(" ")), squash(&entry.name)];
        let sections = entry.sections.iter().map(|section| {
            let text = format!("{} {}", section.text, section.code);
            [squash(&section.heading), squash(&text)]
        });
        let sections: Vec<[String; 2]> = sections.collect();
        let all = others
            .iter()
            .chain([&title])
            .chain(sections.iter().flatten());
        let all: Vec<&str> = all.map(String::as_str).collect();
        Self {
            all: all.join(" "),
            title,
            others,
            sections,
        }
    }

    fn together(&self, wanted: &Wanted) -> Together {
        let mut sections = self.sections.iter();
        if wanted.all_in(&[&self.title]) {
            Together::Title
        } else if sections
            .clone()
            .any(|[heading, _]| wanted.all_in(&[heading, &self.title]))
        {
            Together::Heading
        } else if sections.any(|[_, text]| wanted.is_phrase_in(text))
            || self.others.iter().any(|text| wanted.is_phrase_in(text))
        {
            Together::Phrase
        } else {
            Together::Apart
        }
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

    /// What an entry counts of which this is the most, with what its title says.
    fn factor(&self, wanted: &Wanted, title: &str, titles: &[String]) -> f64 {
        let in_title = wanted.share(&[title]);
        1.0 + IN_TITLE * in_title * in_title * half(wanted.nearness(title))
            + IS_TITLE * f64::from(u8::from(wanted.is(titles)))
            + IN_HEADING * self.heading
            + IS_HEADING * self.is_heading
            + NEAR * self.near
            + IN_SECTION * self.share * self.share
            + OFTEN * log2(1.0 + self.occurrences)
            + LIKE_TITLE * wanted.likeness(titles)
            + LIKE_HEADING * self.like
    }

    /// What the section is worth among those of its entry; nothing if it has nothing of the query.
    fn worth(&self) -> f64 {
        let near = if self.own > 0.0 { self.near } else { 0.0 };
        2.0 * self.heading + near + self.like + OWN * self.own * self.own
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
