//! What a search finds, and the shape of `search --json`.

use std::ops::Range;

use serde::{Serialize, Serializer};

use crate::name::href;
use crate::search::{Excerpt, Reading, Section};

/// Version of the format of `search --json`.
const VERSION: u32 = 1;

/// The JSON Schema of `search --json`.
pub const SCHEMA: &str = include_str!("search.schema.json");

#[derive(Debug)]
pub struct Results {
    pub query: String,
    /// By score, descending.
    pub results: Vec<Found>,
    /// Words that were taken for others.
    pub readings: Vec<Reading>,
    /// Words that nothing holds.
    pub dropped: Vec<String>,
    /// Words of a long query that were not looked for.
    pub beyond: Vec<String>,
}

/// A document or a file.
#[derive(Debug, Serialize)]
pub struct Found {
    /// `markdown/gw__note-x.md`, or an attachment.
    pub path: String,
    /// Its address relative to the output.
    pub href: String,
    pub title: String,
    pub deprecated: bool,
    /// A file whose text is not searched: it is too long, not text, or cannot be read.
    pub name_only: bool,
    /// Words of the query that it does not have.
    pub missing: Vec<String>,
    /// Its best sections, the best first.
    pub passages: Vec<Passage>,
}

/// A section of it.
#[derive(Debug, Serialize)]
pub struct Passage {
    /// Empty before the first heading.
    pub heading: String,
    /// The address of the section.
    pub href: String,
    /// The line of the source with the excerpt's first match; null where nothing says it.
    pub line: Option<usize>,
    pub excerpt: String,
    /// Bytes of the excerpt that match: pairs of begin and end.
    #[serde(serialize_with = "pairs")]
    pub marks: Vec<Range<usize>>,
}

impl Passage {
    /// A section of the page at `page`.
    pub fn new(page: &str, section: &Section, excerpt: Excerpt) -> Self {
        Self {
            heading: section.heading.clone(),
            href: match section.id.as_str() {
                "" => page.to_owned(),
                id => format!("{page}#{}", href(id)),
            },
            line: excerpt.line,
            excerpt: excerpt.text,
            marks: excerpt.marks,
        }
    }
}

fn pairs<S: Serializer>(marks: &[Range<usize>], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(marks.iter().map(|mark| (mark.start, mark.end)))
}

/// `search --json`.
#[derive(Debug, Serialize)]
pub struct View<'a> {
    version: u32,
    query: &'a str,
    /// What words were taken for: as typed, and as meant.
    readings: Vec<(&'a str, &'a str)>,
    dropped: &'a [String],
    beyond: &'a [String],
    results: &'a [Found],
}

impl Results {
    pub fn view(&self) -> View<'_> {
        let readings = self.readings.iter();
        View {
            version: VERSION,
            query: &self.query,
            readings: readings
                .map(|one| (one.typed.as_str(), one.meant.as_str()))
                .collect(),
            dropped: &self.dropped,
            beyond: &self.beyond,
            results: &self.results,
        }
    }
}
