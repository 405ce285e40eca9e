//! What a query finds.
//!
//! Not here: finding it (`rank`).

use std::ops::Range;

/// How a word of a query was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    pub typed: String,
    pub meant: String,
}

/// What a query finds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// By score, descending; the same score by the order of entries.
    pub hits: Vec<Hit>,
    /// Words that were taken for others.
    pub readings: Vec<Reading>,
    /// Words that nothing holds.
    pub dropped: Vec<String>,
    /// Words of a long query that are not looked for.
    pub beyond: Vec<String>,
}

/// An entry that a query finds.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    pub entry: u32,
    pub score: f64,
    /// Its best sections, the best first.
    pub passages: Vec<Passage>,
    /// Words of the query that it does not have.
    pub missing: Vec<String>,
}

/// A section that a query finds.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// Its place in the entry.
    pub section: usize,
    pub excerpt: Excerpt,
}

/// A part of a section's text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Excerpt {
    pub text: String,
    /// Bytes of the text that match the query, ascending.
    pub marks: Vec<Range<usize>>,
    /// The line of the source with the first match of its best part, if that is known.
    pub line: Option<usize>,
}
