//! Full-text search that knows Korean: an index of entries, and the ranking of what a query finds.
//!
//! A word is the unit, not a bag of letters. A Hangul word is held by an entry that holds all its
//! pairs of syllables, whatever is written before or after; a Latin one is found by its beginning.
//! Only a word that no entry holds is looked for in other spellings. What the index finds is then
//! ordered by the text of the best entries, which also gives the sections and their excerpts.
//!
//! The numbers of the ranking are round and not fitted to queries: fitting them to some made others
//! worse. All arithmetic is exact or from one table, so that another program can do the same.
//!
//! Not here: where the entries come from, and the filter of the catalogue (`filter`), in which a
//! query matches or does not.

mod answer;
mod build;
mod by_sound;
mod compound;
mod corrections;
mod distance;
mod excerpt;
mod fold;
mod hangul_word;
mod index;
mod joined;
mod keyboard;
mod latin_word;
mod layout;
mod loanwords;
mod logarithm;
mod phrase;
mod postings;
mod query;
mod rank;
mod rerank;
mod rows;
mod scores;
mod shards;
mod sound;
mod terms;
#[cfg(test)]
mod tests;
mod unfinished;
mod wanted;
mod weights;
mod written;

pub use answer::{Answer, Excerpt, Hit, Passage, Reading};
pub use build::{Built, Changes, whole};
pub use fold::{fold, place_of};
pub use index::{Directory, Index, is_small};
pub use loanwords::Loanwords;
pub use postings::Posting;
pub use rank::{Search, Texts};
pub use shards::{CHECK, check, digits};
pub use weights::{Terms, terms_of};

/// What is searched for one document or file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    pub title: String,
    /// The last part of a basename or a path.
    pub name: String,
    pub tags: Vec<String>,
    /// In order; the first is what comes before any heading.
    pub sections: Vec<Section>,
    /// It ranks lower.
    pub deprecated: bool,
}

impl Entry {
    fn texts(&self) -> impl Iterator<Item = &str> {
        let own = [&self.title, &self.name].into_iter().chain(&self.tags);
        let sections = self.sections.iter();
        own.chain(sections.flat_map(|one| [&one.heading, &one.text, &one.code]))
            .map(String::as_str)
    }
}

/// A heading and what is below it, as a reader sees it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Section {
    /// Empty before the first heading.
    pub heading: String,
    /// Where a link to it leads; empty before the first heading.
    pub id: String,
    /// Prose, cells of tables, captions; then words in pictures.
    pub text: String,
    /// In bytes of the text: where what is not in the source begins.
    pub prose: usize,
    /// Counts less: an example is no explanation.
    pub code: String,
    /// Where lines of the source begin in the text: byte and line, ascending.
    pub lines: Vec<(usize, usize)>,
    pub code_lines: Vec<(usize, usize)>,
}
