//! Names in wikilinks.
//!
//! Not here: what they link to (`resolver`).

use std::collections::{BTreeSet, HashMap};

use unicode_normalization::UnicodeNormalization;

use crate::model::corpus::{Corpus, DocId};

/// What a wikilink may name besides basenames and paths.
#[derive(Debug)]
pub(super) struct WikiNames<'a> {
    /// The first document of each title, in lower case.
    pub(super) titles: HashMap<String, DocId>,
    /// The first file of each name (in NFC), in any folder.
    pub(super) files: HashMap<String, &'a str>,
}

impl<'a> WikiNames<'a> {
    pub(super) fn new(corpus: &Corpus, files: &'a BTreeSet<String>) -> Self {
        let mut names = Self {
            titles: HashMap::new(),
            files: HashMap::new(),
        };
        for (id, document) in corpus.iter() {
            names.titles.entry(folded(&document.title)).or_insert(id);
        }
        for path in files {
            let name = path.rsplit('/').next().unwrap_or(path);
            names.files.entry(name.nfc().collect()).or_insert(path);
        }
        names
    }
}

/// The form in which wikilinks compare titles and names.
pub fn folded(name: &str) -> String {
    name.nfc().flat_map(char::to_lowercase).collect()
}

/// Splits a wikilink's target: `basename#heading`. Obsidian writes the headings above one too; the
/// last is meant.
pub fn wiki_parts(target: &str) -> (&str, Option<&str>) {
    match target.split_once('#') {
        Some((name, headings)) => {
            let heading = headings.rsplit('#').next().unwrap_or(headings);
            (name.trim(), Some(heading.trim()))
        }
        None => (target.trim(), None),
    }
}

/// Whether a wikilink can write these words.
pub fn is_writable(words: &str) -> bool {
    !words.contains(['#', '|', '[', ']'])
}

/// Whether the name of an embedded file has the ending of a picture or another file, not of a note.
pub(super) fn is_file_name(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    ending.is_some_and(|ending| {
        let is_word = (1..=5).contains(&ending.len());
        is_word && ending != "md" && ending.bytes().all(|b| b.is_ascii_alphanumeric())
    })
}
