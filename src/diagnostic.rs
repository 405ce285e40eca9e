//! What is wrong with a site, and where: a rule's finding, an error that prevented something, or
//! either with its level, to be reported.
//!
//! Not here: printing (`report`), applying levels and comments (`check::judge`), and what follows
//! from a problem (each command decides).

use std::fmt;

use serde::{Deserialize, Serialize};

pub use crate::place::{LineIndex, Position};

use crate::rule::{Cause, Code, Rule};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Warning,
    /// The run ends with status 1.
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

/// Something that is wrong, and where. `K` says what is known of its severity.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Problem<K> {
    /// Relative to the site, with `/`; empty for a problem without a file.
    pub path: String,
    /// `None` if the problem is about the whole file.
    pub position: Option<Position>,
    /// How many characters from the position on are affected; 0 if unknown.
    pub length: u32,
    pub kind: K,
    /// On one line.
    pub message: String,
    pub help: Option<String>,
}

/// A finding of a rule, before the site's levels and comments are applied (`check::judge`).
pub type Diagnostic = Problem<Rule>;

/// Why a page, an output or the whole command failed. Settings do not affect it.
pub type BuildError = Problem<Cause>;

/// A diagnostic that is reported, with its level.
pub type Finding = Problem<Verdict>;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Verdict {
    pub severity: Severity,
    pub code: Code,
}

/// The problems found so far, before levels and comments are applied.
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

impl From<Diagnostic> for Problems {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::of(vec![diagnostic])
    }
}

impl From<BuildError> for Problems {
    fn from(error: BuildError) -> Self {
        Self {
            diagnostics: Vec::new(),
            errors: vec![error],
        }
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

    /// Sets the number of affected characters.
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

/// For a finding that prevents a command from continuing.
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

/// The word of `known` that is most similar to `written`, if it is similar enough to be what was
/// meant.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let known = known.into_iter();
    known
        .map(|word| (likeness(written, word), word))
        .filter(|(likeness, _)| *likeness >= 0.5)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, word)| word)
}

/// All words of `known`, the most similar to `written` first.
pub fn nearest_first<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let mut words: Vec<&str> = known.into_iter().collect();
    words.sort_by(|a, b| {
        let likeness = likeness(written, b).total_cmp(&likeness(written, a));
        likeness.then_with(|| a.cmp(b))
    });
    words
}

fn likeness(written: &str, word: &str) -> f64 {
    strsim::normalized_damerau_levenshtein(written, word)
}

/// Many known words, for suggestions for many written ones: only words with nearly the same letters
/// are compared in full.
#[derive(Debug)]
pub struct Words<'a> {
    words: Vec<(&'a str, Letters)>,
}

/// How often each letter occurs in a word; letters with the same lowest bits share a count.
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

    /// Like [`nearest`], with all known words.
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
