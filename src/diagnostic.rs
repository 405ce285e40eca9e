//! What is wrong with a site, and where: found by a rule, in the way of the work, or judged and to be
//! reported.
//!
//! Not here: printing (`report`), judging (`check::judge`), and what follows from a problem (each
//! command decides).

use std::fmt;

use serde::Serialize;

pub use crate::place::{LineIndex, Position};

use crate::rule::{Cause, Code, Rule};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// What was asked for was done.
    Warning,
    /// Something that was asked for was not done.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// Something that is wrong, and where. What `K` is says how far it was judged.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem<K> {
    /// Relative to the site, with `/`; empty for a problem without a file.
    pub path: String,
    /// `None` for a file without lines to point at.
    pub position: Option<Position>,
    /// How many characters of the line are affected, from the position on; 0 if unknown.
    pub length: u32,
    pub kind: K,
    /// What is wrong, in one line.
    pub message: String,
    pub help: Option<String>,
}

/// What a rule found. How bad it is, and whether it is reported at all, the site decides
/// (`check::judge`).
pub type Diagnostic = Problem<Rule>;

/// What kept a page, an output or the whole command from being done. No setting changes that.
pub type BuildError = Problem<Cause>;

/// What is reported.
pub type Finding = Problem<Verdict>;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Verdict {
    pub severity: Severity,
    pub code: Code,
}

/// What was found so far, before it is judged.
#[derive(Debug, Clone, Default)]
pub struct Problems {
    pub diagnostics: Vec<Diagnostic>,
    pub errors: Vec<BuildError>,
}

impl Problems {
    pub fn of(diagnostics: Vec<Diagnostic>) -> Self {
        Self {
            diagnostics,
            errors: Vec::new(),
        }
    }

    pub fn add(&mut self, others: Self) {
        self.diagnostics.extend(others.diagnostics);
        self.errors.extend(others.errors);
    }
}

impl<K> Problem<K> {
    pub fn new(kind: K, path: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            position: None,
            length: 0,
            kind,
            message: message.into(),
            help: None,
        }
    }

    #[must_use]
    pub fn at(mut self, position: Position) -> Self {
        self.position = Some(position);
        self
    }

    /// Sets how many characters are affected.
    #[must_use]
    pub fn over(mut self, length: usize) -> Self {
        self.length = u32::try_from(length).unwrap_or(u32::MAX);
        self
    }

    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    fn of_kind<L>(self, kind: impl FnOnce(K) -> L) -> Problem<L> {
        Problem {
            path: self.path,
            position: self.position,
            length: self.length,
            kind: kind(self.kind),
            message: self.message,
            help: self.help,
        }
    }
}

impl Diagnostic {
    pub fn judged(self, severity: Severity) -> Finding {
        self.of_kind(|rule| Verdict {
            severity,
            code: Code::Rule(rule),
        })
    }
}

/// Where a command cannot continue with what a rule found.
impl From<Diagnostic> for BuildError {
    fn from(diagnostic: Diagnostic) -> Self {
        diagnostic.of_kind(Cause::Found)
    }
}

impl From<BuildError> for Finding {
    fn from(error: BuildError) -> Self {
        error.of_kind(|cause| Verdict {
            severity: Severity::Error,
            code: match cause {
                Cause::Found(rule) => Code::Rule(rule),
                other => Code::Cause(other),
            },
        })
    }
}

impl Finding {
    pub fn severity(&self) -> Severity {
        self.kind.severity
    }

    pub fn code(&self) -> &'static str {
        self.kind.code.as_str()
    }
}

/// The word of `known` that is most like `written`, if it is like enough to be what was meant.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|word| (strsim::normalized_damerau_levenshtein(written, word), word))
        .filter(|(likeness, _)| *likeness >= 0.5)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, word)| word)
}

/// Many known words to compare with many written ones: only those with nearly the same letters are
/// compared in full.
#[derive(Debug)]
pub struct Words<'a> {
    words: Vec<(&'a str, Letters)>,
}

/// How often each letter occurs in a word; letters with the same last bits share a count.
type Letters = [u8; 32];

/// How many words are compared in full.
const CANDIDATES: usize = 32;

impl<'a> Words<'a> {
    pub fn new(words: impl IntoIterator<Item = &'a str>) -> Self {
        let words = words.into_iter().map(|word| (word, letters(word)));
        Self {
            words: words.collect(),
        }
    }

    /// Like [`nearest`] of all words.
    pub fn nearest(&self, written: &str) -> Option<&'a str> {
        let own = letters(written);
        let mut candidates: Vec<(u32, &'a str)> = self
            .words
            .iter()
            .map(|(word, letters)| (difference(&own, letters), *word))
            .collect();
        if candidates.len() > CANDIDATES {
            candidates.select_nth_unstable_by_key(CANDIDATES, |(difference, _)| *difference);
            candidates.truncate(CANDIDATES);
        }
        nearest(written, candidates.into_iter().map(|(_, word)| word))
    }
}

fn letters(word: &str) -> Letters {
    let mut letters = [0_u8; 32];
    for c in word.chars() {
        let count = &mut letters[c as usize % 32];
        *count = count.saturating_add(1);
    }
    letters
}

fn difference(one: &Letters, other: &Letters) -> u32 {
    let pairs = one.iter().zip(other);
    pairs.map(|(a, b)| u32::from(a.abs_diff(*b))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_must_be_near() {
        assert_eq!(nearest("titel", ["title", "types"]), Some("title"));
        assert_eq!(nearest("zebra", ["title", "types"]), None);
    }

    #[test]
    fn among_many_words_the_nearest_is_found_too() {
        let words: Vec<String> = (0..2000).map(|n| format!("gw__note-{n:04}")).collect();
        let words = Words::new(
            words
                .iter()
                .map(String::as_str)
                .chain(["sec__guide-인증서"]),
        );
        assert_eq!(words.nearest("gw__note-12345"), Some("gw__note-1234"));
        assert_eq!(words.nearest("sec_guide-인증"), Some("sec__guide-인증서"));
        assert_eq!(words.nearest("완전히 다른 것"), None);
    }
}
